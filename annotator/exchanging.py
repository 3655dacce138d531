"""Carrying work between copies of one project: sending and receiving bundles, and settling what was changed side by side."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from annotator.bundle_errors import BuiltUpon, BundleRefused, LaterMerge, NoConflict, UnknownMerge
from annotator.errors import NotYours
from annotator.exchange import bundle_file
from annotator.exchange.bundle_file import Bundle
from annotator.exchange.pace import Cancel, Pace, Progress
from annotator.exchange.receiving import Live, Merged, Receiver, count_conflicts
from annotator.exchange.reports import (
    BundleReport,
    Conflict,
    Content,
    Merge,
    MergeReport,
    Preview,
    Sendable,
    Side,
    unreadable,
)
from annotator.exchange.sending import Sender, Wish, measure, reviewers_wanted, send
from annotator.model import Change
from annotator.open_project import OpenProject
from annotator.outside import written_to
from annotator.store import conflicts, database, ledger, merging, taking_back, veil
from annotator.store.clock import iso_time, system_milliseconds, time_of, uuid_bytes, uuid_text
from annotator.store.conflicts import SETTLE, Head
from annotator.store.kinds import KINDS, REVIEWER
from annotator.store.operations import subject_of


class Exchanging(OpenProject):
    """The part of the project that sends, receives and settles."""

    @property
    def project_id(self) -> str:
        """What makes two files copies of one project: the id of its first step, which all of them have."""
        return uuid_text(merging.project_id(self._connection))

    def send(
        self,
        path: str | Path,
        *,
        reviewers: Collection[str] | None = None,
        since_last: bool = False,
        to: str = ledger.EVERYBODY,
        with_articles: bool = True,
        progress: Progress | None = None,
        cancel: Cancel | None = None,
    ) -> BundleReport:
        """Write what this copy holds into a bundle: all of it, or with `since_last` what is new since the last exchange.

        `to` names who gets it; the last exchange then is the last with them, else the last bundle for everybody. With
        `reviewers`, only the replicas in which one of them wrote are sent. Without articles, the receiver must have
        imported the same texts. Raises NothingToSend, SendingCancelled, ProjectInTheWay, CannotWrite or NoRoom.
        """
        wish, sender = self._wish(reviewers, since_last, to, with_articles), Sender(self.path.stem, self._reviewer)
        with written_to(Path(path), open_project=self.path), database.failures_of(self.path):
            report = send(self._connection, Path(path), wish, sender, progress=progress, cancel=cancel)
        if self._lock and reviewers is None:
            self._remember_sent(to.strip())
        return report

    def sendable(
        self, *, reviewers: Collection[str] | None = None, since_last: bool = False, to: str = ledger.EVERYBODY
    ) -> Sendable:
        """Tell how much `send` would write."""
        return measure(self._connection, self._wish(reviewers, since_last, to, with_articles=True))

    def exchanged_with(self) -> list[str]:
        """Return the names of those with whom work was exchanged."""
        return ledger.peers(self._connection)

    def look_at(
        self, bundles: Iterable[str | Path], *, progress: Progress | None = None, cancel: Cancel | None = None
    ) -> Preview:
        """Tell what receiving bundles would do, by doing it and taking all of it back; nothing is written.

        Bundles that would be refused are among those told, with the reason. Raises MergeCancelled.
        """
        self._need_writing()
        broken: list[Content] = []
        with (
            self._opened(bundles, broken) as opened,
            veil.lifted(self._connection),
            database.rehearsal(self._connection, self.path),
        ):
            merged = self._receiver(opened, progress, cancel).take(opened, strict=False)
            return Preview((*merged.contents, *broken), count_conflicts(self._connection, merged.divided))

    def receive(
        self,
        bundles: Iterable[str | Path],
        *,
        leave_refused: bool = False,
        progress: Progress | None = None,
        cancel: Cancel | None = None,
    ) -> MergeReport:
        """Merge bundles in one transaction, after a copy of the project was made beside it.

        What is here already stays as it is, so receiving twice does no harm. When one bundle is refused, none is taken: raises
        what is wrong (a child of BundleRefused), SeveralProjects, MergeCancelled or DiskFull. With `leave_refused` the others
        are taken, and the report tells why which was left.
        """
        self._need_writing()
        broken: list[Content] | None = [] if leave_refused else None
        with self._opened(bundles, broken) as opened:
            if all(self._is_known(one) for one in opened):
                return self._nothing_new(opened, broken)
            backup = database.back_up(self._connection, self.path, "merge")
            try:
                report, merged = self._merge(self._receiver(opened, progress, cancel), opened, broken, backup)
            except BaseException:
                backup.unlink(missing_ok=True)
                raise
        if report.merge is None:
            backup.unlink(missing_ok=True)
            return report
        self._log.clock.go_past(merged.newest)
        self._tell(Change("merge", str(report.merge), merged.ids()))
        return report

    def merges(self) -> list[Merge]:
        """Return what was received, the last first."""
        return [_merge_of(entry) for entry in ledger.merges(self._connection)]

    def take_back(self, merge: int | None = None) -> Merge:
        """Take a merge back as a whole, by default the last: what it brought is gone, what was done here since stays.

        It can be received again. Raises UnknownMerge, LaterMerge, or BuiltUpon when something done since builds on it.
        """
        self._need_writing()
        entry = self._last_merge(merge)
        with veil.lifted(self._connection), database.transaction(self._connection, self.path):
            self._refuse_built_upon(entry)
            ids = taking_back.take_out(self._connection, entry.ranges)
            ledger.note_taken_back(self._connection, entry.number, iso_time(system_milliseconds()))
        self._tell(Change("take_back", str(entry.number), {kind: tuple(found) for kind, found in ids.items()}))
        return _merge_of(next(one for one in ledger.merges(self._connection) if one.number == entry.number))

    # -- conflicts ------------------------------------------------------------------------------------------------

    def conflicts(self, *, everybody: bool = False) -> list[Conflict]:
        """Return what this reviewer changed side by side, on two machines or with another reviewer; of all with `everybody`.

        In blind mode everybody else's are not told.
        """
        everybody = everybody and veil.veiled(self._connection) is None
        found = (_conflict(heads) for heads in conflicts.conflicts(self._connection))
        return [one for one in found if everybody or self._concerns(one)]

    def settle_conflict(self, entity: str, operation: str) -> None:
        """Give a thing the value of one of its sides (by the id of its operation) for good, as one step.

        Raises NoConflict, or NotYours for what only another reviewer may change.
        """
        identity = uuid_bytes(entity) or b""
        heads = conflicts.conflict(self._connection, identity)
        chosen = next((one for one in heads if uuid_text(one.id) == operation), None)
        if chosen is None:
            raise NoConflict
        found = _conflict(heads)
        if KINDS[found.kind].owner and not self._concerns(found):
            raise NotYours(owner=found.sides[0].reviewer)
        parents = conflicts.all_parents(self._connection, identity)
        with self._step(SETTLE) as step:
            step.put(chosen.kind, chosen.value(), entity=identity, parents=parents)
        self._tell_step(step, **{found.kind: (found.told,)})

    # -- inside ---------------------------------------------------------------------------------------------------

    def _wish(self, reviewers: Collection[str] | None, since_last: bool, to: str, with_articles: bool) -> Wish:
        known = ledger.known_by(self._connection, to.strip()) if since_last else {}
        return Wish(reviewers_wanted(reviewers), known, with_articles)

    def _begin_with(self, bundles: Iterable[str | Path], progress: Progress | None, cancel: Cancel | None) -> None:
        """Fill this new file with what bundles hold; everybody has that, so there is nothing to take back."""
        with self._opened(bundles) as opened, database.transaction(self._connection, self.path):
            merged = self._receiver(opened, progress, cancel).take(opened, strict=True)
            seqs = {replica: seq for replica, (seq, _) in merging.heads(self._connection).items()}
            ledger.note_peer(self._connection, ledger.EVERYBODY, seqs)
        self._log.clock.go_past(merged.newest)

    def _remember_sent(self, to: str) -> None:
        seqs = {replica: seq for replica, (seq, _) in merging.heads(self._connection).items()}
        with database.transaction(self._connection, self.path):
            ledger.note_peer(self._connection, to, seqs)

    @contextmanager
    def _opened(self, bundles: Iterable[str | Path], broken: list[Content] | None = None) -> Iterator[list[Bundle]]:
        """Open bundles; those that cannot be read are raised, or noted as `broken`."""
        opened: list[Bundle] = []
        with ExitStack() as stack:
            for path in dict.fromkeys(map(Path, bundles)):
                try:
                    opened.append(stack.enter_context(bundle_file.reading(path)))
                except BundleRefused as error:
                    if broken is None:
                        raise
                    broken.append(unreadable(path.name, error.sentence))
            yield opened

    def _receiver(self, opened: list[Bundle], progress: Progress | None, cancel: Cancel | None) -> Receiver:
        total = 2 * sum(one.manifest.operations for one in opened)
        return Receiver(self._connection, Live(self._log.replica, self._log.seq), Pace(progress, cancel, total))

    def _is_known(self, bundle: Bundle) -> bool:
        own = merging.project_id(self._connection)
        return uuid_text(own) == bundle.manifest.project and all(
            merging.is_known(self._connection, one.segment()) for one in bundle.manifest.segments
        )

    def _nothing_new(self, opened: list[Bundle], broken: list[Content] | None) -> MergeReport:
        with veil.lifted(self._connection), database.transaction(self._connection, self.path):
            merged = self._receiver(opened, None, None).take(opened, strict=broken is None)
        return MergeReport((*merged.contents, *(broken or ())), 0)

    def _merge(
        self, receiver: Receiver, opened: list[Bundle], broken: list[Content] | None, backup: Path
    ) -> tuple[MergeReport, Merged]:
        at = iso_time(system_milliseconds())
        with veil.lifted(self._connection), database.transaction(self._connection, self.path):
            merged = receiver.take(opened, strict=broken is None)
            contents = (*merged.contents, *(broken or ()))
            if not merged.ranges:
                return MergeReport(contents, 0), merged
            arising = count_conflicts(self._connection, merged.divided)
            told = {
                "senders": [one.sender for one in merged.contents if not one.refused],
                "operations": sum(one.new for one in merged.contents),
            }
            number = ledger.note_merge(
                self._connection, at=at, backup=str(backup), ranges=merging.joined(merged.ranges), report=told
            )
        return MergeReport(contents, arising, number, at, backup), merged

    def _last_merge(self, merge: int | None) -> ledger.Entry:
        entries = [one for one in ledger.merges(self._connection) if not one.taken_back and one.ranges]
        found = next((one for one in entries if merge in (None, one.number)), None)
        if found is None:
            raise UnknownMerge
        if found.number != entries[0].number:
            raise LaterMerge
        return found

    def _refuse_built_upon(self, entry: ledger.Entry) -> None:
        found = list(taking_back.dependents(self._connection, entry.ranges))
        if found:
            raise BuiltUpon(count=len(found), backup=entry.backup)

    def _concerns(self, conflict: Conflict) -> bool:
        """Tell whether a conflict is this reviewer's: one side, or the thing itself, is theirs."""
        values = (side.value for side in conflict.sides if side.value and KINDS[conflict.kind].owner == REVIEWER)
        return self._reviewer in {side.reviewer for side in conflict.sides} | {value[REVIEWER] for value in values}


def _conflict(heads: tuple[Head, ...]) -> Conflict:
    sides = tuple(Side(uuid_text(one.id), one.reviewer, time_of(one.id), one.value()) for one in heads)
    value = next((one.value for one in sides if one.value is not None), None)
    first = heads[0]
    return Conflict(uuid_text(first.entity), first.kind, subject_of(first.kind, first.entity, value), sides)


def _merge_of(entry: ledger.Entry) -> Merge:
    senders = tuple(dict.fromkeys(entry.report["senders"]))
    return Merge(entry.number, entry.at, senders, entry.report["operations"], Path(entry.backup), entry.taken_back)
