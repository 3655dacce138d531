"""ZIP archives opened with distrust: they may claim to hold more than any disk, or be something else altogether.

Nothing is ever written to disk under a name from an archive; members are read as streams with a limit.
"""

from __future__ import annotations

import lzma
import zipfile
import zlib
from typing import BinaryIO

from annotator.errors import BadArchive, BadMember
from annotator.language import N_, Sentence
from annotator.readers.source_file import reason_of

MOST_MEMBERS = 100_000
MOST_BYTES = 4 << 30
_LIKELY_RATIO = 200  # Deflate reaches 1032; text of people stays below 20, markup that repeats itself below 100.
_ALWAYS_ALLOWED = 32 << 20
ENCRYPTED = 0x1
BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, ValueError, NotImplementedError, RuntimeError)
"""What `zipfile` raises on archives that are damaged, made by an unknown method, or encrypted."""


def guarded(file: BinaryIO) -> zipfile.ZipFile:
    """Open an archive whose number of members, size and compression are within reason; raise BadArchive."""
    try:
        archive = zipfile.ZipFile(file)
    except BROKEN as error:
        raise BadArchive(reason=Sentence(N_("it is damaged or cut off."))) from error
    except OSError as error:
        raise BadArchive(reason=reason_of(error)) from error
    members = archive.infolist()
    claimed = sum(info.file_size for info in members)
    if len(members) > MOST_MEMBERS:
        raise BadArchive(
            reason=Sentence(N_("it holds more than {count} files. Unpack it first."), {"count": MOST_MEMBERS})
        )
    if claimed > MOST_BYTES or is_bomb(claimed, sum(info.compress_size for info in members)):
        raise BadArchive(reason=too_much(claimed))
    return archive


def is_bomb(claimed: int, packed: int) -> bool:
    """Tell whether so many bytes cannot honestly come out of so few."""
    return claimed > _ALWAYS_ALLOWED and claimed > packed * _LIKELY_RATIO


def too_much(claimed: int) -> Sentence:
    """Return the sentence about an archive, or a member, that would unpack to too much."""
    return Sentence(N_("unpacked it would be {size} MB, which cannot be right."), {"size": max(claimed >> 20, 1)})


def broken(error: Exception) -> Sentence:
    """Return why a member cannot be read."""
    if isinstance(error, NotImplementedError):
        return Sentence(N_("it is packed by a method that is not known here."))
    return Sentence(N_("it is damaged or cut off."))


def read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes:
    """Return the bytes of a member; raise BadMember when it is encrypted, damaged or larger than `limit`."""
    if info.file_size > limit:
        raise BadMember(reason=too_much(info.file_size))
    data = read_head(archive, info, limit + 1)
    if len(data) > limit:
        raise BadMember(reason=too_much(len(data)))
    return data


def read_head(archive: zipfile.ZipFile, info: zipfile.ZipInfo, size: int) -> bytes:
    """Return the first bytes of a member; raise BadMember when it is encrypted or damaged."""
    if info.flag_bits & ENCRYPTED:
        raise BadMember(reason=Sentence(N_("it is encrypted. Unpack it with its password first.")))
    try:
        with archive.open(info) as file:
            return file.read(size)
    except BROKEN as error:
        raise BadMember(reason=broken(error)) from error
    except OSError as error:
        raise BadMember(reason=reason_of(error)) from error
