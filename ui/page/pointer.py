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
            self._take(lambda _, offset: self._page.sentence_at(offset))
            return
        self._widen = widen_to_words
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._origin = (self._page.anchor(), self._page.anchor())
            self._go_on(event.modifiers())
        else:
            offset = self._page.nearest_offset(self._at)
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
        if not event.buttons() & Qt.MouseButton.LeftButton:  # it can be released where nobody tells us, over a dialog
            self.let_go()
        if self._pressed is None:
            self._show_cursor(event.position())
        elif self._moved or (self._at - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._scroll_if_outside()
            self._go_on(event.modifiers())

    def release(self, event: QMouseEvent) -> None:
        """End what was begun: the selection loses the white space and punctuation at its ends, a click chooses."""
        was_busy, edge = self.is_busy, self._edge
        self.let_go()
        if not was_busy:
            return
        if edge:
            self._end_edge(event.position())
        elif self._page.selected_span() is None:
            self._page.click(event.position())
        else:
            if self._moved and not self._exact:
                self._trim()
            self._tell_span()

    def let_go(self) -> None:
        """Forget what was begun, as if no button were held down."""
        self._scrolling.stop()
        self._pressed, self._edge = None, None

    # -- inside ---------------------------------------------------------------------------------------------------

    def _take(self, around: Callable[[str, int], tuple[int, int]]) -> None:
        """Select what lies around the character under the pointer, and go on by the same unit when it is dragged."""
        offset = self._page.offset_at(self._at)
        offset = self._page.nearest_offset(self._at) if offset is None else offset
        self._origin = around(self._page.text, offset)
        self._widen = lambda text, start, end: (around(text, start)[0], around(text, max(end - 1, start))[1])
        self._page.select_span(*self._origin)

    def _go_on(self, modifiers: Qt.KeyboardModifier) -> None:
        self._moved, self._exact = True, bool(modifiers & Qt.KeyboardModifier.AltModifier)
        self._move_to(self._at)

    def _move_to(self, point: QPoint) -> None:
        offset = self._page.nearest_offset(point)
        if self._edge:
            self._page.edges.drag(self._edge, offset, words=not self._exact)
            return
        start, end = min(offset, self._origin[0]), max(offset, self._origin[1])
        if start < end:
            start, end = (snap if self._exact else self._widen)(self._page.text, start, end)
            self._select(start, end, backwards=offset <= self._origin[0])
        else:
            self._page.put_caret(point)

    def _select(self, start: int, end: int, *, backwards: bool) -> None:
        self._page.select_span(end, start) if backwards else self._page.select_span(start, end)

    def _trim(self) -> None:
        backwards = self._page.caret() < self._page.anchor()
        self._select(*trim(self._page.text, *(self._page.selected_span() or (0, 0))), backwards=backwards)

    def _tell_span(self) -> None:
        span = self._page.selected_span()
        if span and self._moved:
            self._page.span_taken.emit(*span)

    def _end_edge(self, point: QPointF) -> None:
        """Ask for the new span; an edge that was only clicked is no edge, where the mark itself lies there."""
        dropped = self._page.edges.dropped()
        if dropped:
            self._page.edge_moved.emit(*dropped)
        elif not self._moved and self._page.is_on_selected(point):
            self._page.put_caret(point.toPoint())
            self._page.click(point)

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
        self._move_to(QPoint(self._at.x(), min(max(self._at.y(), 0), height - 1)))

    def _is_near(self, point: QPoint | None) -> bool:
        return point is not None and (self._at - point).manhattanLength() < QApplication.startDragDistance()
