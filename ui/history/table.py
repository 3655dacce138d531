"""The list of the history and its keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView

from annotator.log_entry import LogEntry
from ui.history.delegate import HistoryDelegate
from ui.history.model import HistoryModel
from ui.history.words import sentence
from ui.translate import tr

_AHEAD = 2  # so many times what is in view is read beyond it
_ROOM = 16
_ENDS = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}
_Select = QItemSelectionModel.SelectionFlag


class HistoryTable(QTableView):
    """Shows what was read so far. `opened` gives an entry, and whether the keyboard shall go to the page."""

    opened = Signal(object, bool)
    chosen = Signal()
    older_wanted = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines = HistoryModel()
        self._looking = QTimer(self, interval=0, singleShot=True)
        self.setModel(self.lines)
        self.setItemDelegate(HistoryDelegate(self))
        self._set_up()
        self._looking.timeout.connect(self._look)
        self.verticalScrollBar().valueChanged.connect(self._looking.start)
        self.selectionModel().currentChanged.connect(self.chosen)
        self.clicked.connect(partial(self._open, False))

    def current(self) -> LogEntry | None:
        """Return the entry that the keyboard is on, or None."""
        row = self.currentIndex().row()
        return self.lines.entries[row] if 0 <= row < len(self.lines.entries) else None

    def begin(self, entries: Sequence[LogEntry]) -> None:
        """Show other entries; the one that was current stays it where it is among them."""
        before, top = self.current(), self.verticalScrollBar().value()
        self.lines.begin(entries)
        row = next((row for row, one in enumerate(entries) if before and one.step == before.step), None)
        if row is None:
            self.scrollToTop()
        else:
            self._go_to(row)
            self.verticalScrollBar().setValue(top)
        self.chosen.emit()
        self._looking.start()

    def grow(self, entries: Sequence[LogEntry]) -> None:
        """Show older entries below."""
        self.lines.grow(entries)
        self._looking.start()

    def take_keyboard(self) -> None:
        """Take the keyboard; at first the newest entry has it."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self.lines.entries and not self.currentIndex().isValid():
            self._go_to(0)

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
        self._looking.start()

    # -- inside ---------------------------------------------------------------------------------------------------

    def _deed(self, event: QKeyEvent) -> Callable[[], object] | None:
        """Return what a key does here."""
        entry = self.current()
        if event.matches(QKeySequence.StandardKey.Copy) and entry:
            return partial(QApplication.clipboard().setText, sentence(entry))
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and entry:
            return partial(self._open, bool(event.modifiers() & Qt.KeyboardModifier.AltModifier))
        if event.key() in _ENDS and self.lines.entries:
            return partial(self._go_to, range(len(self.lines.entries))[_ENDS[Qt.Key(event.key())]])
        return self.left.emit if event.key() == Qt.Key.Key_Escape else None

    def _open(self, to_page: bool, _: QModelIndex | None = None) -> None:
        entry = self.current()
        if entry:
            self.opened.emit(entry, to_page)

    def _go_to(self, row: int) -> None:
        index = self.lines.index(row, 0)
        self.selectionModel().setCurrentIndex(index, _Select.ClearAndSelect)
        self.scrollTo(index)

    def _look(self) -> None:
        """Ask for older entries when the end of what was read comes near."""
        bar = self.verticalScrollBar()
        if bar.maximum() - bar.value() < _AHEAD * self.viewport().height():
            self.older_wanted.emit()

    def _set_up(self) -> None:
        self.setAccessibleName(tr("Steps"))
        self.setAccessibleDescription(
            tr("Enter shows the place, Alt+Enter also goes there, Ctrl+C copies the sentence.")
        )
        self.setObjectName("history")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        lines = self.verticalHeader()
        lines.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        lines.setDefaultSectionSize(2 * QFontMetrics(self.font()).lineSpacing() + _ROOM)
        lines.hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().hide()
