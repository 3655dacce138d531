"""Where a place lies on the map: Web Mercator (EPSG:3857), without Qt.

The world is a square of side 1, x to the east, y to the south. At zoom z it is `256 * 2**z` pixels wide.
"""

from __future__ import annotations

import math
from typing import NamedTuple

TILE = 256
MOST_NORTHERN = math.degrees(math.atan(math.sinh(math.pi)))  # 85.05…: where the square ends
_CIRCUMFERENCE = 2 * math.pi * 6_378_137.0  # metres, at the equator of EPSG:3857


class Spot(NamedTuple):
    """A point of the world square."""

    x: float
    y: float


def to_world(lat: float, lon: float) -> Spot:
    """Return the spot of a latitude and longitude in degrees; what lies beyond the square is brought to its edge."""
    lat = max(-MOST_NORTHERN, min(MOST_NORTHERN, lat))
    y = 0.5 - math.asinh(math.tan(math.radians(lat))) / (2 * math.pi)
    return Spot((lon + 180.0) / 360.0, min(max(y, 0.0), 1.0))


def to_degrees(spot: Spot) -> tuple[float, float]:
    """Return the latitude and longitude of a spot in degrees."""
    return math.degrees(math.atan(math.sinh((0.5 - spot.y) * 2 * math.pi))), spot.x * 360.0 - 180.0


def world_pixels(zoom: float) -> float:
    """Return how many pixels wide the world is."""
    return TILE * math.pow(2.0, zoom)


def metres_per_pixel(lat: float, zoom: float) -> float:
    """Return how many metres on the ground a pixel covers at a latitude."""
    return _CIRCUMFERENCE * math.cos(math.radians(lat)) / world_pixels(zoom)


def zoom_to_fit(width: float, height: float, room_x: float, room_y: float) -> float:
    """Return the zoom at which a part of the world, given in its units, just fits into a room of pixels."""
    pixels = min(room_x / max(width, 1e-9), room_y / max(height, 1e-9))
    return math.log2(max(pixels, 1e-9) / TILE)


def is_shown(lat: float | None, lon: float | None) -> bool:
    """Tell whether coordinates can be put on a map: there, in range, and not 0, 0, which is what nobody filled in."""
    if lat is None or lon is None or not (math.isfinite(lat) and math.isfinite(lon)):
        return False
    return abs(lat) <= 90.0 and abs(lon) <= 180.0 and (lat, lon) != (0.0, 0.0)
