"""Workbooks of Excel (`.xlsx`) with one article a row: the first sheet, or the one that was named.

Read by openpyxl, values only: of a formula what Excel last worked out. `part` is the sheet and the row: `أخبار!17`. The bytes
kept with each article are those of the whole file, since a row has none of its own.
"""

from __future__ import annotations

import hashlib
import io
import lzma
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import chain, islice
from typing import Any

from annotator.errors import ProjectError
from annotator.file_errors import BadRow, DamagedFile, EmptyFile, NotReadable, UnsafeXml
from annotator.language import N_, Sentence
from annotator.readers.csv_table import unique
from annotator.readers.draft import Draft, Options, Reader, Table
from annotator.readers.field_mapping import SAMPLE, mapped, table_of
from annotator.readers.records import Records, in_cells
from annotator.readers.source_file import SourceFile
from annotator.readers.zip_guard import Limits, Member, members, open_member, open_zip, refuse_unsafe

_LARGEST = 64 << 20
_LIMITS = Limits(members=10_000, member=256 << 20, whole=512 << 20)
_HEAD = 4096
_MOST_ROWS = 1_048_576
_MOST_CELLS = 500
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of Excel 97 to 2003, and of encrypted workbooks
_RAISED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    RuntimeError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    SyntaxError,
    OverflowError,
    OSError,
)
"""What openpyxl raises on files that are damaged; errors of its XML parsers are SyntaxErrors or ValueErrors."""
_Cells = tuple[int, list[str]]


def read(source: SourceFile, options: Options) -> Iterator[Draft | ProjectError]:
    """Yield an article for every row, or an error with the row's number."""
    try:
        data = source.read(limit=_LARGEST)
        name, columns, rows = _sheet(data, options)
        yield from _articles(source, data, name, columns, rows, options)
    except ProjectError as error:
        yield error


def table(source: SourceFile, options: Options) -> Table:
    """Return the first rows as a table; raise ProjectError."""
    _, columns, rows = _sheet(source.read(limit=_LARGEST), options)
    return table_of([dict(zip(columns, cells, strict=False)) for _, cells in islice(rows, SAMPLE)], options.mapping)


def _articles(
    source: SourceFile, data: bytes, sheet: str, columns: tuple[str, ...], rows: Iterator[_Cells], options: Options
) -> Iterator[Draft | ProjectError]:
    first = list(islice(rows, SAMPLE))
    if not first:
        raise EmptyFile
    mapping = mapped(options.mapping, columns, [dict(zip(columns, cells, strict=False)) for _, cells in first])
    digest = hashlib.sha256(data).hexdigest()
    records = Records(source, digest, "utf-8", None, mapping, "xlsx", f"openpyxl {_openpyxl().__version__}")
    for number, cells in chain(first, rows):
        found = dict(zip(columns, cells, strict=False))
        try:
            part = f"{sheet}!{number}"
            yield records.draft(in_cells(mapping, found), original=data, bytes_sha256=digest, part=part)
        except ProjectError as error:
            yield BadRow(row=number, reason=error.sentence)


def _sheet(data: bytes, options: Options) -> tuple[str, tuple[str, ...], Iterator[_Cells]]:
    """Return the name of the sheet that is read, its columns, and its rows with their numbers."""
    _check(data)
    book = _asked(lambda: _openpyxl().load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False))
    names = [sheet.title for sheet in book.worksheets]
    if options.sheet and options.sheet not in names:
        details = {"sheet": options.sheet, "known": "، ".join(names)}
        raise NotReadable(reason=Sentence(N_("there is no sheet “{sheet}” in it, but {known}."), details))
    if not names:
        raise EmptyFile
    name = options.sheet or names[0]
    sheet = book[name]
    sheet.reset_dimensions()  # what a file says of its size need not be true
    rows = _rows(sheet)
    heading = next(rows, None)
    if heading is None:
        raise EmptyFile
    return name, unique(heading[1]), rows


def _rows(sheet: Any) -> Iterator[_Cells]:
    """Yield the rows that are not empty, as text."""
    rows = sheet.iter_rows(max_row=_MOST_ROWS, values_only=True)
    number = 0
    while (row := _asked(lambda: next(rows, None))) is not None:
        number += 1
        cells = [_written(value) for value in row[:_MOST_CELLS]]
        if any(cells):
            yield number, cells


def _check(data: bytes) -> None:
    """Raise NotReadable for old and encrypted workbooks, UnsafeXml for entities, UnsafeArchive for bombs."""
    if data.startswith(_OLD):
        reason = Sentence(N_("it is encrypted, or of an Excel before 2007. Save it as .xlsx without a password."))
        raise NotReadable(reason=reason)
    with open_zip(io.BytesIO(data), format="XLSX") as archive:
        refuse_unsafe(archive, _LIMITS)
        for member in members(archive, _LIMITS):
            if member.name.endswith((".xml", ".rels")) and _declares(archive, member):
                raise UnsafeXml


def _declares(archive: zipfile.ZipFile, member: Member) -> bool:
    """Tell whether an XML part has a document type declaration, in which entities that multiply would stand."""
    with open_member(archive, member) as file:
        head: bytes = _asked(lambda: file.read(_HEAD))
    return b"<!DOCTYPE" in head.replace(b"\0", b"")


def _asked(question: Any) -> Any:
    """Return what openpyxl answers, without its warnings; raise DamagedFile for a workbook that it does not understand."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return question()
    except _RAISED as error:
        raise DamagedFile(format="XLSX") from error


def _written(value: Any) -> str:
    """Return the value of a cell as text: dates as ISO 8601, whole numbers without a fraction."""
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None or isinstance(value, bool) else str(value)


def _openpyxl() -> Any:
    import openpyxl  # slow to import, and few files are workbooks

    return openpyxl


def _recognises(head: bytes) -> bool:
    return head.startswith(b"PK\x03\x04") and b"xl/" in head


READER = Reader("xlsx", frozenset({".xlsx", ".xlsm", ".xls"}), read, _recognises, table)
