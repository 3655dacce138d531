"""Tables of articles, one a row: CSV and TSV with any separator, in any encoding, each row kept with its own bytes.

`part` is the number of the row as a spreadsheet shows it, the heading being row 1. A row that cannot be read is refused with
this number, the others come in.
"""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice
from typing import TextIO

from annotator.errors import ProjectError
from annotator.file_errors import BadRow, EmptyFile, FileTooBig
from annotator.language import N_, Sentence
from annotator.readers.draft import Draft, Options, Reader, Table
from annotator.readers.field_mapping import SAMPLE, mapped, names_usual, table_of
from annotator.readers.records import Records, has_surrogates, in_cells
from annotator.readers.source_file import BIGGEST_PAGE, SourceFile, unreadable
from annotator.readers.utf8_view import Utf8View, utf8_view

_SEPARATORS = ",;\t|؛"
_HINT = "sep="  # the first line by which Excel is told the separator
_SAMPLE_CHARACTERS = 1 << 16
_LONGEST_HEADING = 60


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its number, its cells and exactly the characters it was made of."""

    number: int
    cells: list[str]
    raw: str
    error: ProjectError | None = None


class _Lines:
    """The lines of a file as they are handed out, remembered until a row takes them."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._returned: deque[str] = deque()
        self._taken: list[str] = []
        self._length = 0
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        while line := self._returned.popleft() if self._returned else self._file.readline(BIGGEST_PAGE + 1):
            self._length += len(line)
            if self._length > BIGGEST_PAGE:
                raise FileTooBig(limit=BIGGEST_PAGE >> 20)
            self._taken.append(line)
            yield line
        self.ended = True

    def take(self) -> str:
        """Return the lines handed out since the last time."""
        raw = "".join(self._taken)
        self._taken.clear()
        self._length = 0
        return raw

    @property
    def taken(self) -> str:
        """What would be taken now."""
        return "".join(self._taken)

    def take_one(self) -> str:
        """Return the first of these lines; the others are handed out again."""
        self.ended = False
        first, *others = self._taken
        self._returned.extendleft(reversed(others))
        self._taken.clear()
        self._length = 0
        return first


@dataclass(frozen=True, slots=True)
class Sheet:
    """The columns of a table and its rows."""

    columns: tuple[str, ...]
    rows: Iterator[Row]


def read(source: SourceFile, options: Options) -> Iterator[Draft | ProjectError]:
    """Yield an article for every row, or an error with the row's number."""
    try:
        view = utf8_view(source, options)
        with _text(view) as file:
            sheet = _sheet(file, source)
            yield from articles(sheet, options, lambda rows: _records(source, view, options, sheet.columns, rows), view)
    except ProjectError as error:
        yield error
    except OSError as error:
        yield unreadable(error)


def table(source: SourceFile, options: Options) -> Table:
    """Return the first rows as a table; raise ProjectError."""
    view = utf8_view(source, options)
    try:
        with _text(view) as file:
            sheet = _sheet(file, source)
            rows = [dict(zip(sheet.columns, row.cells, strict=False)) for row in islice(sheet.rows, SAMPLE)]
            return table_of(rows, options.mapping)
    except OSError as error:
        raise unreadable(error) from error


def articles(
    sheet: Sheet, options: Options, records_of: Callable[[list[Row]], Records], view: Utf8View
) -> Iterator[Draft | ProjectError]:
    """Yield the articles of the rows; the mapping is found from the first of them."""
    first = list(islice(sheet.rows, SAMPLE))
    if not first:
        raise EmptyFile
    records = records_of(first)
    for row in chain(first, sheet.rows):
        try:
            if row.error:
                raise row.error
            yield _draft(row, sheet, records, view)
        except BadRow as error:
            yield error
        except ProjectError as error:
            yield BadRow(row=row.number, reason=error.sentence)


def _draft(row: Row, sheet: Sheet, records: Records, view: Utf8View) -> Draft:
    cells = dict(zip(sheet.columns, row.cells, strict=False))
    original = row.raw.removesuffix("\n").removesuffix("\r").encode("utf-8")
    return records.draft(in_cells(records.mapping, cells), original=view.original(original), part=str(row.number))


def _records(
    source: SourceFile, view: Utf8View, options: Options, columns: tuple[str, ...], rows: list[Row]
) -> Records:
    sample = [dict(zip(columns, row.cells, strict=False)) for row in rows]
    return Records.of(source, view, mapped(options.mapping, columns, sample), "csv")


def _text(view: Utf8View) -> TextIO:
    """Return the file as text. Bytes that are not of its encoding stay visible as half characters."""
    return io.TextIOWrapper(view.opened(), encoding="utf-8", errors="surrogateescape", newline="")


def _sheet(file: TextIO, source: SourceFile) -> Sheet:
    # For the whole process, because the module knows no other way; its own limit is shorter than an article.
    csv.field_size_limit(BIGGEST_PAGE + 1)
    lines = _Lines(file)
    sample = file.read(_SAMPLE_CHARACTERS)
    file.seek(0)
    separator = _hinted(sample) or ("\t" if source.path.suffix.lower() == ".tsv" else _separator(sample))
    rows = _rows(lines, separator)
    first = next(rows, None)
    if first is not None and len(first.raw.strip()) == len(_HINT) + 1 and first.raw.lower().startswith(_HINT):
        first = next(rows, None)
    if first is None:
        raise EmptyFile
    if _is_heading(first.cells):
        return Sheet(unique(first.cells), rows)
    return Sheet(tuple(str(at) for at in range(1, len(first.cells) + 1)), chain([first], rows))


def _rows(lines: _Lines, separator: str) -> Iterator[Row]:
    """Yield the rows that are not empty. A quotation mark that is never closed costs its row, not the rest of the file."""
    reader, number = csv.reader(iter(lines), delimiter=separator), 0
    while True:
        number += 1
        try:
            cells = next(reader, None)
        except csv.Error:
            yield Row(number, [], lines.take(), BadRow(row=number, reason=Sentence(N_("it cannot be cut into cells."))))
            continue
        if cells is None:
            return
        if lines.ended and _is_open(cells, lines.taken):
            reason = Sentence(N_("a quotation mark is opened in it and never closed."))
            yield Row(number, cells, lines.take_one(), BadRow(row=number, reason=reason))
            reader = csv.reader(iter(lines), delimiter=separator)
        elif any(cell.strip() for cell in cells):
            raw = lines.take()
            yield Row(number, cells, raw, _flaw(number, raw))
        else:
            lines.take()


def _is_open(cells: list[str], raw: str) -> bool:
    """Tell whether the last cell of the file begins with a quotation mark that nothing closes."""
    return bool(cells) and any(end in cells[-1] for end in "\r\n") and raw.count('"') % 2 == 1


def _flaw(number: int, raw: str) -> ProjectError | None:
    if has_surrogates(raw):
        return BadRow(row=number, reason=Sentence(N_("it holds bytes that are not UTF-8.")))
    return None


def _hinted(sample: str) -> str:
    first = sample.split("\n", 1)[0].strip("\ufeff\r")
    return first[len(_HINT)] if first.lower().startswith(_HINT) and len(first) == len(_HINT) + 1 else ""


def _separator(sample: str) -> str:
    """Return the separator that cuts the first rows into the most columns of which all have the same number."""
    return max(_SEPARATORS, key=lambda separator: (_evenness(sample, separator), -_SEPARATORS.index(separator)))


def _evenness(sample: str, separator: str) -> float:
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
    widths: list[int] = []
    with suppress(csv.Error):
        widths += (len(cells) for cells in islice(reader, SAMPLE) if cells)
    if len(widths) > 2:
        widths.pop()  # it may be cut off
    width = widths[0] if widths else 0
    return 0.0 if width < 2 else sum(one == width for one in widths) / len(widths) * (1 + width / 1000)


def _is_heading(cells: list[str]) -> bool:
    """Tell whether a row names the columns: a name is usual, or all are short, different and no numbers."""
    names = [cell.strip() for cell in cells]
    if names_usual(names):
        return True
    short = all(0 < len(name) <= _LONGEST_HEADING and not name.isdecimal() for name in names)
    return short and len(set(names)) == len(names) and len(names) > 1


def unique(names: list[str]) -> tuple[str, ...]:
    """Return names of columns that all differ and none of which is empty."""
    found: dict[str, None] = {}
    for at, name in enumerate(names, start=1):
        clean = " ".join(name.split()) or str(at)
        found[clean if clean not in found else f"{clean} ({at})"] = None
    return tuple(found)


READER = Reader("csv", frozenset({".csv", ".tsv", ".tab"}), read, table=table)
