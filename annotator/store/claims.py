"""Reading claim frames, verdicts and relations, and the rows of the claim board.

What a frame points to is looked up when it is read: an annotation that is gone leaves its words and is called removed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

import orjson

from annotator.frames import ClaimFrame, Mention, Participant, Relation, Speaker, Verdict
from annotator.model import CLAIM
from annotator.store.clock import uuid_bytes, uuid_text
from annotator.store.database import Connection
from annotator.values import frame_of

_Pointing = TypeVar("_Pointing", Speaker, Mention, Participant)
_FRAME = (
    "SELECT frame.claim, op.body FROM frame JOIN op ON op.id = frame.op JOIN annotation ON annotation.id = frame.claim"
)
_VERDICT = (
    "SELECT verdict.claim, verdict.reviewer, verdict.value, verdict.reason, verdict.updated_at, verdict.label_set "
    "FROM verdict JOIN annotation ON annotation.id = verdict.claim"
)
_RELATION = (
    "SELECT relation.id, a, type, b, relation.note, relation.reviewer, relation.updated_at FROM relation "
    "JOIN annotation AS one ON one.id = a JOIN annotation AS other ON other.id = b"
)
_IN_ARTICLE = f"WHERE annotation.article = ? AND annotation.label = '{CLAIM}'"


def frame(connection: Connection, claim: bytes) -> ClaimFrame | None:
    """Return the frame of a claim, or None."""
    row = connection.execute(f"{_FRAME} WHERE frame.claim = ?", (claim,)).fetchone()
    return _frame(connection, *row) if row else None


def frames_of(connection: Connection, article: bytes) -> dict[str, ClaimFrame]:
    """Return the frames of an article's claims, by the ids of these."""
    rows = connection.execute(f"{_FRAME} {_IN_ARTICLE}", (article,)).fetchall()
    return {uuid_text(claim): _frame(connection, claim, body) for claim, body in rows}


def parent_of(connection: Connection, claim: bytes) -> bytes | None:
    """Return the claim in which a claim is quoted, also one that was removed; or None."""
    row = connection.execute("SELECT parent FROM frame WHERE claim = ?", (claim,)).fetchone()
    return row[0] if row else None


def is_quoted_in(connection: Connection, claim: str, other: str) -> bool:
    """Tell whether a claim is another one, or is quoted in it, directly or in between."""
    above = uuid_bytes(claim)
    while above and uuid_text(above) != other:
        above = parent_of(connection, above)
    return above is not None


def has_frame(connection: Connection, claim: bytes) -> bool:
    """Tell whether a claim has a frame, also one whose annotation is gone."""
    return connection.execute("SELECT 1 FROM frame WHERE claim = ?", (claim,)).fetchone() is not None


def verdicts_of(connection: Connection, article: bytes) -> dict[str, tuple[Verdict, ...]]:
    """Return the verdicts on an article's claims, by the ids of these and sorted by reviewer."""
    found: dict[str, tuple[Verdict, ...]] = {}
    for row in connection.execute(f"{_VERDICT} {_IN_ARTICLE} ORDER BY verdict.claim, verdict.reviewer", (article,)):
        verdict = Verdict(uuid_text(row[0]), *row[1:])
        found[verdict.claim] = (*found.get(verdict.claim, ()), verdict)
    return found


def verdict(connection: Connection, claim: bytes, reviewer: str) -> Verdict | None:
    """Return a reviewer's verdict on a claim, or None."""
    row = connection.execute(f"{_VERDICT} WHERE claim = ? AND verdict.reviewer = ?", (claim, reviewer)).fetchone()
    return Verdict(uuid_text(row[0]), *row[1:]) if row else None


def relations_of(connection: Connection, claim: bytes) -> list[Relation]:
    """Return the relations of a claim in either direction, in the order in which they were made."""
    rows = connection.execute(
        f"{_RELATION} WHERE a = ? OR b = ? ORDER BY relation.updated_at, relation.id", (claim, claim)
    )
    return [_relation(row) for row in rows]


def relations(connection: Connection) -> Iterator[tuple[Relation, tuple[str, str], tuple[str, str]]]:
    """Yield all relations between claims that are there, in a fixed order, each with (article, reviewer) of its two claims."""
    rows = connection.execute(
        f"{_RELATION.replace(' FROM', ', one.article, one.reviewer, other.article, other.reviewer FROM', 1)} "
        "ORDER BY relation.id"
    )
    for *row, one_article, one_reviewer, other_article, other_reviewer in rows:
        ends = (uuid_text(one_article), one_reviewer), (uuid_text(other_article), other_reviewer)
        yield _relation(tuple(row)), *ends


def relations_from(connection: Connection, article: bytes) -> tuple[Relation, ...]:
    """Return the relations whose first claim stands in an article, in a fixed order."""
    rows = connection.execute(f"{_RELATION} WHERE one.article = ? ORDER BY relation.id", (article,))
    return tuple(_relation(row) for row in rows)


def has(connection: Connection, kind: str, identity: bytes) -> bool:
    """Tell whether a thing of a kind (`frame`, `verdict`, `relation`, `link`, `entity`) is there."""
    return connection.execute(f"SELECT 1 FROM {kind} WHERE id = ?", (identity,)).fetchone() is not None


def _relation(row: tuple[Any, ...]) -> Relation:
    identity, a, kind, b, note, reviewer, updated_at = row
    return Relation(uuid_text(identity), uuid_text(a), kind, uuid_text(b), note, reviewer, updated_at)


def _frame(connection: Connection, claim: bytes, body: str) -> ClaimFrame:
    """Return a frame as it stands today: with the present words of what it points to."""
    frame = frame_of(uuid_text(claim), _own_part(orjson.loads(body)))
    present = _present_words(connection, _pointed_to(frame))
    return replace(
        frame,
        source=_brought_up(frame.source, present) if frame.source else None,
        via=_brought_up(frame.via, present) if frame.via else None,
        about=tuple(_brought_up(one, present) for one in frame.about),
        places=tuple(_brought_up(one, present) for one in frame.places),
        parent=frame.parent if frame.parent in present else "",
    )


def _own_part(value: dict[str, Any]) -> dict[str, Any]:
    return {name: found for name, found in value.items() if name != "claim"}


def _pointed_to(frame: ClaimFrame) -> Iterable[str]:
    for speaker in (frame.source, frame.via):
        if speaker and speaker.annotation:
            yield speaker.annotation
    yield from (one.annotation for one in frame.about)
    yield from (one.annotation for one in frame.places)
    if frame.parent:
        yield frame.parent


def _present_words(connection: Connection, annotations: Iterable[str]) -> dict[str, str]:
    ids = [uuid_bytes(one) for one in annotations]
    marks = ", ".join("?" * len(ids))
    rows = connection.execute(f"SELECT id, iif(form = '', quote, form) FROM annotation WHERE id IN ({marks})", ids)
    return {uuid_text(identity): words for identity, words in rows}


def _brought_up(one: _Pointing, present: dict[str, str]) -> _Pointing:
    if not one.annotation:
        return one
    words = present.get(one.annotation)
    return replace(one, removed=True) if words is None else replace(one, words=words)
