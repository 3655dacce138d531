"""Agreement on categories: how often reviewers gave the same answer about the same thing, corrected for chance.

Everything is worked out from sums over articles, so that the articles can be drawn anew for a confidence interval. The first
axis of each array is that of the draws. What is undefined is `nan`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def cohen_kappa(tables: Floats) -> Floats:
    """Return κ = (Po - Pe) / (1 - Pe) of contingency tables (draws, categories, categories), two reviewers.

    Cohen 1960, "A coefficient of agreement for nominal scales".
    """
    total = tables.sum(axis=(1, 2))
    observed = share(np.trace(tables, axis1=1, axis2=2), total)
    by_chance = share((tables.sum(axis=1) * tables.sum(axis=2)).sum(axis=1), total**2)
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


def nominal_alpha(coincidences: Floats) -> Floats:
    """Return α = 1 - Do / De of coincidence matrices (draws, categories, categories).

    Any number of reviewers, and missing answers. Krippendorff 2011, "Computing Krippendorff's alpha-reliability".
    """
    ratings = coincidences.sum(axis=2)
    total = ratings.sum(axis=1)
    differing = total - np.trace(coincidences, axis1=1, axis2=2)
    expected = share(total**2 - (ratings**2).sum(axis=1), total - 1.0)
    return 1.0 - share(differing, expected)


def table_of(pairs: Iterable[tuple[str, str]], categories: Sequence[str]) -> Floats:
    """Return the contingency table of two reviewers' answers."""
    places = {category: place for place, category in enumerate(categories)}
    table = np.zeros((len(places), len(places)))
    for one, other in pairs:
        table[places[one], places[other]] += 1
    return table


def coincidences_of(items: Iterable[Sequence[str]], categories: Sequence[str]) -> Floats:
    """Return the coincidence matrix of items, each with the answers of those who gave one; a lone answer counts nothing."""
    places = {category: place for place, category in enumerate(categories)}
    matrix = np.zeros((len(places), len(places)))
    for answers in items:
        if len(answers) > 1:
            given = np.bincount([places[answer] for answer in answers], minlength=len(places)).astype(float)
            matrix += (np.outer(given, given) - np.diag(given)) / (len(answers) - 1)
    return matrix


def rated_by_all(
    items: Iterable[Sequence[str]], categories: Sequence[str], reviewers: int
) -> tuple[Floats, float, int]:
    """Return what `fleiss_kappa` sums, of those items that as many reviewers rated."""
    places = {category: place for place, category in enumerate(categories)}
    totals, agreeing, count = np.zeros(len(places)), 0.0, 0
    for answers in items:
        if len(answers) == reviewers > 1:
            given = np.bincount([places[answer] for answer in answers], minlength=len(places)).astype(float)
            totals += given
            agreeing += float((given * (given - 1)).sum()) / (reviewers * (reviewers - 1))
            count += 1
    return totals, agreeing, count


def share(part: Floats, whole: Floats) -> Floats:
    """Return part / whole, `nan` where there is nothing to take a part of."""
    result: Floats = np.full(np.broadcast(part, whole).shape, np.nan)
    np.divide(part, whole, out=result, where=np.broadcast_to(whole > 0, result.shape))
    return result
