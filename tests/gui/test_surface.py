"""The page stays where the reader is, whatever is measured, resized or zoomed, and forgets what is far away."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, qGray
from pytestqt.qtbot import QtBot

from ui.page.lines import Spot
from ui.page.pieces import LONGEST, pieces_of
from ui.page.view import PageView

ROOT = Path(__file__).parents[2]
SEED = next((ROOT / "seeds/articles").iterdir()).read_text("utf-8")


def uneven_text(count: int = 400) -> str:
    """Paragraphs of very different lengths, so that estimates of their heights are wrong."""
    chance, words = random.Random(7), SEED.split()
    return "\n".join(" ".join(chance.choices(words, k=chance.choice((1, 4, 30, 90)))) for _ in range(count))


def seen(page: PageView) -> tuple[int, float]:
    """The line nearest to the middle of the view, and where it stands there."""
    middle = page.verticalScrollBar().value() + page.viewport().height() / 2
    placed = page._layout.line_at(middle)
    assert placed
    return placed.line.start, placed.top - page.verticalScrollBar().value()


def test_scrolling_up_over_what_was_never_seen_moves_no_line_by_more_than_the_scroll(page: PageView) -> None:
    page.show_article(uneven_text())
    bar = page.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    for _ in range(150):
        start, y = seen(page)
        before = bar.value()
        bar.setValue(bar.value() - 60)
        if before < 60:
            break
        assert abs(page._layout.line_of(Spot(start)).top - bar.value() - (y + 60)) <= 1.0


@pytest.mark.parametrize("width", [420, 900, 1300])
def test_a_resize_keeps_the_first_line_in_view(page: PageView, width: int) -> None:
    page.show_article(uneven_text())
    page.verticalScrollBar().setValue(5000)
    offset, below = page.place()
    page.resize(width, 500)
    top = page._layout.line_of(Spot(offset)).top - page.verticalScrollBar().value()
    assert abs(top - below) <= 1.0


def test_zoom_and_font_and_measure_keep_the_place(page: PageView) -> None:
    page.show_article(uneven_text())
    page.verticalScrollBar().setValue(5000)
    offset, _ = page.place()
    for family, points, measure, leading in (
        ("Noto Naskh Arabic", 24.0, 36.0, 1.28),
        ("Amiri", 24.0, 28.0, 1.6),
        ("Amiri", 12.0, 50.0, 1.08),
        ("Noto Naskh Arabic", 16.0, 36.0, 1.28),
    ):
        page.set_reading(family, points, measure=measure, leading=leading)
        shown, _ = page.place()
        line = page._layout.line_of(Spot(offset)).line
        assert line.start <= offset <= line.end
        assert shown == line.start


def test_measures_change_the_column_and_the_distance_of_lines(page: PageView) -> None:
    page.resize(1400, 600)
    page.show_article(SEED)
    widths = []
    for measure in (28.0, 36.0, 50.0):
        page.set_reading("Noto Naskh Arabic", 16.0, measure=measure)
        widths.append(page._layout.metrics.column_width)
    assert widths == sorted(set(widths))
    pitches = []
    for leading in (1.08, 1.28, 1.6):
        page.set_reading("Noto Naskh Arabic", 16.0, leading=leading)
        pitches.append(page._layout.metrics.pitch)
    assert pitches == sorted(set(pitches))


def test_the_direction_of_each_paragraph_is_its_own_or_the_one_chosen(page: PageView) -> None:
    page.show_article("عربي أولاً\nEnglish here\n123\nعودة")
    metrics = page._layout.metrics

    def sides() -> list[str]:
        lines = [page._layout.line_of(Spot(start)).line for start in (0, 11, 24, 28)]
        return ["right" if abs(line.cells[-1].right - metrics.column_right) < 2 else "left" for line in lines]

    assert sides() == ["right", "left", "left", "right"]
    page.set_direction("rtl")
    assert sides() == ["right"] * 4
    page.set_direction("ltr")
    assert sides() == ["left"] * 4
    page.set_direction(None)
    assert sides() == ["right", "left", "left", "right"]


def test_a_paragraph_of_a_megabyte_is_laid_out_only_where_it_is_seen(page: PageView) -> None:
    text = SEED.replace("\n", " ") * 300
    page.show_article(text)
    page.grab()
    assert len(pieces_of(text, direction=None)) > 10
    assert page._layout.laid_out <= 2
    page.reveal(400_000)
    page.grab()
    assert page._layout.laid_out <= 5
    page.set_caret(400_000)
    page.move_caret("left")
    assert page.caret() == 400_001
    assert page.span_rectangles(400_000, 400_003)


def test_pieces_hold_every_character_once() -> None:
    text = f"{'كلمة ' * 20_000}😀\n{'x' * (LONGEST * 2 + 5)}\n\nنهاية"
    pieces = pieces_of(text, direction=None)
    joined = "".join(piece.text + ("\n" if piece.ends_paragraph else "") for piece in pieces)
    assert joined == text + "\n"
    assert all(one.end + one.ends_paragraph == other.start for one, other in pairwise(pieces))
    assert max(piece.length for piece in pieces) <= LONGEST


def test_what_lies_far_away_is_forgotten_but_not_its_height(page: PageView) -> None:
    page.show_article(f"{SEED}\n" * 200)
    bar = page.verticalScrollBar()
    for value in range(0, bar.maximum(), 500):
        bar.setValue(value)
    assert page._layout._live_characters < 70_000
    assert page._layout._live_characters == sum(page._layout._pieces[number].length for number in page._layout._live)
    assert len(page._layout._layouts) == len(page._layout._live)
    height = page._layout.height
    bar.setValue(0)
    page.grab()
    assert page._layout.height == height


def test_marks_outside_the_view_are_not_painted(page: PageView, mark: object) -> None:
    page.show_article(f"{SEED}\n" * 20)
    page.set_marks([mark("far", 20_000, 20_500)])  # type: ignore[operator]
    with_far = page.grab().toImage()
    page.set_marks(())
    assert page.grab().toImage() == with_far


def test_chips_name_what_cannot_be_seen_and_move_nothing(page: PageView, qtbot: QtBot) -> None:
    page.show_article("قصف\u200f\u00a0الجيـــش \u202bمدينة\u202c")
    plain = page.grab().toImage()
    glyphs = [placed.line.glyphs() for placed in page._layout.lines_between(0, 500)]
    page.show_invisible(True)
    assert page.grab().toImage() != plain
    assert [placed.line.glyphs() for placed in page._layout.lines_between(0, 500)] == glyphs
    page.show_invisible(False)
    assert page.grab().toImage() == plain


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("\u202e\u202eابدأ hello", True),
        ("\u200eabc عربي", False),
        ("\u2067\u2069", True),
        ("\u200f\u061cعربي abc", True),
    ],
)
def test_controls_at_the_beginning_of_a_line_stand_where_it_begins(page: PageView, text: str, right: bool) -> None:
    page.show_article(text)
    line = page._layout.lines_between(0, 100)[0].line
    metrics = page._layout.metrics
    at, other = line.edges[0]
    assert at == other == pytest.approx(metrics.column_right if right else metrics.column_left, abs=2.0)


def test_the_place_does_not_wander_while_the_window_is_made_wider_and_narrower(page: PageView) -> None:
    page.show_article(uneven_text())
    page.verticalScrollBar().setValue(4000)
    place = page.place()
    for width in (*range(760, 500, -20), *range(500, 760, 20), 760):
        page.resize(width, 560)
    assert page.place()[0] == place[0]
    page.verticalScrollBar().setValue(5000)
    place = page.place()
    page.resize(700, 560)
    page.resize(760, 560)
    assert page.place()[0] == place[0]


def test_focus_dims_all_but_one_paragraph_and_follows_the_caret(page: PageView) -> None:
    page.show_article("الفقرة الأولى\nالفقرة الثانية")
    page.clearFocus()
    boxes = [page.span_rectangles(start, end)[0].toRect() for start, end in ((0, 13), (14, 28))]

    def darkness(image: QImage) -> list[int]:
        parts = [image.copy(box) for box in boxes]  # by pixels: their rows of bytes end in whatever lay in memory
        return [
            min(qGray(part.pixel(x, y)) for x in range(part.width()) for y in range(part.height())) for part in parts
        ]

    plain = darkness(page.grab().toImage())
    page.set_caret(3)
    page.focus_paragraph(True)
    first = darkness(page.grab().toImage())
    assert first[0] <= plain[0] + 5
    assert first[1] > plain[1] + 60
    page.set_caret(20)
    second = darkness(page.grab().toImage())
    assert second[0] > plain[0] + 60
    assert second[1] <= plain[1] + 5
    page.focus_paragraph(False)
    assert not page.is_focused_on_paragraph


def test_hits_are_painted_and_the_one_now_is_brought_into_view(page: PageView) -> None:
    page.show_article(f"{SEED}\n" * 5)
    plain = page.grab().toImage()
    far = len(SEED) * 4
    page.set_hits([(6, 11), (far, far + 5)], 0)
    assert page.grab().toImage() != plain
    page.set_hits([(6, 11), (far, far + 5)], 1)
    assert page.verticalScrollBar().value() > 1000
    box = page.span_rectangles(far, far + 5)[0]
    assert 0 < box.top() < page.viewport().height()


def test_the_theme_keeps_the_reading_font(page: PageView) -> None:
    page.show_article(SEED)
    page.setStyleSheet("QTextEdit { font-size: 30pt; }")
    page.grab()
    assert page.document().defaultFont().pointSizeF() == 16.0
    assert page.drawn_fonts() == {"Noto Naskh Arabic"}


def test_an_empty_page_takes_keys_and_clicks(page: PageView, qtbot: QtBot) -> None:
    page.show_article("")
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_PageDown):
        qtbot.keyClick(page, key)
    qtbot.mouseClick(page.viewport(), Qt.MouseButton.LeftButton)
    qtbot.mouseDClick(page.viewport(), Qt.MouseButton.LeftButton)
    assert page.caret() == 0
