"""Printing an article with its marks, on paper or into a PDF file: sheet by sheet, in slices of a few milliseconds.

The text is laid out once more, in a document of its own, for the width of the paper; the page's own painters paint it, in
the colours of paper whatever the theme is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QPagedPaintDevice, QPainter, QTextDocument, QTextOption

from annotator.errors import ProjectError
from annotator.language import N_
from ui.page.layout import PageLayout, Placed
from ui.page.margin import Card, Margin
from ui.page.marks import Mark
from ui.page.metrics import CARD_WIDTH, MEASURES, PageMetrics, Side, metrics_for
from ui.page.painting import PagePainter, Shown
from ui.page.paper.breaks import Row, bottom_of, broken, top_of
from ui.page.paper.cards import Wish, pile
from ui.page.paper.endnotes import Endnotes, Entry, Part, entries_of
from ui.page.paper.frame import Frame
from ui.page.paper.numbers import Numbered, paint_numbers
from ui.page.paper.printout import UNITS, Paper, Printout, paper_font, paper_of, paper_palette
from ui.page.paper.typeset import interface_direction, numeral
from ui.page.pieces import pieces_of
from ui.page.utf16 import Utf16Map, shown_text
from ui.translate import tr

Choose = Callable[[int], Iterable[int]]
_CARD_POINTS = 8.0
_STRETCH, _MARKS = 900.0, 400  # what is done in one step: some thirty lines are laid out, some hundred marks taken over


class PrinterFailed(ProjectError):
    """The printer took nothing."""

    template = N_("{printer} cannot be used. Check that it is switched on and connected, then try again.")


class NoPrinter(ProjectError):
    """The system knows no printer."""

    template = N_("There is no printer on this computer. Add one in the system's settings, or use “Save as PDF…”.")


@dataclass(slots=True)
class Sheet:
    """What stands on one sheet. `top` is the height of the whole page at which its text begins."""

    number: int
    rows: tuple[Row, ...] = ()
    top: float = 0.0
    cards: tuple[Card, ...] = ()
    parts: list[Part] = field(default_factory=list)

    @property
    def start(self) -> int:
        """The UTF-16 position of its first character."""
        return self.rows[0].start if self.rows else 0

    @property
    def used(self) -> float:
        """How much of its room text and cards take."""
        return max([bottom_of(self.rows), *(card.box.bottom() for card in self.cards)]) - self.top if self.rows else 0.0


class Press:
    """Lays a printout out on sheets, and paints them."""

    def __init__(self, printout: Printout, paper: Paper) -> None:
        self._printout, self._paper = printout, paper
        self._offsets = Utf16Map(printout.text)
        self._marks: list[Mark] = []
        self._texts: dict[str, str] = {}
        self._shown = Shown()
        self._margin, self._card_font = Margin(self._shown), paper_font(_CARD_POINTS)
        self._palette, self._numbered = paper_palette(), list[Numbered]()
        self._shown.greyed = [
            replace(one, start=self._offsets.to_utf16(one.start), end=self._offsets.to_utf16(one.end))
            for one in printout.greyed
        ]
        self._document = QTextDocument()
        self.layout = PageLayout(self._document)
        self._set_up()
        left, right = _edges(self.layout.metrics)
        self.frame = Frame(printout, paper, left=left, right=right)
        heading = tr("Claims and notes") if printout.claims else tr("Notes")
        self.endnotes = Endnotes(heading, family=printout.family, left=left, right=right)
        self.sheets: list[Sheet] = []

    def plan(self) -> Iterator[float]:
        """Lay everything out, a few milliseconds' work at each step; each yields what part of it is done, 0 to 1."""
        for _ in self._take_text():
            yield 0.0
        for _ in self._take_marks():
            yield 0.0
        rows: list[Row] = []
        for stretch in self._stretches():
            rows += stretch
            yield rows[-1].end / max(self._offsets.length16, 1)
        for number, on_sheet in enumerate(broken(rows, self.frame.room)):
            self.sheets.append(Sheet(number, tuple(on_sheet), top_of(on_sheet)))
            yield 1.0
        self.sheets = self.sheets or [Sheet(0)]
        for _ in self._fill_sheets():
            yield 1.0

    def paint(self, painter: QPainter, sheet: Sheet) -> None:
        """Paint one sheet; the painter's units are those of the page."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        right_to_left = interface_direction() == "rtl"
        painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight)
        self.frame.paint(painter, self._palette, sheet.number, len(self.sheets))
        head = self.frame.head(sheet.number)
        painter.save()
        painter.translate(0.0, head - sheet.top)
        self._paint_text(painter, sheet)
        painter.restore()
        if self.endnotes.heading and self.endnotes.heading[0] == sheet.number:
            self.endnotes.paint_heading(painter, self._palette, head + self.endnotes.heading[1])
        for part in sheet.parts:
            self.endnotes.paint(painter, self._palette, part, head)

    def lines(self, sheet: Sheet) -> list[Placed]:
        """Return the lines of a sheet, laid out now if they are not."""
        if not sheet.rows:
            return []
        bottom = sheet.rows[-1].bottom
        self.layout.settle(sheet.rows[0].top, bottom)
        placed = self.layout.lines_between(sheet.rows[0].top - 1.0, bottom + 1.0)
        return [one for one in placed if sheet.rows[0].start <= one.line.start <= sheet.rows[-1].start]

    # -- inside ---------------------------------------------------------------------------------------------------

    def _set_up(self) -> None:
        """Take the measures of the paper."""
        printout, document = self._printout, self._document
        font = paper_font(printout.points, family=printout.family)
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(0)
        document.setDefaultTextOption(QTextOption())
        document.setDefaultFont(font)
        document.setDocumentLayout(self.layout)
        side: Side = "left" if interface_direction() == "rtl" else "right"
        self.layout.set_metrics(
            metrics_for(
                self._paper.width,
                QFontMetricsF(font).height(),
                measure=MEASURES["medium"],
                leading=printout.leading,
                side=side if any(mark.card for mark in printout.marks) else None,
            )
        )

    def _take_text(self) -> Iterator[None]:
        text = self._printout.text
        self._document.setPlainText(shown_text(text))
        yield
        pieces = pieces_of(text, direction=self._printout.direction)
        yield
        self.layout.set_pieces(pieces)
        yield

    def _take_marks(self) -> Iterator[None]:
        """Take the marks over a few at a time, by UTF-16 positions and in the order of the text."""
        printout, to_utf16 = self._printout, self._offsets.to_utf16
        ordered = sorted(printout.marks, key=lambda mark: (mark.start, -mark.end, mark.id))
        for some in _chunks(ordered, _MARKS):
            moved = [replace(mark, start=to_utf16(mark.start), end=to_utf16(mark.end)) for mark in some]
            self._marks += moved
            self._texts |= {mark.id: printout.text[mark.start : mark.end] for mark in some}
            self._shown.index.change((), moved)
            yield

    def _stretches(self) -> Iterator[list[Row]]:
        """Yield the lines of the article in order, laid out stretch by stretch."""
        top, last = 0.0, -1
        while last < self._offsets.length16 and top < self.layout.height:
            self.layout.settle(top, top + _STRETCH)
            placed = self.layout.lines_between(top, top + _STRETCH)
            rows = [self._row(one) for one in placed if one.line.start > last]
            if rows:
                last = rows[-1].start
                yield rows
            top += _STRETCH

    def _row(self, placed: Placed) -> Row:
        line = placed.line
        empty = not self.layout.piece(line.start).text.strip()
        return Row(line.start, line.end, placed.top, placed.top + line.height, placed.paragraph_top, empty)

    def _put_cards(self, sheet: Sheet) -> frozenset[str]:
        """Place the cards of the marks that begin on a sheet; return those that are not on it as they are."""
        index, metrics = self._shown.index, self.layout.metrics
        first, last = index.starting_from(sheet.start), index.starting_from(self._end(sheet))
        marks = [mark for mark in index.marks[first:last] if mark.card]
        if metrics.side is None:
            return frozenset(mark.id for mark in marks)
        wishes = [
            Wish(mark, self._top(sheet, mark.start) + metrics.pitch * 0.1, self._texts[mark.id]) for mark in marks
        ]
        bottom = sheet.top + self.frame.room(sheet.number)
        placed = pile(wishes, left=metrics.card_left, top=sheet.top, bottom=bottom, font=self._card_font)
        sheet.cards = placed.cards
        return placed.cut

    def _fill_sheets(self) -> Iterator[None]:
        """Place the cards on all sheets, number the notes, and place their list behind the article."""
        cut = set(self._printout.claims)
        for sheet in self.sheets:
            cut |= self._put_cards(sheet)
            yield
        entries: list[Entry] = []
        for entry in entries_of(self._printout, self._marks, self._texts, cut, self._pages()):
            entries.append(entry)
            yield
        self._number({entry.mark: entry.number for entry in entries})
        self.endnotes.entries = entries
        yield
        yield from self._put_notes()

    def _pages(self) -> dict[str, int]:
        """Return the number, from 1, of the page on which each mark begins."""
        index = self._shown.index
        return {
            mark.id: sheet.number + 1
            for sheet in self.sheets
            for mark in index.marks[index.starting_from(sheet.start) : index.starting_from(self._end(sheet))]
        }

    def _put_notes(self) -> Iterator[None]:
        last = self.sheets[-1]
        for number, part in self.endnotes.flow(last.number, last.used, self.frame.room):
            while number >= len(self.sheets):
                self.sheets.append(Sheet(len(self.sheets)))
            self.sheets[number].parts.append(part)
            yield

    def _number(self, numbers: dict[str, int]) -> None:
        """Give the marks and cards that the list is about their numbers."""
        listed = [mark for mark in self._marks if mark.id in numbers]
        self._numbered = [Numbered(mark.end, numbers[mark.id], mark.colour) for mark in listed]
        for sheet in self.sheets:
            sheet.cards = tuple(_numbered(card, numbers.get(card.mark.id)) for card in sheet.cards)

    def _paint_text(self, painter: QPainter, sheet: Sheet) -> None:
        lines = self.lines(sheet)
        PagePainter(self._shown, self._palette).paint(painter, self.layout, lines)
        self._margin.paint(painter, self.layout, list(sheet.cards), self._palette, self._card_font)
        start, end = sheet.start, self._end(sheet)
        paint_numbers(painter, lines, [one for one in self._numbered if start < one.end <= end])

    def _top(self, sheet: Sheet, position: int) -> float:
        return next(row.top for row in reversed(sheet.rows) if row.start <= position)

    def _end(self, sheet: Sheet) -> int:
        """Return the UTF-16 position at which the next sheet begins."""
        return sheet.rows[-1].end + 1 if sheet.rows else 0


def pages(printout: Printout, device: QPagedPaintDevice, *, choose: Choose = range) -> Iterator[float]:
    """Print on a device, a few milliseconds' work at each step; each yields what part of all is done, 0 to 1.

    `choose` gets the number of sheets and returns which to print, in order, counted from 0. Whoever stops early closes the
    iterator. Raises PrinterFailed if the device takes nothing.
    """
    press = Press(printout, paper_of(device.pageLayout()))
    for done in press.plan():
        yield done / 2
    chosen = [press.sheets[number] for number in choose(len(press.sheets))]
    painter = _begun(device)
    try:
        for count, sheet in enumerate(chosen):
            if count:
                device.newPage()
            press.paint(painter, sheet)
            yield 0.5 + (count + 1) / len(chosen) / 2
    finally:
        painter.end()


def book(printouts: Iterable[Printout], device: QPagedPaintDevice) -> Iterator[None]:
    """Print one article after the other on a device, each from a new sheet on, a few milliseconds' work at each step.

    Raises PrinterFailed if the device takes nothing.
    """
    painter, printed = _begun(device), 0
    try:
        for printout in printouts:
            press = Press(printout, paper_of(device.pageLayout()))
            yield from (None for _ in press.plan())
            for sheet in press.sheets:
                if printed:
                    device.newPage()
                press.paint(painter, sheet)
                printed += 1
                yield
    finally:
        painter.end()


def _begun(device: QPagedPaintDevice) -> QPainter:
    painter = QPainter()
    if not painter.begin(device):
        raise PrinterFailed(printer=getattr(device, "printerName", str)() or "PDF")
    painter.scale(device.logicalDpiX() / UNITS, device.logicalDpiY() / UNITS)
    return painter


def _edges(metrics: PageMetrics) -> tuple[float, float]:
    """Return the left and the right edge of what is printed: of the column and, where there is one, of the margin."""
    if metrics.side is None:
        return metrics.column_left, metrics.column_right
    if metrics.side == "left":
        return metrics.card_left, metrics.column_right
    return metrics.column_left, metrics.card_left + CARD_WIDTH


def _chunks(marks: Sequence[Mark], size: int) -> Iterator[Sequence[Mark]]:
    return (marks[first : first + size] for first in range(0, len(marks), size))


def _numbered(card: Card, number: int | None) -> Card:
    if number is None:
        return card
    heading, *rest = card.mark.card
    return replace(card, mark=replace(card.mark, card=(f"{numeral(number)} · {heading}", *rest)))
