"""Reading which other articles an article has to do with: its versions, and its group of copies."""

from __future__ import annotations

from annotator.model import Relative, Relatives
from annotator.store.clock import uuid_text
from annotator.store.database import Connection

_COLUMNS = "SELECT article.id, title, outlet, date FROM article"
_ORDER = "ORDER BY imported_at, file, article.id"


def relatives(connection: Connection, article: bytes) -> Relatives:
    """Return the versions and copies of an article that are in the project."""
    before = _read(connection, "WHERE id = (SELECT replaces FROM article AS own WHERE own.id = ?)", article)
    after = _read(connection, "WHERE replaces = ?", article)
    root = "coalesce((SELECT original FROM copy WHERE article = ?), ?)"
    copies = _read(
        connection,
        f"WHERE article.id <> ? AND (article.id = {root} "
        f"OR article.id IN (SELECT article FROM copy WHERE original = {root}))",
        article, article, article, article, article,
    )  # fmt: skip
    return Relatives(before[0] if before else None, after, copies)


def _read(connection: Connection, where: str, *values: bytes) -> tuple[Relative, ...]:
    rows = connection.execute(f"{_COLUMNS} {where} {_ORDER}", values)
    return tuple(Relative(uuid_text(row[0]), *row[1:]) for row in rows)
