"""An article at an earlier time: the log up to then, of this article alone, put into an empty project in memory.

What is read from there goes the way of everything else that is read, so the past cannot look otherwise than the present did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from typing import Any

from annotator.entities import Entity
from annotator.model import MarkedArticle, Reading
from annotator.store import history, projection, reading, register
from annotator.store.clock import uuid_bytes
from annotator.store.database import Connection, in_memory
from annotator.store.marked import marked_articles
from annotator.store.operations import COLUMNS, Operation
from annotator.store.schema import LOG

Hides = Callable[[Operation, dict[str, Any] | None], bool]
Found = tuple[MarkedArticle, dict[str, Entity], tuple[Reading, ...]]


def article_before(connection: Connection, article: bytes, before: bytes, hides: Hides) -> Found | None:
    """Return an article as it was before an operation, with the entities it meant and what reviewers said of it as a whole.

    What `hides` tells to be hidden is left out. None when the article was not there.
    """
    found = {one.entity: one for one in _operations(connection, article, before) if not hides(one, one.value())}
    with closing(in_memory()) as shadow:
        _fill(shadow, connection, list(found.values()))
        marked = next(marked_articles(shadow), None)
        if marked is None:
            return None
        entities = {one.id: one for one in register.all_entities(shadow)}
        meant = {link.entity for link in marked.links.values() if link.entity}
        return marked, {one: entities[one] for one in sorted(meant)}, tuple(reading.readings(shadow))


def values_before(connection: Connection, things: Iterable[bytes], before: bytes) -> dict[bytes, Operation]:
    """Return the operations that gave things the values they had before an operation; those that had none are left out."""
    return {one.entity: one for one in history.newest(connection, set(things), before)}


def _operations(connection: Connection, article: bytes, before: bytes) -> Iterator[Operation]:
    """Yield the newest operations of what is in an article, then of what this points to outside of it."""
    here = history.newest(connection, history.things_of_article(connection, article), before)
    yield from here
    outside = history.newest(connection, set(_pointed_to(here)), before)
    yield from outside
    yield from history.newest(connection, set(_took_over(outside)), before)


def _pointed_to(operations: Iterable[Operation]) -> Iterator[bytes]:
    """Yield the entities that links name, and the claims that relations name."""
    for operation in operations:
        value = operation.value() if operation.kind in ("link", "relation") else None
        for name in ("entity", "a", "b"):
            if value and value.get(name):
                yield uuid_bytes(value[name]) or b""


def _took_over(operations: Iterable[Operation]) -> Iterator[bytes]:
    """Yield the entities that took the places of others."""
    for operation in operations:
        value = operation.value() if operation.kind == "entity" else None
        if value and value["merged_into"]:
            yield uuid_bytes(value["merged_into"]) or b""


def _fill(shadow: Connection, connection: Connection, operations: list[Operation]) -> None:
    for statement in LOG:
        shadow.execute(statement)
    projection.create_tables(shadow)
    marks = ", ".join("?" * len(COLUMNS.split(",")))
    shadow.execute("BEGIN")
    shadow.executemany(f"INSERT INTO op ({COLUMNS}) VALUES ({marks})", [one.row() for one in operations])
    projection.apply(shadow, operations)
    for (sha256,) in shadow.execute("SELECT sha256 FROM article").fetchall():
        text = connection.execute("SELECT text FROM text WHERE sha256 = ?", (sha256,)).fetchone()
        shadow.execute("INSERT INTO text VALUES (?, ?)", (sha256, text[0]))
    shadow.execute("COMMIT")
