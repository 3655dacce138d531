"""Where a thing was changed side by side, neither change knowing of the other: its heads, and when they are a conflict.

A head is an operation that no other replaces. Two heads whose values say the same are no conflict. A settlement names all heads
as its parents; taking it back brings them back: an undone settlement does not count, and its undo stands for the newest of
what it had settled.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from annotator.store.database import Connection

SETTLE = "settle_conflict"
# When and from which file something came is not what a reviewer means by it.
_UNSAID = frozenset({"created_at", "updated_at", "source"})
_UNDONE = "('undone', 'spent')"


@dataclass(frozen=True, slots=True)
class Head:
    """One of the values that stand side by side; `body` is None when the thing was removed."""

    id: bytes
    entity: bytes
    kind: str
    reviewer: str
    body: str | None

    def value(self) -> dict[str, Any] | None:
        """Return the value that the thing has by this operation."""
        return None if self.body is None else orjson.loads(self.body)

    def said(self) -> dict[str, Any] | None:
        """Return what of the value a reviewer means by it."""
        value = self.value()
        return value and {name: found for name, found in value.items() if name not in _UNSAID}


@dataclass(frozen=True, slots=True)
class _Op:
    head: Head
    parents: tuple[bytes, ...]
    step: bytes
    target: bytes | None
    action: str


def remember_divided(connection: Connection, entities: Collection[bytes]) -> None:
    """Remember things whose operations are no chain, as places to look for conflicts."""
    connection.executemany("INSERT OR IGNORE INTO divided VALUES (?)", [(one,) for one in entities])


def conflicts(connection: Connection, among: Collection[bytes] | None = None) -> Iterator[tuple[Head, ...]]:
    """Yield the heads of each thing that has several of different values, the newest (which is shown) first."""
    wanted = among if among is not None else [row[0] for row in connection.execute("SELECT entity FROM divided")]
    for entity in sorted(wanted):
        found = conflict(connection, entity)
        if found:
            yield found


def conflict(connection: Connection, entity: bytes) -> tuple[Head, ...]:
    """Return the heads of a thing if they differ, the newest first; else nothing."""
    heads = _heads(_operations(connection, entity), _undone_settlements(connection, entity))
    first = heads[0].said() if heads else None
    return heads if any(one.said() != first for one in heads) else ()


def all_parents(connection: Connection, entity: bytes) -> bytes:
    """Return what a settlement replaces: every operation of the thing that none replaces yet, and the heads, joined."""
    operations = _operations(connection, entity)
    replaced = {parent for one in operations for parent in one.parents}
    raw = {one.head.id for one in operations} - replaced
    return b"".join(sorted(raw | {one.id for one in conflict(connection, entity)}))


def _heads(operations: Sequence[_Op], undone: Collection[bytes]) -> tuple[Head, ...]:
    """Return the heads of a thing, newest first; `operations` are all of its operations by id."""
    by_step = {one.step: one for one in operations if one.action == SETTLE}
    stands_for = {one.head.id: _newest_parent(one) for one in by_step.values() if one.step in undone}
    for one in operations:
        settled = by_step.get(one.target) if one.target else None
        if settled:
            stands_for[one.head.id] = _newest_parent(settled) if one.action == "undo" else settled.head.id
    counted = [one for one in operations if one.head.id not in stands_for]
    replaced = {_resolved(parent, stands_for) for one in counted for parent in one.parents}
    return tuple(one.head for one in reversed(counted) if one.head.id not in replaced)


def _newest_parent(one: _Op) -> bytes:
    return max(one.parents)


def _resolved(identity: bytes, stands_for: dict[bytes, bytes]) -> bytes:
    while identity in stands_for:
        identity = stands_for[identity]
    return identity


def _operations(connection: Connection, entity: bytes) -> list[_Op]:
    rows = connection.execute(
        "SELECT id, entity, kind, reviewer, body, parents, step, target, action FROM op WHERE entity = ? ORDER BY id",
        (entity,),
    )
    return [
        _Op(Head(*row[:5]), tuple(row[5][start : start + 16] for start in range(0, len(row[5]), 16)), row[6], row[7],
            row[8])
        for row in rows
    ]  # fmt: skip


def _undone_settlements(connection: Connection, entity: bytes) -> set[bytes]:
    """Return the steps that settled something of a thing and were taken back."""
    rows = connection.execute(
        f"SELECT step.id FROM op JOIN step ON step.id = op.step "
        f"WHERE op.entity = ? AND op.action = '{SETTLE}' AND step.state IN {_UNDONE}",
        (entity,),
    )
    return {row[0] for row in rows}
