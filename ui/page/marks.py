"""Marks as the page shows them: which lane each has, and which ones touch a stretch of text. Knows no Qt.

Offsets here are UTF-16 positions of the shown document.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark to show: where, in which colour and underline style, and the words that hovering shows."""

    id: str
    start: int
    end: int
    colour: str
    style: str
    long: bool
    name: str


class MarkIndex:
    """The marks of an article, found by place.

    Short marks get the lanes next to the text and longer ones those below, whatever order they come in, so that a mark
    keeps its lane while one scrolls; marks that overlap never share one.
    """

    def __init__(self, marks: Sequence[Mark] = ()) -> None:
        self.marks = sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.id))
        self._starts = [mark.start for mark in self.marks]
        self._reach = list(accumulate((mark.end for mark in self.marks), max))
        self._lanes = _lanes(self.marks)
        self._by_id = {mark.id: mark for mark in self.marks}

    def touching(self, start: int, end: int) -> list[Mark]:
        """Return the marks that overlap `[start, end)`, longer ones first: in the order to paint them."""
        found = []
        index = bisect_left(self._starts, end) - 1
        while index >= 0 and self._reach[index] > start:
            if self.marks[index].end > start:
                found.append(self.marks[index])
            index -= 1
        return sorted(found, key=lambda mark: (mark.start - mark.end, mark.start, mark.id))

    def at(self, position: int) -> list[Mark]:
        """Return the marks that cover the character at `position`, innermost first."""
        return self.touching(position, position + 1)[::-1]

    def lane(self, mark: Mark) -> int:
        """Return the lane of a mark's underline: 0 next to the text."""
        return self._lanes[mark.id]

    def get(self, identity: str | None) -> Mark | None:
        """Return the mark with this id, or None."""
        return self._by_id.get(identity or "")


def _lanes(marks: Sequence[Mark]) -> dict[str, int]:
    taken: list[list[tuple[int, int]]] = []
    lanes = {}
    for mark in sorted(marks, key=lambda mark: (mark.end - mark.start, mark.start, mark.id)):
        lane = next((number for number, spans in enumerate(taken) if _is_free(spans, mark)), len(taken))
        if lane == len(taken):
            taken.append([])
        insort(taken[lane], (mark.start, mark.end))
        lanes[mark.id] = lane
    return lanes


def _is_free(spans: list[tuple[int, int]], mark: Mark) -> bool:
    """Tell whether a lane's spans, which are sorted and do not overlap, leave room for the mark."""
    after = bisect_left(spans, (mark.start, mark.end))
    free_before = after == 0 or spans[after - 1][1] <= mark.start
    return free_before and (after == len(spans) or spans[after][0] >= mark.end)
