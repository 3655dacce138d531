"""The command line: everything that needs no window, without loading Qt.

Exit codes: 0 done, 1 the world failed (one sentence on standard error), 2 wrong usage.
"""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson

from annotator.errors import ProjectError
from annotator.language import Translate, catalogue, system_language
from annotator.model import ImportedFile, ImportReport, RefusedFile
from annotator.project import Project
from annotator.selecting import ALL, Selection
from annotator.writers import WRITERS

Command = Callable[[argparse.Namespace, Translate], int]


def main(arguments: Sequence[str]) -> int:
    """Run one command and return the exit code."""
    translate = catalogue(system_language()).gettext
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options, translate))
    except ProjectError as error:
        print(error.sentence.translated(translate), file=sys.stderr)
        return 1


def _new(options: argparse.Namespace, translate: Translate) -> int:
    with Project.create(options.project, reviewer=options.reviewer, starter=not options.empty) as project:
        print(project.path)
    return 0


def _import(options: argparse.Namespace, translate: Translate) -> int:
    with Project.open(options.project, reviewer=options.reviewer) as project:
        report = project.import_files(options.paths, encoding=options.encoding)
    if options.json:
        _print_json(_report_record(report, translate))
    else:
        _print_report(report, translate)
    return 1 if report.failed else 0


def _import_gold(options: argparse.Namespace, translate: Translate) -> int:
    with Project.open(options.project, reviewer=options.reviewer) as project:
        report = project.import_gold(options.file)
    print(translate("{annotations} annotations marked as the file says.").format(annotations=report.annotations))
    return 0


def _annotate(options: argparse.Namespace, translate: Translate) -> int:
    with Project.open(options.project, reviewer=options.reviewer) as project:
        annotation = project.annotate(
            options.article, options.start, options.end, options.label, note=options.note, form=options.form
        )
    print(annotation.id)
    return 0


def _export(options: argparse.Namespace, translate: Translate) -> int:
    with Project.open(options.project, read_only=True) as project:
        report = project.export(options.format, options.out, selection=_selection(options), strict=options.strict)
    print(translate("{articles} articles with {annotations} annotations written to {path}.").format(
        articles=report.written, annotations=report.annotations, path=report.path
    ))  # fmt: skip
    for loss in report.losses:
        print(f"  {loss.sentence.translated(translate)}")
    return 0


def _selection(options: argparse.Namespace) -> Selection:
    labels = frozenset(filter(None, options.labels.split(",")))
    return Selection(labels=labels, layer=options.layer)


def _check(options: argparse.Namespace, translate: Translate) -> int:
    with Project.open(options.project, read_only=True) as project:
        report = project.check()
    problems = [problem.translated(translate) for problem in report.problems]
    if options.json:
        _print_json(asdict(report) | {"problems": problems})
    else:
        print(translate("{verified} of {annotations} quotes proved in {articles} articles; {operations} operations.").format(
            **asdict(report) | {"problems": ()}
        ))  # fmt: skip
        print("\n".join(problems) or translate("Nothing is wrong."))
    return 1 if problems else 0


def _stats(options: argparse.Namespace, translate: Translate) -> int:
    with Project.open(options.project, read_only=True) as project:
        record = asdict(project.stats())
    if options.json:
        _print_json(record)
        return 0
    for name, value in record.items():
        shown = ", ".join(f"{key} {count}" for key, count in value.items()) if isinstance(value, dict) else value
        print(f"{name}: {shown}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hashiya", description="Hashiya without a window. Without a command, the window opens: hashiya [PROJECT]."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    new = _command(commands, "new", _new, "create a project with the starter article")
    new.add_argument("--reviewer", default=getpass.getuser(), help="whose work this is")
    new.add_argument("--empty", action="store_true", help="without the starter article")
    imports = _command(commands, "import", _import, "bring articles in from files and folders")
    imports.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    imports.add_argument("--encoding", help="the files' encoding, instead of recognising it")
    _reviewer(imports)
    _json(imports)
    gold = _command(commands, "import-gold", _import_gold, "mark an article as a file of gold annotations says")
    gold.add_argument("file", type=Path, metavar="FILE")
    _reviewer(gold)
    annotate = _command(commands, "annotate", _annotate, "mark a span (code points, half-open) and print its id")
    annotate.add_argument("article")
    annotate.add_argument("start", type=int)
    annotate.add_argument("end", type=int)
    annotate.add_argument("label")
    annotate.add_argument("--note", default="")
    annotate.add_argument("--form", default="", help="the plain form where the quote is not that: الجيش for لجيش")
    _reviewer(annotate)
    export = _command(commands, "export", _export, "write the project in a format for others")
    export.add_argument("--format", required=True, help=", ".join(writer.name for writer in WRITERS))
    export.add_argument("--out", required=True, type=Path)
    export.add_argument("--labels", default="", help="only these labels: actor,place")
    export.add_argument("--layer", default=ALL, help="final, all, or a reviewer's name")
    export.add_argument("--strict", action="store_true", help="write nothing if the format cannot hold everything")
    _json(_command(commands, "check", _check, "prove quotes, hashes and the log; exit 1 when something is wrong"))
    _json(_command(commands, "stats", _stats, "count articles, annotations, frames and entities"))
    return parser


def _command(commands: Any, name: str, run: Command, text: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    parser.add_argument("project", type=Path, metavar="PROJECT")
    parser.set_defaults(run=run)
    return parser


def _reviewer(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--reviewer", help="whose work this is; by default whoever wrote last")


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _print_json(record: dict[str, Any]) -> None:
    print(orjson.dumps(record, option=orjson.OPT_INDENT_2, default=str).decode())


def _report_record(report: ImportReport, translate: Translate) -> dict[str, Any]:
    return {
        "imported": [_imported_record(one, translate) for one in report.imported],
        "skipped": [_refused_record(one, translate) for one in report.skipped],
        "failed": [_refused_record(one, translate) for one in report.failed],
        "annotations": report.annotations,
        "entities": report.entities,
        "relations": report.relations,
    }


def _imported_record(one: ImportedFile, translate: Translate) -> dict[str, Any]:
    return asdict(one) | {"notes": [note.translated(translate) for note in one.notes]}


def _refused_record(one: RefusedFile, translate: Translate) -> dict[str, Any]:
    return {"file": one.file, "reason": one.reason.translated(translate)}


def _print_report(report: ImportReport, translate: Translate) -> None:
    for one in report.imported:
        sure = "" if one.confidence is None else f" {one.confidence:.0%}"
        print(f"+ {one.file.name}: {one.article} ({one.encoding}{sure})")
        for note in one.notes:
            print(f"    {note.translated(translate)}")
    for refused in report.skipped:
        print(f"= {refused.file.name}: {refused.reason.translated(translate)}")
    for refused in report.failed:
        print(f"{refused.file.name}: {refused.reason.translated(translate)}", file=sys.stderr)
    print(translate("{imported} imported, {skipped} already there, {failed} refused, {annotations} annotations.").format(
        imported=len(report.imported), skipped=len(report.skipped), failed=len(report.failed),
        annotations=report.annotations,
    ))  # fmt: skip
