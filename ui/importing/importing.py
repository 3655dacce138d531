"""Getting articles into the open project: asks what, looks at it first, shows what somebody must decide, and brings it in.

One import after the other: what is asked for while one goes on waits in line.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from annotator import ProjectError
from annotator.incoming import AnyFile
from annotator.reports import ImportReport
from annotator.survey import Choices, Survey
from ui.dialogs.report import import_report
from ui.importing.drop_hint import DropHint
from ui.importing.looking import Look, Looking
from ui.importing.offered import Offer, offer_of
from ui.importing.plan import Plan, plan_of
from ui.importing.preview import Preview
from ui.importing.progress_strip import ProgressStrip
from ui.importing.sources import as_utf8
from ui.importing.watch_dialog import WatchDialog
from ui.importing.watching import Watching
from ui.importing.words import file_kinds, number
from ui.page.banner import Banner
from ui.session import Session
from ui.settings import Settings
from ui.translate import isolated, tr, trn

_SHOWS_AFTER = 300  # milliseconds: what is surveyed sooner shows no progress
_LEAVE = 120  # milliseconds: between two parts of the window something dragged leaves and enters again


class Importing(QObject):
    """The imports of one window. `reported` comes with a dialog to be shown, `told` with a line for the status."""

    reported = Signal(object)
    told = Signal(str)

    def __init__(self, session: Session, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._settings, self._window = session, settings, window
        self._looking = Looking(session, self)
        self._line: deque[Callable[[], None]] = deque()
        self._is_busy = self._ended = False
        self.preview: Preview | None = None
        self.strip, self.notice, self._hint = ProgressStrip(), Banner(), DropHint(window)
        self.watching = Watching(session, settings, self._looking, self._bring_watched, window)
        self._leaving = QTimer(self, interval=_LEAVE, singleShot=True)
        self._leaving.timeout.connect(self._hint.hide)
        self.watching.told.connect(self.told)
        self.watching.changed.connect(self._show_waiting)
        self.notice.acted.connect(self.look_at_waiting)
        session.project_changed.connect(self._open_project)

    # -- what the actions do --------------------------------------------------------------------------------------

    def choose_files(self) -> None:
        """Ask which files, and bring them in."""
        kinds = file_kinds() + ";;" + tr("All files (*)")
        chosen, _ = QFileDialog.getOpenFileNames(self._window, tr("Import files"), "", kinds)
        self.take([Path(path) for path in chosen])

    def choose_folder(self) -> None:
        """Ask which folder, and bring in all that is in it."""
        chosen = QFileDialog.getExistingDirectory(self._window, tr("Import a folder"))
        self.take([Path(chosen)] if chosen else [])

    def paste(self) -> None:
        """Bring in what the clipboard holds: files, or words as an article."""
        data = QGuiApplication.clipboard().mimeData()
        self._take_offer(offer_of(data))

    def watch(self) -> None:
        """Show which folders are watched."""
        self.reported.emit(WatchDialog(self.watching, self._window))

    def look_at_waiting(self) -> None:
        """Show what came into watched folders and waits for a decision."""
        self.take(list(self.watching.waiting), always=True, watched=True)

    def toggle_always(self) -> None:
        """Show the preview before every import, or only where it is needed."""
        self._settings.always_preview = not self._settings.always_preview

    def shows_always(self) -> bool:
        """Tell whether the preview is shown before every import."""
        return self._settings.always_preview

    # -- dragging and dropping ------------------------------------------------------------------------------------

    def drag_enter(self, event: QDragEnterEvent) -> None:
        """Show over the window whether what is dragged can come in."""
        if event.source() is not None or self._session.now.path is None:  # words of our own window stay where they are
            return
        self._leaving.stop()
        offer = offer_of(event.mimeData(), name="dropped")
        if offer.refused:
            self._hint.refuse(offer.refused)
        else:
            self._hint.welcome()
        event.acceptProposedAction()

    def drag_leave(self, event: QDragLeaveEvent | QDropEvent) -> None:
        """Take the hint away, unless it enters another part of the window at once."""
        self._leaving.start()

    def drop(self, event: QDropEvent) -> None:
        """Bring in what was dropped."""
        self._leaving.stop()
        self._hint.hide()
        event.acceptProposedAction()
        self._take_offer(offer_of(event.mimeData(), name="dropped"))

    # -- importing ------------------------------------------------------------------------------------------------

    def take(self, sources: Sequence[AnyFile], *, always: bool = False, watched: bool = False) -> None:
        """Look at files and folders, show what is uncertain, and bring in what is certain or decided."""
        if sources and self._session.now.path:
            self._in_line(lambda: self._survey(list(sources), always=always, watched=watched))

    def end(self) -> None:
        """Stop everything: the window closes."""
        self._ended = True
        self._line.clear()
        self.strip.stop()
        self._drop_preview()
        self._looking.end()

    def _take_offer(self, offer: Offer) -> None:
        if offer.refused:
            self.told.emit(offer.refused)
        else:
            self.take(offer.sources, always=offer.are_words)

    def _survey(self, sources: list[AnyFile], *, always: bool, watched: bool) -> None:
        preview = self.preview = Preview(self._looking, self._settings, self._window, given=sources)
        shows = QTimer(preview, interval=_SHOWS_AFTER, singleShot=True)
        shows.timeout.connect(preview.show)
        shows.start()
        look = self._looking.survey(
            sources,
            lambda survey: self._take_survey(survey, sources, shows, always=always or preview.plan.is_touched),
            failed=self._fail_survey,
            choices=as_utf8(sources),
            paced=preview.show_pace,
            came=preview.show_found,
        )
        preview.rejected.connect(lambda: self._give_up(look))
        preview.wanted.connect(
            lambda only: self._import_plan(preview.plan, sources, only_certain=only, watched=watched)
        )

    def _take_survey(self, survey: Survey, sources: list[AnyFile], shows: QTimer, *, always: bool) -> None:
        preview = self.preview
        if preview is None:
            return
        shows.stop()
        plan = plan_of(survey)
        plan.options |= {path: choice.options for path, choice in as_utf8(sources).items()}
        if always or self._settings.always_preview or plan.needs_somebody:
            preview.show()
            preview.activateWindow()
            preview.show_plan(plan)
        else:
            preview.plan, preview.is_looking = plan, False
            preview.wanted.emit(False)

    def _fail_survey(self, error: ProjectError) -> None:
        self._drop_preview()
        self._session.failed.emit(error)
        self._go_on()

    def _give_up(self, look: Look) -> None:
        look.stop()
        self._drop_preview()
        self._go_on()

    def _import_plan(self, plan: Plan, sources: list[AnyFile], *, only_certain: bool, watched: bool) -> None:
        self._drop_preview()
        left = plan.undecided(only_certain=only_certain)

        def then(report: ImportReport | None) -> None:
            if report:
                report.undecided += left
                self._tell(report, sources)
                if watched:
                    self._settle_watched(plan, sources, only_certain=only_certain)
            self._go_on()

        self._import(sources, lambda: plan.choices(only_certain=only_certain), then, only_certain=only_certain)

    def _import(
        self,
        sources: Sequence[AnyFile],
        choices: Callable[[], Choices],
        then: Callable[[ImportReport | None], None],
        *,
        only_certain: bool = False,
    ) -> None:
        strip = self.strip
        strip.begin()

        def finish(report: ImportReport | None) -> None:
            if not self._ended:
                strip.end()
                then(report)

        self._session.in_parts(
            lambda project: project.import_in_parts(
                sources, choices=choices(), only_certain=only_certain, progress=strip.tell, cancel=strip.is_stopped
            ),
            finish,
        )

    def _tell(self, report: ImportReport, sources: Sequence[AnyFile]) -> None:
        """Show the report; of a single article that was pasted, show the article."""
        words = not any(isinstance(one, Path) for one in sources)
        if words and len(report.imported) == 1 and not (report.failed or report.stopped):
            self._session.show_article(report.imported[0].article)
            self.told.emit(tr("Imported: {title}").format(title=isolated(report.imported[0].title)))
        else:
            self.reported.emit(import_report(report, self._window))

    # -- one after the other --------------------------------------------------------------------------------------

    def _in_line(self, begin: Callable[[], None]) -> None:
        self._line.append(begin)
        if not self._is_busy:
            self._go_on()

    def _go_on(self) -> None:
        self._is_busy = bool(self._line) and not self._ended
        if self._is_busy:
            self._line.popleft()()

    def _drop_preview(self) -> None:
        if self.preview:
            preview, self.preview = self.preview, None
            preview.blockSignals(True)
            preview.hide()
            preview.deleteLater()

    def _open_project(self) -> None:
        """Begin anew with the project that was opened; what was asked for another is no more."""
        self._line.clear()
        self._looking.stop()
        self._drop_preview()
        if not self.strip.isVisible():
            self._is_busy = False
        self.watching.open_project()

    # -- watched folders ------------------------------------------------------------------------------------------

    def _bring_watched(
        self, files: Sequence[Path], choices: Choices, then: Callable[[ImportReport | None], None]
    ) -> None:
        def finish(report: ImportReport | None) -> None:
            then(report)
            self._go_on()

        self._in_line(lambda: self._import(files, lambda: choices, finish))

    def _settle_watched(self, plan: Plan, sources: Sequence[AnyFile], *, only_certain: bool) -> None:
        """Let what was decided wait no more; what nobody decided about still does."""
        held = {one.file for one in plan.undecided(only_certain=only_certain)}
        files = [one for one in sources if isinstance(one, Path)]
        done = [one for one in files if one not in held and not any(one in file.parents for file in held)]
        self.watching.settle_waiting(done)

    def _show_waiting(self) -> None:
        count = len(self.watching.waiting)
        if count:
            text = trn(
                "{count} file waits for your decision",
                "{count} files wait for your decision",
                count,
                shown=number(count),
            )
            self.notice.tell(text, action=tr("Look at it"))
        else:
            self.notice.hide()
