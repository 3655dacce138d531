"""What a screen reader is told beside the text itself: which annotation the caret entered, and which one is selected."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def say_aloud(widget: QWidget, words: str) -> None:
    """Have a screen reader say some words, if there is one."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words.replace("\n", ". ")))
