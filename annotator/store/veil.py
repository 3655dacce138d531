"""Blind mode in the store: what a reviewer may not see yet is not there for any query of theirs.

While the veil is on, views of this connection stand before the tables of the same names (SQLite looks into `temp` before
`main`), so every reader of layers is held to it, also one that was written without a thought of it. Of an article that the
reviewer is not done with they see only their own annotations with what hangs on them, their own verdicts and relations, their
own comments and those on their annotations, and no decisions; notes of others on the article are empty. Writing goes to
`main` and knows no veil. What must look at everything, such as an import that must not take a hidden thing for a new one, lifts
the veil for as long as it works.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from annotator.store.database import Connection

_ME = "(SELECT name FROM temp.veiled)"
_DONE = f"(SELECT article FROM main.reading WHERE reviewer = {_ME} AND state = 'done')"
_SEEN = f"(reviewer = {_ME} OR article IN {_DONE})"
_ANNOTATION = "SELECT 1 FROM main.annotation AS one WHERE one.id = {} AND (one.reviewer = {} OR one.article IN {})"
_READING = "id, op, article, reviewer, state, flagged, iif({}, note, '') AS note, updated_at"


def _hanging(table: str, on: str) -> str:
    """Return the view of what hangs on annotations: with those that may be seen."""
    condition = _ANNOTATION.format(f"{table}.{on}", _ME, _DONE)
    return f"SELECT * FROM main.{table} WHERE EXISTS ({condition})"


def _said(table: str, of: str) -> str:
    """Return the view of what reviewers say of a claim: their own, and all of it where the article's layers may be seen."""
    done = f"SELECT 1 FROM main.annotation AS one WHERE one.id = {table}.{of} AND one.article IN {_DONE}"
    return f"SELECT * FROM main.{table} WHERE reviewer = {_ME} OR EXISTS ({done})"


_VIEWS = {
    "annotation": f"SELECT * FROM main.annotation WHERE {_SEEN}",
    "frame": _hanging("frame", "claim"),
    "link": _hanging("link", "annotation"),
    "verdict": _said("verdict", "claim"),
    "relation": _said("relation", "a"),
    "reading": f"SELECT {_READING.format(_SEEN)} FROM main.reading",
    "decision": f"SELECT * FROM main.decision WHERE article IN {_DONE}",
    "final": f"SELECT * FROM main.final WHERE article IN {_DONE}",
    "comment": f"SELECT * FROM main.comment WHERE {_SEEN} OR EXISTS ("
    f"SELECT 1 FROM main.annotation AS one WHERE one.id = comment.annotation AND one.reviewer = {_ME})",
    "resolved": "SELECT * FROM main.resolved WHERE comment IN (SELECT id FROM temp.comment)",
}
HIDDEN_KINDS = frozenset(_VIEWS) - {"final"}


def draw(connection: Connection, reviewer: str) -> None:
    """Hide from this connection what the reviewer may not see yet."""
    lift(connection)
    connection.execute("CREATE TEMP TABLE veiled (name TEXT NOT NULL)")
    connection.execute("INSERT INTO temp.veiled VALUES (?)", (reviewer,))
    for table, query in _VIEWS.items():
        connection.execute(f"CREATE TEMP VIEW {table} AS {query}")


def lift(connection: Connection) -> None:
    """Hide nothing any more."""
    for table in reversed(_VIEWS):
        connection.execute(f"DROP VIEW IF EXISTS temp.{table}")
    connection.execute("DROP TABLE IF EXISTS temp.veiled")


def veiled(connection: Connection) -> str | None:
    """Return the reviewer for whom the veil is drawn, or None when nothing is hidden."""
    if not connection.execute("SELECT 1 FROM sqlite_temp_schema WHERE name = 'veiled'").fetchone():
        return None
    row: tuple[str] = connection.execute("SELECT name FROM temp.veiled").fetchone()
    return row[0]


def waiting(connection: Connection) -> set[bytes]:
    """Return the keys of the articles of which something may be hidden; empty when there is no veil."""
    if veiled(connection) is None:
        return set()
    return {row[0] for row in connection.execute(f"SELECT id FROM main.article WHERE id NOT IN {_DONE}")}


@contextmanager
def lifted(connection: Connection) -> Iterator[str | None]:
    """Hide nothing within the block, to which is told from whom something is hidden else; not within a transaction."""
    reviewer = veiled(connection)
    if reviewer is not None:
        lift(connection)
    try:
        yield reviewer
    finally:
        if reviewer is not None:
            draw(connection, reviewer)


def hides(connection: Connection, kind: str, value: Mapping[str, Any] | None, writer: str) -> bool:
    """Tell whether a value from the log is hidden; `writer` is the reviewer of its operation.

    Of a removal (None) nothing is known but who removed something.
    """
    me = veiled(connection)
    if me is None or kind not in HIDDEN_KINDS:
        return False
    if value is None:
        return writer != me
    owner, article = _whose(connection, kind, value)
    return owner != me and not is_done(connection, article, me)


def _whose(connection: Connection, kind: str, value: Mapping[str, Any]) -> tuple[str, bytes]:
    """Return to whose layer a value belongs, and in which article; removed annotations are looked up in the log."""
    about = value if "article" in value else _annotation(connection, value)
    owner = about.get("reviewer", "") if kind in ("frame", "link") else value.get("reviewer", "")
    if kind == "comment" and _annotation(connection, value).get("reviewer") == veiled(connection):
        owner = veiled(connection) or ""
    return ("" if kind == "decision" else owner), bytes.fromhex(about.get("article", "").replace("-", ""))


def _annotation(connection: Connection, value: Mapping[str, Any]) -> Mapping[str, Any]:
    identity = value.get("annotation") or value.get("claim") or value.get("a") or ""
    row = connection.execute(
        "SELECT body ->> 'reviewer', body ->> 'article' FROM op WHERE entity = ? AND body IS NOT NULL "
        "ORDER BY id DESC LIMIT 1",
        (bytes.fromhex(identity.replace("-", "")),),
    ).fetchone()
    return {"reviewer": row[0] or "", "article": row[1] or ""} if row else {}


def is_done(connection: Connection, article: bytes, reviewer: str) -> bool:
    """Tell whether a reviewer called their own layer of an article done."""
    return (
        connection.execute(
            "SELECT 1 FROM main.reading WHERE article = ? AND reviewer = ? AND state = 'done'", (article, reviewer)
        ).fetchone()
        is not None
    )
