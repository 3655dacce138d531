"""Reading the chain of custody of an article: the entries of the log about it, and whether anybody rewrote them."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any, NamedTuple

from annotator.store.clock import uuid_text
from annotator.store.database import Connection
from annotator.store.identity import copy_id
from annotator.store.operations import COLUMNS, FIRST_HASH, Operation, chain_hash


class Entry(NamedTuple):
    """One operation on an article (kind `article`) or on its place in a group of copies (kind `copy`)."""

    id: bytes
    replica: bytes
    kind: str
    action: str
    reviewer: str
    value: dict[str, Any] | None


def operations_on(connection: Connection, article: bytes) -> Iterator[Entry]:
    """Yield everything that was done to an article, oldest first."""
    for operation, replica in _operations(connection, article):
        yield Entry(operation.id, replica, operation.kind, operation.action, operation.reviewer, operation.value())


def is_intact(connection: Connection, article: bytes) -> bool:
    """Tell whether the operations on an article have the hashes that follow from those before them."""
    return all(_follows(connection, *pair) for pair in _operations(connection, article))


def corrections_of(connection: Connection, article: bytes) -> list[str]:
    """Return the articles that are corrected versions of one."""
    rows = connection.execute("SELECT id FROM article WHERE replaces = ? ORDER BY imported_at, id", (article,))
    return [uuid_text(row[0]) for row in rows]


def original(connection: Connection, article: bytes) -> bytes | None:
    """Return the bytes that an article was made from, empty if they cannot be unpacked; None without the article."""
    row = connection.execute(
        "SELECT text, packed FROM article JOIN text USING (sha256) "
        "LEFT JOIN original ON original.sha256 = unhex(body ->> '$.source.bytes_sha256') WHERE id = ?",
        (article,),
    ).fetchone()
    if row is None:
        return None
    try:
        return bytes(row[0].encode("utf-8")) if row[1] is None else zlib.decompress(row[1])
    except zlib.error:
        return b""


def _operations(connection: Connection, article: bytes) -> list[tuple[Operation, bytes]]:
    columns = ", ".join(f"op.{name}" for name in COLUMNS.split(", "))
    rows = connection.execute(
        f"SELECT {columns}, uuid FROM op JOIN replica USING (rid) WHERE entity IN (?, ?) ORDER BY op.id",
        (article, copy_id(uuid_text(article))),
    )
    return [(Operation(*row[:-1]), row[-1]) for row in rows]


def _follows(connection: Connection, operation: Operation, replica: bytes) -> bool:
    before = connection.execute(
        "SELECT hash FROM op WHERE rid = ? AND seq = ?", (operation.rid, operation.seq - 1)
    ).fetchone()
    return operation.hash == chain_hash(
        before[0] if before else FIRST_HASH, replica, operation.seq, operation.id, operation.step, operation.action,
        operation.target, operation.reviewer, operation.kind, operation.entity, operation.parents, operation.body,
    )  # fmt: skip
