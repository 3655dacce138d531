"""Filling a claim's frame by pointing: a key says which part is meant, then the reader shows it on the page.

While something is pointed at, a click on an annotation or a dragged selection is the answer; so is Enter, after Tab to a
candidate or Shift with the arrows. Esc ends it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from PySide6.QtCore import QObject, Signal

from annotator import Annotation
from annotator.frames import ClaimFrame
from annotator.news import is_boilerplate
from annotator.text.dates import offered_time
from annotator.text.numbers import numbers_in
from annotator.text.trimming import trim
from ui.page.view import PageView
from ui.session import Session
from ui.translate import tr

Part = Literal["source", "via", "cue", "about", "places", "time", "numbers", "parent"]
Wanted = Literal["actor", "place", "claim", "words"]


@dataclass(frozen=True, slots=True)
class Slot:
    """A part of a frame that can be pointed at: what is wanted, its keys, and what is asked."""

    part: Part
    wanted: Wanted
    keys: tuple[str, str]
    name: str
    question: str


def slots() -> list[Slot]:
    """Return the parts of a frame in the order of the inspector; the second key is that of the Arabic keyboard."""
    return [
        Slot(
            "source", "actor", ("S", "س"), tr("Who says it"), tr("Who says it? Click the actor, or select its words.")
        ),
        Slot("via", "actor", ("V", "ر"), tr("Through whom"), tr("Through whom? Click the actor, or select its words.")),
        Slot(
            "cue", "words", ("C", "ؤ"), tr("Words of saying"), tr("Select the words that say so: said, according to …")
        ),
        Slot("about", "actor", ("A", "ش"), tr("About"), tr("About whom? Click the actor, or select its words.")),
        Slot("places", "place", ("W", "ص"), tr("Where"), tr("Where? Click the place, or select its words.")),
        Slot("time", "words", ("T", "ف"), tr("When"), tr("Select the words that say when.")),
        Slot("numbers", "words", ("N", "ى"), tr("Numbers"), tr("Select a number with what it counts.")),
        Slot("parent", "claim", ("Q", "ض"), tr("Quoted in"), tr("Click the claim in which this one is quoted.")),
    ]


class Pointing(QObject):
    """Knows which part of which claim is being pointed at, and stores the answer."""

    changed = Signal()
    refused = Signal(str)

    def __init__(self, session: Session, page: PageView) -> None:
        super().__init__(page)
        self._session, self._page = session, page
        self._claim = ""
        self.slot: Slot | None = None
        page.span_taken.connect(self._take_span)
        session.selection_changed.connect(self._end_elsewhere)
        session.article_changed.connect(self.end)

    @property
    def is_active(self) -> bool:
        """Whether an answer is awaited."""
        return self.slot is not None

    def begin(self, part: Part) -> None:
        """Ask for a part of the selected claim's frame."""
        claim = self._session.selected_annotation()
        if claim and claim.label == "claim" and self._session.owns_selected():
            self._page.clear_selection()
            self._claim = claim.id
            self.slot = next(slot for slot in slots() if slot.part == part)
            self._page.setFocus()
            self.changed.emit()

    def end(self) -> None:
        """Ask for nothing any more."""
        if self.slot:
            self.slot = None
            self.changed.emit()

    def point_at(self, identity: str) -> None:
        """Take an annotation for the answer, or refuse it when it is none of the kind that was asked for."""
        annotation = self._find(identity)
        if self.slot is None or annotation is None or annotation.id == self._claim:
            return
        if self.slot.wanted == "words":
            self._answer_words(annotation.start, annotation.end)
        elif annotation.label == self.slot.wanted:
            self._answer(annotation.id)
        else:
            self.refused.emit(self.slot.question)

    def accept(self) -> None:
        """Take the selected words for the answer."""
        span = self._page.selected_span()
        if span:
            self._take_span(*span)

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) annotation that could be the answer, and show it as the selected words."""
        grey = self._page.boilerplate
        candidates = [
            (one.start, one.end) for one in self._candidates() if not is_boilerplate(grey, one.start, one.end)
        ]
        if candidates:
            span, caret = self._page.selected_span(), self._page.caret()
            if span in candidates:
                chosen = (candidates.index(span) + by) % len(candidates)
            else:
                after = next((at for at, one in enumerate(candidates) if one[0] >= caret), 0)
                chosen = after if by > 0 else after - 1
            self._page.select_span(*candidates[chosen])
            self._page.reveal(candidates[chosen][0])

    # -- inside ---------------------------------------------------------------------------------------------------

    def _candidates(self) -> Sequence[Annotation]:
        wanted = self.slot.wanted if self.slot else ""
        return [one for one in self._session.now.annotations if one.label == wanted and one.id != self._claim]

    def _take_span(self, start: int, end: int) -> None:
        """Take selected words: as they are, or as the annotation that they are or become."""
        if self.slot is None:
            return
        start, end = trim(self._page.text, start, end)
        if start >= end:
            return
        if self.slot.wanted == "words":
            self._answer_words(start, end)
            return
        known = next((one.id for one in self._candidates() if (one.start, one.end) == (start, end)), None)
        if known:
            self._answer(known)
        elif self.slot.wanted == "claim":
            self.refused.emit(self.slot.question)
        else:
            self._mark_and_answer(start, end)

    def _mark_and_answer(self, start: int, end: int) -> None:
        """Mark the words with the label that was asked for, and take the new annotation for the answer."""
        slot, claim, article = self.slot, self._claim, self._session.now.article
        if slot and article:
            self._page.clear_selection()
            self.end()
            self._session.change(
                lambda project: project.annotate(article.id, start, end, slot.wanted),
                then=lambda made: self._store(claim, slot.part, made.id),
            )

    def _answer_words(self, start: int, end: int) -> None:
        slot = self.slot
        if slot:
            text = self._page.text
            make = {"time": _time, "numbers": _number}.get(slot.part, _span)
            self._answer(make(text, start, end))

    def _answer(self, answer: Any) -> None:
        slot, claim = self.slot, self._claim
        self._page.clear_selection()
        self.end()
        if slot:
            self._store(claim, slot.part, answer)

    def _store(self, claim: str, part: Part, answer: Any) -> None:
        frame = self._session.now.frames.get(claim) or ClaimFrame(claim)
        parts: dict[Part, Any] = {
            "cue": [*((one.start, one.end) for one in frame.cue), answer],
            "about": [*frame.about, (answer, "mentioned")],
            "places": [*frame.places, answer],
            "numbers": [*frame.numbers, answer],
        }
        self._session.frame(claim, **{part: parts.get(part, answer)})

    def _end_elsewhere(self) -> None:
        if self._session.selected != self._claim:
            self.end()

    def _find(self, identity: str) -> Annotation | None:
        return next((one for one in self._session.now.annotations if one.id == identity), None)


def _span(text: str, start: int, end: int) -> tuple[int, int]:
    return start, end


def _time(text: str, start: int, end: int) -> tuple[int, int, str]:
    """Return the words with the date they mean on whatever day the article was written.

    What "today" means in an article with a date is offered beside it in the inspector, for the reader to take.
    """
    meant = {offered_time(text[start:end], day) for day in (date(1950, 6, 15), date(2050, 12, 15))}
    return start, end, (meant.pop() or "") if len(meant) == 1 else ""


def _number(text: str, start: int, end: int) -> tuple[int, int, int | float, str]:
    """Return the words with the first number in them and its unit; 0 where none is found, for the reader to put right."""
    found = next(numbers_in(text, start, end), None)
    return (start, end, found.value, found.unit) if found else (start, end, 0, "")
