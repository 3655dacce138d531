"""The entries that were read so far as a Qt model."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from annotator.log_entry import LogEntry
from ui.history.words import details, sentence
from ui.plain import plain_tip

Index = QModelIndex | QPersistentModelIndex
ENTRY = Qt.ItemDataRole.UserRole


class HistoryModel(QAbstractTableModel):
    """One column: an entry a row, the newest first."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[LogEntry] = []

    def begin(self, entries: Sequence[LogEntry]) -> None:
        """Show other entries."""
        self.beginResetModel()
        self.entries = list(entries)
        self.endResetModel()

    def grow(self, entries: Sequence[LogEntry]) -> None:
        """Show older entries below."""
        if entries:
            first = len(self.entries)
            self.beginInsertRows(QModelIndex(), first, first + len(entries) - 1)
            self.entries += entries
            self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.entries):
            return None
        entry = self.entries[index.row()]
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return sentence(entry)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(sentence(entry))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{sentence(entry)}. {details(entry)}"
        return None
