"""The agreement measure γ: how well units can be aligned, in place and in label at once, against chance.

Mathet, Widlöcher and Métivier 2015, "The unified and holistic method gamma (γ) for inter-annotator agreement measure and
alignment", Computational Linguistics 41(3); γ-cat is that of Mathet 2017, "The agreement measure γ-cat: a complement to γ
focused on categorization of a continuum", Computational Linguistics 43(3). γ-cat leaves out units that nobody else has:
those are γ's matter.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil
from statistics import fmean, stdev

from annotator.review.aligning import POSITION, Layers, Parts, Unitary, positional, solved, tied
from annotator.review.units import Unit

_SAMPLES, _PRECISION, _CONFIDENCE = 30, 0.05, 1.96
_TRIES = 50
Cancel = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Alignment:
    """The best alignment of some layers: every unit stands in exactly one of its parts."""

    parts: tuple[Unitary, ...]
    units: int
    reviewers: int

    @property
    def disorder(self) -> float:
        """The mean disorder: that of all parts over the mean number of units of a reviewer."""
        return sum(one.disorder for one in self.parts) / (self.units / self.reviewers) if self.units else 0.0

    def categorial_disorder(self) -> float | None:
        """Return the disorder of γ-cat: that of the labels, weighted by how well two units fit in place; None without pairs."""
        pairs = [pair for part in self.parts for pair in _weighted_pairs(part)]
        weight = sum(weight for weight, _ in pairs)
        return sum(weight * differs for weight, differs in pairs) / weight if weight > 0 else None


@dataclass(frozen=True, slots=True)
class Gamma:
    """γ and γ-cat of one continuum; None where they are undefined. `expected` is the mean disorder of `samples` by chance."""

    gamma: float | None
    category: float | None
    observed: float
    expected: float
    samples: int


def best_alignment(layers: Layers) -> Alignment:
    """Return the alignment of least disorder of the layers of two or more reviewers.

    What no part that is worth its cost ties together is solved by itself.
    """
    parts = [part for group in tied(list(Parts(layers).all())) for part in solved(group)]
    return Alignment(tuple(one.unitary(layers) for one in parts), sum(map(len, layers)), len(layers))


def gamma_of(layers: Layers, length: int, *, seed: int = 0, cancel: Cancel | None = None) -> Gamma:
    """Return γ = 1 - observed / expected disorder of one continuum of some length.

    What is expected comes from random continua: 30, and more until their mean is known to 5 % with 95 % confidence (section
    5.3). The same seed gives the same figures.
    """
    observed, sampler = best_alignment(layers), _Sampler(layers, length, seed)
    samples = [best_alignment(sampler.continuum()) for _ in _until(cancel, _SAMPLES)]
    disorders = [one.disorder for one in samples]
    wanted = _wanted(disorders)
    samples += [best_alignment(sampler.continuum()) for _ in _until(cancel, wanted - len(samples))]
    expected = fmean(one.disorder for one in samples) if samples else 0.0
    gamma = 1.0 - observed.disorder / expected if expected > 0 else None
    return Gamma(gamma, _gamma_cat(observed, samples), observed.disorder, expected, len(samples))


def _gamma_cat(observed: Alignment, samples: Sequence[Alignment]) -> float | None:
    found = observed.categorial_disorder()
    by_chance = [disorder for one in samples if (disorder := one.categorial_disorder()) is not None]
    expected = fmean(by_chance) if by_chance else 0.0
    return 1.0 - found / expected if found is not None and expected > 0 else None


def _wanted(disorders: Sequence[float]) -> int:
    mean = fmean(disorders) if len(disorders) > 1 else 0.0
    return ceil((stdev(disorders) / mean * _CONFIDENCE / _PRECISION) ** 2) if mean > 0 else 0


def _until(cancel: Cancel | None, count: int) -> Iterator[int]:
    for number in range(count):
        if cancel and cancel():
            return
        yield number


def _weighted_pairs(part: Unitary) -> Iterator[tuple[float, bool]]:
    """Yield for each two units of a part how much they count and whether their labels differ."""
    units = [unit for unit in part.units if unit]
    for one, other in combinations(units, 2):
        yield max(0.0, 1.0 - POSITION * positional(one, other)) / (len(units) - 1), one.label != other.label


class _Sampler:
    """Makes continua by chance: layers of the real one, each turned round by another random distance (section 5.2)."""

    def __init__(self, layers: Layers, length: int, seed: int) -> None:
        self._layers, self._length = layers, max(length, 1)
        self._random = random.Random(seed)
        lengths = [unit.end - unit.start for layer in layers for unit in layer]
        self._least = fmean(lengths) / 2 if lengths else 0.0

    def continuum(self) -> list[list[Unit]]:
        """Return as many layers as the real continuum has."""
        pivots: list[int] = []
        for _ in self._layers:
            pivots.append(self._pivot(pivots))
        return [self._turned(self._random.choice(self._layers), pivot) for pivot in pivots]

    def _pivot(self, others: Sequence[int]) -> int:
        """Return a distance that differs from the others by half a unit's mean length, if there is one."""
        pivot = 0
        for _ in range(_TRIES):
            pivot = self._random.randrange(self._length)
            if all(abs(pivot - other) >= self._least for other in others):
                break
        return pivot

    def _turned(self, layer: Sequence[Unit], pivot: int) -> list[Unit]:
        starts = ((unit.start + pivot) % self._length for unit in layer)
        return [
            Unit(start, start + unit.end - unit.start, unit.label) for unit, start in zip(layer, starts, strict=True)
        ]
