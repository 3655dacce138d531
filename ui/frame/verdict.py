"""The verdict on a claim: the reader's own with its reason, and those of others. Nothing is chosen beforehand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from annotator.frames import Verdict
from ui.choice_box import ChoiceBox
from ui.frame.rows import Choice
from ui.plain import PlainLabel, title_of
from ui.translate import isolated, tr


class VerdictRow(QWidget):
    """Asks for verdict and reason; both are stored together, because a verdict without a reason is none."""

    judged = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._own: Verdict | None = None
        self._box, self._reason, self._give = ChoiceBox(), QLineEdit(), QPushButton(tr("Give this verdict"))
        self._others = PlainLabel()
        title = title_of(self._box, tr("Verdict"))
        self._reason.setAccessibleName(tr("Reason for the verdict"))
        self._reason.setPlaceholderText(tr("Why? A verdict needs its reason."))
        self._others.setWordWrap(True)
        self._others.setProperty("quiet", "true")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (title, self._box, self._reason, self._give, self._others):
            column.addWidget(part)
        self._box.currentIndexChanged.connect(self._enable)
        self._reason.textChanged.connect(self._enable)
        self._reason.returnPressed.connect(self._judge)
        self._give.clicked.connect(self._judge)

    def show_verdicts(self, own: Verdict | None, others: Sequence[Verdict], choices: Sequence[Choice]) -> None:
        """Show the verdicts; what the reader has begun to write stays while nothing of it has been stored."""
        names = {choice.key: choice.name for choice in choices}
        if [self._box.itemData(at) for at in range(self._box.count())] != [choice.key for choice in choices]:
            self._box.clear()
            for choice in choices:
                self._box.addItem(choice.name, choice.key)
        if own != self._own or not self._reason.hasFocus():
            self._own = own
            self._box.setCurrentIndex(max(self._box.findData(own.value if own else "not_examined"), 0))
            self._reason.setText(own.reason if own else "")
        lines = [
            f"{isolated(one.reviewer)}: {names.get(one.value, one.value)} — {isolated(one.reason)}" for one in others
        ]
        self._others.setText("\n".join(lines))
        self._others.setVisible(bool(lines))
        self._enable()

    def _enable(self) -> None:
        examined = self._box.currentData() not in (None, "not_examined")
        reason, own = self._reason.text().strip(), self._own
        differs = (self._box.currentData(), reason) != (own.value, own.reason) if own else examined
        self._reason.setEnabled(examined)
        self._give.setEnabled(differs and (bool(reason) or not examined))

    def _judge(self) -> None:
        if self._give.isEnabled():
            self.judged.emit(self._box.currentData(), self._reason.text().strip())
