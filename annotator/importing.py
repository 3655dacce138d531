"""Bringing files into a project: find them, read them, take what is new, and say what became of each.

An import is one step however long it is, stored in batches: memory stays flat, it can be stopped at any moment, and what
came in before stays (one undo takes all of it back).
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from annotator.entities import Entity
from annotator.errors import ProjectError
from annotator.incoming import Incoming
from annotator.language import N_, Sentence
from annotator.model import (
    Annotation,
    Article,
    Change,
    Details,
    ImportedFile,
    ImportReport,
    LabelSet,
    RefusedFile,
    Source,
)
from annotator.readers.draft import Common, Draft
from annotator.readers.source_file import SourceFile
from annotator.store import queries
from annotator.store.clock import iso_time, system_milliseconds, uuid_bytes, uuid_text
from annotator.store.database import Connection
from annotator.store.identity import article_id, relation_id
from annotator.store.log import Log, StepWriter
from annotator.taking import Taker
from annotator.values import annotation_value, article_value
from annotator.version import PROGRAM

_BATCH_ARTICLES = 500
_BATCH_CHARACTERS = 5_000_000
_Item = tuple[Path, Draft | Common | ProjectError]


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
        self._only_certain = only_certain
        self._connection = connection
        self._log = log
        self._reviewer = reviewer
        self._told = told
        self._step = b""
        self._taker = Taker(connection)
        self.report = ImportReport()
        self.stopped_by: ProjectError | None = None

    def run(self, incoming: Incoming) -> ImportReport:
        """Import what comes; what came in before something fails, or the user stops it, stays."""
        for _ in self.run_in_parts(incoming, seconds=math.inf):
            pass
        return self.report

    def run_in_parts(self, incoming: Incoming, *, seconds: float) -> Generator[None, None, ImportReport]:
        """Import like `run`, and pause after each transaction of about so many seconds: other steps can come between."""
        try:
            for batch in _batches(self._items(incoming), seconds):
                self._take(batch)
                yield
        except ProjectError as error:
            self.stopped_by, self.report.stopped = error, error.sentence
        self.report.cancelled = incoming.cancelled
        return self.report

    def _items(self, incoming: Incoming) -> Iterator[_Item]:
        for file in incoming.files():
            if not isinstance(file, SourceFile):
                yield file
                continue
            choice = incoming.choice(file.path)
            for item in incoming.items(file):
                content = item.content
                if isinstance(content, Draft):
                    if item.number in choice.without:
                        continue
                    if self._only_certain and content.doubts:
                        reason = Sentence(N_("Somebody should look at it first: “{title}”."), {"title": content.title})
                        self.report.undecided.append(RefusedFile(file.path, reason))
                        continue
                    content = _with_details(content, choice.details.get(item.number))
                yield file.path, content

    def _take(self, batch: Sequence[_Item]) -> None:
        """Store one batch as one transaction; report of it only what is durable."""
        outcome = ImportReport()
        ids: dict[str, list[str]] = {}
        with self._log.step(self._action, self._reviewer, id=self._step) as step:
            for path, item in batch:
                if isinstance(item, ProjectError):
                    outcome.failed.append(RefusedFile(path, item.sentence))
                elif isinstance(item, Draft):
                    self._take_draft(step, path, item, outcome, ids)
                else:
                    self._take_common(step, path, item, outcome, ids)
            for kind, key in self._taker.finish_batch(step):
                ids.setdefault(kind, []).append(key)
        self._step = step.id
        self._add(outcome)
        if step.operations:
            found = {kind: tuple(touched) for kind, touched in ids.items()}
            self._told(Change(self._action, uuid_text(step.id), found))

    def _add(self, outcome: ImportReport) -> None:
        self.report.imported += outcome.imported
        self.report.skipped += outcome.skipped
        self.report.failed += outcome.failed
        self.report.annotations += outcome.annotations
        self.report.entities += outcome.entities
        self.report.relations += outcome.relations

    def _take_draft(
        self, step: StepWriter, path: Path, draft: Draft, outcome: ImportReport, ids: dict[str, list[str]]
    ) -> None:
        identity = article_id(draft.sha256)
        known = queries.has_article(self._connection, identity) or step.has(identity)
        if known:
            reason = Sentence(N_("The same text is already in the project: “{title}”."), {"title": draft.title})
            outcome.skipped.append(RefusedFile(path, reason))
        else:
            self._put_article(step, identity, draft)
            ids.setdefault("article", []).append(uuid_text(identity))
            outcome.imported.append(
                ImportedFile(path, uuid_text(identity), draft.title, draft.encoding, draft.confidence, draft.notes)
            )
        added = [self._put_annotation(step, identity, one) for one in draft.annotations if self._is_new(step, one)]
        outcome.annotations += len(added)
        if added:
            ids.setdefault("annotation", []).extend(added)
        for kind, touched in self._take_hanging(step, draft):
            ids.setdefault(kind, []).append(touched)

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

    def _take_common(
        self, step: StepWriter, path: Path, item: Common, outcome: ImportReport, ids: dict[str, list[str]]
    ) -> None:
        """Take what belongs to no single article."""
        if isinstance(item, LabelSet):
            self._taker.take_label_set(item)
        elif isinstance(item, Entity):
            if self._taker.take_entity(step, item):
                outcome.entities += 1
                ids.setdefault("entity", []).append(item.id)
        elif not (self._has(step, item.a) and self._has(step, item.b)):
            reason = Sentence(N_("A relation names a claim that is not in the project."))
            outcome.failed.append(RefusedFile(path, reason))
        elif self._taker.take_relation(step, item):
            outcome.relations += 1
            ids.setdefault("relation", []).append(uuid_text(relation_id(item.a, item.type, item.b, item.reviewer)))

    def _has(self, step: StepWriter, annotation: str) -> bool:
        identity = uuid_bytes(annotation) or b""
        return step.has(identity) or queries.annotation(self._connection, identity) is not None

    def _is_new(self, step: StepWriter, annotation: Annotation) -> bool:
        identity = uuid_bytes(annotation.id)
        return identity is None or not (step.has(identity) or queries.annotation(self._connection, identity))

    def _put_article(self, step: StepWriter, identity: bytes, draft: Draft) -> None:
        step.put_text(
            bytes.fromhex(draft.sha256), draft.text, bytes.fromhex(draft.bytes_sha256), draft.original
        )  # fmt: skip
        article = Article(
            uuid_text(identity), draft.title, draft.text, draft.sha256, draft.language, draft.direction,
            self._source(draft), draft.outlet, draft.author, draft.date, draft.boilerplate, draft.replaces,
        )  # fmt: skip
        step.put("article", article_value(article), entity=identity)

    def _source(self, draft: Draft) -> Source:
        return Source(
            draft.file, draft.bytes_sha256, draft.encoding, draft.imported_at or iso_time(system_milliseconds()),
            draft.imported_by or self._reviewer, draft.reader, draft.confidence, draft.reader_version,
            draft.program or PROGRAM,
            draft.part, draft.file_sha256, draft.url, draft.captured_at, draft.notes,
        )  # fmt: skip

    def _put_annotation(self, step: StepWriter, article: bytes, annotation: Annotation) -> str:
        self._taker.ensure_label(annotation.label)
        self._taker.ensure_reviewer(step, annotation.reviewer)
        value = annotation_value(annotation) | {"article": uuid_text(article)}
        return uuid_text(step.put("annotation", value, entity=uuid_bytes(annotation.id)))


def _with_details(draft: Draft, details: Details | None) -> Draft:
    """Return the draft with the details that a person put in place of those found."""
    if details is None:
        return draft
    return replace(
        draft, title=details.title or draft.title, outlet=details.outlet, author=details.author, date=details.date
    )


def _batches(items: Iterator[_Item], seconds: float) -> Iterator[list[_Item]]:
    batch: list[_Item] = []
    characters, begin = 0, time.monotonic()
    for item in items:
        batch.append(item)
        characters += len(item[1].text) if isinstance(item[1], Draft) else 0
        full = len(batch) >= _BATCH_ARTICLES or characters >= _BATCH_CHARACTERS
        if full or time.monotonic() - begin > seconds:
            yield batch
            batch, characters, begin = [], 0, time.monotonic()
    if batch:
        yield batch
