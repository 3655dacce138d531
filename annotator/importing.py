"""Bringing files into a project: take what is new, do as was decided, and say what became of each article.

An import is one step however long it is, stored in batches: memory stays flat, it can be stopped at any moment, and what
came in before stays (one undo takes all of it back). Importing the same again goes on where it stopped: what is there already
is passed over.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from annotator.adopting import adopted, is_foreign, marked
from annotator.carrying_over import CarryingOver
from annotator.copying import Copying
from annotator.entities import Entity
from annotator.errors import ProjectError
from annotator.file_errors import LeftOut
from annotator.frames import Relation
from annotator.incoming import Incoming
from annotator.language import N_, Sentence
from annotator.likeness import Likely, Likeness
from annotator.model import Annotation, Article, Change, Details, LabelSet, Source
from annotator.readers.draft import Common, Draft
from annotator.readers.source_file import SourceFile
from annotator.reports import SAME_TEXT, ImportedFile, ImportReport, RefusedFile
from annotator.store import nearness, queries, veil
from annotator.store.clock import iso_time, system_milliseconds, uuid_bytes, uuid_text
from annotator.store.database import Connection
from annotator.store.identity import article_id, relation_id
from annotator.store.log import Log, StepWriter
from annotator.survey import FileChoice
from annotator.taking import OfQueue, Taker, articles_of, things_of, told_as
from annotator.taking_review import OfReview, ReviewTaker, fits
from annotator.values import annotation_value, article_value
from annotator.version import PROGRAM

_BATCH_ARTICLES = 5000
_BATCH_CHARACTERS = 3_000_000
_UNDECIDED = N_("“{title}” was left for later: {reason}")
_NEAR = N_("it is nearly the same as “{other}” ({percent} %).")
_CORRECTS = N_("it looks like a corrected version of an article that is there.")
_NOT_THERE = N_("The article that “{title}” is to correct is not in the project.")
_ONLY_A_LEAD = N_("Roles and settings of a project can only be brought in by a lead.")
_NO_FIT = N_("A decision or a comment does not fit the articles of the project.")
_LOST = N_("“{quote}” ({label}, {reviewer}) could not be carried over to the new version: its words are gone.")


class _Item(NamedTuple):
    """What is to be taken: from which file, as its how manieth article, and what was decided about that file."""

    file: Path
    number: int
    content: Draft | Common | ProjectError
    choice: FileChoice

    @property
    def corrects(self) -> str:
        return self.choice.corrects.get(self.number, "")


class Importer:
    """One import into an open project."""

    def __init__(
        self,
        connection: Connection,
        log: Log,
        *,
        reviewer: str,
        told: Callable[[Change], None],
        action: str = "import",
        only_certain: bool = False,
    ) -> None:
        self._action = action
        self._connection = connection
        self._log = log
        self._reviewer = reviewer
        self._told = told
        self._only_certain = only_certain
        self._step = b""
        self._taker = Taker(connection)
        self._copying = Copying(connection)
        self.report = ImportReport()
        self.stopped_by: ProjectError | None = None

    def run(self, incoming: Incoming) -> ImportReport:
        """Import what comes; what came in before something fails, or the user stops it, stays."""
        for _ in self.run_in_parts(incoming, seconds=math.inf):
            pass
        return self.report

    def run_in_parts(self, incoming: Incoming, *, seconds: float) -> Generator[None, None, ImportReport]:
        """Import like `run`, and pause after each transaction of about so many seconds: other steps can come between."""
        self._copying.wanted = incoming.originals()
        batch: list[_Item] = []
        try:
            for batch in _read_ahead(_batches(_wanted(incoming), seconds)):
                self._take(batch)
                yield
        except ProjectError as error:
            self.stopped_by, self.report.stopped, self.report.stopped_at = error, error.sentence, batch[0].file
        self.report.cancelled = incoming.cancelled
        return self.report

    def _take(self, batch: Sequence[_Item]) -> None:
        """Store one batch as one transaction; report of it only what is durable."""
        batch_import = _BatchImport(self._connection, self._reviewer, self._taker, self._copying)
        # What is hidden from this reviewer is there nevertheless, and must not be taken for new.
        with (
            veil.lifted(self._connection) as batch_import.told,
            self._log.step(self._action, self._reviewer, id=self._step) as step,
        ):
            batch_import.run(step, batch, only_certain=self._only_certain)
        self._step = step.id
        self._copying.stored()
        self.report.add(batch_import.report)
        if step.operations:
            found = {kind: tuple(touched) for kind, touched in batch_import.ids.items()}
            self._told(Change(self._action, uuid_text(step.id), found))


class _BatchImport:
    """One batch: what it does is durable as a whole or not at all."""

    def __init__(self, connection: Connection, reviewer: str, taker: Taker, copying: Copying) -> None:
        self._connection = connection
        self._reviewer = reviewer
        self._taker = taker
        self._copying = copying
        self._present: set[bytes] = set()
        self._texts: dict[str, str | None] = {}
        self.told: str | None = None
        self.report = ImportReport()
        self.ids: dict[str, list[str]] = {}

    def run(self, step: StepWriter, batch: Sequence[_Item], *, only_certain: bool) -> None:
        """Take everything into the step."""
        drafts = {
            number: article_id(one.content.sha256) for number, one in enumerate(batch) if isinstance(one.content, Draft)
        }
        self._present = nearness.present(self._connection, drafts.values())
        step.foresee([*drafts.values(), *(thing for one in batch for thing in things_of(one.content))])
        undecided = self._undecided(batch, drafts) if only_certain else {}
        for number, one in enumerate(batch):
            if number in undecided:
                self.report.undecided.append(RefusedFile(one.file, undecided[number]))
            elif isinstance(one.content, LeftOut):
                self.report.skipped.append(RefusedFile(one.file, one.content.sentence))
            elif isinstance(one.content, ProjectError):
                self.report.failed.append(RefusedFile(one.file, one.content.sentence))
            elif isinstance(one.content, Draft):
                self._take_draft(step, one, one.content, drafts[number])
            else:
                self._take_common(step, one.file, one.content)
        self._touch(self._taker.finish_batch(step))
        grouped = list(self._copying.write(step))
        self.report.copies += len(grouped)
        self._touch(("copy", article) for article in grouped)

    def _touch(self, things: Iterable[tuple[str, str]]) -> None:
        for kind, key in things:
            self.ids.setdefault(kind, []).append(key)

    # -- what somebody should look at first -----------------------------------------------------------------------

    def _undecided(self, batch: Sequence[_Item], drafts: dict[int, bytes]) -> dict[int, Sentence]:
        """Return why some of the articles are left for later, by their number in the batch."""
        likeness, compared, met = Likeness(self._connection), [], set(self._present)
        for number, one in enumerate(batch):
            if isinstance(one.content, Draft) and drafts[number] not in met:
                met.add(drafts[number])
                compared.append(number)
                likeness.add(one.file, one.number, one.content)
        answers = {compared[at]: likely for at, likely in likeness.answers().items()}
        reasons = ((number, _doubt(batch[number], answers.get(number, Likely()))) for number in compared)
        return {number: reason for number, reason in reasons if reason}

    # -- articles -------------------------------------------------------------------------------------------------

    def _take_draft(self, step: StepWriter, item: _Item, draft: Draft, identity: bytes) -> None:
        article = uuid_text(identity)
        old = self._corrected(item)
        if identity in self._present or step.has(identity):
            self.report.skipped.append(RefusedFile(item.file, Sentence(SAME_TEXT, {"title": draft.title})))
        elif item.corrects and old is None:
            self.report.failed.append(RefusedFile(item.file, Sentence(_NOT_THERE, {"title": draft.title})))
            return
        else:
            self._put_article(step, identity, replace(draft, replaces=old.id) if old else draft)
            self._touch([("article", article)])
            self.report.imported.append(
                ImportedFile(item.file, article, draft.title, draft.encoding, draft.confidence, draft.notes)
            )
        self._copying.met((item.file, item.number), article, item.choice.copies.get(item.number))
        self._take_marks(step, item.file, self._adopted(draft, identity), identity)
        if old and old.id != article:
            self._carry_over(step, item.file, old, article, draft.text)

    def _corrected(self, item: _Item) -> Article | None:
        return queries.article(self._connection, uuid_bytes(item.corrects) or b"") if item.corrects else None

    def _carry_over(self, step: StepWriter, file: Path, old: Article, article: str, text: str) -> None:
        carrying = CarryingOver(self._connection, step, old, article, text, told=self.told)
        self._touch(carrying.run())
        self.report.carried += carrying.report.annotations
        self.report.lost += [RefusedFile(file, _lost(one)) for one in carrying.report.lost]

    def _put_article(self, step: StepWriter, identity: bytes, draft: Draft) -> None:
        step.put_text(
            bytes.fromhex(draft.sha256), draft.text, bytes.fromhex(draft.bytes_sha256), draft.original
        )  # fmt: skip
        article = Article(
            uuid_text(identity), draft.title, draft.text, draft.sha256, draft.language, draft.direction,
            self._source(draft), draft.outlet, draft.author, draft.date, draft.boilerplate, draft.replaces,
        )  # fmt: skip
        step.put("article", article_value(article), entity=identity)
        self._texts[article.id] = draft.text

    def _source(self, draft: Draft) -> Source:
        return Source(
            draft.file, draft.bytes_sha256, draft.encoding, draft.imported_at or iso_time(system_milliseconds()),
            draft.imported_by or self._reviewer, draft.reader, draft.confidence, draft.reader_version,
            draft.program or PROGRAM,
            draft.part, draft.file_sha256, draft.url, draft.captured_at, draft.notes,
        )  # fmt: skip

    # -- what hangs on them ---------------------------------------------------------------------------------------

    def _adopted(self, draft: Draft, identity: bytes) -> Draft:
        """Return the draft with ids of ours for annotations of other tools, without those that are there already."""
        if not any(map(is_foreign, draft.annotations)):
            return draft
        known = {marked(one) for one in queries.annotations_of(self._connection, identity)}
        return adopted(draft, reviewer=self._reviewer, label_set=self._taker.label_set_version, known=known)

    def _take_marks(self, step: StepWriter, file: Path, draft: Draft, article: bytes) -> None:
        added = [self._put_annotation(step, article, one) for one in draft.annotations if self._is_new(step, one)]
        self.report.annotations += len(added)
        self._touch(("annotation", one) for one in added)
        self._touch(self._take_hanging(step, draft))
        for relation in draft.relations:
            self._take_common(step, file, relation)

    def _take_hanging(self, step: StepWriter, draft: Draft) -> Iterator[tuple[str, str]]:
        """Take what hangs on the draft's annotations; yield the kinds and the ids of these."""
        for frame in draft.frames:
            if self._taker.take_frame(step, frame):
                yield "frame", frame.claim
        for link in draft.links:
            if self._taker.take_link(step, link):
                yield "link", link.annotation
        for verdict in draft.verdicts:
            if self._taker.take_verdict(step, verdict):
                yield "verdict", verdict.claim

    def _put_annotation(self, step: StepWriter, article: bytes, annotation: Annotation) -> str:
        self._taker.ensure_label(annotation.label)
        self._taker.ensure_reviewer(step, annotation.reviewer)
        value = annotation_value(annotation) | {"article": uuid_text(article)}
        put = step.put if annotation.created_at else step.put_new
        return uuid_text(put("annotation", value, entity=uuid_bytes(annotation.id)))

    def _is_new(self, step: StepWriter, annotation: Annotation) -> bool:
        identity = uuid_bytes(annotation.id)
        if identity is None or step.has(identity):
            return identity is None
        return step.is_new(identity) or queries.annotation(self._connection, identity) is None

    # -- what belongs to no single article ------------------------------------------------------------------------

    def _take_common(self, step: StepWriter, file: Path, item: Common) -> None:
        if isinstance(item, LabelSet):
            self._taker.take_label_set(item)
        elif isinstance(item, Entity):
            if self._taker.take_entity(step, item):
                self.report.entities += 1
                self._touch([("entity", item.id)])
        elif isinstance(item, OfReview):
            self._take_of_review(step, file, item)
        elif not isinstance(item, Relation):
            self._take_of_queue(step, file, item)
        elif not (self._has(step, item.a) and self._has(step, item.b)):
            reason = Sentence(N_("A relation names a claim that is not in the project."))
            self.report.failed.append(RefusedFile(file, reason))
        elif self._taker.take_relation(step, item):
            self.report.relations += 1
            self._touch([("relation", uuid_text(relation_id(item.a, item.type, item.b, item.reviewer)))])

    def _take_of_queue(self, step: StepWriter, file: Path, item: OfQueue) -> None:
        """Take a state of reading, an assignment, a copy or a saved filter."""
        if not all(self._has_article(step, one) for one in articles_of(item)):
            reason = Sentence(N_("A record speaks of an article that is not in the project."))
            self.report.failed.append(RefusedFile(file, reason))
        elif self._taker.take_of_queue(step, item):
            self._touch([told_as(item)])

    def _take_of_review(self, step: StepWriter, file: Path, item: OfReview) -> None:
        """Take a role, a setting, a decision, a settled article or a comment."""
        if not self._review.may_take(item):
            self.report.failed.append(RefusedFile(file, Sentence(_ONLY_A_LEAD)))
        elif not fits(item, self._text_of):
            self.report.failed.append(RefusedFile(file, Sentence(_NO_FIT)))
        else:
            self._touch(self._review.take(step, item))

    @cached_property
    def _review(self) -> ReviewTaker:
        return ReviewTaker(self._connection, self._taker, self._reviewer)

    def _text_of(self, article: str) -> str | None:
        """Return the text of an article, also of one that came in just now; or None."""
        if article not in self._texts:
            found = queries.article(self._connection, uuid_bytes(article) or b"")
            self._texts[article] = found.text if found else None
        return self._texts[article]

    def _has_article(self, step: StepWriter, article: str) -> bool:
        identity = uuid_bytes(article) or b""
        return step.has(identity) or queries.has_article(self._connection, identity)

    def _has(self, step: StepWriter, annotation: str) -> bool:
        identity = uuid_bytes(annotation) or b""
        return step.has(identity) or queries.annotation(self._connection, identity) is not None


def _wanted(incoming: Incoming) -> Iterator[_Item]:
    """Yield what is to be taken, with the details that were decided on."""
    for file in incoming.files():
        if not isinstance(file, SourceFile):
            yield _Item(file[0], 0, file[1], FileChoice())
            continue
        choice = incoming.choice(file.path)
        for item in incoming.items(file):
            if not isinstance(item.content, Draft):
                yield _Item(file.path, item.number, item.content, choice)
            elif item.number not in choice.without:
                draft = _with_details(item.content, choice.details.get(item.number))
                yield _Item(file.path, item.number, draft, choice)


def _with_details(draft: Draft, details: Details | None) -> Draft:
    """Return the draft with the details that a person put in place of those found."""
    if details is None:
        return draft
    return replace(
        draft, title=details.title or draft.title, outlet=details.outlet, author=details.author, date=details.date
    )


def _doubt(item: _Item, likely: Likely) -> Sentence | None:
    """Return why an article is to be looked at, unless that was decided about already."""
    assert isinstance(item.content, Draft)
    title, reason = item.content.title, None
    if item.content.doubts:
        reason = item.content.doubts[0]
    elif item.corrects or item.number in item.choice.copies:
        return None
    elif likely.corrects:
        reason = Sentence(_CORRECTS)
    elif likely.near:
        nearest = likely.near[0]
        reason = Sentence(_NEAR, {"other": nearest.title, "percent": round(nearest.similarity * 100)})
    return Sentence(_UNDECIDED, {"title": title, "reason": reason}) if reason else None


def _lost(annotation: Annotation) -> Sentence:
    quote = annotation.quote if len(annotation.quote) <= 60 else annotation.quote[:60] + "…"
    return Sentence(_LOST, {"quote": quote, "label": annotation.label, "reviewer": annotation.reviewer})


def _batches(items: Iterator[_Item], seconds: float) -> Iterator[list[_Item]]:
    batch: list[_Item] = []
    characters, begin = 0, time.monotonic()
    for item in items:
        batch.append(item)
        characters += len(item.content.text) if isinstance(item.content, Draft) else 0
        full = len(batch) >= _BATCH_ARTICLES or characters >= _BATCH_CHARACTERS
        if full or time.monotonic() - begin > seconds:
            yield batch
            batch, characters, begin = [], 0, time.monotonic()
    if batch:
        yield batch


def _read_ahead(batches: Iterator[list[_Item]]) -> Iterator[list[_Item]]:
    """Yield batches, each read while the one before is stored: most of storing is SQLite's and leaves Python to others."""
    with ThreadPoolExecutor(1, thread_name_prefix="reader") as reader:
        coming = reader.submit(next, batches, None)
        while batch := coming.result():
            coming = reader.submit(next, batches, None)
            yield batch
