"""Reading the current state and the history: rows of the store become the values of the model."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

import orjson

from annotator.model import Annotation, Article, ArticleSummary, Label, MarkedArticle, Revision, Source, Stats
from annotator.store.clock import time_of, uuid_text
from annotator.store.database import Connection

_ARTICLE = (
    "SELECT article.id, title, text, hex(article.sha256), language, direction, source "
    "FROM article JOIN text ON text.sha256 = article.sha256"
)
_ORDER = "ORDER BY imported_at, file, article.id"
_ANNOTATION = (
    'SELECT id, article, label, start, "end", quote, note, reviewer, created_at, updated_at, form FROM annotation'
)
_LIVE = "FROM annotation WHERE article IN (SELECT id FROM article)"


def article_ids(connection: Connection) -> list[bytes]:
    """Return the ids of all articles in their fixed order: by time of import, file name and id."""
    return [row[0] for row in connection.execute(f"SELECT id FROM article {_ORDER}")]


def article(connection: Connection, identity: bytes) -> Article | None:
    """Return one article with its text, or None."""
    row = connection.execute(f"{_ARTICLE} WHERE article.id = ?", (identity,)).fetchone()
    return _article(row) if row else None


def articles(connection: Connection) -> Iterator[Article]:
    """Yield all articles in their fixed order, one at a time."""
    return (_article(row) for row in connection.execute(f"{_ARTICLE} {_ORDER}"))


def count_articles(connection: Connection) -> int:
    """Return the number of articles."""
    return int(connection.execute("SELECT count(*) FROM article").fetchone()[0])


def marked_articles(connection: Connection) -> Iterator[MarkedArticle]:
    """Yield all articles in their fixed order with their annotations and, where stored, their packed original bytes."""
    for identity, packed, *row in connection.execute(
        f"SELECT article.id, packed, {_ARTICLE.removeprefix('SELECT ')} "
        f"LEFT JOIN original ON original.sha256 = unhex(source ->> 'bytes_sha256') {_ORDER}"
    ):
        yield MarkedArticle(_article(tuple(row)), annotations_of(connection, identity), packed)


def has_article(connection: Connection, identity: bytes) -> bool:
    """Tell whether an article is in the project."""
    return connection.execute("SELECT 1 FROM article WHERE id = ?", (identity,)).fetchone() is not None


def summaries(connection: Connection) -> list[ArticleSummary]:
    """Return the rows of the queue in the articles' fixed order."""
    counts: dict[bytes, dict[str, int]] = {}
    for identity, label, count in connection.execute(
        "SELECT article, label, count(*) FROM annotation GROUP BY article, label"
    ):
        counts.setdefault(identity, {})[label] = count
    rows = connection.execute(f"SELECT id, title, file, imported_at FROM article {_ORDER}")
    return [
        ArticleSummary(uuid_text(identity), title, file, imported_at, counts.get(identity, {}))
        for identity, title, file, imported_at in rows
    ]


def original(connection: Connection, identity: bytes) -> bytes | None:
    """Return the bytes an article was made from, or None when there is no such article."""
    row = connection.execute(
        "SELECT text, packed FROM article JOIN text USING (sha256) "
        "LEFT JOIN original ON original.sha256 = unhex(source ->> 'bytes_sha256') WHERE id = ?",
        (identity,),
    ).fetchone()
    if row is None:
        return None
    return bytes(row[0].encode("utf-8")) if row[1] is None else zlib.decompress(row[1])


def annotation(connection: Connection, identity: bytes) -> Annotation | None:
    """Return one annotation, or None."""
    row = connection.execute(f"{_ANNOTATION} WHERE id = ?", (identity,)).fetchone()
    return _annotation(row) if row else None


def annotations_of(connection: Connection, article_identity: bytes) -> list[Annotation]:
    """Return the annotations of an article, sorted by start, then the longer first, then id."""
    rows = connection.execute(f'{_ANNOTATION} WHERE article = ? ORDER BY start, "end" DESC, id', (article_identity,))
    return [_annotation(row) for row in rows]


def labels(connection: Connection) -> list[Label]:
    """Return the labels in their order."""
    rows = connection.execute("SELECT body FROM label ORDER BY position, key")
    return [_label(orjson.loads(row[0])) for row in rows]


def reviewers(connection: Connection) -> list[str]:
    """Return the names of all reviewers, sorted."""
    return [row[0] for row in connection.execute("SELECT name FROM reviewer ORDER BY name")]


def last_reviewer(connection: Connection) -> str | None:
    """Return who wrote last in this project, or None."""
    row = connection.execute("SELECT reviewer FROM op ORDER BY id DESC LIMIT 1").fetchone()
    return row[0] if row else None


def history(connection: Connection, identity: bytes) -> list[Revision]:
    """Return every value a thing ever had, oldest first."""
    rows = connection.execute(
        "SELECT id, reviewer, action, body FROM op WHERE entity = ? ORDER BY id", (identity,)
    ).fetchall()
    return [_revision(*row) for row in rows]


def stats(connection: Connection) -> Stats:
    """Count what the project holds."""
    one = connection.execute(
        "SELECT count(*), coalesce(sum(length(text)), 0) FROM article JOIN text USING (sha256)"
    ).fetchone()
    by_label = dict(connection.execute(f"SELECT label, count(*) {_LIVE} GROUP BY label ORDER BY label").fetchall())
    by_reviewer = dict(
        connection.execute(f"SELECT reviewer, count(*) {_LIVE} GROUP BY reviewer ORDER BY reviewer").fetchall()
    )
    operations = connection.execute("SELECT count(*) FROM op").fetchone()[0]
    return Stats(one[0], one[1], sum(by_label.values()), by_label, by_reviewer, operations)


def _article(row: tuple[Any, ...]) -> Article:
    identity, title, text, sha256, language, direction, source = row
    return Article(
        uuid_text(identity), title, text, sha256.lower(), language, direction, Source(**orjson.loads(source))
    )


def _annotation(row: tuple[Any, ...]) -> Annotation:
    return Annotation(uuid_text(row[0]), uuid_text(row[1]), *row[2:])


def _label(body: dict[str, Any]) -> Label:
    return Label(body["key"], body["names"], body["colour"], body["shortcut"], body["style"], body["long"])


def _revision(identity: bytes, reviewer: str, action: str, body: str | None) -> Revision:
    value = None if body is None else orjson.loads(body)
    return Revision(uuid_text(identity), time_of(identity), reviewer, action, value)
