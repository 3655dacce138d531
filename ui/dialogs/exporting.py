"""Asks where an export goes and in which format; each format says what it is for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from annotator import formats
from annotator.formats import Writer
from ui.translate import tr, trn


class ExportDialog(QFileDialog):
    """A file dialog whose kinds of files are the formats; a name without an ending gets that of its format.

    Formats that need a package which is not installed are not offered.
    """

    chosen = Signal(str, object)

    def __init__(self, path: Path, parent: QWidget | None = None, *, chosen: int = 0) -> None:
        chosen_words = trn("Export {count} chosen article", "Export {count} chosen articles", chosen)
        super().__init__(parent, chosen_words if chosen else tr("Export"), str(path.parent))
        self._writers = {_kind(writer): writer for writer in formats.WRITERS if formats.is_available(writer)}
        self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        # Of Qt's own dialog, where the system has none; its Arabic catalogue lacks these two.
        self.setLabelText(QFileDialog.DialogLabel.LookIn, tr("Folder:"))
        self.setLabelText(QFileDialog.DialogLabel.FileType, tr("Format:"))
        self.setNameFilters(list(self._writers))
        self.filterSelected.connect(self._follow)
        self.fileSelected.connect(self._tell)
        self.selectFile(path.stem)
        self._follow(self.selectedNameFilter())

    def _follow(self, kind: str) -> None:
        self.setDefaultSuffix(self._writers[kind].ending.removeprefix("."))

    def _tell(self, path: str) -> None:
        self.chosen.emit(self._writers[self.selectedNameFilter()].name, Path(path))


def _kind(writer: Writer) -> str:
    """Return a format as a kind of files: `*` where it is a folder, which a name that ends in `.zip` makes a ZIP."""
    patterns = f"*{writer.ending}" if writer.ending else "* *.zip"
    return f"{tr(writer.purpose)} ({patterns})"
