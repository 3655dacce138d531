"""What is asked of a ZIP before anything of it is unpacked, and the only ways in which its members are read.

Nothing is ever written to the disk. A member is refused when its name leads out of the archive, when it is a link, encrypted,
said twice, or would grow too much; the archive as a whole when it has too many members, says that it is too large, or hides
members inside each other. Python's `zipfile` never yields more bytes than a member says it has, so what is said is the limit.
"""

from __future__ import annotations

import lzma
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePosixPath
from typing import BinaryIO

from annotator.errors import ProjectError
from annotator.file_errors import DamagedFile, FileTooBig, PasswordProtected, UnsafeArchive
from annotator.language import N_, Sentence

MAGIC = b"PK\x03\x04"
_FAILURES = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
    RuntimeError,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How large an archive may be: members, bytes of one and of all, and how many times its packed size one may have.

    The ratio counts only for members of more than `free` bytes: a small file of blanks is no harm.
    """

    members: int = 100_000
    member: int = 100 << 20
    whole: int = 4 << 30
    ratio: int = 250
    free: int = 4 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive: its name as written, its size in bytes, and the error if it must not be read."""

    name: str
    size: int
    info: zipfile.ZipInfo
    error: ProjectError | None = None


def open_zip(file: BinaryIO, *, format: str = "ZIP") -> zipfile.ZipFile:
    """Open an archive whose bytes can be sought; raise DamagedFile, which calls it `format`."""
    try:
        return zipfile.ZipFile(file)
    except _FAILURES as error:
        raise DamagedFile(format=format) from error


def members(archive: zipfile.ZipFile, limits: Limits | None = None) -> list[Member]:
    """Return the files of an archive, folders left out, those that must not be read with their error.

    Raises UnsafeArchive when nothing of it may be read.
    """
    limits = limits or Limits()
    infos = archive.infolist()
    for reason in _reasons_against_all(infos, limits):
        raise UnsafeArchive(reason=reason)
    seen: set[str] = set()
    found = []
    for info in infos:
        if not info.is_dir():
            found.append(Member(info.filename, info.file_size, info, _error(info, seen, limits)))
            seen.add(_plain(info.filename))
    return found


def refuse_unsafe(archive: zipfile.ZipFile, limits: Limits | None = None) -> None:
    """Raise the error of the first member that must not be read: for formats that are ZIPs of many parts, as DOCX and XLSX."""
    for member in members(archive, limits):
        if member.error:
            raise member.error


def read_member(archive: zipfile.ZipFile, member: Member, *, limit: int = 100 << 20) -> bytes:
    """Return the bytes of a member; raise its error, FileTooBig, PasswordProtected or DamagedFile."""
    with open_member(archive, member) as file:
        try:
            # Not more than is said: `zipfile` unpacks as much as it is asked for before it cuts.
            data = file.read(min(limit, member.size) + 1)
        except _FAILURES as error:
            raise DamagedFile(format="ZIP") from error
    if len(data) > limit:
        raise FileTooBig(limit=limit >> 20)
    return data


def open_member(archive: zipfile.ZipFile, member: Member) -> BinaryIO:
    """Open a member as a stream, which ends where the archive says it does; raise as `read_member`.

    Reading may raise `zipfile.BadZipFile` and `zlib.error` where the archive is damaged.
    """
    if member.error:
        raise member.error
    try:
        return archive.open(member.info)  # type: ignore[return-value]  # it reads as a BinaryIO does
    except _FAILURES as error:
        raise DamagedFile(format="ZIP") from error


def _reasons_against_all(infos: list[zipfile.ZipInfo], limits: Limits) -> Iterator[Sentence]:
    if len(infos) > limits.members:
        yield Sentence(N_("it holds {count} files, more than {limit}."), {"count": len(infos), "limit": limits.members})
    size = sum(info.file_size for info in infos)
    if size > limits.whole:
        details = {"size": size >> 20, "limit": limits.whole >> 20}
        yield Sentence(N_("it says that it holds {size} MB, more than {limit}."), details)
    places = sorted((info.header_offset, info.compress_size) for info in infos if info.compress_size)
    if any(offset + packed > following for (offset, packed), (following, _) in pairwise(places)):
        yield Sentence(N_("its files lie inside each other, as only a ZIP bomb has it."))


def _error(info: zipfile.ZipInfo, seen: set[str], limits: Limits) -> ProjectError | None:
    if info.flag_bits & 0x1:
        return PasswordProtected()
    for reason in _reasons_against(info, seen, limits):
        return UnsafeArchive(reason=reason)
    return FileTooBig(limit=limits.member >> 20) if info.file_size > limits.member else None


def _reasons_against(info: zipfile.ZipInfo, seen: set[str], limits: Limits) -> Iterator[Sentence]:
    name = {"name": info.filename}
    if _leads_out(info.filename):
        yield Sentence(N_("the name “{name}” leads out of the archive."), name)
    if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
        yield Sentence(N_("“{name}” is a link or a device, not a file."), name)
    if _plain(info.filename) in seen:
        yield Sentence(N_("it holds “{name}” twice."), name)
    if info.file_size > max(limits.free, limits.ratio * info.compress_size):
        yield Sentence(
            N_("“{name}” would grow more than {ratio} times, as a ZIP bomb does."), name | {"ratio": limits.ratio}
        )


def _plain(name: str) -> str:
    return str(PurePosixPath(name.replace("\\", "/"))).casefold()


def _leads_out(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or name[1:2] == ":" or "\0" in name
