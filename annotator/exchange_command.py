"""`bundle` and `merge` on the command line: work in one file, from one copy of a project to another."""

from __future__ import annotations

import argparse
import getpass
import sys
from dataclasses import asdict
from pathlib import Path

import orjson

from annotator.exchange.reports import Conflict, Merge, Preview, merge_lines, merge_record, save_merge_report
from annotator.language import N_, Translate
from annotator.options import print_json
from annotator.project import Project


def add_bundle_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `bundle` takes."""
    parser.add_argument("out", type=Path, metavar="FILE", help="the bundle to write")
    parser.add_argument(
        "--reviewers", default="", metavar="NAME,…", help="only the work of these; by default of all reviewers"
    )
    parser.add_argument("--since-last", action="store_true", help="only what is new since the last bundle")
    parser.add_argument("--to", default="", metavar="NAME", help="who gets it: what they are known to have is left out")
    parser.add_argument("--without-articles", action="store_true", help="the receiver has imported the same texts")
    parser.add_argument("--reviewer", help="whose work this is; by default whoever wrote last")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def add_merge_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `merge` takes."""
    parser.add_argument("bundles", nargs="*", type=Path, metavar="FILE")
    doing = parser.add_mutually_exclusive_group()
    doing.add_argument("--dry-run", action="store_true", help="only tell what the bundles hold; write nothing")
    doing.add_argument("--take-back", action="store_true", help="take the last merge back as a whole")
    doing.add_argument("--conflicts", action="store_true", help="list what was changed side by side")
    doing.add_argument(
        "--settle", nargs=2, metavar=("THING", "OPERATION"), help="give a thing in conflict one of its values"
    )
    parser.add_argument("--report", type=Path, metavar="FILE", help="save the report (.json, else text)")
    parser.add_argument("--reviewer", help="whose work this is; by default whoever wrote last")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def bundle(options: argparse.Namespace, translate: Translate) -> int:
    """Write a bundle and return the exit code."""
    names = [name for name in options.reviewers.split(",") if name.strip()] or None
    with Project.open(options.project, reviewer=options.reviewer) as project:
        report = project.send(
            options.out, reviewers=names, since_last=options.since_last or bool(options.to), to=options.to,
            with_articles=not options.without_articles,
        )  # fmt: skip
    if options.json:
        print_json(asdict(report))
        return 0
    template = translate(N_("{operations} operations and {articles} articles written to {path}."))
    print(template.format(operations=report.operations, articles=report.articles, path=report.path))
    return 0


def merge(options: argparse.Namespace, translate: Translate) -> int:
    """Merge, look, take back or settle, and return the exit code: 1 when a dry run finds a bundle that would be refused."""
    if not options.project.exists() and options.bundles and not options.dry_run:
        return _create(options)
    with Project.open(options.project, reviewer=options.reviewer) as project:
        if options.take_back:
            return _tell_taken_back(project.take_back(), translate, json=options.json)
        if options.settle:
            project.settle_conflict(*options.settle)
        if options.settle or options.conflicts:
            return _tell_conflicts(project.conflicts(everybody=True), json=options.json)
        report = project.look_at(options.bundles) if options.dry_run else project.receive(options.bundles)
    if options.report:
        save_merge_report(report, options.report, translate)
    return _tell(report, translate, json=options.json)


def _create(options: argparse.Namespace) -> int:
    reviewer = options.reviewer or getpass.getuser()
    with Project.create_from(options.project, options.bundles, reviewer=reviewer) as project:
        stats = project.stats()
    if options.json:
        print_json({"project": str(options.project), "articles": stats.articles, "annotations": stats.annotations})
    else:
        print(options.project)
    return 0


def _tell(report: Preview, translate: Translate, *, json: bool) -> int:
    if json:
        print_json(merge_record(report, translate))
    else:
        for line in merge_lines(report, translate):
            print(line, file=sys.stderr if line.startswith("!") else sys.stdout)
    return 1 if report.refused else 0


def _tell_taken_back(taken: Merge, translate: Translate, *, json: bool) -> int:
    if json:
        print_json(asdict(taken))
    else:
        template = translate(N_("What was received at {at} was taken back: {operations} operations."))
        print(template.format(at=taken.at, operations=taken.operations))
    return 0


def _tell_conflicts(found: list[Conflict], *, json: bool) -> int:
    if json:
        print_json({"conflicts": [asdict(one) for one in found]})
        return 0
    for one in found:
        print(f"{one.kind} {one.entity}")
        for side in one.sides:
            value = orjson.dumps(side.value).decode()
            print(f"  {side.operation}  {side.at}  {side.reviewer}: {value}")
    return 0
