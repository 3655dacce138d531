"""From bytes to characters: which encoding a file is in, how sure that is, and strict decoding.

A byte order mark or valid UTF-8 settles it. Otherwise UTF-16 without a mark is tried (only there do NUL bytes belong to
a text), and last `charset-normalizer` chooses among the single-byte encodings that Arabic files come in.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from annotator.file_errors import BinaryFile, CutFile, EmptyFile, NotThisEncoding, UnknownEncoding, UnsureEncoding

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = ["cp1256", "iso8859_6", "cp1252"]
_NAMES = {"cp1256": "windows-1256", "iso8859-6": "iso-8859-6", "cp1252": "windows-1252"}
_INVISIBLE = "\u200c\u200d\u200e\u200f".encode("cp1256")
_TEXT_SHARE = 0.9
_LEAST_CONFIDENCE = 0.5


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded file. `confidence` is 0 to 1, or None when the encoding was given by the user."""

    text: str
    encoding: str
    confidence: float | None


def decode(data: bytes, *, encoding: str | None = None) -> Decoded:
    """Decode a file strictly, with the encoding given or else detected.

    Raises EmptyFile, BinaryFile, CutFile, NotThisEncoding, UnknownEncoding or UnsureEncoding.
    """
    if not data.strip():
        raise EmptyFile
    if encoding is not None:
        return Decoded(_strictly(data, known_encoding(encoding)), _name(encoding), None)
    text = _utf8(data)
    if text is not None:
        return Decoded(text, "utf-8", 1.0)
    found, confidence = _detect(data)
    return Decoded(_strictly(data, found), _name(found), confidence)


def _detect(data: bytes) -> tuple[str, float]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, 1.0
    if b"\0" in data:
        return _detect_utf16(data)
    return _detect_single_byte(data)


def _utf8(data: bytes) -> str | None:
    """Return the text when the bytes are UTF-8 without NUL, as most are; raise CutFile when only the end is missing."""
    if b"\0" in data or data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.start > 0:
            raise CutFile(encoding="utf-8") from error
        return None


def _detect_utf16(data: bytes) -> tuple[str, float]:
    shares = {encoding: _text_share(data, encoding) for encoding in ("utf-16-le", "utf-16-be")}
    best = max(shares, key=shares.__getitem__)
    if shares[best] < _TEXT_SHARE:
        raise BinaryFile
    return best, shares[best]


def _text_share(data: bytes, encoding: str) -> float:
    """Return which share of the characters are Arabic, ASCII or general punctuation when read in this encoding."""
    text = data[: len(data) // 2 * 2].decode(encoding, errors="replace")
    usual = sum(
        "\u0600" <= character <= "\u06ff" or " " <= character <= "~" or character in "\t\n\r"
        or "\u2000" <= character <= "\u206f"
        for character in text
    )  # fmt: skip
    return round(usual / max(len(text), 1), 3)


def _detect_single_byte(data: bytes) -> tuple[str, float]:
    """Return the encoding that charset-normalizer finds best; confidence is its order of the text by its language match."""
    from charset_normalizer import from_bytes  # slow to import, and most files are UTF-8

    best = from_bytes(data, cp_isolation=_CANDIDATES).best()
    if best is None:  # it takes joiners and marks of direction for rubbish, of which Arabic text may have many
        best = from_bytes(data.translate(None, _INVISIBLE), cp_isolation=["cp1256"]).best()
    if best is None:
        raise BinaryFile
    confidence = round((1 - best.chaos) * min(_LEAST_CONFIDENCE + best.coherence, 1.0), 3)
    if confidence < _LEAST_CONFIDENCE:
        raise UnsureEncoding
    return best.encoding, confidence


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if error.reason in ("unexpected end of data", "truncated data"):
            raise CutFile(encoding=_name(encoding)) from error
        raise NotThisEncoding(encoding=_name(encoding), position=error.start) from error


def known_encoding(encoding: str) -> str:
    """Return the encoding as Python names it; raise UnknownEncoding for what is none or is no text encoding."""
    try:
        "".encode(encoding)
        return codecs.lookup(encoding).name
    except (LookupError, ValueError) as error:
        raise UnknownEncoding(encoding=encoding) from error


def _name(encoding: str) -> str:
    """Return the name the world uses for an encoding (IANA)."""
    python = codecs.lookup(encoding).name
    return _NAMES.get(python, "utf-8" if python == "utf-8-sig" else python)
