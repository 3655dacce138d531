"""What became of one's own marks: the words for the inspector and the list, and the list itself, article by article."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem

from annotator.decisions import Fate
from annotator.model import LabelSet
from annotator.queue_rows import State
from ui.plain import plain_tip
from ui.queue.signs import draw_state
from ui.review.differing import Review
from ui.review.row_painting import paint_ground, row_size, write_kind, write_quote, write_state
from ui.review.words import label_name, reason_names
from ui.theme import quiet
from ui.translate import isolated, tr

Index = QModelIndex | QPersistentModelIndex
FATE, WORDS, LABEL = (Qt.ItemDataRole.UserRole + number for number in range(3))
_SIGNS: dict[str, State] = {"taken": "done", "changed": "progress", "not_taken": "todo", "open": "todo"}


def fate_words(fate: Fate) -> str:
    """Return what became of a mark, why, and who said so."""
    outcome = {
        "taken": tr("Taken as it is"), "changed": tr("Taken in another form"), "not_taken": tr("Not taken"),
        "open": tr("Not decided yet"),
    }[fate.outcome]  # fmt: skip
    by = tr("decided by {name}").format(name=isolated(fate.reviewer)) if fate.reviewer else ""
    since = tr("you changed it since") if fate.changed_since else ""
    note = isolated(fate.note) if fate.note else ""
    return " · ".join(filter(None, (outcome, reason_names().get(fate.reason, ""), note, by, since)))


class FatesList(QListWidget):
    """One's own marks of the compared article, each with what became of it; `chosen` tells which one is gone to."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("differences")
        self.setAccessibleName(tr("What became of my marks"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        self.setItemDelegate(FatesDelegate(self))
        self.currentItemChanged.connect(self._choose)

    def show_fates(self, review: Review, labels: LabelSet | None) -> None:
        """Show what became of the reader's marks of an article."""
        here = self.currentRow()
        self.blockSignals(True)
        self.clear()
        for fate in review.fates:
            mark = review.marks.get(fate.annotation)
            if mark:
                item = QListWidgetItem(" ".join(mark.quote.split()))
                words = fate_words(fate)
                item.setData(FATE, fate)
                item.setData(WORDS, words)
                item.setData(LABEL, label_name(mark.label, labels))
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.data(LABEL)}: {item.text()}. {words}")
                item.setToolTip(plain_tip(f"{item.text()}\n{words}"))
                self.addItem(item)
        self.setCurrentRow(min(here, self.count() - 1))
        self.blockSignals(False)

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item:
            self.chosen.emit(item.data(FATE).annotation)


class FatesDelegate(QStyledItemDelegate):
    """Paints a mark: its words, its label, and a sign with what became of it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return row_size(option)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        paint_ground(painter, option)
        write_quote(painter, option, index.data())
        write_kind(painter, option, index.data(LABEL))
        sign = write_state(painter, option, index.data(WORDS))
        outcome = index.data(FATE).outcome
        draw_state(painter, sign, _SIGNS[outcome], option.palette)
        if outcome == "not_taken":
            _strike(painter, sign, option)
        painter.restore()


def _strike(painter: QPainter, sign: QRectF, option: QStyleOptionViewItem) -> None:
    """Strike the ring of what was not taken out."""
    painter.setPen(QPen(quiet(option.palette), 1.6))
    inner = sign.adjusted(3, 3, -3, -3)
    painter.drawLine(inner.topLeft(), inner.bottomRight())
    painter.drawLine(inner.topRight(), inner.bottomLeft())
