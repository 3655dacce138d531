"""Windows that are no larger than the screen: on a small laptop, or with a scale of 2, their buttons would lie outside."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

_FRAME = QSize(16, 48)  # what the system draws around a window; nobody tells how much before it is shown


def resize_within_screen(window: QWidget, width: int, height: int) -> None:
    """Give a window a size, or as much of it as its screen has."""
    window.resize(QSize(width, height).boundedTo(window.screen().availableSize() - _FRAME))
