"""Taking a merge back: the operations it brought leave the log again, all in one transaction.

Each replica's chain stands by itself, so what this copy's reviewers did since stays as it is, hashes and all, on top of the
state from before the merge. Where it builds on what would go, nothing is taken back. This is the one place where rows leave the
log; whoever sent them still has them, and they can be received again. Texts stay, as after an import that was undone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import orjson

from annotator.store import projection
from annotator.store.clock import uuid_bytes
from annotator.store.database import Connection
from annotator.store.identity import label_id
from annotator.store.kinds import KINDS
from annotator.store.merging import Range
from annotator.store.operations import COLUMNS, Operation, subject
from annotator.store.schema import DELETE_GUARD
from annotator.store.verifying import parents_of

_BATCH = 2000


@dataclass(frozen=True, slots=True)
class Dependent:
    """A later operation that builds on what was received."""

    kind: str
    subject: str


def take_out(connection: Connection, ranges: Sequence[Range]) -> dict[str, dict[str, None]]:
    """Take the operations of the ranges out of the log and bring the current state up; return the ids touched, by kind."""
    touched = list(_things(connection, ranges))
    ids: dict[str, dict[str, None]] = {}
    for kind, _, told in touched:
        ids.setdefault(kind, {})[told] = None
    for article in _articles(connection, ranges):  # where an annotation was that is gone is told by nothing else
        ids.setdefault("article", {})[article] = None
    connection.execute("DROP TRIGGER op_no_delete")
    for one in ranges:
        connection.execute("DELETE FROM op WHERE rid = ? AND seq BETWEEN ? AND ?", (one.rid, one.first, one.last))
    connection.execute(DELETE_GUARD.format(table="op"))
    for one in ranges:  # a replica that is gone altogether leaves no name; the one being written into may be empty yet
        connection.execute(
            "DELETE FROM replica WHERE rid = ? AND NOT EXISTS (SELECT 1 FROM op WHERE op.rid = replica.rid)", (one.rid,)
        )
    rest = iter(dict.fromkeys((kind, entity) for kind, entity, _ in touched))
    while some := list(islice(rest, _BATCH)):
        _bring_down(connection, some)
    connection.execute("DELETE FROM step")
    projection.record_steps(connection, "1", ())
    return ids


def _things(connection: Connection, ranges: Sequence[Range]) -> Iterator[tuple[str, bytes, str]]:
    for one in ranges:
        rows = connection.execute(
            f"SELECT {COLUMNS} FROM op WHERE rid = ? AND seq BETWEEN ? AND ?", (one.rid, one.first, one.last)
        )
        for operation in (Operation(*row) for row in rows):
            yield operation.kind, operation.entity, subject(operation, operation.value())


def _articles(connection: Connection, ranges: Sequence[Range]) -> Iterator[str]:
    """Yield the articles that annotations of the ranges lie in."""
    for one in ranges:
        rows = connection.execute(
            "SELECT DISTINCT body ->> 'article' FROM op WHERE rid = ? AND seq BETWEEN ? AND ? AND kind = 'annotation' "
            "AND body IS NOT NULL",
            (one.rid, one.first, one.last),
        )
        yield from (row[0] for row in rows)


def _bring_down(connection: Connection, things: Sequence[tuple[str, bytes]]) -> None:
    """Give things the value of the newest operation that is left, or none."""
    newest = []
    for kind, entity in things:
        row = connection.execute(
            f"SELECT {COLUMNS} FROM op WHERE entity = ? ORDER BY id DESC LIMIT 1", (entity,)
        ).fetchone()
        if row:
            newest.append(Operation(*row))
        else:
            connection.execute(f"DELETE FROM {kind} WHERE id = ?", (entity,))
    projection.apply(connection, newest)


def dependents(connection: Connection, ranges: Sequence[Range]) -> Iterator[Dependent]:
    """Yield the later operations that build on one of the ranges: by replacing it, undoing it or speaking of what only it made.

    The clock went past what was received, so only greater ids are later.
    """
    inside = _Inside(connection, ranges)
    rows = connection.execute(f"SELECT {COLUMNS} FROM op WHERE id > ? ORDER BY id", (_newest(connection, ranges),))
    for operation in (Operation(*row) for row in rows):
        if not inside.holds(operation.rid, operation.seq) and inside.carries(operation):
            yield Dependent(operation.kind, subject(operation, operation.value()))


def _newest(connection: Connection, ranges: Sequence[Range]) -> bytes:
    last = ((one.rid, one.last) for one in ranges)  # ids rise along a replica
    rows = [connection.execute("SELECT id FROM op WHERE rid = ? AND seq = ?", one).fetchone() for one in last]
    return max((row[0] for row in rows if row), default=b"")


class _Inside:
    """What lies in some ranges of the log."""

    def __init__(self, connection: Connection, ranges: Sequence[Range]) -> None:
        self._connection, self._ranges = connection, ranges

    def holds(self, rid: int, seq: int) -> bool:
        return any(one.rid == rid and one.first <= seq <= one.last for one in self._ranges)

    def carries(self, operation: Operation) -> bool:
        """Tell whether an operation cannot stand without what lies in the ranges."""
        earlier = [*parents_of(operation.parents), *([operation.target] if operation.target else [])]
        return any(map(self._has_operation, earlier)) or any(map(self._alone_made, _spoken_of(operation)))

    def _has_operation(self, identity: bytes) -> bool:
        row = self._connection.execute("SELECT rid, seq FROM op WHERE id = ?", (identity,)).fetchone()
        return row is not None and self.holds(*row)

    def _alone_made(self, thing: bytes) -> bool:
        rows = self._connection.execute("SELECT rid, seq FROM op WHERE entity = ?", (thing,)).fetchall()
        return bool(rows) and all(self.holds(*row) for row in rows)


def _spoken_of(operation: Operation) -> Iterator[bytes]:
    """Yield the ids of the things that an operation speaks of."""
    value = None if operation.body is None else orjson.loads(operation.body)
    if value is None:
        return
    if operation.kind == "annotation":
        yield label_id(value["label"])
    if operation.kind == "frame":
        yield from _pointed_at(value)
    yield from (found for name in KINDS[operation.kind].names if (found := uuid_bytes(value.get(name, ""))))


def _pointed_at(frame: dict[str, object]) -> Iterator[bytes]:
    """Yield the annotations that a frame points to."""
    pointing = [frame["source"], frame["via"], *_list(frame["about"]), *_list(frame["places"])]
    for one in pointing:
        if isinstance(one, dict) and (found := uuid_bytes(str(one["annotation"]))):
            yield found


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
