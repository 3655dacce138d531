"""What the claim board asks before it links or judges."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.frames import ClaimRow
from annotator.model import AttributeValue, LabelSet
from ui.board import words
from ui.board.claims import NOT_EXAMINED
from ui.choice_box import ChoiceBox
from ui.guideline import guideline
from ui.lines import Lines
from ui.plain import PlainLabel, title_of
from ui.translate import language, tr


class LinkQuestion(QDialog):
    """Asks how one claim is linked to one or more others, and for a note."""

    def __init__(
        self, one: ClaimRow, others: Sequence[ClaimRow], labels: LabelSet, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._one, self._others = one, list(others)
        self._values = words.values(labels, "relation")
        self._type, self._note = ChoiceBox(), QLineEdit()
        self._first, self._then = PlainLabel(wraps=True), PlainLabel(wraps=True)
        self._turn = QPushButton(tr("Turn round"))
        self._fill()
        self._lay_out()
        self._type.currentIndexChanged.connect(self._show)
        self._turn.clicked.connect(self._turn_round)
        self._show()

    def links(self) -> list[tuple[str, str, str]]:
        """Return the links asked for: a claim, what it does to the other one, and that."""
        return [(self._one.claim, self._type.currentData(), other.claim) for other in self._others]

    def note(self) -> str:
        """Return the note."""
        return self._note.text().strip()

    def choose(self, key: str) -> None:
        """Choose what the one claim does to the others."""
        self._type.setCurrentIndex(self._type.findData(key))

    def _turn_round(self) -> None:
        self._one, self._others = self._others[0], [self._one]
        self._show()

    def _show(self) -> None:
        self._first.setText(words.quoted(self._one))
        self._then.setText("\n".join(map(words.quoted, self._others)))
        symmetric = any(one.symmetric for one in self._values if one.key == self._type.currentData())
        self._turn.setVisible(len(self._others) == 1 and not symmetric)

    def _fill(self) -> None:
        _fill(self._type, self._values)

    def _lay_out(self) -> None:
        self.setWindowTitle(tr("Link claims"))
        ok = _buttons(self, tr("Link"))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(10)
        column.addWidget(self._first)
        column.addWidget(title_of(self._type, tr("What it does")))
        column.addWidget(self._type)
        column.addWidget(self._then)
        column.addWidget(self._turn, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(title_of(self._note, tr("Note")))
        column.addWidget(self._note)
        column.addWidget(ok)
        self.setMinimumWidth(520)
        self._type.setFocus()


class VerdictQuestion(QDialog):
    """Asks what the reviewer holds of a claim, and why; nothing is chosen beforehand but what they said before."""

    def __init__(self, row: ClaimRow, labels: LabelSet, verdict: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._verdict, self._reason = ChoiceBox(), Lines()
        self._verdict.addItem(tr("Choose…"), "")
        _fill(self._verdict, words.values(labels, "verdict"))
        self._verdict.setCurrentIndex(max(self._verdict.findData(verdict), 0))
        self._lay_out(row)
        self._verdict.currentIndexChanged.connect(self._enable)
        self._reason.textChanged.connect(self._enable)
        self._enable()

    def verdict(self) -> str:
        """Return the verdict chosen; empty when none is."""
        return str(self._verdict.currentData())

    def reason(self) -> str:
        """Return the reason."""
        return self._reason.toPlainText().strip()

    def show_reason(self, reason: str) -> None:
        """Show the reason given before."""
        self._reason.setPlainText(reason)
        self._reason.selectAll()

    def _enable(self) -> None:
        needs_none = self.verdict() == NOT_EXAMINED
        self._reason.setEnabled(not needs_none)
        self._ok.setEnabled(bool(self.verdict()) and (needs_none or bool(self.reason())))

    def _lay_out(self, row: ClaimRow) -> None:
        self.setWindowTitle(tr("Verdict"))
        buttons = _buttons(self, tr("Give this verdict"))
        self._ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._reason.setTabChangesFocus(True)
        self._reason.setMaximumHeight(110)
        quote = PlainLabel(words.quoted(row), wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(10)
        for part in (
            quote, title_of(self._verdict, tr("Verdict")), self._verdict,
            title_of(self._reason, tr("Reason (needed)")), self._reason, buttons,
        ):  # fmt: skip
            column.addWidget(part)
        self.setMinimumWidth(520)
        (self._reason if self.verdict() else self._verdict).setFocus()


def _fill(combo: QComboBox, values: Sequence[AttributeValue]) -> None:
    for value in values:
        combo.addItem(value.names.get(language(), value.key), value.key)
        combo.setItemData(combo.count() - 1, guideline(value), Qt.ItemDataRole.ToolTipRole)


def _buttons(dialog: QDialog, text: str) -> QDialogButtonBox:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    buttons.button(QDialogButtonBox.StandardButton.Ok).setText(text)
    buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(tr("Cancel"))
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return buttons
