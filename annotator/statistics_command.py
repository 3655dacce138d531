"""The command `statistics`: what the work looks like, as lines, as JSON, or as a folder of tables."""

from __future__ import annotations

import argparse
from pathlib import Path

from annotator.language import N_, Translate
from annotator.options import print_json
from annotator.project import Project
from annotator.tallied import Tallied, tables_of, write_csv
from annotator.writers import target

_WRITTEN = N_("{tables} tables written to {path}.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be asked for."""
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print one JSON object")
    form.add_argument("--csv", type=Path, metavar="FOLDER", help="write a table of each into this new folder")


def run(options: argparse.Namespace, translate: Translate) -> int:
    """Print or write the statistics and return the exit code. Raises FolderInTheWay, CannotWrite or DiskFull."""
    with Project.open(options.project, reviewer=options.reviewer, read_only=True) as project:
        statistics = project.statistics()
        tables = tables_of(statistics, project.agreement(), translate)
    if options.csv:
        _write(tables, options.csv)
        print(translate(_WRITTEN).format(tables=len(tables), path=options.csv))
    elif options.json:
        print_json(_record(tables))
    else:
        for table in tables:
            print(
                "\n".join("\t".join([table.name, *map(_shown, row)]) for row in table.rows), end="\n" * bool(table.rows)
            )
    return 0


def _write(tables: tuple[Tallied, ...], path: Path) -> None:
    with target.folder(path, ours=lambda _: False) as folder:
        for table in tables:
            with folder.file(f"{table.name}.csv") as file:
                write_csv(table, file)


def _record(tables: tuple[Tallied, ...]) -> dict[str, list[dict[str, object]]]:
    return {
        table.name: [dict(zip((name for name, _ in table.columns), row, strict=True)) for row in table.rows]
        for table in tables
    }


def _shown(cell: str | int | float | None) -> str:
    return "" if cell is None else " ".join(str(cell).split()) if isinstance(cell, str) else f"{cell:g}"
