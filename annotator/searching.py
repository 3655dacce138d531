"""Searching all articles of a project: by a query or a pattern, as a concordance, and marking what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, islice

from annotator.concordance import CONTEXT, KwicLine, Order, Place, before, behind, in_order, sort_key
from annotator.errors import BadQuery
from annotator.language import N_, Sentence
from annotator.model import Annotation, Change
from annotator.open_project import OpenProject, quote_of
from annotator.search_matching import PatternMatcher, WordMatcher
from annotator.search_query import Node, Within, label_names, parse
from annotator.store import search
from annotator.store.clock import uuid_bytes, uuid_text
from annotator.store.database import Connection
from annotator.store.search import Corpus, Searched
from annotator.text.clitics import Reading, offered, readings
from annotator.values import annotation_value

Progress = Callable[[int, int], None]
Cancel = Callable[[], bool]
_AT_ONCE = 16  # articles read together
_BESIDE = 30  # code points shown on either side of what would be marked
_BATCH = 1000  # annotations stored in one transaction


@dataclass(frozen=True, slots=True)
class Proposal:
    """An annotation that marking a hit would make, with what stands beside it, and whether one like it is there already."""

    article: str
    start: int
    end: int
    quote: str
    form: str
    is_there: bool
    left: str
    right: str


@dataclass(slots=True)
class MarkReport:
    """What marking hits did: the annotations made, and how many hits were passed over because they were marked already."""

    annotations: list[str] = field(default_factory=list)
    skipped: int = 0
    cancelled: bool = False

    @property
    def marked(self) -> int:
        """How many hits were marked."""
        return len(self.annotations)


class Searching(OpenProject):
    """The part of the project that searches."""

    _corpus: Corpus | None = None

    def search(
        self,
        query: str,
        *,
        clitics: bool = True,
        exact: bool = False,
        pattern: bool = False,
        within: str = "",
        articles: Iterable[str] | None = None,
        boilerplate: bool = False,
    ) -> Hits:
        """Find a query in all articles, or in some of them; how queries are written stands in `search_query`.

        `clitics` also finds words with one-letter words written onto them, `exact` only words spelled alike. With `pattern` the
        query is a regular expression over the text as it is written. `within` is the key of a label in whose annotations hits
        must lie. What is no news of an article is left out unless `boilerplate`. Raises BadQuery or BadPattern.
        """
        now = self._articles_now()
        if within:
            self._need_label(within)
        if pattern:
            plan = self._pattern_plan(query, within, now)
        else:
            node = self._query(query, within)
            plan = self._word_plan(node, WordMatcher(node, clitics=clitics, exact=exact), now, boilerplate)
        if articles is not None:
            wanted = {uuid_bytes(article) for article in articles}
            plan = replace(plan, numbers=[number for number in plan.numbers if now.articles[number] in wanted])
        return Hits(self._connection, now, plan, boilerplate=boilerplate)

    def prepare_search(self) -> None:
        """Read which articles there are, so that the first search need not."""
        self._articles_now()

    def kwic_lines(self, places: Sequence[Place], *, context: int = CONTEXT) -> list[KwicLine]:
        """Return the lines of hits as the articles and annotations are now; those of articles that are gone are left out."""
        return _kwic_lines(self._connection, places, context)

    def proposals(self, hits: Iterable[Place | KwicLine], label: str) -> Iterator[Proposal]:
        """Yield what `annotate_hits` would make, in the order of the hits. Raises UnknownLabel."""
        self._need_label(label)
        for article, places in groupby(hits, key=lambda one: one.article):
            found = search.searched(self._connection, [article])
            if found:
                own = search.own_marks(self._connection, article, label, self._reviewer)
                for place in places:
                    proposal = _proposal(found[0].text, place, own)
                    own.append((proposal.start, proposal.end))
                    yield proposal

    def annotate_hits(
        self,
        hits: Iterable[Place | KwicLine],
        label: str,
        *,
        progress: Progress | None = None,
        cancel: Cancel | None = None,
    ) -> MarkReport:
        """Mark hits with a label as one step, without the letters written onto their words.

        A hit that overlaps an annotation of this reviewer with this label is passed over. A stop keeps what was marked; one
        undo takes back all of it. Raises UnknownLabel.
        """
        self._need_writing()
        report, places = MarkReport(), sorted(hits, key=lambda one: (one.article, one.start))
        proposed, step_id, done = self.proposals(places, label), b"", 0
        while batch := list(islice(proposed, _BATCH)):
            step_id = self._mark(batch, label, step_id, report)
            done += len(batch)
            if progress:
                progress(done, len(places))
            if cancel and cancel():
                report.cancelled = done < len(places)
                break
        return report

    # -- inside ---------------------------------------------------------------------------------------------------

    def _tell(self, change: Change) -> None:
        if "article" in change.kinds:
            self._corpus = None
        super()._tell(change)

    def _articles_now(self) -> Corpus:
        if self._corpus is None:
            self._corpus = search.corpus(self._connection)
        return self._corpus

    def _query(self, query: str, within: str) -> Node:
        node = parse(query, label_names({label.key: label.names for label in self.labels()}))
        return Within(within, node) if within else node

    def _word_plan(self, node: Node, matcher: WordMatcher, now: Corpus, boilerplate: bool) -> _Plan:
        negates = boilerplate or not now.with_boilerplate
        lookup = search.lookup_of(node, matcher.expanded, negates=negates)
        numbers = now.ordered(search.numbers_of(self._connection, lookup)) if lookup.words else list(now.articles)
        numbers = self._with_labels(numbers, search.labels_needed(node))
        return _Plan(matcher, numbers, search.labels_named(node), lookup.exact)

    def _pattern_plan(self, pattern: str, within: str, now: Corpus) -> _Plan:
        if not pattern:
            raise BadQuery(at=1, reason=Sentence(N_("it has no words")))
        labels = frozenset((within,)) if within else frozenset()
        return _Plan(PatternMatcher(pattern), self._with_labels(list(now.articles), labels), labels, exact=False)

    def _with_labels(self, numbers: list[int], labels: Iterable[str]) -> list[int]:
        """Return the numbers of the texts in whose articles there are annotations of all these labels."""
        for label in labels:
            with_label = search.numbers_with(self._connection, label)
            numbers = [number for number in numbers if number in with_label]
        return numbers

    def _mark(self, batch: list[Proposal], label: str, step_id: bytes, report: MarkReport) -> bytes:
        """Store a batch as one transaction of the step; return the id of the step."""
        wanted = [one for one in batch if not one.is_there]
        report.skipped += len(batch) - len(wanted)
        if not wanted:
            return step_id
        version = self._label_set_version()
        with self._log.step("annotate_hits", self._reviewer, id=step_id) as step:
            made = [
                uuid_text(step.put_new("annotation", annotation_value(self._annotation(one, label, version))))
                for one in wanted
            ]
        report.annotations += made
        self._tell_step(step, annotation=tuple(made))
        return step.id

    def _annotation(self, one: Proposal, label: str, version: int) -> Annotation:
        return Annotation(
            "", one.article, label, one.start, one.end, one.quote, "", self._reviewer, "", "", one.form, version
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Plan:
    """How hits are found: which texts are read, the labels whose annotations count, and whether each text surely has hits."""

    matcher: WordMatcher | PatternMatcher
    numbers: Sequence[int]
    labels: frozenset[str]
    exact: bool


class Hits:
    """What a search finds, read from the articles as it is asked for, in the order of the articles.

    `articles` is how many articles there are to read; if `is_exact`, there is a hit in each of them.
    """

    def __init__(self, connection: Connection, corpus: Corpus, plan: _Plan, *, boilerplate: bool) -> None:
        self._connection, self._corpus, self._plan, self._boilerplate = connection, corpus, plan, boilerplate
        self.articles, self.read = len(plan.numbers), 0
        self.is_exact = plan.exact and (boilerplate or corpus.with_boilerplate.isdisjoint(plan.numbers))

    def __iter__(self) -> Iterator[KwicLine]:
        for found in self.by_article():
            yield from self.lines(found) if found else ()

    def places(self, order: Order = "article") -> Iterator[Place]:
        """Yield the hits in the order of the articles, with what they are sorted by in another order.

        `read` says meanwhile how many of the `articles` were read. Raises PatternTooSlow.
        """
        return (place for found in self.by_article(order) for place in found)

    def by_article(self, order: Order = "article") -> Iterator[list[Place]]:
        """Yield the hits of one article after the other, also where there are none, so that one can stop in between.

        Nothing is held open between two reads: the project may be changed meanwhile.
        """
        numbers, at, size = self._plan.numbers, 0, 1
        self.read = 0
        while at < len(numbers):
            articles = [uuid_text(self._corpus.articles[number]) for number in numbers[at : at + size]]
            for article in search.searched(self._connection, articles):
                self.read += 1
                yield self._of_article(article, order)
            at += size
            self.read, size = min(at, len(numbers)), min(size * 2, _AT_ONCE)

    def lines(self, places: Sequence[Place], *, context: int = CONTEXT) -> list[KwicLine]:
        """Return the lines of hits with so many code points on either side; those of articles that are gone are left out."""
        return _kwic_lines(self._connection, places, context)

    def sorted_lines(
        self, order: Order, *, context: int = CONTEXT, progress: Progress | None = None, cancel: Cancel | None = None
    ) -> Iterator[KwicLine]:
        """Yield all lines in an order; all hits are found first, unless `cancel` stops that, and then sorted."""
        found: list[Place] = []
        for of_article in self.by_article(order):
            found += of_article
            if progress:
                progress(self.read, self.articles)
            if cancel and cancel():
                break
        for place in in_order(found) if order != "article" else iter(found):
            yield from self.lines([place], context=context)

    # -- inside ---------------------------------------------------------------------------------------------------

    def _of_article(self, article: Searched, order: Order) -> list[Place]:
        left_out = () if self._boilerplate else article.boilerplate
        labels = self._plan.labels
        marks = search.marks_of(self._connection, article.id, labels) if labels else None
        hits = self._plan.matcher.hits(article.text, marks=marks, boilerplate=left_out, title=article.title)
        return [
            Place(article.id, hit.start, hit.end, hit.core, sort_key(article.text, hit.start, hit.end, order))
            for hit in hits
        ]


def _kwic_lines(connection: Connection, places: Sequence[Place], context: int) -> list[KwicLine]:
    articles = list(dict.fromkeys(place.article for place in places))
    read = {one.id: one for one in search.searched(connection, articles)}
    spans = {article: search.labelled_spans(connection, article) for article in read}
    there = (place for place in places if place.article in read)
    return [_line(read[place.article], place, spans[place.article], context) for place in there]


def _line(article: Searched, place: Place, spans: Sequence[tuple[int, int, str]], context: int) -> KwicLine:
    text, start, end = article.text, place.start, place.end
    labels = dict.fromkeys(label for first, last, label in spans if first < end and start < last)
    return KwicLine(
        article.id, article.title, start, end, place.core, before(text, start, context), text[start:end],
        behind(text, end, context), article.direction, tuple(labels),
    )  # fmt: skip


def _proposal(text: str, place: Place | KwicLine, own: Sequence[tuple[int, int]]) -> Proposal:
    """Return what marking a hit makes; what was found behind other letters is marked without them."""
    reading = _reading(text, place)
    is_there = any(start < reading.end and reading.start < end for start, end in own)
    quote = quote_of(text, reading.start, reading.end)
    beside = before(text, reading.start, _BESIDE), behind(text, reading.end, _BESIDE)
    return Proposal(place.article, reading.start, reading.end, quote, reading.form, is_there, *beside)


def _reading(text: str, place: Place | KwicLine) -> Reading:
    if place.core != place.start:
        known = (one for one in readings(text, place.start, place.end) if one.start == place.core)
        return next(known, Reading(place.core, place.end))
    return offered(text, place.start, place.end) or Reading(place.start, place.end)
