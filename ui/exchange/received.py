"""What was received, the last first, with the way to take the last back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QPushButton, QVBoxLayout, QWidget

from annotator import Merge
from ui.exchange import words
from ui.plain import PlainLabel
from ui.translate import tr


class ReceivedDialog(QDialog):
    """Lists merges. `take_back_wanted` comes with the last one that stands."""

    take_back_wanted = Signal(object)

    def __init__(self, merges: Sequence[Merge], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Received work"))
        self.last = next((one for one in merges if not one.taken_back), None)
        self.list, self.go = QListWidget(), QPushButton(tr("Take back the last…"))
        self.list.setAccessibleName(tr("Received work"))
        self.list.addItems([words.received(one) for one in merges])
        self.list.setWordWrap(True)
        self.list.setCurrentRow(0)
        self.go.setAutoDefault(False)
        self.go.setEnabled(self.last is not None)
        self.go.clicked.connect(lambda: self.take_back_wanted.emit(self.last))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(tr("Close"))
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        told = tr("Take back what you received by mistake: what you did since stays.") if merges else tr("Nothing yet.")
        quiet = PlainLabel(told, wraps=True)
        quiet.setProperty("quiet", "true")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(12)
        for widget in (quiet, self.list, buttons):
            column.addWidget(widget)
        self.resize(620, 320)
