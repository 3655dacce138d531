"""What an import brings besides articles and annotations: labels, attributes, frames, links, verdicts, entities, relations.

An import is a union: what is there already stays as it is, what is missing is added. Labels and attributes are written at the
end of a batch, because within one step each thing may get only one value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from typing import TypeVar

from annotator.decisions import Reviewer
from annotator.entities import Entity, Link
from annotator.frames import ClaimFrame, Relation, Verdict
from annotator.labels import plain_label, plain_value
from annotator.model import Apart, Assignment, Attribute, Copy, Label, LabelSet, Reading, SavedFilter
from annotator.readers.draft import Draft
from annotator.store import claims, queries, team
from annotator.store.clock import uuid_bytes, uuid_text
from annotator.store.database import Connection
from annotator.store.identity import (
    apart_id,
    assignment_id,
    attribute_id,
    copy_id,
    filter_id,
    frame_id,
    label_id,
    link_id,
    reading_id,
    relation_id,
    reviewer_id,
    verdict_id,
)
from annotator.store.log import StepWriter
from annotator.values import attribute_value, entity_value, frame_value, label_value

_Keyed = TypeVar("_Keyed", Label, Attribute)
OfQueue = Reading | Assignment | Copy | Apart | SavedFilter
"""What an import brings that is shown in the queue."""
_KINDS: dict[type, str] = {
    Reading: "reading", Assignment: "assignment", Copy: "copy", Apart: "apart", SavedFilter: "filter",
}  # fmt: skip


class Taker:
    """Takes into a project what hangs on annotations and what belongs to the whole; one serves one import."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        found = queries.label_set(connection)
        self._untouched = found.version == 1
        self._version = queries.newest_label_set_version(connection)
        self._labels = {label.key: label for label in found.labels}
        self._attributes = {attribute.key: attribute for attribute in found.attributes}
        self._dirty: set[str] = set()
        self._reviewers = set(queries.reviewers(connection))
        self._roles = set(team.given_roles(connection))
        self._joining: dict[str, dict[str, str]] = {}

    def take_label_set(self, given: LabelSet) -> None:
        """Take a label set over where the project's own was never changed; else add only what is missing."""
        if self._untouched:
            self._labels = self._replaced(self._labels, given.labels, "label")
            self._attributes = self._replaced(self._attributes, given.attributes, "attribute")
            self._version = max(self._version, given.version)
            return
        for label in given.labels:
            if label.key not in self._labels:
                self._add_label(label)
        for attribute in given.attributes:
            self._add_answers(attribute)

    def ensure_label(self, key: str) -> None:
        """Add a label of this key if there is none."""
        if key not in self._labels:
            self._add_label(plain_label(key, len(self._labels)))

    def ensure_reviewer(self, step: StepWriter, name: str) -> None:
        """Add a reviewer of this name if there is none."""
        if name not in self._reviewers:
            self._joining.setdefault(name, {"name": name})
            self._reviewers.add(name)

    def take_role(self, reviewer: Reviewer) -> None:
        """Give a reviewer a role if nobody gave them one yet."""
        if reviewer.name not in self._roles:
            self._joining[reviewer.name] = {"name": reviewer.name, "role": reviewer.role}
            self._reviewers.add(reviewer.name)
            self._roles.add(reviewer.name)

    def take_frame(self, step: StepWriter, frame: ClaimFrame) -> bool:
        """Give a claim its frame if it has none; tell whether it did."""
        identity = frame_id(frame.claim)
        if self._is_there(step, "frame", identity):
            return False
        for attribute in ("mode", "kind", "hedging"):
            self._ensure_value(attribute, getattr(frame, attribute))
        for one in frame.about:
            self._ensure_value("role", one.role)
        step.put("frame", frame_value(frame) | {"claim": frame.claim}, entity=identity)
        return True

    def take_link(self, step: StepWriter, link: Link) -> bool:
        """Link an annotation if it is not linked; tell whether it did."""
        identity = link_id(link.annotation)
        if self._is_there(step, "link", identity):
            return False
        value = {"annotation": link.annotation, "answer": link.answer, "entity": link.entity}
        step.put("link", value, entity=identity)
        return True

    def take_verdict(self, step: StepWriter, verdict: Verdict) -> bool:
        """Take a reviewer's verdict if that reviewer gave none; tell whether it did."""
        identity = verdict_id(verdict.claim, verdict.reviewer)
        if self._is_there(step, "verdict", identity):
            return False
        self.ensure_reviewer(step, verdict.reviewer)
        self._ensure_value("verdict", verdict.value)
        value = {"claim": verdict.claim, "reviewer": verdict.reviewer, "value": verdict.value, "reason": verdict.reason}
        value_now = value | {"updated_at": verdict.updated_at, "label_set": verdict.label_set}
        step.put("verdict", value_now, entity=identity)
        return True

    def take_entity(self, step: StepWriter, entity: Entity) -> bool:
        """Take an entity into the register if it is not there; tell whether it did."""
        identity = uuid_bytes(entity.id)
        if identity is None or self._is_there(step, "entity", identity):
            return False
        self._ensure_value(f"{entity.kind}_kind", entity.subtype)
        step.put("entity", entity_value(entity), entity=identity)
        return True

    def take_relation(self, step: StepWriter, relation: Relation) -> bool:
        """Take a reviewer's link between two claims if it is not there; tell whether it did."""
        identity = relation_id(relation.a, relation.type, relation.b, relation.reviewer)
        if self._is_there(step, "relation", identity):
            return False
        self.ensure_reviewer(step, relation.reviewer)
        self._ensure_value("relation", relation.type)
        value = {"a": relation.a, "type": relation.type, "b": relation.b, "note": relation.note}
        value_now = value | {"reviewer": relation.reviewer, "updated_at": relation.updated_at}
        step.put("relation", value_now, entity=identity)
        return True

    def take_of_queue(self, step: StepWriter, item: OfQueue) -> bool:
        """Take a state of reading, an assignment, a copy or a saved filter if there is none yet; tell whether it did."""
        kind, identity = told_as(item)[0], _id_of(item)
        if self._is_there(step, kind, identity):
            return False
        if isinstance(item, Reading | Assignment):
            self.ensure_reviewer(step, item.reviewer)
        step.put(kind, asdict(item), entity=identity)
        return True

    @property
    def label_set_version(self) -> int:
        """The version of the label set under which annotations without one come in."""
        return self._version

    def finish_batch(self, step: StepWriter) -> list[tuple[str, str]]:
        """Write the labels, attributes and reviewers that changed since the last batch; return by what they are told."""
        changed = [*self._changed("label", self._labels), *self._changed("attribute", self._attributes)]
        for kind, position, key in changed:
            if kind == "label":
                step.put(kind, label_value(self._labels[key], position), entity=label_id(key))
            else:
                step.put(kind, attribute_value(self._attributes[key], position), entity=attribute_id(key))
        for name, value in self._joining.items():
            step.put("reviewer", value, entity=reviewer_id(name))
        joined = [("reviewer", uuid_text(reviewer_id(name))) for name in self._joining]
        self._dirty.clear()
        self._joining.clear()
        return [*((kind, key) for kind, _, key in changed), *joined]

    # -- inside ---------------------------------------------------------------------------------------------------

    def _changed(self, kind: str, things: Iterable[str]) -> list[tuple[str, int, str]]:
        return [(kind, place, key) for place, key in enumerate(things) if f"{kind}:{key}" in self._dirty]

    def _is_there(self, step: StepWriter, kind: str, identity: bytes) -> bool:
        if step.is_new(identity):
            return step.has(identity)
        return step.has(identity) or claims.has(self._connection, kind, identity)

    def _replaced(self, own: dict[str, _Keyed], given: Iterable[_Keyed], kind: str) -> dict[str, _Keyed]:
        """Return the given ones in their order and behind them what only the project has."""
        after = {one.key: one for one in given}
        after |= {key: one for key, one in own.items() if key not in after}
        moved = zip(after, list(own) + [""] * len(after), strict=False)
        self._dirty |= {f"{kind}:{key}" for key, before in moved if key != before or after[key] != own.get(key)}
        return after

    def _add_label(self, label: Label) -> None:
        self._raise_version()
        self._labels[label.key] = replace(label, version=self._version, changed=self._version)
        self._dirty.add(f"label:{label.key}")

    def _add_answers(self, given: Attribute) -> None:
        own = self._attributes.get(given.key)
        if own is None:
            self._put_attribute(given)
            return
        known = {value.key for value in own.values}
        missing = tuple(value for value in given.values if value.key not in known)
        if missing:
            self._put_attribute(replace(own, values=(*own.values, *missing)))

    def _ensure_value(self, attribute: str, key: str) -> None:
        if key:
            own = self._attributes.get(attribute)
            names = own.names if own else {"ar": attribute, "en": attribute}
            self._add_answers(Attribute(attribute, names, (plain_value(key),)))

    def _put_attribute(self, attribute: Attribute) -> None:
        self._raise_version()
        self._attributes[attribute.key] = replace(attribute, version=self._version)
        self._dirty.add(f"attribute:{attribute.key}")

    def _raise_version(self) -> None:
        """Raise the version for the first addition of this import; the others belong to the same change."""
        if not self._raised:
            self._raised, self._version = True, self._version + 1

    _raised = False


def things_of(content: object) -> Iterator[bytes]:
    """Yield the ids of what hangs on a draft, so that they can be looked up all at once."""
    if not isinstance(content, Draft):
        return
    yield from (identity for one in content.annotations if (identity := uuid_bytes(one.id)))
    yield from (frame_id(one.claim) for one in content.frames)
    yield from (link_id(one.annotation) for one in content.links)
    yield from (verdict_id(one.claim, one.reviewer) for one in content.verdicts)


def told_as(item: OfQueue) -> tuple[str, str]:
    """Return the kind of a thing of the queue, and by what it is told."""
    kind = _KINDS[type(item)]
    if isinstance(item, SavedFilter):
        return kind, item.name
    return kind, item.one if isinstance(item, Apart) else item.article


def articles_of(item: OfQueue) -> tuple[str, ...]:
    """Return the articles that a thing of the queue speaks of."""
    if isinstance(item, SavedFilter):
        return ()
    if isinstance(item, Apart):
        return (item.one, item.other)
    return (item.article, item.original) if isinstance(item, Copy) else (item.article,)


def _id_of(item: OfQueue) -> bytes:
    if isinstance(item, Reading):
        return reading_id(item.article, item.reviewer)
    if isinstance(item, Assignment):
        return assignment_id(item.article, item.reviewer)
    if isinstance(item, Apart):
        return apart_id(item.one, item.other)
    return copy_id(item.article) if isinstance(item, Copy) else filter_id(item.name)
