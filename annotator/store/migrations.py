"""How a project file of any age comes to the tables of today: steps that only ever grow in number.

The log is never altered. The projection is dropped and made again from the log, so a new column of it needs one more step that
rebuilds, and the steps before may make it in its form of today.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from annotator.store import projection, texts
from annotator.store.schema import (
    DELETE_GUARD,
    EXCHANGE,
    GUARDED_TABLES,
    LOG,
    OF_HISTORY,
    OF_TEXTS,
    PROJECTION,
    UPDATE_GUARD,
)

migrations = Migrations("hashiya")


@migrations()
def m0001_log(db: Database) -> None:
    """Create the append-only log and its guards."""
    for statement in LOG:
        db.execute(statement)
    for table in GUARDED_TABLES:
        db.execute(UPDATE_GUARD.format(table=table))
        db.execute(DELETE_GUARD.format(table=table))


@migrations()
def m0002_projection(db: Database) -> None:
    """Create the tables of the current state."""
    for statement in PROJECTION:
        db.execute(statement)


@migrations()
def m0003_plain_form(db: Database) -> None:
    """Make the current state anew: annotations have a plain form."""
    projection.rebuild(db.conn)


@migrations()
def m0004_frames(db: Database) -> None:
    """Make the current state anew: claim frames, verdicts, relations, a register, attributes."""
    # The versions ever given to labels and attributes are looked up among all operations of these few.
    db.execute("CREATE INDEX op_definition ON op (kind) WHERE kind IN ('label', 'attribute')")
    projection.rebuild(db.conn)


@migrations()
def m0005_articles(db: Database) -> None:
    """Make the current state anew: outlet, date, boilerplate, states of reading, copies; number and index the texts."""
    for statement in OF_TEXTS:
        db.execute(statement)
    texts.number_all(db.conn)
    projection.rebuild(db.conn)


@migrations()
def m0006_review(db: Database) -> None:
    """Make the current state anew: what is no copy, roles, settings, decisions with what they made, comments."""
    projection.rebuild(db.conn)


@migrations()
def m0007_exchange(db: Database) -> None:
    """Create what this copy of the project remembers of sending and receiving."""
    for statement in EXCHANGE:
        db.execute(statement)


@migrations()
def m0008_history(db: Database) -> None:
    """Make the log answer what happened to an article, and in the steps of a reviewer, without reading all of it."""
    for statement in OF_HISTORY:
        db.execute(statement)
    db.execute("CREATE INDEX IF NOT EXISTS step_reviewer ON step (reviewer, id)")


FORMAT = 8  # PRAGMA user_version: how many migrations a file of this program has
