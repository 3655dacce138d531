"""A project as tables with keys: articles, annotations, claims, mentions, relations, verdicts, entities.

The same columns serve CSV, XLSX and Parquet. `id` is the key of a table, `article`, `annotation`, `claim`, `entity` point
to others. Offsets are Unicode code points, half-open; times UTC, ISO 8601. A claim's row says what somebody says, never
that it is so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal, TypeAlias

import orjson

from annotator.entities import Entity
from annotator.frames import ClaimFrame, Speaker
from annotator.model import MarkedArticle
from annotator.values import frame_value
from annotator.writers.standing import Standing, radius_of

Kind = Literal["text", "whole", "number"]
Cell: TypeAlias = str | int | float | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what its cells are, and the table whose `id` it names, if it does."""

    name: str
    kind: Kind = "text"
    points_to: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, its columns, and the rows that one article gives it."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[MarkedArticle, Standing], Iterator[Row]]


def _articles(marked: MarkedArticle, register: Standing) -> Iterator[Row]:
    one = marked.article
    source = one.source
    yield (
        one.id, one.title, one.outlet, one.author, one.date, source.url, one.language, one.direction, one.sha256,
        len(one.text), source.file, source.part, source.bytes_sha256, source.imported_at, source.imported_by, one.replaces,
        one.text,
    )  # fmt: skip


def _annotations(marked: MarkedArticle, register: Standing) -> Iterator[Row]:
    for one in marked.annotations:
        yield (
            one.id, one.article, one.label, one.start, one.end, one.quote, one.form or one.quote, one.note, one.reviewer,
            one.created_at, one.updated_at, one.label_set, one.carried_from, int(one.to_confirm),
        )  # fmt: skip


def _claims(marked: MarkedArticle, register: Standing) -> Iterator[Row]:
    words = {one.id: one for one in marked.annotations}
    for claim, frame in marked.frames.items():
        source, via, time = frame.source, frame.via, frame.time
        yield (
            claim, words[claim].article, words[claim].quote, *_speaker(source, marked, register),
            *_speaker(via, marked, register), " … ".join(one.quote for one in frame.cue), frame.mode, frame.kind,
            frame.hedging, time.value if time else "", time.words if time else "", frame.parent, frame.label_set,
            _json(frame),
        )  # fmt: skip


def _speaker(speaker: Speaker | None, marked: MarkedArticle, register: Standing) -> Row:
    """Return kind, words, annotation and entity of who says a claim, or passes it on."""
    if speaker is None:
        return "", "", "", ""
    meant = register.meant(marked, speaker.annotation) if speaker.annotation else None
    return speaker.kind, speaker.words, speaker.annotation, meant.id if meant else ""


def _json(frame: ClaimFrame) -> str:
    return orjson.dumps(frame_value(frame), option=orjson.OPT_SORT_KEYS).decode()


def _mentions(marked: MarkedArticle, register: Standing) -> Iterator[Row]:
    for annotation, link in marked.links.items():
        meant = register.meant(marked, annotation)
        yield annotation, link.answer, meant.id if meant else "", meant.name if meant else ""


def _relations(marked: MarkedArticle, register: Standing) -> Iterator[Row]:
    for one in marked.relations:
        yield one.a, one.type, one.b, one.note, one.reviewer, one.updated_at


def _verdicts(marked: MarkedArticle, register: Standing) -> Iterator[Row]:
    for one in chain.from_iterable(marked.verdicts.values()):
        yield one.claim, one.reviewer, one.value, one.reason, one.updated_at, one.label_set


def _columns(
    *names: str, whole: Iterable[str] = (), number: Iterable[str] = (), **points_to: str
) -> tuple[Column, ...]:
    wholes, numbers = set(whole), set(number)
    return tuple(
        Column(name, "whole" if name in wholes else "number" if name in numbers else "text", points_to.get(name, ""))
        for name in names
    )


OF_ARTICLES: tuple[Table, ...] = (
    Table(
        "articles",
        _columns(
            "id", "title", "outlet", "author", "date", "url", "language", "direction", "sha256", "characters", "file", "part",
            "bytes_sha256", "imported_at", "imported_by", "replaces", "text", whole=["characters"],
        ),
        _articles,
    ),
    Table(
        "annotations",
        _columns(
            "id", "article", "label", "start", "end", "quote", "form", "note", "reviewer", "created_at", "updated_at",
            "label_set", "carried_from", "to_confirm", whole=["start", "end", "label_set", "to_confirm"], article="articles",
        ),
        _annotations,
    ),
    Table(
        "claims",
        _columns(
            "id", "article", "quote", "source_kind", "source_words", "source_annotation", "source_entity", "via_kind",
            "via_words", "via_annotation", "via_entity", "cue", "mode", "kind", "hedging", "time", "time_words", "parent",
            "label_set", "frame", whole=["label_set"], id="annotations", article="articles", source_entity="entities",
            via_entity="entities",
        ),
        _claims,
    ),
    Table(
        "mentions",
        _columns("annotation", "answer", "entity", "name", annotation="annotations", entity="entities"),
        _mentions,
    ),
    Table(
        "relations",
        _columns("claim", "type", "other_claim", "note", "reviewer", "updated_at", claim="annotations"),
        _relations,
    ),
    Table(
        "verdicts",
        _columns(
            "claim", "reviewer", "value", "reason", "updated_at", "label_set", whole=["label_set"], claim="annotations"
        ),
        _verdicts,
    ),
)  # fmt: skip
ENTITY_COLUMNS = _columns(
    "id", "kind", "name", "names", "subtype", "latitude", "longitude", "precision", "radius_m", "parent", "merged_into",
    "external", "notes", "sensitive", number=["latitude", "longitude"], whole=["radius_m", "sensitive"],
)  # fmt: skip


def entity_row(entity: Entity) -> Row:
    """Return the row of an entity; its names and ids elsewhere stand in one cell each, as JSON."""
    names = [{"text": name.text, "language": name.language} for name in entity.names]
    return (
        entity.id, entity.kind, entity.name, orjson.dumps(names).decode(), entity.subtype, entity.latitude, entity.longitude,
        entity.precision, radius_of(entity), entity.parent, entity.merged_into,
        orjson.dumps(dict(sorted(entity.external.items()))).decode(), entity.notes, int(entity.sensitive),
    )  # fmt: skip
