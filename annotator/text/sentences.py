"""The sentence around an offset, for a triple click.

A line feed always ends a sentence; so do . ! ? ؟ … with the quotes and brackets that close behind them; ؛ ends none. A dot
ends none inside a number, behind an abbreviation, an initial or the number of a list, nor before a small Latin letter. Nothing
beyond the sentence itself is read, so the cost follows from its length and not from that of the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import regex

from annotator.text.graphemes import snap
from annotator.text.trimming import trim_blank

_STOPS = r".!?؟…‼⁇⁈⁉。！？"
_LAST_STOP = regex.compile(rf"(?r)[{_STOPS}\n]")
_STOP = regex.compile(rf"[{_STOPS}]+|\n")
_BEHIND = regex.compile(r"""[\p{M}\u200e\u200f\u061c]*["'”’»›“\)\]\}﴾]*[\u200e\u200f\u061c]*""")
_SPACE = regex.compile(r"[^\S\n]*\n?")
_ARABIC_LETTER = regex.compile(r"(?=\p{Script=Arabic})\p{L}")
_WORD_BEFORE = regex.compile(r"(?r)[\p{L}\p{M}\p{N}\u0640]+")
_MARKS = regex.compile(r"[\p{M}\u0640]")
_LIST_NUMBER = regex.compile(r"(?r)(?:^|\n)[^\S\n]*\p{Nd}{1,3}")
_LONGEST_WORD = 24
# What people write short with a dot; single letters (د. أ. م. ص. U.S.) need no list.
_ABBREVIATIONS = """
mr mrs ms dr st vs no nos gen col lt sgt maj capt cmdr adm gov sen rep prof rev jr sr inc ltd co corp dept est fig vol
pp ed approx jan feb mar apr jun jul aug sep sept oct nov dec مج تح تر دك
"""
_ABBREVIATION_SET = frozenset(_ABBREVIATIONS.split())


def sentence_at(text: str, offset: int) -> tuple[int, int]:
    """Return the sentence that holds `offset` without white space around it; in an empty line an empty span.

    White space behind a sentence belongs to it.
    """
    offset = min(max(offset, 0), max(len(text) - 1, 0))
    start = _start_of(text, offset)
    end = next((one for one in _ends_from(text, start) if one > offset), len(text))
    return snap(text, *trim_blank(text, start, end))


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a text in order, without white space around them; they are those that `sentence_at` finds."""
    start = 0
    for end in chain(_ends_from(text, 0), (len(text),)):
        if end > start:
            span = trim_blank(text, start, end)
            if span[0] < span[1]:
                yield snap(text, *span)
            start = end


def _start_of(text: str, offset: int) -> int:
    """Return the last end of a sentence at or before `offset`."""
    before = offset
    while stop := _LAST_STOP.search(text, 0, before):
        at = _run_start(text, stop.start())
        end = _end_at(text, at)
        if end is not None and end <= offset:
            return end
        before = at
    return 0


def _run_start(text: str, stop: int) -> int:
    """Return where the run of stops that holds this one begins."""
    while text[stop] != "\n" and stop > 0 and text[stop - 1] in _STOPS:
        stop -= 1
    return stop


def _ends_from(text: str, start: int) -> Iterator[int]:
    for match in _STOP.finditer(text, start):
        end = _end_at(text, match.start())
        if end is not None:
            yield end


def _end_at(text: str, at: int) -> int | None:
    """Return where the sentence ends whose stops begin here, with what closes behind them and white space; or None."""
    if text[at] == "\n":
        return at + 1
    match = _STOP.match(text, at)
    stops = match.end() if match else at
    closed = _BEHIND.match(text, stops).end()
    after = text[closed : closed + 1]
    if text[at:stops] == "." and closed == stops and not _dot_ends(text, at, after):
        return None
    if after and not after.isspace() and not _joins(text, at, stops, after):
        return None
    end: int = _SPACE.match(text, closed).end()
    return end


def _joins(text: str, at: int, stops: int, after: str) -> bool:
    """Tell whether a new sentence follows though nobody wrote a space: an Arabic letter behind a mark or a whole word."""
    if not _ARABIC_LETTER.match(after) or "…" in text[at:stops] or text[at:stops].startswith(".."):
        return False
    return text[at] != "." or len(_letters_before(text, at)) > 2


def _dot_ends(text: str, dot: int, after: str) -> bool:
    """Tell whether a single dot ends a sentence, by the word before it and the character after it."""
    if after in ("", "\n"):
        return True
    word = _letters_before(text, dot)
    # و stands before an abbreviation too: د. محمد وم. أحمد.
    letter = word[1:] if len(word) == 2 and word[0] == "و" else word
    if (len(letter) == 1 and letter.isalpha()) or word.lower() in _ABBREVIATION_SET:
        return False
    near = max(dot - _LONGEST_WORD, 0)
    if _LIST_NUMBER.fullmatch(text, max(text.rfind("\n", near, dot), near), dot):
        return False
    following = text[dot + 1 : dot + 3].strip()[:1]
    return not (following.islower() and following.isascii())


def _letters_before(text: str, dot: int) -> str:
    """Return the word that ends at the dot, without marks and tatweel."""
    match = _WORD_BEFORE.match(text, max(dot - _LONGEST_WORD, 0), dot)
    return _MARKS.sub("", match.group()) if match else ""
