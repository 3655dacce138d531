"""The map with its row of choices: whose places are shown, and buttons for those who zoom with neither wheel nor key."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from annotator.language import N_
from ui.choice_box import ChoiceBox
from ui.map.view import MapView
from ui.translate import tr

SCOPES = {
    "article": N_("Places of this article"),
    "filter": N_("Places of the articles in the queue"),
    "project": N_("Places of the project"),
}


class MapPanel(QWidget):
    """Holds a MapView; `scope_chosen` tells `article`, `filter` or `project` when a person chooses it."""

    scope_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.map = MapView()
        self._scope = ChoiceBox()
        self._set_up_scope()
        row, column = QHBoxLayout(), QVBoxLayout(self)
        row.setContentsMargins(8, 6, 8, 6)
        row.addWidget(self._scope, 1)
        for text, name, steps in (
            ("+", tr("Zoom in"), 0.5),
            ("−", tr("Zoom out"), -0.5),
            ("⤢", tr("Show all places"), 0.0),
        ):
            row.addWidget(self._button(text, name, steps))
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.map, 1)

    @property
    def scope(self) -> str:
        """Return which places are chosen to be shown."""
        return str(self._scope.currentData())

    def set_scope(self, scope: str) -> None:
        """Choose which places are shown, without telling."""
        self._scope.setCurrentIndex(self._scope.findData(scope))

    def _set_up_scope(self) -> None:
        for scope, text in SCOPES.items():
            self._scope.addItem(tr(text), scope)
        self._scope.setAccessibleName(tr("What the map shows"))
        self._scope.activated.connect(lambda: self.scope_chosen.emit(self.scope))

    def _button(self, text: str, name: str, steps: float) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setAutoRaise(True)
        button.clicked.connect(lambda: self.map.zoom_by(steps) if steps else self.map.fit())
        return button
