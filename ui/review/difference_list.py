"""The list of differences: the words, how the sides differ, and what was decided."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.text.canonical import direction_of
from ui.page.palette import shade
from ui.plain import plain_tip
from ui.queue.signs import draw_state
from ui.review.differing import Row
from ui.review.pane import paint_letter
from ui.review.reviewing import Reviewing
from ui.review.words import kinds_words, quote_of, spoken_row, state_words
from ui.rows import fill_chosen, row_font, title_font
from ui.session import Session
from ui.theme import is_dark, quiet

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
_INSIDE, _SIGN, _CHIP = 10, 13, 14
_SMALL = 0.88


class DifferencesModel(QAbstractListModel):
    """The rows that the filter shows."""

    def __init__(self, session: Session, reviewing: Reviewing) -> None:
        super().__init__()
        self._session, self._reviewing = session, reviewing
        self._rows: tuple[Row, ...] = ()

    def refresh(self) -> None:
        """Show the rows of now; the list stays where it is when only what they say is another."""
        rows = self._reviewing.rows
        if [row.key for row in rows] == [row.key for row in self._rows]:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def line_of(self, key: str) -> int:
        """Return the line of a row, or -1."""
        return next((line for line, row in enumerate(self._rows) if row.key == key), -1)

    def row(self, line: int) -> Row | None:
        """Return the row on a line."""
        return self._rows[line] if 0 <= line < len(self._rows) else None

    # -- what Qt asks ---------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, review = self.row(index.row()) if index.isValid() else None, self._reviewing.review
        if row is None:
            return None
        said: dict[int, Callable[[], object]] = {
            ROW: lambda: row,
            Qt.ItemDataRole.DisplayRole: lambda: quote_of(row, review),
            Qt.ItemDataRole.ToolTipRole: lambda: plain_tip(self._spoken(row).replace(". ", "\n")),
            Qt.ItemDataRole.AccessibleTextRole: lambda: self._spoken(row),
        }
        return said[role]() if role in said else None

    def _spoken(self, row: Row) -> str:
        reviewing = self._reviewing
        return spoken_row(row, reviewing.review, self._session.now.label_set, hidden=reviewing.hides_names)


class DifferencesDelegate(QStyledItemDelegate):
    """Paints a row: its words, in which ways the sides differ and which of them have it, and what was decided."""

    def __init__(self, session: Session, reviewing: Reviewing) -> None:
        super().__init__()
        self._session, self._reviewing = session, reviewing

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        small = option.fontMetrics.lineSpacing() * _SMALL
        return QSize(180, round(option.fontMetrics.lineSpacing() * 1.25 + 2 * small + 2 * _INSIDE + 6))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            fill_chosen(painter, option.rect, inset=4)
        inner = option.rect.adjusted(4 + _INSIDE, _INSIDE, -4 - _INSIDE, -_INSIDE)
        height = inner.height() / 3.1
        self._words(painter, option, QRectF(inner.left(), inner.top(), inner.width(), height * 1.1), row)
        self._kinds(
            painter, option, QRect(inner.left(), round(inner.top() + height * 1.1), inner.width(), round(height)), row
        )
        self._state(
            painter, option, QRect(inner.left(), round(inner.top() + height * 2.1), inner.width(), round(height)), row
        )
        painter.restore()

    def _words(self, painter: QPainter, option: QStyleOptionViewItem, box: QRectF, row: Row) -> None:
        painter.setFont(title_font(option))
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        text = quote_of(row, self._reviewing.review)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, round(box.width()))
        painter.drawText(box, shown, _option(direction_of(text) == "rtl"))

    def _kinds(self, painter: QPainter, option: QStyleOptionViewItem, line: QRect, row: Row) -> None:
        """Paint in which ways the sides differ, and at the end of the line the letters of those that have it."""
        taken, dark = 0, is_dark(option.palette)
        for side in reversed(self._reviewing.review.sides):
            if row.taken_from(side.name):
                box = QRect(line.right() - taken - _CHIP + 1, line.top() + 1, _CHIP, _CHIP)
                colour = shade(side.colour, dark=dark)
                ground = option.palette.color(QPalette.ColorRole.Base)
                paint_letter(painter, QRectF(_mirrored(option, box, line)), side, colour, ground)
                taken += _CHIP + 3
        painter.setFont(row_font(option, share=_SMALL))
        painter.setPen(quiet(option.palette))
        room = QRect(line.left(), line.top(), line.width() - taken - 4, line.height())
        self._write(painter, option, _mirrored(option, room, line), kinds_words(row))

    def _state(self, painter: QPainter, option: QStyleOptionViewItem, line: QRect, row: Row) -> None:
        sign = QRect(line.left(), line.top() + 1, _SIGN, _SIGN)
        shown = {"open": "todo", "changed": "progress", "settled": "done"}[row.state]
        draw_state(painter, QRectF(_mirrored(option, sign, line)), shown, option.palette)  # type: ignore[arg-type]
        painter.setFont(row_font(option, share=_SMALL))
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        room = line.adjusted(_SIGN + 6, 0, 0, 0)
        words = state_words(row, self._reviewing.review, self._session.now.label_set)
        self._write(painter, option, _mirrored(option, room, line), words)

    def _write(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, words: str) -> None:
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(QRectF(box), shown, _option(option.direction == Qt.LayoutDirection.RightToLeft))


class DifferencesList(QListView):
    """The list itself; letters and digits are keys of the review and search nothing."""

    def __init__(self, model: DifferencesModel, delegate: DifferencesDelegate) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setUniformItemSizes(True)
        self.setObjectName("differences")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)

    def keyboardSearch(self, search: str) -> None:
        """Seek nothing."""


def _mirrored(option: QStyleOptionViewItem, box: QRect, line: QRect) -> QRect:
    return QStyle.visualRect(option.direction, line, box)


def _option(right: bool) -> QTextOption:
    made = QTextOption(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
    made.setTextDirection(Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight)
    made.setWrapMode(QTextOption.WrapMode.NoWrap)
    return made
