"""One visual line of a PDF: from glyphs as they are seen, left to right, to text as it is read.

This turns round what the bidirectional algorithm (Unicode Standard Annex 9) did for the eye, as far as that can be told from
what is seen: numbers and stretches of Latin keep their own order, brackets look the way they are read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from annotator.readers.pdf_glyphs import UNKNOWN, Glyph

_SPACE = 0.1  # of the size: a gap that is a space although no space was drawn
_SMALL_SPACE = 0.04  # of the size: a gap in which a drawn space counts
_PAIRS = ("()", "[]", "{}", "«»", "‹›", "<>")
_MIRRORED = {one: other for pair in _PAIRS for one, other in (tuple(pair), tuple(pair[::-1]))}
_TURNED_QUOTES = {"“": "”", "”": "“", "‘": "’", "’": "‘"}
_OPENING = frozenset(pair[0] for pair in _PAIRS)
_SEPARATORS = frozenset(".,:/٫٬")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of one column: its text in reading order and its place."""

    text: str
    left: float
    right: float
    base: float
    size: float
    first_word: float = 0.0

    @property
    def width(self) -> float:
        """Its length in points."""
        return self.right - self.left


def line_of(glyphs: Sequence[Glyph], *, rtl: bool, as_seen: bool = True) -> Line:
    """Read the glyphs of one line.

    `rtl` says which way the page runs. With `as_seen=False` letters were drawn in reading order from left to right, by a
    program that knew no Arabic.
    """
    cells = _cells(glyphs)
    texts = [text for text, _ in cells]
    text = _read(texts, rtl=rtl) if as_seen else "".join(texts)
    solid = [glyph for glyph in glyphs if glyph.text.strip()]
    left, right = min(one.left for one in solid), max(one.right for one in solid)
    size = max(one.size for one in solid)
    line = Line(_brackets(text).strip(), left, right, solid[0].base, size)
    return replace(line, first_word=line.width * _first_word(line.text))


def _first_word(text: str) -> float:
    """Return which part of a line its first word takes, about."""
    return len(text.split(" ", 1)[0]) / len(text) if text else 0.0


def _cells(glyphs: Sequence[Glyph]) -> list[tuple[str, Glyph | None]]:
    """Return what stands on a line from left to right: letters with their marks, and spaces where there is room for them."""
    drawn = sorted((one for one in glyphs if one.text.strip() and not one.is_mark), key=lambda one: one.middle)
    bases = _without_doubles(_absorbed(drawn))
    marked = _with_marks(bases, [one for one in glyphs if one.is_mark])
    spaces = sorted(one.middle for one in glyphs if not one.text.strip())
    cells: list[tuple[str, Glyph | None]] = []
    for text, glyph in zip(marked, bases, strict=True):
        before = cells[-1][1] if cells else None
        if before is not None and _is_space(before, glyph, spaces):
            cells.append((" ", None))
        cells.append((text, glyph))
    return cells


def _is_space(before: Glyph, after: Glyph, spaces: Sequence[float]) -> bool:
    gap, size = after.left - before.right, min(before.size, after.size)
    if gap > _SPACE * size:
        return True
    return gap > _SMALL_SPACE * size and any(before.right <= one <= after.left for one in spaces)


def _absorbed(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Leave out unknown glyphs for which a neighbour speaks: some programs give a whole word's text to its first glyph."""
    kept = list(glyphs)
    for glyph in [one for one in glyphs if sum(map(str.isalpha, one.text)) > 2]:
        for _ in range(len(glyph.text) - 1):
            at = kept.index(glyph) - 1
            if at < 0 or not kept[at].is_unknown:
                break
            del kept[at]
    return kept


def _without_doubles(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Leave out glyphs drawn twice to look bold."""
    kept: list[Glyph] = []
    for glyph in glyphs:
        twin = kept[-1] if kept else None
        near = twin is not None and abs(twin.middle - glyph.middle) < 0.08 * glyph.size
        if not (twin is not None and near and twin.text == glyph.text and twin.base == glyph.base):
            kept.append(glyph)
    return kept


def _with_marks(bases: Sequence[Glyph], marks: Sequence[Glyph]) -> list[str]:
    """Return the text of each glyph with the marks drawn over or under it, shadda first."""
    given: dict[int, list[str]] = {}
    for mark in marks:
        index = min(range(len(bases)), key=lambda at: _distance(bases[at], mark.middle), default=None)
        if index is not None:
            given.setdefault(index, []).append(mark.text)
    return [one.text + "".join(sorted("".join(given.get(at, ())), key=_shadda_first)) for at, one in enumerate(bases)]


def _distance(base: Glyph, x: float) -> tuple[float, float]:
    return (max(base.left - x, x - base.right, 0.0), abs(base.middle - x))


def _shadda_first(mark: str) -> bool:
    return mark != "\u0651"


def _read(cells: Sequence[str], *, rtl: bool) -> str:
    """Return cells, given as they are seen from left to right, in reading order."""
    kinds = [_kind(cell) for cell in cells]
    cells = _quotes(cells, kinds)
    if rtl or ("R" in kinds and "L" not in kinds):
        return _turned(cells, kinds)
    return "".join(
        _turned(cells[start:end], kinds[start:end]) if turned else "".join(cells[start:end])
        for start, end, turned in _arabic_runs(kinds)
    )


def _kind(cell: str) -> str:
    """Return R for letters that run from right to left, L for others, D for digits, N for the rest."""
    for character in cell:
        direction = unicodedata.bidirectional(character)
        if direction in ("R", "AL") or character == UNKNOWN:
            return "R"
        if direction in ("L", "EN", "AN"):
            return "L" if direction == "L" else "D"
    return "N"


def _turned(cells: Sequence[str], kinds: Sequence[str]) -> str:
    """Return cells from right to left, in which numbers and Latin keep their order."""
    runs = list(_latin_runs(cells, kinds))
    return "".join("".join(cells[start:end]) for start, end in reversed(runs))


def _latin_runs(cells: Sequence[str], kinds: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the stretches that keep their order, and each other cell by itself."""
    at = 0
    while at < len(cells):
        end = max(_number_end(cells, kinds, at), _latin_end(cells, kinds, at), at + 1)
        yield at, end
        at = end


def _number_end(cells: Sequence[str], kinds: Sequence[str], start: int) -> int:
    """Return the end of a number such as 12/5/2024 or 1,500.5; a hyphen stands between two numbers."""
    at = start
    while at < len(cells) and kinds[at] == "D":
        at += 1
        if at + 1 < len(cells) and cells[at] in _SEPARATORS and kinds[at + 1] == "D" and at > start:
            at += 1
    return at


def _latin_end(cells: Sequence[str], kinds: Sequence[str], start: int) -> int:
    """Return the end of a stretch of Latin words with the numbers among and behind them, and digits written onto the first."""
    at = _number_end(cells, kinds, start)
    if at >= len(cells) or kinds[at] != "L":
        return start
    end = at
    while at < len(cells) and kinds[at] != "R":
        at += 1
        if kinds[at - 1] in "LD":
            end = at
    return end


def _arabic_runs(kinds: Sequence[str]) -> Iterator[tuple[int, int, bool]]:
    """Yield the stretches of a line that runs from left to right: (start, end, is it to be turned round)."""
    shape = "".join(kinds)
    at = 0
    for found in re.finditer("R(?:[RDN]*R)?", shape):
        if found.start() > at:
            yield at, found.start(), False
        yield found.start(), found.end(), True
        at = found.end()
    if at < len(shape):
        yield at, len(shape), False


def _brackets(text: str) -> str:
    """Return the text with each bracket the way round that its neighbours ask for: PDFium mirrors some near Arabic."""
    if not any(unicodedata.bidirectional(one) in ("R", "AL") for one in text):
        return text
    signs = list(text)
    for at, sign in enumerate(signs):
        if sign in _MIRRORED:
            before, after = text[at - 1 : at], text[at + 1 : at + 2]
            opens = _opens(before, after)
            if opens is not None and opens != (sign in _OPENING):
                signs[at] = _MIRRORED[sign]
    return "".join(signs)


def _quotes(cells: Sequence[str], kinds: Sequence[str]) -> list[str]:
    """Return cells with English quotation marks as they are drawn: PDFium mirrors those among Arabic, which no font does."""
    kept = list(cells)
    for at, cell in enumerate(cells):
        if cell in _TURNED_QUOTES and not {_next(kinds[:at][::-1]), _next(kinds[at + 1 :])} & {"L", "D"}:
            kept[at] = _TURNED_QUOTES[cell]
    return kept


def _next(kinds: Sequence[str]) -> str:
    return next((kind for kind in kinds if kind != "N"), "")


def _opens(before: str, after: str) -> bool | None:
    """Tell whether a bracket between these two opens; None when they do not tell."""
    free_before, free_after = not before.strip(), not after.strip()
    if free_before != free_after:
        return free_before
    if before.isalnum() != after.isalnum():
        return after.isalnum()
    return None
