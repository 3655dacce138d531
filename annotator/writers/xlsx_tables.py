"""XLSX: the tables as sheets of one workbook, with texts as texts: nothing in it is a formula.

ECMA-376. `openpyxl` makes the workbook without its rows; these we write, as it takes four times as long. The ZIP has fixed
times and no compression, so that the same project gives the same bytes. A cell holds at most 32,767 characters and no control
characters; what does not fit is told.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from io import BytesIO
from typing import IO

from annotator.language import N_
from annotator.model import MarkedProject
from annotator.reports import Reason
from annotator.writers.losses import Losses
from annotator.writers.standing import Standing
from annotator.writers.tables import ENTITY_COLUMNS, OF_ARTICLES, Cell, Column, Row, entity_row
from annotator.writers.target import Target
from annotator.writers.writer import Writer
from annotator.writers.xml_text import content

CUT = Reason(
    "cell_too_long",
    N_("{count} texts are longer than a cell of a workbook holds."),
    N_("They are cut at 32,767 characters; the tables as CSV hold them whole."),
)
CONTROLS = Reason("control_character", N_("{count} cells have control characters that a workbook cannot hold."))
_LONGEST = 32_767  # UTF-16 units, as Excel counts
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_PLAIN = re.compile(r"[\w.:-]*")
_END = b"</sheetData>"
_NO_TIME = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


def write(project: MarkedProject, target: Target, losses: Losses) -> None:
    """Write one workbook; its sheets grow at once, so their rows wait in temporary files."""
    with ExitStack() as stack:
        columns = {table.name: table.columns for table in OF_ARTICLES} | {"entities": ENTITY_COLUMNS}
        sheets = {name: _Sheet(stack.enter_context(target.scratch()), columns[name], losses) for name in columns}
        _fill(sheets, project)
        book = _book_of(columns)
        with target.file() as file:
            _settle(book, list(sheets.values()), file)


def _fill(sheets: Mapping[str, _Sheet], project: MarkedProject) -> None:
    entities = []
    for entity in project.entities:  # each while it is read, for that is where one may stop
        sheets["entities"].add([entity_row(entity)])
        entities.append(entity)
    register = Standing(entities)
    for marked in project:
        for table in OF_ARTICLES:
            sheets[table.name].add(table.rows(marked, register))


class _Sheet:
    """The rows of one sheet, which wait in a temporary file."""

    def __init__(self, rows: IO[bytes], columns: Iterable[Column], losses: Losses) -> None:
        from openpyxl.utils import get_column_letter

        self.rows = rows
        self._losses = losses
        self._count = 0
        names = tuple(column.name for column in columns)
        self._letters = [get_column_letter(number) for number in range(1, len(names) + 1)]
        self.add([names])

    def add(self, rows: Iterable[Row]) -> None:
        """Add rows; what is not ASCII is written by its number, as openpyxl does."""
        self.rows.write("".join(map(self._row, rows)).encode("ascii", "xmlcharrefreplace"))

    def _row(self, row: Row) -> str:
        self._count += 1
        number = self._count
        cells = [self._cell(f"{letter}{number}", value) for letter, value in zip(self._letters, row, strict=True)]
        return f'<row r="{number}">{"".join(cells)}</row>'

    def _cell(self, place: str, value: Cell) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            return f'<c r="{place}" t="n"><v>{value:.16g}</v></c>'
        inside = f"<is>{self._text(value)}</is>" if value else ""
        return f'<c r="{place}" t="inlineStr">{inside}</c>'

    def _text(self, value: str) -> str:
        if _PLAIN.fullmatch(value) and len(value) < _LONGEST // 2:
            return f"<t>{value}</t>"
        fitting = _fitting(value, self._losses)
        space = "" if fitting == fitting.strip() else ' xml:space="preserve"'
        return f"<t{space}>{content(fitting)}</t>"


def _book_of(names: Iterable[str]) -> zipfile.ZipFile:
    """Return a workbook with sheets of these names, of which only the first row is frozen: they have none yet."""
    from openpyxl import Workbook

    book, written = Workbook(write_only=True), BytesIO()
    for name in names:
        book.create_sheet(name).freeze_panes = "A2"
    book.save(written)
    return zipfile.ZipFile(written)


def _fitting(value: str, losses: Losses) -> str:
    if len(value) > _LONGEST // 2 and len(value.encode("utf-16-le")) // 2 > _LONGEST:
        losses.add(CUT, count=1)
        value = value.encode("utf-16-le")[: _LONGEST * 2].decode("utf-16-le", errors="ignore")
    if _CONTROLS.search(value):
        losses.add(CONTROLS, count=1)
        value = _CONTROLS.sub("\ufffd", value)
    return value


def _settle(book: zipfile.ZipFile, sheets: Sequence[_Sheet], file: IO[bytes]) -> None:
    """Write the ZIP anew with the rows: fixed times, no compression, and no word of when the workbook was made."""
    rows = {f"xl/worksheets/sheet{number}.xml": sheet.rows for number, sheet in enumerate(sheets, start=1)}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as made:
        for name in book.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.external_attr, entry.create_system = 0o644 << 16, 3
            before, end, after = _NO_TIME.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", book.read(name)).partition(_END)
            with made.open(entry, "w") as member:
                member.write(before)
                if name in rows:
                    rows[name].seek(0)
                    shutil.copyfileobj(rows[name], member)
                member.write(end + after)


WRITER = Writer(
    "xlsx",
    N_("Tables as an Excel workbook"),
    ".xlsx",
    write,
    keeps=N_(
        "A sheet each for articles, annotations, claims, mentions, relations, verdicts, entities. Texts "
        "of more than 32,767 characters are cut: a cell holds no more."
    ),
)
