"""Confidence intervals by drawing articles anew: the bootstrap, percentile method.

Efron and Tibshirani 1993, "An Introduction to the Bootstrap", chapter 13. Articles are drawn, not annotations: those of one
article hang together.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from annotator.review.categories import Floats

_DRAWS, _DRAWS_OF_MANY, _MANY = 1000, 200, 3000
_CONFIDENCE = 95.0
Statistic = Callable[[Floats], Floats]
"""From weights (draws, articles) to one value a draw."""


class Drawing:
    """Draws articles, the same ones for every statistic on as many of them; the same seed draws the same.

    A thousand times; two hundred times of more than 3,000 articles, whose intervals are narrow.
    """

    def __init__(self, *, seed: int) -> None:
        self._seed = seed
        self._weights: dict[int, Floats] = {}

    def interval(self, statistic: Statistic, articles: int) -> tuple[float, float] | None:
        """Return the 95 % confidence interval; None with fewer than two articles, or where most draws lack a value."""
        if articles < 2:
            return None
        values = statistic(self._of(articles))
        known = values[~np.isnan(values)]
        if len(known) < len(values) / 2:
            return None
        tail = (100.0 - _CONFIDENCE) / 2
        low, high = np.percentile(known, [tail, 100.0 - tail])
        return float(low), float(high)

    def _of(self, articles: int) -> Floats:
        """Return how often each article is drawn."""
        if articles not in self._weights:
            generator = np.random.default_rng(self._seed)
            draws = _DRAWS if articles <= _MANY else _DRAWS_OF_MANY
            drawn = generator.integers(articles, size=(draws, articles))
            rows = [np.bincount(row, minlength=articles) for row in drawn]
            self._weights[articles] = np.array(rows, dtype=float)
        return self._weights[articles]
