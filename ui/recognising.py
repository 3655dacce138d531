"""Recognising page boilerplate in articles that are there already: asks, does it with progress, and tells what was greyed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from annotator.recognising import PagePartsReport
from ui.dialogs.page_parts import PagePartsQuestion, page_parts_report
from ui.dialogs.progress import OneProgress
from ui.session import Session
from ui.translate import tr


class Recognising(QObject):
    """One recognition after the other. `reported` comes with a dialog to be shown."""

    reported = Signal(object)

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._progress = OneProgress(session, window)
        self.question: PagePartsQuestion | None = None

    def ask(self, articles: Sequence[str] | None) -> None:
        """Show what would be greyed in articles, by default in all of them, and grey what is agreed to."""
        question = self.question = PagePartsQuestion(self._session, articles, self._window)
        question.agreed.connect(self._begin)
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.open()

    def _begin(self, articles: Sequence[str]) -> None:
        progress = self._progress.begin(tr("Greying page parts…"))
        self._session.in_parts(
            lambda project: project.recognise_in_parts(articles, progress=progress.tell, cancel=progress.cancelled),
            self._end,
        )

    def _end(self, report: PagePartsReport | None) -> None:
        self._progress.end()
        if report:
            self.reported.emit(page_parts_report(report, self._window))
