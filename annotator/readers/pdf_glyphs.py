"""What stands on a page of a PDF: its glyphs with the characters they say they are, as `pypdfium2` gives them.

PDFium turns stretches of Arabic round, mirrors brackets and puts joined forms back to plain letters before anybody can ask.
So nothing of its order is used but the order within one glyph: where a glyph stands is the only thing a PDF is sure of.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from annotator.readers.pdf_letters import in_reading_order, plain_letters

UNKNOWN = "\ufffd"
"""What stands for a glyph that does not say which character it is."""

HYPHEN = "\u00ad"
"""A hyphen that only the end of the line asked for; PDFium marks these with U+0002."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One drawn sign: its text in reading order and its place, in points, with y growing upwards along the text's own top.

    `left` and `right` are the ends of its advance, `base` is its base line. `turn` is by how many quarters of a turn its
    line runs against the page, None for any other angle.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    turn: int | None = 0

    @property
    def middle(self) -> float:
        """Half way between its ends."""
        return (self.left + self.right) / 2

    @property
    def is_mark(self) -> bool:
        """Tell whether it is a haraka or another sign that belongs to a letter."""
        return all(unicodedata.category(character) in ("Mn", "Sk") for character in self.text)

    @property
    def is_unknown(self) -> bool:
        """Tell whether it does not say which character it is."""
        return self.text == UNKNOWN


def glyphs_of(text_page: Any) -> list[Glyph]:
    """Return the glyphs of a `pypdfium2.PdfTextPage`, in no order that means anything."""
    found = [
        (_text([one[0] for one in signs]), place) for place, signs in groupby(_Signs(text_page), lambda one: one[1:])
    ]
    texts = in_reading_order([text for text, _ in found])
    plain = ((plain_letters(text), place) for text, (_, place) in zip(texts, found, strict=True))
    return [
        Glyph(text, *_turned(box, base, turn or 0), size, turn) for text, (box, base, size, turn) in plain if text
    ]  # fmt: skip


def _text(codes: list[int | None]) -> str:
    return "".join(UNKNOWN if code is None else chr(code) for code in codes)


def _turned(box: tuple[float, ...], base: tuple[float, float], quarters: int) -> tuple[float, float, float]:
    """Return left, right and base line in a frame in which the glyph's line runs from left to right."""
    left, bottom, right, top = box
    x, y = base
    return (
        (left, right, y) if quarters == 0
        else (bottom, top, -x) if quarters == 1
        else (-right, -left, -y) if quarters == 2
        else (-top, -bottom, x)
    )  # fmt: skip


class _Signs:
    """The characters of a page one by one: (code point or None, box, base point, size, quarters of a turn)."""

    def __init__(self, text_page: Any) -> None:
        from pypdfium2 import raw

        self._raw, self._page, self._count = raw, text_page.raw, text_page.count_chars()
        self._numbers = [ctypes.c_double(), ctypes.c_double()]
        self._box, self._matrix = raw.FS_RECTF(), raw.FS_MATRIX()

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        high = 0
        for index in range(self._count):
            code = self._raw.FPDFText_GetUnicode(self._page, index)
            if self._raw.FPDFText_IsGenerated(self._page, index) == 1:
                continue
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if 0xDC00 <= code < 0xE000 and high:
                code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
            yield (self._known(code, index), *self._place(index))
            high = 0

    def _known(self, code: int, index: int) -> int | None:
        """Return a code point, or None where the file does not say which one it is."""
        if code == 0x02:
            return ord(HYPHEN)
        if self._raw.FPDFText_HasUnicodeMapError(self._page, index) == 1:
            return None
        return None if _says_nothing(code) else code

    def _place(self, index: int) -> tuple[Any, ...]:
        raw, page = self._raw, self._page
        raw.FPDFText_GetLooseCharBox(page, index, self._box)
        raw.FPDFText_GetCharOrigin(page, index, *self._numbers)
        raw.FPDFText_GetMatrix(page, index, self._matrix)
        matrix, box = self._matrix, self._box
        size = raw.FPDFText_GetFontSize(page, index) * (math.hypot(matrix.c, matrix.d) or 1.0)
        return (
            (min(box.left, box.right), min(box.bottom, box.top), max(box.left, box.right), max(box.bottom, box.top)),
            (self._numbers[0].value, self._numbers[1].value),
            size or 1.0,
            _quarters(raw.FPDFText_GetCharAngle(page, index)),
        )


def _says_nothing(code: int) -> bool:
    """Tell whether a code point is no text: controls, private use, lone surrogates, noncharacters, the sign for unknown."""
    if code in (0x09, 0x0A, 0x0D):
        return False
    return code == 0xFFFD or code > 0x10FFFF or unicodedata.category(chr(code)) in ("Cc", "Co", "Cs", "Cn")


def _quarters(angle: float) -> int | None:
    quarters = angle / (math.pi / 2)
    return round(quarters) % 4 if abs(quarters - round(quarters)) < 0.05 else None
