"""Rows of two fields, a text and what it is: names with their languages, external ids with their schemes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from ui.choice_box import ChoiceBox
from ui.plain import heard_title
from ui.translate import tr

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Wording:
    """How rows call themselves: the text, what it is, and a new one."""

    text: str
    kind: str
    add: str


class FieldRows(QWidget):
    """Rows of a text and a choice. `changed` comes when a field is left with another value, or a row goes."""

    changed = Signal()

    def __init__(self, wording: Wording, kinds: Mapping[str, str], *, free: bool = False) -> None:
        super().__init__()
        self._wording, self._kinds, self._free = wording, kinds, free
        self._rows: list[_Row] = []
        self._add = QPushButton(wording.add)
        self._add.clicked.connect(self._add_empty)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeading)

    def show_pairs(self, pairs: Iterable[Pair]) -> None:
        """Show these rows; rows that are there are kept, so that the keyboard stays where it is."""
        wanted = list(pairs)
        if wanted == self.pairs():
            return
        while len(self._rows) > len(wanted):
            self._take_out(self._rows[-1])
        while len(self._rows) < len(wanted):
            self._append()
        for row, pair in zip(self._rows, wanted, strict=True):
            row.show_pair(pair)

    def pairs(self) -> list[Pair]:
        """Return what the rows say, without those that have no text."""
        return [row.pair() for row in self._rows if row.pair()[0]]

    # -- inside ---------------------------------------------------------------------------------------------------

    def _append(self) -> _Row:
        row = _Row(self._wording, self._kinds, free=self._free, number=len(self._rows) + 1)
        row.changed.connect(self.changed)
        row.removed.connect(lambda: self._remove(row))
        self._column.insertWidget(len(self._rows), row)
        self._rows.append(row)
        return row

    def _add_empty(self) -> None:
        self._append().take_keyboard()

    def _remove(self, row: _Row) -> None:
        said_something = bool(row.pair()[0])
        self._add.setFocus()
        self._take_out(row)
        if said_something:
            self.changed.emit()

    def _take_out(self, row: _Row) -> None:
        self._rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()


class _Row(QWidget):
    """One row."""

    changed = Signal()
    removed = Signal()

    def __init__(self, wording: Wording, kinds: Mapping[str, str], *, free: bool, number: int) -> None:
        super().__init__()
        self._shown: Pair = ("", "")
        self._text, self._kind, self._remove = QLineEdit(), ChoiceBox(), QToolButton()
        for key, name in kinds.items():
            self._kind.addItem(name, key)
        self._kind.setEditable(free)
        self._kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._kind.setMinimumContentsLength(8)
        self._text.setAccessibleName(f"{wording.text} {number}")
        free_text = self._kind.lineEdit()
        if free_text:
            free_text.setAccessibleName(f"{wording.kind} {number}")
            free_text.editingFinished.connect(self._tell)
        self._remove.setText("×")
        self._remove.setAccessibleName(tr("Remove {what}").format(what=f"{wording.text} {number}"))
        self._remove.setToolTip(self._remove.accessibleName())
        title = heard_title(self._kind, f"{wording.kind} {number}")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        for widget, stretch in ((self._text, 3), (title, 0), (self._kind, 1), (self._remove, 0)):
            line.addWidget(widget, stretch)
        self._text.editingFinished.connect(self._tell)
        self._kind.activated.connect(self._tell)
        self._remove.clicked.connect(self.removed)

    def show_pair(self, pair: Pair) -> None:
        """Show a text and what it is; a choice that is not listed is added."""
        self._shown = pair
        self._text.setText(pair[0])
        self._text.setCursorPosition(0)
        if self._kind.findData(pair[1]) < 0:
            self._kind.addItem(pair[1], pair[1])
        self._kind.setCurrentIndex(self._kind.findData(pair[1]))

    def pair(self) -> Pair:
        """Return what stands in the fields."""
        kind = self._kind.currentData()
        if self._kind.isEditable() and self._kind.currentText() != self._kind.itemText(self._kind.currentIndex()):
            kind = self._kind.currentText()
        return " ".join(self._text.text().split()), str(kind or "").strip()

    def take_keyboard(self) -> None:
        """Put the keyboard into the text."""
        self._text.setFocus()

    def _tell(self) -> None:
        pair = self.pair()
        if pair != self._shown and (pair[0] or self._shown[0]):
            self._shown = pair
            self.changed.emit()
