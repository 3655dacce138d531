"""The beginning of a text as it will be read: in the reading font, each paragraph in its own direction."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QTextEdit

from ui.settings import Settings
from ui.translate import tr

_SCALE = 0.85  # of the size one reads in: it is to be recognised, not read


class Beginning(QTextEdit):
    """Shows a text that nobody can change; Tab goes on."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("beginning")
        self.setAcceptRichText(False)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName(tr("Beginning of the text"))
        font = QFont(settings.reading_font)
        font.setPointSizeF(settings.reading_size * _SCALE)
        self.document().setDefaultFont(font)

    def show_text(self, text: str, *, whole: bool) -> None:
        """Show a text; if it is not all there is, it ends in …"""
        shown = text if whole else text + "…"
        if shown != self.toPlainText():
            self.setPlainText(shown)
