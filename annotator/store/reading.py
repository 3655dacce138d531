"""Reading what the queue is about besides articles: how far reviewers are, who got what, what is a copy or none, filters."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.model import Apart, Assignment, Copy, Reading, SavedFilter
from annotator.store.clock import uuid_text
from annotator.store.database import Connection


def readings(connection: Connection) -> Iterator[Reading]:
    """Yield all states of reading, sorted by article and reviewer."""
    for article, reviewer, state, flagged, note, updated_at in connection.execute(
        "SELECT article, reviewer, state, flagged, note, updated_at FROM reading "
        "WHERE article IN (SELECT id FROM article) ORDER BY article, reviewer"
    ):
        yield Reading(uuid_text(article), reviewer, state, bool(flagged), note, updated_at)


def assignments(connection: Connection) -> Iterator[Assignment]:
    """Yield all assignments, sorted by article and reviewer."""
    for article, reviewer in connection.execute(
        "SELECT article, reviewer FROM assignment WHERE article IN (SELECT id FROM article) ORDER BY article, reviewer"
    ):
        yield Assignment(uuid_text(article), reviewer)


def copies(connection: Connection) -> Iterator[Copy]:
    """Yield which articles are copies of which, sorted by article."""
    for article, original in connection.execute(
        "SELECT article, original FROM copy WHERE article IN (SELECT id FROM article) "
        "AND original IN (SELECT id FROM article) ORDER BY article"
    ):
        yield Copy(uuid_text(article), uuid_text(original))


def apart(connection: Connection) -> Iterator[Apart]:
    """Yield which articles are no copies of each other, sorted."""
    for one, other in connection.execute(
        "SELECT one, other FROM apart WHERE one IN (SELECT id FROM article) "
        "AND other IN (SELECT id FROM article) ORDER BY one, other"
    ):
        yield Apart(uuid_text(one), uuid_text(other))


def filters(connection: Connection) -> Iterator[SavedFilter]:
    """Yield the saved filters, sorted by name."""
    for name, query in connection.execute("SELECT name, query FROM filter ORDER BY name"):
        yield SavedFilter(name, query)
