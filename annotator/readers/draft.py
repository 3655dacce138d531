"""What a reader hands over: articles as they came from a file, before the project takes them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from annotator.decisions import Comment, Decision, Reviewer, Setting, Settlement
from annotator.entities import Entity, Link
from annotator.errors import ProjectError
from annotator.file_errors import EmptyFile
from annotator.frames import ClaimFrame, Relation, Verdict
from annotator.language import Sentence
from annotator.model import (
    Annotation,
    Apart,
    Assignment,
    Boilerplate,
    Copy,
    Direction,
    LabelSet,
    Reading,
    SavedFilter,
)
from annotator.readers.source_file import SourceFile
from annotator.text.boilerplate import boilerplate_in
from annotator.text.canonical import canonical, direction_of, is_seen, language_of, title_of


@dataclass(frozen=True, slots=True)
class Draft:
    """One article from a file, with canonical text.

    `original` are the bytes it was made from: those of the file, or of its record where the file holds several; then `part`
    says which and `file_sha256` is that of the whole file. `notes` is what was noticed on reading; `doubts` those of them
    for which a person should look before the article is taken. The fields from `program` on are set only where the file
    records them, but for `boilerplate`. Annotations of other tools have ids that are no UUIDs, and no reviewer where none is
    named; `relations` are between them.
    """

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
    doubts: tuple[Sentence, ...] = ()
    reader_version: str = ""
    part: str = ""
    file_sha256: str = ""
    outlet: str = ""
    author: str = ""
    date: str = ""
    url: str = ""
    captured_at: str = ""
    program: str = ""
    boilerplate: tuple[Boilerplate, ...] = ()
    id: str | None = None
    imported_at: str | None = None
    imported_by: str | None = None
    replaces: str = ""
    annotations: tuple[Annotation, ...] = ()
    frames: tuple[ClaimFrame, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    links: tuple[Link, ...] = ()
    relations: tuple[Relation, ...] = ()


def draft_of(
    decoded: str,
    *,
    source: SourceFile,
    original: bytes,
    reader: str,
    encoding: str,
    confidence: float | None,
    title: str = "",
    notes: tuple[Sentence, ...] = (),
    doubts: tuple[Sentence, ...] = (),
    reader_version: str = "",
    part: str = "",
    file_sha256: str = "",
    outlet: str = "",
    author: str = "",
    date: str = "",
    url: str = "",
    captured_at: str = "",
    bytes_sha256: str = "",
) -> Draft:
    """Make a draft of a decoded text: its canonical form, hashes, language, direction, boilerplate, a title if it has none.

    `bytes_sha256` is that of the original if it is known already. Raises EmptyFile or ForbiddenCharacter.
    """
    frozen = canonical(decoded)
    text = frozen.text
    if not is_seen(text):
        raise EmptyFile
    same = original == frozen.utf8
    digest = frozen.sha256 if same else bytes_sha256 or hashlib.sha256(original).hexdigest()
    return Draft(
        text, frozen.sha256, original, digest, encoding,
        confidence, reader, source.name, title.strip() or title_of(text), language_of(text), direction_of(text), notes,
        doubts, reader_version, part, file_sha256, outlet.strip(), author.strip(), date, url, captured_at,
        boilerplate=boilerplate_in(text),
    )  # fmt: skip


Common = (
    LabelSet | Entity | Relation | Reading | Assignment | Copy | Apart | SavedFilter
    | Reviewer | Setting | Decision | Settlement | Comment
)  # fmt: skip
"""What a file may hold beside articles."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is to be read where it does not say so itself.

    `mapping` names for each field of an article (`text`, `title`, `date`, `outlet`, `author`, `url`) the column or the key of
    the file that holds it; empty means that the reader finds out. `sheet` is the sheet of a workbook, by default the first.
    """

    encoding: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """What a file of records looks like: its columns or keys, its first rows, and which column is taken for which field."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    mapping: Mapping[str, str]


Read = Callable[[SourceFile, Options], Iterator[Draft | Common | ProjectError]]


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: its name, the endings of its files, and the function that reads one.

    `read` yields a draft, or an error for what could not be read, for every article of the file. `recognises` tells from the
    first bytes whether a file is of this format, whatever its ending says. `table` shows the records of a file whose columns
    may have to be mapped.
    """

    name: str
    endings: frozenset[str]
    read: Read
    recognises: Callable[[bytes], bool] = lambda head: False
    table: Callable[[SourceFile, Options], Table] | None = None
