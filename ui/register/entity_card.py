"""What the selected annotation means, for the inspector: the entity, and the way to it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout
from shiboken6 import isValid

from annotator.entities import Entity
from annotator.model import ACTOR, PLACE
from ui.plain import PlainLabel
from ui.register.linked import answer_words
from ui.register.linking import can_link
from ui.register.two_lines import at_start
from ui.register.wording import (
    joined,
    kind_words,
    mentions_words,
    others,
    point_words,
    precision_names,
    sensitive_words,
)
from ui.session import Session
from ui.translate import isolated, tr


class EntityCard(QFrame):
    """Shows the entity of the session's selected annotation. It follows the session by itself."""

    link_wanted = Signal()
    unlink_wanted = Signal()
    entity_wanted = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._entity = ""
        self._title, self._name, self._details, self._point = (PlainLabel() for _ in range(4))
        self._link, self._unlink, self._open = QPushButton(), QPushButton(tr("Take the link off")), QPushButton()
        self._set_up()
        for signal in (
            session.selection_changed, session.annotations_changed, session.article_changed, session.project_changed,
        ):  # fmt: skip
            signal.connect(self.refresh)
        session.things_changed.connect(self._count)
        self.refresh()

    def refresh(self) -> None:
        """Show what the session's selected annotation means."""
        annotation, linked = self._session.selected_annotation(), self._session.now.linked
        shown = annotation is not None and (annotation.label in (ACTOR, PLACE) or annotation.id in linked.links)
        self.setVisible(shown)
        if not shown or annotation is None:
            self._entity = ""
            return
        link, entity = linked.links.get(annotation.id), linked.entity_of(annotation.id)
        self._link.setText(tr("Link to another…") if link else tr("Link…"))
        self._link.setVisible(can_link(self._session))
        self._unlink.setVisible(link is not None and self._session.owns_selected())
        self._entity = entity.id if entity else ""
        if entity:
            self._show(entity)
        else:
            self._show_words(answer_words(link.answer) if link else tr("Not linked yet"))
        self._count()

    # -- inside ---------------------------------------------------------------------------------------------------

    def _set_up(self) -> None:
        self.setObjectName("entityCard")
        self._title.setText(tr("In the register"))
        self._name.setObjectName("entityName")
        for label in (self._title, self._name, self._details, self._point):
            label.setWordWrap(True)
            label.setAlignment(at_start(self.layoutDirection()))
        for label in (self._title, self._details, self._point):
            label.setProperty("quiet", "true")
        self._point.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setAccessibleName(self._title.text())
        self._link.clicked.connect(self.link_wanted)
        self._unlink.clicked.connect(self.unlink_wanted)
        self._open.setToolTip(tr("Show in the register"))
        self._link.setToolTip(tr("Key: {key}").format(key="L, م"))
        self._open.clicked.connect(lambda: self.entity_wanted.emit(self._entity))
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self._title, self._name, self._details, self._point):
            column.addWidget(widget)
        for button in (self._open, self._unlink):
            row.addWidget(button)
        column.addLayout(row)
        column.addWidget(self._link)

    def _show(self, entity: Entity) -> None:
        self._name.setText(isolated(entity.name))
        self._details.setText(joined(
            kind_words(entity, self._session.now.attributes), sensitive_words(entity), others(entity, entity.name)
        ))  # fmt: skip
        self._details.show()
        point = ""
        if entity.latitude is not None and entity.longitude is not None:
            point = joined(point_words(entity.latitude, entity.longitude), precision_names()[entity.precision])
        self._point.setText(point)
        self._point.setVisible(bool(point))

    def _show_words(self, words: str) -> None:
        self._name.setText(words)
        for label in (self._details, self._point):
            label.hide()

    def _count(self) -> None:
        """Say how often the entity is mentioned; the button leads to it in the register."""
        self._open.setVisible(bool(self._entity))
        wanted = self._entity
        if wanted:
            self._session.run(
                lambda project: project.mention_counts().get(wanted, 0), lambda count: self._show_count(wanted, count)
            )

    def _show_count(self, entity: str, count: int) -> None:
        if entity == self._entity and isValid(self):  # its window may be gone by now
            self._open.setText(mentions_words(count))
            self._open.setAccessibleName(f"{mentions_words(count)}. {self._open.toolTip()}")
