"""The numbered list behind the article: every annotation with a note, and every card that the margin could not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import count

from PySide6.QtCore import QLineF
from PySide6.QtGui import QColor, QFont, QPainter, QPalette, QPen

from ui.page.marks import Mark
from ui.page.palette import shade
from ui.page.paper.cards import full_words, is_quote
from ui.page.paper.printout import Note, Printout, paper_font
from ui.page.paper.typeset import Typeset, interface_direction, numeral
from ui.translate import isolated, tr

_HEADING, _LABEL, _QUOTE, _WORDS = 13.0, 9.0, 11.5, 9.5
_NUMBERS, _GAP, _RULE_GAP = 40.0, 12.0, 10.0
_WHOLE = 0.4  # what is higher than this part of a sheet may be broken
_UNKNOWN = "#6b7280"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the list; `mark` and `page` are None where its mark is not on paper."""

    number: int
    mark: str
    page: int | None
    colour: str
    heading: str
    quote: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Some lines of an entry, with the height of their top below the head of the sheet."""

    entry: int
    first: int
    last: int
    top: float


def entries_of(
    printout: Printout, marks: Sequence[Mark], quotes: Mapping[str, str], cut: Set[str], pages: Mapping[str, int]
) -> Iterator[Entry]:
    """Yield the entries in the order of the text; notes on marks that are not shown come last.

    `cut` are the marks whose card the margin could not hold, `quotes` their texts, `pages` the page each mark begins on.
    """
    notes, numbers = {note.mark: note for note in printout.notes if note.note.strip()}, count(1)
    for mark in marks:
        if mark.id in notes or mark.id in cut:
            full, quote, page = mark.id in cut, quotes[mark.id], pages.get(mark.id)
            words = printout.claims.get(mark.id) or (full_words(mark.card, quote) if full else ())
            yield _entry(next(numbers), mark, notes.pop(mark.id, None), quote, page, words)
    for note in notes.values():
        yield Entry(next(numbers), note.mark, None, _UNKNOWN, _named(note), note.quote, (note.note,))


def _entry(
    number: int, mark: Mark, note: Note | None, quote: str, page: int | None, said: Sequence[str]
) -> Entry:  # fmt: skip
    heading = _named(note) if note else mark.name.split("\n")[0]
    quote = note.quote if note else quote
    words = [line for line in said if not is_quote(line, quote)]
    if note:
        words = [line for line in words if line not in note.note] + [note.note]
    return Entry(number, mark.id, page, mark.colour, heading, quote, tuple(words))


def _named(note: Note) -> str:
    return f"{isolated(note.label)} · {isolated(note.reviewer)}" if note.reviewer else note.label


class SetEntry:
    """An entry set in lines of one width."""

    def __init__(self, entry: Entry, width: float, family: str) -> None:
        self._entry = entry
        page = tr("page {page}").format(page=numeral(entry.page)) if entry.page else ""
        heading = f"{entry.heading} · {page}" if page else entry.heading
        room = max(width - _NUMBERS, 1.0)
        self._parts = [Typeset(heading, paper_font(_LABEL, bold=True), room)]
        self._parts += [Typeset(f"«{' '.join(entry.quote.split())}»", paper_font(_QUOTE, family=family), room)]
        self._parts += [Typeset(words, paper_font(_WORDS), room) for words in entry.words]
        self._lines = [(part, line) for part in range(len(self._parts)) for line in range(self._parts[part].count)]

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    def height(self, first: int = 0, last: int | None = None) -> float:
        """Return how high some of its lines are together."""
        return sum(self._parts[part].pitch for part, _ in self._lines[first:last])

    def fitting(self, first: int, room: float) -> int:
        """Return the number of the line behind the last that fits, from `first` on."""
        last = first
        while last < self.count and self._parts[self._lines[last][0]].pitch <= room:
            room -= self._parts[self._lines[last][0]].pitch
            last += 1
        return last

    def draw(self, painter: QPainter, palette: QPalette, part: Part, left: float, top: float) -> None:
        """Draw some of its lines; the number stands before the first."""
        right_to_left, colour = interface_direction() == "rtl", shade(self._entry.colour, dark=False)
        if part.first == 0:
            painter.setPen(colour)
            number = Typeset(numeral(self._entry.number), paper_font(_LABEL, bold=True), _NUMBERS)
            number.draw(painter, left + self._parts[0].width if right_to_left else left, top)
        for which, line in self._lines[part.first : part.last]:
            painter.setPen(palette.color(QPalette.ColorRole.Text) if which else colour)
            self._parts[which].draw_line(painter, line, left if right_to_left else left + _NUMBERS, top)
            top += self._parts[which].pitch


class Endnotes:
    """The list, set between two edges, and where its parts stand on the sheets."""

    def __init__(self, heading: str, *, family: str, left: float, right: float) -> None:
        self.entries: Sequence[Entry] = ()
        self._family = family
        self._left, self._width = left, right - left
        self._heading = Typeset(heading, paper_font(_HEADING, bold=True), self._width)
        self.heading: tuple[int, float] | None = None
        self._sheet, self._used = 0, 0.0

    def set(self, number: int) -> SetEntry:
        """Return an entry by its place in the list, set."""
        return SetEntry(self.entries[number], self._width, self._family)

    def flow(self, sheet: int, used: float, room: Callable[[int], float]) -> Iterator[tuple[int, Part]]:
        """Yield the parts of all entries, each with the number of its sheet, from a height on a sheet on."""
        if not self.entries:
            return
        self._sheet, self._used = sheet, used + 2 * _GAP if used else 0.0
        heading = self._heading.height + _RULE_GAP
        if self._used and self._used + heading + min(self.set(0).height(), room(sheet) * _WHOLE) > room(sheet):
            self._turn()
        self.heading = (self._sheet, self._used)
        self._used += heading
        for at in range(len(self.entries)):
            for part in self._parts(at, room):
                yield self._sheet, part
            self._used += _GAP

    def paint(self, painter: QPainter, palette: QPalette, part: Part, top: float) -> None:
        """Paint a part of an entry on a sheet whose text begins at a height."""
        self.set(part.entry).draw(painter, palette, part, self._left, top + part.top)

    def paint_heading(self, painter: QPainter, palette: QPalette, top: float) -> None:
        """Paint the heading with the line above it."""
        colour = QColor(palette.color(QPalette.ColorRole.Text))
        painter.setPen(QPen(colour, 0.8))
        if self.heading and self.heading[1] > 0:
            painter.drawLine(QLineF(self._left, top - _GAP / 2, self._left + self._width, top - _GAP / 2))
        painter.setPen(colour)
        self._heading.draw(painter, self._left, top)

    def _parts(self, at: int, room: Callable[[int], float]) -> Iterator[Part]:
        """Yield the parts of one entry, each for the sheet reached; several where it is higher than what is left there."""
        block, first = self.set(at), 0
        while first < block.count:
            last = block.fitting(first, room(self._sheet) - self._used)
            if last < block.count and first == 0 and (last < 3 or block.height() <= room(self._sheet) * _WHOLE):
                last = 0  # it had better begin on the next sheet
            if last == first and self._used > 0:
                self._turn()
                continue
            last = max(last, first + 1)  # however low a sheet is, it takes a line
            yield Part(at, first, last, self._used)
            self._used += block.height(first, last)
            first = last

    def _turn(self) -> None:
        self._sheet, self._used = self._sheet + 1, 0.0


def number_font() -> QFont:
    """Return the font of the small numbers in the text."""
    return paper_font(7.5, bold=True)
