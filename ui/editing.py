"""What a reader does on the page: label a selection, move edges, go from mark to mark."""

from __future__ import annotations

from typing import Literal

from annotator.text.graphemes import next_border, next_word, previous_border, previous_word
from annotator.text.trimming import trim
from ui.page.view import PageView
from ui.session import Session


class Editing:
    """Turns the page's selection and the keys into wishes to the session."""

    def __init__(self, session: Session, page: PageView) -> None:
        self._session = session
        self._page = page

    def label(self, key: str) -> None:
        """Label the selected text; without one, give the selected annotation this label."""
        article, span = self._session.now.article, self._page.selected_span()
        selected = self._session.selected_annotation()
        if article and span:
            start, end = trim(article.text, *span)
            if start < end:
                self._page.set_caret(end)
                self._session.annotate(start, end, key)
        elif selected and selected.reviewer == self._session.now.reviewer:
            self._session.revise(selected.id, label=key)

    def move_edge(self, edge: Literal["start", "end"], by: int, *, words: bool) -> None:
        """Move an edge of the selected annotation by one grapheme or word; it never becomes empty."""
        article, selected = self._session.now.article, self._session.selected_annotation()
        if article is None or selected is None:
            return
        forwards, backwards = (next_word, previous_word) if words else (next_border, previous_border)
        moved = (forwards if by > 0 else backwards)(article.text, getattr(selected, edge))
        start, end = (moved, selected.end) if edge == "start" else (selected.start, moved)
        if start < end:
            self._session.revise(selected.id, start=start, end=end)

    def step(self, by: int) -> None:
        """Select the next or previous annotation; with none selected, the first one after the caret."""
        annotations = self._session.now.annotations
        ids = [annotation.id for annotation in annotations]
        if self._session.selected in ids:
            self._session.select(ids[(ids.index(self._session.selected) + by) % len(ids)])
        elif ids:
            caret = self._page.caret()
            after = [one.id for one in annotations if one.start >= caret] or ids
            before = [one.id for one in annotations if one.start < caret] or ids
            self._session.select(after[0] if by > 0 else before[-1])

    def remove(self) -> None:
        """Remove the selected annotation."""
        if self._session.selected:
            self._session.remove(self._session.selected)

    def leave(self) -> None:
        """Select nothing."""
        self._page.clear_selection()
        self._session.select(None)
