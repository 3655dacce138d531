"""The list of the queue itself: one row is shown as one goes to it, several can be chosen with Shift and Ctrl.

A table of one column, because a QListView asks the model for each of a hundred thousand rows whenever others are shown.
"""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStyleOptionViewItem,
    QTableView,
)

from ui.queue.model import Index, QueueModel

_EXTENDING = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ENDS = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}


class QueueList(QTableView):
    """Lines of a model. `left` when the reader goes from it to the page: by Enter or by a click."""

    gone_to = Signal(int)
    left = Signal()
    menu_asked = Signal(QPoint)
    seek_asked = Signal(str)

    def __init__(self, model: QueueModel, delegate: QAbstractItemDelegate) -> None:
        super().__init__()
        self._lines = model
        self._extends = False
        self.setModel(model)
        self.setItemDelegate(delegate)
        self._set_up()
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
        key, plain = Qt.Key(event.key()), not event.modifiers() & _EXTENDING
        if plain and key in (*_ENTER, Qt.Key.Key_Down) and self.count_chosen() == 0:
            self._begin()  # the keyboard came to rows of which nobody has gone to any yet
        elif plain and key in _ENTER:
            self.left.emit()
        elif plain and key == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.seek_asked.emit("")
        elif plain and key in _ENDS:
            self.go_to(_ENDS[key] % max(self._lines.rowCount(), 1))
        elif key == Qt.Key.Key_Escape and self.count_chosen() > 1:
            self.selectionModel().select(self.currentIndex(), QItemSelectionModel.SelectionFlag.ClearAndSelect)
        else:
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

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the keyboard without going anywhere: where no row is current, Qt puts it on the first."""
        self._extends = True
        super().focusInEvent(event)
        self._extends = False

    def keyboardSearch(self, search: str) -> None:
        """Have letters go to the filter: Qt would look through all rows for a title that begins so."""
        if search.strip():
            self.seek_asked.emit(search)

    def changeEvent(self, event: QEvent) -> None:
        """Make the rows as high as another font wants them."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()

    # -- inside ---------------------------------------------------------------------------------------------------

    def _set_up(self) -> None:
        self.setObjectName("queue")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._measure()

    def _measure(self) -> None:
        option = QStyleOptionViewItem()
        option.font = self.font()
        self.verticalHeader().setDefaultSectionSize(self.itemDelegate().sizeHint(option, QModelIndex()).height())

    def _ranges(self) -> list[QItemSelectionRange]:
        selection = self.selectionModel().selection()
        return [selection.at(number) for number in range(selection.count())]

    def _begin(self) -> None:
        line = max(self.currentIndex().row(), 0)
        self.setCurrentIndex(self._lines.index(line))
        self.gone_to.emit(line)

    def _go_to(self, index: Index) -> None:
        if index.isValid() and not self._extends:
            self.gone_to.emit(index.row())

    def _go_on(self, index: QModelIndex) -> None:
        if not QApplication.keyboardModifiers() & _EXTENDING and self.count_chosen() == 1:
            self.gone_to.emit(index.row())
            self.left.emit()
