"""A screen reader hears the article as it is, and moves in it as a reader does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QAccessible, QAccessibleTextInterface
from pytestqt.qtbot import QtBot

from annotator.text.graphemes import is_border
from ui.page.lines import Spot
from ui.page.view import PageView

ROOT = Path(__file__).parents[2]
SEED = next((ROOT / "seeds/articles").iterdir()).read_text("utf-8")
PIECES = [
    "قصف",
    " ",
    "NATO",
    "12",
    "لا",
    "سَّ",
    "😀",
    "👩‍👩‍👧",
    "\u200f",
    "\u202e",
    "\u2066",
    "\xa0",
    "\ufeff",
    "\ufffc",
    "\t",
    "\n",
]
STAND_INS = str.maketrans({"\ufeff": "\u2060", "\ufffc": "\ufffd"})


@pytest.fixture(autouse=True)
def listening() -> Iterator[None]:
    """Behave as if a screen reader were there."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def heard(page: PageView) -> QAccessibleTextInterface:
    return QAccessible.queryAccessibleInterface(page).textInterface()


def is_seen(page: PageView, position: int) -> bool:
    box = page.spot_box(Spot(position))
    return 0 <= box.top() <= page.viewport().height() - box.height()


def on_screen(page: PageView, box: QRectF) -> QRectF:
    return box.translated(page.viewport().mapToGlobal(QPoint(0, 0)))


def all_of(page: PageView) -> str:
    return heard(page).text(0, heard(page).characterCount())


def test_the_text_is_that_of_the_article(page: PageView) -> None:
    page.show_article(SEED)
    assert all_of(page) == SEED


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_heard_as_it_is_but_for_two_stand_ins_of_the_same_length(page: PageView, text: str) -> None:
    page.show_article(text)
    assert all_of(page) == text.translate(STAND_INS)
    assert heard(page).characterCount() == page.position_of(len(text))


def test_the_page_says_that_it_is_text_to_read(page: PageView) -> None:
    page.setAccessibleName("Article")
    interface = QAccessible.queryAccessibleInterface(page)
    assert interface.text(QAccessible.Text.Name) == "Article"
    assert interface.role() == QAccessible.Role.EditableText


def test_caret_and_selection_are_heard_in_utf_16(page: PageView) -> None:
    page.show_article("😀 قصف الجيش")
    page.set_caret(2)
    assert heard(page).cursorPosition() == 3
    page.select_span(2, 5)
    assert heard(page).selectionCount() == 1
    page.clear_selection()
    assert heard(page).selectionCount() == 0


def test_a_screen_reader_moves_the_caret_and_the_page_follows(page: PageView, qtbot: QtBot) -> None:
    page.show_article("😀 " + SEED)
    with qtbot.waitSignal(page.caret_moved):
        heard(page).setCursorPosition(1801)
    assert page.caret() == 1800
    assert is_seen(page, 1801)
    heard(page).setCursorPosition(5)
    assert page.caret() == 4
    assert is_seen(page, 5)


def test_a_screen_reader_selects_and_it_is_a_selection_to_label(page: PageView, qtbot: QtBot) -> None:
    page.show_article("😀 قصف الجيش")
    with qtbot.waitSignal(page.span_selected):
        heard(page).setSelection(0, 3, 6)
    assert page.selected_span() == (2, 5)
    assert page.shown.selection == (3, 6)
    heard(page).removeSelection(0)
    assert page.selected_span() is None
    heard(page).addSelection(7, 12)
    assert page.selected_span() == (6, 11)


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=20).map("".join), st.data())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_screen_reader_never_puts_the_caret_into_a_grapheme(page: PageView, text: str, data: st.DataObject) -> None:
    page.show_article(text)
    heard(page).setCursorPosition(data.draw(st.integers(0, page.position_of(len(text)))))
    assert is_border(text, page.caret())
    assert heard(page).cursorPosition() == page.position_of(page.caret())


def test_characters_are_where_they_are_drawn(page: PageView) -> None:
    page.show_article(SEED)
    for offset in (0, 8, 30, 120, 160, 300):
        line = on_screen(page, page.span_rectangles(offset, offset + 1)[0])
        caret = on_screen(page, page.spot_box(Spot(offset)))
        told = heard(page).characterRect(offset)
        assert line.top() <= told.center().y() <= line.bottom()
        assert told.left() == pytest.approx(caret.left(), abs=2)
        assert told.width() > 0


def test_after_scrolling_and_zooming_characters_are_still_where_they_are_drawn(page: PageView) -> None:
    page.show_article(SEED)
    page.set_reading("Amiri", 22.0)
    page.go_to(1200, 0.0)
    letter = SEED.index("الجيش", 1200)
    line = on_screen(page, page.span_rectangles(letter, letter + 1)[0])
    told = heard(page).characterRect(letter)
    assert line.top() <= told.center().y() <= line.bottom()


def test_the_character_under_a_point_is_told(page: PageView) -> None:
    page.show_article("😀 " + SEED)
    box = page.span_rectangles(30, 31)[0]
    assert heard(page).offsetAtPoint(page.viewport().mapToGlobal(box.center().toPoint())) == 31


def test_a_screen_reader_scrolls_to_a_passage(page: PageView) -> None:
    page.show_article(SEED)
    heard(page).scrollToSubstring(1800, 1810)
    box = page.span_rectangles(1800, 1801)[0]
    assert 0 <= box.top() <= page.viewport().height()
    heard(page).scrollToSubstring(0, 5)
    assert page.verticalScrollBar().value() <= box.height()


def test_the_article_cannot_be_changed_through_the_screen_reader(page: PageView, qtbot: QtBot) -> None:
    page.show_article(SEED)
    page.select_span(30, 40)
    writing = QAccessible.queryAccessibleInterface(page).editableTextInterface()
    assert writing
    writing.deleteText(0, 20)
    writing.insertText(7, "XYZ")
    qtbot.waitUntil(lambda: all_of(page) == SEED)
    assert page.text == SEED
    assert page.selected_span() is None
    assert page.shown.selection[0] == page.shown.selection[1]
    found, caret = page.grab().toImage(), page.caret()
    page.show_article(SEED)
    page.set_caret(caret)
    assert found == page.grab().toImage()
