"""Where every line of an article stands: our own layout of the Qt document.

Each paragraph is laid out with one format, in its own direction, only when it comes near the view; until then its height is
an estimate. What has been left far behind is forgotten again, all but its height. Marks take no part in any of this, so
annotating never moves or reshapes a glyph.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from itertools import accumulate
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFontMetricsF,
    QPainter,
    QTextBlock,
    QTextDocument,
    QTextFrame,
    QTextLayout,
    QTextOption,
)

from ui.page.lines import ShownLine, Spot, units_of
from ui.page.metrics import LEADINGS, MEASURES, PAGE_MARGIN, PageMetrics
from ui.page.pieces import Piece

_PARAGRAPH_GAP = 0.28
_EMPTY_PARAGRAPH = 0.3
_MOST_LIVE = 60_000  # characters kept laid out: some twenty screens
_SAMPLE = 2000
_DIRECTIONS = {"rtl": Qt.LayoutDirection.RightToLeft, "ltr": Qt.LayoutDirection.LeftToRight}


class Placed(NamedTuple):
    """A line with the height of its top on the page, and of its paragraph's."""

    line: ShownLine
    top: float
    paragraph_top: float

    def rectangles(self, start: int, end: int) -> list[QRectF]:
        """Return the rectangles of the part of a span that lies on this line."""
        return self.line.rectangles(start, end, self.top)


class PageLayout(QAbstractTextDocumentLayout):
    """Lays an article out in a column of comfortable measure, right to left where the text is."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.metrics = PageMetrics(600.0, 27.0, MEASURES["medium"], LEADINGS["normal"], None)
        self._pieces: list[Piece] = []
        self._starts: list[int] = []
        self._heights: list[float] = []
        self._known: list[bool] = []
        self._tops: list[float] = [0.0]
        self._live: OrderedDict[int, list[ShownLine]] = OrderedDict()
        self._layouts: dict[int, QTextLayout] = {}
        self._live_characters = 0
        self._lent: set[int] = set()

    # -- what is laid out -----------------------------------------------------------------------------------------

    def set_pieces(self, pieces: list[Piece]) -> None:
        """Take another text; the document holds it already."""
        self._live.clear()
        self._layouts.clear()
        self._live_characters = 0
        self._pieces = pieces
        self._starts = [piece.start for piece in pieces]
        self.forget()

    def set_metrics(self, metrics: PageMetrics) -> None:
        """Take other measures."""
        if metrics != self.metrics:
            self.metrics = metrics
            self.forget()

    def forget(self) -> None:
        """Forget all geometry: the measures, the font or the text changed."""
        while self._live:
            self._drop(next(iter(self._live)))
        self._lent.clear()
        self._known = [False] * len(self._pieces)
        per_line = max(self.metrics.column_width / self._character_width(), 1.0)
        self._heights = [self._height(piece, -(-piece.length // int(per_line))) for piece in self._pieces]
        self._stack()

    def settle(self, top: float, bottom: float) -> float:
        """Lay out what lies between two heights and return by how much that moved what was known there before."""
        first = self._piece_at(top)
        numbers = range(first, self._piece_at(bottom) + 1)
        anchor = next((number for number in numbers if self._known[number]), None)
        before = self._tops[anchor] if anchor is not None else 0.0
        self._evict(keep=self._learn_from(first, bottom))
        return self._tops[anchor] - before if anchor is not None else 0.0

    # -- what the view asks ---------------------------------------------------------------------------------------

    @property
    def height(self) -> float:
        """The height of the whole page, as far as it is known."""
        return self._tops[-1] + PAGE_MARGIN

    @property
    def laid_out(self) -> int:
        """How many pieces have been laid out."""
        return sum(self._known)

    def lines_between(self, top: float, bottom: float) -> list[Placed]:
        """Return the lines between two heights, from top to bottom."""
        found: list[Placed] = []
        number, pitch = self._piece_at(top), self.metrics.pitch
        while number < len(self._pieces) and self._tops[number] < bottom:
            lines, above = self._lines(number), self._tops[number]
            first, last = max(int((top - above) // pitch), 0), int((bottom - above) // pitch) + 1
            found += [Placed(line, above + line.offset, above) for line in lines[first:last]]
            number += 1
        return found

    def lines_of_span(self, start: int, end: int) -> list[Placed]:
        """Return the lines that a UTF-16 span lies on."""
        numbers = range(self.piece_of(start), self.piece_of(max(end - 1, start)) + 1)
        return [
            self._place(number, line)
            for number in numbers
            for line in self._lines(number)
            if line.start < end and line.end > start
        ]

    def line_of(self, spot: Spot) -> Placed:
        """Return the line on which the caret is drawn at a place."""
        number = self.piece_of(spot.position)
        if spot.after and number and spot.position == self._pieces[number - 1].end:
            number -= 1
        lines = self._lines(number)
        index = max(bisect_right(lines, spot.position, key=lambda line: line.start) - 1, 0)
        if spot.after and index > 0 and lines[index].start == spot.position:
            index -= 1
        return self._place(number, lines[index])

    def neighbour(self, placed: Placed, by: int) -> Placed | None:
        """Return the line above (-1) or below (1) a line, or None at the end of the article."""
        number = self.piece_of(placed.line.start)
        lines = self._lines(number)
        index = round(placed.line.offset / self.metrics.pitch) + by
        if 0 <= index < len(lines):
            return self._place(number, lines[index])
        if not 0 <= number + by < len(self._pieces):
            return None
        return self._place(number + by, self._lines(number + by)[0 if by > 0 else -1])

    def line_at(self, y: float) -> Placed | None:
        """Return the line at a height, the nearest one where there is none; None when there is no text."""
        if not self._pieces:
            return None
        number = self._piece_at(y)
        lines = self._lines(number)
        index = int((y - self._tops[number]) // self.metrics.pitch)
        return self._place(number, lines[min(max(index, 0), len(lines) - 1)])

    def character_at(self, point: QPointF) -> int | None:
        """Return the UTF-16 position of the character drawn at a point, or None where there is none."""
        placed = self.line_at(point.y())
        if placed is None or not placed.top <= point.y() < placed.top + placed.line.height:
            return None
        return placed.line.character_at(point.x())

    def spot_at(self, point: QPointF) -> Spot:
        """Return the caret's place nearest to a point."""
        placed = self.line_at(point.y())
        return placed.line.spot_at(point.x()) if placed else Spot(0)

    def top_of(self, position: int) -> float:
        """Return the height of the line that holds a position; that of its paragraph while it is not laid out."""
        return self.line_of(Spot(position)).top if self.is_known(position) else self._tops[self.piece_of(position)]

    def is_known(self, position: int) -> bool:
        """Tell whether the piece that holds a position has been laid out, so that its height is no estimate."""
        return self._known[self.piece_of(position)]

    def piece_of(self, position: int) -> int:
        """Return the number of the piece that holds a UTF-16 position."""
        return max(bisect_right(self._starts, position) - 1, 0)

    def piece(self, position: int) -> Piece:
        """Return the piece that holds a UTF-16 position."""
        return self._pieces[self.piece_of(position)]

    def lend(self, position: int) -> None:
        """Lay out Qt's own layout of a paragraph just as ours: a screen magnifier asks Qt where the caret is."""
        self._lend(self.piece_of(position))

    def lend_between(self, top: float, bottom: float) -> None:
        """Lend what lies between two heights: a screen reader asks Qt where the characters in view are."""
        for number in range(self._piece_at(top), self._piece_at(bottom) + 1):
            self._lend(number)

    # -- what Qt asks ---------------------------------------------------------------------------------------------

    def documentChanged(self, position: int, removed: int, added: int) -> None:
        """Do nothing: the view tells when the text changes, and nothing else ever does."""

    def pageCount(self) -> int:
        return 1

    def documentSize(self) -> QSizeF:
        return QSizeF(self.metrics.width, self.height)

    def frameBoundingRect(self, frame: QTextFrame) -> QRectF:
        return QRectF(QPointF(0.0, 0.0), self.documentSize())

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        number = self.piece_of(block.position())
        if not block.isValid() or number >= len(self._pieces):
            return QRectF()
        return QRectF(0.0, self._tops[number], self.metrics.width, self._heights[number])

    def hitTest(self, point: QPointF, accuracy: Qt.HitTestAccuracy) -> int:  # type: ignore[override]
        if accuracy == Qt.HitTestAccuracy.ExactHit:
            exact = self.character_at(point)
            return -1 if exact is None else exact
        return self.spot_at(point).position

    def draw(self, painter: QPainter, context: QAbstractTextDocumentLayout.PaintContext) -> None:
        """Do nothing: the view paints the lines itself."""

    # -- inside ---------------------------------------------------------------------------------------------------

    def _lend(self, number: int) -> None:
        """Qt knows no pieces: one that is not a whole paragraph is not lent."""
        if number >= len(self._pieces) or not self._pieces[number].whole:
            return
        layout = self.document().findBlock(self._pieces[number].start).layout()
        layout.setPosition(QPointF(0.0, self._tops[number]))
        if number not in self._lent:
            self._lent.add(number)
            self._break_lines(layout, self._pieces[number])

    def _place(self, number: int, line: ShownLine) -> Placed:
        top = self._tops[number]
        return Placed(line, top + line.offset, top)

    def _lines(self, number: int) -> list[ShownLine]:
        """Return the lines of a piece, laid out now if they are not."""
        if number not in self._live:
            self._take_in(number)
            if not self._known[number]:
                self._learn(number)
                self._stack()
        self._live.move_to_end(number)
        return self._live[number]

    def _learn_from(self, first: int, bottom: float) -> int:
        """Lay out the pieces from `first` down to a height, stack all of them once, and return how many it were."""
        number, top, changed = first, self._tops[first], False
        while number < len(self._pieces) and top <= bottom:
            if number not in self._live:
                self._take_in(number)
            self._live.move_to_end(number)
            changed |= not self._known[number] and self._learn(number)
            top += self._heights[number]
            number += 1
        if changed:
            self._stack()
        return number - first

    def _learn(self, number: int) -> bool:
        """Note the true height of a piece; tell whether it is not as estimated."""
        self._known[number] = True
        height = self._height(self._pieces[number], len(self._live[number]))
        differs = height != self._heights[number]
        self._heights[number] = height
        return differs

    def _take_in(self, number: int) -> None:
        self._live[number] = self._lay_out(number)
        self._live_characters += self._pieces[number].length

    def _lay_out(self, number: int) -> list[ShownLine]:
        piece, layout = self._pieces[number], self._layout(number)
        count, pitch = self._break_lines(layout, piece), self.metrics.pitch
        units, base = units_of(piece.text), piece.direction
        return [ShownLine(layout.lineAt(at), units, origin=piece.start, pitch=pitch, base=base) for at in range(count)]

    def _break_lines(self, layout: QTextLayout, piece: Piece) -> int:
        """Break a piece into lines in the column of text; return how many."""
        metrics, count = self.metrics, 0
        layout.setTextOption(_option(_DIRECTIONS[piece.direction]))
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(metrics.column_width)
            top = count * metrics.pitch + (metrics.pitch - line.height()) * 0.4
            line.setPosition(QPointF(metrics.column_left, top))
            count += 1
        layout.endLayout()
        return count

    def _layout(self, number: int) -> QTextLayout:
        """Return a layout for a piece. It is not that of Qt's block, which would never give its memory back."""
        piece = self._pieces[number]
        block = self.document().findBlock(piece.start)
        text = block.text()
        if not piece.whole:
            begin = piece.start - block.position()
            text = text.encode("utf-16-le")[begin * 2 : (begin + piece.length) * 2].decode("utf-16-le")
        layout = QTextLayout(text, self.document().defaultFont())
        layout.setCacheEnabled(True)
        self._layouts[number] = layout
        return layout

    def _evict(self, *, keep: int) -> None:
        """Forget the lines of pieces used long ago, but not the `keep` latest; all heights stay known."""
        while self._live_characters > _MOST_LIVE and len(self._live) > keep:
            self._drop(next(iter(self._live)))

    def _drop(self, number: int) -> None:
        del self._live[number], self._layouts[number]
        self._live_characters -= self._pieces[number].length

    def _height(self, piece: Piece, lines: int) -> float:
        """Return the height of a piece with the gap after it; an empty paragraph is only a gap."""
        if not piece.text.strip():
            return self.metrics.pitch * _EMPTY_PARAGRAPH
        return self.metrics.pitch * (max(lines, 1) + (_PARAGRAPH_GAP if piece.ends_paragraph else 0.0))

    def _stack(self) -> None:
        self._tops = list(accumulate(self._heights, initial=PAGE_MARGIN))
        self.documentSizeChanged.emit(self.documentSize())

    def _piece_at(self, y: float) -> int:
        return min(max(bisect_right(self._tops, y) - 1, 0), max(len(self._heights) - 1, 0))

    def _character_width(self) -> float:
        """Return how wide a character of this text is on average."""
        metrics = QFontMetricsF(self.document().defaultFont())
        sample = next((piece.text for piece in self._pieces if piece.text.strip()), "")[:_SAMPLE]
        return max(metrics.horizontalAdvance(sample) / len(sample) if sample else metrics.averageCharWidth(), 1.0)


def _option(direction: Qt.LayoutDirection) -> QTextOption:
    # QTextLayout does not flip alignment by itself.
    right = direction == Qt.LayoutDirection.RightToLeft
    option = QTextOption(Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft)
    option.setTextDirection(direction)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option
