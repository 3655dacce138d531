"""What an import, an export or a check did, in sentences that can be read and copied."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from annotator import CheckReport, ExportReport, ImportReport
from ui.plain import PlainLabel
from ui.translate import isolated, say, tr, trn


class Report(QDialog):
    """Shows a heading and, below it, one line for everything that deserves one."""

    def __init__(self, heading: str, lines: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Hashiya"))
        title, details = PlainLabel(heading), QPlainTextEdit("\n".join(lines))
        title.setWordWrap(True)
        title.setObjectName("heading")
        details.setReadOnly(True)
        option = details.document().defaultTextOption()
        option.setTextDirection(self.layoutDirection())  # also of a line that begins with the name of a file
        details.document().setDefaultTextOption(option)
        details.setAccessibleName(tr("Details"))
        details.setVisible(bool(lines))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText(tr("Close"))
        buttons.accepted.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.addWidget(title)
        column.addWidget(details, 1)
        column.addWidget(buttons)
        self.setMinimumSize(520, 320 if lines else 120)


def import_report(report: ImportReport, parent: QWidget | None = None) -> Report:
    """Return the dialog that tells what an import did."""
    heading = trn("{count} article imported.", "{count} articles imported.", len(report.imported))
    lines = [
        f"✓ {isolated(one.file.name)}: {one.encoding}" + ("" if one.confidence is None else f" ({one.confidence:.0%})")
        for one in report.imported
    ]
    lines += [f"    {say(note)}" for one in report.imported for note in one.notes]
    lines += [f"= {isolated(one.file.name)}: {say(one.reason)}" for one in report.skipped]
    lines = [f"× {isolated(one.file.name)}: {say(one.reason)}" for one in report.failed] + lines
    if report.cancelled:
        lines.insert(0, tr("The import was stopped; what came in before stays."))
    return Report(heading, lines, parent)


def export_report(report: ExportReport, parent: QWidget | None = None) -> Report:
    """Return the dialog that tells what an export wrote and what it could not hold."""
    heading = tr("{articles} articles with {annotations} annotations written to {path}.")
    lines = [say(loss.sentence) for loss in report.losses]
    return Report(
        heading.format(articles=report.written, annotations=report.annotations, path=isolated(str(report.path))),
        lines,
        parent,
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
