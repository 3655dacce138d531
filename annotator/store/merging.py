"""Taking received operations into the log, and bringing the current state up to them.

Operations come out of the order of their ids: the value of a thing is that of its newest operation, whenever that came; the
states of steps are made anew for reviewers into whose past something came. The result is what a rebuild from the log gives.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import Any

import orjson

from annotator.bundle_errors import ForkedBundle, MissingWork, TamperedBundle
from annotator.language import N_, Sentence
from annotator.store import projection
from annotator.store.clock import uuid_text
from annotator.store.database import Connection
from annotator.store.kinds import Value
from annotator.store.log import replica_heads
from annotator.store.operations import COLUMNS, FIRST_HASH, Operation, Row, subject
from annotator.store.segments import BrokenSegment, Segment
from annotator.store.verifying import Known, Verifier, parents_of, things_known

_BATCH = 2000
_MARKS = ", ".join("?" * len(COLUMNS.split(",")))


@dataclass(frozen=True, slots=True)
class Range:
    """Operations `first` to `last` of a replica, by its number in this file."""

    rid: int
    first: int
    last: int


@dataclass(slots=True)
class Tally:
    """What was taken in: operations new and known, what they made and changed by kind, and what a merge tells listeners."""

    new: int = 0
    known: int = 0
    made: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    removed: Counter[str] = field(default_factory=Counter)
    reviewers: Counter[str] = field(default_factory=Counter)
    newest: bytes = b""
    ranges: list[Range] = field(default_factory=list)
    originals: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    divided: set[bytes] = field(default_factory=set)
    ids: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))


def project_id(connection: Connection) -> bytes:
    """Return the id of the project: that of its first step, which every copy has; empty while nothing was written.

    Every other operation comes after it, by whichever clock, so it is the smallest.
    """
    row = connection.execute("SELECT step FROM op ORDER BY id LIMIT 1").fetchone()
    return row[0] if row else b""


def heads(connection: Connection) -> dict[bytes, tuple[int, bytes]]:
    """Return how far each replica goes here: its last number and hash."""
    return {replica: (seq, digest) for replica, seq, digest in replica_heads(connection)}


def hash_at(connection: Connection, replica: bytes, seq: int) -> bytes | None:
    """Return the hash of an operation, that before the first for 0; None where the operation is not here."""
    if seq == 0:
        return FIRST_HASH
    row = connection.execute(
        "SELECT hash FROM op JOIN replica USING (rid) WHERE uuid = ? AND seq = ?", (replica, seq)
    ).fetchone()
    return row[0] if row else None


def append(
    connection: Connection, segment: Segment, operations: Iterable[Operation], rid: int, *, file: str, sender: str
) -> Range | None:
    """Take the operations of a segment that are not here yet into the log; return their range.

    Raises MissingWork when there is a gap before it, ForkedBundle and TamperedBundle.
    """
    head = connection.execute("SELECT coalesce(max(seq), 0) FROM op WHERE rid = ?", (rid,)).fetchone()[0]
    replica = uuid_text(segment.replica)
    if segment.first > head + 1:
        raise MissingWork(file=file, sender=sender, replica=replica, first=head + 1, last=segment.first - 1)
    if hash_at(connection, segment.replica, segment.first - 1) != segment.before:
        raise ForkedBundle(file=file, replica=replica, seq=segment.first)
    common = min(head, segment.last)
    shared = hash_at(connection, segment.replica, common)
    try:
        new = (one.row() for one in operations if _is_new(one, head, common, shared, segment, file))
        while rows := list(islice(new, _BATCH)):
            _insert(connection, rows, file)
    except BrokenSegment as error:
        raise TamperedBundle(file=file, reason=error.sentence) from error
    return Range(rid, head + 1, segment.last) if segment.last > head else None


def is_known(connection: Connection, segment: Segment) -> bool:
    """Tell whether all of a segment is here: its last hash stands for everything before."""
    return hash_at(connection, segment.replica, segment.last) == segment.after


def joined(ranges: Iterable[Range]) -> list[Range]:
    """Return ranges with those joined that follow each other in one replica."""
    found: list[Range] = []
    for one in sorted(ranges, key=lambda one: (one.rid, one.first)):
        if found and (found[-1].rid, found[-1].last + 1) == (one.rid, one.first):
            one = Range(one.rid, found.pop().first, one.last)
        found.append(one)
    return found


def _insert(connection: Connection, rows: Sequence[Row], file: str) -> None:
    before = connection.total_changes
    connection.executemany(f"INSERT OR IGNORE INTO op ({COLUMNS}) VALUES ({_MARKS})", rows)
    if connection.total_changes - before < len(rows):
        raise TamperedBundle(file=file, reason=Sentence(N_("two operations have one id.")))


def rid_of(connection: Connection, replica: bytes) -> int:
    """Return the number that a replica has in this file; a new one gets the next."""
    connection.execute("INSERT OR IGNORE INTO replica (uuid) VALUES (?)", (replica,))
    return int(connection.execute("SELECT rid FROM replica WHERE uuid = ?", (replica,)).fetchone()[0])


def _is_new(one: Operation, head: int, common: int, shared: bytes | None, segment: Segment, file: str) -> bool:
    if one.seq == common and one.hash != shared:
        raise ForkedBundle(file=file, replica=uuid_text(segment.replica), seq=one.seq)
    return one.seq > head


def bring_up(connection: Connection, fresh: Range, replica: bytes, verifier: Verifier, tally: Tally) -> Iterator[int]:
    """Judge the operations of a range and bring the current state up to them; yield after how many.

    All operations of the bundle stand in the log already.
    """
    before = connection.execute("SELECT id FROM op WHERE rid = ? AND seq = ?", (fresh.rid, fresh.first - 1)).fetchone()
    verifier.begin(replica, before[0] if before else b"")
    for operations in _pages(connection, fresh):
        things = things_known(connection, [one.entity for one in operations])
        newest: dict[bytes, tuple[Operation, Value | None]] = {}
        for operation, value in verifier.judged(operations, things):
            tally.reviewers[operation.reviewer] += 1
            if operation.kind == "article" and value:
                _note_article(tally, value)
            if things[operation.entity][-1].id == operation.id:
                newest[operation.entity] = operation, value
        _apply(connection, list(newest.values()), tally)
        tally.divided.update(entity for entity, known in things.items() if _is_divided(known))
        tally.newest = max(tally.newest, operations[-1].id)
        tally.new += len(operations)
        yield len(operations)


def _note_article(tally: Tally, value: Value) -> None:
    tally.texts.add(value["sha256"])
    if value["source"]["bytes_sha256"] != value["sha256"]:
        tally.originals.add(value["source"]["bytes_sha256"])


def _pages(connection: Connection, fresh: Range) -> Iterator[list[Operation]]:
    after = fresh.first - 1
    while rows := connection.execute(
        f"SELECT {COLUMNS} FROM op WHERE rid = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?",
        (fresh.rid, after, fresh.last, _BATCH),
    ).fetchall():
        yield [Operation(*row) for row in rows]
        after = rows[-1][1]


def _apply(connection: Connection, newest: Sequence[tuple[Operation, Value | None]], tally: Tally) -> None:
    """Give things their values, and count what that makes, changes and removes."""
    by_kind: dict[str, list[bytes]] = defaultdict(list)
    for operation, _ in newest:
        by_kind[operation.kind].append(operation.entity)
    there = {kind: _present(connection, kind, entities) for kind, entities in by_kind.items()}
    projection.apply(connection, [one for one, _ in newest], [value for _, value in newest])
    for operation, value in newest:
        was = operation.entity in there[operation.kind]
        if was or value is not None:
            counted = tally.removed if value is None else tally.changed if was else tally.made
            counted[operation.kind] += 1
    for operation, value in newest:
        told = value if value is not None else _value_had(connection, operation)
        tally.ids[operation.kind][subject(operation, told)] = None


def _value_had(connection: Connection, operation: Operation) -> Value | None:
    row = connection.execute(
        "SELECT body FROM op WHERE entity = ? AND body IS NOT NULL LIMIT 1", (operation.entity,)
    ).fetchone()
    return orjson.loads(row[0]) if row else None


def _present(connection: Connection, kind: str, entities: Sequence[bytes]) -> set[bytes]:
    marks = ", ".join("?" * len(entities))
    return {row[0] for row in connection.execute(f"SELECT id FROM {kind} WHERE id IN ({marks})", entities)}


def _is_divided(known: Sequence[Known]) -> bool:
    """Tell whether the operations of a thing are no chain, each replacing the one before."""
    return any(before.id not in parents_of(after.parents) for before, after in pairwise(known))


def bring_steps_up(connection: Connection, ranges: Sequence[Range]) -> None:
    """Note the steps of new operations, in the order of their ids, for undo.

    For a reviewer into whose past something came, all steps are gone through again.
    """
    stale = [reviewer for reviewer in _reviewers(connection, ranges) if _has_later(connection, reviewer, ranges)]
    marks = ", ".join("?" * len(stale))
    connection.execute(f"DELETE FROM step WHERE reviewer IN ({marks})", stale)
    where, values = _in_ranges(ranges)
    projection.record_steps(
        connection, f"({where}) AND reviewer NOT IN ({marks}) OR reviewer IN ({marks})", [*values, *stale, *stale]
    )


def _reviewers(connection: Connection, ranges: Sequence[Range]) -> list[str]:
    where, values = _in_ranges(ranges)
    return [row[0] for row in connection.execute(f"SELECT DISTINCT reviewer FROM op WHERE {where}", values)]


def _has_later(connection: Connection, reviewer: str, ranges: Sequence[Range]) -> bool:
    """Tell whether a step of a reviewer that is noted already is newer than a new operation of theirs."""
    where, values = _in_ranges(ranges)
    first = connection.execute(f"SELECT min(id) FROM op WHERE ({where}) AND reviewer = ?", [*values, reviewer])
    newest = connection.execute(
        "SELECT max(op.id) FROM step JOIN op ON op.rid = step.rid AND op.seq = last_seq WHERE step.reviewer = ?",
        (reviewer,),
    ).fetchone()[0]
    return newest is not None and newest > first.fetchone()[0]


def _in_ranges(ranges: Sequence[Range]) -> tuple[str, list[Any]]:
    """Return the condition that an operation lies in one of the ranges, and its values."""
    condition = " OR ".join(["(rid = ? AND seq BETWEEN ? AND ?)"] * len(ranges)) or "0"
    return condition, [value for one in ranges for value in (one.rid, one.first, one.last)]
