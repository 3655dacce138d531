"""One point out of a geometry of GeoJSON (RFC 7946), which writes longitude first."""

from __future__ import annotations

from typing import Any

from annotator.assist.place import Point


def kind_of(geometry: Any) -> str:
    """Return what a geometry says it is."""
    return str(geometry.get("type"))[:40] if isinstance(geometry, dict) else type(geometry).__name__


def point_of(geometry: Any) -> tuple[Point | None, bool]:
    """Return the point of a geometry, and whether it is only the middle of an area."""
    coordinates = geometry.get("coordinates") if isinstance(geometry, dict) else None
    match kind_of(geometry):
        case "Point":
            return _position(coordinates), False
        case "Polygon" if isinstance(coordinates, list) and coordinates:
            return _centroid(coordinates[0]), True
        case "MultiPolygon" if isinstance(coordinates, list):
            rings = [one[0] for one in coordinates if isinstance(one, list) and one and isinstance(one[0], list)]
            return (_centroid(max(rings, key=_area)) if rings else None), True
    return None, False


def _position(value: Any) -> Point | None:
    """Return latitude and longitude of a position, which GeoJSON writes the other way round."""
    numbers = value[:2] if isinstance(value, list) else []
    good = len(numbers) == 2 and all(isinstance(one, (int, float)) and not isinstance(one, bool) for one in numbers)
    return (float(numbers[1]), float(numbers[0])) if good else None


def _corners(ring: Any) -> list[Point]:
    points = [_position(one) for one in ring] if isinstance(ring, list) else []
    return [one for one in points if one]


def _area(ring: Any) -> float:
    return abs(sum(_crosses(_corners(ring))))


def _crosses(corners: list[Point]) -> list[float]:
    """Return twice the signed area of each triangle between the origin and a side (the shoelace formula)."""
    following = corners[1:] + corners[:1]
    return [one[1] * other[0] - other[1] * one[0] for one, other in zip(corners, following, strict=True)]


def _centroid(ring: Any) -> Point | None:
    """Return the centroid of a ring on the plane of degrees, or the mean of its corners where it has no area."""
    corners = _corners(ring)
    if not corners:
        return None
    base = corners[0]
    moved = [(lat - base[0], lon - base[1]) for lat, lon in corners]
    crosses, following = _crosses(moved), moved[1:] + moved[:1]
    whole = 3 * sum(crosses)
    if not whole:
        return sum(lat for lat, _ in corners) / len(corners), sum(lon for _, lon in corners) / len(corners)
    lat, lon = (
        sum((one[axis] + other[axis]) * cross for one, other, cross in zip(moved, following, crosses, strict=True))
        / whole
        for axis in (0, 1)
    )
    return base[0] + lat, base[1] + lon
