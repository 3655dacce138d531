"""What a bundle is made of, read from the log: operations by replica, texts and originals of the articles they bring."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from annotator.store.database import Connection
from annotator.store.merging import heads
from annotator.store.operations import COLUMNS, Operation


@dataclass(frozen=True, slots=True)
class Span:
    """Operations of a replica that are to be sent: those after `after`, up to `last`."""

    replica: bytes
    after: int
    last: int


def spans_after(connection: Connection, known: Mapping[bytes, int], reviewers: Collection[str] | None) -> list[Span]:
    """Return what is to be sent to somebody who has the replicas as far as `known`, the replica of the beginning first.

    With `reviewers`, only of the replicas in which one of them wrote.
    """
    wanted = _replicas_of(connection, reviewers)
    found = [
        Span(replica, min(known.get(replica, 0), seq), seq)
        for replica, (seq, _) in heads(connection).items()
        if wanted is None or replica in wanted
    ]
    return [one for one in found if one.after < one.last]


def _replicas_of(connection: Connection, reviewers: Collection[str] | None) -> set[bytes] | None:
    if reviewers is None:
        return None
    marks = ", ".join("?" * len(reviewers))
    rows = connection.execute(
        f"SELECT uuid FROM replica WHERE EXISTS (SELECT 1 FROM op WHERE op.rid = replica.rid AND reviewer IN ({marks}))",
        list(reviewers),
    )
    return {row[0] for row in rows}


def count_articles(connection: Connection, spans: Iterable[Span]) -> int:
    """Return how many articles are brought, or changed, in spans."""
    found: set[bytes] = set()
    for span in spans:
        rows = connection.execute(
            "SELECT entity FROM op WHERE rid = (SELECT rid FROM replica WHERE uuid = ?) AND seq > ? AND seq <= ? "
            "AND kind = 'article' AND body IS NOT NULL",
            (span.replica, span.after, span.last),
        )
        found.update(row[0] for row in rows)
    return len(found)


def operations(connection: Connection, span: Span) -> Iterator[Operation]:
    """Yield the operations of a span in their order."""
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM op WHERE rid = (SELECT rid FROM replica WHERE uuid = ?) AND seq > ? AND seq <= ? ORDER BY seq",
        (span.replica, span.after, span.last),
    )
    return (Operation(*row) for row in rows)


def texts(connection: Connection, sha256s: Collection[bytes]) -> Iterator[tuple[bytes, str]]:
    """Yield texts by their SHA-256."""
    for sha256 in sha256s:
        row = connection.execute("SELECT text FROM text WHERE sha256 = ?", (sha256,)).fetchone()
        if row:
            yield sha256, row[0]


def originals(connection: Connection, sha256s: Collection[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Yield packed original bytes by the SHA-256 of the bytes; those that are the UTF-8 of a text are not kept."""
    for sha256 in sha256s:
        row = connection.execute("SELECT packed FROM original WHERE sha256 = ?", (sha256,)).fetchone()
        if row:
            yield sha256, row[0]


def is_first(connection: Connection, operation: Operation, known: Mapping[bytes, int]) -> bool:
    """Tell whether the receiver, who has the replicas as far as `known`, has no operation of this thing."""
    rows = connection.execute("SELECT uuid, seq FROM op JOIN replica USING (rid) WHERE entity = ?", (operation.entity,))
    return all(seq > known.get(replica, 0) for replica, seq in rows)
