"""The queue on the command line: listing articles, saying how far one is with them, handing them out."""

from __future__ import annotations

import argparse
import sys
from typing import Any
from uuid import UUID

from annotator.article_commands import chosen
from annotator.filters import parse
from annotator.language import Translate
from annotator.options import add_command, ask_articles, ask_json, ask_reviewer, print_json
from annotator.project import Project
from annotator.queue_rows import QueueRow


def add_arguments(commands: Any) -> None:
    """Add what lists articles and hands them out to reviewers."""
    queue_parser = add_command(
        commands, "queue", queue, "list articles: id, state, date, outlet, title and counts, with tabs between"
    )
    queue_parser.add_argument("--filter", default="", help="which articles, in the language of the window's queue")
    queue_parser.add_argument("--reviewer", help="whose states are shown; by default those of whoever wrote last")
    ask_json(queue_parser)
    state_parser = add_command(commands, "state", state, "say that a reviewer is done with articles, or not")
    state_parser.add_argument("state", choices=["done", "todo"])
    ask_articles(state_parser)
    ask_reviewer(state_parser)
    assign_parser = add_command(
        commands, "assign", assign, "give articles to reviewers; without --to take them from all"
    )
    assign_parser.set_defaults(refuse=assign_parser.error)
    ask_articles(assign_parser, required=False)
    assign_parser.add_argument(
        "--double", type=float, metavar="SHARE", help="draw who reads what; two read this share (0 to 1)"
    )
    assign_parser.add_argument("--seed", type=int, default=0, help="the same seed draws the same again")
    assign_parser.add_argument("--to", action="append", metavar="NAME", help="a reviewer; may come several times")
    assign_parser.add_argument("--instead", action="store_true", help="take them from all others")
    ask_reviewer(assign_parser)


def queue(options: argparse.Namespace, translate: Translate) -> int:
    """List articles and return the exit code."""
    with Project.open(options.project, reviewer=options.reviewer, read_only=True) as project:
        rows = project.queue()
        wanted = [rows.rows[number] for number in parse(options.filter, labels=project.labels()).numbers(rows)]
    if options.json:
        print_json({"articles": [_queue_record(row) for row in wanted], "of": len(rows)})
        return 0
    for row in wanted:
        counts = " ".join(f"{label}:{count}" for label, count in sorted(row.counts.items()))
        print("\t".join((row.id, row.state, row.date, row.outlet, row.title, counts)))
    print(translate("{found} of {all} articles.").format(found=len(wanted), all=len(rows)), file=sys.stderr)
    return 0


def _queue_record(row: QueueRow) -> dict[str, Any]:
    """Return a row as JSON: ids as text, and nothing that only the program itself needs."""
    keys = {
        name: str(UUID(bytes=key)) if key else ""
        for name, key in (("original", row.original), ("replaces", row.replaces))
    }
    record = {name: value for name, value in row._asdict().items() if name != "key"}
    return {"id": row.id} | record | {"counts": dict(row.counts)} | keys


def state(options: argparse.Namespace, translate: Translate) -> int:
    """Call articles done, or not, and return the exit code."""
    with Project.open(options.project, reviewer=options.reviewer) as project:
        changed = project.set_state(chosen(project, options), options.state)
    print(translate("{changed} articles changed.").format(changed=changed))
    return 0


def assign(options: argparse.Namespace, translate: Translate) -> int:
    """Give articles to reviewers or take them back, and return the exit code."""
    if options.double is not None:
        return _assign_double(options, translate)
    if options.filter is None and not options.articles:
        options.refuse("one of the arguments ARTICLE --filter --double is required")
    with Project.open(options.project, reviewer=options.reviewer) as project:
        articles = chosen(project, options)
        given = options.to
        changed = project.assign(articles, given, instead=options.instead) if given else project.unassign(articles)
    print(translate("{changed} articles changed.").format(changed=changed))
    return 0


def _assign_double(options: argparse.Namespace, translate: Translate) -> int:
    with Project.open(options.project, reviewer=options.reviewer) as project:
        articles = chosen(project, options) if options.filter is not None or options.articles else None
        names = options.to or project.reviewers()
        draw = project.assign_double(options.double, options.seed, names, articles=articles)
    print(translate("{articles} articles given out, {double} of them to two.").format(
        articles=draw.articles, double=draw.double
    ))  # fmt: skip
    for name, count in draw.by_reviewer.items():
        print(f"{name}\t{count}")
    return 0
