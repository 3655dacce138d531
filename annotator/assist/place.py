"""Places as a gazetteer holds them, before a reviewer has linked anything to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import asin, cos, radians, sin, sqrt
from typing import Literal

from annotator.assist.names import TaggedName

Precision = Literal["exact", "vicinity", "locality", "area", "unknown"]
Point = tuple[float, float]  # latitude and longitude in degrees, WGS 84
PLACE_KINDS = ("country", "governorate", "district", "city", "town", "village", "front", "crossing", "site", "area")
# Mean radius R1 of the Geodetic Reference System 1980 (H. Moritz, Journal of Geodesy 74, 2000), in kilometres.
_EARTH_RADIUS = 6371.0088
_SAME_PLACE = 25.0  # kilometres between two centres that different sources give a big place


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a gazetteer. The first name of a language is the one to show.

    `id` is that of the source; together they name the place for good. `geonames` is its id there, where the source tells it.
    `kind` is one of PLACE_KINDS, or empty where it is not known. `district` is the first-level district it lies in and
    `parent` what it lies in directly, each in words. Latitude and longitude are degrees, None when unknown; `population` is 0
    when unknown.
    """

    source: str
    id: str
    names: tuple[TaggedName, ...]
    kind: str = ""
    country: str = ""
    district: tuple[TaggedName, ...] = ()
    parent: tuple[TaggedName, ...] = ()
    lat: float | None = None
    lon: float | None = None
    precision: Precision = "unknown"
    population: int = 0
    geonames: str = ""

    @property
    def point(self) -> Point | None:
        """Where it is, if that is known."""
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)

    @property
    def external(self) -> dict[str, str]:
        """Its ids by source."""
        ids = {self.source: self.id, "geonames": self.geonames}
        return {source: id for source, id in ids.items() if id}


def kilometres(one: Point, other: Point) -> float:
    """Return the distance of two points on the sphere in kilometres, by the haversine formula (R. Sinnott, 1984)."""
    (lat, lon), (other_lat, other_lon) = one, other
    across = cos(radians(lat)) * cos(radians(other_lat)) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * _EARTH_RADIUS * asin(sqrt(min(1.0, sin(radians(other_lat - lat) / 2) ** 2 + across)))


def merged(places: Iterable[Place]) -> list[Place]:
    """Return the places with each one that several sources know as the same place of GeoNames only once.

    The first is kept, with the names of the others behind its own, and what it lacks from them. Two that carry the same id but
    lie far apart stay two: one of the ids is wrong.
    """
    found: list[Place] = []
    known: dict[str, int] = {}
    for place in places:
        number = known.setdefault(place.geonames, len(found)) if place.geonames else len(found)
        if number == len(found) or not _is_near(found[number], place):
            found.append(place)
        else:
            found[number] = _completed(found[number], place)
    return found


def _is_near(one: Place, other: Place) -> bool:
    return not one.point or not other.point or kilometres(one.point, other.point) <= _SAME_PLACE


def _completed(one: Place, other: Place) -> Place:
    have = {name.text for name in one.names}
    lacking = {
        name: getattr(other, name)
        for name in ("kind", "country", "district", "parent", "population")
        if not getattr(one, name)
    }
    if one.point is None:
        lacking |= {"lat": other.lat, "lon": other.lon, "precision": other.precision}
    return replace(one, names=(*one.names, *(name for name in other.names if name.text not in have)), **lacking)
