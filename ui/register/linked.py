"""What the annotations of the shown article are linked to: a part of the session's snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator import Article, Change, Project
from annotator.entities import Entity, Link
from ui.translate import isolated, tr


@dataclass(frozen=True, slots=True)
class Linked:
    """The links of the shown article by annotation, and the entities that they name by their ids."""

    links: Mapping[str, Link] = field(default_factory=dict)
    entities: Mapping[str, Entity] = field(default_factory=dict)

    def entity_of(self, annotation: str) -> Entity | None:
        """Return the entity that an annotation means, or None."""
        link = self.links.get(annotation)
        return self.entities.get(link.entity) if link else None

    def words_of(self, annotation: str) -> str:
        """Return what an annotation was linked to in words, or an empty text."""
        link, entity = self.links.get(annotation), self.entity_of(annotation)
        if entity:
            return isolated(entity.name)
        return answer_words(link.answer) if link else ""

    def meaning(self, entities: frozenset[str]) -> frozenset[str]:
        """Return the annotations that mean one of some entities."""
        return frozenset(one for one, link in self.links.items() if link.entity in entities)


def answer_words(answer: str) -> str:
    """Return the words of an answer that names no entity."""
    return {"unknown": tr("Unknown"), "ambiguous": tr("Ambiguous")}.get(answer, "")


def linked_of(project: Project, before: Linked, article: Article, changes: list[Change], *, same: bool) -> Linked:
    """Return the links of an article; of the one shown before (`same`) only what may have changed is read."""
    kinds = {kind for change in changes for kind in change.kinds}
    steps_back = any(change.action in ("undo", "redo") for change in changes)
    if same and not steps_back and not kinds & {"link", "entity"}:
        return before
    links = project.links(article.id)
    known = {} if "entity" in kinds else before.entities
    wanted = {link.entity for link in links.values() if link.entity}
    return Linked(links, {one: known.get(one) or project.entity(one) for one in wanted})
