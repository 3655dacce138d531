"""Looking at files beside the open project: in a thread of its own, on a second connection that only reads.

So neither the worker nor the window waits for it, however long it takes: whoever reads and marks meanwhile notices nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from annotator import Project, ProjectError
from annotator.incoming import AnyFile
from annotator.reports import RefusedFile
from annotator.survey import Choices, Found, Pace, Survey
from ui.session import Session
from ui.worker import Worker

Paced = Callable[[Pace], None]
Came = Callable[[Sequence[Found | RefusedFile]], None]
Failed = Callable[[ProjectError], None]
_NO_CHOICES: Choices = {}
_MOMENT = 0.1  # seconds


class Look:
    """One look at files that may be stopped; its thread asks `stopped`."""

    def __init__(self, paced: Paced | None = None, came: Came | None = None) -> None:
        self._stopped = False
        self.paced, self.came = paced, came

    @property
    def is_stopped(self) -> bool:
        """Whether nobody waits for the answer any more."""
        return self._stopped

    def stop(self) -> None:
        """Say that nobody waits for the answer any more."""
        self._stopped = True


class Looking(QObject):
    """Does looks one after the other; the answer to one that was stopped reaches nobody."""

    _told = Signal(object, object)
    _came = Signal(object, object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._worker = Worker(self)
        self._looks: list[Look] = []
        self._ended = False
        self._told.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._came.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)

    def survey(
        self,
        paths: Sequence[AnyFile],
        then: Callable[[Survey], None],
        *,
        failed: Failed,
        choices: Choices = _NO_CHOICES,
        paced: Paced | None = None,
        came: Came | None = None,
    ) -> Look:
        """Survey files against the open project; `paced` is told how far it is, `came` gets what is found, bit by bit."""
        look = Look(paced, came)
        path = self._session.now.path

        def job() -> Survey:
            if look.is_stopped or path is None:
                return Survey(cancelled=True)
            with Project.open(path, read_only=True) as project:
                return project.survey(
                    paths,
                    choices=choices,
                    progress=lambda pace: self._told.emit(look, pace),
                    cancel=lambda: look.is_stopped,
                    told=_Gathering(lambda found: self._came.emit(look, found)) if came else None,
                )

        self._run(look, job, then, failed)
        return look

    def run(self, job: Callable[[], Any], then: Callable[[Any], None]) -> Look:
        """Do a job that reads from the disk but not from the project."""
        look = Look()
        self._run(look, job, then, self._session.failed.emit)
        return look

    def stop(self) -> None:
        """Stop all looks."""
        for look in self._looks:
            look.stop()

    def end(self) -> None:
        """Stop all looks and end the thread."""
        self.stop()
        if not self._ended:
            self._ended = True
            self._worker.finish(lambda: None)

    def _run(self, look: Look, job: Callable[[], Any], then: Callable[[Any], None], failed: Failed) -> None:
        if self._ended:
            return
        self._looks.append(look)
        self._worker.run(
            job, lambda found: self._answer(look, then, found), lambda error: self._fail(look, failed, error)
        )

    def _answer(self, look: Look, then: Callable[[Any], None], found: object) -> None:
        self._looks.remove(look)
        if not look.is_stopped:
            then(found)

    def _fail(self, look: Look, failed: Failed, error: BaseException) -> None:
        if look in self._looks:
            self._looks.remove(look)
        if not isinstance(error, ProjectError):
            self._session.crashed.emit(error)
        elif not look.is_stopped and not self._ended:
            failed(error)

    def _tell(self, look: Look, pace: Pace) -> None:
        if look.paced and not look.is_stopped:
            look.paced(pace)

    def _pass_on(self, look: Look, found: Sequence[Found | RefusedFile]) -> None:
        if look.came and not look.is_stopped:
            look.came(found)


class _Gathering:
    """Gathers what is found for a moment, so that the window is not told of each article alone."""

    def __init__(self, tell: Came) -> None:
        self._tell = tell
        self._found: list[Found | RefusedFile] = []
        self._at = 0.0

    def __call__(self, one: Found | RefusedFile) -> None:
        self._found.append(one)
        now = time.monotonic()
        if now - self._at >= _MOMENT:
            self._at = now
            self._tell(tuple(self._found))
            self._found.clear()
