"""Reading what was decided about articles, and what their layers say now as digests.

A digest stands for what an annotation says: its span, label and form, its frame, and what it was linked to. Its note is no part
of it, nor are the words of what its frame points to: they change without anybody changing the frame.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import orjson

from annotator.decision_values import decision_of
from annotator.decisions import Decision, Settlement
from annotator.frames import Verdict
from annotator.model import Final
from annotator.review.final import final_ids, final_of
from annotator.store.clock import uuid_bytes, uuid_text
from annotator.store.database import Connection

_DECISION = "SELECT decision.id, op.body FROM decision JOIN op ON op.id = decision.op"
_SETTLEMENT = "SELECT article, state, layers, reviewer, updated_at FROM settlement"
# Of `main`: whether something changed since it was settled is no matter of who may see it.
_SAID = (
    'SELECT one.article, one.id, one.label, one.start, one."end", one.form, frame.digest, link.answer, link.entity, one.op '
    "FROM main.annotation AS one LEFT JOIN main.frame AS frame ON frame.claim = one.id "
    "LEFT JOIN main.link AS link ON link.annotation = one.id"
)
# Joined to one text for each article by SQLite: a row of Python's for each annotation takes five times as long.
_LAYERS = (
    "SELECT one.article, group_concat(hex(one.id) || one.label || ' ' || one.start || ' ' || one.\"end\" || one.form || ' ' "
    "|| coalesce(hex(frame.digest), '') || coalesce(link.answer || hex(coalesce(link.entity, '')), ''), char(10)) "
    "FROM main.annotation AS one LEFT JOIN main.frame AS frame ON frame.claim = one.id "
    "LEFT JOIN main.link AS link ON link.annotation = one.id "
    "WHERE one.article IN (SELECT unhex(value) FROM json_each(?)) GROUP BY one.article"
)
_RELATED = (
    "SELECT relation.id, a, type, b, relation.op FROM main.relation AS relation "
    "JOIN main.annotation AS one ON one.id = a WHERE one.article = ?"
)


def decisions(connection: Connection, article: bytes) -> tuple[Decision, ...]:
    """Return what was decided about an article, in a fixed order."""
    rows = connection.execute(f"{_DECISION} WHERE decision.article = ? ORDER BY decision.id", (article,))
    return tuple(decision_of(uuid_text(identity), orjson.loads(body)) for identity, body in rows)


def all_decisions(connection: Connection) -> Iterator[Decision]:
    """Yield what was decided about the articles that are there, sorted by article."""
    rows = connection.execute(
        f"{_DECISION} WHERE decision.article IN (SELECT id FROM article) ORDER BY decision.article, decision.id"
    )
    for identity, body in rows:
        yield decision_of(uuid_text(identity), orjson.loads(body))


def has_decisions(connection: Connection) -> bool:
    """Tell whether anything was decided or settled in the project."""
    return bool(
        connection.execute(
            "SELECT EXISTS (SELECT 1 FROM decision) OR EXISTS (SELECT 1 FROM settlement)"
        ).fetchone()[0]
    )  # fmt: skip


def final_layer(connection: Connection, article: bytes, verdicts: Mapping[str, tuple[Verdict, ...]]) -> Final | None:
    """Return the final layer of an article as far as it was decided, None where nothing was.

    Verdicts are those on the claims of its layers.
    """
    found = decisions(connection, article)
    return final_of(found, verdicts, _elsewhere(connection, article, found)) if found else None


def _elsewhere(connection: Connection, article: bytes, found: tuple[Decision, ...]) -> dict[str, str]:
    """Return what claims of other articles, to which relations lead, became; as they were where nothing was decided."""
    ends = {end for decision in found for one in decision.relations for end in (one.a, one.b)}
    became: dict[str, str] = {}
    for end in ends:
        row = connection.execute("SELECT article FROM annotation WHERE id = ?", (uuid_bytes(end),)).fetchone()
        if row and row[0] != article:
            others = decisions(connection, row[0])
            became[end] = final_ids(others).get(end, "") if others else end if _is_alone(connection, row[0]) else ""
    return became


def _is_alone(connection: Connection, article: bytes) -> bool:
    """Tell whether one reviewer alone marked something in an article."""
    row = connection.execute("SELECT count(DISTINCT reviewer) FROM annotation WHERE article = ?", (article,)).fetchone()
    return bool(row[0] == 1)


def settlement(connection: Connection, article: bytes) -> Settlement | None:
    """Return whether an article was called settled or opened again, or None if neither."""
    row = connection.execute(f"{_SETTLEMENT} WHERE article = ?", (article,)).fetchone()
    return _settlement(row) if row else None


def settlements(connection: Connection) -> Iterator[Settlement]:
    """Yield all that was called settled or opened again, sorted by article."""
    rows = connection.execute(f"{_SETTLEMENT} WHERE article IN (SELECT id FROM article) ORDER BY article")
    return map(_settlement, rows)


def finals_of(connection: Connection, article: bytes) -> list[tuple[str, int, int, str]]:
    """Return (id, start, end, quote) of the final annotations of an article."""
    rows = connection.execute(
        'SELECT id, start, "end", quote FROM final WHERE article = ? ORDER BY start, id', (article,)
    )
    return [(uuid_text(row[0]), *row[1:]) for row in rows]


def place_of_final(connection: Connection, final: bytes) -> tuple[bytes, str] | None:
    """Return the article in which a final annotation lies, and its quote; or None."""
    row = connection.execute("SELECT article, quote FROM final WHERE id = ?", (final,)).fetchone()
    return (row[0], row[1]) if row else None


def heads(connection: Connection, article: bytes) -> dict[str, tuple[str, str]]:
    """Return of everything in an article's layers the digest and the operation that said so, by id."""
    rows = connection.execute(f"{_SAID} WHERE one.article = ?", (article,)).fetchall()
    found = {uuid_text(row[1]): (_digest(row[2:-1]), uuid_text(row[-1])) for row in rows}
    related = connection.execute(_RELATED, (article,)).fetchall()
    return found | {uuid_text(row[0]): (_digest(row[1:-1]), uuid_text(row[-1])) for row in related}


def fingerprints(connection: Connection, keys: Collection[bytes]) -> dict[bytes, str]:
    """Return for some articles one digest of all that their layers say now."""
    wanted = orjson.dumps([key.hex() for key in keys]).decode()
    layers = dict(connection.execute(_LAYERS, (wanted,)).fetchall())
    # Sorted, because SQL promises no order within a group.
    return {key: _digest(tuple(sorted(layers.get(key, "").split("\n")))) for key in keys}


def _digest(said: tuple[Any, ...]) -> str:
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def _settlement(row: tuple[Any, ...]) -> Settlement:
    return Settlement(uuid_text(row[0]), *row[1:])
