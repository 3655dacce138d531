"""The labels dialog: the project's own labels and attributes, with what they mean and how they look.

What is edited is stored, as a step that can be undone, when one goes on to something else, closes, or presses Store.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from annotator import Project
from annotator.model import Attribute, Label, LabelSet
from ui.dialogs.attribute_form import AttributeForm
from ui.dialogs.keys import new_key
from ui.dialogs.label_form import LabelForm, same_key
from ui.fitting import resize_within_screen
from ui.plain import PlainLabel
from ui.session import Session
from ui.swatch import SWATCH_SIZE, swatch
from ui.translate import language, tr, trn

_WHAT = Qt.ItemDataRole.UserRole  # ("label", key), ("attribute", key); ("label", "") is a new one
_KINDS = frozenset({"label", "attribute", "annotation", "frame"})


class Labels(QDialog):
    """Edits the label set. `recheck_asked` when the reviewer wants to see what was marked by older definitions."""

    recheck_asked = Signal()

    def __init__(self, session: Session, shortcuts: Iterable[tuple[str, tuple[str, ...]]], parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._set = session, LabelSet(0, session.now.labels, ())
        self._list, self._pages = QListWidget(), QStackedWidget()
        self._label, self._attribute = LabelForm(_taken(shortcuts, session.now.labels)), AttributeForm()
        self._version, self._told = PlainLabel(), PlainLabel()
        self._add, self._store = QPushButton(tr("Add a label")), QPushButton(tr("Store"))
        self._recheck, self._close = QPushButton(), QPushButton(tr("Close"))
        self._shown: tuple[str, str] = ("", "")
        self._wanted: tuple[str, str] | None = None
        self._lay_out()
        self._connect()
        self._fill()
        self._read()

    def add_label(self) -> None:
        """Show fields for a new label."""
        if not self.store():
            return
        item = _item(tr("New label"), ("label", ""))
        self._list.insertItem(1 + len(self._set.labels), item)
        self._list.setCurrentItem(item)
        self._label.begin()

    def store(self) -> bool:
        """Store what was edited; when it cannot be, say why and return False."""
        form = self._form()
        wanted = form.wanted()
        is_new = self._shown == ("label", "")
        if not wanted or (is_new and not self._label.whole()["names"]):
            return True
        if problem := form.problem():
            self._tell(problem)
            return False
        self._change(wanted, is_new=is_new)
        return True

    # -- what Qt tells --------------------------------------------------------------------------------------------

    def reject(self) -> None:
        if self.store():
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.store():
            super().closeEvent(event)
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter in a field store, not press a button that happens to be there."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.store()
        else:
            super().keyPressEvent(event)

    # -- inside ---------------------------------------------------------------------------------------------------

    def _change(self, wanted: dict[str, Any], *, is_new: bool) -> None:
        kind, key = self._shown
        if is_new:
            given = self._label.whole()
            key = new_key(given["names"]["en"], "label", {label.key for label in self._set.labels})
            self._wanted = ("label", key)

        def job(project: Project) -> object:
            if is_new:
                return project.add_label(key, **given)
            revise = project.revise_label if kind == "label" else project.revise_attribute
            return revise(key, **wanted)

        self._shown = (kind, key)
        self._tell("")
        self._store.setEnabled(False)
        self._session.when_idle(lambda: self._session.change(job))

    def _form(self) -> LabelForm | AttributeForm:
        return self._label if self._shown[0] == "label" else self._attribute

    def _go(self, item: QListWidgetItem | None, before: QListWidgetItem | None) -> None:
        """Store what was edited and show something else; when it cannot be stored, stay there."""
        if item is None or item.data(_WHAT) in (None, self._shown):
            return
        if before and not self.store():
            self._list.blockSignals(True)
            self._list.setCurrentItem(before)
            self._list.blockSignals(False)
            return
        if self._shown == ("label", "") and before:
            self._list.takeItem(self._list.row(before))
        self._wanted = None
        self._show(item.data(_WHAT))

    def _show(self, what: tuple[str, str]) -> None:
        self._shown = what
        kind, key = what
        self._pages.setCurrentIndex(0 if kind == "label" else 1)
        if kind == "label":
            found = next((one for one in self._set.labels if one.key == key), None)
            self._label.show_label(found, self._set.labels)
        elif attribute := next((one for one in self._set.attributes if one.key == key), None):
            self._attribute.show_attribute(attribute)
        self._tell("")
        self._enable()

    def _enable(self) -> None:
        self._store.setEnabled(bool(self._form().wanted()))

    def _tell(self, sentence: str) -> None:
        self._told.setText(sentence)
        self._told.setVisible(bool(sentence))

    # -- reading --------------------------------------------------------------------------------------------------

    def _changed(self, things: Mapping[str, frozenset[str]]) -> None:
        if things.keys() & _KINDS:
            self._read()

    def _read(self) -> None:
        if self._session.now.path:
            self._session.run(_read, self._take)

    def _take(self, read: tuple[LabelSet, int]) -> None:
        if not isValid(self):  # closed while it was read
            return
        before, (self._set, count) = self._set, read
        self._version.setText(tr("Version {version} of the label set").format(version=self._set.version))
        self._recheck.setText(trn("Look again at {count} annotation…", "Look again at {count} annotations…", count))
        self._recheck.setVisible(count > 0)
        if before != self._set:
            self._fill()

    def _fill(self) -> None:
        """List all labels and attributes; what was shown stays shown."""
        self._list.blockSignals(True)
        self._list.clear()
        self._add_section(tr("Labels"), "label", self._set.labels)
        self._add_section(tr("Attributes"), "attribute", self._set.attributes)
        self._list.blockSignals(False)
        wanted = self._wanted or self._shown
        items = [self._list.item(row) for row in range(self._list.count())]
        item = next((one for one in items if one.data(_WHAT) == wanted), None)
        item = item or next((one for one in items if one.data(_WHAT)), None)
        if item:
            self._list.blockSignals(True)
            self._list.setCurrentItem(item)
            self._list.blockSignals(False)
            self._show(item.data(_WHAT))

    def _add_section(self, title: str, kind: str, things: Iterable[Label] | Iterable[Attribute]) -> None:
        head = _item(title, None)
        head.setFlags(Qt.ItemFlag.NoItemFlags)
        self._list.addItem(head)
        for thing in things:
            item = _item(thing.names.get(language(), thing.key), (kind, thing.key))
            if isinstance(thing, Label):
                item.setIcon(swatch(thing.colour, self.palette()))
            self._list.addItem(item)

    # -- laying out -----------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self._list.currentItemChanged.connect(self._go)
        self._add.clicked.connect(self.add_label)
        self._store.clicked.connect(self.store)
        self._close.clicked.connect(self.reject)
        self._recheck.clicked.connect(self._ask_recheck)
        self._session.things_changed.connect(self._changed)
        for form in (self._label, self._attribute):
            form.edited.connect(self._enable)

    def _ask_recheck(self) -> None:
        if self.store():
            self.accept()
            self.recheck_asked.emit()

    def _lay_out(self) -> None:
        self.setWindowTitle(tr("Labels"))
        self._list.setAccessibleName(tr("Labels and attributes"))
        self._list.setIconSize(SWATCH_SIZE)
        self._list.setMaximumWidth(220)
        self._told.setWordWrap(True)
        self._told.setAccessibleName(tr("Why it is not stored"))
        self._version.setProperty("quiet", "true")
        self._recheck.hide()
        for form in (self._label, self._attribute):
            scroll = QScrollArea()
            scroll.setWidget(form)
            scroll.setWidgetResizable(True)
            scroll.setFrameShape(QScrollArea.Shape.NoFrame)
            scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._pages.addWidget(scroll)
        body, side, buttons, column = QHBoxLayout(), QVBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        side.addWidget(self._list, 1)
        side.addWidget(self._add)
        body.addLayout(side)
        body.addWidget(self._pages, 1)
        buttons.addWidget(self._version)
        buttons.addStretch(1)
        for button in (self._recheck, self._store, self._close):
            buttons.addWidget(button)
        for button in (self._add, self._recheck, self._close):
            button.setAutoDefault(False)
        column.setContentsMargins(18, 16, 18, 14)
        column.addLayout(body, 1)
        column.addWidget(self._told)
        column.addLayout(buttons)
        resize_within_screen(self, 860, 680)


def _read(project: Project) -> tuple[LabelSet, int]:
    return project.label_set(), len(project.annotations_to_recheck())


def _item(text: str, what: tuple[str, str] | None) -> QListWidgetItem:
    item = QListWidgetItem(text)
    item.setData(_WHAT, what)
    return item


def _taken(shortcuts: Iterable[tuple[str, tuple[str, ...]]], labels: Iterable[Label]) -> dict[str, str]:
    """Return what single keys do, without those of the labels, which may change here."""
    own = {same_key(label.shortcut) for label in labels if label.shortcut}
    keys = {same_key(key): text for text, keys in shortcuts for key in keys if len(key) == 1}
    return {key: text for key, text in keys.items() if key not in own}
