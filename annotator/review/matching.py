"""Finding for the marks of one side those of the others that mean the same: exact, then overlapping, one to one.

The pairs that overlap are chosen so that all overlaps together are as long as possible: the assignment problem, solved by
shortest augmenting paths (Kuhn 1955, "The Hungarian method"; Jonker and Volgenant 1987). Marks that do not hang together are
solved apart. Where more than 60 do hang together on a side, the longest overlap goes first instead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

_MOST = 60
Weights = Mapping[tuple[int, int], int]
"""How much two things, each by its number, have in common; pairs with nothing in common are left out."""


def best_pairs(weights: Weights) -> dict[int, int]:
    """Return for things of the first side those of the second: the whole weight is the greatest there can be.

    Of several such choices it is always the same one.
    """
    found: dict[int, int] = {}
    for piece in _pieces(weights):
        found.update(_solved(piece))
    return found


def _pieces(weights: Weights) -> Iterable[Weights]:
    """Return the pairs that hang together, each group for itself, in the order of their first."""
    root: dict[tuple[int, int], tuple[int, int]] = {}

    def find(one: tuple[int, int]) -> tuple[int, int]:
        while (above := root.setdefault(one, one)) != one:
            root[one] = root[above]
            one = above
        return one

    for left, right in weights:
        one, other = sorted((find((0, left)), find((1, right))))
        root[other] = one
    pieces: defaultdict[tuple[int, int], dict[tuple[int, int], int]] = defaultdict(dict)
    for (left, right), weight in weights.items():
        pieces[find((0, left))][left, right] = weight
    return pieces.values()


def _solved(piece: Weights) -> dict[int, int]:
    if len(piece) == 1:
        return dict(piece.keys())
    lefts, rights = sorted({left for left, _ in piece}), sorted({right for _, right in piece})
    if max(len(lefts), len(rights)) > _MOST:
        return _longest_first(piece)
    return _assigned(piece, lefts, rights)


def _longest_first(piece: Weights) -> dict[int, int]:
    found: dict[int, int] = {}
    used: set[int] = set()
    for (left, right), _ in sorted(piece.items(), key=lambda pair: (-pair[1], pair[0])):
        if left not in found and right not in used:
            found[left] = right
            used.add(right)
    return found


def _assigned(piece: Weights, lefts: Sequence[int], rights: Sequence[int]) -> dict[int, int]:
    """Solve one piece: rows are `lefts`, columns `rights` and as many empty ones, so that nothing need be paired."""
    width = len(rights) + len(lefts)
    costs = [[-piece.get((left, right), 0) for right in rights] + [0] * len(lefts) for left in lefts]
    row_of = _augmented(costs, width)
    pairs = ((lefts[row_of[column]], rights[column]) for column in range(len(rights)) if row_of[column] >= 0)
    return {left: right for left, right in pairs if (left, right) in piece}


def _augmented(costs: Sequence[Sequence[int]], width: int) -> list[int]:
    """Return the row that each column is given to at the least cost, or -1."""
    potential, price = [0] * len(costs), [0] * (width + 1)
    row_of = [-1] * (width + 1)
    for row in range(len(costs)):
        row_of[width], column = row, width
        least, before, done = [float("inf")] * width, [width] * width, [False] * (width + 1)
        while row_of[column] >= 0:
            done[column] = True
            column = _step(costs, potential, price, row_of, least, before, done, column)
        while column != width:
            row_of[column], column = row_of[before[column]], before[column]
    return row_of[:width]


def _step(
    costs: Sequence[Sequence[int]], potential: list[int], price: list[int], row_of: list[int],
    least: list[float], before: list[int], done: list[bool], column: int,
) -> int:  # fmt: skip
    """Reach one more column on the cheapest way, and bring the prices along."""
    row, nearest, delta = row_of[column], -1, float("inf")
    for other in range(len(least)):
        if done[other]:
            continue
        cost = costs[row][other] - potential[row] - price[other]
        if cost < least[other]:
            least[other], before[other] = cost, column
        if least[other] < delta:
            nearest, delta = other, least[other]
    step = int(delta)
    for other in range(len(done)):
        if done[other]:
            potential[row_of[other]] += step
            price[other] -= step
        elif other < len(least):
            least[other] -= step
    return nearest
