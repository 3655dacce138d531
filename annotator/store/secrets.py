"""What a redaction must know of a project beforehand: the names of its people, the words of what is hidden, and a key."""

from __future__ import annotations

import hmac
from collections.abc import Collection, Iterable, Iterator

from annotator.store.clock import uuid_bytes, uuid_text
from annotator.store.database import Connection

_PEOPLE = (
    "SELECT name FROM reviewer UNION SELECT reviewer FROM annotation UNION SELECT reviewer FROM verdict "
    "UNION SELECT reviewer FROM relation UNION SELECT reviewer FROM reading UNION SELECT reviewer FROM assignment "
    "UNION SELECT body ->> '$.source.imported_by' FROM article"
)


def project_key(connection: Connection) -> bytes:
    """Return 32 bytes that are the same for every copy of a project and that nobody knows who does not have it.

    They follow from the hash of its first operation, in which there are more than 120 random bits, and which no export tells.
    """
    row = connection.execute("SELECT hash FROM op ORDER BY id LIMIT 1").fetchone()
    return hmac.digest(row[0], b"hashiya redaction", "sha256")


def people(connection: Connection) -> list[str]:
    """Return the names of all who ever marked, judged, imported or were given anything, sorted."""
    return sorted(row[0] for row in connection.execute(_PEOPLE) if row[0])


def words_of_labels(connection: Connection, labels: Collection[str]) -> Iterator[str]:
    """Yield the quotes and plain forms of all annotations with these labels."""
    marks = ", ".join("?" * len(labels))
    rows = connection.execute(f"SELECT DISTINCT quote, form FROM annotation WHERE label IN ({marks})", list(labels))
    return (words for row in rows for words in row if words)


def entities_of_labels(connection: Connection, labels: Collection[str]) -> Iterator[str]:
    """Yield the ids of the entities that annotations with these labels are linked to, as they were linked."""
    marks = ", ".join("?" * len(labels))
    rows = connection.execute(
        "SELECT DISTINCT link.entity FROM link JOIN annotation ON annotation.id = link.annotation "
        f"WHERE link.entity IS NOT NULL AND label IN ({marks})",
        list(labels),
    )
    return (uuid_text(row[0]) for row in rows)


def words_linked(connection: Connection, entities: Iterable[str]) -> Iterator[str]:
    """Yield the quotes and plain forms of the annotations that are linked to these entities."""
    for identity in entities:
        rows = connection.execute(
            "SELECT DISTINCT quote, form FROM annotation WHERE id IN (SELECT annotation FROM link WHERE entity = ?)",
            (uuid_bytes(identity),),
        )
        yield from (words for row in rows for words in row if words)
