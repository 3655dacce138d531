"""Words shown as they are written: Qt takes a text with tags for HTML, and an article, a name or a reason may hold any text.

HTML from a colleague's file could hide what was written and load pictures from the disk, so every label of the window is
a PlainLabel and every tooltip with foreign words a `plain_tip`.
"""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt as Core
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QLabel, QWidget


class PlainLabel(QLabel):
    """A label that shows plain text only, and may wrap it."""

    def __init__(self, text: str = "", *, wraps: bool = False) -> None:
        super().__init__(text)
        self.setTextFormat(Core.TextFormat.PlainText)
        self.setWordWrap(wraps)


def title_of(field: QWidget, text: str) -> PlainLabel:
    """Return the title of a field, by which a screen reader names it; some systems name a box of choices only by such a one."""
    title = PlainLabel(text)
    title.setProperty("quiet", "true")
    title.setBuddy(field)
    field.setAccessibleName(text)
    return title


def heard_title(field: QWidget, text: str) -> PlainLabel:
    """Return a title that takes no room, for a field that the eye understands without one."""
    title = PlainLabel(text)
    title.setBuddy(field)
    title.setMaximumWidth(0)
    field.setAccessibleName(text)
    return title


def plain_tip(text: str) -> str:
    """Return what a tooltip shows as this text: the text, or HTML that spells it where Qt would take it for HTML."""
    return spelled(text) if Qt.mightBeRichText(text) else text


def spelled(text: str) -> str:
    """Return HTML that shows a text as it is written, in as many lines as it needs; empty for an empty one."""
    lines = escape(text).replace("\n", "<br>")
    return f"<p style='white-space: pre-wrap'>{lines}</p>" if text else ""
