"""Finding places by name: folded, by the beginning of the name or of a word in it, nearest first.

Nothing is chosen for the reviewer: all places of the same name are returned together, each with its district and how far it is
from the article's other places. Fast enough for every key: names are sorted once; a search looks at one stretch of them.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from heapq import nsmallest
from itertools import islice
from math import cos, inf, radians, sin
from pathlib import Path

from annotator.assist.names import TaggedName
from annotator.assist.place import Place, Point, kilometres
from annotator.assist.starter_places import starter_places
from annotator.text.clitics import readings
from annotator.text.fold import fold

LIMIT = 20
_Hits = dict[int, int]  # of each place, by its number, which of its names
_LAST = "\U0010ffff"
_POINTS = 16  # of the article's other places so many are enough to say what is near
_CELLS = 5  # to a degree
_ROW = 361 * _CELLS
_HALF_CELL = 16.0  # kilometres from the middle of a cell to its corner, rounded up
_JOINTS = str.maketrans({**dict.fromkeys("-–_/,،()", " "), **dict.fromkeys("'’‘`ʿʾʻʼ", None)})
# Words that say what kind of place follows, folded.
_KIND_WORDS = frozenset(
    fold(
        "محافظة مدينة بلدة قرية ناحية منطقة قضاء ريف حي مخيم جبهة محور معبر مزرعة ضاحية بلدية لواء ولاية إقليم "
        "مطار سد جسر جبل نهر"
    ).split()
)


class Exactness(IntEnum):
    """How a name answers a query, the best first."""

    EXACT = 0  # the whole name
    PLAIN = 1  # the whole name, without article, proclitics or a word like مدينة
    BEGINS = 2  # the name begins like this
    WORD = 3  # a later word of the name begins like this
    PLAIN_BEGINS = 4  # the name begins like this without proclitics
    PARTS = 5  # every word of the query begins a word of the name


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place that answers a query: by which name and how exactly.

    `km` is the distance from the nearest of the points asked about in kilometres, None when unknown; `namesakes` is how many
    other places have the same name.
    """

    place: Place
    name: TaggedName
    exactness: Exactness
    km: float | None
    namesakes: int


class Gazetteer:
    """Places that can be found by name."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.places: Sequence[Place] = sorted(places, key=lambda place: -place.population)
        whole, words = [], []
        for number, place in enumerate(self.places):
            for order, name in enumerate(place.names):
                key = search_key(name.text)
                whole.append((key, 0, number, order))
                whole += [(plain, 1, number, order) for plain in _without_opening(key)]
                words += [(rest, 1, number, order) for rest in _later_words(key)]
        self._whole, self._words = _Index(whole), _Index(words)
        self._cells = array("i", map(_cell, self.places))
        self._near = _Nearness(self.places, self._cells, ())

    def __len__(self) -> int:
        return len(self.places)

    def named(self, name: str) -> list[Place]:
        """Return the places of which this is a whole name, in any spelling that folds alike; the biggest first."""
        return [self.places[number] for number in sorted(self._whole.equal(search_key(name)))]

    def find(self, query: str, near: Iterable[Point] = (), *, limit: int = LIMIT) -> list[FoundPlace]:
        """Return the places that answer a query: by exactness, then nearness, then population.

        `near` are the points of the article's other places. There may be more than `limit`: of one name all are returned.
        """
        found: dict[int, tuple[Exactness, int]] = {}
        nearness = self._nearness(near)
        for exactness, hits in self._stages(query):
            fresh = {**hits}
            for number in found:
                fresh.pop(number, None)
            room = len(fresh) if exactness is Exactness.EXACT else limit - len(found)
            found |= {number: (exactness, fresh[number]) for number in nearness.first(fresh, room)}
            if len(found) >= limit:
                break
        return self._candidates(found, nearness)

    def _stages(self, query: str) -> Iterator[tuple[Exactness, _Hits]]:
        """Yield hits by falling exactness."""
        key = search_key(query)
        if not key:
            return
        plain = [one for one in _plain_queries(query) if one != key]
        yield Exactness.EXACT, self._whole.equal(key)
        yield Exactness.PLAIN, _merged(self._whole.equal(one, plain=True) for one in (key, *plain))
        yield Exactness.BEGINS, self._whole.beginning(key)
        yield Exactness.WORD, self._words.beginning(key)
        yield Exactness.PLAIN_BEGINS, _merged(map(self._whole.beginning, plain))
        if " " in key:
            yield Exactness.PARTS, dict(self._with_all(key.split(" ")))

    def _with_all(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Yield the names of which every word of the query begins a word: those with the rarest are looked through."""
        rarest = min(words, key=lambda word: self._whole.count(word) + self._words.count(word))
        for index in (self._whole, self._words):
            for number, order in index.beginning(rarest).items():
                name = f" {search_key(self.places[number].names[order].text)}"
                if all(f" {word}" in name for word in words):
                    yield number, order

    def _nearness(self, near: Iterable[Point]) -> _Nearness:
        """Return what knows distances from these points; the last one is kept, since every key of one search asks again."""
        points = tuple(islice(dict.fromkeys(near), _POINTS))
        if points != self._near.points:
            self._near = _Nearness(self.places, self._cells, points)
        return self._near

    def _candidates(self, found: dict[int, tuple[Exactness, int]], nearness: _Nearness) -> list[FoundPlace]:
        same: dict[str, dict[int, int]] = {}
        keys = {number: search_key(self.places[number].names[order].text) for number, (_, order) in found.items()}
        complete = dict(found)
        for number, (exactness, _) in found.items():
            key = keys[number]
            same[key] = same.get(key) or self._whole.equal(key)
            for twin, order in same[key].items():
                complete[twin] = min(complete.get(twin, (exactness, order)), (exactness, order))
                keys[twin] = key if complete[twin] == (exactness, order) else keys[twin]
        ranked = sorted(complete, key=lambda number: (complete[number][0], nearness.km(number), number))
        return [
            self._candidate(number, *complete[number], nearness.km(number), len(same[keys[number]]) - 1)
            for number in ranked
        ]

    def _candidate(self, number: int, exactness: Exactness, order: int, km: float, namesakes: int) -> FoundPlace:
        place = self.places[number]
        return FoundPlace(place, place.names[order], exactness, None if km == inf else km, namesakes)


class _Index:
    """Keys in order, and of each whose name it is; `plain` marks keys that are only a part of the name."""

    def __init__(self, entries: list[tuple[str, int, int, int]]) -> None:
        entries.sort()
        self._keys = [key for key, _, _, _ in entries]
        self._plain = bytes(plain for _, plain, _, _ in entries)
        self._numbers = array("I", (number for _, _, number, _ in entries))
        self._orders = array("I", (order for _, _, _, order in entries))

    def equal(self, key: str, *, plain: bool = False) -> _Hits:
        """Return the hits of a whole key; with or without those that are only a part of the name."""
        start, end = bisect_left(self._keys, key), bisect_left(self._keys, f"{key}\0")
        return {
            self._numbers[at]: self._orders[at] for at in reversed(range(start, end)) if plain or not self._plain[at]
        }

    def beginning(self, key: str) -> _Hits:
        """Return the hits of all keys that begin like this."""
        start, end = self._stretch(key)
        backwards = slice(end - 1, start - 1 if start else None, -1)  # so that of each place the first key stays
        return dict(zip(self._numbers[backwards], self._orders[backwards], strict=True)) if end > start else {}

    def count(self, key: str) -> int:
        """Return how many keys begin like this."""
        start, end = self._stretch(key)
        return end - start

    def _stretch(self, key: str) -> tuple[int, int]:
        return bisect_left(self._keys, key), bisect_left(self._keys, key + _LAST)


class _Nearness:
    """Distances of places from some points. Roughly by cells for many, exactly for those that matter; each worked out once."""

    def __init__(self, places: Sequence[Place], cells: Sequence[int], points: tuple[Point, ...]) -> None:
        self.points = points
        self._places, self._cells = places, cells
        self._rough = _RoughDistances(points)
        self._exact: dict[int, float] = {}

    def first(self, numbers: Iterable[int], count: int) -> list[int]:
        """Return so many of the places: the nearest, or without points the biggest. Places are numbered by population."""
        if not self.points:
            return nsmallest(count, numbers)
        listed = list(numbers)
        rough = list(map(self._rough.__getitem__, map(self._cells.__getitem__, listed)))
        limit = max(nsmallest(count, rough), default=0.0) + 2 * _HALF_CELL
        finalists = [number for number, km in zip(listed, rough, strict=True) if km <= limit]
        return nsmallest(count, finalists, key=lambda number: (self.km(number), number))

    def km(self, number: int) -> float:
        """Return the distance of a place from the nearest point in kilometres; infinite when unknown."""
        if number not in self._exact:
            point = self._places[number].point
            self._exact[number] = self._rough.nearest(point) if point else inf
        return self._exact[number]


class _RoughDistances(dict[int, float]):
    """How far the middle of a cell is from the nearest of some points in kilometres, worked out when first asked."""

    def __init__(self, points: Sequence[Point]) -> None:
        self._points = [(point, _direction(point)) for point in points]

    def __missing__(self, cell: int) -> float:
        middle = cell // _ROW / _CELLS - 90, cell % _ROW / _CELLS - 180
        self[cell] = km = inf if cell < 0 else self.nearest(middle)
        return km

    def nearest(self, place: Point) -> float:
        """Return the distance from the nearest point: that with the smallest angle between the two directions."""
        if not self._points:
            return inf
        x, y, z = _direction(place)
        point, _ = max(self._points, key=lambda one: x * one[1][0] + y * one[1][1] + z * one[1][2])
        return kilometres(place, point)


def _direction(point: Point) -> tuple[float, float, float]:
    """Return a point of the sphere as a vector of length 1."""
    lat, lon = radians(point[0]), radians(point[1])
    return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)


@cache
def load(path: Path | None = None) -> Gazetteer:
    """Return the gazetteer that ships (or that of another file made by `tools/gazetteer.py`), read when first asked for."""
    return Gazetteer(starter_places(path))


def search_key(name: str) -> str:
    """Return what names are compared by: folded, words separated by single spaces, no hyphens and no apostrophes."""
    return " ".join(fold(name).translate(_JOINTS).split())


def _merged(hits: Iterable[_Hits]) -> _Hits:
    """Return the hits of several searches together; the first one for a place counts."""
    together: _Hits = {}
    for some in hits:
        together = {**some, **together}
    return together


def _without_opening(key: str) -> Iterator[str]:
    """Yield a name without its article, or without the word that says what kind of place it is."""
    if key.startswith("ال") and len(key) > 4:
        yield key[2:]
    opening, _, rest = key.partition(" ")
    if rest and opening in _KIND_WORDS:
        yield rest


def _later_words(key: str) -> Iterator[str]:
    """Yield the name from each of its words on, but the first."""
    at = key.find(" ")
    while at >= 0:
        yield key[at + 1 :]
        at = key.find(" ", at + 1)


def _plain_queries(query: str) -> list[str]:
    """Return the query without the proclitics it may begin with, and without a word like مدينة."""
    words = query.strip()
    read = [one.form or words[one.start : one.end] for one in readings(words, 0, len(words))]
    for opening in ("لل", "ولل", "فلل"):  # whose lam that is, a gazetteer can leave open: للد may be اللد, الد or لد
        if words.startswith(opening):
            read += [start + words.removeprefix(opening) for start in ("ال", "الل", "ل")]
    found: dict[str, None] = {}
    for key in map(search_key, read):
        found[key] = None
        found |= dict.fromkeys(_without_opening(key))
    return [key for key in found if len(key) > 1]


def _cell(place: Place) -> int:
    """Return the cell that a place lies in; -1 when it is unknown where it is."""
    return (
        -1
        if place.lat is None or place.lon is None
        else round((place.lat + 90) * _CELLS) * _ROW + round((place.lon + 180) * _CELLS)
    )
