"""The cards in the margin of a sheet: each on the sheet of its line, none over another, none beyond the sheet's edges.

A card has room for a few lines of what it says; where a sheet has many cards, for fewer, and those that do not fit at all
are left out. What is cut or left out is told, so that it can be given in full behind the article.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF

from ui.page.margin import GAP, WORDS_WIDTH, Card, card_height, piled
from ui.page.marks import Mark
from ui.page.metrics import CARD_WIDTH
from ui.page.paper.typeset import Typeset, embedded

_MOST_LINES = (6, 4, 2, 1)


@dataclass(frozen=True, slots=True)
class Wish:
    """A card that would like to stand at a height; `quote` is the whole text of its mark."""

    mark: Mark
    top: float
    quote: str


@dataclass(frozen=True, slots=True)
class Pile:
    """The cards of a sheet from top to bottom, and the ids of the marks whose card is cut or left out."""

    cards: tuple[Card, ...] = ()
    cut: frozenset[str] = frozenset()


def pile(wishes: Sequence[Wish], *, left: float, top: float, bottom: float, font: QFont) -> Pile:
    """Return the cards of one sheet, between two heights."""
    line_height = QFontMetricsF(font).height()
    for most in _MOST_LINES:
        fitted = [_fitted(wish, most, font) for wish in wishes]
        heights = [card_height(mark, line_height) for mark, _ in fitted]
        if sum(heights) + GAP * (len(heights) - 1) <= bottom - top:
            break
    count = _how_many(heights, bottom - top)
    tops = _within([max(wish.top, top) for wish in wishes[:count]], heights[:count], bottom)
    cards = tuple(
        Card(mark, QRectF(left, y, CARD_WIDTH, height))
        for (mark, _), y, height in zip(fitted[:count], tops, heights[:count], strict=True)
    )
    cut = frozenset(mark.id for at, (mark, whole) in enumerate(fitted) if at >= count or not whole)
    return Pile(cards, cut)


def full_words(card: Sequence[str], quote: str) -> list[str]:
    """Return the lines of a card; a quote that was shortened for the screen is whole again."""
    flat = " ".join(quote.split())
    return [f"«{flat}»" if _begins(line, flat) else line for line in card]


def is_quote(line: str, quote: str) -> bool:
    """Tell whether a line of a card says no more than the text of its mark."""
    return _begins(line, " ".join(quote.split()))


def _begins(line: str, flat: str) -> bool:
    return line.startswith("«") and flat.startswith(line.strip("«»… "))


def _fitted(wish: Wish, most: int, font: QFont) -> tuple[Mark, bool]:
    """Return a mark with its card's words broken into lines, at most so many for each, and whether nothing was cut."""
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    heading, *rest = full_words(wish.mark.card, wish.quote)
    parts = [Typeset(heading, bold, WORDS_WIDTH - 1.0, most=1)]
    parts += [Typeset(line, font, WORDS_WIDTH - 1.0, most=most) for line in rest]
    lines = tuple(embedded(words, part.direction) for part in parts for words in part.words())
    return replace(wish.mark, card=lines), all(part.is_whole for part in parts)


def _how_many(heights: Sequence[float], room: float) -> int:
    """Return how many of the cards, from the first on, have room on a sheet."""
    ends = accumulate(heights, lambda end, height: end + GAP + height)
    return sum(end <= room for end in ends)


def _within(wanted: Sequence[float], heights: Sequence[float], bottom: float) -> list[float]:
    """Return the tops of cards pushed down from each other, and up again from the sheet's lower edge."""
    tops, limit = piled(wanted, heights, level=None), bottom
    for at in range(len(tops) - 1, -1, -1):
        tops[at] = min(tops[at], limit - heights[at])
        limit = tops[at] - GAP
    return tops
