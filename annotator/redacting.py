"""Redacting a project on its way to a writer: what the profile hides is gone from all that any writer gets.

One pass over register and annotations finds what is secret; then article by article is made anew. Ids of articles and
annotations are replaced in every redaction, because those that follow from a text or a name could be used to try out what
was hidden, and so is every order that followed from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from heapq import merge
from operator import attrgetter
from typing import TypeVar

from annotator.entities import Entity, Name
from annotator.errors import UnknownLabel
from annotator.frames import Relation
from annotator.model import (
    Apart,
    Assignment,
    AttributeValue,
    Copy,
    Label,
    LabelSet,
    MarkedProject,
    Reading,
    SavedFilter,
)
from annotator.pseudonyms import Pseudonyms
from annotator.redaction import FILTERS, PEOPLE, REGISTER, SAID, WITHOUT_NOTES, Profile
from annotator.reports import Reason
from annotator.selecting import ALL, FINAL, Selection
from annotator.store import queries, register, secrets
from annotator.store.database import Connection
from annotator.text.blackout import Blackout, covered
from annotator.writers.losses import Losses

_Told = TypeVar("_Told")
_Defined = TypeVar("_Defined", Label, AttributeValue)
COVERED_NOTE = "▇"
"""What stands for a reason that must not be empty."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """What is secret in a project under a profile.

    `texts` finds what is blacked out in news, `said` also the names of reviewers of one word: in news these are mostly words
    like others (محمد), and to black them all out would tell who is a reviewer. `hidden` are the ids of entities, `meant`
    those of them whose annotations are hidden too.
    """

    profile: Profile
    names: Pseudonyms
    texts: Blackout
    said: Blackout
    hidden: frozenset[str]
    meant: frozenset[str]


def secrets_of(connection: Connection, profile: Profile) -> Secrets:
    """Return what is secret in a project; raise UnknownLabel for a label that it does not have."""
    _need_labels(connection, profile)
    entities = list(register.all_entities(connection)) if profile.entities or profile.labels or profile.words else []
    standing = {entity.id: entity.merged_into or entity.id for entity in entities}
    meant = _meant(connection, profile, entities, standing)
    words = list(profile.words)
    words += (name.text for entity in entities if entity.id in meant for name in entity.names)
    words += secrets.words_linked(connection, meant)
    words += secrets.words_of_labels(connection, profile.labels) if profile.labels else ()
    people = secrets.people(connection)
    texts = Blackout([*words, *(name for name in people if profile.reviewers and len(name.split()) > 1)])
    said = Blackout([*words, *people]) if profile.reviewers else texts
    telling = {standing[entity.id] for entity in entities if _tells(entity, texts)}
    hidden = meant | {identity for identity, other in standing.items() if other in telling}
    key = profile.key.encode() or secrets.project_key(connection)
    return Secrets(profile, Pseudonyms(key, people), texts, said, frozenset(hidden), meant)


def _need_labels(connection: Connection, profile: Profile) -> None:
    known = [label.key for label in queries.labels(connection)]
    for label in sorted(profile.labels.difference(known)):
        raise UnknownLabel(label=label, known=", ".join(known))


def _meant(
    connection: Connection, profile: Profile, entities: list[Entity], standing: Mapping[str, str]
) -> frozenset[str]:
    """Return the entities that must not be told, with those that were merged into them."""
    found = {entity.id for entity in entities if entity.sensitive and profile.entities}
    if profile.labels:
        linked = secrets.entities_of_labels(connection, profile.labels)
        found |= {standing.get(identity, identity) for identity in linked}
    return frozenset(identity for identity, other in standing.items() if other in found)


def _tells(entity: Entity, texts: Blackout) -> bool:
    """Tell whether an entity has a secret in a name or in an id elsewhere: by its other ids one could look it up."""
    return any(texts.ranges(words) for words in (*(name.text for name in entity.names), *entity.external.values()))


class Counted:
    """Does to words, names and ids what a profile wants, and counts it. The counts are all that is told."""

    def __init__(self, secrets: Secrets, losses: Losses) -> None:
        self.secrets, self.profile = secrets, secrets.profile
        self._names, self._losses = secrets.names, losses
        self._people: set[str] = set()

    def count(self, reason: Reason, number: int = 1) -> None:
        """Count something for the report."""
        self._losses.add(reason, count=number)

    def reviewer(self, name: str) -> str:
        """Return what stands for a reviewer's name."""
        if not (self.profile.reviewers and name):
            return name
        if name not in self._people:
            self._people.add(name)
            self.count(PEOPLE)
        return self._names.reviewer(name)

    def selection(self, selection: Selection) -> Selection:
        """Return a selection in the ids and names that stand for those it was made with."""
        layer, named = selection.layer, self.profile.reviewers and selection.layer not in (ALL, FINAL)
        return replace(
            selection,
            articles=None if selection.articles is None else frozenset(map(self.article, selection.articles)),
            layer=self._names.reviewer(layer) if named else layer,
            removed={kind: tuple(self._removed(kind, one) for one in ids) for kind, ids in selection.removed.items()},
        )

    def _removed(self, kind: str, identity: str) -> str:
        """Return the id by which the receiver knows what was removed."""
        if kind == "article":
            return self.article(identity)
        if kind == "entity":
            return self.entity(identity)
        return self._names.identity("relation", identity) if kind == "relation" else self.annotation(identity)

    def note(self, note: str, *, instead: str = "") -> str:
        """Return what stands for a note; `instead` where there must be one."""
        if not note:
            return note
        if self.profile.notes:
            self.count(WITHOUT_NOTES)
            return instead
        return self.said(note)

    def said(self, words: str, reason: Reason = SAID) -> str:
        """Return words of the project's people without secrets."""
        return self._told(words, self.secrets.said.of(words), reason)

    def words(self, words: str, reason: Reason = SAID) -> str:
        """Return words of the news without secrets."""
        return self._told(words, self.secrets.texts.of(words), reason)

    def article(self, identity: str) -> str:
        """Return the id that stands for an article's."""
        return self._names.identity("article", identity)

    def annotation(self, identity: str) -> str:
        """Return the id that stands for an annotation's."""
        return self._names.identity("annotation", identity)

    def entity(self, identity: str) -> str:
        """Return the id that stands for an entity's if it is hidden, else its own: it may be that of a public list."""
        return self._names.identity("entity", identity) if identity in self.secrets.hidden else identity

    def entity_name(self, entity: Entity) -> Name:
        """Return what a hidden entity is called; one that was merged into another is called like that."""
        if self.profile.method == "block":
            return Name(covered(entity.name), entity.names[0].language)
        return Name(self._names.entity(entity.kind, entity.merged_into or entity.id))

    def relation(self, relation: Relation) -> Relation:
        """Return a relation between claims as it may be told."""
        return replace(
            relation,
            id=self._names.identity("relation", relation.id),
            a=self.annotation(relation.a),
            b=self.annotation(relation.b),
            note=self.note(relation.note),
            reviewer=self.reviewer(relation.reviewer),
        )

    def _told(self, before: str, after: str, reason: Reason) -> str:
        if after != before:
            self.count(reason)
        return after


def told_project(project: MarkedProject, counted: Counted) -> MarkedProject:
    """Return what belongs to no single article as it may be told; the articles come as they are, to be told one by one."""
    return replace(
        project,
        label_set=_label_set(project.label_set, counted) if project.label_set else None,
        entities=_entities(project.entities, counted),
        relations=_sorted((counted.relation(one) for one in project.relations), "id"),
        readings=_sorted((_reading(one, counted) for one in project.readings), "article", "reviewer"),
        assignments=_sorted((_assignment(one, counted) for one in project.assignments), "article", "reviewer"),
        copies=_sorted((_copy(one, counted) for one in project.copies), "article"),
        apart=_sorted((_apart(one, counted) for one in project.apart), "one", "other"),
        filters=_filters(project.filters, counted),
    )


def _sorted(found: Iterable[_Told], *fields: str) -> Iterator[_Told]:
    """Yield things in the order of their new ids and names: the old order would tell something of the old ones."""
    yield from sorted(found, key=attrgetter(*fields))


def _entities(entities: Iterable[Entity], counted: Counted) -> Iterator[Entity]:
    """Yield the register sorted by the new ids: the old place of an entity would tell how its old id begins."""
    hidden: list[Entity] = []
    shown: list[Entity] = []
    for entity in entities:
        (hidden if entity.id in counted.secrets.hidden else shown).append(entity)
    counted.count(REGISTER, len(hidden))
    told = sorted((_hidden(entity, counted) for entity in hidden), key=attrgetter("id"))
    yield from merge((_shown(entity, counted) for entity in shown), told, key=attrgetter("id"))


def _hidden(entity: Entity, counted: Counted) -> Entity:
    """Return an entity of which nothing is told but that it is there, what it is, and what was merged into it."""
    return Entity(
        counted.entity(entity.id),
        entity.kind,
        (counted.entity_name(entity),),
        entity.subtype,
        merged_into=counted.entity(entity.merged_into),
        sensitive=True,
    )


def _shown(entity: Entity, counted: Counted) -> Entity:
    return replace(
        entity,
        notes=counted.note(entity.notes),
        parent=counted.entity(entity.parent),
        merged_into=counted.entity(entity.merged_into),
    )


def _label_set(found: LabelSet, counted: Counted) -> LabelSet:
    attributes = tuple(
        replace(
            one, names=_by_language(one.names, counted), values=tuple(_defined(value, counted) for value in one.values)
        )
        for one in found.attributes
    )
    return LabelSet(found.version, tuple(_defined(label, counted) for label in found.labels), attributes)


def _defined(one: _Defined, counted: Counted) -> _Defined:
    return replace(
        one,
        names=_by_language(one.names, counted),
        guideline=_by_language(one.guideline, counted),
        example=counted.said(one.example),
        counter_example=counted.said(one.counter_example),
    )


def _by_language(texts: Mapping[str, str], counted: Counted) -> dict[str, str]:
    return {language: counted.said(text) for language, text in texts.items()}


def _reading(reading: Reading, counted: Counted) -> Reading:
    return replace(
        reading,
        article=counted.article(reading.article),
        reviewer=counted.reviewer(reading.reviewer),
        note=counted.note(reading.note),
    )


def _assignment(assignment: Assignment, counted: Counted) -> Assignment:
    return Assignment(counted.article(assignment.article), counted.reviewer(assignment.reviewer))


def _copy(copy: Copy, counted: Counted) -> Copy:
    return Copy(counted.article(copy.article), counted.article(copy.original))


def _apart(apart: Apart, counted: Counted) -> Apart:
    return Apart(*sorted((counted.article(apart.one), counted.article(apart.other))))


def _filters(filters: Iterable[SavedFilter], counted: Counted) -> Iterator[SavedFilter]:
    """Yield the saved filters that tell nothing: one with ▇ in it would find other articles under its old name."""
    for one in filters:
        if counted.secrets.said.ranges(f"{one.name}\n{one.query}"):
            counted.count(FILTERS)
        else:
            yield one
