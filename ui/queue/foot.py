"""Below the queue: how much is done, of what was given to the reader or of all, and what the list does not show."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout

from ui.plain import PlainLabel
from ui.queue.words import number
from ui.translate import tr


class Foot(QFrame):
    """Tells; `all_wanted` when the reader wants to see all articles again."""

    all_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("queueFoot")
        self._shown, self._done, self._hidden = PlainLabel(), PlainLabel(), PlainLabel(wraps=True)
        self._bar, self._show_all = QProgressBar(), QPushButton(tr("Show all"))
        self._lay_out()
        self._show_all.clicked.connect(self.all_wanted)

    def show_counts(self, counts: Mapping[str, int], shown: int, *, whole: bool) -> None:
        """Show how many articles are shown and done."""
        mine = counts.get("mine", 0)
        total, done = (mine, counts.get("mine_done", 0)) if mine else (counts.get("all", 0), counts.get("done", 0))
        words = tr("{done} of {all} given to me done") if mine else tr("{done} of {all} done")
        self._done.setText(words.format(done=number(done), all=number(total)))
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
        self._bar.setAccessibleDescription(self._done.text())
        all_of_them = counts.get("all", 0)
        self._shown.setVisible(shown != all_of_them or not whole)
        words = tr("Shown: {shown} of {all}").format(shown=number(shown), all=number(all_of_them))
        self._shown.setText(words if whole else tr("Reading…"))
        self.setVisible(total > 0 or not whole)

    def show_hidden(self, hidden: bool) -> None:
        """Say that the article on the page is not in the list."""
        self._hidden.setVisible(hidden)
        self._show_all.setVisible(hidden)

    def _lay_out(self) -> None:
        self._hidden.setText(tr("The article on the page is not in this list."))
        for label in (self._shown, self._done, self._hidden):
            label.setProperty("quiet", "true")
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self._bar.setAccessibleName(tr("Done"))
        self._show_all.setAutoDefault(False)
        above = QHBoxLayout()
        above.addWidget(self._hidden, 1)
        above.addWidget(self._show_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 6, 14, 8)
        column.setSpacing(5)
        column.addLayout(above)
        column.addWidget(self._shown)
        column.addWidget(self._bar)
        column.addWidget(self._done)
        self.show_hidden(False)
