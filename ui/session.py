"""The open project as the window sees it: which article, which annotation, and every wish to change something.

All work on the project is done in the worker's thread. What comes back is a snapshot of frozen values; panels show it
and never ask the project themselves. While a change is on its way to the disk, further wishes wait in line, so each acts on
what the one before left.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from annotator import Annotation, Change, Project, ProjectError, Step
from annotator.exchange.pace import Cancel, Progress
from annotator.model import Revision
from ui.snapshot import Snapshot, next_snapshot, shown_id
from ui.worker import Worker

Parts = Generator[None, None, Any]


@dataclass(slots=True)
class _Work:
    """A long change on its way: its parts, the project they change, how many are done, and what came of them."""

    begin: Callable[[Project], Parts]
    parts: Parts | None = None
    project: Project | None = None
    done: int = 0
    result: Any = None


class Session(QObject):
    """The one place that holds the open project, the shown article and the selected annotation."""

    project_changed = Signal()
    article_changed = Signal()
    annotations_changed = Signal(object)
    selection_changed = Signal()
    labels_changed = Signal()
    things_changed = Signal(object)
    busy_changed = Signal(bool)
    stepped = Signal(str, object)
    failed = Signal(object)
    crashed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._worker, self._thinker = Worker(self), Worker(self)
        self._project: Project | None = None
        self._waiting: deque[Callable[[], None]] = deque()
        # These two belong to the worker's thread: the window may not have taken the latest snapshot yet.
        self._changes: list[Change] = []
        self._latest = Snapshot()
        self.now = Snapshot()
        self.selected: str | None = None
        self._selected: Annotation | None = None
        self._under_way = 0
        self._works: list[_Work] = []
        self._wanting_quiet: list[Callable[[], None]] = []
        self._closed = False

    @property
    def busy(self) -> bool:
        """Whether a change is on its way to the disk."""
        return self._under_way > 0

    @property
    def quiet(self) -> bool:
        """Whether no long change goes on, as an import is one."""
        return not self._works

    # -- projects -------------------------------------------------------------------------------------------------

    def open(self, path: Path, *, reviewer: str) -> None:
        """Open a project instead of the one that is open; that one stays if the new one cannot be opened."""
        self._switch(lambda: Project.open(path, reviewer=reviewer))

    def create(self, path: Path, *, reviewer: str, starter: bool = False) -> None:
        """Create a project and open it."""
        self._switch(lambda: Project.create(path, reviewer=reviewer, starter=starter))

    def create_from(
        self, path: Path, bundles: Sequence[Path], *, reviewer: str, progress: Progress, cancel: Cancel
    ) -> None:
        """Create a copy of the project that bundles hold from its start, and open it."""
        self._switch(
            lambda: Project.create_from(path, bundles, reviewer=reviewer, progress=progress, cancel=cancel)
        )  # fmt: skip

    def close(self) -> None:
        """Close the project and end the worker; returns when everything, also what waits in line, is on the disk."""
        while self._waiting:
            self._waiting.popleft()()
        self._closed = True
        self._worker.finish(self._close_project)
        self._thinker.finish(lambda: None)

    def switch_reviewer(self, name: str) -> None:
        """Go on as another reviewer."""
        self.change(lambda project: project.switch_reviewer(name), then=lambda _: self.project_changed.emit())

    # -- reading --------------------------------------------------------------------------------------------------

    def show_article(self, identity: str) -> None:
        """Show an article."""
        self.change(lambda project: None, article=identity)

    def select(self, identity: str | None) -> None:
        """Select an annotation of the shown article, or none."""
        if identity != self.selected:
            self.selected = identity
            self._find_selected()
            self.selection_changed.emit()

    def selected_annotation(self) -> Annotation | None:
        """Return the selected annotation, or None."""
        return self._selected

    def owns_selected(self) -> bool:
        """Tell whether the selected annotation is one of the reviewer who is reading."""
        return self._selected is not None and self._selected.reviewer == self.now.reviewer

    def history(self, identity: str, then: Callable[[list[Revision]], None]) -> None:
        """Fetch the history of an annotation."""
        self._run(lambda project: project.history(identity, whole=True), then)

    # -- changing -------------------------------------------------------------------------------------------------

    def annotate(self, start: int, end: int, label: str, *, form: str = "") -> None:
        """Mark a span of the shown article and select the new annotation."""
        article = self.now.article
        if article:
            self.change(
                lambda project: project.annotate(article.id, start, end, label, form=form), then=self._select_result
            )

    def revise(self, identity: str, **changes: Any) -> None:
        """Change an annotation."""
        self.change(lambda project: project.revise(identity, **changes))

    def remove(self, identity: str) -> None:
        """Remove an annotation."""
        self.change(lambda project: project.remove(identity), then=lambda _: self.select(None))

    def frame(self, claim: str, **parts: Any) -> None:
        """Change what is given of a claim's frame."""
        self.change(lambda project: project.frame(claim, **parts))

    def judge(self, claim: str, verdict: str, reason: str) -> None:
        """Give the reader's own verdict on a claim."""
        self.change(lambda project: project.judge(claim, verdict, reason=reason))

    def undo(self) -> None:
        """Take back the last step; not an import that is still going on."""
        self.change(self._take_back, then=lambda told: self.stepped.emit(*told))

    def redo(self) -> None:
        """Do again what was taken back."""
        self.change(lambda project: project.redo(), then=lambda step: self.stepped.emit("redo", step))

    def in_parts(self, begin: Callable[[Project], Parts], then: Callable[[Any], None]) -> None:
        """Make a long change part by part: what else is wished comes in between, and so do its jobs.

        `then` gets what the generator returned; None when it failed or another project was opened meanwhile.
        """
        work = _Work(begin)
        self._works.append(work)
        self._go_on(work, then)

    def run(self, job: Callable[[Project], Any], then: Callable[[Any], None]) -> None:
        """Do a job that changes nothing (export, check) and give its result."""
        self._run(job, then)

    def think(self, job: Callable[[], Any], then: Callable[[Any], None]) -> None:
        """Do a job that needs no project, in a thread of its own, so that it waits for no import; give its result."""
        if not self._closed:
            self._thinker.run(job, then, self._tell_failure)

    def when_answered(self, then: Callable[[], None]) -> None:
        """Do something when all that was asked of the worker so far has been answered."""
        if not self._closed:
            self._worker.run(lambda: None, lambda _: then(), self._tell_failure)

    def when_quiet(self, wish: Callable[[], None]) -> None:
        """Do something as soon as no long change goes on: at once, or when what there is has ended and was shown."""
        if self._works:
            self._wanting_quiet.append(wish)
        else:
            wish()

    def when_idle(self, wish: Callable[[], None]) -> None:
        """Do something as soon as no change is on its way to the disk: at once, or when the ones before are stored."""
        if self.busy:
            self._waiting.append(wish)
        else:
            wish()

    def change(
        self, job: Callable[[Project], Any], *, then: Callable[[Any], None] | None = None, article: str | None = None
    ) -> None:
        """Do a job in the worker, then show what it changed; `article` is the one to show afterwards."""
        self._set_busy(True)
        self._worker.run(
            lambda: self._do(job, article), lambda result: self._take(result, then), self._take_failure
        )  # fmt: skip

    # -- in the worker's thread -----------------------------------------------------------------------------------

    def _take_back(self, project: Project) -> tuple[str, Step | None]:
        step = project.next_undo()
        if step and step.action in ("import", "recognise") and self._works:
            return "wait", step
        return "undo", project.undo()

    def _do_part(self, work: _Work) -> bool:
        """Do the next part of a long change; tell whether that was the last."""
        work.parts = work.parts or work.begin(self._open_project())
        work.project = work.project or self._project
        if work.project is not self._project:
            return True
        try:
            next(work.parts)
        except StopIteration as end:
            work.result = end.value
            return True
        return False

    def _do(self, job: Callable[[Project], Any], article: str | None) -> tuple[Any, Snapshot]:
        project = self._open_project()
        result = job(project)
        self._latest = next_snapshot(project, self._latest, self._changes, article)
        # Only now: what a job changed before it failed is shown with the next one.
        self._changes.clear()
        return result, self._latest

    def _open_project(self) -> Project:
        if self._project is None:
            raise RuntimeError("no project is open")
        return self._project

    def _replace_project(self, make: Callable[[], Project]) -> tuple[Any, Snapshot]:
        project = make()
        self._close_project()
        project.subscribe(self._changes.append)
        self._project = project
        self._changes.clear()
        self._latest = next_snapshot(project, Snapshot(), [], None)
        return None, self._latest

    def _close_project(self) -> None:
        for work in self._works:
            if work.parts:
                work.parts.close()  # what came in stays
        if self._project:
            self._project.close()
            self._project = None

    # -- in the window's thread -----------------------------------------------------------------------------------

    def _go_on(self, work: _Work, then: Callable[[Any], None]) -> None:
        if self._closed:
            return
        self._worker.run(
            lambda: self._do_part(work),
            lambda done: self._end_work(work, then) if done else self._show_part(work, then),
            lambda error: self._fail_work(work, then, error),
        )

    def _show_part(self, work: _Work, then: Callable[[Any], None]) -> None:
        """Go on, showing what came in so far ever less often: reading a long queue again and again would take the time."""
        work.done += 1
        if work.done & (work.done - 1) == 0:
            self.change(lambda _: None)
        self._go_on(work, then)

    def _fail_work(self, work: _Work, then: Callable[[Any], None], error: BaseException) -> None:
        self._tell_failure(error)
        self._end_work(work, then)

    def _end_work(self, work: _Work, then: Callable[[Any], None]) -> None:
        if self._closed:
            return
        self._works.remove(work)
        self.change(lambda _: work.result, then=then)
        if not self._works:
            self._waiting += self._wanting_quiet
            self._wanting_quiet.clear()

    def _switch(self, make: Callable[[], Project]) -> None:
        self._set_busy(True)
        self._worker.run(
            lambda: self._replace_project(make), lambda result: self._take_project(result[1]), self._take_failure
        )  # fmt: skip

    def _run(self, job: Callable[[Project], Any], then: Callable[[Any], None]) -> None:
        if self._closed:
            return
        self._worker.run(lambda: job(self._open_project()), then, self._tell_failure)

    def _take_project(self, snapshot: Snapshot) -> None:
        self.now, self.selected, self._selected = snapshot, None, None
        self.project_changed.emit()
        self.article_changed.emit()
        self._set_busy(False)

    def _take(self, result: tuple[Any, Snapshot], then: Callable[[Any], None] | None) -> None:
        if self._closed:
            return
        before, self.now = self.now, result[1]
        if shown_id(before) != shown_id(self.now):
            self.selected = None
        self._find_selected()
        if shown_id(before) != shown_id(self.now):
            self.article_changed.emit()
        elif self.now.changed:
            self.annotations_changed.emit(self.now.changed)
        if before.labels != self.now.labels:
            self.labels_changed.emit()
        if self.selected and self._selected is None:
            self.select(None)
        if self.now.touched:
            self.things_changed.emit(self.now.touched)
        if then:
            then(result[0])
        self._set_busy(False)

    def _take_failure(self, error: BaseException) -> None:
        self._tell_failure(error)
        self._set_busy(False)

    def _tell_failure(self, error: BaseException) -> None:
        if not self._closed:
            (self.failed if isinstance(error, ProjectError) else self.crashed).emit(error)

    def _find_selected(self) -> None:
        """Find the selected annotation once for all who will ask: an article may have ten thousand."""
        found = (one for one in self.now.annotations if one.id == self.selected)
        self._selected = next(found, None) if self.selected else None

    def _select_result(self, annotation: Annotation) -> None:
        self.select(annotation.id)

    def _set_busy(self, busy: bool) -> None:
        self._under_way += 1 if busy else -1
        self.busy_changed.emit(self.busy)
        while self._waiting and not self.busy:
            self._waiting.popleft()()
