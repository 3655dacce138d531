"""Proving the project for a window: every hash and every span, with progress, and what was found."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from annotator.reports import CheckReport
from ui.dialogs.progress import OneProgress
from ui.dialogs.report import check_report
from ui.session import Session
from ui.translate import tr


class Checking(QObject):
    """One check at a time. `reported` comes with a dialog to be shown."""

    reported = Signal(object)

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._progress = OneProgress(session, window)

    def check(self) -> None:
        """Prove the project and show what was found."""
        progress = self._progress.begin(tr("Checking…"))
        self._session.run(
            lambda project: project.check(progress=progress.tell, cancel=progress.cancelled), self._tell
        )  # fmt: skip

    def _tell(self, report: CheckReport) -> None:
        self._progress.end()
        self.reported.emit(check_report(report, self._window))
