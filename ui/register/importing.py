"""Bringing places of a file, or the starting list of actors, into the register. Runs in the worker."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from annotator import Project
from annotator.assist.actors import starter_actors
from annotator.assist.as_entities import actor_entities, place_entities
from annotator.assist.columns import ColumnMapping
from annotator.assist.gazetteer_files import GazetteerFile, read_gazetteer
from annotator.assist.tables import Remark
from annotator.entities import Entity

Progress = Callable[[int, int], None]
_KNOWN_SOURCES = (("wof", "wof"), ("geoname", "geonames"), ("p_?code", "pcode"), ("wikidata|qid", "wikidata"))


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: how many came in, how many were there already, and what is to be said line by line."""

    added: int = 0
    known: int = 0
    refused: int = 0
    remarks: tuple[Remark, ...] = ()
    cancelled: bool = False


def import_places(
    project: Project, path: Path, mapping: ColumnMapping, *, source: str, progress: Progress, cancel: Callable[[], bool]
) -> Imported:
    """Read a file and add its places in one step; when it is stopped, nothing comes in."""
    total = lines_of(path)
    read = read_gazetteer(
        path, mapping, source=source, progress=lambda rows: progress(rows, 2 * max(total, rows)), cancel=cancel
    )
    if cancel():
        return Imported(cancelled=True)
    entities = place_entities(read.places, kinds_of(project, "place"))
    added, known = _add(project, entities, lambda done, count: progress(count + done, 2 * count))
    return Imported(added, known, read.refused, read.remarks)


def import_actors(project: Project, *, progress: Progress) -> Imported:
    """Add the starting list of actors in one step."""
    added, known = _add(project, actor_entities(starter_actors(), kinds_of(project, "actor")), progress)
    return Imported(added, known)


def look_at(path: Path, mapping: ColumnMapping, *, source: str, rows: int) -> GazetteerFile:
    """Return the places of the first rows of a file."""
    return read_gazetteer(path, mapping, source=source, limit=rows)


def kinds_of(project: Project, kind: str) -> frozenset[str]:
    """Return the kinds of actor or place that the project knows."""
    known = (one.values for one in project.attributes() if one.key == f"{kind}_kind")
    return frozenset(value.key for values in known for value in values)


def source_of(path: Path, mapping: ColumnMapping) -> str:
    """Return the name under which the ids of a file are kept, by the name of their column or else that of the file."""
    column = mapping.id.casefold()
    named = (source for pattern, source in _KNOWN_SOURCES if re.search(pattern, column))
    return next(named, path.stem)


def lines_of(path: Path) -> int:
    """Return about how many rows a file has."""
    with path.open("rb") as file:
        return sum(part.count(b"\n") for part in iter(lambda: file.read(1 << 20), b""))


def _add(project: Project, entities: list[Entity], progress: Progress) -> tuple[int, int]:
    before = {one.id for one in project.entities()}
    there = {one.id for one in project.add_entities(entities, progress=progress)}
    return len(there - before), len(there & before)
