"""The place of conflicts in the window: below the page, so that the words they are about stay in sight."""

from __future__ import annotations

from PySide6.QtWidgets import QMainWindow

from ui.dock_below import DockBelow
from ui.exchange.conflicts import ConflictsPanel
from ui.session import Session
from ui.translate import tr

_HEIGHT = 210


class ConflictsDock(DockBelow):
    """Holds the conflicts."""

    def __init__(self, session: Session, window: QMainWindow) -> None:
        self.panel = ConflictsPanel(session)
        super().__init__(
            window, self.panel, name="conflictsDock", title=tr("Changed on two machines"), height=_HEIGHT
        )  # fmt: skip
        self.panel.left.connect(self.left)
