"""Plain text files: one article a file."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.errors import ProjectError
from annotator.language import N_, Sentence
from annotator.readers.draft import Draft, Options, Reader, draft_of
from annotator.readers.source_file import SourceFile
from annotator.text.canonical import has_other_line_ends
from annotator.text.encodings import Decoded, decode

_SURE = 0.9


def read(source: SourceFile, options: Options) -> Iterator[Draft | ProjectError]:
    """Yield the one article of a text file, or the error that says why there is none."""
    try:
        yield _draft(source, source.read(), options)
    except ProjectError as error:
        yield error


def _draft(source: SourceFile, data: bytes, options: Options) -> Draft:
    decoded = decode(data, encoding=options.encoding)
    doubts = tuple(_doubts(decoded))
    return draft_of(
        decoded.text,
        source=source,
        original=data,
        reader="text",
        encoding=decoded.encoding,
        confidence=decoded.confidence,
        notes=(*_notes(decoded), *doubts),
        doubts=doubts,
    )


def _notes(decoded: Decoded) -> Iterator[Sentence]:
    if has_other_line_ends(decoded.text):
        yield Sentence(N_("Its line ends were made uniform; the original bytes are kept."))


def _doubts(decoded: Decoded) -> Iterator[Sentence]:
    if decoded.confidence is not None and decoded.confidence < _SURE:
        details = {"encoding": decoded.encoding, "percent": round(decoded.confidence * 100)}
        yield Sentence(
            N_("Its encoding was guessed: {encoding} ({percent} %). If it reads wrongly, import it again."), details
        )


READER = Reader("text", frozenset({".txt", ".text"}), read)
