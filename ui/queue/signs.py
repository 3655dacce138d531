"""The signs of a row, each with a shape of its own, so that nobody needs its colour: states, flag, note, copies, names."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPalette, QPen, QPolygonF

from annotator.queue_rows import QueueRow, State
from ui.theme import is_dark, quiet

Draw = Callable[[QPainter, QRectF], None]
_PROGRESS = {"light": "#9a5b00", "dark": "#e8b04b"}
_DONE = {"light": "#16754c", "dark": "#5cc795"}
_ALARM = {"light": "#b3261e", "dark": "#f2b8b5"}
_MOST_NAMES = 2


def state_colour(state: State, palette: QPalette) -> QColor:
    """Return the colour in which a state is named; at least 4.5 to 1 on a row."""
    theme = "dark" if is_dark(palette) else "light"
    return {"todo": quiet(palette), "progress": QColor(_PROGRESS[theme]), "done": QColor(_DONE[theme])}[state]


def draw_state(painter: QPainter, box: QRectF, state: State, palette: QPalette) -> None:
    """Draw the sign of a state: a ring, a half filled one, a full one with a tick."""
    colour = state_colour(state, palette)
    painter.save()
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    ring = box.adjusted(1, 1, -1, -1)
    painter.drawEllipse(ring)
    painter.setBrush(colour)
    if state == "progress":
        painter.drawPie(ring, -90 * 16, 180 * 16)
    elif state == "done":
        painter.drawEllipse(ring)
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Base), 1.6))
        painter.drawPolyline(_points(box, (0.27, 0.53), (0.44, 0.7), (0.74, 0.33)))
    painter.restore()


def row_signs(row: QueueRow, reviewer: str, palette: QPalette) -> list[Draw]:
    """Return what draws the signs of a row, each in a square; the weightiest come first."""
    theme = "dark" if is_dark(palette) else "light"
    text, grey, alarm = palette.color(QPalette.ColorRole.Text), quiet(palette), QColor(_ALARM[theme])
    drawn: list[Draw] = []
    if row.flags:
        drawn.append(lambda painter, box: _flag(painter, box, alarm, filled=reviewer in row.flags))
    if row.contested:
        drawn.append(lambda painter, box: _unequal(painter, box, alarm))
    if row.review == "compare":
        drawn.append(lambda painter, box: _lanes(painter, box, text))
    elif row.review == "settled":
        drawn.append(lambda painter, box: _ticks(painter, box, QColor(_DONE[theme])))
    if row.notes:
        drawn.append(lambda painter, box: _note(painter, box, text))
    if row.original or row.copies:
        drawn.append(lambda painter, box: _copies(painter, box, text, filled=bool(row.copies)))
    if row.replaced:
        drawn.append(lambda painter, box: _struck(painter, box, grey))
    return drawn


def initials(row: QueueRow) -> list[str]:
    """Return what stands for the names an article was given to: their first letters, and how many more there are."""
    more = len(row.assigned) - _MOST_NAMES
    shown = [_initial(name) for name in row.assigned[:_MOST_NAMES]]
    return [*shown, f"+{more}"] if more > 0 else shown


def draw_initials(painter: QPainter, box: QRectF, letters: str, palette: QPalette, *, mine: bool) -> None:
    """Draw first letters in a rounded frame, fuller where they are the reader's own."""
    edge = QColor(palette.color(QPalette.ColorRole.Text))
    edge.setAlphaF(0.75 if mine else 0.35)
    fill = QColor(edge)
    fill.setAlphaF(0.16 if mine else 0.0)
    painter.save()
    painter.setPen(QPen(edge, 1.0))
    painter.setBrush(fill)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    font = QFont(painter.font())
    font.setPointSizeF(font.pointSizeF() * 0.85)
    painter.setFont(font)
    painter.setPen(palette.color(QPalette.ColorRole.Text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letters)
    painter.restore()


def _initial(name: str) -> str:
    """Return two letters of a name: the first of its first two words, or its first two, so that R1 is not R2."""
    words = name.split()
    return (words[0][0] + words[1][0]).upper() if len(words) > 1 else name[:2]


def _flag(painter: QPainter, box: QRectF, colour: QColor, *, filled: bool) -> None:
    painter.setPen(QPen(colour, 1.4))
    painter.setBrush(colour if filled else Qt.BrushStyle.NoBrush)
    painter.drawLine(_at(box, 0.25, 0.08), _at(box, 0.25, 0.95))
    painter.drawPolygon(_points(box, (0.25, 0.1), (0.88, 0.3), (0.25, 0.55)))


def _unequal(painter: QPainter, box: QRectF, colour: QColor) -> None:
    painter.setPen(QPen(colour, 1.6))
    for one, other in (((0.12, 0.38), (0.88, 0.38)), ((0.12, 0.66), (0.88, 0.66)), ((0.66, 0.1), (0.34, 0.92))):
        painter.drawLine(_at(box, *one), _at(box, *other))


def _lanes(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """Draw two lanes of unequal length: two layers that wait to be compared."""
    painter.setPen(QPen(colour, 2.0))
    painter.drawLine(_at(box, 0.08, 0.34), _at(box, 0.92, 0.34))
    painter.drawLine(_at(box, 0.3, 0.68), _at(box, 0.92, 0.68))


def _ticks(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """Draw two ticks: settled."""
    painter.setPen(QPen(colour, 1.8))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(_points(box, (0.02, 0.55), (0.24, 0.8), (0.62, 0.25)))
    painter.drawPolyline(_points(box, (0.42, 0.72), (0.5, 0.8), (0.96, 0.25)))


def _note(painter: QPainter, box: QRectF, colour: QColor) -> None:
    painter.setPen(QPen(colour, 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(_at(box, 0.1, 0.12), _at(box, 0.9, 0.9)), 2, 2)
    for y in (0.38, 0.62):
        painter.drawLine(_at(box, 0.28, y), _at(box, 0.72, y))


def _copies(painter: QPainter, box: QRectF, colour: QColor, *, filled: bool) -> None:
    painter.setPen(QPen(colour, 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    behind, before = (
        QRectF(_at(box, 0.32, 0.08), _at(box, 0.92, 0.68)),
        QRectF(_at(box, 0.08, 0.32), _at(box, 0.68, 0.92)),
    )
    outside = QPainterPath()
    outside.addRect(box.adjusted(-1, -1, 1, 1))
    covered = QPainterPath()
    covered.addRect(before)
    painter.save()
    painter.setClipPath(outside - covered)
    painter.drawRect(behind)
    painter.restore()
    painter.setBrush(colour if filled else Qt.BrushStyle.NoBrush)
    painter.drawRect(before)


def _struck(painter: QPainter, box: QRectF, colour: QColor) -> None:
    painter.setPen(QPen(colour, 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(box.adjusted(1, 1, -1, -1))
    painter.drawLine(_at(box, 0.2, 0.8), _at(box, 0.8, 0.2))


def _at(box: QRectF, x: float, y: float) -> QPointF:
    return QPointF(box.left() + box.width() * x, box.top() + box.height() * y)


def _points(box: QRectF, *points: tuple[float, float]) -> QPolygonF:
    return QPolygonF([_at(box, *point) for point in points])
