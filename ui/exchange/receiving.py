"""Shows what bundles would bring before anything is written, and asks whether to receive them."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from annotator import Preview
from ui.exchange import words
from ui.lines import Lines
from ui.plain import PlainLabel
from ui.translate import tr


class ReceiveDialog(QDialog):
    """Tells what comes, bundle by bundle; accepted when it is to be received. Refused bundles are left, the others taken."""

    def __init__(self, found: Preview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Receive work"))
        self.heading = PlainLabel(words.outcome(found), wraps=True)
        self.heading.setObjectName("heading")
        self.details = Lines("\n".join(words.lines(found)), direction=self.layoutDirection())
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName(tr("Details"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.go = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.go.setText(tr("Receive the others") if found.refused and found.new else tr("Receive"))
        self.go.setEnabled(found.new > 0)
        cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setText(tr("Cancel") if found.new else tr("Close"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        quiet = PlainLabel(
            tr("Nothing was written yet. A copy of the project is made before it is received."), wraps=True
        )
        quiet.setProperty("quiet", "true")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(12)
        for widget in (self.heading, self.details, quiet, buttons):
            column.addWidget(widget)
        self.resize(640, 380)
        (self.go if found.new else cancel).setFocus()
