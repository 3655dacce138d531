"""What this copy of a project remembers of sending and receiving: how far others are known to be, and what was received.

It is neither part of the log nor sent to anybody. Losing it costs larger bundles, nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import orjson

from annotator.store.database import Connection
from annotator.store.merging import Range

EVERYBODY = ""
Seqs = Mapping[bytes, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """A merge as it is remembered."""

    number: int
    at: str
    backup: str
    ranges: tuple[Range, ...]
    report: dict[str, Any]
    taken_back: str


def note_peer(connection: Connection, name: str, seqs: Seqs) -> None:
    """Remember that somebody, or everybody, has the replicas as far as this; what was known before stays."""
    connection.executemany(
        "INSERT INTO peer VALUES (?, ?, ?) ON CONFLICT (name, replica) DO UPDATE SET seq = max(seq, excluded.seq)",
        [(name, replica, seq) for replica, seq in seqs.items()],
    )


def known_by(connection: Connection, name: str) -> dict[bytes, int]:
    """Return how far somebody is known to have each replica: by what they sent, or was sent to them or to everybody."""
    rows = connection.execute(
        "SELECT replica, max(seq) FROM peer WHERE name IN (?, ?) GROUP BY replica", (name, EVERYBODY)
    )
    return dict(rows.fetchall())


def peers(connection: Connection) -> list[str]:
    """Return the names of those with whom work was exchanged, everybody at once not counted."""
    rows = connection.execute("SELECT DISTINCT name FROM peer WHERE name <> ? ORDER BY name", (EVERYBODY,))
    return [row[0] for row in rows]


def note_merge(
    connection: Connection, *, at: str, backup: str, ranges: Sequence[Range], report: Mapping[str, Any]
) -> int:
    """Remember a merge and return its number."""
    connection.execute(
        "INSERT INTO received (at, backup, ranges, report) VALUES (?, ?, ?, ?)",
        (at, backup, orjson.dumps([asdict(one) for one in ranges]).decode(), orjson.dumps(report).decode()),
    )
    return int(connection.execute("SELECT max(number) FROM received").fetchone()[0])


def note_taken_back(connection: Connection, number: int, at: str) -> None:
    """Remember that a merge was taken back."""
    connection.execute("UPDATE received SET taken_back = ? WHERE number = ?", (at, number))


def merges(connection: Connection) -> list[Entry]:
    """Return all merges, the last one first."""
    rows = connection.execute(
        "SELECT number, at, backup, ranges, report, taken_back FROM received ORDER BY number DESC"
    )
    return [_entry(*row) for row in rows]


def last_reviewer(connection: Connection) -> str | None:
    """Return who wrote last in this copy of the project, or None: what was received was written elsewhere."""
    received: dict[int, list[Range]] = {}
    for one in (found for entry in merges(connection) if not entry.taken_back for found in entry.ranges):
        received.setdefault(one.rid, []).append(one)
    rids = [row[0] for row in connection.execute("SELECT rid FROM replica")]
    return max((_last_own(connection, rid, received.get(rid, [])) for rid in rids), default=(b"", None))[1]


def _last_own(connection: Connection, rid: int, received: Sequence[Range]) -> tuple[bytes, str | None]:
    """Return the id and the reviewer of the last operation of a replica that was not received."""
    others = "".join(f" AND NOT seq BETWEEN {one.first} AND {one.last}" for one in received)
    row = connection.execute(
        f"SELECT id, reviewer FROM op WHERE rid = ?{others} ORDER BY seq DESC LIMIT 1", (rid,)
    ).fetchone()
    return row or (b"", None)


def _entry(number: int, at: str, backup: str, ranges: str, report: str, taken_back: str) -> Entry:
    found = tuple(Range(**one) for one in orjson.loads(ranges))
    return Entry(number, at, backup, found, orjson.loads(report), taken_back)
