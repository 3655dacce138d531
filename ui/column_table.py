"""The first rows of a table, with a choice above each column: what it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from ui.choice_box import ChoiceBox
from ui.plain import PlainLabel
from ui.translate import isolated, tr

_WIDTH = 150
_MOST_COLUMNS = 60


class ColumnTable(QTableWidget):
    """Shows columns and rows; `fields` are what a column can hold, with their names. `changed` comes when somebody says so."""

    changed = Signal()

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__()
        self._fields = fields
        self._columns: list[tuple[str, QComboBox]] = []
        self._shown: tuple[tuple[str, ...], tuple[tuple[str, ...], ...]] = ((), ())
        self.setAccessibleName(tr("First rows of the file"))
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setTabKeyNavigation(False)  # Tab goes from box to box, and on
        self.setWordWrap(False)

    def show_table(self, columns: Sequence[str], rows: Sequence[Sequence[str]], mapping: Mapping[str, str]) -> None:
        """Show columns with their first rows; `mapping` says which column holds a field.

        Of the table that is shown already the boxes stay: one of them may have the keyboard.
        """
        fields = {column: field for field, column in mapping.items()}
        shown = (tuple(columns[:_MOST_COLUMNS]), tuple(tuple(cells) for cells in rows))
        if shown != self._shown:
            self._shown = shown
            self._make(*shown)
        for column, box in self._columns:
            with QSignalBlocker(box):
                box.setCurrentIndex(max(box.findData(fields.get(column, "")), 0))

    def chosen(self) -> dict[str, str]:
        """Return which column holds which field."""
        return {box.currentData(): column for column, box in self._columns if box.currentData()}

    def choose(self, column: str, field: str) -> None:
        """Say what a column holds; the one that held it before holds nothing."""
        for name, box in self._columns:
            with QSignalBlocker(box):
                if name == column:
                    box.setCurrentIndex(box.findData(field))
                elif field and box.currentData() == field:
                    box.setCurrentIndex(0)
        self.changed.emit()

    def boxes(self) -> list[QComboBox]:
        """Return the boxes above the columns in their order."""
        return [box for _, box in self._columns]

    def _make(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        self.clear()
        self._columns = []
        self.setColumnCount(len(columns))
        self.setRowCount(len(rows) + 1)
        for number, column in enumerate(columns):
            self._add_column(number, column)
            for below, cells in enumerate(rows, start=1):
                self.setItem(below, number, QTableWidgetItem(cells[number] if number < len(cells) else ""))
            self.setColumnWidth(number, _WIDTH)
        self.setRowHeight(0, self.cellWidget(0, 0).sizeHint().height() if columns else 0)

    def _add_column(self, number: int, column: str) -> None:
        box, title, cell = ChoiceBox(), PlainLabel(isolated(column)), QWidget()
        box.addItem(tr("Leave out"), "")
        for name, words in self._fields.items():
            box.addItem(words, name)
        title.setBuddy(box)
        title.setProperty("quiet", "true")
        box.setAccessibleName(tr("What column {column} holds").format(column=column))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.activated.connect(lambda: self.choose(column, box.currentData()))
        inner = QVBoxLayout(cell)
        inner.setContentsMargins(4, 2, 4, 4)
        inner.setSpacing(2)
        inner.addWidget(title)
        inner.addWidget(box)
        self.setCellWidget(0, number, cell)
        self._columns.append((column, box))
