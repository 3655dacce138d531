"""What is no news is greyed on the page and passed over, and nothing moves by it; on paper too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.model import Boilerplate
from ui.boilerplate import Greying, boilerplate_names, greyed_of
from ui.finding import Finding
from ui.page.find_bar import FindBar
from ui.page.lines import Spot
from ui.page.marks import Mark
from ui.page.painting import PagePainter
from ui.page.palette import PAGE, contrast, faint
from ui.page.paper.printout import Paper, Printout
from ui.page.printing import Press
from ui.page.view import PageView
from ui.session import Session
from ui.stepping import Stepping

Settle = Callable[[], None]
TEXT = "أعلنت الوزارة انشقاق عناصر.\nلا إله إلا الله.\n\nاترك تعليقاً\n\nلن يتم نشر عنوان بريدك الإلكتروني."
FORM = TEXT.index("اترك")
RANGE = Boilerplate(FORM, len(TEXT), "comments")
NAMES = {"comments": "Comment form — not part of the news", "other": "Page boilerplate"}


def painted(page: PageView, *, dark: bool = False) -> QImage:
    """Paint the lines in view without bands' alpha: what colours the glyphs have."""
    image = QImage(page.viewport().size(), QImage.Format.Format_RGB32)
    palette = QPalette(page.palette())
    ground, text = PAGE["dark" if dark else "light"]
    palette.setColor(QPalette.ColorRole.Base, QColor(ground))
    palette.setColor(QPalette.ColorRole.Text, QColor(text))
    image.fill(QColor(ground))
    painter = QPainter(image)
    lines = page._layout.lines_between(0, image.height())
    PagePainter(page.shown, palette).paint(painter, page._layout, lines)
    painter.end()
    return image


def darkest(image: QImage, box: QRectF) -> int:
    """Return the lightness of the darkest pixel in a box: that of the ink."""
    area = box.toRect().intersected(image.rect())
    return min(
        image.pixelColor(x, y).lightness()
        for x in range(area.left(), area.right())
        for y in range(area.top(), area.bottom())
    )


def word(page: PageView, words: str) -> QRectF:
    start = page.text.index(words)
    return page.span_rectangles(start, start + len(words))[0]


@pytest.fixture
def shown(page: PageView) -> PageView:
    page.show_article(TEXT)
    page.clearFocus()
    return page


# -- how it looks -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_faint_text_can_still_be_read_and_is_clearly_fainter(theme: str) -> None:
    ground, text = map(QColor, PAGE[theme])
    grey, strong = faint(text, ground), faint(text, ground, strong=True)
    assert 4.5 <= contrast(grey, ground) < 5
    assert contrast(strong, ground) >= 7.0
    assert contrast(text, ground) > 1.4 * contrast(grey, ground)


def test_only_the_boilerplate_is_drawn_faint(shown: PageView) -> None:
    before = painted(shown)
    shown.set_boilerplate([RANGE], NAMES)
    after = painted(shown)
    assert darkest(after, word(shown, "أعلنت")) == darkest(before, word(shown, "أعلنت"))
    assert darkest(after, word(shown, "الإلكتروني")) > darkest(before, word(shown, "الإلكتروني")) + 20


def test_greying_moves_no_pixel_of_the_news_and_no_letter_of_the_form(shown: PageView) -> None:
    def ink(image: QImage, box: QRectF) -> set[tuple[int, int]]:
        area = box.toRect()
        places = ((x, y) for x in range(area.left(), area.right()) for y in range(area.top(), area.bottom()))
        return {place for place in places if image.pixelColor(*place).lightness() < 235}

    before, boxes = painted(shown), [shown.span_rectangles(at, at + 1) for at in range(len(TEXT))]
    shown.set_boilerplate([RANGE], NAMES)
    after = painted(shown)
    assert [shown.span_rectangles(at, at + 1) for at in range(len(TEXT))] == boxes
    news, form = word(shown, "لا إله إلا الله"), word(shown, "نشر")
    assert ink(before, news) == ink(after, news)
    assert ink(after, form) <= ink(before, form)
    assert len(ink(after, form)) > 0.8 * len(ink(before, form))


def test_a_part_of_a_line_is_greyed_without_breaking_a_letter(shown: PageView) -> None:
    """Two letters of one lam-alef or of one joined word are drawn as ever, one side faint."""
    whole = painted(shown)
    start = TEXT.index("انشقاق") + 3
    shown.set_boilerplate([Boilerplate(start, start + 3)], NAMES)
    parted = painted(shown)
    first, second = shown.span_rectangles(start - 3, start)[0], shown.span_rectangles(start, start + 3)[0]
    core = first.adjusted(2, 0, -2, 0)
    assert darkest(parted, core) == darkest(whole, core)
    assert darkest(parted, second.adjusted(2, 0, -2, 0)) > darkest(whole, second.adjusted(2, 0, -2, 0))


@pytest.mark.parametrize("margin", [True, False])
def test_a_label_above_its_beginning_says_what_it_is(shown: PageView, margin: bool) -> None:
    shown.set_margin(margin)
    before = painted(shown)
    shown.set_boilerplate([RANGE], NAMES)
    after = painted(shown)
    line = shown._layout.line_of(Spot(FORM))
    bottom = line.top + line.line.baseline - 0.57 * line.line.height
    above = QRectF(shown._layout.metrics.column_right - 120, bottom - 12, 120, 12)
    changed = [
        (x, y)
        for x in range(int(above.left()), int(above.right()))
        for y in range(int(above.top()), int(above.bottom()))
        if before.pixelColor(x, y) != after.pixelColor(x, y)
    ]
    assert len(changed) > 80
    assert all(before.pixelColor(x, y).lightness() > 240 for x, y in changed)  # no letter lies under it


def test_marks_in_the_boilerplate_are_still_shown(shown: PageView) -> None:
    shown.set_boilerplate([RANGE], NAMES)
    start = TEXT.index("بريدك")
    before = painted(shown)
    shown.set_marks([Mark("a", start, start + 5, "#332288", "solid", False, "actor")])
    after = painted(shown)
    box = word(shown, "بريدك")
    assert any(
        before.pixelColor(int(box.center().x()), y) != after.pixelColor(int(box.center().x()), y)
        for y in range(int(box.top()), int(box.bottom()))
    )


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(alphabet="لاب 1a😀\nَ", min_size=1, max_size=40),
    st.lists(st.integers(0, 40), max_size=6, unique=True),
)
def test_any_ranges_of_any_text_can_be_painted(page: PageView, text: str, borders: list[int]) -> None:
    page.show_article(text)
    inside = sorted(border for border in borders if border <= len(text))
    page.set_boilerplate([Boilerplate(*pair) for pair in [*pairwise(inside)][::2] if pair[0] < pair[1]], NAMES)
    assert not painted(page).isNull()


# -- what passes it over ------------------------------------------------------------------------------------------


def test_a_third_click_does_not_run_from_the_news_into_the_boilerplate(page: PageView, qtbot: QtBot) -> None:
    text = "قال الوزير إن القوات وصلت اقرأ أيضا خبر آخر"
    page.show_article(text)
    border = text.index("اقرأ")
    page.set_boilerplate([Boilerplate(border, len(text), "related")], NAMES)
    at = page.span_rectangles(4, 5)[0].center()
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonPress):
        left = Qt.MouseButton.LeftButton
        where = QPointF(page.viewport().mapToGlobal(at.toPoint()))
        event = QMouseEvent(kind, at, where, left, left, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(page.viewport(), event)
    assert page.selected_span() == (0, border)


def test_the_caret_may_enter_it(shown: PageView) -> None:
    shown.set_boilerplate([RANGE], NAMES)
    shown.set_caret(FORM)
    shown.move_caret("left")
    assert shown.caret() == FORM + 1


@pytest.fixture
def seed(session: Session, page: PageView) -> PageView:
    """The article that ships, on a page, with its comment form greyed."""
    assert session.now.article
    page.show_article(session.now.article.text)
    page.set_boilerplate([Boilerplate(1919, 2000, "comments")], NAMES)
    return page


def test_tab_passes_over_marks_in_it(session: Session, seed: PageView, settle: Settle) -> None:
    stepping = Stepping(session, seed)
    for words in ("وزارة الدفاع السورية", "بريدك", "مدينة دير حافر"):
        start = seed.text.index(words)
        session.annotate(start, start + len(words), "actor")
        settle()
    seed.set_marks(
        [Mark(one.id, one.start, one.end, "#332288", "solid", False, "x") for one in session.now.annotations]
    )
    session.select(None)
    seed.set_caret(0)
    gone_to = []
    for _ in range(3):
        stepping.step(1)
        annotation = session.selected_annotation()
        assert annotation
        gone_to.append(annotation.quote)
    assert gone_to == ["وزارة الدفاع السورية", "مدينة دير حافر", "وزارة الدفاع السورية"]


def test_finding_passes_it_over_until_it_is_asked_not_to(
    session: Session, seed: PageView, settle: Settle, qtbot: QtBot
) -> None:
    bar = FindBar()
    qtbot.addWidget(bar)
    finding = Finding(session, seed, bar)
    finding.restart()
    finding.open()
    bar._box.setText("تعليق")
    settle()
    assert seed.shown.hits == []
    bar._everywhere.setChecked(True)
    settle()
    assert len(seed.shown.hits) == 1
    seed.set_boilerplate((), NAMES)
    finding.again()
    assert bar._everywhere.isHidden()


# -- greying ------------------------------------------------------------------------------------------------------


def test_selected_text_is_greyed_and_given_back(session: Session, page: PageView, settle: Settle) -> None:
    article = session.now.article
    assert article
    page.show_article(article.text)
    greying, told = Greying(session, page), list[str]()
    greying.told.connect(told.append)
    greying.grey()
    greying.give_back()
    assert len(told) == 2  # nothing selected, nothing greyed
    page.select_span(1917, 2000)
    greying.grey()
    settle()
    assert session.now.article
    assert session.now.article.boilerplate == (Boilerplate(1919, 2000, "other"),)
    greying.show()
    page.set_caret(1950)
    greying.give_back()
    settle()
    assert session.now.article.boilerplate == ()
    session.undo()
    settle()
    assert session.now.article.boilerplate == (Boilerplate(1919, 2000, "other"),)


def test_every_kind_has_a_name() -> None:
    kinds = ("comments", "cookies", "share", "related", "navigation", "other")
    assert set(boilerplate_names()) == set(kinds)


# -- on paper -----------------------------------------------------------------------------------------------------


def test_on_paper_it_is_greyed_too() -> None:
    def ink(printout: Printout) -> QImage:
        press = Press(printout, Paper(700.0, 900.0))
        list(press.plan())
        image = QImage(QSize(700, 900), QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        press.paint(painter, press.sheets[0])
        painter.end()
        return image

    plain = Printout(title="x", text=TEXT)
    before, after = ink(plain), ink(replace(plain, greyed=greyed_of((RANGE,))))
    rows = [y for y in range(900) if any(before.pixelColor(x, y) != after.pixelColor(x, y) for x in range(0, 700, 3))]
    assert rows
    top = min(rows)
    assert all(before.pixelColor(x, y) == after.pixelColor(x, y) for x in range(0, 700, 5) for y in range(0, top, 3))
