"""Writing the log: every change of a project is a step of operations, durable together with the state it leads to."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from annotator.store import projection, texts
from annotator.store.clock import Clock, time_of
from annotator.store.database import Connection, transaction
from annotator.store.operations import COLUMNS, FIRST_HASH, Operation, body_json, chain_hash
from annotator.store.replicas import new_replica, remember, remembered_replica

_AT_ONCE = 1000
_PACKING = 1  # a quarter of the time of the usual 6, for a quarter more of space


@dataclass(slots=True)
class StepWriter:
    """Collects the operations of one step; the log stores them when the step's block ends."""

    log: Log
    action: str
    reviewer: str
    target: bytes | None = None
    id: bytes = b""
    operations: list[Operation] = field(default_factory=list)
    values: list[dict[str, Any] | None] = field(default_factory=list)
    texts: list[tuple[bytes, str]] = field(default_factory=list)
    originals: list[tuple[bytes, Future[bytes]]] = field(default_factory=list)
    _touched: set[bytes] = field(default_factory=set)
    _heads: dict[bytes, bytes] = field(default_factory=dict)

    def foresee(self, entities: Collection[bytes]) -> None:
        """Look up the newest operations of many things at once, before they are given values one by one."""
        self._heads = dict.fromkeys(entities, b"") | self.log.heads_of(entities)

    def is_new(self, entity: bytes) -> bool:
        """Tell whether a thing that was foreseen never had a value; False for what was not foreseen."""
        return self._heads.get(entity) == b""

    def has(self, entity: bytes) -> bool:
        """Tell whether this step already gives the thing a value: it may do so only once."""
        return entity in self._touched

    def put(
        self,
        kind: str,
        value: dict[str, Any] | None,
        *,
        entity: bytes | None = None,
        identity: bytes = b"",
        parents: bytes = b"",
    ) -> bytes:
        """Give a thing a new value (None removes it) and return its id; without `entity` a new thing is made.

        `identity` is the id of the operation, if it was drawn from the clock before. It replaces the newest operation of the
        thing, or those given as `parents` (joined), where several stand side by side.
        """
        identity = identity or self.log.clock.next_id()
        self.id = self.id or identity
        parents = parents or (b"" if entity is None else self._head_of(entity))
        self._append(identity, kind, entity or identity, parents, body_json(value))
        self.values.append(value)
        return entity or identity

    def put_new(self, kind: str, value: dict[str, Any], *, entity: bytes | None = None) -> bytes:
        """Make a new thing; its `created_at` and `updated_at` are the time in its operation's id."""
        identity = self.log.clock.next_id()
        moment = time_of(identity)
        return self.put(kind, value | {"created_at": moment, "updated_at": moment}, entity=entity, identity=identity)

    def put_updated(self, kind: str, value: dict[str, Any], entity: bytes) -> None:
        """Give a thing a new value; its `updated_at` is the time in the operation's id."""
        identity = self.log.clock.next_id()
        self.put(kind, value | {"updated_at": time_of(identity)}, entity=entity, identity=identity)

    def put_text(self, sha256: bytes, text: str, original_sha256: bytes, original: bytes) -> None:
        """Store a canonical text and the bytes it came from; bytes that are the UTF-8 of the text need no second copy."""
        self.texts.append((sha256, text))
        # The articles of a workbook share its bytes.
        if original_sha256 != sha256 and (not self.originals or self.originals[-1][0] != original_sha256):
            self.originals.append((original_sha256, self.log.packer.submit(zlib.compress, original, _PACKING)))

    def _head_of(self, entity: bytes) -> bytes:
        found = self._heads.get(entity)
        return self.log.head_of(entity) if found is None else found

    def _append(self, identity: bytes, kind: str, entity: bytes, parents: bytes, body: str | None) -> None:
        self._touched.add(entity)
        last = self.operations[-1] if self.operations else None
        seq = (last.seq if last else self.log.seq) + 1
        digest = chain_hash(
            last.hash if last else self.log.head, self.log.replica, seq, identity, self.id, self.action, self.target,
            self.reviewer, kind, entity, parents, body,
        )  # fmt: skip
        self.operations.append(
            Operation(
                self.log.rid,
                seq,
                identity,
                self.id,
                self.action,
                self.target,
                self.reviewer,
                kind,
                entity,
                parents,
                body,
                digest,
            )
        )


class Log:
    """The append-only log of an open project, and this session's replica in it.

    The replica is chosen at the first write, so that reading a project never changes it.
    """

    def __init__(self, connection: Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self.rid = 0
        self.seq = 0
        self.head = FIRST_HASH
        self.replica = b""
        newest = connection.execute("SELECT max(id) FROM op").fetchone()[0]
        self.clock = Clock(newest)
        self.packer = ThreadPoolExecutor(
            1, thread_name_prefix="packer"
        )  # packing leaves the other threads the interpreter

    @contextmanager
    def step(self, action: str, reviewer: str, *, target: bytes | None = None, id: bytes = b"") -> Iterator[StepWriter]:
        """Store what the block puts as one step in one durable transaction; nothing of it when the block fails.

        With the `id` of an earlier step, that step grows: a long import is one step of many transactions.
        """
        if not self.replica:
            self._choose_replica()
        with transaction(self._connection, self._path):
            writer = StepWriter(self, action, reviewer, target, id)
            yield writer
            self._store(writer)
        if writer.operations:
            self.seq, self.head = writer.operations[-1].seq, writer.operations[-1].hash

    def head_of(self, entity: bytes) -> bytes:
        """Return the newest operation of a thing, which its next one replaces; empty when there is none."""
        row = self._connection.execute(
            "SELECT id FROM op WHERE entity = ? ORDER BY id DESC LIMIT 1", (entity,)
        ).fetchone()
        return row[0] if row else b""

    def heads_of(self, entities: Collection[bytes]) -> dict[bytes, bytes]:
        """Return the newest operation of each of these things that ever had one."""
        found: dict[bytes, bytes] = {}
        rest = iter(entities)
        while some := list(islice(rest, _AT_ONCE)):
            marks = ", ".join("?" * len(some))
            rows = self._connection.execute(
                f"SELECT entity, max(id) FROM op WHERE entity IN ({marks}) GROUP BY entity", some
            )
            found.update(rows.fetchall())
        return found

    def close(self) -> None:
        """Remember this session's replica, so that the next session continues it."""
        self.packer.shutdown()
        if self.replica:
            remember(self._path, self.replica, self.head)

    def _store(self, writer: StepWriter) -> None:
        if not writer.operations:
            return
        insert = self._connection.executemany
        insert("INSERT OR IGNORE INTO text VALUES (?, ?)", writer.texts)
        texts.take_in(self._connection, writer.texts)
        packed = ((sha256, original.result()) for sha256, original in writer.originals)
        insert("INSERT OR IGNORE INTO original VALUES (?, ?)", packed)
        insert(
            f"INSERT INTO op ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [operation.row() for operation in writer.operations],
        )
        projection.apply(self._connection, writer.operations, writer.values)
        projection.record_step(self._connection, writer.operations[0], writer.operations[-1])

    def _choose_replica(self) -> None:
        heads = {replica: digest for replica, _, digest in replica_heads(self._connection)}
        replica = remembered_replica(self._path, heads) or new_replica()
        with transaction(self._connection, self._path):
            self._connection.execute("INSERT OR IGNORE INTO replica (uuid) VALUES (?)", (replica,))
        row = self._connection.execute(
            "SELECT rid, coalesce(max(seq), 0) FROM replica LEFT JOIN op USING (rid) WHERE uuid = ?", (replica,)
        ).fetchone()
        self.rid, self.seq = row
        self.head, self.replica = heads.get(replica, FIRST_HASH), replica


def replica_heads(connection: Connection) -> list[tuple[bytes, int, bytes]]:
    """Return each replica that wrote something: its id, its last sequence number and its last hash."""
    rows = connection.execute(
        "SELECT uuid, seq, hash FROM replica JOIN op USING (rid) "
        "WHERE seq = (SELECT max(seq) FROM op AS newest WHERE newest.rid = replica.rid) ORDER BY rid"
    )
    return [(row[0], row[1], row[2]) for row in rows]
