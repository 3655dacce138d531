"""One line of the concordance as it is drawn: in one piece, the hit in the middle, what has no room cut off at the far ends.

All of it is one paragraph, laid out in the direction of its article, so letters join and words of other scripts stand as they
do on the page. The hit gets a band beneath it and no format of its own, which would cut the letters apart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption

from annotator.concordance import KwicLine
from annotator.model import Direction
from ui.page.utf16 import Utf16Map, shown_text

_CUT = "…"
_WIDEST_HIT = 0.6
_DIRECTIONS = {"rtl": Qt.LayoutDirection.RightToLeft, "ltr": Qt.LayoutDirection.LeftToRight}


@dataclass(frozen=True, slots=True)
class Kwic:
    """A line laid out: what is drawn, where, and the box of its hit."""

    layout: QTextLayout
    at: QPointF
    hit: QRectF
    text: str


def laid_out(line: KwicLine, font: QFont, box: QRectF) -> Kwic:
    """Lay a line out in a box."""
    advance = QFontMetricsF(font).horizontalAdvance
    hit = _beginning(line.hit, box.width() * _WIDEST_HIT, advance)
    room = (box.width() - advance(hit)) / 2
    left, right = _end(line.left, room, advance), _beginning(line.right, room, advance)
    text = left + hit + right
    layout = QTextLayout(shown_text(text), font)
    layout.setTextOption(_option(line.direction))
    layout.beginLayout()
    drawn = layout.createLine()
    drawn.setLineWidth(100_000)
    layout.endLayout()
    offsets = Utf16Map(text)
    first, last = offsets.to_utf16(len(left)), offsets.to_utf16(len(left) + len(hit))
    edges = sorted(drawn.cursorToX(at)[0] for at in (first, last))  # type: ignore[index]
    middle = (edges[0] + edges[1]) / 2
    at = QPointF(box.center().x() - middle, box.center().y() - drawn.height() / 2)
    return Kwic(layout, at, QRectF(edges[0] + at.x(), at.y(), edges[1] - edges[0], drawn.height()), text)


def _option(direction: Direction) -> QTextOption:
    option = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    option.setTextDirection(_DIRECTIONS[direction])
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    return option


def _beginning(text: str, width: float, advance: Callable[[str], float]) -> str:
    """Return as many of the first words as have room."""
    if advance(text) <= width:
        return text
    ends = [at for at, sign in enumerate(text) if sign == " "]
    fitting = _most(len(ends), lambda count: advance(text[: ends[count - 1]] + _CUT) <= width)
    return text[: ends[fitting - 1]] + _CUT if fitting else _CUT


def _end(text: str, width: float, advance: Callable[[str], float]) -> str:
    """Return as many of the last words as have room."""
    if advance(text) <= width:
        return text
    starts = [at + 1 for at, sign in enumerate(text) if sign == " "][::-1]
    fitting = _most(len(starts), lambda count: advance(_CUT + text[starts[count - 1] :]) <= width)
    return _CUT + text[starts[fitting - 1] :] if fitting else _CUT


def _most(count: int, fits: Callable[[int], bool]) -> int:
    """Return the greatest number up to `count` that fits, where all smaller ones do too; 0 if none does."""
    low, high = 0, count
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(middle) else (low, middle - 1)
    return low
