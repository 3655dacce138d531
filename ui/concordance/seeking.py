"""Searching as one types: in the worker's thread, in portions so short that nothing else waits, and the latest search wins."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from annotator import Project, ProjectError
from annotator.concordance import KwicLine, Place, in_order
from annotator.searching import Hits
from ui.concordance.results import Places, Question, Results, flat
from ui.session import Session

SCREEN = 40  # lines that are read together with the first hits
MOST = 200_000
_CONTEXT = 160  # code points on either side, as many as a wide screen has room for
_PORTION = 0.03  # seconds


@dataclass(slots=True)
class _Search:
    """A search under way. It belongs to the worker's thread, but for its number and `stop`."""

    number: int
    question: Question
    project: Project | None = None
    hits: Hits | None = None
    stream: Iterator[list[Place]] | None = None
    found: Places = field(default_factory=Places)
    sorting: bool = False
    stop: bool = False
    count: int = 0


@dataclass(frozen=True, slots=True)
class _Portion:
    """What came of one turn: hits, lines of the first, how far it is, or why it failed."""

    places: list[Place] = field(default_factory=list)
    lines: list[KwicLine] = field(default_factory=list)
    articles: int = 0
    read: int = 0
    found: int = 0
    whole: bool = False
    failure: ProjectError | None = None


class Seeking(QObject):
    """Fills `results`. `begun` tells that they are new ones, `grown` that there are more, from which row on."""

    begun = Signal()
    grown = Signal(int)
    lines_came = Signal(list)
    failed = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._search = self._shown = _Search(0, Question())
        self._asked: set[int] = set()
        self.results = Results()
        self.found = 0

    @property
    def under_way(self) -> bool:
        """Whether hits are still being looked for."""
        return not self.results.whole

    def seek(self, question: Question) -> None:
        """Look for something else; answers to what was asked before reach nobody."""
        self._search = _Search(self._search.number + 1, question)
        if question.is_empty or self._session.now.path is None:
            self._shown = self._search
            self._show(Results(question))
        else:
            self._go_on(self._search)

    def stop(self) -> None:
        """Look no further; what was found stays."""
        self._search.stop = True

    def fetch(self, rows: Sequence[int]) -> None:
        """Have lines read that are not there yet."""
        results = self.results
        wanted = [row for row in results.missing(rows) if row not in self._asked]
        if not wanted:
            return
        self._asked.update(wanted)
        places = [results.places[row] for row in wanted]
        self._session.run(
            lambda project: _lines(project, places), lambda lines: self._keep(results, wanted, places, lines)
        )

    # -- in the worker's thread -----------------------------------------------------------------------------------

    def _turn(self, project: Project, search: _Search) -> _Portion | None:
        """Do a little of a search; None when it is no longer wanted."""
        if search.number != self._search.number or project is not (search.project or project):
            return None
        try:
            return _portion(project, search)
        except ProjectError as error:
            return _Portion(failure=error, whole=True)

    # -- in the window's thread -----------------------------------------------------------------------------------

    def _go_on(self, search: _Search) -> None:
        self._session.run(lambda project: self._turn(project, search), lambda portion: self._take(search, portion))

    def _take(self, search: _Search, portion: _Portion | None) -> None:
        if portion is None or search.number != self._search.number:
            return
        if portion.failure:
            self.results.whole = True
            self.failed.emit(portion.failure)
            return
        if self._shown is not search:
            self._shown = search
            self._show(Results(search.question, whole=False))
        first = len(self.results.places)
        self.results.add(portion.places)
        self.results.keep(dict(enumerate(map(flat, portion.lines), start=first)))
        self.results.articles, self.results.read, self.found = portion.articles, portion.read, portion.found
        self.results.whole = portion.whole
        self.grown.emit(first)
        if not portion.whole:
            self._go_on(search)

    def _show(self, results: Results) -> None:
        self.results, self.found = results, 0
        self._asked.clear()
        self.begun.emit()

    def _keep(self, results: Results, rows: list[int], places: list[Place], lines: dict[Place, KwicLine]) -> None:
        if results is self.results:
            self._asked.difference_update(rows)
            known = {row: lines[place] for row, place in zip(rows, places, strict=True) if place in lines}
            results.keep(known)
            self.lines_came.emit(rows)


def _portion(project: Project, search: _Search) -> _Portion:
    """Do as much of a search as fits into a moment."""
    if search.hits is None or search.stream is None:
        asked = search.question
        search.project = project
        search.hits = project.search(
            asked.query, clitics=asked.clitics, exact=asked.exact, pattern=asked.pattern, within=asked.within
        )
        search.stream = search.hits.by_article(asked.order)
    hits, is_first = search.hits, search.count == 0
    places, ended = _some(search.stream)
    if search.question.order != "article" and not search.sorting:
        search.found.add(places)
        if ended or search.stop or len(search.found) >= MOST:
            search.stream, search.sorting = ([place] for place in in_order(search.found[:MOST])), True
        return _Portion(articles=hits.articles, read=hits.read, found=len(search.found))
    places = places[: MOST - search.count]
    search.count += len(places)
    whole = ended or search.count >= MOST or (search.stop and not search.sorting)
    lines = hits.lines(places[:SCREEN], context=_CONTEXT) if is_first else []
    return _Portion(places, lines, hits.articles, hits.read, search.count, whole)


def _some(stream: Iterator[list[Place]]) -> tuple[list[Place], bool]:
    """Take from a stream for a moment; tell also whether it ended."""
    places: list[Place] = []
    until = time.perf_counter() + _PORTION
    for found in stream:
        places += found
        if time.perf_counter() > until:
            return places, False
    return places, True


def _lines(project: Project, places: list[Place]) -> dict[Place, KwicLine]:
    by_span = {
        (line.article, line.start, line.end): flat(line) for line in project.kwic_lines(places, context=_CONTEXT)
    }
    return {place: by_span[place[:3]] for place in places if place[:3] in by_span}
