"""The list of formats: by what they are for, one to be chosen, or several for a package."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem

from annotator import formats
from annotator.formats import Writer
from ui.export.wish import GROUPS
from ui.translate import isolated, tr

_WRITER = Qt.ItemDataRole.UserRole


class FormatList(QTreeWidget):
    """Shows all formats and offers those that can be written here; `chosen_changed` says that others are chosen now."""

    chosen_changed = Signal()

    def __init__(self, writers: Sequence[Writer]) -> None:
        super().__init__()
        self._by_name = {writer.name: writer for writer in writers}
        self._items: dict[str, QTreeWidgetItem] = {}
        self._several = False
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(14)
        self.setExpandsOnDoubleClick(False)
        self.setAccessibleName(tr("Format"))
        for title, names in GROUPS:
            self._add_group(tr(title), [name for name in names if name in self._by_name])
        self.expandAll()
        self.currentItemChanged.connect(lambda *_: self.chosen_changed.emit())
        self.itemChanged.connect(lambda *_: self.chosen_changed.emit())

    def chosen(self) -> tuple[Writer, ...]:
        """Return the formats that are chosen and can be written: the ticked ones if several may be, else the current one."""
        if self._several:
            ticked = (name for name, item in self._items.items() if item.checkState(0) == Qt.CheckState.Checked)
            return tuple(self._by_name[name] for name in ticked)
        current = self.current()
        return (current,) if current and formats.is_available(current) else ()

    def current(self) -> Writer | None:
        """Return the format that the keyboard is on."""
        item = self.currentItem()
        return self._by_name.get(item.data(0, _WRITER)) if item else None

    def choose(self, name: str) -> None:
        """Put the keyboard on a format, if it can be written."""
        item = self._items.get(name) or next(iter(self._items.values()))
        self.setCurrentItem(item)

    def tick(self, name: str) -> None:
        """Tick a format beside the others, where several may be chosen and it can be written."""
        if name in self._items:
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

    def words_of_current(self) -> str:
        """Return what the current format keeps; of one that cannot be written, how to get it."""
        writer = self.current()
        if writer is None:
            return ""
        keeps = tr(writer.keeps)
        if formats.is_available(writer):
            return keeps
        need = tr("It needs the Python package {package}, which is not installed here: {command}")
        packages = (isolated(writer.needs), isolated(f"pip install {writer.needs}"))
        return f"{keeps}\n{need.format(package=packages[0], command=packages[1])}"

    def _add_group(self, title: str, names: Iterable[str]) -> None:
        group = QTreeWidgetItem([title])
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = group.font(0)
        font.setBold(True)
        group.setFont(0, font)
        for name in names:
            group.addChild(self._item(self._by_name[name]))
        if group.childCount():
            self.addTopLevelItem(group)

    def _item(self, writer: Writer) -> QTreeWidgetItem:
        item = QTreeWidgetItem([tr(writer.purpose)])
        item.setData(0, _WRITER, writer.name)
        item.setToolTip(0, tr(writer.purpose))
        if formats.is_available(writer):
            self._items[writer.name] = item
        else:
            item.setText(0, " · ".join((tr(writer.purpose), tr("not installed"))))
            item.setForeground(0, self.palette().placeholderText())
        return item
