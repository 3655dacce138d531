"""A search box over the register with what it finds: for choosing a parent, or the other one of a merge."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from annotator.entities import Entity
from ui.plain import PlainLabel
from ui.register.choices import Choice, entity_rows
from ui.register.searching import Asked, Found, find
from ui.register.two_lines import TwoLineModel, two_line_view
from ui.session import Session
from ui.translate import tr

_Index = QModelIndex | QPersistentModelIndex


class EntitySearch(QWidget):
    """Finds entities of one kind, all but one. `picked` comes with the current one, or None."""

    picked = Signal(object)
    accepted = Signal()

    def __init__(self, session: Session, kind: str, *, but: str = "", query: str = "") -> None:
        super().__init__()
        self._session, self._kind, self._but = session, kind, but
        self._rows: list[Choice] = []
        self._latest = 0
        self._box, self._model = _Box(query), TwoLineModel()
        self._list = two_line_view(self._model)
        self._box.setAccessibleName(tr("Search the register"))
        self._box.setPlaceholderText(tr("A name, or the beginning of one"))
        self._list.setAccessibleName(tr("Found in the register"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._box)
        column.addWidget(self._list, 1)
        self._box.textChanged.connect(self._seek)
        self._box.stepped.connect(self._step)
        self._list.selectionModel().currentChanged.connect(self._pick)
        self._list.doubleClicked.connect(lambda _: self.accepted.emit())
        self.setFocusProxy(self._box)
        self._seek(query)

    def _seek(self, query: str) -> None:
        self._latest += 1
        number, asked = self._latest, Asked(query, self._kind)
        self._session.run(lambda project: find(project, asked), lambda found: self._show(found, number))

    def _show(self, found: Found, number: int) -> None:
        if number != self._latest or not isValid(self):  # its dialog may be closed by now
            return
        rows = entity_rows(found, self._session.now.attributes)
        self._rows = [row for row in rows if row.entity and row.entity.id != self._but]
        self._model.show([(row.title, row.details, "") for row in self._rows])
        self.picked.emit(None)

    def _step(self, by: int) -> None:
        row = self._list.currentIndex().row() + by if self._list.currentIndex().isValid() else 0
        if 0 <= row < len(self._rows):
            self._list.setCurrentIndex(self._model.index(row))

    def _pick(self, index: _Index) -> None:
        self.picked.emit(self._rows[index.row()].entity if index.isValid() else None)


class PickDialog(QDialog):
    """Asks for one entity of a kind."""

    def __init__(self, session: Session, kind: str, question: str, *, but: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(question)
        self.entity: Entity | None = None
        self._search = EntitySearch(session, kind, but=but)
        title = PlainLabel(question)
        title.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setText(tr("Choose"))
        self._ok.setEnabled(False)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(tr("Cancel"))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        for widget in (title, self._search, buttons):
            column.addWidget(widget)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._search.picked.connect(self._take)
        self._search.accepted.connect(self.accept)
        self._search.setFocus()
        self.resize(440, 380)

    def _take(self, entity: Entity | None) -> None:
        self.entity = entity
        self._ok.setEnabled(entity is not None)


class _Box(QLineEdit):
    """The search box; the arrows go through what was found."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)
