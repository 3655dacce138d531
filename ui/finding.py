"""Finding in the shown article: as one types, with Arabic folding, and from hit to hit."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from functools import cache

from annotator.news import is_boilerplate
from annotator.text.fold import Finder
from ui.page.find_bar import FindBar
from ui.page.view import PageView
from ui.session import Session

_LONGEST = 60


class Finding:
    """Joins the find bar with the page; the text is searched in the worker's thread, so a long one never holds up."""

    def __init__(self, session: Session, page: PageView, bar: FindBar) -> None:
        self._session, self._page, self._bar = session, page, bar
        # Made in the worker's thread when it is first needed: folding a megabyte takes 0.2 s.
        self._finder: Callable[[], Finder] | None = None
        self._query, self._now = "", -1
        self._hits: list[tuple[int, int]] = []
        bar.sought.connect(self._seek)
        bar.moved.connect(self.move)
        bar.closed.connect(self.close)
        bar.everywhere_changed.connect(self.again)

    def open(self) -> None:
        """Show the find bar and put the keyboard into it."""
        span = self._page.selected_span()
        self._bar.show()
        self._bar.begin(self._page.text[slice(*span)] if span and span[1] - span[0] <= _LONGEST else "")

    def next(self, by: int) -> None:
        """Go to the next (1) or previous (-1) hit; without a search, begin one."""
        if self._bar.isVisible() and self._hits:
            self.move(by)
        else:
            self.open()

    def move(self, by: int) -> None:
        """Go from hit to hit, round and round."""
        if self._hits:
            self._show((self._now + by) % len(self._hits))

    def close(self) -> None:
        """Take the find bar and the hits away; the caret stays at the hit shown last."""
        if 0 <= self._now < len(self._hits):
            self._page.select_span(*self._hits[self._now])
        self._bar.hide()
        self._page.set_hits((), -1)
        self._page.setFocus()

    def restart(self) -> None:
        """Search the article that is shown now."""
        self._finder = None
        self._query, self._hits, self._now = "", [], -1
        self.again()

    def again(self) -> None:
        """Search once more: what is searched of the article has changed."""
        self._bar.offer_everywhere(bool(self._page.boilerplate))
        if self._bar.isVisible():
            self._seek(self._bar.query())

    def _seek(self, query: str) -> None:
        text, self._query = self._page.text, query
        finder = self._finder = self._finder or cache(lambda: Finder(text))
        self._session.run(lambda _: finder().find(query), lambda hits: self._take(query, finder, hits))

    def _take(self, query: str, finder: Callable[[], Finder], hits: list[tuple[int, int]]) -> None:
        if query != self._query or finder is not self._finder:
            return
        grey = () if self._bar.searches_everywhere else self._page.boilerplate
        self._hits = hits = [hit for hit in hits if not is_boilerplate(grey, *hit)] if grey else hits
        here = bisect_left([start for start, _ in hits], self._page.anchor())
        self._show(here % len(hits) if hits else -1)

    def _show(self, number: int) -> None:
        self._now = number
        self._page.set_hits(self._hits, number)
        self._bar.show_count(number + 1, len(self._hits))
