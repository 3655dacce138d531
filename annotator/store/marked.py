"""What an export needs, read article by article: the text, its annotations, and what hangs on these."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.model import MarkedArticle
from annotator.store import claims, queries, register
from annotator.store.database import Connection


def marked_articles(connection: Connection) -> Iterator[MarkedArticle]:
    """Yield all articles in their fixed order with their annotations and, where stored, their packed original bytes."""
    for identity, packed, article in queries.articles_with_originals(connection):
        yield MarkedArticle(
            article,
            queries.annotations_of(connection, identity),
            packed,
            claims.frames_of(connection, identity),
            claims.verdicts_of(connection, identity),
            register.links_of(connection, identity),
        )
