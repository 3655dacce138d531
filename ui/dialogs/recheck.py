"""The re-check queue: annotations made before their label was defined anew, to be looked at one by one beside the page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from annotator import Annotation, Project
from ui.plain import PlainLabel, plain_tip
from ui.session import Session
from ui.translate import isolated, language, tr, trn

_Index = QModelIndex | QPersistentModelIndex


class RecheckModel(QAbstractTableModel):
    """The annotations of the queue as a Qt model."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._titles: dict[str, str] = {}
        self.annotations: list[Annotation] = []

    def show(self, annotations: list[Annotation], titles: dict[str, str]) -> None:
        """Show these annotations; `titles` are those of their articles."""
        self.beginResetModel()
        self.annotations, self._titles = annotations, titles
        self._labels = {one.key: one.names.get(language(), one.key) for one in self._session.now.labels}
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.annotations)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("Text"), tr("Label"), tr("Article"), tr("Reviewer"))[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        one = self.annotations[index.row()]
        cells = (one.quote, self._labels.get(one.label, one.label), self._titles.get(one.article, ""), one.reviewer)
        if role == Qt.ItemDataRole.DisplayRole:
            return isolated(" ".join(cells[index.column()][:200].split()))
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(cells[index.column()])
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            return ". ".join(cells)
        return None


class Recheck(QDialog):
    """Lists what is to be looked at again. Enter goes there, Space says it is still right, Del removes it."""

    annotation_chosen = Signal(str, str)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._model, self.table, self._count = RecheckModel(session), _Table(), PlainLabel()
        self._right, self._remove, self._go = (
            QPushButton(tr("Still right (Space)")), QPushButton(tr("Remove (Del)")), QPushButton(tr("Go there (Enter)")),
        )  # fmt: skip
        self.table.setModel(self._model)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._lay_out()
        self._right.clicked.connect(self.confirm)
        self._remove.clicked.connect(self.remove)
        self._go.clicked.connect(self.go)
        self.table.confirmed.connect(self.confirm)
        self.table.removed.connect(self.remove)
        self.table.opened.connect(self.go)
        self.table.selectionModel().currentChanged.connect(self._enable)
        session.things_changed.connect(self._read)
        session.project_changed.connect(self.close)
        self._read()

    def current(self) -> Annotation | None:
        """Return the annotation that the keyboard is on."""
        row = self.table.currentIndex().row()
        return self._model.annotations[row] if 0 <= row < len(self._model.annotations) else None

    def go(self) -> None:
        """Go to the annotation on the page."""
        one = self.current()
        if one:
            self.annotation_chosen.emit(one.article, one.id)

    def confirm(self) -> None:
        """Say that the annotation is right also by the definition of today."""
        self._do(lambda project, annotation: project.confirm(annotation))

    def remove(self) -> None:
        """Remove the annotation."""
        self._do(lambda project, annotation: project.remove(annotation))

    def _do(self, job: Callable[[Project, str], object]) -> None:
        one = self.current()
        if one and one.reviewer == self._session.now.reviewer:
            self._session.when_idle(lambda: self._session.change(lambda project: job(project, one.id)))

    def _read(self, *_: object) -> None:
        if self._session.now.path:
            self._session.run(_older, self._take)

    def _take(self, found: tuple[list[Annotation], dict[str, str]]) -> None:
        """Show the queue anew; the keyboard stays where it was, or on what came there."""
        if not isValid(self):  # closed while it was read
            return
        annotations, titles = found
        current, row = self.current(), self.table.currentIndex().row()
        self._model.show(annotations, titles)
        ids = [one.id for one in annotations]
        row = ids.index(current.id) if current and current.id in ids else min(max(row, 0), len(ids) - 1)
        if row >= 0:
            self.table.setCurrentIndex(self._model.index(row, 0))
        told = trn(
            "{count} annotation was made before its definition changed.",
            "{count} annotations were made before their definitions changed.",
            len(ids),
        )
        self._count.setText(told if ids else tr("Nothing is left to look at again."))
        self._enable()

    def _enable(self) -> None:
        one = self.current()
        own = one is not None and one.reviewer == self._session.now.reviewer
        self._go.setEnabled(one is not None)
        for button in (self._right, self._remove):
            button.setEnabled(own)
            button.setToolTip(
                ""
                if own or one is None
                else plain_tip(tr("This is for {name} to say.").format(name=isolated(one.reviewer)))
            )

    def _lay_out(self) -> None:
        self.setWindowTitle(tr("Annotations to look at again"))
        self.table.setAccessibleName(tr("Annotations to look at again"))
        self._count.setWordWrap(True)
        row, column = QHBoxLayout(), QVBoxLayout(self)
        for button in (self._go, self._right, self._remove):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        column.setContentsMargins(16, 14, 16, 12)
        column.addWidget(self._count)
        column.addWidget(self.table, 1)
        column.addLayout(row)
        self.resize(720, 380)


def _older(project: Project) -> tuple[list[Annotation], dict[str, str]]:
    """Return what is to be looked at again, and the titles of its articles."""
    annotations = project.annotations_to_recheck()
    return annotations, project.titles({one.article for one in annotations})


class _Table(QTableView):
    """The table itself, with its keys."""

    opened = Signal()
    confirmed = Signal()
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setDefaultSectionSize(150)
        self.horizontalHeader().setHighlightSections(False)
        self.doubleClicked.connect(lambda _: self.opened.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        does = {
            Qt.Key.Key_Return: self.opened,
            Qt.Key.Key_Enter: self.opened,
            Qt.Key.Key_Space: self.confirmed,
            Qt.Key.Key_Delete: self.removed,
            Qt.Key.Key_Backspace: self.removed,
        }
        signal = does.get(Qt.Key(event.key()))
        if signal:
            signal.emit()
        else:
            super().keyPressEvent(event)
