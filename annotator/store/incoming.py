"""Taking the texts and the original bytes of received articles."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from annotator.store import texts
from annotator.store.database import Connection
from annotator.store.identity import article_id


def take_texts(connection: Connection, given: Sequence[tuple[str, str]]) -> bool:
    """Store texts (SHA-256, text) that are not here yet; tell whether each belongs to an article of the log."""
    if not all(_has_article(connection, sha256) for sha256, _ in given):
        return False
    new = [(bytes.fromhex(sha256), text) for sha256, text in given if not _has_text(connection, sha256)]
    connection.executemany("INSERT OR IGNORE INTO text VALUES (?, ?)", new)
    texts.take_in(connection, new)
    return True


def take_original(connection: Connection, sha256: str, packed: bytes) -> None:
    """Store the packed original bytes of an article."""
    connection.execute("INSERT OR IGNORE INTO original VALUES (unhex(?), ?)", (sha256, packed))


def missing_texts(connection: Connection, sha256s: Collection[str]) -> set[str]:
    """Return the texts that are not here."""
    return {one for one in sha256s if not _has_text(connection, one)}


def missing_originals(connection: Connection, sha256s: Collection[str]) -> set[str]:
    """Return the original bytes that are not here, neither by themselves nor as the UTF-8 of a text."""
    statement = "SELECT 1 FROM original WHERE sha256 = unhex(?)"
    return {one for one in sha256s if connection.execute(statement, (one,)).fetchone() is None}


def _has_text(connection: Connection, sha256: str) -> bool:
    return connection.execute("SELECT 1 FROM text WHERE sha256 = unhex(?)", (sha256,)).fetchone() is not None


def _has_article(connection: Connection, sha256: str) -> bool:
    return connection.execute("SELECT 1 FROM op WHERE entity = ?", (article_id(sha256),)).fetchone() is not None
