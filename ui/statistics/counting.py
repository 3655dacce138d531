"""Counting beside the open project: in a thread of its own, on a second connection that only reads.

So no key waits for it, however much there is to count. What blind mode hides from the reviewer is hidden here too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from annotator import Project, ProjectError
from ui.session import Session
from ui.worker import Worker

Progress = Callable[[int, int], None]
Job = Callable[[Project, Progress, Callable[[], bool]], Any]
_STEP = 25  # articles between two reports of progress


class Counting(QObject):
    """Does the latest job; what was asked before it is stopped, and its answer reaches nobody."""

    progressed = Signal(int, int)
    under_way_changed = Signal(bool)
    _told = Signal(int, int, int)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._worker = session, Worker(self)
        self._round, self._under_way, self._ended = 0, False, False
        self._told.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)

    @property
    def under_way(self) -> bool:
        """Whether an answer is still to come."""
        return self._under_way

    def ask(self, job: Job, then: Callable[[Any], None]) -> None:
        """Do a job on the project as it is stored now, and give its result."""
        self._round += 1
        number, path, reviewer = self._round, self._session.now.path, self._session.now.reviewer
        if path is None or self._ended:
            return

        def work() -> Any:
            if number != self._round:
                return None
            with Project.open(path, reviewer=reviewer, read_only=True) as project:
                return job(project, lambda done, total: self._tell(number, done, total), lambda: number != self._round)

        self._set_under_way(True)
        self._worker.run(work, lambda found: self._answer(number, then, found), lambda error: self._fail(number, error))

    def stop(self) -> None:
        """Stop what goes on; nobody gets an answer."""
        self._round += 1
        self._set_under_way(False)

    def end(self) -> None:
        """Stop what goes on and end the thread."""
        self.stop()
        if not self._ended:
            self._ended = True
            self._worker.finish(lambda: None)

    def _tell(self, number: int, done: int, total: int) -> None:
        if done % _STEP == 0 or done == total:
            self._told.emit(number, done, total)

    def _pass_on(self, number: int, done: int, total: int) -> None:
        if number == self._round and self._under_way:
            self.progressed.emit(done, total)

    def _answer(self, number: int, then: Callable[[Any], None], found: object) -> None:
        if number == self._round and not self._ended:
            self._set_under_way(False)
            then(found)

    def _fail(self, number: int, error: BaseException) -> None:
        if number == self._round and not self._ended:
            self._set_under_way(False)
            (self._session.failed if isinstance(error, ProjectError) else self._session.crashed).emit(error)

    def _set_under_way(self, under_way: bool) -> None:
        if under_way != self._under_way:
            self._under_way = under_way
            self.under_way_changed.emit(under_way)
