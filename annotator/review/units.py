"""What agreement is measured on: the labelled spans of each reviewer who read an article.

Offsets are code points, half-open.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from types import MappingProxyType
from typing import Any, NamedTuple

NOTHING: Mapping[str, str] = MappingProxyType({})


class Unit(NamedTuple):
    """A span with its label; `entity` is what it is linked to, `answers` what its claim frame says (mode, kind …)."""

    start: int
    end: int
    label: str
    entity: str = ""
    answers: Mapping[str, str] = NOTHING


@dataclass(frozen=True, slots=True)
class Layer:
    """What one reviewer marked in an article, in order; `moment` is the last change, `version` the newest label set used."""

    units: Sequence[Unit] = ()
    moment: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article of `length` code points, and the layers of those who read it; one may have marked nothing."""

    id: str
    title: str
    length: int
    layers: Mapping[str, Layer] = field(default_factory=dict)


def matched(one: Sequence[Unit], other: Sequence[Unit]) -> list[tuple[Unit, Unit]]:
    """Return which units of two layers are about the same words, one to one.

    First those of equal span and label are taken together, then those of equal span, then those that overlap, the greatest
    overlap first.
    """
    free = _Free(list(range(len(one))), list(range(len(other))))
    pairs = list(_alike(one, other, free, itemgetter(0, 1, 2)))
    pairs += _alike(one, other, free, itemgetter(0, 1))
    pairs += _overlapping(one, other, free)
    return [(one[first], other[second]) for first, second in pairs]


@dataclass(slots=True)
class _Free:
    """The numbers of the units that have no partner yet."""

    one: list[int]
    other: list[int]


def _alike(
    one: Sequence[Unit], other: Sequence[Unit], free: _Free, key: Callable[[Any], Hashable]
) -> Iterator[tuple[int, int]]:
    waiting: defaultdict[Hashable, list[int]] = defaultdict(list)
    for number in reversed(free.other):
        waiting[key(other[number])].append(number)
    left, gone = [], set()
    for number in free.one:
        partners = waiting.get(key(one[number]))
        if partners:
            gone.add(partners[-1])
            yield number, partners.pop()
        else:
            left.append(number)
    free.one, free.other = left, [number for number in free.other if number not in gone]


def _overlapping(one: Sequence[Unit], other: Sequence[Unit], free: _Free) -> Iterator[tuple[int, int]]:
    found = sorted(_overlaps(one, other, free), key=lambda overlap: (-overlap[0], *overlap[1:]))
    first_free, second_free = set(free.one), set(free.other)
    for _, first, second in found:
        if first in first_free and second in second_free:
            first_free.discard(first)
            second_free.discard(second)
            yield first, second


def _overlaps(one: Sequence[Unit], other: Sequence[Unit], free: _Free) -> Iterator[tuple[int, int, int]]:
    """Yield how many code points two units share, and their numbers."""
    ordered = sorted(free.other, key=lambda number: other[number].start)
    starts = [other[number].start for number in ordered]
    longest = max((other[number].end - other[number].start for number in ordered), default=0)
    for first in free.one:
        unit = one[first]
        for place in range(bisect_left(starts, unit.start - longest), bisect_left(starts, unit.end)):
            second = ordered[place]
            shared = min(unit.end, other[second].end) - max(unit.start, other[second].start)
            if shared > 0:
                yield shared, first, second
