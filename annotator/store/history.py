"""Reading the log as a history: which steps there were, newest first and page by page, and what each of them did.

A page begins after the step where the last one ended, so it costs the same however long the log is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from annotator.store import queries
from annotator.store.clock import uuid_text
from annotator.store.database import Connection
from annotator.store.identity import frame_id, link_id, verdict_id
from annotator.store.operations import COLUMNS, Operation
from annotator.store.steps import StoredStep

_STEP = "SELECT id, rid, first_seq, last_seq, action, reviewer, state FROM step"
_AMONG = "(SELECT unhex(value) FROM json_each({}))"
_THINGS = _AMONG.format(":things")
_FEW = 4  # operations looked at for each step that is wanted, at first
_NONE = b"\xff" * 16
# As the conditions of the indexes are written (schema.OF_HISTORY): SQLite uses these only where it finds their very words.
_IN_ARTICLE = (
    "parents = x'' AND kind IN ('annotation', 'assignment', 'comment', 'copy', 'decision', 'reading', 'settlement')"
)
_BETWEEN = "kind IN ('relation', 'resolved')"


@dataclass(frozen=True, slots=True)
class Window:
    """Which steps are asked for: ids from `since` on and below `before`, of one reviewer or (empty) of all."""

    since: bytes
    before: bytes
    reviewer: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A step with those of its operations that tell what it did, and how many things of each kind it touched."""

    step: StoredStep
    state: str
    operations: tuple[Operation, ...]
    counts: dict[str, int]
    whole: bool = True  # or else of some things alone


def steps(connection: Connection, window: Window, limit: int, *, shown: int) -> list[Told]:
    """Return the steps of the project within a window, newest first, each with its first operations."""
    own = "AND reviewer = :reviewer" if window.reviewer else ""
    rows = connection.execute(
        f"{_STEP} WHERE id < :before AND id >= :since {own} ORDER BY id DESC LIMIT :limit", _given(window, limit)
    ).fetchall()
    return [_told(connection, row, shown) for row in rows]


def steps_about(
    connection: Connection, things: Collection[bytes], window: Window, limit: int, *, shown: int
) -> list[Told]:
    """Return the steps that touched some things, newest first, each with its first operations on these."""
    given = _given(window, limit) | {"things": _hexes(things)}
    found = _newest_about(connection, given, window)
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM op WHERE entity IN {_THINGS} AND id >= :oldest AND step IN {_AMONG.format(':steps')} "
        "ORDER BY id",
        given | {"steps": _hexes(row[0] for row in found), "oldest": found[-1][0] if found else _NONE},
    )
    by_step: dict[bytes, list[Operation]] = {row[0]: [] for row in found}
    counts: dict[bytes, Counter[str]] = {row[0]: Counter() for row in found}
    for operation in (Operation(*row) for row in rows):
        counts[operation.step][operation.kind] += 1
        if len(by_step[operation.step]) < shown:
            by_step[operation.step].append(operation)
    return [Told(StoredStep(*row[:6]), row[6], tuple(by_step[row[0]]), dict(counts[row[0]]), False) for row in found]


def step(connection: Connection, identity: bytes, *, shown: int) -> Told | None:
    """Return one step with its first operations, or None."""
    row = connection.execute(f"{_STEP} WHERE id = ?", (identity,)).fetchone()
    return _told(connection, row, shown) if row else None


def operations(connection: Connection, step: StoredStep) -> Iterator[Operation]:
    """Yield all operations of a step, read as they are taken."""
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM op WHERE rid = ? AND seq BETWEEN ? AND ? AND step = ? ORDER BY seq",
        (step.rid, step.first_seq, step.last_seq, step.id),
    )
    return (Operation(*row) for row in rows)


def end_of(connection: Connection, step: StoredStep) -> bytes:
    """Return the id of the last operation of a step."""
    row = connection.execute("SELECT id FROM op WHERE rid = ? AND seq = ?", (step.rid, step.last_seq)).fetchone()
    return bytes(row[0])


def last_value(connection: Connection, entity: bytes, before: bytes) -> dict[str, Any] | None:
    """Return the last value that a thing had before an operation, also when it was removed since; or None."""
    row = connection.execute(
        "SELECT body FROM op WHERE entity = ? AND id < ? AND body IS NOT NULL ORDER BY id DESC LIMIT 1",
        (entity, before),
    ).fetchone()
    return orjson.loads(row[0]) if row else None


def things_of_article(connection: Connection, article: bytes) -> set[bytes]:
    """Return the ids of an article and of everything in it that ever had a value."""
    rows = connection.execute(
        f"SELECT DISTINCT kind, entity FROM op WHERE {_IN_ARTICLE} AND body ->> 'article' = ?",
        (uuid_text(article),),
    ).fetchall()
    annotations = [entity for kind, entity in rows if kind == "annotation"]
    found = {article, *(entity for _, entity in rows)}
    return found | _hanging_on(connection, annotations) | _resolved(connection, found)


def things_of_annotation(connection: Connection, annotation: bytes) -> set[bytes]:
    """Return the ids of an annotation and of everything that ever hung on it."""
    return {annotation} | _hanging_on(connection, [annotation])


def newest(connection: Connection, things: Collection[bytes], before: bytes) -> list[Operation]:
    """Return the newest operation of each of some things before an id."""
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM op WHERE id IN (SELECT max(id) FROM op WHERE entity IN {_AMONG.format('?')} AND id < ? "
        "GROUP BY entity)",
        (_hexes(things), before),
    )
    return [Operation(*row) for row in rows]


def _newest_about(connection: Connection, given: dict[str, Any], window: Window) -> list[tuple[Any, ...]]:
    """Return the newest steps that touched some things.

    No operation is older than its step, so the steps from a moment on are known from the operations from then on: at first from
    the latest few, for of all only the index is fast.
    """
    own = "AND reviewer = :reviewer" if window.reviewer else ""
    few = _FEW * given["limit"]
    while True:
        row = connection.execute(
            f"SELECT id FROM op WHERE entity IN {_THINGS} AND id < :before AND id >= :since ORDER BY id DESC "
            "LIMIT 1 OFFSET :few",
            given | {"few": few},
        ).fetchone()
        rows: list[tuple[Any, ...]] = connection.execute(
            f"{_STEP} WHERE id IN (SELECT DISTINCT step FROM op WHERE entity IN {_THINGS} AND id >= :oldest "
            f"AND step < :before AND step >= :oldest {own}) ORDER BY id DESC LIMIT :limit",
            given | {"oldest": row[0] if row else window.since},
        ).fetchall()
        if row is None or len(rows) == given["limit"]:
            return rows
        few *= 8


def _hanging_on(connection: Connection, annotations: Iterable[bytes]) -> set[bytes]:
    """Return the ids of the frames, links, verdicts and relations that annotations have or could have."""
    reviewers = queries.reviewers(connection)
    names = {uuid_text(one) for one in annotations}
    found = {make(name) for name in names for make in (frame_id, link_id)}
    found |= {verdict_id(name, reviewer) for name in names for reviewer in reviewers}
    return found | _between(connection, names)


def _between(connection: Connection, annotations: set[str]) -> set[bytes]:
    rows = connection.execute(
        f"SELECT entity, body ->> 'a', body ->> 'b' FROM op WHERE {_BETWEEN} AND kind = 'relation' AND body IS NOT NULL"
    )
    return {entity for entity, a, b in rows if a in annotations or b in annotations}


def _resolved(connection: Connection, comments: set[bytes]) -> set[bytes]:
    """Return the ids of what says that some of these are resolved comments."""
    names = {uuid_text(one) for one in comments}
    rows = connection.execute(
        f"SELECT entity, body ->> 'comment' FROM op WHERE {_BETWEEN} AND kind = 'resolved' AND body IS NOT NULL"
    )
    return {entity for entity, comment in rows if comment in names}


def _told(connection: Connection, row: tuple[Any, ...], shown: int) -> Told:
    found = StoredStep(*row[:6])
    here = (found.rid, found.first_seq, found.last_seq, found.id)
    among = "FROM op WHERE rid = ? AND seq BETWEEN ? AND ? AND step = ?"
    operations = tuple(
        Operation(*one)
        for one in connection.execute(f"SELECT {COLUMNS} {among} ORDER BY seq LIMIT ?", (*here, shown)).fetchall()
    )
    counts = Counter(operation.kind for operation in operations)
    if len(operations) == shown:
        counts = Counter(dict(connection.execute(f"SELECT kind, count(*) {among} GROUP BY kind", here).fetchall()))
    return Told(found, row[6], operations, dict(counts))


def _given(window: Window, limit: int) -> dict[str, Any]:
    return {"since": window.since, "before": window.before, "reviewer": window.reviewer, "limit": limit}


def _hexes(things: Iterable[bytes]) -> str:
    """Return ids as JSON, which takes any number of them where SQL takes only so many parameters."""
    return orjson.dumps([one.hex() for one in things]).decode()
