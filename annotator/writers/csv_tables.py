"""CSV: one file a table, for spreadsheets and for whoever reads tables by their keys."""

from __future__ import annotations

import shutil
from contextlib import ExitStack

from annotator.language import N_
from annotator.model import MarkedProject
from annotator.writers.losses import Losses
from annotator.writers.sheet import Sheet
from annotator.writers.standing import Standing
from annotator.writers.tables import ENTITY_COLUMNS, OF_ARTICLES, entity_row
from annotator.writers.target import Target
from annotator.writers.writer import Writer


def write(project: MarkedProject, target: Target, losses: Losses) -> None:
    """Write `articles.csv`, `annotations.csv` and so on; all grow at once, so they wait in temporary files."""
    entities = list(project.entities)
    register = Standing(entities)
    with target.file("entities.csv") as file:
        sheet = Sheet(file, (column.name for column in ENTITY_COLUMNS), losses)
        for entity in entities:
            sheet.add(entity_row(entity))
        sheet.finish()
    with ExitStack() as stack:
        files = [stack.enter_context(target.scratch()) for _ in OF_ARTICLES]
        sheets = [
            Sheet(file, (column.name for column in table.columns), losses)
            for file, table in zip(files, OF_ARTICLES, strict=True)
        ]
        for marked in project:
            for table, sheet in zip(OF_ARTICLES, sheets, strict=True):
                for row in table.rows(marked, register):
                    sheet.add(row)
        for table, sheet, spooled in zip(OF_ARTICLES, sheets, files, strict=True):
            sheet.finish()
            spooled.seek(0)
            with target.file(f"{table.name}.csv") as file:
                shutil.copyfileobj(spooled, file)


WRITER = Writer(
    "csv",
    N_("Tables as CSV, for spreadsheets and databases"),
    "",
    write,
    keeps=N_(
        "A table each for articles, annotations, claims, mentions, relations, verdicts, entities, with "
        "keys between them. Leaves out original files, states of reading and the label set."
    ),
)
