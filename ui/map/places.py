"""What the map shows, as plain values, and what it says of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.language import N_
from ui.translate import isolated, tr, trn

# How far from the point the place may really be, in metres; an area and an unknown place have no such distance.
METRES = {"exact": 10.0, "vicinity": 100.0, "locality": 1000.0}
AREA_METRES = 10_000.0  # about what is drawn for an area, whose outline we do not know: dashed
PRECISIONS = {
    "exact": N_("exact, ±10 m"),
    "vicinity": N_("in the vicinity, ±100 m"),
    "locality": N_("somewhere in the locality, ±1 km"),
    "area": N_("somewhere in an administrative area"),
    "unknown": N_("where exactly is unknown"),
}
UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True, slots=True)
class MapPlace:
    """A place: latitude and longitude in degrees if known, how many mentions it has, and its label's colour."""

    id: str
    name: str
    lat: float | None
    lon: float | None
    precision: str = UNKNOWN
    count: int = 1
    colour: str = "#117733"


def coordinates(lat: float, lon: float) -> str:
    """Return coordinates as people write them, to a metre."""
    return tr("latitude {lat}, longitude {lon}").format(lat=_number(lat), lon=_number(lon))


def description(place: MapPlace) -> str:
    """Return what there is to know of a place, one fact a line."""
    lines = [isolated(" ".join(place.name.split()))]
    if place.lat is not None and place.lon is not None:
        lines.append(coordinates(place.lat, place.lon))
    lines.append(tr(PRECISIONS.get(place.precision, PRECISIONS[UNKNOWN])))
    lines.append(trn("{count} mention", "{count} mentions", place.count))
    return "\n".join(lines)


def description_of_many(places: Sequence[MapPlace], *, most: int = 5) -> str:
    """Return how many places lie together, the names of some, and how often all are mentioned."""
    lines = [trn("{count} place", "{count} places", len(places))]
    by_count = sorted(places, key=lambda place: -place.count)
    lines += [isolated(" ".join(place.name.split())) for place in by_count[:most]]
    if len(places) > most:
        lines[-1] += " …"
    lines.append(trn("{count} mention", "{count} mentions", sum(place.count for place in places)))
    return "\n".join(lines)


def _number(degrees: float) -> str:
    """Return degrees with five decimals, kept from left to right whatever stands around them (LRI … PDI)."""
    return f"\u2066{degrees:.5f}\u2069"
