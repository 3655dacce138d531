"""The places that ship: `seeds/places/geonames.tsv.gz`, made from GeoNames by `tools/gazetteer.py`."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

from annotator.assist.names import TaggedName
from annotator.assist.place import Place, Precision
from annotator.folders import seeds_folder


def starter_places(path: Path | None = None) -> Iterator[Place]:
    """Yield the places of the table that ships, or of another one made like it."""
    with gzip.open(path or seeds_folder() / "places/geonames.tsv.gz", "rt", encoding="utf-8", newline="\n") as file:
        next(file)
        for line in file:
            yield _place(*line.rstrip("\n").split("\t"))


def _place(
    identity: str, kind: str, country: str, district_ar: str, district_en: str, lat: str, lon: str, population: str,
    arabic: str, latin: str,
) -> Place:  # fmt: skip
    source, _, id = identity.partition(":")
    return Place(
        source=source,
        id=id,
        names=(*_names(arabic, "ar", "ar"), *_names(latin, "en", "und")),
        kind=kind,
        country=country,
        district=(*_names(district_ar, "ar", "ar"), *_names(district_en, "en", "en")),
        lat=float(lat) if lat else None,
        lon=float(lon) if lon else None,
        precision=_precision(kind, lat),
        population=int(population or 0),
        geonames=id if source == "geonames" else "",
    )


def _names(joined: str, first: str, others: str) -> list[TaggedName]:
    return [TaggedName(name, others if at else first) for at, name in enumerate(joined.split("|"))] if joined else []


def _precision(kind: str, lat: str) -> Precision:
    if not lat:
        return "unknown"
    return "area" if kind == "governorate" else "locality"
