"""The edges of the selected mark: where they can be taken hold of, and what is shown while one is dragged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QPointF, QRectF

from annotator.text.graphemes import next_border, previous_border, snap, widen_to_words
from annotator.text.trimming import trim
from ui.page.lines import Spot
from ui.page.marks import Mark
from ui.page.reader import PageReader

Edge = Literal["start", "end"]
_REACH = 6.0


class Edges:
    """The two edges of one mark, as long as it is the selected one and may be changed. Offsets are code points."""

    def __init__(self, page: PageReader, show: Callable[[tuple[int, int] | None], None]) -> None:
        self._page, self._show = page, show
        self._mark: Mark | None = None
        self._span: tuple[int, int] | None = None

    def take(self, mark: Mark | None) -> None:
        """Take the edges of another mark, or of none; what was being dragged is let go."""
        self._mark = mark
        self.let_go()

    def at(self, point: QPointF) -> Edge | None:
        """Return the edge that lies at a point of the viewport, the nearer one where both do, or None."""
        reached = {
            edge: box for edge, box in self._boxes().items() if box.adjusted(-_REACH, -2.0, _REACH, 2.0).contains(point)
        }
        return min(reached, key=lambda edge: abs(reached[edge].left() - point.x()), default=None)

    def drag(self, edge: Edge, offset: int, *, words: bool) -> None:
        """Show the mark with an edge at an offset, or by whole `words`; it never becomes empty."""
        if self._mark is None:
            return
        start, end, text = self._mark.start, self._mark.end, self._page.text
        first, last = (widen_to_words if words else snap)(text, offset, offset)
        if edge == "start":
            start = min(first, previous_border(text, end))
        else:
            end = max(last, next_border(text, start))
        self._span = self._trimmed(edge, start, end) if words else (start, end)
        self._show(self._span)

    def dropped(self) -> tuple[str, int, int] | None:
        """Return the mark's id and the span that is shown, when that is another; else let go and return None."""
        mark, span = self._mark, self._span
        if mark and span and span != (mark.start, mark.end):
            return (mark.id, *span)
        self.let_go()
        return None

    def let_go(self) -> None:
        """Show the mark where it is."""
        self._span = None
        self._show(None)

    def _trimmed(self, edge: Edge, start: int, end: int) -> tuple[int, int]:
        """Return the span with the dragged edge taken back over white space and punctuation."""
        first, last = trim(self._page.text, start, end)
        if first == last:
            return start, end
        return (first, end) if edge == "start" else (start, last)

    def _boxes(self) -> dict[Edge, QRectF]:
        mark, place = self._mark, self._page.position_of
        if mark is None:
            return {}
        spots = {"start": Spot(place(mark.start)), "end": Spot(place(mark.end), after=True)}
        return {edge: self._page.spot_box(spot) for edge, spot in spots.items()}  # type: ignore[misc]
