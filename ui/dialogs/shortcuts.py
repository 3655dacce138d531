"""The page of keys, made from the table of actions."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from ui.fitting import resize_within_screen
from ui.translate import tr


class Shortcuts(QDialog):
    """Shows what every key does."""

    def __init__(self, rows: list[tuple[str, tuple[str, ...]]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keys"))
        table = QTreeWidget()
        table.setColumnCount(2)
        table.setHeaderHidden(True)
        table.setRootIsDecorated(False)
        table.setAccessibleName(tr("Keys"))
        table.addTopLevelItems([QTreeWidgetItem([text, _shown(keys)]) for text, keys in rows])
        table.resizeColumnToContents(0)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText(tr("Close"))
        buttons.accepted.connect(self.accept)
        column = QVBoxLayout(self)
        column.addWidget(table)
        column.addWidget(buttons)
        resize_within_screen(self, 560, 560)


def _shown(keys: tuple[str, ...]) -> str:
    native = [QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in keys]
    # A bracket alone has no direction of its own and would be mirrored: each key is a left-to-right isolate.
    return "   ".join(f"\u2066{key}\u2069" for key in native)
