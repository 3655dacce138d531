"""Reviewers and roles: who leads, whether one reads blind, drawing lots who reads what, and how far everybody is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import randrange
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from annotator import Project
from annotator.decisions import ROLES, Draw, Role, Settings, Workload
from ui.choice_box import ChoiceBox
from ui.fitting import resize_within_screen
from ui.locale_words import shown_share
from ui.page.speech import say_aloud
from ui.plain import PlainLabel, heard_title, title_of
from ui.review.words import names_of
from ui.session import Session
from ui.translate import isolated, language, running, tr

_KINDS = frozenset({"reviewer", "setting", "assignment", "reading", "annotation", "article"})
_USUAL_SHARE, _LARGEST_SEED = 20, 999_999
_NAME, _ROLE = 0, 1
_WHO = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class _Team:
    """What the dialog shows."""

    work: tuple[Workload, ...]
    settings: Settings
    is_lead: bool
    leads: tuple[str, ...]


class TeamDialog(QDialog):
    """Shows the team; only a lead changes it. `listed` gives the articles in the queue, None when these are all."""

    def __init__(self, session: Session, listed: Callable[[], list[str] | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._listed = session, listed
        self._table, self._why = QTableWidget(0, 7), PlainLabel(wraps=True)
        self._blind, self._blind_means = QCheckBox(tr("Blind mode")), PlainLabel(wraps=True)
        self._share, self._seed, self._others = QSpinBox(), QSpinBox(), QLineEdit()
        self._free, self._these = QRadioButton(), QRadioButton()
        self._draw, self._told, self._last = (
            QPushButton(tr("Draw lots")),
            PlainLabel(wraps=True),
            PlainLabel(wraps=True),
        )
        self._lay_out()
        self._connect()
        self._read()

    # -- doing ----------------------------------------------------------------------------------------------------

    def set_role(self, name: str, role: Role) -> None:
        """Have a reviewer be a lead, or a plain reviewer."""
        self._change(lambda project: project.set_role(name, role))

    def draw_lots(self) -> None:
        """Give the articles out by lot among those who are ticked."""
        names = [*self._ticked(), *_names(self._others.text())]
        if not names:
            self._tell(tr("Tick the reviewers who are to read, or write their names."))
            return
        share, seed = self._share.value() / 100, self._seed.value()
        articles = self._listed() if self._these.isChecked() else None
        everything = self._these.isChecked() and articles is None

        def job(project: Project) -> Draw:
            wanted = [one.id for one in project.summaries()] if everything else articles
            return project.assign_double(share, seed, names, articles=wanted)

        self._change(job, self._tell_drawn)

    # -- what is shown --------------------------------------------------------------------------------------------

    def _read(self) -> None:
        self._session.run(_team, lambda team: self._show(team) if isValid(self) else None)

    def _show(self, team: _Team) -> None:
        known, ticked = {item.data(_WHO) for item in self._items()}, set(self._ticked())
        self._table.setRowCount(len(team.work))
        for row, work in enumerate(team.work):
            self._show_row(
                row, work, team, ticked=work.reviewer in ticked if work.reviewer in known else work.role != "lead"
            )
        self._blind.blockSignals(True)
        self._blind.setChecked(team.settings.blind)
        self._blind.blockSignals(False)
        for part in (self._blind, self._share, self._seed, self._others, self._free, self._these, self._draw):
            part.setEnabled(team.is_lead)
        words = tr("Only a lead changes roles, blind mode and who reads what ({leads}).")
        self._why.setText(running(words.format(leads=names_of(team.leads))))
        self._why.setVisible(not team.is_lead)
        self._show_last(team.settings)

    def _show_row(self, row: int, work: Workload, team: _Team, *, ticked: bool) -> None:
        name = QTableWidgetItem(isolated(work.reviewer))
        name.setData(_WHO, work.reviewer)
        name.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
        name.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self._table.setItem(row, _NAME, name)
        box = ChoiceBox()
        for role in ROLES:
            box.addItem(role_name(role), role)
        box.setCurrentIndex(box.findData(work.role))
        box.setEnabled(team.is_lead)
        box.activated.connect(lambda _, box=box, name=work.reviewer: self.set_role(name, box.currentData()))
        cell = QWidget()
        both = QHBoxLayout(cell)
        both.setContentsMargins(2, 2, 2, 2)
        both.setSpacing(0)
        both.addWidget(heard_title(box, tr("Role of {name}").format(name=isolated(work.reviewer))))
        both.addWidget(box, 1)
        self._table.setCellWidget(row, _ROLE, cell)
        for column, count in enumerate((work.assigned, work.new, work.progress, work.done, work.double), start=2):
            item = QTableWidgetItem(f"{count:,}")
            item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            self._table.setItem(row, column, item)

    def _show_last(self, settings: Settings) -> None:
        last = settings.double
        self._last.setVisible(last is not None)
        if last:
            words = tr("Last drawn: {share} read by two, seed {seed}, among {names}.")
            share = shown_share(last.share, language())
            self._last.setText(running(words.format(share=share, seed=last.seed, names=names_of(last.reviewers))))

    # -- inside ---------------------------------------------------------------------------------------------------

    def _ticked(self) -> list[str]:
        return [item.data(_WHO) for item in self._items() if item.checkState() == Qt.CheckState.Checked]

    def _items(self) -> list[QTableWidgetItem]:
        return [item for row in range(self._table.rowCount()) if (item := self._table.item(row, _NAME))]

    def _tell_drawn(self, draw: Draw) -> None:
        if draw.articles:
            words = tr("{articles} articles given out, {double} of them to two.")
            self._tell(words.format(articles=draw.articles, double=draw.double))
        else:
            self._tell(tr("Every article was given to somebody already. Choose those of the queue to draw them anew."))

    def _tell(self, words: str) -> None:
        self._told.setText(running(words))
        self._told.setVisible(bool(words))
        say_aloud(self, words)

    def _change(self, job: Callable[[Project], Any], then: Callable[[Any], None] | None = None) -> None:
        session = self._session

        def answered(result: Any) -> None:
            if isValid(self):
                self._read()
                if then:
                    then(result)

        session.when_idle(lambda: session.change(job, then=answered))

    def _follow(self, touched: Mapping[str, frozenset[str]]) -> None:
        if touched.keys() & _KINDS:
            self._read()

    def _failed(self) -> None:
        """Show what holds: a role that could not be given is not shown as given."""
        self._read()

    def _connect(self) -> None:
        self._blind.toggled.connect(lambda on: self._change(lambda project: project.set_blind(on)))
        self._draw.clicked.connect(lambda: self.draw_lots())
        self._session.things_changed.connect(self._follow)
        self._session.failed.connect(self._failed)

    def _lay_out(self) -> None:
        self.setWindowTitle(tr("Reviewers and roles"))
        self._table.setHorizontalHeaderLabels([
            tr("Reviewer"), tr("Role"), tr("Given"), tr("To do"), tr("In progress"), tr("Done"), tr("Read by two")
        ])  # fmt: skip
        self._table.setAccessibleName(tr("Reviewers and how far they are"))
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setTabKeyNavigation(False)
        self._table.verticalHeader().hide()
        self._table.verticalHeader().setDefaultSectionSize(36)
        header = self._table.horizontalHeader()
        header.setMinimumSectionSize(48)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        self._table.setMinimumHeight(190)
        self._blind_means.setText(
            tr(
                "Whoever is no lead sees what others marked in an article only once they have called it done: nothing of it "
                "is shown, counted, searched or exported before."
            )
        )
        for quiet in (self._blind_means, self._last):
            quiet.setProperty("quiet", "true")
        self._told.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(9)
        for part in (self._why, self._table, self._blind, self._blind_means, _line(), *self._drawing()):
            column.addWidget(part)
        last, close = QHBoxLayout(), QPushButton(tr("Close"))
        close.clicked.connect(self.reject)
        close.setAutoDefault(False)
        last.addWidget(self._told, 1)
        last.addStretch(0)
        last.addWidget(close)
        column.addLayout(last)
        resize_within_screen(self, 720, 560)

    def _drawing(self) -> list[QWidget]:
        """Return the part about drawing lots."""
        heading = PlainLabel(tr("Who reads what, by lot among those ticked above"), wraps=True)
        self._share.setRange(0, 100)
        self._share.setValue(_USUAL_SHARE)
        self._share.setSuffix(" %")
        self._seed.setRange(0, _LARGEST_SEED)
        self._seed.setValue(randrange(_LARGEST_SEED))
        self._free.setText(tr("Articles that nobody was given yet"))
        self._these.setText(tr("The articles in the list of the queue, taken from others"))
        self._free.setChecked(True)
        self._others.setPlaceholderText(tr("Names, with commas between"))
        self._draw.setAutoDefault(False)
        row, numbers = QWidget(), QHBoxLayout()
        numbers.setContentsMargins(0, 0, 0, 0)
        numbers.setSpacing(8)
        for field, words in (
            (self._share, tr("Read by two")), (self._seed, tr("Seed")),
            (self._others, tr("Others, who need not have joined yet")),
        ):  # fmt: skip
            pair = QVBoxLayout()
            pair.addWidget(title_of(field, words))
            for inner in field.findChildren(QLineEdit):
                inner.setAccessibleName(words)
            pair.addWidget(field)
            numbers.addLayout(pair, 1 if field is self._others else 0)
        numbers.addWidget(self._draw, 0, Qt.AlignmentFlag.AlignBottom)
        row.setLayout(numbers)
        return [heading, self._free, self._these, row, self._last]


def role_name(role: Role) -> str:
    """Return the name of a role."""
    return tr("Lead") if role == "lead" else tr("Reviewer")


def _team(project: Project) -> _Team:
    leads = tuple(one.name for one in project.team() if one.role == "lead")
    return _Team(project.workload(), project.settings(), project.is_lead, leads)


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.replace("،", ",").split(",") if name.strip()]


def _line() -> QFrame:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.HLine)
    return line
