"""The search form of a text, and the way back from it to the text as it is.

Folding drops what readers do not type and joins what they type in several ways: no harakat and no tatweel, one alef
(أ إ آ ٱ), one yeh (ى ئ ی), ة as ه, ؤ as و, Persian ک as ك, every decimal digit as ASCII, presentation forms as their
letters, Latin without case and accents, controls of direction and zero width gone, each run of white space one space.
The hamza on the line (ء) is a consonant of its own and stays: without it ماء and ما would be one.

Every character folds by itself, whatever stands beside it; only runs of spaces are joined afterwards.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, compress, pairwise, repeat

import regex

# What has no decomposition in Unicode. Small waw and small yeh are signs of the Quran's vocalisation, as harakat are.
_LETTERS = {
    **dict.fromkeys("ٱٲٳ", "ا"),
    **dict.fromkeys("ىیۍېے", "ي"),
    **dict.fromkeys("ةہھەۃ", "ه"),
    **dict.fromkeys("کڪ", "ك"),
    **dict.fromkeys("ـۥۦ", ""),
    "٫": ".",
    "٬": ",",
}
# Marks of Latin, Greek, Cyrillic, Hebrew, Arabic and Syriac, and variation selectors. In other scripts a mark is a letter.
_DROPPED_MARKS = regex.compile(
    r"[[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u06ed\u0711-\u074a\u0897-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff"
    r"\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\U00010efc-\U00010eff\U000e0100-\U000e01ef]&&\p{Mn}]",
    regex.V1,
)
_SHOWN_CONTROL = regex.compile(r"\p{Prepended_Concatenation_Mark}")
_HANGUL_SYLLABLE = regex.compile(r"[\uac00-\ud7a3]")
_PRESENTATION_FORM = regex.compile(r"[\ufb50-\ufdff\ufe70-\ufeff]")
_SPACES = re.compile("  +")
# Clusters can only hold several characters that all stay in the search form where one of these is: Hangul, flags, joined
# emoji and their skins, vowel signs of the scripts of India. Only then must each hit be asked whether it cuts a cluster.
_INTRICATE = regex.compile(
    r"[\p{GCB=Prepend}\p{GCB=SpacingMark}\p{GCB=L}\p{GCB=V}\p{GCB=T}\p{GCB=LV}\p{GCB=LVT}"
    r"\p{GCB=Regional_Indicator}\p{GCB=ZWJ}\r]|(?!\u200c)(?!" + _DROPPED_MARKS.pattern + r")\p{GCB=Extend}",
    regex.V1,
)
# Between two characters of the class Other there is always a border, so clusters need looking for only in such stretches.
_STRETCH = regex.compile(r"(?:\p{GCB=Other}?\P{GCB=Other}+)+\p{GCB=Other}?")
_CLUSTER = regex.compile(r"\X")
_PIECE = 200
_CLINGING = regex.compile(r"[\p{GCB=Extend}\p{GCB=ZWJ}ـۥۦ]")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and, for each of its characters, the offset in the original of the character it came from."""

    text: str
    offsets: Sequence[int]


def fold(text: str) -> str:
    """Return the search form of a text."""
    return _SPACES.sub(" ", text.translate(_FOLDS))


def fold_map(text: str) -> Folded:
    """Return the search form of a text with the way back to it."""
    folded, offsets = text.translate(_FOLDS), offsets_of(text, _WIDTHS)
    if "  " in folded:
        kept = list(_kept_stretches(folded))
        offsets = array("I", chain.from_iterable(offsets[start:end] for start, end in kept))
        folded = "".join(folded[start:end] for start, end in kept)
    return Folded(folded, offsets)


def find(text: str, query: str) -> list[tuple[int, int]]:
    """Return the spans of a text where a query stands, in any spelling that folds alike; for one search only."""
    return Finder(text).find(query)


class Finder:
    """Finds queries in one text, which it folds once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._folded = fold_map(text)
        self._inside = _inside_clusters(text) if _INTRICATE.search(text) else b""

    def find(self, query: str) -> list[tuple[int, int]]:
        """Return the spans where a query stands, in order; none overlap, all begin and end between graphemes.

        White space around the query does not count. Harakat and tatweel after a hit belong to it. A hit is never a part
        of one character: ل is not found in the ligature ﻻ, nor a woman in the emoji of a family. What folds to nothing
        is found nowhere.
        """
        sought = fold(query).strip(" ")
        return list(self._hits(sought)) if sought else []

    def _hits(self, sought: str) -> Iterator[tuple[int, int]]:
        folded = self._folded.text
        at = folded.find(sought)
        while at >= 0:
            hit = self._hit(at, at + len(sought))
            if hit:
                yield hit
            at = folded.find(sought, at + len(sought) if hit else at + 1)

    def _hit(self, first: int, last: int) -> tuple[int, int] | None:
        """Return the span that a stretch of the folded text stands for, or None when it would cut something."""
        offsets = self._folded.offsets
        start, limit = offsets[first], offsets[last] if last < len(offsets) else len(self._text)
        before_end = offsets[last - 1]
        if limit == before_end or (first and offsets[first - 1] == start):
            return None
        end = after_marks(self._text, before_end + 1, limit)
        cuts = self._inside and (self._inside[start] or self._inside[end])
        return None if cuts else (start, end)


def after_marks(text: str, end: int, limit: int) -> int:
    """Return where the marks and tatweels end that folding dropped behind a place, at most at `limit`."""
    while end < limit and _CLINGING.match(text, end):
        end += 1
    return end


def _inside_clusters(text: str) -> bytearray:
    """Return for each offset 1 when it lies inside a grapheme cluster, 0 when it is a border."""
    inside = bytearray(len(text) + 1)
    for stretch in _STRETCH.finditer(text):
        for start, end in _clusters(text, *stretch.span()):
            inside[start + 1 : end] = b"\1" * (end - start - 1)
    return inside


def _clusters(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield the grapheme clusters between two borders.

    Piece by piece: in a long row of flags `regex` looks back to its beginning for each one.
    """
    size = _PIECE
    while start < stop:
        piece = text[start : min(start + size, stop)]
        ends = [cluster.end() for cluster in _CLUSTER.finditer(piece)]
        if start + len(piece) < stop:
            ends.pop()  # the piece may have cut it
        for first, last in pairwise([0, *ends]):
            yield start + first, start + last
        start, size = (start + ends[-1], _PIECE) if ends else (start, size * 2)


def offsets_of(text: str, widths_of: dict[int, str]) -> Sequence[int]:
    """Return the offset that each character of a translated text comes from.

    `widths_of` gives for a code point the character whose number is how many characters it becomes.
    """
    widths = text.translate(widths_of).encode("latin-1")
    single, dropped = widths.count(1), widths.count(0)
    if single == len(text):
        return range(len(text))
    if single + dropped == len(text):
        return array("I", compress(range(len(text)), widths))
    return array("I", chain.from_iterable(map(repeat, range(len(text)), widths)))


def _kept_stretches(folded: str) -> Iterator[tuple[int, int]]:
    """Yield what stays of a folded text when of each run of spaces only the first is kept."""
    start = 0
    for run in _SPACES.finditer(folded):
        yield start, run.start() + 1
        start = run.end()
    yield start, len(folded)


def fold_character(character: str) -> str:
    """Return what one character becomes; folding that again changes nothing."""
    before, folded = "", character
    while before != folded:
        before, folded = folded, "".join(map(_fold_once, folded))
    return folded


def _fold_once(character: str) -> str:
    category = unicodedata.category(character)
    if character in _LETTERS:
        return _LETTERS[character]
    if character.isspace():
        return " "
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if (category == "Cf" and not _SHOWN_CONTROL.match(character)) or _DROPPED_MARKS.match(character):
        return ""
    return _decomposed(character).casefold()


def _decomposed(character: str) -> str:
    """Return the compatibility decomposition; a mark shown on a space is no space, and Hangul stays in syllables."""
    parts = unicodedata.normalize("NFKD", character)
    if _HANGUL_SYLLABLE.match(character):
        return character
    if len(parts) > 1 and parts.startswith(" "):
        return parts[1:] if _PRESENTATION_FORM.match(character) else character
    return parts


class _Folds(dict[int, str]):
    """What each code point becomes, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = sys.intern(fold_character(chr(code)))
        return folded


class _Widths(dict[int, str]):
    """How many characters each code point becomes, as a character of that number."""

    def __missing__(self, code: int) -> str:
        self[code] = width = chr(len(_FOLDS[code]))
        return width


_FOLDS, _WIDTHS = _Folds(), _Widths()
