"""What a reader does on the page: label a selection, move edges, take clitics in and out, remove."""

from __future__ import annotations

from typing import Literal

from annotator.text.clitics import Reading, offered, readings, toggled
from annotator.text.graphemes import next_border, next_word, previous_border, previous_word
from annotator.text.trimming import trim
from ui.page.view import PageView
from ui.session import Session

Edge = Literal["start", "end"]


class Editing:
    """Turns the page's selection and the keys into wishes to the session."""

    def __init__(self, session: Session, page: PageView) -> None:
        self._session = session
        self._page = page
        self._reading: Reading | None = None

    def label(self, key: str) -> None:
        """Label the selected text; without one, give the selected annotation this label."""
        article, span = self._session.now.article, self._page.selected_span()
        selected = self._session.selected_annotation()
        if article and span:
            start, end = trim(article.text, *span)
            if start < end:
                form = self._form_of(start, end)
                self._page.set_caret(end)
                self._session.annotate(start, end, key, form=form)
        elif selected and self._session.owns_selected():
            self._session.revise(selected.id, label=key)

    def move_edge(self, edge: Edge, by: int, *, words: bool) -> None:
        """Move an edge of the selected annotation by one grapheme or word; it never becomes empty.

        By word it comes to stand at a word, not at the space before or after it.
        """
        article, selected = self._session.now.article, self._session.selected_annotation()
        if article is None or selected is None:
            return
        forwards, backwards = (next_word, previous_word) if words else (next_border, previous_border)
        moved = (forwards if by > 0 else backwards)(article.text, getattr(selected, edge))
        start, end = (moved, selected.end) if edge == "start" else (selected.start, moved)
        if words and start < end:
            trimmed = trim(article.text, start, end)
            start, end = (trimmed[0], end) if edge == "start" else (start, trimmed[1])
        if start < end:
            self._session.revise(selected.id, start=start, end=end)

    def resize(self, identity: str, start: int, end: int) -> None:
        """Give an annotation the span to which its edge was dragged."""
        self._session.revise(identity, start=start, end=end)

    # -- clitics --------------------------------------------------------------------------------------------------

    def toggle_clitic(self) -> None:
        """Put the clitic at the beginning of the selection or the selected annotation in or out."""
        span = self.span()
        reading = toggled(self._page.text, *span) if span else None
        if reading:
            self.read_as(reading)

    def readings(self) -> tuple[Reading, ...]:
        """Return the ways in which the beginning of the selection or the selected annotation can be read."""
        span = self.span()
        return readings(self._page.text, *span) if span else ()

    def offer(self) -> Reading | None:
        """Return what the clitic key would do with the selected text, if that is sure enough to be offered."""
        span = self._page.selected_span()
        return offered(self._page.text, *span) if span else None

    def read_as(self, reading: Reading) -> None:
        """Take one of the readings: for the selected text, or else for the selected annotation."""
        selected = self._session.selected_annotation()
        if self._page.selected_span():
            self._reading = reading
            self._page.select_span(reading.start, reading.end)
        elif selected and self._session.owns_selected():
            self._session.revise(selected.id, start=reading.start, end=reading.end, form=reading.form)

    def form(self) -> str:
        """Return the plain form that belongs to the span, if it has one."""
        selected, reading, span = self._session.selected_annotation(), self._reading, self._page.selected_span()
        if span:
            return reading.form if reading and (reading.start, reading.end) == span else ""
        return selected.form if selected else ""

    def span(self) -> tuple[int, int] | None:
        """Return the selected text without white space around it, or else the span of the selected annotation."""
        span, selected = self._page.selected_span(), self._session.selected_annotation()
        if span:
            return trim(self._page.text, *span)
        return (selected.start, selected.end) if selected else None

    # -- the selected annotation ---------------------------------------------------------------------------------

    def remove(self) -> None:
        """Remove the selected annotation."""
        if self._session.selected:
            self._session.remove(self._session.selected)

    def confirm(self) -> None:
        """Say that the selected annotation, carried over from an earlier version of the article, is still right."""
        identity = self._session.selected
        if identity and self._session.owns_selected():
            self._session.change(lambda project: project.confirm(identity))

    def leave(self) -> None:
        """Give up what the mouse is dragging; when it drags nothing, select nothing."""
        was_dragging = self._page.let_go()
        self._page.clear_selection()
        if not was_dragging:
            self._session.select(None)

    def _form_of(self, start: int, end: int) -> str:
        """Return the plain form of the reading that was taken for this very span, if one was."""
        reading, self._reading = self._reading, None
        return reading.form if reading and (reading.start, reading.end) == (start, end) else ""
