"""What a screen reader is told beside the text itself: what happened on the page, in words."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

# What keeps names apart on the screen says nothing aloud, and some voices read it out.
_SILENT = str.maketrans({"\u2066": None, "\u2068": None, "\u2069": None, "\n": ". "})


def is_heard() -> bool:
    """Tell whether there is a screen reader, or something like it."""
    return QAccessible.isActive()


def say_aloud(widget: QWidget, words: str) -> None:
    """Have a screen reader say some words, if there is one."""
    if words and is_heard():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words.translate(_SILENT)))
