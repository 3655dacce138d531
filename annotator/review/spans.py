"""Agreement on spans: of what one reviewer marked, how much the other marked too.

With spans almost any stretch of text could have been marked and was not, so chance plays no part, and F is what κ comes to when
what nobody marked grows without bound: Hripcsak and Rothschild 2005, "Agreement, the F-measure, and reliability in information
retrieval". Where overlapping is enough: Wiebe, Wilson and Cardie 2005, "Annotating expressions of opinions and emotions in
language".
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

import numpy as np

from annotator.review.categories import Floats, share
from annotator.review.units import Unit

Counts = tuple[int, int, int, int, int]
"""What is counted of two layers: equal units, units of the first that overlap one of the second, the other way round, and how
many units each has."""
Span = tuple[int, int]
Spans = Mapping[str, list[Span]]


def by_label(layer: Sequence[Unit]) -> Spans:
    """Return the spans of a layer by label, in order."""
    spans: defaultdict[str, list[Span]] = defaultdict(list)
    for start, end, label, _, _ in layer:
        spans[label].append((start, end))
    for of_label in spans.values():
        of_label.sort()
    return spans


def counted(one: Spans, other: Spans) -> dict[str, Counts]:
    """Return the counts of two layers by label; units of different labels have nothing to do with each other."""
    return {label: _counts(one.get(label, []), other.get(label, [])) for label in sorted(one.keys() | other.keys())}


def added(counts: Iterable[Counts]) -> Counts:
    """Return the sums of counts."""
    rows = list(counts)
    return tuple(map(sum, zip(*rows, strict=True))) if rows else (0, 0, 0, 0, 0)  # type: ignore[return-value]  # five


def precision(counts: Floats) -> Floats:
    """Return which part of the second's units the first has too."""
    return share(counts[:, 0], counts[:, 4])


def recall(counts: Floats) -> Floats:
    """Return which part of the first's units the second has too."""
    return share(counts[:, 0], counts[:, 3])


def f1(counts: Floats) -> Floats:
    """Return F, the harmonic mean of both; undefined where one of them marked nothing."""
    both = np.minimum(counts[:, 3], counts[:, 4]) > 0
    return share(2.0 * counts[:, 0], np.where(both, counts[:, 3] + counts[:, 4], 0.0))


def f1_overlapping(counts: Floats) -> Floats:
    """Return F where units that overlap are taken to agree."""
    one, other = share(counts[:, 1], counts[:, 3]), share(counts[:, 2], counts[:, 4])
    return np.where(one + other > 0, 2.0 * one * other / np.maximum(one + other, 1e-12), one + other)


def _counts(one: list[Span], other: list[Span]) -> Counts:
    if one == other:
        return (len(one),) * 5
    equal = sum((Counter(one) & Counter(other)).values())
    return equal, _overlapping(one, other), _overlapping(other, one), len(one), len(other)


def _overlapping(one: list[Span], other: list[Span]) -> int:
    """Return how many spans of the first overlap one of the second, which is in order."""
    starts = [start for start, _ in other]
    reach = [0, *accumulate((end for _, end in other), max)]  # how far those reach that begin first
    return sum(reach[bisect_left(starts, end)] > start for start, end in one)
