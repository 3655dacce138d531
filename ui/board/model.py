"""The lines of the claim board as a Qt model: it holds no copy of them, and says what is asked of the few that are seen."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ui.board import words
from ui.board.arrangement import Arrangement
from ui.board.claims import COLUMNS
from ui.plain import plain_tip

Index = QModelIndex | QPersistentModelIndex
HEAD = Qt.ItemDataRole.UserRole  # of the head of a group: whether it is open; of others None
CONTRADICTED = Qt.ItemDataRole.UserRole + 1


class BoardModel(QAbstractTableModel):
    """Lines of an arrangement: rows of claims, and the heads of groups, whose words are in the first column."""

    def __init__(self, arrangement: Arrangement) -> None:
        super().__init__()
        self.arrangement = arrangement

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.arrangement.shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return words.titles()[COLUMNS[section]]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        is_head = self.arrangement.head(index.row()) is not None
        return Qt.ItemFlag.ItemIsEnabled if is_head else Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        group = self.arrangement.head(index.row())
        if group is not None:
            return self._of_head(group, index.column(), role)
        return self._of_row(self.arrangement.shown[index.row()], COLUMNS[index.column()], role)

    def _of_head(self, group: int, column: int, role: int) -> object:
        if role == HEAD:
            return not self.arrangement.is_closed(group)
        if role == Qt.ItemDataRole.DisplayRole and column == 0:
            one = self.arrangement.groups[group]
            return words.head(one, self.arrangement.grouping, self.arrangement.claims)
        return None

    def _of_row(self, number: int, column: str, role: int) -> object:
        claims = self.arrangement.claims
        row = claims.rows[number]
        if role == Qt.ItemDataRole.DisplayRole:
            return words.cell(row, column, claims.labels)
        if role == CONTRADICTED:
            return column == "links" and row.contradictions > 0
        if role == Qt.ItemDataRole.AccessibleTextRole and column == COLUMNS[0]:
            return words.spoken(row, claims.labels)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(row.quote if column == "quote" else words.cell(row, column, claims.labels))
        return None
