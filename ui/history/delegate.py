"""Paints an entry of the history: who did what, and below it when and where."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.log_entry import LogEntry
from ui.history.model import ENTRY, Index
from ui.history.words import details, sentence
from ui.rows import fill_chosen, row_font
from ui.theme import quiet

_INSIDE, _OUTSIDE, _GAP = 12, 5, 2
_SMALL = 0.87


class HistoryDelegate(QStyledItemDelegate):
    """Paints the rows; all are of one height."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        lines = QFontMetrics(row_font(option)).lineSpacing(), QFontMetrics(row_font(option, share=_SMALL)).lineSpacing()
        return QSize(200, sum(lines) + 2 * _OUTSIDE + _GAP + 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = index.data(ENTRY)
        if not isinstance(entry, LogEntry):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option)
        inner = option.rect.adjusted(_INSIDE, _OUTSIDE, -_INSIDE, -_OUTSIDE)
        text = option.palette.color(QPalette.ColorRole.Text)
        faded = quiet(option.palette)
        painter.setFont(row_font(option))
        height = painter.fontMetrics().lineSpacing()
        first = QRect(inner.left(), inner.top(), inner.width(), height)
        painter.setPen(faded if entry.taken_back else text)
        _line(painter, option, first, sentence(entry))
        painter.setFont(row_font(option, share=_SMALL))
        second = QRect(inner.left(), first.bottom() + _GAP, inner.width(), painter.fontMetrics().lineSpacing())
        painter.setPen(text if option.state & QStyle.StateFlag.State_Selected else faded)
        _line(painter, option, second, details(entry))
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        if option.state & QStyle.StateFlag.State_Selected:
            fill_chosen(painter, option.rect, inset=4)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(option.palette.color(QPalette.ColorRole.Text), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(option.rect.adjusted(4, 2, -4, -2), 6, 6)


def _line(painter: QPainter, option: QStyleOptionViewItem, box: QRect, text: str) -> None:
    """Paint one line in the direction of the window; what has no room is cut off at its end."""
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.setLayoutDirection(option.direction)
    painter.drawText(
        box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading | Qt.TextFlag.TextSingleLine, shown
    )
