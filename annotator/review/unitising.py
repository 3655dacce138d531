"""Krippendorff's alpha for unitising: agreement on where the units of a label are, corrected for chance, αU.

Krippendorff 1995, "On the reliability of unitizing continuous data"; 2004, "Content Analysis", 2nd edition, section 11.6. Of
each label by itself; over several labels Do and De are added up. Units of one label that a reviewer made overlap count as one.
Each article is a continuum of its own: no gap runs over its end.

The expected disagreement depends on how often each length of unit occurs and on the room that the gaps leave for it. Both are
sums over articles, so articles can be drawn anew for a confidence interval.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from annotator.review.categories import Floats, share
from annotator.review.units import Unit

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Continuum:
    """An article as each reviewer cut it into units of one label, `spans` without overlaps and in order."""

    length: int
    spans: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class Sums:
    """What αU needs of some continua, a row each: lengths, observed distance, Σ l(l - 1); and by length of unit (`lengths`) how
    many units there are, and the room that gaps leave.
    """

    reviewers: int
    lengths: Floats
    size: Floats
    distance: Floats
    squares: Floats
    units: Floats
    room: Floats

    def drawn(self, weights: Floats) -> Sums:
        """Return the sums with each continuum as often as `weights` (draws, continua) say."""
        parts = (self.size, self.distance, self.squares, self.units, self.room)
        return Sums(self.reviewers, self.lengths, *(weights @ part for part in parts))


def continua_of(layers: Sequence[Sequence[Unit]], length: int) -> dict[str, Continuum]:
    """Return by label how reviewers cut an article into units."""
    spans: defaultdict[str, list[list[Span]]] = defaultdict(lambda: [[] for _ in layers])
    for number, layer in enumerate(layers):
        for unit in layer:
            spans[unit.label][number].append((unit.start, unit.end))
    return {label: Continuum(length, tuple(map(_joined, spans[label]))) for label in sorted(spans)}


def sums_of(continua: Sequence[Continuum], reviewers: int) -> Sums:
    """Return what is summed over continua of the same number of reviewers."""
    found = [[end - start for spans in one.spans for start, end in spans] for one in continua]
    lengths = sorted({length for of_one in found for length in of_one})
    counts = [Counter(of_one) for of_one in found]
    return Sums(
        reviewers,
        np.array(lengths, dtype=float),
        np.array([one.length for one in continua], dtype=float),
        np.array([_distance(one) for one in continua], dtype=float),
        np.array([sum(length * (length - 1) for length in of_one) for of_one in found], dtype=float),
        np.array([[count[length] for length in lengths] for count in counts], dtype=float).reshape(len(continua), -1),
        np.array([_room(one, lengths) for one in continua], dtype=float).reshape(len(continua), -1),
    )


def observed(sums: Sums) -> Floats:
    """Return Do of each draw."""
    pairs = sums.reviewers * (sums.reviewers - 1)
    return 2.0 * sums.distance / (pairs * sums.size**2)


def expected(sums: Sums) -> Floats:
    """Return De of each draw; `nan` where no unit was made."""
    length, number = sums.lengths, sums.units.sum(axis=1)
    among = (number - 1.0)[:, None] * (2.0 * length**3 - 3.0 * length**2 + length) / 3.0
    differing = (sums.units * (among + length**2 * sums.room)).sum(axis=1)
    whole = sums.reviewers * sums.size
    below = whole * (whole - 1.0) - sums.squares
    return share(np.where(number > 0, 2.0 / sums.size * differing, np.nan), below)


def unitised_alpha(of_labels: Sequence[Sums]) -> Floats:
    """Return αU of each draw, over one label or several; `nan` where nobody made a unit or nothing could differ."""
    disagreed: Floats = np.sum([observed(sums) for sums in of_labels], axis=0)
    by_chance: Floats = np.sum([np.nan_to_num(expected(sums)) for sums in of_labels], axis=0)
    return 1.0 - share(disagreed, by_chance)


def _joined(found: list[Span]) -> tuple[Span, ...]:
    """Return spans in order; those that overlap as one."""
    spans: list[Span] = []
    for start, end in sorted(found):
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return tuple(spans)


def _distance(continuum: Continuum) -> float:
    """Return the squared differences of all pairs of reviewers, summed."""
    return float(sum(_between(one, other) for one, other in combinations(continuum.spans, 2) if one != other))


def _between(one: Sequence[Span], other: Sequence[Span]) -> int:
    """Return δ² of two reviewers: overlapping units differ by both their ends, a unit inside a gap by its own length."""
    result, at = 0, 0
    met = [False] * len(other)
    for start, end in one:
        while at < len(other) and other[at][1] <= start:
            at += 1
        beside = at
        while beside < len(other) and other[beside][0] < end:
            begin, stop = other[beside]
            result += (start - begin) ** 2 + (end - stop) ** 2
            met[beside] = True
            beside += 1
        if beside == at:
            result += (end - start) ** 2
    return result + sum((stop - begin) ** 2 for (begin, stop), seen in zip(other, met, strict=True) if not seen)


def _room(continuum: Continuum, lengths: Sequence[int]) -> Floats:
    """Return for each length of unit at how many places the gaps of all reviewers could hold it."""
    gaps = np.sort(np.array([gap for spans in continuum.spans for gap in _gaps(spans, continuum.length)], dtype=float))
    wanted, behind = np.array(lengths, dtype=float), np.append(np.cumsum(gaps[::-1])[::-1], 0.0)
    first = np.searchsorted(gaps, wanted)  # the first gap that has room
    room: Floats = behind[first] - (len(gaps) - first) * (wanted - 1.0)
    return room


def _gaps(spans: Sequence[Span], length: int) -> list[int]:
    borders = [0, *(border for span in spans for border in span), length]
    gaps = [stop - start for start, stop in zip(borders[::2], borders[1::2], strict=True)]
    return [gap for gap in gaps if gap > 0]
