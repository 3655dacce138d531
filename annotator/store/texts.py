"""What is found out from the texts alone when they are stored, and can be found out again: their numbers, the
index of their words, their sketches.

A text is never changed or removed, so none of this needs the log.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING

from annotator.text.shingles import sketch_of_words
from annotator.text.words import words_of

if TYPE_CHECKING:  # the database runs the migrations, and these need this
    from annotator.store.database import Connection

_BATCH = 500
Text = tuple[bytes, str]


def take_in(connection: Connection, texts: Sequence[Text]) -> None:
    """Take in new texts (SHA-256, text) beside the log; those that are known already are left as they are."""
    if not texts:
        return
    numbered = list(_numbered(connection, texts))
    connection.executemany(
        "INSERT INTO text_number VALUES (?, ?)", [(number, sha256) for number, sha256, _ in numbered]
    )
    words = [(number, words_of(text)) for number, _, text in numbered]
    with ThreadPoolExecutor(
        1, thread_name_prefix="sketches"
    ) as beside:  # SQLite leaves Python to others while it indexes
        sketches = beside.submit(_sketches, words)
        connection.executemany("INSERT INTO search (rowid, words) VALUES (?, ?)", words)
    connection.executemany("INSERT INTO text_sketch VALUES (?, ?)", sketches.result())


def _sketches(words: Sequence[tuple[int, str]]) -> list[tuple[int, bytes]]:
    """Return the sketches of texts by their numbers; those too short have none."""
    found = ((number, sketch_of_words(of_text)) for number, of_text in words)
    return [(number, sketch) for number, sketch in found if sketch]


def number_all(connection: Connection) -> None:
    """Take in all texts of a project made before there was any of this."""
    rows = connection.execute("SELECT sha256, text FROM text ORDER BY rowid")
    while batch := list(islice(rows, _BATCH)):
        take_in(connection, batch)


def _numbered(connection: Connection, texts: Sequence[Text]) -> Iterator[tuple[int, bytes, str]]:
    """Yield the texts that have no number yet, each with its new one."""
    unknown = dict(texts)
    for known in _known(connection, list(unknown)):
        del unknown[known]
    newest = connection.execute("SELECT coalesce(max(number), 0) FROM text_number").fetchone()[0]
    for number, (sha256, text) in enumerate(unknown.items(), start=newest + 1):
        yield number, sha256, text


def _known(connection: Connection, sha256s: Sequence[bytes]) -> Iterator[bytes]:
    for start in range(0, len(sha256s), _BATCH):
        some = sha256s[start : start + _BATCH]
        marks = ", ".join("?" * len(some))
        yield from (
            row[0] for row in connection.execute(f"SELECT sha256 FROM text_number WHERE sha256 IN ({marks})", some)
        )
