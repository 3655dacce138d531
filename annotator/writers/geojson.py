"""GeoJSON (RFC 7946): a feature for every place that an article names, and for the places of the register that none names.

Coordinates are longitude, latitude in WGS 84, with at most seven decimals. A place that is not linked to the register, or
of which nobody knows where it is, has the geometry null; nothing is put at 0, 0 or at the middle of its district.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from annotator.entities import Entity
from annotator.language import N_
from annotator.model import PLACE, Annotation, MarkedArticle, MarkedProject
from annotator.reports import Reason
from annotator.writers.left_out import leave_out
from annotator.writers.losses import FORMS, FRAMES, RELATIONS, SOURCES, TEXTS, VERDICTS, Losses
from annotator.writers.standing import Standing, point_of, radius_of
from annotator.writers.target import Target
from annotator.writers.writer import Writer

NOT_PLACES = Reason("not_a_place", N_("{count} annotations that are no places are left out."))
NOT_PLACES_OF_REGISTER = Reason("entity", N_("{count} actors of the register are left out."))
UNLOCATED = Reason(
    "unlocated", N_("{count} named places have no coordinates."), N_("Their geometry is null; none was invented.")
)


def write(project: MarkedProject, target: Target, losses: Losses) -> None:
    """Write one FeatureCollection, a feature a line."""
    with target.file() as file:
        file.write(b'{"type":"FeatureCollection","features":[')
        for number, feature in enumerate(_features(project, losses)):
            file.write((b",\n" if number else b"\n") + orjson.dumps(feature))
        file.write(b"\n]}\n")


def _features(project: MarkedProject, losses: Losses) -> Iterator[dict[str, Any]]:
    register = Standing(project.entities)
    named: set[str] = set()
    for marked in project:
        for one in marked.annotations:
            if one.label == PLACE:
                place = register.meant(marked, one.id)
                named.update([place.id] if place else [])
                yield _mention(marked, one, place, losses)
        losses.add(NOT_PLACES, *(one.id for one in marked.annotations if one.label != PLACE))
        leave_out(losses, marked, TEXTS, SOURCES, FRAMES, VERDICTS, RELATIONS, FORMS)
    for entity in register:
        if entity.kind != "place":
            losses.add(NOT_PLACES_OF_REGISTER, entity.id)
        elif entity.id not in named:
            yield _feature(entity.id, entity, {"role": "register"})


def _mention(marked: MarkedArticle, one: Annotation, place: Entity | None, losses: Losses) -> dict[str, Any]:
    if point_of(place) is None:
        losses.add(UNLOCATED, one.id)
    article = marked.article
    return _feature(
        one.id,
        place,
        {
            "role": "mention",
            "quote": one.quote,
            "words": one.words,
            "start": one.start,
            "end": one.end,
            "note": one.note,
            "reviewer": one.reviewer,
            "article": article.id,
            "title": article.title,
            "outlet": article.outlet,
            "date": article.date,
            "url": article.source.url,
            "claims": [
                claim for claim, frame in marked.frames.items() if one.id in {at.annotation for at in frame.places}
            ],
        },
    )


def _feature(identity: str, place: Entity | None, properties: dict[str, Any]) -> dict[str, Any]:
    point = point_of(place)
    geometry = {"type": "Point", "coordinates": list(point)} if point else None
    return {"type": "Feature", "id": identity, "geometry": geometry, "properties": properties | _place(place)}


def _place(place: Entity | None) -> dict[str, Any]:
    if place is None:
        return {"entity": None, "name": None}
    return {
        "entity": place.id,
        "name": place.name,
        "names": {name.language: name.text for name in reversed(place.names)},
        "kind": place.subtype,
        "precision": place.precision,
        "radius_m": radius_of(place),
        "external": dict(sorted(place.external.items())),
    }


WRITER = Writer(
    "geojson",
    N_("GeoJSON: the places on a map"),
    ".geojson",
    write,
    keeps=N_(
        "Keeps the named places with their quotes and what the register knows of them; unlocated ones "
        "have no point. Leaves out texts, actors and what claims say."
    ),
)
