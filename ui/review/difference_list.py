"""The list of differences: the words, how the sides differ, and what was decided."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from annotator.queue_rows import State
from ui.claim_card import comments_words
from ui.page.palette import shade
from ui.plain import plain_tip
from ui.queue.signs import draw_state
from ui.review.differing import Row
from ui.review.pane import paint_letter
from ui.review.reviewing import Reviewing
from ui.review.row_painting import mirrored, paint_ground, row_lines, row_size, write_kind, write_quote, write_state
from ui.review.words import kinds_words, quote_of, spoken_row, state_words
from ui.session import Session
from ui.theme import is_dark

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
_CHIP = 14
_SIGNS: dict[str, State] = {"open": "todo", "changed": "progress", "settled": "done"}


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
        return row_size(option)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW)
        review = self._reviewing.review
        painter.save()
        paint_ground(painter, option)
        write_quote(painter, option, quote_of(row, review))
        kinds = " · ".join(filter(None, (kinds_words(row), self._comments(row))))
        write_kind(painter, option, kinds, taken=self._letters(painter, option, row))
        sign = write_state(painter, option, state_words(row, review, self._session.now.label_set))
        draw_state(painter, sign, _SIGNS[row.state], option.palette)
        painter.restore()

    def _letters(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> int:
        """Paint the letters of the sides that have it at the end of the second line; return how much of it they take."""
        line, taken = row_lines(option)[1], 0
        for side in reversed(self._reviewing.review.sides):
            if row.taken_from(side.name):
                box = QRect(line.right() - taken - _CHIP + 1, line.center().y() - _CHIP // 2, _CHIP, _CHIP)
                colour = shade(side.colour, dark=is_dark(option.palette))
                ground = option.palette.color(QPalette.ColorRole.Base)
                paint_letter(painter, QRectF(mirrored(option, box, line)), side, colour, ground)
                taken += _CHIP + 3
        return taken + 4

    def _comments(self, row: Row) -> str:
        """Return how many comments there are on any of it."""
        comments = self._session.now.comments
        return comments_words([one for identity in row.ids for one in comments.get(identity, ())])


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
