"""The list of the queue itself: one row is shown as one goes to it, several can be chosen with Shift and Ctrl."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView

from ui.queue.model import Index, QueueModel

_EXTENDING = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier


class QueueList(QListView):
    """Lines of a model. `left` when the reader goes from it to the page: by Enter or by a click."""

    gone_to = Signal(int)
    left = Signal()
    menu_asked = Signal(QPoint)
    seek_asked = Signal()

    def __init__(self, model: QueueModel) -> None:
        super().__init__()
        self._lines = model
        self._extends = False
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._go_on)
        self.selectionModel().currentChanged.connect(self._go_to)

    def chosen(self) -> list[int]:
        """Return the lines that are chosen, from above; by their ranges, for there may be a hundred thousand."""
        ranges = sorted((one.top(), one.bottom()) for one in self._ranges())
        return [line for top, bottom in ranges for line in range(top, bottom + 1)]

    def count_chosen(self) -> int:
        """Return how many lines are chosen."""
        return sum(one.height() for one in self._ranges())

    def go_to(self, line: int) -> None:
        """Have the keyboard on a line, and choose it alone; -1 for none."""
        if line < 0:
            self.selectionModel().clear()
        elif line != self.currentIndex().row() or self.count_chosen() == 0:
            self.setCurrentIndex(self._lines.index(line))

    def choose(self, lines: list[int]) -> None:
        """Choose these lines beside the one the keyboard is on."""
        selection = QItemSelection()
        for line in lines:
            index = self._lines.index(line)
            selection.select(index, index)
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.Select)

    # -- what Qt tells --------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & _EXTENDING
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
            return
        if plain and event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.seek_asked.emit()
            return
        if event.key() == Qt.Key.Key_Escape and self.count_chosen() > 1:
            self.selectionModel().select(self.currentIndex(), QItemSelectionModel.SelectionFlag.ClearAndSelect)
            return
        self._extends = not plain
        super().keyPressEvent(event)
        self._extends = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # A right click chooses what the menu is about; it opens nothing.
        self._extends = bool(event.modifiers() & _EXTENDING) or event.button() == Qt.MouseButton.RightButton
        super().mousePressEvent(event)
        self._extends = False

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        here = self.visualRect(self.currentIndex()).center() if by_key else event.pos()
        if by_key or self.indexAt(here).isValid():
            self.menu_asked.emit(self.viewport().mapToGlobal(here))

    def _ranges(self) -> list[QItemSelectionRange]:
        selection = self.selectionModel().selection()
        return [selection.at(number) for number in range(selection.count())]

    def _go_to(self, index: Index) -> None:
        if index.isValid() and not self._extends:
            self.gone_to.emit(index.row())

    def _go_on(self, index: QModelIndex) -> None:
        if not QApplication.keyboardModifiers() & _EXTENDING and self.count_chosen() == 1:
            self.gone_to.emit(index.row())
            self.left.emit()
