"""A page on which several layers are compared: agreed marks as usual, of others a band and a line for each side in its lane.

The lines of a side have its colour and style, and begin with its letter.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette, QPen

from ui.fonts import INTERFACE
from ui.page.layout import PageLayout, Placed
from ui.page.lines import Spot
from ui.page.marks import Mark
from ui.page.metrics import LEADINGS
from ui.page.painting import PagePainter, underline_pen
from ui.page.palette import shade, tint
from ui.page.view import PageView
from ui.review.sides import DASHES

LANE = 12.0  # pixels from the line of one side to that of the next
_FIRST, _BELOW = 7.0, 6.0
_CHIP, _LETTER = 12.0, 9
_DIFFERENT = "#c77700"
_FEW = 60
_RADIUS = 3.0
# Parts of a line of usual distance: bands stay as high as on other pages though the lines stand wider apart.
_ABOVE, _UNDER = 0.5, 0.2


@dataclass(frozen=True, slots=True)
class LaneMark(Mark):
    """A mark of a comparison.

    `agreed` is painted like any mark, `difference` is the band of a match and `side` the line of a side in its `lane`, in the
    style of `side_number`. `settled` says that it was decided about.
    """

    role: Literal["agreed", "difference", "side"] = "agreed"
    lane: int = 0
    letter: str = ""
    match: int = -1
    settled: bool = False
    side_number: int = 0


class LanesPage(PageView):
    """The page; `lanes` is how many sides have a line of their own below the text."""

    def __init__(self) -> None:
        super().__init__()
        self.lanes = 2
        self.set_margin(False)

    def set_lanes(self, count: int, *, family: str, points: float, measure: float) -> None:
        """Set the lines so far apart that this many sides find room between them."""
        self.lanes = count
        self.set_reading(family, points, measure=measure, leading=LEADINGS["normal"])
        pitch = self._layout.metrics.line_height
        needed = (max(count, 1) - 1) * LANE + _FIRST + _BELOW
        leading = (_usual(pitch) + needed) / pitch if count else LEADINGS["normal"]
        self.set_reading(family, points, measure=measure, leading=leading)

    def show_lanes(self, marks: Iterable[LaneMark]) -> None:
        """Show these marks; where only some changed, as by a decision, the others cost nothing."""
        before, after = {mark.id: mark for mark in self.marks()}, {mark.id: mark for mark in marks}
        gone = [identity for identity, mark in before.items() if after.get(identity) != mark]
        come = [mark for identity, mark in after.items() if before.get(identity) != mark]
        if len(gone) + len(come) > _FEW:
            self.set_marks(after.values())
        elif gone or come:
            self.change_marks(gone, come)
            self.viewport().update()

    def match_at(self, identity: str) -> int:
        """Return the number of the match that a mark belongs to, or -1."""
        mark = self.mark(identity)
        return mark.match if isinstance(mark, LaneMark) else -1

    def painter(self, strong: bool) -> PagePainter:
        return LanesPainter(self.shown, self.palette(), strong=strong)


class LanesPainter(PagePainter):
    """Paints lanes instead of underlines, and bands only where sides agree or differ as a whole."""

    def _bands(self, painter: QPainter, placed: Placed, marks: list[tuple[Mark, list[QRectF]]]) -> None:
        for mark, rectangles in marks:
            if isinstance(mark, LaneMark) and mark.role != "side":
                for rectangle in rectangles:
                    self._band(painter, _band(rectangle, placed, self._pitch(placed)), mark)

    def _band(self, painter: QPainter, box: QRectF, mark: LaneMark) -> None:
        chosen = mark.id == self._shown.selected
        painter.setPen(Qt.PenStyle.NoPen)
        strength = 0.38 if chosen else 0.1 if mark.settled else 0.22 if mark.role == "difference" else 0.14
        painter.setBrush(_fill(mark.colour if mark.role == "agreed" else _DIFFERENT, strength, self._dark))
        painter.drawRoundedRect(box, _RADIUS, _RADIUS)
        if chosen:
            painter.setPen(QPen(shade(_DIFFERENT, dark=self._dark), 1.6))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), _RADIUS, _RADIUS)

    def _underlines(self, painter: QPainter, placed: Placed, marks: list[tuple[Mark, list[QRectF]]]) -> None:
        for mark, rectangles in marks:
            if not isinstance(mark, LaneMark):
                continue
            if mark.role == "agreed":
                self._plain_line(painter, placed, mark, rectangles)
            elif mark.role == "side":
                self._side_line(painter, placed, mark, rectangles)

    def _plain_line(self, painter: QPainter, placed: Placed, mark: LaneMark, rectangles: list[QRectF]) -> None:
        painter.setPen(underline_pen(mark.colour, mark.style, 1.4, self._dark))
        for rectangle in rectangles:
            y = _band(rectangle, placed, self._pitch(placed)).bottom() - 0.5
            painter.drawLine(QLineF(rectangle.left() + 1, y, rectangle.right() - 1, y))

    def _side_line(self, painter: QPainter, placed: Placed, mark: LaneMark, rectangles: list[QRectF]) -> None:
        """Draw the line of a side, and its letter where the mark begins."""
        y = placed.top + placed.line.baseline + self._pitch(placed) * _UNDER + _FIRST + mark.lane * LANE
        chosen = self._shown.index.get(self._shown.selected)
        strong = isinstance(chosen, LaneMark) and chosen.match == mark.match
        width = (1.4 if mark.long else 2.4) + (0.8 if strong else 0.0)  # what lies within a claim is seen on its line
        painter.setPen(_side_pen(mark.colour, mark.side_number, width, self._dark))
        for rectangle in rectangles:
            painter.drawLine(QLineF(rectangle.left() + 1, y, rectangle.right() - 1, y))
        start = self._shown.place_of(mark)[0]
        if placed.line.start <= start < placed.line.end:
            self._letter(painter, QPointF(placed.line.x_of(Spot(start)), y), mark, right=_runs_right(placed, start))

    def _letter(self, painter: QPainter, at: QPointF, mark: LaneMark, *, right: bool) -> None:
        left = at.x() - _CHIP if right else at.x()
        box = QRectF(left, at.y() - _CHIP / 2, _CHIP, _CHIP)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade(mark.colour, dark=self._dark))
        painter.drawRoundedRect(box, _RADIUS, _RADIUS)
        painter.setPen(self._palette.color(QPalette.ColorRole.Base))
        painter.setFont(letter_font())
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, mark.letter)

    def _doubts(self, painter: QPainter, placed: Placed, marks: list[tuple[Mark, list[QRectF]]]) -> None:
        """Nobody is asked here to confirm anything."""

    def _more(
        self, painter: QPainter, layout: PageLayout, placed: Placed, marks: list[tuple[Mark, list[QRectF]]]
    ) -> None:
        """Every side has a lane that is drawn."""

    def _edges(self, painter: QPainter, layout: PageLayout, lines: list[Placed]) -> None:
        """No edge can be moved here."""

    def _pitch(self, placed: Placed) -> float:
        """Return the usual distance of lines in this font."""
        return _usual(self._layout_height or placed.line.height)

    _layout_height = 0.0

    def paint(self, painter: QPainter, layout: PageLayout, lines: list[Placed]) -> None:
        """Paint the lines; bands are as high as the font wants them."""
        self._layout_height = layout.metrics.line_height
        super().paint(painter, layout, lines)


def letter_font() -> QFont:
    """Return the font of the letters of sides."""
    font = QFont(INTERFACE)
    font.setPixelSize(_LETTER)
    font.setWeight(QFont.Weight.Bold)
    return font


def _usual(line_height: float) -> float:
    return line_height * LEADINGS["normal"]


def _band(rectangle: QRectF, placed: Placed, pitch: float) -> QRectF:
    baseline = placed.top + placed.line.baseline
    top = baseline - min(pitch * _ABOVE, placed.line.baseline)
    return QRectF(rectangle.left(), top, rectangle.width(), baseline + pitch * _UNDER - top)


def _runs_right(placed: Placed, position: int) -> bool:
    return placed.line.is_right_to_left(Spot(position))


@cache
def _fill(colour: str, strength: float, dark: bool) -> QColor:
    fill = tint(colour, dark=dark)
    fill.setAlphaF(strength)
    return fill


@cache
def _side_pen(colour: str, number: int, width: float, dark: bool) -> QPen:
    pen = QPen(shade(colour, dark=dark), width)
    if DASHES[number]:
        pen.setDashPattern(list(DASHES[number]))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen
