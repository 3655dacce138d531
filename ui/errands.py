"""What another start of the program leaves for this one while it runs."""

from __future__ import annotations

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal

from ui.instance import requests_folder, take_requests


class Errands(QObject):
    """Says `asked` with the files to open; with none, the window is only to be shown."""

    asked = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        requests_folder().mkdir(parents=True, exist_ok=True)
        self._watcher = QFileSystemWatcher([str(requests_folder())], self)
        self._watcher.directoryChanged.connect(self.look)

    def look(self) -> None:
        """Take the requests that wait."""
        for paths in take_requests():
            self.asked.emit(paths)
