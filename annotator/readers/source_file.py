"""A file as a reader gets it, whether it lies in a folder, in an archive, or came from the clipboard."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from annotator.errors import FileTooBig, UnreadableFile
from annotator.language import N_, Sentence

BIGGEST_PAGE = 100 << 20
"""Bytes that a file with one article may have; a bigger one is no news article."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """Bytes with a name. `path` is what people call it: a file in an archive stands under the archive's path.

    `size` is in bytes, as far as the folder or archive says it. `opened` opens the bytes for reading.
    """

    path: Path
    size: int
    opened: Callable[[], BinaryIO]

    @property
    def name(self) -> str:
        """The name without folders."""
        return self.path.name

    def open(self) -> BinaryIO:
        """Open the bytes for reading; raise UnreadableFile. Reading may still raise OSError."""
        try:
            return self.opened()
        except OSError as error:
            raise UnreadableFile(reason=error.strerror or error) from error

    def read(self, *, limit: int = BIGGEST_PAGE) -> bytes:
        """Return all bytes; raise UnreadableFile, or FileTooBig when there are more than `limit`."""
        try:
            with self.open() as file:
                data = file.read(limit + 1)
        except OSError as error:
            raise UnreadableFile(reason=error.strerror or error) from error
        if len(data) > limit:
            raise FileTooBig(limit=limit >> 20)
        return data

    def head(self, size: int = 1 << 16) -> bytes:
        """Return the first bytes, by which a format is recognised; raise UnreadableFile."""
        try:
            with self.open() as file:
                return file.read(size)
        except OSError as error:
            raise UnreadableFile(reason=error.strerror or error) from error


def on_disk(path: Path) -> SourceFile:
    """Return a file of a folder; raise UnreadableFile when there is none."""
    try:
        size = path.stat().st_size
    except FileNotFoundError as error:
        raise UnreadableFile(reason=Sentence(N_("there is no such file"))) from error
    except OSError as error:
        raise UnreadableFile(reason=error.strerror or error) from error
    return SourceFile(path, size, lambda: path.open("rb"))


def in_memory(name: str, data: bytes) -> SourceFile:
    """Return bytes that came from elsewhere, such as the clipboard, under a name."""
    return SourceFile(Path(name), len(data), lambda: io.BytesIO(data))
