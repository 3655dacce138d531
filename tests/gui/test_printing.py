"""An article and its marks come out on paper whole, in order, and readable, whatever is on the screen."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QImage, QPageRanges, QPainter, QPalette
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from annotator import Project
from annotator.errors import CannotWrite, ProjectInTheWay
from annotator.labels import starter_labels
from ui.dialogs import printing as dialogs_printing
from ui.dialogs.printing import Printing, chosen_pages, file_name, pdf_steps
from ui.page.marks import Mark
from ui.page.paper.breaks import Row, broken
from ui.page.paper.cards import Wish, pile
from ui.page.paper.device import a4
from ui.page.paper.printout import LegendEntry, Note, Paper, Printout, paper_font, paper_of
from ui.page.paper.typeset import Typeset, numeral
from ui.page.printing import Press, PrinterFailed, Sheet, pages
from ui.page.utf16 import Utf16Map
from ui.translate import set_language

ROOT = Path(__file__).parents[2]
SEED = next((ROOT / "seeds/articles").iterdir()).read_text("utf-8")
GOLD = json.loads((ROOT / "tests/data/seed_gold.json").read_text("utf-8"))["annotations"]
LABELS = {label.key: label for label in starter_labels()}
SMALL = Paper(420.0, 520.0)
ODD = [
    "\u0651",
    "\u0640",
    "\u200f",
    "\u202b",
    "\u2069",
    "\u00a0",
    "\ufeff",
    "\ufffc",
    "\t",
    "\n",
    "\n\n",
    "😀",
    "لا",
    "م",
    " ",
    "NATO ",
]
odd_texts = st.lists(st.sampled_from(ODD), min_size=1, max_size=120).map("".join)
in_fixture = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    yield
    set_language("en")


@pytest.fixture
def printing(qtbot: QtBot) -> Printing:
    window = QWidget()
    qtbot.addWidget(window)
    return Printing(window)


def seed_printout(*, times: int = 1) -> Printout:
    """The seed article with all that a reviewer marked in it; every fifth mark has a note, every claim a card."""
    marks = [mark_of(one, (len(SEED) + 1) * copy, f"{copy}-") for copy in range(times) for one in GOLD]
    notes = tuple(
        Note(mark.id, SEED[mark.start : mark.end], mark.name, "سامية", f"ملاحظة {number}\nوسطر ثانٍ.")
        for number, mark in enumerate(marks[::5])
        if mark.end <= len(SEED)
    )
    counts = Counter(mark.name for mark in marks)
    return Printout(
        title="انشقاق عناصر من قسد",
        text="\n".join([SEED] * times),
        file="000_c687c9c6b6151ccd.txt",
        sha256="e0ea188695a3cc39a1dc60e7a039fc27",
        marks=tuple(marks),
        legend=tuple(
            LegendEntry(one.names["ar"], one.colour, one.style, counts[one.names["ar"]], one.long)
            for one in LABELS.values()
        ),
        notes=notes,
        footer="مشروع · سامية",
    )


def mark_of(gold: dict[str, object], shift: int, prefix: str) -> Mark:
    label = LABELS[str(gold["label"])]
    card = ("من يقول هذا؟", f"«{str(gold['text'])[:80]}»") if label.key == "claim" else ()
    start, end = int(str(gold["start"])) + shift, int(str(gold["end"])) + shift
    return Mark(f"{prefix}{gold['id']}", start, end, label.colour, label.style, label.long, label.names["ar"], card)


def crowded(count: int) -> Printout:
    """So many claims on one paragraph that no margin can hold their cards."""
    marks = tuple(
        Mark(f"c{at:03}", at, at + 90, "#DDCC77", "dashed", True, "claim", ("Who?", f"«{SEED[at : at + 80]}»", "cue"))
        for at in range(0, count * 5, 5)
    )
    return Printout(title="x", text=SEED, marks=marks)


def planned(printout: Printout, paper: Paper | None = None) -> Press:
    press = Press(printout, paper or paper_of(a4()))
    list(press.plan())
    return press


def printed_spans(press: Press) -> list[tuple[int, int]]:
    """The span of every line as it is printed, sheet after sheet."""
    return [(placed.line.start, placed.line.end) for sheet in press.sheets for placed in press.lines(sheet)]


def assert_whole(press: Press, text: str) -> None:
    """Every character is on exactly one line, and the lines come in order; only line ends lie between them."""
    spans = printed_spans(press)
    assert spans[0][0] == 0
    assert spans[-1][1] == Utf16Map(text).length16
    units = text.encode("utf-16-le")
    for (_, end), (start, _) in pairwise(spans):
        assert units[end * 2 : start * 2].decode("utf-16-le") in ("", "\n")


def assert_lines_fit(press: Press) -> None:
    for sheet in press.sheets:
        room = press.frame.room(sheet.number)
        inked = [row for row in sheet.rows if not row.empty]
        assert len(inked) <= 1 or inked[-1].bottom - sheet.top <= room + 0.01


def assert_cards_fit(press: Press) -> None:
    for sheet in press.sheets:
        for above, below in pairwise(sheet.cards):
            assert above.box.bottom() <= below.box.top()
        for card in sheet.cards:
            assert card.box.top() >= sheet.top
            assert card.box.bottom() <= sheet.top + press.frame.room(sheet.number) + 0.01
            assert any(row.start <= card.mark.start < row.end for row in sheet.rows)


def assert_notes_whole(press: Press) -> None:
    """Every line of every entry is on one sheet, in order, and none lies beyond the sheet's end or on another."""
    expected = [(at, line) for at in range(len(press.endnotes.entries)) for line in range(press.endnotes.set(at).count)]
    parts = [part for sheet in press.sheets for part in sheet.parts]
    assert [(part.entry, line) for part in parts for line in range(part.first, part.last)] == expected
    for sheet in press.sheets:
        used = sheet.used
        for part in sheet.parts:
            assert part.top >= used
            used = part.top + press.endnotes.set(part.entry).height(part.first, part.last)
        assert used <= press.frame.room(sheet.number) + 0.01


def painted(press: Press, sheet: Sheet) -> QImage:
    paper = paper_of(a4())
    image = QImage(round(paper.width), round(paper.height), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    press.paint(painter, sheet)
    painter.end()
    return image


def pages_in(path: Path) -> int:
    return path.read_bytes().count(b"/Type /Page\n")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_marked_article_becomes_a_pdf_of_as_many_pages_as_planned(tmp_path: Path, language: str) -> None:
    set_language(language)
    done = list(pdf_steps(seed_printout(), tmp_path / "out.pdf"))
    assert done == sorted(done)
    assert done[-1] == 1.0
    assert pages_in(tmp_path / "out.pdf") == len(planned(seed_printout()).sheets) == 4
    assert [path.name for path in tmp_path.iterdir()] == ["out.pdf"]


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("family", ["Noto Naskh Arabic", "Amiri"])
def test_every_line_is_on_one_page_in_order(family: str, language: str) -> None:
    set_language(language)
    printout = replace(seed_printout(times=4), family=family)
    press = planned(printout)
    assert len(press.sheets) > 5
    assert_whole(press, printout.text)
    assert_lines_fit(press)


@in_fixture
@given(text=odd_texts)
def test_whatever_the_text_holds_no_line_of_it_is_lost(text: str) -> None:
    press = planned(Printout(title="x", text=text), SMALL)
    assert_whole(press, text)
    assert_lines_fit(press)


rows_of = st.lists(
    st.tuples(st.integers(1, 5), st.booleans()), min_size=1, max_size=40
)  # paragraphs: so many lines, or empty


@given(paragraphs=rows_of, room=st.integers(20, 90))
def test_breaking_into_pages_keeps_every_row_and_leaves_no_line_alone(
    paragraphs: list[tuple[int, bool]], room: int
) -> None:
    rows = made_rows(paragraphs)
    sheets = [list(sheet) for sheet in broken(rows, lambda _: float(room))]
    assert [row for sheet in sheets for row in sheet] == rows
    for sheet, following in pairwise(sheets):
        inked = [row for row in sheet if not row.empty]
        assert not inked or inked[-1].bottom - inked[0].top <= room
        cut = sheet[-1].paragraph == following[0].paragraph
        split = [row for row in rows if row.paragraph == following[0].paragraph]
        if cut and room >= 40 and len({row.paragraph for row in sheet}) > 1 and len(split) > 1:
            assert sum(row.paragraph == split[0].paragraph for row in sheet) >= 2
            assert sum(row.paragraph == split[0].paragraph for row in following) >= 2


def made_rows(paragraphs: list[tuple[int, bool]]) -> list[Row]:
    rows: list[Row] = []
    top = 0.0
    for lines, empty in paragraphs:
        paragraph = top
        for _ in range(1 if empty else lines):
            rows.append(Row(len(rows), len(rows) + 1, top, top + 10.0, paragraph, empty))
            top += 3.0 if empty else 10.0
    return rows


@pytest.mark.parametrize("language", ["ar", "en"])
def test_cards_stand_on_the_page_of_their_line_and_none_over_another(language: str) -> None:
    set_language(language)
    printout = seed_printout(times=3)
    press = planned(printout)
    assert_cards_fit(press)
    on_paper = {card.mark.id for sheet in press.sheets for card in sheet.cards}
    assert on_paper == {mark.id for mark in printout.marks if mark.card}
    metrics = press.layout.metrics
    assert (metrics.card_left < metrics.column_left) == (language == "ar")


def test_cards_that_have_no_room_are_listed_in_full(tmp_path: Path) -> None:
    printout = crowded(100)
    press = planned(printout)
    assert_cards_fit(press)
    assert_notes_whole(press)
    on_paper = {card.mark.id for sheet in press.sheets for card in sheet.cards}
    listed = {entry.mark: entry for entry in press.endnotes.entries}
    assert 5 < len(on_paper) < 100
    assert on_paper | set(listed) == {mark.id for mark in printout.marks}
    last = printout.marks[-1]
    assert " ".join(SEED[last.start : last.end].split()) == " ".join(listed[last.id].quote.split())
    assert listed[last.id].words == ("Who?", "cue")


def test_on_narrow_paper_the_margin_folds_away_and_its_cards_are_listed() -> None:
    press = planned(seed_printout(), SMALL)
    assert not [card for sheet in press.sheets for card in sheet.cards]
    claims = {mark.id for mark in seed_printout().marks if mark.card}
    assert claims <= {entry.mark for entry in press.endnotes.entries}
    assert_notes_whole(press)


wishes = st.lists(
    st.tuples(st.floats(0, 900), st.integers(0, 3), st.text(alphabet="اب ج", max_size=90)), min_size=1, max_size=25
)


@in_fixture
@given(wanted=wishes, room=st.floats(40, 900))
def test_a_pile_never_overlaps_and_forgets_no_card(wanted: list[tuple[float, int, str]], room: float) -> None:
    wished = [
        Wish(Mark(str(at), at, at + 1, "#000000", "solid", True, "x", ("Who?", *[words] * lines)), top, "")
        for at, (top, lines, words) in enumerate(sorted(wanted))
    ]
    placed = pile(wished, left=0.0, top=0.0, bottom=room, font=paper_font(8.0))
    for above, below in pairwise(placed.cards):
        assert above.box.bottom() <= below.box.top()
    assert all(card.box.top() >= -0.01 and card.box.bottom() <= room + 0.01 for card in placed.cards)
    assert {card.mark.id for card in placed.cards} | placed.cut == {wish.mark.id for wish in wished}


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_note_is_listed_once_with_a_number_that_stands_in_the_text(language: str) -> None:
    set_language(language)
    printout = seed_printout()
    press = planned(printout)
    assert_notes_whole(press)
    noted = [entry for entry in press.endnotes.entries if entry.words and entry.words[-1].startswith("ملاحظة")]
    assert sorted(entry.mark for entry in noted) == sorted(note.mark for note in printout.notes)
    assert [entry.number for entry in press.endnotes.entries] == list(range(1, len(press.endnotes.entries) + 1))
    ends = {mark.id: mark.end for mark in printout.marks}
    assert {(one.end, one.number) for one in press._numbered} == {
        (ends[entry.mark], entry.number) for entry in press.endnotes.entries
    }


def test_a_note_longer_than_a_page_is_continued() -> None:
    note = Note("a", "أعلنت", "فاعل", "سامية", "سطر من ملاحظة طويلة\n" * 200)
    press = planned(
        Printout(title="x", text=SEED[:300], marks=(Mark("a", 0, 5, "#332288", "solid", False, "x"),), notes=(note,))
    )
    assert len(press.sheets) > 3
    assert_notes_whole(press)


def test_a_note_whose_mark_is_not_shown_is_not_lost() -> None:
    press = planned(Printout(title="x", text=SEED, notes=(Note("gone", "الجيش", "فاعل", "سامية", "كان هنا"),)))
    (entry,) = press.endnotes.entries
    assert (entry.page, entry.quote, entry.words) == (None, "الجيش", ("كان هنا",))


def test_offsets_after_an_emoji_are_those_of_the_text() -> None:
    mark = Mark("a", 3, 6, "#332288", "solid", False, "x", ("Who?", "«دير»"))
    press = planned(Printout(title="x", text="😀😀 دير حافر", marks=(mark,)))
    (card,) = press.sheets[0].cards
    assert (card.mark.start, card.mark.end) == (5, 8)


def test_paper_is_light_in_the_dark_theme(qapp: QApplication) -> None:
    light = painted(planned(seed_printout()), planned(seed_printout()).sheets[0])
    before, dark = qapp.palette(), QPalette(QColor("#202124"))
    qapp.setPalette(dark)
    try:
        press = planned(seed_printout())
        in_dark = painted(press, press.sheets[0])
    finally:
        qapp.setPalette(before)
    assert in_dark == light
    assert in_dark.pixelColor(2, 2) == QColor("white")
    darkest = min(in_dark.pixelColor(x, 20).lightness() for x in range(in_dark.width()))
    assert darkest < 60


def test_marks_change_no_glyph_on_paper() -> None:
    bare = tuple(replace(mark, card=()) for mark in seed_printout().marks)
    assert glyphs(planned(replace(seed_printout(), marks=bare))) == glyphs(planned(Printout(title="", text=SEED)))


def glyphs(press: Press) -> list[object]:
    return [
        (run.rawFont().familyName(), run.glyphIndexes(), [place.x() for place in run.positions()])
        for sheet in press.sheets
        for placed in press.lines(sheet)
        for run in placed.line._line.glyphRuns()
    ]


@pytest.mark.parametrize("text", ["", "\n", " \n\n "])
def test_an_empty_article_is_one_page(text: str, tmp_path: Path) -> None:
    list(pdf_steps(Printout(title="", text=text), tmp_path / "out.pdf"))
    assert pages_in(tmp_path / "out.pdf") == 1


def test_numbers_are_in_the_digits_of_the_language() -> None:
    assert numeral(12) == "12"
    set_language("ar")
    assert numeral(12) == "١٢"


def test_what_goes_beyond_the_lines_allowed_is_elided() -> None:
    words = Typeset(SEED[:400], QFont("Noto Naskh Arabic"), 300.0, most=2)
    assert (words.count, words.is_whole) == (2, False)
    assert words.words()[-1].endswith("…")


def test_the_window_writes_a_pdf_while_it_goes_on(printing: Printing, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(printing.finished) as heard:
        printing.write_pdf(seed_printout(), tmp_path / "out.pdf")
        assert printing.is_busy
        assert not (tmp_path / "out.pdf").exists()
    assert heard.args == [tmp_path / "out.pdf"]
    assert not printing.is_busy
    assert pages_in(tmp_path / "out.pdf") == 4


def test_stopping_leaves_no_file_and_keeps_the_one_before(printing: Printing, qtbot: QtBot, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    out.write_text("before")
    printing.write_pdf(seed_printout(times=40), out)
    progress = printing._progress
    assert progress
    qtbot.waitUntil(lambda: progress.value() > 100)
    with qtbot.waitSignal(printing.stopped):
        printing.stop()
    assert not printing.is_busy
    assert [path.read_text() for path in tmp_path.iterdir()] == ["before"]


def test_the_stop_button_stops(printing: Printing, qtbot: QtBot, tmp_path: Path) -> None:
    printing.write_pdf(seed_printout(times=40), tmp_path / "out.pdf")
    assert printing._progress
    with qtbot.waitSignal(printing.stopped):
        printing._progress.findChild(QPushButton).click()
    assert list(tmp_path.iterdir()) == []


def test_a_pdf_never_takes_the_place_of_a_project(tmp_path: Path) -> None:
    with Project.create(tmp_path / "work.hashiya", reviewer="R1") as project:
        with pytest.raises(ProjectInTheWay):
            list(pdf_steps(seed_printout(), project.path))
        assert project.check().problems == ()


def test_stopping_while_pages_are_painted_leaves_no_file(tmp_path: Path) -> None:
    steps = pdf_steps(seed_printout(times=5), tmp_path / "out.pdf")
    assert next(done for done in steps if done > 0.6) < 1.0
    steps.close()  # type: ignore[attr-defined]
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_written_is_said_and_leaves_nothing(printing: Printing, qtbot: QtBot, tmp_path: Path) -> None:
    out = tmp_path / "no folder" / "out.pdf"
    with qtbot.waitSignal(printing.failed) as heard:
        printing.write_pdf(seed_printout(), out)
    (error,) = heard.args
    assert isinstance(error, CannotWrite)
    assert str(out) in str(error)
    assert not printing.is_busy
    assert list(tmp_path.iterdir()) == []


def test_asking_for_a_name_offers_the_title(printing: Printing, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = printing.save_pdf(seed_printout(), tmp_path)
    assert [Path(chosen).name for chosen in dialog.selectedFiles()] == ["انشقاق عناصر من قسد.pdf"]
    with qtbot.waitSignal(printing.finished):
        dialog.accept()
    assert pages_in(tmp_path / "انشقاق عناصر من قسد.pdf") == 4


@pytest.mark.parametrize(
    ("title", "name"),
    [("أ/ب: ج?", "أ ب ج.pdf"), ("", "Article.pdf"), ("..", "Article.pdf"), ("\u202eabc\n", "abc.pdf")],
)
def test_a_title_becomes_a_file_name(title: str, name: str) -> None:
    assert file_name(title) == name


def printer_to(path: Path) -> QPrinter:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setPageLayout(a4())
    return printer


def test_a_printer_gets_the_pages_that_were_chosen(printing: Printing, qtbot: QtBot, tmp_path: Path) -> None:
    printer = printer_to(tmp_path / "out.pdf")
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    ranges = QPageRanges()
    ranges.addRange(2, 9)
    printer.setPageRanges(ranges)
    assert list(chosen_pages(printer, 3)) == [1, 2]
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert list(chosen_pages(printer, 3)) == [2, 1]
    with qtbot.waitSignal(printing.finished) as heard:
        printing.print_on(seed_printout(), printer)
    assert heard.args == [None]
    assert pages_in(tmp_path / "out.pdf") == 3


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_takes_nothing_is_said(tmp_path: Path) -> None:
    with pytest.raises(PrinterFailed, match="cannot be used"):
        list(pages(seed_printout(), printer_to(tmp_path / "no folder" / "out.pdf")))


class NoPrinters(QPrinter):
    """What Qt makes of a printer where the system knows none."""

    def outputFormat(self) -> QPrinter.OutputFormat:
        return QPrinter.OutputFormat.PdfFormat


def test_where_the_systems_dialog_would_stay_away_the_lack_of_a_printer_is_said(
    printing: Printing, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogs_printing, "NEEDS_PRINTER", True)
    monkeypatch.setattr(dialogs_printing, "QPrinter", NoPrinters)
    with qtbot.waitSignal(printing.failed) as heard:
        assert printing.print(seed_printout()) is None
    assert "Save as PDF" in str(heard.args[0])
    assert not printing.is_busy


@pytest.mark.skipif(dialogs_printing.NEEDS_PRINTER, reason="the system's own dialog needs a printer")
def test_asking_for_a_printer_and_thinking_better_of_it_prints_nothing(printing: Printing) -> None:
    dialog = printing.print(seed_printout())
    assert dialog is not None
    assert dialog.windowModality() == Qt.WindowModality.WindowModal
    dialog.reject()
    assert not printing.is_busy
