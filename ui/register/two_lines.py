"""Rows of two lines, a title and what else there is to say, as the lists of the register show them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.plain import plain_tip
from ui.rows import fill_chosen, row_font, title_font
from ui.theme import quiet

_Index = QModelIndex | QPersistentModelIndex
Line = tuple[str, str, str]
"""Title, details, and the title of the section that begins with this row; the last two may be empty."""
_DETAILS, _SECTION = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_EDGE, _GAP = 12, 5
_SMALL = 0.88


class TwoLineModel(QAbstractListModel):
    """Rows of two lines."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Line] = []

    def show(self, lines: Sequence[Line]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._lines = list(lines)
        self.endResetModel()

    def add(self, lines: Sequence[Line]) -> None:
        """Show some more rows below."""
        if lines:
            self.beginInsertRows(QModelIndex(), len(self._lines), len(self._lines) + len(lines) - 1)
            self._lines += lines
            self.endInsertRows()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        title, details, section = self._lines[index.row()]
        texts = {
            Qt.ItemDataRole.DisplayRole: title,
            Qt.ItemDataRole.ToolTipRole: plain_tip(details),
            Qt.ItemDataRole.AccessibleTextRole: ". ".join(filter(None, (section, title, details))),
            _DETAILS: details,
            _SECTION: section,
        }
        return texts.get(role)


class TwoLineDelegate(QStyledItemDelegate):
    """Paints a row: its section's title above it where one begins, its title, and below that the details."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        lines = 1.0 + (_SMALL if index.data(_DETAILS) else 0.0) + (1.3 * _SMALL if index.data(_SECTION) else 0.0)
        return QSize(120, round(QFontMetrics(title_font(option)).lineSpacing() * lines) + 2 * _GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(option.rect)
        if index.data(_SECTION):
            box.setTop(self._section(painter, option, box, index.data(_SECTION)))
        if option.state & QStyle.StateFlag.State_Selected:
            fill_chosen(painter, box, inset=4.5)
        inner = box.adjusted(_EDGE, _GAP, -_EDGE, -_GAP)
        font = title_font(option)
        _line(painter, option, inner, index.data(), font, option.palette.color(QPalette.ColorRole.Text))
        if index.data(_DETAILS):
            inner.setTop(inner.top() + QFontMetrics(font).lineSpacing())
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            colour = option.palette.color(QPalette.ColorRole.Text) if chosen else quiet(option.palette)
            _line(painter, option, inner, index.data(_DETAILS), row_font(option, share=_SMALL), colour)
        painter.restore()

    def _section(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, words: str) -> int:
        """Paint the title of a section; return where its first row begins."""
        font = row_font(option, share=_SMALL)
        edge = QColor(option.palette.color(QPalette.ColorRole.Text))
        edge.setAlphaF(0.25)
        painter.setPen(edge)
        painter.drawLine(box.left() + _EDGE, box.top(), box.right() - _EDGE, box.top())
        inner = box.adjusted(_EDGE, _GAP, -_EDGE, 0)
        _line(painter, option, inner, words, font, quiet(option.palette))
        return box.top() + round(QFontMetrics(title_font(option)).lineSpacing() * 1.3 * _SMALL)


def two_line_view(model: TwoLineModel) -> QListView:
    """Return a list that shows rows of two lines."""
    view = QListView()
    view.setModel(model)
    view.setItemDelegate(TwoLineDelegate(view))
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return view


def at_start(direction: Qt.LayoutDirection) -> Qt.AlignmentFlag:
    """Return the side where the interface begins, whichever way a text runs."""
    right = direction == Qt.LayoutDirection.RightToLeft
    return (Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignAbsolute


def _line(painter: QPainter, option: QStyleOptionViewItem, box: QRect, text: str, font: QFont, colour: QColor) -> None:
    """Paint one line as the interface runs; names in it are isolates."""
    metrics = QFontMetrics(font)
    painter.setFont(font)
    painter.setPen(colour)
    made = QTextOption(at_start(option.direction))
    made.setTextDirection(option.direction)
    made.setWrapMode(QTextOption.WrapMode.NoWrap)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(QRectF(box.left(), box.top(), box.width(), metrics.lineSpacing()), shown, made)
