"""Marking hits: which label, what exactly would be marked and how much of it is there already, then all of it as one step."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from itertools import islice

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator import Label, Project
from annotator.concordance import Place
from annotator.searching import Proposal
from ui.plain import PlainLabel
from ui.session import Session
from ui.swatch import SWATCH_SIZE, swatch
from ui.translate import isolated, language, tr, trn

_SHOWN = 300
_PORTION = 0.03  # seconds
_Counts = tuple[list[Proposal], int, int, bool]  # those to be shown, how many to mark, how many there already, the end


class MarkQuestion(QDialog):
    """Asks for a label and shows what marking so many hits with it would do. `agreed` gives the key of the label."""

    agreed = Signal(str)

    def __init__(self, session: Session, places: Sequence[Place], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._places = session, places
        self._label, self._number = "", 0
        self._to_mark = self._there = 0
        self._buttons = QButtonGroup(self)
        self._told, self._list = PlainLabel(wraps=True), QListWidget()
        self._box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._lay_out()
        self._tell(whole=True)

    def choose(self, key: str) -> None:
        """Choose a label, and see what would be marked with it."""
        self._label, self._number = key, self._number + 1
        self._to_mark = self._there = 0
        self._list.clear()
        number, places = self._number, self._places
        self._tell(whole=False)
        # Those of one article together, each of which is read once.
        self._session.run(
            lambda project: _begin(project, places, key), lambda proposals: self._go_on(number, proposals)
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose a label by its key."""
        typed = event.text()
        digit = str(int(typed)) if typed.isdecimal() else typed
        label = next((one for one in self._session.now.labels if one.shortcut and one.shortcut == digit), None)
        if label:
            self._button(label.key).setChecked(True)
            self.choose(label.key)
        else:
            super().keyPressEvent(event)

    # -- looking --------------------------------------------------------------------------------------------------

    def _go_on(self, number: int, proposals: Iterator[Proposal]) -> None:
        if number != self._number:
            return
        room = _SHOWN - self._list.count()
        self._session.run(lambda _: _some(proposals, room), lambda found: self._take(number, proposals, found))

    def _take(self, number: int, proposals: Iterator[Proposal], found: _Counts) -> None:
        if number != self._number:
            return
        shown, to_mark, there, ended = found
        self._list.addItems([_words(one) for one in shown])
        self._to_mark, self._there = self._to_mark + to_mark, self._there + there
        self._tell(whole=ended)
        if not ended:
            self._go_on(number, proposals)

    def _tell(self, *, whole: bool) -> None:
        ok = self._box.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(bool(self._label) and whole and self._to_mark > 0)
        if not self._label:
            self._told.setText(tr("Press the key of a label, or choose it."))
            return
        told = [
            trn("{count} hit will be marked.", "{count} hits will be marked.", self._to_mark),
            trn("{count} is marked by you already.", "{count} are marked by you already.", self._there),
        ]
        self._told.setText(" ".join(told[: 2 if self._there else 1]) if whole else tr("Looking at the hits…"))

    # -- laying out -----------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        count = len(self._places)
        self.setWindowTitle(tr("Mark hits"))
        title = PlainLabel(trn("Mark {count} hit", "Mark {count} hits", count))
        title.setObjectName("heading")
        self._list.setAccessibleName(tr("What would be marked"))
        self._list.setWordWrap(False)
        row, column = QHBoxLayout(), QVBoxLayout(self)
        for label in self._session.now.labels:
            row.addWidget(self._label_button(label))
        row.addStretch(1)
        ok = self._box.button(QDialogButtonBox.StandardButton.Ok)
        ok.setText(tr("Mark"))
        self._box.button(QDialogButtonBox.StandardButton.Cancel).setText(tr("Cancel"))
        self._box.accepted.connect(self.accept)
        self._box.rejected.connect(self.reject)
        self.accepted.connect(lambda: self.agreed.emit(self._label))
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(10)
        column.addWidget(title)
        column.addLayout(row)
        column.addWidget(self._told)
        column.addWidget(self._list, 1)
        column.addWidget(self._box)
        self.setMinimumSize(560, 400)

    def _label_button(self, label: Label) -> QPushButton:
        name = label.names.get(language(), label.key)
        button = QPushButton(swatch(label.colour, self.palette()), f"{label.shortcut}  {isolated(name)}".strip())
        button.setIconSize(SWATCH_SIZE)
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.setAccessibleName(name)
        button.setProperty("label", label.key)
        button.clicked.connect(lambda: self.choose(label.key))
        self._buttons.addButton(button)
        return button

    def _button(self, key: str) -> QPushButton:
        found = (one for one in self.findChildren(QPushButton) if one.property("label") == key)
        return next(found)


def _begin(project: Project, places: Sequence[Place], label: str) -> Iterator[Proposal]:
    ordered = sorted(places, key=lambda one: (one.article, one.start))
    return project.proposals(ordered, label)


def _some(proposals: Iterator[Proposal], room: int) -> _Counts:
    """Look at as many as fit into a moment."""
    found: list[Proposal] = []
    until = time.perf_counter() + _PORTION
    while portion := list(islice(proposals, 50)):
        found += portion
        if time.perf_counter() > until:
            break
    there = sum(one.is_there for one in found)
    return [one for one in found if not one.is_there][:room], len(found) - there, there, not portion


def _words(one: Proposal) -> str:
    """Return what would be marked in one line, with what stands beside it."""
    form = f" ({isolated(one.form)})" if one.form else ""
    return isolated(" ".join(f"{one.left}«{one.quote}»{form}{one.right}".split()))
