"""From operations to the current state: the tables that everything but history is read from.

The same functions serve a single write, a bulk import and the rebuild, so what a project shows is always what its log says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

import orjson

from annotator.store.operations import COLUMNS, Operation, Row
from annotator.store.schema import PROJECTION, PROJECTION_TABLES

if TYPE_CHECKING:  # the database runs the migrations, and these need the projection
    from annotator.store.database import Connection

_BATCH = 5000
# An undo or a redo is not itself a thing to undo, nor is the making of the project.
_BOOKKEEPING = frozenset({"undo", "redo", "create", "join"})


def create_tables(connection: Connection, *, schema: str = "main") -> None:
    """Create the empty tables of the current state in the file, or in an attached database."""
    for statement in PROJECTION:
        connection.execute(statement.replace("TABLE ", f"TABLE {schema}.", 1).replace("INDEX ", f"INDEX {schema}.", 1))


def apply(connection: Connection, operations: Iterable[Operation], *, schema: str = "main") -> None:
    """Bring the current state up to these operations; within one step each thing occurs at most once."""
    values: dict[str, list[Row]] = defaultdict(list)
    removed: dict[str, list[Row]] = defaultdict(list)
    for operation in operations:
        if operation.body is None:
            removed[operation.kind].append((operation.entity,))
        else:
            values[operation.kind].append(_ROWS[operation.kind](operation, orjson.loads(operation.body)))
    for kind, entities in removed.items():
        connection.executemany(f"DELETE FROM {schema}.{kind} WHERE id = ?", entities)
    for kind, rows in values.items():
        connection.executemany(f"DELETE FROM {schema}.{kind} WHERE id = ?", [row[:1] for row in rows])
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO {schema}.{kind} VALUES ({marks})", rows)


def record_step(connection: Connection, first: Operation, last: Operation, *, schema: str = "main") -> None:
    """Note a step, or its growth by another batch, for undo: after a new step nothing undone can be redone."""
    state = "spent" if last.action in _BOOKKEEPING else "done"
    if last.target:
        target_state = "undone" if last.action == "undo" else "done"
        connection.execute(f"UPDATE {schema}.step SET state = ? WHERE id = ?", (target_state, last.target))
    elif state == "done":
        connection.execute(
            f"UPDATE {schema}.step SET state = 'spent' WHERE reviewer = ? AND state = 'undone'", (last.reviewer,)
        )
    connection.execute(
        f"INSERT INTO {schema}.step VALUES (?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET last_seq = excluded.last_seq",
        (last.step, last.rid, first.seq, last.seq, last.action, last.reviewer, state),
    )


def rebuild(connection: Connection) -> None:
    """Drop the current state and make it again from the whole log; to be called inside a transaction."""
    for table in PROJECTION_TABLES:
        connection.execute(f"DROP TABLE {table}")
    create_tables(connection)
    replay(connection)


def replay(connection: Connection, *, schema: str = "main") -> None:
    """Apply the whole log to empty tables, in the order of its ids, in batches."""
    rows = connection.execute(f"SELECT {COLUMNS} FROM op ORDER BY id")
    while batch := [Operation(*row) for row in islice(rows, _BATCH)]:
        newest = {operation.entity: operation for operation in batch}
        apply(connection, newest.values(), schema=schema)
        for first, last in _runs(batch):
            record_step(connection, first, last, schema=schema)


def _runs(batch: list[Operation]) -> Iterator[tuple[Operation, Operation]]:
    """Yield the first and last operation of each run of one step."""
    first = batch[0]
    for before, operation in pairwise(batch):
        if operation.step != before.step:
            yield first, before
            first = operation
    yield first, batch[-1]


def _reviewer_row(operation: Operation, value: dict[str, Any]) -> Row:
    return operation.entity, operation.id, value["name"]


def _label_row(operation: Operation, value: dict[str, Any]) -> Row:
    return operation.entity, operation.id, value["key"], value["position"], operation.body


def _article_row(operation: Operation, value: dict[str, Any]) -> Row:
    source = value["source"]
    return (
        operation.entity, operation.id, bytes.fromhex(value["sha256"]), value["title"], value["language"],
        value["direction"], source["imported_at"], source["file"], orjson.dumps(source).decode(),
    )  # fmt: skip


def _annotation_row(operation: Operation, value: dict[str, Any]) -> Row:
    return (
        operation.entity, operation.id, bytes.fromhex(value["article"].replace("-", "")), value["label"],
        value["start"], value["end"], value["quote"], value["note"],
        value["reviewer"], value["created_at"], value["updated_at"], value.get("form", ""),
    )  # fmt: skip


_ROWS: dict[str, Callable[[Operation, dict[str, Any]], Row]] = {
    "reviewer": _reviewer_row,
    "label": _label_row,
    "article": _article_row,
    "annotation": _annotation_row,
}
