"""The rows of the claim frame: a title with a button to point on the page, and what has been filled in, each to be removed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from ui.choice_box import ChoiceBox
from ui.elided import ElidedLabel
from ui.plain import PlainLabel
from ui.translate import tr


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several answers: its key and how it is called."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing filled in: its words, whether what they point to is gone, and an answer about it, chosen or typed.

    An `offer` is an answer that may be right, to be taken with a button.
    """

    words: str
    removed: bool = False
    choices: Sequence[Choice] = ()
    chosen: str = ""
    typed: str | None = None
    hint: str = ""
    offer: str = ""


class PartRow(QWidget):
    """A part of the frame: its title, the button that asks for it on the page, and the items it holds."""

    asked = Signal()
    removed = Signal(int)
    answered = Signal(int, str)

    def __init__(self, name: str, keys: Sequence[str]) -> None:
        super().__init__()
        self._name = name
        self._items: list[Item] | None = None
        self._button = QToolButton()
        self._button.setText(keys[0])
        self._button.setAccessibleName(tr("{part}: show on the page").format(part=name))
        self._button.setToolTip(tr("Show it on the page: {keys}").format(keys=" / ".join(keys)))
        self._button.clicked.connect(self.asked)
        title = PlainLabel(name)
        title.setProperty("quiet", "true")
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(title, 1)
        head.addWidget(self._button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addLayout(head)
        self._holders: list[QWidget] = []

    def show_items(self, items: list[Item], *, editable: bool) -> None:
        """Show these items; when they are the ones shown, whatever has the keyboard keeps it."""
        self._button.setEnabled(editable)
        if items == self._items and all(holder.isEnabled() == editable for holder in self._holders):
            return
        self._items = items
        for holder in self._holders:
            self._column.removeWidget(holder)
            holder.deleteLater()
        self._holders = [self._holder(number, item) for number, item in enumerate(items)]
        for holder in self._holders:
            holder.setEnabled(editable)
            self._column.addWidget(holder)

    def set_asking(self, asking: bool) -> None:
        """Show that this part is being asked for on the page."""
        self._button.setCheckable(asking)
        self._button.setChecked(asking)

    def _holder(self, number: int, item: Item) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(8, 0, 0, 0)
        row.setSpacing(6)
        words = ElidedLabel(in_own_direction=True)
        words.setText(tr("{words} (no longer marked)").format(words=item.words) if item.removed else item.words)
        row.addWidget(words, 1)
        if item.choices:
            row.addWidget(
                choice_box(self._name, item.choices, item.chosen, lambda key: self.answered.emit(number, key))
            )
        if item.typed is not None:
            row.addWidget(self._field(number, item))
        row.addWidget(self._cross(number, item))
        if not item.offer:
            return holder
        whole, column = QWidget(), QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(holder)
        column.addWidget(self._offer(number, item))
        whole.setLayout(column)
        return whole

    def _field(self, number: int, item: Item) -> QLineEdit:
        field = QLineEdit(item.typed or "")
        field.setPlaceholderText(item.hint)
        field.setAccessibleName(f"{self._name}: {item.hint}")
        field.setMaximumWidth(130)
        field.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        field.editingFinished.connect(
            lambda: self.answered.emit(number, field.text()) if field.text() != item.typed else None
        )
        return field

    def _offer(self, number: int, item: Item) -> QPushButton:
        offer = QPushButton(tr("Probably {value}: take it").format(value=f"\u2066{item.offer}\u2069"))
        offer.setToolTip(tr("Worked out from the date of the article; nothing is set until you take it."))
        offer.clicked.connect(lambda: self.answered.emit(number, item.offer))
        return offer

    def _cross(self, number: int, item: Item) -> QToolButton:
        cross = QToolButton()
        cross.setText("×")
        cross.setAutoRaise(True)
        cross.setAccessibleName(tr("Take out: {words}").format(words=item.words))
        cross.setToolTip(cross.accessibleName())
        cross.clicked.connect(lambda: self.removed.emit(number))
        return cross


def choice_box(name: str, choices: Sequence[Choice], chosen: str, choose: Callable[[str], None]) -> QComboBox:
    """Return a box of choices in which nothing is chosen beforehand; `choose` is told the key of what the user picks."""
    box = ChoiceBox()
    box.setAccessibleName(name)
    box.addItem("—", "")
    for choice in choices:
        box.addItem(choice.name, choice.key)
    box.setCurrentIndex(max(box.findData(chosen), 0))
    box.activated.connect(lambda index: choose(box.itemData(index)))
    return box
