"""What is found out from the texts alone when they are stored, and can be found out again: their numbers, the index of words.

A text is never changed or removed, so none of this needs the log.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING

from annotator.text.words import words_of

if TYPE_CHECKING:  # the database runs the migrations, and these need this
    from annotator.store.database import Connection

_BATCH = 500
Text = tuple[bytes, str]


def take_in(connection: Connection, texts: Sequence[Text]) -> None:
    """Take in new texts (SHA-256, text) beside the log; those that are known already are left as they are."""
    newest = connection.execute("SELECT coalesce(max(number), 0) FROM text_number").fetchone()[0]
    connection.executemany("INSERT OR IGNORE INTO text_number (sha256) VALUES (?)", [text[:1] for text in texts])
    given = dict(texts)
    rows = connection.execute("SELECT number, sha256 FROM text_number WHERE number > ?", (newest,)).fetchall()
    words = [(number, words_of(given[sha256])) for number, sha256 in rows]
    connection.executemany("INSERT INTO search (rowid, words) VALUES (?, ?)", words)


def number_all(connection: Connection) -> None:
    """Take in all texts of a project made before there was any of this."""
    rows = connection.execute("SELECT sha256, text FROM text ORDER BY rowid")
    while batch := list(islice(rows, _BATCH)):
        take_in(connection, batch)
