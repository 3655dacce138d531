"""The words of a text in their search form: what the index of a project holds, and the way back to the text as it is.

A word is a run of characters whose search form is made of letters, numbers and marks; what folds to nothing (harakat, tatweel,
controls) neither makes a word nor ends one. A character that stands for several words (ﷺ, ½) ends one and is none, so that no
word begins or ends within a character.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

import regex

from annotator.text.fold import after_marks, fold_character, offsets_of
from annotator.text.translating import Translation

_OF_A_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_WORD = regex.compile("[^ ]+")


def words_of(text: str) -> str:
    """Return the words of a text in their search form, with one or more spaces between them."""
    return _QUICKLY.of(text)


class Worded:
    """A text with its words, and where each of them stands in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._folded = words_of(text)
        self.words: list[str] = self._folded.split()

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """The numbers of the words by what they are, in order."""
        found: dict[str, list[int]] = {}
        for number, word in enumerate(self.words):
            found.setdefault(word, []).append(number)
        return found

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return where the words from `first` to `last` stand in the text; marks behind them belong to them."""
        ends = self._spans[last][1]
        before_end = self._offsets[ends - 1]
        limit = self._offsets[ends] if ends < len(self._offsets) else len(self.text)
        return self.letter(first, 0), after_marks(self.text, before_end + 1, limit)

    def letter(self, word: int, letter: int) -> int:
        """Return where a letter of a word stands in the text."""
        return self._offsets[self._spans[word][0] + letter]

    def numbers_within(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the first and the last word that a stretch of the text touches, or None when it touches none."""
        first, last = bisect_left(self._lasts, start), bisect_left(self._firsts, end) - 1
        return (first, last) if first <= last else None

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        return [found.span() for found in _WORD.finditer(self._folded)]

    @cached_property
    def _firsts(self) -> list[int]:
        return [self._offsets[first] for first, _ in self._spans]

    @cached_property
    def _lasts(self) -> list[int]:
        return [self._offsets[end - 1] for _, end in self._spans]

    @cached_property
    def _offsets(self) -> Sequence[int]:
        return offsets_of(self.text, _WIDTHS)


class _Words(dict[int, str]):
    """What each code point becomes, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = fold_character(chr(code))
        self[code] = word = folded if not folded or _OF_A_WORD.fullmatch(folded) else " "
        return word


class _Widths(dict[int, str]):
    """How many characters each code point becomes, as a character of that number."""

    def __missing__(self, code: int) -> str:
        self[code] = width = chr(len(_WORDS[code]))
        return width


_WORDS, _WIDTHS = _Words(), _Widths()
_QUICKLY = Translation(_WORDS)
