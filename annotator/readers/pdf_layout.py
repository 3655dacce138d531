"""The order of a page of a PDF: its rows, its columns, and which lines are one paragraph."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from annotator.readers.pdf_glyphs import HYPHEN, Glyph
from annotator.readers.pdf_lines import Line

_SAME_ROW = 0.32  # of the size: base lines that differ by less are one row
_GUTTER = 1.0  # of the size: the narrowest space between two columns
_COLUMN_ROWS = 3  # rows that a column has at least
_MOST_NESTED = 12  # columns within columns
_MOST_ROWS = 1500  # more are no page to look for columns on
_LEADING = 1.35  # times the usual distance of lines: a wider one begins a paragraph
_BULLETS = tuple("•▪●◦■–—-*·")

Piece = list[Glyph]
Row = list[Piece]
Read = Callable[[Sequence[Glyph]], Line]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The lines of one paragraph, top to bottom."""

    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """Its text on one line."""
        words = "".join(f"{line.text} " for line in self.lines)
        return words.replace(f"{HYPHEN} ", "").replace(HYPHEN, "-").rstrip(" ")


def paragraphs_of(glyphs: Sequence[Glyph], read: Read, *, rtl: bool) -> list[Paragraph]:
    """Return the paragraphs of a page in reading order; glyphs of no straight angle come last."""
    straight = [one for one in glyphs if one.turn is not None]
    found = [
        paragraph
        for turn in sorted({one.turn for one in straight if one.turn is not None})
        for block in _blocks(_rows([one for one in straight if one.turn == turn]), rtl=rtl)
        for paragraph in _paragraphs(_lines(block, read), rtl=rtl)
    ]
    slanted = [one for one in glyphs if one.turn is None and one.text.strip()]
    return [*found, *([Paragraph((read(slanted),))] if slanted else [])]


def _rows(glyphs: Sequence[Glyph]) -> list[Row]:
    """Return the rows from top to bottom, each cut into pieces where there is more room than between words."""
    solid = [one for one in glyphs if one.text.strip() and not one.is_mark]
    rows: list[list[Glyph]] = []
    for glyph in sorted(solid, key=lambda one: -one.base):
        if not rows or not _is_same_row(rows[-1], glyph):
            rows.append([])
        rows[-1].append(glyph)
    for glyph in glyphs:
        if rows and (glyph.is_mark or not glyph.text.strip()):
            min(rows, key=lambda row: abs(row[0].base - glyph.base)).append(glyph)
    return [_pieces(row) for row in rows]


def _is_same_row(row: Sequence[Glyph], glyph: Glyph) -> bool:
    """Tell whether a glyph stands on a row, or is a small sign raised or lowered beside one of its glyphs."""
    down = row[-1].base - glyph.base
    if down < _SAME_ROW * min(row[-1].size, glyph.size):
        return True
    larger = max(row[-1].size, glyph.size)
    near = min(max(glyph.left - one.right, one.left - glyph.right) for one in row)
    return min(row[-1].size, glyph.size) < 0.8 * larger and down < 0.45 * larger and near < 0.3 * larger


def _pieces(row: Sequence[Glyph]) -> Row:
    pieces: Row = []
    end = 0.0
    for glyph in sorted((one for one in row if one.text.strip() and not one.is_mark), key=lambda one: one.left):
        if not pieces or glyph.left - end > _GUTTER * glyph.size:
            pieces.append([])
        pieces[-1].append(glyph)
        end = max(end, glyph.right) if len(pieces[-1]) > 1 else glyph.right
    for glyph in (one for one in row if one.is_mark or not one.text.strip()):
        min(pieces, key=lambda piece: _away(piece, glyph)).append(glyph)
    return pieces


def _away(piece: Sequence[Glyph], glyph: Glyph) -> float:
    return max(piece[0].left - glyph.middle, glyph.middle - max(one.right for one in piece), 0.0)


def _blocks(rows: Sequence[Row], *, rtl: bool, depth: int = _MOST_NESTED) -> Iterator[list[Row]]:
    """Yield blocks of rows in reading order: columns one after the other where rows share a gutter, else what is between."""
    spans = [_Spans.of(row) for row in rows]
    looks = depth > 0 and len(rows) <= _MOST_ROWS
    plain: list[Row] = []
    at = 0
    while at < len(rows):
        found = _columns(spans, at) if looks else None
        if found is None:
            plain.append(rows[at])
            at += 1
            continue
        end, gutter = found
        if plain:
            yield plain
        plain = []
        yield from _sides(rows[at:end], gutter, rtl=rtl, depth=depth - 1)
        at = end
    if plain:
        yield plain


def _sides(rows: Sequence[Row], gutter: float, *, rtl: bool, depth: int) -> Iterator[list[Row]]:
    left = [[piece for piece in row if piece[0].left < gutter] for row in rows]
    right = [[piece for piece in row if piece[0].left >= gutter] for row in rows]
    for side in (right, left) if rtl else (left, right):
        yield from _blocks([row for row in side if row], rtl=rtl, depth=depth)


def _columns(rows: Sequence[_Spans], start: int) -> tuple[int, float] | None:
    """Return where the columns that begin at a row end, and a place in the gutter between them; None without columns."""
    best: tuple[int, float] | None = None
    gutters = [_Gutter(-math.inf, math.inf)]
    for at in range(start, len(rows)):
        gutters = [part for gutter in gutters for part in gutter.narrowed(rows[at], at)]
        if not gutters:
            break
        kept = [one for one in gutters if one.parts_columns]
        if kept:
            widest = max(kept, key=lambda one: one.right - one.left)
            best = (at + 1, (widest.left + widest.right) / 2)
    return best


@dataclass(frozen=True, slots=True)
class _Spans:
    """Where the pieces of a row begin and end, from left to right, and the size of its type."""

    ends: tuple[tuple[float, float], ...]
    size: float

    @classmethod
    def of(cls, row: Row) -> _Spans:
        ends = ((piece[0].left, max(one.right for one in piece if one.text.strip())) for piece in row)
        return cls(tuple(ends), row[0][0].size)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Which rows stand on one side of a gutter: the first, the last, how many."""

    first: int = -1
    last: int = -1
    count: int = 0

    def with_row(self, at: int) -> _Rows:
        return _Rows(self.first if self.count else at, at, self.count + 1)


@dataclass(frozen=True, slots=True)
class _Gutter:
    """A stretch that rows leave free, and the rows on its left and its right."""

    left: float
    right: float
    before: _Rows = _Rows()
    behind: _Rows = _Rows()

    def narrowed(self, row: _Spans, at: int) -> Iterator[_Gutter]:
        """Yield what one more row leaves of it, as far as that is wide enough."""
        start = self.left
        for begin, end in (*row.ends, (self.right, self.right)):
            stop = min(begin, self.right)
            if stop - start > _GUTTER * row.size:
                yield _Gutter(start, stop, self._left_of(row, start, at), self._right_of(row, stop, at))
            start = max(start, end)

    def _left_of(self, row: _Spans, edge: float, at: int) -> _Rows:
        return self.before.with_row(at) if row.ends[0][0] < edge else self.before

    def _right_of(self, row: _Spans, edge: float, at: int) -> _Rows:
        return self.behind.with_row(at) if row.ends[-1][0] >= edge else self.behind

    @property
    def parts_columns(self) -> bool:
        """Tell whether enough rows stand on both sides, beside each other."""
        beside = min(self.before.last, self.behind.last) - max(self.before.first, self.behind.first) + 1
        return min(self.before.count, self.behind.count, beside) >= _COLUMN_ROWS


def _lines(block: Sequence[Row], read: Read) -> list[Line]:
    return [read([glyph for piece in row for glyph in piece]) for row in block]


def _paragraphs(lines: Sequence[Line], *, rtl: bool) -> list[Paragraph]:
    """Join lines that the layout shows as one paragraph."""
    if not lines:
        return []
    edges = min(line.left for line in lines), max(line.right for line in lines)
    leading = median([one.base - two.base for one, two in pairwise(lines)] or [lines[0].size])
    groups = [[lines[0]]]
    for before, line in pairwise(lines):
        if not _goes_on(before, line, edges, leading, rtl=rtl):
            groups.append([])
        groups[-1].append(line)
    return [Paragraph(tuple(group)) for group in groups]


def _goes_on(before: Line, line: Line, edges: tuple[float, float], leading: float, *, rtl: bool) -> bool:
    """Tell whether a line goes on with the paragraph of the one before it.

    It does when the first word had no room any more on the line before, when it is not indented, begins no list, has the
    same size, and stands no further below than lines do.
    """
    down = before.base - line.base
    if abs(before.size - line.size) > 0.12 * line.size or line.text.startswith(_BULLETS):
        return False
    if not 0 < down <= _LEADING * min(max(leading, line.size), 2.2 * line.size):
        return False
    room = before.left - edges[0] if rtl else edges[1] - before.right
    indent = edges[1] - line.right if rtl else line.left - edges[0]
    return room < line.first_word + 0.3 * line.size and indent < 1.2 * line.size
