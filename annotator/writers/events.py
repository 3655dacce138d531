"""Claims in the columns of ACLED, for whoever has tools for these: what somebody says happened, not what happened.

Columns after https://acleddata.com/knowledge-base/guide-to-2023-acled-column-changes; the ones behind them are ours and say
who claims it and where it stands. A cell is filled only from what a reviewer marked: a claim has no event type and no
number of dead until somebody gave one, so those stay empty. This is ACLED-shaped; it is not data of ACLED.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import orjson

from annotator.entities import Entity
from annotator.frames import ClaimFrame, Speaker
from annotator.language import N_
from annotator.model import CLAIM, Annotation, MarkedArticle, MarkedProject
from annotator.reports import Reason
from annotator.text.dates import days_of
from annotator.writers.left_out import leave_out
from annotator.writers.losses import FORMS, RELATIONS, SOURCES, TEXTS, Losses
from annotator.writers.sheet import Sheet
from annotator.writers.standing import Standing, point_of
from annotator.writers.target import Target
from annotator.writers.writer import Writer

ACLED = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso", "region",
    "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source", "source_scale",
    "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
OURS = (
    "claim", "claim_text", "claim_source", "claim_via", "claim_mode", "claim_kind", "claim_hedging", "claim_time",
    "claim_numbers", "verdicts", "reviewer", "article", "article_title", "article_date", "start", "end",
)  # fmt: skip
NOT_CLAIMS = Reason(
    "not_a_claim", N_("{count} annotations that are no claims are left out, but for what claims point to.")
)
_EMPTY: dict[str, Any] = dict.fromkeys(ACLED + OURS, "")
# ACLED's: 1 the place itself, 2 near it, 3 only its region. https://acleddata.com/knowledge-base/codebook
_GEO_PRECISION = {"exact": 1, "locality": 1, "vicinity": 2, "area": 3}
_ADMIN = {"country": "country", "governorate": "admin1", "district": "admin2", "area": "admin3"}


def write(project: MarkedProject, target: Target, losses: Losses) -> None:
    """Write one row a claim."""
    entities = list(project.entities)
    register = Standing(entities)
    with target.file() as file:
        sheet = Sheet(file, ACLED + OURS, losses)
        for marked in project:
            for one in marked.annotations:
                if one.label == CLAIM:
                    sheet.add((_EMPTY | _row(one, marked, register)).values())
            losses.add(NOT_CLAIMS, *(one.id for one in marked.annotations if one.label != CLAIM))
            leave_out(losses, marked, TEXTS, SOURCES, FORMS, RELATIONS)
        sheet.finish()


def _row(one: Annotation, marked: MarkedArticle, register: Standing) -> dict[str, Any]:
    article = marked.article
    cells: dict[str, Any] = {
        "source": article.outlet,
        "notes": one.note,
        "timestamp": int(datetime.fromisoformat(one.updated_at).timestamp()),
        "claim": one.id,
        "claim_text": one.quote,
        "verdicts": _verdicts(one, marked),
        "reviewer": one.reviewer,
        "article": article.id,
        "article_title": article.title,
        "article_date": article.date,
        "start": one.start,
        "end": one.end,
    }
    frame = marked.frames.get(one.id)
    return cells | (dict(_framed(frame, marked, register)) if frame else {})


def _framed(frame: ClaimFrame, marked: MarkedArticle, register: Standing) -> Iterator[tuple[str, Any]]:
    yield "claim_source", _speaker(frame.source, marked, register)
    yield "claim_via", _speaker(frame.via, marked, register)
    yield "claim_mode", frame.mode
    yield "claim_kind", frame.kind
    yield "claim_hedging", frame.hedging
    yield "claim_numbers", "; ".join(f"{one.value} {one.unit}".strip() for one in frame.numbers)
    for column, role in (("actor1", "does"), ("actor2", "suffers")):
        named = [_name(one.words, register.meant(marked, one.annotation)) for one in frame.about if one.role == role]
        yield column, "; ".join(named)
    if frame.time:
        yield "claim_time", frame.time.value
        yield from _when(frame.time.value)
    if frame.places:
        yield from _where(frame.places[0].words, register.meant(marked, frame.places[0].annotation), register)


def _when(value: str) -> Iterator[tuple[str, Any]]:
    """Yield the date only where the claim names one day; a month has no day that we could give it."""
    first, last = days_of(value)
    if first and first == last:
        yield from (("event_date", first.isoformat()), ("time_precision", 1))
    if first and last and first.year == last.year:
        yield "year", first.year


def _where(words: str, place: Entity | None, register: Standing) -> Iterator[tuple[str, Any]]:
    yield "location", _name(words, place)
    point = point_of(place)
    if place is None:
        return
    if point:
        yield from (("longitude", point[0]), ("latitude", point[1]))
        yield "geo_precision", _GEO_PRECISION.get(place.precision, "")
    for above in register.parents(place):
        if above.subtype in _ADMIN:
            yield _ADMIN[above.subtype], above.name


def _speaker(speaker: Speaker | None, marked: MarkedArticle, register: Standing) -> str:
    if speaker is None:
        return ""
    if speaker.kind == "outlet":
        return marked.article.outlet
    return _name(speaker.words, register.meant(marked, speaker.annotation) if speaker.annotation else None)


def _name(words: str, entity: Entity | None) -> str:
    return entity.name if entity else words


def _verdicts(one: Annotation, marked: MarkedArticle) -> str:
    found = [{"reviewer": v.reviewer, "value": v.value, "reason": v.reason} for v in marked.verdicts.get(one.id, ())]
    return orjson.dumps(found).decode() if found else ""


WRITER = Writer(
    "events",
    N_("Claims in ACLED-shaped columns, for event tables"),
    ".csv",
    write,
    keeps=N_(
        "A row a claim: what somebody says happened, with who says it, place, time, numbers. Empty where "
        "nobody said. Leaves out texts, relations and other annotations."
    ),
)
