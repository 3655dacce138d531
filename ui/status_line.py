"""The line at the lower edge of the window: what was just done, said aloud too, and how many conflicts wait."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow, QPushButton

from ui.exchange import words
from ui.page.speech import say_aloud
from ui.translate import isolated, running, tr

SHORT, LONG = 4000, 8000
"""Milliseconds that a sentence stays."""


class StatusLine(QObject):
    """Says sentences for a while. `conflicts_wanted` comes when somebody clicks on their number."""

    conflicts_wanted = Signal()

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window, self._line = window, window.statusBar()
        self.unsettled = QPushButton()
        self.unsettled.setFlat(True)
        self.unsettled.hide()
        self.unsettled.clicked.connect(self.conflicts_wanted)
        self._line.addPermanentWidget(self.unsettled)

    def show(self, text: str, *, milliseconds: int = SHORT) -> None:
        """Show a sentence that the screen reader hears elsewhere."""
        self._line.showMessage(text, milliseconds)

    def say(self, text: str) -> None:
        """Show a sentence and say it aloud."""
        self._line.showMessage(running(text), LONG)
        say_aloud(self._window, text)

    def say_step(self, way: str, step: object) -> None:
        """Say what undo or redo did, or that there was nothing to do."""
        if way == "wait":
            text = tr("The import is still going on. Stop it first, or wait: then it can be taken back.")
        elif step is None:
            text = tr("There is nothing to undo.") if way == "undo" else tr("There is nothing to redo.")
        else:
            text = tr("Taken back.") if way == "undo" else tr("Done again.")
        self.say(text)

    def say_printed(self, path: Path | None) -> None:
        """Say where a printout went."""
        self.say(tr("Written to {path}.").format(path=isolated(str(path))) if path else tr("Sent to the printer."))

    def show_unsettled(self, count: int) -> None:
        """Say how many conflicts wait for this reviewer; a click shows them."""
        self.unsettled.setText(words.to_settle(count))
        self.unsettled.setVisible(count > 0)
