"""The list of formats: by what they are for, one to be chosen, or several for a package."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem

from annotator import formats
from annotator.formats import Writer
from ui.export.wish import GROUPS
from ui.translate import tr

_WRITER = Qt.ItemDataRole.UserRole


class FormatList(QTreeWidget):
    """Offers the formats that can be written here; `chosen_changed` says that others are chosen now."""

    chosen_changed = Signal()

    def __init__(self, writers: Sequence[Writer]) -> None:
        super().__init__()
        self._by_name = {writer.name: writer for writer in writers}
        self._items: dict[str, QTreeWidgetItem] = {}
        self._several = False
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(14)
        self.setExpandsOnDoubleClick(False)
        self.setAccessibleName(tr("Format"))
        for title, names in GROUPS:
            self._add_group(tr(title), [name for name in names if name in self._by_name])
        self.expandAll()
        self.currentItemChanged.connect(lambda *_: self.chosen_changed.emit())
        self.itemChanged.connect(lambda *_: self.chosen_changed.emit())

    def chosen(self) -> tuple[Writer, ...]:
        """Return the formats that are chosen: those that are ticked if several may be, else the current one."""
        if self._several:
            ticked = (name for name, item in self._items.items() if item.checkState(0) == Qt.CheckState.Checked)
            return tuple(self._by_name[name] for name in ticked)
        current = self.current()
        return (current,) if current else ()

    def current(self) -> Writer | None:
        """Return the format that the keyboard is on."""
        item = self.currentItem()
        return self._by_name.get(item.data(0, _WRITER)) if item else None

    def choose(self, name: str) -> None:
        """Put the keyboard on a format, if it is offered."""
        item = self._items.get(name) or next(iter(self._items.values()))
        self.setCurrentItem(item)

    def tick(self, name: str) -> None:
        """Tick a format beside the others, where several may be chosen."""
        self._items[name].setCheckState(0, Qt.CheckState.Checked)

    def let_choose(self, several: bool) -> None:
        """Have one format chosen, or several ticked; at first the current one alone is."""
        if several == self._several:
            return
        self._several = several
        current = self.currentItem()
        self.blockSignals(True)
        for item in self._items.values():
            ticked = Qt.CheckState.Checked if item is current else Qt.CheckState.Unchecked
            item.setData(0, Qt.ItemDataRole.CheckStateRole, ticked if several else None)
        self.blockSignals(False)
        self.chosen_changed.emit()

    def _add_group(self, title: str, names: Iterable[str]) -> None:
        group = QTreeWidgetItem([title])
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = group.font(0)
        font.setBold(True)
        group.setFont(0, font)
        for name in names:
            writer = self._by_name[name]
            item = QTreeWidgetItem([tr(writer.purpose)])
            item.setData(0, _WRITER, name)
            item.setToolTip(0, tr(writer.purpose))
            if not formats.is_available(writer):
                item.setDisabled(True)
                words = tr("needs the Python package {package}").format(package=writer.needs)
                item.setText(0, f"{tr(writer.purpose)} · {words}")
            else:
                self._items[name] = item
            group.addChild(item)
        if group.childCount():
            self.addTopLevelItem(group)
