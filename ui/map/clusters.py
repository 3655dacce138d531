"""Places that are too near each other to be drawn apart, put together, without Qt.

The grid is fixed to the world: what lies together does so wherever the map is moved, and the cells of one level are
quarters of those of the level above, so a cluster only ever falls apart when one comes nearer. Every place is in exactly
one cluster of a level. All in linear time, and only once.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from ui.map.projection import Spot, world_pixels

CELL = 58  # pixels a side at a whole zoom, and up to twice that before the next
DEEPEST = 19  # the last level
_WHOLE = 8  # up to this level all places are put into cells at once; deeper only those near where one looks
_At = tuple[int, int]  # row and column
_EVERYWHERE: _At = (-1, -1)


class Cell(NamedTuple):
    """One square of the grid of a level: column from the west, row from the north."""

    level: int
    row: int
    column: int


class Cluster(NamedTuple):
    """Places in one cell: where their middle is, which ones (numbers in the order given), and the sum of their counts."""

    cell: Cell
    spot: Spot
    places: tuple[int, ...]
    total: int


class Clusters:
    """The clusters of some places at every level."""

    def __init__(self, spots: Sequence[Spot], counts: Sequence[int]) -> None:
        self._spots, self._counts = spots, counts
        self._parts: dict[tuple[int, _At], dict[_At, list[int]]] = {}
        self._clusters: dict[Cell, Cluster] = {}

    def at(self, level: int) -> list[Cluster]:
        """Return all clusters of a level, row by row."""
        return list(self.near(level, 0.0, 0.0, 1.0, 1.0))

    def near(self, level: int, left: float, top: float, right: float, bottom: float) -> Iterator[Cluster]:
        """Yield the clusters of a level in cells that touch a part of the world, row by row."""
        rows, columns = _touched(cells_across(level), left, top, right, bottom)
        found: dict[_At, list[int]] = {}
        for part in self._parts_of(level, left, top, right, bottom):
            found.update((at, part[at]) for at in _inside(part, rows, columns))
        for at in sorted(found):
            yield self._cluster(Cell(level, *at), found[at])

    def _parts_of(
        self, level: int, left: float, top: float, right: float, bottom: float
    ) -> Iterator[dict[_At, list[int]]]:
        """Yield which places are in which cells: of the whole level, or deep down only of where one looks."""
        if level <= _WHOLE:
            yield self._part(level, _EVERYWHERE)
            return
        whole = self._part(_WHOLE, _EVERYWHERE)
        for at in _inside(whole, *_touched(cells_across(_WHOLE), left, top, right, bottom)):
            yield self._part(level, at)

    def _part(self, level: int, where: _At) -> dict[_At, list[int]]:
        if (level, where) not in self._parts:
            everywhere = where == _EVERYWHERE
            numbers = range(len(self._spots)) if everywhere else self._part(_WHOLE, _EVERYWHERE)[where]
            across, members = cells_across(level), dict[_At, list[int]]()
            for number in numbers:
                x, y = self._spots[number]
                members.setdefault((int(y * across), int(x * across)), []).append(number)
            self._parts[level, where] = members
        return self._parts[level, where]

    def _cluster(self, cell: Cell, numbers: Sequence[int]) -> Cluster:
        if cell not in self._clusters:
            spots = [self._spots[number] for number in numbers]
            total = sum(self._counts[number] for number in numbers)
            self._clusters[cell] = Cluster(cell, _middle(spots, cell), tuple(numbers), total)
        return self._clusters[cell]


def _touched(across: float, left: float, top: float, right: float, bottom: float) -> tuple[range, range]:
    """Return the rows and columns of cells that touch a part of the world."""
    rows = range(math.floor(top * across), math.floor(bottom * across) + 1)
    return rows, range(math.floor(left * across), math.floor(right * across) + 1)


def _inside(part: Collection[_At], rows: range, columns: range) -> list[_At]:
    """Return the cells that are in some rows and columns, by whichever way is shorter."""
    if len(rows) * len(columns) > len(part):
        return [at for at in part if at[0] in rows and at[1] in columns]
    return [(row, column) for row in rows for column in columns if (row, column) in part]


def level_of(zoom: float) -> int:
    """Return the level of the grid that serves a zoom."""
    return min(max(math.floor(zoom), 0), DEEPEST)


def cells_across(level: int) -> float:
    """Return how many cells of a level lie side by side around the world."""
    return world_pixels(level) / CELL


def _middle(spots: Sequence[Spot], cell: Cell, border: float = 0.35) -> Spot:
    """Return the middle of some spots, so far inside their cell that the signs of two neighbours do not cover each other.

    Where all are at one spot the middle is that spot, wherever in its cell.
    """
    if spots.count(spots[0]) == len(spots):
        return spots[0]
    across = cells_across(cell.level)
    x, y = (sum(parts) / len(spots) * across for parts in zip(*spots, strict=True))
    x = min(max(x, cell.column + border), cell.column + 1 - border)
    y = min(max(y, cell.row + border), cell.row + 1 - border)
    return Spot(x / across, y / across)
