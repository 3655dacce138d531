"""Plain text files: one article a file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from annotator.errors import ProjectError, UnreadableFile
from annotator.language import N_, Sentence
from annotator.readers.draft import Draft, Reader
from annotator.text.canonical import canonical, direction_of, has_other_line_ends, language_of, title_of
from annotator.text.encodings import Decoded, decode

_SURE = 0.9


def read(path: Path, encoding: str | None) -> Iterator[Draft | ProjectError]:
    """Yield the one article of a text file, or the error that says why there is none."""
    try:
        yield _draft(path, path.read_bytes(), encoding)
    except OSError as error:
        yield UnreadableFile(reason=error.strerror or error)
    except ProjectError as error:
        yield error


def _draft(path: Path, data: bytes, encoding: str | None) -> Draft:
    decoded = decode(data, encoding=encoding)
    frozen = canonical(decoded.text)
    text = frozen.text
    return Draft(
        text=text,
        sha256=frozen.sha256,
        original=data,
        bytes_sha256=frozen.sha256 if data == frozen.utf8 else hashlib.sha256(data).hexdigest(),
        encoding=decoded.encoding,
        confidence=decoded.confidence,
        reader="text",
        file=path.name,
        title=title_of(text),
        language=language_of(text),
        direction=direction_of(text),
        notes=tuple(_notes(decoded)),
    )


def _notes(decoded: Decoded) -> Iterator[Sentence]:
    if has_other_line_ends(decoded.text):
        yield Sentence(N_("Its line ends were made uniform; the original bytes are kept."))
    if decoded.confidence is not None and decoded.confidence < _SURE:
        details = {"encoding": decoded.encoding, "percent": round(decoded.confidence * 100)}
        yield Sentence(
            N_("Its encoding was guessed: {encoding} ({percent} %). If it reads wrongly, import it again."), details
        )


READER = Reader("text", frozenset({".txt", ".text"}), read)
