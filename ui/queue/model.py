"""The shown rows of the queue as a Qt model: it looks things up by number and holds no copy of anything."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from annotator.queue_rows import QueueRow, QueueRows
from ui.plain import plain_tip
from ui.queue.words import spoken, tip

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole


class QueueModel(QAbstractListModel):
    """Some rows in some order; a hundred thousand cost nothing until they are seen."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = QueueRows()
        self.shown: Sequence[int] = ()

    def show(self, rows: QueueRows, shown: Sequence[int]) -> bool:
        """Show these rows; return whether others are shown than before, or in another order."""
        same = self.rows.numbers is rows.numbers and _same(self.shown, shown)
        if same:
            self.rows, self.shown = rows, shown
            if shown:
                self.dataChanged.emit(self.index(0), self.index(len(shown) - 1))
            return False
        self.beginResetModel()
        self.rows, self.shown = rows, shown
        self.endResetModel()
        return True

    def row(self, line: int) -> QueueRow | None:
        """Return the row on a line, or None where there is none."""
        return self.rows.rows[self.shown[line]] if 0 <= line < len(self.shown) else None

    def line_of(self, key: bytes) -> int:
        """Return the line on which an article is shown, or -1."""
        number = self.rows.numbers.get(key)
        try:
            return -1 if number is None else self.shown.index(number)
        except ValueError:
            return -1

    # -- what Qt asks ---------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(tip(row))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row)
        return None


def _same(one: Sequence[int], other: Sequence[int]) -> bool:
    if isinstance(one, range) and isinstance(other, range):
        return one == other
    return len(one) == len(other) and (one is other or list(one) == list(other))
