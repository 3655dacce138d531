"""The rows of the link box: what Enter would do with each, and its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from annotator.assist.as_entities import around, place_entity
from annotator.assist.columns import is_arabic
from annotator.assist.gazetteer import FoundPlace, search_key
from annotator.entities import Candidate, Entity, Name
from annotator.model import Attribute
from ui.register.searching import Asked, Found, district_words
from ui.register.wording import distance_words, joined, kind_words, mentions_words, others, subtypes, why_words
from ui.translate import isolated, tr

Deed = Literal["entity", "place", "new", "unknown", "ambiguous", "unlink"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One row. `entity` is that of the register, or one to be added with the place `within` which it lies.

    `namesake`: another row has the same name, so this one is never chosen unseen.
    """

    deed: Deed
    title: str
    details: str = ""
    entity: Entity | None = None
    within: Entity | None = None
    section: str = ""
    namesake: bool = False
    sure: bool = False


def choices(asked: Asked, found: Found, attributes: Sequence[Attribute], *, linked: bool) -> list[Choice]:
    """Return all rows: entities, places of the gazetteer, a new entity, and the answers without one."""
    entities = entity_rows(found, attributes)
    places = [_place_row(one, attributes) for one in found.places]
    if places:
        places[0] = replace(places[0], section=tr("From the gazetteer, not in the register yet"))
    return [*_marked([*entities, *places]), *_answers(asked, linked=linked)]


def entity_rows(found: Found, attributes: Iterable[Attribute]) -> list[Choice]:
    """Return only the rows of the register's entities."""
    return [_entity_row(one, found.within.get(one.entity.id, ""), attributes) for one in found.candidates]


def first_choice(rows: Sequence[Choice]) -> int:
    """Return the row that stands ready for Enter; -1 when several have the same name and somebody has to look."""
    if not rows or not rows[0].namesake:
        return 0 if rows else -1
    sure = [row for row in rows if row.namesake and row.sure]
    return 0 if len(sure) == 1 and rows[0].sure else -1


def _entity_row(candidate: Candidate, within: str, attributes: Iterable[Attribute]) -> Choice:
    entity = candidate.entity
    shown = "" if entity.name == candidate.name else entity.name
    far = "" if candidate.distance is None else distance_words(candidate.distance)
    details = joined(
        isolated(shown) if shown else others(entity, candidate.name, most=2),
        isolated(within) if within else "",
        far,
        mentions_words(candidate.mentions) if candidate.mentions else "",
        why_words(candidate.why),
    )
    title = joined(isolated(candidate.name), kind_words(entity, attributes))
    return Choice("entity", title, details, entity, sure=candidate.why == "before")


def _place_row(candidate: FoundPlace, attributes: Iterable[Attribute]) -> Choice:
    place, kinds = candidate.place, subtypes("place", attributes)
    outer = around(place)
    entity = place_entity(place, kinds.keys())
    far = "" if candidate.km is None else distance_words(candidate.km)
    district = district_words(place)
    details = joined(
        others(entity, candidate.name.text, most=2), isolated(district) if district else "", far, _origin(place.source)
    )
    title = joined(isolated(candidate.name.text), kinds.get(place.kind, ""))
    return Choice("place", title, details, entity, place_entity(outer, kinds.keys()) if outer else None)


def _origin(source: str) -> str:
    return {"geonames": "GeoNames", "iso3166-2": "ISO 3166-2"}.get(source, source)


def _marked(rows: list[Choice]) -> Iterator[Choice]:
    """Yield the rows, those of which another has the same name marked."""
    counts = Counter(key for row in rows for key in _keys(row))
    for row in rows:
        yield replace(row, namesake=any(counts[key] > 1 for key in _keys(row)))


def _keys(row: Choice) -> set[str]:
    return {search_key(name.text) for name in row.entity.names} if row.entity else set()


def _answers(asked: Asked, *, linked: bool) -> Iterator[Choice]:
    name = " ".join((asked.query or asked.words).split())
    if name:
        made = Entity("", "place" if asked.kind == "place" else "actor", (Name(name, language_of(name)),))
        yield Choice("new", tr("New entity “{name}”").format(name=isolated(name)), entity=made)
    yield Choice("unknown", tr("Unknown"), tr("nobody can tell from the text"))
    yield Choice("ambiguous", tr("Ambiguous"), tr("it may be one or the other"))
    if linked:
        yield Choice("unlink", tr("Take the link off"))


def language_of(name: str) -> str:
    """Return the language that a new name most likely is in."""
    return "ar" if is_arabic(name) else "en"
