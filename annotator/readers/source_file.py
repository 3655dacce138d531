"""A file as a reader gets it, whether it lies in a folder, in an archive, or came from the clipboard."""

from __future__ import annotations

import io
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from annotator.errors import ProjectError
from annotator.file_errors import FileTooBig, NotReadable, UnreadableFile
from annotator.language import N_, Sentence

BIGGEST_PAGE = 100 << 20
"""Bytes that a file with one article may have; a bigger one is no news article."""


class Failed(OSError):
    """Reading failed for a reason of our own: `error` says it to people."""

    def __init__(self, error: ProjectError) -> None:
        super().__init__(str(error))
        self.error = error


def reason_of(error: OSError) -> Sentence | str:
    """Return why reading failed, in words for people where we have them."""
    if isinstance(error, FileNotFoundError):
        return Sentence(N_("there is no such file"))
    if isinstance(error, PermissionError):
        return Sentence(N_("you may not read it"))
    return error.strerror or str(error)


def unreadable(error: OSError) -> ProjectError:
    """Return the error that says to people that a file could not be read."""
    if isinstance(error, Failed):
        return error.error
    return UnreadableFile(reason=reason_of(error))


def _nothing(name: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class SourceFile:
    """Bytes with a name. `path` is what people call it: a file in an archive stands under the archive's path.

    `size` is in bytes, as far as the folder or archive says it. `opened` opens the bytes for reading. `beside` finds a file of
    that name in the same folder or archive: some formats lie in two files.
    """

    path: Path
    size: int
    opened: Callable[[], BinaryIO]
    beside: Callable[[str], SourceFile | None] = _nothing

    @property
    def name(self) -> str:
        """The name without folders."""
        return self.path.name

    def open(self) -> BinaryIO:
        """Open the bytes for reading; raise UnreadableFile. Reading may still raise OSError."""
        try:
            return self.opened()
        except OSError as error:
            raise unreadable(error) from error

    def read(self, *, limit: int = BIGGEST_PAGE) -> bytes:
        """Return all bytes; raise UnreadableFile, or FileTooBig when there are more than `limit`."""
        try:
            with self.open() as file:
                data = file.read(limit + 1)
        except OSError as error:
            raise unreadable(error) from error
        if len(data) > limit:
            raise FileTooBig(limit=limit >> 20)
        return data

    def head(self, size: int = 1 << 16) -> bytes:
        """Return the first bytes, by which a format is recognised; raise UnreadableFile."""
        try:
            with self.open() as file:
                return file.read(size)
        except OSError as error:
            raise unreadable(error) from error


def on_disk(path: Path) -> SourceFile:
    """Return a file of a folder; raise UnreadableFile when there is none, NotReadable for pipes, devices and folders."""
    try:
        found = path.stat()
    except OSError as error:
        raise unreadable(error) from error
    if not stat.S_ISREG(found.st_mode):
        raise NotReadable(reason=Sentence(N_("it is no ordinary file.")))
    return SourceFile(path, found.st_size, lambda: path.open("rb"), lambda name: _neighbour(path, name))


def _neighbour(path: Path, name: str) -> SourceFile | None:
    """Return the file of this name beside another; None for what is no plain name, no file, or a link elsewhere."""
    other = path.parent / name
    if Path(name).name != name or other.is_symlink() or not other.is_file():
        return None
    return on_disk(other)


def in_memory(name: str, data: bytes) -> SourceFile:
    """Return bytes that came from elsewhere, such as the clipboard, under a name."""
    return SourceFile(Path(name), len(data), lambda: io.BytesIO(data))
