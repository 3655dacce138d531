"""The dialog that makes articles copies of one text: which of them is the original, and how alike the others are to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QListWidgetItem, QVBoxLayout, QWidget
from shiboken6 import isValid

from annotator.queue_rows import QueueRow
from ui.locale_words import shown_day, shown_share
from ui.plain import PlainLabel, title_of
from ui.session import Session
from ui.translate import isolated, language, running, tr, trn

_LITTLE = 0.35  # from here on texts are told as near copies


class Grouping(QDialog):
    """Asks which of some articles the others are copies of; ready stands the one that was published first."""

    def __init__(self, rows: Sequence[QueueRow], session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._rows = sorted(rows, key=_first)
        self._list, self._told = QListWidget(), PlainLabel(wraps=True)
        self._lay_out()
        self._list.currentRowChanged.connect(lambda _: self._compare())
        self._list.setCurrentRow(0)

    def original(self) -> str:
        """Return the id of the article that the others are copies of."""
        return self._rows[self._list.currentRow()].id

    def copies(self) -> list[str]:
        """Return the ids of the others."""
        return [row.id for row in self._rows if row.id != self.original()]

    # -- inside ---------------------------------------------------------------------------------------------------

    def _compare(self) -> None:
        original, copies = self.original(), self.copies()
        self._session.run(lambda project: project.resemblances(original, copies), partial(self._show_alike, original))

    def _show_alike(self, original: str, alike: Mapping[str, float]) -> None:
        if not isValid(self) or original != self.original():
            return
        for line, row in enumerate(self._rows):
            said = tr("Original") if row.id == original else _alike(alike.get(row.id))
            self._list.item(line).setText(_words(row, said))
        unlike = sum(one < _LITTLE for one in alike.values())
        told = trn(
            "{count} of them has little in common with the original.",
            "{count} of them have little in common with the original.",
            unlike,
        )
        self._told.setText(running(told) if unlike else "")
        self._told.setVisible(unlike > 0)

    def _lay_out(self) -> None:
        self.setWindowTitle(tr("Copies of one text"))
        count = len(self._rows)
        heading = PlainLabel(
            trn("Group {count} article as a copy", "Group {count} articles as copies of one text", count)
        )
        heading.setObjectName("heading")
        self._list.setWordWrap(True)
        self._told.setObjectName("doubt")
        self._told.hide()
        for row in self._rows:
            item = QListWidgetItem(_words(row))
            item.setTextAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
            self._list.addItem(item)
        self._list.doubleClicked.connect(self.accept)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        ok = box.button(QDialogButtonBox.StandardButton.Ok)
        ok.setText(tr("Group"))
        box.button(QDialogButtonBox.StandardButton.Cancel).setText(tr("Cancel"))
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(8)
        column.addWidget(heading)
        column.addWidget(title_of(self._list, tr("Which is the original? The others are its copies.")))
        column.addWidget(self._list, 1)
        column.addWidget(self._told)
        column.addWidget(box)
        ok.setDefault(True)  # now that the dialog can hear of it
        self.setMinimumSize(520, 340)


def _first(row: QueueRow) -> tuple[bool, str, str]:
    """Return by what articles are put in order: those with a date of publication first, then as they came in."""
    return not row.date, row.date, row.imported_at


def _alike(share: float | None) -> str:
    return (
        tr("too short to compare")
        if share is None
        else tr("{share} alike").format(share=shown_share(share, language()))
    )


def _words(row: QueueRow, said: str = "") -> str:
    known = [row.outlet, shown_day(row.date, language())]
    parts = filter(None, (said, *map(isolated, filter(None, known))))
    return running(f"{isolated(row.title)}\n{' · '.join(parts)}")
