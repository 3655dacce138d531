"""The statistics in the window: which picture, the picture itself or its figures as a table, saving and copying."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import monotonic

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator import Project
from annotator.folders import data_folder
from annotator.language import N_
from annotator.review.agreement import Agreement
from annotator.tallied import Tallied, write_csv
from annotator.tallies import Statistics
from annotator.writers.target import whole_file
from ui.choice_box import ChoiceBox
from ui.plain import PlainLabel, heard_title
from ui.session import Session
from ui.statistics.agreeing import AgreementPage
from ui.statistics.chart import Chart
from ui.statistics.counting import Counting, Progress
from ui.statistics.pictures import NAMES, Counted, Picture, picture, readable
from ui.statistics.table import FiguresTable
from ui.statistics.wording import Wording
from ui.translate import isolated, running, tr

FIGURES = "figures"
_TITLES = {
    "progress": N_("Progress by day and reviewer"), "labels": N_("Annotations by label"), "minutes": N_("Minutes per article"),
    "agreement": N_("Agreement by month"), "confusion": N_("What was taken for what"), "actors": N_("Actors most spoken of"),
    "places": N_("Places most spoken of"), "sources": N_("Claims by source and verdict"), "timeline": N_("Claims by day"),
    FIGURES: N_("Figures of agreement"),
}  # fmt: skip
_PAUSE = 1500  # milliseconds after a change until all is counted anew
_UNVEILING = frozenset({"setting", "reviewer"})  # by what more or less may be seen than before
_QUICK = 1.0  # seconds: what takes longer is counted anew only when somebody asks for it
_FILES = "PNG (*.png);;SVG (*.svg);;CSV (*.csv)"


@dataclass(frozen=True, slots=True)
class _Found:
    """What one counting gave, and how long it took."""

    statistics: Statistics
    agreement: Agreement
    seconds: float


class StatisticsPanel(QWidget):
    """Counts while it can be seen. `article_chosen` gives an article, `articles_wanted` those behind a figure, and words."""

    article_chosen = Signal(str)
    articles_wanted = Signal(object, str)
    told = Signal(str)
    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self.counting = session, Counting(session, self)
        self.choice, self.chart, self.table = ChoiceBox(), Chart(), FiguresTable(tr("Figures of the picture"))
        self.figures = AgreementPage(self.counting)
        self._as_table, self._again = QPushButton(tr("As a table")), QPushButton(tr("Count again"))
        self._copy, self._save = QPushButton(tr("Copy")), QPushButton(tr("Save…"))
        self._bar, self._stop, self._empty = QProgressBar(), QPushButton(tr("Stop")), PlainLabel(wraps=True)
        self._stack, self._pause = QStackedWidget(), QTimer(self, interval=_PAUSE, singleShot=True)
        self._counted: Counted | None = None
        self._pictures: dict[str, Picture] = {}
        self._quick, self._stale, self._figures_wait = True, True, False
        self._lay_out()
        self._connect()

    @property
    def is_ready(self) -> bool:
        """Whether what is shown is what the project holds."""
        return not self._stale and not self.counting.under_way

    @property
    def picture(self) -> Picture | None:
        """The picture that is chosen; None while nothing is counted, or where figures are shown instead."""
        name = self.choice.currentData()
        if self._counted is None or name == FIGURES:
            return None
        if name not in self._pictures:
            self._pictures[name] = picture(name, self._counted)
        return self._pictures[name]

    def begin(self) -> None:
        """Take the keyboard into the choice of pictures."""
        self.choice.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def choose(self, name: str) -> None:
        """Show one of the pictures, or `figures`."""
        self.choice.setCurrentIndex(self.choice.findData(name))
        self._show()

    # -- counting -------------------------------------------------------------------------------------------------

    def count(self) -> None:
        """Count everything anew."""
        self._pause.stop()
        self._stale = False
        self.counting.ask(_count, self._take)

    def _take(self, found: _Found) -> None:
        labels = self._session.now.label_set
        wording = Wording(labels) if labels else Wording()
        self._pictures.clear()
        self._counted, self._quick = Counted(found.statistics, found.agreement, wording), found.seconds < _QUICK
        self._figures_wait = True
        self._show()

    def _follow(self, touched: Mapping[str, frozenset[str]]) -> None:
        """Count anew a while after a change, if that is quick; else offer it. Of what may be seen no longer nothing stays."""
        if touched.keys() & _UNVEILING:
            self._begin_anew()
            return
        self._stale = True
        if self.isVisible() and self._quick:
            self._pause.start()
        self._tell()

    def _begin_anew(self) -> None:
        """Forget what was counted of another project, or for another reviewer."""
        self.counting.stop()
        self._counted, self._quick, self._stale = None, True, True
        self.figures.show_all(Agreement((), (), ()), Wording())
        self._show()
        if self.isVisible():
            self.count()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale and (self._quick or self._counted is None):
            self.count()

    # -- showing --------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        shown, as_figures = self.picture, self.choice.currentData() == FIGURES
        if shown and self._counted:
            if self._as_table.isChecked():
                self.table.show_rows(*readable(shown.table, self._counted.wording))
            else:
                self.chart.show_picture(shown)
            self._empty.setText(running(shown.empty))
        parts: dict[bool, QWidget] = {True: self.table, False: self.chart}
        if as_figures and self._counted and self._figures_wait:
            self._figures_wait = False
            self.figures.show_all(self._counted.agreement, self._counted.wording)
        if as_figures:
            self._stack.setCurrentWidget(self.figures)
        elif shown is None or shown.is_empty:
            self._stack.setCurrentWidget(self._empty)
        else:
            self._stack.setCurrentWidget(parts[self._as_table.isChecked()])
        self._tell()

    def _tell(self) -> None:
        """Say how far the counting is, and what can be done."""
        under_way, shown = self.counting.under_way, self.picture
        if self._counted is None:
            self._empty.setText(tr("Counting…") if under_way else "")
        for part in (self._bar, self._stop):
            part.setVisible(under_way)
        self._again.setVisible(
            self._stale and not under_way and not self._pause.isActive() and self._counted is not None
        )
        some = shown is not None and not shown.is_empty
        self._as_table.setVisible(self.choice.currentData() != FIGURES)
        self._as_table.setEnabled(some)
        self._save.setEnabled(some or self._shows_figures())
        self._copy.setEnabled(some or self._shows_figures())

    def _shows_figures(self) -> bool:
        return self.choice.currentData() == FIGURES and bool(self.figures.table.cells.rows)

    def _show_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(min(done, total))

    # -- saving ---------------------------------------------------------------------------------------------------

    def copy(self) -> None:
        """Copy the picture, or the rows of the table that is shown."""
        clipboard = QGuiApplication.clipboard()
        if self._stack.currentWidget() is self.chart:
            clipboard.setImage(self.chart.image())
        elif self._stack.currentWidget() in (self.table, self.figures):
            clipboard.setText((self.table if self._stack.currentWidget() is self.table else self.figures.table).text())
        self.told.emit(tr("Copied."))

    def save(self) -> None:
        """Ask where and as what, and write the picture or its figures."""
        name = str(self.choice.currentData())
        folder = (self._session.now.path or data_folder() / name).parent
        files = "CSV (*.csv)" if name == FIGURES else _FILES
        chosen, kind = QFileDialog.getSaveFileName(self, tr("Save the picture"), str(folder / name), files)
        if chosen:
            path = Path(chosen)
            self.save_to(path if path.suffix else path.with_suffix(f".{kind[:3].lower()}"))

    def save_to(self, path: Path) -> None:
        """Write what is chosen to a file: PNG or SVG by its ending, else the figures as CSV."""
        write = self._writing(path)
        self._session.run(lambda _: write(), lambda _: self.told.emit(_written(path)))

    def _writing(self, path: Path) -> Callable[[], None]:
        """Return what writes the file in the worker; only painting must be done here."""
        shown, ending = self.picture, path.suffix.lower()
        if shown and ending == ".png":
            return partial(_write_bytes, path, self._drawn(shown).png())
        if shown and ending == ".svg":
            return partial(_write_bytes, path, self._drawn(shown).svg())
        table = shown.table if shown else self.figures.tallied()
        return partial(_write_table, path, table)

    def _drawn(self, shown: Picture) -> Chart:
        """Return the chart with a picture drawn in it, also while its table is what can be seen."""
        if self.chart.picture is not shown:
            self.chart.show_picture(shown)
        return self.chart

    # -- laying out -----------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.setAccessibleName(tr("Statistics"))
        for name in (*NAMES, FIGURES):
            self.choice.addItem(tr(_TITLES[name]), name)
        self._as_table.setCheckable(True)
        self._bar.setAccessibleName(tr("Counting…"))
        self._bar.setTextVisible(False)
        self._bar.setMaximumWidth(140)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row, column = QHBoxLayout(), QVBoxLayout(self)
        row.addWidget(heard_title(self.choice, tr("Picture")))
        row.addWidget(self.choice)
        row.addWidget(self._as_table)
        row.addStretch(1)
        for part in (self._bar, self._stop, self._again, self._copy, self._save):
            row.addWidget(part)
        for page in (self.chart, self.table, self.figures, self._empty):
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(self._empty)
        column.setContentsMargins(8, 6, 8, 6)
        column.addLayout(row)
        column.addWidget(self._stack, 1)
        self._tell()

    def _connect(self) -> None:
        session = self._session
        session.project_changed.connect(self._begin_anew)
        session.things_changed.connect(self._follow)
        self._pause.timeout.connect(self.count)
        self.choice.activated.connect(self._show)
        self._as_table.toggled.connect(self._show)
        self._again.clicked.connect(self.count)
        self._stop.clicked.connect(self._stop_counting)
        self._copy.clicked.connect(self.copy)
        self._save.clicked.connect(self.save)
        self.counting.progressed.connect(self._show_progress)
        self.counting.under_way_changed.connect(self._tell)
        self.figures.article_chosen.connect(self.article_chosen)
        self.figures.articles_wanted.connect(self.articles_wanted)

    def _stop_counting(self) -> None:
        self.counting.stop()
        self._stale = True
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _count(project: Project, progress: Progress, cancel: Callable[[], bool]) -> _Found:
    began = monotonic()
    return _Found(project.statistics(), project.agreement(progress=progress, cancel=cancel), monotonic() - began)


def _written(path: Path) -> str:
    return tr("Written to {path}.").format(path=isolated(str(path)))


def _write_bytes(path: Path, content: bytes) -> None:
    with whole_file(path) as file:
        file.write(content)


def _write_table(path: Path, table: Tallied) -> None:
    with whole_file(path) as file:
        write_csv(table, file)
