"""The page shows Arabic as it is written, and marks never touch it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from ui.page.marks import Mark, MarkIndex
from ui.page.utf16 import Utf16Map
from ui.page.view import PageView

ROOT = Path(__file__).parents[2]
SEED = next((ROOT / "seeds/articles").iterdir()).read_text("utf-8")
GOLD = json.loads((ROOT / "tests/data/seed_gold.json").read_text("utf-8"))["annotations"]
FONTS = ("Noto Naskh Arabic", "Amiri")
CONTROLS = ["\u0651", "\u0640", "\u200f", "\u202b", "\u2069", "\u00a0", "\ufeff", "\ufffc", "\x0c", "\x85", "\t", "\n"]
ODD = [*CONTROLS, "😀", "لا", "𞸀", "م", " ", "N"]
spans = st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda pair: (pair[0], pair[0] + pair[1]))


def mark(identity: str, start: int, end: int, *, long: bool = False) -> Mark:
    return Mark(identity, start, end, "#2f6fde", "solid", long, "actor")


@pytest.fixture
def page(qtbot: QtBot) -> PageView:
    view = PageView()
    qtbot.addWidget(view)
    view.set_reading(FONTS[0], 16.0)
    view.resize(760, 560)
    view.show()
    qtbot.waitExposed(view)
    return view


def glyphs(page: PageView) -> list[object]:
    """Every glyph with its place, and the font it comes from."""
    found: list[object] = []
    block = page.document().begin()
    while block.isValid():
        for number in range(block.layout().lineCount()):
            for run in block.layout().lineAt(number).glyphRuns():
                places = [place.toTuple() for place in run.positions()]
                found.append((run.rawFont().familyName(), run.glyphIndexes(), places))
        block = block.next()
    return found


def test_the_text_is_drawn_in_the_bundled_font_from_the_right(page: PageView) -> None:
    page.show_article(SEED)
    page.grab()
    families = {run[0] for run in glyphs(page)}  # type: ignore[index]
    assert families == {"Noto Naskh Arabic"}
    lines = page._layout.lines(0)
    right = [max(edge[1] for edge in line.edges) for line in lines]
    assert max(right) - min(right) < 1.0
    assert min(edge[0] for edge in lines[-1].edges) > page._layout.column_left() + 50


@pytest.mark.parametrize("font", FONTS)
def test_marking_moves_and_reshapes_nothing(page: PageView, font: str) -> None:
    text = "لا إله إلا الله والسَّلام، قصف NATO مدينة 12 مرة"
    page.set_reading(font, 16.0)
    page.show_article(text)
    page.grab()
    before, revision = glyphs(page), page.document().revision()
    page.set_marks([mark(str(at), at, at + 1) for at in range(len(text))])
    page.select_mark("3")
    page.grab()
    assert glyphs(page) == before
    assert page.document().revision() == revision


def test_a_span_across_directions_is_as_many_rectangles_as_it_needs(page: PageView) -> None:
    page.show_article("قصف NATO مدينة")
    assert len(page.span_rectangles(0, 6)) == 2
    assert len(page.span_rectangles(0, 3)) == 1
    assert len(page.span_rectangles(0, 14)) == 1
    latin, arabic = page.span_rectangles(0, 6)
    assert latin.right() < arabic.left()


def test_points_in_a_mark_lead_back_into_it(page: PageView) -> None:
    page.show_article(SEED)
    for one in GOLD[:20]:
        page.reveal(one["start"], one["end"])
        for rectangle in page.span_rectangles(one["start"], one["end"]):
            offset = page.offset_at(rectangle.center().toPoint())
            assert offset is not None
            assert one["start"] <= offset < one["end"]


def test_a_click_takes_the_innermost_mark_and_the_next_click_the_one_around_it(page: PageView, qtbot: QtBot) -> None:
    page.show_article(SEED)
    page.set_marks([mark("claim", 31, 137, long=True), mark("actor", 47, 75)])
    point = page.span_rectangles(50, 51)[0].center().toPoint()
    clicked: list[str] = []
    page.mark_clicked.connect(clicked.append)
    for _ in range(3):
        qtbot.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert clicked == ["actor", "claim", "actor"]


def test_the_keyboard_selects_in_code_points_after_an_emoji(page: PageView, qtbot: QtBot) -> None:
    page.show_article("😀😀 دير حافر")
    page.set_caret(3)
    for _ in range(3):
        qtbot.keyClick(page, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert page.selected_span() == (3, 6)


def test_a_selection_never_cuts_a_grapheme(page: PageView) -> None:
    page.show_article("السَّلام")
    page.select_span(2, 4)
    start, end = page.selected_span() or (0, 0)
    assert (start, end) == (2, 5)


def test_a_long_text_is_laid_out_only_where_it_is_seen(page: PageView) -> None:
    text = f"{SEED}\n" * 500
    page.show_article(text)
    page.set_marks([mark(str(number), number * 100, number * 100 + 30) for number in range(10_000)])
    page.grab()
    assert page._layout.laid_out < 60


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.lists(st.sampled_from(ODD), min_size=1, max_size=40).map("".join).filter(lambda text: text.strip()))
def test_every_position_of_the_qt_document_is_one_of_ours(page: PageView, text: str) -> None:
    page.show_article(text)
    page.grab()
    assert page.document().characterCount() == Utf16Map(text).length16 + 1
    for offset in range(len(text) + 1):
        page.set_caret(offset)
        assert page.caret() == offset


@given(st.text(max_size=40))
def test_utf16_and_back(text: str) -> None:
    offsets = Utf16Map(text)
    for offset in range(len(text) + 1):
        position = len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2
        assert offsets.to_utf16(offset) == position
        assert offsets.to_code_points(position) == offset


@given(st.lists(spans, max_size=25))
def test_marks_that_overlap_never_share_a_lane(pairs: list[tuple[int, int]]) -> None:
    index = MarkIndex([mark(str(number), *pair) for number, pair in enumerate(pairs)])
    for one in index.marks:
        touching = index.touching(one.start, one.end)
        assert one in touching
        assert all(index.lane(other) != index.lane(one) for other in touching if other is not one)
        assert index.at(one.start)[-1].end - index.at(one.start)[-1].start >= one.end - one.start


def drag(qtbot: QtBot, page: PageView, start: QPoint, end: QPoint) -> tuple[int, int] | None:
    viewport = page.viewport()
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(viewport, (start + end) / 2)
    qtbot.mouseMove(viewport, end)
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=end)
    return page.selected_span()


@pytest.mark.parametrize(
    ("text", "start", "end", "rightwards"),
    [
        ("قصف NATO مدينة", 4, 7, True),
        ("the لا سلام NATO", 7, 10, False),
        ("قصف NATO مدينة", 0, 3, False),
        ("the لا سلام NATO", 12, 16, True),
    ],
)
def test_dragging_over_letters_selects_those_letters(
    page: PageView, qtbot: QtBot, text: str, start: int, end: int, rightwards: bool
) -> None:
    page.show_article(text)
    first, last = page.span_rectangles(start, start + 1)[0], page.span_rectangles(end - 1, end)[0]
    y = int(first.center().y())
    ends = (first.left() + 1, last.right() - 1) if rightwards else (first.right() - 1, last.left() + 1)
    assert drag(qtbot, page, QPoint(int(ends[0]), y), QPoint(int(ends[1]), y)) == (start, end)


def test_dragging_inside_a_selection_makes_a_new_one(page: PageView, qtbot: QtBot) -> None:
    page.show_article("أعلنت وزارة الدفاع السورية اليوم")
    page.select_span(0, 20)
    word = page.span_rectangles(6, 11)[0]
    y = int(word.center().y())
    assert drag(qtbot, page, QPoint(int(word.right()) - 2, y), QPoint(int(word.left()) + 2, y)) == (6, 11)


def test_copying_keeps_every_character(page: PageView, qtbot: QtBot) -> None:
    text = "مدينة\u00a0دير\ufeff حافر 😀"
    page.show_article(text)
    page.select_span(0, len(text))
    qtbot.keyClick(page, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == text


@pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)
def test_hovering_shows_a_note_as_it_is_written(page: PageView) -> None:
    page.show_article("أعلنت وزارة الدفاع")
    page.set_marks([Mark("a", 0, 5, "#2f6fde", "solid", False, "<b>x</b> <img src='file:///x.png'>")])
    point = page.span_rectangles(1, 2)[0].center().toPoint()
    help_event = QHelpEvent(QEvent.Type.ToolTip, point, page.viewport().mapToGlobal(point))
    QApplication.sendEvent(page.viewport(), help_event)
    assert "&lt;b&gt;x" in QToolTip.text()
