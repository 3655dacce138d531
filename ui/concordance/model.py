"""The hits as a Qt model: it holds no copy of them, and says what is asked of the few that are seen."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from annotator.concordance import KwicLine
from ui.concordance.results import Results
from ui.plain import plain_tip
from ui.session import Session
from ui.translate import isolated, language, tr

Index = QModelIndex | QPersistentModelIndex
CHECK, MARKED, LINE, TITLE = range(4)
KWIC = Qt.ItemDataRole.UserRole


class ConcordanceModel(QAbstractTableModel):
    """Columns: whether a hit is chosen, whether it is marked already, its line, the title of its article."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.results = Results()
        self._rows = 0

    def begin(self, results: Results) -> None:
        """Show other results."""
        self.beginResetModel()
        self.results, self._rows = results, len(results.places)
        self.endResetModel()

    def grow(self) -> None:
        """Show the rows that came in addition."""
        if len(self.results.places) > self._rows:
            self.beginInsertRows(QModelIndex(), self._rows, len(self.results.places) - 1)
            self._rows = len(self.results.places)
            self.endInsertRows()

    def show_again(self, rows: list[int]) -> None:
        """Show rows whose lines came or changed."""
        if rows:
            self.dataChanged.emit(self.index(min(rows), 0), self.index(max(rows), TITLE))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("Chosen"), tr("Marked"), tr("Hit"), tr("Article"))[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usual | Qt.ItemFlag.ItemIsUserCheckable if index.column() == CHECK else usual

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= self._rows:
            return None
        if index.column() == CHECK and role == Qt.ItemDataRole.CheckStateRole:
            on = self.results.is_checked(index.row())
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        line = self.results.line(index.row())
        return None if line is None else self._of_line(line, index, role)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Choose a hit by a click into its box."""
        if index.column() != CHECK or role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.results.check([index.row()], Qt.CheckState(value) == Qt.CheckState.Checked)
        self.show_again([index.row()])
        return True

    def marked(self, line: KwicLine) -> str:
        """Return under which labels something of a hit is marked already, in words."""
        names = {label.key: label.names.get(language(), label.key) for label in self._session.now.labels}
        labels = ", ".join(isolated(names.get(key, key)) for key in line.labels)
        return tr("Marked already: {labels}").format(labels=labels) if labels else ""

    def _of_line(self, line: KwicLine, index: Index, role: int) -> object:
        column, row = index.column(), index.row()
        if role == KWIC:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return {LINE: _words(line), TITLE: line.title}.get(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip({MARKED: self.marked(line), TITLE: line.title}.get(column, ""))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(line, column, chosen=self.results.is_checked(row))
        return None

    def _spoken(self, line: KwicLine, column: int, *, chosen: bool) -> str:
        if column == LINE:
            known = [tr("Chosen")] if chosen else []
            return ". ".join(filter(None, [*known, self.marked(line), _words(line), line.title]))
        return {CHECK: tr("Chosen") if chosen else tr("Not chosen"), MARKED: self.marked(line)}.get(column, line.title)


def _words(line: KwicLine) -> str:
    return f"{line.left}{line.hit}{line.right}"
