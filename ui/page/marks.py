"""Marks as the page shows them: which lane each has, and which ones touch a stretch of text. Knows no Qt.

Offsets here are UTF-16 positions of the shown document.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

DEEPEST = 47
_BLOCK = 128
_BEFORE_ALL = -(1 << 60)
_Key = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark to show: where, in which colour and underline style, the words that hovering shows, and its card's lines.

    Only a mark with `card` lines has a card in the margin. One that is `doubtful` waits for its reviewer to confirm it.
    """

    id: str
    start: int
    end: int
    colour: str
    style: str
    long: bool
    name: str
    card: tuple[str, ...] = ()
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the selected mark's frame: outlined, and if `joined`, with a thin line to where the mark begins."""

    start: int
    end: int
    joined: bool


class MarkIndex:
    """The marks of an article, found by place.

    Short marks get the lanes next to the text and longer ones those below, whatever order they come in, so that a mark
    keeps its lane while one scrolls; marks that overlap never share one, up to `DEEPEST` of them. What a change costs
    depends on the marks that hang together with it, and looking up a place on what is found there.
    """

    def __init__(self, marks: Iterable[Mark] = ()) -> None:
        self._by_id = {mark.id: mark for mark in marks}
        self._lanes = _lanes(self._by_id.values())
        self._marks = sorted(self._by_id.values(), key=_key)
        self._keys: list[_Key] = [_key(mark) for mark in self._marks]
        self._ends = [mark.end for mark in self._marks]
        self._reach: list[int] = []
        self._reach_from(0)

    def __len__(self) -> int:
        return len(self._by_id)

    @property
    def marks(self) -> list[Mark]:
        """All marks by (start, -end, id)."""
        return self._marks

    def change(self, gone: Iterable[str], come: Iterable[Mark]) -> None:
        """Take marks away and put others in; a mark that changed is in both."""
        touched = [self._by_id[identity] for identity in gone if identity in self._by_id]
        come = list(come)
        places = [self._take_out(mark) for mark in touched] + [self._put_in(mark) for mark in come]
        self._reach_from(min(places, default=len(self._marks)))
        for mark in (*touched, *come):
            self._lanes.update(_lanes(self._together(mark.start, mark.end)))

    def touching(self, start: int, end: int) -> list[Mark]:
        """Return the marks that overlap `[start, end)`, longer ones first: in the order to paint them."""
        found = self._overlapping(start, end)
        return sorted(found, key=lambda mark: (mark.start - mark.end, mark.start, mark.id))

    def at(self, position: int) -> list[Mark]:
        """Return the marks that cover the character at `position`, innermost first."""
        return self.touching(position, position + 1)[::-1]

    def starting_from(self, position: int) -> int:
        """Return how many marks start before `position`: the place in `marks` of the first that does not."""
        return bisect_left(self._keys, (position, _BEFORE_ALL, ""))

    def lane(self, mark: Mark) -> int:
        """Return the lane of a mark's underline: 0 next to the text."""
        return self._lanes[mark.id]

    def get(self, identity: str | None) -> Mark | None:
        """Return the mark with this id, or None."""
        return self._by_id.get(identity or "")

    def _take_out(self, mark: Mark) -> int:
        place = bisect_left(self._keys, _key(mark))
        del self._marks[place], self._keys[place], self._ends[place], self._by_id[mark.id], self._lanes[mark.id]
        return place

    def _put_in(self, mark: Mark) -> int:
        place = bisect_left(self._keys, _key(mark))
        self._marks.insert(place, mark)
        self._keys.insert(place, _key(mark))
        self._ends.insert(place, mark.end)
        self._by_id[mark.id] = mark
        return place

    def _reach_from(self, place: int) -> None:
        """Note the farthest end of each block of marks anew: a look-up passes over blocks that end before it."""
        first = place // _BLOCK
        starts = range(first * _BLOCK, len(self._marks), _BLOCK)
        self._reach[first:] = [max(self._ends[start : start + _BLOCK]) for start in starts]

    def _overlapping(self, start: int, end: int) -> list[Mark]:
        stop = self.starting_from(end)
        found = []
        for block in range(-(-stop // _BLOCK)):
            if self._reach[block] > start:
                first = block * _BLOCK
                found += [mark for mark in self._marks[first : min(first + _BLOCK, stop)] if mark.end > start]
        return found

    def _together(self, start: int, end: int) -> list[Mark]:
        """Return all marks that hang together with a span by overlapping, directly or through others."""
        while True:
            found = self._overlapping(start, end)
            first = min((mark.start for mark in found), default=start)
            last = max((mark.end for mark in found), default=end)
            if first >= start and last <= end:
                return found
            start, end = min(first, start), max(last, end)


def _key(mark: Mark) -> _Key:
    return (mark.start, -mark.end, mark.id)


def _lanes(marks: Iterable[Mark]) -> dict[str, int]:
    taken: list[list[tuple[int, int]]] = []
    lanes = {}
    for mark in sorted(marks, key=lambda mark: (mark.end - mark.start, mark.start, mark.id)):
        lane = next((number for number, spans in enumerate(taken) if _is_free(spans, mark)), len(taken))
        if lane == len(taken):
            taken.append([])
        if lane < DEEPEST:
            insort(taken[lane], (mark.start, mark.end))
        lanes[mark.id] = lane
    return lanes


def _is_free(spans: Sequence[tuple[int, int]], mark: Mark) -> bool:
    """Tell whether a lane's spans, which are sorted and do not overlap, leave room for the mark."""
    after = bisect_left(spans, (mark.start, mark.end))
    free_before = after == 0 or spans[after - 1][1] <= mark.start
    return free_before and (after == len(spans) or spans[after][0] >= mark.end)
