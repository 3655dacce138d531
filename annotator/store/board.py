"""The rows of the claim board: every claim of the project with its frame, read as a stream.

A lookup for each thing that a row shows would take seconds for 100,000 claims. So claims, frames and links are read in one
query from narrow tables and covering indexes, and the few things that most claims do not have (revised words, merged
entities, verdicts, relations) are read before, as a whole.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from annotator.frames import ClaimRow
from annotator.model import ACTOR, CLAIM, PLACE
from annotator.store import veil
from annotator.store.database import Connection

# CROSS JOIN and INDEXED BY fix the order: article by article as in the queue, and in each by the text. An ORDER BY that says
# the same would have SQLite sort each article's rows once more.
_BY_INDEX = "INDEXED BY annotation_claim"
_CLAIMS = f"""
    SELECT claim.id, claim.article, claim.start, claim.quote, claim.reviewer, source_kind, frame.source, source_words,
        cue, mode, frame.kind, place, place_words, frame.date, who.entity, which.entity
    FROM article INDEXED BY article_order
    CROSS JOIN annotation AS claim {_BY_INDEX} ON claim.article = article.id
    LEFT JOIN frame ON frame.claim = claim.id
    LEFT JOIN link AS who ON who.annotation = frame.source
    LEFT JOIN link AS which ON which.annotation = frame.place
    WHERE claim.label = '{CLAIM}'
"""
_REVISED = (
    "SELECT id, iif(form = '', quote, form) FROM annotation "
    f"WHERE updated_at <> created_at AND label IN ('{ACTOR}', '{PLACE}')"
)
_NOTHING_MORE = ("", 0, 0)
_NO_FRAME = ("", None, "", "", "", "", None, "", "", None, None)


@dataclass(frozen=True, slots=True)
class _Aside:
    """What only some claims have, by the raw ids of what it belongs to; `more` are verdicts, relations, contradictions."""

    titles: dict[bytes, str]
    more: dict[bytes, tuple[str, int, int]]
    words: dict[bytes, str]
    merged: dict[bytes, bytes | None]


def claim_rows(connection: Connection) -> Iterator[ClaimRow]:
    """Yield a row for every claim, in the order of the articles and of the text."""
    aside = _aside(connection)
    titles, more, as_they_are = aside.titles, aside.more, not (aside.words or aside.merged)
    make = tuple.__new__
    # A view, which is what annotations are read through in blind mode, has no index of its own to name.
    claims = _CLAIMS.replace(_BY_INDEX, "") if veil.veiled(connection) is not None else _CLAIMS
    for row in connection.execute(claims):
        present = row if as_they_are and row[5] is not None else _brought_up(row, aside)
        yield make(ClaimRow, (*present, titles[row[1]], *more.get(row[0], _NOTHING_MORE)))


def _brought_up(row: tuple[Any, ...], aside: _Aside) -> tuple[Any, ...]:
    """Return a row with the present words of its source and place, and with merged entities read as those that stayed.

    A claim without a frame gets empty words here: `coalesce` in SQL took a fifth of all time.
    """
    if row[5] is None:
        return (*row[:5], *_NO_FRAME)
    if aside.words and (row[6] in aside.words or row[11] in aside.words):
        row = (*row[:7], aside.words.get(row[6], row[7]), *row[8:12], aside.words.get(row[11], row[12]), *row[13:])
    if aside.merged and (row[14] in aside.merged or row[15] in aside.merged):
        row = (*row[:14], aside.merged.get(row[14], row[14]), aside.merged.get(row[15], row[15]))
    return row


def _aside(connection: Connection) -> _Aside:
    return _Aside(
        titles=dict(connection.execute("SELECT id, title FROM article").fetchall()),
        more=_more(connection),
        words=dict(connection.execute(_REVISED).fetchall()),
        merged=dict(connection.execute("SELECT id, merged_into FROM entity WHERE merged_into IS NOT NULL").fetchall()),
    )


def _more(connection: Connection) -> dict[bytes, tuple[str, int, int]]:
    verdicts: defaultdict[bytes, list[str]] = defaultdict(list)
    for claim, value in connection.execute("SELECT claim, value FROM verdict ORDER BY claim, reviewer"):
        verdicts[claim].append(value)
    every, contradictions = _relations(connection)
    return {
        claim: (" ".join(verdicts.get(claim, ())), every[claim], contradictions[claim])
        for claim in verdicts.keys() | every.keys()
    }


def _relations(connection: Connection) -> tuple[Counter[bytes], Counter[bytes]]:
    """Return how many relations, and how many contradictions, each claim has with claims that are there."""
    every: Counter[bytes] = Counter()
    contradictions: Counter[bytes] = Counter()
    rows = connection.execute(
        "SELECT a, type, b FROM relation JOIN annotation AS one ON one.id = a JOIN annotation AS other ON other.id = b"
    )
    for a, kind, b in rows:
        every.update((a, b))
        if kind == "contradicts":
            contradictions.update((a, b))
    return every, contradictions
