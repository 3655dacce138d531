"""Where an export goes: one file, a folder of files, or a ZIP of them; it stands under its name only when it is whole.

Everything is written under a temporary name beside the place, flushed to the disk and renamed. The same content gives the
same bytes on every system: ZIP members have a fixed time and are stored without compression, because what `zlib` makes of the
same bytes differs from build to build.
"""

from __future__ import annotations

import errno
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Protocol

from annotator.errors import CannotWrite, DiskFull, FolderInTheWay

_FIXED_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP can hold


class Target(Protocol):
    """What a writer writes to."""

    def file(self, name: str = "") -> AbstractContextManager[BinaryIO]:
        """Give a new file of this name (with `/` between folders); without a name, the one file that the export is."""


@contextmanager
def one_file(path: Path) -> Iterator[Target]:
    """Give a target of one file that becomes `path` only if the block succeeds. Raises CannotWrite or DiskFull."""
    with whole_file(path) as file:
        yield _OneFile(file)


@contextmanager
def folder(path: Path, *, ours: Callable[[Path], bool]) -> Iterator[Target]:
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
            yield _Folder(temporary)
            _flush_all(temporary)
            _replace(temporary, path)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)


@contextmanager
def archive(path: Path) -> Iterator[Target]:
    """Give a target of files in a ZIP that becomes `path` only if the block succeeds. Raises CannotWrite or DiskFull."""
    with whole_file(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as zipped:
        yield _Archive(zipped)


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Give a binary file that becomes `path` only if the block succeeds. Raises CannotWrite or DiskFull."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    with _failures(path):
        try:
            with temporary.open("wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


class _OneFile:
    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    @contextmanager
    def file(self, name: str = "") -> Iterator[BinaryIO]:
        yield self._file


class _Folder:
    def __init__(self, root: Path) -> None:
        self._root = root

    @contextmanager
    def file(self, name: str = "") -> Iterator[BinaryIO]:
        path = self._root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            yield file


class _Archive:
    def __init__(self, zipped: zipfile.ZipFile) -> None:
        self._zipped = zipped

    @contextmanager
    def file(self, name: str = "") -> Iterator[BinaryIO]:
        entry = zipfile.ZipInfo(name, _FIXED_TIME)
        entry.external_attr, entry.create_system = 0o644 << 16, 3
        with self._zipped.open(entry, "w", force_zip64=False) as file:
            yield file  # type: ignore[misc]  # an IO[bytes] like any other


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
