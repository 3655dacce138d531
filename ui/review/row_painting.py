"""A row of three lines as the lists of a review have it: words of the article, what it is about, and a sign with its state."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette, QTextOption
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from annotator.text.canonical import direction_of
from ui.rows import fill_chosen, row_font, title_font
from ui.theme import quiet

_OUTSIDE, _INSIDE, _SIGN = 4, 7, 13
_SMALL = 0.88


def row_size(option: QStyleOptionViewItem) -> QSize:
    """Return how large a row is."""
    line = option.fontMetrics.lineSpacing()
    return QSize(180, round(line * 1.25 + 2 * line * _SMALL + 2 * _INSIDE + 6))


def row_lines(option: QStyleOptionViewItem) -> tuple[QRect, QRect, QRect]:
    """Return where the three lines of a row stand."""
    side = _OUTSIDE + _INSIDE
    inner = option.rect.adjusted(side, _INSIDE, -side, -_INSIDE)
    height = inner.height() / 3.1
    tops = (0.0, 1.1 * height, 2.1 * height)
    first, second, third = (
        QRect(inner.left(), round(inner.top() + top), inner.width(), round(height * (1.1 if top == 0 else 1)))
        for top in tops
    )
    return first, second, third


def paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """Paint that a row is chosen."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if option.state & QStyle.StateFlag.State_Selected:
        fill_chosen(painter, option.rect, inset=_OUTSIDE)


def write_quote(painter: QPainter, option: QStyleOptionViewItem, text: str) -> None:
    """Write the words of the article in their own direction."""
    box = row_lines(option)[0]
    painter.setFont(title_font(option))
    painter.setPen(option.palette.color(QPalette.ColorRole.Text))
    _draw(painter, box, text, right=direction_of(text) == "rtl")


def write_kind(painter: QPainter, option: QStyleOptionViewItem, words: str, *, taken: int = 0) -> None:
    """Write what a row is about; so many pixels at the end of the line are taken."""
    line = row_lines(option)[1]
    painter.setFont(row_font(option, share=_SMALL))
    painter.setPen(quiet(option.palette))
    room = QRect(line.left(), line.top(), line.width() - taken, line.height())
    write(painter, option, mirrored(option, room, line), words)


def write_state(painter: QPainter, option: QStyleOptionViewItem, words: str) -> QRectF:
    """Write the state of a row; return where its sign belongs."""
    line = row_lines(option)[2]
    painter.setFont(row_font(option, share=_SMALL))
    painter.setPen(option.palette.color(QPalette.ColorRole.Text))
    write(painter, option, mirrored(option, line.adjusted(_SIGN + 6, 0, 0, 0), line), words)
    sign = QRect(line.left(), line.center().y() - _SIGN // 2, _SIGN, _SIGN)
    return QRectF(mirrored(option, sign, line))


def write(painter: QPainter, option: QStyleOptionViewItem, box: QRect, words: str) -> None:
    """Write a line of the window; it ends in … where it has no room."""
    _draw(painter, box, words, right=option.direction == Qt.LayoutDirection.RightToLeft)


def mirrored(option: QStyleOptionViewItem, box: QRect, line: QRect) -> QRect:
    """Return where a part of a line stands: from right to left on the other side."""
    return QStyle.visualRect(option.direction, line, box)


def _draw(painter: QPainter, box: QRect, words: str, *, right: bool) -> None:
    made = QTextOption(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
    made.setTextDirection(Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight)
    made.setWrapMode(QTextOption.WrapMode.NoWrap)
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(QRectF(box), shown, made)
