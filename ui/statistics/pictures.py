"""What the pictures of the statistics show, worked out without Qt: categories, and series of numbers over them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import Literal

from annotator.review.agreement import Agreement
from annotator.tallied import Cell, Tallied, table_of
from annotator.tallies import Named, Statistics
from ui.statistics.wording import Wording
from ui.translate import isolated, tr, trn

Form = Literal["columns", "bars", "points", "matrix"]
NAMES = ("progress", "labels", "minutes", "agreement", "confusion", "actors", "places", "sources", "timeline")
_MOST_BARS = 8
_MOST_DAYS = 5 * 366
_BORDERS = (0, 1, 2, 3, 5, 10, 15, 20, 30, 60)  # of the columns of minutes per article
# Paul Tol's scheme "muted", which eyes that do not see all colours tell apart; grey is for what is not known.
_COLOURS = ("#332288", "#44aa99", "#ddcc77", "#cc6677", "#88ccee", "#117733", "#882255", "#aa4499", "#999933")
_GREY = "#888888"
_VERDICTS = {"corroborated": "#117733", "contested": "#ddcc77", "refuted": "#cc6677", "unverifiable": "#88ccee"}


@dataclass(frozen=True, slots=True)
class Series:
    """One number for each category, None where there is none; `low` and `high` are the ends of its interval."""

    name: str
    colour: str
    values: tuple[float | None, ...]
    low: tuple[float | None, ...] = ()
    high: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: what it shows in words, its categories and series, and the table of the same figures.

    `columns` and `bars` (lying) are stacked, `points` have intervals, a `matrix` has a series for each row; `colours` are those
    of the categories where each has its own. `note` stands below the title, `empty` says why there is nothing to see.
    """

    name: str
    title: str
    form: Form
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    table: Tallied
    note: str = ""
    empty: str = ""
    colours: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to see."""
        return not any(value for series in self.series for value in series.values)


@dataclass(frozen=True, slots=True)
class Counted:
    """All that was counted of a project, and how it is called."""

    statistics: Statistics = field(default_factory=Statistics)
    agreement: Agreement = field(default_factory=lambda: Agreement((), (), ()))
    wording: Wording = field(default_factory=Wording)


def picture(name: str, counted: Counted) -> Picture:
    """Return one of the pictures, by its name in NAMES."""
    return _MADE[name](counted, table_of(name, counted.statistics, counted.agreement, tr))


def readable(table: Tallied, wording: Wording) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    """Return headings and rows of a table as people read them: names instead of keys, and no ids."""
    columns = [at for at, (name, _) in enumerate(table.columns) if name not in ("article", "entity")]
    readers = wording.readers(table.name)
    named = [(at, readers.get(table.columns[at][0])) for at in columns]
    rows = [tuple(_read(row[at], reader) for at, reader in named) for row in table.rows]
    return tuple(tr(table.columns[at][1]) for at in columns), rows


def _read(cell: Cell, reader: Callable[[str], str] | None) -> Cell:
    return reader(cell) if reader and isinstance(cell, str) else cell


def _progress(counted: Counted, table: Tallied) -> Picture:
    made: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in counted.statistics.progress:
        made[one.reviewer][one.day] += one.annotations
    done = sum(one.done for one in counted.statistics.progress)
    days = _days({day for of_one in made.values() for day in of_one})
    return Picture(
        "progress", tr("Annotations made each day"), "columns", days, _stacked(made, days), table,
        note=trn("{count} article called done", "{count} articles called done", done) if done else "",
        empty=tr("Nobody has marked anything yet."),
    )  # fmt: skip


def _labels(counted: Counted, table: Tallied) -> Picture:
    totals: Counter[str] = Counter()
    for one in counted.statistics.labels:
        totals[one.label] += one.annotations
    keys = tuple(totals)
    wording = counted.wording
    return Picture(
        "labels", tr("Annotations of each label"), "bars", tuple(map(wording.label, keys)),
        (Series("", _COLOURS[0], tuple(float(totals[key]) for key in keys)),), table,
        empty=tr("Nobody has marked anything yet."), colours=tuple(map(wording.colour, keys)),
    )  # fmt: skip


def _minutes(counted: Counted, table: Tallied) -> Picture:
    found = counted.statistics.minutes
    columns = (*(f"{low}–{high}" for low, high in pairwise(_BORDERS)), f"{_BORDERS[-1]}+")
    by_reviewer: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in found:
        place = max(number for number, border in enumerate(_BORDERS) if one.minutes >= border)
        by_reviewer[one.reviewer][columns[place]] += 1
    note = tr("Half of the articles took less than {minutes} minutes; reading before the first mark is not known.")
    return Picture(
        "minutes", tr("Articles by the minutes they took"), "columns", columns, _stacked(by_reviewer, columns), table,
        note=note.format(minutes=f"{median(one.minutes for one in found):.1f}") if found else "",
        empty=tr("Nobody has worked on an article yet; what was imported took no time here."),
    )  # fmt: skip


def _agreement(counted: Counted, table: Tallied) -> Picture:
    rows = {row.key: row for row in counted.agreement.rows if row.by == "month" and not row.pair}
    months = _months(set(rows))
    figures = [rows[month].figures.get("f1") if month in rows else None for month in months]
    series = Series(
        counted.wording.figure("f1"), _COLOURS[0],
        tuple(one.value if one else None for one in figures),
        tuple(one.low if one else None for one in figures),
        tuple(one.high if one else None for one in figures),
    )  # fmt: skip
    return Picture(
        "agreement", tr("How well reviewers agree, by month"), "points", months, (series,), table,
        note=tr("F of equal spans, the mean of all pairs, with 95 per cent confidence intervals."),
        empty=tr("No article was read by several reviewers."),
    )  # fmt: skip


def _confusion(counted: Counted, table: Tallied) -> Picture:
    found, wording = counted.agreement.confusion, counted.wording
    keys = wording.in_order({key for pair in found for key in pair if key})
    rows, columns = (keys, keys)
    if any("" in pair for pair in found):
        rows = columns = (*keys, "")
    names = tuple(wording.label(key) if key else tr("not marked") for key in columns)
    series = tuple(
        Series(
            wording.label(row) if row else tr("not marked"), _COLOURS[0],
            tuple(float(found[row, column]) if (row, column) in found else None for column in columns),
        )
        for row in rows
    )  # fmt: skip
    return Picture(
        "confusion", tr("What one reviewer took for what the other marked"), "matrix", names, series, table,
        note=tr("Rows: the first of two reviewers by name; columns: the second."),
        empty=tr("No article was read by several reviewers."),
    )  # fmt: skip


def _named(name: str, title: Callable[[], str], of: Callable[[Statistics], Sequence[Named]], label: str) -> _Make:
    def made(counted: Counted, table: Tallied) -> Picture:
        found = of(counted.statistics)
        first = found[:_MOST_BARS]
        return Picture(
            name, title(), "bars", tuple(isolated(one.name) for one in first),
            (Series("", counted.wording.colour(label), tuple(float(one.articles) for one in first)),), table,
            note=_first_of(len(first), len(found)), empty=tr("Nobody has marked anything of this label yet."),
        )  # fmt: skip

    return made


def _sources(counted: Counted, table: Tallied) -> Picture:
    found: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    totals: Counter[tuple[str, str]] = Counter()
    for one in counted.statistics.sources:
        found[one.verdict][one.source, one.kind] += one.claims
        totals[one.source, one.kind] += one.claims
    first = [key for key, _ in totals.most_common(_MOST_BARS)]
    verdicts = counted.wording.verdicts(found)
    series = tuple(
        Series(counted.wording.verdict(verdict), _verdict_colour(verdict), tuple(float(found[verdict][key]) for key in first))
        for verdict in verdicts
    )  # fmt: skip
    names = tuple(counted.wording.source(*key) for key in first)
    return Picture(
        "sources", tr("Claims by source and verdict"), "bars", names, series, table,
        note=_first_of(len(first), len(totals)), empty=tr("Nobody has marked a claim yet."),
    )  # fmt: skip


def _timeline(counted: Counted, table: Tallied) -> Picture:
    by: dict[str, Counter[str]] = {"claim": Counter(), "article": Counter()}
    for one in counted.statistics.timeline:
        by[one.by][one.day] += one.claims
    unknown = by["article"].pop("", 0)
    days = _days({day for of_one in by.values() for day in of_one})
    names = {"claim": tr("the day the claim gives"), "article": tr("the day of the article")}
    series = tuple(
        Series(names[key], colour, tuple(float(by[key][day]) for day in days))
        for key, colour in (("claim", _COLOURS[0]), ("article", _COLOURS[2]))
    )
    note = trn("{count} claim of no known day is left out.", "{count} claims of no known day are left out.", unknown)
    return Picture(
        "timeline", tr("Claims by the day of what they say"), "columns", days, series, table,
        note=note if unknown else "", empty=tr("No claim has a day, and no article with claims has one."),
    )  # fmt: skip


_Make = Callable[[Counted, Tallied], Picture]
_MADE: Mapping[str, _Make] = {
    "progress": _progress, "labels": _labels, "minutes": _minutes, "agreement": _agreement, "confusion": _confusion,
    "actors": _named("actors", lambda: tr("Actors, by the articles that speak of them"), lambda one: one.actors, "actor"),
    "places": _named("places", lambda: tr("Places, by the articles that speak of them"), lambda one: one.places, "place"),
    "sources": _sources, "timeline": _timeline,
}  # fmt: skip


def _stacked(found: Mapping[str, Counter[str]], columns: Iterable[str]) -> tuple[Series, ...]:
    columns = tuple(columns)
    return tuple(
        Series(isolated(name), _COLOURS[number % len(_COLOURS)], tuple(float(found[name][column]) for column in columns))
        for number, name in enumerate(sorted(found))
    )  # fmt: skip


def _days(found: set[str]) -> tuple[str, ...]:
    """Return all days from the first to the last, also those without anything; of too long a time only those found."""
    known = sorted(map(date.fromisoformat, found))
    if not known or (known[-1] - known[0]).days > _MOST_DAYS:
        return tuple(map(date.isoformat, known))
    return tuple((known[0] + timedelta(days=number)).isoformat() for number in range((known[-1] - known[0]).days + 1))


def _months(found: set[str]) -> tuple[str, ...]:
    if not found:
        return ()
    first, last = (int(month[:4]) * 12 + int(month[5:7]) - 1 for month in (min(found), max(found)))
    return tuple(f"{number // 12:04}-{number % 12 + 1:02}" for number in range(first, last + 1))


def _first_of(shown: int, found: int) -> str:
    return tr("The first {shown} of {all}").format(shown=shown, all=f"{found:,}") if shown < found else ""


def _verdict_colour(verdict: str) -> str:
    return _VERDICTS.get(verdict, _GREY if verdict == "not_examined" else _COLOURS[7])
