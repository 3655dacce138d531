"""The layers of all articles that several reviewers read, as a stream: what agreement is measured on.

Only what is compared is read, in one query in the order of the articles: looking each annotation up would take minutes.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from annotator.review.units import NOTHING, Layer, ReadArticle, Unit
from annotator.store import veil
from annotator.store.clock import uuid_text
from annotator.store.database import Connection
from annotator.text.fold import fold

# Who read an article: whoever marked something in it, or is done with it.
_READERS = """
    SELECT article, reviewer, max(moment) FROM (
        SELECT article, reviewer, '' AS moment FROM annotation GROUP BY article, reviewer
        UNION ALL SELECT article, reviewer, updated_at FROM reading WHERE state = 'done'
    ) WHERE article IN (SELECT id FROM article) GROUP BY article, reviewer ORDER BY article
"""
_UNITS = """
    SELECT one.article, one.reviewer, one.start, one."end", one.label, one.label_set, one.updated_at,
        link.answer, link.entity, frame.mode, frame.kind, frame.date, frame.source_kind, frame.source_words, who.entity
    FROM annotation AS one {}
    LEFT JOIN link ON link.annotation = one.id
    LEFT JOIN frame ON frame.claim = one.id
    LEFT JOIN link AS who ON who.annotation = frame.source
    ORDER BY one.article
"""
_LENGTH = "SELECT title, length(text) FROM article JOIN text USING (sha256) WHERE id = ?"


def count_read_twice(connection: Connection) -> int:
    """Return how many articles several reviewers read."""
    return sum(1 for _ in _read_twice(connection))


def read_articles(connection: Connection) -> Iterator[ReadArticle]:
    """Yield the articles that several reviewers read, with their layers."""
    merged = dict(connection.execute("SELECT id, merged_into FROM entity WHERE merged_into IS NOT NULL"))
    units = groupby(connection.execute(_UNITS.format(_index(connection))), key=itemgetter(0))
    at, rows = next(units, (None, iter(())))
    for article, readers in _read_twice(connection):
        while at is not None and at < article:
            at, rows = next(units, (None, iter(())))
        title, length = connection.execute(_LENGTH, (article,)).fetchone()
        found = _layers(rows if at == article else iter(()), readers, merged)
        yield ReadArticle(uuid_text(article), title, length, found)


def _index(connection: Connection) -> str:
    """Return by which index annotations are read; a view, which they are read through in blind mode, has none to name."""
    return "" if veil.veiled(connection) is not None else "INDEXED BY annotation_place"


def _read_twice(connection: Connection) -> Iterator[tuple[bytes, dict[str, str]]]:
    """Yield each article that several reviewers read: who, and when each was done."""
    hidden = veil.waiting(connection)
    for article, rows in groupby(connection.execute(_READERS), key=itemgetter(0)):
        readers = {reviewer: moment for _, reviewer, moment in rows}
        if len(readers) > 1 and article not in hidden:
            yield article, readers


def _layers(rows: Iterator[Any], readers: dict[str, str], merged: dict[bytes, bytes]) -> dict[str, Layer]:
    units: dict[str, list[Unit]] = {reviewer: [] for reviewer in readers}
    moments, versions = dict(readers), dict.fromkeys(readers, 0)
    for _, reviewer, start, end, label, version, moment, answer, entity, mode, *framed in rows:
        linked = "" if answer is None else _entity(entity, merged) or answer
        answers = NOTHING if mode is None else _answers(mode, framed, merged)
        units[reviewer].append(_new(Unit, (start, end, label, linked, answers)))
        if moment > moments[reviewer]:
            moments[reviewer] = moment
        if version > versions[reviewer]:
            versions[reviewer] = version
    return {name: Layer(units[name], moments[name], versions[name]) for name in sorted(readers)}


_new = tuple.__new__  # Unit(...) would take each value apart and together again, for every row


def _answers(mode: str, framed: list[Any], merged: dict[bytes, bytes]) -> dict[str, str]:
    """Return what the frame of a claim answers; nothing where nobody said."""
    kind, date, source_kind, words, who = framed
    source = _entity(who, merged) or (fold(words) if words else source_kind)
    answers = {"mode": mode, "kind": kind, "time": date, "source": source}
    return {name: value for name, value in answers.items() if value}


def _entity(entity: bytes | None, merged: dict[bytes, bytes]) -> str:
    return uuid_text(merged.get(entity, entity)) if entity else ""
