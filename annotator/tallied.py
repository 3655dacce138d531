"""The statistics as plain tables, the same for a file, the command line and the window."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO

from annotator.language import N_, Translate
from annotator.review.agreement import Agreement
from annotator.tallies import Statistics
from annotator.writers.losses import Losses
from annotator.writers.sheet import Sheet

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Tallied:
    """A table: its name and title, the names of its columns with their headings, and its rows."""

    name: str
    title: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Cell, ...], ...]


_COLUMNS: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "progress": (
        N_("Progress by day and reviewer"),
        (
            ("day", N_("Day")),
            ("reviewer", N_("Reviewer")),
            ("annotations", N_("Annotations")),
            ("done", N_("Articles done")),
        ),
    ),
    "labels": (
        N_("Annotations by label"),
        (("label", N_("Label")), ("reviewer", N_("Reviewer")), ("annotations", N_("Annotations"))),
    ),
    "minutes": (
        N_("Minutes per article"),
        (
            ("article", N_("Article")),
            ("title", N_("Title")),
            ("reviewer", N_("Reviewer")),
            ("minutes", N_("Minutes")),
            ("operations", N_("Operations")),
        ),
    ),
    "agreement": (
        N_("Agreement"),
        (
            ("by", N_("Part")),
            ("key", N_("Which")),
            ("one", N_("First reviewer")),
            ("other", N_("Second reviewer")),
            ("articles", N_("Articles")),
            ("figure", N_("Figure")),
            ("value", N_("Value")),
            ("low", N_("From")),
            ("high", N_("To")),
            ("items", N_("Rests on")),
            ("why", N_("Why there is none")),
        ),
    ),
    "confusion": (
        N_("What was taken for what"),
        (("one", N_("First reviewer")), ("other", N_("Second reviewer")), ("count", N_("Spans"))),
    ),
    "actors": (
        N_("Actors most spoken of"),
        (
            ("name", N_("Name")),
            ("entity", N_("Entity")),
            ("articles", N_("Articles")),
            ("mentions", N_("Annotations")),
        ),
    ),
    "places": (
        N_("Places most spoken of"),
        (
            ("name", N_("Name")),
            ("entity", N_("Entity")),
            ("articles", N_("Articles")),
            ("mentions", N_("Annotations")),
        ),
    ),
    "sources": (
        N_("Claims by source and verdict"),
        (("source", N_("Source")), ("kind", N_("Kind")), ("verdict", N_("Verdict")), ("claims", N_("Claims"))),
    ),
    "timeline": (
        N_("Claims by day"),
        (("day", N_("Day")), ("by", N_("Day taken from")), ("claims", N_("Claims"))),
    ),
}


def tables_of(statistics: Statistics, agreement: Agreement, translate: Translate = str) -> tuple[Tallied, ...]:
    """Return all statistics as tables; `translate` gives the language of the sentences that say why a figure is undefined."""
    return tuple(table_of(name, statistics, agreement, translate) for name in _COLUMNS)


def table_of(name: str, statistics: Statistics, agreement: Agreement, translate: Translate = str) -> Tallied:
    """Return one of the tables, by its name."""
    rows: dict[str, Iterable[tuple[Cell, ...]]] = {
        "progress": ((one.day, one.reviewer, one.annotations, one.done) for one in statistics.progress),
        "labels": ((one.label, one.reviewer, one.annotations) for one in statistics.labels),
        "minutes": ((one.article, one.title, one.reviewer, one.minutes, one.operations) for one in statistics.minutes),
        "agreement": _figures(agreement, translate),
        "confusion": ((one, other, count) for (one, other), count in sorted(agreement.confusion.items())),
        "actors": ((one.name, one.entity, one.articles, one.mentions) for one in statistics.actors),
        "places": ((one.name, one.entity, one.articles, one.mentions) for one in statistics.places),
        "sources": ((one.source, one.kind, one.verdict, one.claims) for one in statistics.sources),
        "timeline": ((one.day, one.by, one.claims) for one in statistics.timeline),
    }
    return Tallied(name, *_COLUMNS[name], tuple(rows[name]))


def write_csv(table: Tallied, file: IO[bytes]) -> None:
    """Write a table as CSV for spreadsheets: UTF-8 with a byte order mark, and no cell that would run as a formula."""
    with Losses() as losses:
        sheet = Sheet(file, (name for name, _ in table.columns), losses)
        for row in table.rows:
            sheet.add(row)
        sheet.finish()


def _figures(agreement: Agreement, translate: Translate) -> Iterator[tuple[Cell, ...]]:
    for row in agreement.rows:
        one, other = row.pair or ("", "")
        for name, figure in row.figures.items():
            why = figure.why.translated(translate) if figure.why else ""
            yield (
                row.by, row.key, one, other, row.articles, name, figure.value, figure.low, figure.high, figure.items, why
            )  # fmt: skip
