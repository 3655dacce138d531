"""A table that is only read, for eyes and screen readers alike: rows of words and numbers below headings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from annotator.tallied import Cell

Index = QModelIndex | QPersistentModelIndex
_WIDEST = 380
_MEASURED = 40  # rows
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Cells(QAbstractTableModel):
    """Holds the rows of a table; a tooltip tells a cell that is too long for its column."""

    def __init__(self) -> None:
        super().__init__()
        self.headings: Sequence[str] = ()
        self.rows: Sequence[Sequence[Cell]] = ()

    def show_rows(self, headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
        """Show other rows than before."""
        self.beginResetModel()
        self.headings, self.rows = headings, rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return shown(self.rows[index.row()][index.column()])
        return None

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if way == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.headings[section]
        return None


class FiguresTable(QTableView):
    """Shows `Cells`. Enter or a double click opens a row."""

    opened = Signal(int)
    gone_to = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.cells = Cells()
        self.setModel(self.cells)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(30)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        self.selectionModel().currentRowChanged.connect(lambda now, _: self.gone_to.emit(now.row()))

    def show_rows(self, headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
        """Show rows; the first of them is the current one."""
        self.cells.show_rows(headings, rows)
        self.horizontalHeader().setResizeContentsPrecision(_MEASURED)  # looking at 100,000 rows would take seconds
        self.resizeColumnsToContents()
        for column in range(len(headings)):
            self.setColumnWidth(column, min(self.columnWidth(column) + 6, _WIDEST))
        if rows:
            self.setCurrentIndex(self.cells.index(0, 0))

    def text(self) -> str:
        """Return all rows with their headings, tabs between the cells."""
        lines = [self.cells.headings, *([shown(cell) for cell in row] for row in self.cells.rows)]
        return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        elif event.matches(QKeySequence.StandardKey.Copy):
            event.ignore()  # the panel copies the whole table
        else:
            super().keyPressEvent(event)


def shown(cell: Cell) -> str:
    """Return a cell as it is read: a number with commas between thousands, at most three places."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:,.3f}".rstrip("0").rstrip(".")
    return f"{cell:,}" if isinstance(cell, int) else cell
