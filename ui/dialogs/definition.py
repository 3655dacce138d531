"""The fields that define a label or an answer: names, guideline, an example, and what is none."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from annotator.model import AttributeValue, Label
from ui.lines import Lines
from ui.translate import tr


@dataclass(frozen=True, slots=True)
class Defined:
    """What stands in the fields."""

    names: dict[str, str]
    guideline: dict[str, str]
    example: str
    counter_example: str


class DefinitionFields(QWidget):
    """Shows and takes a definition."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows = QFormLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self._names = {"ar": _line("ar"), "en": _line("en")}
        self._guidelines = {"ar": _paragraph("ar"), "en": _paragraph("en")}
        self._example, self._counter = _line("ar"), _line("ar")
        self._add_names()
        named: tuple[tuple[str, Lines | QLineEdit], ...] = (
            (tr("Guideline in Arabic"), self._guidelines["ar"]),
            (tr("Guideline in English"), self._guidelines["en"]),
            (tr("Example"), self._example),
            (tr("Counter-example"), self._counter),
        )
        for title, field in named:
            add_row(self.rows, title, field)
        for area in self._guidelines.values():
            area.textChanged.connect(self.edited)
        for line in (*self._names.values(), self._example, self._counter):
            line.textChanged.connect(self.edited)

    def show_definition(self, one: Label | AttributeValue | None) -> None:
        """Show what a label or an answer means, or nothing."""
        self.blockSignals(True)
        for language, field in self._names.items():
            field.setText(one.names.get(language, "") if one else "")
        for language, area in self._guidelines.items():
            area.setPlainText(one.guideline.get(language, "") if one else "")
        self._example.setText(one.example if one else "")
        self._counter.setText(one.counter_example if one else "")
        self.blockSignals(False)

    def defined(self) -> Defined:
        """Return what stands in the fields; a name that is given in one language only serves for both."""
        names = {language: field.text().strip() for language, field in self._names.items()}
        usual = next(filter(None, names.values()), "")
        guideline = {language: area.toPlainText().strip() for language, area in self._guidelines.items()}
        return Defined(
            {language: name or usual for language, name in names.items()} if usual else {},
            {language: text for language, text in guideline.items() if text},
            self._example.text().strip(),
            self._counter.text().strip(),
        )

    def begin(self) -> None:
        """Take the keyboard."""
        self._names["ar"].setFocus()

    def _add_names(self) -> None:
        add_row(self.rows, tr("Name in Arabic"), self._names["ar"])
        add_row(self.rows, tr("Name in English"), self._names["en"])


def add_row(rows: QFormLayout, title: str, field: QWidget) -> None:
    """Add a field with its title, by which a screen reader names it too."""
    field.setAccessibleName(title)
    rows.addRow(title, field)


def _line(language: str) -> QLineEdit:
    field = QLineEdit()
    field.setLayoutDirection(_direction(language))
    return field


def _paragraph(language: str) -> Lines:
    area = Lines(direction=_direction(language))
    area.setTabChangesFocus(True)
    area.setLayoutDirection(_direction(language))
    area.setMaximumHeight(round(area.fontMetrics().lineSpacing() * 2.9))
    return area


def _direction(language: str) -> Qt.LayoutDirection:
    return Qt.LayoutDirection.RightToLeft if language == "ar" else Qt.LayoutDirection.LeftToRight
