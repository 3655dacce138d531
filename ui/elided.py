"""A line of text that ends in … where it has no room; hovering shows all of it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel

from annotator.text.canonical import direction_of


class ElidedLabel(QLabel):
    """A label of one line that never asks for more width than there is.

    With `in_own_direction` it shows words of an article: they run as they are written, whatever the window does.
    """

    def __init__(self, *, in_own_direction: bool = False) -> None:
        super().__init__()
        self._in_own_direction = in_own_direction

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        box = self.contentsRect()
        painter = QPainter(self)
        try:
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            # Without this the … of Arabic words in an English window would stand before their beginning.
            right_to_left = direction_of(self.text()) == "rtl"
            painter.setLayoutDirection(
                Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight
            )
            shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, self.alignment() | Qt.TextFlag.TextSingleLine, shown)
        finally:
            painter.end()

    def _direction(self) -> Qt.LayoutDirection:
        if not self._in_own_direction:
            return self.layoutDirection()
        right_to_left = direction_of(self.text()) == "rtl"
        return Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight
