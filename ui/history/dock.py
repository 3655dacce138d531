"""The history's place in the window: a dock below the page, which can be taken out of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow

from ui.history.panel import HistoryPanel
from ui.session import Session
from ui.translate import tr

_HEIGHT = 300


class HistoryDock(QDockWidget):
    """Holds the history; closed until it is asked for."""

    def __init__(self, session: Session, window: QMainWindow) -> None:
        super().__init__(tr("History"), window)
        self._window = window
        self._was_shown = False
        self.setObjectName("historyDock")
        self.setAccessibleName(tr("History"))
        self.panel = HistoryPanel(session)
        self.setWidget(self.panel)
        window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self)
        self.hide()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.panel.left.emit()

    def toggle(self) -> bool:
        """Show the history and give it the keyboard, or close it when it has that already; return whether it is shown."""
        if self.isVisible() and self.panel.has_keyboard():
            self.close()
            return False
        self.show()
        if not self._was_shown:
            self._was_shown = True
            self._window.resizeDocks([self], [_HEIGHT], Qt.Orientation.Vertical)
        self.raise_()
        self.panel.begin()
        return True
