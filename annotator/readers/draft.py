"""What a reader hands over: articles as they came from a file, before the project takes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from annotator.entities import Entity, Link
from annotator.errors import ProjectError
from annotator.frames import ClaimFrame, Relation, Verdict
from annotator.language import Sentence
from annotator.model import Annotation, Direction, LabelSet


@dataclass(frozen=True, slots=True)
class Draft:
    """One article from a file, with canonical text. The fields from `id` on are set only where the file records them."""

    text: str
    sha256: str
    original: bytes
    bytes_sha256: str
    encoding: str
    confidence: float | None
    reader: str
    file: str
    title: str
    language: str
    direction: Direction
    notes: tuple[Sentence, ...] = ()
    id: str | None = None
    imported_at: str | None = None
    imported_by: str | None = None
    annotations: tuple[Annotation, ...] = ()
    frames: tuple[ClaimFrame, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    links: tuple[Link, ...] = ()


Common = LabelSet | Entity | Relation
"""What a file may hold beside articles."""

Read = Callable[[Path, str | None], Iterator[Draft | Common | ProjectError]]


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: its name, the endings of its files, and the function that reads one.

    `read(path, encoding)` yields a draft, or an error for what could not be read, for every article of the file.
    """

    name: str
    endings: frozenset[str]
    read: Read
