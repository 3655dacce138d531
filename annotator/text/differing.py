"""What two versions of a text have in common, as stretches of code points: the ground for carrying annotations over.

A patience diff (B. Cohen): the lines, then the words, that occur exactly once on both sides and in the same order are fixed
points; what lies between two of them is compared again by itself. That takes n log n steps whatever the texts are, where the
standard library's comparison takes n squared on a text that repeats itself; it is asked only about small remainders.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_SMALL = 250  # words of a remainder that are still compared one by one


class Common(NamedTuple):
    """A stretch of `length` code points that both texts have, at `old` in the one and at `new` in the other."""

    old: int
    new: int
    length: int


def common_stretches(old: str, new: str) -> list[Common]:
    """Return what two texts have in common: stretches that ascend in both and do not touch each other in both."""
    joined: list[Common] = []
    for one in _between(old, new, 0, 0, _LINES):
        last = joined[-1] if joined else None
        if last and last.old + last.length == one.old and last.new + last.length == one.new:
            joined[-1] = Common(last.old, last.new, last.length + one.length)
        else:
            joined.append(one)
    return joined


def _between(old: str, new: str, at_old: int, at_new: int, unit: re.Pattern[str]) -> Iterator[Common]:
    """Yield what two pieces have in common that begin at these offsets."""
    if not old or not new:
        return
    head = _common_prefix(old, new)
    tail = _common_prefix(old[: head - 1 if head else None : -1], new[: head - 1 if head else None : -1])
    if head:
        yield Common(at_old, at_new, head)
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    if middle_old and middle_new:
        yield from _inside(middle_old, middle_new, at_old + head, at_new + head, unit)
    if tail:
        yield Common(at_old + len(old) - tail, at_new + len(new) - tail, tail)


def _inside(old: str, new: str, at_old: int, at_new: int, unit: re.Pattern[str]) -> Iterator[Common]:
    """Yield what two pieces have in common that begin and end differently."""
    ours, theirs = _places(old, unit), _places(new, unit)
    fixed = _ascending([(ours[token], theirs[token], len(token)) for token in ours.keys() & theirs.keys()])
    if not fixed:
        yield from _otherwise(old, new, at_old, at_new, unit)
        return
    end_old = end_new = 0
    for start_old, start_new, length in [*fixed, (len(old), len(new), 0)]:
        gap_old, gap_new = old[end_old:start_old], new[end_new:start_new]
        yield from _between(gap_old, gap_new, at_old + end_old, at_new + end_new, unit)
        if length:
            yield Common(at_old + start_old, at_new + start_new, length)
        end_old, end_new = start_old + length, start_new + length


def _otherwise(old: str, new: str, at_old: int, at_new: int, unit: re.Pattern[str]) -> Iterator[Common]:
    """Compare pieces without a fixed point: lines by their words, words one by one where there are few."""
    if unit is _LINES:
        yield from _inside(old, new, at_old, at_new, _WORDS)
        return
    ours, theirs = list(_WORDS.finditer(old)), list(_WORDS.finditer(new))
    if max(len(ours), len(theirs)) > _SMALL:
        return
    matcher = SequenceMatcher(None, [one.group() for one in ours], [one.group() for one in theirs], autojunk=False)
    for first, second, count in matcher.get_matching_blocks():
        if count:
            start, end = ours[first].start(), ours[first + count - 1].end()
            yield Common(at_old + start, at_new + theirs[second].start(), end - start)


def _places(text: str, unit: re.Pattern[str]) -> dict[str, int]:
    """Return where each line or word begins that occurs exactly once and is not just white space."""
    places: dict[str, int] = {}
    often: set[str] = set()
    for found in unit.finditer(text):
        token = found.group()
        if token in places:
            often.add(token)
        places[token] = found.start()
    return {token: start for token, start in places.items() if token not in often and not token.isspace()}


def _ascending(points: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Return the longest row of points that ascends on both sides (patience sorting)."""
    points.sort()
    tops: list[int] = []  # the lowest new offset that a row of each length ends with
    ends: list[int] = []  # and which point that is
    before: list[int] = []
    for number, (_, new, _) in enumerate(points):
        length = bisect_left(tops, new)
        before.append(ends[length - 1] if length else -1)
        tops[length:], ends[length:] = [new, *tops[length + 1 :]], [number, *ends[length + 1 :]]
    row, at = [], ends[-1] if ends else -1
    while at >= 0:
        row.append(points[at])
        at = before[at]
    return row[::-1]


def _common_prefix(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike, by halving: comparing slices is done in C."""
    low, high = 0, min(len(one), len(other))
    if one[:high] == other[:high]:
        return high
    while high - low > 1:
        middle = (low + high) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle
    return low
