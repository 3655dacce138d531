"""Measuring agreement: one sweep over the articles that several reviewers read, then figures and their intervals.

Of each article only counts are kept, and of each annotation two numbers: where it begins and ends.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations

import numpy as np

from annotator.language import N_, Sentence
from annotator.review import spans
from annotator.review.agreement import Agreement, ArticleAgreement, By, Figure, Name, Pair, Row
from annotator.review.categories import Floats, PairedAnswers, RatedItems, share
from annotator.review.drawing import Drawing, Statistic, interval
from annotator.review.spans import Counts, Spans
from annotator.review.unitising import Sums as UnitisingSums
from annotator.review.unitising import sums_of, unitised_alpha
from annotator.review.units import Layer, ReadArticle, Unit, matched

Progress = Callable[[int], None]
Watch = Callable[[], None]
ANSWERS: tuple[Name, ...] = ("mode", "kind", "source", "time")
_ANSWERED: tuple[Name, ...] = ("kappa", "entities", *ANSWERS)
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


class _Line:
    """The articles of a pair one behind the other, and where on that line each of the two made units, by label."""

    def __init__(self) -> None:
        self._lengths = array("q")
        self._end = 0
        self.units: defaultdict[str, tuple[array[int], array[int]]] = defaultdict(lambda: (array("q"), array("q")))

    def add(self, length: int, layers: Sequence[Spans]) -> None:
        """Lay the next article behind the others."""
        for side, layer in enumerate(layers):
            for label, of_label in layer.items():
                self.units[label][side].extend(self._end + border for border in chain.from_iterable(of_label))
        self._lengths.append(length)
        self._end += length

    def drawn(self, weights: Floats) -> Iterator[tuple[str, UnitisingSums]]:
        """Yield by label what αU needs, with each article as often as `weights` (draws, articles) say."""
        return ((label, self._sums(label).drawn(weights)) for label in sorted(self.units))

    def _sums(self, label: str) -> UnitisingSums:
        sides = [np.array(side, dtype=np.int64).reshape(-1, 2) for side in self.units[label]]
        return sums_of(sides, np.array(self._lengths, dtype=np.int64))


@dataclass(slots=True)
class _Tally:
    """What was counted of two reviewers on one part of what they read, an entry for each article."""

    counts: list[Counts] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Whole:
    """What is counted of two reviewers on all that they read."""

    line: _Line = field(default_factory=_Line)
    given: dict[Name, PairedAnswers] = field(default_factory=lambda: {name: PairedAnswers() for name in _ANSWERED})


class Measuring:
    """Takes articles one by one, and then tells how well their readers agree.

    `seed` makes the drawing for confidence intervals repeatable; `watch` is called again and again and may raise.
    """

    def __init__(self, *, seed: int = 0, watch: Watch = lambda: None) -> None:
        self._watch = watch
        self._seed, self._drawing = seed, Drawing(seed=seed)
        self._tallies: defaultdict[tuple[By, str, Pair], _Tally] = defaultdict(_Tally)
        self._wholes: defaultdict[Pair, _Whole] = defaultdict(_Whole)
        self._unitised: dict[tuple[str, Pair], Figure] = {}
        self._articles: list[ArticleAgreement] = []
        self._confusion: Counter[Pair] = Counter()
        self._items: list[Counter[tuple[str, ...]]] = []
        self._most = 0

    def take(self, article: ReadArticle) -> None:
        """Count what the readers of an article marked."""
        of_layers = {name: spans.by_label(layer.units) for name, layer in article.layers.items()}
        for pair in combinations(sorted(article.layers), 2):
            self._take_pair(article, pair, of_layers)
        self._items.append(_items(article.layers.values()))
        self._most = max(self._most, len(article.layers))

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

    def _take_pair(self, article: ReadArticle, pair: Pair, layers: Mapping[str, Spans]) -> None:
        one, other = (article.layers[name] for name in pair)
        of_labels = spans.counted(layers[pair[0]], layers[pair[1]])
        counts = spans.added(of_labels.values())
        self._tell_article(article, pair, counts)
        self._wholes[pair].line.add(article.length, (layers[pair[0]], layers[pair[1]]))
        self._add_answers(self._wholes[pair].given, one, other)
        self._add(("all", "", pair), article.id, counts)
        for label, of_label in of_labels.items():
            self._add(("label", label, pair), article.id, of_label)
        month, version = max(one.moment, other.moment)[:7], max(one.version, other.version)
        if month:
            self._add(("month", month, pair), article.id, counts)
        if version:
            self._add(("version", str(version), pair), article.id, counts)

    def _add(self, part: tuple[By, str, Pair], article: str, counts: Counts) -> None:
        tally = self._tallies[part]
        tally.counts.append(counts)
        tally.places.append(len(self._items))
        if not counts[0] == counts[3] == counts[4]:
            tally.differing.append(article)

    def _tell_article(self, article: ReadArticle, pair: Pair, counts: Counts) -> None:
        equal, _, _, one, other = counts
        f1 = 2 * equal / (one + other) if one and other else None
        self._articles.append(ArticleAgreement(article.id, article.title, pair, equal, (one, other), f1))

    def _add_answers(self, given: Mapping[Name, PairedAnswers], one: Layer, other: Layer) -> None:
        """Count what both said of the same words: labels, what is meant, and what the frames of claims answer."""
        pairs = matched(one.units, other.units)
        labels = Counter((first.label, second.label) for first, second in pairs)
        self._confusion.update(labels)
        self._confusion.update(_alone(one, other, pairs))
        given["kappa"].add(labels)
        given["entities"].add(
            Counter((first.entity, second.entity) for first, second in pairs if first.entity and second.entity)
        )
        framed = [(first.answers, second.answers) for first, second in pairs if first.answers and second.answers]
        for name in ANSWERS:
            both = [(first[name], second[name]) for first, second in framed if name in first and name in second]
            given[name].add(Counter(both) if both else {})

    # -- figures --------------------------------------------------------------------------------------------------

    def _rows(self, by: By, key: str) -> Iterator[Row]:
        """Yield the row of each pair, and before them their mean."""
        tallies = {pair: tally for (of, name, pair), tally in self._tallies.items() if (of, name) == (by, key)}
        yield self._mean(by, key, tallies)
        for pair, tally in sorted(tallies.items()):
            self._watch()
            counts = np.array(tally.counts, dtype=float)
            figures = self._span_figures(counts)
            if by == "all":
                self._unitise(pair)
                figures["alpha_u"] = self._unitised["", pair]
                figures |= self._answered(pair)
            elif by == "label":
                figures["alpha_u"] = self._unitised[key, pair]
            units = int(counts[:, 3].sum()), int(counts[:, 4].sum())
            yield Row(by, key, pair, len(counts), units, figures, tuple(tally.differing))

    def _mean(self, by: By, key: str, tallies: dict[Pair, _Tally]) -> Row:
        """Return the mean of the pairs, drawn together: an article counts in all of them or in none."""
        places = {place: at for at, place in enumerate(sorted({one for of in tallies.values() for one in of.places}))}
        figures = self._mean_figures(list(tallies.values()), places)
        if by == "all":
            self._watch()
            figures |= self._together()
        differing = tuple(dict.fromkeys(article for tally in tallies.values() for article in tally.differing))
        units = sum(one[3] + one[4] for tally in tallies.values() for one in tally.counts)
        return Row(by, key, (), len(places), (units,), figures, differing)

    def _span_figures(self, counts: Floats) -> dict[Name, Figure]:
        one, other = counts[:, 3].sum(), counts[:, 4].sum()
        why = NOBODY_MARKED if not one + other else ONE_MARKED_NOTHING
        drawn = self._drawing.weights(len(counts)) @ counts
        return {name: _figure(statistic(drawn), int(one + other), why) for name, statistic in _SPAN_FIGURES}

    def _mean_figures(self, tallies: Sequence[_Tally], places: Mapping[int, int]) -> dict[Name, Figure]:
        drawn = [self._drawing.weights(len(places)) @ _counts_at(tally, places) for tally in tallies]
        units = int(sum(one[0, 3:].sum() for one in drawn))
        why = ONE_MARKED_NOTHING if units else NOBODY_MARKED
        return {name: _figure(_mean_of(map(statistic, drawn)), units, why) for name, statistic in _SPAN_FIGURES[2:]}

    def _unitise(self, pair: Pair) -> None:
        """Work out αU of each label and of all together; where neither marked a label, they agree on its absence."""
        line, articles = self._wholes[pair].line, len(self._tallies["all", "", pair].counts)
        drawn = dict[str, UnitisingSums]()
        for label, sums in line.drawn(self._drawing.weights(articles)):
            self._watch()
            drawn[label] = sums
            self._unitised[label, pair] = _figure(unitised_alpha([sums]), int(sums.units[0].sum()), NOBODY_MARKED)
        units = sum(figure.items for (_, of), figure in self._unitised.items() if of == pair)
        values = unitised_alpha(list(drawn.values())) if drawn else np.array([np.nan])
        self._unitised["", pair] = _figure(values, units, NOBODY_MARKED)

    def _answered(self, pair: Pair) -> dict[Name, Figure]:
        """Return κ of the labels, and α of what is meant and of the frames' answers."""
        return {
            name: self._of_items(given.kappa if name == "kappa" else given.alpha, pair, given.items)
            for name, given in self._wholes[pair].given.items()
        }

    def _of_items(self, statistic: Statistic, pair: Pair, items: int) -> Figure:
        if not items:
            return Figure(None, why=NOTHING_MATCHED)
        articles = len(self._tallies["all", "", pair].counts)
        return _figure(statistic(self._drawing.weights(articles)), items, ALWAYS_THE_SAME)

    def _together(self) -> dict[Name, Figure]:
        """Return α of the labels that all reviewers gave to the same spans, and Fleiss' κ of those that all of them marked."""
        rated = RatedItems(self._most)
        for items in self._items:
            rated.add(items)
        figures: dict[Name, Figure] = {"alpha": Figure(None, why=NOTHING_MATCHED)}
        weights = self._drawing.weights(len(self._items))
        if rated.items:
            figures["alpha"] = _figure(rated.alpha(weights), rated.items, ALWAYS_THE_SAME)
        if self._most > 2:
            why = ALWAYS_THE_SAME if rated.rated_by_all else NOTHING_MATCHED
            figures["fleiss"] = _figure(rated.fleiss(weights), rated.rated_by_all, why)
        return figures


def measured(
    articles: Iterable[ReadArticle], *, seed: int = 0, progress: Progress | None = None, watch: Watch = lambda: None
) -> Agreement:
    """Return how well the readers of articles agree; `progress` is told how many were counted, `watch` may raise."""
    measuring = Measuring(seed=seed, watch=watch)
    for number, article in enumerate(articles, start=1):
        measuring.take(article)
        if progress:
            progress(number)
    return measuring.agreement()


def _items(layers: Iterable[Layer]) -> Counter[tuple[str, ...]]:
    """Return what the reviewers of an article said of the same words: the labels of each span that two or more marked."""
    given: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for layer in layers:
        for span, label in {(start, end): label for start, end, label, _, _ in reversed(layer.units)}.items():
            given[span].append(label)
    return Counter(tuple(labels) for labels in given.values() if len(labels) > 1)


def _alone(one: Layer, other: Layer, pairs: Sequence[tuple[Unit, Unit]]) -> Iterator[Pair]:
    """Yield the labels of what only one of two marked, the other's label empty."""
    if len(pairs) < len(one.units):
        left = Counter(unit.label for unit in one.units) - Counter(first.label for first, _ in pairs)
        yield from ((label, "") for label in left.elements())
    if len(pairs) < len(other.units):
        left = Counter(unit.label for unit in other.units) - Counter(second.label for _, second in pairs)
        yield from (("", label) for label in left.elements())


def _counts_at(tally: _Tally, places: Mapping[int, int]) -> Floats:
    """Return the counts of a pair in a table of all articles; nothing for those that they did not both read."""
    table = np.zeros((len(places), 5))
    table[[places[place] for place in tally.places]] = tally.counts
    return table


def _mean_of(values: Iterable[Floats]) -> Floats:
    found = np.stack(list(values))
    known = ~np.isnan(found)
    return share(np.where(known, found, 0.0).sum(axis=0), known.sum(axis=0).astype(float))


def _figure(values: Floats, items: int, why: Sentence) -> Figure:
    """Return a figure: the first value is its own, the others are those of the draws."""
    if np.isnan(values[0]):
        return Figure(None, items=items, why=why)
    low, high = interval(values[1:])
    return Figure(float(values[0]), low, high, items)


def _in_order(group: tuple[By, str]) -> tuple[int, str]:
    by, key = group
    return ("all", "label", "month", "version").index(by), key.rjust(6) if by == "version" else key
