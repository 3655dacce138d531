"""Measuring agreement: one sweep over the articles that several reviewers read, then figures and their intervals.

Of each article only counts are kept, so memory grows with the number of articles and not with that of annotations.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from annotator.language import N_, Sentence
from annotator.review import categories, spans
from annotator.review.agreement import Agreement, ArticleAgreement, By, Figure, Name, Pair, Row
from annotator.review.categories import Floats
from annotator.review.drawing import Drawing, Statistic
from annotator.review.spans import Counts
from annotator.review.unitising import Continuum, continua_of, sums_of, unitised_alpha
from annotator.review.units import Layer, ReadArticle, Unit, matched

Progress = Callable[[int], None]
ANSWERS: tuple[Name, ...] = ("mode", "kind", "source", "time")
NOTHING_IN_COMMON = Sentence(N_("No article was read by both."))
ONE_MARKED_NOTHING = Sentence(N_("One of them marked nothing here."))
NOBODY_MARKED = Sentence(N_("Nobody marked anything here."))
NOTHING_MATCHED = Sentence(N_("They marked nothing in common that could be compared."))
ALWAYS_THE_SAME = Sentence(N_("Only one answer was ever given, so agreement by chance cannot be told apart."))
_SPAN_FIGURES: tuple[tuple[Name, Statistic], ...] = (
    ("precision", spans.precision),
    ("recall", spans.recall),
    ("f1", spans.f1),
    ("f1_overlap", spans.f1_overlapping),
)


@dataclass(slots=True)
class _Tally:
    """What was counted of two reviewers on one part of what they read, an entry for each article."""

    counts: list[Counts] = field(default_factory=list)
    continua: list[tuple[int, dict[str, Continuum]]] = field(default_factory=list)
    given: dict[Name, list[list[tuple[str, str]]]] = field(default_factory=lambda: defaultdict(list))
    differing: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Items:
    """What all reviewers of an article said of the same words: their answers, for each span that two or more marked."""

    labels: list[list[list[str]]] = field(default_factory=list)
    most: int = 0


class Measuring:
    """Takes articles one by one, and then tells how well their readers agree.

    `seed` makes the drawing for confidence intervals repeatable.
    """

    def __init__(self, *, seed: int = 0) -> None:
        self._seed, self._drawing = seed, Drawing(seed=seed)
        self._tallies: defaultdict[tuple[By, str, Pair], _Tally] = defaultdict(_Tally)
        self._articles: list[ArticleAgreement] = []
        self._confusion: Counter[Pair] = Counter()
        self._items = _Items()
        self._taken = 0

    def take(self, article: ReadArticle) -> None:
        """Count what the readers of an article marked."""
        for one, other in combinations(sorted(article.layers), 2):
            self._take_pair(article, (one, other), article.layers[one], article.layers[other])
        self._take_items(article)
        self._taken += 1

    def agreement(self) -> Agreement:
        """Return what was found."""
        keys = sorted({(by, key) for by, key, _ in self._tallies}, key=_in_order)
        rows = [row for by, key in keys for row in self._rows(by, key)]
        reviewers = sorted({name for _, _, pair in self._tallies for name in pair})
        articles = sorted(
            self._articles, key=lambda one: (one.f1 if one.f1 is not None else -1.0, one.title, one.article)
        )
        return Agreement(tuple(reviewers), tuple(rows), tuple(articles), dict(self._confusion), self._seed)

    # -- counting -------------------------------------------------------------------------------------------------

    def _take_pair(self, article: ReadArticle, pair: Pair, one: Layer, other: Layer) -> None:
        of_labels = spans.counted(one.units, other.units)
        counts = spans.added(of_labels.values())
        self._tell_article(article, pair, counts)
        whole = self._tallies["all", "", pair]
        self._add(whole, article.id, counts)
        self._add_answers(whole, one, other)
        continua = continua_of((one.units, other.units), article.length)
        whole.continua.append((article.length, continua))
        for label, continuum in continua.items():
            tally = self._tallies["label", label, pair]
            self._add(tally, article.id, of_labels[label])
            tally.continua.append((article.length, {label: continuum}))
        month, version = max(one.moment, other.moment)[:7], max(one.version, other.version)
        if month:
            self._add(self._tallies["month", month, pair], article.id, counts)
        if version:
            self._add(self._tallies["version", str(version), pair], article.id, counts)

    def _add(self, tally: _Tally, article: str, counts: Counts) -> None:
        tally.counts.append(counts)
        tally.places.append(self._taken)
        if not counts[0] == counts[3] == counts[4]:
            tally.differing.append(article)

    def _tell_article(self, article: ReadArticle, pair: Pair, counts: Counts) -> None:
        equal, _, _, one, other = counts
        f1 = 2 * equal / (one + other) if one and other else None
        self._articles.append(ArticleAgreement(article.id, article.title, pair, equal, (one, other), f1))

    def _add_answers(self, tally: _Tally, one: Layer, other: Layer) -> None:
        """Count what both said of the same words: labels, what is meant, and what the frames of claims answer."""
        pairs = matched(one.units, other.units)
        self._confusion.update((first.label, second.label) for first, second in pairs)
        for side, (layer, place) in enumerate(((one, 0), (other, 1))):
            alone = Counter(unit.label for unit in layer.units)
            alone.subtract(pair[place].label for pair in pairs)
            self._confusion.update(
                {((label, "") if side == 0 else ("", label)): count for label, count in alone.items() if count}
            )
        tally.given["kappa"].append([(first.label, second.label) for first, second in pairs])
        tally.given["entities"].append(
            [(first.entity, second.entity) for first, second in pairs if first.entity and second.entity]
        )
        for name in ANSWERS:
            tally.given[name].append(list(_answers(pairs, name)))

    def _take_items(self, article: ReadArticle) -> None:
        given: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
        for layer in article.layers.values():
            for span, label in sorted({(unit.start, unit.end): unit.label for unit in reversed(layer.units)}.items()):
                given[span].append(label)
        self._items.labels.append([labels for labels in given.values() if len(labels) > 1])
        self._items.most = max(self._items.most, len(article.layers))

    # -- figures --------------------------------------------------------------------------------------------------

    def _rows(self, by: By, key: str) -> Iterator[Row]:
        """Yield the row of each pair, and before them their mean."""
        tallies = {pair: tally for (of, name, pair), tally in self._tallies.items() if (of, name) == (by, key)}
        yield self._mean(by, key, tallies)
        for pair, tally in sorted(tallies.items()):
            counts = np.array(tally.counts, dtype=float)
            figures = {name: self._span_figure(statistic, counts) for name, statistic in _SPAN_FIGURES}
            if tally.continua:
                figures["alpha_u"] = self._unitised(tally)
            figures |= self._nominal(tally)
            units = counts[:, 3].sum(), counts[:, 4].sum()
            yield Row(by, key, pair, len(counts), (int(units[0]), int(units[1])), figures, tuple(tally.differing))

    def _mean(self, by: By, key: str, tallies: dict[Pair, _Tally]) -> Row:
        """Return the mean of the pairs, drawn together: an article counts in all of them or in none."""
        figures: dict[Name, Figure] = {}
        for name, statistic in _SPAN_FIGURES[2:]:
            figures[name] = self._mean_figure(statistic, list(tallies.values()))
        if by == "all" and self._items.most > 2:
            figures |= self._together()
        elif by == "all":
            figures["alpha"] = self._together()["alpha"]
        differing = tuple(dict.fromkeys(article for tally in tallies.values() for article in tally.differing))
        articles = len({place for tally in tallies.values() for place in tally.places})
        units = sum(one[3] + one[4] for tally in tallies.values() for one in tally.counts)
        return Row(by, key, (), articles, (units,), figures, differing)

    def _span_figure(self, statistic: Statistic, counts: Floats) -> Figure:
        def of(weights: Floats) -> Floats:
            return statistic(weights @ counts)

        one, other = counts[:, 3].sum(), counts[:, 4].sum()
        why = NOBODY_MARKED if not one + other else ONE_MARKED_NOTHING
        return self._figure(of, len(counts), int(one + other), why)

    def _mean_figure(self, statistic: Statistic, tallies: Sequence[_Tally]) -> Figure:
        places = sorted({place for tally in tallies for place in tally.places})
        number = {place: at for at, place in enumerate(places)}
        parts = [([number[place] for place in tally.places], np.array(tally.counts, dtype=float)) for tally in tallies]

        def of(weights: Floats) -> Floats:
            found = np.stack([statistic(weights[:, columns] @ counts) for columns, counts in parts])
            known = ~np.isnan(found)
            return categories.share(np.where(known, found, 0.0).sum(axis=0), known.sum(axis=0).astype(float))

        units = int(sum(counts[:, 3:].sum() for _, counts in parts))
        return self._figure(of, len(places), units, ONE_MARKED_NOTHING if units else NOBODY_MARKED)

    def _unitised(self, tally: _Tally) -> Figure:
        labels = sorted({label for _, one in tally.continua for label in one})
        sums = [
            sums_of([one.get(label) or Continuum(length, ((), ())) for length, one in tally.continua], 2)
            for label in labels
        ]

        def of(weights: Floats) -> Floats:
            return unitised_alpha([one.drawn(weights) for one in sums])

        if not labels:
            return Figure(None, why=NOBODY_MARKED)
        return self._figure(of, len(tally.continua), sum(int(one.units.sum()) for one in sums), NOBODY_MARKED)

    def _nominal(self, tally: _Tally) -> dict[Name, Figure]:
        """Return κ of the labels, and α of what is meant and of the frames' answers."""
        figures: dict[Name, Figure] = {}
        for name, given in tally.given.items():
            known = sorted({answer for of_article in given for pair in of_article for answer in pair})
            make = categories.table_of if name == "kappa" else categories.coincidences_of
            statistic = categories.cohen_kappa if name == "kappa" else categories.nominal_alpha
            figures[name] = self._of_tables(statistic, [make(pairs, known) for pairs in given], sum(map(len, given)))
        return figures

    def _together(self) -> dict[Name, Figure]:
        """Return α of the labels that all reviewers gave to the same spans, and Fleiss' κ of those that all of them marked."""
        items, most = self._items.labels, self._items.most
        known = sorted({label for of_article in items for labels in of_article for label in labels})
        tables = [categories.coincidences_of(of_article, known) for of_article in items]
        rated = [categories.rated_by_all(of_article, known, most) for of_article in items]
        totals = np.array([one[0] for one in rated]).reshape(len(rated), len(known))
        agreeing, counts = (np.array([float(one[at]) for one in rated]) for at in (1, 2))

        def fleiss(weights: Floats) -> Floats:
            return categories.fleiss_kappa(weights @ totals, weights @ agreeing, weights @ counts)

        alpha = self._of_tables(categories.nominal_alpha, tables, sum(map(len, items)))
        why = ALWAYS_THE_SAME if counts.sum() else NOTHING_MATCHED
        return {"alpha": alpha, "fleiss": self._figure(fleiss, len(items), int(counts.sum()), why)}

    def _of_tables(self, statistic: Statistic, tables: Sequence[Floats], items: int) -> Figure:
        if not items:
            return Figure(None, why=NOTHING_MATCHED)
        stacked = np.stack(tables)

        def of(weights: Floats) -> Floats:
            return statistic(np.tensordot(weights, stacked, axes=1))

        return self._figure(of, len(tables), items, ALWAYS_THE_SAME)

    def _figure(self, statistic: Statistic, articles: int, items: int, why: Sentence) -> Figure:
        value = float(statistic(np.ones((1, articles)))[0])
        if np.isnan(value):
            return Figure(None, items=items, why=why)
        low, high = self._drawing.interval(statistic, articles) or (None, None)
        return Figure(value, low, high, items)


def measured(articles: Iterable[ReadArticle], *, seed: int = 0, progress: Progress | None = None) -> Agreement:
    """Return how well the readers of articles agree; `progress` is told how many were counted."""
    measuring = Measuring(seed=seed)
    for number, article in enumerate(articles, start=1):
        measuring.take(article)
        if progress:
            progress(number)
    return measuring.agreement()


def _answers(pairs: Sequence[tuple[Unit, Unit]], name: Name) -> Iterator[tuple[str, str]]:
    for first, second in pairs:
        if name in first.answers and name in second.answers:
            yield first.answers[name], second.answers[name]


def _in_order(group: tuple[By, str]) -> tuple[int, str]:
    by, key = group
    return ("all", "label", "month", "version").index(by), key.rjust(6) if by == "version" else key
