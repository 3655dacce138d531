"""Undo and redo from the log: which step is next, and the values that take it back or do it again.

Both write new operations; nothing is ever removed from the log, so they work after a restart and show in the history.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from annotator.errors import ChangedSince
from annotator.model import Step
from annotator.store.clock import time_of, uuid_text
from annotator.store.database import Connection
from annotator.store.log import Log
from annotator.store.operations import COLUMNS, Operation, subject

_BATCH = 2000
# What every reviewer may change. All else is changed by its own reviewer only.
_SHARED = frozenset({
    "apart", "article", "assignment", "attribute", "copy", "decision", "entity", "filter", "label", "resolved", "reviewer",
    "setting", "settlement",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class StoredStep:
    """A step as the store knows it: where its operations lie in the log."""

    id: bytes
    rid: int
    first_seq: int
    last_seq: int
    action: str
    reviewer: str

    def public(self) -> Step:
        """Return the step as the product shows it."""
        return Step(uuid_text(self.id), self.action, self.reviewer, time_of(self.id))


def next_undo(connection: Connection, reviewer: str) -> StoredStep | None:
    """Return the reviewer's latest step that is done, or None."""
    return _step(connection, reviewer, "done", "DESC")


def next_redo(connection: Connection, reviewer: str) -> StoredStep | None:
    """Return the reviewer's earliest step that is undone, or None."""
    return _step(connection, reviewer, "undone", "ASC")


def take_back(connection: Connection, log: Log, step: StoredStep) -> dict[str, tuple[str, ...]]:
    """Give everything the step touched the value it had before; return the ids by kind."""
    return _write(connection, log, step, "undo")


def do_again(connection: Connection, log: Log, step: StoredStep) -> dict[str, tuple[str, ...]]:
    """Give everything the step touched the value the step gave it; return the ids by kind."""
    return _write(connection, log, step, "redo")


def _write(connection: Connection, log: Log, step: StoredStep, action: str) -> dict[str, tuple[str, ...]]:
    ids: dict[str, list[str]] = {}
    with log.step(action, step.reviewer, target=step.id) as writer:
        for operation in _operations(connection, step):
            if writer.has(operation.entity):
                continue  # a long step gave it several values: undo goes back behind the first, redo to the last
            _refuse_changed_since(connection, operation)
            before, after = _value_before(connection, operation), _value_after(connection, operation)
            writer.put(operation.kind, after if action == "redo" else before, entity=operation.entity)
            ids.setdefault(operation.kind, []).append(subject(operation, after or before))
    return {kind: tuple(found) for kind, found in ids.items()}


def _refuse_changed_since(connection: Connection, operation: Operation) -> None:
    """Raise ChangedSince when another reviewer changed the thing after the step: that work is not taken back.

    Also what only its reviewer may change may have been brought in by another, with a file or a corrected version.
    """
    row = connection.execute(
        "SELECT reviewer FROM op WHERE entity = ? ORDER BY id DESC LIMIT 1", (operation.entity,)
    ).fetchone()
    if row[0] != operation.reviewer:
        raise ChangedSince(reviewer=row[0])


def _step(connection: Connection, reviewer: str, state: str, order: str) -> StoredStep | None:
    row = connection.execute(
        "SELECT id, rid, first_seq, last_seq, action, reviewer FROM step "
        f"WHERE reviewer = ? AND state = ? AND state <> 'spent' ORDER BY id {order} LIMIT 1",
        (reviewer, state),
    ).fetchone()
    return StoredStep(*row) if row else None


def _operations(connection: Connection, step: StoredStep) -> Iterator[Operation]:
    """Yield the operations of a step in pages, because the step may be an import of ten thousand articles."""
    after = step.first_seq - 1
    while True:
        rows = connection.execute(
            f"SELECT {COLUMNS} FROM op WHERE rid = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?",
            (step.rid, after, step.last_seq, _BATCH),
        ).fetchall()
        if not rows:
            return
        yield from (operation for operation in (Operation(*row) for row in rows) if operation.step == step.id)
        after = rows[-1][1]


def _value_after(connection: Connection, operation: Operation) -> dict[str, Any] | None:
    """Return the value that the step left the operation's thing with."""
    if operation.kind not in _SHARED:
        return operation.value()
    row = connection.execute(
        "SELECT body FROM op WHERE entity = ? AND step = ? ORDER BY id DESC LIMIT 1", (operation.entity, operation.step)
    ).fetchone()
    return None if row[0] is None else orjson.loads(row[0])


def _value_before(connection: Connection, operation: Operation) -> dict[str, Any] | None:
    """Return the value that was shown before an operation: that of the newest one before it, by whomever.

    Where work was merged since, that need not be the one it replaced. A settlement goes back to what it settled.
    """
    if len(operation.parents) > 16:
        row = connection.execute("SELECT body FROM op WHERE id = ?", (_newest(operation.parents),)).fetchone()
    else:
        row = connection.execute(
            "SELECT body FROM op WHERE entity = ? AND id < ? ORDER BY id DESC LIMIT 1", (operation.entity, operation.id)
        ).fetchone()
    return None if row is None or row[0] is None else orjson.loads(row[0])


def _newest(parents: bytes) -> bytes:
    return max(parents[start : start + 16] for start in range(0, len(parents), 16))
