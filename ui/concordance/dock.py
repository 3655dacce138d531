"""The concordance's place in the window: a dock below the page, which can be taken out of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow

from ui.concordance.panel import Concordance
from ui.session import Session
from ui.settings import Settings
from ui.translate import tr

_HEIGHT = 330


class ConcordanceDock(QDockWidget):
    """Holds the concordance; closed until it is asked for."""

    def __init__(self, session: Session, settings: Settings, window: QMainWindow) -> None:
        super().__init__(tr("Concordance"), window)
        self._window = window
        self._was_shown = False
        self.setObjectName("concordance")
        self.concordance = Concordance(session, settings)
        self.setWidget(self.concordance)
        self.setAllowedAreas(Qt.DockWidgetArea.BottomDockWidgetArea | Qt.DockWidgetArea.TopDockWidgetArea)
        window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self)
        self.hide()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.concordance.left.emit()

    def open(self, text: str = "") -> None:
        """Show the concordance and take the keyboard into its line, with a text to seek if one is given."""
        self.show()
        if not self._was_shown:
            self._was_shown = True
            self._window.resizeDocks([self], [_HEIGHT], Qt.Orientation.Vertical)
        self.raise_()
        self.concordance.begin(text)
