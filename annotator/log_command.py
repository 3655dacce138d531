"""The command `log`: who did what when, newest first, as lines or as JSON; read as it is printed, however long it is."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

import orjson

from annotator.language import Translate, system_language
from annotator.log_entry import LogEntry
from annotator.log_words import told, what
from annotator.project import Project

_AT_ONCE = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be asked for."""
    about = parser.add_mutually_exclusive_group()
    about.add_argument("--article", default="", metavar="ID", help="only what was done to this article or in it")
    about.add_argument("--annotation", default="", metavar="ID", help="only what was done to this annotation")
    parser.add_argument("--reviewer", default="", help="only what this reviewer did")
    parser.add_argument(
        "--since", default="", help="only what was done then or later (2026-01-31, 2026-01-31T14:05; UTC)"
    )
    parser.add_argument("--until", default="", help="only what was done before then")
    parser.add_argument("--limit", type=int, default=100, metavar="N", help="so many steps (100; 0: all)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: argparse.Namespace, translate: Translate) -> int:
    """Print the steps and return the exit code."""
    with Project.open(options.project, read_only=True) as project:
        entries = _entries(project, options)
        if options.json:
            _print_json(entries)
        else:
            for entry in entries:
                print("\t".join((entry.at, told(entry, system_language()).translated(translate), entry.title)).rstrip())
    return 0


def _entries(project: Project, options: argparse.Namespace) -> Iterator[LogEntry]:
    """Yield the steps that were asked for, read page by page."""
    asked = {name: getattr(options, name) for name in ("article", "annotation", "reviewer", "since", "until")}
    left, before = options.limit or None, ""
    while left is None or left > 0:
        page = project.log(**asked, before=before, limit=min(_AT_ONCE, left or _AT_ONCE))
        if not page:
            return
        yield from page
        before = page[-1].step
        left = None if left is None else left - len(page)


def _print_json(entries: Iterator[LogEntry]) -> None:
    """Print one object; its list is written as it is read."""
    print('{"steps": [', end="")
    for number, entry in enumerate(entries):
        print(",\n" if number else "\n", orjson.dumps(_record(entry)).decode(), sep="", end="")
    print("\n]}")


def _record(entry: LogEntry) -> dict[str, Any]:
    """Return a step as JSON; its sentence is English, whatever the system's language."""
    start, end = entry.span or (None, None)
    return {
        "step": entry.step,
        "at": entry.at,
        "reviewer": entry.reviewer,
        "action": entry.action,
        "what": str(what(entry, "en")),
        "article": entry.article,
        "title": entry.title,
        "annotation": entry.annotation,
        "start": start,
        "end": end,
        "counts": entry.counts,
        "taken_back": entry.taken_back,
        "target": entry.target.step if entry.target else "",
    }
