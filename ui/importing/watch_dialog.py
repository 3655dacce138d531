"""Which folders are watched for the open project."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.importing.watching import Watching
from ui.plain import PlainLabel, plain_tip
from ui.translate import isolated, tr

_FOLDER = Qt.ItemDataRole.UserRole


class WatchDialog(QDialog):
    """Lists the folders; one is added by a button and taken off by another, or by Delete."""

    def __init__(self, watching: Watching, parent: QWidget) -> None:
        super().__init__(parent)
        self._watching = watching
        self.list, self.add, self.remove = (
            QListWidget(),
            QPushButton(tr("Watch a folder…")),
            QPushButton(tr("Stop watching")),
        )
        self._close = QPushButton(tr("Close"))
        self._lay_out()
        self.add.clicked.connect(self.ask_folder)
        self.remove.clicked.connect(self.stop_watching)
        self._close.clicked.connect(self.accept)
        self.list.currentRowChanged.connect(lambda row: self.remove.setEnabled(row >= 0))
        watching.changed.connect(self._show)
        self._show()

    def ask_folder(self) -> None:
        """Ask for a folder, and watch it."""
        chosen = QFileDialog.getExistingDirectory(self, tr("Watch a folder…"))
        if chosen:
            self._watching.watch(Path(chosen))

    def stop_watching(self) -> None:
        """Watch the chosen folder no more."""
        item = self.list.currentItem()
        if item:
            self._watching.stop_watching(item.data(_FOLDER))

    def _show(self) -> None:
        row = self.list.currentRow()
        self.list.clear()
        for folder in self._watching.folders:
            gone = tr("{folder}: not there any more") if folder in self._watching.gone else "{folder}"
            item = QListWidgetItem(gone.format(folder=isolated(str(folder))))
            item.setData(_FOLDER, folder)
            item.setToolTip(plain_tip(str(folder)))
            self.list.addItem(item)
        self.list.setCurrentRow(min(max(row, 0), self.list.count() - 1))
        self.remove.setEnabled(self.list.count() > 0)

    def _lay_out(self) -> None:
        self.setWindowTitle(tr("Watched folders"))
        self.list.setAccessibleName(tr("Watched folders"))
        text = tr(
            "What is new in these folders comes into this project by itself while it is open. What is not certain waits until"
            " you have looked at it."
        )
        row, column = QHBoxLayout(), QVBoxLayout(self)
        for button in (self.add, self.remove):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._close)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(PlainLabel(text, wraps=True))
        column.addWidget(self.list, 1)
        column.addLayout(row)
        self.resize(560, 320)
