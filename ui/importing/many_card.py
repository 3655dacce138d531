"""Several articles of the preview at once: what becomes of them, their outlet, and how their files are read."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.importing import words
from ui.importing.encoding_box import EncodingBox
from ui.importing.plan import LATER, LEAVE, TAKE, Plan, Row
from ui.plain import PlainLabel, title_of
from ui.translate import tr, trn


class ManyCard(QWidget):
    """Says what is wanted for all selected rows."""

    decided = Signal(object)
    grouped = Signal()
    outlet_given = Signal(str)
    encoding_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._heading = PlainLabel()
        self.take, self.later, self.leave = (
            QPushButton(tr("Take them (Space)")),
            QPushButton(tr("Decide later")),
            QPushButton(tr("Leave them out (Del)")),
        )
        self.copies = QPushButton(tr("Take as copies of what they are most like"))
        self.outlet, self._give, self.encoding = QLineEdit(), QPushButton(tr("Give them this outlet")), EncodingBox()
        self._encoding_title = title_of(self.encoding, tr("Encoding"))
        self._lay_out()
        for button, decision in ((self.take, TAKE), (self.later, LATER), (self.leave, LEAVE)):
            button.clicked.connect(lambda _=False, decision=decision: self.decided.emit(decision))
        self.copies.clicked.connect(self.grouped)
        self._give.clicked.connect(lambda: self.outlet_given.emit(self.outlet.text().strip()))
        self.outlet.returnPressed.connect(self._give.click)
        self.encoding.chosen.connect(self.encoding_chosen)

    def show_rows(self, rows: list[Row], plan: Plan) -> None:
        """Show how many rows these are, and what can be done for them."""
        self._heading.setText(
            trn("{count} line is selected", "{count} lines are selected", len(rows), shown=words.number(len(rows)))
        )
        choosable = any(row.group in ("open", "certain") for row in rows)
        for button in (self.take, self.later, self.leave, self._give, self.outlet):
            button.setEnabled(choosable)
        self.copies.setVisible(any(row.group == "open" and row.found and row.found.near for row in rows))
        can = [row for row in rows if words.may_choose_encoding(row, plan)]
        self.encoding.setVisible(bool(can))
        self._encoding_title.setVisible(bool(can))
        chosen = {plan.options_of(row.file).encoding for row in can}
        self.encoding.show_choice(words.detected(None), chosen.pop() if len(chosen) == 1 else None)

    def first(self) -> QWidget:
        """Return where the keyboard goes first."""
        return self.take if self.take.isEnabled() else self.encoding

    def _lay_out(self) -> None:
        self._heading.setObjectName("heading")
        buttons, form, column = QHBoxLayout(), QGridLayout(), QVBoxLayout(self)
        for button in (self.take, self.later, self.leave):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        for button in (self._give, self.copies):
            button.setAutoDefault(False)
        form.addWidget(title_of(self.outlet, tr("Outlet")), 0, 0)
        form.addWidget(self.outlet, 0, 1)
        form.addWidget(self._give, 0, 2)
        form.addWidget(self._encoding_title, 1, 0)
        form.addWidget(self.encoding, 1, 1)
        form.setColumnStretch(1, 1)
        column.setContentsMargins(4, 2, 8, 2)
        column.setSpacing(12)
        column.addWidget(self._heading)
        column.addLayout(buttons)
        column.addWidget(self.copies, 0, Qt.AlignmentFlag.AlignLeading)
        column.addLayout(form)
        column.addStretch(1)
