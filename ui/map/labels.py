"""Which names stand on the map and where, without Qt: none covers another or a sign, and panning changes nothing.

The world is cut into blocks, fixed to it at one zoom. In a block the names are set one after the other, the most mentioned
first, beside their signs, where there is room. A block waits for those neighbours that come before it in a fixed pattern of
four, and blocks of the same turn are too far apart to meet. So what stands in a block follows from the places around it
alone, never from what happens to be in view, and only blocks in view are worked out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

BLOCK = 416  # pixels a side; two names that reach out of their blocks towards each other never meet across a third
REACH = 200  # how far a name may end from the middle of its sign
_BUCKET = 48
_GAP = 3


class Box(NamedTuple):
    """A rectangle in pixels of the world."""

    left: float
    top: float
    right: float
    bottom: float


class Wish(NamedTuple):
    """A sign on the map that would have its name beside it; a width of 0 is a sign without a name."""

    number: int
    x: float
    y: float
    radius: float
    width: float
    height: float
    rank: float
    right_to_left: bool


class Label(NamedTuple):
    """A name that stands on the map."""

    number: int
    box: Box


class Labels:
    """The names at one zoom; `wishes` gives the signs in a part of the world, each always at the same place."""

    def __init__(self, wishes: Callable[[Box], Iterable[Wish]]) -> None:
        self._wishes_in = wishes
        self._wishes: dict[tuple[int, int], list[Wish]] = {}
        self._blocks: dict[tuple[int, int], tuple[Label, ...]] = {}
        self._taken = _Taken()

    def near(self, view: Box) -> Iterator[Label]:
        """Yield the names of which something is in a part of the world."""
        for at in _blocks_of(_grown(view, REACH)):
            yield from (label for label in self.block(at) if _meet(label.box, view))

    def is_free(self, box: Box) -> bool:
        """Tell whether neither a sign nor a name is in a part of the world."""
        signs = (wish for at in _blocks_of(_grown(box, REACH)) for wish in self._signs(at))
        return not any(_meet(_sign(wish), box) for wish in signs) and not any(True for _ in self.near(box))

    def block(self, at: tuple[int, int]) -> tuple[Label, ...]:
        """Return the names whose signs are in a block."""
        if at not in self._blocks:
            self._blocks[at] = tuple(self._set(at))
        return self._blocks[at]

    def _set(self, at: tuple[int, int]) -> Iterator[Label]:
        """Set the names of a block, after all that have to be before.

        What is taken is kept in one place for all blocks: a neighbour of a later turn has waited for this one, so
        whatever was set by now in reach came before in every order.
        """
        wishes = [wish for wish in self._signs(at) if wish.width]
        if not wishes:
            return
        for neighbour in _neighbours(at):
            self._signs(neighbour)
            if _turn(neighbour) < _turn(at):
                self.block(neighbour)
        for wish in sorted(wishes, key=lambda wish: (wish.rank, wish.number)):
            box = next((box for box in _beside(wish) if self._taken.is_free(box)), None)
            if box:
                self._taken.add(box)
                yield Label(wish.number, box)

    def _signs(self, at: tuple[int, int]) -> list[Wish]:
        if at not in self._wishes:
            column, row = at
            box = Box(column * BLOCK, row * BLOCK, (column + 1) * BLOCK, (row + 1) * BLOCK)
            self._wishes[at] = [wish for wish in self._wishes_in(box) if (wish.x // BLOCK, wish.y // BLOCK) == at]
            for wish in self._wishes[at]:
                self._taken.add(_sign(wish))
        return self._wishes[at]


class _Taken:
    """Rectangles in which nothing more may be put, found by the buckets they are in."""

    def __init__(self) -> None:
        self._buckets: dict[tuple[int, int], list[Box]] = {}

    def add(self, box: Box) -> None:
        for bucket in _squares(box, _BUCKET):
            self._buckets.setdefault(bucket, []).append(box)

    def is_free(self, box: Box) -> bool:
        buckets = self._buckets
        return not any(_meet(box, other) for bucket in _squares(box, _BUCKET) for other in buckets.get(bucket, ()))


def _beside(wish: Wish) -> Iterator[Box]:
    """Yield where a name may stand: after its sign in its own direction, before it, below, above."""
    x, y, radius, width, height = wish.x, wish.y, wish.radius + _GAP, wish.width, wish.height
    right = Box(x + radius, y - height / 2, x + radius + width, y + height / 2)
    left = Box(x - radius - width, y - height / 2, x - radius, y + height / 2)
    yield from (left, right) if wish.right_to_left else (right, left)
    yield Box(x - width / 2, y + radius, x + width / 2, y + radius + height)
    yield Box(x - width / 2, y - radius - height, x + width / 2, y - radius)


def _sign(wish: Wish) -> Box:
    return Box(wish.x - wish.radius, wish.y - wish.radius, wish.x + wish.radius, wish.y + wish.radius)


def _turn(at: tuple[int, int]) -> int:
    return at[0] % 2 + 2 * (at[1] % 2)


def _neighbours(at: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield a block and the eight around it."""
    return ((at[0] + column, at[1] + row) for row in (-1, 0, 1) for column in (-1, 0, 1))


def _blocks_of(box: Box) -> Iterator[tuple[int, int]]:
    return _squares(box, BLOCK)


def _squares(box: Box, side: int) -> Iterator[tuple[int, int]]:
    for row in range(int(box.top // side), int(box.bottom // side) + 1):
        for column in range(int(box.left // side), int(box.right // side) + 1):
            yield column, row


def _grown(box: Box, by: float) -> Box:
    return Box(box.left - by, box.top - by, box.right + by, box.bottom + by)


def _meet(one: Box, other: Box) -> bool:
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom
