"""The history's two places in a window: the dock with the list, and the page of the past that stands where the page stands."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow

from annotator.log_entry import LogEntry
from ui.history.dock import HistoryDock
from ui.history.past import PastPane
from ui.reading import ReadingPane
from ui.session import Session
from ui.translate import running, tr


class HistoryParts(QObject):
    """Puts both together. `opened` says whether the past is shown, `place_wanted` gives an article and an annotation."""

    opened = Signal(bool)
    told = Signal(str)
    place_wanted = Signal(str, str)

    def __init__(self, session: Session, reading: ReadingPane, window: QMainWindow) -> None:
        super().__init__(window)
        self._session = session
        self.dock, self.pane = HistoryDock(session, window), PastPane(session, reading)
        self.pane.hide()
        panel = self.dock.panel
        panel.place_chosen.connect(self._go)
        panel.past_wanted.connect(self.show_past)
        panel.restore_wanted.connect(self._restore)
        self.pane.left.connect(self.leave)
        self.pane.restored.connect(self.told)
        session.article_changed.connect(self._follow)
        session.project_changed.connect(self.leave)

    def is_open(self) -> bool:
        """Tell whether the past is shown."""
        return not self.pane.isHidden()

    def show_last(self) -> None:
        """Show the shown article as it is now, to go back from there."""
        article = self._session.now.article
        if article:
            self.show_past(article.id, datetime.now(UTC).isoformat())

    def show_past(self, article: str, at: str) -> None:
        """Show an article as it was at a time, or after a step."""
        if article and (self._session.now.article is None or self._session.now.article.id != article):
            self._session.show_article(article)
        self.pane.show_past(article, at)
        self.opened.emit(True)

    def leave(self) -> None:
        """Go back to now."""
        if self.is_open():
            self.pane.forget()
            self.opened.emit(False)

    # -- inside ---------------------------------------------------------------------------------------------------

    def _follow(self) -> None:
        article = self._session.now.article
        if self.pane.article and (article is None or article.id != self.pane.article):
            self.leave()

    def _go(self, entry: LogEntry, to_page: bool) -> None:
        if entry.article and entry.annotation:
            self.place_wanted.emit(entry.article, entry.annotation)
        elif entry.article:
            self._session.show_article(entry.article)
        if not to_page:
            self.dock.panel.begin()

    def _restore(self, annotation: str, at: str) -> None:
        def tell(_: object) -> None:
            self.told.emit(running(tr("Brought back; Ctrl+Z takes that back.")))

        self._session.when_idle(
            lambda: self._session.change(lambda project: project.restore(annotation, at), then=tell)
        )
