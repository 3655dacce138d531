"""In which order the queue shows its articles."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from annotator.queue_rows import SORTS
from ui.choice_box import ChoiceBox
from ui.plain import heard_title
from ui.queue.words import sort_names
from ui.translate import tr

_FROM_THE_TOP = frozenset({"date", "claims"})  # orders in which the greatest is sought first


class Ordering(QWidget):
    """A choice and a direction; `chosen` tells when a person takes another."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._by, self._way = ChoiceBox(), QToolButton()
        for sort in SORTS:
            self._by.addItem(sort_names()[sort], sort)
        self._way.setCheckable(True)
        self._way.setAutoRaise(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(heard_title(self._by, tr("Order of the queue")))
        row.addWidget(self._by, 1)
        row.addWidget(self._way)
        self._by.activated.connect(self._choose)
        self._way.toggled.connect(self._show_way)
        self._way.clicked.connect(lambda: self.chosen.emit())
        self._show_way()

    @property
    def by(self) -> str:
        """One of `SORTS`."""
        return str(self._by.currentData())

    @property
    def descending(self) -> bool:
        """Whether what is greatest comes first."""
        return self._way.isChecked()

    def set(self, by: str, *, descending: bool) -> None:
        """Choose an order, without telling."""
        self._by.setCurrentIndex(self._by.findData(by))
        self._way.setChecked(descending)

    def _choose(self) -> None:
        self._way.setChecked(self.by in _FROM_THE_TOP)
        self.chosen.emit()

    def _show_way(self) -> None:
        name = tr("Last first") if self.descending else tr("First first")
        self._way.setText("↓" if self.descending else "↑")
        self._way.setAccessibleName(name)
        self._way.setToolTip(name)
