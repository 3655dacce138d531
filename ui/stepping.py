"""Going from annotation to annotation with a key: first all that lie where the reader is, then round the article.

Each is reached once in a round, also where annotations lie inside and across each other. The caret goes along, so that
reading goes on from there.
"""

from __future__ import annotations

from ui.page.view import PageView
from ui.session import Session


class Stepping:
    """Knows where a round began, until the caret is moved otherwise."""

    def __init__(self, session: Session, page: PageView) -> None:
        self._session, self._page = session, page
        self._began: tuple[int, list[str]] | None = None
        self._has_moved = False
        page.caret_moved.connect(self._leave)
        session.selection_changed.connect(self._hold)

    def step(self, by: int) -> None:
        """Select the next (1) or previous (-1) annotation."""
        began = self._began or (self._page.caret(), self._here())
        chosen = self._next(by, *began)
        mark = self._page.mark(chosen) if chosen else None
        if mark:
            self._session.select(mark.id)
            self._page.set_caret(mark.start)
            self._began, self._has_moved = began, False

    def _next(self, by: int, place: int, here: list[str]) -> str | None:
        everything = self._round(place, here)
        selected = self._session.selected
        if not everything:
            return None
        if selected in here or (selected in everything and not self._has_moved):
            return everything[(everything.index(selected) + by) % len(everything)]
        first = 0 if by > 0 or here else -1
        return everything[(first + by) % len(everything)] if everything[first] == selected else everything[first]

    def _round(self, place: int, here: list[str]) -> list[str]:
        """Return all annotations: those at a place, innermost first, then those after it, then those before it."""
        known, away = self._session.now.annotations, set(here)
        there = {one.id for one in known}
        others = [one for one in known if one.id not in away]
        ahead = [one.id for one in others if one.start >= place]
        behind = [one.id for one in others if one.start < place]
        return [*(one for one in here if one in there), *ahead, *behind]

    def _here(self) -> list[str]:
        """Return what lies under the last click, or else at the caret."""
        return self._page.marks_under_pointer() or self._page.marks_at(self._page.caret())

    def _leave(self) -> None:
        self._began, self._has_moved = None, True

    def _hold(self) -> None:
        self._has_moved = False
