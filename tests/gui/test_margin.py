"""One card a claim beside its line; cards never overlap, and each leads to its text."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from ui.page.margin import GAP, piled
from ui.page.marks import Mark
from ui.page.view import PageView

MakeMark = Callable[..., Mark]
ROOT = Path(__file__).parents[2]
SEED = next((ROOT / "seeds/articles").iterdir()).read_text("utf-8")
CARD = ("من يقول هذا؟", "«اقتباس»")


@pytest.fixture
def wide(page: PageView) -> PageView:
    page.set_margin(True)
    page.resize(1000, 600)
    page.show_article(SEED)
    return page


@given(
    st.lists(st.tuples(st.floats(0, 500), st.floats(10, 90)), min_size=1, max_size=30),
    st.integers(0, 29),
    st.booleans(),
)
def test_cards_never_overlap_and_the_level_one_gets_its_wish(
    cards: list[tuple[float, float]], number: int, has_level: bool
) -> None:
    wanted, heights = sorted(y for y, _ in cards), [height for _, height in cards]
    level = min(number, len(cards) - 1) if has_level else None
    tops = piled(wanted, heights, level=level)
    for at, (upper, lower) in enumerate(pairwise(tops)):
        assert lower >= upper + heights[at] + GAP - 1e-6
    assert level is None or tops[level] == wanted[level]
    assert has_level or all(top >= wish for top, wish in zip(tops, wanted, strict=True))


def test_a_card_stands_beside_the_first_line_of_its_claim(wide: PageView, mark: MakeMark) -> None:
    wide.set_marks([mark("a", 31, 137, long=True, card=CARD), mark("b", 194, 316, card=CARD), mark("c", 6, 26)])
    cards = wide._cards()
    assert [card.mark.id for card in cards] == ["a", "b"]
    for card, start in zip(cards, (31, 194), strict=True):
        line = wide.span_rectangles(start, start + 1)[0]
        assert abs(card.box.top() - line.top()) < line.height() / 2
        assert card.box.left() >= wide._layout.metrics.column_right
        assert card.box.right() <= wide.viewport().width()


def test_the_margin_is_at_the_end_side_of_the_interface(wide: PageView, mark: MakeMark) -> None:
    wide.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    wide.set_marks([mark("a", 31, 137, card=CARD)])
    box = wide._cards()[0].box
    assert 0 <= box.left() < box.right() <= wide._layout.metrics.column_left


def test_many_claims_in_one_line_push_each_other_down(wide: PageView, mark: MakeMark) -> None:
    wide.set_marks([mark(str(at), 6 + at * 5, 60 + at * 5, card=CARD) for at in range(6)])
    boxes = [card.box for card in wide._cards()]
    assert len(boxes) == 6
    assert all(not upper.intersects(lower) for upper, lower in pairwise(boxes))


def test_one_can_scroll_down_to_every_card_also_where_the_text_is_short(wide: PageView, mark: MakeMark) -> None:
    wide.show_article("أعلنت وزارة الدفاع السورية انشقاق عناصر من التنظيم على الجبهة وتأمينهم بشكل فوري اليوم")
    wide.set_marks([mark(str(at), at, at + 40, card=CARD) for at in range(25)])
    wide.grab()
    first = {card.mark.id: card.box for card in wide._cards()}
    assert 1 < len(first) < 25
    bar = wide.verticalScrollBar()
    bar.setValue(bar.maximum())
    cards = {card.mark.id: card.box for card in wide._cards()}
    assert "24" in cards
    assert cards["24"].bottom() < bar.value() + wide.viewport().height()
    assert all(first[identity] == box for identity, box in cards.items() if identity in first)
    wide.show_article("قصير")
    wide.grab()
    assert bar.maximum() == 0


def test_the_selected_card_is_level_with_its_line_and_those_before_it_give_way(wide: PageView, mark: MakeMark) -> None:
    wide.set_marks([mark(str(at), 200 + at * 5, 260 + at * 5, card=CARD) for at in range(3)])
    line = wide.span_rectangles(210, 211)[0]
    wide.select_mark("2")
    tops = {card.mark.id: card.box.top() for card in wide._cards()}
    assert abs(tops["2"] - line.top()) < line.height() / 2
    assert tops["0"] < tops["1"] < tops["2"]


def test_a_click_on_a_card_selects_its_claim(wide: PageView, mark: MakeMark, qtbot: QtBot) -> None:
    wide.set_marks([mark("a", 31, 137, card=CARD)])
    with qtbot.waitSignal(wide.mark_clicked) as told:
        qtbot.mouseClick(
            wide.viewport(), Qt.MouseButton.LeftButton, pos=wide._cards()[0].box.center().toPoint()
        )  # fmt: skip
    assert told.args == ["a"]


def test_the_card_of_a_selected_claim_stays_in_view_while_its_text_does(wide: PageView, mark: MakeMark) -> None:
    wide.show_article(f"{SEED}\n" * 3)
    wide.set_marks([mark("a", 31, 3000, long=True, card=CARD)])
    wide.select_mark("a")
    wide.verticalScrollBar().setValue(400)
    assert wide._cards()[0].box.top() >= 400


def test_on_a_narrow_page_the_margin_folds_away(wide: PageView, mark: MakeMark) -> None:
    wide.set_marks([mark("a", 31, 137, card=CARD)])
    column = wide._layout.metrics.column_width
    wide.resize(500, 600)
    assert wide._cards() == []
    assert wide._layout.metrics.column_left < 60
    wide.resize(1000, 600)
    assert len(wide._cards()) == 1
    assert wide._layout.metrics.column_width == column
    wide.set_margin(False)
    assert wide._cards() == []


def test_ten_thousand_claims_pile_only_near_the_view(wide: PageView, mark: MakeMark) -> None:
    wide.show_article(f"{SEED}\n" * 100)
    wide.set_marks([mark(str(at), at * 20, at * 20 + 30, card=CARD) for at in range(10_000)])
    wide.verticalScrollBar().setValue(20_000)
    wide.grab()
    cards = wide._cards()
    assert 0 < len(cards) < 40
    before = {card.mark.id: card.box.top() for card in cards}
    wide.verticalScrollBar().setValue(20_010)
    after = {card.mark.id: card.box.top() for card in wide._cards()}
    assert {identity: top for identity, top in after.items() if identity in before}.items() <= before.items()


def test_a_line_leads_from_the_card_to_the_text(wide: PageView, mark: MakeMark) -> None:
    wide.set_marks([mark("a", 31, 137)])
    without = wide.grab().toImage()
    wide.set_marks([mark("a", 31, 137, card=CARD)])
    drawn = wide.grab().toImage()
    card, metrics = wide._cards()[0], wide._layout.metrics
    x = int((metrics.column_right + card.box.left()) / 2)
    column = [QPoint(x, y) for y in range(int(card.box.top()), int(card.box.bottom()))]
    assert any(drawn.pixel(point) != without.pixel(point) for point in column)
