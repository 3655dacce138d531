"""Numbers as Arabic writes them: figures (6, ٦, 1.200, 12,5) and words (ستة, مئتين, ثلاثة آلاف), and what is counted.

Values are only ever offered; a reviewer decides. A dual (جنديان) is no number word and is not found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from annotator.text.fold import fold

_UNITS = {
    "صفر": 0, "واحد": 1, "واحده": 1, "احد": 1, "احدي": 1, "اثنان": 2, "اثنين": 2, "اثنتان": 2, "اثنتين": 2, "اثنا": 2,
    "اثني": 2, "اثنتا": 2, "اثنتي": 2, "ثلاث": 3, "ثلاثه": 3, "اربع": 4, "اربعه": 4, "خمس": 5, "خمسه": 5, "ست": 6,
    "سته": 6, "سبع": 7, "سبعه": 7, "ثمان": 8, "ثماني": 8, "ثمانيه": 8, "تسع": 9, "تسعه": 9, "عشر": 10, "عشره": 10,
}  # fmt: skip
_TENS = {
    stem + ending: 10 * number
    for number, stem in enumerate(("عشر", "ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "تسع"), start=2)
    for ending in ("ون", "ين")
}
_HUNDRED_FORMS = ("مئه", "مائه")
_HUNDRED_WORDS = {
    **dict.fromkeys(_HUNDRED_FORMS, 100),
    **dict.fromkeys(("مئتان", "مئتين", "مئتا", "مئتي", "مائتان", "مائتين", "مائتا", "مائتي"), 200),
    **{stem + hundred: 100 * number for number, stem in enumerate(
        ("ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "تسع"), start=3) for hundred in _HUNDRED_FORMS},
    **{f"ثماني{hundred}": 800 for hundred in _HUNDRED_FORMS},
}  # fmt: skip
_SCALES = {
    **dict.fromkeys(("الف", "الاف", "الفا"), 1000),
    **dict.fromkeys(("مليون", "ملايين", "مليونا"), 1_000_000),
    **dict.fromkeys(("مليار", "مليارات", "مليارا"), 1_000_000_000),
}  # fmt: skip
_DUAL_SCALES = {
    **dict.fromkeys(("الفان", "الفين", "الفا", "الفي"), 2000),
    **dict.fromkeys(("مليونان", "مليونين", "مليوني"), 2_000_000),
    **dict.fromkeys(("ملياران", "مليارين", "ملياري"), 2_000_000_000),
}  # fmt: skip
_SMALL = {fold(word): value for word, value in (_UNITS | _TENS).items()}
_HUNDRED = frozenset(map(fold, _HUNDRED_FORMS))
_HUNDREDS = {fold(word): value for word, value in _HUNDRED_WORDS.items()}
# احد is far more often "somebody" or Sunday than the one of eleven, so it begins no number by itself.
_NEVER_ALONE = {"احد", "احدي", "واحد", "واحده", "الفا"}
_TOKEN = regex.compile(r"\p{Nd}+(?:[.,٫٬]\p{Nd}+)*|[\p{L}\p{M}ـ]+")
_GROUPED = regex.compile(r"\d{1,3}(?:[.,]\d{3})+")
_GAP = regex.compile(r"[ \u00a0\u202f]+")


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A number at its place; `end` is that of its unit, the word after it, if there is one."""

    start: int
    end: int
    value: int | float
    unit: str


def offered_number(words: str) -> int | float | None:
    """Return the value of the first number in some words, or None."""
    return next((found.value for found in numbers_in(words, 0, len(words))), None)


def numbers_in(text: str, start: int, end: int) -> Iterator[FoundNumber]:
    """Yield the numbers between two offsets (code points), each with the word after it."""
    tokens = list(_TOKEN.finditer(text, start, end))
    at = 0
    while at < len(tokens):
        value, after = _number(text, tokens, at)
        if value is None:
            at += 1
            continue
        unit = tokens[after] if after < len(tokens) and _touch(text, tokens, after) else None
        unit = None if unit and unit.group() == "و" else unit
        last = unit or tokens[after - 1]
        yield FoundNumber(tokens[at].start(), last.end(), value, unit.group() if unit else "")
        at = after


def _number(text: str, tokens: list[regex.Match[str]], at: int) -> tuple[int | float | None, int]:
    """Return the number that begins at a token and the token after it, or (None, at)."""
    first = tokens[at].group()
    if first[0].isdecimal():
        value, after = _figures(first), at + 1
        scale = (
            _SCALES.get(fold(tokens[after].group())) if after < len(tokens) and _touch(text, tokens, after) else None
        )
        return (value * scale, after + 1) if scale else (value, after)
    run = at
    while run < len(tokens) and (run == at or _touch(text, tokens, run)) and _word(tokens[run].group(), run > at):
        run += 1
    words = [_word(token.group(), index > 0) for index, token in enumerate(tokens[at:run])]
    if not words or (len(words) == 1 and words[0] in _NEVER_ALONE):
        return None, at
    return _sum(words), run


def _figures(token: str) -> int | float:
    """Return the value of figures; points and commas before three figures are those of thousands."""
    plain = fold(token)
    if _GROUPED.fullmatch(plain):
        return int(plain.replace(",", "").replace(".", ""))
    whole, _, part = plain.replace(",", ".").partition(".")
    return int(whole) if not part or "." in part else float(f"{whole}.{part}")


def _word(token: str, inside: bool) -> str:
    """Return a token as a number word, without the و that joins it, or an empty string."""
    word = fold(token)
    for candidate in (word, word[1:] if inside and word.startswith("و") else ""):
        if candidate in _SMALL or candidate in _HUNDREDS or candidate in _SCALES or candidate in _DUAL_SCALES:
            return candidate
    return ""


def _sum(words: list[str]) -> int:
    """Return the value of number words in their order: what stands before a scale is multiplied by it."""
    total = current = 0
    for word in words:
        if word in _SCALES and (current or word not in _DUAL_SCALES):
            total, current = total + max(current, 1) * _SCALES[word], 0
        elif word in _DUAL_SCALES:
            total += _DUAL_SCALES[word]
        elif word in _HUNDRED and 2 < current < 10:
            current *= 100
        else:
            current += _HUNDREDS.get(word) or _SMALL[word]
    return total + current


def _touch(text: str, tokens: list[regex.Match[str]], at: int) -> bool:
    """Tell whether only spaces stand before a token and after the one before it."""
    return bool(_GAP.fullmatch(text, tokens[at - 1].end(), tokens[at].start()))
