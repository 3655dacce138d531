"""How well reviewers agree, as values: figures with their confidence intervals, and why one is undefined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from annotator.language import Sentence

Name = Literal[
    "precision", "recall", "f1", "f1_overlap", "alpha_u", "kappa", "fleiss", "alpha", "entities", "gamma", "gamma_cat",
    "mode", "kind", "source", "time",
]  # fmt: skip
By = Literal["all", "label", "month", "version"]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; `value` is None where it is undefined, and `why` says why. `low` and `high` are its 95 % confidence interval,
    None where there are too few articles for one. `items` is on how many things it rests.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    items: int = 0
    why: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of two reviewers (an empty `pair`: the mean of all pairs, or of all together) on a part of what they read.

    `by` and `key` say which part: everything, a label, a month (2026-01) or a version of the label set. `units` is how many
    spans each of the two marked, `differing` are the articles in which they do not agree on all of them.
    """

    by: By
    key: str
    pair: Pair | tuple[()]
    articles: int
    units: tuple[int, ...]
    figures: Mapping[Name, Figure]
    differing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleAgreement:
    """How well two reviewers agree on one article: equal spans, how many each marked, and F where it is defined."""

    article: str
    title: str
    pair: Pair
    equal: int
    units: tuple[int, int]
    f1: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of a project: rows, the articles one by one, and what was given as what (labels of spans that were matched;
    an empty label: the other marked nothing there).
    """

    reviewers: tuple[str, ...]
    rows: tuple[Row, ...]
    articles: tuple[ArticleAgreement, ...]
    confusion: Mapping[Pair, int] = field(default_factory=dict)
    seed: int = 0

    def row(self, by: By = "all", key: str = "", pair: Pair | tuple[()] = ()) -> Row | None:
        """Return one of the rows, or None."""
        return next((row for row in self.rows if (row.by, row.key, row.pair) == (by, key, pair)), None)
