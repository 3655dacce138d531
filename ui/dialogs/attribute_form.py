"""The page of the labels dialog on which an attribute and its answers are edited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.model import Attribute, AttributeValue
from ui.dialogs.definition import DefinitionFields, add_row
from ui.dialogs.keys import new_key
from ui.plain import PlainLabel
from ui.translate import isolated, language, tr


class AttributeForm(QWidget):
    """Shows and takes an attribute."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._attribute = Attribute("", {}, ())
        self._values: list[AttributeValue] = []
        self._shown = -1
        self._names = {"ar": QLineEdit(), "en": QLineEdit()}
        self._list, self._definition = QListWidget(), DefinitionFields()
        self._add, self._about = QPushButton(tr("Add a value")), PlainLabel()
        self._lay_out()
        self._list.currentRowChanged.connect(self._choose)
        self._definition.edited.connect(self._keep)
        self._add.setAutoDefault(False)
        self._add.clicked.connect(self.add_value)
        for field in self._names.values():
            field.textEdited.connect(self.edited)

    def show_attribute(self, attribute: Attribute) -> None:
        """Show an attribute; the same answer stays chosen."""
        row = max(self._list.currentRow(), 0) if attribute.key == self._attribute.key else 0
        self._attribute, self._values, self._shown = attribute, list(attribute.values), -1
        for name, field in self._names.items():
            field.setText(attribute.names.get(name, ""))
        told = tr("Key in exports: {key} · defined in version {version}")
        self._about.setText(told.format(key=isolated(attribute.key), version=attribute.version))
        self._list.blockSignals(True)
        self._list.clear()
        for value in self._values:
            self._list.addItem(_name(value))
        self._list.blockSignals(False)
        self._list.setCurrentRow(min(row, len(self._values) - 1))

    def wanted(self) -> dict[str, Any]:
        """Return what differs from the attribute that is shown."""
        names = {name: field.text().strip() for name, field in self._names.items()}
        wanted: dict[str, Any] = {}
        if {name: text for name, text in names.items() if text} != dict(self._attribute.names):
            wanted["names"] = {name: text for name, text in names.items() if text}
        if tuple(self._values) != self._attribute.values:
            wanted["values"] = self._keyed()
        return wanted

    def problem(self) -> str:
        """Return why this cannot be stored, or nothing."""
        named = all(value.names for value in self._values) and any(
            field.text().strip() for field in self._names.values()
        )
        return "" if named else tr("The attribute and each of its values need a name.")

    def add_value(self) -> None:
        """Add an answer and go to its name."""
        self._values.append(AttributeValue("", {}))
        self._list.addItem(_name(self._values[-1]))
        self._list.setCurrentRow(len(self._values) - 1)
        self._definition.begin()
        self.edited.emit()

    def begin(self) -> None:
        """Take the keyboard."""
        self._names["ar"].setFocus()

    def _choose(self, row: int) -> None:
        self._shown = row
        self._definition.setEnabled(row >= 0)
        self._definition.show_definition(self._values[row] if row >= 0 else None)

    def _keep(self) -> None:
        """Keep what stands in the fields as the chosen answer."""
        if self._shown < 0:
            return
        defined, before = self._definition.defined(), self._values[self._shown]
        after = replace(
            before,
            names=defined.names,
            guideline=defined.guideline,
            example=defined.example,
            counter_example=defined.counter_example,
        )
        self._values[self._shown] = before if _same(before, after) else after
        item = self._list.item(self._shown)
        item.setText(_name(after))
        self.edited.emit()

    def _keyed(self) -> list[AttributeValue]:
        """Return all answers, new ones with a key made of their name."""
        taken = {one.key for one in self._values}
        made = []
        for value in self._values:
            key = value.key or new_key(value.names.get("en", ""), "value", taken)
            taken.add(key)
            made.append(replace(value, key=key))
        return made

    def _lay_out(self) -> None:
        self._about.setProperty("quiet", "true")
        self._list.setAccessibleName(tr("Values"))
        self._list.setMaximumWidth(170)
        top, body, side = QFormLayout(), QHBoxLayout(), QVBoxLayout()
        top.addRow(self._about)
        for name, title in (("ar", tr("Name in Arabic")), ("en", tr("Name in English"))):
            right = Qt.LayoutDirection.RightToLeft if name == "ar" else Qt.LayoutDirection.LeftToRight
            self._names[name].setLayoutDirection(right)
            add_row(top, title, self._names[name])
        side.addWidget(self._list, 1)
        side.addWidget(self._add)
        body.addLayout(side)
        fields = QVBoxLayout()
        fields.addWidget(self._definition)
        fields.addStretch(1)
        body.addLayout(fields, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addLayout(body, 1)


def _name(value: AttributeValue) -> str:
    return value.names.get(language()) or value.key or tr("New value")


def _same(one: AttributeValue, other: AttributeValue) -> bool:
    return _parts(one) == _parts(other)


def _parts(value: AttributeValue) -> tuple[Any, ...]:
    fields: tuple[Mapping[str, str], ...] = (value.names, value.guideline)
    return (*map(dict, fields), value.example, value.counter_example)
