"""A table for people and spreadsheets: CSV, one row an annotation, UTF-8 with byte order mark (RFC 4180).

A cell that a spreadsheet would run as a formula gets an apostrophe in front, as OWASP advises; that changes the cell, so
CSV is not a form to read back, and the loss report says how many cells it was.
"""

from __future__ import annotations

import csv
import io
import re
from typing import Any, BinaryIO

from annotator.language import N_
from annotator.model import MarkedArticle, MarkedProject, Reason
from annotator.writers.left_out import leave_out, leave_out_entities
from annotator.writers.losses import FRAMES, LINKS, RELATIONS, TEXTS, UNMARKED, VERDICTS, Losses
from annotator.writers.target import Target
from annotator.writers.writer import Writer

COLUMNS = (
    "article_id", "article_title", "article_file", "article_sha256", "annotation_id", "label",
    "start", "end", "quote", "reviewer", "created_at", "updated_at", "note", "form",
)  # fmt: skip
# What starts a formula, also behind spaces and invisible bidi or zero-width marks, and in full-width form.
GUARDED = Reason("formula", N_("{count} cells that a spreadsheet could run as a formula got an apostrophe in front."))
_FORMULA = re.compile("^[\\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\\-@\t\r\n＝＋－＠]")


class _Table:
    """Writes rows and counts what CSV cannot hold."""

    def __init__(self, file: BinaryIO, losses: Losses) -> None:
        self._text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=False)
        self._rows = csv.writer(self._text)
        self._rows.writerow(COLUMNS)
        self._losses = losses

    def add(self, marked: MarkedArticle) -> None:
        article = marked.article
        self._lose(marked)
        first = (article.id, article.title, article.source.file, article.sha256)
        for one in marked.annotations:
            span = (one.id, one.label, one.start, one.end, one.quote)
            row = (*first, *span, one.reviewer, one.created_at, one.updated_at, one.note, one.form)
            self._rows.writerow([self._safe(cell) for cell in row])

    def finish(self) -> None:
        self._text.flush()
        self._text.detach()

    def _safe(self, cell: Any) -> Any:
        if isinstance(cell, str) and _FORMULA.match(cell):
            self._losses.add(GUARDED, count=1)
            return f"'{cell}"
        return cell

    def _lose(self, marked: MarkedArticle) -> None:
        if not marked.annotations:
            self._losses.add(UNMARKED, marked.article.id)
        leave_out(self._losses, marked, TEXTS, FRAMES, VERDICTS, LINKS, RELATIONS)


def write(project: MarkedProject, target: Target, losses: Losses) -> None:
    """Write one row an annotation."""
    with target.file() as file:
        table = _Table(file, losses)
        for marked in project:
            table.add(marked)
        table.finish()
    leave_out_entities(losses, project)


WRITER = Writer("csv", N_("A table for spreadsheets, one row an annotation"), ".csv", write)
