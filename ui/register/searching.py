"""Looking for whom an annotation may mean: in the register and, for places, in the gazetteer that ships. Runs in the worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from annotator import Project
from annotator.assist import gazetteer
from annotator.assist.as_entities import shipped
from annotator.assist.names import name_in
from annotator.assist.place import Place, Point
from annotator.entities import Candidate, Entity
from ui.translate import language

_MOST = 50
_MOST_PLACES = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """What is sought: typed letters, the annotation that is to be linked, and where the article's other places are.

    Without an annotation only the typed letters count, and `kind` says what is sought.
    """

    query: str
    kind: str
    annotation: str = ""
    words: str = ""
    near: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Entities that fit, what each lies in (in words, by its id), and places that are not in the register yet."""

    candidates: tuple[Candidate, ...] = ()
    within: Mapping[str, str] = field(default_factory=dict)
    places: tuple[gazetteer.FoundPlace, ...] = ()


def find(project: Project, asked: Asked) -> Found:
    """Return what fits, best first."""
    kind = "place" if asked.kind == "place" else "actor"
    near = asked.annotation or None
    candidates = project.find_entities(asked.query, kind=kind, near=near, limit=_MOST)  # type: ignore[arg-type]
    within = {one.entity.id: _within(project, one.entity) for one in candidates}
    return Found(tuple(candidates), within, _places(asked, candidates) if asked.kind == "place" else ())


def _within(project: Project, entity: Entity) -> str:
    """Return what an entity lies in: its parent, or what the gazetteer knows of it."""
    if entity.parent:
        return project.entity(entity.parent).name
    known = (shipped().get(one) for one in entity.external.items()) if entity.kind == "place" else ()
    return next((district_words(place) for place in known if place), "")


def _places(asked: Asked, candidates: list[Candidate]) -> tuple[gazetteer.FoundPlace, ...]:
    """Return the places of the gazetteer that fit and are not among the candidates."""
    known = {one for candidate in candidates for one in candidate.entity.external.items()}
    found = gazetteer.load().find(asked.query.strip() or asked.words, asked.near, limit=_MOST_PLACES)
    return tuple(one for one in found if not known & one.place.external.items())


def district_words(place: Place) -> str:
    """Return the district that a place of the gazetteer lies in, or else its country, in the interface's language."""
    if place.district:
        return name_in(place.district, language())
    country = _countries().get(place.country)
    return name_in(country.names, language()) if country and country is not place else ""


@cache
def _countries() -> dict[str, Place]:
    return {place.country: place for place in gazetteer.load().places if place.kind == "country"}
