"""The claim board's place in the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow

from ui.board.board import Board
from ui.dock_below import DockBelow
from ui.session import Session
from ui.translate import tr

_HEIGHT = 330


class BoardDock(DockBelow):
    """Holds the claim board."""

    def __init__(self, session: Session, window: QMainWindow) -> None:
        self.board = Board(session)
        super().__init__(window, self.board, name="board", title=tr("Claim board"), height=_HEIGHT)
        self.setAllowedAreas(Qt.DockWidgetArea.BottomDockWidgetArea | Qt.DockWidgetArea.TopDockWidgetArea)
        self.board.left.connect(self.left)
