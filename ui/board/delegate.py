"""Paints the lines of the claim board: the head of a group across all columns, and the sign of a contradiction."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPalette, QPen, QPixmap, QPolygonF, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from ui.board.model import CONTRADICTED, HEAD, Index
from ui.theme import is_dark

_SIDE = 14
_WARNING = {"light": "#b3261e", "dark": "#f2b8b5"}


class BoardDelegate(QStyledItemDelegate):
    """Paints the cells of a board's table."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        if index.data(CONTRADICTED):
            option.icon = contradiction(option.palette)
            option.decorationSize = QSize(_SIDE, _SIDE)
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        is_open = index.data(HEAD)
        if is_open is None:
            super().paint(painter, option, index)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(option.rect)
        self._paint_head(painter, option, index, is_open=is_open)
        painter.restore()

    def _paint_head(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, *, is_open: bool) -> None:
        """Paint the part of a head that falls into one cell: its words run on where they do not fit into the first."""
        line = QRect(0, option.rect.top(), self._table.viewport().width(), option.rect.height())
        ground = QColor(option.palette.color(QPalette.ColorRole.PlaceholderText))
        ground.setAlphaF(0.14)
        painter.fillRect(option.rect, ground)
        if self._table.currentIndex().row() == index.row() and self._table.hasFocus():
            painter.setPen(QPen(option.palette.color(QPalette.ColorRole.Text), 2.0))
            painter.drawRect(QRectF(line).adjusted(1, 1, -1, -1))
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        self._paint_arrow(painter, option, line, is_open=is_open)
        words = QTextOption(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        words.setTextDirection(option.direction)
        words.setWrapMode(QTextOption.WrapMode.NoWrap)
        text = index.model().index(index.row(), 0).data()
        painter.drawText(QRectF(line.adjusted(28, 0, -28, 0)), text, words)

    def _paint_arrow(self, painter: QPainter, option: QStyleOptionViewItem, line: QRect, *, is_open: bool) -> None:
        """Paint what tells whether the group is open: an arrow down, or one to where the text runs."""
        right = option.direction == Qt.LayoutDirection.RightToLeft
        box = QStyle.visualRect(option.direction, line, QRect(line.left() + 10, line.center().y() - 4, 10, 9))
        x, y, way = box.center().x(), box.center().y(), -1 if right else 1
        points = [(-4, -2), (4, -2), (0, 3)] if is_open else [(-2 * way, -4), (-2 * way, 4), (3 * way, 0)]
        painter.save()
        painter.setBrush(option.palette.color(QPalette.ColorRole.Text))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPolygon(QPolygonF([QPointF(x + dx, y + dy) for dx, dy in points]))
        painter.restore()


def contradiction(palette: QPalette) -> QIcon:
    """Return the sign of a contradiction: an equals sign struck out."""
    icon = QIcon()
    for scale in (1, 2):
        icon.addPixmap(_struck_out(QColor(_WARNING["dark" if is_dark(palette) else "light"]), scale))
    return icon


def _struck_out(colour: QColor, scale: int) -> QPixmap:
    pixmap = QPixmap(QSize(_SIDE, _SIDE) * scale)
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.8))
    for line in ((2, 5, 12, 5), (2, 9, 12, 9), (4, 13, 10, 1)):
        painter.drawLine(*line)
    painter.end()
    return pixmap
