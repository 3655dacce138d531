"""How well the reviewers of a project agree: which articles are asked for, and the figures."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterator
from statistics import fmean

import numpy as np

from annotator.language import N_, Sentence
from annotator.open_project import OpenProject
from annotator.review.agreement import Agreement, Figure, Pair
from annotator.review.asked import asked
from annotator.review.categories import share
from annotator.review.drawing import Drawing, interval
from annotator.review.gamma import Gamma, gamma_of
from annotator.review.measuring import ONE_MARKED_NOTHING, measured
from annotator.review.units import ReadArticle
from annotator.store import layers

Progress = Callable[[int, int], None]
Cancel = Callable[[], bool]
NOT_READ = Sentence(N_("No article was read by both."))
_GAMMA_ARTICLES = 50


class Agreeing(OpenProject):
    """The part of a project that measures agreement."""

    def agreement(
        self,
        *,
        reviewers: Collection[str] = (),
        labels: Collection[str] = (),
        articles: Collection[str] = (),
        since: str = "",
        until: str = "",
        version: int = 0,
        seed: int = 0,
        progress: Progress | None = None,
        cancel: Cancel | None = None,
    ) -> Agreement:
        """Return how well reviewers agree on the articles that several of them read; empty choices mean all.

        `since` and `until` (ISO 8601, UTC; the first is in, the second out) choose by when the last of the layers compared was
        last changed, `version` by the newest version of the label set used in them. A reviewer has read an article when
        something is marked in it or it is done. The same `seed` gives the same intervals.
        """
        total = layers.count_read_twice(self._connection) if progress else 0
        found = layers.read_articles(self._connection)
        wanted = asked(found, reviewers=reviewers, labels=labels, has_article=_among(articles))
        chosen = (one for one in wanted if _in_time(one, since, until, version))
        return measured(_until(chosen, cancel), seed=seed, progress=_counting(progress, total))

    def gamma(
        self,
        pair: Pair,
        *,
        labels: Collection[str] = (),
        articles: Collection[str] = (),
        most: int = _GAMMA_ARTICLES,
        seed: int = 0,
        progress: Progress | None = None,
        cancel: Cancel | None = None,
    ) -> tuple[Figure, Figure]:
        """Return γ and γ-cat of two reviewers: the means over articles, weighted by their spans.

        It takes about a second for an article of a hundred spans, so at most `most` articles are taken, drawn by the seed.
        """
        read = layers.read_articles(self._connection)
        found = asked(read, reviewers=pair, labels=labels, has_article=_among(articles))
        both = [one for one in found if len(one.layers) == 2 and all(layer.units for layer in one.layers.values())]
        if len(both) > most:
            both = random.Random(seed).sample(both, most)
        gammas, weights = list[Gamma](), list[float]()
        for number, one in enumerate(_until(iter(both), cancel), start=1):
            units = [layer.units for layer in one.layers.values()]
            gammas.append(gamma_of(units, one.length, seed=seed, cancel=cancel))
            weights.append(fmean(map(len, units)))
            if progress:
                progress(number, len(both))
        return tuple(  # type: ignore[return-value]  # two of them
            _weighted([getattr(one, name) for one in gammas], weights, seed) for name in ("gamma", "category")
        )


def _among(articles: Collection[str]) -> Callable[[str], bool]:
    return lambda identity: not articles or identity in articles


def _in_time(article: ReadArticle, since: str, until: str, version: int) -> bool:
    moment = max(layer.moment for layer in article.layers.values())
    newest = max(layer.version for layer in article.layers.values())
    return moment >= since and (not until or moment < until) and version in (0, newest)


def _weighted(values: list[float | None], weights: list[float], seed: int) -> Figure:
    known = [(value, weight) for value, weight in zip(values, weights, strict=True) if value is not None]
    if not known:
        return Figure(None, why=ONE_MARKED_NOTHING if values else NOT_READ)
    numbers = np.array([(value * weight, weight) for value, weight in known])
    sums = Drawing(seed=seed).weights(len(known)) @ numbers
    found = share(sums[:, 0], sums[:, 1])
    low, high = interval(found[1:])
    return Figure(float(found[0]), low, high, len(known))


def _until(articles: Iterator[ReadArticle], cancel: Cancel | None) -> Iterator[ReadArticle]:
    for one in articles:
        if cancel and cancel():
            return
        yield one


def _counting(progress: Progress | None, total: int) -> Callable[[int], None] | None:
    return (lambda number: progress(number, total)) if progress else None
