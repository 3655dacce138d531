"""The page as the place of work: an article with its marks, hits and cards; what the mouse and the keys do on it.

Everything is painted by us and nothing of it is ever put into the Qt document.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from annotator.model import Boilerplate, Direction
from annotator.news import clipped
from annotator.text.sentences import sentence_at
from ui.page.chips import paint_chips
from ui.page.edges import Edges
from ui.page.greying import Greyed
from ui.page.keys import motion_of
from ui.page.margin import Card, Margin, card_at, in_view
from ui.page.marks import Mark, MarkIndex, Part
from ui.page.painting import PagePainter, Shown
from ui.page.pointer import Pointer
from ui.page.reader import PageReader
from ui.plain import spelled


class PageView(PageReader):
    """One article to read and mark. All offsets going in and out are code points."""

    mark_clicked = Signal(str)
    edge_moved = Signal(str, int, int)
    menu_asked = Signal(QPoint, int)
    span_taken = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.shown = Shown()
        self.margin = Margin(self.shown)
        self.shows_invisible = False
        self.boilerplate: tuple[Boilerplate, ...] = ()
        self._marks: dict[str, Mark] = {}
        self._clicked: tuple[int, str] | None = None
        super().__init__(parent)
        self.edges = Edges(self, self._show_dragged)
        self._pointer = Pointer(self)
        hints = QApplication.styleHints()
        hints.accessibility().contrastPreferenceChanged.connect(self._show_contrast)

    # -- what is shown --------------------------------------------------------------------------------------------

    def show_article(self, text: str, *, direction: Direction | None = None) -> None:
        """Show a text from its beginning; `direction` overrides that of every paragraph."""
        self.let_go()
        self._clicked = None
        self.shown.selected, self.shown.parts = None, []
        self.set_marks(())
        self.shown.hits, self.shown.hit_now = [], -1
        self.set_boilerplate((), {})
        self.fill(text, direction=direction)

    def set_marks(self, marks: Iterable[Mark]) -> None:
        """Show these marks (offsets in code points) instead of the ones before; the document is not touched."""
        self._marks = {mark.id: mark for mark in marks}
        shown = [self._to_utf16(mark) for mark in self._marks.values()]
        self.shown.index = MarkIndex(shown)
        self.margin.index = MarkIndex(mark for mark in shown if mark.card)
        self._take_edges()

    def change_marks(self, gone: Iterable[str], come: Iterable[Mark]) -> None:
        """Take some marks away and show others; a mark that changed is in both. The rest costs nothing."""
        gone, come = list(gone), list(come)
        before = self._marks.get(self.shown.selected or "")
        for identity in gone:
            self._marks.pop(identity, None)
        self._marks.update((mark.id, mark) for mark in come)
        shown = [self._to_utf16(mark) for mark in come]
        self.shown.index.change(gone, shown)
        self.margin.index.change(gone, [mark for mark in shown if mark.card])
        self._take_edges()
        self._reveal_moved_edge(before)

    def select_mark(self, identity: str | None, *, movable: bool = False) -> None:
        """Show one mark as the selected one, or none; a `movable` one has edges to take hold of.

        When it was not selected before and nothing of it is in view, it is brought there.
        """
        is_another = identity != self.shown.selected
        self.shown.selected, self.shown.movable = identity, movable
        self._take_edges()
        mark = self._marks.get(identity or "")
        if mark and is_another and not self.is_in_view(mark.start, mark.end):
            self.reveal(mark.start)
        self.viewport().update()

    def show_parts(self, parts: Iterable[Part]) -> None:
        """Outline the parts of the selected mark's frame (offsets in code points)."""
        self.shown.parts = [Part(*self._span16(part.start, part.end), part.joined) for part in parts]
        self.viewport().update()

    def let_go(self) -> bool:
        """Give up what the mouse is dragging, and tell whether it was dragging something."""
        was_busy = self._pointer.is_busy
        self._pointer.let_go()
        self.edges.let_go()
        return was_busy

    def set_hits(self, hits: Iterable[tuple[int, int]], now: int) -> None:
        """Show what a search found (spans in order, not overlapping), number `now` stronger and in view."""
        spans = list(hits)
        self.shown.hits = [self._span16(*span) for span in spans]
        self.shown.hit_now = now
        if 0 <= now < len(spans):
            self.reveal(spans[now][0])
        self.viewport().update()

    def set_boilerplate(self, ranges: Sequence[Boilerplate], names: Mapping[str, str]) -> None:
        """Grey these ranges (code points, sorted), each with the label that its kind has; none moves anything."""
        self.boilerplate = tuple(ranges)
        self.shown.greyed = [
            Greyed(*self._span16(one.start, one.end), names.get(one.kind, "")) for one in self.boilerplate
        ]
        self.viewport().update()

    def show_invisible(self, on: bool) -> None:
        """Show or hide the chips of invisible characters."""
        self.shows_invisible = on
        self.viewport().update()

    @property
    def is_focused_on_paragraph(self) -> bool:
        """Whether all but one paragraph is dimmed."""
        return self.shown.paragraph is not None

    def focus_paragraph(self, on: bool) -> None:
        """Dim all but the paragraph of the caret, or nothing."""
        self.shown.paragraph = self._paragraph() if on else None
        self.viewport().update()

    # -- where ----------------------------------------------------------------------------------------------------

    def marks_at(self, offset: int) -> list[str]:
        """Return the ids of the marks that cover the character at `offset`, innermost first."""
        return [mark.id for mark in self.shown.index.at(self._offsets.to_utf16(offset))]

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """Return the sentence at an offset; one of the news does not run on into page boilerplate."""
        start, end = sentence_at(self.text, offset)
        return clipped(self.boilerplate, start, end, offset) if start <= offset < end else (start, end)

    def marks_under_pointer(self) -> list[str]:
        """Return the ids of the marks under the last click, innermost first; none once the caret has moved on."""
        return self.marks_at(self._clicked[0]) if self._clicked else []

    def marks(self) -> list[Mark]:
        """Return the marks that are shown, in code points."""
        return list(self._marks.values())

    def mark(self, identity: str) -> Mark | None:
        """Return a mark that is shown, in code points."""
        return self._marks.get(identity)

    # -- what Qt tells --------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the visible lines and cards."""
        self._settle()
        self.shown.caret = self._spot() if self.hasFocus() else None
        painter = QPainter(self.viewport())
        try:
            self._paint(painter)
        finally:
            painter.end()  # a painter that outlives an exception here takes the process with it

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, select and copy with the keys for it; every other key is the window's."""
        motion, select = motion_of(event)
        if motion:
            self.move_caret(motion, select=select)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_span(0, len(self.text))
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.card_at(event.position()) is None:
            self._pointer.press(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.card_at(event.position()) is None:
            self._pointer.double_click(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        card = self.card_at(event.position())
        if card and not self._pointer.is_busy:
            self.mark_clicked.emit(card)
        self._pointer.release(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of a place: that under the pointer, or with the menu key that of the caret."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            point, offset = self.spot_box(self._spot()).bottomLeft().toPoint(), self.caret()
        else:
            point, offset = event.pos(), self._choose_at(event.pos())
        self.menu_asked.emit(self.viewport().mapToGlobal(point), offset)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        """Show what a mark is when the pointer rests on it."""
        if isinstance(event, QHelpEvent):
            self._show_tip(event)
            return True
        return super().viewportEvent(event)

    # -- doing ----------------------------------------------------------------------------------------------------

    def click(self, point: QPointF) -> None:
        """Ask for the innermost mark under a point; clicking again asks for the next outer one."""
        offset = self.offset_at(point.toPoint())
        under = [] if offset is None else self.marks_at(offset)
        if not under or offset is None:
            self._clicked = None
            self.mark_clicked.emit("")
            return
        chosen = under[0]
        if self._clicked and self._clicked[0] == offset and self._clicked[1] in under:
            chosen = under[(under.index(self._clicked[1]) + 1) % len(under)]
        self._clicked = (offset, chosen)
        self.mark_clicked.emit(chosen)

    def is_on_selected(self, point: QPointF) -> bool:
        """Tell whether the selected mark covers the character under a point."""
        offset = self.offset_at(point.toPoint())
        return offset is not None and self.shown.selected in self.marks_at(offset)

    def card_at(self, point: QPointF) -> str | None:
        """Return the id of the mark whose card lies at a point of the viewport, or None."""
        return card_at(self._cards(), self._to_page(point.toPoint()))

    def painter(self, strong: bool) -> PagePainter:
        """Return what paints the lines, with `strong` in more contrast."""
        return PagePainter(self.shown, self.palette(), strong=strong)

    def card_font(self) -> QFont:
        """Return the font of the cards: that of the interface, a little smaller."""
        font = QFont(self.font())
        font.setPointSizeF(max(font.pointSizeF() * 0.9, 6.0))
        return font

    # -- inside ---------------------------------------------------------------------------------------------------

    def _paint(self, painter: QPainter) -> None:
        top, bottom = self._view()
        pile = self.margin.pile(self._layout, top, bottom, self.card_font())
        self._layout.reserve(pile[-1].box.bottom() if pile else 0.0)
        painter.setLayoutDirection(self.layoutDirection())
        painter.translate(0.0, -top)
        lines = self._layout.lines_between(top, bottom)
        self.painter(self._wants_contrast()).paint(painter, self._layout, lines)
        if self.shows_invisible:
            painter.setFont(self.font())
            paint_chips(painter, lines, self.text, self._offsets)
        self.margin.paint(painter, self._layout, in_view(pile, top, bottom), self.palette(), self.card_font())

    def _cards(self) -> list[Card]:
        return self.margin.cards(self._layout, *self._view(), self.card_font())

    def _view(self) -> tuple[int, int]:
        """Return the heights of the page between which the view lies."""
        top = self.verticalScrollBar().value()
        return top, top + self.viewport().height()

    def _choose_at(self, point: QPoint) -> int:
        """Choose what a menu at a point is to be about, and return its offset: never something that lies elsewhere.

        The selected text and the selected mark stay when the pointer is on them; beside the text everything stays.
        """
        card, offset, span = self.card_at(QPointF(point)), self.offset_at(point), self.selected_span() or (0, 0)
        if card:
            self.mark_clicked.emit(card)
            return self._marks[card].start
        if offset is None:
            return self.caret()
        if not span[0] <= offset < span[1]:
            under = self.marks_at(offset)
            self.clear_selection()
            if self.shown.selected not in under:
                self.mark_clicked.emit(under[0] if under else "")
        return offset

    def _paragraph(self) -> tuple[int, int]:
        caret = self.caret()
        start, end = self.text.rfind("\n", 0, caret) + 1, self.text.find("\n", caret)
        return self._span16(start, end if end >= 0 else len(self.text))

    def caret_changed(self, *, moved: bool) -> None:
        """Paint the selection where it is now."""
        cursor = self.textCursor()
        self.shown.selection = (cursor.selectionStart(), cursor.selectionEnd())
        if self.shown.paragraph:
            self.shown.paragraph = self._paragraph()
        if moved:
            self._clicked = None
        super().caret_changed(moved=moved)

    def _reveal_moved_edge(self, before: Mark | None) -> None:
        """Bring the edge of the selected mark into view that a key has moved."""
        after = self._marks.get(before.id) if before else None
        if before and after and (before.start, before.end) != (after.start, after.end):
            self.reveal(after.start if before.start != after.start else after.end - 1)

    def _take_edges(self) -> None:
        movable = self._marks.get(self.shown.selected or "") if self.shown.movable else None
        self.edges.take(movable)

    def _show_dragged(self, span: tuple[int, int] | None) -> None:
        self.shown.dragged = self._span16(*span) if span else None
        self.viewport().update()

    def _to_utf16(self, mark: Mark) -> Mark:
        start, end = self._span16(mark.start, mark.end)
        return mark if (start, end) == (mark.start, mark.end) else replace(mark, start=start, end=end)

    def _show_contrast(self) -> None:
        self.viewport().update()

    def _wants_contrast(self) -> bool:
        hints = QApplication.styleHints()  # what it hands out dies with it
        return hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast

    def _show_tip(self, event: QHelpEvent) -> None:
        card, offset = self.card_at(QPointF(event.pos())), self.offset_at(event.pos())
        under = [card] if card else [] if offset is None else self.marks_at(offset)
        names = "\n".join(self._marks[identity].name for identity in under)
        QToolTip.showText(event.globalPos(), spelled(names), self.viewport())
