"""What comes from outside while the program runs: files that a second start hands over, or that macOS asks to open."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QFileSystemWatcher, QObject, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from ui.instance import requests_folder, take_requests


class Errands(QObject):
    """Says `asked` with the files to open; with none, the window is only to be shown."""

    asked = Signal(object)

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        app.installEventFilter(self)
        requests_folder().mkdir(parents=True, exist_ok=True)
        self._watcher = QFileSystemWatcher([str(requests_folder())], self)
        self._watcher.directoryChanged.connect(self.look)

    def look(self) -> None:
        """Take the requests that wait."""
        for paths in take_requests():
            self.asked.emit(paths)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():
            self.asked.emit([Path(event.file())])
            return True
        return super().eventFilter(watched, event)
