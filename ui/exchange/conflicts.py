"""What one person changed side by side on two machines: both values, and which of them is to stand."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.exchange.reports import Conflict
from ui.exchange import words
from ui.lines import Lines
from ui.plain import PlainLabel
from ui.session import Session
from ui.translate import language, running, tr, trn


class ConflictsDialog(QDialog):
    """Goes through the conflicts one by one; the keys 1, 2 … choose a side. `place_wanted` has an annotation's id."""

    place_wanted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.conflicts: list[Conflict] = []
        self._boxes: list[QWidget] = []
        self.setWindowTitle(tr("Changed on two machines"))
        self.heading, self._sides = PlainLabel(wraps=True), QHBoxLayout()
        self.heading.setObjectName("heading")
        self.go = QPushButton(tr("Show the place"))
        self.go.clicked.connect(self._show_place)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(12)
        column.addWidget(self.heading)
        column.addLayout(self._sides)
        column.addWidget(self.go)
        self.resize(680, 340)
        session.things_changed.connect(lambda *_: self.read())
        session.project_changed.connect(self.close)
        self.read()

    def read(self) -> None:
        """Look what there is to be settled."""
        self._session.run(lambda project: project.conflicts(), self._show_all)

    def settle(self, number: int) -> None:
        """Have a side of the shown conflict stand, counted from 0."""
        if self.conflicts and number < len(self.conflicts[0].sides):
            one = self.conflicts[0]
            operation = one.sides[number].operation
            self._session.when_idle(
                lambda: self._session.change(lambda project: project.settle_conflict(one.entity, operation))
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.key() - int(Qt.Key.Key_1)
        if event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier) and 0 <= digit < 9:
            self.settle(digit)
        else:
            super().keyPressEvent(event)

    def _show_all(self, found: list[Conflict]) -> None:
        self.conflicts = found
        for box in self._boxes:
            box.deleteLater()
        self._boxes = [self._side(found[0], number) for number in range(len(found[0].sides))] if found else []
        count = trn("{count} conflict is left.", "{count} conflicts are left.", len(found))
        self.heading.setText(running(count) if found else tr("Nothing is to be settled."))
        self.go.setEnabled(bool(found) and found[0].kind in ("annotation", "frame", "link"))
        for box in self._boxes:
            self._sides.addWidget(box)

    def _side(self, conflict: Conflict, number: int) -> QWidget:
        labels = {one.key: one.names.get(language(), one.key) for one in self._session.now.labels}
        box, told = QWidget(), words.side(conflict.sides[number], conflict, labels)
        details = Lines(told, direction=self.layoutDirection())
        details.setReadOnly(True)
        details.setTabChangesFocus(True)
        details.setAccessibleName(tr("Value {number}").format(number=number + 1))
        keep = QPushButton(tr("Keep this ({number})").format(number=number + 1))
        keep.clicked.connect(lambda: self.settle(number))
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(details)
        column.addWidget(keep)
        return box

    def _show_place(self) -> None:
        if self.conflicts:
            self.place_wanted.emit(self.conflicts[0].told)
