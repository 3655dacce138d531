"""The lines of the preview as a Qt model: the heads of the groups and what is in them. It holds numbers, no copies."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ui.importing import words
from ui.importing.plan import GROUPS, Group, Plan, Row
from ui.plain import plain_tip

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole  # of the head of a group: None
DETAILS = Qt.ItemDataRole.UserRole + 1
SIGN = Qt.ItemDataRole.UserRole + 2
_SIGNS = {"take": "✓", "copy": "✓", "version": "✓", "leave": "–", "later": "?"}


class FoundModel(QAbstractTableModel):
    """Shows a plan."""

    def __init__(self) -> None:
        super().__init__()
        self.plan = Plan()
        self._lines: list[Group | Row] = []
        self._heads: list[int] = []

    def show(self, plan: Plan) -> None:
        """Show a plan, or its rows anew when others have come."""
        self.beginResetModel()
        self.plan = plan
        self._lines, self._heads = [], []
        for group in GROUPS:
            rows = [row for row in plan.rows if row.group == group]
            if rows:
                self._heads.append(len(self._lines))
                self._lines += [group, *rows]
        self.endResetModel()

    def grow(self, rows: Sequence[Row]) -> None:
        """Show more rows at the end, without groups: it is not known yet what they are like."""
        first = len(self._lines)
        self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
        self._lines += rows
        self.endInsertRows()

    def refresh(self) -> None:
        """Show what was decided since."""
        if self._lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, 0))

    def row_at(self, line: int) -> Row | None:
        """Return the row of a line; None for the head of a group."""
        found = self._lines[line] if 0 <= line < len(self._lines) else None
        return found if isinstance(found, Row) else None

    def line_of(self, file: Path, number: int) -> int:
        """Return the line of an article, else of the first that comes from its file; -1 if there is none."""
        lines = [at for at, one in enumerate(self._lines) if isinstance(one, Row) and one.file == file]
        exact = (at for at in lines if self._lines[at].number == number)  # type: ignore[union-attr]
        return next(exact, lines[0] if lines else -1)

    def heads(self) -> list[int]:
        """Return the lines that are heads of groups."""
        return self._heads

    def next_undecided(self, after: int) -> int:
        """Return the next line that waits for a decision, from the top again behind the last; -1 if none does."""
        count = len(self._lines)
        lines = (line % count for line in range(after + 1, after + 1 + count))
        return next((line for line in lines if self._waits(line)), -1)

    # -- what Qt asks ---------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.row_at(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if not isinstance(line, Row):
            return words.group_title(line, self.plan) if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return words.title(line, self.plan)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return words.spoken(line, self.plan)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{words.title(line, self.plan)}\n{line.file}")
        return {ROW: line, DETAILS: words.details(line, self.plan), SIGN: self._sign(line)}.get(role)

    def _sign(self, row: Row) -> str:
        fixed = {"columns": "?", "there": "=", "refused": "×"}.get(row.group)
        return fixed or _SIGNS[self.plan.decision(row).deed]

    def _waits(self, line: int) -> bool:
        row = self.row_at(line)
        if row is None or row.group not in ("open", "columns"):
            return False
        return row.group == "columns" or self.plan.decision(row).deed == "later"
