"""Folders that are watched for a project: what is new in them comes in by itself if it is certain, and waits if it is not.

It looks when the system tells of a change, when the window comes to the front and at the start; a file that two looks find the
same is taken for whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QFileSystemWatcher, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from annotator.errors import ProjectError
from annotator.reports import ImportReport
from annotator.survey import Choices, Survey
from ui.importing.looking import Look, Looking
from ui.importing.plan import Plan, plan_of
from ui.importing.settling import Listing, Settling, list_folders
from ui.importing.words import number
from ui.session import Session
from ui.settings import Settings
from ui.translate import isolated, tr, trn

Bring = Callable[[Sequence[Path], Choices, Callable[[ImportReport | None], None]], None]
PAUSE = 1000  # milliseconds between two looks at a file that may still be written


class Watching(QObject):
    """Watches the folders of the open project. `told` says what came in; `changed` that the folders or what waits changed."""

    told = Signal(str)
    changed = Signal()

    def __init__(self, session: Session, settings: Settings, looking: Looking, bring: Bring, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._settings, self._looking, self._bring = session, settings, looking, bring
        self._watcher = QFileSystemWatcher(self)
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._settling: Settling | None = None
        self._look: Look | None = None
        self._again = False
        self.folders: list[Path] = []
        self.gone: tuple[Path, ...] = ()
        self.waiting: list[Path] = []
        self._watcher.directoryChanged.connect(self._pause.start)
        self._pause.timeout.connect(self.look)
        window.installEventFilter(self)

    def open_project(self) -> None:
        """Watch what is watched for the project that is open now."""
        self._stop()
        project = self._session.now.path
        self.folders = self._settings.watched(project) if project else []
        self._settling = Settling(project) if project else None
        self.changed.emit()
        self.look()

    def watch(self, folder: Path) -> None:
        """Watch a folder from now on; what lies there comes in too."""
        if folder not in self.folders:
            self._set_folders([*self.folders, folder])

    def stop_watching(self, folder: Path) -> None:
        """Watch a folder no more; what waits of it waits no more."""
        self.waiting = [path for path in self.waiting if folder not in path.parents]
        self._set_folders([one for one in self.folders if one != folder])

    def look(self) -> None:
        """Look what is new; while a look goes on, once more after it."""
        project, folders = self._session.now.path, tuple(self.folders)
        if self._look:
            self._again = True
        elif project and folders:
            self._look = self._looking.run(lambda: list_folders(folders, project), self._take_listing)

    def settle_waiting(self, done: Sequence[Path]) -> None:
        """Take it that somebody decided about files that waited."""
        if self._settling:
            self._settling.finish(done)
        self.waiting = [path for path in self.waiting if path not in set(done)]
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowActivate:
            self.look()
        return False

    # -- one look -------------------------------------------------------------------------------------------------

    def _take_listing(self, listing: Listing) -> None:
        self._follow(listing)
        if self._settling is None:
            self._end_look()
            return
        whole = self._settling.look(listing)
        if whole:
            self._look = self._looking.survey(whole, lambda survey: self._take_survey(whole, survey), failed=self._fail)
        else:
            self._end_look()

    def _take_survey(self, files: list[Path], survey: Survey) -> None:
        plan = plan_of(survey)
        uncertain = {self._file_of(file, files) for file in unsure(plan)}
        new = {self._file_of(row.file, files) for row in plan.rows if row.group != "there"} - uncertain
        waiting = [file for file in files if file in uncertain]
        certain = [file for file in files if file in new]
        if self._settling:
            self._settling.finish(set(files) - uncertain - new)
        self.waiting = sorted({*self.waiting, *waiting}, key=str)
        self._end_look()
        self.changed.emit()
        if certain:
            self._bring(certain, plan.choices(), lambda report: self._take_report(certain, report))

    def _take_report(self, files: list[Path], report: ImportReport | None) -> None:
        """Remember what came in, and say so; what an import that was stopped left out is tried again."""
        if self._settling is None:
            return
        if report is None or report.stopped or report.cancelled:
            self._settling.give_back(files)
            return
        self._settling.finish(files)
        count = len(report.imported)
        if count:
            folders = ", ".join(sorted({isolated(path.parent.name) for path in files}))
            came = trn("{count} new article", "{count} new articles", count, shown=number(count))
            self.told.emit(tr("{articles} from {folder}").format(articles=came, folder=folders))

    def _fail(self, error: ProjectError) -> None:
        """Try again with the next look: the project was busy, or gone."""
        if self._settling:
            self._settling = Settling(self._session.now.path) if self._session.now.path else None
        self._end_look()

    def _end_look(self) -> None:
        self._look = None
        if self._again:
            self._again = False
            self.look()
        elif self._settling and self._settling.is_restless:
            self._pause.start()

    def _follow(self, listing: Listing) -> None:
        """Have the system tell of changes in the folders there are; say so when a watched one is gone, and when it is back."""
        wanted, known = {str(one) for one in listing.folders}, set(self._watcher.directories())
        if known - wanted:
            self._watcher.removePaths(sorted(known - wanted))
        if wanted - known:
            self._watcher.addPaths(sorted(wanted - known))
        if listing.gone != self.gone:
            lost = [one for one in listing.gone if one not in self.gone]
            self.gone = listing.gone
            self.changed.emit()
            for folder in lost:
                text = tr("The watched folder {folder} is not there any more. When it is back, it is watched again.")
                self.told.emit(text.format(folder=isolated(str(folder))))

    # -- inside ---------------------------------------------------------------------------------------------------

    def _set_folders(self, folders: list[Path]) -> None:
        project = self._session.now.path
        if project:
            self.folders = folders
            self._settings.set_watched(project, folders)
            self.gone = tuple(one for one in self.gone if one in folders)
            if self._watcher.directories():
                self._watcher.removePaths(self._watcher.directories())
            self.changed.emit()
            self.look()

    def _stop(self) -> None:
        if self._look:
            self._look.stop()
        self._look, self._again, self.gone, self.waiting = None, False, (), []
        self._pause.stop()
        if self._watcher.directories():
            self._watcher.removePaths(self._watcher.directories())

    def _file_of(self, file: Path, files: Sequence[Path]) -> Path:
        """Return the file of the folder that an article of an archive lies in."""
        known = set(files)
        return next((path for path in (file, *file.parents) if path in known), file)


def unsure(plan: Plan) -> set[Path]:
    """Return the files of a plan at which somebody should look before they come in."""
    rows = {row.file for row in plan.rows if row.group in ("open", "columns", "refused")}
    return rows | set(plan.tables)
