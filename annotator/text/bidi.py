"""The bidirectional algorithm (Unicode Standard Annex 9) as far as the order of letters and numbers needs it.

`levels` gives the resolved level of each character of a paragraph. Left out are N0 (paired brackets) and L1 to L4: they
move or mirror brackets and white space, and no letter past another. Classes of characters are those of the running
Python. All in linear time.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

STRONG = frozenset({"L", "R", "AL"})
NUMBERS = frozenset({"EN", "AN"})
_DEPTH = 125  # BD2
_ISOLATES = frozenset({"LRI", "RLI", "FSI"})
_BOUNDARIES = _ISOLATES | {"PDI"}
_EMBEDDINGS = {"LRE": ("L", ""), "RLE": ("R", ""), "LRO": ("L", "L"), "RLO": ("R", "R")}


class _Placed(NamedTuple):
    """A character that takes part in the ordering: where it is, its class, its embedding level and override."""

    offset: int
    kind: str
    level: int
    override: str


class _Status(NamedTuple):
    level: int
    override: str
    isolate: bool


def bidi_classes(paragraph: str) -> list[str]:
    """Return the bidirectional class of each character; one that is unassigned counts as a letter from left to right."""
    return [unicodedata.bidirectional(character) or "L" for character in paragraph]


def levels(kinds: Sequence[str], *, overrides: bool = True) -> dict[int, int]:
    """Return the resolved level by offset, in order, without the characters that rule X9 removes.

    `overrides=False` gives the levels as if LRO and RLO (with what ends them) were not there.
    """
    matches = _matching_isolates(kinds)
    base = _first_strong(kinds, 0, len(kinds), matches)
    placed = _Embedding(kinds, matches, base, overrides=overrides).placed()
    resolved: dict[int, int] = {}
    for sequence, sos, eos in _sequences(placed, matches, base):
        types = [one.override or one.kind for one in sequence]
        for one, kind in zip(sequence, _resolve(types, sos, eos, _direction(sequence[0].level)), strict=True):
            resolved[one.offset] = _implicit(one.level, kind)
    return dict(sorted(resolved.items()))


def _matching_isolates(kinds: Sequence[str]) -> dict[int, int]:
    """Return the PDI that ends each isolate, by offset of the initiator (BD9)."""
    matches, opened = {}, []
    for offset, kind in enumerate(kinds):
        if kind in _ISOLATES:
            opened.append(offset)
        elif kind == "PDI" and opened:
            matches[opened.pop()] = offset
    return matches


def _first_strong(kinds: Sequence[str], start: int, end: int, matches: dict[int, int]) -> int:
    """Return the level of the first strong character that is in no isolate (P2 and P3)."""
    while start < end:
        if kinds[start] in STRONG:
            return 0 if kinds[start] == "L" else 1
        start = matches.get(start, end) + 1 if kinds[start] in _ISOLATES else start + 1
    return 0


class _Embedding:
    """Rules X1 to X8: a stack of embeddings, overrides and isolates gives each character its level."""

    def __init__(self, kinds: Sequence[str], matches: dict[int, int], base: int, *, overrides: bool) -> None:
        self._kinds, self._matches, self._overrides = kinds, matches, overrides
        self._stack = [_Status(base, "", False)]
        self._lost_isolates = self._lost_embeddings = self._isolates = 0

    def placed(self) -> list[_Placed]:
        """Return the characters that stay, with their embedding levels."""
        found = []
        for offset, kind in enumerate(self._kinds):
            if kind == "PDI":
                self._end_isolate()
            if kind in _EMBEDDINGS:
                self._embed(kind)
            elif kind == "PDF":
                self._end_embedding()
            elif kind != "BN":
                found.append(_Placed(offset, kind, self._stack[-1].level, self._stack[-1].override))
            if kind in _ISOLATES:
                self._isolate(offset, kind)
        return found

    def _embed(self, kind: str) -> None:
        direction, override = _EMBEDDINGS[kind]
        ignored = bool(override) and not self._overrides
        level = self._stack[-1].level if ignored else self._next_level(direction)
        if level <= _DEPTH and not self._lost_isolates and not self._lost_embeddings:
            self._stack.append(_Status(level, "" if ignored else override, False))
        elif not self._lost_isolates:
            self._lost_embeddings += 1

    def _isolate(self, offset: int, kind: str) -> None:
        end = self._matches.get(offset, len(self._kinds))
        right = kind == "RLI" or (kind == "FSI" and _first_strong(self._kinds, offset + 1, end, self._matches) == 1)
        level = self._next_level("R" if right else "L")
        if level <= _DEPTH and not self._lost_isolates and not self._lost_embeddings:
            self._isolates += 1
            self._stack.append(_Status(level, "", True))
        else:
            self._lost_isolates += 1

    def _end_isolate(self) -> None:
        if self._lost_isolates:
            self._lost_isolates -= 1
        elif self._isolates:
            self._lost_embeddings = 0
            while not self._stack.pop().isolate:
                pass
            self._isolates -= 1

    def _end_embedding(self) -> None:
        if self._lost_isolates:
            return
        if self._lost_embeddings:
            self._lost_embeddings -= 1
        elif len(self._stack) > 1 and not self._stack[-1].isolate:
            self._stack.pop()

    def _next_level(self, direction: str) -> int:
        """Return the next level of a direction: odd from right to left, even from left to right."""
        level = self._stack[-1].level
        return level + 2 if _direction(level) == direction else level + 1


def _sequences(placed: list[_Placed], matches: dict[int, int], base: int) -> Iterator[tuple[list[_Placed], str, str]]:
    """Yield the isolating run sequences (BD13) with the directions at their start and end (X10)."""
    runs = _level_runs(placed)
    begun = {placed[start].offset: number for number, (start, _) in enumerate(runs)}
    follows = {n: begun.get(matches.get(placed[end - 1].offset, -1)) for n, (_, end) in enumerate(runs)}
    inner = set(follows.values())
    for head in range(len(runs)):
        if head not in inner:
            chain = _chain(head, follows)
            start, end = runs[head][0], runs[chain[-1]][1]
            open_isolate = placed[end - 1].kind in _ISOLATES
            before = placed[start - 1].level if start else base
            after = placed[end].level if end < len(placed) and not open_isolate else base
            level = placed[start].level
            sequence = [one for number in chain for one in placed[slice(*runs[number])]]
            yield sequence, _direction(max(level, before)), _direction(max(level, after))


def _level_runs(placed: list[_Placed]) -> list[tuple[int, int]]:
    """Return the longest stretches of one level (BD7), as indices."""
    runs, start = [], 0
    for _, group in groupby(placed, lambda one: one.level):
        end = start + sum(1 for _ in group)
        runs.append((start, end))
        start = end
    return runs


def _chain(head: int, follows: dict[int, int | None]) -> list[int]:
    chain, following = [head], follows[head]
    while following is not None:
        chain.append(following)
        following = follows[following]
    return chain


def _resolve(types: list[str], sos: str, eos: str, embedding: str) -> list[str]:
    """Return L, R, EN or AN for each character of a sequence (W1 to W7, N1, N2)."""
    kinds = _separators(_marks_and_numbers(types, sos))
    return _neutrals(_numbers_after_letters(kinds, sos), sos, eos, embedding)


def _marks_and_numbers(types: list[str], sos: str) -> list[str]:
    """Marks are like what they sit on; European numbers after an Arabic letter are Arabic ones (W1 to W3)."""
    kinds, before, strong = [], sos, sos
    for kind in types:
        if kind == "NSM":
            kind = "ON" if before in _BOUNDARIES else before
        before = kind
        strong = kind if kind in STRONG else strong
        kinds.append({"AL": "R", "EN": "AN" if strong == "AL" else "EN"}.get(kind, kind))
    return kinds


def _separators(kinds: list[str]) -> list[str]:
    """A separator between two numbers and signs beside one belong to them; all others are neutral (W4 to W6)."""
    for at in range(1, len(kinds) - 1):
        before, after = kinds[at - 1], kinds[at + 1]
        if before == after and ((before == "EN" and kinds[at] == "ES") or (before in NUMBERS and kinds[at] == "CS")):
            kinds[at] = before
    for start, end in _stretches(kinds, lambda kind: kind == "ET"):
        if "EN" in (kinds[max(start - 1, 0)], kinds[min(end, len(kinds) - 1)]):
            kinds[start:end] = ["EN"] * (end - start)
    return ["ON" if kind in ("ES", "ET", "CS") else kind for kind in kinds]


def _numbers_after_letters(kinds: list[str], sos: str) -> list[str]:
    """European numbers after a letter from left to right go with it (W7)."""
    resolved, strong = [], sos
    for kind in kinds:
        strong = kind if kind in STRONG else strong
        resolved.append("L" if kind == "EN" and strong == "L" else kind)
    return resolved


def _neutrals(kinds: list[str], sos: str, eos: str, embedding: str) -> list[str]:
    """Neutrals go with what is on both their sides, where the sides agree, else with the embedding (N1 and N2)."""
    for start, end in _stretches(kinds, lambda kind: kind not in STRONG and kind not in NUMBERS):
        before = _side(kinds[start - 1]) if start else sos
        after = _side(kinds[end]) if end < len(kinds) else eos
        kinds[start:end] = [before if before == after else embedding] * (end - start)
    return kinds


def _stretches(kinds: list[str], belongs: Callable[[str], bool]) -> list[tuple[int, int]]:
    """Return the longest stretches of kinds that belong together, as indices."""
    found, start = [], 0
    for inside, group in groupby(kinds, belongs):
        end = start + sum(1 for _ in group)
        if inside:
            found.append((start, end))
        start = end
    return found


def _side(kind: str) -> str:
    """Return the direction that a letter or number gives to neutrals beside it."""
    return "L" if kind == "L" else "R"


def _direction(level: int) -> str:
    return "R" if level % 2 else "L"


def _implicit(level: int, kind: str) -> int:
    """Return the final level (I1 and I2)."""
    if level % 2:
        return level + (kind != "R")
    return level + {"L": 0, "R": 1}.get(kind, 2)
