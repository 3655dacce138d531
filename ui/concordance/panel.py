"""The concordance: the line in which one searches, the hits, and what can be done with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator import Project, ProjectError
from annotator.concordance import KwicLine, Place
from annotator.folders import data_folder
from annotator.searching import MarkReport
from annotator.writers.kwic_table import write_lines
from ui.concordance.marking import MarkQuestion
from ui.concordance.query_bar import QueryBar
from ui.concordance.results import Results, flat
from ui.concordance.seeking import Seeking
from ui.concordance.table import ConcordanceTable
from ui.dialogs.progress import Progress
from ui.elided import ElidedLabel
from ui.page.speech import say_aloud
from ui.plain import PlainLabel
from ui.session import Session
from ui.settings import Settings
from ui.translate import isolated, running, say, tr, trn

_LARGER = 1.2  # letters of the reading font are smaller than those of the window
_AT_ONCE = 200  # lines read together for a file


class Concordance(QWidget):
    """Searches all articles. `place_chosen` gives an article, a span of it, and whether to go to the page."""

    place_chosen = Signal(str, int, int, bool)
    told = Signal(str)
    left = Signal()

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session, self._settings = session, settings
        self.query, self.table = QueryBar(settings), ConcordanceTable(session)
        self.seeking = Seeking(session, self)
        # A label that asks for as much room as its words need would have the whole window laid out with each number.
        self._count, self._problem, self._empty = ElidedLabel(), PlainLabel(wraps=True), PlainLabel(wraps=True)
        self._bar, self._stop = QProgressBar(), QPushButton(tr("Stop"))
        self._mark_chosen, self._mark_all = QPushButton(), QPushButton(tr("Mark all…"))
        self._save = QPushButton(tr("Save as CSV…"))
        self._progress: Progress | None = None
        self._said = ""
        self._lay_out()
        self._connect()
        self._tell()

    @property
    def results(self) -> Results:
        """The hits of the latest search."""
        return self.seeking.results

    def begin(self, text: str = "") -> None:
        """Take the keyboard into the line of the search."""
        self.query.begin(text)

    # -- doing ----------------------------------------------------------------------------------------------------

    def seek(self) -> None:
        """Look for what stands in the line."""
        self._problem.hide()
        self.seeking.seek(self.query.question())

    def ask_marking(self, places: Sequence[Place]) -> None:
        """Ask for a label, show what would be marked, and mark it."""
        if places:
            question = MarkQuestion(self._session, places, self)
            question.agreed.connect(lambda label: self.mark(places, label))
            question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            question.open()

    def mark(self, places: Sequence[Place], label: str) -> None:
        """Mark hits with a label as one step, with progress."""
        progress = self._progress = Progress(tr("Marking…"), self)
        self._session.change(
            lambda project: project.annotate_hits(places, label, progress=progress.tell, cancel=progress.cancelled),
            then=self._tell_marked,
        )

    def copy(self) -> None:
        """Copy the selected lines: before, hit, after and title, with tabs between them."""
        places = [self.results.places[row] for row in self.table.selected()]
        self._with_lines(places, lambda lines: QGuiApplication.clipboard().setText("\n".join(map(_row, lines))))

    def save(self) -> None:
        """Ask where, and write all hits as a table."""
        folder = self._session.now.path or data_folder() / "hits"
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Save as CSV"), str(folder.with_suffix(".csv")), "CSV (*.csv)")
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Write all hits, or those that are chosen, as a table to a file."""
        places: Sequence[Place] = self.results.chosen() or self.results.places[:]
        lines = self._lines_of
        self._session.run(
            lambda project: write_lines(lines(project, places), path),
            lambda count: self._tell_saved(count, path),
        )

    # -- what was found -------------------------------------------------------------------------------------------

    def _begin_results(self) -> None:
        self.table.begin_results(self.results)
        self._tell()

    def _grow(self) -> None:
        self.table.grow()
        self._tell()

    def _fail(self, error: ProjectError) -> None:
        self._problem.setText(running(say(error.sentence)))
        self._problem.show()
        self._tell()

    def _tell(self) -> None:
        """Say how many hits there are, how far the search is, and what to do when there is nothing to see."""
        results, under_way = self.results, self.seeking.under_way
        shown = bool(results.places)
        self._count.setText(_told(results, self.seeking.found))
        self._bar.setVisible(under_way)
        self._stop.setVisible(under_way)
        self._bar.setRange(0, max(results.articles, 1))
        self._bar.setValue(results.read)
        self.table.setVisible(shown)
        self._empty.setVisible(not shown)
        self._empty.setText("" if under_way or self._problem.isVisibleTo(self) else _nothing(results))
        self._mark_all.setEnabled(shown and not under_way)
        self._save.setEnabled(shown and not under_way)
        self._tell_chosen()
        if not under_way and self._count.text() != self._said:
            self._said = self._count.text()
            say_aloud(self.query.box, self._said)

    def _tell_chosen(self) -> None:
        count = len(self.results.checked)
        self._mark_chosen.setText(tr("Mark chosen ({count})…").format(count=count) if count else tr("Mark chosen…"))
        self._mark_chosen.setEnabled(count > 0)

    def _open(self, row: int, to_page: bool) -> None:
        place = self.results.places[row]
        self.query.remember()
        self.place_chosen.emit(place.article, place.start, place.end, to_page)

    def _to_table(self) -> None:
        if self.results.places:
            self.table.begin()

    def _tell_marked(self, report: MarkReport) -> None:
        self._end_progress()
        told = [trn("{count} hit marked.", "{count} hits marked.", report.marked)]
        if report.skipped:
            told.append(trn("{count} was marked already.", "{count} were marked already.", report.skipped))
        if report.cancelled:
            told.append(tr("The rest was left out, since you stopped."))
        self.results.checked = set()
        self._tell_chosen()
        self.table.viewport().update()
        self.told.emit(" ".join(told))

    def _tell_saved(self, count: int, path: Path) -> None:
        lines = trn("{count} line", "{count} lines", count)
        self.told.emit(tr("{lines} written to {path}.").format(lines=lines, path=isolated(str(path))))

    def _end_progress(self, *_: object) -> None:
        if self._progress:
            self._progress.finish()
            self._progress = None

    # -- following the project ------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._prepare()

    def _prepare(self) -> None:
        """Have at hand which articles there are before the first search."""
        self.query.show_labels(self._session.now.labels)
        font = QFont(self._settings.reading_font)
        font.setPointSizeF(self.font().pointSizeF() * _LARGER)
        self.table.set_font(font)
        if self.isVisible() and self._session.now.path:
            self._session.run(lambda project: project.prepare_search(), lambda _: None)

    def _show_project(self) -> None:
        self._prepare()
        self.seek()

    def _follow(self, touched: Mapping[str, frozenset[str]]) -> None:
        if "article" in touched and self.isVisible():
            self.seek()
        elif "annotation" in touched or "label" in touched:
            self.results.grow_old()
            self.table.look_again()

    def _with_lines(self, places: Sequence[Place], then: Callable[[list[KwicLine]], None]) -> None:
        lines = self._lines_of
        self._session.run(lambda project: list(lines(project, places)), then)

    def _lines_of(self, project: Project, places: Sequence[Place]) -> Iterator[KwicLine]:
        """Yield the lines of hits, read together in lots. In the worker's thread."""
        for first in range(0, len(places), _AT_ONCE):
            yield from project.kwic_lines(places[first : first + _AT_ONCE])

    # -- laying out -----------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.setAccessibleName(tr("Concordance"))
        self._count.setProperty("quiet", "true")
        self._problem.setObjectName("problem")
        self._problem.hide()
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._bar.setAccessibleName(tr("Searching…"))
        self._bar.setTextVisible(False)
        self._bar.setMaximumSize(160, 8)
        below, whole = QHBoxLayout(), QVBoxLayout(self)
        below.addWidget(self._count, 1)
        below.addWidget(self._bar)
        below.addWidget(self._stop)
        for button in (self._mark_chosen, self._mark_all, self._save):
            below.addWidget(button)
        whole.setContentsMargins(12, 8, 12, 8)
        whole.setSpacing(6)
        whole.addWidget(self.query)
        whole.addWidget(self._problem)
        whole.addWidget(self.table, 1)
        whole.addWidget(self._empty, 1)
        whole.addLayout(below)

    def _connect(self) -> None:
        session = self._session
        self.query.asked.connect(self.seek)
        self.query.wanted.connect(self._to_table)
        self.query.left.connect(self.left)
        self.seeking.begun.connect(self._begin_results)
        self.seeking.grown.connect(self._grow)
        self.seeking.failed.connect(self._fail)
        self.seeking.lines_came.connect(self.table.show_again)
        self.table.needed.connect(self.seeking.fetch)
        self.table.opened.connect(self._open)
        self.table.checked.connect(self._tell_chosen)
        self.table.copied.connect(self.copy)
        self.table.seek_asked.connect(self.query.begin)
        self.table.left.connect(self.left)
        self._stop.clicked.connect(self.seeking.stop)
        self._mark_chosen.clicked.connect(lambda: self.ask_marking(self.results.chosen()))
        self._mark_all.clicked.connect(lambda: self.ask_marking(self.results.places[:]))
        self._save.clicked.connect(self.save)
        session.project_changed.connect(self._show_project)
        session.labels_changed.connect(self._prepare)
        session.things_changed.connect(self._follow)
        session.failed.connect(self._end_progress)


def _told(results: Results, found: int) -> str:
    """Return how many hits there are, and how far the search is."""
    if results.question.is_empty:
        return ""
    if not results.whole:
        hits = trn("{count} hit so far", "{count} hits so far", found)
        return tr("{hits} · {read} of {articles} articles read").format(
            hits=hits, read=results.read, articles=results.articles
        )
    hits = trn("{count} hit", "{count} hits", len(results.places))
    articles = trn("in {count} article", "in {count} articles", results.with_hits())
    if results.read < results.articles:
        articles = tr("{articles} · stopped before the end").format(articles=articles)
    return f"{hits} {articles}" if results.places else ""


def _nothing(results: Results) -> str:
    """Return what is said where there are no hits."""
    if results.question.is_empty:
        return running(
            tr("Type what to find in all articles. Words are found as people spell them, with و ب ل ال before them.")
        )
    return tr(
        "Nothing was found. Try fewer words, the beginning of a word with a star, or another place to search within."
    )


def _row(line: KwicLine) -> str:
    one = flat(line)
    return "\t".join((one.left.strip(), one.hit, one.right.strip(), one.title))
