"""How the page looks: soft bands beneath the glyphs, underlines in lanes below them, the selected mark stronger.

Labels differ by underline style as well as by colour. Everything is painted for the visible lines only, on the screen and on
paper alike.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPalette, QPen, QPolygonF

from ui.fonts import INTERFACE
from ui.page.greying import Greyed, draw_glyphs, greyed_on, paint_labels
from ui.page.layout import PageLayout, Placed
from ui.page.lines import Spot
from ui.page.marks import Mark, MarkIndex, Part
from ui.page.palette import SELECTION, faint, opacity, shade, tint

_LANE = 3.0
UNDERLINE = 1.8
_RADIUS = 3.0
# Parts of the distance of lines, from the baseline.
_BAND_ABOVE, _BAND_BELOW, _LANES_BELOW = 0.52, 0.21, 0.21
# Bands over each other; more would darken the text. Those below are still underlined.
_MOST_BANDS = 3
_DIMMED = 0.3
_SMALL, _SIGN = 11, 14.0
_HIT, _HIT_NOW = QColor("#f2c200"), QColor("#ff8f00")
_STYLES = {
    "solid": Qt.PenStyle.SolidLine,
    "dotted": Qt.PenStyle.DotLine,
    "dashed": Qt.PenStyle.DashLine,
    "dashdot": Qt.PenStyle.DashDotLine,
}

_Drawn = tuple[Mark, list[QRectF]]


@dataclass(slots=True)
class Shown:
    """What is to be seen on the page beside its text. Spans are UTF-16."""

    index: MarkIndex = field(default_factory=MarkIndex)
    selected: str | None = None
    movable: bool = False
    dragged: tuple[int, int] | None = None
    selection: tuple[int, int] = (0, 0)
    caret: Spot | None = None
    hits: list[tuple[int, int]] = field(default_factory=list)
    hit_now: int = -1
    paragraph: tuple[int, int] | None = None
    parts: list[Part] = field(default_factory=list)
    greyed: list[Greyed] = field(default_factory=list)

    def place_of(self, mark: Mark) -> tuple[int, int]:
        """Return where a mark is to be painted: while its edge is dragged, where it would go."""
        return self.dragged if self.dragged and mark.id == self.selected else (mark.start, mark.end)


class PagePainter:
    """Paints lines with all that is shown on them, in the colours of a palette."""

    def __init__(self, shown: Shown, palette: QPalette, *, strong: bool = False) -> None:
        self._shown, self._palette = shown, palette
        self._dark = palette.color(QPalette.ColorRole.Base).lightness() < 128
        self._strong = strong

    def paint(self, painter: QPainter, layout: PageLayout, lines: list[Placed]) -> None:
        """Paint bands, selection, hits, glyphs, labels of what is greyed, underlines, edges and caret, in this order."""
        if not lines:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        marks = self._visible_marks(lines)
        on_lines = [(placed, _on(placed, marks)) for placed in lines]
        for placed, here in on_lines:
            self._bands(painter, placed, here)
            self._selection(painter, placed)
            self._hits(painter, placed)
        self._glyphs(painter, lines)
        paint_labels(painter, layout, lines, self._shown.greyed, self._less())
        for placed, here in on_lines:
            self._underlines(painter, placed, here)
            self._doubts(painter, placed, here)
            self._more(painter, layout, placed, here)
        self._parts(painter, layout, lines)
        self._edges(painter, layout, lines)
        self._caret(painter, layout)

    def _visible_marks(self, lines: list[Placed]) -> list[tuple[Mark, int, int]]:
        start, end = lines[0].line.start, lines[-1].line.end
        found = self._shown.index.touching(start, end)
        chosen = self._shown.index.get(self._shown.selected)
        if self._shown.dragged and chosen and chosen not in found:
            found.append(chosen)
        return [(mark, *self._shown.place_of(mark)) for mark in found]

    def _bands(self, painter: QPainter, placed: Placed, marks: list[_Drawn]) -> None:
        """Fill the bands, on whole pixels; only the selected one has round corners: those cost ten times as much."""
        for depth, (mark, rectangles) in enumerate(self._with_band(marks)):
            chosen = mark.id == self._shown.selected
            colour = band_fill(mark.colour, mark.long, chosen, self._dark)
            for rectangle in rectangles:
                box = band(rectangle, placed, inset=min(depth, 3))
                if chosen:
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(colour)
                    painter.drawRoundedRect(box, _RADIUS, _RADIUS)
                else:
                    painter.fillRect(box.toRect(), colour)

    def _with_band(self, marks: list[_Drawn]) -> list[_Drawn]:
        """Return the marks in the lanes next to the text, and the selected one: in a lane, no two overlap."""
        if len(marks) <= _MOST_BANDS:
            return marks
        lane, selected = self._shown.index.lane, self._shown.selected
        is_deep = any(mark.id == selected and lane(mark) >= _MOST_BANDS for mark, _ in marks)
        lanes = _MOST_BANDS - is_deep
        return [one for one in marks if one[0].id == selected or lane(one[0]) < lanes]

    def _hits(self, painter: QPainter, placed: Placed) -> None:
        for number, (start, end) in self._hits_on(placed):
            colour = QColor(_HIT_NOW if number == self._shown.hit_now else _HIT)
            colour.setAlphaF((0.45 if self._dark else 0.55) if number == self._shown.hit_now else 0.35)
            for rectangle in placed.rectangles(start, end):
                painter.fillRect(band(rectangle, placed, inset=0).toRect(), colour)
                if number == self._shown.hit_now:
                    _outline(painter, band(rectangle, placed, inset=0), QColor(_HIT_NOW))

    def _hits_on(self, placed: Placed) -> Iterable[tuple[int, tuple[int, int]]]:
        line, hits = placed.line, self._shown.hits
        first = bisect_right(hits, line.start, key=lambda hit: hit[1])
        last = bisect_left(hits, line.end, key=lambda hit: hit[0])
        return ((number, hits[number]) for number in range(first, last))

    def _selection(self, painter: QPainter, placed: Placed) -> None:
        start, end = self._shown.selection
        if start < placed.line.end and end > placed.line.start:
            colour = QColor(SELECTION["dark" if self._dark else "light"])
            for rectangle in placed.rectangles(start, end):
                painter.fillRect(band(rectangle, placed, inset=0).toRect(), colour)

    def _glyphs(self, painter: QPainter, lines: list[Placed]) -> None:
        plain = QColor(self._palette.color(QPalette.ColorRole.Text))
        dimmed = QColor(plain)
        dimmed.setAlphaF(_DIMMED)
        for placed in lines:
            colour, here = plain if self._is_in_focus(placed) else dimmed, greyed_on(self._shown.greyed, placed)
            if here:
                draw_glyphs(painter, placed, here, colour, self._less() if colour is plain else dimmed)
            else:
                painter.setPen(colour)
                placed.line.draw(painter, placed.paragraph_top)

    def _less(self) -> QColor:
        """Return the colour of the text that is less important."""
        roles = (QPalette.ColorRole.Text, QPalette.ColorRole.Base)
        return faint(*(self._palette.color(role) for role in roles), strong=self._strong)

    def _is_in_focus(self, placed: Placed) -> bool:
        focus = self._shown.paragraph
        return focus is None or focus[0] <= placed.line.start <= focus[1]

    def _underlines(self, painter: QPainter, placed: Placed, marks: list[_Drawn]) -> None:
        for mark, rectangles in marks:
            width = UNDERLINE + (1.0 if mark.id == self._shown.selected else 0.0) + (0.8 if self._strong else 0.0)
            painter.setPen(underline_pen(mark.colour, mark.style, width, self._dark))
            y = underline_height(placed, self._shown.index.lane(mark))
            for rectangle in rectangles:
                painter.drawLine(QLineF(rectangle.left() + 1, y, rectangle.right() - 1, y))

    def _doubts(self, painter: QPainter, placed: Placed, marks: list[_Drawn]) -> None:
        """Outline what waits to be confirmed with dashes, with a sign at its beginning."""
        for mark, rectangles in marks:
            if mark.doubtful and rectangles:
                colour = shade(mark.colour, dark=self._dark)
                painter.setPen(QPen(colour, 1.2, Qt.PenStyle.DashLine))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                for box in rectangles:
                    painter.drawRect(band(box, placed, inset=0).adjusted(0, -1, 0, 0))
                start = self._shown.place_of(mark)[0]
                if placed.line.start <= start < placed.line.end:
                    paint_doubt(painter, placed, start, colour, self._palette.color(QPalette.ColorRole.Base))

    def _more(self, painter: QPainter, layout: PageLayout, placed: Placed, marks: list[_Drawn]) -> None:
        """Say at the line's beginning how many of its marks lie in lanes too deep to be drawn apart."""
        hidden = sum(self._shown.index.lane(mark) >= lanes_shown(placed) for mark, _ in marks)
        if hidden == 0:
            return
        right = layout.piece(placed.line.start).direction == "rtl"
        left = layout.metrics.column_right + 3 if right else layout.metrics.column_left - 25
        painter.setPen(self._palette.color(QPalette.ColorRole.PlaceholderText))
        painter.setFont(_small(painter.font().family()))
        box = QRectF(left, placed.top, 22.0, placed.line.height)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"+{hidden}")

    def _parts(self, painter: QPainter, layout: PageLayout, lines: list[Placed]) -> None:
        """Outline the parts of the selected mark's frame, and join those who say it to where it begins."""
        mark = self._shown.index.get(self._shown.selected)
        if mark is None:
            return
        colour = shade(mark.colour, dark=self._dark)
        target = _beginning(layout, mark.start, lines)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for part in self._shown.parts:
            boxes = _boxes(lines, part)
            painter.setPen(QPen(colour, 1.2, Qt.PenStyle.DashLine))
            for box in boxes:
                painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), _RADIUS, _RADIUS)
            if boxes and target and part.joined:
                painter.setPen(QPen(_faint(colour), 1.2))
                painter.drawPath(_joining(boxes[0], target))

    def _edges(self, painter: QPainter, layout: PageLayout, lines: list[Placed]) -> None:
        """Draw the two edges of the selected mark; those that can be moved have a knob."""
        mark = self._shown.index.get(self._shown.selected)
        if mark is None:
            return
        colour = shade(mark.colour, dark=self._dark)
        start, end = self._shown.place_of(mark)
        for spot, knob_above in ((Spot(start), True), (Spot(end, after=True), False)):
            if lines[0].line.start <= spot.position <= lines[-1].line.end:
                _edge(painter, layout.line_of(spot), spot, colour, knob_above if self._shown.movable else None)

    def _caret(self, painter: QPainter, layout: PageLayout) -> None:
        """Draw the caret with a small flag to the side where the text beside it goes on."""
        spot = self._shown.caret
        if spot is None:
            return
        placed = layout.line_of(spot)
        box = band(QRectF(placed.line.x_of(spot), placed.top, 0.0, placed.line.height), placed, inset=0)
        colour = self._palette.color(QPalette.ColorRole.Text)
        painter.setPen(QPen(colour, 2.0))
        painter.drawLine(box.topLeft(), box.bottomLeft())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        flag = -5.0 if placed.line.is_right_to_left(spot) else 5.0
        top = box.topLeft()
        painter.drawPolygon(QPolygonF([top, top + QPointF(flag, 0.0), top + QPointF(0.0, 5.0)]))


def paint_doubt(painter: QPainter, placed: Placed, start: int, colour: QColor, ground: QColor) -> None:
    """Paint the sign of what waits to be confirmed at the upper corner where its text begins."""
    at = placed.line.x_of(Spot(start))
    box = band(QRectF(at, placed.top, 0.0, placed.line.height), placed, inset=0)
    round_one = QRectF(at - _SIGN / 2, box.top() - _SIGN * 0.75, _SIGN, _SIGN)
    painter.setPen(QPen(ground, 1.0))
    painter.setBrush(colour)
    painter.drawEllipse(round_one)
    painter.setPen(ground)
    painter.setFont(_small(INTERFACE))
    painter.drawText(round_one, Qt.AlignmentFlag.AlignCenter, "؟" if placed.line.is_right_to_left(Spot(start)) else "?")


def band(rectangle: QRectF, placed: Placed, *, inset: int) -> QRectF:
    """Return the band of a rectangle: around the glyphs only, lower by a little the deeper it is nested."""
    baseline, height = placed.top + placed.line.baseline, placed.line.height
    top = baseline - min(height * _BAND_ABOVE, placed.line.baseline) + inset * 1.5
    return QRectF(rectangle.left(), top, rectangle.width(), baseline + height * _BAND_BELOW - top)


def underline_height(placed: Placed, lane: int) -> float:
    """Return how far down a lane's underline is drawn; the deepest lanes share the last place above the next line."""
    return _first_lane(placed) + min(lane, lanes_shown(placed) - 1) * _LANE


def lanes_shown(placed: Placed) -> int:
    """Return how many lanes are drawn apart below a line: down to where the bands of the next line begin."""
    line = placed.line
    room = (
        line.height + max(line.baseline - line.height * _BAND_ABOVE, 0.0) - line.baseline - line.height * _LANES_BELOW
    )
    return max(int(room / _LANE), 1)


def _small(family: str) -> QFont:
    font = QFont(family)
    font.setPixelSize(_SMALL)  # no points: those of a printer are not those of the page
    return font


@cache
def band_fill(colour: str, long: bool, chosen: bool, dark: bool) -> QColor:
    """Return what the bands of a label are filled with."""
    fill = tint(colour, dark=dark)
    fill.setAlphaF(opacity(long=long, chosen=chosen, dark=dark))
    return fill


@cache
def underline_pen(colour: str, style: str, width: float, dark: bool) -> QPen:
    """Return the pen for the underline of a label."""
    pen = QPen(shade(colour, dark=dark), width, _STYLES.get(style, Qt.PenStyle.SolidLine))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def _first_lane(placed: Placed) -> float:
    return placed.top + placed.line.baseline + placed.line.height * _LANES_BELOW


def _on(placed: Placed, marks: list[tuple[Mark, int, int]]) -> list[_Drawn]:
    """Return the marks that lie on a line, with their rectangles there."""
    first, last = placed.line.start, placed.line.end
    here = [one for one in marks if one[1] < last and one[2] > first]
    return [(mark, placed.rectangles(start, end)) for mark, start, end in here]


def _boxes(lines: list[Placed], part: Part) -> list[QRectF]:
    """Return the bands of a part on the lines in view."""
    here = [placed for placed in lines if part.start < placed.line.end and part.end > placed.line.start]
    return [band(box, placed, inset=0) for placed in here for box in placed.rectangles(part.start, part.end)]


def _faint(colour: QColor) -> QColor:
    faint = QColor(colour)
    faint.setAlphaF(0.6)
    return faint


def _beginning(layout: PageLayout, position: int, lines: list[Placed]) -> QPointF | None:
    """Return the point above the beginning of a span, or None when it is not in view."""
    if not lines[0].line.start <= position <= lines[-1].line.end:
        return None
    placed, spot = layout.line_of(Spot(position)), Spot(position)
    return band(QRectF(placed.line.x_of(spot), placed.top, 0.0, placed.line.height), placed, inset=0).topLeft()


def _joining(box: QRectF, target: QPointF) -> QPainterPath:
    """Return a line from a part to where the mark begins: an arc over the text on one line, else down between the lines."""
    above = abs(box.top() - target.y()) < box.height()
    start = QPointF(box.center().x(), box.top()) if above else QPointF(box.center().x(), box.bottom())
    lift = QPointF(0.0, -8.0 if above else (target.y() - start.y()) / 2)
    path = QPainterPath(start)
    path.cubicTo(start + lift, target + (lift if above else -lift), target)
    return path


def _outline(painter: QPainter, box: QRectF, colour: QColor) -> None:
    painter.setPen(QPen(colour, 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)
    painter.setPen(Qt.PenStyle.NoPen)


def _edge(painter: QPainter, placed: Placed, spot: Spot, colour: QColor, knob_above: bool | None) -> None:
    box = band(QRectF(placed.line.x_of(spot), placed.top, 0.0, placed.line.height), placed, inset=0)
    painter.setPen(QPen(colour, 1.6))
    painter.drawLine(box.topLeft(), box.bottomLeft())
    if knob_above is not None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(box.topLeft() if knob_above else box.bottomLeft(), 3.6, 3.6)
