"""The encoding of a web page: what its mark and its declaration say, checked against its bytes.

A byte order mark settles it, then bytes that are UTF-8. A declared single-byte encoding is believed unless the words read
better in another: Arabic pages are found by how many of the commonest words appear. What browsers mean by a name is taken
from the WHATWG Encoding Standard.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from annotator.file_errors import EmptyFile, UnknownEncoding
from annotator.language import N_, Sentence
from annotator.text.encodings import Decoded, decode, known_encoding

_SURE = 0.9
_SAMPLE = 400_000
_HEAD = 4096
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DECLARED = re.compile(
    rb"""charset\s*=\s*["']?\s*([\w.:-]{2,40})|^\s*<\?xml[^>]{0,200}encoding=["']([\w.:-]{2,40})""", re.I
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\f\r"))
_TAG = re.compile(rb"<[^<>]*>")
_WORD = re.compile(r"[^\W\d_]+")
_NAMES = {
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1", "latin-1", "ascii", "us-ascii", "x-cp1252"), "cp1252"),
    **dict.fromkeys(("iso-8859-6-i", "iso-8859-6-e", "ecma-114", "asmo-708", "arabic", "csisolatinarabic"), "iso8859_6"),
    **dict.fromkeys(("x-cp1256", "windows-1256"), "cp1256"),
    # A declaration that could be read byte by byte cannot stand in a page of UTF-16.
    **dict.fromkeys(("unicode", "utf-16", "utf-16le", "utf-16be", "utf8", "unicode-1-1-utf-8", "x-unicode20utf8"), "utf-8"),
}  # fmt: skip
_RIVALS = ("cp1256", "iso8859_6", "cp1252")
_SHOWN = {"cp1256": "windows-1256", "iso8859-6": "iso-8859-6", "cp1252": "windows-1252"}
_COMMON = re.compile(
    "من|في|على|إلى|الى|أن|ان|عن|التي|الذي|هذا|هذه|مع|كان|لا|ما|بين|بعد|قبل|قال|كما|لم|أو|او|ذلك|إن|وقد|وفي|ومن"
)


@dataclass(frozen=True, slots=True)
class DecodedPage:
    """A decoded page: `confidence` is 0 to 1, None when the encoding was given. Of its notes the doubts want a look."""

    text: str
    encoding: str
    confidence: float | None
    notes: tuple[Sentence, ...] = ()
    doubts: tuple[Sentence, ...] = ()


def decode_page(data: bytes, *, given: str | None = None, declared: str | None = None) -> DecodedPage:
    """Decode the bytes of a page; `declared` is what stands outside it, as in a mail header, and goes before its own word.

    Raises EmptyFile, BinaryFile, CutFile, NotThisEncoding, UnknownEncoding or UnsureEncoding.
    """
    if not data.strip():
        raise EmptyFile
    data, notes = _without_controls(data)
    if given is not None or data.startswith(_MARKS) or b"\0" in data:
        return _plainly(decode(data, encoding=given), notes)
    name = declared or declared_in(data)
    return _as_utf8(data, name, notes) or _as_single_bytes(data, name, notes)


def declared_in(data: bytes) -> str | None:
    """Return the encoding that the beginning of a page declares, as it is written there."""
    found = _DECLARED.search(data, 0, _HEAD)
    return (found[1] or found[2]).decode("ascii", "replace").lower() if found else None


def _without_controls(data: bytes) -> tuple[bytes, tuple[Sentence, ...]]:
    """Leave out control characters that no page shows; where there are many NUL bytes it is UTF-16 or no text."""
    if data.startswith(_MARKS[1:]) or data.count(b"\0") > len(data) // 100:
        return data, ()
    kept = data.translate(None, _CONTROLS)
    if len(kept) == len(data):
        return data, ()
    return kept, (Sentence(N_("It held control characters that no page shows; they were left out.")),)


def _plainly(decoded: Decoded, notes: tuple[Sentence, ...]) -> DecodedPage:
    doubts = _guess(decoded.encoding, decoded.confidence)
    return DecodedPage(decoded.text, decoded.encoding, decoded.confidence, (*notes, *doubts), doubts)


def _as_utf8(data: bytes, name: str | None, notes: tuple[Sentence, ...]) -> DecodedPage | None:
    """Read a page as UTF-8; a few broken characters, as of a page cut off, are shown as such and said. None if it is not."""
    text = data.decode("utf-8", "replace")
    own = data.count("\ufffd".encode())
    broken, others = text.count("\ufffd") - own, _beyond_ascii(text)
    if broken > max(1, others // 100) or broken * 2 > others:
        return None
    if others and name and _codec(name) not in (None, "utf-8"):
        told = Sentence(N_("It declares the encoding {declared}, but its bytes are UTF-8."), {"declared": name})
        notes = (*notes, told)
    if not broken:
        return DecodedPage(text, "utf-8", 1.0, notes)
    doubt = _broken("utf-8", broken)
    return DecodedPage(text, "utf-8", _SURE, (*notes, doubt), (doubt,))


def _beyond_ascii(text: str) -> int:
    return 0 if text.isascii() else len(text) - len(text.encode("ascii", "ignore"))


def _as_single_bytes(data: bytes, name: str | None, notes: tuple[Sentence, ...]) -> DecodedPage:
    codec = _codec(name) if name else None
    sample = _TAG.sub(b" ", data[:_SAMPLE])
    scores = {rival: _score(sample, rival) for rival in dict.fromkeys((codec or _RIVALS[0], *_RIVALS))}
    best = max(scores, key=scores.__getitem__)
    if codec and codec != "utf-8" and 0 <= scores[codec] * 2 >= scores[best]:
        return _decoded(data, codec, 0.95 if scores[best] <= 0 else 1.0, notes, ())
    found = _found(sample, best, scores[best])
    doubts = _guess(found.encoding, found.confidence)
    if name:
        doubts = (_contradicted(name, found.encoding), *doubts)
    return _decoded(data, known_encoding(found.encoding), found.confidence, notes, doubts)


def _decoded(
    data: bytes,
    codec: str,
    confidence: float | None,
    notes: tuple[Sentence, ...],
    doubts: tuple[Sentence, ...],
) -> DecodedPage:
    """Decode bytes that were found to be of this encoding; the few that are not stand as the sign for that."""
    text = data.decode(codec, "replace")
    if "\ufffd" in text:
        doubts = (*doubts, _broken(_shown(codec), text.count("\ufffd")))
    return DecodedPage(text, _shown(codec), confidence, (*notes, *doubts), doubts)


def _broken(encoding: str, count: int) -> Sentence:
    return Sentence(
        N_("Some of its bytes are not valid {encoding} and stand as � in the text ({count})."),
        {"encoding": encoding, "count": count},
    )


def _found(sample: bytes, best: str, score: float) -> Decoded:
    """Return the encoding that the common words speak for; where there are none of them, the one usually detected."""
    return Decoded("", _shown(best), round(min(0.99, 0.85 + score), 2)) if score > 0 else decode(sample)


def _score(sample: bytes, codec: str) -> float:
    """Return which share of the words that are not ASCII are common Arabic ones; -1 when the bytes are not of this encoding."""
    text = sample.decode(codec, "replace")
    if text.count("\ufffd") * 50 > _beyond_ascii(text):
        return -1
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    return sum(map(bool, map(_COMMON.fullmatch, words))) / len(words) if words else 0


def _codec(name: str) -> str | None:
    """Return the codec that browsers mean by a name; None for what is no encoding."""
    try:
        return codecs.lookup(known_encoding(_NAMES.get(name.lower(), name))).name.replace("iso8859-6", "iso8859_6")
    except UnknownEncoding:
        return None


def _shown(codec: str) -> str:
    name = codecs.lookup(codec).name
    return _SHOWN.get(name, name)


def _contradicted(name: str, found: str) -> Sentence:
    return Sentence(
        N_("It declares the encoding {declared}, which its bytes contradict; it was read as {found}."),
        {"declared": name, "found": found},
    )


def _guess(encoding: str, confidence: float | None) -> tuple[Sentence, ...]:
    if confidence is None or confidence >= _SURE:
        return ()
    details = {"encoding": encoding, "percent": round(confidence * 100)}
    return (
        Sentence(
            N_("Its encoding was guessed: {encoding} ({percent} %). If it reads wrongly, import it again."), details
        ),
    )
