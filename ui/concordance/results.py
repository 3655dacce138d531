"""What a search has found so far, as the table shows it: where the hits are, and the lines of those that were looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import overload

from annotator.concordance import KwicLine, Order, Place

_MOST_LINES = 4000


@dataclass(frozen=True, slots=True)
class Question:
    """What is sought, and in which order the hits are wanted."""

    query: str = ""
    clitics: bool = True
    exact: bool = False
    pattern: bool = False
    within: str = ""
    order: Order = "article"

    @property
    def is_empty(self) -> bool:
        """Whether nothing is sought."""
        return not self.query.strip()


class Places(Sequence[Place]):
    """Very many hits. They are kept as plain tuples, which the collector of garbage need not look through every time."""

    def __init__(self, places: Iterable[Place] = ()) -> None:
        self._kept = [tuple(place) for place in places]

    def add(self, places: Iterable[Place]) -> None:
        """Take further ones."""
        self._kept.extend(map(tuple, places))

    def __len__(self) -> int:
        return len(self._kept)

    @overload
    def __getitem__(self, at: int) -> Place: ...
    @overload
    def __getitem__(self, at: slice) -> Places: ...
    def __getitem__(self, at: int | slice) -> Place | Places:
        if isinstance(at, int):
            return Place._make(self._kept[at])
        part = Places()
        part._kept = self._kept[at]
        return part

    def __iter__(self) -> Iterator[Place]:
        return map(Place._make, self._kept)


@dataclass(slots=True)
class Results:
    """The hits of one search. `read` of `articles` were looked through; `whole` says that there are no more hits."""

    question: Question = field(default_factory=Question)
    places: Places = field(default_factory=Places)
    articles: int = 0
    read: int = 0
    whole: bool = True
    checked: set[tuple[str, int, int]] = field(default_factory=set)
    _articles: set[str] = field(default_factory=set)
    _lines: dict[int, KwicLine] = field(default_factory=dict)
    _stale: set[int] = field(default_factory=set)

    def add(self, places: Iterable[Place]) -> None:
        """Take further hits."""
        found = list(places)
        self.places.add(found)
        self._articles.update(place.article for place in found)

    def with_hits(self) -> int:
        """Return in how many articles there are hits."""
        return len(self._articles)

    def line(self, row: int) -> KwicLine | None:
        """Return the line of a hit, if it was read."""
        return self._lines.get(row)

    def keep(self, lines: Mapping[int, KwicLine]) -> None:
        """Keep lines that were read; of very many only the latest."""
        if len(self._lines) + len(lines) > _MOST_LINES:
            self._lines.clear()
        self._lines.update(lines)
        self._stale.difference_update(lines)

    def missing(self, rows: Iterable[int]) -> list[int]:
        """Return which of these rows have to be read, for the first time or anew."""
        return [row for row in rows if row < len(self.places) and (row not in self._lines or row in self._stale)]

    def grow_old(self) -> None:
        """Have all lines read anew when they are next seen: what is marked has changed."""
        self._stale.update(self._lines)

    def is_checked(self, row: int) -> bool:
        """Tell whether a hit is chosen."""
        return self.places[row][:3] in self.checked

    def check(self, rows: Iterable[int], on: bool) -> None:
        """Choose hits, or let them go."""
        spans = {self.places[row][:3] for row in rows}
        self.checked = self.checked | spans if on else self.checked - spans

    def chosen(self) -> list[Place]:
        """Return the hits that are chosen, in their order."""
        return [place for place in self.places if place[:3] in self.checked]


def flat(line: KwicLine) -> KwicLine:
    """Return a line whose words stand on one line: every white space in it is a space."""
    left, hit, right = (_flat(part) for part in (line.left, line.hit, line.right))
    return replace(line, left=left, hit=hit, right=right)


def _flat(text: str) -> str:
    words = " ".join(text.split())
    return f"{' ' if text[:1].isspace() else ''}{words}{' ' if words and text[-1:].isspace() else ''}"
