"""Asks what goes into a bundle, and tells beforehand how much that is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QFormLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from annotator import BundleReport, Project
from annotator.exchange.pace import Cancel, Progress
from annotator.exchange.reports import Sendable
from ui.choice_box import ChoiceBox
from ui.exchange import words
from ui.plain import PlainLabel, title_of
from ui.session import Session
from ui.translate import isolated, tr

ENDING = ".bundle"
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')


@dataclass(frozen=True, slots=True)
class SendWish:
    """What is to be sent: whose work (None: everybody's), only what is new, to whom, and whether with articles."""

    reviewers: tuple[str, ...] | None
    since_last: bool
    to: str
    with_articles: bool

    def measure(self, project: Project) -> Sendable:
        """Tell how much it is."""
        return project.sendable(reviewers=self.reviewers, since_last=self.since_last, to=self.to)

    def job(self, project: Project, path: str, progress: Progress, cancel: Cancel) -> BundleReport:
        """Write the bundle. Raises NothingToSend, SendingCancelled, CannotWrite or DiskFull."""
        return project.send(
            path, reviewers=self.reviewers, since_last=self.since_last, to=self.to, with_articles=self.with_articles,
            progress=progress, cancel=cancel,
        )  # fmt: skip

    def file_name(self, project: str, reviewer: str) -> str:
        """Return a name for the file: the project, whose work, and the day."""
        whose = self.reviewers[0] if self.reviewers else reviewer
        day = QDate.currentDate().toString(Qt.DateFormat.ISODate)
        return f"{plain_name(f'{project} {whose}')} {day}{ENDING}"


def plain_name(words: str) -> str:
    """Return words as the name of a file may hold them on every system."""
    return " ".join(_NOT_IN_NAMES.sub(" ", words).split())[:80].strip(" .")


class SendDialog(QDialog):
    """Asks; `wish` tells what was answered. `measured` comes whenever it is known anew how much that is."""

    measured = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._asked = session, 0
        self.setWindowTitle(tr("Send my work"))
        self.whose, self.since, self.to, self.much = ChoiceBox(), ChoiceBox(), ChoiceBox(), PlainLabel(wraps=True)
        self.articles = QCheckBox(tr("With the articles, for whoever does not have them yet"))
        self.articles.setChecked(True)
        self._fill()
        self._lay_out()
        for box in (self.whose, self.since):
            box.currentIndexChanged.connect(self.measure)
        self.to.currentTextChanged.connect(self.measure)
        self.articles.toggled.connect(self.measure)
        session.run(lambda project: project.exchanged_with(), self._offer)
        self.measure()

    def wish(self) -> SendWish:
        """Return what is to be sent."""
        to = self.to.currentText().strip()
        return SendWish(self.whose.currentData(), self.since.currentData(), to, self.articles.isChecked())

    def measure(self) -> None:
        """Ask how much it is; the answer to the last question counts."""
        self._asked += 1
        asked, wish = self._asked, self.wish()
        self._session.run(wish.measure, lambda found: self._show_much(asked, found))

    def _show_much(self, asked: int, found: Sendable) -> None:
        if isValid(self) and asked == self._asked:
            self.much.setText(words.much(found, with_articles=self.articles.isChecked()))
            self.go.setEnabled(found.operations > 0)
            self.measured.emit()

    def _offer(self, names: list[str]) -> None:
        """Offer the names of those with whom work was exchanged first, then the other reviewers'."""
        if isValid(self):
            now = self._session.now
            written = self.to.currentText()
            self.to.addItems(list(dict.fromkeys(one for one in (*names, *now.reviewers) if one != now.reviewer)))
            self.to.setCurrentIndex(-1)
            self.to.setEditText(written)

    def _fill(self) -> None:
        now = self._session.now
        self.whose.addItem(tr("Everybody's work that is here"), None)
        for name in sorted(now.reviewers, key=lambda one: one != now.reviewer):
            self.whose.addItem(tr("Only the work of {name}").format(name=isolated(name)), (name,))
        self.since.addItem(tr("Only what is new since the last time"), True)
        self.since.addItem(tr("Everything from the start"), False)
        self.to.setEditable(True)
        self.to.setInsertPolicy(ChoiceBox.InsertPolicy.NoInsert)
        line = self.to.lineEdit()
        if line:
            line.setPlaceholderText(tr("everybody; or a name"))
            line.setAccessibleName(tr("For whom"))

    def _lay_out(self) -> None:
        told = PlainLabel(
            tr("One file takes the work to another laptop. What the receiver has already does no harm."), wraps=True
        )
        told.setProperty("quiet", "true")
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for field, name in ((self.whose, tr("Whose")), (self.since, tr("How much")), (self.to, tr("For whom"))):
            form.addRow(title_of(field, name), field)
        form.addRow(self.articles)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.go = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.go.setText(tr("Send…"))
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(tr("Cancel"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(12)
        column.addWidget(told)
        column.addLayout(form)
        column.addWidget(self.much)
        column.addWidget(buttons)
        self.setMinimumWidth(480)
