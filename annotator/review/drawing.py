"""Confidence intervals by drawing articles anew: the bootstrap, percentile method.

Efron and Tibshirani 1993, "An Introduction to the Bootstrap", chapter 13. Articles are drawn, not annotations: those of one
article hang together.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from annotator.review.categories import Floats

_DRAWS, _DRAWS_OF_MANY, _MANY = 1000, 200, 3000
_CONFIDENCE = 95.0
_KEPT = 4  # drawings of different numbers of articles
Statistic = Callable[[Floats], Floats]
"""From weights (draws, articles) to one value a draw."""


class Drawing:
    """Draws articles, the same ones for every statistic on as many of them; the same seed draws the same.

    A thousand times; two hundred times of more than 3,000 articles, whose intervals are narrow.
    """

    def __init__(self, *, seed: int) -> None:
        self._seed = seed
        self._weights = lru_cache(maxsize=_KEPT)(self._draw)

    def weights(self, articles: int) -> Floats:
        """Return how often each article counts (1 + draws, articles): first each once, then as often as it is drawn."""
        return self._weights(articles)

    def _draw(self, articles: int) -> Floats:
        draws = 0 if articles < 2 else _DRAWS if articles <= _MANY else _DRAWS_OF_MANY
        drawn = np.random.default_rng(self._seed).integers(max(articles, 1), size=(draws, articles))
        rows = [np.ones(articles), *(np.bincount(row, minlength=articles) for row in drawn)]
        return np.array(rows, dtype=float)


def interval(values: Floats) -> tuple[float | None, float | None]:
    """Return the 95 % confidence interval of the values of all draws; none where there are no draws, or most lack a value."""
    known = values[~np.isnan(values)]
    if not len(values) or len(known) < len(values) / 2:
        return None, None
    tail = (100.0 - _CONFIDENCE) / 2
    low, high = np.percentile(known, [tail, 100.0 - tail])
    return float(low), float(high)
