"""The register of actors and places: entities, and what annotations are linked to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Name:
    """A name of an entity; `language` is a BCP 47 tag, or `abbr` for an abbreviation such as قسد."""

    text: str
    language: str = "ar"


@dataclass(frozen=True, slots=True)
class Entity:
    """An actor or a place of the register; the first of its names is the one shown.

    `subtype` is a key of the label set (`actor_kind`, `place_kind`). `external` maps schemes (geonames, wikidata, pcode …) to
    ids. A place may have WGS 84 coordinates in degrees with their precision, and a parent. `merged_into` is the entity that
    took its place, for one that was merged. `sensitive` says that an export for others must not tell who or where it is.
    """

    id: str
    kind: Literal["actor", "place"]
    names: tuple[Name, ...]
    subtype: str = ""
    notes: str = ""
    external: Mapping[str, str] = field(default_factory=dict)
    latitude: float | None = None
    longitude: float | None = None
    precision: str = "unknown"
    parent: str = ""
    merged_into: str = ""
    sensitive: bool = False

    @property
    def name(self) -> str:
        """The name it is shown by."""
        return self.names[0].text


PRECISIONS: Mapping[str, int | None] = {"exact": 10, "vicinity": 100, "locality": 1000, "area": None, "unknown": None}
"""How precise the coordinates of a place can be, and the radius in metres; `area` is that of its administrative unit."""


@dataclass(frozen=True, slots=True)
class Link:
    """What an annotation was linked to: an entity, or one of the answers `unknown` and `ambiguous`."""

    annotation: str
    answer: Literal["entity", "unknown", "ambiguous"]
    entity: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that an annotation may be linked to: the name that fits, why, and how far it is from the article's places.

    `why`: `before` (this name was linked to it before), `exact`, `plain` (without its proclitics), `article` (it occurs in
    the same article), `begins`, `word`. `mentions` counts its links, `distance` is in kilometres.
    """

    entity: Entity
    name: str
    why: str
    mentions: int = 0
    distance: float | None = None
