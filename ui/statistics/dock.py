"""The place of the statistics in the window: a dock, made when it is first asked for."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from ui.session import Session
from ui.translate import tr

_HEIGHT, _WIDTH = 380, 620


class StatisticsDock(QDockWidget):
    """Holds the statistics; closed until they are asked for. The signals are those of the panel."""

    article_chosen = Signal(str)
    articles_wanted = Signal(object, str)
    told = Signal(str)
    left = Signal()

    def __init__(self, session: Session, window: QMainWindow) -> None:
        super().__init__(tr("Statistics"), window)
        self._session, self._window = session, window
        self.setObjectName("statistics")
        self.setAllowedAreas(Qt.DockWidgetArea.AllDockWidgetAreas)
        window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self)
        self.hide()

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

    def toggle(self) -> bool:
        """Show the statistics and give them the keyboard, or close them when they have it; return whether they are shown."""
        from ui.statistics.panel import StatisticsPanel

        first, panel = self.widget() is None, self.panel
        assert isinstance(panel, StatisticsPanel)
        if self.isVisible() and panel.has_keyboard():
            self.close()
            return False
        self.show()
        if first:
            self._window.resizeDocks([self], [_HEIGHT], Qt.Orientation.Vertical)
        self.raise_()
        panel.begin()
        return True

    def end(self) -> None:
        """Stop counting, for good."""
        counting = getattr(self.widget(), "counting", None)
        if counting:
            counting.end()
