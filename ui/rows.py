"""How rows of lists look that we paint ourselves: what is chosen, and the fonts of a row."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

CHOSEN = "#2f6fde"
"""What is chosen; the palette's own selection colour is too faint in both themes."""


def fill_chosen(painter: QPainter, box: QRect, *, inset: float) -> None:
    """Fill the row that is chosen, so far within its box at the sides."""
    fill, edge = QColor(CHOSEN), QColor(CHOSEN)
    fill.setAlphaF(0.14)
    edge.setAlphaF(0.7)
    painter.setPen(edge)
    painter.setBrush(fill)
    painter.drawRoundedRect(QRectF(box).adjusted(inset, 1.5, -inset, -1.5), 6, 6)


def title_font(option: QStyleOptionViewItem) -> QFont:
    """Return the font of a row's title."""
    return row_font(option, weight=QFont.Weight.DemiBold)


def row_font(
    option: QStyleOptionViewItem, *, share: float = 1.0, weight: QFont.Weight = QFont.Weight.Normal
) -> QFont:  # fmt: skip
    """Return the list's font at this share of its size."""
    font = QFont(option.font)
    font.setPointSizeF(font.pointSizeF() * share)
    font.setWeight(weight)
    return font
