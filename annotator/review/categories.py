"""Agreement on categories: how often reviewers gave the same answer about the same thing, corrected for chance.

Everything is worked out from sums over articles, so that the articles can be drawn anew for a confidence interval. The first
axis of each array is that of the draws. What is undefined is `nan`.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def cohen_kappa(first: Floats, second: Floats, agreeing: Floats) -> Floats:
    """Return κ = (Po - Pe) / (1 - Pe) of two reviewers who answered the same things.

    `first` and `second` (draws, categories) are how often each gave each answer, `agreeing` (draws) how often the same.
    Cohen 1960, "A coefficient of agreement for nominal scales".
    """
    total = first.sum(axis=1)
    observed = share(agreeing, total)
    by_chance = share((first * second).sum(axis=1), total**2)
    return share(observed - by_chance, 1.0 - by_chance)


def fleiss_kappa(totals: Floats, agreeing: Floats, items: Floats) -> Floats:
    """Return κ = (P - Pe) / (1 - Pe) of items that all reviewers rated.

    `totals` (draws, categories) are the ratings of each category, `agreeing` (draws) the sum over the items of the share of
    agreeing pairs of reviewers, `items` (draws) their number. Fleiss 1971, "Measuring nominal scale agreement among many
    raters".
    """
    observed = share(agreeing, items)
    shares = share(totals, totals.sum(axis=1)[:, None])
    by_chance = (shares**2).sum(axis=1)
    return share(observed - by_chance, 1.0 - by_chance)


def nominal_alpha(ratings: Floats, agreeing: Floats) -> Floats:
    """Return α = 1 - Do / De.

    `ratings` (draws, categories) are how often each answer was given, `agreeing` (draws) the diagonal of the coincidence
    matrix, summed. Any number of reviewers, and missing answers. Krippendorff 2011, "Computing Krippendorff's
    alpha-reliability".
    """
    total = ratings.sum(axis=1)
    expected = share(total**2 - (ratings**2).sum(axis=1), total - 1.0)
    return 1.0 - share(total - agreeing, expected)


class Given:
    """How often each answer was given, article by article; only what was given takes room.

    `known` numbers the answers; several of these may share it.
    """

    def __init__(self, known: dict[str, int] | None = None) -> None:
        self.known: dict[str, int] = {} if known is None else known
        self._places, self._codes, self._counts = array("q"), array("q"), array("q")

    def add(self, place: int, answer: str, count: int) -> None:
        """Count an answer in the article at `place`."""
        self._places.append(place)
        self._codes.append(self.known.setdefault(answer, len(self.known)))
        self._counts.append(count)

    def add_each(self, place: int, answers: Sequence[str], count: int) -> None:
        """Count several answers in the article at `place`, each as often."""
        for answer in answers:
            self.add(place, answer, count)

    def drawn(self, weights: Floats) -> Floats:
        """Return how often each answer was given (draws, answers), with each article as often as `weights` say."""
        places, codes, counts = (np.asarray(part, dtype=np.int64) for part in (self._places, self._codes, self._counts))
        rows = [np.bincount(codes, row[places] * counts, minlength=len(self.known)) for row in weights]
        found: Floats = np.array(rows, dtype=float)
        return found


class PairedAnswers:
    """What two reviewers answered about the same things, an article after the other."""

    def __init__(self) -> None:
        self.first = Given()
        self.second = Given(self.first.known)
        self.items = 0
        self._agreeing = array("d")

    def add(self, answers: Mapping[tuple[str, str], int]) -> None:
        """Count the pairs of answers of the next article; there may be none."""
        place, agreeing = len(self._agreeing), 0
        for (one, other), count in answers.items():
            self.first.add(place, one, count)
            self.second.add(place, other, count)
            self.items += count
            agreeing += count if one == other else 0
        self._agreeing.append(agreeing)

    def kappa(self, weights: Floats) -> Floats:
        """Return Cohen's κ of each draw (draws, articles)."""
        return cohen_kappa(self.first.drawn(weights), self.second.drawn(weights), weights @ np.array(self._agreeing))

    def alpha(self, weights: Floats) -> Floats:
        """Return α of each draw (draws, articles)."""
        ratings = self.first.drawn(weights) + self.second.drawn(weights)
        return nominal_alpha(ratings, 2.0 * (weights @ np.array(self._agreeing)))


class RatedItems:
    """What any number of reviewers answered about the same things, an article after the other.

    Fleiss' κ passes over what fewer than `reviewers` answered.
    """

    def __init__(self, reviewers: int) -> None:
        self.items = self.rated_by_all = 0
        self._reviewers = reviewers
        self._ratings, self._totals = Given(), Given()
        self._agreeing, self._shares, self._whole = array("d"), array("d"), array("d")

    def add(self, items: Mapping[tuple[str, ...], int]) -> None:
        """Count the items of the next article: which answers each got, and how many got just these; a lone answer is none."""
        place, agreeing, shares, whole = len(self._agreeing), 0.0, 0.0, 0
        for answers, number in items.items():
            several, alike = len(answers), number * _alike(answers)
            if several > 1:
                self._ratings.add_each(place, answers, number)
                agreeing += alike / (several - 1)
                self.items += number
            if several == self._reviewers:
                self._totals.add_each(place, answers, number)
                shares += alike / (several * (several - 1))
                whole += number
        self._agreeing.append(agreeing)
        self._shares.append(shares)
        self._whole.append(whole)
        self.rated_by_all += whole

    def alpha(self, weights: Floats) -> Floats:
        """Return α of each draw (draws, articles)."""
        return nominal_alpha(self._ratings.drawn(weights), weights @ np.array(self._agreeing))

    def fleiss(self, weights: Floats) -> Floats:
        """Return Fleiss' κ of each draw (draws, articles)."""
        shares, items = weights @ np.array(self._shares), weights @ np.array(self._whole)
        return fleiss_kappa(self._totals.drawn(weights), shares, items)


@lru_cache(maxsize=1024)
def _alike(answers: tuple[str, ...]) -> int:
    """Return how many ordered pairs of answers are alike."""
    return sum(count * (count - 1) for count in Counter(answers).values())


def share(part: Floats, whole: Floats) -> Floats:
    """Return part / whole, `nan` where there is nothing to take a part of."""
    result: Floats = np.full(np.broadcast(part, whole).shape, np.nan)
    np.divide(part, whole, out=result, where=np.broadcast_to(whole > 0, result.shape))
    return result
