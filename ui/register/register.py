"""The register of actors and places in a window of its own: all entities, the fields of one, and all that mentions it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QLineEdit,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from annotator import Annotation, Project
from annotator.entities import Entity
from annotator.errors import UnknownEntity
from annotator.model import Attribute
from ui.choice_box import ChoiceBox
from ui.fitting import resize_within_screen
from ui.plain import PlainLabel, heard_title
from ui.register.choices import language_of
from ui.register.entity_editor import EntityEditor
from ui.register.entity_search import PickDialog
from ui.register.entity_table import ENTITY, KIND, MENTIONS, NAME, SENSITIVE, EntityRow, EntityTable, rows_of
from ui.register.mention_list import MentionList
from ui.register.merge_dialog import MergeDialog
from ui.register.wording import mentions_words
from ui.session import Session
from ui.translate import isolated, tr, trn

_Index = QModelIndex | QPersistentModelIndex
_MANY = 500


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the worker finds out about the entity that is shown."""

    entity: Entity
    parent: str
    mentions: list[Annotation]


class RegisterWindow(QWidget):
    """Lists the entities of the session's project and lets one work on them. It follows the session by itself."""

    mention_chosen = Signal(str, str)
    point_wanted = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._stale, self._wanted = True, ""
        self._box, self._kind, self._count = QLineEdit(), ChoiceBox(), PlainLabel()
        self._model, self._table = EntityTable(), QTableView()
        self._editor, self._mentions = EntityEditor(), MentionList(session.run)
        self._mentions_title = PlainLabel()
        self._detail, self._empty = (
            QWidget(),
            PlainLabel(tr("Choose an actor or a place in the list, or add a new one.")),
        )
        self._new_actor, self._new_place = QPushButton(tr("New actor…")), QPushButton(tr("New place…"))
        self._merge, self._split = QPushButton(tr("Merge…")), QPushButton(tr("Split off…"))
        self._lay_out()
        self._connect()
        self._show_entity(None)

    def go_to(self, entity: str) -> None:
        """Show an entity as soon as the list has it; a filter that hides it is taken away."""
        self._wanted = entity
        if not self._stale:
            self._take_wanted()

    # -- what Qt tells --------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._load()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._editor.store()
        super().closeEvent(event)

    # -- following the project ------------------------------------------------------------------------------------

    def _load(self) -> None:
        """Read the whole register."""
        self._stale = False
        self._session.run(
            lambda project: (rows_of(project.entities(), project.mention_counts()), project.attributes()),
            lambda found: self._take_rows(*found),
        )

    def _take_rows(self, rows: list[EntityRow], attributes: list[Attribute]) -> None:
        with self._keeping_entity():
            self._model.show(rows, attributes)
        self._show_count()

    def _follow(self, touched: Mapping[str, frozenset[str]]) -> None:
        """Take over what a change touched, as little of it as may be."""
        if not touched.keys() & {"entity", "link", "annotation", "attribute", "article"}:
            return
        entities = touched.get("entity", frozenset())
        if not self.isVisible():
            self._stale = True
        elif len(entities) > _MANY or "attribute" in touched:
            self._load()
        else:
            self._session.run(
                lambda project: (_standing(project, entities), project.mention_counts()),
                lambda found: self._take_changes(entities, *found),
            )

    def _take_changes(self, touched: frozenset[str], entities: list[Entity], counts: Mapping[str, int]) -> None:
        with self._keeping_entity():
            self._model.change(touched, rows_of(entities, counts), counts)
        self._show_count()

    @contextmanager
    def _keeping_entity(self) -> Iterator[None]:
        """Have the entity that is shown be the current one again after rows were made anew, if it is still there."""
        shown = self._editor.entity
        yield
        if self._wanted:
            self._take_wanted()
        elif shown and self._model.row_of(shown.id) >= 0:
            self._make_current(self._model.row_of(shown.id))
        elif shown:
            self._show_entity(None)

    def _take_wanted(self) -> None:
        """Go to the entity that is wanted; it may be hidden by the filter, or not be there yet."""
        wanted = self._wanted
        if wanted and self._model.row_of(wanted) < 0 and (self._box.text() or self._kind.currentData()):
            with QSignalBlocker(self._box):
                self._box.clear()
            self._kind.setCurrentIndex(0)
            self._model.filter("", "")
        row = self._model.row_of(wanted) if wanted else -1
        if row >= 0:
            self._wanted = ""
            self._make_current(row)
            self._table.scrollTo(self._model.index(row, NAME))

    def _make_current(self, row: int) -> None:
        # Not `selectRow`: from right to left it asks for the column at the very edge, finds none and does nothing.
        self._table.setCurrentIndex(self._model.index(row, NAME))

    def _project_changed(self) -> None:
        self._show_entity(None)
        self._model.show([], ())
        self._stale = True
        if self.isVisible():
            self._load()

    # -- one entity -----------------------------------------------------------------------------------------------

    def _choose(self, index: _Index) -> None:
        entity = index.data(ENTITY) if index.isValid() else None
        self._editor.store()
        self._show_entity(entity)

    def _show_entity(self, entity: Entity | None) -> None:
        if entity is None:
            self._take_shown(None)
            return
        wanted = entity.id
        self._session.run(
            lambda project: _look_up(project, wanted), lambda found: self._take_shown(found) if found else None
        )

    def _take_shown(self, shown: _Shown | None) -> None:
        entity = shown.entity if shown else None
        self._editor.show_entity(entity, self._session.now.attributes, shown.parent if shown else "")
        self._detail.setVisible(entity is not None)
        self._empty.setVisible(entity is None)
        mentions = shown.mentions if shown else []
        self._mentions.show_mentions(mentions)
        self._mentions_title.setText(mentions_words(len(mentions)))
        self._merge.setEnabled(entity is not None)
        self._enable_split()

    def _enable_split(self) -> None:
        self._split.setEnabled(bool(self._own_selected()))

    def _own_selected(self) -> list[Annotation]:
        """Return the chosen mentions that are the reviewer's own: nobody moves another's."""
        return [one for one in self._mentions.selected() if one.reviewer == self._session.now.reviewer]

    # -- changing -------------------------------------------------------------------------------------------------

    def _change(self, job: Callable[[Project], Entity]) -> None:
        """Do something that gives an entity, and go to that one."""
        self._session.when_idle(lambda: self._session.change(job, then=lambda entity: self.go_to(entity.id)))

    def _store(self, entity: str, changes: Mapping[str, object]) -> None:
        self._session.when_idle(
            lambda: self._session.change(lambda project: project.revise_entity(entity, **changes))  # type: ignore[arg-type]
        )

    def _ask_new(self, kind: str) -> None:
        question = tr("What is the place called?") if kind == "place" else tr("What is the actor called?")
        self._ask_name(question, self._box.text(), lambda name: self._add(kind, name))

    def _add(self, kind: str, name: str) -> None:
        names = [(name, language_of(name))]
        self._change(lambda project: project.add_entity("place" if kind == "place" else "actor", names))

    def _ask_merge(self) -> None:
        entity = self._editor.entity
        if entity:
            dialog = MergeDialog(self._session, entity, self)
            dialog.accepted.connect(lambda: self._merge_pair(dialog.pair()))
            self._open(dialog)

    def _merge_pair(self, pair: tuple[Entity, Entity] | None) -> None:
        if pair:
            keep, gone = pair
            self._change(lambda project: project.merge_entities(keep.id, gone.id))

    def _ask_split(self) -> None:
        entity, chosen = self._editor.entity, self._own_selected()
        if entity and chosen:
            question = trn(
                "{count} mention becomes an entity of its own. What is it called?",
                "{count} mentions become an entity of their own. What is it called?",
                len(chosen),
            )
            self._ask_name(question, chosen[0].words, lambda name: self._split_off(entity, chosen, name))

    def _split_off(self, entity: Entity, chosen: list[Annotation], name: str) -> None:
        ids, names = [one.id for one in chosen], [(name, language_of(name))]
        self._change(lambda project: project.split_entity(entity.id, ids, names))

    def _ask_parent(self) -> None:
        entity = self._editor.entity
        if entity:
            question = tr("Of what is {name} a part?").format(name=isolated(entity.name))
            dialog = PickDialog(self._session, entity.kind, question, but=entity.id, parent=self)
            dialog.accepted.connect(lambda: self._editor.take_parent(dialog.entity) if dialog.entity else None)
            self._open(dialog)

    def _ask_name(self, question: str, offered: str, then: Callable[[str], None]) -> None:
        dialog = QInputDialog(self)
        dialog.setWindowTitle(tr("Register"))
        dialog.setLabelText(question)
        dialog.setTextValue(" ".join(offered.split()))
        dialog.setOkButtonText(tr("Add"))
        dialog.setCancelButtonText(tr("Cancel"))
        for field in dialog.findChildren(QLineEdit):
            field.setAccessibleName(question)
        dialog.textValueSelected.connect(lambda name: then(" ".join(name.split())) if name.strip() else None)
        self._open(dialog)

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    # -- laying out -----------------------------------------------------------------------------------------------

    def _show_count(self) -> None:
        shown, total = self._model.rowCount(), self._model.total
        words = trn("{count} entity", "{count} entities", total)
        self._count.setText(words if shown == total else tr("{shown} of {all}").format(shown=shown, all=words))

    def _filter(self) -> None:
        with self._keeping_entity():
            self._model.filter(self._box.text(), self._kind.currentData() or "")
        self._show_count()

    def _connect(self) -> None:
        session = self._session
        session.things_changed.connect(self._follow)
        session.project_changed.connect(self._project_changed)
        self._box.textChanged.connect(self._filter)
        self._box.returnPressed.connect(self._table.setFocus)
        self._kind.activated.connect(self._filter)
        self._table.selectionModel().currentRowChanged.connect(self._choose)
        self._editor.changed.connect(self._store)
        self._editor.parent_wanted.connect(self._ask_parent)
        self._editor.point_wanted.connect(self.point_wanted)
        self._mentions.chosen.connect(self.mention_chosen)
        self._mentions.selection_changed.connect(self._enable_split)
        self._new_actor.clicked.connect(lambda: self._ask_new("actor"))
        self._new_place.clicked.connect(lambda: self._ask_new("place"))
        self._merge.clicked.connect(self._ask_merge)
        self._split.clicked.connect(self._ask_split)
        for key, do in (
            (QKeySequence("Ctrl+Z"), session.undo), (QKeySequence("Ctrl+Shift+Z"), session.redo),
            (QKeySequence("Ctrl+Y"), session.redo), (QKeySequence("Ctrl+F"), self._box.setFocus),
        ):  # fmt: skip
            QShortcut(key, self).activated.connect(do)

    def _lay_out(self) -> None:
        self.setWindowTitle(tr("Register of actors and places"))
        self.setAccessibleName(self.windowTitle())
        self._set_up_list()
        self._mentions_title.setProperty("quiet", "true")
        self._split.setToolTip(tr("Your own mentions that are chosen in the list become an entity of their own."))
        start, end, beside = QVBoxLayout(), QVBoxLayout(self._detail), QVBoxLayout()
        end.setContentsMargins(0, 0, 0, 0)
        self._empty.setProperty("quiet", "true")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        start.addLayout(_row(self._box, heard_title(self._kind, tr("Which type")), self._kind))
        start.addWidget(self._table, 1)
        start.addLayout(_row(self._count, self._new_actor, self._new_place))
        end.addWidget(self._editor, 3)
        end.addLayout(_row(self._mentions_title, self._split, self._merge))
        end.addWidget(self._mentions, 2)
        beside.addWidget(self._detail)
        beside.addWidget(self._empty)
        parts = QSplitter()
        for column in (start, beside):
            part = QWidget()
            part.setLayout(column)
            parts.addWidget(part)
        parts.setSizes([460, 520])
        parts.setChildrenCollapsible(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(6, 6, 6, 6)
        whole.addWidget(parts)
        resize_within_screen(self, 980, 680)

    def _set_up_list(self) -> None:
        self._box.setPlaceholderText(tr("Search the register"))
        self._box.setAccessibleName(tr("Search the register"))
        self._box.setClearButtonEnabled(True)
        for key, name in (
            ("", tr("Actors and places")), ("actor", tr("Actors")), ("place", tr("Places")), (SENSITIVE, tr("Sensitive")),
        ):  # fmt: skip
            self._kind.addItem(name, key)
        self._count.setProperty("quiet", "true")
        table = self._table
        table.setModel(self._model)
        table.setObjectName("entities")
        table.setAccessibleName(tr("Entities"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(round(table.fontMetrics().lineSpacing() * 1.5))
        table.horizontalHeader().setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().resizeSection(KIND, 160)
        table.horizontalHeader().resizeSection(MENTIONS, 80)
        table.horizontalHeader().setSortIndicator(NAME, Qt.SortOrder.AscendingOrder)
        table.setSortingEnabled(True)


def _look_up(project: Project, entity: str) -> _Shown | None:
    """Return an entity with what is shown beside its fields; None when it is no longer there."""
    try:
        found = project.entity(entity)
        parent = project.entity(found.parent).name if found.parent else ""
        return _Shown(found, parent, project.mentions(entity))
    except UnknownEntity:
        return None


def _standing(project: Project, entities: frozenset[str]) -> list[Entity]:
    """Return those of some entities that are there and were not merged into others."""
    found = []
    for one in entities:
        try:
            found.append(project.entity(one))
        except UnknownEntity:
            continue
    return [one for one in found if not one.merged_into]


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for number, widget in enumerate(widgets):
        row.addWidget(widget, 1 if number == 0 else 0)
    return row
