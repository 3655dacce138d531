"""A label's colour as an icon."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPalette, QPixmap

from ui.page.palette import shade
from ui.theme import is_dark

_SIDE, _ROOM = 12, 4
SWATCH_SIZE = QSize(_SIDE + 2 * _ROOM, _SIDE)


def swatch(colour: str, palette: QPalette) -> QIcon:
    """Return a small square of a label's colour as the page shows it, with room beside it towards the text."""
    icon = QIcon()
    for scale in (1, 2):  # sharp on screens of either density
        icon.addPixmap(_square(colour, palette, scale))
    return icon


def _square(colour: str, palette: QPalette, scale: int) -> QPixmap:
    pixmap = QPixmap(SWATCH_SIZE * scale)
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.fillRect(QRectF(_ROOM, 0.0, _SIDE, _SIDE), shade(colour, dark=is_dark(palette)))
    painter.end()
    return pixmap
