"""The files in a ZIP archive, and in the archives within it, each read only when somebody asks for it.

An archive is opened again for a member when it was closed meanwhile; a few stay open, because looking for 30,000 members in an
archive that is opened 30,000 times would take hours.
"""

from __future__ import annotations

import io
import stat
import weakref
import zipfile
from collections import OrderedDict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from annotator.errors import BadArchive, BadMember, LinkLeftOut, ProjectError
from annotator.language import N_, Sentence
from annotator.readers.source_file import Failed, SourceFile, unreadable
from annotator.readers.zip_guard import (
    BROKEN,
    ENCRYPTED,
    MOST_BYTES,
    MOST_MEMBERS,
    broken,
    guarded,
    is_bomb,
    too_much,
)
from annotator.readers.zip_names import is_unsafe, name_of

SIGNATURE = b"PK\x03\x04"
_DEEPEST = 3
_LARGEST_INNER = 512 << 20
_OPEN_AT_ONCE = 4
_UNIX = 3
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
            archive = guarded(file)
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
        """Tell whether this is an office document, which is an archive by its make; raise BadArchive or UnreadableFile."""
        return "[Content_Types].xml" in self._open().namelist()

    def files(self) -> Iterator[Found]:
        """Yield the members in the order of their names, nested archives as `ArchiveFile`s, or why one is not read."""
        seen: dict[str, zipfile.ZipInfo] = {}
        refused: list[Found] = []
        for info in self._open().infolist():
            name = name_of(info)
            if name.endswith("/"):
                continue
            error = _refused(info, name, seen)
            if error:
                refused.append((self._source.path / _shown(name), error))
            else:
                seen[name] = info
        yield from refused
        for name in sorted(seen):
            yield self._member(name, seen)

    def nested(self, member: SourceFile) -> Archive:
        """Return a member as an archive itself; raise BadArchive when it lies too deep or the whole grows too large."""
        if self._depth >= _DEEPEST:
            raise BadArchive(reason=Sentence(N_("it lies in too many other archives. Unpack those first.")))
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

    def _member(self, name: str, members: dict[str, zipfile.ZipInfo]) -> SourceFile:
        folder = name.rpartition("/")[0]

        def beside(other: str) -> SourceFile | None:
            full = f"{folder}/{other}" if folder else other
            return self._member(full, members) if full in members else None

        info = members[name]
        return SourceFile(self._source.path / name, info.file_size, lambda: self._stream(info), beside)

    def _stream(self, info: zipfile.ZipInfo) -> BinaryIO:
        try:
            return io.BufferedReader(_Stream(self._open().open(info)))
        except BROKEN as error:
            raise Failed(broken(error)) from error


class Budget:
    """What all nested archives of one file may hold together, so that each may not claim the utmost anew."""

    def __init__(self) -> None:
        self._files = MOST_MEMBERS
        self._bytes = MOST_BYTES

    def spend(self, size: int) -> bool:
        """Count one file; tell whether it may still be read."""
        self._files -= 1
        self._bytes -= size
        return self._files >= 0 and self._bytes >= 0


class _Stream(io.RawIOBase):
    """A member being read: what `zipfile` raises on a damaged archive becomes a failure to read."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        try:
            return int(self._file.seek(offset, whence))
        except BROKEN as error:
            raise Failed(broken(error)) from error

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._file.read(len(buffer))
        except BROKEN as error:
            raise Failed(broken(error)) from error
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()


def _refused(info: zipfile.ZipInfo, name: str, seen: dict[str, zipfile.ZipInfo]) -> ProjectError | None:
    """Return why a member is not read, or None."""
    mode = info.external_attr >> 16
    if is_unsafe(name):
        return BadMember(reason=Sentence(N_("its name leads out of the archive.")))
    if info.create_system == _UNIX and stat.S_ISLNK(mode):
        return LinkLeftOut()
    if info.flag_bits & ENCRYPTED:
        return BadMember(reason=Sentence(N_("it is encrypted. Unpack it with its password first.")))
    if is_bomb(info.file_size, info.compress_size):
        return BadMember(reason=too_much(info.file_size))
    if name in seen:
        return BadMember(reason=Sentence(N_("the archive holds two files of this name; only the first is taken.")))
    return None


def _shown(name: str) -> str:
    """Return a name that can stand under the archive's path and says what is wrong with it, without leading elsewhere."""
    return name.replace("\0", "").replace(":", "∶").lstrip("/").replace("..", "‥") or "?"


def _close_all(archives: OrderedDict[Path, tuple[zipfile.ZipFile, BinaryIO]]) -> None:
    for archive, file in archives.values():
        _close(archive, file)


def _close(archive: zipfile.ZipFile, file: BinaryIO) -> None:
    archive.close()
    file.close()
