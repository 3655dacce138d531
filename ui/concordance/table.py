"""The table of hits and its keys: one walks through it, opens places, and chooses what is to be marked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui.concordance.delegate import ConcordanceDelegate
from ui.concordance.model import CHECK, LINE, MARKED, TITLE, ConcordanceModel
from ui.concordance.results import Results
from ui.session import Session
from ui.translate import tr

_NARROW = 34
_TITLE_SHARE = 0.2
_AROUND = 20  # rows beside those in view that are read as well
_ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)
_Select = QItemSelectionModel.SelectionFlag


class ConcordanceTable(QTableView):
    """Shows the hits. `opened` gives a row, and whether the keyboard shall go to the page."""

    opened = Signal(int, bool)
    needed = Signal(list)  # rows that are in view
    checked = Signal()
    copied = Signal()
    seek_asked = Signal()
    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._hits = ConcordanceModel(session)
        self._painter = ConcordanceDelegate(self)
        self._looking = QTimer(self, interval=0, singleShot=True)
        self.setModel(self._hits)
        self.setItemDelegate(self._painter)
        self._set_up()
        self._looking.timeout.connect(self._look)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row(), False))
        self._hits.dataChanged.connect(lambda *_: self.checked.emit())
        self.verticalScrollBar().valueChanged.connect(self._looking.start)

    # -- what is shown --------------------------------------------------------------------------------------------

    def begin_results(self, results: Results) -> None:
        """Show other results from their beginning."""
        self._hits.begin(results)
        self.scrollToTop()
        self._looking.start()

    def grow(self) -> None:
        """Show what came in addition."""
        self._hits.grow()
        if not self.currentIndex().isValid() and self._hits.rowCount():
            self.selectionModel().setCurrentIndex(self._hits.index(0, LINE), _Select.NoUpdate)
        self._looking.start()

    def show_again(self, rows: list[int]) -> None:
        """Show rows whose lines came or changed."""
        self._hits.show_again(rows)

    def look_again(self) -> None:
        """Ask for the lines in view."""
        self._looking.start()

    def set_font(self, font: QFont) -> None:
        """Show the lines in a font of reading."""
        self._painter.set_font(font)
        # The room that a font keeps for the highest harakat may reach into the row before.
        heights = QFontMetricsF(font).height() * 0.92, QFontMetrics(self.font()).lineSpacing() * 1.4
        self.verticalHeader().setDefaultSectionSize(round(max(heights)))
        self.viewport().update()

    # -- what is chosen -------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Take the keyboard; at first the first hit has it."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        row = max(self.currentIndex().row(), 0)
        if self._hits.rowCount() and not self.selected():
            self.go_to(row)

    def go_to(self, row: int) -> None:
        """Select a hit."""
        # `selectRow` goes wrong in a table that runs from right to left: it looks for a column beyond the last.
        index = self._hits.index(row, LINE)
        self.selectionModel().setCurrentIndex(index, _Select.ClearAndSelect | _Select.Rows)
        self.scrollTo(index)

    def selected(self) -> list[int]:
        """Return the selected rows, in their order."""
        chosen = self.selectionModel().selection()
        runs = ((chosen.at(at).top(), chosen.at(at).bottom()) for at in range(chosen.count()))
        return sorted({row for first, last in runs for row in range(first, last + 1)})

    def toggle_checked(self) -> None:
        """Choose the selected hits; if all of them are chosen, let them go."""
        rows, results = self.selected(), self._hits.results
        results.check(rows, not all(map(results.is_checked, rows)))
        self._hits.show_again(rows)
        self.checked.emit()

    # -- what Qt tells --------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keep the keys that mean something else on the page."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._deed(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        deed = self._deed(event)
        if deed:
            deed()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.viewport().width()
        title = min(max(round(width * _TITLE_SHARE), 90), 260)
        for column, share in ((CHECK, _NARROW), (MARKED, _NARROW), (LINE, width - title - 2 * _NARROW), (TITLE, title)):
            self.setColumnWidth(column, share)
        self._looking.start()

    def _deed(self, event: QKeyEvent) -> Callable[[], object] | None:
        """Return what a key does here."""
        row = self.currentIndex().row()
        if event.matches(QKeySequence.StandardKey.Copy):
            return self.copied.emit
        if event.matches(QKeySequence.StandardKey.Find):
            return self.seek_asked.emit
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0:
            to_page = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            return lambda: self.opened.emit(row, to_page)
        if event.key() in _ENDS and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier and row >= 0:
            # Qt's own would go along the row, or with Ctrl leave behind what is selected.
            return partial(self.go_to, 0 if event.key() == Qt.Key.Key_Home else self._hits.rowCount() - 1)
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return None
        if event.key() == Qt.Key.Key_Space:
            return self.toggle_checked
        return self.left.emit if event.key() == Qt.Key.Key_Escape else None

    def _look(self) -> None:
        """Ask for the lines of the rows in view, and of some beside them."""
        height = max(self.verticalHeader().defaultSectionSize(), 1)
        first = self.verticalScrollBar().value() // height
        last = first + self.viewport().height() // height + 1
        self.needed.emit(list(range(max(first - _AROUND, 0), min(last + _AROUND, self._hits.rowCount()))))

    def _set_up(self) -> None:
        self.setAccessibleName(tr("Hits"))
        self.setAccessibleDescription(
            tr("Enter shows the place, Alt+Enter also goes there; Space chooses, Ctrl+A selects all, Ctrl+C copies.")
        )
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        lines = self.verticalHeader()
        lines.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        lines.setMinimumSectionSize(1)
        lines.hide()
        self.horizontalHeader().setMinimumSectionSize(1)
        self.horizontalHeader().hide()
        self.set_font(QFont(self.font()))
