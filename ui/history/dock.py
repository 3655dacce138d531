"""The history's place in the window."""

from __future__ import annotations

from PySide6.QtWidgets import QMainWindow

from ui.dock_below import DockBelow
from ui.history.panel import HistoryPanel
from ui.session import Session
from ui.translate import tr

_HEIGHT = 300


class HistoryDock(DockBelow):
    """Holds the history."""

    def __init__(self, session: Session, window: QMainWindow) -> None:
        self.panel = HistoryPanel(session)
        super().__init__(window, self.panel, name="historyDock", title=tr("History"), height=_HEIGHT)
        self.panel.left.connect(self.left)
