"""Choosing whose work is done from now on."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QDialog, QInputDialog, QLineEdit, QWidget

from ui.translate import tr


def ask_reviewer(reviewers: tuple[str, ...], current: str, parent: QWidget | None = None) -> str | None:
    """Ask for a reviewer of the project or a new name; return None when the user thinks better of it."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(tr("Switch reviewer"))
    dialog.setLabelText(tr("Who is reading now? Choose a name or write a new one."))
    dialog.setComboBoxEditable(True)
    dialog.setComboBoxItems(list(reviewers))
    dialog.setTextValue(current)
    for field in (*dialog.findChildren(QComboBox), *dialog.findChildren(QLineEdit)):
        field.setAccessibleName(dialog.labelText())
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    name = dialog.textValue().strip()
    dialog.deleteLater()
    return name or None if accepted else None
