"""Sending and receiving for a window: asks, does it in the worker with progress, and tells what was done."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from annotator import Annotation, BundleReport, Merge, MergeReport, Preview, ProjectError
from annotator.exchange.reports import save_merge_report
from ui.dialogs.progress import Progress
from ui.dialogs.report import Report
from ui.exchange import words
from ui.exchange.conflicts import ConflictsDialog
from ui.exchange.receiving import ReceiveDialog
from ui.exchange.sending import ENDING, SendDialog, SendWish
from ui.session import Session
from ui.translate import tr


def are_bundles(paths: Sequence[Path]) -> bool:
    """Tell whether files are bundles, by their names."""
    return bool(paths) and all(path.suffix.casefold() == ENDING for path in paths)


class Exchanging(QObject):
    """One exchange at a time. `reported` comes with a dialog to be shown, `place_wanted` with an article and an annotation."""

    reported = Signal(object)
    place_wanted = Signal(str, str)

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._progress: Progress | None = None
        session.failed.connect(self._end)

    # -- sending --------------------------------------------------------------------------------------------------

    def send(self) -> None:
        """Ask what is to be sent and where to, and write it."""
        dialog = SendDialog(self._session.now.reviewers, self._session.now.reviewer, self._window)
        dialog.accepted.connect(lambda: self.ask_place(dialog.wish()))
        self.reported.emit(dialog)

    def ask_place(self, wish: SendWish) -> QFileDialog:
        """Ask where the bundle is to lie, and write it; return the dialog, which is open."""
        now = self._session.now
        path = now.path or Path()
        dialog = QFileDialog(self._window, tr("Send my work"), str(path.parent), _kinds())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ENDING.removeprefix("."))
        dialog.selectFile(f"{path.stem} {now.reviewer}{ENDING}")
        dialog.fileSelected.connect(partial(self.send_as, wish))
        dialog.open()
        return dialog

    def send_as(self, wish: SendWish, path: str) -> None:
        """Write a bundle."""
        self._begin(tr("Sending…"))
        self._session.run(lambda project: wish.job(project, path), self._tell_sent)

    # -- receiving ------------------------------------------------------------------------------------------------

    def receive(self) -> None:
        """Ask which bundles, and show what they would bring."""
        chosen, _ = QFileDialog.getOpenFileNames(self._window, tr("Receive work"), "", _kinds())
        self.look_at([Path(path) for path in chosen])

    def look_at(self, bundles: Sequence[Path]) -> None:
        """Show what bundles would bring; nothing is written."""
        if bundles and self._session.now.path:
            progress = self._begin(tr("Looking at what comes…"))
            self._session.run(
                lambda project: project.look_at(bundles, progress=progress.tell, cancel=progress.cancelled),
                lambda found: self._ask(list(bundles), found),
            )

    def take(self, bundles: Sequence[Path]) -> None:
        """Receive bundles."""
        progress = self._begin(tr("Receiving…"))
        self._session.change(
            lambda project: project.receive(bundles, progress=progress.tell, cancel=progress.cancelled),
            then=self._tell_received,
        )

    def take_back(self) -> None:
        """Ask whether what was received last is to be taken back, and do it."""
        self._session.run(lambda project: [one for one in project.merges() if not one.taken_back], self._ask_back)

    def take_back_now(self) -> None:
        """Take back what was received last."""
        self._begin(tr("Taking back…"))
        self._session.change(lambda project: project.take_back(), then=self._tell_taken_back)

    def settle(self) -> None:
        """Show what one changed on two machines."""
        dialog = ConflictsDialog(self._session, self._window)
        dialog.place_wanted.connect(self._show_place)
        self.reported.emit(dialog)

    # -- inside ---------------------------------------------------------------------------------------------------

    def _show_place(self, annotation: str) -> None:
        def show(found: Annotation | None) -> None:
            if found:
                self.place_wanted.emit(found.article, found.id)

        self._session.run(lambda project: project.find_annotation(annotation), show)

    def _ask(self, bundles: list[Path], found: Preview) -> None:
        self._end()
        dialog = ReceiveDialog(found, self._window)
        dialog.accepted.connect(lambda: self.take(bundles))
        self.reported.emit(dialog)

    def _ask_back(self, merges: list[Merge]) -> None:
        if not merges:
            self.reported.emit(Report(tr("Nothing was received that could be taken back."), [], self._window))
            return
        box = QMessageBox(
            QMessageBox.Icon.Question, tr("Hashiya"), words.will_take_back(merges[0]), parent=self._window
        )
        go = box.addButton(tr("Take it back"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        go.clicked.connect(self.take_back_now)
        self.reported.emit(box)

    def _tell_sent(self, report: BundleReport) -> None:
        self._end()
        self.reported.emit(Report(words.sent(report), [], self._window))

    def _tell_received(self, report: MergeReport) -> None:
        self._end()
        lines = list(words.lines(report))
        if report.conflicts:
            lines.append(tr("Some things were changed on two machines: see File ▸ Changed on two machines."))
        self.reported.emit(
            Report(
                words.heading(report), lines, self._window,
                save=lambda path: save_merge_report(report, path, tr), kinds=(tr("For programs (*.json)"),),
            )
        )  # fmt: skip

    def _tell_taken_back(self, merge: Merge) -> None:
        self._end()
        self.reported.emit(Report(words.taken_back(merge), [], self._window))

    def _begin(self, text: str) -> Progress:
        self._end()
        self._progress = Progress(text, self._window)
        return self._progress

    def _end(self, _error: ProjectError | None = None) -> None:
        if self._progress:
            self._progress.finish()
            self._progress = None


def _kinds() -> str:
    return f"{tr('Bundles of Hashiya')} (*{ENDING})"
