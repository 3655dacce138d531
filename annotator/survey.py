"""What files hold before any of it is imported, and what a person decides about it: plain values.

A survey writes nothing. Whoever shows it hands its decisions back as `Choices`, one for each file, to the import.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from annotator.language import Sentence
from annotator.model import Details
from annotator.readers.draft import Options, Table
from annotator.reports import RefusedFile

Place = tuple[Path, int]
"""An article of a file: the file and the article's number in it, from 0."""


@dataclass(frozen=True, slots=True)
class Near:
    """Another text that is nearly the same; `similarity` (0 to 1) is the share of their word triples that both have.

    `article` is its id when it is in the project; else it was found in the same survey, in `file` as its `number`-th.
    """

    similarity: float
    title: str
    article: str = ""
    file: Path | None = None
    number: int = 0

    @property
    def key(self) -> str | Place:
        """What `FileChoice.copies` calls it: the id of an article, or the place of one that is being imported."""
        return (self.file, self.number) if self.file else self.article


@dataclass(frozen=True, slots=True)
class Found:
    """An article of a file as an import would take it; `number` counts the articles of its file from 0.

    `length` is in code points, `beginning` are the first 600 of them. `same_as` is the id of the article with the same text
    (in the project or, for a text that the survey met before, the id it would get), `corrects` that of the article which this
    looks like a corrected version of; empty if there is none. `near` is sorted, the most similar first.
    """

    file: Path
    number: int
    details: Details
    url: str
    encoding: str
    confidence: float | None
    length: int
    beginning: str
    sha256: str
    notes: tuple[Sentence, ...] = ()
    doubts: tuple[Sentence, ...] = ()
    same_as: str = ""
    near: tuple[Near, ...] = ()
    corrects: str = ""
    annotations: int = 0

    @property
    def certain(self) -> bool:
        """Whether nobody needs to look at it before it is taken."""
        return not (self.doubts or self.near or self.corrects)


@dataclass(frozen=True, slots=True)
class Stamp:
    """By what a file is known again: its size in bytes and the SHA-256 of these (hexadecimal)."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Survey:
    """What files hold. `found` lists at most 20,000 articles; `truncated` says how many more there are.

    `tables` shows the files whose columns may be mapped, `stamps` by what each file is known again at the import.
    """

    found: tuple[Found, ...] = ()
    refused: tuple[RefusedFile, ...] = ()
    tables: Mapping[Path, Table] = field(default_factory=dict)
    stamps: Mapping[Path, Stamp] = field(default_factory=dict)
    cancelled: bool = False
    truncated: int = 0


@dataclass(frozen=True, slots=True)
class FileChoice:
    """What was decided about one file; the keys are the numbers of its articles.

    `without` are left out, `details` are taken instead of those found. `copies` says of which text an article is a copy: the
    id of an article, or the place of one of this import. `corrects` is the id of the article whose corrected version it is.
    With a `stamp` the file is refused when it is no longer the one that was surveyed.
    """

    options: Options = field(default_factory=Options)
    without: frozenset[int] = frozenset()
    details: Mapping[int, Details] = field(default_factory=dict)
    copies: Mapping[int, str | Place] = field(default_factory=dict)
    corrects: Mapping[int, str] = field(default_factory=dict)
    stamp: Stamp | None = None


Choices = Mapping[Path, FileChoice]


@dataclass(frozen=True, slots=True)
class Pace:
    """How far a survey or an import has come: files and bytes read of all there are, articles met, seconds gone by."""

    files: int
    total_files: int
    bytes: int
    total_bytes: int
    articles: int
    seconds: float

    @property
    def share(self) -> float:
        """The share of the work that is done, 0 to 1."""
        done = self.bytes / self.total_bytes if self.total_bytes else self.files / max(self.total_files, 1)
        return min(done, 1.0)

    @property
    def rate(self) -> float:
        """Articles a second so far."""
        return self.articles / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """How long the rest takes at the rate so far; None as long as that is guesswork."""
        if self.seconds < 1 or self.share <= 0:
            return None
        return self.seconds * (1 - self.share) / self.share


Progress = Callable[[Pace], None]
Told = Callable[[Found | RefusedFile], None]
"""Is told of each article and each refusal as soon as it is read; what it is like is known only at the end."""
Cancel = Callable[[], bool]
