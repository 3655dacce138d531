"""The mouse on the page: dragging selects, clicking chooses, and an edge of the selected mark can be dragged.

A drag takes whole words; with Alt it takes graphemes. Beyond the upper and lower border of the view the text scrolls along.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from annotator.text.graphemes import snap, widen_to_words, word_at
from annotator.text.sentences import sentence_at
from annotator.text.trimming import trim
from ui.page.edges import Edge

if TYPE_CHECKING:
    from ui.page.view import PageView

_TICK = 30
_Widen = Callable[[str, int, int], tuple[int, int]]


class Pointer(QObject):
    """Turns presses, moves and releases over one page into its selection and its signals."""

    def __init__(self, page: PageView) -> None:
        super().__init__(page)
        self._page = page
        self._pressed: QPoint | None = None
        self._origin = (0, 0)
        self._widen: _Widen = snap
        self._edge: Edge | None = None
        self._moved = False
        self._exact = False
        self._last_double: QPoint | None = None
        self._at = QPoint()
        self._clicks = QTimer(self, singleShot=True)
        self._scrolling = QTimer(self, interval=_TICK)
        self._scrolling.timeout.connect(self._scroll)

    @property
    def is_busy(self) -> bool:
        """Whether a button is held down that was pressed on the text."""
        return self._pressed is not None

    def press(self, event: QMouseEvent) -> None:
        """Begin a selection, go on with the one there is (Shift), take a sentence (third click), or take hold of an edge."""
        self._at = event.position().toPoint()
        self._pressed, self._moved = self._at, False
        self._edge = self._page.edges.at(event.position())
        if self._edge:
            return
        if self._clicks.isActive() and self._is_near(self._last_double):
            self._take(sentence_at)
            return
        self._widen = widen_to_words
        offset = self._page.nearest_offset(self._at)
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._origin = (self._page.anchor(), self._page.anchor())
            self._move_to(self._at, event.modifiers())
        else:
            self._origin = (offset, offset)
            self._page.put_caret(self._at)

    def double_click(self, event: QMouseEvent) -> None:
        """Take the word under the pointer."""
        self._at = event.position().toPoint()
        self._pressed, self._moved, self._edge = self._at, False, None
        self._last_double = self._at
        self._clicks.start(QApplication.doubleClickInterval())
        self._take(lambda text, offset: word_at(text, offset))

    def move(self, event: QMouseEvent) -> None:
        """Go on with what was begun; without a pressed button, show what could be taken hold of."""
        self._at = event.position().toPoint()
        if self._pressed is None:
            self._show_cursor(event.position())
            return
        if not self._moved and (self._at - self._pressed).manhattanLength() < QApplication.startDragDistance():
            return
        self._moved = True
        self._exact = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        self._scroll_if_outside()
        self._move_to(self._at, event.modifiers())

    def release(self, event: QMouseEvent) -> None:
        """End what was begun: the selection loses the white space and punctuation at its ends, a click chooses."""
        self._scrolling.stop()
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            return
        span = self._page.selected_span()
        if self._edge:
            self._end_edge()
        elif span is None:
            if not self._moved:
                self._page.click(event.position())
        elif self._moved and not self._exact:
            self._take_span(*trim(self._page.text, *span))
        elif self._moved:
            self._take_span(*span)

    # -- inside ---------------------------------------------------------------------------------------------------

    def _take(self, around: Callable[[str, int], tuple[int, int]]) -> None:
        """Select what lies around the character under the pointer, and go on by the same unit when it is dragged."""
        offset = self._page.offset_at(self._at)
        offset = self._page.nearest_offset(self._at) if offset is None else offset
        self._origin = around(self._page.text, offset)
        self._widen = lambda text, start, end: (around(text, start)[0], around(text, max(end - 1, start))[1])
        self._page.select_span(*self._origin)

    def _move_to(self, point: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        offset = self._page.nearest_offset(point)
        exact = bool(modifiers & Qt.KeyboardModifier.AltModifier)
        if self._edge:
            self._page.edges.drag(self._edge, self._widened_edge(offset, exact=exact))
            return
        start, end = min(offset, self._origin[0]), max(offset, self._origin[1])
        if start < end:
            start, end = (snap if exact else self._widen)(self._page.text, start, end)
            backwards = offset <= self._origin[0]
            self._page.select_span(end, start) if backwards else self._page.select_span(start, end)

    def _widened_edge(self, offset: int, *, exact: bool) -> int:
        start, end = (snap if exact else widen_to_words)(self._page.text, offset, offset)
        return start if self._edge == "start" else end

    def _take_span(self, start: int, end: int) -> None:
        self._page.select_span(start, end)
        if start < end:
            self._page.span_taken.emit(start, end)

    def _end_edge(self) -> None:
        self._edge = None
        dropped = self._page.edges.dropped()
        if dropped:
            self._page.edge_moved.emit(*dropped)

    def _show_cursor(self, point: QPointF) -> None:
        over_card = self._page.card_at(point) is not None
        shape = Qt.CursorShape.PointingHandCursor if over_card else Qt.CursorShape.IBeamCursor
        if self._page.edges.at(point):
            shape = Qt.CursorShape.SplitHCursor
        self._page.viewport().setCursor(shape)

    def _scroll_if_outside(self) -> None:
        outside = not 0 <= self._at.y() < self._page.viewport().height()
        if outside and not self._scrolling.isActive():
            self._scrolling.start()
        elif not outside:
            self._scrolling.stop()

    def _scroll(self) -> None:
        """Scroll the faster the farther the pointer is outside, and take along what is being dragged."""
        height, bar = self._page.viewport().height(), self._page.verticalScrollBar()
        beyond = self._at.y() if self._at.y() < 0 else self._at.y() - height
        bar.setValue(bar.value() + int(beyond / 3) + (4 if beyond >= 0 else -4))
        inside = QPoint(self._at.x(), min(max(self._at.y(), 0), height - 1))
        modifiers = Qt.KeyboardModifier.AltModifier if self._exact else Qt.KeyboardModifier.NoModifier
        self._move_to(inside, modifiers)

    def _is_near(self, point: QPoint | None) -> bool:
        return point is not None and (self._at - point).manhattanLength() < QApplication.startDragDistance()
