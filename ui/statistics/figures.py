"""The figures of agreement as rows to read: which part, whose, how much, how sure, and why there is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from annotator.review.agreement import Agreement, Figure, Pair, Row
from annotator.tallied import Cell
from ui.statistics.wording import Wording
from ui.translate import isolated, running, say, tr

Gammas = Mapping[Pair, Mapping[str, Figure]]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure of one row of agreement, and its cells."""

    row: Row
    name: str
    cells: tuple[Cell, ...]


def headings() -> tuple[str, ...]:
    """Return the headings of the cells."""
    return (
        tr("Part"), tr("Reviewers"), tr("Figure"), tr("Value"), tr("95 per cent interval, or why there is none"),
        tr("Articles"), tr("Rests on"),
    )  # fmt: skip


def figure_rows(
    agreement: Agreement, wording: Wording, gammas: Gammas, *, part: str = "", name: str = ""
) -> list[FigureRow]:
    """Return the figures of all rows; of one `part` (all, label, month, version) or with one `name` only, if given."""
    return [
        FigureRow(row, which, _cells(row, which, figure, wording))
        for row in agreement.rows
        if part in ("", row.by)
        for which, figure in _figures(row, gammas)
        if name in ("", which)
    ]


def interval(figure: Figure) -> str:
    """Return the confidence interval of a figure, or nothing."""
    if figure.low is None or figure.high is None:
        return ""
    return f"\u2066{figure.low:.2f} – {figure.high:.2f}\u2069"


def reviewers(pair: Pair | tuple[()]) -> str:
    """Return whom a row is about."""
    return " × ".join(map(isolated, pair)) or tr("All together")


def _figures(row: Row, gammas: Gammas) -> Iterator[tuple[str, Figure]]:
    yield from row.figures.items()
    if row.by == "all" and len(row.pair) == 2:
        yield from gammas.get(row.pair, {}).items()


def _cells(row: Row, name: str, figure: Figure, wording: Wording) -> tuple[Cell, ...]:
    value = "—" if figure.value is None else f"{figure.value:.2f}"
    why = running(say(figure.why)) if figure.why else ""
    return (
        wording.part(row.by, row.key), reviewers(row.pair), wording.figure(name), value, why or interval(figure), row.articles,
        figure.items,
    )  # fmt: skip
