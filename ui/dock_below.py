"""A part below the page: a dock that is closed until it is asked for, gives its panel the keyboard, and can be taken out."""

from __future__ import annotations

from typing import Protocol, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from ui.regions import has_keyboard

_MOST = 0.4  # of the window's height: the page and the queue above have to stay of use


class PanelBelow(Protocol):
    """What a panel in such a dock can do."""

    def begin(self) -> None:
        """Take the keyboard."""


class DockBelow(QDockWidget):
    """Holds one panel; `name` is by which the window remembers it, `height` the one that it begins with, in pixels.

    `left` comes when the dock is closed and when its panel wants the keyboard to go back to the page.
    """

    left = Signal()

    def __init__(self, window: QMainWindow, panel: QWidget | None, *, name: str, title: str, height: int) -> None:
        super().__init__(title, window)
        self._window, self._height = window, height
        self._was_shown = False
        self.setObjectName(name)
        self.setAccessibleName(title)
        if panel:
            self.setWidget(panel)
        window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self)
        self.hide()

    def begin(self) -> None:
        """Give the panel the keyboard."""
        cast(PanelBelow, self.widget()).begin()

    def open(self) -> None:
        """Show the panel and give it the keyboard."""
        self.show()
        if not self._was_shown:
            self._was_shown = True
            height = min(self._height, round(self._window.height() * _MOST))
            self._window.resizeDocks([self], [height], Qt.Orientation.Vertical)
        self.raise_()
        self.begin()

    def toggle(self) -> None:
        """Show the panel and give it the keyboard, or close it when it has that already."""
        if self.isVisible() and has_keyboard(self):
            self.close()
        else:
            self.open()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.left.emit()
