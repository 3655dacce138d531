"""The first start: one question, the reviewer's name."""

from __future__ import annotations

import getpass

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from ui.plain import PlainLabel
from ui.translate import tr


class Welcome(QDialog):
    """Asks whose work this is; the system's user name is offered."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Hashiya"))
        self._name = QLineEdit(_user_name())
        self._name.selectAll()
        self._name.setMaxLength(80)
        self._name.setAccessibleName(tr("Your name"))
        question = PlainLabel(tr("Welcome to Hashiya. What is your name? It stands beside everything you mark."))
        question.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setText(tr("Start"))
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(tr("Cancel"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._name.textChanged.connect(lambda text: self._ok.setEnabled(bool(text.strip())))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        column.addWidget(question)
        column.addWidget(self._name)
        column.addWidget(buttons)
        self.setMinimumWidth(420)

    def name(self) -> str:
        """Return the name given."""
        return self._name.text().strip()


def _user_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no such user in the system's list, as in some containers
        return ""
