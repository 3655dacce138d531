"""Merging two entities: which other one, and which of the two stays."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QButtonGroup, QDialog, QDialogButtonBox, QRadioButton, QVBoxLayout, QWidget

from annotator.entities import Entity
from annotator.model import Attribute
from ui.plain import PlainLabel
from ui.register.entity_search import EntitySearch
from ui.register.wording import joined, kind_words, others, point_words
from ui.session import Session
from ui.translate import isolated, tr


class MergeDialog(QDialog):
    """Asks into which entity one is to be merged; both are shown before."""

    def __init__(self, session: Session, entity: Entity, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Merge"))
        self._attributes: Sequence[Attribute] = session.now.attributes
        self._entity = entity
        self._other: Entity | None = None
        question = PlainLabel(tr("With whom is {name} to be one?").format(name=isolated(entity.name)))
        self._search = EntitySearch(session, entity.kind, but=entity.id, query=entity.name)
        self._title = PlainLabel(
            tr("Which of the two stays? It keeps its own, and gets the names, ids and mentions of the other.")
        )
        self._this_stays, self._other_stays = QRadioButton(), QRadioButton()
        self._choice = QButtonGroup(self)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setText(tr("Merge"))
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(tr("Cancel"))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        for label in (question, self._title):
            label.setWordWrap(True)
        for radio in (self._other_stays, self._this_stays):
            self._choice.addButton(radio)
        self._other_stays.setChecked(True)
        for widget in (question, self._search, self._title, self._other_stays, self._this_stays, buttons):
            column.addWidget(widget, 1 if widget is self._search else 0)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._search.picked.connect(self._take)
        self._search.setFocus()
        self._take(None)
        self.resize(520, 480)

    def pair(self) -> tuple[Entity, Entity] | None:
        """Return the one that stays and the one that goes, or None while no other one is chosen."""
        if self._other is None:
            return None
        return (self._other, self._entity) if self._other_stays.isChecked() else (self._entity, self._other)

    def _take(self, other: Entity | None) -> None:
        self._other = other
        self._this_stays.setText(self._words(self._entity))
        self._other_stays.setText(self._words(other) if other else tr("Choose one above"))
        for radio in (self._this_stays, self._other_stays):
            radio.setEnabled(other is not None)
        self._ok.setEnabled(other is not None)

    def _words(self, entity: Entity) -> str:
        point = ""
        if entity.latitude is not None and entity.longitude is not None:
            point = point_words(entity.latitude, entity.longitude)
        return joined(
            isolated(entity.name), kind_words(entity, self._attributes), others(entity, entity.name), point
        )  # fmt: skip
