"""Claims as schema.org `Claim` in JSON-LD, each with who said it, where it appeared and what it is about.

https://schema.org/Claim. A claim stays what somebody says: a `ClaimReview` stands beside it only where a reviewer gave a
verdict, in that reviewer's words and name and without a number that nobody gave. What schema.org has no term for stands
under `hashiya:`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import orjson

from annotator.entities import Entity
from annotator.frames import ClaimFrame, Speaker, Verdict
from annotator.language import N_
from annotator.model import CLAIM, Annotation, Article, LabelSet, MarkedArticle, MarkedProject
from annotator.reports import Reason
from annotator.values import frame_value
from annotator.writers.left_out import leave_out
from annotator.writers.losses import FORMS, NOTES, SOURCES, TEXTS, Losses
from annotator.writers.standing import Standing, point_of
from annotator.writers.target import Target
from annotator.writers.writer import Writer

NOT_CLAIMS = Reason(
    "not_a_claim", N_("{count} annotations that are no claims are left out, but for what claims point to.")
)
_CONTEXT = {"@vocab": "https://schema.org/", "hashiya": "urn:hashiya:term:"}


def write(project: MarkedProject, target: Target, losses: Losses) -> None:
    """Write one document with a `@graph`, a claim or review a line."""
    register = Standing(project.entities)
    names = _names_of_verdicts(project.label_set)
    with target.file() as file:
        file.write(b'{"@context":' + orjson.dumps(_CONTEXT) + b',"@graph":[')
        numbers = 0
        for marked in project:
            for node in _nodes(marked, register, names):
                file.write((b",\n" if numbers else b"\n") + orjson.dumps(node))
                numbers += 1
            losses.add(NOT_CLAIMS, *(one.id for one in marked.annotations if one.label != CLAIM))
            leave_out(losses, marked, TEXTS, SOURCES, FORMS, NOTES)
        file.write(b"\n]}\n")


def _names_of_verdicts(label_set: LabelSet | None) -> dict[str, str]:
    attributes = label_set.attributes if label_set else ()
    return {
        value.key: value.names.get("en", value.key)
        for one in attributes
        if one.key == "verdict"
        for value in one.values
    }


def _nodes(marked: MarkedArticle, register: Standing, names: dict[str, str]) -> Iterator[dict[str, Any]]:
    relations: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for relation in marked.relations:
        relations[relation.a].append({"type": relation.type, "claim": f"urn:uuid:{relation.b}"})
    for one in marked.annotations:
        if one.label == CLAIM:
            related = relations.get(one.id)
            yield _claim(one, marked, register) | ({"hashiya:relations": related} if related else {})
            yield from (_review(one, verdict, names) for verdict in marked.verdicts.get(one.id, ()))


def _claim(one: Annotation, marked: MarkedArticle, register: Standing) -> dict[str, Any]:
    node = {
        "@id": f"urn:uuid:{one.id}",
        "@type": "Claim",
        "text": one.quote,
        "inLanguage": marked.article.language,
        "appearance": _appearance(marked.article),
        "hashiya:start": one.start,
        "hashiya:end": one.end,
        "hashiya:reviewer": one.reviewer,
    }
    frame = marked.frames.get(one.id)
    return node | (_framed(frame, marked, register) if frame else {})


def _appearance(article: Article) -> dict[str, Any]:
    told = {
        "author": article.author and {"@type": "Person", "name": article.author},
        "publisher": article.outlet and {"@type": "Organization", "name": article.outlet},
        "datePublished": article.date,
        "url": article.source.url,
    }
    node = {"@id": f"urn:uuid:{article.id}", "@type": "NewsArticle", "headline": article.title}
    return node | {name: value for name, value in told.items() if value}


def _framed(frame: ClaimFrame, marked: MarkedArticle, register: Standing) -> dict[str, Any]:
    about = [_thing(one.words, register.meant(marked, one.annotation)) for one in frame.about]
    places = [_location(one.words, register.meant(marked, one.annotation)) for one in frame.places]
    told = {
        "author": _author(frame.source, marked, register),
        "hashiya:via": _author(frame.via, marked, register),
        "about": about,
        "contentLocation": places,
        "temporalCoverage": frame.time.value if frame.time else "",
        "isPartOf": f"urn:uuid:{frame.parent}" if frame.parent else "",
        "hashiya:frame": frame_value(frame),
    }
    return {name: value for name, value in told.items() if value}


def _author(speaker: Speaker | None, marked: MarkedArticle, register: Standing) -> dict[str, Any] | None:
    """Return who says a claim; an unnamed source is no person and no organisation that could be named."""
    if speaker is None:
        return None
    if speaker.kind == "outlet":
        outlet = marked.article.outlet
        return {"@type": "Organization", "name": outlet} if outlet else None
    if speaker.kind == "unnamed":
        return {"@type": "Thing", "description": speaker.words}
    return _thing(speaker.words, register.meant(marked, speaker.annotation))


def _thing(words: str, entity: Entity | None) -> dict[str, Any]:
    if entity is None:
        return {"@type": "Thing", "name": words}
    kind = "Person" if entity.subtype == "person" else "Organization"
    return _named(entity, "Place" if entity.kind == "place" else kind)


def _location(words: str, entity: Entity | None) -> dict[str, Any]:
    if entity is None:
        return {"@type": "Place", "name": words}
    point = point_of(entity)
    node = _named(entity, "Place")
    if point:
        node["geo"] = {"@type": "GeoCoordinates", "longitude": point[0], "latitude": point[1]}
    return node


def _named(entity: Entity, kind: str) -> dict[str, Any]:
    others = [name.text for name in entity.names[1:]]
    node: dict[str, Any] = {"@id": f"urn:uuid:{entity.id}", "@type": kind, "name": entity.name}
    return node | ({"alternateName": others} if others else {})


def _review(one: Annotation, verdict: Verdict, names: dict[str, str]) -> dict[str, Any]:
    return {
        "@id": f"urn:hashiya:verdict:{verdict.claim}:{verdict.reviewer}",
        "@type": "ClaimReview",
        "claimReviewed": one.quote,
        "itemReviewed": {"@id": f"urn:uuid:{one.id}"},
        "author": {"@type": "Person", "name": verdict.reviewer},
        "dateModified": verdict.updated_at,
        "reviewRating": {"@type": "Rating", "alternateName": names.get(verdict.value, verdict.value)},
        "reviewBody": verdict.reason,
    }


WRITER = Writer(
    "claims",
    N_("schema.org claims: who says what, for fact-checking"),
    ".jsonld",
    write,
    keeps=N_(
        "Keeps claims with who says them, frames, relations, the entities they name; reviews only where a "
        "reviewer gave a verdict. Leaves out texts and other annotations."
    ),
)
