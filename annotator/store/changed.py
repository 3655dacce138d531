"""What changed since a moment: which articles are no longer as they were, and what is no longer there.

The log tells it: an operation's id begins with the time at which it was done. An article is changed by whatever an export of it
would show: its details, annotations, frames, verdicts, links, relations, states, copies, and the entities it is linked to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any

import orjson

from annotator.store.clock import uuid_bytes, uuid_text
from annotator.store.database import Connection
from annotator.store.operations import subject_of

REMOVABLE = ("article", "annotation", "frame", "verdict", "link", "relation", "entity")
"""The kinds of things whose removal is told."""
_AT_ONCE = 500
_VALUE = (
    "coalesce(body, (SELECT body FROM op AS before WHERE before.entity = op.entity AND before.id < op.id "
    "AND body IS NOT NULL ORDER BY before.id DESC LIMIT 1))"
)
# The fields by which a thing names the article or the annotations it hangs on.
_NAMING = {
    "annotation": ("article",), "reading": ("article",), "assignment": ("article",), "copy": ("article", "original"),
    "frame": ("claim",), "verdict": ("claim",), "link": ("annotation",), "relation": ("a", "b"),
}  # fmt: skip
_OF_ARTICLE = frozenset({"article", "original"})


def changed_articles(connection: Connection, milliseconds: int) -> frozenset[str]:
    """Return the ids of the articles that are there and changed since a moment (milliseconds since 1970, UTC)."""
    first = _first_id(milliseconds)
    articles = _touched(connection, first, "article")
    annotations = _touched(connection, first, "annotation")
    for kind, fields in _NAMING.items():
        for field in fields:
            found = _named(connection, first, kind, field)
            (articles if field in _OF_ARTICLE else annotations).update(found)
    articles |= _articles_of(connection, annotations) | _articles_meaning(connection, first)
    return frozenset(map(uuid_text, articles & _present(connection)))


def removed_things(connection: Connection, milliseconds: int) -> dict[str, tuple[str, ...]]:
    """Return what was removed since a moment and is not there again, by kind; ids as a `Change` tells them."""
    found: dict[str, list[str]] = {}
    for kind, entity, body in connection.execute(
        f"SELECT kind, entity, {_VALUE} FROM op WHERE id >= ? AND body IS NULL AND kind IN {REMOVABLE} AND NOT EXISTS "
        "(SELECT 1 FROM op AS later WHERE later.entity = op.entity AND later.id > op.id)",
        (_first_id(milliseconds),),
    ):
        found.setdefault(kind, []).append(subject_of(kind, entity, orjson.loads(body) if body else None))
    return {kind: tuple(sorted(set(found[kind]))) for kind in REMOVABLE if kind in found}


def newest_change(connection: Connection) -> bytes | None:
    """Return the id of the newest operation, or None when there is none."""
    newest: bytes | None = connection.execute("SELECT max(id) FROM op").fetchone()[0]
    return newest


def _first_id(milliseconds: int) -> bytes:
    """Return what no id of this moment or a later one is less than."""
    return min(milliseconds, (1 << 48) - 1).to_bytes(6, "big") + bytes(10)


def _touched(connection: Connection, first: bytes, kind: str) -> set[bytes]:
    rows = connection.execute("SELECT DISTINCT entity FROM op WHERE id >= ? AND kind = ?", (first, kind))
    return {row[0] for row in rows}


def _named(connection: Connection, first: bytes, kind: str, field: str) -> Iterator[bytes]:
    """Yield what things of a kind, also removed ones, name in a field."""
    rows = connection.execute(
        f"SELECT DISTINCT {_VALUE} ->> '$.{field}' FROM op WHERE id >= ? AND kind = ?", (first, kind)
    )
    return (identity for row in rows if row[0] and (identity := uuid_bytes(row[0])))


def _articles_of(connection: Connection, annotations: Collection[bytes]) -> set[bytes]:
    """Return the articles in which annotations stand, and those with a claim that has a relation to one of them."""
    return _looked_up(connection, "SELECT article FROM annotation WHERE id IN ({marks})", annotations) | _looked_up(
        connection,
        "SELECT article FROM relation JOIN annotation ON annotation.id = a WHERE b IN ({marks})",
        annotations,
    )


def _articles_meaning(connection: Connection, first: bytes) -> set[bytes]:
    """Return the articles that are linked to entities that changed, or that lie in ones or were merged into ones that did."""
    changed = _touched(connection, first, "entity")
    if not changed:
        return set()
    above: dict[bytes, list[bytes]] = {}
    for identity, merged_into, parent in connection.execute("SELECT id, merged_into, body ->> '$.parent' FROM entity"):
        for one in (merged_into, uuid_bytes(parent or "")):
            if one:
                above.setdefault(one, []).append(identity)
    waiting = list(changed)
    while waiting:
        fresh = set(above.get(waiting.pop(), ())) - changed
        changed |= fresh
        waiting += fresh
    query = "SELECT article FROM link JOIN annotation ON annotation.id = link.annotation WHERE link.entity IN ({marks})"
    return _looked_up(connection, query, changed)


def _looked_up(connection: Connection, query: str, ids: Iterable[bytes]) -> set[bytes]:
    found: set[bytes] = set()
    rest = iter(ids)
    while some := list(islice(rest, _AT_ONCE)):
        rows: list[Any] = connection.execute(query.format(marks=", ".join("?" * len(some))), some).fetchall()
        found.update(row[0] for row in rows)
    return found


def _present(connection: Connection) -> set[bytes]:
    return {row[0] for row in connection.execute("SELECT id FROM article")}
