"""Two texts side by side with their differences marked; scrolling one takes the other along."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from annotator import Article
from ui.boilerplate import boilerplate_names
from ui.copies.difference import Comparison, Span
from ui.copies.linked import LinkedScrolling
from ui.elided import ElidedLabel
from ui.page.view import PageView
from ui.translate import running, tr

_POINTS_LESS = 2.0


class Twins(QWidget):
    """Shows two texts. `moved` tells which difference is shown (from 0; -1 for none) and how many there are."""

    moved = Signal(int, int)

    def __init__(self, *, family: str, points: float) -> None:
        super().__init__()
        self._pages, self._titles = (PageView(), PageView()), (ElidedLabel(), ElidedLabel())
        self._comparison = Comparison("", "")
        self._now = -1
        self._linked = LinkedScrolling(self._pages, lambda offset, side: self._comparison.place(offset, side=side))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        names = (tr("This article"), tr("The other one"))
        for side, (page, title) in enumerate(zip(self._pages, self._titles, strict=True)):
            page.setAccessibleName(names[side])
            page.set_reading(family, max(points - _POINTS_LESS, 9.0))
            page.set_margin(False)
            title.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(title, 0, side)
            grid.addWidget(page, 1, side)
            grid.setColumnStretch(side, 1)

    def show_articles(self, articles: tuple[Article, Article], titles: tuple[str, str], comparison: Comparison) -> None:
        """Show the texts of two articles and how they compare, at their first difference."""
        self._comparison, self._now = comparison, -1
        with self._linked.apart():
            for page, title, article, words in zip(self._pages, self._titles, articles, titles, strict=True):
                page.show_article(article.text)
                page.set_boilerplate(article.boilerplate, boilerplate_names())
                page.setAccessibleName(words)
                title.setText(running(words))
        self._show(0 if comparison.differences else -1)

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) difference, round and round."""
        count = len(self._comparison.differences)
        if count:
            self._show((self._now + by) % count)

    def pages(self) -> tuple[PageView, PageView]:
        """Return the two pages."""
        return self._pages

    def said(self) -> str:
        """Return the difference that is shown in words: what stands on either side."""
        differences = self._comparison.differences
        if not 0 <= self._now < len(differences):
            return ""
        shown = differences[self._now]
        words = [
            page.text[slice(*span)].strip() for page, span in zip(self._pages, (shown.one, shown.other), strict=True)
        ]
        return tr("First: {one}. Second: {other}.").format(
            one=_quoted(words[0]) or tr("nothing"), other=_quoted(words[1]) or tr("nothing")
        )

    # -- inside ---------------------------------------------------------------------------------------------------

    def _show(self, number: int) -> None:
        """Show one difference stronger and bring it into view on both sides, level with each other."""
        self._now = number
        differences = self._comparison.differences
        sides: tuple[Sequence[Span], Sequence[Span]] = (
            [one.one for one in differences],
            [one.other for one in differences],
        )
        with self._linked.apart():
            for page, spans in zip(self._pages, sides, strict=True):
                _mark(page, spans, number)
        self.moved.emit(number, len(differences))


def _mark(page: PageView, spans: Sequence[Span], number: int) -> None:
    """Mark the spans that are not empty; the caret goes to the one that is shown, so that it is found where it is empty."""
    there = [span for span in spans if span[0] < span[1]]
    shown = spans[number] if number >= 0 else None
    page.set_hits(there, there.index(shown) if shown in there else -1)
    if shown:
        page.set_caret(shown[0])
        page.reveal(min(shown[0], max(len(page.text) - 1, 0)))


def _quoted(words: str) -> str:
    return f"«{words}»" if words else ""
