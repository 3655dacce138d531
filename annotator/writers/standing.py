"""The register as a writer needs it: which entity an annotation means, read through mergers, and where a place is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotator.entities import PRECISIONS, Entity
from annotator.model import MarkedArticle

_DECIMALS = 7  # about a centimetre, and what RFC 7946 advises at most


class Standing:
    """The entities of a project in memory: a register is small beside its articles."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._entities = {entity.id: entity for entity in entities}

    def __iter__(self) -> Iterator[Entity]:
        """Yield the entities that stand: those that were not merged into another."""
        return (entity for entity in self._entities.values() if not entity.merged_into)

    def meant(self, marked: MarkedArticle, annotation: str) -> Entity | None:
        """Return the entity that an annotation is linked to, or None."""
        link = marked.links.get(annotation)
        return self.standing(link.entity) if link and link.entity else None

    def standing(self, identity: str) -> Entity | None:
        """Return the entity of this id, or the one that took its place."""
        found = self._entities.get(identity)
        return self._entities.get(found.merged_into, found) if found and found.merged_into else found

    def parents(self, entity: Entity) -> list[Entity]:
        """Return what a place lies in, from the nearest outwards."""
        found: list[Entity] = []
        above = self.standing(entity.parent) if entity.parent else None
        while above and above not in found:
            found.append(above)
            above = self.standing(above.parent) if above.parent else None
        return found


def point_of(entity: Entity | None) -> tuple[float, float] | None:
    """Return (longitude, latitude) in degrees WGS 84, or None where it is not known; 0, 0 is no place but a missing one."""
    if entity is None or entity.latitude is None or entity.longitude is None:
        return None
    point = round(entity.longitude, _DECIMALS), round(entity.latitude, _DECIMALS)
    return None if point == (0, 0) else point


def radius_of(entity: Entity) -> int | None:
    """Return how precise the coordinates of a place are, in metres; None where that is not known."""
    return PRECISIONS.get(entity.precision)
