"""The page as a surface: the text of one article laid out in a column, scrolled and measured. Offsets are code points.

The Qt document is filled once per article and never read: text, lengths and offsets come from our own text. Qt's text view
brings scrolling and the accessibility text interface; what a screen reader would write through that is put back.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QFont, QFontMetricsF, QResizeEvent, QTextOption, QWheelEvent
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from annotator.model import Direction
from ui.page.layout import PageLayout
from ui.page.lines import Spot
from ui.page.metrics import LEADINGS, MEASURES, metrics_for
from ui.page.pieces import pieces_of
from ui.page.utf16 import Utf16Map, shown_text


class PageSurface(QTextEdit):
    """An article's text, read-only, in the reader's font and measures."""

    zoom_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = ""
        self._reading = QFont(self.document().defaultFont())
        self._measure, self._leading = MEASURES["medium"], LEADINGS["normal"]
        self.has_margin = True
        self._placing = self._settling = False
        self._set_up()
        self._take_text("")

    def _set_up(self) -> None:
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setAcceptRichText(False)
        self.setAcceptDrops(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setTabChangesFocus(True)
        self.viewport().setMouseTracking(True)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        document = self.document()
        document.setDocumentMargin(0)
        document.setDefaultTextOption(QTextOption())
        self._layout = PageLayout(document)
        document.setDocumentLayout(self._layout)
        self._revision = document.revision()
        document.contentsChanged.connect(self._put_back, Qt.ConnectionType.QueuedConnection)

    # -- the text and how it is read -------------------------------------------------------------------------------------

    def fill(self, text: str, *, direction: Direction | None = None) -> None:
        """Show a text from its beginning; `direction` overrides that of every paragraph."""
        self._fill_document(text)
        self._take_text(text, direction=direction)
        self.verticalScrollBar().setValue(0)
        self._settle()

    def set_direction(self, direction: Direction | None) -> None:
        """Give every paragraph this direction, or each its own; the reading place stays."""
        with self._keeping_place():
            self._layout.set_pieces(pieces_of(self.text, direction=direction))

    def set_reading(
        self,
        family: str,
        points: float,
        *,
        measure: float = MEASURES["medium"],
        leading: float = LEADINGS["normal"],
    ) -> None:
        """Choose the reading font, its size in points, the width of the column in ems and the distance of lines."""
        font = QFont(family)
        font.setPointSizeF(points)
        self._reading, self._measure, self._leading = font, measure, leading
        with self._keeping_place():
            self._take_font()

    def set_margin(self, shown: bool) -> None:
        """Show or fold away the margin; on a narrow page it is folded away in any case."""
        self.has_margin = shown
        with self._keeping_place():
            self._measure_page()

    # -- where things are ------------------------------------------------------------------------------------------------

    def position_of(self, offset: int) -> int:
        """Return the UTF-16 position of an offset; for the parts of the page only."""
        return self._offsets.to_utf16(offset)

    def offset_at(self, point: QPoint) -> int | None:
        """Return the offset of the character drawn at a point of the viewport, or None where there is none."""
        position = self._layout.character_at(self._to_page(point))
        return None if position is None else self._offsets.to_code_points(position)

    def nearest_offset(self, point: QPoint) -> int:
        """Return the offset between characters that is nearest to a point of the viewport."""
        return self._offsets.to_code_points(self._layout.spot_at(self._to_page(point)).position)

    def span_rectangles(self, start: int, end: int) -> list[QRectF]:
        """Return the rectangles of a span in the viewport: at least one a line, more where directions mix."""
        first, last = self._span16(start, end)
        lines, scroll = self._layout.lines_of_span(first, last), self.verticalScrollBar().value()
        return [box.translated(0.0, -scroll) for placed in lines for box in placed.rectangles(first, last)]

    def drawn_fonts(self) -> set[str]:
        """Return the families of the fonts that the lines in view are really drawn in."""
        top = self.verticalScrollBar().value()
        lines = self._layout.lines_between(top, top + self.viewport().height())
        return {family for placed in lines for family, _, _ in placed.line.glyphs()}

    def reveal(self, offset: int) -> None:
        """Scroll so that the character at an offset is seen, if it is not."""
        placed = self._layout.line_of(Spot(self._offsets.to_utf16(offset)))
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if not bar.value() <= placed.top <= bar.value() + height - placed.line.height:
            bar.setValue(round(placed.top - height / 3))
            self._settle()

    def place(self) -> tuple[int, float]:
        """Return the offset of the first visible line and how far below the view's top it stands, in pixels."""
        top = self.verticalScrollBar().value()
        placed = self._layout.line_at(top + 1.0)  # a scroll bar counts whole pixels
        return (self._offsets.to_code_points(placed.line.start), placed.top - top) if placed else (0, 0.0)

    def go_to(self, offset: int, below: float) -> None:
        """Scroll so that the line that holds an offset stands so far below the view's top."""
        spot = Spot(self._offsets.to_utf16(min(offset, len(self.text))))
        for _ in range(2):  # laying out what comes into view may move it once
            self.verticalScrollBar().setValue(round(self._layout.line_of(spot).top - below))
            self._settle()
        self.viewport().update()

    # -- what Qt tells ---------------------------------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Keep the reading font when a theme changes the widget's: Qt would hand that on to the document."""
        super().changeEvent(event)
        if self.document().defaultFont() != self._reading:
            with self._keeping_place():
                self._take_font()
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._measure_page()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the reading place when the width changes."""
        with self._keeping_place():
            super().resizeEvent(event)
            self._measure_page()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Lay out what comes into view before it is painted."""
        self._settle()
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl; Qt would change the font of the widget instead."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_asked.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    @Slot(QRectF)
    def _q_ensureVisible(self, box: QRectF) -> None:
        """Scroll to what a screen reader wants to be seen: Qt calls this by its name, and 6.11 has it no more."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if not bar.value() <= box.top() <= bar.value() + height - box.height():
            bar.setValue(round(box.top() - height / 3))

    # -- inside ----------------------------------------------------------------------------------------------------------

    def _fill_document(self, text: str) -> None:
        with self._placing_cursor():
            self.setPlainText(shown_text(text))
        self._revision = self.document().revision()

    def _put_back(self) -> None:
        """Fill the document again when a screen reader wrote into it: its interface does not heed that it is read-only."""
        if self.document().revision() == self._revision:
            return
        position = min(self.textCursor().position(), self._offsets.length16)
        with self._keeping_place():
            self._fill_document(self.text)
            self._layout.forget()
        cursor = self.textCursor()
        cursor.setPosition(position)
        self.setTextCursor(cursor)
        self.cursorPositionChanged.emit()

    def _take_text(self, text: str, *, direction: Direction | None = None) -> None:
        self.text, self._offsets = text, Utf16Map(text)
        self._layout.set_pieces(pieces_of(text, direction=direction))

    def _take_font(self) -> None:
        self.document().setDefaultFont(self._reading)
        self._layout.forget()
        self._measure_page()

    def _measure_page(self) -> None:
        """Take the measures of the page for the width of the view."""
        right_to_left = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = ("left" if right_to_left else "right") if self.has_margin else None
        line_height = QFontMetricsF(self._reading).height()
        width = float(self.viewport().width())
        self._layout.set_metrics(
            metrics_for(width, line_height, measure=self._measure, leading=self._leading, side=side)  # type: ignore[arg-type]
        )

    def _settle(self) -> None:
        """Lay out what is in view; where that turns out higher than estimated, scroll so that what was seen stays."""
        if self._settling:
            return
        self._settling = True
        bar, height = self.verticalScrollBar(), self.viewport().height()
        for _ in range(4):
            moved = self._layout.settle(bar.value(), bar.value() + height)
            if not moved:
                break
            bar.setValue(round(bar.value() + moved))
        if QAccessible.isActive():
            self._layout.lend_between(bar.value(), bar.value() + height)
        self._settling = False

    @contextmanager
    def _keeping_place(self) -> Iterator[None]:
        """Keep the first visible line where it is while the geometry changes."""
        place = self.place()
        self._settling = True
        yield
        self._settling = False
        self.go_to(*place)

    @contextmanager
    def _placing_cursor(self) -> Iterator[None]:
        """Set Qt's cursor without its scrolling to where it believes the cursor to be."""
        bar = self.verticalScrollBar()
        before, was, settling = bar.value(), self._placing, self._settling
        self._placing = self._settling = True
        yield
        bar.setValue(before)
        self._placing, self._settling = was, settling

    def _span16(self, start: int, end: int) -> tuple[int, int]:
        return self._offsets.to_utf16(start), self._offsets.to_utf16(end)

    def _to_page(self, point: QPoint) -> QPointF:
        return QPointF(point.x(), point.y() + self.verticalScrollBar().value())
