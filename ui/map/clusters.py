"""Places that are too near each other to be drawn apart, put together, without Qt.

The grid is fixed to the world: what lies together does so wherever the map is moved, and the cells of one level are
quarters of those of the level above, so a cluster only ever falls apart when one comes nearer. Every place is in exactly
one cluster of a level. All in linear time, and each level only once.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ui.map.projection import Spot, world_pixels

CELL = 58  # pixels a side at a whole zoom, and up to twice that before the next
DEEPEST = 19  # from here on only what lies at the same spot stays together


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
        self._members: dict[int, dict[tuple[int, int], list[int]]] = {}
        self._clusters: dict[Cell, Cluster] = {}

    def at(self, level: int) -> list[Cluster]:
        """Return all clusters of a level, row by row."""
        return [self._cluster(Cell(level, *at)) for at in sorted(self._members_at(level))]

    def near(self, level: int, left: float, top: float, right: float, bottom: float) -> Iterator[Cluster]:
        """Yield the clusters of a level in cells that touch a part of the world, row by row."""
        members, across = self._members_at(level), cells_across(level)
        rows = range(math.floor(top * across), math.floor(bottom * across) + 1)
        columns = range(math.floor(left * across), math.floor(right * across) + 1)
        if len(rows) * len(columns) > len(members):
            touched = sorted(at for at in members if at[0] in rows and at[1] in columns)
        else:
            touched = [(row, column) for row in rows for column in columns if (row, column) in members]
        yield from (self._cluster(Cell(level, *at)) for at in touched)

    def _members_at(self, level: int) -> dict[tuple[int, int], list[int]]:
        if level not in self._members:
            across = cells_across(level)
            members: dict[tuple[int, int], list[int]] = {}
            for number, (x, y) in enumerate(self._spots):
                members.setdefault((int(y * across), int(x * across)), []).append(number)
            self._members[level] = members
        return self._members[level]

    def _cluster(self, cell: Cell) -> Cluster:
        if cell not in self._clusters:
            numbers = self._members[cell.level][cell.row, cell.column]
            spots = [self._spots[number] for number in numbers]
            total = sum(self._counts[number] for number in numbers)
            self._clusters[cell] = Cluster(cell, _middle(spots, cell), tuple(numbers), total)
        return self._clusters[cell]


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
