"""What several commands of the command line ask for, and how they answer programs."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson

from annotator.language import Translate

Command = Callable[[argparse.Namespace, Translate], int]


def add_command(commands: Any, name: str, run: Command, text: str) -> argparse.ArgumentParser:
    """Add a command about a project; `text` says what it does."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    parser.add_argument("project", type=Path, metavar="PROJECT")
    parser.set_defaults(run=run)
    return parser


def ask_articles(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    """Ask which articles: by their ids, or by a filter; all of them where that need not be said."""
    chosen = parser.add_mutually_exclusive_group(required=required)
    chosen.add_argument("articles", nargs="*", default=[], metavar="ARTICLE", help="the id of an article")
    chosen.add_argument("--filter", help="all articles that this filter wants")


def ask_reviewer(parser: argparse.ArgumentParser) -> None:
    """Ask whose work is done."""
    parser.add_argument("--reviewer", help="whose work this is; by default whoever wrote last")


def ask_reader(parser: argparse.ArgumentParser) -> None:
    """Ask for whom something is read."""
    parser.add_argument("--reviewer", help="who looks, which matters in blind mode; by default whoever wrote last")


def ask_json(parser: argparse.ArgumentParser) -> None:
    """Ask whether the answer is for a program."""
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def print_json(record: dict[str, Any]) -> None:
    """Print an answer for a program."""
    print(orjson.dumps(record, option=orjson.OPT_INDENT_2, default=str).decode())
