"""The place of the statistics in the window: made when they are first asked for."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMainWindow, QWidget

from ui.dock_below import DockBelow
from ui.session import Session
from ui.translate import tr

_HEIGHT = 380


class StatisticsDock(DockBelow):
    """Holds the statistics. The signals are those of the panel."""

    article_chosen = Signal(str)
    articles_wanted = Signal(object, str)
    told = Signal(str)

    def __init__(self, session: Session, window: QMainWindow) -> None:
        super().__init__(window, None, name="statistics", title=tr("Statistics"), height=_HEIGHT)
        self._session = session

    @property
    def panel(self) -> QWidget:
        """The statistics, made at the first time: the plotting library takes a quarter of a second to load."""
        found = self.widget()
        if found is None:
            from ui.statistics.panel import StatisticsPanel

            found = panel = StatisticsPanel(self._session)
            panel.article_chosen.connect(self.article_chosen)
            panel.articles_wanted.connect(self.articles_wanted)
            panel.told.connect(self.told)
            panel.left.connect(self.left)
            self.setWidget(panel)
        return found

    def open(self) -> None:
        """Show the statistics and give them the keyboard."""
        assert self.panel
        super().open()

    def end(self) -> None:
        """Stop counting, for good."""
        counting = getattr(self.widget(), "counting", None)
        if counting:
            counting.end()
