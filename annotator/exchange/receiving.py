"""Merging bundles into an open project, within one transaction that its caller ends.

Each bundle is taken as a whole or not at all. Of several, those come first that others go on from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from annotator.bundle_errors import (
    BundleRefused,
    ForeignBundle,
    ForkedBundle,
    MissingTexts,
    MissingWork,
    SeveralProjects,
    TamperedBundle,
)
from annotator.exchange.bundle_file import Bundle
from annotator.exchange.manifest import Head
from annotator.exchange.pace import Pace
from annotator.exchange.reports import Content
from annotator.language import N_, Sentence
from annotator.store import conflicts, incoming, ledger, merging
from annotator.store.clock import milliseconds_of, system_milliseconds, uuid_bytes, uuid_text
from annotator.store.database import Connection, attempt
from annotator.store.merging import Range, Tally
from annotator.store.segments import operations_in
from annotator.store.verifying import Verifier

_DAY = 86_400_000
_TEXTS_AT_ONCE = 200
_AHEAD = N_(
    "The clock of whoever made {file} was {days} days ahead of this one. What they changed stands as newer than what is "
    "changed here until then."
)


@dataclass(frozen=True, slots=True)
class Live:
    """The replica that this very session writes, and how far: nobody else may go on with it."""

    replica: bytes
    seq: int


@dataclass(slots=True)
class Merged:
    """What was taken of all bundles: the content of each, and the sum for listeners and for taking it back."""

    contents: list[Content] = field(default_factory=list)
    tallies: list[Tally] = field(default_factory=list)

    @property
    def ranges(self) -> list[Range]:
        """The operations that are new, by replica."""
        return [one for tally in self.tallies for one in tally.ranges]

    @property
    def newest(self) -> bytes:
        """The greatest id among the new operations."""
        return max((tally.newest for tally in self.tallies), default=b"")

    @property
    def divided(self) -> set[bytes]:
        """The things that were changed side by side."""
        return {entity for tally in self.tallies for entity in tally.divided}

    def ids(self) -> dict[str, tuple[str, ...]]:
        """Return the ids touched, by kind."""
        found: dict[str, dict[str, None]] = {}
        for tally in self.tallies:
            for kind, ids in tally.ids.items():
                found.setdefault(kind, {}).update(ids)
        return {kind: tuple(ids) for kind, ids in found.items()}


class Receiver:
    """Takes bundles into a project, one after the other."""

    def __init__(self, connection: Connection, live: Live, pace: Pace) -> None:
        self._connection, self._live, self._pace = connection, live, pace

    def take(self, bundles: Sequence[Bundle], *, strict: bool) -> Merged:
        """Take all bundles; with `strict` raise why one is refused, else tell it in its content.

        Raises MergeCancelled, and with `strict` SeveralProjects: which of them is meant nobody can tell.
        """
        if strict and len({one.manifest.project for one in bundles}) > 1:
            raise SeveralProjects
        merged = Merged()
        for bundle in self._in_order(bundles):
            try:
                with attempt(self._connection):
                    tally = self._take(bundle)
            except BundleRefused as error:
                if strict:
                    raise
                merged.contents.append(_content(bundle, Tally(), refused=error.sentence))
                continue
            merged.contents.append(_content(bundle, tally))
            merged.tallies.append(tally)
        return merged

    def _in_order(self, bundles: Sequence[Bundle]) -> Iterator[Bundle]:
        """Yield the bundles, those first that have what is needed for them; those that never have it last."""
        waiting = sorted(bundles, key=lambda one: (one.manifest.made_at, one.file))
        while waiting:
            ready = next((one for one in waiting if self._lacks(one) is None), waiting[0])
            waiting.remove(ready)
            yield ready

    def _lacks(self, bundle: Bundle) -> Head | None:
        """Return up to where a replica is needed before this bundle, and is not here."""
        for head in bundle.manifest.since:
            if merging.hash_at(self._connection, uuid_bytes(head.replica) or b"", head.seq) is None:
                return head
        return None

    def _take(self, bundle: Bundle) -> Tally:
        self._refuse_foreign(bundle)
        self._refuse_gap(bundle)
        tally = Tally()
        fresh = self._append(bundle, tally)
        self._take_texts(bundle)
        project = uuid_bytes(bundle.manifest.project) or b""
        verifier = Verifier(self._connection, file=bundle.file, sender=bundle.manifest.sender, project=project)
        for replica, one in fresh:
            for count in merging.bring_up(self._connection, one, replica, verifier, tally):
                self._pace.go(count)
        self._take_originals(bundle, tally)
        self._refuse_other_beginning(bundle)
        tally.ranges = merging.joined(one for _, one in fresh)
        tally.known = bundle.manifest.operations - tally.new
        self._pace.go(tally.known)
        merging.bring_steps_up(self._connection, tally.ranges)
        conflicts.remember_divided(self._connection, tally.divided)
        self._note_sender(bundle)
        return tally

    def _refuse_foreign(self, bundle: Bundle) -> None:
        own = merging.project_id(self._connection)
        if own and uuid_text(own) != bundle.manifest.project:
            raise ForeignBundle(file=bundle.file)

    def _refuse_gap(self, bundle: Bundle) -> None:
        file, sender = bundle.file, bundle.manifest.sender
        here = merging.heads(self._connection)
        for head in bundle.manifest.since:
            replica = uuid_bytes(head.replica) or b""
            found = merging.hash_at(self._connection, replica, head.seq)
            if found is None:
                known = here.get(replica, (0, b""))[0]
                raise MissingWork(file=file, sender=sender, replica=head.replica, first=known + 1, last=head.seq)
            if found.hex() != head.hash:
                raise ForkedBundle(file=file, replica=head.replica, seq=head.seq)

    def _append(self, bundle: Bundle, tally: Tally) -> list[tuple[bytes, Range]]:
        fresh = []
        for part in bundle.manifest.segments:
            segment = part.segment()
            if segment.replica == self._live.replica and segment.last > self._live.seq:
                raise ForkedBundle(file=bundle.file, replica=part.replica, seq=self._live.seq + 1)
            rid = merging.rid_of(self._connection, segment.replica)
            if not merging.is_known(self._connection, segment):
                operations = operations_in(bundle.lines_of(part), segment, rid)
                found = merging.append(
                    self._connection, segment, operations, rid, file=bundle.file, sender=bundle.manifest.sender
                )
                fresh += [(segment.replica, found)] if found else []
            self._pace.go(segment.last - segment.first + 1)
        return fresh

    def _take_texts(self, bundle: Bundle) -> None:
        batch: list[tuple[str, str]] = []
        for one in bundle.texts():
            batch.append(one)
            if len(batch) == _TEXTS_AT_ONCE:
                self._store_texts(bundle, batch)
                batch = []
        self._store_texts(bundle, batch)

    def _store_texts(self, bundle: Bundle, batch: Sequence[tuple[str, str]]) -> None:
        if not incoming.take_texts(self._connection, batch):
            raise TamperedBundle(file=bundle.file, reason=Sentence(N_("it holds a text that belongs to no article.")))
        self._pace.go(0)

    def _take_originals(self, bundle: Bundle, tally: Tally) -> None:
        missing = incoming.missing_originals(self._connection, tally.originals)
        for sha256, packed in bundle.originals():
            if sha256 in missing:
                incoming.take_original(self._connection, sha256, packed)
                missing.discard(sha256)
        if missing or incoming.missing_texts(self._connection, tally.texts):
            raise MissingTexts(file=bundle.file, sender=bundle.manifest.sender)

    def _refuse_other_beginning(self, bundle: Bundle) -> None:
        """A project begins with its own creation, whoever says what of it."""
        if uuid_text(merging.project_id(self._connection)) != bundle.manifest.project:
            raise TamperedBundle(file=bundle.file, reason=Sentence(N_("it does not begin where its project does.")))

    def _note_sender(self, bundle: Bundle) -> None:
        heads = {uuid_bytes(one.replica) or b"": one.seq for one in bundle.manifest.heads}
        ledger.note_peer(self._connection, bundle.manifest.sender, heads)


def _content(bundle: Bundle, tally: Tally, *, refused: Sentence | None = None) -> Content:
    manifest = bundle.manifest
    reviewers = None if manifest.reviewers is None else tuple(manifest.reviewers)
    return Content(
        bundle.file, manifest.sender, manifest.made_at, reviewers, tally.new, tally.known, dict(tally.made),
        dict(tally.changed), dict(tally.removed), dict(tally.reviewers), tuple(_warnings(bundle, tally)), refused,
    )  # fmt: skip


def _warnings(bundle: Bundle, tally: Tally) -> Iterator[Sentence]:
    ahead = milliseconds_of(tally.newest) - system_milliseconds() if tally.newest else 0
    if ahead > _DAY:
        yield Sentence(_AHEAD, {"file": bundle.file, "days": ahead // _DAY})


def count_conflicts(connection: Connection, divided: Iterable[bytes]) -> int:
    """Return in how many of these things values stand side by side that differ."""
    return sum(1 for _ in conflicts.conflicts(connection, set(divided)))
