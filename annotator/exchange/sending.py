"""Writing a bundle of what an open project holds beyond what its receiver is known to have."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from annotator.bundle_errors import NothingToSend, SendingCancelled
from annotator.errors import CannotWrite
from annotator.exchange.bundle_file import BundleWriter, cut, original_line, text_line, writing
from annotator.exchange.manifest import Head, Manifest, Part
from annotator.exchange.pace import Cancel, Pace, Progress
from annotator.exchange.reports import BundleReport, Sendable
from annotator.language import N_, Sentence
from annotator.store import outgoing
from annotator.store.clock import iso_time, system_milliseconds, uuid_text
from annotator.store.database import Connection
from annotator.store.merging import hash_at, heads, project_id
from annotator.store.migrations import FORMAT
from annotator.store.operations import Operation
from annotator.store.segments import line_of
from annotator.version import PROGRAM

_AT_ONCE = 100  # operations or texts between two looks at whether it is to stop


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be sent: of which reviewers (None: all), beyond what is `known` of each replica, with articles or without."""

    reviewers: tuple[str, ...] | None
    known: Mapping[bytes, int]
    with_articles: bool


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends: the project's name and the reviewer."""

    project: str
    reviewer: str


class _Sending:
    """Writes one bundle, and remembers which articles its operations bring."""

    def __init__(self, connection: Connection, writer: BundleWriter, wish: Wish, pace: Pace) -> None:
        self._connection, self._writer, self._wish, self._pace = connection, writer, wish, pace
        self._texts: dict[bytes, None] = {}
        self._originals: dict[bytes, None] = {}
        self.parts: list[Part] = []
        self._waiting = 0

    def segments(self, spans: Iterable[outgoing.Span]) -> None:
        for span in spans:
            self._span(span)

    def _span(self, span: outgoing.Span) -> None:
        first = span.after + 1
        before = hash_at(self._connection, span.replica, span.after) or b""
        for data in cut(self._lines(span)):
            last = first + data.count(b"\n") - 1
            after = hash_at(self._connection, span.replica, last) or b""
            name = self._writer.add("segments", data)
            self.parts.append(Part(name, uuid_text(span.replica), first, last, before.hex(), after.hex()))
            first, before = last + 1, after

    def _lines(self, span: outgoing.Span) -> Iterator[bytes]:
        for operation in outgoing.operations(self._connection, span):
            if operation.kind == "article" and operation.body and self._wish.with_articles:
                self._note_article(operation)
            self._go()
            yield line_of(operation)

    def _note_article(self, operation: Operation) -> None:
        value = operation.value() or {}
        original = bytes.fromhex(value["source"]["bytes_sha256"])
        self._originals[original] = None
        if outgoing.is_first(self._connection, operation, self._wish.known):
            self._texts[bytes.fromhex(value["sha256"])] = None

    def texts(self) -> list[str]:
        return self._writer.add_lines("texts", self._text_lines())

    def _text_lines(self) -> Iterator[bytes]:
        for _, text in outgoing.texts(self._connection, self._texts):
            self._go()
            yield text_line(text)

    def originals(self) -> list[str]:
        lines = (original_line(*one) for one in outgoing.originals(self._connection, self._originals))
        return self._writer.add_lines("originals", lines)

    @property
    def articles(self) -> int:
        return len(self._texts)

    def _go(self) -> None:
        self._waiting += 1
        if self._waiting == _AT_ONCE:
            self._pace.go(self._waiting)
            self._waiting = 0


def measure(connection: Connection, wish: Wish) -> Sendable:
    """Tell how much a bundle would hold, without writing it."""
    spans = outgoing.spans_after(connection, wish.known, wish.reviewers)
    return Sendable(sum(one.last - one.after for one in spans), outgoing.count_articles(connection, spans))


def send(
    connection: Connection,
    path: Path,
    wish: Wish,
    sender: Sender,
    *,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> BundleReport:
    """Write a bundle. Raises NothingToSend, SendingCancelled, CannotWrite or DiskFull."""
    spans = outgoing.spans_after(connection, wish.known, wish.reviewers)
    if not spans:
        raise NothingToSend
    if path.is_dir():
        raise CannotWrite(path=path, reason=Sentence(N_("it is a folder")))
    much = measure(connection, wish) if progress else Sendable(0, 0)
    total = much.operations + (much.articles if wish.with_articles else 0)
    with writing(path) as writer:
        sending = _Sending(connection, writer, wish, Pace(progress, cancel, total, SendingCancelled))
        sending.segments(spans)
        manifest = _manifest(connection, wish, sender, sending, writer)
        writer.finish(manifest)
    return BundleReport(
        path, manifest.operations, manifest.articles, wish.reviewers, not manifest.since, path.stat().st_size
    )  # fmt: skip


def _manifest(connection: Connection, wish: Wish, sender: Sender, sending: _Sending, writer: BundleWriter) -> Manifest:
    texts, originals = sending.texts(), sending.originals()
    return Manifest(
        project=uuid_text(project_id(connection)),
        name=sender.project,
        project_format=FORMAT,
        program=PROGRAM,
        made_at=iso_time(system_milliseconds()),
        sender=sender.reviewer,
        reviewers=wish.reviewers,
        since=list(_heads(connection, wish.known)),
        heads=list(_heads(connection, {replica: seq for replica, (seq, _) in heads(connection).items()})),
        segments=sending.parts,
        texts=texts,
        originals=originals,
        articles=sending.articles,
        sha256=writer.sha256,
    )


def _heads(connection: Connection, seqs: Mapping[bytes, int]) -> Iterator[Head]:
    """Yield how far replicas go, as far as they go here."""
    here = heads(connection)
    for replica, seq in sorted(seqs.items()):
        reached = min(seq, here.get(replica, (0, b""))[0])
        found = hash_at(connection, replica, reached) if reached else None
        if found:
            yield Head(uuid_text(replica), reached, found.hex())


def reviewers_wanted(given: Collection[str] | None) -> tuple[str, ...] | None:
    """Return the names for which a bundle is made, without white space around them; None for all."""
    return None if given is None else tuple(sorted({name.strip() for name in given}))
