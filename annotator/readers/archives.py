"""The files in a ZIP archive, and in the archives within it, each read only when somebody asks for it.

An archive is opened again for a member when it was closed meanwhile; a few stay open, because looking for 30,000 members in an
archive that is opened 30,000 times would take hours.
"""

from __future__ import annotations

import io
import lzma
import weakref
import zipfile
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from annotator.errors import ProjectError
from annotator.file_errors import DamagedFile, UnsafeArchive
from annotator.language import N_, Sentence
from annotator.readers.source_file import Failed, SourceFile, unreadable
from annotator.readers.zip_guard import Limits, Member, members, open_member, open_zip
from annotator.readers.zip_names import name_of

SIGNATURE = b"PK\x03\x04"
_DEEPEST = 3
_LARGEST_INNER = 512 << 20
_OPEN_AT_ONCE = 4
# A member may be a table or an array of many articles.
_LIMITS = Limits(member=1 << 30)
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, ValueError, NotImplementedError, RuntimeError)
_Answer = TypeVar("_Answer")
Found = SourceFile | tuple[Path, ProjectError]


class Shelf:
    """The archives that are open now; the longest unused is closed when there are too many, all when nobody needs them."""

    def __init__(self) -> None:
        self._archives: OrderedDict[Path, tuple[zipfile.ZipFile, BinaryIO]] = OrderedDict()
        weakref.finalize(self, _close_all, self._archives)

    def take(self, path: Path, opened: Callable[[], BinaryIO]) -> zipfile.ZipFile:
        """Return an open archive; raise ProjectError or OSError."""
        if path in self._archives:
            self._archives.move_to_end(path)
            return self._archives[path][0]
        file = opened()
        try:
            archive = open_zip(file)
        except BaseException:
            file.close()
            raise
        self._archives[path] = archive, file
        while len(self._archives) > _OPEN_AT_ONCE:
            _close(*self._archives.popitem(last=False)[1])
        return archive


class Archive:
    """One archive: a file of a folder, or a member of another."""

    def __init__(self, source: SourceFile, *, depth: int = 1, shelf: Shelf | None = None) -> None:
        self._source = source
        self._depth = depth
        self._shelf = shelf or Shelf()

    def is_document(self) -> bool:
        """Tell whether this is an office document, which is an archive by its make; raise DamagedFile or UnreadableFile."""
        return "[Content_Types].xml" in self._open().namelist()

    def files(self) -> Iterator[Found]:
        """Yield the members in the order of their names, and before them why others are not read.

        Raises UnsafeArchive, DamagedFile or UnreadableFile when nothing of it is read.
        """
        good: dict[str, Member] = {}
        for member in members(self._open(), _LIMITS):
            name = name_of(member.info)
            if member.error:
                yield self._source.path / _shown(name), member.error
            else:
                good[name] = member
        for name in sorted(good):
            yield self._member(name, good)

    def nested(self, member: SourceFile) -> Archive:
        """Return a member as an archive itself; raise UnsafeArchive when it lies too deep."""
        if self._depth >= _DEEPEST:
            raise UnsafeArchive(reason=Sentence(N_("it lies in too many other archives.")))
        return Archive(member, depth=self._depth + 1, shelf=self._shelf)

    def _open(self) -> zipfile.ZipFile:
        try:
            return self._shelf.take(self._source.path, self._bytes)
        except OSError as error:
            raise unreadable(error) from error

    def _bytes(self) -> BinaryIO:
        """Return the archive to read in; one within another is unpacked into memory, because it is read here and there."""
        if self._depth == 1:
            return self._source.open()
        return io.BytesIO(self._source.read(limit=_LARGEST_INNER))

    def _member(self, name: str, good: dict[str, Member]) -> SourceFile:
        folder = name.rpartition("/")[0]

        def beside(other: str) -> SourceFile | None:
            full = f"{folder}/{other}" if folder else other
            return self._member(full, good) if full in good else None

        member = good[name]
        return SourceFile(self._source.path / name, member.size, lambda: self._stream(member), beside)

    def _stream(self, member: Member) -> BinaryIO:
        return io.BufferedReader(_Stream(open_member(self._open(), member)))


class Budget:
    """What all nested archives of one file may hold together, so that each may not claim the utmost anew."""

    def __init__(self) -> None:
        self._files = _LIMITS.members
        self._bytes = _LIMITS.whole

    def spend(self, size: int) -> bool:
        """Count one file; tell whether it may still be read."""
        self._files -= 1
        self._bytes -= size
        return self._files >= 0 and self._bytes >= 0


class _Stream(io.RawIOBase):
    """A member being read: what `zipfile` raises on a damaged archive becomes a failure to read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._asked(lambda: self._file.seek(offset, whence))

    def readinto(self, buffer: Any) -> int:
        data = self._asked(lambda: self._file.read(len(buffer)))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()

    def _asked(self, question: Callable[[], _Answer]) -> _Answer:
        try:
            return question()
        except _BROKEN as error:
            raise Failed(DamagedFile(format="ZIP")) from error


def _shown(name: str) -> str:
    """Return a name that can stand under the archive's path and says what is wrong with it, without leading elsewhere."""
    return name.replace("\0", "").replace(":", "∶").lstrip("/").replace("..", "‥") or "?"


def _close_all(archives: OrderedDict[Path, tuple[zipfile.ZipFile, BinaryIO]]) -> None:
    for archive, file in archives.values():
        _close(archive, file)


def _close(archive: zipfile.ZipFile, file: BinaryIO) -> None:
    archive.close()
    file.close()
