"""Proving the project for a window: every hash and every span, with progress, and what was found."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from annotator import ProjectError
from annotator.reports import CheckReport
from ui.dialogs.progress import Progress
from ui.dialogs.report import check_report
from ui.session import Session
from ui.translate import tr


class Checking(QObject):
    """One check at a time. `reported` comes with a dialog to be shown."""

    reported = Signal(object)

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._progress: Progress | None = None
        session.failed.connect(self._end)

    def check(self) -> None:
        """Prove the project and show what was found."""
        progress = self._progress = Progress(tr("Checking…"), self._window)
        self._session.run(lambda project: project.check(progress=progress.tell), self._tell)

    def _tell(self, report: CheckReport) -> None:
        self._end()
        self.reported.emit(check_report(report, self._window))

    def _end(self, _error: ProjectError | None = None) -> None:
        if self._progress:
            self._progress.finish()
            self._progress = None
