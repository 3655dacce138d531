"""The dialog that hands articles out: who has them all, who has some of them, and whom one may add."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from annotator.queue_rows import QueueRow
from ui.plain import PlainLabel, title_of
from ui.translate import isolated, tr, trn

_MOST_HEIGHT = 260


class Assigning(QDialog):
    """Asks to whom some articles are given. A box that is half ticked leaves everything as it is."""

    def __init__(self, rows: Sequence[QueueRow], reviewers: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        names = sorted({*reviewers, *(name for row in rows for name in row.assigned)})
        self._boxes = {name: QCheckBox(isolated(name)) for name in names}
        for name, box in self._boxes.items():
            have = sum(name in row.assigned for row in rows)
            box.setTristate(0 < have < len(rows))
            box.setCheckState(_state(have, len(rows)))
        self._another = QLineEdit()
        self._lay_out(len(rows))

    def given(self) -> set[str]:
        """Return to whom all of the articles are to be given."""
        ticked = {name for name, box in self._boxes.items() if box.checkState() == Qt.CheckState.Checked}
        return ticked | {name.strip() for name in self._another.text().replace("،", ",").split(",") if name.strip()}

    def taken(self) -> set[str]:
        """Return from whom all of the articles are to be taken."""
        return {name for name, box in self._boxes.items() if box.checkState() == Qt.CheckState.Unchecked}

    def _lay_out(self, count: int) -> None:
        self.setWindowTitle(tr("Assign"))
        names, column, whole = QWidget(), QVBoxLayout(), QVBoxLayout(self)
        for box in self._boxes.values():
            column.addWidget(box)
        column.addStretch(1)
        names.setLayout(column)
        area = QScrollArea()
        area.setWidget(names)
        area.setWidgetResizable(True)
        area.setAccessibleName(tr("Reviewers"))
        area.setMaximumHeight(_MOST_HEIGHT)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._another.setPlaceholderText(tr("Names, with commas between"))
        whole.addWidget(PlainLabel(trn("Who gets {count} article?", "Who gets these {count} articles?", count)))
        whole.addWidget(area)
        whole.addWidget(title_of(self._another, tr("Others, who need not have joined yet")))
        whole.addWidget(self._another)
        whole.addWidget(buttons)
        self.setMinimumWidth(320)


def _state(have: int, count: int) -> Qt.CheckState:
    if have == 0:
        return Qt.CheckState.Unchecked
    return Qt.CheckState.Checked if have == count else Qt.CheckState.PartiallyChecked
