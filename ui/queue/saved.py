"""The menu of saved filters: use one, keep the one in the line, remove one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QInputDialog, QLineEdit, QMenu, QToolButton

from annotator.model import SavedFilter
from ui.plain import plain_tip
from ui.session import Session
from ui.translate import isolated, tr


class SavedFilters(QToolButton):
    """A button with the menu. `query` gives the filter that would be kept."""

    wanted = Signal(str)

    def __init__(self, session: Session, query: Callable[[], str]) -> None:
        super().__init__()
        self._session, self._query = session, query
        self._filters: list[SavedFilter] = []
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self.setObjectName("savedFilters")
        name = tr("Filters")
        self.setText(f"{name} ▾")
        self.setAccessibleName(tr("Saved filters"))
        self.setToolTip(tr("Saved filters"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setAutoRaise(True)
        self.setMenu(self._menu)
        self._menu.aboutToShow.connect(self._fill)
        session.project_changed.connect(self._read)
        session.things_changed.connect(self._follow)
        self._read()

    def save(self) -> None:
        """Ask for a name, and keep the filter."""
        query = self._query()
        if not query:
            return
        dialog = QInputDialog(self)
        dialog.setWindowTitle(tr("Save the filter"))
        dialog.setLabelText(tr("Under which name?"))
        for box in dialog.findChildren(QLineEdit):
            box.setAccessibleName(dialog.labelText())
        dialog.accepted.connect(lambda: self._save(dialog.textValue(), query))
        _open(dialog)

    def _save(self, name: str, query: str) -> None:
        self._session.when_idle(lambda: self._session.change(lambda project: project.save_filter(name, query)))

    def _remove(self, name: str) -> None:
        self._session.when_idle(lambda: self._session.change(lambda project: project.remove_filter(name)))

    def _fill(self) -> None:
        self._menu.clear()
        for one in self._filters:
            made = self._menu.addAction(isolated(one.name), partial(self.wanted.emit, one.query))
            made.setToolTip(plain_tip(one.query))
        if not self._filters:
            self._menu.addAction(tr("None yet")).setEnabled(False)
        self._menu.addSeparator()
        self._menu.addAction(tr("Save this filter…"), self.save).setEnabled(bool(self._query()))
        removing = self._menu.addMenu(tr("Remove"))
        removing.setEnabled(bool(self._filters))
        for one in self._filters:
            removing.addAction(isolated(one.name), partial(self._remove, one.name))

    def _read(self) -> None:
        if self._session.now.path:
            self._session.run(lambda project: project.filters(), self._take)

    def _follow(self, things: Mapping[str, frozenset[str]]) -> None:
        if "filter" in things:
            self._read()

    def _take(self, filters: list[SavedFilter]) -> None:
        self._filters = filters


def _open(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
