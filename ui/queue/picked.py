"""Above the list of the queue: that only certain articles are wanted, whatever the filter says, and a way back to all."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from annotator.filter_keys import Passes
from annotator.filters import Filter, Term
from annotator.queue_rows import QueueRows
from ui.plain import PlainLabel
from ui.translate import running, tr


class Picked(QWidget):
    """Says which articles were picked, if any; `given_up` when the reader wants the others too."""

    given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._keys: frozenset[bytes] = frozenset()
        self._words, self._all = PlainLabel(wraps=True), QPushButton(tr("Show all"))
        self._all.setAutoDefault(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._words, 1)
        row.addWidget(self._all)
        self._all.clicked.connect(self.given_up)
        self.hide()

    @property
    def filter(self) -> Filter:
        """What is wanted: the picked articles, or without any all of them."""
        return Filter(((Term(False, (self._test,)),),)) if self._keys else Filter()

    def pick(self, keys: Collection[bytes], words: str) -> None:
        """Want only these articles; `words` say which they are. Without any, want all."""
        self._keys = frozenset(keys)
        self._words.setText(running(words))
        self.setVisible(bool(keys))

    def _test(self, rows: QueueRows) -> Passes:
        numbers = {rows.numbers[key] for key in self._keys if key in rows.numbers}
        return numbers.__contains__
