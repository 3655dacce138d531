"""The page of the labels dialog on which one label is edited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from annotator.model import Label
from annotator.text.fold import fold
from ui.choice_box import ChoiceBox
from ui.dialogs.colour import MUTED, ColourField
from ui.dialogs.definition import DefinitionFields, add_row
from ui.plain import PlainLabel
from ui.translate import isolated, language, tr


class LabelForm(QWidget):
    """Shows and takes a label. `taken` says by key what else it does."""

    edited = Signal()

    def __init__(self, taken: Mapping[str, str]) -> None:
        super().__init__()
        self._taken, self._label, self._others = taken, _new(()), (())  # type: tuple[Any, Label, tuple[Label, ...]]
        self._definition, self._colour = DefinitionFields(), ColourField()
        self._key, self._style, self._long = QLineEdit(), ChoiceBox(), QCheckBox(tr("Long: for a sentence or more"))
        self._about = PlainLabel()
        self._lay_out()
        self._definition.edited.connect(self.edited)
        self._colour.changed.connect(self.edited)
        self._key.textEdited.connect(self.edited)
        self._style.activated.connect(self._restyle)
        self._long.clicked.connect(self.edited)

    def show_label(self, label: Label | None, all_labels: Iterable[Label]) -> None:
        """Show a label of a set, or fields for a new one."""
        labels = tuple(all_labels)
        self._label = label or _new(labels)
        self._others = tuple(one for one in labels if one.key != self._label.key)
        self._definition.show_definition(self._label)
        self._colour.set_colour(self._label.colour)
        self._key.setText(self._label.shortcut)
        self._style.setCurrentIndex(self._style.findData(self._label.style))
        self._colour.set_style(self._label.style)
        self._long.setChecked(self._label.long)
        known = tr("Key in exports: {key} · defined in version {version}")
        self._about.setText(known.format(key=isolated(label.key), version=label.version) if label else tr("New label"))

    def wanted(self) -> dict[str, Any]:
        """Return what differs from the label that is shown."""
        defined = self._definition.defined()
        given = {
            "names": defined.names,
            "guideline": defined.guideline,
            "example": defined.example,
            "counter_example": defined.counter_example,
            "colour": self._colour.colour(),
            "shortcut": self._key.text().strip(),
            "style": self._style.currentData(),
            "long": self._long.isChecked(),
        }
        return {name: value for name, value in given.items() if value != _plain(getattr(self._label, name))}

    def whole(self) -> dict[str, Any]:
        """Return all of a new label."""
        names = ("names", "guideline", "example", "counter_example", "colour", "shortcut", "style", "long")
        return {name: _plain(getattr(self._label, name)) for name in names} | self.wanted()

    def problem(self) -> str:
        """Return why this cannot be stored, or nothing."""
        whole = self.whole()
        if not whole["names"]:
            return tr("A label needs a name.")
        if not whole["colour"]:
            return tr("Give the colour as # and six digits, for instance #44AA99.")
        return self._conflict(whole["shortcut"])

    def begin(self) -> None:
        """Take the keyboard."""
        self._definition.begin()

    def _conflict(self, key: str) -> str:
        if not key:
            return ""
        for other in self._others:
            if other.shortcut and same_key(other.shortcut) == same_key(key):
                name = isolated(other.names.get(language(), other.key))
                return tr("The key {key} belongs to the label {label} already.").format(key=isolated(key), label=name)
        does = self._taken.get(same_key(key))
        told = tr("The key {key} already does this: {action}.")
        return told.format(key=isolated(key), action=does) if does else ""

    def _restyle(self) -> None:
        self._colour.set_style(self._style.currentData())
        self.edited.emit()

    def _lay_out(self) -> None:
        for key, text in (("solid", tr("Solid")), ("dotted", tr("Dotted")), ("dashed", tr("Dashed"))):
            self._style.addItem(text, key)
        self._key.setMaxLength(1)
        self._key.setMaximumWidth(60)
        self._about.setProperty("quiet", "true")
        rows = self._definition.rows
        rows.insertRow(0, self._about)
        add_row(rows, tr("Shortcut key"), self._key)
        add_row(rows, tr("Underline"), self._style)
        rows.addRow("", self._long)
        rows.addRow(tr("Colour"), self._colour)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._definition)
        column.addStretch(1)


def same_key(key: str) -> str:
    """Return a form in which two names of one key are alike: P and p, 1 and ١."""
    return fold(key).casefold() or key


def _new(labels: Iterable[Label]) -> Label:
    """Return an empty label in the first colour that no other has."""
    used = {label.colour.casefold() for label in labels}
    colour = next((one for one in MUTED if one.casefold() not in used), MUTED[0])
    return Label("", {}, colour, "")


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else value
