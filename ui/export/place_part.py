"""Where an export goes: a line with a sensible name, which one may write over, and a button that asks."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from ui.export.outlook import Place
from ui.plain import title_of
from ui.translate import tr

_IS_FOLDER = re.compile(r"(^|[/\\])\.{0,2}$")  # ends with a slash, or with one of the two names every folder has
_HAS_ENDING = re.compile(r"[^/\\]\.[A-Za-z]\w{0,9}$", re.ASCII)  # “report 16.1” has none


class PlacePart(QWidget):
    """The line; `changed` says that somebody wants another place."""

    changed = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder, self._name, self._ending = folder, "", ""
        self._packed = self._is_chosen = False
        self.line, self.choose = QLineEdit(), QPushButton(tr("Choose…"))
        self.line.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # a path is written so in every language
        self.choose.setAccessibleName(tr("Choose where to"))
        self.choose.setAutoDefault(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(title_of(self.line, tr("Write to")))
        row.addWidget(self.line, 1)
        row.addWidget(self.choose)
        self.line.textEdited.connect(self._write)
        self.choose.clicked.connect(lambda: self.ask())

    def place(self) -> Place:
        """Return where to; in a folder that was written without a name, the free name that is offered."""
        written = self.line.text().strip()
        folder, chosen = self._folder, None
        if self._is_chosen and _IS_FOLDER.search(written):
            folder /= written
        elif self._is_chosen:
            ending = "" if _HAS_ENDING.search(written) else self._ending
            chosen = folder / f"{written}{ending}"  # an absolute path stays as it is
        return Place(folder, self._name, self._ending, self._packed, chosen)

    def suggest(self, name: str, ending: str, *, packed: bool) -> None:
        """Offer a name for what is to be written; one that somebody wrote keeps, but its ending follows."""
        if self._is_chosen:
            written = self.line.text()
            if ending != self._ending and self._ending and written.endswith(self._ending):
                self.line.setText(written.removesuffix(self._ending) + ending)
        self._name, self._ending, self._packed = name, ending, packed

    def show_path(self, path: Path) -> None:
        """Show the free place that was found."""
        if not self._is_chosen:
            self.line.setText(str(path))
            self.line.setCursorPosition(len(self.line.text()))

    def ask(self) -> QFileDialog:
        """Ask where to; the dialog that is open is returned. Whether something may be replaced is asked later."""
        shown = Path(self.line.text())
        dialog = QFileDialog(self, tr("Export"), str(shown.parent if shown.parent.name else self._folder))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        # Of Qt's own dialog, where the system has none; its Arabic catalogue lacks these two.
        dialog.setLabelText(QFileDialog.DialogLabel.LookIn, tr("Folder:"))
        dialog.setLabelText(QFileDialog.DialogLabel.FileType, tr("Format:"))
        dialog.setNameFilter(f"*{self._ending}" if self._ending else "* *.zip")
        dialog.setDefaultSuffix(self._ending.removeprefix("."))
        dialog.selectFile(shown.name)
        dialog.fileSelected.connect(self.take)
        dialog.open()
        return dialog

    def take(self, chosen: str) -> None:
        """Write to this path."""
        self._is_chosen = True
        self.line.setText(str(Path(chosen)))
        self.changed.emit()

    def _write(self, written: str) -> None:
        """Take what somebody writes; who empties the line wants a name to be offered again."""
        self._is_chosen = bool(written.strip())
        self.changed.emit()
