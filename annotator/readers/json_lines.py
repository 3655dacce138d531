"""JSON Lines: one record a line, ours (`hashiya/1`) or those of anybody, with the keys mapped.

Every line stands alone: a bad one is refused with its number and a reason, the others come in.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from annotator.errors import ProjectError
from annotator.file_errors import BadRecord
from annotator.language import N_, Sentence
from annotator.readers.draft import Common, Draft, Options, Reader, Table
from annotator.readers.field_mapping import table_of
from annotator.readers.json_records import RawRecord, RecordReader
from annotator.readers.source_file import SourceFile, unreadable
from annotator.readers.utf8_view import Utf8View, utf8_view

LONGEST = 256 << 20
"""Bytes that a line may have: those of the longest article, with its original bytes in base64."""
_OWN = (b'{"schema":"hashiya/', b'{"schema": "hashiya/')


def read(source: SourceFile, options: Options) -> Iterator[Draft | Common | ProjectError]:
    """Yield what stands on every line, or an error with the line's number."""
    try:
        view = utf8_view(source, options)
        yield from _reader(source, view, options).read(lines_of(view))
    except ProjectError as error:
        yield error
    except OSError as error:
        yield unreadable(error)


def table(source: SourceFile, options: Options) -> Table:
    """Return the first records as a table; raise ProjectError."""
    view = utf8_view(source, options)
    try:
        return table_of(_reader(source, view, options).rows(lines_of(view)), options.mapping)
    except OSError as error:
        raise unreadable(error) from error


def lines_of(view: Utf8View) -> Iterator[RawRecord]:
    """Yield the lines that are not empty, with their numbers; of one that is too long only that it is."""
    with view.opened() as file:
        number = 0
        while line := file.readline(LONGEST + 1):
            number += 1
            if len(line) > LONGEST:
                _skip_line(file, line)
                reason = Sentence(N_("it is longer than {limit} MB, which no article is."), {"limit": LONGEST >> 20})
                yield RawRecord(number, b"", BadRecord(line=number, reason=reason))
            elif line.strip():
                yield RawRecord(number, line.strip(b" \t\r\n"))


def _skip_line(file: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = file.readline(1 << 20)


def _reader(source: SourceFile, view: Utf8View, options: Options) -> RecordReader:
    return RecordReader(
        source, view, options, reader="jsonl", refused=lambda number, reason: BadRecord(line=number, reason=reason)
    )


def _recognises(head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").startswith(_OWN)


READER = Reader("jsonl", frozenset({".jsonl", ".ndjson"}), read, _recognises, table)
