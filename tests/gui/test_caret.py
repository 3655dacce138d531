"""The reading caret goes where it is seen to go, and the selection is what it passed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from annotator.text.graphemes import is_border, snap
from ui.page.lines import Spot
from ui.page.view import PageView

ROOT = Path(__file__).parents[2]
SEED = next((ROOT / "seeds/articles").iterdir()).read_text("utf-8")
MIXED = [
    "قصف",
    " ",
    "NATO",
    "12",
    "٣٤",
    "لا",
    "السَّلام",
    "😀",
    "é",
    "\u200f",
    "\u202b",
    "\u2069",
    "\u00a0",
    "\n",
    "(",
    "»",
]
mixtures = st.lists(
    st.sampled_from([*MIXED, "م", "n", "5", ".", "\u0651", "\u0640", "👩‍👩‍👧", "ﷺ"]), min_size=1, max_size=30
)
fonts = st.sampled_from(["Noto Naskh Arabic", "Amiri"])
in_fixture = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def x_of_caret(page: PageView) -> float:
    return page.spot_box(page._spot()).left()


def test_left_goes_left_and_right_goes_right_whatever_the_direction(page: PageView) -> None:
    page.show_article("قصف NATO مدينة")
    seen = [x_of_caret(page)]
    for _ in range(14):
        page.move_caret("left")
        seen.append(x_of_caret(page))
    assert seen == sorted(seen, reverse=True)
    assert len(set(seen)) == 15
    for x in reversed(seen[:-1]):
        page.move_caret("right")
        assert abs(x_of_caret(page) - x) < 2.0


def test_the_caret_passes_lam_alef_and_a_letter_with_its_haraka_in_one_step_each(page: PageView) -> None:
    page.show_article("لا سَّ")
    offsets = []
    for _ in range(4):
        page.move_caret("left")
        offsets.append(page.caret())
    assert offsets == [1, 2, 3, 6]


def test_at_the_end_of_a_line_the_caret_goes_on_in_the_next(page: PageView) -> None:
    page.show_article(SEED)
    placed = page._layout.line_of(Spot(0))
    page.set_caret(placed.line.end - 2)
    offsets = []
    for _ in range(4):
        page.move_caret("left")
        offsets.append(page.caret())
    assert offsets == [placed.line.end - 1, placed.line.end, placed.line.end + 1, placed.line.end + 2]
    for expected in (*reversed(offsets[:-1]), placed.line.end - 2):
        page.move_caret("right")
        assert page.caret() == expected


def test_the_whole_article_is_passed_grapheme_by_grapheme(page: PageView) -> None:
    page.show_article(SEED[:700])
    offsets = [0]
    while offsets[-1] < 700 and len(offsets) < 800:
        page.move_caret("left")
        offsets.append(page.caret())
    assert offsets[-1] == 700
    visited = set(offsets)
    assert {offset for offset in range(700) if is_border(SEED, offset)} == visited - {700}


def test_up_and_down_keep_the_column(page: PageView) -> None:
    page.show_article(SEED.replace("\n", " "))
    page.set_caret(12)
    x = x_of_caret(page)
    for _ in range(5):
        page.move_caret("down")
        assert abs(x_of_caret(page) - x) < 12
    for _ in range(5):
        page.move_caret("up")
    assert page.caret() == 12


@pytest.mark.parametrize(
    ("motion", "start", "end"),
    [("word_left", 6, 11), ("word_right", 11, 6), ("line_start", 9, 0), ("article_end", 9, len(SEED))],
)
def test_motions_by_word_line_and_article(page: PageView, motion: str, start: int, end: int) -> None:
    page.show_article(SEED)
    page.set_caret(start)
    page.move_caret(motion)  # type: ignore[arg-type]
    assert page.caret() == end


def test_paragraphs_are_passed_with_control_and_up_and_down(page: PageView, qtbot: QtBot) -> None:
    text = "الأولى هنا\n\nالثانية هنا\nالثالثة"
    page.show_article(text)
    second, third = text.index("الثانية"), text.index("الثالثة")
    visited = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up):
        qtbot.keyClick(page, key, CTRL)
        visited.append(page.caret())
    assert visited == [second, third, len(text), third, second, 0]


def test_a_page_down_and_up_comes_back(page: PageView, qtbot: QtBot) -> None:
    page.show_article(f"{SEED}\n" * 5)
    page.set_caret(0)
    qtbot.keyClick(page, Qt.Key.Key_PageDown)
    below = page.caret()
    assert below > 300
    assert page.viewport().rect().contains(page.spot_box(page._spot()).center().toPoint())
    qtbot.keyClick(page, Qt.Key.Key_PageDown)
    assert page.caret() > below
    qtbot.keyClick(page, Qt.Key.Key_PageUp)
    assert page.caret() == below


def test_shift_selects_and_an_arrow_alone_goes_to_that_end(page: PageView, qtbot: QtBot) -> None:
    page.show_article(SEED)
    page.set_caret(6)
    for _ in range(5):
        qtbot.keyClick(page, Qt.Key.Key_Left, SHIFT)
    assert page.selected_span() == (6, 11)
    qtbot.keyClick(page, Qt.Key.Key_Left)
    assert (page.selected_span(), page.caret()) == (None, 11)
    page.select_span(6, 11)
    qtbot.keyClick(page, Qt.Key.Key_Right)
    assert page.caret() == 6


def test_the_keyboard_selects_in_code_points_after_an_emoji(page: PageView, qtbot: QtBot) -> None:
    page.show_article("😀😀 دير حافر")
    page.set_caret(3)
    for _ in range(3):
        qtbot.keyClick(page, Qt.Key.Key_Left, SHIFT)
    assert page.selected_span() == (3, 6)


def test_a_screen_reader_that_moves_the_cursor_moves_the_caret(page: PageView) -> None:
    page.show_article(SEED)
    heard: list[int] = []
    page.caret_moved.connect(heard.append)
    cursor = page.textCursor()
    cursor.setPosition(20)
    page.setTextCursor(cursor)
    assert (page.caret(), heard[-1]) == (20, 20)


@in_fixture
@given(parts=mixtures, font=fonts)
def test_every_visual_point_leads_to_a_character_whose_rectangle_holds_it(
    page: PageView, parts: list[str], font: str
) -> None:
    text = "".join(parts)
    page.set_reading(font, 16.0)
    page.show_article(text)
    for placed in page._layout.lines_between(0, page._layout.height):
        for cell in placed.line.cells:
            point = QPointF((cell.left + cell.right) / 2, placed.top + 1.0)
            position = page._layout.character_at(point)
            assert position is not None
            offset = page._offsets.to_code_points(position)
            boxes = placed.rectangles(position, position + 1)
            assert any(box.left() - 0.6 <= point.x() <= box.right() + 0.6 for box in boxes), (text, offset)


@in_fixture
@given(parts=mixtures, start=st.integers(0, 40), length=st.integers(1, 20), font=fonts)
def test_a_span_its_rectangles_and_the_points_in_them_agree(
    page: PageView, parts: list[str], start: int, length: int, font: str
) -> None:
    text = "".join(parts)
    page.set_reading(font, 16.0)
    start, end = min(start, len(text) - 1), min(start + length, len(text))
    start, end = snap(text, start, max(end, start + 1))
    page.show_article(text)
    for box in page.span_rectangles(start, end):
        for x in (box.left() + 0.3, box.center().x(), box.right() - 0.3):
            found = page._layout.character_at(QPointF(x, box.top() + 1.0 + page.verticalScrollBar().value()))
            assert found is not None
            assert start <= page._offsets.to_code_points(found) < end


@in_fixture
@given(parts=mixtures)
def test_walking_with_the_arrows_always_ends_and_comes_back(page: PageView, parts: list[str]) -> None:
    text = "".join(parts)
    page.show_article(text)
    for motion in ("left", "right", "up", "down", "word_left", "word_right", "paragraph_down", "paragraph_up"):
        for _ in range(len(text) + 4):
            page.move_caret(motion, select=True)  # type: ignore[arg-type]
            assert 0 <= page.caret() <= len(text)
            page.grab() if motion == "left" and _ % 9 == 0 else None


@pytest.mark.parametrize("text", ["12\u200f\u0651", "N\u200f\u0651 5", "\u0651NATO"])
def test_a_haraka_without_a_letter_takes_no_other_characters_place(page: PageView, text: str) -> None:
    page.show_article(text)
    line = page._layout.lines_between(0, 100)[0].line
    for cell in line.cells:
        assert line.character_at((cell.left + cell.right) / 2) == cell.start
    assert all(text[cell.start] != "\u0651" for cell in line.cells)
