"""The lines of a concordance: each hit with what stands before and behind it, and the orders they can be brought into."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from operator import itemgetter
from typing import Literal, NamedTuple

from annotator.model import Direction
from annotator.text.words import words_of

Order = Literal["article", "left", "right"]
CONTEXT = 80
_COMPARED = 100  # code points beside a hit that are compared
_AT_ONCE = 5000  # a longer sort would not let other threads in between


class Place(NamedTuple):
    """A hit: its article and its span `[start, end)` in code points.

    Its word begins at `core`, behind letters written onto it. `key` is what it is sorted by.
    """

    article: str
    start: int
    end: int
    core: int
    key: str = ""


@dataclass(frozen=True, slots=True)
class KwicLine:
    """One hit with its surroundings, all of it as it stands in the article: `left` before the hit, `right` behind it.

    `labels` are the keys of the labels under which something of the hit is annotated already.
    """

    article: str
    title: str
    start: int
    end: int
    core: int
    left: str
    hit: str
    right: str
    direction: Direction
    labels: tuple[str, ...] = ()


def before(text: str, start: int, length: int) -> str:
    """Return what stands before a place, at most so many code points, with whole words only."""
    first = max(start - length, 0)
    found = text[first:start]
    if first == 0 or text[first - 1].isspace() or found[:1].isspace():
        return found
    return found[len(found.split(maxsplit=1)[0]) :] if " " in found or "\n" in found else found


def behind(text: str, end: int, length: int) -> str:
    """Return what stands behind a place, at most so many code points, with whole words only."""
    found = text[end : end + length]
    last = end + length
    if last >= len(text) or text[last].isspace() or found[-1:].isspace():
        return found
    return found[: -len(found.rsplit(maxsplit=1)[-1])] if " " in found or "\n" in found else found


def sort_key(text: str, start: int, end: int, order: Order) -> str:
    """Return what a hit is sorted by: the words beside it in their search form, the nearest first."""
    if order == "right":
        return " ".join(words_of(text[end : end + _COMPARED]).split())
    if order == "left":
        return " ".join(reversed(words_of(text[max(start - _COMPARED, 0) : start]).split()))
    return ""


def in_order(places: Iterable[Place]) -> Iterator[Place]:
    """Yield places by their keys; those with the same key stay in the order they have."""
    key, rest = itemgetter(Place._fields.index("key")), iter(places)
    runs = []
    while run := list(islice(rest, _AT_ONCE)):
        runs.append(sorted(run, key=key))
    return merge(*runs, key=key)
