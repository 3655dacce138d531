"""Going from annotation to annotation with a key: first all that lie where the reader is, then round the article.

Each is reached once in a round, also where annotations lie inside and across each other. The caret goes along, so that
reading goes on from there.
"""

from __future__ import annotations

from PySide6.QtCore import QObject

from annotator import Annotation
from annotator.news import is_boilerplate
from ui.page.view import PageView
from ui.session import Session


def waits(annotation: Annotation, reviewer: str) -> bool:
    """Tell whether an annotation waits for this reviewer to confirm it."""
    return annotation.to_confirm and annotation.reviewer == reviewer


class Stepping(QObject):
    """Knows where a round began, until the caret is moved otherwise."""

    def __init__(self, session: Session, page: PageView) -> None:
        super().__init__(page)
        self._session, self._page = session, page
        self._began: tuple[int, list[str]] | None = None
        self._has_moved = False
        page.caret_moved.connect(self._leave)
        session.selection_changed.connect(self._hold)

    def step(self, by: int) -> None:
        """Select the next (1) or previous (-1) annotation."""
        began = self._began or (self._page.caret(), self._here())
        chosen = self._next(by, *began)
        if chosen and self._go_to(chosen):
            self._began, self._has_moved = began, False

    def step_to_confirm(self) -> None:
        """Select the next of one's own annotations that wait to be confirmed, from the selected one or the caret on."""
        session, caret = self._session, self._page.caret()
        waiting = [one for one in session.now.annotations if waits(one, session.now.reviewer)]
        selected = session.selected_annotation()
        place = (selected.start, -selected.end, selected.id) if selected else (caret, -len(self._page.text), "")
        ahead = [one for one in waiting if (one.start, -one.end, one.id) > place]
        if waiting:
            self._go_to((ahead or waiting)[0].id)

    def _go_to(self, identity: str) -> bool:
        """Select an annotation and bring the caret and the view there; tell whether the page shows it."""
        mark = self._page.mark(identity)
        if mark:
            self._session.select(mark.id)
            self._page.set_caret(mark.start)
            self._page.reveal(mark.start)
        return mark is not None

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
        """Return all annotations of the news: those at a place, innermost first, then those after it and those before it.

        Page boilerplate is passed over, but for what lies at the place itself.
        """
        known, away = self._session.now.annotations, set(here)
        grey = self._page.boilerplate
        there = {one.id for one in known}
        others = [one for one in known if one.id not in away and not is_boilerplate(grey, one.start, one.end)]
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
