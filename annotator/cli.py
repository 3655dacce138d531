"""The command line: everything that needs no window, without loading Qt.

Exit codes: 0 done, 1 the world failed (one sentence on standard error), 2 wrong usage, 130 stopped by Ctrl+C.
"""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from annotator import (
    agreement_command,
    article_commands,
    exchange_command,
    import_command,
    log_command,
    package_command,
    queue_command,
    review_command,
    search_command,
    statistics_command,
)
from annotator.errors import ProjectError
from annotator.evidence import evidence_record, evidence_text
from annotator.exporting import ExportCancelled
from annotator.import_command import interruptible
from annotator.language import LANGUAGES, Translate, catalogue, system_language
from annotator.options import add_command, ask_articles, ask_json, ask_reader, ask_reviewer, print_json
from annotator.package_command import selection_of
from annotator.project import Project
from annotator.redaction import PROFILES, profile_of
from annotator.selecting import ALL
from annotator.writers import WRITERS, writer_for
from annotator.writers.writer import Writer


def main(arguments: Sequence[str], *, writers: Sequence[Writer] = WRITERS) -> int:
    """Run one command and return the exit code; `writers` are the formats that can be exported."""
    translate = catalogue(system_language()).gettext
    options = _parser(writers).parse_args(arguments)
    try:
        return int(options.run(options, translate))
    except ExportCancelled as stopped:
        print(stopped.sentence.translated(translate), file=sys.stderr)
        return import_command.STOPPED
    except ProjectError as error:
        print(error.sentence.translated(translate), file=sys.stderr)
        return 1


def _new(options: argparse.Namespace, translate: Translate) -> int:
    with Project.create(options.project, reviewer=options.reviewer, starter=not options.empty) as project:
        print(project.path)
    return 0


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


def _describe(options: argparse.Namespace, translate: Translate) -> int:
    given = {name: getattr(options, name) for name in ("title", "outlet", "author", "date")}
    with Project.open(options.project, reviewer=options.reviewer) as project:
        project.describe(options.article, **{name: value for name, value in given.items() if value is not None})
    return 0


def _export(options: argparse.Namespace, translate: Translate) -> int:
    if options.package:
        return package_command.run(options, translate)
    with (
        interruptible() as stop,
        Project.open(options.project, reviewer=options.reviewer, read_only=True) as project,
    ):
        report = project.export(
            _writer(options),
            options.out,
            selection=selection_of(project, options),
            redaction=profile_of(options.redact) if options.redact else None,
            strict=options.strict,
            language=options.language,
            cancel=stop,
        )
    print(translate("{articles} articles with {annotations} annotations written to {path}.").format(
        articles=report.written, annotations=report.annotations, path=report.path
    ))  # fmt: skip
    for loss in report.losses:
        print(f"  {loss.sentence.translated(translate)}")
    return 0


def _writer(options: argparse.Namespace) -> Writer:
    """Return the writer of the format that was named; raise UnknownFormat."""
    return writer_for(options.format, among=options.writers)


def _sensitive(options: argparse.Namespace, translate: Translate) -> int:
    if not options.entities:
        with Project.open(options.project, read_only=True) as project:
            for entity in project.entities():
                if entity.sensitive:
                    print("\t".join((entity.id, entity.kind, entity.name)))
        return 0
    with Project.open(options.project, reviewer=options.reviewer) as project:
        changed = project.set_sensitive(options.entities, not options.off)
    print(translate("{changed} actors and places changed.").format(changed=changed))
    return 0


def _evidence(options: argparse.Namespace, translate: Translate) -> int:
    with Project.open(options.project, read_only=True) as project:
        evidence = project.evidence(options.article)
        if options.out:
            print(project.export_evidence(options.article, options.out, translate=translate))
    if options.json:
        print_json(evidence_record(evidence))
    elif not options.out:
        print(evidence_text(evidence, translate), end="")
    return 0 if evidence.verification.intact else 1


def _check(options: argparse.Namespace, translate: Translate) -> int:
    with Project.open(options.project, reviewer=options.reviewer, read_only=True) as project:
        report = project.check()
    problems = [problem.translated(translate) for problem in report.problems]
    if options.json:
        print_json(asdict(report) | {"problems": problems})
    else:
        print(translate("{verified} of {annotations} quotes proved in {articles} articles; {operations} operations.").format(
            **asdict(report) | {"problems": ()}
        ))  # fmt: skip
        print("\n".join(problems) or translate("Nothing is wrong."))
    return 1 if problems else 0


def _stats(options: argparse.Namespace, translate: Translate) -> int:
    with Project.open(options.project, reviewer=options.reviewer, read_only=True) as project:
        record = asdict(project.stats())
    if options.json:
        print_json(record)
        return 0
    for name, value in record.items():
        shown = ", ".join(f"{key} {count}" for key, count in value.items()) if isinstance(value, dict) else value
        print(f"{name}: {shown}")
    return 0


def _parser(writers: Sequence[Writer]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hashiya", description="Hashiya without a window. Without a command, the window opens: hashiya [PROJECT]."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for add in (
        _making,
        _marking,
        partial(_taking_out, writers),
        _exchanging,
        _searching,
        queue_command.add_arguments,
        _reviewing,
        _proving,
        _registering,
    ):
        add(commands)
    review_command.add_arguments(commands, add_command)
    return parser


def _making(commands: Any) -> None:
    """Add what makes a project and brings work into it."""
    new = add_command(commands, "new", _new, "create a project with the starter article")
    new.add_argument("--reviewer", default=getpass.getuser(), help="whose work this is")
    new.add_argument("--empty", action="store_true", help="without the starter article")
    import_command.add_arguments(
        add_command(commands, "import", import_command.run, "bring articles in from files and folders")
    )
    gold = add_command(commands, "import-gold", _import_gold, "mark an article as a file of gold annotations says")
    gold.add_argument("file", type=Path, metavar="FILE")
    ask_reviewer(gold)


def _marking(commands: Any) -> None:
    """Add what marks and describes articles."""
    annotate = add_command(commands, "annotate", _annotate, "mark a span (code points, half-open) and print its id")
    annotate.add_argument("article")
    annotate.add_argument("start", type=int)
    annotate.add_argument("end", type=int)
    annotate.add_argument("label")
    annotate.add_argument("--note", default="")
    annotate.add_argument("--form", default="", help="the plain form where the quote is not that: الجيش for لجيش")
    ask_reviewer(annotate)
    describe = add_command(commands, "describe", _describe, "put an article's title, outlet, author or date right")
    describe.add_argument("article", metavar="ARTICLE")
    for name in ("title", "outlet", "author"):
        describe.add_argument(f"--{name}")
    describe.add_argument("--date", help="when it was published: 2026, 2026-01, 2026-01-16 or 2026-01-16T09:30Z")
    ask_reviewer(describe)

    recognise = add_command(
        commands,
        "recognise",
        article_commands.recognise,
        "grey page boilerplate in articles imported before; reviewers' own ranges stay",
    )
    ask_articles(recognise, required=False)
    recognise.add_argument("--dry-run", action="store_true", help="only tell what would be greyed; write nothing")
    ask_reviewer(recognise)
    ask_json(recognise)
    copies = add_command(
        commands,
        "copies",
        article_commands.copies,
        "list an article's near copies and its group, or say which are copies",
    )
    copies.add_argument("article", metavar="ARTICLE")
    copies.add_argument("--group", action="append", metavar="ID", help="this one is a copy of the article's text")
    copies.add_argument("--apart", action="append", metavar="ID", help="this one is none, and is not told again")
    ask_reviewer(copies)
    ask_json(copies)


def _registering(commands: Any) -> None:
    """Add what concerns the register."""
    sensitive = add_command(
        commands, "sensitive", _sensitive, "mark actors and places that a redacted export must not tell; or list them"
    )
    sensitive.add_argument(
        "entities", nargs="*", metavar="ENTITY", help="the id of one; without any, those marked are listed"
    )
    sensitive.add_argument("--off", action="store_true", help="they are sensitive no longer")
    ask_reviewer(sensitive)


def _taking_out(writers: Sequence[Writer], commands: Any) -> None:
    """Add what hands work out."""
    export = add_command(commands, "export", _export, "write the project in a format for others")
    export.set_defaults(writers=writers)
    export.add_argument("--format", required=True, help=", ".join(writer.name for writer in writers))
    export.add_argument("--out", required=True, type=Path)
    export.add_argument("--labels", default="", help="only these labels: actor,place")
    export.add_argument("--layer", default=ALL, help="final, all, or a reviewer's name")
    export.add_argument(
        "--redact", default=None, metavar="PROFILE",
        help=f"leave out what must not be told: {', '.join(one.name for one in PROFILES)}, or a JSON file of your own",
    )  # fmt: skip
    export.add_argument("--strict", action="store_true", help="write nothing if the format cannot hold everything")
    export.add_argument(
        "--language", choices=LANGUAGES, default=system_language(), help="the language of a report for people"
    )
    package_command.add_arguments(export)
    proof = add_command(commands, "evidence", _evidence, "show what proves an article, or hand it out as a folder")
    proof.add_argument("article")
    proof.add_argument(
        "--out", type=Path, metavar="FOLDER", help="write original, text and record into this new folder"
    )
    ask_json(proof)


def _exchanging(commands: Any) -> None:
    """Add what carries work between copies of a project."""
    exchange_command.add_bundle_arguments(
        add_command(
            commands, "bundle", exchange_command.bundle, "write work into one file for another copy of the project"
        )
    )
    exchange_command.add_merge_arguments(
        add_command(
            commands, "merge", exchange_command.merge, "merge bundles; a project that is not there is made from them"
        )
    )


def _searching(commands: Any) -> None:
    """Add what searches."""
    search_command.add_arguments(
        add_command(
            commands,
            "search",
            search_command.run,
            "find words in all articles and print each with what stands beside it",
        )
    )


def _proving(commands: Any) -> None:
    """Add what proves and counts."""
    check = add_command(commands, "check", _check, "prove quotes, hashes and the log; exit 1 when something is wrong")
    log_command.add_arguments(add_command(commands, "log", log_command.run, "tell who did what when, newest first"))
    stats = add_command(commands, "stats", _stats, "count articles, annotations, frames and entities")
    for parser in (check, stats):
        ask_json(parser)
        ask_reader(parser)


def _reviewing(commands: Any) -> None:
    """Add what compares reviewers."""
    agreement_command.add_arguments(
        add_command(
            commands, "agreement", agreement_command.run, "tell how well reviewers agree, with confidence intervals"
        )
    )
    statistics = add_command(
        commands, "statistics", statistics_command.run, "tell what the work looks like, by day, label and source"
    )
    statistics_command.add_arguments(statistics)
    ask_reader(statistics)
