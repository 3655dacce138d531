"""Proving a project: quotes, hashes, the chain of the log, and that the current state is what the log says."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterator

from annotator.errors import CheckStopped
from annotator.frames import ClaimFrame
from annotator.language import N_, Sentence
from annotator.model import Article
from annotator.reports import CheckReport
from annotator.store import claims, decided, projection, queries, veil
from annotator.store.clock import uuid_bytes, uuid_text
from annotator.store.database import Connection
from annotator.store.operations import COLUMNS, FIRST_HASH, Operation, chain_hash
from annotator.store.schema import PROJECTION_TABLES
from annotator.text.canonical import text_sha256

Progress = Callable[[int, int], None]
Cancel = Callable[[], bool]
_MISMATCH = N_("Annotation {id} does not match the text of its article.")
_FRAME_MISMATCH = N_("The frame of claim {id} does not match the text of its article.")


def check(
    connection: Connection, *, progress: Progress | None = None, cancel: Cancel | None = None
) -> CheckReport:  # fmt: skip
    """Prove everything that can be proved and return what was found; nothing is changed. Raises CheckStopped."""
    counts = queries.stats(connection)
    problems: list[Sentence] = []
    wrong: list[str] = []
    with veil.lifted(connection):  # everything is proved; what may not be seen is only not counted
        for done, article in enumerate(queries.articles(connection), start=1):
            problems += _article_problems(connection, article.id, article.text, article.sha256)
            problems += _record_problems(article)
            bad = _wrong_quotes(connection, article.id, article.text)
            wrong += bad
            problems += (Sentence(_MISMATCH, {"id": one}) for one in bad)
            problems += _frame_problems(connection, article.id, article.text)
            problems += _final_problems(connection, article.id, article.text)
            if progress:
                progress(done, counts.articles)
            if cancel and cancel():
                raise CheckStopped
        problems += _chain_problems(connection)
        problems += _projection_problems(connection)
        problems += _unnumbered_problems(connection)
    verified = counts.annotations - sum(
        queries.annotation(connection, uuid_bytes(one) or b"") is not None for one in wrong
    )
    return CheckReport(
        counts.articles, counts.annotations, verified, counts.operations, tuple(problems), counts.finals
    )  # fmt: skip


def _wrong_quotes(connection: Connection, article: str, text: str) -> list[str]:
    """Return the ids of the annotations that do not stand in the text as their quotes say."""
    found = queries.annotations_of(connection, bytes.fromhex(article.replace("-", "")))
    return [one.id for one in found if text[one.start : one.end] != one.quote]


def _final_problems(connection: Connection, article: str, text: str) -> Iterator[Sentence]:
    """Yield which final annotations, or their frames, do not stand in the text as they say."""
    key = bytes.fromhex(article.replace("-", ""))
    for identity, start, end, quote in decided.finals_of(connection, key):
        if text[start:end] != quote:
            yield Sentence(_MISMATCH, {"id": identity})
    for decision in decided.decisions(connection, key):
        for final in decision.finals:
            if final.frame and any(text[start:end] != words for start, end, words in _spans(final.frame)):
                yield Sentence(_FRAME_MISMATCH, {"id": final.id})


def _frame_problems(connection: Connection, article: str, text: str) -> Iterator[Sentence]:
    for claim, frame in claims.frames_of(connection, bytes.fromhex(article.replace("-", ""))).items():
        if any(text[start:end] != words for start, end, words in _spans(frame)):
            yield Sentence(_FRAME_MISMATCH, {"id": claim})


def _spans(frame: ClaimFrame) -> Iterator[tuple[int, int, str]]:
    """Yield every span of a frame with the words it is said to cover."""
    yield from ((one.start, one.end, one.quote) for one in frame.cue)
    for one in (frame.source, frame.via, frame.time, *frame.numbers):
        if one and one.start is not None and one.end is not None:
            yield one.start, one.end, one.words


def _article_problems(connection: Connection, article: str, text: str, sha256: str) -> Iterator[Sentence]:
    if text_sha256(text) != sha256:
        yield Sentence(N_("The text of article {id} is not the one that was imported."), {"id": article})
    identity = bytes.fromhex(article.replace("-", ""))
    packed, expected = connection.execute(
        "SELECT packed, body ->> '$.source.bytes_sha256' FROM article "
        "LEFT JOIN original ON original.sha256 = unhex(body ->> '$.source.bytes_sha256') WHERE id = ?",
        (identity,),
    ).fetchone()
    if (packed is None and expected != sha256) or (packed is not None and not _unpacks_to(packed, expected)):
        yield Sentence(N_("The original bytes of article {id} are not the ones that were imported."), {"id": article})


def _record_problems(article: Article) -> Iterator[Sentence]:
    """Yield what is wrong in the record itself: parts outside the text, two hashes of one and the same file."""
    source = article.source
    if not all(0 <= one.start < one.end <= len(article.text) for one in article.boilerplate):
        yield Sentence(N_("A greyed part of article {id} does not lie in its text."), {"id": article.id})
    if source.file_sha256 and not source.part and source.file_sha256 != source.bytes_sha256:
        yield Sentence(N_("The record of article {id} gives two hash values for one file."), {"id": article.id})


def _unnumbered_problems(connection: Connection) -> Iterator[Sentence]:
    """Yield whether texts were left out of what is found out from them: the index of words and the near copies."""
    missing = connection.execute(
        "SELECT count(*) FROM article WHERE sha256 NOT IN (SELECT sha256 FROM text_number)"
    ).fetchone()[0]
    if missing:
        yield Sentence(N_("{count} articles cannot be found by their words."), {"count": missing})


def _unpacks_to(packed: bytes, expected: str) -> bool:
    try:
        return hashlib.sha256(zlib.decompress(packed)).hexdigest() == expected
    except zlib.error:
        return False


def _chain_problems(connection: Connection) -> Iterator[Sentence]:
    replicas = connection.execute("SELECT rid, uuid FROM replica ORDER BY rid").fetchall()
    for rid, replica in replicas:
        broken = _first_broken(connection, rid, replica)
        if broken:
            details = {"seq": broken, "replica": uuid_text(replica)}
            yield Sentence(N_("The log was tampered with or damaged at operation {seq} of replica {replica}."), details)


def _first_broken(connection: Connection, rid: int, replica: bytes) -> int | None:
    """Return the number of the first operation of a replica whose hash does not follow, or None."""
    previous = FIRST_HASH
    rows = connection.execute(f"SELECT {COLUMNS} FROM op WHERE rid = ? ORDER BY seq", (rid,))
    for expected_seq, row in enumerate(rows, start=1):
        op = Operation(*row)
        digest = chain_hash(
            previous, replica, op.seq, op.id, op.step, op.action, op.target,
            op.reviewer, op.kind, op.entity, op.parents, op.body,
        )  # fmt: skip
        if op.seq != expected_seq or digest != op.hash:
            return expected_seq
        previous = digest
    return None


def _projection_problems(connection: Connection) -> Iterator[Sentence]:
    """Make the current state anew in a database in memory and compare it with the stored one."""
    connection.execute("ATTACH ':memory:' AS shadow KEY ''")
    try:
        projection.create_tables(connection, schema="shadow")
        projection.replay(connection, schema="shadow")
        differing = [table for table in PROJECTION_TABLES if _differs(connection, table)]
    finally:
        connection.execute("DETACH shadow")
    for table in differing:
        yield Sentence(N_("The current state ({table}) is not what the log says."), {"table": table})


def _differs(connection: Connection, table: str) -> bool:
    row = connection.execute(
        f"SELECT EXISTS (SELECT * FROM main.{table} EXCEPT SELECT * FROM shadow.{table}) "
        f"OR EXISTS (SELECT * FROM shadow.{table} EXCEPT SELECT * FROM main.{table})"
    ).fetchone()
    return bool(row[0])
