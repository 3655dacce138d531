"""Page boilerplate on the page: its glyphs in a fainter colour, a line beside it and a slim label above its beginning.

Nothing of it goes into the document: a line that is greyed in part is drawn twice, each time with the other part left out, so
no letter changes its shape and nothing moves.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from ui.fonts import INTERFACE
from ui.page.layout import PageLayout, Placed

_SMALL = 11  # pixels, as all small print of the page
_BESIDE, _GAP = 7.0, 8.0
_TOP = 0.56  # of the distance of lines, from the baseline: where the bands of a line begin
_FAR = 1e6


@dataclass(frozen=True, slots=True)
class Greyed:
    """A stretch `[start, end)` that is no news, and what its label says. UTF-16."""

    start: int
    end: int
    name: str


def greyed_on(greyed: Sequence[Greyed], placed: Placed) -> Sequence[Greyed]:
    """Return the stretches that lie on a line; they are sorted and do not overlap."""
    first = bisect_right(greyed, placed.line.start, key=lambda one: one.end)
    last = bisect_left(greyed, placed.line.end, key=lambda one: one.start)
    return greyed[first:last]


def draw_glyphs(painter: QPainter, placed: Placed, here: Sequence[Greyed], plain: QColor, faint: QColor) -> None:
    """Draw the glyphs of a line, those of the greyed stretches in the faint colour."""
    if len(here) == 1 and here[0].start <= placed.line.start and here[0].end >= placed.line.end:
        painter.setPen(faint)
        placed.line.draw(painter, placed.paragraph_top)
        return
    inside, outside = QPainterPath(), QPainterPath()
    outside.addRect(QRectF(-_FAR, -_FAR, 2 * _FAR, 2 * _FAR))
    for one in here:
        for box in placed.rectangles(one.start, one.end):  # harakat reach beyond their line
            inside.addRect(box.adjusted(0.0, -box.height(), 0.0, box.height()))
    for colour, part in ((plain, outside.subtracted(inside)), (faint, inside)):
        painter.save()
        painter.setClipPath(part, Qt.ClipOperation.IntersectClip)
        painter.setPen(colour)
        placed.line.draw(painter, placed.paragraph_top)
        painter.restore()


def paint_labels(
    painter: QPainter, layout: PageLayout, lines: Sequence[Placed], greyed: Sequence[Greyed], colour: QColor
) -> None:
    """Paint the line beside each stretch in view, and the label above its beginning."""
    bottoms = [after.top for after in lines[1:]] + [placed.top + placed.line.height for placed in lines[-1:]]
    for placed, bottom in zip(lines, bottoms, strict=True):
        for one in greyed_on(greyed, placed):
            goes_on = one.end > placed.line.end
            _beside(painter, layout, placed, bottom if goes_on else placed.top + placed.line.height, colour)
            if placed.line.start <= one.start < placed.line.end:
                _label(painter, layout, placed, one.name, colour)


def label_font() -> QFont:
    """Return the font of the labels; its size is that of the page, on the screen and on paper."""
    font = QFont(INTERFACE)
    font.setPixelSize(_SMALL)
    return font


def _beside(painter: QPainter, layout: PageLayout, placed: Placed, bottom: float, colour: QColor) -> None:
    """Draw the line beside the text, at the side where it begins."""
    right = layout.piece(placed.line.start).direction == "rtl"
    x = layout.metrics.column_right + _BESIDE if right else layout.metrics.column_left - _BESIDE
    painter.fillRect(QRectF(round(x), placed.top, 1.0, bottom - placed.top), colour)


def _label(painter: QPainter, layout: PageLayout, placed: Placed, name: str, colour: QColor) -> None:
    """Write the label into the room between two lines, and draw a thin line from it to the other side."""
    font = label_font()
    metrics, page = QFontMetricsF(font), layout.metrics
    right = layout.piece(placed.line.start).direction == "rtl"
    height, width = metrics.height(), min(metrics.horizontalAdvance(name) + 2.0, page.column_width)
    top = placed.top + placed.line.baseline - placed.line.height * _TOP - height
    left = page.column_right - width if right else page.column_left
    box = QRectF(left, top, width, height)
    painter.setPen(colour)
    painter.setFont(font)
    shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, width)
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(box, Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter | side, shown)
    ends = (page.column_left, left - _GAP) if right else (left + width + _GAP, page.column_right)
    painter.setPen(QPen(colour, 1.0, Qt.PenStyle.DotLine))
    if ends[1] > ends[0]:
        painter.drawLine(QLineF(ends[0], box.center().y(), ends[1], box.center().y()))
