"""Carrying the annotations of an article over to its corrected version, with all that hangs on them.

Everybody's annotations are carried, each stays its reviewer's. The ids of the carried ones follow from the old ones, so that
carrying over twice, or on two machines, makes nothing double. What a frame points to and could not be carried stays in it by
its words, just as what was removed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TypeVar

from annotator.frames import ClaimFrame, Mention, Participant, Passage, Relation, SaidNumber, SaidTime, Speaker
from annotator.model import Annotation, Article
from annotator.store import claims, queries, register, veil
from annotator.store.clock import uuid_bytes, uuid_text
from annotator.store.database import Connection
from annotator.store.identity import carried_id, frame_id, link_id, relation_id, verdict_id
from annotator.store.log import StepWriter
from annotator.text.carrying import Carried, Carry, carried
from annotator.text.clitics import plain_form
from annotator.values import annotation_value, frame_value

_Spanned = TypeVar("_Spanned", Speaker, SaidTime, SaidNumber)
_Pointing = TypeVar("_Pointing", Mention, Participant)
_Touched = Iterator[tuple[str, str]]


@dataclass(slots=True)
class CarriedOver:
    """What was carried over: how many annotations, how many of these are to be confirmed, and those that could not be."""

    annotations: int = 0
    to_confirm: int = 0
    lost: list[Annotation] = field(default_factory=list)


class CarryingOver:
    """Carries what reviewers made of one article over to another, within a step."""

    def __init__(
        self, connection: Connection, step: StepWriter, old: Article, new: str, text: str, *, told: str | None = None
    ) -> None:
        """`told` is the reviewer who is told only of what they may see, or None for somebody who may see everything."""
        self._connection = connection
        self._step = step
        self._old = uuid_bytes(old.id) or b""
        self._new = new
        self._text = text
        self._carry: Carry = carried(old.text, text)
        self._ids: dict[str, str] = {}
        self._told = None if told is None or veil.is_done(connection, self._old, told) else told
        self._symmetric = {
            value.key for one in queries.attributes(connection) if one.key == "relation" for value in one.values
            if value.symmetric
        }  # fmt: skip
        self.report = CarriedOver()

    def run(self) -> _Touched:
        """Write everything; yield the kinds and the ids of what was touched."""
        for annotation in queries.annotations_of(self._connection, self._old):
            yield from self._annotation(annotation)
        yield from self._frames()
        yield from self._links()
        yield from self._verdicts()
        yield from self._relations()

    def _annotation(self, annotation: Annotation) -> _Touched:
        identity = carried_id(annotation.id, self._new)
        place = self._carry(annotation.start, annotation.end)
        is_told = self._told in (None, annotation.reviewer)
        if place is None:
            self.report.lost += [annotation] * is_told
        elif self._is_new(identity):
            self._ids[annotation.id] = uuid_text(identity)
            self._step.put_new("annotation", annotation_value(self._carried(annotation, place)), entity=identity)
            self.report.annotations += is_told
            self.report.to_confirm += is_told and not place.exact
            yield "annotation", uuid_text(identity)

    def _carried(self, old: Annotation, place: Carried) -> Annotation:
        quote = self._text[place.start : place.end]
        form = old.form if quote == old.quote or not old.form else plain_form(self._text, place.start, place.end)
        return old._replace(
            article=self._new, start=place.start, end=place.end, quote=quote, form=form, carried_from=old.id,
            to_confirm=not place.exact,
        )  # fmt: skip

    def _frames(self) -> _Touched:
        for claim, frame in claims.frames_of(self._connection, self._old).items():
            if claim in self._ids:
                own = self._ids[claim]
                value = frame_value(self._frame(frame)) | {"claim": own}
                self._step.put("frame", value, entity=frame_id(own))
                yield "frame", own

    def _frame(self, frame: ClaimFrame) -> ClaimFrame:
        return replace(
            frame,
            source=self._speaker(frame.source),
            via=self._speaker(frame.via),
            cue=tuple(self._passages(frame.cue)),
            about=tuple(map(self._pointing, frame.about)),
            places=tuple(map(self._pointing, frame.places)),
            time=self._spanned(frame.time) if frame.time else None,
            numbers=tuple(map(self._spanned, frame.numbers)),
            parent=self._ids.get(frame.parent, ""),
        )

    def _speaker(self, speaker: Speaker | None) -> Speaker | None:
        if speaker is None or speaker.kind == "outlet":
            return speaker
        if speaker.kind == "actor":
            return replace(speaker, annotation=self._id(speaker.annotation))
        return self._spanned(speaker)

    def _pointing(self, one: _Pointing) -> _Pointing:
        return replace(one, annotation=self._id(one.annotation))

    def _id(self, annotation: str) -> str:
        """Return the id of an annotation in the new article; of one that is not there, the id it would have."""
        return uuid_text(carried_id(annotation, self._new))

    def _passages(self, cue: tuple[Passage, ...]) -> Iterator[Passage]:
        for one in cue:
            place = self._carry(one.start, one.end)
            if place:
                yield Passage(place.start, place.end, self._text[place.start : place.end])

    def _spanned(self, one: _Spanned) -> _Spanned:
        """Return words with their place in the new text; where they are gone, the words without a place."""
        if one.start is None or one.end is None:
            return one
        place = self._carry(one.start, one.end)
        if place is None:
            return replace(one, start=None, end=None)
        return replace(one, start=place.start, end=place.end, words=self._text[place.start : place.end])

    def _links(self) -> _Touched:
        for annotation, link in register.links_of(self._connection, self._old).items():
            if annotation in self._ids:
                own = self._ids[annotation]
                value = {"annotation": own, "answer": link.answer, "entity": link.entity}
                self._step.put("link", value, entity=link_id(own))
                yield "link", own

    def _verdicts(self) -> _Touched:
        for claim, verdicts in claims.verdicts_of(self._connection, self._old).items():
            for one in verdicts if claim in self._ids else ():
                own = self._ids[claim]
                value = {"claim": own, "reviewer": one.reviewer, "value": one.value, "reason": one.reason}
                value_now = value | {"updated_at": one.updated_at, "label_set": one.label_set}
                self._step.put("verdict", value_now, entity=verdict_id(own, one.reviewer))
                yield "verdict", own

    def _relations(self) -> _Touched:
        met: set[str] = set()
        for claim in self._ids:
            for relation in claims.relations_of(self._connection, uuid_bytes(claim) or b""):
                if relation.id not in met:
                    met.add(relation.id)
                    yield self._relation(relation)

    def _relation(self, old: Relation) -> tuple[str, str]:
        a, b = self._ids.get(old.a, old.a), self._ids.get(old.b, old.b)
        if old.type in self._symmetric:
            a, b = min(a, b), max(a, b)
        identity = relation_id(a, old.type, b, old.reviewer)
        value = {"a": a, "type": old.type, "b": b, "note": old.note, "reviewer": old.reviewer}
        self._step.put("relation", value | {"updated_at": old.updated_at}, entity=identity)
        return "relation", uuid_text(identity)

    def _is_new(self, identity: bytes) -> bool:
        return not self._step.has(identity) and not self._step.log.head_of(identity)
