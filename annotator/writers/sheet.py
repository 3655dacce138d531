"""Rows of CSV that people open in spreadsheets: UTF-8 with a byte order mark, and no cell that would run as a formula.

RFC 4180. A cell that a spreadsheet would run gets an apostrophe in front, as OWASP advises; that changes the cell, so CSV
is not a form to read back, and the loss report says how many cells it was.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import string
from collections.abc import Iterable
from typing import IO, Any

from annotator.language import N_
from annotator.reports import Reason
from annotator.writers.losses import Losses

GUARDED = Reason("formula", N_("{count} cells that a spreadsheet could run as a formula got an apostrophe in front."))
# What starts a formula, also behind spaces and invisible bidi or zero-width marks, and in full-width form.
_FORMULA = re.compile("^[\\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\\-@\t\r\n＝＋－＠]")
_AT_ONCE = 1 << 16  # characters
# Most cells begin so, and there is no need to look further.
_COMMON = frozenset(["", *"ابتثجحخدذرزسشصضطظعغفقكلمنهويأإآ0123456789", *string.ascii_letters])


class Sheet:
    """Writes rows to a file and guards their cells; `finish` leaves the file open."""

    def __init__(self, file: IO[bytes], columns: Iterable[str], losses: Losses) -> None:
        file.write(codecs.BOM_UTF8)
        self._file, self._losses = file, losses
        self._text = io.StringIO(newline="")
        self._rows = csv.writer(self._text)
        self._rows.writerow(columns)

    def add(self, row: Iterable[Any]) -> None:
        """Write a row; numbers stay numbers, None is an empty cell."""
        self._rows.writerow(
            [self._guarded(cell) if isinstance(cell, str) and cell[:1] not in _COMMON else cell for cell in row]
        )
        if self._text.tell() > _AT_ONCE:
            self.finish()

    def finish(self) -> None:
        """Hand everything to the file."""
        self._file.write(self._text.getvalue().encode())
        self._text.seek(0)
        self._text.truncate()

    def _guarded(self, cell: str) -> str:
        safe = unrunnable(cell)
        if safe != cell:
            self._losses.add(GUARDED, count=1)
        return safe


def unrunnable(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula: one that it would gets an apostrophe in front."""
    return f"'{cell}" if _FORMULA.match(cell) else cell
