"""The register of a project: actors and places, and which annotations mean them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from annotator.entities import PRECISIONS, Candidate, Entity, Link, Name
from annotator.entity_index import Asked, EntityIndex
from annotator.errors import BadCoordinates, Nameless, UnknownEntity, UnknownValue, WrongKind
from annotator.model import ACTOR, PLACE, Annotation, Change
from annotator.open_project import UNCHANGED, OpenProject
from annotator.store import register
from annotator.store.clock import uuid_bytes, uuid_text
from annotator.store.identity import entity_id, link_id
from annotator.store.log import StepWriter
from annotator.values import entity_value

GivenNames = Iterable[Name | str | tuple[str, str]]
Kind = Literal["actor", "place"]
Progress = Callable[[int, int], None]
_MANY = 500
_TOLD = 500
_ANSWERS = ("unknown", "ambiguous")


class Register(OpenProject):
    """The part of the project that is about actors and places."""

    _index: EntityIndex | None = None

    def add_entity(
        self,
        kind: Kind,
        names: GivenNames,
        *,
        subtype: str = "",
        notes: str = "",
        external: Mapping[str, str] | None = None,
        latitude: float | None = None,
        longitude: float | None = None,
        precision: str = "unknown",
        parent: str = "",
        sensitive: bool = False,
    ) -> Entity:
        """Add an actor or a place; one with an external id that is there already is returned as it is.

        Raises Nameless, UnknownValue, BadCoordinates, UnknownEntity or WrongKind.
        """
        given = Entity(
            "", kind, _names(names), subtype, notes, external or {}, latitude, longitude, precision, parent,
            sensitive=sensitive,
        )  # fmt: skip
        return self.add_entities([given])[0]

    def add_entities(self, entities: Iterable[Entity], *, progress: Progress | None = None) -> list[Entity]:
        """Add actors and places in one step and return them; what has an external id that is there already stays as it is.

        Ids that are given only name parents among them, which stand before what lies in them. `progress` is told how many
        are done, and of how many. Raises as `add_entity`.
        """
        given = list(entities)
        inside = {entity.id for entity in given if entity.id}
        for kind, subtype in {(entity.kind, entity.subtype) for entity in given}:
            self._need_value(f"{kind}_kind", subtype)
        checked = [self._sound(replace(one, parent="") if one.parent in inside else one) for one in given]
        ids: dict[str, str] = {}
        made: list[str] = []
        with self._step("add_entity") as step:
            for entity, sound in zip(given, checked, strict=True):
                parent = ids.get(entity.parent) if entity.parent else None
                made.append(self._put_once(step, replace(sound, parent=parent or sound.parent)))
                ids[entity.id] = made[-1]
                if progress and len(made) % _TOLD == 0:
                    progress(len(made), len(given))
        added = tuple(uuid_text(operation.entity) for operation in step.operations)
        if added:
            self._tell_step(step, entity=added)
        return [self._standing(identity) for identity in made]

    def revise_entity(
        self,
        entity: str,
        *,
        names: GivenNames = UNCHANGED,
        subtype: str = UNCHANGED,
        notes: str = UNCHANGED,
        external: Mapping[str, str] = UNCHANGED,
        latitude: float | None = UNCHANGED,
        longitude: float | None = UNCHANGED,
        precision: str = UNCHANGED,
        parent: str = UNCHANGED,
        sensitive: bool = UNCHANGED,
    ) -> Entity:
        """Change what is given of an entity; nothing is written when nothing differs. Raises as `add_entity`."""
        given: dict[str, Any] = {"subtype": subtype, "notes": notes, "external": external, "latitude": latitude}
        given |= {"longitude": longitude, "precision": precision, "parent": parent, "sensitive": sensitive}
        given["names"] = names if names is UNCHANGED else _names(names)
        before = self._standing(entity)
        after = replace(before, **{name: value for name, value in given.items() if value is not UNCHANGED})
        return self._put_entity("revise_entity", before, self._checked(after))

    def set_sensitive(self, entities: Iterable[str], sensitive: bool = True) -> int:
        """Mark entities as sensitive, or no longer, in one step; return how many that changed. Raises UnknownEntity."""
        found = {entity.id: entity for entity in map(self._standing, entities)}
        changed = [entity for entity in found.values() if entity.sensitive != sensitive]
        if changed:
            with self._step("set_sensitive") as step:
                for entity in changed:
                    value = entity_value(replace(entity, sensitive=sensitive))
                    step.put("entity", value, entity=uuid_bytes(entity.id))
            self._tell_step(step, entity=tuple(entity.id for entity in changed))
        return len(changed)

    def merge_entities(self, keep: str, gone: str) -> Entity:
        """Have one entity take another's place: its names, ids and mentions become those of the first.

        The other stays as a sign that points to it. If one of the two is sensitive, so is what they become.
        Raises UnknownEntity or WrongKind.
        """
        kept, merged = self._standing(keep), self._standing(gone)
        if kept.kind != merged.kind:
            raise WrongKind(name=merged.name, kind=merged.kind, wanted=kept.kind)
        if kept.id == merged.id:
            return kept
        signs = [merged, *register.merged_into(self._connection, uuid_bytes(merged.id) or b"")]
        united = replace(
            kept,
            names=tuple(dict.fromkeys((*kept.names, *merged.names))),
            external={**merged.external, **kept.external},
            parent="" if kept.parent == merged.id else kept.parent,
            sensitive=kept.sensitive or merged.sensitive,
        )
        with self._step("merge_entities") as step:
            for sign in signs:
                value = entity_value(replace(sign, merged_into=kept.id))
                step.put("entity", value, entity=uuid_bytes(sign.id))
            step.put("entity", entity_value(united), entity=uuid_bytes(kept.id))
        self._tell_step(step, entity=(kept.id, *(sign.id for sign in signs)))
        return self.entity(kept.id)

    def split_entity(self, entity: str, mentions: Iterable[str], names: GivenNames) -> Entity:
        """Move some of one's own annotations from an entity to a new one of the same kind, with these names.

        Raises UnknownEntity, UnknownAnnotation, NotYours or Nameless.
        """
        before = self._standing(entity)
        moved = [self._own(mention) for mention in dict.fromkeys(mentions)]
        made = self._checked(Entity("", before.kind, _names(names), before.subtype, sensitive=before.sensitive))
        with self._step("split_entity") as step:
            identity = uuid_text(step.put("entity", entity_value(made)))
            for mention in moved:
                _put_link(step, Link(mention.id, "entity", identity))
        self._tell_step(step, entity=(identity, before.id), link=tuple(mention.id for mention in moved))
        return self.entity(identity)

    def entity(self, entity: str) -> Entity:
        """Return an entity, also one that was merged into another; raise UnknownEntity."""
        found = register.entity(self._connection, uuid_bytes(entity) or b"")
        if found is None:
            raise UnknownEntity(id=entity)
        return found

    def entities(self, *, kind: Kind | None = None) -> list[Entity]:
        """Return the entities of the register, of one kind or all; none that were merged into others."""
        return list(register.entities(self._connection, kind=kind))

    def link(self, annotation: str, to: str) -> Link:
        """Say whom one's own annotation means: the id of an entity, or `unknown` or `ambiguous`.

        Raises UnknownAnnotation, NotYours, UnknownEntity or WrongKind.
        """
        found = self._own(annotation)
        link = Link(found.id, to) if to in _ANSWERS else self._link_to(found, to)  # type: ignore[arg-type]
        if link != register.link(self._connection, uuid_bytes(found.id) or b""):
            with self._step("link") as step:
                _put_link(step, link)
            self._tell_step(step, link=(found.id,))
        return link

    def link_new(self, annotation: str, entity: Entity, *, within: Entity | None = None) -> Entity:
        """Add an entity, link one's own annotation to it, and return it: one step. `within` is the place it lies in.

        What has an external id and is there already is taken as it is. Raises UnknownAnnotation, NotYours and what
        `add_entity` raises.
        """
        found = self._own(annotation)
        made = self._checked(entity)
        around = self._checked(within) if within else None
        if found.label in (ACTOR, PLACE) and made.kind != found.label:
            raise WrongKind(name=made.name, kind=made.kind, wanted=found.label)
        with self._step("link_new") as step:
            outer = self._put_once(step, around) if around else ""
            identity = self._put_once(step, replace(made, parent=outer or made.parent))
            _put_link(step, Link(found.id, "entity", identity))
        touched = tuple(filter(None, (outer, identity)))
        self._tell_step(step, entity=touched, link=(found.id,))
        return self.entity(identity)

    def unlink(self, annotation: str) -> None:
        """Take the link off one's own annotation. Raises UnknownAnnotation or NotYours."""
        found = self._own(annotation)
        if register.link(self._connection, uuid_bytes(found.id) or b""):
            with self._step("unlink") as step:
                step.put("link", None, entity=link_id(found.id))
            self._tell_step(step, link=(found.id,))

    def links(self, article: str) -> dict[str, Link]:
        """Return what an article's annotations are linked to, by the ids of these; raise UnknownArticle."""
        return register.links_of(self._connection, self._article_bytes(article))

    def mentions(self, entity: str) -> list[Annotation]:
        """Return the annotations of the whole project that mean an entity; raise UnknownEntity."""
        return register.mentions(self._connection, uuid_bytes(self._standing(entity).id) or b"")

    def mention_counts(self) -> dict[str, int]:
        """Return how many annotations mean each entity; entities that none means are left out."""
        return register.mention_counts(self._connection)

    def find_entities(
        self, query: str, *, kind: Kind | None = None, near: str | None = None, limit: int = 20
    ) -> list[Candidate]:
        """Return the entities whose names fit typed letters, best first.

        `near` is the annotation that is to be linked: its words, its article and, unless `kind` says otherwise, its label
        count too; with an empty query they alone. The first call reads the register into memory.
        """
        found = self.annotation(near) if near else None
        wanted = kind or (found.label if found and found.label in (ACTOR, PLACE) else None)
        words, article = (found.words, found.article) if found else ("", "")
        return self._ready_index().find(Asked(query, wanted, words, article, limit))

    # -- inside ---------------------------------------------------------------------------------------------------

    def _tell(self, change: Change) -> None:
        self._bring_index_up(change)
        super()._tell(change)

    def _draw_veil(self) -> bool:
        hidden = super()._draw_veil()
        if hidden:
            self._index = None  # it may know links that are hidden now, or lack some that are not any more
        return hidden

    def _ready_index(self) -> EntityIndex:
        if self._index is None:
            self._index = EntityIndex()
            self._index.fill(register.entities(self._connection), register.linked_words(self._connection))
        return self._index

    def _bring_index_up(self, change: Change) -> None:
        """Tell the index of a change; after a great one it is made anew when it is next asked."""
        entities, links = change.ids.get("entity", ()), {*change.ids.get("link", ()), *change.ids.get("annotation", ())}
        if self._index is None or not (entities or links):
            return
        if "article" in change.ids or len(entities) + len(links) > _MANY:
            self._index = None
            return
        self._bring_entities_up(self._index, entities)
        for annotation in links:
            self._index.drop_link(annotation)
        for link in register.linked_words(self._connection, links):
            self._index.put_link(*link)

    def _bring_entities_up(self, index: EntityIndex, entities: Sequence[str]) -> None:
        found = {one: register.entity(self._connection, uuid_bytes(one) or b"") for one in entities}
        if any(entity is None or entity.merged_into or not index.has(one) for one, entity in found.items()):
            # Links that mean an entity which went, came back or was merged are read as another one now.
            index.move_links(register.linked_words(self._connection))
        for one, entity in found.items():
            if entity is None or entity.merged_into:
                index.drop(one)
            else:
                index.put(entity)

    def _standing(self, entity: str) -> Entity:
        """Return an entity, or the one that took its place."""
        found = self.entity(entity)
        return self.entity(found.merged_into) if found.merged_into else found

    def _link_to(self, annotation: Annotation, entity: str) -> Link:
        found = self._standing(entity)
        if annotation.label in (ACTOR, PLACE) and found.kind != annotation.label:
            raise WrongKind(name=found.name, kind=found.kind, wanted=annotation.label)
        return Link(annotation.id, "entity", found.id)

    def _put_once(self, step: StepWriter, entity: Entity) -> str:
        """Write an entity unless one with its external id is there, and return the id of the one that stands."""
        identity = _derived_id(entity)
        if identity and (step.has(identity) or register.entity(self._connection, identity)):
            return uuid_text(identity) if step.has(identity) else self._standing(uuid_text(identity)).id
        return uuid_text(step.put("entity", entity_value(entity), entity=identity))

    def _put_entity(self, action: str, before: Entity, after: Entity) -> Entity:
        if after != before:
            with self._step(action) as step:
                step.put("entity", entity_value(after), entity=uuid_bytes(before.id))
            self._tell_step(step, entity=(before.id,))
        return self.entity(before.id)

    def _checked(self, entity: Entity) -> Entity:
        """Return an entity with the id of its parent made sure; raise what is wrong with it."""
        self._need_value(f"{entity.kind}_kind", entity.subtype)
        return self._sound(entity)

    def _sound(self, entity: Entity) -> Entity:
        """Return an entity of which everything but its kind has been looked at."""
        if not entity.names or not all(name.text.strip() for name in entity.names):
            raise Nameless
        if entity.precision not in PRECISIONS:
            known = ", ".join(PRECISIONS)
            raise UnknownValue(attribute="precision", value=entity.precision, known=known)
        _check_point(entity)
        return replace(entity, merged_into="", parent=self._checked_parent_place(entity) if entity.parent else "")

    def _checked_parent_place(self, entity: Entity) -> str:
        parent = self._standing(entity.parent)
        if parent.kind != entity.kind or parent.id == entity.id:
            raise WrongKind(name=parent.name, kind=parent.kind, wanted=entity.kind)
        return parent.id


def _names(given: GivenNames) -> tuple[Name, ...]:
    names = (one if isinstance(one, Name) else Name(one) if isinstance(one, str) else Name(*one) for one in given)
    return tuple(dict.fromkeys(names))


def _check_point(entity: Entity) -> None:
    latitude, longitude = entity.latitude, entity.longitude
    whole = (latitude is None) == (longitude is None)
    on_map = latitude is None or longitude is None or (-90 <= latitude <= 90 and -180 <= longitude <= 180)
    if not (whole and on_map):
        raise BadCoordinates(latitude=latitude, longitude=longitude)


def _derived_id(entity: Entity) -> bytes | None:
    """Return the id that follows from an external one, so that two machines give the same place the same id."""
    scheme = min(entity.external, default=None)
    return entity_id(entity.kind, scheme, entity.external[scheme]) if scheme else None


def _put_link(step: StepWriter, link: Link) -> None:
    value = {"annotation": link.annotation, "answer": link.answer, "entity": link.entity}
    step.put("link", value, entity=link_id(link.annotation))
