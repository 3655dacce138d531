"""Where an article is broken into sheets: between lines, never through one, and not so that a paragraph leaves one line
alone at the foot or at the head of a sheet. Knows no Qt.

Heights are those of the page as it is laid out in one piece.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """A line of the article: its UTF-16 span, where it stands, the top of its paragraph, and whether there is ink on it."""

    start: int
    end: int
    top: float
    bottom: float
    paragraph: float
    empty: bool


def broken(rows: Sequence[Row], room: Callable[[int], float]) -> Iterator[Sequence[Row]]:
    """Yield the rows of each sheet; `room` returns how high the text of sheet number 0, 1, … may be."""
    first, number = 0, 0
    while first < len(rows):
        last = _kept_together(rows, first, _last_that_fits(rows, first, room(number)))
        yield rows[first:last]
        first, number = last, number + 1


def top_of(rows: Sequence[Row]) -> float:
    """Return the height at which a sheet begins: that of its first line with ink."""
    return next((row.top for row in rows if not row.empty), rows[0].top if rows else 0.0)


def bottom_of(rows: Sequence[Row]) -> float:
    """Return the height at which the ink of a sheet ends."""
    return next((row.bottom for row in reversed(rows) if not row.empty), top_of(rows))


def _last_that_fits(rows: Sequence[Row], first: int, room: float) -> int:
    """Return the number of the row behind the last that fits; empty rows at a foot need no room, one row always fits."""
    while first < len(rows) and rows[first].empty:
        first += 1
    last = first + 1
    limit = rows[first].top + room if first < len(rows) else 0.0
    while last < len(rows) and (rows[last].empty or rows[last].bottom <= limit):
        last += 1
    return min(last, len(rows))


def _kept_together(rows: Sequence[Row], first: int, last: int) -> int:
    """Return an earlier end where a paragraph would leave one line alone, but never one that moves a whole sheet."""
    here, there = _run(rows, last - 1, first - 1, -1), _run(rows, last, len(rows), 1)
    if last == len(rows) or rows[last - 1].paragraph != rows[last].paragraph or last - first <= here:
        return last
    if there == 1:
        return last - (1 if here > 2 else here)
    return last - 1 if here == 1 else last


def _run(rows: Sequence[Row], start: int, stop: int, step: int) -> int:
    """Return how many rows from `start` on belong to the same paragraph; three are enough to know."""
    found = 0
    for at in range(start, stop, step):
        if rows[at].paragraph != rows[start].paragraph or found == 3:
            break
        found += 1
    return found
