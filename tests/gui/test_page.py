"""The page shows Arabic as it is written, and marks never touch it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from ui.page.marks import Mark
from ui.page.utf16 import Utf16Map
from ui.page.view import PageView

MakeMark = Callable[..., Mark]
ROOT = Path(__file__).parents[2]
SEED = next((ROOT / "seeds/articles").iterdir()).read_text("utf-8")
GOLD = json.loads((ROOT / "tests/data/seed_gold.json").read_text("utf-8"))["annotations"]
FONTS = ("Noto Naskh Arabic", "Amiri")
CONTROLS = ["\u0651", "\u0640", "\u200f", "\u202b", "\u2069", "\u00a0", "\ufeff", "\ufffc", "\x0c", "\x85", "\t", "\n"]
ODD = [*CONTROLS, "😀", "لا", "𞸀", "م", " ", "N"]
spans = st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda pair: (pair[0], pair[0] + pair[1]))


def glyphs(page: PageView) -> list[object]:
    """Every glyph with its place, and the font it comes from."""
    lines = page._layout.lines_between(0, page._layout.height)
    return [(placed.top, placed.line.glyphs()) for placed in lines]


def test_the_text_is_drawn_in_the_bundled_font_from_the_right(page: PageView) -> None:
    page.show_article(SEED)
    page.grab()
    assert page.drawn_fonts() == {"Noto Naskh Arabic"}
    lines = [placed.line for placed in page._layout.lines_of_span(0, SEED.index("\n"))]
    right = [max(cell.right for cell in line.cells) for line in lines]
    assert max(right) - min(right) < 1.0
    assert lines[-1].cells[0].left > page._layout.metrics.column_left + 50


@pytest.mark.parametrize("font", FONTS)
def test_marking_moves_and_reshapes_nothing(page: PageView, mark: MakeMark, font: str) -> None:
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
        page.reveal(one["start"])
        for rectangle in page.span_rectangles(one["start"], one["end"]):
            offset = page.offset_at(rectangle.center().toPoint())
            assert offset is not None
            assert one["start"] <= offset < one["end"]


def test_a_selection_never_cuts_a_grapheme(page: PageView) -> None:
    page.show_article("السَّلام")
    page.select_span(2, 4)
    start, end = page.selected_span() or (0, 0)
    assert (start, end) == (2, 5)


def test_a_long_text_is_laid_out_only_where_it_is_seen(page: PageView, mark: MakeMark) -> None:
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
