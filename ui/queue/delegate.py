"""Paints a row of the queue: title, where and when, signs, a number for each label that is used, and the state."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette, QPen, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator import Label
from annotator.queue_rows import QueueRow
from annotator.text.canonical import direction_of
from ui.page.palette import shade
from ui.queue.model import ROW, Index
from ui.queue.signs import draw_initials, draw_state, initials, row_signs, state_colour
from ui.queue.words import details, state_name
from ui.rows import CHOSEN, row_font, title_font
from ui.session import Session
from ui.theme import is_dark, quiet

_OUTSIDE, _INSIDE, _GAP = 6, 10, 5
_SMALL = 0.85  # of the lower lines, against the title


class QueueDelegate(QStyledItemDelegate):
    """Paints the rows of a session's queue."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        title, small = QFontMetrics(title_font(option)), QFontMetrics(row_font(option, share=_SMALL))
        return QSize(200, 2 * title.lineSpacing() + 2 * small.lineSpacing() + 2 * _GAP + 2 * _INSIDE + 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: QueueRow = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._card(painter, option)
        inner = option.rect.adjusted(_OUTSIDE + _INSIDE, _INSIDE, -_OUTSIDE - _INSIDE, -_INSIDE + 2)
        painter.setFont(title_font(option))
        title = 2 * painter.fontMetrics().lineSpacing()
        _title(painter, option, inner, row.title)
        painter.setFont(row_font(option, share=_SMALL))
        line = painter.fontMetrics().lineSpacing()
        source = QRect(inner.left(), inner.top() + title + _GAP, inner.width(), line)
        last = QRect(inner.left(), source.bottom() + _GAP, inner.width(), line)
        self._source(painter, option, source, row)
        self._counts(painter, option, last, row)
        painter.restore()

    def _card(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        dark = is_dark(option.palette)
        fill = QColor(CHOSEN) if chosen else QColor(Qt.GlobalColor.white)
        fill.setAlphaF((0.22 if chosen else 0.05) if dark else (0.12 if chosen else 0.6))
        edge = QColor(CHOSEN) if chosen else QColor(option.palette.color(QPalette.ColorRole.PlaceholderText))
        edge.setAlphaF(0.7 if chosen else 0.3)
        box = option.rect.adjusted(_OUTSIDE, 3, -_OUTSIDE, -3)
        painter.setPen(edge)
        painter.setBrush(fill)
        painter.drawRoundedRect(box, 7, 7)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(option.palette.color(QPalette.ColorRole.Text), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 7, 7)

    def _source(self, painter: QPainter, option: QStyleOptionViewItem, line: QRect, row: QueueRow) -> None:
        """Paint where an article comes from, and from the end of the line its signs."""
        taken = self._names(painter, option, line, row)
        reviewer = self._session.now.reviewer
        side = line.height() - 3
        for draw in row_signs(row, reviewer, option.palette):
            box = QRect(line.right() - taken - side, line.top() + 1, side, side)
            painter.save()
            draw(painter, QRectF(_mirrored(option, box, line)))
            painter.restore()
            taken += side + 4
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text) if chosen else quiet(option.palette))
        room = QRect(line.left(), line.top(), line.width() - taken, line.height())
        text = painter.fontMetrics().elidedText(details(row), Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(QRectF(_mirrored(option, room, line)), text, _text_option("", option))

    def _names(self, painter: QPainter, option: QStyleOptionViewItem, line: QRect, row: QueueRow) -> int:
        """Paint who was given the article from the end of the line; return how much of its width that takes."""
        taken, metrics, mine = 0, painter.fontMetrics(), self._session.now.reviewer
        for number, letters in reversed(list(enumerate(initials(row)))):
            width = max(line.height() + 4, metrics.horizontalAdvance(letters) + 8)
            box = QRect(line.right() - taken - width + 1, line.top(), width, line.height())
            is_mine = number < len(row.assigned) and row.assigned[number] == mine
            draw_initials(painter, QRectF(_mirrored(option, box, line)), letters, option.palette, mine=is_mine)
            taken += width + 4
        return taken

    def _counts(self, painter: QPainter, option: QStyleOptionViewItem, line: QRect, row: QueueRow) -> None:
        """Paint the numbers from the start of the line, and the state from its end."""
        room = line.width() - self._state(painter, option, line, row)
        metrics, taken = painter.fontMetrics(), 0
        for label in self._session.now.labels:
            count = row.counts.get(label.key, 0)
            width = max(26, metrics.horizontalAdvance(str(count)) + 12)
            if count and taken + width <= room:
                box = QRect(line.left() + taken, line.top(), width, line.height())
                _count(painter, option, _mirrored(option, box, line), label, count)
                taken += width + 5

    def _state(self, painter: QPainter, option: QStyleOptionViewItem, line: QRect, row: QueueRow) -> int:
        """Paint sign and name of the state from the end of the line; return how much of its width they take."""
        words, side = state_name(row.state), line.height() - 5
        width = painter.fontMetrics().horizontalAdvance(words) + 2
        text = QRect(line.right() - width + 1, line.top(), width, line.height())
        sign = QRect(text.left() - side - 5, line.top() + 3, side, side)
        draw_state(painter, QRectF(_mirrored(option, sign, line)), row.state, option.palette)
        painter.setPen(state_colour(row.state, option.palette))
        painter.drawText(_mirrored(option, text, line), Qt.AlignmentFlag.AlignCenter, words)
        return width + side + 12


def _title(painter: QPainter, option: QStyleOptionViewItem, inner: QRect, title: str) -> None:
    painter.setPen(option.palette.color(QPalette.ColorRole.Text))
    metrics = painter.fontMetrics()
    # Windows lays lines out a little higher than it says; what hangs below the second must not be cut off.
    room = QRect(inner.left(), inner.top(), inner.width(), metrics.lineSpacing() * 2 + metrics.descent())
    text = metrics.elidedText(title, Qt.TextElideMode.ElideRight, int(inner.width() * 1.85))
    painter.drawText(QRectF(room), text, _text_option(title, option))


def _count(painter: QPainter, option: QStyleOptionViewItem, box: QRect, label: Label, count: int) -> None:
    colour = shade(label.colour, dark=is_dark(option.palette))
    fill = QColor(colour)
    fill.setAlphaF(0.18)
    edge = QColor(colour)
    edge.setAlphaF(0.55)
    painter.setBrush(fill)
    painter.setPen(QPen(edge, 1.0))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
    painter.setPen(option.palette.color(QPalette.ColorRole.Text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(count))


def _mirrored(option: QStyleOptionViewItem, box: QRect, line: QRect) -> QRect:
    return QStyle.visualRect(option.direction, line, box)


def _text_option(text: str, option: QStyleOptionViewItem) -> QTextOption:
    """Return how to draw a text: in its own direction where it has one, else in the interface's."""
    interface_right = option.direction == Qt.LayoutDirection.RightToLeft
    right = direction_of(text) == "rtl" if text else interface_right
    flag = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    made = QTextOption(flag | Qt.AlignmentFlag.AlignTop)
    made.setTextDirection(Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight)
    made.setWrapMode(QTextOption.WrapMode.WordWrap)
    return made
