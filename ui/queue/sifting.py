"""Which rows the queue shows, and in which order: worked out beside the window, and only the latest wish counts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from annotator.filters import Filter
from annotator.queue_rows import QueueRows
from ui.session import Session


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be shown: of which rows, in which order. The row `keep` stays though the filter does not want it."""

    rows: QueueRows
    filter: Filter = field(default_factory=Filter)
    by: str = "imported"
    descending: bool = False
    keep: int | None = None


@dataclass(frozen=True, slots=True)
class Sifted:
    """The numbers of the rows to show. `kept` says that one is among them only because it was to stay."""

    wish: Wish
    shown: Sequence[int]
    kept: bool = False


class Sifter(QObject):
    """Answers the latest wish; what was asked before it is dropped."""

    sifted = Signal(object)  # Sifted

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._round, self._answered = 0, 0

    @property
    def is_busy(self) -> bool:
        """Whether the latest wish has no answer yet."""
        return self._answered != self._round

    def ask(self, wish: Wish) -> None:
        """Have the rows sifted. What costs nothing is answered at once."""
        self._round += 1
        number = self._round
        if not wish.filter.groups and wish.by == "imported":
            self._take(sift(wish), number)
            return
        self._session.think(
            lambda: sift(wish, unwanted=lambda: number != self._round), lambda one: self._take(one, number)
        )

    def _take(self, found: Sifted, number: int) -> None:
        if isValid(self) and number == self._round:
            self._answered = number
            self.sifted.emit(found)


def sift(wish: Wish, *, unwanted: Callable[[], bool] = lambda: False) -> Sifted:
    """Return what a wish wants; when nobody wants it any more, something unfinished."""
    order = wish.rows.ordered(wish.by, descending=wish.descending)
    shown = wish.filter.numbers(wish.rows, order, unwanted=unwanted)
    if wish.keep is None or not wish.filter.groups or wish.keep in shown:
        return Sifted(wish, shown)
    places = {number: place for place, number in enumerate(order)}
    at = bisect_left([places[number] for number in shown], places[wish.keep])
    return Sifted(wish, [*shown[:at], wish.keep, *shown[at:]], kept=True)
