"""What stands on the map beside the places: the scale, whose map it is, and sentences on what is not there."""

from __future__ import annotations

import math

from PySide6.QtCore import QLocale, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ui.map.colours import MapColours
from ui.translate import language, tr

_LONGEST = 120  # of the scale, in pixels
_BORDER = 10
SOURCE = "Natural Earth"


def number(value: float) -> str:
    """Return a whole number as the interface's language writes it."""
    return QLocale(language()).toString(round(value))


def scale_length(metres_per_pixel: float, longest: float = _LONGEST) -> float:
    """Return the longest round length (1, 2 or 5 and zeros) in metres that a scale of so many pixels can show."""
    most = metres_per_pixel * longest
    power = math.pow(10.0, math.floor(math.log10(most)))
    return max(part * power for part in (1, 2, 5) if part * power <= most * (1 + 1e-9))


def length_in_words(metres: float) -> str:
    """Return a length in metres or kilometres."""
    if metres >= 1000:
        return tr("{number} km").format(number=number(metres / 1000))
    return tr("{number} m").format(number=number(metres))


def paint_scale(
    painter: QPainter, view: QRect, metres_per_pixel: float, colours: MapColours, *, at_right: bool
) -> None:
    """Paint the scale in a lower corner."""
    metres = scale_length(metres_per_pixel)
    width, words = round(metres / metres_per_pixel), length_in_words(metres)
    left = view.right() - _BORDER - width if at_right else view.left() + _BORDER
    bottom = view.bottom() - _BORDER
    height = painter.fontMetrics().height()
    plate = QRect(
        left - 6, bottom - height - 6, max(width, painter.fontMetrics().horizontalAdvance(words)) + 12, height + 12
    )
    if at_right:
        plate.moveRight(view.right() - _BORDER + 6)
    _plate(painter, plate, colours)
    painter.setPen(colours.ink)
    where = Qt.AlignmentFlag.AlignRight if at_right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(plate.adjusted(6, 2, -6, -8), where | Qt.AlignmentFlag.AlignAbsolute, words)
    painter.setPen(QPen(colours.ink, 2))
    painter.drawLine(left, bottom, left + width, bottom)
    painter.drawLine(left, bottom - 4, left, bottom)
    painter.drawLine(left + width, bottom - 4, left + width, bottom)


def paint_source(painter: QPainter, view: QRect, colours: MapColours, *, at_right: bool) -> None:
    """Paint whose base map it is, small, in the other lower corner."""
    font = painter.font()
    small = painter.font()
    small.setPointSizeF(font.pointSizeF() * 0.8)
    painter.setFont(small)
    metrics = painter.fontMetrics()
    plate = QRect(0, 0, metrics.horizontalAdvance(SOURCE) + 10, metrics.height() + 2)
    plate.moveBottom(view.bottom() - 4)
    plate.moveLeft(view.right() - plate.width() - 4 if at_right else view.left() + 4)
    _plate(painter, plate, colours)
    painter.setPen(colours.quiet)
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, SOURCE)
    painter.setFont(font)


def paint_sentence(painter: QPainter, view: QRect, sentence: str, colours: MapColours, *, middle: bool) -> None:
    """Paint a sentence on a plate: in the middle of the view, or at its top."""
    room = view.adjusted(24, 12, -24, -12)
    flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
    box = painter.boundingRect(room, flags, sentence)
    if middle:
        box.moveCenter(view.center())
    _plate(painter, box.adjusted(-12, -7, 12, 7), colours)
    painter.setPen(colours.ink)
    painter.drawText(box, flags, sentence)


def _plate(painter: QPainter, box: QRect, colours: MapColours) -> None:
    ground = QColor(colours.land)
    ground.setAlpha(215)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.drawRoundedRect(QRectF(box), 5, 5)
