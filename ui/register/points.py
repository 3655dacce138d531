"""Coordinates as people type or paste them, and the sentence for what is wrong with them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotator.text.fold import fold
from ui.translate import tr

_NUMBER = re.compile(r"[+-]?\d{1,3}(\.\d*)?")
_PAIR = re.compile(r"\s*([^\s,;،]+)\s*[,;،\s]\s*([^\s,;،]+)\s*")


@dataclass(frozen=True, slots=True)
class Point:
    """Latitude and longitude in degrees, or the sentence that says why there are none; neither when both fields are empty."""

    latitude: float | None = None
    longitude: float | None = None
    problem: str = ""


def point_of(latitude: str, longitude: str) -> Point:
    """Return what two fields say. Arabic digits and the Arabic decimal sign are understood."""
    if not latitude.strip() and not longitude.strip():
        return Point()
    if not latitude.strip() or not longitude.strip():
        return Point(problem=tr("Latitude and longitude belong together: give both, or neither."))
    north, east = _degrees(latitude), _degrees(longitude)
    if north is None or east is None:
        return Point(problem=tr("Write degrees as a number, such as 36.157."))
    if abs(north) > 90 and abs(east) <= 90 and abs(north) <= 180:
        return Point(problem=tr("Latitude is −90 to 90. Are latitude and longitude exchanged?"))
    if abs(north) > 90:
        return Point(problem=tr("Latitude is −90 to 90 degrees."))
    if abs(east) > 180:
        return Point(problem=tr("Longitude is −180 to 180 degrees."))
    return Point(north, east)


def pasted_pair(text: str) -> tuple[str, str] | None:
    """Return latitude and longitude out of a text such as `36.157, 37.708`, as maps give it; else None."""
    plain = _plain(text)
    found = _PAIR.fullmatch(plain)
    if found and all(_NUMBER.fullmatch(part) and "." in part for part in found.groups()):
        return found[1], found[2]
    return None


def degrees_text(degrees: float | None) -> str:
    """Return degrees as they stand in a field."""
    return "" if degrees is None else repr(degrees)


def _degrees(text: str) -> float | None:
    plain = _plain(text).strip().rstrip("°").replace(",", ".")
    return float(plain) if _NUMBER.fullmatch(plain) else None


def _plain(text: str) -> str:
    return fold(text).replace("٫", ".").replace("−", "-")
