"""Progress of something long: how far it is, how fast it goes, how long the rest takes, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, Qt, Signal
from PySide6.QtWidgets import QProgressBar, QProgressDialog, QWidget

from annotator import ProjectError
from ui.importing.words import left_words, number
from ui.plain import PlainLabel
from ui.session import Session
from ui.translate import tr

_WIDTH = 340  # of the words, so that the dialog does not grow with them


class Progress(QProgressDialog):
    """Shows how far a job in the worker's thread is; that thread calls `tell` and asks `cancelled`."""

    _told = Signal(int, int)

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, tr("Stop"), 0, 1, parent)  # of unknown length it would be a bar that moves
        self.setWindowTitle(tr("Hashiya"))
        self._bar = QProgressBar()
        self._bar.setAccessibleName(text)
        self._bar.setRange(0, 1)
        self._bar.setValue(0)  # a bar without a value would make Qt wait four seconds, whatever the minimum duration is
        self._text, self._begun = text, QElapsedTimer()
        self._begun.start()
        self.setBar(self._bar)
        self._label = PlainLabel(f"{text}\n")
        self._label.setMinimumWidth(_WIDTH)
        self.setLabel(self._label)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumDuration(300)
        self.setAutoReset(False)
        self.setAutoClose(False)
        self._stopped = False
        self.canceled.connect(self.stop)
        self._told.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def tell(self, done: int, total: int) -> None:
        """Say how far the job is; from any thread."""
        self._told.emit(done, total)

    def cancelled(self) -> bool:
        """Tell whether the user wants the job to stop; from any thread."""
        return self._stopped

    def stop(self) -> None:
        """Ask the job to stop."""
        self._stopped = True

    def finish(self) -> None:
        """Close the dialog; the job is done."""
        self.reset()
        self.deleteLater()

    def _show(self, done: int, total: int) -> None:
        if self._stopped:
            return  # what was told before the stop must not show the dialog again
        # Not the dialog's own `setValue`: that looks at the window's events, among them the end of the job, which deletes the
        # dialog in the middle of its own doing.
        self._bar.setMaximum(max(total, 1))
        self._bar.setValue(min(done, total))
        self._label.setText(f"{self._text}\n{pace_words(done, total, self._begun.elapsed() / 1000)}")


class OneProgress(QObject):
    """The progress of a window's jobs of one kind, one at a time; the end of a job, or its failure, takes it away."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.shown: Progress | None = None
        session.failed.connect(self.end)

    def begin(self, text: str, *, can_stop: bool = True) -> Progress:
        """Show the progress of the next job."""
        self.end()
        self.shown = Progress(text, self._window)
        if not can_stop:
            self.shown.setCancelButton(None)
        return self.shown

    def end(self, _error: ProjectError | None = None) -> None:
        """Take it away."""
        if self.shown:
            self.shown.finish()
            self.shown = None


def stop_all(window: QWidget) -> None:
    """Stop what goes on for a window that closes; how far it is may still be told, so nothing is deleted."""
    for progress in window.findChildren(Progress):
        progress.stop()
        progress.reset()


def pace_words(done: int, total: int, seconds: float) -> str:
    """Return how far a job is, and after the first second how many things it does in one and how long the rest takes."""
    parts = [tr("{done} of {total}").format(done=number(done), total=number(total))]
    if seconds >= 1 and done:
        parts.append(tr("{rate} a second").format(rate=number(max(done / seconds, 1))))
        if done < total:
            parts.append(left_words(seconds * (total - done) / done))
    return " · ".join(parts)
