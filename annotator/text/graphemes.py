"""Grapheme and word borders of a text, in code points.

Borders follow Unicode Standard Annex 29 as the `regex` package implements it. Every function looks only at the
neighbourhood of the offset, so that a keystroke in a text of a megabyte costs the same as in a short one.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

_CLUSTER = regex.compile(r"\X")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}\p{Pc}\u200c\u200d\u0640]+(?:[.,:'’٫٬][\p{N}]+)*")
# A space glues to a character of the class Prepend before it (rule GB9b), so it is no safe place to start there.
_PREPEND = regex.compile(r"\p{Grapheme_Cluster_Break=Prepend}")
# Between two characters that are no part of a larger grapheme, as nearly all are, there is a border (rule GB999).
_PLAIN = regex.compile(r"[\p{GCB=Other}\n]{2}")
_WORD_WINDOW = 200


def next_border(text: str, offset: int) -> int:
    """Return the first grapheme border after `offset` (the end of the text at most)."""
    return next((border for border in _borders(text, offset) if border > offset), len(text))


def previous_border(text: str, offset: int) -> int:
    """Return the last grapheme border before `offset` (0 at least)."""
    last = 0
    for border in _borders(text, offset - 1):
        if border >= offset:
            break
        last = border
    return last


def is_border(text: str, offset: int) -> bool:
    """Tell whether `offset` lies between two graphemes."""
    if offset in (0, len(text)) or _PLAIN.match(text, offset - 1):
        return True
    return previous_border(text, offset + 1) == offset


def snap(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen the span to the grapheme borders around it."""
    return (
        start if is_border(text, start) else previous_border(text, start),
        end if is_border(text, end) else next_border(text, end),
    )


def word_at(text: str, offset: int) -> tuple[int, int]:
    """Return the word that holds or touches `offset`, or the one grapheme there when there is no word."""
    for start, end in _words(text, offset - _WORD_WINDOW, offset + _WORD_WINDOW):
        if start <= offset <= end:
            return start, end
    return snap(text, offset, min(offset + 1, len(text)))


def widen_to_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen the span to the whole words that it cuts; a border between words stays where it is."""
    for first, last in _words(text, start, start):
        start = first if first < start < last else start
    for first, last in _words(text, end, end):
        end = last if first < end < last else end
    return start, end


def next_word(text: str, offset: int) -> int:
    """Return the end of the word at or after `offset`: where Ctrl and an edge key go forwards."""
    stop = offset + _WORD_WINDOW
    while True:
        found = next((end for _, end in _words(text, offset, stop) if end > offset), None)
        if found is not None:
            return found
        if stop >= len(text):
            return len(text)
        stop += _WORD_WINDOW * 10


def previous_word(text: str, offset: int) -> int:
    """Return the start of the word at or before `offset`: where Ctrl and an edge key go backwards."""
    begin = offset - _WORD_WINDOW
    while True:
        starts = [start for start, _ in _words(text, begin, offset) if start < offset]
        if starts:
            return starts[-1]
        if begin <= 0:
            return 0
        begin -= _WORD_WINDOW * 10


def _borders(text: str, offset: int) -> Iterator[int]:
    """Yield borders from a safe place at or before `offset` onwards."""
    start = _safe_start(text, offset)
    yield start
    for match in _CLUSTER.finditer(text, start):
        yield match.end()


def _safe_start(text: str, offset: int) -> int:
    """Return a border at or before `offset`, found without reading the whole text."""
    start = min(max(offset, 0), len(text))
    while start > 0:
        start = max(text.rfind(" ", 0, start), text.rfind("\n", 0, start), 0)
        if start == 0 or (text[start] == "\n" and text[start - 1] != "\r") or not _PREPEND.match(text[start - 1]):
            return start
    return 0


def _words(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the words that begin in the neighbourhood [begin, end), each whole."""
    start = max(begin, 0)
    while start > 0 and _WORD.match(text[start - 1]):
        start -= 1
    for match in _WORD.finditer(text, start):
        if match.start() > end:
            return
        yield match.span()
