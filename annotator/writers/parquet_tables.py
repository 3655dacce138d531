"""Parquet: the tables with their types, one file each, for DuckDB, pandas and Spark.

https://parquet.apache.org/docs/file-format/. Texts are strings, offsets 32-bit whole numbers named `start` and `end` (code
points); the version of the columns and the program stand in the metadata of each file. Takes the package `pyarrow`, which
does not ship.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any

from annotator.errors import MissingPackage
from annotator.language import N_
from annotator.model import MarkedProject
from annotator.version import PROGRAM
from annotator.writers.losses import Losses
from annotator.writers.standing import Standing
from annotator.writers.tables import ENTITY_COLUMNS, OF_ARTICLES, Column, Row, entity_row
from annotator.writers.target import Target
from annotator.writers.writer import Writer

_ROWS = 5000


def write(project: MarkedProject, target: Target, losses: Losses) -> None:
    """Write `articles.parquet`, `annotations.parquet` and so on. Raises MissingPackage."""
    with ExitStack() as stack:
        files = [stack.enter_context(target.scratch()) for _ in range(len(OF_ARTICLES) + 1)]
        columns = [*(table.columns for table in OF_ARTICLES), ENTITY_COLUMNS]
        tables = [_Growing(file, of_one) for file, of_one in zip(files, columns, strict=True)]
        for growing in tables:
            stack.callback(growing.close)  # before its file, also when all this is stopped
        entities = []
        for entity in project.entities:  # each while it is read, for that is where one may stop
            tables[-1].add([entity_row(entity)])
            entities.append(entity)
        register = Standing(entities)
        for marked in project:
            for table, growing in zip(OF_ARTICLES, tables, strict=False):
                growing.add(table.rows(marked, register))
        names = [*(table.name for table in OF_ARTICLES), "entities"]
        for name, growing, spooled in zip(names, tables, files, strict=True):
            growing.finish()
            spooled.seek(0)
            with target.file(f"{name}.parquet") as file:
                shutil.copyfileobj(spooled, file)


class _Growing:
    """A file of one table that grows by row groups."""

    def __init__(self, file: Any, columns: Sequence[Column]) -> None:
        self._arrow, parquet = _pyarrow()
        self._schema = self._arrow.schema(
            [(column.name, self._type(column)) for column in columns],
            metadata={"hashiya": "tables/1", "program": PROGRAM},
        )
        self._writer = parquet.ParquetWriter(file, self._schema, compression="zstd", write_statistics=True)
        self._rows: list[Row] = []

    def add(self, rows: Any) -> None:
        self._rows += rows
        if len(self._rows) >= _ROWS:
            self._flush()

    def finish(self) -> None:
        if self._rows:
            self._flush()
        self.close()

    def close(self) -> None:
        self._writer.close()

    def _flush(self) -> None:
        columns = zip(*self._rows, strict=True)
        arrays = [self._arrow.array(cells, type=field.type) for cells, field in zip(columns, self._schema, strict=True)]
        self._writer.write_table(self._arrow.Table.from_arrays(arrays, schema=self._schema))
        self._rows = []

    def _type(self, column: Column) -> Any:
        return {"text": self._arrow.string(), "whole": self._arrow.int32(), "number": self._arrow.float64()}[
            column.kind
        ]


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise MissingPackage(package="pyarrow") from error
    return pyarrow, pyarrow.parquet


WRITER = Writer(
    "parquet",
    N_("Tables as Parquet, for DuckDB, pandas and Spark"),
    "",
    write,
    needs="pyarrow",
    keeps=N_(
        "A typed file each for articles, annotations, claims, mentions, relations, verdicts, entities. "
        "Leaves out original files, states of reading and the label set."
    ),
)
