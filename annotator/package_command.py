"""`export --package` on the command line, and which articles any export takes."""

from __future__ import annotations

import argparse

from annotator.import_command import interruptible
from annotator.language import Translate
from annotator.package.details import PackageDetails
from annotator.package.readme import NOTHING_LOST
from annotator.project import Project
from annotator.redaction import profile_of
from annotator.selecting import Selection
from annotator.writers import writer_for


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what chooses articles, and what makes a package."""
    parser.add_argument("--articles", default="", metavar="FILTER", help="only articles that this filter wants")
    parser.add_argument(
        "--since", default="", metavar="TIME", help="only articles that changed since: 2026-01-16 (UTC)"
    )
    parser.add_argument("--reviewer", help="whose states a filter means; by default those of whoever wrote last")
    parser.add_argument("--package", action="store_true", help="a described folder or ZIP; --format may be csv,jsonl")
    parser.add_argument("--title", default="", help="of the package")
    parser.add_argument("--licence", default="", help="of the package: CC-BY-4.0, an address, or a sentence")
    parser.add_argument("--citation", default="", help="how the package is to be cited")
    parser.add_argument(
        "--creator", action="append", default=[], metavar="NAME", help="who made it: a name, or 'name <address>'"
    )


def selection_of(project: Project, options: argparse.Namespace) -> Selection:
    """Return what is to be exported."""
    return project.selection(
        labels=_list(options.labels), layer=options.layer, filter=options.articles, since=options.since
    )


def run(options: argparse.Namespace, translate: Translate) -> int:
    """Write a package and return the exit code."""
    details = PackageDetails(options.title, options.licence, options.citation, tuple(options.creator))
    with (
        interruptible() as stop,
        Project.open(options.project, reviewer=options.reviewer, read_only=True) as project,
    ):
        report = project.export_package(
            [writer_for(name, among=options.writers) for name in _list(options.format)], options.out,
            details=details, selection=selection_of(project, options),
            redaction=profile_of(options.redact) if options.redact else None, strict=options.strict,
            language=options.language, cancel=stop,
        )  # fmt: skip
    print(translate("{articles} articles with {annotations} annotations written to {path}.").format(
        articles=report.written, annotations=report.annotations, path=report.path
    ))  # fmt: skip
    for name, losses in report.losses.items():
        print(f"{name}: {'' if losses else translate(NOTHING_LOST)}".rstrip())
        for loss in losses:
            print(f"  {loss.sentence.translated(translate)}")
    return 0


def _list(given: str) -> list[str]:
    return [one.strip() for one in given.split(",") if one.strip()]
