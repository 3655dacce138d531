"""W3C Web Annotation: for every article its text and a page of annotations in JSON-LD, each with position and quote selector.

https://www.w3.org/TR/annotation-model/. Positions are code points of the text in logical order, as its section 4.2.5 demands.
The prefix and suffix of a quote are long enough to find the one place in the text by the quote alone, up to 512 code points.
What the model has no terms for (claim frames) stands as JSON in a body whose purpose is to describe.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from annotator.frames import ClaimFrame, Relation, Verdict
from annotator.language import N_
from annotator.model import Annotation, Article, MarkedArticle, MarkedProject
from annotator.reports import Reason
from annotator.text.quotes import CONTEXT
from annotator.values import frame_value
from annotator.writers.left_out import leave_out, leave_out_entities
from annotator.writers.losses import FORMS, SOURCES, Losses
from annotator.writers.target import Target
from annotator.writers.writer import Writer

AMBIGUOUS = Reason(
    "ambiguous_quote",
    N_("The words of {count} annotations, with those around them, stand in their text more than once."),
    N_("Their place is told by the position selector alone."),
)
_MODEL = "http://www.w3.org/ns/anno.jsonld"
_LONGEST = 512
_PAGE = "urn:hashiya:page:"


def write(project: MarkedProject, target: Target, losses: Losses) -> None:
    """Write `00001.txt` and `00001.jsonld` (an AnnotationPage) for every article, and `collection.jsonld`."""
    pages = annotations = 0
    for pages, marked in enumerate(project, start=1):
        items = list(_items(marked, losses))
        page = {"@context": _MODEL, "id": f"{_PAGE}{pages}", "type": "AnnotationPage", "items": items}
        with target.file(f"{pages:05}.txt") as file:
            file.write(marked.article.text.encode())
        with target.file(f"{pages:05}.jsonld") as file:
            file.write(orjson.dumps(page, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
        annotations += len(items)
        leave_out(losses, marked, SOURCES, FORMS)
    with target.file("collection.jsonld") as file:
        file.write(
            orjson.dumps(_collection(pages, annotations), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
        )
    leave_out_entities(losses, project)


def _collection(pages: int, annotations: int) -> dict[str, Any]:
    ends = {"first": f"{_PAGE}1", "last": f"{_PAGE}{pages}"} if pages else {}
    return {
        "@context": _MODEL,
        "id": "urn:hashiya:annotations",
        "type": "AnnotationCollection",
        "total": annotations,
    } | ends


def _items(marked: MarkedArticle, losses: Losses) -> Iterator[dict[str, Any]]:
    source = _source(marked.article)
    for one in marked.annotations:
        prefix, suffix = _context(marked.article.text, one, losses)
        target = {"source": source, "selector": _selectors(one, prefix, suffix)}
        yield _annotation(one, target, _bodies(one, marked))
        yield from (_assessment(verdict) for verdict in marked.verdicts.get(one.id, ()))
    yield from (_linking(relation) for relation in marked.relations)


def _source(article: Article) -> dict[str, Any]:
    return {
        "id": f"urn:uuid:{article.id}",
        "type": "Text",
        "format": "text/plain",
        "language": article.language,
        "textDirection": article.direction,
    }


def _annotation(one: Annotation, target: dict[str, Any], bodies: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": f"urn:uuid:{one.id}",
        "type": "Annotation",
        "motivation": "tagging",
        "creator": {"type": "Person", "name": one.reviewer},
        "created": one.created_at,
        "modified": one.updated_at,
        "body": bodies,
        "target": target,
    }


def _bodies(one: Annotation, marked: MarkedArticle) -> list[dict[str, Any]]:
    bodies = [_said("tagging", one.label)]
    if one.note:
        bodies.append(_said("commenting", one.note))
    link, frame = marked.links.get(one.id), marked.frames.get(one.id)
    if link and link.entity:
        bodies.append({"type": "SpecificResource", "purpose": "identifying", "source": f"urn:uuid:{link.entity}"})
    elif link:
        bodies.append(_said("identifying", link.answer))
    if frame:
        bodies.append(_said("describing", _json(frame)) | {"format": "application/json"})
    return bodies


def _said(purpose: str, value: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": purpose, "value": value}


def _json(frame: ClaimFrame) -> str:
    return orjson.dumps(frame_value(frame), option=orjson.OPT_SORT_KEYS).decode()


def _selectors(one: Annotation, prefix: str, suffix: str) -> list[dict[str, Any]]:
    return [
        {"type": "TextPositionSelector", "start": one.start, "end": one.end},
        {"type": "TextQuoteSelector", "exact": one.quote, "prefix": prefix, "suffix": suffix},
    ]


def _context(text: str, one: Annotation, losses: Losses) -> tuple[str, str]:
    """Return the words before and after an annotation, as many as make its place the only one."""
    size = CONTEXT
    while True:
        prefix, suffix = text[max(one.start - size, 0) : one.start], text[one.end : one.end + size]
        words = f"{prefix}{one.quote}{suffix}"
        if text.find(words, text.find(words) + 1) < 0:
            return prefix, suffix
        if size >= _LONGEST:
            losses.add(AMBIGUOUS, one.id)
            return prefix, suffix
        size *= 2


def _assessment(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict as what it is: what one reviewer holds of a claim."""
    return {
        "id": f"urn:hashiya:verdict:{verdict.claim}:{verdict.reviewer}",
        "type": "Annotation",
        "motivation": "assessing",
        "creator": {"type": "Person", "name": verdict.reviewer},
        "modified": verdict.updated_at,
        "body": [_said("assessing", verdict.value), _said("commenting", verdict.reason)],
        "target": f"urn:uuid:{verdict.claim}",
    }


def _linking(relation: Relation) -> dict[str, Any]:
    return {
        "id": f"urn:hashiya:relation:{relation.a}:{relation.type}:{relation.b}:{relation.reviewer}",
        "type": "Annotation",
        "motivation": "linking",
        "creator": {"type": "Person", "name": relation.reviewer},
        "modified": relation.updated_at,
        "body": [
            {"type": "SpecificResource", "purpose": "linking", "source": f"urn:uuid:{relation.b}"},
            _said("tagging", relation.type),
            *([_said("commenting", relation.note)] if relation.note else []),
        ],
        "target": f"urn:uuid:{relation.a}",
    }


WRITER = Writer(
    "w3c",
    N_("W3C Web Annotation: for the web and archives"),
    "",
    write,
    keeps=N_(
        "Keeps texts, annotations with reviewer and time, claim frames, verdicts, relations, links; each "
        "place by position and by quote. Leaves out the register and source records."
    ),
)
