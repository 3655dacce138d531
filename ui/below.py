"""The parts below the page: board, concordance, statistics, history and conflicts, one over the other with a tab each.

Side by side they would make the window wider than a screen.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow, QTabBar

from ui.board.dock import BoardDock
from ui.concordance.dock import ConcordanceDock
from ui.dock_below import DockBelow
from ui.exchange.conflicts_dock import ConflictsDock
from ui.history.dock import HistoryDock
from ui.session import Session
from ui.settings import Settings
from ui.statistics.dock import StatisticsDock
from ui.translate import tr


class PartsBelow(QObject):
    """Shows them and puts them away.

    `left` comes when the keyboard is to go back to the page, `changed` when one came or went.
    """

    left = Signal()
    changed = Signal()

    def __init__(self, session: Session, settings: Settings, history: HistoryDock, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.board, self.concordance = BoardDock(session, window), ConcordanceDock(session, settings, window)
        self.statistics, self.history = StatisticsDock(session, window), history
        self.conflicts = ConflictsDock(session, window)
        self._docks: tuple[DockBelow, ...] = (
            self.board, self.concordance, self.statistics, self.history, self.conflicts,
        )  # fmt: skip
        for dock in self._docks:
            dock.left.connect(self.left)
            dock.visibilityChanged.connect(self.changed)

    def toggle_board(self) -> None:
        """Show the claim board and go there; when one is there, close it and go back to the page."""
        self._toggle(self.board)

    def toggle_statistics(self) -> None:
        """Show the statistics and go there; when one is there, close them and go back to the page."""
        self._toggle(self.statistics)

    def toggle_history(self) -> None:
        """Show the history and go there; when one is there, close it and go back to the page."""
        self._toggle(self.history)

    def show_conflicts(self) -> None:
        """Show what this reviewer changed on two machines, to be settled."""
        self._lay_over(self.conflicts)
        self.conflicts.open()
        self._name_tabs()

    def search(self, words: str) -> None:
        """Search all articles for words; without any, one says what is sought."""
        self._lay_over(self.concordance)
        self.concordance.seek(words)
        self._name_tabs()

    def _toggle(self, dock: DockBelow) -> None:
        self._lay_over(dock)
        dock.toggle()
        self._name_tabs()

    def _lay_over(self, one: DockBelow) -> None:
        """Let a part that is about to be shown lie over those that are shown at the same edge."""
        area = self._window.dockWidgetArea(one)
        for other in self._docks:
            shown = other is not one and other.isVisible() and self._window.dockWidgetArea(other) == area
            if shown and not one.isVisible():
                self._window.tabifyDockWidget(other, one)

    def _name_tabs(self) -> None:
        for bar in self._window.findChildren(QTabBar):
            bar.setAccessibleName(tr("Parts below the page"))
