"""The fields of one entity. Each is stored when it is left; what cannot be stored says why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.entities import Entity, Name
from annotator.model import Attribute
from ui.choice_box import ChoiceBox
from ui.lines import Note
from ui.page.speech import say_aloud
from ui.plain import PlainLabel, plain_tip
from ui.register.field_rows import FieldRows, Wording
from ui.register.points import degrees_text, pasted_pair, point_of
from ui.register.two_lines import at_start
from ui.register.wording import kind_name, language_names, precision_names, subtypes
from ui.translate import isolated, tr

_SCHEMES = ("geonames", "wikidata", "pcode", "wof")


class EntityEditor(QWidget):
    """Shows an entity and says what is changed of it: `changed(id, {field: value})`."""

    changed = Signal(str, object)
    point_wanted = Signal(str)
    parent_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._entity: Entity | None = None
        self._parent_id = ""
        self._title = PlainLabel()
        self._names = FieldRows(Wording(tr("Name"), tr("Language"), tr("Add a name")), language_names())
        self._external = FieldRows(
            Wording(tr("Id elsewhere"), tr("Whose id"), tr("Add an id")), {one: one for one in _SCHEMES}, free=True
        )
        self._subtype, self._precision = ChoiceBox(), ChoiceBox()
        self._latitude, self._longitude = QLineEdit(), QLineEdit()
        self._parent, self._no_parent = QPushButton(), QPushButton(tr("No longer"))
        self._notes, self._problem = Note(), PlainLabel()
        self._sensitive = QCheckBox(tr("Sensitive: hidden in redacted exports"))
        self._place_on_map = QPushButton(tr("Place on the map…"))
        self._places_only: list[QWidget] = []
        self._lay_out()
        self._connect()

    @property
    def entity(self) -> Entity | None:
        """The entity that is shown."""
        return self._entity

    def show_entity(self, entity: Entity | None, attributes: Sequence[Attribute], parent: str) -> None:
        """Show an entity, or nothing; `parent` is the name of what it lies in or belongs to."""
        same = bool(entity and self._entity and entity.id == self._entity.id)
        news, self._entity = entity != self._entity, entity
        self.setEnabled(entity is not None)
        if entity is None:
            return
        self._title.setText(f"{kind_name(entity.kind)} · {isolated(entity.name)}")
        self._names.show_pairs([(name.text, name.language) for name in entity.names])
        self._external.show_pairs([(value, scheme) for scheme, value in entity.external.items()])
        self._show_choice(self._subtype, {"": tr("Not said"), **subtypes(entity.kind, attributes)}, entity.subtype)
        self._show_choice(self._precision, precision_names(), entity.precision)
        self._parent_id = entity.parent
        self._parent.setText(isolated(parent) if parent else tr("Choose…"))
        self._no_parent.setVisible(bool(parent))
        self._sensitive.setChecked(entity.sensitive)
        if news:  # else what is being typed, and what is said of it, stays
            self._problem.hide()
            self._show_texts(entity, same=same)
        for widget in self._places_only:
            widget.setVisible(entity.kind == "place")

    def take_parent(self, parent: Entity | None) -> None:
        """Have the entity lie in, or belong to, another one."""
        self._parent_id = parent.id if parent else ""
        self.store()

    def store(self) -> None:
        """Say what differs from the entity as it is stored."""
        if self._entity is None:
            return
        given, problem = self._given()
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        say_aloud(self, problem)
        changes = {name: value for name, value in given.items() if value != getattr(self._entity, name)}
        if changes:
            self.changed.emit(self._entity.id, changes)

    # -- inside ---------------------------------------------------------------------------------------------------

    def _given(self) -> tuple[dict[str, Any], str]:
        """Return what the fields say, without what cannot be stored, and the sentence for that."""
        names = tuple(Name(*pair) for pair in self._names.pairs())
        external = {scheme: value for value, scheme in self._external.pairs() if scheme}
        given: dict[str, Any] = {
            "subtype": self._subtype.currentData() or "",
            "notes": self._notes.toPlainText(),
            "external": external,
            "parent": self._parent_id,
            "sensitive": self._sensitive.isChecked(),
        }
        if names:
            given["names"] = names
        point = point_of(self._latitude.text(), self._longitude.text())
        if not point.problem:
            given |= {"latitude": point.latitude, "longitude": point.longitude}
            given["precision"] = "unknown" if point.latitude is None else self._precision.currentData()
        return given, point.problem or ("" if names else tr("It needs at least one name."))

    def _show_texts(self, entity: Entity, *, same: bool) -> None:
        """Show coordinates and notes; what is being typed into is left alone."""
        for field, degrees in ((self._latitude, entity.latitude), (self._longitude, entity.longitude)):
            if not (same and field.hasFocus()):
                field.setText(degrees_text(degrees))
        if not (same and self._notes.hasFocus()) and self._notes.toPlainText() != entity.notes:
            self._notes.setPlainText(entity.notes)

    def _show_choice(self, box: QComboBox, choices: Mapping[str, str], current: str) -> None:
        with QSignalBlocker(box):
            box.clear()
            for key, name in choices.items():
                box.addItem(name, key)
            if box.findData(current) < 0:
                box.addItem(current, current)
            box.setCurrentIndex(box.findData(current))

    def _take_pasted(self, text: str) -> None:
        """Part a pasted pair of coordinates into the two fields."""
        pair = pasted_pair(text)
        if pair:
            self._latitude.setText(pair[0])
            self._longitude.setText(pair[1])
            self._longitude.setFocus()

    def _connect(self) -> None:
        for rows in (self._names, self._external):
            rows.changed.connect(self.store)
        for box in (self._subtype, self._precision):
            box.activated.connect(self.store)
        for field in (self._latitude, self._longitude):
            field.editingFinished.connect(self.store)
        self._sensitive.clicked.connect(self.store)
        self._latitude.textEdited.connect(self._take_pasted)
        self._notes.put_down.connect(self.store)
        self._parent.clicked.connect(self.parent_wanted)
        self._no_parent.clicked.connect(lambda: self.take_parent(None))
        self._place_on_map.clicked.connect(lambda: self.point_wanted.emit(self._entity.id if self._entity else ""))

    def _lay_out(self) -> None:
        self._title.setObjectName("heading")
        self._title.setWordWrap(True)
        for label in (self._title, self._problem):
            label.setAlignment(at_start(self.layoutDirection()))
        self._sensitive.setToolTip(
            plain_tip(tr("Its names are blacked out in every text, and nobody learns who or where it is."))
        )
        self._notes.setMaximumHeight(80)
        self._notes.setTabChangesFocus(True)
        self._problem.setWordWrap(True)
        self._problem.setObjectName("problem")
        self._problem.hide()
        for field in (self._latitude, self._longitude):
            field.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            field.setMaximumWidth(150)
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setVerticalSpacing(8)
        for title, widget, is_of_places in (
            (tr("Names"), self._names, False), (tr("Type"), self._subtype, False),
            (tr("Latitude"), self._latitude, True), (tr("Longitude"), self._longitude, True),
            (tr("Precision"), self._precision, True), ("", self._place_on_map, True),
            (tr("Part of"), self._parent, False), ("", self._no_parent, False),
            (tr("Ids elsewhere"), self._external, False), (tr("Notes"), self._notes, False), ("", self._sensitive, False),
        ):  # fmt: skip
            self._add_row(grid, title, widget, is_of_places=is_of_places)
        column, inner, fields, scroll = QVBoxLayout(self), QVBoxLayout(), QWidget(), QScrollArea()
        inner.addLayout(grid)
        inner.addStretch(1)
        fields.setLayout(inner)
        scroll.setWidget(fields)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self._title)
        column.addWidget(self._problem)
        column.addWidget(scroll, 1)

    def _add_row(self, grid: QGridLayout, title: str, widget: QWidget, *, is_of_places: bool) -> None:
        label, row = PlainLabel(title), grid.rowCount()
        label.setProperty("quiet", "true")
        grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        if isinstance(widget, QPushButton | QLineEdit):
            grid.addWidget(widget, row, 1, Qt.AlignmentFlag.AlignLeading)
        else:
            grid.addWidget(widget, row, 1)
        if title:
            widget.setAccessibleName(title)
            label.setBuddy(widget)
        if widget is self._parent:
            widget.setAccessibleName(title)
        if is_of_places:
            self._places_only += [label, widget]
