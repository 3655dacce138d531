"""The claim board's place in the window: a dock below the page, which can be taken out of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow

from ui.board.board import Board
from ui.session import Session
from ui.translate import tr

_HEIGHT = 330


class BoardDock(QDockWidget):
    """Holds the claim board; closed until it is asked for."""

    def __init__(self, session: Session, window: QMainWindow) -> None:
        super().__init__(tr("Claim board"), window)
        self._window = window
        self._was_shown = False
        self.setObjectName("board")
        self.board = Board(session)
        self.setWidget(self.board)
        self.setAllowedAreas(Qt.DockWidgetArea.BottomDockWidgetArea | Qt.DockWidgetArea.TopDockWidgetArea)
        window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self)
        self.hide()

    def toggle(self) -> bool:
        """Show the board and give it the keyboard, or close it when it has that already; return whether it is shown."""
        if self.isVisible() and self.board.has_keyboard():
            self.close()
            return False
        self.show()
        if not self._was_shown:
            self._was_shown = True
            self._window.resizeDocks([self], [_HEIGHT], Qt.Orientation.Vertical)
        self.raise_()
        self.board.begin()
        return True
