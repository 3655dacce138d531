"""What an export needs, read article by article: the text, its annotations, and what hangs on these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from annotator.model import Final, MarkedArticle
from annotator.store import claims, decided, queries, register, veil
from annotator.store.database import Connection


def marked_articles(connection: Connection, order: Iterable[bytes] | None = None) -> Iterator[MarkedArticle]:
    """Yield all articles in their fixed order with their annotations and, where stored, their packed original bytes.

    With `order`, the articles of these ids in this order, without original bytes.
    """
    framed, judged, linked, related = (_any(connection, table) for table in ("frame", "verdict", "link", "relation"))
    hidden, settling = veil.waiting(connection), decided.has_decisions(connection)
    for identity, packed, article in queries.articles_with_originals(connection, order):
        marked = MarkedArticle(
            article,
            queries.annotations_of(connection, identity),
            packed,
            claims.frames_of(connection, identity) if framed else {},
            claims.verdicts_of(connection, identity) if judged else {},
            register.links_of(connection, identity) if linked else {},
            claims.relations_from(connection, identity) if related else (),
            hidden=identity in hidden,
        )
        yield _with_final(connection, identity, marked) if settling else marked


def _with_final(connection: Connection, identity: bytes, marked: MarkedArticle) -> MarkedArticle:
    """Return the article with what was decided about it, if anything was."""
    settlement, final = (
        decided.settlement(connection, identity),
        decided.final_layer(connection, identity, marked.verdicts),
    )
    if settlement is None and final is None:
        return marked
    return replace(marked, final=final or Final(), settled=settlement is not None and settlement.state == "settled")


def _any(connection: Connection, table: str) -> bool:
    """Tell whether a table has a row: asking it for each article of a project without any would double the time."""
    return bool(connection.execute(f"SELECT EXISTS (SELECT 1 FROM {table})").fetchone()[0])
