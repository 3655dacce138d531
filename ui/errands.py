"""What another start of the program leaves for this one while it runs."""

from __future__ import annotations

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from ui.instance import any_request, requests_folder, take_requests

_PAUSE = 250  # milliseconds until a request that could not be taken is tried again


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
        if any_request():
            QTimer.singleShot(_PAUSE, self.look)
