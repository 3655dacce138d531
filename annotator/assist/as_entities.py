"""From what a gazetteer or the starting list holds to entities of a register, which somebody may then add to one.

The entities come with ids of their source; these only say who lies in whom and are not kept. The source's own id is kept as an
external id, so that the same place is never added twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from annotator.assist.actors import StarterActor
from annotator.assist.gazetteer import load, search_key
from annotator.assist.place import Place
from annotator.entities import Entity, Name

STARTER = "starter"
"""The scheme under which the ids of the starting list of actors are kept."""

_AROUND = ("country", "governorate", "district", "area")


def place_entity(place: Place, kinds: Collection[str], *, parent: str = "", notes: str = "") -> Entity:
    """Return a place as an entity; a kind that is not one of `kinds` is left open."""
    return Entity(
        id=f"{place.source}:{place.id}",
        kind="place",
        names=tuple(Name(name.text, name.language) for name in place.names),
        subtype=place.kind if place.kind in kinds else "",
        notes=notes,
        external=place.external,
        latitude=place.lat,
        longitude=place.lon,
        precision=place.precision,
        parent=parent,
    )


def around(place: Place) -> Place | None:
    """Return the governorate of the gazetteer that ships in which one of its places lies, or None."""
    named = load().named(place.district[0].text) if place.district else []
    found = [one for one in named if one.kind == "governorate" and one.country == place.country]
    return found[0] if len(found) == 1 else None


@cache
def shipped() -> dict[tuple[str, str], Place]:
    """Return the places of the gazetteer that ships by source and id."""
    return {(place.source, place.id): place for place in load().places}


def place_entities(places: Sequence[Place], kinds: Collection[str]) -> list[Entity]:
    """Return places as entities, those that others lie in first.

    A place lies in the one of them that alone has the name of its parent or district; where there is none, its notes tell.
    """
    listed = list(_each_with_its_own(places))
    outer = sorted((one for one in listed if one.kind in _AROUND), key=lambda one: _AROUND.index(one.kind))
    inner = [one for one in listed if one.kind not in _AROUND]
    owners = _by_name(outer)
    made = []
    for place in (*outer, *inner):
        words = [name.text for name in (*place.parent[:1], *place.district[:1])]
        parent = next((owners[key] for key in map(search_key, words) if key in owners), None)
        if parent and _is_around(parent, place):
            made.append(place_entity(place, kinds, parent=f"{parent.source}:{parent.id}"))
        else:
            own = {name.text for name in place.names}
            made.append(
                place_entity(place, kinds, notes=" · ".join(word for word in dict.fromkeys(words) if word not in own))
            )
    return made


def actor_entities(actors: Iterable[StarterActor], kinds: Collection[str]) -> list[Entity]:
    """Return actors of the starting list as entities, bodies before what belongs to them."""
    listed = {actor.key: actor for actor in actors}
    return [_actor_entity(actor, kinds) for actor in sorted(listed.values(), key=lambda one: _depth(one, listed))]


def _each_with_its_own(places: Iterable[Place]) -> Iterator[Place]:
    """Yield places; of those that claim to be the same one of GeoNames only the first keeps that id, and none is lost."""
    taken: set[str] = set()
    for place in places:
        yield replace(place, geonames="") if place.geonames in taken else place
        taken.add(place.geonames)


def _actor_entity(actor: StarterActor, kinds: Collection[str]) -> Entity:
    return Entity(
        id=actor.key,
        kind="actor",
        names=tuple(Name(name.text, name.language) for name in actor.names),
        subtype=actor.kind if actor.kind in kinds else "",
        notes=str(actor.as_of),
        external={STARTER: actor.key},
        parent=actor.parent,
    )


def _depth(actor: StarterActor, listed: dict[str, StarterActor]) -> int:
    depth, above = 0, actor
    while above.parent in listed and depth < len(listed):
        depth, above = depth + 1, listed[above.parent]
    return depth


def _by_name(places: Iterable[Place]) -> dict[str, Place]:
    """Return the places with an id by those of their names that no other has."""
    named = [(key, place) for place in places if place.id for key in {search_key(name.text) for name in place.names}]
    counts = Counter(key for key, _ in named)
    return {key: place for key, place in named if counts[key] == 1}


def _is_around(outer: Place, inner: Place) -> bool:
    """Tell whether a place is of a kind that can lie around another: nothing lies in itself or in something smaller."""
    if outer is inner:
        return False
    return inner.kind not in _AROUND or _AROUND.index(outer.kind) < _AROUND.index(inner.kind)
