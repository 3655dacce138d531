"""An article cut as WebAnno TSV addresses it: sentences of tokens that leave no text between them, and units for annotations.

A unit is a token, or a part of one where an annotation begins or ends inside it. What is no word (white space, invisible
controls) is a token only where it must be: before the first word, and where an annotation begins or ends in it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, chain
from typing import NamedTuple

from annotator.text.tokens import Span, Word
from annotator.writers.layers import Layer, Structure


class Sentence(NamedTuple):
    """A sentence: its text up to `end`, which begins where the first of its tokens begins, in code points."""

    tokens: list[Span]
    end: int


def cut(text: str, found: Iterable[list[Word]], marked: Iterable[Span]) -> list[Sentence]:
    """Return the sentences of a text by their words: one takes what stands before the next, but for a line end right before it.

    That line end is what readers put between two sentences that do not touch.
    """
    tokens = _with_gaps(text, [[(start, end) for start, end, _ in words] for words in found], marked)
    ends = [each[0][0] for each in tokens[1:]] + [len(text)]
    last = len(tokens) - 1
    return [
        Sentence(each, end - 1 if number < last and text[end - 1] == "\n" and each[-1][1] < end else end)
        for number, (each, end) in enumerate(zip(tokens, ends, strict=True))
    ]


def _with_gaps(text: str, found: list[list[Span]], marked: Iterable[Span]) -> list[list[Span]]:
    """Put those gaps between the words of sentences that must be tokens too among these."""
    words = list(chain.from_iterable(found))
    if not words:
        return [[(0, len(text))]] if text else []
    firsts = list(accumulate(map(len, found[:-1]), initial=0))
    for number in sorted(_needed(words, marked), reverse=True):
        at = bisect_right(firsts, number) - 1
        place = number - firsts[at]
        gap = (words[number - 1][1] if number else 0, words[number][0] if number < len(words) else len(text))
        # A gap belongs to the sentence before it; there is none before the first.
        if place or not at:
            found[at].insert(place, gap)
        else:
            found[at - 1].append(gap)
    return found


def _needed(words: list[Span], marked: Iterable[Span]) -> set[int]:
    """Return the numbers of the words whose gap before them is a token; one more than there are words is the end."""
    starts, ends = [word[0] for word in words], [word[1] for word in words]
    needed = {0} if starts[0] else set()
    for start, end in marked:
        after = bisect_right(starts, start)
        if not after or ends[after - 1] <= start:
            needed.add(after)
        reaching = bisect_left(ends, end)
        if reaching == len(words) or starts[reaching] >= end:
            needed.add(reaching)
    return needed


Held = dict[Layer, list[Structure]]


class Units:
    """What stands on each unit of an article: on whole tokens by their number, and on parts of them by their place."""

    def __init__(self, tokens: list[Span], found: Iterable[Structure]) -> None:
        self._tokens = tokens
        self._ends = [end for _, end in tokens]
        self.whole: dict[int, Held] = {}
        self.parts: dict[int, dict[Span, Held]] = {}
        self._first: dict[Structure, tuple[int, Span]] = {}
        self.in_need: set[Structure] = set()
        for one in found:
            self._place(one)

    def first_of(self, one: Structure) -> tuple[int, Span]:
        """Return the number of the token where a structure begins, and the place of its first unit."""
        return self._first[one]

    def parts_of(self, number: int) -> list[tuple[Span, Held]]:
        """Return the parts of a token by their place."""
        return sorted(self.parts.get(number, {}).items(), key=lambda part: part[0])

    def _place(self, one: Structure) -> None:
        """Put a structure on its units; a relation stands on the first unit of its dependent alone."""
        if one.ends:
            self.in_need.update(one.ends)
            number, place = self._first[one] = self._first[one.ends[1]]
            self._held(number, place).setdefault(one.layer, []).append(one)
            return
        self.in_need.update(filler for _, filler in one.roles)
        units = list(self._covered(one.start, one.end))
        self._first[one] = units[0]
        if len(units) > 1:
            self.in_need.add(one)
        for number, place in units:
            stack = self._held(number, place).setdefault(one.layer, [])
            stack.append(one)
            if len(stack) > 1:
                self.in_need.update(stack)

    def _covered(self, start: int, end: int) -> Iterator[tuple[int, Span]]:
        number = bisect_right(self._ends, start)
        while number < len(self._tokens) and self._tokens[number][0] < end:
            first, last = self._tokens[number]
            yield number, (max(start, first), min(end, last))
            number += 1

    def _held(self, number: int, place: Span) -> Held:
        if place == self._tokens[number]:
            return self.whole.setdefault(number, {})
        return self.parts.setdefault(number, {}).setdefault(place, {})
