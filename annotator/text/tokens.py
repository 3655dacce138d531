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
from typing import NamedTuple

import regex

from annotator.text.clitics import offered
from annotator.text.sentences import sentence_spans

_TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}_\u0640\u200c\u200d]+(?:[.,:/٫٬-](?=\p{N})\p{N}+)*|\X")
_ARABIC = regex.compile(r"[\u0620-\u06ff]")
_UNIT = regex.compile(r"(?!\u0640)\p{L}[\p{M}\u0640\u200c\u200d]*")


class Word(NamedTuple):
    """A word `[start, end)` in code points; `parts` are where its parts after the first begin: none when it is one piece."""

    start: int
    end: int
    parts: tuple[int, ...] = ()

    def pieces(self) -> Iterator[tuple[int, int]]:
        """Yield its parts as spans, or the whole word."""
        return pairwise((self.start, *self.parts, self.end))


def sentences(text: str, *, cuts: Iterable[int] = ()) -> Iterator[list[Word]]:
    """Yield the words of each sentence that has any; `cuts` are offsets where a part begins whatever the language says."""
    wanted = sorted(set(cuts))
    for start, end in sentence_spans(text):
        words = list(_words(text, start, end))
        if words:
            yield [_cut(word, wanted) for word in words] if wanted else words


def _words(text: str, start: int, end: int) -> Iterator[Word]:
    for found in _TOKEN.finditer(text, start, end):
        word = found.group()
        if _is_blank(word):
            continue
        first = found.start()
        parts = _parts(word) if _ARABIC.match(word) else ()
        yield Word(first, found.end(), tuple(first + part for part in parts))


@lru_cache(maxsize=50_000)
def _parts(word: str) -> tuple[int, ...]:
    """Return where the parts of a word begin behind the first: one for each proclitic that is surely one."""
    reading = offered(word, 0, len(word))
    if reading is None:
        return ()
    units = [unit.start() for unit in _UNIT.finditer(word, 0, reading.start)]
    return (*units[1:], reading.start)


@lru_cache(maxsize=5_000)
def _is_blank(cluster: str) -> bool:
    return all(character.isspace() or unicodedata.category(character) in ("Cf", "Cc") for character in cluster)


def _cut(word: Word, cuts: list[int]) -> Word:
    inside = cuts[bisect_right(cuts, word.start) : bisect_left(cuts, word.end)]
    return Word(word.start, word.end, tuple(sorted({*word.parts, *inside}))) if inside else word
