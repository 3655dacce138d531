"""The windows about the shown article: its record, and the texts that are like it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from ui.copies.window import CopiesWindow
from ui.record.dialog import Record
from ui.session import Session
from ui.settings import Settings


class ArticleWindows(QObject):
    """Opens them before the main window."""

    def __init__(self, session: Session, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._settings, self._parent = session, settings, parent

    def show_record(self) -> None:
        """Show what is said about the article, where it came from, and what happened to it."""
        article = self._session.now.article
        if article:
            self._show(Record(self._session, article, self._parent)).open()

    def show_copies(self) -> None:
        """Show the texts that are like the article's, side by side with it; the page can be used meanwhile."""
        article = self._session.now.article
        if article:
            window = CopiesWindow(self._session, self._settings, article, self._parent)
            window.article_wanted.connect(self._session.show_article)
            self._show(window).show()

    def _show(self, dialog: Record | CopiesWindow) -> Record | CopiesWindow:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog
