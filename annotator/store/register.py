"""Reading the register: entities, links and mentions.

A merged entity stays as a sign that points to the one that took its place; links and parents that name it are read as that
one, so a merge rewrites nobody's links.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import orjson

from annotator.entities import Entity, Link
from annotator.model import Annotation
from annotator.store.clock import uuid_bytes, uuid_text
from annotator.store.database import Connection
from annotator.store.queries import ANNOTATION_COLUMNS, annotation_of
from annotator.values import entity_of

_ENTITY = (
    "SELECT entity.id, entity.body, parent.merged_into FROM entity "
    "LEFT JOIN entity AS parent ON parent.id = unhex(replace(entity.body ->> 'parent', '-', ''))"
)
_LINK = (
    "SELECT link.annotation, link.answer, coalesce(entity.merged_into, entity.id) FROM link "
    "JOIN annotation ON annotation.id = link.annotation LEFT JOIN entity ON entity.id = link.entity"
)
_ANSWERED = "(link.answer <> 'entity' OR entity.id IS NOT NULL)"


def entity(connection: Connection, identity: bytes) -> Entity | None:
    """Return an entity, also one that was merged into another; or None."""
    row = connection.execute(f"{_ENTITY} WHERE entity.id = ?", (identity,)).fetchone()
    return _entity(row) if row else None


def entities(connection: Connection, *, kind: str | None = None) -> Iterator[Entity]:
    """Yield the entities, of one kind or all, in the order in which they were made; none that were merged."""
    rows = connection.execute(
        f"{_ENTITY} WHERE entity.merged_into IS NULL AND (?1 IS NULL OR entity.kind = ?1) ORDER BY entity.id", (kind,)
    )
    return (_entity(row) for row in rows)


def all_entities(connection: Connection) -> Iterator[Entity]:
    """Yield every entity, also those that were merged, in a fixed order."""
    return (_entity(row) for row in connection.execute(f"{_ENTITY} ORDER BY entity.id"))


def merged_into(connection: Connection, identity: bytes) -> list[Entity]:
    """Return the entities that were merged into this one."""
    rows = connection.execute(f"{_ENTITY} WHERE entity.merged_into = ? ORDER BY entity.id", (identity,))
    return [_entity(row) for row in rows]


def link(connection: Connection, annotation: bytes) -> Link | None:
    """Return what an annotation was linked to, or None."""
    row = connection.execute(f"{_LINK} WHERE link.annotation = ? AND {_ANSWERED}", (annotation,)).fetchone()
    return _link(row) if row else None


def links_of(connection: Connection, article: bytes) -> dict[str, Link]:
    """Return the links of an article's annotations, by the ids of these."""
    rows = connection.execute(f"{_LINK} WHERE annotation.article = ? AND {_ANSWERED}", (article,))
    return {found.annotation: found for found in map(_link, rows)}


def mentions(connection: Connection, identity: bytes) -> list[Annotation]:
    """Return the annotations linked to an entity or to one that was merged into it, article by article."""
    columns = ", ".join(f"annotation.{column}" for column in ANNOTATION_COLUMNS)
    rows = connection.execute(
        f"SELECT {columns} FROM link JOIN annotation ON annotation.id = link.annotation "
        "LEFT JOIN article ON article.id = annotation.article "
        "WHERE link.entity IN (SELECT ?1 UNION ALL SELECT id FROM entity WHERE merged_into = ?1) "
        "ORDER BY article.imported_at, article.file, article.id, annotation.start, annotation.id",
        (identity,),
    )
    return [annotation_of(row) for row in rows]


def linked_words(
    connection: Connection, annotations: Iterable[str] | None = None
) -> Iterator[tuple[str, str, str, str]]:
    """Yield (annotation, article, its words, entity) of every link to an entity, or of those of some annotations."""
    query = (
        "SELECT link.annotation, annotation.article, iif(form = '', quote, form), coalesce(entity.merged_into, entity.id) "
        "FROM link JOIN annotation ON annotation.id = link.annotation JOIN entity ON entity.id = link.entity"
    )
    if annotations is None:
        rows = connection.execute(query).fetchall()
    else:
        ids = [uuid_bytes(one) for one in annotations]
        rows = connection.execute(f"{query} WHERE link.annotation IN ({', '.join('?' * len(ids))})", ids).fetchall()
    for annotation, article, words, identity in rows:
        yield uuid_text(annotation), uuid_text(article), words, uuid_text(identity)


def _entity(row: tuple[Any, ...]) -> Entity:
    identity, body, parent = row
    found = entity_of(uuid_text(identity), orjson.loads(body))
    return replace(found, parent=uuid_text(parent)) if parent else found


def _link(row: tuple[Any, ...]) -> Link:
    annotation, answer, identity = row
    return Link(uuid_text(annotation), answer, uuid_text(identity) if identity else "")
