"""Chips for what cannot be seen in the text: bidi controls, zero-width characters, no-break spaces, tatweel.

They are painted above their place, over the text as it stands: showing them moves nothing.
"""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from annotator.text.invisible import invisible_characters
from ui.page.layout import Placed
from ui.page.utf16 import Utf16Map

_POINTS = 6.5
_FILL, _INK = QColor("#7a3fb5"), QColor("#ffffff")


def paint_chips(painter: QPainter, lines: list[Placed], text: str, offsets: Utf16Map) -> None:
    """Paint the chips of these lines; the same character several times in a row has one chip with their number."""
    font = QFont(painter.font().family())
    font.setPointSizeF(_POINTS)
    painter.setFont(font)
    for placed in lines:
        _paint_line(painter, placed, _chips(placed, text, offsets), QFontMetricsF(font))


def _chips(placed: Placed, text: str, offsets: Utf16Map) -> list[tuple[float, str]]:
    """Return the x and the words of each chip of a line."""
    start, end = offsets.to_code_points(placed.line.start), offsets.to_code_points(placed.line.end)
    found = invisible_characters(text, start, end)
    chips = []
    for _, group in groupby(enumerate(found), key=lambda pair: (pair[1].offset - pair[0], pair[1].short)):
        run = [one for _, one in group]
        left, right = placed.line.edges[offsets.to_utf16(run[0].offset) - placed.line.start]
        words = run[0].short if len(run) == 1 else f"{run[0].short}×{len(run)}"
        chips.append(((left + right) / 2, words))
    return chips


def _paint_line(painter: QPainter, placed: Placed, chips: list[tuple[float, str]], metrics: QFontMetricsF) -> None:
    """Paint chips from left to right; one that has no room beside the one before goes a step down."""
    height = metrics.height()
    ends = [float("-inf")] * 3
    for x, words in sorted(chips):
        width = metrics.horizontalAdvance(words) + 6.0
        row = next((at for at, end in enumerate(ends) if end < x - width / 2), 0)
        left = max(x - width / 2, ends[row] + 1.0)
        ends[row] = left + width
        box = QRectF(left, placed.top + row * (height + 1.0), width, height)
        baseline = QPointF(x, placed.top + placed.line.baseline)
        painter.setPen(QPen(_FILL, 1.0, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x, box.bottom()), baseline)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_FILL)
        painter.drawRoundedRect(box, 3.0, 3.0)
        painter.setPen(_INK)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
