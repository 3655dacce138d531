"""Where in a text a query is met: the one definition of what a hit is, worked out on the words of the text and their places.

The hits of a query in an article are those of all its parts that may be there, if the article is as the query says. None
overlap: of two that do, the one that begins first counts, and of two that begin together the longer.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, islice, takewhile
from operator import attrgetter
from typing import NamedTuple

import regex

from annotator.errors import BadPattern, PatternTooSlow
from annotator.language import N_, Sentence
from annotator.model import Boilerplate
from annotator.search_query import Every, Marked, Near, Node, Some, Within, Words
from annotator.text.forms import forms_of, spellings
from annotator.text.words import Worded

Span = tuple[int, int]
_first = attrgetter("first")
_Scopes = tuple[str | Span, ...]
Marks = Mapping[str, Sequence[Span]]
_SLOW = 2.0  # seconds that a pattern may take on one article
_LONGEST_PATTERN = 1000
# What may differ between two spellings that are exactly the same: harakat, tatweel and signs that are not seen.
_UNSEEN = regex.compile(r"[\p{Mn}\p{Cf}ـ]+")


class Hit(NamedTuple):
    """A stretch of a text that a query is met by; its word begins at `core`, behind letters written onto it."""

    start: int
    end: int
    core: int


class _Found(NamedTuple):
    """A hit with the numbers of its first and its last word."""

    first: int
    last: int
    start: int
    end: int
    core: int


class WordMatcher:
    """Finds the hits of a query in texts."""

    def __init__(self, query: Node, *, clitics: bool = True, exact: bool = False) -> None:
        self._query, self._clitics, self._exact = query, clitics, exact
        self._expanded: dict[Words, Expanded] = {}

    def hits(
        self, text: str, *, marks: Marks | None = None, boilerplate: Sequence[Boilerplate] = (), title: str = ""
    ) -> list[Hit]:
        """Return the hits in a text, in order; `marks` are the annotations of the labels that the query names."""
        left_out = [(one.start, one.end) for one in boilerplate]
        found = _Search(Worded(text), marks or {}, left_out, self.expanded).found(self._query, ())
        return [Hit(*one[2:]) for one in _apart(found)]

    def expanded(self, words: Words) -> Expanded:
        """Return what the words are looked up by."""
        if words not in self._expanded:
            self._expanded[words] = Expanded(words, clitics=self._clitics, exact=self._exact or words.exact)
        return self._expanded[words]


class Expanded:
    """Words with the forms in which each of them is found; only the first may have something written onto it."""

    def __init__(self, words: Words, *, clitics: bool, exact: bool) -> None:
        self.words = words
        first, *others = words.words
        self.forms = forms_of(first, clitics=clitics and not exact)
        self.others = [spellings(word) for word in others]
        # How each word must be spelled; empty when that does not matter.
        self.exactly = [_spelled(word) for word in words.words] if exact else []


class PatternMatcher:
    """Finds what a regular expression matches, in the text as it is written."""

    def __init__(self, pattern: str) -> None:
        if len(pattern) > _LONGEST_PATTERN:
            reason = Sentence(N_("a search has at most {most} characters"), {"most": _LONGEST_PATTERN})
            raise BadPattern(at=_LONGEST_PATTERN, reason=reason)
        try:
            self._pattern = regex.compile(pattern, regex.VERSION1)
        except regex.error as error:
            raise BadPattern(at=(error.pos or 0) + 1, reason=error.msg) from error
        except RecursionError as error:
            raise BadPattern(at=1, reason=Sentence(N_("there are too many parentheses within each other"))) from error

    def hits(
        self, text: str, *, marks: Marks | None = None, boilerplate: Sequence[Boilerplate] = (), title: str = ""
    ) -> list[Hit]:
        """Return what matches in a text, in order, but for what is empty; raise PatternTooSlow."""
        try:
            spans = [found.span() for found in self._pattern.finditer(text, timeout=_SLOW, concurrent=True)]
        except TimeoutError as error:
            raise PatternTooSlow(title=title) from error
        kept = [span for span in spans if span[0] < span[1] and not _touches(span, boilerplate)]
        if marks is not None:
            reach = _Reach(span for label in marks.values() for span in label)
            kept = [span for span in kept if reach.holds(*span)]
        return [Hit(start, end, start) for start, end in kept]


class _Search:
    """One text while it is searched. `scopes` are labels within whose annotations, or stretches in which, a hit must lie."""

    def __init__(
        self, text: Worded, marks: Marks, left_out: Sequence[Span], expanded: Callable[[Words], Expanded]
    ) -> None:
        self._text, self._marks, self._left_out, self._expanded = text, marks, left_out, expanded
        self._reaches: dict[str, _Reach] = {}
        self._of_words: dict[Words, list[_Found]] = {}

    def found(self, node: Node, scopes: _Scopes) -> list[_Found]:
        """Return all that meets a part of the query; nothing when the text is not as the part says."""
        match node:
            case Words():
                return self._kept(self._all_words(node), scopes)
            case Marked():
                return self._kept(self._marked(node.label), scopes)
            case Near():
                pairs = _near(self.found(node.one, scopes), self.found(node.other, scopes), node.distance)
                return [one for one in map(self._across, pairs) if self._lies_within(one, scopes)]
            case Within():
                return self._within(node, scopes)
            case Some():
                return [one for part in node.parts for one in self.found(part, scopes)]
            case Every():
                return self._every(node, scopes)

    def _within(self, node: Within, scopes: _Scopes) -> list[_Found]:
        """Return what lies within annotations of a label; what must be there, and what must not, is asked of each by itself."""
        if not _asks_of_each(node.part):
            return self.found(node.part, (*scopes, node.label))
        spans = self._reach(node.label).spans
        return [one for span in spans for one in self.found(node.part, (*scopes, span))]

    def _all_words(self, node: Words) -> list[_Found]:
        """Return where words stand in the whole text, worked out once however many annotations are asked about."""
        if node not in self._of_words:
            self._of_words[node] = self._words(self._expanded(node))
        return self._of_words[node]

    def _every(self, node: Every, scopes: _Scopes) -> list[_Found]:
        found: list[_Found] = []
        for part in node.parts:
            of_part = self.found(part, scopes)
            if not of_part:
                return []
            found += of_part
        return [] if any(self.found(part, scopes) for part in node.without) else found

    def _words(self, sought: Expanded) -> list[_Found]:
        found = []
        for first, letters in self._first_words(sought):
            last = first + len(sought.others)
            if self._goes_on(first + 1, sought):
                start, end = self._text.span(first, last)
                found.append(_Found(first, last, start, end, self._core(first, letters)))
        return [one for one in found if not sought.exactly or self._is_exactly(one, sought)]

    def _first_words(self, sought: Expanded) -> list[tuple[int, int]]:
        """Return the numbers of the words that the first sought one may be, and how many letters stand before it there."""
        places, forms = self._text.places, sought.forms
        if sought.others or not sought.words.begins:
            return [(number, letters) for form, letters in forms.items() for number in places.get(form, ())]
        beginnings = tuple(forms)
        return [
            (number, max((len(form), forms[form]) for form in beginnings if word.startswith(form))[1])
            for word, numbers in places.items()
            if word.startswith(beginnings)
            for number in numbers
        ]

    def _goes_on(self, at: int, sought: Expanded) -> bool:
        words = self._text.words
        if at + len(sought.others) > len(words):
            return False
        for number, spelled in enumerate(sought.others):
            word = words[at + number]
            is_last_letters = sought.words.begins and number == len(sought.others) - 1
            if not (word.startswith(tuple(spelled)) if is_last_letters else word in spelled):
                return False
        return True

    def _core(self, word: int, letters: int) -> int:
        """Return where a word begins behind its proclitics; a ligature that holds both is not cut."""
        start = self._text.letter(word, letters)
        return start if letters == 0 or self._text.letter(word, letters - 1) != start else self._text.letter(word, 0)

    def _is_exactly(self, one: _Found, sought: Expanded) -> bool:
        spans = (self._text.span(number, number) for number in range(one.first, one.last + 1))
        *whole, last = (_spelled(self._text.text[start:end]) for start, end in spans)
        *asked, asked_last = sought.exactly
        return whole == asked and (last.startswith(asked_last) if sought.words.begins else last == asked_last)

    def _marked(self, label: str) -> list[_Found]:
        found = []
        for start, end in self._marks.get(label, ()):
            first, last = self._text.numbers_within(start, end) or (-1, -1)
            found.append(_Found(first, last, start, end, start))
        return found

    def _across(self, pair: tuple[_Found, _Found]) -> _Found:
        """Return the hit that reaches from one of two to the other."""
        one, other = min(pair), max(pair)
        return _Found(one.first, max(one.last, other.last), one.start, max(one.end, other.end), one.core)

    def _kept(self, found: list[_Found], scopes: _Scopes) -> list[_Found]:
        if self._left_out:
            found = [
                one for one in found if not any(one.start < end and start < one.end for start, end in self._left_out)
            ]
        return [one for one in found if self._lies_within(one, scopes)] if scopes else found

    def _lies_within(self, one: _Found, scopes: _Scopes) -> bool:
        """Tell whether a hit lies in each scope. What is written onto a word may lie outside of an annotation."""
        return all(
            self._reach(scope).holds(one.start, one.end)
            if isinstance(scope, str)
            else scope[0] <= one.start and one.end <= scope[1]
            for scope in scopes
        )

    def _reach(self, label: str) -> _Reach:
        """Return the annotations of a label, each as far as the words reach that it touches."""
        if label not in self._reaches:
            numbers = (self._text.numbers_within(start, end) for start, end in self._marks.get(label, ()))
            self._reaches[label] = _Reach([self._text.span(*found) for found in numbers if found])
        return self._reaches[label]


class _Reach:
    """Stretches of a text, of which it is asked whether one of them holds another."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = self.spans = sorted(set(spans))
        self._starts = [start for start, _ in ordered]
        self._farthest = list(accumulate((end for _, end in ordered), max))

    def holds(self, start: int, end: int) -> bool:
        begun = bisect_right(self._starts, start)
        return begun > 0 and self._farthest[begun - 1] >= end


def _asks_of_each(node: Node) -> bool:
    """Tell whether a query asks for several things at once, so that it makes a difference where one annotation ends."""
    match node:
        case Every():
            return True
        case Some():
            return any(map(_asks_of_each, node.parts))
        case Within():
            return _asks_of_each(node.part)
        case _:
            return False


def _near(one: list[_Found], other: list[_Found], distance: int) -> list[tuple[_Found, _Found]]:
    """Return the pairs of one of each, in any order, with at most so many words between them.

    Of pairs that lie within each other only the innermost count.
    """
    pairs = [*_followed(one, other, distance), *_followed(other, one, distance)]
    innermost: list[tuple[_Found, _Found]] = []
    for first, last in sorted(pairs, key=lambda pair: (-pair[0].first, pair[1].last)):
        if not innermost or last.last < innermost[-1][1].last:
            innermost.append((first, last))
    return innermost


def _followed(one: list[_Found], other: list[_Found], distance: int) -> Iterator[tuple[_Found, _Found]]:
    """Yield each with the first to end of those that begin soon behind it."""
    later = sorted(other)
    for found in one:
        near = islice(later, bisect_right(later, found.last, key=_first), None)
        soon = takewhile(lambda next_one: next_one.first - found.last - 1 <= distance, near)  # noqa: B023 - used at once
        nearest = min(soon, key=lambda next_one: next_one.last, default=None)
        if nearest:
            yield found, nearest


def _apart(found: Iterable[_Found]) -> list[_Found]:
    """Return the hits in their order without those that overlap one before."""
    kept: list[_Found] = []
    for one in sorted(set(found), key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _spelled(text: str) -> str:
    """Return how a word is spelled, without what is not seen as a letter."""
    return str(_UNSEEN.sub("", unicodedata.normalize("NFKC", text)))


def _touches(span: Span, boilerplate: Sequence[Boilerplate]) -> bool:
    return any(span[0] < one.end and one.start < span[1] for one in boilerplate)
