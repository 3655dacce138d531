"""The concordance's place in the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow

from ui.concordance.panel import Concordance
from ui.dock_below import DockBelow
from ui.session import Session
from ui.settings import Settings
from ui.translate import tr

_HEIGHT = 330


class ConcordanceDock(DockBelow):
    """Holds the concordance."""

    def __init__(self, session: Session, settings: Settings, window: QMainWindow) -> None:
        self.concordance = Concordance(session, settings)
        super().__init__(window, self.concordance, name="concordance", title=tr("Concordance"), height=_HEIGHT)
        self.setAllowedAreas(Qt.DockWidgetArea.BottomDockWidgetArea | Qt.DockWidgetArea.TopDockWidgetArea)
        self.concordance.left.connect(self.left)

    def seek(self, text: str) -> None:
        """Show the concordance with a text to seek; what was sought before stays where none is given."""
        self.open()
        if text:
            self.concordance.begin(text)
