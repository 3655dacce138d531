"""The claim frame of the selected claim, to be read and filled in by keyboard, by mouse, or by pointing on the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QPushButton, QVBoxLayout, QWidget

from annotator import Annotation
from annotator.frames import ClaimFrame, SaidNumber, SaidTime, Speaker, Verdict
from annotator.model import Attribute
from annotator.text.dates import offered_time
from annotator.text.publication import day_of
from ui.frame.rows import Choice, Item, PartRow, choice_box
from ui.frame.verdict import VerdictRow
from ui.pointing import Part, Slot, slots
from ui.session import Session
from ui.translate import language, tr

ATTRIBUTES = ("mode", "kind", "hedging")


class FrameEditor(QWidget):
    """Shows a claim's frame; `asked` names the part that is to be pointed at on the page."""

    asked = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._claim: Annotation | None = None
        self._rows = {slot.part: self._row(slot) for slot in slots()}
        self._outlet = QPushButton(tr("The outlet itself says it"))
        self._outlet.clicked.connect(lambda: self._store(source="outlet"))
        self._attributes = QFormLayout()
        self._verdict = VerdictRow()
        self._verdict.judged.connect(self._judge)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part, row in self._rows.items():
            column.addWidget(row)
            if part == "source":
                column.addWidget(self._outlet)
            if part == "cue":
                column.addLayout(self._attributes)
        column.addWidget(self._verdict)

    def show_claim(self, claim: Annotation, *, editable: bool) -> None:
        """Show the frame of a claim as the session holds it."""
        now, self._claim = self._session.now, claim
        frame = now.frames.get(claim.id) or ClaimFrame(claim.id)
        for part, items in self._items(frame).items():
            self._rows[part].show_items(items, editable=editable)
        self._outlet.setVisible(frame.source is None)
        self._outlet.setEnabled(editable)
        self._show_attributes(frame, editable=editable)
        self._verdict.show_verdicts(self._own_verdict(), self._other_verdicts(), self._choices("verdict"))

    def show_asking(self, part: str) -> None:
        """Show which part is being asked for on the page; none when empty."""
        for key, row in self._rows.items():
            row.set_asking(key == part)

    # -- inside ---------------------------------------------------------------------------------------------------

    def _row(self, slot: Slot) -> PartRow:
        row = PartRow(slot.name, slot.keys)
        row.asked.connect(lambda: self.asked.emit(slot.part))
        row.removed.connect(lambda number: self._take_out(slot.part, number))
        row.answered.connect(lambda number, answer: self._answer(slot.part, number, answer))
        return row

    def _items(self, frame: ClaimFrame) -> Mapping[Part, list[Item]]:
        time, roles = frame.time, self._choices("role")
        return {
            "source": _speaker_items(frame.source),
            "via": _speaker_items(frame.via),
            "cue": [Item(one.quote) for one in frame.cue],
            "about": [Item(one.words, one.removed, roles, one.role) for one in frame.about],
            "places": [Item(one.words, one.removed) for one in frame.places],
            "time": [self._time_item(time)] if time else [],
            "numbers": [
                Item(one.words or str(one.value), typed=f"{one.value:g} {one.unit}".strip(), hint=tr("6 fighters"))
                for one in frame.numbers
            ],
            "parent": [Item(self._quote(frame.parent))] if frame.parent else [],
        }

    def _time_item(self, time: SaidTime) -> Item:
        """Return a time; while it has no value, with what its words mean in an article of its day."""
        article = self._session.now.article
        day = day_of(article.date) if article and not time.value else None
        offer = (offered_time(time.words, day) or "") if day else ""
        return Item(time.words or time.value, typed=time.value, hint=tr("2026-01-16"), offer=offer)

    def _show_attributes(self, frame: ClaimFrame, *, editable: bool) -> None:
        while self._attributes.rowCount():
            self._attributes.removeRow(0)
        for key in ATTRIBUTES:
            attribute = self._attribute(key)
            if attribute:
                name, chosen = _name(attribute.names, key), getattr(frame, key)
                box = choice_box(name, self._choices(key), chosen, partial(self._store_attribute, key))
                box.setEnabled(editable)
                self._attributes.addRow(name, box)

    def _take_out(self, part: Part, number: int) -> None:
        frame = self._frame()
        if part in ("source", "via", "time", "parent"):
            self._store(**{part: None})
        else:
            kept = [one for at, one in enumerate(getattr(frame, part)) if at != number]
            self._store(**{part: kept})

    def _answer(self, part: Part, number: int, answer: str) -> None:
        """Store what was chosen or typed about an item: the role of an actor, what a time means, how many of what."""
        frame = self._frame()
        if part == "about":
            self._store(about=_replaced(frame.about, number, lambda one: (one.annotation, answer)))
        elif part == "time" and frame.time:
            time = frame.time
            self._store(time=answer if time.start is None else (time.start, time.end, answer))
        elif part == "numbers":
            self._store(numbers=_replaced(frame.numbers, number, lambda one: _renumbered(one, answer)))

    def _store_attribute(self, key: str, value: str) -> None:
        self._store(**{key: value})

    def _store(self, **parts: Any) -> None:
        claim = self._claim
        if claim:
            self._session.when_idle(lambda: self._session.frame(claim.id, **parts))

    def _judge(self, verdict: str, reason: str) -> None:
        claim = self._claim
        if claim:
            self._session.when_idle(lambda: self._session.judge(claim.id, verdict, reason))

    def _frame(self) -> ClaimFrame:
        claim = self._claim.id if self._claim else ""
        return self._session.now.frames.get(claim) or ClaimFrame(claim)

    def _verdicts(self) -> tuple[Verdict, ...]:
        return self._session.now.verdicts.get(self._claim.id, ()) if self._claim else ()

    def _own_verdict(self) -> Verdict | None:
        return next((one for one in self._verdicts() if one.reviewer == self._session.now.reviewer), None)

    def _other_verdicts(self) -> list[Verdict]:
        return [one for one in self._verdicts() if one.reviewer != self._session.now.reviewer]

    def _attribute(self, key: str) -> Attribute | None:
        label_set = self._session.now.label_set
        return next((one for one in label_set.attributes if one.key == key), None) if label_set else None

    def _choices(self, key: str) -> list[Choice]:
        attribute = self._attribute(key)
        return [Choice(one.key, _name(one.names, one.key)) for one in attribute.values] if attribute else []

    def _quote(self, claim: str) -> str:
        return next((one.quote for one in self._session.now.annotations if one.id == claim), "")


def _speaker_items(speaker: Speaker | None) -> list[Item]:
    if speaker is None:
        return []
    words = {"outlet": tr("the outlet itself"), "unnamed": tr("unnamed: {words}").format(words=speaker.words)}
    return [Item(words.get(speaker.kind, speaker.words), speaker.removed)]


def _replaced(items: Sequence[Any], number: int, change: Any) -> list[Any]:
    return [change(one) if at == number else one for at, one in enumerate(items)]


def _renumbered(number: SaidNumber, typed: str) -> SaidNumber:
    """Return a number with the value and unit that were typed; what is no number leaves it as it is."""
    figure, _, unit = typed.strip().partition(" ")
    try:
        value = float(figure.replace(",", "."))
    except ValueError:
        return number
    whole = int(value) if value == int(value) else value
    return SaidNumber(whole, unit.strip(), number.words, number.start, number.end)


def _name(names: Mapping[str, str], key: str) -> str:
    return names.get(language()) or names.get("en") or key
