"""`search` on the command line: words in all articles, each with what stands beside it."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import asdict
from itertools import islice

from annotator.language import Translate
from annotator.options import ask_json, ask_reader, print_json
from annotator.project import Project


def add_arguments(search: argparse.ArgumentParser) -> None:
    """Declare what is asked for."""
    search.add_argument(
        "query", help='words, "a phrase", AND OR NOT ( ), begin*, a ~5 b, =exactly, place:word; see the guide'
    )
    search.add_argument(
        "--no-clitics", dest="clitics", action="store_false", help="not with و ف ب ك ل ال before the word"
    )
    search.add_argument("--exact", action="store_true", help="only words spelled exactly so")
    search.add_argument(
        "--regex", action="store_true", help="the query is a regular expression over the text as written"
    )
    search.add_argument("--within", default="", metavar="LABEL", help="only within annotations of this label")
    search.add_argument("--context", type=int, default=40, help="characters on either side (40)")
    search.add_argument(
        "--sort", choices=("article", "left", "right"), default="article", help="by what stands beside it"
    )
    search.add_argument("--limit", type=int, help="at most so many lines")
    ask_json(search)
    ask_reader(search)


def run(options: argparse.Namespace, translate: Translate) -> int:
    """Print what was found and return the exit code."""
    with Project.open(options.project, reviewer=options.reviewer, read_only=True) as project:
        hits = project.search(
            options.query, clitics=options.clitics, exact=options.exact, pattern=options.regex, within=options.within
        )
        lines = islice(hits.sorted_lines(options.sort, context=options.context), options.limit)
        if options.json:
            print_json({"query": options.query, "lines": [asdict(line) for line in lines]})
            return 0
        found: Counter[str] = Counter()
        for line in lines:
            found[line.article] += 1
            print(f"{line.article}:{line.start}: {_flat(f'{line.left}[{line.hit}]{line.right}')}")
    told = translate("{hits} hits in {articles} articles.").format(hits=found.total(), articles=len(found))
    print(told, file=sys.stderr)
    return 0


def _flat(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())
