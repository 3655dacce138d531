"""Exporting for a window: asks what goes out, writes it in the worker with progress, and tells what did not fit."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from annotator import ExportReport, PackageReport
from ui.dialogs.progress import OneProgress
from ui.export.choice_part import Offered
from ui.export.dialog import ExportDialog
from ui.export.remembered import Remembered
from ui.export.report import ExportTold
from ui.export.wish import ExportWish
from ui.session import Session
from ui.settings import Settings
from ui.translate import tr


class Exporting(QObject):
    """One export at a time. `reported` comes with a dialog to be shown.

    `place_wanted` gives an article and an annotation, `entity_wanted` an entity that did not fit.
    """

    reported = Signal(object)
    place_wanted = Signal(str, str)
    entity_wanted = Signal(str)

    def __init__(self, session: Session, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._settings, self._window = session, settings, window
        self._progress = OneProgress(session, window)

    def ask(self, offered: Offered) -> None:
        """Ask which part of the project goes out, in which format and where to."""
        dialog = ExportDialog(self._session, self._settings, self._window, offered=offered)
        dialog.wanted.connect(self.write)
        self.reported.emit(dialog)

    def write(self, wish: ExportWish) -> None:
        """Write what was asked for, and say what the formats could not hold."""
        progress = self._progress.begin(tr("Exporting…"))
        project = self._session.now.path or Path()
        self._session.run(wish.job(progress.tell, progress.cancelled), partial(self._tell, wish, project))

    def _tell(self, wish: ExportWish, project: Path, report: ExportReport | PackageReport) -> None:
        """Show what was written; it stays beside the page, so that what did not fit can be looked at."""
        choices = Remembered.read(self._settings.exported(project))
        self._settings.set_exported(project, choices.done(wish.asked_at).written())
        self._progress.end()
        told = ExportTold(self._session, report, self._window)
        told.place_wanted.connect(self.place_wanted)
        told.entity_wanted.connect(self.entity_wanted)
        told.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        told.show()
