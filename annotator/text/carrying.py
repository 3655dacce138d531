"""From one version of a text to the next: where the words of a span stand there, and whether anything about them changed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import NamedTuple

from annotator.text.differing import Common, common_stretches

CONTEXT = 8
"""Code points on each side, within the line, that must be the same too for a span to be carried exactly."""
_PASSAGE = 24  # code points on each side by which words that moved are known again
_LONGEST_GROWTH = 3
_NAMING = 3  # code points from which on words that stand only once on each side are taken for the same


class Carried(NamedTuple):
    """Where a span `[start, end)` went; `exact` when its words and those next to them are just the same."""

    start: int
    end: int
    exact: bool


Carry = Callable[[int, int], Carried | None]


def carried(old: str, new: str) -> Carry:
    """Return the function that carries spans of one text to another; it returns None for words that are gone."""
    return _Carrying(old, new).carry


class _Carrying:
    def __init__(self, old: str, new: str) -> None:
        self._old = old
        self._new = new
        self._common = common_stretches(old, new)
        self._starts = [one.old for one in self._common]

    def carry(self, start: int, end: int) -> Carried | None:
        """Carry one span along what both texts have in common, or else to where its words moved."""
        parts = self._overlapping(start, end)
        kept = sum(min(one.old + one.length, end) - max(one.old, start) for one in parts)
        if 2 * kept < end - start:
            return self._moved(start, end)
        first, last = self._start(parts[0], start), self._end(parts[-1], end)
        if self._new[first:last] != self._old[start:end]:
            first, last = _stripped(self._new, first, last)
        first, last = self._whole_words(start, end, first, last)
        if not first < last <= first + _LONGEST_GROWTH * (end - start):
            return None
        return Carried(first, last, self._is_exact(start, end, first, last))

    def _overlapping(self, start: int, end: int) -> list[Common]:
        """Return the common stretches that a span overlaps."""
        number = max(bisect_right(self._starts, start) - 1, 0)
        later = self._common[number : bisect_left(self._starts, end)]
        return [one for one in later if one.old + one.length > start]

    def _start(self, part: Common, start: int) -> int:
        """Return where a span begins in the new text; with changed words only if all of these belong to it."""
        if part.old <= start:
            return part.new + start - part.old
        number = bisect_left(self._starts, part.old)
        before = self._common[number - 1] if number else Common(0, 0, 0)
        return before.new + before.length if start == before.old + before.length else part.new

    def _end(self, part: Common, end: int) -> int:
        """Return where a span ends in the new text; with changed words only if all of these belong to it."""
        after_part = part.old + part.length
        if end <= after_part:
            return part.new + end - part.old
        number = bisect_left(self._starts, part.old) + 1
        after = self._common[number] if number < len(self._common) else Common(len(self._old), len(self._new), 0)
        return after.new if end == after.old else part.new + part.length

    def _moved(self, start: int, end: int) -> Carried | None:
        """Return where words stand now that are not in their old order, if there is no doubt which they are."""
        low = max(start - _PASSAGE, 0)
        at = _only_place(self._old, self._new, self._old[low : end + _PASSAGE])
        first = at + start - low if at >= 0 else _only_place(self._old, self._new, self._old[start:end])
        last = first + end - start
        if first < 0 or any(_in_word(self._old, a) != _in_word(self._new, b) for a, b in ((start, first), (end, last))):
            return None
        return Carried(first, last, self._is_exact(start, end, first, last))

    def _whole_words(self, start: int, end: int, first: int, last: int) -> tuple[int, int]:
        """Widen a span that cuts a new word where the old one cut none: حلب became حلبجة."""
        while not _in_word(self._old, start) and _in_word(self._new, first):
            first -= 1
        while not _in_word(self._old, end) and _in_word(self._new, last):
            last += 1
        return first, last

    def _is_exact(self, start: int, end: int, first: int, last: int) -> bool:
        old = _before(self._old, start), self._old[start:end], _after(self._old, end)
        new = _before(self._new, first), self._new[first:last], _after(self._new, last)
        return old == new


def _before(text: str, start: int) -> str:
    return text[max(start - CONTEXT, 0) : start].rpartition("\n")[2]


def _after(text: str, end: int) -> str:
    return text[end : end + CONTEXT].partition("\n")[0]


def _only_place(old: str, new: str, words: str) -> int:
    """Return where words stand in the new text that stand exactly once in each; else -1."""
    if len(words) < _NAMING or old.count(words) != 1 or new.count(words) != 1:
        return -1
    return new.find(words)


def _in_word(text: str, at: int) -> bool:
    return text[at - 1 : at].isalnum() and text[at : at + 1].isalnum() if at else False


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without the white space at its ends."""
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
