"""The names of files in a ZIP archive, which older programs wrote in the encoding of their system without saying which.

The format (APPNOTE.TXT 6.3.10, section 4.4.4 and appendix D): a flag says that a name is UTF-8, else it is code page 437.
Windows in Arabic wrote code page 720 or windows-1256 instead, other systems UTF-8 without the flag.
"""

from __future__ import annotations

import struct
import zlib
from zipfile import ZipInfo

_UTF8_FLAG = 0x800
_UNICODE_PATH = 0x7075
_GUESSES = ("cp1256", "cp720")


def name_of(info: ZipInfo) -> str:
    """Return the name of a member as its author saw it, with `/` between folders."""
    return _decoded(info).replace("\\", "/")


def _decoded(info: ZipInfo) -> str:
    if info.flag_bits & _UTF8_FLAG or info.orig_filename.isascii():
        return info.orig_filename
    try:
        data = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.orig_filename
    return _unicode_path(info.extra, data) or _utf8(data) or _arabic(data) or info.orig_filename


def _unicode_path(extra: bytes, name: bytes) -> str | None:
    """Return the name in the extra field that Info-ZIP and others write beside the old one, if it speaks of this name."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        field = extra[at + 4 : at + 4 + size]
        if kind == _UNICODE_PATH and len(field) > 5 and struct.unpack_from("<I", field, 1)[0] == zlib.crc32(name):
            return _utf8(field[5:])
        at += 4 + size
    return None


def _utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _arabic(data: bytes) -> str | None:
    """Return the name in the encoding in which most of what is not ASCII are Arabic letters; None if they are in none."""
    readings = [data.decode(encoding, errors="replace") for encoding in _GUESSES]
    best = max(readings, key=_arabic_share)
    return best if _arabic_share(best) > 0.8 else None


def _arabic_share(name: str) -> float:
    others = [character for character in name if not character.isascii()]
    letters = sum("\u0621" <= character <= "\u0652" for character in others)
    return letters / len(others)
