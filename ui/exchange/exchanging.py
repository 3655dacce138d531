"""Sending and receiving for a window: asks, does it in the worker with progress, and tells what was done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from annotator import BundleReport, Merge, MergeReport, Preview, Project
from annotator.exchange.reports import save_merge_report
from annotator.folders import data_folder
from annotator.language import Sentence
from ui.dialogs.progress import OneProgress
from ui.dialogs.report import Report
from ui.exchange import words
from ui.exchange.beginning import BeginDialog, Foreign, foreign, refusals
from ui.exchange.received import ReceivedDialog
from ui.exchange.receiving import ReceiveDialog
from ui.exchange.sending import ENDING, SendDialog, SendWish, plain_name
from ui.session import Session
from ui.settings import Settings
from ui.translate import running, say, tr


class Exchanging(QObject):
    """One exchange at a time.

    `reported` comes with a dialog to be shown, `told` with a short sentence, `unsettled` with the count of own conflicts.
    """

    reported = Signal(object)
    told = Signal(str)
    unsettled = Signal(int)

    def __init__(self, session: Session, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._settings, self._window = session, settings, window
        self._progress = OneProgress(session, window)
        session.project_changed.connect(self._open_project)
        session.stepped.connect(self.count)
        self.count()

    # -- sending --------------------------------------------------------------------------------------------------

    def send(self) -> None:
        """Ask what is to be sent and where to, and write it."""
        dialog = SendDialog(self._session, self._window)
        dialog.accepted.connect(lambda: self.ask_place(dialog.wish()))
        self.reported.emit(dialog)

    def ask_place(self, wish: SendWish) -> QFileDialog:
        """Ask where the bundle is to lie, and write it; return the dialog, which is open."""
        now = self._session.now
        path = now.path or Path()
        dialog = QFileDialog(self._window, tr("Send my work"), str(path.parent), _kinds())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ENDING.removeprefix("."))
        dialog.selectFile(wish.file_name(path.stem, now.reviewer))
        dialog.fileSelected.connect(partial(self.send_as, wish))
        dialog.open()
        return dialog

    def send_as(self, wish: SendWish, path: str) -> None:
        """Write a bundle."""
        progress = self._progress.begin(tr("Sending…"))
        self._session.run(
            lambda project: wish.job(project, path, progress.tell, progress.cancelled), self._tell_sent
        )  # fmt: skip

    # -- receiving ------------------------------------------------------------------------------------------------

    def receive(self) -> None:
        """Ask which bundles, and show what they would bring."""
        chosen, _ = QFileDialog.getOpenFileNames(self._window, tr("Receive work"), "", _kinds())
        self.look_at([Path(path) for path in chosen])

    def look_at(self, bundles: Sequence[Path]) -> None:
        """Show what bundles would bring, or that they are of another project; nothing is written."""
        if not bundles:
            return
        if not self._session.now.path:
            self._session.think(lambda: foreign(bundles, None) or refusals(bundles), self._take_foreign)
            return
        progress = self._progress.begin(tr("Looking at what comes…"))

        def look(project: Project) -> Preview | Foreign:
            return foreign(bundles, project) or project.look_at(
                bundles, progress=progress.tell, cancel=progress.cancelled
            )

        self._session.run(look, lambda found: self._ask(list(bundles), found))

    def take(self, bundles: Sequence[Path]) -> None:
        """Receive bundles; those that are refused are left."""
        self._when_quiet(lambda: self._take_now(bundles))

    def begin_from(self, bundles: Sequence[Path], path: str) -> None:
        """Make a copy of a project from bundles, and open it."""
        progress, reviewer = self._progress.begin(tr("Making a copy of the project…")), self._settings.reviewer
        self._session.create_from(
            Path(path), bundles, reviewer=reviewer, progress=progress.tell, cancel=progress.cancelled
        )

    def show_received(self) -> None:
        """Show what was received, with the way to take it back."""
        self._session.run(lambda project: project.merges(), self._list_received)

    def take_back_now(self) -> None:
        """Take back what was received last."""
        self._when_quiet(self._take_back_now)

    # -- conflicts ------------------------------------------------------------------------------------------------

    def count(self, *_: object) -> None:
        """Count this reviewer's conflicts; only receiving, settling and steps back make more or fewer."""
        if self._session.now.path:
            self._session.run(lambda project: len(project.conflicts()), self.unsettled.emit)

    # -- inside ---------------------------------------------------------------------------------------------------

    def _when_quiet(self, wish: Callable[[], None]) -> None:
        """Do something that changes much when no import goes on; say so if that takes a while."""
        if not self._session.quiet:
            self.told.emit(
                tr("An import is still going on. This is done as soon as it has ended; it can be stopped above.")
            )
        self._session.when_quiet(lambda: self._session.when_idle(wish))

    def _take_back_now(self) -> None:
        self._progress.begin(tr("Taking back…"), can_stop=False)
        self._session.change(lambda project: project.take_back(), then=self._tell_taken_back)

    def _take_now(self, bundles: Sequence[Path]) -> None:
        progress = self._progress.begin(tr("Receiving…"))
        self._session.change(
            lambda project: project.receive(
                bundles, leave_refused=True, progress=progress.tell, cancel=progress.cancelled
            ),
            then=self._tell_received,
        )

    def _open_project(self) -> None:
        self._progress.end()
        self.unsettled.emit(0)
        self.count()

    def _ask(self, bundles: list[Path], found: Preview | Foreign) -> None:
        self._progress.end()
        if isinstance(found, Foreign):
            self._offer_copy(found)
            return
        dialog = ReceiveDialog(found, self._window)
        dialog.accepted.connect(lambda: self.take(bundles))
        self.reported.emit(dialog)

    def _take_foreign(self, found: Foreign | list[Sentence]) -> None:
        if isinstance(found, Foreign):
            self._offer_copy(found)
        else:
            self.reported.emit(Report(words.cannot(len(found)), [running(say(one)) for one in found], self._window))

    def _offer_copy(self, found: Foreign) -> None:
        dialog = BeginDialog(found, self._window)
        dialog.accepted.connect(lambda: self._ask_where_to_begin(found))
        self.reported.emit(dialog)

    def _ask_where_to_begin(self, found: Foreign) -> None:
        dialog = QFileDialog(self._window, tr("Make a copy of the project"), str(data_folder()), "Hashiya (*.hashiya)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # no project is replaced, whatever one says here
        dialog.setDefaultSuffix("hashiya")
        dialog.selectFile(f"{plain_name(f'{found.manifest.name} {self._settings.reviewer}')}.hashiya")
        dialog.fileSelected.connect(partial(self.begin_from, found.paths))
        dialog.open()

    def _list_received(self, merges: list[Merge]) -> None:
        dialog = ReceivedDialog(merges, self._window)
        dialog.take_back_wanted.connect(dialog.accept)
        dialog.take_back_wanted.connect(self._ask_back)
        self.reported.emit(dialog)

    def _ask_back(self, merge: Merge) -> None:
        box = QMessageBox(QMessageBox.Icon.Question, tr("Hashiya"), words.will_take_back(merge), parent=self._window)
        go = box.addButton(tr("Take it back"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        go.clicked.connect(self.take_back_now)
        self.reported.emit(box)

    def _tell_sent(self, report: BundleReport) -> None:
        self._progress.end()
        self.reported.emit(Report(words.sent(report), [], self._window))

    def _tell_received(self, report: MergeReport) -> None:
        self._progress.end()
        self.count()
        lines = list(words.lines(report))
        if report.conflicts:
            lines.append(tr("Some things were changed on two machines: see File ▸ Changed on two machines."))
        self.reported.emit(
            Report(
                words.outcome(report), lines, self._window,
                save=lambda path: save_merge_report(report, path, tr), kinds=(tr("For programs (*.json)"),),
            )
        )  # fmt: skip

    def _tell_taken_back(self, merge: Merge) -> None:
        self._progress.end()
        self.count()
        self.reported.emit(Report(words.taken_back(merge), [], self._window))


def _kinds() -> str:
    name = tr("Bundles of Hashiya")  # not in the f-string below: there no translator would find it
    return f"{name} (*{ENDING})"
