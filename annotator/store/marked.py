"""What an export needs, read article by article: the text, its annotations, and what hangs on these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotator.model import MarkedArticle
from annotator.store import claims, queries, register
from annotator.store.database import Connection


def marked_articles(connection: Connection, order: Iterable[bytes] | None = None) -> Iterator[MarkedArticle]:
    """Yield all articles in their fixed order with their annotations and, where stored, their packed original bytes.

    With `order`, the articles of these ids in this order, without original bytes.
    """
    framed, judged, linked, related = (_any(connection, table) for table in ("frame", "verdict", "link", "relation"))
    for identity, packed, article in queries.articles_with_originals(connection, order):
        yield MarkedArticle(
            article,
            queries.annotations_of(connection, identity),
            packed,
            claims.frames_of(connection, identity) if framed else {},
            claims.verdicts_of(connection, identity) if judged else {},
            register.links_of(connection, identity) if linked else {},
            claims.relations_from(connection, identity) if related else (),
        )


def _any(connection: Connection, table: str) -> bool:
    """Tell whether a table has a row: asking it for each article of a project without any would double the time."""
    return bool(connection.execute(f"SELECT EXISTS (SELECT 1 FROM {table})").fetchone()[0])
