"""The small numbers in the text: behind the mark that an entry of the list of notes is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from ui.page.layout import Placed
from ui.page.lines import Spot
from ui.page.palette import shade
from ui.page.paper.endnotes import number_font
from ui.page.paper.typeset import numeral

_APART = 3.0


@dataclass(frozen=True, slots=True)
class Numbered:
    """Where a numbered mark ends (UTF-16), its number and its colour."""

    end: int
    number: int
    colour: str


def paint_numbers(painter: QPainter, lines: Sequence[Placed], numbered: Sequence[Numbered]) -> None:
    """Paint the numbers of the marks that end on these lines, above the text; those that would touch move apart."""
    for placed in lines:
        here = [one for one in numbered if placed.line.start < one.end <= placed.line.end]
        if here:
            _paint_line(painter, placed, here)


def _paint_line(painter: QPainter, placed: Placed, numbered: Sequence[Numbered]) -> None:
    font = number_font()
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    taken = float("inf")
    for x, one in sorted(((_x(placed, one.end), one) for one in numbered), key=lambda pair: (-pair[0], pair[1].number)):
        words = numeral(one.number)
        left = min(x, taken) - metrics.horizontalAdvance(words)
        taken = left - _APART
        painter.setPen(QColor(shade(one.colour, dark=False)))
        painter.drawText(QPointF(left, _baseline(placed)), words)


def _x(placed: Placed, end: int) -> float:
    return placed.line.x_of(Spot(end, after=True))


def _baseline(placed: Placed) -> float:
    """Return the height of the numbers: at the upper edge of the band."""
    return placed.top + max(placed.line.baseline - placed.line.height * 0.48, 8.0)
