"""The margin: one card a claim beside its line, and a thin line from the card to the text.

Cards that would overlap push each other down. The selected card stands level with its line, so those before it give way
upwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPalette, QPen, QPolygonF

from annotator.text.canonical import direction_of
from ui.page.layout import PageLayout
from ui.page.lines import Spot
from ui.page.marks import Mark, MarkIndex
from ui.page.metrics import CARD_WIDTH
from ui.page.painting import Shown, underline_height
from ui.page.palette import shade

GAP = 8.0
_PADDING, _INDENT = 7.0, 9.0
WORDS_WIDTH = CARD_WIDTH - 2 * _INDENT
_RADIUS = 6.0
# The pile starts at a multiple of this many cards, and at least so many before the view, so that scrolling by a line
# does not shift it and cards stay where many before them have pushed them.
_STRIDE, _BEFORE = 12, 24


@dataclass(frozen=True, slots=True)
class Card:
    """A card of a mark and where it stands on the page."""

    mark: Mark
    box: QRectF


class Margin:
    """Places and paints the cards of the marks that have one."""

    def __init__(self, shown: Shown) -> None:
        self._shown = shown
        self.index = MarkIndex()

    def cards(self, layout: PageLayout, top: float, bottom: float, font: QFont) -> list[Card]:
        """Return the cards between two heights of the page; none while the margin is folded away."""
        return in_view(self.pile(layout, top, bottom, font), top, bottom)

    def pile(self, layout: PageLayout, top: float, bottom: float, font: QFont) -> list[Card]:
        """Return the cards of all marks near two heights of the page, also where others push them farther down."""
        if layout.metrics.side is None or not self.index.marks:
            return []
        marks = self._near(layout, top, bottom)
        wanted = [self._wanted(layout, mark, top, bottom) for mark in marks]
        line_height = QFontMetricsF(font).height()
        heights = [card_height(mark, line_height) for mark in marks]
        level = next((at for at, mark in enumerate(marks) if mark.id == self._shown.selected), None)
        tops = piled(wanted, heights, level=level)
        left = layout.metrics.card_left
        return [
            Card(mark, QRectF(left, y, CARD_WIDTH, height))
            for mark, y, height in zip(marks, tops, heights, strict=True)
        ]

    def paint(self, painter: QPainter, layout: PageLayout, cards: list[Card], palette: QPalette, font: QFont) -> None:
        """Paint these cards and the lines that lead from them to the text."""
        for card in cards:
            self._leader(painter, layout, card, palette)
        for card in cards:
            self._card(painter, card, palette, font)

    def _near(self, layout: PageLayout, top: float, bottom: float) -> list[Mark]:
        first_line, last_line = layout.line_at(top), layout.line_at(bottom)
        if first_line is None or last_line is None:
            return []
        first = self.index.starting_from(first_line.line.start)
        first = max((first - _BEFORE) // _STRIDE * _STRIDE, 0)
        last = self.index.starting_from(last_line.line.end + 1)
        marks = self.index.marks[first:last]
        selected = self.index.get(self._shown.selected)
        if selected and selected not in marks and selected.start < last_line.line.end:
            marks = [selected, *marks]
        return marks

    def _wanted(self, layout: PageLayout, mark: Mark, top: float, bottom: float) -> float:
        """Return where a card would like to stand; that of the selected mark stays in view while its text is."""
        y = layout.top_of(mark.start)
        if mark.id == self._shown.selected and y < top and layout.top_of(mark.end - 1) + layout.metrics.pitch > top:
            return top + GAP
        return y + layout.metrics.pitch * 0.1

    def _leader(self, painter: QPainter, layout: PageLayout, card: Card, palette: QPalette) -> None:
        """Draw the line to the mark's first line: beside its text it runs at the height of the underline."""
        if not layout.is_known(card.mark.start):
            return
        chosen = card.mark.id == self._shown.selected
        placed = layout.line_of(Spot(card.mark.start))
        rectangles = placed.rectangles(card.mark.start, card.mark.end)
        if not rectangles:
            return
        metrics = layout.metrics
        y = underline_height(placed, self._shown.index.lane(card.mark))
        at_card = card.box.top() + _PADDING + 8.0
        if metrics.side == "left":
            xs = (card.box.right(), metrics.column_left - 8, min(box.left() for box in rectangles))
        else:
            xs = (card.box.left(), metrics.column_right + 8, max(box.right() for box in rectangles))
        colour = shade(card.mark.colour, dark=_is_dark(palette))
        colour.setAlphaF(0.9 if chosen else 0.45)
        painter.setPen(QPen(colour, 1.4 if chosen else 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        points = [QPointF(xs[0], at_card), QPointF((xs[0] + xs[1]) / 2, at_card), QPointF(xs[1], y), QPointF(xs[2], y)]
        painter.drawPolyline(QPolygonF(points))

    def _card(self, painter: QPainter, card: Card, palette: QPalette, font: QFont) -> None:
        chosen = card.mark.id == self._shown.selected
        colour = shade(card.mark.colour, dark=_is_dark(palette))
        fill, edge = QColor(palette.color(QPalette.ColorRole.Base)), QColor(colour)
        edge.setAlphaF(1.0 if chosen else 0.45)
        painter.setPen(QPen(edge, 1.6 if chosen else 1.0))
        painter.setBrush(fill)
        painter.drawRoundedRect(card.box, _RADIUS, _RADIUS)
        if chosen:
            colour.setAlphaF(0.1)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRoundedRect(card.box, _RADIUS, _RADIUS)
            colour.setAlphaF(1.0)
        self._words(painter, card, colour, palette, font)

    def _words(self, painter: QPainter, card: Card, colour: QColor, palette: QPalette, font: QFont) -> None:
        """Write a card's lines, each elided and from the side at which its own text begins."""
        height, y = (card.box.height() - 2 * _PADDING) / len(card.mark.card), card.box.top() + _PADDING
        before, bold = painter.layoutDirection(), QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        for number, words in enumerate(card.mark.card):
            painter.setFont(font if number else bold)
            painter.setPen(palette.color(QPalette.ColorRole.Text) if number else colour)
            painter.setLayoutDirection(_direction(words))
            box = QRectF(card.box.left() + _INDENT, y, WORDS_WIDTH, height)
            shown = _elided(words, (font if number else bold).key(), box.width())
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine, shown)
            y += height
        painter.setLayoutDirection(before)


def in_view(cards: Sequence[Card], top: float, bottom: float) -> list[Card]:
    """Return the cards that lie between two heights of the page, at least in part."""
    return [card for card in cards if card.box.bottom() >= top and card.box.top() <= bottom]


def card_at(cards: Sequence[Card], point: QPointF) -> str | None:
    """Return the id of the mark whose card lies at a point, or None."""
    return next((card.mark.id for card in cards if card.box.contains(point)), None)


def piled(wanted: Sequence[float], heights: Sequence[float], *, level: int | None) -> list[float]:
    """Return the tops of cards that would like to stand at `wanted` (sorted) and may not overlap.

    The card number `level` gets its wish; those after it are pushed down, those before it up.
    """
    tops = list(wanted)
    start = level or 0
    for at in range(1, start):
        tops[at] = max(tops[at], tops[at - 1] + heights[at - 1] + GAP)
    for at in range(start - 1, -1, -1):
        tops[at] = min(tops[at], tops[at + 1] - heights[at] - GAP)
    for at in range(start + 1, len(tops)):
        tops[at] = max(tops[at], tops[at - 1] + heights[at - 1] + GAP)
    return tops


def card_height(mark: Mark, line_height: float) -> float:
    """Return how high the card of a mark is."""
    return len(mark.card) * line_height + 2 * _PADDING


@lru_cache(maxsize=512)
def _elided(words: str, font: str, width: float) -> str:
    written = QFont()
    written.fromString(font)
    return QFontMetricsF(written).elidedText(words, Qt.TextElideMode.ElideRight, width)


def _direction(words: str) -> Qt.LayoutDirection:
    return Qt.LayoutDirection.RightToLeft if direction_of(words) == "rtl" else Qt.LayoutDirection.LeftToRight


def _is_dark(palette: QPalette) -> bool:
    return palette.color(QPalette.ColorRole.Base).lightness() < 128
