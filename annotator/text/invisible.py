"""What a reader cannot see: invisible and easily mistaken characters by name, and where overrides turn letters around.

An override (LRO, RLO) makes a screen show letters in another order than they stand in the text, so that what is read is
not what is marked and exported; attacks on source code were hidden that way (CVE-2021-42574).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from annotator.text.bidi import NUMBERS, STRONG, bidi_classes, levels

_SHORT = {
    0x00A0: "NBSP", 0x00AD: "SHY", 0x034F: "CGJ", 0x061C: "ALM", 0x0640: "TATWEEL",
    0x180E: "MVS", 0x200B: "ZWSP", 0x200C: "ZWNJ", 0x200D: "ZWJ", 0x200E: "LRM", 0x200F: "RLM",
    0x2028: "LSEP", 0x2029: "PSEP", 0x202A: "LRE", 0x202B: "RLE", 0x202C: "PDF", 0x202D: "LRO", 0x202E: "RLO",
    0x202F: "NNBSP", 0x2060: "WJ", 0x2066: "LRI", 0x2067: "RLI", 0x2068: "FSI", 0x2069: "PDI", 0xFEFF: "BOM",
}  # fmt: skip
# Unicode gives controls no name. Those of zero width and of direction, and spaces that are not the usual one; not the
# number signs of Arabic, which are controls by category and yet have a shape.
_INVISIBLE = regex.compile(
    r"[[\p{Cc}\p{Cf}\p{Zs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u0640]--[ \t\n\p{Prepended_Concatenation_Mark}]]",
    regex.V1,
)
_PARAGRAPH = re.compile("[^\n\r\x1c-\x1e\x85\u2029]+")
_HIGHEST = 1000  # above every level there is
_OVERRIDES = ("\u202d", "\u202e")


@dataclass(frozen=True, slots=True)
class Invisible:
    """A character that cannot be seen: a short name for a chip, such as RLM, and its full name in Unicode."""

    offset: int
    short: str
    name: str


def invisible_characters(text: str, start: int = 0, end: int | None = None) -> list[Invisible]:
    """Return the invisible or easily mistaken characters of a stretch of a text."""
    stretch = _INVISIBLE.finditer(text, start, len(text) if end is None else end)
    return [Invisible(found.start(), _short(found.group()), _name(found.group())) for found in stretch]


def overridden(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans whose letters or numbers an override shows in another order than they would be read in.

    A span reaches from the first to the last letter or number concerned. An override that changes no order, as RLO over
    Arabic, is not told of, nor one that moves only punctuation. About 6 seconds a million characters of a paragraph
    that has an override; all other paragraphs cost next to nothing.
    """
    if not any(override in text for override in _OVERRIDES):
        return ()
    return tuple(
        (paragraph.start() + start, paragraph.start() + end)
        for paragraph in _PARAGRAPH.finditer(text)
        if any(override in paragraph.group() for override in _OVERRIDES)
        for start, end in _turned(paragraph.group())
    )


def _turned(paragraph: str) -> list[tuple[int, int]]:
    """Join the neighbours that are turned around to spans."""
    spans: list[tuple[int, int]] = []
    for first, second in _turned_neighbours(paragraph):
        if spans and spans[-1][1] == first + 1:
            spans[-1] = (spans[-1][0], second + 1)
        else:
            spans.append((first, second + 1))
    return spans


def _turned_neighbours(paragraph: str) -> Iterator[tuple[int, int]]:
    """Yield the neighbouring letters or numbers that stand in their natural order only without the overrides.

    Two characters are shown from right to left where the lowest level from the one to the other is odd (rule L2).
    """
    kinds = bidi_classes(paragraph)
    shown, free = levels(kinds), levels(kinds, overrides=False)
    first, lowest = -1, (_HIGHEST, _HIGHEST)
    for offset, level in shown.items():
        lowest = min(lowest[0], level), min(lowest[1], free[offset])
        if kinds[offset] in STRONG or kinds[offset] in NUMBERS:
            natural = _natural(kinds[first], kinds[offset]) if first >= 0 else None
            if natural is not None and (lowest[0] % 2, lowest[1] % 2) == (1 - natural, natural):
                yield first, offset
            first, lowest = offset, (level, free[offset])


def _natural(first: str, second: str) -> int | None:
    """Return how two neighbours are read: 1 from right to left, 0 from left to right, None where that depends on more."""
    sides = {kind for kind in ("R" if one == "AL" else one for one in (first, second)) if kind not in NUMBERS}
    if len(sides) == 2:
        return None
    return 1 if sides == {"R"} else 0


def _short(character: str) -> str:
    code = ord(character)
    if "\ufe00" <= character <= "\ufe0f":
        return f"VS{code - 0xFE00 + 1}"
    if "\U000e0100" <= character <= "\U000e01ef":
        return f"VS{code - 0xE0100 + 17}"
    if "\U000e0020" <= character <= "\U000e007e":
        return f"TAG {chr(code - 0xE0000)}"
    return _SHORT.get(code) or f"U+{code:04X}"


def _name(character: str) -> str:
    unnamed = "CONTROL" if unicodedata.category(character) == "Cc" else "UNASSIGNED"
    return unicodedata.name(character, f"{unnamed} {ord(character):04X}")
