"""One visual line of an article: where each of its characters is drawn, and which character is drawn where.

Positions here are UTF-16 positions of the shown document; heights are relative to the line's top.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import regex
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QTextLayout, QTextLine

from annotator.model import Direction

_GRAPHEME = regex.compile(r"\X")
_WITHOUT_WIDTH = frozenset({"Mn", "Me", "Cf", "Cc"})
_JOINERS = "\u200c\u200d"
_LOOSE = 1.5  # kerning moves neighbours a little apart
# What takes the direction of a paragraph that runs the same way (bidi classes of Unicode Standard Annex 9).
_NEUTRAL = r"\p{bc=NSM}\p{bc=WS}\p{bc=CS}\p{bc=ES}\p{bc=ET}\p{bc=ON}"
_PLAIN_RTL = regex.compile(rf"[\p{{bc=R}}\p{{bc=AL}}{_NEUTRAL}]*")
_PLAIN_LTR = regex.compile(rf"[\p{{bc=L}}\p{{bc=EN}}{_NEUTRAL}]*")
_Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Cell:
    """One grapheme as it is drawn: its span, its left and right edge, and whether it runs right to left."""

    start: int
    end: int
    left: float
    right: float
    right_to_left: bool

    @property
    def width(self) -> float:
        """How wide the grapheme is drawn; 0 for controls."""
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the caret: before the character at `position`, or `after` the one that ends there.

    The two are drawn apart where the direction changes and where a line is wrapped.
    """

    position: int
    after: bool = False


class ShownLine:
    """A line that has been laid out. What is drawn where is found out when somebody asks, and then kept."""

    def __init__(self, line: QTextLine, units: list[str], *, origin: int, pitch: float, base: Direction) -> None:
        self._line, self._base = line, base
        first = line.textStart()
        self._units = units[first : first + line.textLength()]
        self.start = origin + first
        self.end = self.start + len(self._units)
        self.offset = line.lineNumber() * pitch
        self.height = pitch
        self.baseline = line.y() + line.ascent() - self.offset

    def draw(self, painter: QPainter, paragraph_top: float) -> None:
        """Draw the glyphs in the painter's pen."""
        self._line.draw(painter, QPointF(0.0, paragraph_top))

    def glyphs(self) -> list[tuple[str, list[int], list[tuple[float, float]]]]:
        """Return the glyphs run by run: the font's family, the glyphs' numbers, and where each stands."""
        return [
            (run.rawFont().familyName(), run.glyphIndexes(), [(place.x(), place.y()) for place in run.positions()])
            for run in self._line.glyphRuns()
        ]

    @cached_property
    def edges(self) -> list[_Interval]:
        """The left and right edge of each UTF-16 unit."""
        return self._drawn[0]

    @cached_property
    def right_to_left(self) -> list[bool]:
        """Whether each UTF-16 unit runs right to left."""
        return self._drawn[1]

    @cached_property
    def cells(self) -> list[Cell]:
        """The graphemes that have a width, from left to right."""
        return sorted((cell for cell in self._all_cells() if cell.width > 0), key=lambda cell: cell.left)

    def rectangles(self, start: int, end: int, top: float = 0.0) -> list[QRectF]:
        """Return the rectangles that the part of `[start, end)` on this line needs: one for each visual run."""
        first, last = max(start, self.start) - self.start, min(end, self.end) - self.start
        pieces = [self._plain_interval(first, last)] if self._is_plain else self._intervals(first, last)
        return [QRectF(left, top, right - left, self.height) for left, right in _joined(pieces)]

    def character_at(self, x: float) -> int | None:
        """Return the position of the character drawn at `x`, or None."""
        return next(
            (self.start + index for index, (left, right) in enumerate(self.edges) if left <= x < right), None
        )  # fmt: skip

    def spot_at(self, x: float) -> Spot:
        """Return the caret's place that is nearest to `x`.

        `QTextLine.xToCursor` takes the wrong side where the direction changes; the drawn edges do not.
        """
        if not self.cells:
            return Spot(self.start)
        cell = min(self.cells, key=lambda cell: max(cell.left - x, x - cell.right, 0.0))
        return _right_of(cell) if x > (cell.left + cell.right) / 2 else _left_of(cell)

    def x_of(self, spot: Spot) -> float:
        """Return where the caret is drawn at a place of this line."""
        for cell in self.cells:
            if cell.end == spot.position if spot.after else cell.start <= spot.position < cell.end:
                return cell.left if spot.after == cell.right_to_left else cell.right
        return self._line.cursorToX(spot.position - self.start + self._line.textStart())[0]  # type: ignore[no-any-return,index]

    def is_right_to_left(self, spot: Spot) -> bool:
        """Tell whether the character that the caret stands at runs right to left; beside none, whether the line does."""
        index = spot.position - self.start - spot.after
        return self.right_to_left[index] if 0 <= index < len(self.right_to_left) else self._base == "rtl"

    def left_of(self, x: float) -> Spot | None:
        """Return the caret's place one grapheme to the left of `x`, or None at the left end."""
        crossed = bisect_left(self.cells, x, key=_middle) - 1
        return self._between(crossed - 1, crossed) if crossed >= 0 else None

    def right_of(self, x: float) -> Spot | None:
        """Return the caret's place one grapheme to the right of `x`, or None at the right end."""
        crossed = bisect_right(self.cells, x, key=_middle)
        return self._between(crossed, crossed + 1) if crossed < len(self.cells) else None

    def _between(self, left: int, right: int) -> Spot:
        """Return the place between two neighbouring graphemes.

        Where their directions differ it belongs to the one that runs as the paragraph does: so a number in an Arabic
        sentence is passed from the place before it to the place after it.
        """
        if left < 0:
            return _left_of(self.cells[right])
        runs_on = self.cells[left].right_to_left == (self._base == "rtl")
        return _right_of(self.cells[left]) if right >= len(self.cells) or runs_on else _left_of(self.cells[right])

    @cached_property
    def _is_plain(self) -> bool:
        """Whether everything on the line runs as the paragraph does: then two positions tell what a span occupies."""
        return (_PLAIN_RTL if self._base == "rtl" else _PLAIN_LTR).fullmatch("".join(self._units)) is not None

    def _plain_interval(self, first: int, last: int) -> _Interval:
        origin = self._line.textStart()
        one, other = (self._line.cursorToX(origin + at)[0] for at in (first, last))  # type: ignore[index]
        return min(one, other), max(one, other)

    def _intervals(self, first: int, last: int) -> list[_Interval]:
        """Return what a part of the line occupies, one interval a stretch that runs in one direction."""
        found = []
        for start, end in self._stretches:
            begin, stop = max(first, start), min(last, end)
            if begin < stop:
                ends = (self.edges[begin], self.edges[stop - 1])
                found.append((min(edge[0] for edge in ends), max(edge[1] for edge in ends)))
        return found

    @cached_property
    def _stretches(self) -> list[tuple[int, int]]:
        """The stretches of the line in which each unit is drawn beside the one before it, in one direction."""
        borders = [at for at in range(1, len(self.edges)) if not self._goes_on(at)]
        return list(pairwise([0, *borders, len(self.edges)]))

    def _goes_on(self, at: int) -> bool:
        """Tell whether a unit is drawn beside the one before it, onwards in its direction, or together with it."""
        (left, right), (next_left, next_right) = self.edges[at - 1], self.edges[at]
        runs_left = self.right_to_left[at]
        together = left <= next_left and next_right <= right
        beside = abs(next_right - left) < _LOOSE if runs_left else abs(next_left - right) < _LOOSE
        return runs_left == self.right_to_left[at - 1] and (together or beside)

    @cached_property
    def _drawn(self) -> tuple[list[_Interval], list[bool]]:
        if not self._is_plain:
            return _drawn(self._line, self._units, right_to_left=self._base == "rtl")
        count = len(self._units)
        return [self._plain_interval(at, at + 1) for at in range(count)], [self._base == "rtl"] * count

    def _all_cells(self) -> list[Cell]:
        cells, first = [], 0
        for match in _GRAPHEME.finditer("".join(self._units)):
            last = first + sum(1 + (character > "\uffff") for character in match.group())
            wide = [edge for edge in self.edges[first:last] if edge[1] > edge[0]] or [self.edges[first]]
            left, right = min(edge[0] for edge in wide), max(edge[1] for edge in wide)
            cells.append(Cell(self.start + first, self.start + last, left, right, self.right_to_left[first]))
            first = last
        return cells


def units_of(text: str) -> list[str]:
    """Return a text by UTF-16 units; the second half of a surrogate pair is empty."""
    if text.isascii() or max(text, default="") <= "\uffff":
        return list(text)
    return [unit for character in text for unit in ((character, "") if character > "\uffff" else (character,))]


def _middle(cell: Cell) -> float:
    return (cell.left + cell.right) / 2


def _left_of(cell: Cell) -> Spot:
    return Spot(cell.end, after=True) if cell.right_to_left else Spot(cell.start)


def _right_of(cell: Cell) -> Spot:
    return Spot(cell.start) if cell.right_to_left else Spot(cell.end, after=True)


def _drawn(line: QTextLine, units: list[str], *, right_to_left: bool) -> tuple[list[_Interval], list[bool]]:
    """Return the edges of every UTF-16 unit of a line, and whether it runs right to left, by its glyphs.

    `QTextLine.cursorToX` cannot tell the two sides of a change of direction apart; the glyph runs can. What several
    characters draw together (lam-alef) is shared among those that have a width of their own.
    """
    count = len(units)
    clusters: dict[int, tuple[float, float, bool]] = {}
    for first, last in _visible_stretches(units):
        _add_clusters(clusters, line, first, last)
    for at, (left, _, runs_left) in clusters.items():
        if unicodedata.category(units[at] or "x") in (
            "Mn",
            "Me",
        ):  # a mark without a base: its glyph's own width is not used
            clusters[at] = (left, left, runs_left)
    _add_spaces_at_the_end(clusters, line, units, right_to_left=right_to_left)
    _tile(clusters)
    beginning = _beginning(clusters, line)
    edges, directions = [(beginning, beginning)] * count, [right_to_left] * count
    for first, after in pairwise([*sorted(clusters), count]):
        left, right, runs_left = clusters[first]
        for at, edge in _shares(units, first, after, left, right, runs_left):
            edges[at], directions[at] = edge, runs_left
    return edges, directions


def _beginning(clusters: dict[int, tuple[float, float, bool]], line: QTextLine) -> float:
    """Return where a line begins: controls before its first glyph, or without any, stand there."""
    if not clusters:
        return line.cursorToX(line.textStart())[0]  # type: ignore[no-any-return,index]
    left, right, runs_left = clusters[min(clusters)]
    return right if runs_left else left


def _visible_stretches(units: list[str]) -> list[tuple[int, int]]:
    """Return the stretches between control characters: of those, Qt gives glyphs with a wrong index and a width."""
    hidden = [at for at, unit in enumerate(units) if _is_control(unit)]
    starts, ends = [0, *(at + 1 for at in hidden)], [*hidden, len(units)]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if end > start]


def _add_clusters(clusters: dict[int, tuple[float, float, bool]], line: QTextLine, first: int, last: int) -> None:
    """Note what each cluster of a stretch of a line occupies and whether it runs right to left, by its first unit."""
    origin = line.textStart()
    for run in line.glyphRuns(origin + first, last - first, QTextLayout.GlyphRunRetrievalFlag.RetrieveAll):
        right_to_left = run.isRightToLeft()
        advances = run.rawFont().advancesForGlyphIndexes(run.glyphIndexes())
        for index, position, advance in zip(run.stringIndexes(), run.positions(), advances, strict=True):
            at, left, width = index - origin, position.x(), advance.x()
            right, known = left + width, clusters.get(at)
            if known and width > 0 and known[1] > known[0]:
                left, right = min(left, known[0]), max(right, known[1])
            if known is None or width > 0:
                clusters[at] = (left, right, right_to_left)


def _add_spaces_at_the_end(
    clusters: dict[int, tuple[float, float, bool]], line: QTextLine, units: list[str], *, right_to_left: bool
) -> None:
    """Note where the spaces at the end of a wrapped line are: they have no glyphs."""
    at = len(units) - 1
    while at >= 0 and units[at].isspace() and at not in clusters:
        one, other = (line.cursorToX(line.textStart() + place)[0] for place in (at, at + 1))  # type: ignore[index]
        clusters[at] = (min(one, other), max(one, other), right_to_left)
        at -= 1


def _tile(clusters: dict[int, tuple[float, float, bool]]) -> None:
    """Let a cluster end where the next one begins: kerning draws some a little into each other."""
    seen = sorted((left, right, at) for at, (left, right, _) in clusters.items() if right > left)
    for (left, right, at), (next_left, _, _) in pairwise(seen):
        if left < next_left < right:
            clusters[at] = (left, next_left, clusters[at][2])


def _shares(
    units: list[str], first: int, after: int, left: float, right: float, right_to_left: bool
) -> list[tuple[int, _Interval]]:
    """Return each place of a cluster with its share of the width; marks have that of their base, controls have none."""
    if after == first + 1:
        return [(first, (left, right))]
    wide = [at == first or _has_width(units[at]) for at in range(first, after)]
    share = (right - left) / max(sum(wide), 1)
    shares, number = [], -1
    for at, is_wide in zip(range(first, after), wide, strict=True):
        number += is_wide
        edge = right - (number + 1) * share if right_to_left else left + number * share
        behind = edge if right_to_left else edge + share
        shares.append((at, (behind, behind) if _is_control(units[at]) else (edge, edge + share)))
    return shares


def _is_control(unit: str) -> bool:
    """Tell whether a unit is a control that stands by itself: it is drawn nowhere, behind what comes before it."""
    return unit > "\xac" and unit not in _JOINERS and unicodedata.category(unit) == "Cf"


def _has_width(unit: str) -> bool:
    return bool(unit) and unicodedata.category(unit) not in _WITHOUT_WIDTH


def _joined(intervals: list[_Interval]) -> list[_Interval]:
    """Join intervals that touch; what stays apart is a visual run of its own."""
    joined: list[_Interval] = []
    for left, right in sorted(interval for interval in intervals if interval[1] > interval[0]):
        if joined and left <= joined[-1][1] + 0.5:
            joined[-1] = (joined[-1][0], max(right, joined[-1][1]))
        else:
            joined.append((left, right))
    return joined
