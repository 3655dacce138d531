"""The links of one claim: both sides in full, the note, and whose link it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPalette, QTextOption
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.frames import ClaimRow, Relation
from annotator.model import LabelSet
from ui.board import words
from ui.board.delegate import contradiction
from ui.board.model import Index
from ui.page.palette import SELECTION
from ui.plain import PlainLabel
from ui.theme import is_dark
from ui.translate import isolated, tr

_RELATION = Qt.ItemDataRole.UserRole
_PADDING = 8


class Links(QWidget):
    """Shows how the current claim is linked to others; Enter goes to the other claim, Del takes one's own link away."""

    opened = Signal(str)  # the id of the other claim
    unlink_asked = Signal(object)  # a Relation
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title, self._empty, self._list = PlainLabel(tr("Links of this claim")), PlainLabel(), _List()
        self._unlink = QPushButton(tr("Unlink"))
        self._claim, self._reviewer = "", ""
        self._lay_out()
        self._list.itemActivated.connect(lambda _: self._open())
        self._list.currentItemChanged.connect(lambda *_: self._enable())
        self._list.unlink_asked.connect(self._ask)
        self._list.left.connect(self.left)
        self._unlink.clicked.connect(self._ask)
        self.show_links("", [], {}, LabelSet(0, (), ()), "")

    def show_links(
        self,
        claim: str,
        relations: Sequence[Relation],
        rows: Mapping[str, ClaimRow],
        labels: LabelSet,
        reviewer: str,
    ) -> None:
        """Show the links of a claim; `rows` are the claims on their sides."""
        kept = self.current() if claim == self._claim else None
        self._claim, self._reviewer = claim, reviewer
        self._list.clear()
        for relation in relations:
            if relation.a in rows and relation.b in rows:
                self._add(relation, rows, labels)
                if kept and relation.id == kept.id:
                    self._list.setCurrentRow(self._list.count() - 1)
        if self._list.currentRow() < 0 and self._list.count():
            self._list.setCurrentRow(0)
        self._list.setVisible(self._list.count() > 0)
        self._empty.setVisible(self._list.count() == 0)
        self._unlink.setVisible(self._list.count() > 0)
        self._empty.setText(
            tr("It has no links yet. Select it together with another claim, then press Ctrl+L.")
            if claim
            else tr("Go to a claim in the table to see its links.")
        )
        self._enable()

    def current(self) -> Relation | None:
        """Return the link that the keyboard is on."""
        item = self._list.currentItem()
        return item.data(_RELATION) if item else None

    def _add(self, relation: Relation, rows: Mapping[str, ClaimRow], labels: LabelSet) -> None:
        a, b = rows[relation.a], rows[relation.b]
        does = words.value_name(labels, "relation", relation.type)
        facts = [isolated(relation.reviewer), isolated(" ".join(relation.note.split()))]
        other = b if relation.a == self._claim else a
        facts.insert(0, tr("Article: {title}").format(title=words.short(other.title)))
        item = QListWidgetItem(
            f"{words.quoted(a)}\n{does}\n{words.quoted(b)}\n{' · '.join(one for one in facts if one.strip('⁨⁩'))}"
        )
        if relation.type == "contradicts":
            item.setIcon(contradiction(self.palette()))
        item.setData(_RELATION, relation)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, item.text().replace("\n", ". "))
        self._list.addItem(item)

    def _open(self) -> None:
        relation = self.current()
        if relation:
            self.opened.emit(relation.b if relation.a == self._claim else relation.a)

    def _ask(self) -> None:
        relation = self.current()
        if relation and relation.reviewer == self._reviewer:
            self.unlink_asked.emit(relation)

    def _enable(self) -> None:
        relation = self.current()
        own = relation is not None and relation.reviewer == self._reviewer
        self._unlink.setEnabled(own)
        self._unlink.setToolTip("" if own or not relation else tr("Only who made a link can take it away."))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for label in (self._title, self._empty):
            label.setProperty("quiet", "true")
            label.setWordWrap(True)
        self._title.setBuddy(self._list)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self._list.setAccessibleName(tr("Links of this claim"))
        self._list.setAccessibleDescription(tr("Enter goes to the other claim, Del takes your link away."))
        column.addWidget(self._title)
        column.addWidget(self._list, 1)
        column.addWidget(self._empty, 1)
        column.addWidget(self._unlink, 0, Qt.AlignmentFlag.AlignLeading)


class _List(QListWidget):
    """The list itself."""

    unlink_asked = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(_Delegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.unlink_asked.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem():
            self.itemActivated.emit(self.currentItem())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class _Delegate(QStyledItemDelegate):
    """Paints a link with all its words, in as many lines as they take."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = option.widget.viewport().width() if option.widget else 300  # type: ignore[attr-defined]
        room = QRect(0, 0, width - 2 * _PADDING - 22, 10_000)
        text = option.fontMetrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), index.data())
        return QSize(width, text.height() + 2 * _PADDING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(option.rect, QColor(SELECTION["dark" if is_dark(option.palette) else "light"]))
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        painter.setFont(option.font)
        room = option.rect.adjusted(_PADDING, _PADDING, -_PADDING - 22, -_PADDING)
        text = QTextOption(Qt.AlignmentFlag.AlignLeading)
        text.setTextDirection(option.direction)
        painter.drawText(QStyle.visualRect(option.direction, option.rect, room).toRectF(), index.data(), text)
        icon = index.data(Qt.ItemDataRole.DecorationRole)
        if icon:
            corner = option.rect.topRight() + QPoint(-22, _PADDING)
            place = QStyle.visualRect(option.direction, option.rect, QRect(corner, QSize(14, 14)))
            icon.paint(painter, place)
        painter.restore()
