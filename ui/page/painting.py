"""How marks look: soft bands beneath the glyphs, underlines in lanes below them, the selected one stronger.

Labels differ by underline style as well as by colour. Everything is painted for the visible lines only.
"""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QAbstractTextDocumentLayout, QColor, QPainter, QPalette, QPen

from ui.page.layout import PageLayout, PagePainter, ShownLine
from ui.page.marks import Mark, MarkIndex

_LANE = 4.0
_UNDERLINE = 2.0
_STYLES = {
    "solid": Qt.PenStyle.SolidLine,
    "dotted": Qt.PenStyle.DotLine,
    "dashed": Qt.PenStyle.DashLine,
}


class MarkPainter(PagePainter):
    """Paints the lines of a page with its marks."""

    def __init__(self) -> None:
        self.index = MarkIndex()
        self.selected: str | None = None

    def paint(
        self,
        painter: QPainter,
        layout: PageLayout,
        context: QAbstractTextDocumentLayout.PaintContext,
        lines: list[ShownLine],
    ) -> None:
        """Paint bands, selection, glyphs, underlines and caret, in this order."""
        marks = {line.start: self.index.touching(line.start, line.end) for line in lines}
        dark = context.palette.color(QPalette.ColorRole.Base).lightness() < 128
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for line in lines:
            self._bands(painter, line, marks[line.start], dark=dark)
            _selection(painter, line, context)
        _glyphs(painter, layout, context, lines)
        for line in lines:
            self._underlines(painter, line, marks[line.start], dark=dark)
        if context.cursorPosition >= 0:
            painter.setPen(context.palette.color(QPalette.ColorRole.Text))
            layout.draw_caret(painter, context.cursorPosition)

    def _bands(self, painter: QPainter, line: ShownLine, marks: list[Mark], *, dark: bool) -> None:
        for depth, mark in enumerate(marks):
            chosen = mark.id == self.selected
            colour = _shade(mark.colour, dark=dark)
            colour.setAlphaF(_strength(long=mark.long, chosen=chosen, dark=dark))
            for rectangle in line.rectangles(mark.start, mark.end):
                band = _band(rectangle, line, inset=min(depth, 3))
                painter.fillRect(band, colour)
                if chosen:
                    _outline(painter, band, colour)

    def _underlines(self, painter: QPainter, line: ShownLine, marks: list[Mark], *, dark: bool) -> None:
        for mark in marks:
            width = _UNDERLINE + (1.0 if mark.id == self.selected else 0.0)
            pen = QPen(_shade(mark.colour, dark=dark), width, _STYLES.get(mark.style, Qt.PenStyle.SolidLine))
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            y = underline_height(line, self.index.lane(mark))
            for rectangle in line.rectangles(mark.start, mark.end):
                painter.drawLine(QLineF(rectangle.left() + 1, y, rectangle.right() - 1, y))


def underline_height(line: ShownLine, lane: int) -> float:
    """Return how far down a lane's underline is drawn; the deepest lanes share the last place above the next line."""
    first = line.baseline + line.height * 0.24
    return min(first + lane * _LANE, line.top + line.height - 1.0)


def _strength(*, long: bool, chosen: bool, dark: bool) -> float:
    """Return how opaque a band is: faint enough that the glyphs keep their contrast."""
    if chosen:
        return 0.34
    return (0.12 if long else 0.24) if dark else (0.09 if long else 0.17)


def _band(rectangle: QRectF, line: ShownLine, *, inset: int) -> QRectF:
    """Return the band of a rectangle: around the glyphs only, lower by a little the deeper it is nested."""
    top = line.baseline - line.height * 0.52 + inset * 1.5
    bottom = line.baseline + line.height * 0.22
    return QRectF(rectangle.left(), top, rectangle.width(), bottom - top)


def _outline(painter: QPainter, band: QRectF, colour: QColor) -> None:
    strong = QColor(colour)
    strong.setAlphaF(0.9)
    painter.setPen(QPen(strong, 1.0))
    painter.drawLine(band.topLeft(), band.topRight())
    painter.drawLine(band.bottomLeft(), band.bottomRight())


def _shade(colour: str, *, dark: bool) -> QColor:
    """Return a label's colour for the theme: lighter on a dark page."""
    shade = QColor(colour)
    return shade.lighter(150) if dark else shade


def _selection(painter: QPainter, line: ShownLine, context: QAbstractTextDocumentLayout.PaintContext) -> None:
    for selection in context.selections:
        cursor = selection.cursor
        if cursor.hasSelection() and cursor.selectionStart() < line.end and cursor.selectionEnd() > line.start:
            colour = QColor(context.palette.color(QPalette.ColorRole.Highlight))
            colour.setAlphaF(0.38)
            for rectangle in line.rectangles(cursor.selectionStart(), cursor.selectionEnd()):
                painter.fillRect(_band(rectangle, line, inset=0), colour)


def _glyphs(
    painter: QPainter,
    layout: PageLayout,
    context: QAbstractTextDocumentLayout.PaintContext,
    lines: list[ShownLine],
) -> None:
    """Draw the text of each visible paragraph once."""
    painter.setPen(context.palette.color(QPalette.ColorRole.Text))
    document = layout.document()
    for number in sorted({document.findBlock(line.start).blockNumber() for line in lines}):
        layout.draw_glyphs(painter, document.findBlockByNumber(number).position())
