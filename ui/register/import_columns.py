"""The first rows of a table of places, with a choice above each column: what it holds."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from annotator.assist.columns import FIELDS, ColumnMapping
from annotator.assist.gazetteer_files import Preview
from ui.choice_box import ChoiceBox
from ui.plain import PlainLabel
from ui.translate import isolated, tr

_ROWS = 6
_WIDTH = 150


class ColumnTable(QTableWidget):
    """Shows a preview. `changed` comes when somebody says what a column holds."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._columns: list[tuple[str, QComboBox]] = []
        self.setAccessibleName(tr("First rows of the file"))
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWordWrap(False)

    def show_preview(self, preview: Preview) -> None:
        """Show a file's columns and first rows with what they likely hold."""
        rows = preview.rows[:_ROWS]
        self.clear()
        self._columns = []
        self.setColumnCount(len(preview.header))
        self.setRowCount(len(rows) + 1)
        for number, column in enumerate(preview.header):
            self._add_column(number, column, _field_of(column, preview.mapping))
            for below, cells in enumerate(rows, start=1):
                self.setItem(below, number, QTableWidgetItem(cells.get(column, "")))
            self.setColumnWidth(number, _WIDTH)
        self.setRowHeight(0, self.cellWidget(0, 0).sizeHint().height() if preview.header else 0)

    def mapping(self) -> ColumnMapping:
        """Return what the columns hold."""
        return ColumnMapping(**{box.currentData(): column for column, box in self._columns if box.currentData()})

    def choose(self, column: str, field: str) -> None:
        """Say what a column holds; the one that held it before holds nothing."""
        for name, box in self._columns:
            with QSignalBlocker(box):
                if name == column:
                    box.setCurrentIndex(box.findData(field))
                elif field and box.currentData() == field:
                    box.setCurrentIndex(0)
        self.changed.emit()

    def _add_column(self, number: int, column: str, field: str) -> None:
        box, title, cell = ChoiceBox(), PlainLabel(isolated(column)), QWidget()
        box.addItem(tr("Leave out"), "")
        for name, words in field_names().items():
            box.addItem(words, name)
        box.setCurrentIndex(box.findData(field))
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


def field_names() -> dict[str, str]:
    """Return what a column can hold."""
    names = {
        "name_ar": tr("Arabic name"),
        "names_ar": tr("More Arabic names"),
        "name_en": tr("English name"),
        "other_names": tr("Other names"),
        "lat": tr("Latitude"),
        "lon": tr("Longitude"),
        "id": tr("Id"),
        "kind": tr("Kind of place"),
        "country": tr("Country"),
        "district": tr("Governorate"),
        "parent": tr("Lies in"),
        "population": tr("Population"),
        "geonames": tr("Id in GeoNames"),
    }
    return {field: names[field] for field in FIELDS}


def _field_of(column: str, mapping: ColumnMapping) -> str:
    return next((field for field in FIELDS if getattr(mapping, field) == column), "")
