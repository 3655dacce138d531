"""A file of records seen as UTF-8, with the hash of the whole: what files of records in any encoding are cut from.

The encoding is settled before the first record is read, in one pass that keeps nothing in memory. Files in other encodings
than UTF-8 are turned into it in memory; each record's own bytes can be got back exactly.
"""

from __future__ import annotations

import codecs
import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from annotator.file_errors import EmptyFile
from annotator.readers.draft import Options
from annotator.readers.source_file import SourceFile, unreadable
from annotator.text.encodings import decode, known_encoding

_CHUNK = 1 << 20
# The signs between the parts of records look like noise to what recognises encodings by the language.
_WITHOUT_SIGNS = bytes.maketrans(b'{}[]"|;:,\t', b" " * 10)


@dataclass(frozen=True, slots=True)
class Utf8View:
    """`opened` gives the file as UTF-8 without byte order mark. `sha256` is that of the bytes of the file."""

    sha256: str
    encoding: str
    confidence: float | None
    opened: Callable[[], BinaryIO]
    _codec: str = ""

    def chunks(self) -> Iterator[bytes]:
        """Yield the file in pieces; reading may raise OSError."""
        with self.opened() as file:
            while chunk := file.read(_CHUNK):
                yield chunk

    def original(self, data: bytes) -> bytes:
        """Return the bytes of the file from which a part of the view was made."""
        return data.decode("utf-8").encode(self._codec) if self._codec else data


def utf8_view(source: SourceFile, options: Options) -> Utf8View:
    """Look through a file and settle its encoding.

    A file that begins as UTF-8 stays UTF-8 although some of its records are not: these are refused when they are read.
    Raises EmptyFile, and for other encodings FileTooBig and what `annotator.text.encodings.decode` raises.
    """
    try:
        seen = _Seen(source)
    except OSError as error:
        raise unreadable(error) from error
    if options.encoding is not None:
        is_utf8 = known_encoding(options.encoding) in ("utf-8", "utf-8-sig")
        return seen.as_utf8(None) if is_utf8 else _transcoded(source, seen.sha256, options.encoding)
    return seen.as_utf8(1.0) if seen.is_utf8 else _transcoded(source, seen.sha256, None)


class _Seen:
    """What one pass over a file tells."""

    def __init__(self, source: SourceFile) -> None:
        self._source = source
        digest, decoder = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")()
        self.is_utf8, ascii_only, empty, certain = True, True, True, False
        with source.open() as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                empty = empty and not chunk.strip()
                if certain:
                    continue
                try:
                    ascii_only = decoder.decode(chunk).isascii() and ascii_only
                    self.is_utf8 = self.is_utf8 and b"\0" not in chunk
                except UnicodeDecodeError as error:
                    certain = True
                    self.is_utf8 = not ascii_only or not error.object[: error.start].isascii()
        if empty:
            raise EmptyFile
        self.sha256 = digest.hexdigest()

    def as_utf8(self, confidence: float | None) -> Utf8View:
        return Utf8View(self.sha256, "utf-8", confidence, self._opened)

    def _opened(self) -> BinaryIO:
        file = self._source.open()
        if file.read(len(codecs.BOM_UTF8)) == codecs.BOM_UTF8:
            return file
        file.close()
        return self._source.open()


def _transcoded(source: SourceFile, sha256: str, encoding: str | None) -> Utf8View:
    data = source.read()
    if encoding is None and b"\0" not in data:
        found = decode(data.translate(_WITHOUT_SIGNS))
        decoded = replace(decode(data, encoding=found.encoding), confidence=found.confidence)
    else:
        decoded = decode(data, encoding=encoding)
    utf8 = decoded.text.removeprefix("\ufeff").encode("utf-8", errors="surrogatepass")
    return Utf8View(
        sha256, decoded.encoding, decoded.confidence, lambda: io.BytesIO(utf8), _codec_of(decoded.encoding, data)
    )


def _codec_of(encoding: str, data: bytes) -> str:
    """Return the codec that writes a part of a file: that of a whole file would begin each part with a byte order mark."""
    name = known_encoding(encoding)
    if name in ("utf-16", "utf-32"):
        big = data.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE))
        return f"{name}-be" if big else f"{name}-le"
    return "utf-8" if name == "utf-8-sig" else name
