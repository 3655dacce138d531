"""Krippendorff's alpha for unitising: agreement on where the units of a label are, corrected for chance, αU.

Krippendorff 1995, "On the reliability of unitizing continuous data"; 2004, "Content Analysis", 2nd edition, section 11.6. Of
each label by itself; over several labels Do and De are added up. Units of one label that a reviewer made overlap count as one.
Each article is a continuum of its own: no gap runs over its end.

The expected disagreement depends on how often each length of unit occurs and on the room that the gaps leave for it. Both are
sums over articles, so articles can be drawn anew for a confidence interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from annotator.review.categories import Floats, share

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sums:
    """What αU needs of some articles, a row each: lengths, observed distance, Σ l(l - 1); and by length of unit (`lengths`) how
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
        """Return the sums with each article as often as `weights` (draws, articles) say."""
        parts = (self.size, self.distance, self.squares, self.units, self.room)
        return Sums(self.reviewers, self.lengths, *(weights @ part for part in parts))


def sums_of(layers: Sequence[Ints], articles: Ints) -> Sums:
    """Return what is summed of one label.

    `articles` are their lengths. They lie one behind the other on one line, and each of `layers` holds the units of a reviewer
    on it, (units, 2): starts and ends.
    """
    borders = np.concatenate([[0], np.cumsum(articles)])
    sides = [_joined(one) for one in layers]
    units, gaps = np.concatenate(sides), np.concatenate([_gaps(side, borders) for side in sides])
    sizes, at = units[:, 1] - units[:, 0], _place(units, borders)
    lengths, codes = np.unique(sizes, return_inverse=True)
    return Sums(
        len(layers),
        lengths.astype(float),
        articles.astype(float),
        sum((_between(one, other, borders) for one, other in combinations(sides, 2)), np.zeros(len(articles))),
        np.bincount(at, sizes * (sizes - 1), len(articles)).astype(float),
        _table(at, codes, np.ones(len(at)), (len(articles), len(lengths))),
        _room(gaps, lengths, borders),
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


def _joined(units: Ints) -> Ints:
    """Return units in order; those that overlap as one."""
    if not len(units):
        return units.reshape(0, 2)
    starts, ends = units[np.argsort(units[:, 0], kind="stable")].T
    reach = np.maximum.accumulate(ends)
    first = np.flatnonzero(np.concatenate([[True], starts[1:] >= reach[:-1]]))
    last = np.append(first[1:] - 1, len(units) - 1)
    return np.stack([starts[first], reach[last]], axis=1)


def _place(spans: Ints, borders: Ints) -> Ints:
    """Return in which article each span lies."""
    return np.searchsorted(borders, spans[:, 0], side="right") - 1


def _gaps(units: Ints, borders: Ints) -> Ints:
    """Return what a reviewer left between units, (gaps, 2); no gap runs over the border of an article."""
    starts, ends = np.concatenate([borders[:-1], units[:, 1]]), np.concatenate([units[:, 0], borders[1:]])
    gaps = np.stack([np.sort(starts), np.sort(ends)], axis=1)
    return gaps[gaps[:, 0] < gaps[:, 1]]


def _between(one: Ints, other: Ints, borders: Ints) -> Floats:
    """Return δ² of two reviewers, article by article: overlapping units differ by both their ends, a unit inside a gap by its
    own length.
    """
    begin, end = np.searchsorted(other[:, 1], one[:, 0], side="right"), np.searchsorted(other[:, 0], one[:, 1])
    count = end - begin
    first = np.repeat(np.arange(len(one)), count)
    second = np.arange(len(first)) + np.repeat(begin - np.cumsum(count) + count, count)
    alone = np.concatenate([one[count == 0], np.delete(other, second, axis=0)])
    spans = np.concatenate([one[first], alone])
    squares = np.concatenate([((one[first] - other[second]) ** 2).sum(axis=1), (alone[:, 1] - alone[:, 0]) ** 2])
    return np.bincount(_place(spans, borders), squares, len(borders) - 1).astype(float)


def _room(gaps: Ints, lengths: Ints, borders: Ints) -> Floats:
    """Return for each article and length of unit at how many places the gaps of all reviewers could hold it."""
    sizes = gaps[:, 1] - gaps[:, 0]
    longest = np.searchsorted(lengths, sizes, side="right") - 1  # of the lengths that have room
    some = longest >= 0
    places, shape = _place(gaps, borders)[some], (len(borders) - 1, len(lengths))
    number = _table(places, longest[some], np.ones(len(places)), shape)
    whole = _table(places, longest[some], sizes[some].astype(float), shape)
    return _from_the_right(whole) - _from_the_right(number) * (lengths - 1.0)


def _table(rows: Ints, columns: Ints, values: Floats, shape: tuple[int, int]) -> Floats:
    return np.bincount(rows * shape[1] + columns, values, shape[0] * shape[1]).astype(float).reshape(shape)


def _from_the_right(table: Floats) -> Floats:
    found: Floats = np.cumsum(table[:, ::-1], axis=1)[:, ::-1]
    return found
