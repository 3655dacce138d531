"""Places as a gazetteer holds them, before a reviewer has linked anything to them."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Literal

from annotator.assist.names import TaggedName

Precision = Literal["exact", "vicinity", "locality", "area", "unknown"]
Point = tuple[float, float]  # latitude and longitude in degrees, WGS 84
PLACE_KINDS = ("country", "governorate", "district", "city", "town", "village", "front", "crossing", "site", "area")
# Mean radius R1 of the Geodetic Reference System 1980 (H. Moritz, Journal of Geodesy 74, 2000), in kilometres.
_EARTH_RADIUS = 6371.0088


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a gazetteer. The first name of a language is the one to show.

    `id` is that of the source; together they name the place for good. `kind` is one of PLACE_KINDS, or empty where it is not
    known. `district` is the first-level district it lies in and `parent` what it lies in directly, each in words. Latitude and
    longitude are degrees, None when unknown; `population` is 0 when unknown.
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

    @property
    def point(self) -> Point | None:
        """Where it is, if that is known."""
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)


def kilometres(one: Point, other: Point) -> float:
    """Return the distance of two points on the sphere in kilometres, by the haversine formula (R. Sinnott, 1984)."""
    (lat, lon), (other_lat, other_lon) = one, other
    across = cos(radians(lat)) * cos(radians(other_lat)) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * _EARTH_RADIUS * asin(sqrt(min(1.0, sin(radians(other_lat - lat) / 2) ** 2 + across)))
