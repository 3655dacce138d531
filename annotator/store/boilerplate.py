"""Reading whether anything is known of an article's page boilerplate."""

from __future__ import annotations

from annotator.store.database import Connection


def has_any(connection: Connection, article: bytes) -> bool:
    """Tell whether a part of an article is page boilerplate."""
    row = connection.execute(
        "SELECT 1 FROM article WHERE id = ? AND body -> '$.boilerplate' <> '[]'", (article,)
    ).fetchone()
    return row is not None


def decided(connection: Connection) -> set[bytes]:
    """Return the articles of which a reviewer said what is boilerplate, or that nothing is, and did not take it back."""
    rows = connection.execute(
        "SELECT DISTINCT op.entity FROM step JOIN op ON op.rid = step.rid AND op.seq BETWEEN first_seq AND last_seq "
        "WHERE step.action = 'boilerplate' AND step.state = 'done' AND op.step = step.id"
    )
    return {row[0] for row in rows}
