"""Files that come from outside: a project is opened, bundles are looked at, from all others articles are taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from annotator.project_file import ENDING
from ui.exchange.exchanging import Exchanging
from ui.exchange.telling_apart import is_named_bundle, sorted_files
from ui.importing.importing import Importing
from ui.session import Session


class Dropping(QObject):
    """Says whose files are; `open_project` is given a project that was dropped."""

    def __init__(
        self,
        session: Session,
        importing: Importing,
        exchanging: Exchanging,
        window: QWidget,
        *,
        open_project: Callable[[Path], None],
    ) -> None:
        super().__init__(window)
        self._session, self._importing, self._exchanging = session, importing, exchanging
        self._open_project = open_project

    def drag_enter(self, event: QDragEnterEvent) -> None:
        """Take what can be taken."""
        self._importing.drag_enter(event)
        if not self._session.now.path and any(map(is_named_bundle, _files_of(event))):
            event.acceptProposedAction()  # a project can begin with it

    def drop(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        files = _files_of(event)
        if len(files) == 1 and files[0].suffix == ENDING:
            self._importing.drag_leave(event)
            self._open_project(files[0])
        elif any(map(is_named_bundle, files)):
            self._importing.drag_leave(event)
            event.acceptProposedAction()
            self.take_files(files)
        else:
            self._importing.drop(event)

    def take_files(self, files: Sequence[Path]) -> None:
        """Show what bundles would bring, and bring in articles from all other files."""
        self._session.think(lambda: sorted_files(files), self._take_sorted)

    def _take_sorted(self, found: tuple[list[Path], list[Path]]) -> None:
        bundles, articles = found
        self._exchanging.look_at(bundles)
        if articles:
            self._importing.take(articles)


def _files_of(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
