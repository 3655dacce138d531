"""Where a reader was in each article on this machine, and which direction they chose for it.

It is no part of a project: one JSON file beside the settings, by article id, without any text. A file that is broken
counts as none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, TypeGuard, get_args

from annotator.errors import ProjectError
from annotator.folders import settings_folder
from annotator.writers.target import whole_file

PageDirection = Literal["auto", "rtl", "ltr"]
MOST_ARTICLES = 2_000
_FILE = "reading.json"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader is: the first character in view and the caret, in code points, and the direction of the page."""

    top: int = 0
    caret: int = 0
    direction: PageDirection = "auto"


class ReadingState:
    """The places of the articles read last, at most 2,000."""

    def __init__(self) -> None:
        self._path = settings_folder() / _FILE
        self._places = dict(_read(self._path))
        self._changed = False

    def place(self, article: str) -> Place:
        """Return where the reader was in an article: at its beginning when it was never read.

        The article may have become another one since: offsets can lie beyond its end.
        """
        return self._places.get(article, Place())

    def remember(self, article: str, place: Place) -> None:
        """Remember where the reader is; what was read longest ago is forgotten."""
        self._changed = self._changed or self._places.get(article) != place
        self._places.pop(article, None)
        self._places[article] = place
        while len(self._places) > MOST_ARTICLES:
            del self._places[next(iter(self._places))]

    def save(self) -> None:
        """Write the places to the disk, if one changed: the file is replaced at once, or not at all.

        A disk that cannot be written loses the places, no more.
        """
        if self._changed:
            with suppress(OSError, ProjectError):
                _write(self._path, {article: asdict(place) for article, place in self._places.items()})
                self._changed = False


def _read(path: Path) -> Iterator[tuple[str, Place]]:
    """Yield what a file holds, without the entries that are not as we write them."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return
    for article, entry in found.items() if isinstance(found, dict) else ():
        place = _place(entry)
        if place:
            yield article, place


def _place(entry: object) -> Place | None:
    if not isinstance(entry, dict):
        return None
    top, caret, direction = entry.get("top"), entry.get("caret"), entry.get("direction")
    if _is_offset(top) and _is_offset(caret) and _is_direction(direction):
        return Place(top, caret, direction)
    return None


def _is_offset(value: object) -> TypeGuard[int]:
    return type(value) is int and value >= 0


def _is_direction(value: object) -> TypeGuard[PageDirection]:
    return value in get_args(PageDirection)


def _write(path: Path, places: dict[str, dict[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as file:
        file.write(json.dumps(places).encode())
