"""Plain text set in one font and broken into lines: titles, notes and all the small print of a sheet."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextLine, QTextOption

from annotator.model import Direction
from ui.page.pieces import own_direction
from ui.page.utf16 import Utf16Map, shown_text
from ui.translate import language

_DIRECTIONS = {"rtl": Qt.LayoutDirection.RightToLeft, "ltr": Qt.LayoutDirection.LeftToRight}
_STRONG = {"rtl": "\u200f", "ltr": "\u200e"}  # RLM, LRM


class Typeset:
    """Lines of one text, all equally high. Lengths are in units; the text runs in its own direction.

    It stands at the side where the interface begins, or with `direction` at the side where that does. What goes beyond the
    `most` lines allowed is elided.
    """

    def __init__(
        self, text: str, font: QFont, width: float, *, most: int | None = None, direction: Direction | None = None
    ) -> None:
        self.font, self.width = font, width
        self.pitch = float(round(QFontMetricsF(font).height()))
        self._side = direction or interface_direction()
        self._text = shown_text(text).replace("\n", "\u2028")
        self._lines = self._broken()
        self.is_whole = most is None or len(self._lines) <= most
        if most is not None and not self.is_whole:
            self._text = self._cut_after(most)
            self._lines = self._broken()[:most]

    @property
    def direction(self) -> Direction:
        """The direction of the text."""
        return own_direction(self._text) or self._side

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    @property
    def height(self) -> float:
        """How high all lines are together."""
        return self.count * self.pitch

    def words(self) -> list[str]:
        """Return the text of each line."""
        offsets = Utf16Map(self._text)
        return [
            self._text[
                offsets.to_code_points(line.textStart()) : offsets.to_code_points(line.textStart() + line.textLength())
            ].strip()
            for line in self._lines
        ]

    def draw(self, painter: QPainter, left: float, top: float) -> None:
        """Draw all lines in the painter's pen."""
        for number in range(self.count):
            self.draw_line(painter, number, left, top + number * self.pitch)

    def draw_line(self, painter: QPainter, number: int, left: float, top: float) -> None:
        """Draw one line with its top at a height."""
        self._lines[number].draw(painter, QPointF(left, top - number * self.pitch))

    def _broken(self) -> list[QTextLine]:
        self._layout = QTextLayout(self._text, self.font)
        self._layout.setTextOption(self._option())
        lines: list[QTextLine] = []
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(self.width)
            line.setPosition(QPointF(0.0, len(lines) * self.pitch))
            lines.append(line)
        self._layout.endLayout()
        return lines

    def _option(self) -> QTextOption:
        option = QTextOption(Qt.AlignmentFlag.AlignRight if self._side == "rtl" else Qt.AlignmentFlag.AlignLeft)
        option.setTextDirection(_DIRECTIONS[self.direction])
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        return option

    def _cut_after(self, most: int) -> str:
        start = Utf16Map(self._text).to_code_points(self._lines[most - 1].textStart())
        rest = self._text[start:].replace("\u2028", " ")
        metrics = QFontMetricsF(self.font)
        return self._text[:start] + metrics.elidedText(rest, Qt.TextElideMode.ElideRight, self.width - 1.0)


def embedded(words: str, direction: Direction) -> str:
    """Return a line torn out of a text in such a way that it still runs as it did there."""
    return f"{_STRONG[direction]}{words}"


def interface_direction() -> Direction:
    """Return the direction of the interface's language."""
    return "rtl" if language() == "ar" else "ltr"


def numeral(number: int) -> str:
    """Return a number in the digits of the interface's language."""
    return QLocale(language()).toString(number)
