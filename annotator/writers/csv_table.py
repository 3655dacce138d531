"""A table for people and spreadsheets: CSV, one row an annotation, UTF-8 with byte order mark (RFC 4180).

A cell that a spreadsheet would run as a formula gets an apostrophe in front, as OWASP advises; that changes the cell, so
CSV is not a form to read back, and the loss report says how many cells it was.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import Any, BinaryIO

from annotator.language import N_, Sentence
from annotator.model import MarkedArticle, MarkedProject
from annotator.writers.writer import Writer

COLUMNS = (
    "article_id", "article_title", "article_file", "article_sha256", "annotation_id", "label",
    "start", "end", "quote", "reviewer", "created_at", "updated_at", "note", "form",
)  # fmt: skip
# What starts a formula, also behind spaces and invisible bidi or zero-width marks, and in full-width form.
_FORMULA = re.compile("^[\\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\\-@\t\r\n＝＋－＠]")


class _Table:
    """Writes rows and counts what CSV cannot hold."""

    def __init__(self, file: BinaryIO) -> None:
        self._text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=False)
        self._rows = csv.writer(self._text)
        self._rows.writerow(COLUMNS)
        self.guarded = 0
        self.unmarked = 0
        self.articles = 0
        self.frames = 0
        self.verdicts = 0
        self.links = 0

    def add(self, marked: MarkedArticle) -> None:
        article = marked.article
        self.articles += 1
        self.unmarked += not marked.annotations
        self.frames += len(marked.frames)
        self.verdicts += sum(map(len, marked.verdicts.values()))
        self.links += len(marked.links)
        first = (article.id, article.title, article.source.file, article.sha256)
        for one in marked.annotations:
            span = (one.id, one.label, one.start, one.end, one.quote)
            row = (*first, *span, one.reviewer, one.created_at, one.updated_at, one.note, one.form)
            self._rows.writerow([self._safe(cell) for cell in row])

    def finish(self) -> None:
        self._text.flush()
        self._text.detach()

    def _safe(self, cell: Any) -> Any:
        safe = unrunnable(cell) if isinstance(cell, str) else cell
        self.guarded += safe != cell
        return safe

    def losses(self) -> Iterable[Sentence]:
        yield Sentence(
            N_("The texts and source records of {count} articles are not in the table."), {"count": self.articles}
        )
        if self.unmarked:
            yield Sentence(N_("{count} articles without annotations have no row."), {"count": self.unmarked})
        if self.guarded:
            reason = N_("{count} cells that a spreadsheet could run as a formula got an apostrophe in front.")
            yield Sentence(reason, {"count": self.guarded})
        for count, reason in (
            (
                self.frames,
                N_("{count} claim frames (who says it, with which words, where and when) are not in the table."),
            ),
            (self.verdicts, N_("{count} verdicts are not in the table.")),
            (self.links, N_("{count} links of annotations to the register are not in the table.")),
        ):
            if count:
                yield Sentence(reason, {"count": count})


def unrunnable(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def write(project: MarkedProject, file: BinaryIO) -> tuple[Sentence, ...]:
    """Write one row an annotation; return what CSV cannot hold."""
    table = _Table(file)
    for marked in project:
        table.add(marked)
    table.finish()
    return (*table.losses(), *_common_losses(project))


def _common_losses(project: MarkedProject) -> Iterable[Sentence]:
    entities, relations = sum(1 for _ in project.entities), sum(1 for _ in project.relations)
    if entities:
        yield Sentence(N_("{count} actors and places of the register are not in the table."), {"count": entities})
    if relations:
        yield Sentence(N_("{count} relations between claims are not in the table."), {"count": relations})


WRITER = Writer("csv", ".csv", write)
