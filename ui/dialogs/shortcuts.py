"""The page of keys, made from the table of actions."""

from __future__ import annotations

from html import escape

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from ui.translate import tr


class Shortcuts(QDialog):
    """Shows what every key does."""

    def __init__(self, rows: list[tuple[str, tuple[str, ...]]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keys"))
        page = QTextBrowser()
        page.setHtml(f"<table cellpadding='5'>{''.join(_row(text, keys) for text, keys in rows)}</table>")
        page.setAccessibleName(tr("Keys"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText(tr("Close"))
        buttons.accepted.connect(self.accept)
        column = QVBoxLayout(self)
        column.addWidget(page)
        column.addWidget(buttons)
        self.resize(560, 620)


def _row(text: str, keys: tuple[str, ...]) -> str:
    native = [QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in keys]
    shown = " ".join(f"<b dir='ltr'>{escape(key)}</b>\u200e" for key in native)
    return f"<tr><td>{escape(text)}</td><td>{shown}</td></tr>"
