"""The articles of files one after the other, as a survey and an import both meet them: found, read, counted.

Only one article is in memory at a time, whatever a file or a folder holds.
"""

from __future__ import annotations

import hashlib
import io
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from annotator.errors import ProjectError
from annotator.file_errors import EmptyFile, FileChanged
from annotator.readers import finding, reader_for
from annotator.readers.draft import Common, Draft, Options
from annotator.readers.source_file import SourceFile, unreadable
from annotator.survey import Cancel, Choices, FileChoice, Pace, Place, Progress, Stamp

AnyFile = str | Path | SourceFile
_TOLD_EVERY = 20  # articles of one file, between two calls of `progress`
_CHUNK = 1 << 20
_BUFFER = 1 << 16
_NO_CHOICE = FileChoice()


@dataclass(frozen=True, slots=True)
class Item:
    """What a file gave: an article, something beside articles, or why there is none. `number` counts the articles from 0."""

    file: SourceFile
    number: int
    content: Draft | Common | ProjectError


class Incoming:
    """The stream of what files hold; one serves one pass over them."""

    def __init__(
        self, paths: Iterable[AnyFile], *, options: Options, choices: Choices,
        progress: Progress | None, cancel: Cancel | None,
    ) -> None:  # fmt: skip
        self._paths = paths
        self._options = options
        self._choices = choices
        self._progress = progress
        self._cancel = cancel
        self._begin = time.monotonic()
        self._files = self._total_files = self._bytes = self._bytes_before = self._total_bytes = 0
        self._articles = 0
        self.cancelled = False

    def choice(self, path: Path) -> FileChoice:
        """Return what was decided about a file."""
        return self._choices.get(path, _NO_CHOICE)

    def originals(self) -> frozenset[Place]:
        """Return the articles of this import that others of it are copies of."""
        wishes = (wish for choice in self._choices.values() for wish in choice.copies.values())
        return frozenset(wish for wish in wishes if not isinstance(wish, str))

    def options(self, path: Path) -> Options:
        """Return how a file is to be read."""
        own = self._choices.get(path)
        return own.options if own else self._options

    def files(self) -> Iterator[SourceFile | tuple[Path, ProjectError]]:
        """Yield the files, telling how far it is before each of them; stop when `cancel` says so."""
        found = list(finding.walk(one if isinstance(one, SourceFile) else Path(one) for one in self._paths))
        self._total_files = len(found)
        self._total_bytes = sum(one.size for one in found if isinstance(one, SourceFile))
        for self._files, one in enumerate(found):
            self._tell()
            self._bytes_before = self._bytes
            yield one
            if self.cancelled:
                return
            self._bytes = self._bytes_before + (one.size if isinstance(one, SourceFile) else 0)
        self._files = len(found)
        self._tell()

    def items(self, file: SourceFile) -> Iterator[Item]:
        """Yield what a file holds, or why it holds nothing."""
        number = -1
        for content in self._read(file):
            if self._cancel and self._cancel():
                self.cancelled = True
                return
            if isinstance(content, Draft):
                number += 1
                self._count(number)
            yield Item(file, max(number, 0), content)

    def _read(self, file: SourceFile) -> Iterator[Draft | Common | ProjectError]:
        choice = self.choice(file.path)
        counted = replace(file, opened=lambda: self._counted(file))
        try:
            if choice.stamp and stamp_of(file) != choice.stamp:
                raise FileChanged
            reader = reader_for(file)
            if file.size == 0 and reader.name != "brat":  # there it says that the text beside it has no annotations
                raise EmptyFile
        except ProjectError as error:
            yield error
            return
        yield from reader.read(counted, self.options(file.path))

    def _counted(self, file: SourceFile) -> BinaryIO:
        return io.BufferedReader(_Counted(file.open(), self._advance), _BUFFER)

    def _advance(self, position: int) -> None:
        """Note how far a file is; it is read from its beginning again by readers that look through it first."""
        self._bytes = self._bytes_before + position

    def _count(self, number: int) -> None:
        self._articles += 1
        if number and number % _TOLD_EVERY == 0:
            self._tell()

    def _tell(self) -> None:
        if self._progress:
            seconds = time.monotonic() - self._begin
            self._progress(
                Pace(self._files, self._total_files, self._bytes, self._total_bytes, self._articles, seconds)
            )


class _Counted(io.RawIOBase):
    """A file being read that tells how far it is."""

    def __init__(self, file: BinaryIO, told: Callable[[int], None]) -> None:
        self._file = file
        self._told = told

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._file.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def readinto(self, buffer: Any) -> int:
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        self._told(self._file.tell())
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()


def stamp_of(file: SourceFile) -> Stamp:
    """Return by what a file is known again; raise UnreadableFile."""
    digest, size = hashlib.sha256(), 0
    try:
        with file.open() as opened:
            while chunk := opened.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
    except OSError as error:
        raise unreadable(error) from error
    return Stamp(size, digest.hexdigest())
