"""The page as something to read: a caret that moves as it is seen, and a selection that never cuts a grapheme.

Offsets going in and out are code points. Qt's own cursor follows ours, so that a screen reader hears where the reader is;
and ours follows Qt's where a screen reader moves it.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Signal
from PySide6.QtGui import QAccessible, QTextCursor
from PySide6.QtWidgets import QApplication, QWidget

from annotator.model import Direction
from annotator.text.graphemes import snap
from ui.page.caret import KEEPS_COLUMN, Caret, Motion
from ui.page.lines import Spot
from ui.page.painting import band
from ui.page.surface import PageSurface

_ROOM = 24


class PageReader(PageSurface):
    """A page with a reading caret and a selection."""

    span_selected = Signal(int, int)
    caret_moved = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column: float | None = None
        self._after = False
        self._moves = Caret(self._layout, self.text, self._offsets)
        self.selectionChanged.connect(self._follow_cursor)
        self.cursorPositionChanged.connect(self._follow_cursor)

    def fill(self, text: str, *, direction: Direction | None = None) -> None:
        """Show a text from its beginning, with the caret there."""
        super().fill(text, direction=direction)
        self._moves = Caret(self._layout, text, self._offsets)
        self.set_caret(0)

    def selected_span(self) -> tuple[int, int] | None:
        """Return the selected span, widened to whole graphemes, or None."""
        cursor, back = self.textCursor(), self._offsets.to_code_points
        if not cursor.hasSelection():
            return None
        return snap(self.text, back(cursor.selectionStart()), back(cursor.selectionEnd()))

    def select_span(self, start: int, end: int) -> None:
        """Select a span, with the caret at its end; with `end` before `start` the caret is at the beginning."""
        first, last = self._offsets.to_utf16(start), self._offsets.to_utf16(end)
        self._place(Spot(last, after=end > start), anchor=first)

    def clear_selection(self) -> None:
        """Drop the selection; the caret stays."""
        self._place(self._spot())

    def caret(self) -> int:
        """Return where the reading caret is."""
        return self._offsets.to_code_points(self.textCursor().position())

    def anchor(self) -> int:
        """Return where the selection began; the caret's place when nothing is selected."""
        return self._offsets.to_code_points(self.textCursor().anchor())

    def set_caret(self, offset: int) -> None:
        """Put the reading caret somewhere and drop the selection."""
        self._place(Spot(self._offsets.to_utf16(offset)))

    def put_caret(self, point: QPoint) -> None:
        """Put the reading caret to the place nearest to a point of the viewport."""
        self._place(self._layout.spot_at(self._to_page(point)))

    def move_caret(self, motion: Motion, *, select: bool = False) -> None:
        """Move the reading caret as a key would; with `select` the selection grows with it."""
        spot, cursor = self._spot(), self.textCursor()
        column = self._moves.x_of(spot) if self._column is None else self._column
        if cursor.hasSelection() and not select and motion in ("left", "right"):
            forwards = (motion == "left") == (self._layout.piece(spot.position).direction == "rtl")
            moved = Spot(cursor.selectionEnd(), after=True) if forwards else Spot(cursor.selectionStart())
        else:
            moved = self._moves.moved(spot, motion, column=column, page=self.viewport().height() * 0.9)
        self._place(moved, anchor=cursor.anchor() if select else None)
        self._column = column if motion in KEEPS_COLUMN else None
        self._show_caret()

    def copy_selection(self) -> None:
        """Copy our own text: Qt would turn no-break spaces into spaces and hand out the stand-ins."""
        span = self.selected_span()
        if span:
            QApplication.clipboard().setText(self.text[span[0] : span[1]])

    def spot_box(self, spot: Spot) -> QRectF:
        """Return where in the viewport the caret would be drawn at a place; the box has no width."""
        placed = self._layout.line_of(spot)
        box = band(QRectF(placed.line.x_of(spot), placed.top, 0.0, placed.line.height), placed, inset=0)
        return box.translated(0.0, -self.verticalScrollBar().value())

    def caret_changed(self, *, moved: bool) -> None:
        """Tell that the caret or the selection changed; `moved` is false where it only was set again."""
        self.viewport().update()
        if moved:
            if QAccessible.isActive():
                self._layout.lend(self.textCursor().position())
            self.span_selected.emit(*(self.selected_span() or (self.caret(), self.caret())))
            self.caret_moved.emit(self.caret())

    # -- inside ----------------------------------------------------------------------------------------------------------

    def _place(self, spot: Spot, *, anchor: int | None = None) -> None:
        cursor = self.textCursor()
        before = (cursor.anchor(), cursor.position())
        cursor.setPosition(spot.position if anchor is None else anchor)
        cursor.setPosition(spot.position, QTextCursor.MoveMode.KeepAnchor)
        with self._placing_cursor():
            self.setTextCursor(cursor)
        self._after, self._column = spot.after, None
        self.caret_changed(moved=before != (cursor.anchor(), cursor.position()))

    def _follow_cursor(self) -> None:
        """Follow what a screen reader did with Qt's cursor, but not into the middle of a grapheme."""
        if self._placing:
            return
        self._after, self._column = False, None
        cursor, (caret, _) = self.textCursor(), snap(self.text, self.caret(), self.caret())
        if cursor.hasSelection() or self._offsets.to_utf16(caret) == cursor.position():
            self.caret_changed(moved=True)
        else:
            self.set_caret(caret)
        self._show_caret()

    def _spot(self) -> Spot:
        return Spot(self.textCursor().position(), self._after)

    def _show_caret(self) -> None:
        placed, bar = self._layout.line_of(self._spot()), self.verticalScrollBar()
        above = placed.top - _ROOM - bar.value()
        below = placed.top + placed.line.height + _ROOM - bar.value() - self.viewport().height()
        if above < 0 or below > 0:
            bar.setValue(round(bar.value() + (above if above < 0 else below)))
