"""Words that must not be told: found in a text in every spelling, and blacked out by ▇ of equal length.

A secret is found as whole words in their search form, one after the other whatever signs stand between them, the first also
with what Arabic writes onto it; عبد الله is found in عبدالله and the other way round, أبو in each case. What has no letters
and no numbers is found as it is written. Each character gives one ▇ and line feeds stay, so every offset stays right.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise

import regex

from annotator.text.fold import after_marks
from annotator.text.forms import name_forms, spellings
from annotator.text.words import Worded, words_of

SIGN = "▇"
Span = tuple[int, int]
_GROWN_TOGETHER = regex.compile(r"(عبد)(ال..+)|(اب[واي])(...+)")
_FATHER = regex.compile(r"اب[واي]((?:...+)?)")
_SONS = ("ابن", "بن")
_BEFORE_A_NAME = ("عبد", "ابو", "ابا", "ابي")


class _Node:
    """How secrets go on behind some words: by the next word, and whether one ends here."""

    __slots__ = ("ends", "following")

    def __init__(self) -> None:
        self.ends = False
        self.following: dict[str, _Node] = {}

    def after(self, spelled: Iterable[str]) -> list[_Node]:
        """Return where secrets go on behind a word in each of its spellings; those that are new share one node."""
        new = _Node()
        return list(dict.fromkeys(self.following.setdefault(form, new) for form in spelled))


class Blackout:
    """Finds secrets in texts."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._heads: dict[str, _Node] = {}
        self._ways: dict[str, list[tuple[int, _Node]]] = {}
        self._signs: list[str] = []
        for secret in dict.fromkeys(secrets):
            self._add(secret)

    def ranges(self, text: str) -> list[Span]:
        """Return where secrets stand in a text, in order; none touch."""
        if not (text and (self._ways or self._signs)):
            return []
        return united([*self._words_in(text), *self._signs_in(text)])

    def of(self, text: str) -> str:
        """Return a text with its secrets blacked out; the same text when it has none."""
        found = self.ranges(text)
        return blacked(text, found) if found else text

    # -- inside ---------------------------------------------------------------------------------------------------

    def _add(self, secret: str) -> None:
        secret = unicodedata.normalize("NFC", secret)
        worded = Worded(secret)
        written = [secret[slice(*worded.span(at, at))] for at in range(len(worded.words))]
        if written:
            for words in _variants(written):
                self._add_words(words)
        elif secret.strip():
            self._signs.append(secret.strip())

    def _add_words(self, words: list[str]) -> None:
        nodes = [self._head(case) for case in _cases(words[0])]
        for word in words[1:]:
            spelled = [form for case in _cases(word) for form in spellings(case)]
            nodes = list(dict.fromkeys(one for node in nodes for one in node.after(spelled)))
        for node in nodes:
            node.ends = True

    def _head(self, word: str) -> _Node:
        """Return how secrets that begin with a word go on; its forms are worked out once."""
        if word not in self._heads:
            self._heads[word] = node = _Node()
            for form, letters in name_forms(word).items():
                self._ways.setdefault(form, []).append((letters, node))
        return self._heads[word]

    def _words_in(self, text: str) -> Iterator[Span]:
        worded = Worded(text)
        words, ways = worded.words, self._ways
        for at, word in enumerate(words):
            for letters, node in ways.get(word, ()):
                last = _last(words, at, node)
                if last >= 0:
                    yield worded.letter(at, letters), worded.span(at, last)[1]

    def _signs_in(self, text: str) -> Iterator[Span]:
        for sign in self._signs:
            at = text.find(sign)
            while at >= 0:
                yield at, at + len(sign)
                at = text.find(sign, at + 1)


def blacked(text: str, ranges: Iterable[Span]) -> str:
    """Return a text of the same length with ranges of it, in order, blacked out, and the marks that cling to their ends."""
    pieces, at = [], 0
    for start, end in ranges:
        end = max(after_marks(text, end, len(text)), at)  # a range may lie within the one before
        pieces += [text[at:start], covered(text[max(start, at) : end])]
        at = end
    return "".join([*pieces, text[at:]])


def covered(text: str) -> str:
    """Return a text blacked out as a whole, but for its line feeds."""
    return "\n".join(SIGN * len(line) for line in text.split("\n"))


def united(ranges: Iterable[Span]) -> list[Span]:
    """Return ranges in order, those that overlap or touch as one."""
    found: list[Span] = []
    for start, end in sorted(ranges):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _last(words: list[str], at: int, node: _Node) -> int:
    """Return the last word of the longest secret that begins at a word, or -1."""
    last = at if node.ends else -1
    while at + 1 < len(words) and (found := node.following.get(words[at + 1])):
        at, node = at + 1, found
        last = at if node.ends else last
    return last


def _variants(written: list[str]) -> Iterator[list[str]]:
    """Yield the words of a name as written, with عبد and أبو grown together with the next word, and parted from it."""
    yield written
    words = [words_of(word).strip(" ") for word in written]
    joined = _joined(words)
    if joined != words:
        yield joined
    parted = [part for word in words for part in _parted(word)]
    if parted != words:
        yield parted


def _cases(word: str) -> list[str]:
    """Return a word of a name with what else it can be in another case, أبا and أبي for أبو, and بن for ابن."""
    plain = words_of(word).strip(" ")
    found = _FATHER.fullmatch(plain)
    if found:
        return [f"اب{letter}{found[1]}" for letter in "واي"]
    return list(_SONS) if plain in _SONS else [word]


def _joined(words: list[str]) -> list[str]:
    found = words[:1]
    for before, word in pairwise(words):
        if before in _BEFORE_A_NAME:
            found[-1] += word
        else:
            found.append(word)
    return found


def _parted(word: str) -> list[str]:
    found = _GROWN_TOGETHER.fullmatch(word)
    return [part for part in found.groups() if part] if found else [word]
