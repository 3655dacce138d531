"""Where the reading caret goes: left and right as they are seen, by word, line, paragraph and page.

An arrow crosses the one grapheme that is drawn beside the caret, whatever its direction; so what is selected is what was
passed, also where Arabic, Latin and numbers meet.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from annotator.text.graphemes import next_word, previous_word
from ui.page.layout import PageLayout, Placed
from ui.page.lines import Spot
from ui.page.utf16 import Utf16Map

Motion = Literal[
    "left", "right", "word_left", "word_right", "up", "down", "line_start", "line_end",
    "paragraph_up", "paragraph_down", "page_up", "page_down", "article_start", "article_end",
]  # fmt: skip
KEEPS_COLUMN = frozenset({"up", "down", "page_up", "page_down"})


class Caret:
    """Finds the place that a motion leads to. `page` is how far a page key goes, in pixels."""

    def __init__(self, layout: PageLayout, text: str, offsets: Utf16Map) -> None:
        self._layout, self._text, self._offsets = layout, text, offsets

    def moved(self, spot: Spot, motion: Motion, *, column: float, page: float) -> Spot:
        """Return the place a motion leads to; `column` is the x that moves up and down try to keep."""
        moves: dict[Motion, Callable[[], Spot]] = {
            "left": lambda: self._beside(spot, leftwards=True),
            "right": lambda: self._beside(spot, leftwards=False),
            "word_left": lambda: self._word(spot, leftwards=True),
            "word_right": lambda: self._word(spot, leftwards=False),
            "up": lambda: self._vertical(spot, -1, column),
            "down": lambda: self._vertical(spot, 1, column),
            "line_start": lambda: Spot(self._layout.line_of(spot).line.start),
            "line_end": lambda: Spot(self._layout.line_of(spot).line.end, after=True),
            "paragraph_up": lambda: self._paragraph(spot, -1),
            "paragraph_down": lambda: self._paragraph(spot, 1),
            "page_up": lambda: self._page(spot, -page, column),
            "page_down": lambda: self._page(spot, page, column),
            "article_start": lambda: Spot(0),
            "article_end": self._last,
        }
        return moves[motion]()

    def x_of(self, spot: Spot) -> float:
        """Return where the caret is drawn at a place."""
        return self._layout.line_of(spot).line.x_of(spot)

    def _beside(self, spot: Spot, *, leftwards: bool) -> Spot:
        placed = self._layout.line_of(spot)
        x = placed.line.x_of(spot)
        found = placed.line.left_of(x) if leftwards else placed.line.right_of(x)
        if found is None:
            forwards = leftwards == self._runs_left(spot)
            return self._next_line(placed, spot) if forwards else self._previous_line(placed, spot, leftwards=leftwards)
        wrapped = found.after and found.position == placed.line.end and self._is_wrapped(placed)
        return Spot(found.position) if wrapped else found

    def _next_line(self, placed: Placed, spot: Spot) -> Spot:
        below = self._layout.neighbour(placed, 1)
        return Spot(below.line.start) if below else spot

    def _previous_line(self, placed: Placed, spot: Spot, *, leftwards: bool) -> Spot:
        """Return the end of the line above; where that line is wrapped, the place before its last grapheme."""
        above = self._layout.neighbour(placed, -1)
        if above is None:
            return spot
        end = Spot(above.line.end, after=True)
        if not self._is_wrapped(above):
            return end
        x = above.line.x_of(end)
        return (above.line.left_of(x) if leftwards else above.line.right_of(x)) or end

    def _word(self, spot: Spot, *, leftwards: bool) -> Spot:
        offset = self._offsets.to_code_points(spot.position)
        if leftwards == self._runs_left(spot):
            return Spot(self._offsets.to_utf16(next_word(self._text, offset)), after=True)
        return Spot(self._offsets.to_utf16(previous_word(self._text, offset)))

    def _vertical(self, spot: Spot, by: int, column: float) -> Spot:
        target = self._layout.neighbour(self._layout.line_of(spot), by)
        return target.line.spot_at(column) if target else (self._last() if by > 0 else Spot(0))

    def _page(self, spot: Spot, by: float, column: float) -> Spot:
        top = self._layout.line_of(spot).top
        self._layout.settle(min(top, top + by), max(top, top + by))
        target = self._layout.line_at(self._layout.line_of(spot).top + by + self._layout.metrics.pitch / 2)
        return target.line.spot_at(column) if target else spot

    def _paragraph(self, spot: Spot, by: int) -> Spot:
        """Return the start of this or the next paragraph that is not empty."""
        offset = self._offsets.to_code_points(spot.position)
        text = self._text
        if by > 0:
            after = text.find("\n", offset)
            while 0 <= after < len(text) - 1 and text[after + 1] == "\n":
                after += 1
            return Spot(self._offsets.to_utf16(after + 1)) if after >= 0 else self._last()
        before = offset
        while before > 0 and text[before - 1] == "\n":
            before -= 1
        return Spot(self._offsets.to_utf16(text.rfind("\n", 0, before) + 1))

    def _last(self) -> Spot:
        return Spot(self._offsets.length16, after=True)

    def _runs_left(self, spot: Spot) -> bool:
        return self._layout.piece(spot.position).direction == "rtl"

    def _is_wrapped(self, placed: Placed) -> bool:
        piece = self._layout.piece(placed.line.start)
        return placed.line.end < piece.end or not piece.ends_paragraph
