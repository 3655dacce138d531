"""What a selection does not mean at its ends: white space, punctuation, and brackets or quotes whose partner is not inside.

A pair that lies inside as a whole stays, as in قوات سوريا الديمقراطية (قسد). Signs that are part of what they stand at stay:
the per cent sign, @ and #, the last dot of U.S. and أ.ف.ب.
"""

from __future__ import annotations

import regex

from annotator.text.graphemes import snap

# Invisible signs count as white space: nobody means to select one at an end.
_BLANK = regex.compile(r"[\s\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_MARK = regex.compile(r"[\p{M}\u200c\u200d]")
_PUNCTUATION = regex.compile(r"[\p{P}--[%‰‱٪؉؊@#&*_/\\§¶†‡]]", flags=regex.V1)
_DOTTED = regex.compile(r"(?:\p{L}[\p{M}\u0640]*\.){2,}")
_LONGEST_DOTTED = 40
_LETTER = regex.compile(r"[\p{L}\p{M}\p{N}]")
_BRACKETS = {")": "(", "]": "[", "}": "{", "﴾": "﴿", "⟩": "⟨", "〉": "〈", "》": "《"}
_OPENING = frozenset(_BRACKETS.values())
# Quotes by kind; some write „…“, »…« or ”…“, so their sides follow from where they stand.
_QUOTES = {
    '"': '"',
    "'": "'",
    "“": "“",
    "”": "“",
    "„": "“",
    "‟": "“",
    "‘": "‘",
    "’": "‘",
    "‚": "‘",
    "«": "«",
    "»": "«",
    "‹": "‹",
    "›": "‹",
}
_CLOSING_QUOTES = "”’»›"
_PAIRED = regex.compile("[" + regex.escape("".join([*_BRACKETS, *_BRACKETS.values(), *_QUOTES])) + "]")


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Drop white space, punctuation and unpaired brackets and quotes from both ends of the span.

    A span of punctuation alone only loses its white space; one of white space alone becomes empty at its start.
    """
    first, last = trim_blank(text, start, end)
    if first == last:
        return first, last
    kept = _without_punctuation(text, first, last)
    return snap(text, *(kept or (first, last)))


def trim_blank(text: str, start: int, end: int) -> tuple[int, int]:
    """Drop only white space and invisible signs from both ends; a span of nothing else becomes empty at its start."""
    first = start
    while first < end and _BLANK.match(text[first]):
        first = _after_marks(text, first + 1, end)
    if first == end:
        return start, start
    while _BLANK.match(text[base := _base(text, first, end)]):
        end = base
    return first, end


def _without_punctuation(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span without punctuation at its ends, or None when it is nothing else."""
    pairs = _pairs(text, start, end)
    while start < end and start not in pairs and _is_dropped(text[start]):
        start = _after_marks(text, start + 1, end)
    while start < end and not _keeps(text, start, base := _base(text, start, end), pairs):
        end = base
    return (start, end) if start < end else None


def _keeps(text: str, start: int, base: int, pairs: frozenset[int]) -> bool:
    return base in pairs or not _is_dropped(text[base]) or _ends_dotted(text, start, base)


def _is_dropped(character: str) -> bool:
    return bool(_BLANK.match(character) or _PUNCTUATION.match(character))


def _ends_dotted(text: str, start: int, dot: int) -> bool:
    """Tell whether the dot is the last one of an abbreviation of letters with dots."""
    begin = dot
    while begin > max(start, dot - _LONGEST_DOTTED) and (
        text[begin - 1] in ".\u0640" or _LETTER.match(text[begin - 1])
    ):
        begin -= 1
    return text[dot] == "." and bool(_DOTTED.fullmatch(text, begin, dot + 1))


def _base(text: str, start: int, end: int) -> int:
    """Return where the last character of the span stands, that is before the marks on it."""
    base = end - 1
    while base > start and _MARK.match(text[base]):
        base -= 1
    return base


def _after_marks(text: str, offset: int, end: int) -> int:
    while offset < end and _MARK.match(text[offset]):
        offset += 1
    return offset


def _pairs(text: str, start: int, end: int) -> frozenset[int]:
    """Return where the brackets and quotes stand whose partner is inside as well."""
    waiting: dict[str, list[int]] = {}
    paired: list[int] = []
    for match in _PAIRED.finditer(text, start, end):
        at, sign = match.start(), match.group()
        if sign == "'" and _is_inside_word(text, at, start, end):
            continue
        kind = _BRACKETS.get(sign, _QUOTES.get(sign, sign))
        stack = waiting.setdefault(kind, [])
        if _opens(text, at, start, end, open_before=bool(stack)):
            stack.append(at)
        elif stack:
            paired += (stack.pop(), at)
    return frozenset(paired)


def _opens(text: str, at: int, start: int, end: int, *, open_before: bool) -> bool:
    """Tell whether the sign opens: brackets by what they are, quotes by the blank or the letter beside them."""
    sign = text[at]
    if sign not in _QUOTES:
        return sign in _OPENING
    before, after = _beside(text, at, start, end)
    if before != after:
        return after
    return not open_before and sign not in _CLOSING_QUOTES


def _beside(text: str, at: int, start: int, end: int) -> tuple[bool, bool]:
    """Tell whether something other than white space or punctuation stands right before and right after the sign."""
    before = at > start and not _is_dropped(text[at - 1])
    return before, at + 1 < end and not _is_dropped(text[at + 1])


def _is_inside_word(text: str, at: int, start: int, end: int) -> bool:
    return start < at < end - 1 and bool(_LETTER.match(text[at - 1]) and _LETTER.match(text[at + 1]))
