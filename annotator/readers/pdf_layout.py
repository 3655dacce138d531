"""The order of a page of a PDF: its rows, its columns, and which lines are one paragraph."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from annotator.readers.pdf_glyphs import HYPHEN, Glyph
from annotator.readers.pdf_lines import Line

_SAME_ROW = 0.32  # of the size: base lines that differ by less are one row
_GUTTER = 1.0  # of the size: the narrowest space between two columns
_COLUMN_ROWS = 3  # rows that a column has at least
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


def _blocks(rows: Sequence[Row], *, rtl: bool) -> Iterator[list[Row]]:
    """Yield blocks of rows in reading order: columns one after the other where rows share a gutter, else what is between."""
    plain: list[Row] = []
    at = 0
    while at < len(rows):
        found = _columns(rows, at)
        if found is None:
            plain.append(rows[at])
            at += 1
            continue
        end, gutter = found
        if plain:
            yield plain
        plain = []
        yield from _sides(rows[at:end], gutter, rtl=rtl)
        at = end
    if plain:
        yield plain


def _sides(rows: Sequence[Row], gutter: float, *, rtl: bool) -> Iterator[list[Row]]:
    left = [[piece for piece in row if piece[0].middle < gutter] for row in rows]
    right = [[piece for piece in row if piece[0].middle >= gutter] for row in rows]
    for side in (right, left) if rtl else (left, right):
        yield from _blocks([row for row in side if row], rtl=rtl)


def _columns(rows: Sequence[Row], start: int) -> tuple[int, float] | None:
    """Return where the columns that begin at a row end, and a place in the gutter between them; None without columns."""
    best: tuple[int, float] | None = None
    gutters = _gaps(rows[start], -1e9, 1e9)
    for end in range(start + 1, len(rows) + 1):
        if end > start + 1:
            gutters = [part for left, right in gutters for part in _gaps(rows[end - 1], left, right)]
        kept = [gap for gap in gutters if _parts(rows[start:end], gap)]
        if kept:
            left, right = max(kept, key=lambda gap: gap[1] - gap[0])
            best = (end, (left + right) / 2)
        if not gutters:
            break
    return best


def _gaps(row: Row, left: float, right: float) -> list[tuple[float, float]]:
    """Return the parts of a gap that a row leaves free and that are wide enough for a gutter."""
    parts, at = [], left
    for piece in row:
        begin, end = piece[0].left, max(one.right for one in piece if one.text.strip())
        if end > at and begin < right:
            parts.append((at, min(begin, right)))
            at = max(at, end)
    parts.append((at, right))
    return [(a, b) for a, b in parts if b - a > _GUTTER * row[0][0].size]


def _parts(rows: Sequence[Row], gap: tuple[float, float]) -> bool:
    """Tell whether enough rows stand on both sides of a gap, beside each other."""
    left = [at for at, row in enumerate(rows) if any(piece[0].left < gap[0] for piece in row)]
    right = [at for at, row in enumerate(rows) if any(piece[0].left >= gap[1] - 1e-6 for piece in row)]
    if min(len(left), len(right)) < _COLUMN_ROWS:
        return False
    return min(left[-1], right[-1]) - max(left[0], right[0]) + 1 >= _COLUMN_ROWS


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
