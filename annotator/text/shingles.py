"""How alike two texts are: sketches of their word triples, and who resembles whom among a hundred thousand.

The resemblance of two texts is the share of their shingles (here: word triples of the folded text) that both have, and the
share of equal places in two sketches of random minima estimates it: A. Broder, "On the resemblance and containment of
documents", 1997. One hash a triple serves all places, each of which has its own share of the triples (P. Li, A. Owen,
C.-H. Zhang, "One permutation hashing", 2012); a place without any takes what stands in another (A. Shrivastava, "Optimal
densification for fast and accurate minwise hashing", 2017). Only the first 3,000 characters of the search form count: copies
of one text agree there as well.

All triples are hashed at once, as lanes of 64 bits in one integer: a loop of Python's would take several times as long. (Every
system we run on is little-endian, and so are these arrays.)
"""

from __future__ import annotations

import heapq
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TypeVar
from zlib import crc32

from annotator.text.words import words_of

PLACES = 126
"""Places of a sketch, two bytes each: two times out of three the estimate is off by at most 0.045."""
ALIKE = 0.35
"""From this similarity on two texts are near copies (measured: docs/architecture.md, "Near copies")."""
SHORT, ALIKE_SHORT = 50, 0.7
"""Where one of them has fewer words than this, more is asked for: there a few words make another piece of news."""
FEWEST = 12
"""Texts of fewer words have no sketch: so few words are alike by chance."""

_READ = 3_000
_WIDTH = 3
_BAND = 6  # bytes: two texts meet when three neighbouring places are equal
_ALL = 2 * PLACES
_BANDS = range(0, _ALL, _BAND)
_CROWD = 32  # texts remembered of those that are equal in a band: thousands of one template must not meet each other
_MOST = 8  # near copies told of one text
_EMPTY = 1 << 32
# Below 2 ** 30, so that three products of 32 bits with them fill a lane of 64 and never run over.
_FACTORS = (0x2C1B3C6D, 0x297A2D39, 0x1B56C4E9)
_Key = TypeVar("_Key")
_LOW = int.from_bytes(b"\xff\x7f" * PLACES, "little")
_HIGH = int.from_bytes(b"\x00\x80" * PLACES, "little")


def sketch(text: str) -> bytes:
    """Return the sketch of a text (254 bytes: its places, then how many words it has); empty for one too short."""
    return sketch_of_words(words_of(text[: 2 * _READ]))


def sketch_of_words(found: str) -> bytes:
    """Return the sketch of a text whose words are there already: `words_of` the text."""
    words = found[:_READ].encode().split()
    if len(words) < FEWEST:
        return b""
    hashes = _hashes(words)
    lowest = _lowest(hashes)
    if _EMPTY in lowest:
        _fill(lowest)
    places = array("H", [value // PLACES & 0xFFFF for value in lowest])
    places.append(len(words))
    return places.tobytes()


def similarity(one: bytes, other: bytes) -> float:
    """Return the estimated resemblance (0 to 1) of the texts of two sketches; 0 when one of them was too short."""
    if not (one and other):
        return 0.0
    differing = int.from_bytes(one[:_ALL], "little") ^ int.from_bytes(other[:_ALL], "little")
    return 1 - (((differing & _LOW) + _LOW | differing) & _HIGH).bit_count() / PLACES  # a lane that differs has a bit


def is_alike(one: bytes, other: bytes, similarity: float) -> bool:
    """Tell whether texts of this similarity are near copies."""
    fewest = min(int.from_bytes(one[_ALL:], "little"), int.from_bytes(other[_ALL:], "little"))
    return similarity >= (ALIKE_SHORT if fewest < SHORT else ALIKE)


class Alike:
    """Finds near copies among texts that come one after the other, and then in a long stream of others."""

    def __init__(self) -> None:
        self._sketches: list[bytes] = []
        self._bands: list[defaultdict[bytes, list[int]]] = [defaultdict(list) for _ in _BANDS]

    def add(self, one: bytes) -> list[tuple[int, float]]:
        """Take the next text; return the earlier ones (their numbers, from 0) that it is a near copy of, nearest first."""
        number, found = len(self._sketches), self._near(one) if one else []
        self._sketches.append(one)
        for place, band in zip(_BANDS, self._bands, strict=True) if one else ():
            crowd = band[one[place : place + _BAND]]
            if len(crowd) < _CROWD:
                crowd.append(number)
        return heapq.nlargest(_MOST, found, key=lambda pair: pair[1])

    def meet(self, others: Iterable[tuple[_Key, bytes]]) -> Iterator[tuple[int, _Key, float]]:
        """Yield (number of a text taken, key of another, similarity) for all near copies among the others."""
        for key, other in others:
            for number, alike in self._near(other) if other else ():
                yield number, key, alike

    def _near(self, one: bytes) -> list[tuple[int, float]]:
        """Return the texts taken that share a band with one and are near copies of it."""
        met: set[int] = set()
        for place, band in zip(_BANDS, self._bands, strict=True):
            met.update(band.get(one[place : place + _BAND], ()))
        pairs = ((number, similarity(one, self._sketches[number])) for number in sorted(met))
        return [(number, alike) for number, alike in pairs if is_alike(one, self._sketches[number], alike)]


def _hashes(words: list[bytes]) -> array[int]:
    """Return a hash of 32 bits for each three words that follow each other."""
    lanes = int.from_bytes(array("Q", map(crc32, words)).tobytes(), "little")
    first, second, third = lanes, lanes >> 64, lanes >> 128
    triples = first * _FACTORS[0] + second * _FACTORS[1] + third * _FACTORS[2] >> 16
    count = len(words) - _WIDTH + 1
    triples &= int.from_bytes(b"\xff\xff\xff\xff\0\0\0\0" * count, "little")
    return array("Q", triples.to_bytes(8 * count, "little"))


def _lowest(hashes: Iterable[int]) -> list[int]:
    """Return the lowest hash of each place."""
    lowest = [_EMPTY] * PLACES
    for value in hashes:
        place = value % PLACES
        if value < lowest[place]:
            lowest[place] = value
    return lowest


def _fill(lowest: list[int]) -> None:
    """Give each empty place what stands in another, the first filled one of its own fixed order of all places."""
    filled = list(lowest)
    for place, value in enumerate(filled):
        if value == _EMPTY:
            for other in _order(place):
                if filled[other] != _EMPTY:
                    lowest[place] = filled[other]
                    break


@cache
def _order(place: int) -> list[int]:
    """Return all places in an order that looks like chance and is the same on every machine."""
    return sorted(range(PLACES), key=lambda other: crc32(b"%d %d" % (place, other)))
