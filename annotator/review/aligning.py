"""The best alignment of layers for γ: which parts are worth their cost, and which of them together cost least.

Dissimilarities are those of Mathet, Widlöcher and Métivier 2015: positional d = ((Δstart + Δend) / (sum of lengths))²,
categorical 0 or 1, combined as 3 · positional + categorical (the weights of the authors' own software); an empty unit costs 1.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb, sqrt

import highspy
import numpy as np

from annotator.review.units import Unit

POSITION, CATEGORY, EMPTY = 3.0, 1.0, 1.0
Layers = Sequence[Sequence[Unit]]
Key = tuple[int, int]
"""A reviewer's number, and the number of a unit in that layer."""


@dataclass(frozen=True, slots=True)
class Unitary:
    """Units, at most one of each reviewer (None: that reviewer has none there), that are taken to be about the same."""

    units: tuple[Unit | None, ...]
    disorder: float


def dissimilarity(one: Unit, other: Unit) -> float:
    """Return how unlike two units are, in place and in label."""
    return POSITION * positional(one, other) + CATEGORY * (one.label != other.label)


def positional(one: Unit, other: Unit) -> float:
    """Return how unlike two units are in place: 0 where they are the same, 1 where they touch."""
    apart = abs(one.start - other.start) + abs(one.end - other.end)
    return (apart / (one.end - one.start + other.end - other.start)) ** 2


@dataclass(frozen=True, slots=True)
class Part:
    """A part that may be taken: the keys of its units, and its disorder."""

    keys: tuple[Key, ...]
    disorder: float

    def unitary(self, layers: Layers) -> Unitary:
        """Return it with its units."""
        units = dict(self.keys)
        return Unitary(
            tuple(layer[units[who]] if who in units else None for who, layer in enumerate(layers)), self.disorder
        )


class Parts:
    """The parts of some layers that can be in their best alignment.

    One from which a unit could be taken out at no more cost cannot. With Δ = 1 that is so where the unit's dissimilarities to
    the others of k units come to k - 1 + n(n - 1)/2 or more; the paper's own bound (section 5.1.1) is weaker.
    """

    def __init__(self, layers: Layers) -> None:
        self._layers, self._pairs = layers, comb(len(layers), 2)
        self._most = len(layers) - 1 + self._pairs
        self._ordered = [_by_start(layer) for layer in layers]
        self._starts = [[layer[at].start for at in order] for layer, order in zip(layers, self._ordered, strict=True)]
        self._longest = [max((unit.end - unit.start for unit in layer), default=0) for layer in layers]

    def all(self) -> Iterator[Part]:
        """Yield each unit alone, and every part of several that is worth its cost."""
        for who, layer in enumerate(self._layers):
            for at in range(len(layer)):
                yield Part(((who, at),), EMPTY)
                yield from self._grown([(who, at)], [0.0])

    def _grown(self, keys: list[Key], sums: list[float]) -> Iterator[Part]:
        """Yield what comes of units when those of later reviewers join; `sums` are how unlike the others each is."""
        first = self._unit(keys[0])
        for who in range(keys[-1][0] + 1, len(self._layers)):
            for at in self._near(first, who):
                unit = self._layers[who][at]
                apart = [dissimilarity(self._unit(key), unit) for key in keys]
                joined = [*(before + more for before, more in zip(sums, apart, strict=True)), sum(apart)]
                if max(joined) < self._most:
                    together = [*keys, (who, at)]
                    if max(joined) < len(together) - 1 + self._pairs:
                        yield Part(tuple(together), self._disorder(joined))
                    yield from self._grown(together, joined)

    def _disorder(self, sums: Sequence[float]) -> float:
        return (sum(sums) / 2 + (self._pairs - comb(len(sums), 2)) * EMPTY) / self._pairs

    def _near(self, unit: Unit, who: int) -> list[int]:
        """Return the units of a reviewer whose start alone does not put them too far off."""
        reach = sqrt(self._most / POSITION) * (unit.end - unit.start + self._longest[who])
        starts = self._starts[who]
        return self._ordered[who][bisect_left(starts, unit.start - reach) : bisect_right(starts, unit.start + reach)]

    def _unit(self, key: Key) -> Unit:
        return self._layers[key[0]][key[1]]


def _by_start(layer: Sequence[Unit]) -> list[int]:
    return sorted(range(len(layer)), key=lambda at: layer[at].start)


def tied(parts: Sequence[Part]) -> list[list[Part]]:
    """Return parts in groups that share no unit."""
    above: dict[Key, Key] = {}

    def top(key: Key) -> Key:
        while above.setdefault(key, key) != key:
            above[key] = key = above[above[key]]
        return key

    for part in parts:
        for one, other in combinations(part.keys, 2):
            above[top(one)] = top(other)
    groups: defaultdict[Key, list[Part]] = defaultdict(list)
    for part in parts:
        groups[top(part.keys[0])].append(part)
    return list(groups.values())


def solved(parts: Sequence[Part]) -> list[Part]:
    """Return those parts that cover each unit once at the least cost: set partitioning, solved by HiGHS."""
    if len(parts) == 1:
        return list(parts)
    if len(parts) == 3:  # two units and the pair of them
        pair = max(parts, key=lambda part: len(part.keys))
        return [pair] if pair.disorder < 2 * EMPTY else [part for part in parts if part is not pair]
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.silent()
    solver.passModel(_model(parts))
    solver.run()
    taken = solver.getSolution().col_value
    return [part for part, value in zip(parts, taken, strict=True) if value > 0.5]


def _model(parts: Sequence[Part]) -> highspy.HighsLp:
    rows = {key: row for row, key in enumerate(sorted({key for part in parts for key in part.keys}))}
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(parts), len(rows)
    model.col_cost_ = np.array([part.disorder for part in parts])
    model.col_lower_, model.col_upper_ = np.zeros(len(parts)), np.ones(len(parts))
    model.row_lower_ = model.row_upper_ = np.ones(len(rows))
    model.integrality_ = [highspy.HighsVarType.kInteger] * len(parts)
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = np.cumsum([0, *(len(part.keys) for part in parts)])
    model.a_matrix_.index_ = np.array([rows[key] for part in parts for key in part.keys])
    model.a_matrix_.value_ = np.ones(sum(len(part.keys) for part in parts))
    return model
