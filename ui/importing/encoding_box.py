"""A box of encodings: that which was recognised, and the others that Arabic files come in."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox

from ui.choice_box import ChoiceBox
from ui.importing import words


class EncodingBox(ChoiceBox):
    """Says `chosen` with a name of Python's, or with None for what is recognised."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(16)
        self.activated.connect(lambda: self.chosen.emit(self.currentData()))
        self.show_choice(words.detected(None), None)

    def show_choice(self, recognised: str, encoding: str | None) -> None:
        """Show what was recognised and which encoding is chosen instead."""
        with QSignalBlocker(self):
            self.clear()
            self.addItem(recognised, None)
            for name, text in words.encodings().items():
                self.addItem(text, name)
            self.setCurrentIndex(max(self.findData(encoding), 0) if encoding else 0)
