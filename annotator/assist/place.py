"""Places as a gazetteer holds them, before a reviewer has linked anything to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Literal, NamedTuple

Precision = Literal["exact", "vicinity", "locality", "area", "unknown"]
Point = tuple[float, float]  # latitude and longitude in degrees, WGS 84
PLACE_KINDS = ("country", "governorate", "district", "city", "town", "village", "front", "crossing", "site", "area")
# Mean radius R1 of the Geodetic Reference System 1980 (H. Moritz, Journal of Geodesy 74, 2000), in kilometres.
_EARTH_RADIUS = 6371.0088


class PlaceName(NamedTuple):
    """One name and its language (BCP 47; `und` where the source does not say)."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a gazetteer. The first name of a language is the one to show.

    `id` is that of the source; together they name the place for good. `kind` is one of PLACE_KINDS, or empty where it is not
    known. `district` is the first-level district it lies in and `parent` what it lies in directly, each in words. Latitude and
    longitude are degrees, None when unknown; `population` is 0 when unknown.
    """

    source: str
    id: str
    names: tuple[PlaceName, ...]
    kind: str = ""
    country: str = ""
    district: tuple[PlaceName, ...] = ()
    parent: tuple[PlaceName, ...] = ()
    lat: float | None = None
    lon: float | None = None
    precision: Precision = "unknown"
    population: int = 0

    @property
    def point(self) -> Point | None:
        """Where it is, if that is known."""
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)


def name_in(names: Sequence[PlaceName], language: str) -> str:
    """Return the first name in a language, else the first of all, else nothing."""
    return next((name.text for name in names if name.language == language), names[0].text if names else "")


def kilometres(one: Point, other: Point) -> float:
    """Return the distance of two points on the sphere in kilometres, by the haversine formula (R. Sinnott, 1984)."""
    (lat, lon), (other_lat, other_lon) = one, other
    across = cos(radians(lat)) * cos(radians(other_lat)) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * _EARTH_RADIUS * asin(sqrt(min(1.0, sin(radians(other_lat - lat) / 2) ** 2 + across)))
