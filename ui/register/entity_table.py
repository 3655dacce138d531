"""The list of all entities as a Qt model: fifty thousand rows are held once, and filtered and sorted by their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QPersistentModelIndex, Qt

from annotator.assist.gazetteer import search_key
from annotator.entities import Entity
from annotator.model import Attribute
from annotator.text.fold import fold
from ui.plain import plain_tip
from ui.register.wording import joined, kind_words, mentions_words, sensitive_words
from ui.translate import language, tr

_Index = QModelIndex | QPersistentModelIndex
SENSITIVE = "sensitive"
NAME, KIND, MENTIONS = range(3)
ENTITY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class EntityRow:
    """An entity with what is looked for and sorted by: its names folded, one a line, and how often it is mentioned."""

    entity: Entity
    order: str
    folded: str
    mentions: int


def rows_of(entities: Iterable[Entity], counts: Mapping[str, int]) -> list[EntityRow]:
    """Return the rows of entities, by name."""
    rows = (EntityRow(one, search_key(one.name), _folded(one), counts.get(one.id, 0)) for one in entities)
    return sorted(rows, key=_by_name)


class EntityTable(QAbstractTableModel):
    """Entities by name or by mentions, as far as they pass the filter."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[EntityRow] = []
        self._shown: list[EntityRow] = []
        self._attributes: Sequence[Attribute] = ()
        self._query, self._kind = "", ""
        self._sorted = (NAME, Qt.SortOrder.AscendingOrder)

    def show(self, rows: list[EntityRow], attributes: Sequence[Attribute]) -> None:
        """Show these rows, sorted by name as `rows_of` returns them."""
        self._rows, self._attributes = rows, attributes
        self._refresh()

    def change(self, gone: Iterable[str], come: Iterable[EntityRow], counts: Mapping[str, int]) -> None:
        """Take some entities out and others in, and take over how often all are mentioned."""
        come = [_counted(row, counts.get(row.entity.id, 0)) for row in come]
        out = {*gone, *(row.entity.id for row in come)}
        kept = [_counted(row, counts.get(row.entity.id, 0)) for row in self._rows if row.entity.id not in out]
        if come or len(kept) < len(self._rows):
            self._rows = sorted([*kept, *come], key=_by_name)
            self._refresh()
        elif any(one is not other for one, other in zip(kept, self._rows, strict=True)):
            self._rows = kept
            self._refresh()

    def filter(self, query: str, kind: str) -> None:
        """Show only what has the words of a query in its names, of one kind or of both, or what is sensitive."""
        if (fold(query).split(), kind) != (fold(self._query).split(), self._kind):
            self._query, self._kind = query, kind
            self._refresh()

    def row_of(self, entity: str) -> int:
        """Return the row that an entity is shown in, or -1."""
        return next((number for number, row in enumerate(self._shown) if row.entity.id == entity), -1)

    def entity_at(self, row: int) -> Entity | None:
        """Return the entity of a row, or None."""
        return self._shown[row].entity if 0 <= row < len(self._shown) else None

    @property
    def total(self) -> int:
        """How many entities there are, filtered or not."""
        return len(self._rows)

    # -- what Qt asks ---------------------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("Name"), tr("Type"), tr("Mentions"))[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == NAME:
            return plain_tip(row.entity.name)
        return row.entity if role == ENTITY else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by name, kind or mentions."""
        self._sorted = (column, order)
        self._refresh()

    # -- inside ---------------------------------------------------------------------------------------------------

    def _text(self, row: EntityRow, column: int) -> str:
        if column == NAME:
            return row.entity.name
        if column == KIND:
            return joined(sensitive_words(row.entity), kind_words(row.entity, self._attributes))
        return QLocale(language()).toString(row.mentions) if row.mentions else ""

    def _spoken(self, row: EntityRow, column: int) -> str:
        if column == NAME:
            kind = joined(sensitive_words(row.entity), kind_words(row.entity, self._attributes))
            return joined(row.entity.name, kind, mentions_words(row.mentions))
        return mentions_words(row.mentions) if column == MENTIONS else self._text(row, column)

    def _refresh(self) -> None:
        self.beginResetModel()
        self._shown = self._in_order(self._passing())
        self.endResetModel()

    def _passing(self) -> list[EntityRow]:
        words = fold(self._query).split()
        rows = self._rows
        if self._kind == SENSITIVE:
            rows = [row for row in rows if row.entity.sensitive]
        elif self._kind:
            rows = [row for row in rows if row.entity.kind == self._kind]
        for word in words:
            rows = [row for row in rows if word in row.folded]
        return rows

    def _in_order(self, rows: list[EntityRow]) -> list[EntityRow]:
        column, order = self._sorted
        backwards = order == Qt.SortOrder.DescendingOrder
        if column == MENTIONS:
            return sorted(rows, key=lambda row: row.mentions, reverse=backwards)
        if column == KIND:
            kinds = {(row.entity.kind, row.entity.subtype): row.entity for row in rows}
            words = {kind: kind_words(entity, self._attributes) for kind, entity in kinds.items()}
            return sorted(rows, key=lambda row: words[row.entity.kind, row.entity.subtype], reverse=backwards)
        return list(reversed(rows)) if backwards else list(rows)


def _by_name(row: EntityRow) -> tuple[str, str]:
    return row.order, row.entity.id


def _folded(entity: Entity) -> str:
    return "\n".join(fold(name.text) for name in entity.names)


def _counted(row: EntityRow, mentions: int) -> EntityRow:
    return row if row.mentions == mentions else replace(row, mentions=mentions)
