"""The table of the claim board: what is chosen in it, its keys, and that a refresh leaves the reader where they were."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui.board.arrangement import Arrangement
from ui.board.claims import COLUMNS
from ui.board.delegate import BoardDelegate
from ui.board.model import BoardModel, Index
from ui.translate import tr

_WIDTHS = {
    "source": 150, "cue": 80, "quote": 270, "place": 110, "date": 95, "verdicts": 115, "links": 160, "title": 220,
    "reviewer": 90,
}  # fmt: skip
_FEW = 5  # rows that are sooner found one by one than in a walk over all lines
_Select = QItemSelectionModel.SelectionFlag


class BoardTable(QTableView):
    """Shows the lines of an arrangement."""

    opened = Signal(int)  # the number of a row: by Enter or a double click
    chosen = Signal()
    sorted_by = Signal(str, bool)
    menu_asked = Signal(QPoint)
    seek_asked = Signal()
    left = Signal()

    def __init__(self, arrangement: Arrangement) -> None:
        super().__init__()
        self._arrangement = arrangement
        self._board = BoardModel(arrangement)
        self._restoring = False
        self.setModel(self._board)
        self.setItemDelegate(BoardDelegate(self))
        self._set_up()
        self.selectionModel().selectionChanged.connect(self._tell)
        self.selectionModel().currentChanged.connect(self._tell)
        self.doubleClicked.connect(self._open)
        self.clicked.connect(self._click)

    # -- what is chosen -------------------------------------------------------------------------------------------

    def current(self) -> int | None:
        """Return the number of the row that the keyboard is on."""
        return self._arrangement.row(self.currentIndex().row())

    def selected(self) -> list[int]:
        """Return the numbers of the selected rows, in the order in which they are shown."""
        lines = sorted(line for first, last in self._runs() for line in range(first, last + 1))
        rows = (self._arrangement.row(line) for line in lines)
        return [row for row in rows if row is not None]

    def count_selected(self) -> int:
        """Return how many lines are selected, without naming them."""
        return sum(last - first + 1 for first, last in self._runs())

    def begin(self) -> None:
        """Take the keyboard; at first the first line has it."""
        self.setFocus()
        if not self.currentIndex().isValid():
            # `selectRow` goes wrong in a table that runs from right to left: it looks for a column beyond the last.
            self.setCurrentIndex(self._board.index(0, 0))

    # -- staying where one was ------------------------------------------------------------------------------------

    def change(self, arrange: Callable[[], object], *, scroll: bool = True) -> None:
        """Arrange anew; what is chosen stays chosen and, with `scroll`, the first line in view stays the first."""
        before = self._arrangement.claims
        chosen, current = self.selected(), self.current()
        top = self._arrangement.row(self.rowAt(0))
        offset = self.rowViewportPosition(self.rowAt(0)) if top is not None else 0
        head, value = self._arrangement.head(self.currentIndex().row()), self.verticalScrollBar().value()
        self._restoring = True
        self._board.beginResetModel()
        arrange()
        self._board.endResetModel()
        now = self._arrangement.claims.numbers_of(before, {*chosen, current, top} - {None})  # type: ignore[arg-type]
        self._select_again([now[row] for row in chosen if row in now], now.get(current), head)  # type: ignore[arg-type]
        self._restoring = False
        self._scroll_again(now.get(top) if scroll else None, offset, value if scroll else 0)  # type: ignore[arg-type]
        self._tell()

    def _select_again(self, chosen: list[int], current: int | None, head: int | None) -> None:
        lines = self._lines_of({*chosen, *([] if current is None else [current])})
        selection, model = QItemSelection(), self._board
        for first, last in _runs_of(sorted(lines[row] for row in chosen if row in lines)):
            selection.select(model.index(first, 0), model.index(last, len(COLUMNS) - 1))
        self.selectionModel().select(selection, _Select.ClearAndSelect)
        line = None if current is None else lines.get(current)
        if line is None and head is not None and head < len(self._arrangement.groups):
            line = next((at for at, number in enumerate(self._arrangement.shown) if number == -1 - head), None)
        if line is not None:
            self.selectionModel().setCurrentIndex(model.index(line, 0), _Select.NoUpdate)

    def _lines_of(self, rows: set[int]) -> dict[int, int]:
        """Return the lines on which rows stand, of those that are shown."""
        shown = self._arrangement.shown
        if len(rows) > _FEW:
            return {row: line for line, row in enumerate(shown) if row in rows}
        found = {}
        for row in rows:
            with suppress(ValueError):
                found[row] = shown.index(row)
        return found

    def _scroll_again(self, top: int | None, offset: int, value: int) -> None:
        self.updateGeometries()
        line = None if top is None else self._lines_of({top}).get(top)
        height = self.verticalHeader().defaultSectionSize()
        self.verticalScrollBar().setValue(value if line is None else line * height - offset)

    # -- what Qt tells --------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keep the key for finding: here it means the claims, not the article."""
        if event.type() == QEvent.Type.ShortcutOverride and _finds(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, head = event.key(), self._arrangement.head(self.currentIndex().row())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif _finds(event):
            self.seek_asked.emit()
        elif key == Qt.Key.Key_Space and head is not None:
            self._toggle(head)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_keys = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex()
        where = self.visualRect(index).center() if by_keys and index.isValid() else event.pos()
        self.menu_asked.emit(self.viewport().mapToGlobal(where))

    def _open(self, index: Index) -> None:
        row, head = self._arrangement.row(index.row()), self._arrangement.head(index.row())
        if row is not None:
            self.opened.emit(row)
        elif head is not None:
            self._toggle(head)

    def _click(self, index: Index) -> None:
        head = self._arrangement.head(index.row())
        if head is not None:
            self._toggle(head)

    def _toggle(self, head: int) -> None:
        self.change(lambda: self._arrangement.toggle(head))

    def _tell(self, *_: object) -> None:
        if not self._restoring:
            self.chosen.emit()

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        if column >= 0:
            self.sorted_by.emit(COLUMNS[column], order == Qt.SortOrder.DescendingOrder)

    # -- inside ---------------------------------------------------------------------------------------------------

    def _runs(self) -> Iterator[tuple[int, int]]:
        chosen = self.selectionModel().selection()
        return ((chosen.at(at).top(), chosen.at(at).bottom()) for at in range(chosen.count()))

    def _set_up(self) -> None:
        self.setAccessibleName(tr("Claims"))
        self.setAccessibleDescription(
            tr("Enter goes to the claim; Shift with the arrows selects several, Ctrl+L links them, Ctrl+J judges one.")
        )
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(False)
        lines = self.verticalHeader()
        lines.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        lines.setDefaultSectionSize(round(QFontMetrics(self.font()).lineSpacing() * 1.6))
        lines.hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        for number, column in enumerate(COLUMNS):
            self.setColumnWidth(number, _WIDTHS[column])
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorShown(True)
        header.setSectionsClickable(True)
        header.sortIndicatorChanged.connect(self._sort)


def _finds(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Find)


def _runs_of(lines: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of every unbroken run of lines."""
    start = 0
    for at in range(1, len(lines) + 1):
        if at == len(lines) or lines[at] != lines[at - 1] + 1:
            yield lines[start], lines[at - 1]
            start = at
