"""The place of conflicts in the window: a dock below the page, so that the words they are about stay in sight."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow

from ui.exchange.conflicts import ConflictsPanel
from ui.session import Session
from ui.translate import tr

_HEIGHT = 210


class ConflictsDock(QDockWidget):
    """Holds the conflicts; closed until they are asked for."""

    def __init__(self, session: Session, window: QMainWindow) -> None:
        super().__init__(tr("Changed on two machines"), window)
        self._window = window
        self.setObjectName("conflictsDock")
        self.setAccessibleName(tr("Changed on two machines"))
        self.panel = ConflictsPanel(session)
        self.setWidget(self.panel)
        window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self)
        self.hide()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.panel.left.emit()

    def open(self) -> None:
        """Show the conflicts and give them the keyboard."""
        self.show()
        self._window.resizeDocks([self], [_HEIGHT], Qt.Orientation.Vertical)
        self.raise_()
        self.panel.take_keyboard()
