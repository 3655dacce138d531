"""XLSX: the tables as sheets of one workbook, with texts as texts: nothing in it is a formula.

ECMA-376. `openpyxl` writes the workbook; its ZIP is then written anew with fixed times and without compression, so that the
same project gives the same bytes. A cell holds at most 32,767 characters and no control characters; what does not fit is
told.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any

from annotator.language import N_
from annotator.model import MarkedProject
from annotator.reports import Reason
from annotator.writers.losses import Losses
from annotator.writers.standing import Standing
from annotator.writers.tables import ENTITY_COLUMNS, OF_ARTICLES, Cell, Column, entity_row
from annotator.writers.target import Target
from annotator.writers.writer import Writer

if TYPE_CHECKING:
    from openpyxl import Workbook

CUT = Reason(
    "cell_too_long",
    N_("{count} texts are longer than a cell of a workbook holds."),
    N_("They are cut at 32,767 characters; the tables as CSV hold them whole."),
)
CONTROLS = Reason("control_character", N_("{count} cells have control characters that a workbook cannot hold."))
_TAKEN_FOR_MORE = ("=", "#")  # openpyxl makes formulas and errors (#N/A) of texts that begin so
_LONGEST = 32_767  # UTF-16 units, as Excel counts
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NO_TIME = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


def write(project: MarkedProject, target: Target, losses: Losses) -> None:
    """Write one workbook."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    with target.scratch() as spooled:
        try:
            _fill(book, project, losses)
            _save(book, spooled)
        except BaseException:
            _abandon(book)
            raise
        with target.file() as file:
            _settle(spooled, file)


def _fill(book: Workbook, project: MarkedProject, losses: Losses) -> None:
    sheets = [_sheet(book, table.name, table.columns) for table in OF_ARTICLES]
    of_entities = _sheet(book, "entities", ENTITY_COLUMNS)
    entities = []
    for entity in project.entities:  # each while it is read, for that is where one may stop
        of_entities.append(_cells(of_entities, entity_row(entity), losses))
        entities.append(entity)
    register = Standing(entities)
    for marked in project:
        for table, sheet in zip(OF_ARTICLES, sheets, strict=True):
            for row in table.rows(marked, register):
                sheet.append(_cells(sheet, row, losses))


def _sheet(book: Workbook, name: str, columns: Iterable[Column]) -> Any:
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    sheet.append([column.name for column in columns])
    return sheet


def _save(book: Workbook, spooled: IO[bytes]) -> None:
    """Write the workbook as `Workbook.save` does, but close its ZIP also when that is stopped."""
    from openpyxl.writer.excel import ExcelWriter

    with zipfile.ZipFile(spooled, "w", zipfile.ZIP_STORED) as zipped:
        ExcelWriter(book, zipped).write_data()


def _abandon(book: Workbook) -> None:
    """Remove the temporary files of a workbook that is not wanted any more; openpyxl would only do so at the end."""
    for sheet in book.worksheets:
        if not sheet.closed:
            sheet.close()
        with suppress(FileNotFoundError):  # of a sheet that is in the ZIP already
            sheet._writer.cleanup()


def _cells(sheet: Any, row: Iterable[Cell], losses: Losses) -> list[Any]:
    """Return cells of which a text stays a text, also one that begins with `=` or is called `#N/A`."""
    from openpyxl.cell import WriteOnlyCell

    cells: list[Any] = []
    for value in row:
        if isinstance(value, str) and value[:1] in _TAKEN_FOR_MORE:
            cell = WriteOnlyCell(sheet, _fitting(value, losses))
            cell.data_type = "s"
            cells.append(cell)
        else:
            cells.append(_fitting(value, losses) if isinstance(value, str) else value)
    return cells


def _fitting(value: str, losses: Losses) -> str:
    if len(value) > _LONGEST // 2 and len(value.encode("utf-16-le")) // 2 > _LONGEST:
        losses.add(CUT, count=1)
        value = value.encode("utf-16-le")[: _LONGEST * 2].decode("utf-16-le", errors="ignore")
    if _CONTROLS.search(value):
        losses.add(CONTROLS, count=1)
        value = _CONTROLS.sub("\ufffd", value)
    return value


def _settle(spooled: IO[bytes], file: IO[bytes]) -> None:
    """Write the ZIP anew: fixed times, no compression, and no word of when the workbook was made."""
    with zipfile.ZipFile(spooled) as given, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as made:
        for name in given.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.external_attr, entry.create_system = 0o644 << 16, 3
            with given.open(name) as one, made.open(entry, "w") as other:
                if name == "docProps/core.xml":
                    other.write(_NO_TIME.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", one.read()))
                else:
                    while piece := one.read(1 << 16):
                        other.write(piece)


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
