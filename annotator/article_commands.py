"""Commands about articles as a whole: which ones are meant, what of them is page boilerplate, which are copies."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from itertools import takewhile
from textwrap import shorten

from annotator import import_command
from annotator.filters import parse
from annotator.language import N_, Translate
from annotator.options import print_json
from annotator.project import Project
from annotator.recognising import PagePartsReport


def chosen(project: Project, options: argparse.Namespace) -> list[str]:
    """Return the ids of the articles that were named, or that a filter wants."""
    if options.filter is None:
        return list(options.articles)
    rows = project.queue()
    return [rows.rows[number].id for number in parse(options.filter, labels=project.labels()).numbers(rows)]


def recognise(options: argparse.Namespace, translate: Translate) -> int:
    """Grey page boilerplate in articles, or only tell what would be greyed, and return the exit code."""
    with (
        import_command.interruptible() as stop,
        Project.open(options.project, reviewer=options.reviewer, read_only=options.dry_run) as project,
    ):
        wanted = chosen(project, options) if options.articles or options.filter is not None else None
        if options.dry_run:
            looked = takewhile(lambda _: not stop(), project.page_parts(wanted))
            report = PagePartsReport(greyed=[one for one in looked if one])
        else:
            report = project.recognise(wanted, cancel=stop)
    if options.json:
        print_json({"greyed": [asdict(one) for one in report.greyed], "cancelled": report.cancelled})
    else:
        _print_page_parts(report, translate, dry_run=options.dry_run)
    return import_command.STOPPED if stop() else 0


def _print_page_parts(report: PagePartsReport, translate: Translate, *, dry_run: bool) -> None:
    for one in report.greyed:
        print(f"{one.article}: {one.title}")
        for part, words in zip(one.ranges, one.words, strict=True):
            print(f"    {part.start}–{part.end} {part.kind}: {shorten(words, 80, placeholder='…')}")
    if dry_run:
        told = translate(N_("Page boilerplate found in {greyed} articles. Nothing was written."))
    else:
        told = translate(N_("Page boilerplate greyed in {greyed} articles of {seen}; {kept} were left as they are."))
    print(told.format(greyed=len(report.greyed), seen=report.seen, kept=report.kept), file=sys.stderr)


def copies(options: argparse.Namespace, translate: Translate) -> int:
    """List near copies and the group of an article, after saying which are copies, and return the exit code."""
    changes = bool(options.group or options.apart)
    with Project.open(options.project, reviewer=options.reviewer, read_only=not changes) as project:
        if options.group:
            project.group_copies(options.article, options.group)
        if options.apart:
            project.keep_apart(options.article, options.apart)
        group, near = project.copies_of(options.article), project.near_copies(options.article)
        titles = project.titles([*group, *(one.article for one in near)])
    if options.json:
        found = [{"article": one.article, "title": one.title, "similarity": one.similarity} for one in near]
        print_json({"group": group, "near": found})
        return 0
    for article in group:
        print(f"= {article}: {titles[article]}")
    for one in near:
        print(f"~ {one.article}: {one.title} ({one.similarity:.0%})")
    told = translate(N_("{near} near copies; {group} articles in its group."))
    print(told.format(near=len(near), group=len(group)), file=sys.stderr)
    return 0
