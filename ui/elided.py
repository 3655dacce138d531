"""A line of text that ends in … where it has no room; hovering shows all of it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette

from annotator.text.canonical import direction_of
from ui.plain import PlainLabel, plain_tip

_MARKS = {Qt.LayoutDirection.RightToLeft: "\u200f", Qt.LayoutDirection.LeftToRight: "\u200e"}


class ElidedLabel(PlainLabel):
    """A label of one line that never asks for more width than there is.

    With `in_own_direction` it shows words of an article: they run as they are written, whatever the window does.
    """

    def __init__(self, *, in_own_direction: bool = False) -> None:
        super().__init__()
        self._in_own_direction = in_own_direction

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(plain_tip(text))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        box, direction = self.contentsRect(), self._direction()
        painter = QPainter(self)
        try:
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            painter.setLayoutDirection(direction)
            # Qt lets a text run as its first letter does; a sentence of the window that begins with a key would turn round.
            text = _MARKS[direction] + self.text()
            shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, self.alignment() | Qt.TextFlag.TextSingleLine, shown)
        finally:
            painter.end()

    def _direction(self) -> Qt.LayoutDirection:
        if not self._in_own_direction:
            return self.layoutDirection()
        right_to_left = direction_of(self.text()) == "rtl"
        return Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight
