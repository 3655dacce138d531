"""Reading what tells whether two articles have to do with each other: sketches, addresses, groups of copies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from annotator.store.clock import uuid_text
from annotator.store.database import Connection

_AT_ONCE = 1000
_NOT_REPLACED = "NOT EXISTS (SELECT 1 FROM article AS newer WHERE newer.replaces = article.id)"


class Known(NamedTuple):
    """What is known of an article of the project beside its text; `newest` unless another corrected it."""

    id: str
    title: str
    file: str
    part: str
    outlet: str
    newest: bool


def sketches(connection: Connection) -> Iterator[tuple[int, bytes]]:
    """Yield the number and the sketch of every text that has one."""
    return iter(connection.execute("SELECT number, sketch FROM text_sketch"))


def sketch_of(connection: Connection, article: bytes) -> bytes:
    """Return the sketch of an article's text; empty for a short one."""
    row = connection.execute(
        "SELECT sketch FROM article JOIN text_number USING (sha256) JOIN text_sketch USING (number) WHERE id = ?",
        (article,),
    ).fetchone()
    return row[0] if row else b""


def article_of(connection: Connection, number: int) -> Known | None:
    """Return what is known of the article with the text of a number; None when it is not, or no longer, there."""
    row = connection.execute(
        f"SELECT id, title, file, coalesce(body ->> '$.source.part', ''), outlet, {_NOT_REPLACED} "
        "FROM text_number JOIN article USING (sha256) WHERE number = ?",
        (number,),
    ).fetchone()
    return Known(uuid_text(row[0]), row[1], row[2], row[3], row[4], bool(row[5])) if row else None


def addresses(connection: Connection) -> Iterator[tuple[str, str]]:
    """Yield (address, article) of every article that has one and was not corrected, in the order of their import."""
    rows = connection.execute(
        "SELECT body ->> '$.source.url' AS url, id FROM article "
        f"WHERE url <> '' AND {_NOT_REPLACED} ORDER BY imported_at, file, id"
    )
    return ((url, uuid_text(identity)) for url, identity in rows)


def present(connection: Connection, articles: Iterable[bytes]) -> set[bytes]:
    """Return those of the ids whose articles are in the project."""
    found: set[bytes] = set()
    rest = iter(articles)
    while some := list(islice(rest, _AT_ONCE)):
        marks = ", ".join("?" * len(some))
        found.update(row[0] for row in connection.execute(f"SELECT id FROM article WHERE id IN ({marks})", some))
    return found


def original_of(connection: Connection, article: bytes) -> bytes | None:
    """Return the article that an article was grouped under as a copy, or None."""
    row = connection.execute("SELECT original FROM copy WHERE article = ?", (article,)).fetchone()
    return row[0] if row else None


def copies_of(connection: Connection, original: bytes) -> list[bytes]:
    """Return the articles grouped as copies of one, in their fixed order."""
    rows = connection.execute(
        "SELECT article.id FROM copy JOIN article ON article.id = copy.article WHERE original = ? "
        "ORDER BY imported_at, file, article.id",
        (original,),
    )
    return [row[0] for row in rows]


def told_apart(connection: Connection, article: bytes) -> set[bytes]:
    """Return the articles of which somebody said that they are no copies of this one."""
    rows = connection.execute(
        "SELECT other FROM apart WHERE one = ? UNION SELECT one FROM apart WHERE other = ?", (article, article)
    )
    return {row[0] for row in rows}


def group_of(connection: Connection, article: bytes) -> list[bytes]:
    """Return the group of copies an article belongs to, the original first; just the article where there is none."""
    root = original_of(connection, article) or article
    return [root, *copies_of(connection, root)]
