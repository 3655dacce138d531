"""The page as a widget: shows one article, lets a reader move, select and click, and speaks in code points.

The Qt document is filled once per article and never read: text, lengths and offsets come from our own text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QHelpEvent, QKeyEvent, QKeySequence, QMouseEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QApplication, QFrame, QTextEdit, QToolTip, QWidget

from annotator.text.graphemes import snap
from ui.page.layout import PageLayout
from ui.page.marks import Mark, MarkIndex
from ui.page.painting import MarkPainter
from ui.page.utf16 import Utf16Map

# Qt swallows the one and treats the other as an embedded object; both get a stand-in of the same length.
_STAND_INS = {0xFEFF: "\u2060", 0xFFFC: "\ufffd"}
_DIRECTIONS = {"rtl": Qt.LayoutDirection.RightToLeft, "ltr": Qt.LayoutDirection.LeftToRight}
_MOVES = {
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down,
    Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
}  # fmt: skip


class PageView(QTextEdit):
    """One article to read and mark. All offsets going in and out are code points."""

    span_selected = Signal(int, int)
    mark_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._reading = QFont(self.document().defaultFont())
        self._map = Utf16Map("")
        self._painter = MarkPainter()
        self._last_click: tuple[int, str] | None = None
        self._marks: dict[str, Mark] = {}
        self._set_up()

    def _set_up(self) -> None:
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setAcceptRichText(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        document = self.document()
        document.setDocumentMargin(0)
        document.setDefaultTextOption(QTextOption())
        document.setDefaultCursorMoveStyle(Qt.CursorMoveStyle.VisualMoveStyle)
        self._layout = PageLayout(document)
        self._layout.painter = self._painter
        document.setDocumentLayout(self._layout)
        self.selectionChanged.connect(self._tell_selection)

    # -- what is shown --------------------------------------------------------------------------------------------

    def show_article(self, text: str, *, direction: str = "auto") -> None:
        """Show a text from its beginning; `direction` (`rtl`, `ltr`) overrides that of every paragraph."""
        self._text = text
        self._map = Utf16Map(text)
        self.set_marks(())
        self._last_click = None
        self.setPlainText(text.translate(_STAND_INS))
        self._layout.set_text_facts(text.split("\n"), _DIRECTIONS.get(direction))
        self.verticalScrollBar().setValue(0)

    def set_reading(self, family: str, points: float) -> None:
        """Choose the reading font and its size in points."""
        font = QFont(family)
        font.setPointSizeF(points)
        self._reading = font
        self.document().setDefaultFont(font)
        self._layout.forget()

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Show these marks (offsets in code points) instead of the ones before; the document is not touched."""
        self._marks = {mark.id: mark for mark in marks}
        to_utf16 = self._map.to_utf16
        self._painter.index = MarkIndex(
            [replace(mark, start=to_utf16(mark.start), end=to_utf16(mark.end)) for mark in marks]
        )
        self.viewport().update()

    def select_mark(self, identity: str | None) -> None:
        """Show one mark as the selected one and bring it into view, or none."""
        self._painter.selected = identity
        mark = self._marks.get(identity or "")
        if mark:
            self.reveal(mark.start, mark.end)
        self.viewport().update()

    # -- where ----------------------------------------------------------------------------------------------------

    def selected_span(self) -> tuple[int, int] | None:
        """Return the selected span, widened to whole graphemes, or None."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        back = self._map.to_code_points
        return snap(self._text, back(cursor.selectionStart()), back(cursor.selectionEnd()))

    def select_span(self, start: int, end: int) -> None:
        """Select a span, with the caret at its end."""
        cursor = self.textCursor()
        cursor.setPosition(self._map.to_utf16(start))
        cursor.setPosition(self._map.to_utf16(end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def clear_selection(self) -> None:
        """Drop the selection; the caret stays."""
        cursor = self.textCursor()
        cursor.clearSelection()
        self.setTextCursor(cursor)

    def caret(self) -> int:
        """Return where the reading caret is."""
        return self._map.to_code_points(self.textCursor().position())

    def set_caret(self, offset: int) -> None:
        """Put the reading caret somewhere and drop the selection."""
        cursor = self.textCursor()
        cursor.setPosition(self._map.to_utf16(offset))
        self.setTextCursor(cursor)

    def marks_at(self, offset: int) -> list[str]:
        """Return the ids of the marks that cover the character at `offset`, innermost first."""
        return [mark.id for mark in self._painter.index.at(self._map.to_utf16(offset))]

    def offset_at(self, point: QPoint) -> int | None:
        """Return the offset of the character drawn at a point of the viewport, or None where there is none."""
        position = self._layout.character_at(self._to_document(point))
        return None if position is None else self._map.to_code_points(position)

    def span_rectangles(self, start: int, end: int) -> list[QRectF]:
        """Return the rectangles of a span in the viewport: at least one a line, more where directions mix."""
        first, last = self._map.to_utf16(start), self._map.to_utf16(end)
        scroll = self.verticalScrollBar().value()
        return [
            rectangle.translated(0.0, -scroll)
            for line in self._layout.lines_of_span(first, last)
            for rectangle in line.rectangles(first, last)
        ]

    def reveal(self, start: int, end: int) -> None:
        """Scroll so that the beginning of a span is seen, if it is not."""
        rectangles = self.span_rectangles(start, end)
        if not rectangles:
            return
        height, bar = self.viewport().height(), self.verticalScrollBar()
        if rectangles[0].top() < 0 or rectangles[0].bottom() > height:
            bar.setValue(int(bar.value() + rectangles[0].top() - height / 3))

    # -- what Qt tells --------------------------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Keep the reading font when a theme changes the widget's: Qt would hand that on to the document."""
        super().changeEvent(event)
        if self.document().defaultFont() != self._reading:
            self.document().setDefaultFont(self._reading)
            self._layout.forget()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, select and copy with the keys for it; every other key is the window's."""
        moves = event.key() in _MOVES and not event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        elif moves or event.matches(QKeySequence.StandardKey.SelectAll):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a new selection also inside the old one: Qt would drag the selected text away instead."""
        if event.button() == Qt.MouseButton.LeftButton and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.clear_selection()
        super().mousePressEvent(event)

    def copy_selection(self) -> None:
        """Copy our own text: Qt would turn no-break spaces into spaces and hand out the stand-ins."""
        cursor, back = self.textCursor(), self._map.to_code_points
        if cursor.hasSelection():
            text = self._text[back(cursor.selectionStart()) : back(cursor.selectionEnd())]
            QApplication.clipboard().setText(text)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click that selects nothing asks for the mark under it; clicking again asks for the next outer one."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            offset = self.offset_at(event.position().toPoint())
            self._click(offset)

    def viewportEvent(self, event: QEvent) -> bool:
        """Show what a mark is when the pointer rests on it."""
        if isinstance(event, QHelpEvent):
            self._show_tip(event)
            return True
        return super().viewportEvent(event)

    def _click(self, offset: int | None) -> None:
        under = [] if offset is None else self.marks_at(offset)
        if not under or offset is None:
            self._last_click = None
            self.mark_clicked.emit("")
            return
        chosen = under[0]
        if self._last_click and self._last_click[0] == offset and self._last_click[1] in under:
            chosen = under[(under.index(self._last_click[1]) + 1) % len(under)]
        self._last_click = (offset, chosen)
        self.mark_clicked.emit(chosen)

    def _show_tip(self, event: QHelpEvent) -> None:
        offset = self.offset_at(event.pos())
        under = [] if offset is None else self.marks_at(offset)
        names = "\n".join(self._marks[identity].name for identity in under)
        # Qt takes a text with tags for HTML, and a note may hold any text: say that it is HTML and escape it.
        shown = f"<p style='white-space: pre-wrap'>{escape(names)}</p>" if names else ""
        QToolTip.showText(event.globalPos(), shown, self.viewport())

    def _tell_selection(self) -> None:
        span = self.selected_span()
        self.span_selected.emit(*(span or (self.caret(), self.caret())))

    def _to_document(self, point: QPoint) -> QPointF:
        return QPointF(point.x() + self.horizontalScrollBar().value(), point.y() + self.verticalScrollBar().value())
