"""Where every line of an article stands: our own layout of the Qt document.

Each paragraph is a QTextLayout with one format, in its own direction, laid out only when it comes near the view; until
then its height is an estimate. Marks take no part in it, so annotating never moves or reshapes a glyph.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFontMetricsF,
    QPainter,
    QTextBlock,
    QTextDocument,
    QTextFrame,
    QTextLayout,
    QTextLine,
    QTextOption,
)

MEASURE_EM = 36.0
LINE_FACTOR = 1.28
_PARAGRAPH_GAP = 0.28
_EMPTY_PARAGRAPH = 0.3
_PAGE_MARGIN = 28.0
_Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One visual line: its UTF-16 span in the document, its top and height, and each character's left and right edge."""

    start: int
    end: int
    top: float
    height: float
    baseline: float
    edges: tuple[_Interval, ...]
    right_to_left: tuple[bool, ...]

    def position_at(self, x: float) -> int:
        """Return the UTF-16 position between characters that is nearest to `x` on this line.

        `QTextLine.xToCursor` takes the wrong side where the direction changes; the drawn edges do not.
        """
        if not self.edges:
            return self.start
        index = min(range(len(self.edges)), key=lambda at: _distance(self.edges[at], x))
        left, right = self.edges[index]
        leading_half = x > (left + right) / 2 if self.right_to_left[index] else x < (left + right) / 2
        if not leading_half:
            drawn = self.edges[index]
            while index < len(self.edges) and self.edges[index] == drawn:
                index += 1
        return self.start + index

    def rectangles(self, start: int, end: int) -> list[QRectF]:
        """Return the rectangles that the part of `[start, end)` on this line needs: one for each visual run."""
        first, last = max(start, self.start) - self.start, min(end, self.end) - self.start
        joined = _joined([edge for edge in self.edges[first:last] if edge[1] > edge[0]])
        return [QRectF(left, self.top, right - left, self.height) for left, right in joined]


class PageLayout(QAbstractTextDocumentLayout):
    """Lays an article out in a column of comfortable measure, right to left where the text is."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._width = 600.0
        self._direction: Qt.LayoutDirection | None = None
        self._heights: list[float] = []
        self._known: list[bool] = []
        self._tops: list[float] = [0.0]
        self._directions: list[Qt.LayoutDirection] = []
        self._paragraphs: list[str] = []
        self._lines: dict[int, list[ShownLine]] = {}
        self.painter: PagePainter = PagePainter()

    # -- what the view asks ---------------------------------------------------------------------------------------

    def set_text_facts(self, paragraphs: list[str], direction: Qt.LayoutDirection | None) -> None:
        """Take the paragraphs' directions from our text; `direction` overrides them all."""
        self._direction = direction
        self._directions = _directions(paragraphs)
        self._paragraphs = paragraphs
        self.forget()

    def forget(self) -> None:
        """Forget all geometry: the width, the font or the text changed."""
        count = len(self._directions)
        self._lines.clear()
        self._known = [False] * count
        pitch, per_line = self.pitch(), max(self.column_width() / max(self._character_width(), 1.0), 1.0)
        self._heights = [self._height(text, -(-len(text) // int(per_line)), pitch) for text in self._paragraphs]
        self._stack()
        self.documentSizeChanged.emit(self.documentSize())

    def lay_out(self, top: float, bottom: float) -> bool:
        """Lay out the paragraphs between two heights; tell whether the size of the whole changed."""
        changed = False
        number = self._paragraph_at(top)
        while number < len(self._heights) and self._tops[number] <= bottom:
            changed |= self._know(number)
            number += 1
        if changed:
            self.documentSizeChanged.emit(self.documentSize())
        return changed

    def lines_between(self, top: float, bottom: float) -> list[ShownLine]:
        """Return the lines between two heights, from top to bottom."""
        found: list[ShownLine] = []
        number = self._paragraph_at(top)
        while number < len(self._heights) and self._tops[number] <= bottom:
            found += [line for line in self.lines(number) if line.top + line.height >= top and line.top <= bottom]
            number += 1
        return found

    def lines(self, number: int) -> list[ShownLine]:
        """Return the lines of a paragraph; their geometry is computed once and kept."""
        if number not in self._lines:
            self._know(number)
            block = self.document().findBlockByNumber(number)
            layout = block.layout()
            origin = QPointF(0.0, self._tops[number])
            units = _units(self._paragraphs[number])
            self._lines[number] = [
                _shown_line(layout.lineAt(index), block, units, origin, self.pitch())
                for index in range(layout.lineCount())
            ]
        return self._lines[number]

    def lines_of_span(self, start: int, end: int) -> list[ShownLine]:
        """Return the lines that a UTF-16 span lies on."""
        first, last = self.document().findBlock(start).blockNumber(), self.document().findBlock(end).blockNumber()
        lines = [line for number in range(first, last + 1) for line in self.lines(number)]
        return [line for line in lines if line.start < end and line.end > start]

    def character_at(self, point: QPointF) -> int | None:
        """Return the UTF-16 position of the character drawn at a point, or None where there is none."""
        for line in self.lines_between(point.y(), point.y()):
            if line.top <= point.y() < line.top + line.height:
                for index, (left, right) in enumerate(line.edges):
                    if left <= point.x() < right:
                        return line.start + index
        return None

    def column_width(self) -> float:
        """Return the width of the column of text."""
        widest = MEASURE_EM * QFontMetricsF(self.document().defaultFont()).height() / 1.7
        return max(min(self._width - 2 * _PAGE_MARGIN, widest), 60.0)

    def column_left(self) -> float:
        """Return the left edge of the column of text."""
        return (self._width - self.column_width()) / 2

    def pitch(self) -> float:
        """Return the distance from one line to the next."""
        return float(round(QFontMetricsF(self.document().defaultFont()).height() * LINE_FACTOR))

    @property
    def laid_out(self) -> int:
        """How many paragraphs have been laid out."""
        return sum(self._known)

    # -- what Qt asks ---------------------------------------------------------------------------------------------

    def documentChanged(self, position: int, removed: int, added: int) -> None:
        width = self.document().pageSize().width()
        if width > 0 and width != self._width:
            self._width = width
            if self._directions:
                self.forget()

    def pageCount(self) -> int:
        return 1

    def documentSize(self) -> QSizeF:
        return QSizeF(self._width, self._tops[-1] + _PAGE_MARGIN)

    def frameBoundingRect(self, frame: QTextFrame) -> QRectF:
        return QRectF(QPointF(0.0, 0.0), self.documentSize())

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        number = block.blockNumber()
        if not 0 <= number < len(self._heights):
            return QRectF()
        self._know(number)
        return QRectF(0.0, self._tops[number], self._width, self._heights[number])

    def hitTest(self, point: QPointF, accuracy: Qt.HitTestAccuracy) -> int:  # type: ignore[override]
        if not self._heights:
            return 0
        exact = self.character_at(point)
        if accuracy == Qt.HitTestAccuracy.ExactHit:
            return -1 if exact is None else exact
        number = self._paragraph_at(point.y())
        self._know(number)
        line = self._line_at(number, point.y() - self._tops[number])
        return line.position_at(point.x())

    def draw(self, painter: QPainter, context: QAbstractTextDocumentLayout.PaintContext) -> None:
        clip = context.clip
        self.lay_out(clip.top(), clip.bottom())
        lines = self.lines_between(clip.top(), clip.bottom())
        self.painter.paint(painter, self, context, lines)

    # -- inside ---------------------------------------------------------------------------------------------------

    def draw_glyphs(self, painter: QPainter, start: int) -> None:
        """Draw the paragraph that holds a UTF-16 position."""
        block = self.document().findBlock(start)
        block.layout().draw(painter, QPointF(0.0, self._tops[block.blockNumber()]))

    def draw_caret(self, painter: QPainter, position: int) -> None:
        """Draw the reading caret."""
        block = self.document().findBlock(position)
        if block.isValid() and block.blockNumber() < len(self._tops) - 1:
            self._know(block.blockNumber())
            top = QPointF(0.0, self._tops[block.blockNumber()])
            block.layout().drawCursor(painter, top, position - block.position(), 2)

    def _know(self, number: int) -> bool:
        """Lay a paragraph out unless it is; tell whether its height was not as estimated."""
        if self._known[number]:
            return False
        self._known[number] = True
        height = self._lay_out_paragraph(self.document().findBlockByNumber(number))
        if height == self._heights[number]:
            return False
        self._heights[number] = height
        self._stack(number)
        return True

    def _lay_out_paragraph(self, block: QTextBlock) -> float:
        direction = self._direction or self._directions[block.blockNumber()]
        layout = block.layout()
        layout.setTextOption(_option(direction))
        left, width, pitch = self.column_left(), self.column_width(), self.pitch()
        layout.beginLayout()
        count = 0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(left, count * pitch + (pitch - line.height()) * 0.4))
            count += 1
        layout.endLayout()
        return self._height(self._paragraphs[block.blockNumber()], count, pitch)

    def _height(self, paragraph: str, lines: int, pitch: float) -> float:
        """Return the height of a paragraph with the gap after it; an empty one is only a gap."""
        return pitch * (lines + _PARAGRAPH_GAP if paragraph.strip() else _EMPTY_PARAGRAPH)

    def _stack(self, changed: int = -1) -> None:
        self._tops = list(accumulate(self._heights, initial=_PAGE_MARGIN))
        for number in [number for number in self._lines if number > changed]:
            del self._lines[number]

    def _paragraph_at(self, y: float) -> int:
        return min(max(bisect_right(self._tops, y) - 1, 0), max(len(self._heights) - 1, 0))

    def _line_at(self, number: int, y: float) -> ShownLine:
        lines = self.lines(number)
        return lines[min(max(int(y // self.pitch()), 0), len(lines) - 1)]

    def _character_width(self) -> float:
        return QFontMetricsF(self.document().defaultFont()).averageCharWidth()


class PagePainter:
    """Paints lines; the marks' painter replaces it."""

    def paint(
        self,
        painter: QPainter,
        layout: PageLayout,
        context: QAbstractTextDocumentLayout.PaintContext,
        lines: list[ShownLine],
    ) -> None:
        """Paint the given lines."""


def _shown_line(line: QTextLine, block: QTextBlock, units: list[str], origin: QPointF, pitch: float) -> ShownLine:
    start, length = line.textStart(), line.textLength()
    first = block.position() + start
    top = origin.y() + line.lineNumber() * pitch
    baseline = origin.y() + line.y() + line.ascent()
    edges, right_to_left = _edges(line, units)
    return ShownLine(first, first + length, top, pitch, baseline, edges, right_to_left)


def _edges(line: QTextLine, units: list[str]) -> tuple[tuple[_Interval, ...], tuple[bool, ...]]:
    """Return the left and right edge of every UTF-16 unit of a line, and whether it runs right to left, by its glyphs.

    `QTextLine.cursorToX` cannot tell the two sides of a change of direction apart; the glyph runs can. What several
    characters draw together (lam-alef) is shared among those that have a width of their own.
    """
    start, end = line.textStart(), line.textStart() + line.textLength()
    clusters = _clusters(line)
    edges, directions = [(0.0, 0.0)] * (end - start), [False] * (end - start)
    for first, after in pairwise([*sorted(clusters), end]):
        (left, right), right_to_left = clusters[first]
        for position, interval in _shares(units, first, after, left, right, right_to_left=right_to_left):
            if start <= position < end:
                edges[position - start], directions[position - start] = interval, right_to_left
    return tuple(edges), tuple(directions)


def _clusters(line: QTextLine) -> dict[int, tuple[_Interval, bool]]:
    """Return what each cluster of a line occupies and whether it runs right to left, by its first UTF-16 position."""
    clusters: dict[int, tuple[_Interval, bool]] = {}
    for run in line.glyphRuns(-1, -1, QTextLayout.GlyphRunRetrievalFlag.RetrieveAll):
        advances = run.rawFont().advancesForGlyphIndexes(run.glyphIndexes())
        for index, position, advance in zip(run.stringIndexes(), run.positions(), advances, strict=True):
            left, right = position.x(), position.x() + advance.x()
            known = clusters.get(index)
            if known and advance.x() > 0 and known[0][1] > known[0][0]:
                left, right = min(left, known[0][0]), max(right, known[0][1])
            if known is None or advance.x() > 0:
                clusters[index] = ((left, right), run.isRightToLeft())
    return clusters


def _shares(
    units: list[str], first: int, after: int, left: float, right: float, *, right_to_left: bool
) -> Iterator[tuple[int, _Interval]]:
    """Yield each position of a cluster with its share of the width; marks and controls have that of their base."""
    wide = [position for position in range(first, after) if position == first or _has_width(units[position])]
    share = (right - left) / len(wide)
    number = -1
    for position in range(first, after):
        number += position in wide
        edge = right - (number + 1) * share if right_to_left else left + number * share
        yield position, (edge, edge + share)


def _has_width(unit: str) -> bool:
    return bool(unit) and unicodedata.category(unit) not in ("Mn", "Me", "Cf", "Cc")


def _units(paragraph: str) -> list[str]:
    """Return a paragraph by UTF-16 units; the second half of a surrogate pair is empty."""
    units: list[str] = []
    for character in paragraph:
        units += (character, "") if character > "\uffff" else (character,)
    return units


def _distance(interval: _Interval, x: float) -> float:
    left, right = interval
    return max(left - x, x - right, 0.0) if right > left else float("inf")


def _joined(intervals: list[_Interval]) -> list[_Interval]:
    """Join intervals that touch; what stays apart is a visual run of its own."""
    joined: list[_Interval] = []
    for left, right in sorted(intervals):
        if joined and left <= joined[-1][1] + 0.5:
            joined[-1] = (joined[-1][0], max(right, joined[-1][1]))
        else:
            joined.append((left, right))
    return joined


def _option(direction: Qt.LayoutDirection) -> QTextOption:
    # QTextLayout does not flip alignment by itself.
    right = direction == Qt.LayoutDirection.RightToLeft
    option = QTextOption(Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft)
    option.setTextDirection(direction)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


def _directions(paragraphs: list[str]) -> list[Qt.LayoutDirection]:
    """Return each paragraph's direction by its first strong character; one without takes the direction before it."""
    directions = []
    current = Qt.LayoutDirection.RightToLeft
    for paragraph in paragraphs:
        strong = next((kind for kind in map(unicodedata.bidirectional, paragraph) if kind in ("L", "R", "AL")), None)
        if strong:
            current = Qt.LayoutDirection.LeftToRight if strong == "L" else Qt.LayoutDirection.RightToLeft
        directions.append(current)
    return directions
