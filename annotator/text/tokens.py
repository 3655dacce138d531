"""Sentences and tokens for training data: words, numbers and signs; surely attached proclitics are parts of their word.

What a token is follows from the text alone, so that whoever uses a model later cuts a new text the same way; a writer may
ask for further cuts where annotations begin or end. White space and invisible controls are no tokens.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

import regex

from annotator.text.clitics import offered
from annotator.text.sentences import sentence_spans

_TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}_\u0640\u200c\u200d]+(?:[.,:/٫٬-](?=\p{N})\p{N}+)*|\X")
_ARABIC = regex.compile(r"[\u0620-\u06ff]")
# A grapheme may reach over a space: a space takes a mark behind it along, and a sign such as U+0600 a space.
_TAKEN_ALONG = regex.compile(r"[\p{M}\p{GCB=Extend}\p{GCB=SpacingMark}\u200d]")
_TAKES_ALONG = regex.compile(r"\p{GCB=Prepend}")
_UNIT = regex.compile(r"(?!\u0640)\p{L}[\p{M}\u0640\u200c\u200d]*")


Span = tuple[int, int]
Word = tuple[int, int, tuple[int, ...]]
"""A word `[start, end)` in code points, and where its parts behind the first begin: nowhere when it is one piece."""


def sentences(text: str, *, cuts: Iterable[int] = ()) -> Iterator[list[Word]]:
    """Yield the words of each sentence that has any; `cuts` are offsets where a part begins whatever the language says."""
    wanted = sorted(set(cuts))
    for start, end in sentence_spans(text):
        words = _words(text, start, end)
        if words:
            yield _cut(words, wanted[bisect_right(wanted, start) : bisect_left(wanted, end)])


def pieces(words: Iterable[Word]) -> list[Span]:
    """Return the parts of words as spans, and as a whole the words that have none."""
    found: list[Span] = []
    for start, end, parts in words:
        if parts:
            found += pairwise((start, *parts, end))
        else:
            found.append((start, end))
    return found


def _words(text: str, start: int, end: int) -> list[Word]:
    """Return the words of a sentence, stretch by stretch between its spaces: most stretches come again and again."""
    words: list[Word] = []
    first = start
    for stretch in text[start:end].split(" "):
        found = _words_of(stretch)
        if found is None:
            return _read(text, start, end)
        for begin, stop, parts in found:
            words.append((first + begin, first + stop, tuple([first + part for part in parts]) if parts else ()))
        first += len(stretch) + 1
    return words


@lru_cache(maxsize=100_000)
def _words_of(stretch: str) -> list[Word] | None:
    """Return the words of a stretch by themselves; None where its ends may belong to the space beside it."""
    if _TAKEN_ALONG.match(stretch) or _TAKES_ALONG.match(stretch[-1:]):
        return None
    return [(0, len(stretch), _parts(stretch))] if stretch.isalnum() else _read(stretch, 0, len(stretch))


def _read(text: str, start: int, end: int) -> list[Word]:
    return [
        (found.start(), found.end(), tuple([found.start() + part for part in _parts(found.group())]))
        for found in _TOKEN.finditer(text, start, end)
        if not _is_blank(found.group())
    ]


@lru_cache(maxsize=20_000)
def _parts(word: str) -> tuple[int, ...]:
    """Return where the parts of a word begin behind the first: one for each proclitic that is surely one."""
    reading = offered(word, 0, len(word)) if _ARABIC.match(word) else None
    if reading is None:
        return ()
    units = [unit.start() for unit in _UNIT.finditer(word, 0, reading.start)]
    return (*units[1:], reading.start)


@lru_cache(maxsize=5_000)
def _is_blank(cluster: str) -> bool:
    return all(character.isspace() or unicodedata.category(character) in ("Cf", "Cc") for character in cluster)


def _cut(words: list[Word], cuts: list[int]) -> list[Word]:
    """Cut the words in which one of these offsets lies."""
    for cut in cuts:
        at = bisect_left(words, (cut,)) - 1
        start, end, parts = words[at]
        if start < cut < end:
            words[at] = (start, end, tuple(sorted({*parts, cut})))
    return words
