"""Asks what goes into a bundle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from annotator import BundleReport, Project
from ui.choice_box import ChoiceBox
from ui.plain import PlainLabel, title_of
from ui.translate import isolated, tr

ENDING = ".bundle"


@dataclass(frozen=True, slots=True)
class SendWish:
    """What is to be sent: whose work (None: everybody's), only what is new, to whom, and whether with articles."""

    reviewers: tuple[str, ...] | None
    since_last: bool
    to: str
    with_articles: bool

    def job(self, project: Project, path: str) -> BundleReport:
        """Write the bundle. Raises NothingToSend, CannotWrite or DiskFull."""
        return project.send(
            path, reviewers=self.reviewers, since_last=self.since_last, to=self.to, with_articles=self.with_articles
        )


class SendDialog(QDialog):
    """Asks; `wish` tells what was answered."""

    def __init__(self, reviewers: Sequence[str], me: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Send my work"))
        self.whose, self.since, self.to = ChoiceBox(), ChoiceBox(), QLineEdit()
        self.articles = QCheckBox(tr("With the articles, for whoever does not have them yet"))
        self.articles.setChecked(True)
        self.whose.addItem(tr("Everybody's work that is here"), None)
        for name in sorted(reviewers, key=lambda one: one != me):
            self.whose.addItem(tr("Only the work of {name}").format(name=isolated(name)), (name,))
        self.since.addItem(tr("Only what is new since the last time"), True)
        self.since.addItem(tr("Everything from the start"), False)
        self.to.setPlaceholderText(tr("a name, if you exchange with several"))
        self._lay_out()

    def wish(self) -> SendWish:
        """Return what is to be sent."""
        return SendWish(
            self.whose.currentData(), self.since.currentData(), self.to.text().strip(), self.articles.isChecked()
        )

    def _lay_out(self) -> None:
        told = PlainLabel(
            tr("One file takes the work to another laptop. What the receiver has already does no harm."), wraps=True
        )
        told.setProperty("quiet", "true")
        form = QFormLayout()
        for field, name in ((self.whose, tr("Whose")), (self.since, tr("How much")), (self.to, tr("For whom"))):
            form.addRow(title_of(field, name), field)
        form.addRow(self.articles)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText(tr("Send…"))
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(tr("Cancel"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(12)
        column.addWidget(told)
        column.addLayout(form)
        column.addWidget(buttons)
        self.setMinimumWidth(460)
