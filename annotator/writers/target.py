"""Where an export goes: one file, a folder of files, or a ZIP of them; it stands under its name only when it is whole.

Everything is written under a temporary name beside the place, flushed to the disk and renamed. The same content gives the
same bytes on every system: ZIP members have a fixed time and are stored without compression, because what `zlib` makes of the
same bytes differs from build to build.
"""

from __future__ import annotations

import errno
import io
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, Protocol

from annotator.errors import CannotWrite, DiskFull, FolderInTheWay
from annotator.project_file import keep_projects

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

Watch = Callable[[], None]
"""Looks whether what is written is still wanted, and raises if it is not."""
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP can hold
_IN_MEMORY = 1 << 20
_PIECE = 1 << 18


def always() -> None:
    """Want what is written, whatever comes."""


class Target(Protocol):
    """What a writer writes to."""

    def file(self, name: str = "") -> AbstractContextManager[BinaryIO]:
        """Give a new file of this name (with `/` between folders); without a name, the one file that the export is."""

    def scratch(self) -> IO[bytes]:
        """Give a temporary file for what has to wait; the caller closes it."""


@contextmanager
def one_file(path: Path, *, watch: Watch = always) -> Iterator[Target]:
    """Give a target of one file that becomes `path` only if the block succeeds. Raises CannotWrite or DiskFull."""
    with whole_file(path, watch=watch) as file:
        yield OneFile(file, watch)


@contextmanager
def folder(path: Path, *, ours: Callable[[Path], bool], watch: Watch = always) -> Iterator[Folder]:
    """Give a target of files in a folder that becomes `path` only if the block succeeds.

    A folder that is there already is replaced only when `ours` says that it is an earlier export. Raises FolderInTheWay,
    CannotWrite or DiskFull.
    """
    if path.exists() and not (path.is_dir() and (ours(path) or not any(path.iterdir()))):
        raise FolderInTheWay(path=path)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    with _failures(path):
        try:
            temporary.mkdir()
            yield Folder(temporary, watch)
            _flush_all(temporary)
            _replace(temporary, path)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)


@contextmanager
def archive(path: Path, *, watch: Watch = always) -> Iterator[Target]:
    """Give a target of files in a ZIP that becomes `path` only if the block succeeds. Raises CannotWrite or DiskFull."""
    with whole_file(path, watch=watch) as file, zip_in(file, watch=watch) as target:
        yield target


@contextmanager
def zip_in(file: BinaryIO, *, watch: Watch = always) -> Iterator[Target]:
    """Give a target of files in a ZIP that is written to an open file."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as zipped:
        yield _Archive(zipped, watch)


@contextmanager
def scratch_folder(path: Path, *, watch: Watch = always) -> Iterator[Folder]:
    """Give a temporary folder beside `path`, which is gone after the block. Raises CannotWrite or DiskFull."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.files")
    with _failures(path):
        try:
            temporary.mkdir()
            yield Folder(temporary, watch)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)


def zip_folder(root: Path, path: Path, *, watch: Watch = always) -> None:
    """Write the files of a folder as a ZIP, sorted by name. Raises CannotWrite or DiskFull."""
    names = sorted(file.relative_to(root).as_posix() for file in root.rglob("*") if file.is_file())
    with whole_file(path, watch=watch) as whole, zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as zipped:
        for name in names:
            entry = _entry(name)
            entry.file_size = (root / name).stat().st_size  # so that there is room for that of more than 4 GB
            with (root / name).open("rb") as file, zipped.open(entry, "w") as member:
                shutil.copyfileobj(file, member, _PIECE)


@contextmanager
def whole_file(path: Path, *, watch: Watch = always) -> Iterator[BinaryIO]:
    """Give a binary file that becomes `path` only if the block succeeds.

    Raises ProjectInTheWay, CannotWrite or DiskFull.
    """
    keep_projects(path)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    with _failures(path):
        try:
            with _Watched(temporary, "wb", watch) as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


class _Watched(io.BufferedWriter):
    """A file that looks at every write whether it is still wanted."""

    def __init__(self, path: Path | str, mode: str, watch: Watch) -> None:
        super().__init__(io.FileIO(path, mode))
        self._watch = watch

    def write(self, data: ReadableBuffer) -> int:
        self._watch()
        return super().write(data)


class _Scratch(tempfile.SpooledTemporaryFile[bytes]):
    """A temporary file that looks at every write whether it is still wanted."""

    def __init__(self, watch: Watch) -> None:
        super().__init__(_IN_MEMORY)
        self._watch = watch

    def write(self, data: ReadableBuffer) -> int:
        self._watch()
        return super().write(data)


class _Place:
    """What all targets have."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch

    def scratch(self) -> IO[bytes]:
        return _Scratch(self._watch)


class OneFile(_Place):
    """One open file, whatever name a writer asks for."""

    def __init__(self, file: BinaryIO, watch: Watch) -> None:
        super().__init__(watch)
        self._file = file

    @contextmanager
    def file(self, name: str = "") -> Iterator[BinaryIO]:
        yield self._file


class Folder(_Place):
    """A folder that is there, with new files in it."""

    def __init__(self, root: Path, watch: Watch = always) -> None:
        super().__init__(watch)
        self.root = root

    @contextmanager
    def file(self, name: str = "") -> Iterator[BinaryIO]:
        path = os.path.join(self.root, name)  # a Path would keep every part of its name in memory for good
        if "/" in name:
            os.makedirs(os.path.dirname(path), exist_ok=True)
        with _Watched(path, "xb", self._watch) as file:
            yield file


class _Archive(_Place):
    def __init__(self, zipped: zipfile.ZipFile, watch: Watch) -> None:
        super().__init__(watch)
        self._zipped = zipped

    @contextmanager
    def file(self, name: str = "") -> Iterator[BinaryIO]:
        with self._zipped.open(_entry(name), "w", force_zip64=False) as file:
            yield file  # type: ignore[misc]  # an IO[bytes] like any other


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _FIXED_TIME)
    entry.external_attr, entry.create_system = 0o644 << 16, 3
    return entry


@contextmanager
def _failures(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull from error
        raise CannotWrite(path=path, reason=error.strerror or error) from error


def _flush_all(root: Path) -> None:
    """Flush all files to the disk: at once where the system can, because one by one takes as long as writing them."""
    if hasattr(os, "sync"):
        os.sync()
        return
    for path in root.rglob("*"):
        if path.is_file():
            with path.open("r+b") as file:
                os.fsync(file.fileno())


def _replace(temporary: Path, path: Path) -> None:
    """Put the new folder where the old one was, which goes only when the new one stands."""
    old = path.with_name(f".{path.name}.{os.getpid()}.old")
    if path.exists():
        path.rename(old)
    temporary.rename(path)
    shutil.rmtree(old, ignore_errors=True)
