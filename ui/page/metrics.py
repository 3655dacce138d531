"""The measures of the page: column of text, margin with its cards, and the distance of lines, for one width of the view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Side = Literal["left", "right"]

MEASURES = {"narrow": 28.0, "medium": 36.0, "wide": 50.0}
LEADINGS = {"tight": 1.08, "normal": 1.28, "loose": 1.6}
PAGE_MARGIN = 28.0
CARD_WIDTH, GUTTER, EDGE = 176.0, 26.0, 14.0
_LEAST_COLUMN = 340.0
_EM = 1.7  # a line of Noto Naskh is this many ems high


@dataclass(frozen=True, slots=True)
class PageMetrics:
    """Lengths in device-independent pixels. `side` is where the margin lies, None when it is folded away."""

    width: float
    line_height: float
    measure: float
    leading: float
    side: Side | None

    @property
    def pitch(self) -> float:
        """The distance from one line to the next."""
        return float(round(self.line_height * self.leading))

    @property
    def column_width(self) -> float:
        """The width of the column of text."""
        free = self.width - self.margin_width - (PAGE_MARGIN if self.side else 2 * PAGE_MARGIN)
        return max(min(free, self.measure * self.line_height / _EM), 60.0)

    @property
    def column_left(self) -> float:
        """The left edge of the column of text: it and the margin stand together in the middle."""
        whole = self.margin_width + self.column_width
        start = (self.width - whole - (PAGE_MARGIN if self.side else 0.0)) / 2
        if self.side is None:
            return start
        return max(start, 0.0) + (self.margin_width if self.side == "left" else PAGE_MARGIN)

    @property
    def column_right(self) -> float:
        """The right edge of the column of text."""
        return self.column_left + self.column_width

    @property
    def margin_width(self) -> float:
        """The width that the margin takes, with the gutter to the text."""
        return EDGE + CARD_WIDTH + GUTTER if self.side else 0.0

    @property
    def card_left(self) -> float:
        """The left edge of the cards in the margin."""
        return self.column_left - GUTTER - CARD_WIDTH if self.side == "left" else self.column_right + GUTTER


def metrics_for(width: float, line_height: float, *, measure: float, leading: float, side: Side | None) -> PageMetrics:
    """Return the measures for a width; the margin folds away where the text would become too narrow beside it."""
    needed = EDGE + CARD_WIDTH + GUTTER + PAGE_MARGIN + _LEAST_COLUMN
    return PageMetrics(width, line_height, measure, leading, side if width >= needed else None)
