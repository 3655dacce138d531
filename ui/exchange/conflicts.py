"""What one person changed side by side on two machines: both values, and which of them is to stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from annotator import Project
from annotator.exchange.reports import Conflict
from ui.elided import ElidedLabel
from ui.exchange import words
from ui.exchange.sides import ids_in, side_words
from ui.lines import Lines
from ui.plain import PlainLabel
from ui.regions import has_keyboard
from ui.session import Session
from ui.translate import isolated, running, tr, trn

Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Placed:
    """A conflict, where in which article it is (None for what is no part of a text), and what it is about.

    `known` are the words of the things that its values name, by their ids.
    """

    conflict: Conflict
    place: Place | None
    title: str = ""
    known: Mapping[str, str] = field(default_factory=dict)


class ConflictsPanel(QWidget):
    """Goes through the conflicts one by one, below the page; the keys 1, 2 … choose a side, 0 leaves it for later.

    `place_wanted` comes with an article and a span when another conflict is shown; `counted` with how many are left; `left`
    when the keyboard is to go back to the page.
    """

    place_wanted = Signal(str, int, int)
    counted = Signal(int)
    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.conflicts: list[Placed] = []
        self._shown: str | None = None
        self._boxes: list[QWidget] = []
        self._keeps: list[QPushButton] = []
        self._is_fresh = False
        self.heading, self.about, self._sides = PlainLabel(), ElidedLabel(), QHBoxLayout()
        self.heading.setObjectName("heading")
        self.about.setProperty("quiet", "true")
        self.go, self.later = QPushButton(tr("Show the place")), QPushButton(tr("Later (0)"))
        self.go.clicked.connect(self._show_place)
        self.later.clicked.connect(self.skip)
        self._lay_out()
        session.things_changed.connect(self.read)
        session.project_changed.connect(self._begin_anew)

    def read(self) -> None:
        """Look what there is to be settled, while that can be seen."""
        if self._session.now.path and self.isVisible():
            self._session.run(_placed, self._show_all)

    def expect(self, count: int) -> None:
        """Look again if others counted otherwise: what was received may lose against what is shown, and change nothing else."""
        if count != len(self.conflicts):
            self.read()

    def settle(self, number: int) -> None:
        """Have a side of the shown conflict stand, counted from 0."""
        one = self.conflicts[0].conflict if self.conflicts else None
        if one and number < len(one.sides):
            operation = one.sides[number].operation
            self._session.when_idle(
                lambda: self._session.change(lambda project: project.settle_conflict(one.entity, operation))
            )

    def skip(self) -> None:
        """Leave the shown conflict for later, and show the next."""
        self._show_all([*self.conflicts[1:], *self.conflicts[:1]], keep=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.key() - int(Qt.Key.Key_0)
        if (
            event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            and 0 <= digit < 10
        ):
            self.settle(digit - 1) if digit else self.skip()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.read()

    def begin(self) -> None:
        """Give the keyboard to the first choice; as soon as there is one."""
        self._is_fresh = not self._keeps
        (self._keeps[0] if self._keeps else self).setFocus()

    # -- showing --------------------------------------------------------------------------------------------------

    def _begin_anew(self) -> None:
        self.conflicts, self._shown = [], None
        self._show_first()
        self.read()

    def _show_all(self, found: list[Placed], *, keep: bool = True) -> None:
        if not isValid(self):  # closed while it was read
            return
        if keep:  # those that were left for later stay last
            order = {one.conflict.entity: number for number, one in enumerate(self.conflicts)}
            found = sorted(found, key=lambda one: order.get(one.conflict.entity, len(order)))
        if [one.conflict for one in found] != [one.conflict for one in self.conflicts] or not found:
            self.conflicts = found
            self._show_first()
        self.counted.emit(len(found))

    def _show_first(self) -> None:
        one, had_keyboard = self.conflicts[0] if self.conflicts else None, has_keyboard(self)
        for box in self._boxes:
            box.hide()
            box.deleteLater()
        self._keeps = []
        sides = range(len(one.conflict.sides)) if one else range(0)
        self._boxes = [self._side(one, number) for number in sides] if one else []
        for box in self._boxes:
            self._sides.addWidget(box)
            box.show()  # what is not shown yet takes no keyboard
        count = trn("{count} conflict is left.", "{count} conflicts are left.", len(self.conflicts))
        self.heading.setText(running(count) if one else tr("Nothing is to be settled."))
        self.about.setText(self._about(one) if one else "")
        self.go.setEnabled(one is not None and one.place is not None)
        self.later.setEnabled(len(self.conflicts) > 1)
        entity = one.conflict.entity if one else None
        if entity != self._shown:
            self._shown = entity
            self._show_place()
        if self._keeps and (had_keyboard or self._is_fresh):
            self.begin()

    def _about(self, one: Placed) -> str:
        kind = words.kind_name(one.conflict.kind)
        return running(f"{kind} – {isolated(one.title)}" if one.title else kind)

    def _side(self, one: Placed, number: int) -> QWidget:
        side, labels = one.conflict.sides[number], self._session.now.label_set
        box, told = QWidget(), side_words(side, one.conflict, labels, one.known)
        details = Lines(told, direction=self.layoutDirection())
        details.setReadOnly(True)
        details.setTabChangesFocus(True)
        details.setAccessibleName(tr("Value {number}").format(number=number + 1))
        keep = QPushButton(tr("Keep this ({number})").format(number=number + 1))
        keep.setAccessibleDescription(told)
        keep.clicked.connect(lambda: self.settle(number))
        self._keeps.append(keep)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(details)
        column.addWidget(keep)
        return box

    def _show_place(self) -> None:
        place = self.conflicts[0].place if self.conflicts else None
        if place:
            self.place_wanted.emit(*place)

    def _lay_out(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Changed on two machines"))
        head = QHBoxLayout()
        head.addWidget(self.heading)
        head.addWidget(self.about, 1)
        for button in (self.go, self.later):
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 6, 14, 8)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(self._sides, 1)


def _placed(project: Project) -> list[Placed]:
    """Return this reviewer's conflicts with their places, and with the words of what they speak of."""
    return [_with_words(project, one, _place(project, one)) for one in project.conflicts()]


def _with_words(project: Project, one: Conflict, place: Place | None) -> Placed:
    about = place[0] if place else one.told
    known = {identity: thing.words for identity, thing in project.trace([about, *ids_in(one)]).items()}
    return Placed(one, place, known.get(about, ""), known)


def _place(project: Project, one: Conflict) -> Place | None:
    """Return where a conflict is in a text; of what was removed, where it was."""
    annotation = project.find_annotation(one.told)
    if annotation:
        return annotation.article, annotation.start, annotation.end
    value = next((side.value for side in one.sides if side.value and one.kind == "annotation"), None)
    return (str(value["article"]), int(value["start"]), int(value["end"])) if value else None
