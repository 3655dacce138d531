"""What surrounds the text on every sheet: title, source and legend at the head of the first, the title again at the head of
the others, and at the foot whose work it is and which page of how many.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPalette, QPen

from ui.page.painting import UNDERLINE, band_fill, underline_pen
from ui.page.paper.printout import LegendEntry, Paper, Printout, paper_font
from ui.page.paper.typeset import Typeset, interface_direction, numeral
from ui.page.pieces import own_direction
from ui.translate import isolated, tr

_TITLE, _SMALL, _LEGEND = 17.0, 8.5, 9.5
_MOST_TITLE_LINES = 4
_GAP, _FOOT = 12.0, 34.0
_PAD, _BETWEEN, _WIDEST = 7.0, 26.0, 260.0
_RULE = QColor("#c9cdd2")


@dataclass(frozen=True, slots=True)
class _Item:
    """One label of the legend in its place: the name on its band, and the number of its marks."""

    entry: LegendEntry
    name: Typeset
    count: Typeset
    left: float
    top: float


class Frame:
    """Head and foot of the sheets, between two edges."""

    def __init__(self, printout: Printout, paper: Paper, *, left: float, right: float) -> None:
        self._printout, self._paper = printout, paper
        self._left, self._right = left, right
        title, width, small = " ".join(printout.title.split()), right - left, paper_font(_SMALL)
        font = paper_font(_TITLE, family=printout.family, bold=True)
        self._title = Typeset(title, font, width, most=_MOST_TITLE_LINES, direction=own_direction(title))
        self._source = Typeset(_source(printout), small, width, most=1)
        self._title_again = Typeset(title, small, width, most=1)
        self._foot = Typeset(printout.footer, small, width * 0.7, most=1)
        self._legend, self._legend_height = self._laid_out(self._title.height + self._source.height + _GAP)

    def head(self, number: int) -> float:
        """Return how high the head of sheet number 0, 1, … is."""
        if number:
            return self._title_again.height + 2 * _GAP
        return self._title.height + self._source.height + self._legend_height + 3 * _GAP

    def room(self, number: int) -> float:
        """Return how much of a sheet is left for the text."""
        return max(self._paper.height - self.head(number) - _FOOT, 1.0)

    def paint(self, painter: QPainter, palette: QPalette, number: int, total: int) -> None:
        """Paint head and foot of one of `total` sheets."""
        ink, quiet = palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.PlaceholderText)
        if number:
            self._draw(painter, quiet, self._title_again, 0.0)
        else:
            self._draw(painter, ink, self._title, 0.0)
            self._draw(painter, quiet, self._source, self._title.height)
            for item in self._legend:
                _paint_item(painter, item, ink, quiet)
        self._rule(painter, self.head(number) - _GAP)
        self._paint_foot(painter, quiet, number, total)

    def _draw(self, painter: QPainter, colour: QColor, words: Typeset, top: float) -> None:
        painter.setPen(colour)
        words.draw(painter, self._left, top)

    def _rule(self, painter: QPainter, y: float) -> None:
        painter.setPen(QPen(_RULE, 1.0))
        painter.drawLine(QLineF(self._left, y, self._right, y))

    def _paint_foot(self, painter: QPainter, quiet: QColor, number: int, total: int) -> None:
        words = tr("Page {page} of {pages}").format(page=numeral(number + 1), pages=numeral(total))
        page = _snug(words, paper_font(_SMALL))
        top, right_to_left = self._paper.height - page.height, interface_direction() == "rtl"
        self._rule(painter, top - 5.0)
        painter.setPen(quiet)
        page.draw(painter, self._left if right_to_left else self._right - page.width, top)
        self._foot.draw(painter, self._right - self._foot.width if right_to_left else self._left, top)

    def _laid_out(self, top: float) -> tuple[list[_Item], float]:
        """Return the legend's items, in as many rows as they need, and the height of these."""
        items: list[_Item] = []
        along, row, whole = 0.0, 0, self._right - self._left
        for entry in self._printout.legend:
            name, count = _snug(entry.name, paper_font(_LEGEND)), _snug(numeral(entry.count), paper_font(_SMALL))
            width = name.width + 2 * _PAD + count.width
            if along and along + width > whole:
                along, row = 0.0, row + 1
            left = self._right - along - width if interface_direction() == "rtl" else self._left + along
            items.append(_Item(entry, name, count, left, top + row * (name.pitch + 6.0)))
            along += width + _BETWEEN
        return items, (row + 1) * (items[0].name.pitch + 6.0) if items else 0.0


def _paint_item(painter: QPainter, item: _Item, ink: QColor, quiet: QColor) -> None:
    right_to_left = interface_direction() == "rtl"
    left = item.left + (item.count.width + _PAD if right_to_left else _PAD)
    box = QRectF(left - 4.0, item.top + 1.0, item.name.width + 8.0, item.name.pitch - 2.0)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(band_fill(item.entry.colour, item.entry.long, False, False))
    painter.drawRoundedRect(box, 3.0, 3.0)
    painter.setPen(underline_pen(item.entry.colour, item.entry.style, UNDERLINE, False))
    painter.drawLine(QLineF(box.left() + 1.0, box.bottom(), box.right() - 1.0, box.bottom()))
    painter.setPen(ink)
    item.name.draw(painter, left, item.top)
    painter.setPen(quiet)
    beside = item.left if right_to_left else box.right() + _PAD
    item.count.draw(painter, beside, item.top + (item.name.pitch - item.count.pitch) / 2)


def _snug(text: str, font: QFont) -> Typeset:
    """Return a text on one line that is as wide as it needs to be."""
    return Typeset(text, font, min(QFontMetricsF(font).horizontalAdvance(text) + 2.0, _WIDEST), most=1)


def _source(printout: Printout) -> str:
    words = tr("{file} · SHA-256 {hash}")
    return words.format(file=isolated(printout.file), hash=printout.sha256[:12]) if printout.file else ""
