"""From operations to the current state: the tables that everything but history is read from.

The same functions serve a single write, a bulk import and the rebuild, so what a project shows is always what its log says.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

import orjson

from annotator.review.frame_parts import frame_key
from annotator.store.mergers import follow_mergers
from annotator.store.operations import COLUMNS, Operation, Row
from annotator.store.schema import PROJECTION, PROJECTION_TABLES

if TYPE_CHECKING:  # the database runs the migrations, and these need the projection
    from annotator.store.database import Connection

_BATCH = 5000
Value = dict[str, Any] | None
# An undo or a redo is not itself a thing to undo, nor is the making of the project.
_BOOKKEEPING = frozenset({"undo", "redo", "create", "join"})

# The index of these is partial, which has to be said for it to be used.
_UNDONE = "state = 'undone' AND state <> 'spent'"


def create_tables(connection: Connection, *, schema: str = "main") -> None:
    """Create the empty tables of the current state in the file, or in an attached database."""
    for statement in PROJECTION:
        connection.execute(statement.replace("TABLE ", f"TABLE {schema}.", 1).replace("INDEX ", f"INDEX {schema}.", 1))


def apply(
    connection: Connection, operations: Sequence[Operation], values_of: Sequence[Value] = (), *, schema: str = "main"
) -> None:
    """Bring the current state up to these operations; within one step each thing occurs at most once.

    `values_of` are their values, if they are at hand: reading them from the JSON of the operations takes longer.
    """
    touched: dict[str, list[Row]] = defaultdict(list)
    values: dict[str, list[Row]] = defaultdict(list)
    for operation, value in zip(operations, values_of or map(Operation.value, operations), strict=True):
        touched[operation.kind].append((operation.entity,))
        if value is not None:
            values[operation.kind].append(_ROWS[operation.kind](operation, value))
            if operation.kind == "decision" and value["finals"]:
                values["final"] += _final_rows(operation, value)
    for kind, entities in touched.items():
        connection.executemany(f"DELETE FROM {schema}.{kind} WHERE id = ?", entities)
        if kind == "decision":
            connection.executemany(f"DELETE FROM {schema}.final WHERE decision = ?", entities)
    for kind, rows in values.items():
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO {schema}.{kind} VALUES ({marks})", rows)
    if "entity" in touched:
        follow_mergers(connection, schema)


def record_step(connection: Connection, first: Operation, last: Operation) -> None:
    """Note a step, or its growth by another batch, for undo: after a new step nothing undone can be redone."""
    _record_runs(connection, [(first, last)], "main")


def _record_runs(connection: Connection, runs: Iterable[tuple[Operation, Operation]], schema: str) -> None:
    """Note steps, each given by the first and last operation of a run, in the order of time."""
    undone = _Undone(connection, schema)
    rows: list[Row] = []
    for first, last in runs:
        state = "spent" if last.action in _BOOKKEEPING else "done"
        if last.target or (state == "done" and undone.has(last.reviewer)):
            _insert_steps(connection, rows, schema)
            rows = []
            undone.change(last)
        rows.append((last.step, last.rid, first.seq, last.seq, last.action, last.reviewer, state))
    _insert_steps(connection, rows, schema)


class _Undone:
    """Which reviewers have steps that are undone, asked once for each."""

    def __init__(self, connection: Connection, schema: str) -> None:
        self._connection, self._schema = connection, schema
        self._known: dict[str, bool] = {}

    def has(self, reviewer: str) -> bool:
        if reviewer not in self._known:
            statement = f"SELECT 1 FROM {self._schema}.step WHERE reviewer = ? AND {_UNDONE} LIMIT 1"
            self._known[reviewer] = self._connection.execute(statement, (reviewer,)).fetchone() is not None
        return self._known[reviewer]

    def change(self, last: Operation) -> None:
        """Note what a step does to others: an undo or redo to its target, a new one to those that are undone."""
        if last.target:
            state = "undone" if last.action == "undo" else "done"
            self._update("state = ? WHERE id = ? AND reviewer = ?", state, last.target, last.reviewer)
        else:
            self._update(f"state = 'spent' WHERE reviewer = ? AND {_UNDONE}", last.reviewer)
        self._known[last.reviewer] = last.target is not None

    def _update(self, change: str, *values: Any) -> None:
        self._connection.execute(f"UPDATE {self._schema}.step SET {change}", values)


def _insert_steps(connection: Connection, rows: Sequence[Row], schema: str) -> None:
    connection.executemany(
        f"INSERT INTO {schema}.step VALUES (?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET last_seq = excluded.last_seq",
        rows,
    )


def record_steps(connection: Connection, condition: str, values: Sequence[Any]) -> None:
    """Note the steps of all operations that meet a condition, in the order of their ids."""
    columns = COLUMNS.replace(" body", " NULL")  # which would be most of what is read
    rows = connection.execute(f"SELECT {columns} FROM op WHERE {condition} ORDER BY id", values)
    while batch := [Operation(*row) for row in islice(rows, _BATCH)]:
        _record_runs(connection, _runs(batch), "main")


def rebuild(connection: Connection) -> None:
    """Drop the current state and make it again from the whole log; to be called inside a transaction.

    An older file may lack tables.
    """
    for table in PROJECTION_TABLES:
        connection.execute(f"DROP TABLE IF EXISTS main.{table}")
    create_tables(connection)
    replay(connection)


def replay(connection: Connection, *, schema: str = "main") -> None:
    """Apply the whole log to empty tables, in the order of its ids, in batches."""
    rows = connection.execute(f"SELECT {COLUMNS} FROM op ORDER BY id")
    while batch := [Operation(*row) for row in islice(rows, _BATCH)]:
        newest = {operation.entity: operation for operation in batch}
        apply(connection, list(newest.values()), schema=schema)
        _record_runs(connection, _runs(batch), schema)


def _runs(batch: list[Operation]) -> Iterator[tuple[Operation, Operation]]:
    """Yield the first and last operation of each run of one step."""
    first = batch[0]
    for before, operation in pairwise(batch):
        if operation.step != before.step:
            yield first, before
            first = operation
    yield first, batch[-1]


def _reviewer_row(operation: Operation, value: dict[str, Any]) -> Row:
    return operation.entity, operation.id, value["name"], value.get("role", "")


def _setting_row(operation: Operation, value: dict[str, Any]) -> Row:
    return operation.entity, operation.id, value["key"], operation.body


def _label_row(operation: Operation, value: dict[str, Any]) -> Row:
    return operation.entity, operation.id, value["key"], value["position"], operation.body


def _article_row(operation: Operation, value: dict[str, Any]) -> Row:
    source = value["source"]
    return (
        operation.entity, operation.id, bytes.fromhex(value["sha256"]), value["title"], value["language"],
        value["direction"], source["imported_at"], source["file"], value.get("outlet", ""), value.get("author", ""),
        value.get("date", ""), _bytes(value.get("replaces", "")), operation.body,
    )  # fmt: skip


def _reading_row(operation: Operation, value: dict[str, Any]) -> Row:
    return (
        operation.entity, operation.id, _bytes(value["article"]), value["reviewer"], value["state"],
        int(value["flagged"]), value["note"], value["updated_at"],
    )  # fmt: skip


def _assignment_row(operation: Operation, value: dict[str, Any]) -> Row:
    return operation.entity, operation.id, _bytes(value["article"]), value["reviewer"]


def _copy_row(operation: Operation, value: dict[str, Any]) -> Row:
    return operation.entity, operation.id, _bytes(value["article"]), _bytes(value["original"])


def _apart_row(operation: Operation, value: dict[str, Any]) -> Row:
    return operation.entity, operation.id, _bytes(value["one"]), _bytes(value["other"])


def _filter_row(operation: Operation, value: dict[str, Any]) -> Row:
    return operation.entity, operation.id, value["name"], value["query"]


def _annotation_row(operation: Operation, value: dict[str, Any]) -> Row:
    return (
        operation.entity, operation.id, _bytes(value["article"]), value["label"],
        value["start"], value["end"], value["quote"], value["note"],
        value["reviewer"], value["created_at"], value["updated_at"], value.get("form", ""), value.get("label_set", 1),
        _bytes(value.get("carried_from", "")), int(value.get("to_confirm", False)),
    )  # fmt: skip


def _frame_row(operation: Operation, value: dict[str, Any]) -> Row:
    source, time = value["source"] or {}, value["time"] or {}
    places = value["places"]
    return (
        _bytes(value["claim"]), operation.entity, operation.id, _bytes(value["parent"]),
        source.get("kind", ""), _bytes(source.get("annotation", "")), source.get("words", ""),
        " … ".join(one["quote"] for one in value["cue"]), value["mode"], value["kind"],
        _bytes(places[0]["annotation"]) if places else None, "، ".join(one["words"] for one in places),
        time.get("value", ""), value["label_set"], _digest(value),
    )  # fmt: skip


def _digest(frame: dict[str, Any]) -> bytes:
    """Return by what it is told whether somebody changed a frame."""
    return hashlib.sha256(orjson.dumps(frame_key(frame), option=orjson.OPT_SORT_KEYS)).digest()[:8]


def _verdict_row(operation: Operation, value: dict[str, Any]) -> Row:
    return (
        operation.entity, operation.id, _bytes(value["claim"]), value["reviewer"], value["value"], value["reason"],
        value["updated_at"], value["label_set"],
    )  # fmt: skip


def _relation_row(operation: Operation, value: dict[str, Any]) -> Row:
    return (
        operation.entity, operation.id, _bytes(value["a"]), value["type"], _bytes(value["b"]), value["note"],
        value["reviewer"], value["updated_at"],
    )  # fmt: skip


def _entity_row(operation: Operation, value: dict[str, Any]) -> Row:
    merged = _bytes(value["merged_into"])
    return operation.entity, operation.id, value["kind"], merged, merged, operation.body


def _link_row(operation: Operation, value: dict[str, Any]) -> Row:
    return operation.entity, operation.id, _bytes(value["annotation"]), value["answer"], _bytes(value["entity"])


def _decision_row(operation: Operation, value: dict[str, Any]) -> Row:
    return (
        operation.entity, operation.id, _bytes(value["article"]), value["reviewer"], value["outcome"], value["reason"],
        value["updated_at"],
    )  # fmt: skip


def _final_rows(operation: Operation, value: dict[str, Any]) -> list[Row]:
    """Return the annotations that a decision made, a row for each."""
    article = _bytes(value["article"])
    return [
        (
            _bytes(one["id"]), operation.id, operation.entity, article, one["label"], one["start"], one["end"],
            one["quote"],
        )
        for one in value["finals"]
    ]  # fmt: skip


def _settlement_row(operation: Operation, value: dict[str, Any]) -> Row:
    return (
        operation.entity, operation.id, _bytes(value["article"]), value["state"], value["layers"], value["reviewer"],
        value["updated_at"],
    )  # fmt: skip


def _comment_row(operation: Operation, value: dict[str, Any]) -> Row:
    return (
        operation.entity, operation.id, _bytes(value["annotation"]), _bytes(value["article"]), value["text"],
        _bytes(value["answer_to"]), value["reviewer"], value["created_at"], value["updated_at"],
    )  # fmt: skip


def _resolved_row(operation: Operation, value: dict[str, Any]) -> Row:
    return operation.entity, operation.id, _bytes(value["comment"]), value["reviewer"], value["updated_at"]


def _bytes(identity: str) -> bytes | None:
    return bytes.fromhex(identity.replace("-", "")) if identity else None


_ROWS: dict[str, Callable[[Operation, dict[str, Any]], Row]] = {
    "reviewer": _reviewer_row,
    "label": _label_row,
    "attribute": _label_row,
    "article": _article_row,
    "reading": _reading_row,
    "assignment": _assignment_row,
    "copy": _copy_row,
    "apart": _apart_row,
    "filter": _filter_row,
    "annotation": _annotation_row,
    "frame": _frame_row,
    "verdict": _verdict_row,
    "relation": _relation_row,
    "entity": _entity_row,
    "link": _link_row,
    "setting": _setting_row,
    "decision": _decision_row,
    "settlement": _settlement_row,
    "comment": _comment_row,
    "resolved": _resolved_row,
}
