"""Titles for those who listen: some systems tell the name of a box of choices only by a title beside it."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget


def heard_title(text: str, field: QWidget) -> QLabel:
    """Return a title that takes no room, for a field that the eye understands without one."""
    title = QLabel(text)
    title.setBuddy(field)
    title.setMaximumWidth(0)
    field.setAccessibleName(text)
    return title
