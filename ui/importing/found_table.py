"""The list of the preview: what is chosen in it, its keys, and how its lines look."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPalette, QPen, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from annotator.text.canonical import direction_of
from ui.importing.found_model import DETAILS, ROW, SIGN, FoundModel, Index
from ui.importing.plan import Row
from ui.rows import fill_chosen, row_font
from ui.theme import is_dark, quiet
from ui.translate import tr

_SMALL, _HEAD = 0.88, 1.7
_EDGE, _SIGN_WIDTH = 10, 24
_COLOURS = {
    "✓": ("#1a7f4b", "#6fcf97"), "–": ("#666b72", "#a2a8af"), "?": ("#9a5b00", "#f2b155"), "=": ("#666b72", "#a2a8af"),
    "×": ("#b3261e", "#f2b8b5"),
}  # fmt: skip
_Moves = QAbstractItemView.CursorAction


class FoundTable(QTableView):
    """Shows the lines of a plan. Space takes what is selected, Delete leaves it out, Enter goes to what it says."""

    selected = Signal()
    taken = Signal()
    left_out = Signal()
    entered = Signal()

    def __init__(self, model: FoundModel) -> None:
        super().__init__()
        self._found = model
        self.setObjectName("found")
        self.setModel(model)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(tr("What was found"))
        self.setAccessibleDescription(
            tr("Space takes what is selected, Delete leaves it out, Enter goes to the details.")
        )
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(round(self.fontMetrics().lineSpacing() * (1 + _SMALL)) + 14)
        model.modelReset.connect(self._lower_heads)
        self.selectionModel().selectionChanged.connect(lambda *_: self.selected.emit())
        self.doubleClicked.connect(lambda _: self.entered.emit())

    def rows(self) -> list[Row]:
        """Return the selected rows in their order."""
        selection = self.selectionModel().selection()
        runs = [(part.top(), part.bottom()) for part in map(selection.at, range(selection.count()))]
        lines = sorted(line for first, last in runs for line in range(first, last + 1))
        found = (self._found.row_at(line) for line in lines)
        return [row for row in found if row is not None]

    def current(self) -> Row | None:
        """Return the row that the keyboard is on."""
        return self._found.row_at(self.currentIndex().row())

    def go_to(self, line: int) -> None:
        """Make a line the current one, and the only one selected."""
        index = self._found.index(max(line, 0), 0)
        if self._found.row_at(index.row()) is None:
            index = self._beside(index, 1)
        # Not `selectRow`, which goes wrong in a table that runs from right to left.
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) row."""
        index = self._beside(self.currentIndex(), by)
        if index.isValid():
            self.go_to(index.row())

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Pass over the heads of groups; Home and End go to the ends of the list."""
        ends = {_Moves.MoveHome: 0, _Moves.MoveEnd: self._found.rowCount() - 1}
        line = ends.get(action)
        index = super().moveCursor(action, modifiers) if line is None else self._found.index(line, 0)
        if index.isValid() and self._found.row_at(index.row()) is None:
            upwards = action in (_Moves.MoveUp, _Moves.MovePageUp, _Moves.MovePrevious, _Moves.MoveEnd)
            index = self._beside(index, -1 if upwards else 1)
        return index if index.isValid() else self.currentIndex()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        does = {
            Qt.Key.Key_Return: self.entered,
            Qt.Key.Key_Enter: self.entered,
            Qt.Key.Key_Space: self.taken,
            Qt.Key.Key_Delete: self.left_out,
            Qt.Key.Key_Backspace: self.left_out,
        }
        signal = does.get(Qt.Key(event.key()))
        if signal and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            signal.emit()
        else:
            super().keyPressEvent(event)

    def _lower_heads(self) -> None:
        for line in self._found.heads():
            self.setRowHeight(line, round(self.fontMetrics().lineSpacing() * _HEAD))

    def _beside(self, index: Index, by: int) -> QModelIndex:
        line = index.row() + by
        while 0 <= line < self._found.rowCount() and self._found.row_at(line) is None:
            line += by
        return self._found.index(line, 0) if 0 <= line < self._found.rowCount() else QModelIndex()


class _Delegate(QStyledItemDelegate):
    """Paints a line: the head of a group, or sign, title and below that what becomes of it and its file."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, round(QFontMetrics(option.font).lineSpacing() * (1 + _SMALL)) + 14)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row: Row | None = index.data(ROW)
        if row is None:
            self._head(painter, option, str(index.data()))
        else:
            self._row(painter, option, index, row)
        painter.restore()

    def _head(self, painter: QPainter, option: QStyleOptionViewItem, text: str) -> None:
        font = row_font(option, share=_SMALL, weight=QFont.Weight.DemiBold)
        metrics = QFontMetrics(font)
        box = option.rect.adjusted(_EDGE, 0, -_EDGE, -5)
        box.setTop(box.bottom() - metrics.lineSpacing())
        colour = quiet(option.palette)
        _line(painter, box, text, font, colour, right=_runs_right(option))
        edge = QColor(colour)
        edge.setAlphaF(0.4)
        painter.setPen(edge)
        painter.drawLine(
            option.rect.left() + _EDGE, option.rect.bottom(), option.rect.right() - _EDGE, option.rect.bottom()
        )

    def _row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, row: Row) -> None:
        if option.state & QStyle.StateFlag.State_Selected:
            fill_chosen(painter, option.rect, inset=3.5)
        if option.state & QStyle.StateFlag.State_HasFocus:
            _ring(painter, option)
        inner = option.rect.adjusted(_EDGE, 5, -_EDGE, -5)
        self._sign(painter, option, inner, str(index.data(SIGN)))
        box = QStyle.visualRect(option.direction, inner, inner.adjusted(_SIGN_WIDTH, 0, 0, 0))
        font = row_font(option, share=1.0, weight=QFont.Weight.DemiBold)
        text = str(index.data())
        right = _runs_right(option) if row.refused else _is_right(text, option)
        first = QRect(box.left(), box.top(), box.width(), QFontMetrics(font).lineSpacing())
        palette = option.palette
        _line(painter, first, text, font, palette.color(QPalette.ColorRole.Text), right=right)
        second = QRect(box.left(), first.bottom() + 1, box.width(), box.bottom() - first.bottom())
        details = str(index.data(DETAILS))
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        colour = palette.color(QPalette.ColorRole.Text) if chosen else quiet(palette)
        small = row_font(option, share=_SMALL, weight=QFont.Weight.Normal)
        _line(painter, second, details, small, colour, right=_runs_right(option))

    def _sign(self, painter: QPainter, option: QStyleOptionViewItem, inner: QRect, sign: str) -> None:
        box = QStyle.visualRect(option.direction, inner, QRect(inner.left(), inner.top(), _SIGN_WIDTH, inner.height()))
        painter.setFont(row_font(option, share=1.15, weight=QFont.Weight.Bold))
        painter.setPen(QColor(_COLOURS[sign][is_dark(option.palette)]))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignHCenter, sign)


def _ring(painter: QPainter, option: QStyleOptionViewItem) -> None:
    painter.setPen(QPen(option.palette.color(QPalette.ColorRole.Text), 2.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(option.rect).adjusted(3.5, 1.5, -3.5, -1.5), 6, 6)


def _line(painter: QPainter, box: QRect, text: str, font: QFont, colour: QColor, *, right: bool) -> None:
    """Paint one line that runs to the left if `right`, and stands at that side."""
    painter.setFont(font)
    painter.setPen(colour)
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    made = QTextOption(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignTop)
    made.setTextDirection(Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight)
    made.setWrapMode(QTextOption.WrapMode.NoWrap)
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(QRectF(box), shown, made)


def _runs_right(option: QStyleOptionViewItem) -> bool:
    return option.direction == Qt.LayoutDirection.RightToLeft


def _is_right(text: str, option: QStyleOptionViewItem) -> bool:
    return direction_of(text) == "rtl" if text else _runs_right(option)
