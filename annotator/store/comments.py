"""Reading comments on annotations, with whether somebody called them resolved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotator.decisions import Comment
from annotator.store.clock import uuid_text
from annotator.store.database import Connection

_COMMENT = (
    "SELECT comment.id, annotation, article, text, answer_to, comment.reviewer, created_at, comment.updated_at, "
    "resolved.reviewer, resolved.updated_at FROM comment LEFT JOIN resolved ON resolved.comment = comment.id"
)


def comments_of(connection: Connection, article: bytes) -> tuple[Comment, ...]:
    """Return the comments on an article's annotations, also on removed ones, oldest first."""
    rows = connection.execute(f"{_COMMENT} WHERE article = ? ORDER BY comment.created_at, comment.id", (article,))
    return tuple(map(_comment, rows))


def comment(connection: Connection, identity: bytes) -> Comment | None:
    """Return one comment, or None."""
    row = connection.execute(f"{_COMMENT} WHERE comment.id = ?", (identity,)).fetchone()
    return _comment(row) if row else None


def comments(connection: Connection) -> Iterator[Comment]:
    """Yield all comments on articles that are there, sorted by article and time."""
    rows = connection.execute(
        f"{_COMMENT} WHERE article IN (SELECT id FROM article) ORDER BY article, comment.created_at, comment.id"
    )
    return map(_comment, rows)


def _comment(row: tuple[Any, ...]) -> Comment:
    identity, annotation, article, text, answer_to, reviewer, created, updated, resolver, resolved = row
    return Comment(
        uuid_text(identity), uuid_text(annotation), uuid_text(article), text, uuid_text(answer_to) if answer_to else "",
        reviewer, created, updated, resolver or "", resolved or "",
    )  # fmt: skip
