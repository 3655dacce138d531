"""Paints the hits: each line around its hit, a grey band before what is marked already, titles in their own direction."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPalette, QTextOption
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from annotator.concordance import KwicLine
from annotator.text.canonical import direction_of
from ui.concordance.kwic import Kwic, laid_out
from ui.concordance.model import KWIC, LINE, MARKED, TITLE, Index
from ui.page.palette import SELECTION
from ui.theme import is_dark, quiet

_EDGE = 8.0
_KEPT = 200
_BAND = "#2f6fde"
_SIGN = (14.0, 6.0)


class ConcordanceDelegate(QStyledItemDelegate):
    """Paints the cells; `font` is that of the lines, which are words of articles."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self.font = QFont(table.font())
        self._kept: dict[tuple[KwicLine, float], Kwic] = {}

    def set_font(self, font: QFont) -> None:
        """Draw the lines in another font."""
        self.font = font
        self._kept.clear()

    def laid_out(self, line: KwicLine, box: QRectF) -> Kwic:
        """Return a line as it is drawn in a box; the latest are kept, without where they stand."""
        here = QRectF(0, 0, box.width(), box.height())
        if (line, box.width()) not in self._kept:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            self._kept[line, box.width()] = laid_out(line, self.font, here)
        return self._kept[line, box.width()]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(KWIC)
        if not isinstance(line, KwicLine) or index.column() not in (MARKED, LINE, TITLE):
            super().paint(painter, option, index)
            return
        painter.save()
        painter.setClipRect(option.rect)
        self._paint_ground(painter, option, index)
        box = QRectF(option.rect).adjusted(_EDGE, 0, -_EDGE, 0)
        if index.column() == LINE:
            self._paint_line(painter, option, line, box)
        elif index.column() == TITLE:
            self._paint_title(painter, option, line.title, box)
        elif line.labels:
            self._paint_sign(painter, option, box)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        base = QStyleOptionViewItem(option)
        self.initStyleOption(base, index)
        base.text = ""
        style = base.widget.style() if base.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, base, painter, base.widget)

    def _paint_line(self, painter: QPainter, option: QStyleOptionViewItem, line: KwicLine, box: QRectF) -> None:
        kwic = self.laid_out(line, box)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_band(option))
        painter.drawRoundedRect(kwic.hit.translated(box.topLeft()).adjusted(-3, 1, 3, -1), 3, 3)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        kwic.layout.draw(painter, box.topLeft() + kwic.at)

    def _paint_title(self, painter: QPainter, option: QStyleOptionViewItem, title: str, box: QRectF) -> None:
        words = QTextOption(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading)
        right = direction_of(title) == "rtl"
        words.setTextDirection(Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight)
        words.setWrapMode(QTextOption.WrapMode.NoWrap)
        if (option.direction == Qt.LayoutDirection.RightToLeft) != right:
            words.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing)
        shown = QFontMetricsF(option.font).elidedText(title, Qt.TextElideMode.ElideRight, box.width())
        painter.setFont(option.font)
        painter.setPen(quiet(option.palette))
        painter.drawText(box, shown, words)

    def _paint_sign(self, painter: QPainter, option: QStyleOptionViewItem, box: QRectF) -> None:
        sign = QRectF(0, 0, *_SIGN)
        sign.moveCenter(box.center())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(quiet(option.palette))
        painter.drawRoundedRect(sign, 3, 3)


def _band(option: QStyleOptionViewItem) -> QColor:
    """Return the colour of the band beneath a hit, which also shows on a row that is selected."""
    dark = is_dark(option.palette)
    if option.state & QStyle.StateFlag.State_Selected:
        return QColor(option.palette.color(QPalette.ColorRole.Base))
    colour = QColor(SELECTION["dark" if dark else "light"]) if dark else QColor(_BAND)
    colour.setAlphaF(0.75 if dark else 0.2)
    return colour
