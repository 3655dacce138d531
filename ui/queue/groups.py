"""The chips above the queue: all articles, or those of one state, flagged, contested, or mine, each with its number."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from annotator.queue_rows import GROUP_QUERIES, GROUPS
from ui.queue.flow import FlowLayout
from ui.queue.words import group_names, number

_ALWAYS = frozenset({"all", "todo", "progress", "done"})  # the others are there when there is something in them
_SMALL = 0.9


class Groups(QWidget):
    """One of the groups is chosen; `chosen` tells when a person takes another."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._buttons = {group: QPushButton() for group in GROUPS}
        self._one = QButtonGroup(self)
        layout = FlowLayout(self, spacing=5)
        for button in self._buttons.values():
            button.setProperty("chip", "true")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setFont(_smaller(button.font()))
            self._one.addButton(button)
            layout.addWidget(button)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._buttons["all"].setChecked(True)
        self._one.buttonClicked.connect(lambda _: self.chosen.emit())
        self.show_counts({})

    @property
    def group(self) -> str:
        """The group that is chosen."""
        return next(group for group, button in self._buttons.items() if button.isChecked())

    @property
    def query(self) -> str:
        """What the filter of the chosen group is."""
        return GROUP_QUERIES[self.group]

    def choose(self, group: str) -> None:
        """Choose a group, without telling."""
        self._buttons[group].setChecked(True)
        self._buttons[group].setVisible(True)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many articles each group has."""
        names = group_names()
        for group, button in self._buttons.items():
            text = f"{names[group]} {number(counts.get(group, 0))}"
            if text != button.text():
                button.setText(text)
                button.setAccessibleName(f"{names[group]}: {counts.get(group, 0)}")
            button.setVisible(group in _ALWAYS or counts.get(group, 0) > 0 or button.isChecked())


def _smaller(font: QFont) -> QFont:
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * _SMALL)
    return made
