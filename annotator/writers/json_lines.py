"""Our own lossless form: JSON Lines `hashiya/1`, one article a line with its annotations and what hangs on them.

What belongs to the whole project stands on lines of its own with a `type`: before the articles the label set, if it is not
the one that ships, and the entities; behind them the relations, what the queue shows of reviewers and copies, and what was
decided and said about annotations.

Described in docs/formats/jsonl.md, with its JSON Schema beside it. Key order is fixed.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import orjson

from annotator.decision_values import decision_value
from annotator.decisions import Settings
from annotator.frames import ClaimFrame, Relation, Verdict
from annotator.labels import starter_set
from annotator.language import N_
from annotator.model import Annotation, Article, LabelSet, MarkedArticle, MarkedProject
from annotator.text.quotes import prefix_of, suffix_of
from annotator.values import boilerplate_value, entity_value, frame_value, source_value
from annotator.writers.losses import Losses
from annotator.writers.target import Target
from annotator.writers.writer import Writer

SCHEMA = "hashiya/1"


def write(project: MarkedProject, target: Target, losses: Losses) -> None:
    """Write one record a line; nothing of the current state is lost."""
    with target.file() as file:
        for record in _records(project):
            file.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))


def _records(project: MarkedProject) -> Iterator[dict[str, Any]]:
    if project.label_set and project.label_set != starter_set():
        yield _label_set(project.label_set)
    for entity in project.entities:
        yield {"schema": SCHEMA, "type": "entity", "id": entity.id} | entity_value(entity)
    for marked in project:
        yield record_of(marked)
    for relation in project.relations:
        yield _relation(relation)
    yield from _of_queue(project)
    yield from _of_review(project)


def _label_set(given: LabelSet) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "type": "label_set",
        "version": given.version,
        "labels": [asdict(label) for label in given.labels],
        "attributes": [asdict(attribute) for attribute in given.attributes],
    }


def _relation(relation: Relation) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "type": "relation",
        "a": relation.a,
        "relation": relation.type,
        "b": relation.b,
        "note": relation.note,
        "reviewer": relation.reviewer,
        "updated_at": relation.updated_at,
    }


def _of_queue(project: MarkedProject) -> Iterator[dict[str, Any]]:
    for kind, found in (
        ("reading", project.readings),
        ("assignment", project.assignments),
        ("copy", project.copies),
        ("apart", project.apart),
        ("filter", project.filters),
    ):
        for one in found:
            yield {"schema": SCHEMA, "type": kind} | asdict(one)


def _of_review(project: MarkedProject) -> Iterator[dict[str, Any]]:
    for name, role in project.roles.items():
        yield {"schema": SCHEMA, "type": "reviewer", "name": name, "role": role}
    for key, value in _settings(project.settings or Settings()):
        yield {"schema": SCHEMA, "type": "setting", "key": key, "value": value}
    for decision in project.decisions:
        yield {"schema": SCHEMA, "type": "decision", "id": decision.id} | decision_value(decision)
    for settlement in project.settlements:
        yield {"schema": SCHEMA, "type": "settlement"} | asdict(settlement)
    for comment in project.comments:
        yield {"schema": SCHEMA, "type": "comment"} | asdict(comment)


def _settings(settings: Settings) -> Iterator[tuple[str, Any]]:
    """Yield what was set; what nobody touched is left out."""
    if settings.blind:
        yield "blind", True
    if settings.double:
        yield "double", asdict(settings.double)


def record_of(marked: MarkedArticle) -> dict[str, Any]:
    """Return an article with all that hangs on it as a record of the format."""
    article = marked.article
    text = article.text
    return {
        "schema": SCHEMA,
        "id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "author": article.author,
        "date": article.date,
        "text": text,
        "sha256": article.sha256,
        "language": article.language,
        "direction": article.direction,
        "boilerplate": [boilerplate_value(one) for one in article.boilerplate],
        "replaces": article.replaces,
        "source": _source(article, marked.packed_original),
        "annotations": _annotations(marked),
    }


def _annotations(marked: MarkedArticle) -> list[dict[str, Any]]:
    text = marked.article.text
    records = [_annotation(annotation, text) for annotation in marked.annotations]
    if marked.links or marked.frames or marked.verdicts:
        for record in records:
            record.update(_hanging(marked, record["id"]))
    return records


def _source(article: Article, packed_original: bytes | None) -> dict[str, Any]:
    record = source_value(article.source)
    if packed_original is not None:
        record["original"] = base64.b64encode(packed_original).decode("ascii")
    return record


def _annotation(annotation: Annotation, text: str) -> dict[str, Any]:
    start, end = annotation.start, annotation.end
    record: dict[str, Any] = {
        "id": annotation.id,
        "label": annotation.label,
        "start": start,
        "end": end,
        "quote": annotation.quote,
        "prefix": prefix_of(text, start),
        "suffix": suffix_of(text, end),
        "reviewer": annotation.reviewer,
        "created_at": annotation.created_at,
        "updated_at": annotation.updated_at,
        "note": annotation.note,
        "label_set": annotation.label_set,
    }
    if annotation.form:
        record["form"] = annotation.form
    if annotation.carried_from:
        record["carried_from"] = annotation.carried_from
    if annotation.to_confirm:
        record["to_confirm"] = True
    return record


def _hanging(marked: MarkedArticle, annotation: str) -> dict[str, Any]:
    """Return what hangs on an annotation; what it does not have is left out."""
    link, frame, verdicts = marked.links.get(annotation), marked.frames.get(annotation), marked.verdicts.get(annotation)
    return (
        ({"entity": link.entity or link.answer} if link else {})
        | ({"claim": _claim(frame)} if frame else {})
        | ({"verdicts": [_verdict(verdict) for verdict in verdicts]} if verdicts else {})
    )


def _claim(frame: ClaimFrame) -> dict[str, Any]:
    """Return a frame; what points to an annotation that was removed says so."""
    value = frame_value(frame)
    records = [value["source"], value["via"], *value["about"], *value["places"]]
    for record, one in zip(records, (frame.source, frame.via, *frame.about, *frame.places), strict=True):
        if one and one.removed:
            record["removed"] = True
    return value


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "reviewer": verdict.reviewer,
        "value": verdict.value,
        "reason": verdict.reason,
        "updated_at": verdict.updated_at,
        "label_set": verdict.label_set,
    }


WRITER = Writer(
    "jsonl",
    N_("Everything, to be read back: our own form"),
    ".jsonl",
    write,
    keeps=N_(
        "Keeps everything there is but the history: texts and original files, all layers, claim frames, "
        "verdicts, the register, decisions, comments. Hashiya reads it back."
    ),
)
