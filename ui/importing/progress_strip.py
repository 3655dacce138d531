"""A strip in the window that says how far an import is, with a way to stop it; the window can be used meanwhile."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton

from annotator.survey import Pace
from ui.importing import words
from ui.page.speech import say_aloud
from ui.plain import PlainLabel
from ui.translate import tr

_WIDTH = 220


class ProgressStrip(QFrame):
    """Hidden until an import begins; the worker's thread calls `tell` and asks `is_stopped`."""

    _told = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.setAccessibleName(tr("Import going on"))
        self._text, self._bar, self._stop = PlainLabel(), QProgressBar(), QPushButton(tr("Stop"))
        self._stopped = False
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(_WIDTH)
        self._bar.setAccessibleName(tr("How much has come in"))
        self._stop.setToolTip(tr("What has come in stays."))
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 6, 18, 6)
        row.setSpacing(12)
        row.addWidget(self._bar)
        row.addWidget(self._text, 1)
        row.addWidget(self._stop)
        self._stop.clicked.connect(self.stop)
        self._told.connect(self._show_pace, Qt.ConnectionType.QueuedConnection)
        self.hide()

    def begin(self) -> None:
        """Show that an import has begun."""
        self._stopped = False
        self._stop.setEnabled(True)
        self._bar.setRange(0, 0)
        self._text.setText(tr("Importing…"))
        self.show()
        say_aloud(self, self._text.text())

    def tell(self, pace: Pace) -> None:
        """Say how far the import is; from any thread."""
        if not self._stopped:  # the window may be gone by then
            self._told.emit(pace)

    def is_stopped(self) -> bool:
        """Tell whether the import is to stop; from any thread."""
        return self._stopped

    def stop(self) -> None:
        """Ask the import to stop."""
        self._stopped = True
        self._stop.setEnabled(False)
        self._text.setText(tr("Stopping…"))

    def end(self) -> None:
        """Go away."""
        self.hide()

    def _show_pace(self, pace: Pace) -> None:
        if not self._stopped:
            self._bar.setRange(0, 1000)
            self._bar.setValue(round(pace.share * 1000))
            self._text.setText(f"{tr('Importing…')} {words.pace_words(pace)}")
