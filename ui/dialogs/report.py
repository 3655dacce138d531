"""What an import, an export or a check did, in sentences that can be read, copied and saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator import CheckReport, ImportReport, ProjectError
from annotator.import_report import save_report
from annotator.writers.target import whole_file
from ui.importing import outcome
from ui.lines import Lines
from ui.plain import PlainLabel
from ui.translate import running, say, tr, trn

_ISOLATES = str.maketrans(dict.fromkeys("\u2066\u2067\u2068\u2069\u200e\u200f"))  # only the screen needs them
_MOST_LINES = 2000  # on the screen; a copy and a file have all of them


class Report(QDialog):
    """Shows a heading and, below it, one line for everything that deserves one.

    It is saved as text, or with `save` in what else that can write: `kinds` are the filters of a file dialog. With a `body`
    that is shown in the place of the lines.
    """

    def __init__(
        self,
        heading: str,
        lines: list[str],
        parent: QWidget | None = None,
        *,
        save: Callable[[Path], None] | None = None,
        kinds: tuple[str, ...] = (),
        body: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Hashiya"))
        self._text = "\n".join([heading, "", *lines]).translate(_ISOLATES)
        self._save, self._kinds = save or self._save_text, (tr("Text (*.txt)"), *kinds)
        # Also a line that begins with the name of a file runs as the window does.
        title = PlainLabel(heading, wraps=True)
        title.setObjectName("heading")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.addWidget(title)
        column.addWidget(body or self._details(lines), 1)
        column.addWidget(self._buttons(can_save=bool(lines)))
        self.setMinimumSize(520, 320 if lines else 120)

    def copy(self) -> None:
        """Put the report on the clipboard as text."""
        QGuiApplication.clipboard().setText(self._text)

    def ask_where(self) -> QFileDialog:
        """Ask for the name of a file, then write the report; return the dialog, which is open."""
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, tr("Save the report"), documents, ";;".join(self._kinds))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("txt")
        dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(kind.rpartition("*.")[2].rstrip(")")))
        dialog.fileSelected.connect(lambda chosen: self.save(Path(chosen)))
        dialog.open()
        return dialog

    def save(self, path: Path) -> None:
        """Write the report to a file, in the form that the ending of its name says."""
        try:
            self._save(path)
        except ProjectError as error:
            QMessageBox.warning(self, tr("Hashiya"), running(say(error.sentence)))

    def _save_text(self, path: Path) -> None:
        with whole_file(path) as file:
            file.write(self._text.encode())

    def _details(self, lines: list[str]) -> QWidget:
        details = Lines("\n".join(_shown(lines)), direction=self.layoutDirection())
        details.setReadOnly(True)
        details.setTabChangesFocus(True)
        details.setAccessibleName(tr("Details"))
        details.setVisible(bool(lines))
        return details

    def _buttons(self, *, can_save: bool) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok)
        ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setText(tr("Close"))
        copy, save = QPushButton(tr("Copy")), QPushButton(tr("Save…"))
        for button in (copy, save) if can_save else ():
            button.setAutoDefault(False)
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self.copy)
        save.clicked.connect(self.ask_where)
        buttons.accepted.connect(self.accept)
        ok.setDefault(True)
        ok.setFocus()
        return buttons


def _shown(lines: list[str]) -> list[str]:
    left = len(lines) - _MOST_LINES
    return (
        [*lines[:_MOST_LINES], trn("… and {count} more line", "… and {count} more lines", left)] if left > 0 else lines
    )


def import_report(report: ImportReport, parent: QWidget | None = None) -> Report:
    """Return the dialog that tells what an import did."""
    return Report(
        outcome.heading(report),
        outcome.lines(report),
        parent,
        save=lambda path: save_report(report, path, tr),
        kinds=(tr("Table (*.csv)"), tr("For programs (*.json)")),
    )


def check_report(report: CheckReport, parent: QWidget | None = None) -> Report:
    """Return the dialog that tells what a check found."""
    heading = tr("{verified} of {annotations} quotes proved in {articles} articles; {operations} operations.")
    filled = heading.format(
        verified=report.verified,
        annotations=report.annotations,
        articles=report.articles,
        operations=report.operations,
    )
    return Report(filled, [say(problem) for problem in report.problems] or [tr("Nothing is wrong.")], parent)
