"""The project: the one facade that the window, the command line and other pipelines use.

Every method that changes something is one durable step of the log; when it returns, the change is on the disk. A project
belongs to the thread that opened it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Self, overload

from annotator.agreeing import Agreeing
from annotator.articles import Articles
from annotator.choosing import Choosing
from annotator.claims import Claims
from annotator.commenting import Commenting
from annotator.custody import Custody
from annotator.describing import Describing
from annotator.errors import NoReviewer, ProjectExists, UnknownArticle
from annotator.exchanging import Exchanging
from annotator.exporting import Cancel, Progress, export, stream
from annotator.folders import seeds_folder
from annotator.gold import Gold
from annotator.handing_out import HandingOut
from annotator.history import History
from annotator.importing import Importer
from annotator.incoming import Incoming
from annotator.label_sets import LabelSets
from annotator.labels import starter_set
from annotator.marking import Marking
from annotator.model import Article, ArticleSummary, Change, MarkedArticle, Revision, Step
from annotator.open_project import reviewer_name
from annotator.outside import room_for, written_to
from annotator.queue import Queue
from annotator.readers.draft import Options
from annotator.recognising import Recognising
from annotator.redaction import Profile
from annotator.register import Register
from annotator.reports import CheckReport, ExportReport, Stats
from annotator.searching import Searching
from annotator.selecting import EVERYTHING, Selection
from annotator.settling import Settling
from annotator.statistics import Counting
from annotator.store import database, ledger, queries, steps, veil
from annotator.store.check import check
from annotator.store.clock import uuid_bytes, uuid_text
from annotator.store.identity import attribute_id, frame_id, label_id, link_id, reviewer_id, verdict_id
from annotator.store.locks import ProjectLock
from annotator.store.log import StepWriter
from annotator.tracing import Tracing
from annotator.values import attribute_value, label_value
from annotator.writers.writer import Writer


class Project(
    Articles,
    Recognising,
    Marking,
    Custody,
    Describing,
    Claims,
    Register,
    LabelSets,
    Gold,
    Searching,
    Queue,
    Settling,
    Commenting,
    Agreeing,
    Counting,
    Choosing,
    HandingOut,
    Tracing,
    Exchanging,
    History,
):
    """An open project file. Use `create` or `open`, as a context manager or with `close`."""

    @classmethod
    def create(cls, path: str | Path, *, reviewer: str, starter: bool = False) -> Self:
        """Create a project with the starter labels; with `starter`, also with the article that ships.

        Raises ProjectExists, BadReviewerName, CannotOpen or NoRoom; then no file is left.
        """
        path, name = Path(path), reviewer_name(reviewer)
        if path.exists():
            raise ProjectExists(path=path)
        project = cls._new(path, name)
        try:
            with room_for(path):
                project._begin(starter=starter)
        except BaseException:
            project._give_up()
            raise
        return project

    @classmethod
    def open(cls, path: str | Path, *, reviewer: str | None = None, read_only: bool = False) -> Self:
        """Open a project for a reviewer, by default for whoever wrote last; a migration leaves a copy of the old file.

        Raises ProjectMissing, NotAProject, NewerProject, ProjectLocked (naming who has it open), ProjectDamaged and
        CannotOpen. With `read_only` nothing is locked or changed, and another program may have the project open.
        """
        path = Path(path)
        name = reviewer_name(reviewer) if reviewer is not None else ""
        lock = None if read_only or not path.is_file() else ProjectLock(path, reviewer=name)
        try:
            connection = database.open_existing(path, read_only=read_only)
            project = cls(path, connection, reviewer=name, lock=lock)
            project._take_reviewer(name, read_only=read_only)
        except BaseException:
            if lock:
                lock.release()
            raise
        return project

    @classmethod
    def create_from(
        cls,
        path: str | Path,
        bundles: Iterable[str | Path],
        *,
        reviewer: str,
        progress: Progress | None = None,
        cancel: Cancel | None = None,
    ) -> Self:
        """Create a copy of the project that bundles hold from its start, for a reviewer.

        Raises ProjectExists, BadReviewerName, CannotOpen, NoRoom or why a bundle is refused; then no file is left.
        """
        path, name = Path(path), reviewer_name(reviewer)
        if path.exists():
            raise ProjectExists(path=path)
        project = cls._new(path, name)
        try:
            with room_for(path):
                project._begin_with(bundles, progress, cancel)
                project._join(name)
        except BaseException:
            project._give_up()
            raise
        return project

    def close(self) -> None:
        """Close the file and give it free. Closing twice does no harm."""
        if self._connection is None:
            return
        self._log.close()
        self._connection.close()
        self._connection = None
        if self._lock:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- who and what ---------------------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """The project's name: that of its file."""
        return self.path.stem

    def switch_reviewer(self, name: str) -> None:
        """Go on as another reviewer; one who is new to the project joins it."""
        name = reviewer_name(name)
        self._join(name)
        self._reviewer = name
        self._draw_veil()
        if self._lock:
            self._lock.name_holder(name)

    def reviewers(self) -> list[str]:
        """Return the names of all reviewers, sorted."""
        return queries.reviewers(self._connection)

    # -- articles -------------------------------------------------------------------------------------------------

    def articles(self) -> Sequence[Article]:
        """Return the articles in their fixed order, read from the file one by one as they are asked for."""
        return _Articles(self._connection)

    def summaries(self) -> list[ArticleSummary]:
        """Return all articles without their texts, with the number of annotations of each label."""
        return queries.summaries(self._connection)

    # -- going back -----------------------------------------------------------------------------------------------

    def undo(self) -> Step | None:
        """Take back the reviewer's last step, also one of an earlier session; return it, or None if there is none."""
        return self._travel(self._next_undo(), steps.take_back, "undo")

    def redo(self) -> Step | None:
        """Do again the step that was taken back last; return it, or None if there is none."""
        return self._travel(self._next_redo(), steps.do_again, "redo")

    def next_undo(self) -> Step | None:
        """Return the step that `undo` would take back, or None."""
        step = self._next_undo()
        return step.public() if step else None

    def next_redo(self) -> Step | None:
        """Return the step that `redo` would do again, or None."""
        step = self._next_redo()
        return step.public() if step else None

    def history(self, thing: str, *, whole: bool = False) -> list[Revision]:
        """Return every value an annotation (or anything else with an id) ever had, oldest first.

        With `whole`, also those of an annotation's frame, link and verdicts.
        """
        identity = uuid_bytes(thing) or b""
        found = queries.history(self._connection, identity, *(self._hanging_on(identity) if whole else ()))
        return [one for one in found if not veil.hides(self._connection, one.kind, one.value, one.reviewer)]

    # -- the whole ------------------------------------------------------------------------------------------------

    def check(self, *, progress: Progress | None = None, cancel: Cancel | None = None) -> CheckReport:
        """Prove every quote and hash, the chain of the log, and that the current state is what the log says.

        Raises CheckStopped.
        """
        with database.failures_of(self.path):
            return check(self._connection, progress=progress, cancel=cancel)

    def stats(self) -> Stats:
        """Count what the project holds."""
        return queries.stats(self._connection)

    def export(
        self,
        format: str | Writer,
        out: str | Path,
        *,
        selection: Selection = EVERYTHING,
        redaction: Profile | None = None,
        strict: bool = False,
        language: str = "en",
        progress: Progress | None = None,
        cancel: Cancel | None = None,
    ) -> ExportReport:
        """Write the project, or what is selected of it, in a format; the report says what the format could not hold.

        A format is the name of one of `formats`, or a Writer of your own. `redaction` says what must not be told
        (annotator/redaction.py). With `strict`, nothing is written if anything else would be lost; `language` (`ar` or `en`) is
        that of a report for people. Raises UnknownFormat, UnknownLabel, WrongSpan, WouldLose, FolderInTheWay,
        ProjectInTheWay, CannotWrite, NoRoom or ExportCancelled.
        """
        with written_to(Path(out), open_project=self.path), database.failures_of(self.path):
            return export(
                self._connection, format, Path(out),
                selection=selection, redaction=redaction, strict=strict, language=language, progress=progress, cancel=cancel,
            )  # fmt: skip

    def stream(
        self, selection: Selection = EVERYTHING, *, layer: str = "", redaction: Profile | None = None
    ) -> Iterator[MarkedArticle]:
        """Yield the articles, or what is selected of them, with all that hangs on them; memory stays flat.

        `layer` (`all`, `final` or a reviewer's name) stands for that of the selection.
        """
        return stream(self._connection, replace(selection, layer=layer) if layer else selection, redaction)

    # -- inside ---------------------------------------------------------------------------------------------------

    def _hanging_on(self, identity: bytes) -> list[bytes]:
        thing = uuid_text(identity)
        return [frame_id(thing), link_id(thing), *(verdict_id(thing, name) for name in self.reviewers())]

    @classmethod
    def _new(cls, path: Path, name: str) -> Self:
        """Return a project in a new file, which is still empty."""
        lock = ProjectLock(path, reviewer=name)
        try:
            with room_for(path):
                return cls(path, database.create(path), reviewer=name, lock=lock)
        except BaseException as error:
            if not isinstance(error, ProjectExists):  # somebody else was a moment faster; that file is theirs
                path.unlink(missing_ok=True)
            lock.release()
            raise

    def _give_up(self) -> None:
        """Take a new file away again."""
        self.close()  # Windows deletes no open file
        self.path.unlink(missing_ok=True)

    def _begin(self, *, starter: bool) -> None:
        with self._step("create") as step:
            for position, label in enumerate(starter_set().labels):
                step.put("label", label_value(label, position), entity=label_id(label.key))
            self._put_starter_attributes(step)
            step.put("reviewer", {"name": self._reviewer}, entity=reviewer_id(self._reviewer))
        if starter:
            self._import_starter()

    def _put_starter_attributes(self, step: StepWriter) -> None:
        for position, attribute in enumerate(starter_set().attributes):
            step.put("attribute", attribute_value(attribute, position), entity=attribute_id(attribute.key))

    def _import_starter(self) -> None:
        """Bring in the article that ships, as part of the creation: the first undo must not empty the project."""
        importer = Importer(
            self._connection, self._log, reviewer=self._reviewer, told=self._tell, action="create"
        )  # fmt: skip
        folder = seeds_folder() / "articles"
        importer.run(Incoming([folder], options=Options(), choices={}, progress=None, cancel=None))
        if importer.stopped_by:
            raise importer.stopped_by

    def _take_reviewer(self, name: str, *, read_only: bool) -> None:
        self._reviewer = name or ledger.last_reviewer(self._connection) or ""
        self._draw_veil()
        if read_only:
            return
        if not self._reviewer:
            raise NoReviewer
        self._join(self._reviewer)
        if not self.attributes():  # made before there were any: like the making of the project, nothing to undo
            with self._step("create") as step:
                self._put_starter_attributes(step)

    def _join(self, name: str) -> None:
        if name not in self.reviewers():
            with self._step("join") as step:
                step.put("reviewer", {"name": name}, entity=reviewer_id(name))
            self._tell_step(step, reviewer=(uuid_text(reviewer_id(name)),))

    def _next_undo(self) -> steps.StoredStep | None:
        return steps.next_undo(self._connection, self._reviewer)

    def _next_redo(self) -> steps.StoredStep | None:
        return steps.next_redo(self._connection, self._reviewer)

    def _travel(self, step: steps.StoredStep | None, way: Callable[..., Any], action: str) -> Step | None:
        self._need_writing()
        if step is None:
            return None
        ids = way(self._connection, self._log, step)
        self._tell(Change(action, uuid_text(step.id), ids))
        return step.public()


class _Articles(Sequence[Article]):
    """The articles of a project as a sequence that holds none of them in memory."""

    def __init__(self, connection: database.Connection) -> None:
        self._connection = connection
        self._ids = queries.article_ids(connection)

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[Article]:
        return (self._get(identity) for identity in self._ids)

    @overload
    def __getitem__(self, index: int) -> Article: ...
    @overload
    def __getitem__(self, index: slice) -> list[Article]: ...
    def __getitem__(self, index: int | slice) -> Article | list[Article]:
        if isinstance(index, slice):
            return [self._get(identity) for identity in self._ids[index]]
        return self._get(self._ids[index])

    def _get(self, identity: bytes) -> Article:
        found = queries.article(self._connection, identity)
        if found is None:
            raise UnknownArticle(id=uuid_text(identity))
        return found
