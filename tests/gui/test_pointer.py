"""The mouse selects what it passes, chooses what it clicks, and takes edges along."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.page.marks import Mark
from ui.page.view import PageView

MakeMark = Callable[..., Mark]
ROOT = Path(__file__).parents[2]
SEED = next((ROOT / "seeds/articles").iterdir()).read_text("utf-8")
LEFT = Qt.MouseButton.LeftButton
ALT, SHIFT, NONE = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)


def middle(page: PageView, start: int, end: int) -> QPoint:
    return page.span_rectangles(start, end)[0].center().toPoint()


def drag(
    qtbot: QtBot, page: PageView, start: QPoint, end: QPoint, modifiers: Qt.KeyboardModifier = NONE
) -> tuple[int, int] | None:
    viewport = page.viewport()
    qtbot.mousePress(viewport, LEFT, modifiers, pos=start)
    move(page, (start + end) / 2, modifiers)
    move(page, end, modifiers)
    qtbot.mouseRelease(viewport, LEFT, modifiers, pos=end)
    return page.selected_span()


def move(page: PageView, point: QPoint, modifiers: Qt.KeyboardModifier = NONE, *, held: Qt.MouseButton = LEFT) -> None:
    """Move with the button held down; `qtbot.mouseMove` cannot hold a modifier."""
    place = QPointF(point)
    far = QPointF(page.viewport().mapToGlobal(point))
    event = QMouseEvent(QEvent.Type.MouseMove, place, far, Qt.MouseButton.NoButton, held, modifiers)
    QApplication.sendEvent(page.viewport(), event)


@pytest.mark.parametrize(
    ("text", "start", "end", "rightwards"),
    [
        ("قصف NATO مدينة", 4, 7, True),
        ("the لا سلام NATO", 7, 10, False),
        ("قصف NATO مدينة", 0, 3, False),
        ("the لا سلام NATO", 12, 16, True),
    ],
)
def test_dragging_with_alt_selects_the_very_letters(
    page: PageView, qtbot: QtBot, text: str, start: int, end: int, rightwards: bool
) -> None:
    page.show_article(text)
    first, last = page.span_rectangles(start, start + 1)[0], page.span_rectangles(end - 1, end)[0]
    y = int(first.center().y())
    ends = (first.left() + 1, last.right() - 1) if rightwards else (first.right() - 1, last.left() + 1)
    assert drag(qtbot, page, QPoint(int(ends[0]), y), QPoint(int(ends[1]), y), ALT) == (start, end)


def test_dragging_takes_whole_words_and_leaves_punctuation_at_the_end(page: PageView, qtbot: QtBot) -> None:
    page.show_article("أعلنت وزارة الدفاع السورية، عن انشقاق")
    assert drag(qtbot, page, middle(page, 8, 9), middle(page, 23, 24)) == (6, 26)
    comma = page.span_rectangles(26, 27)[0]
    end = QPoint(int(comma.left()) + 1, int(comma.center().y()))
    assert drag(qtbot, page, middle(page, 8, 9), end) == (6, 26)


def test_dragging_backwards_selects_the_same(page: PageView, qtbot: QtBot) -> None:
    page.show_article("أعلنت وزارة الدفاع السورية، عن انشقاق")
    assert drag(qtbot, page, middle(page, 23, 24), middle(page, 8, 9)) == (6, 26)


def test_dragging_over_paragraphs_selects_across_them(page: PageView, qtbot: QtBot) -> None:
    page.show_article("الفقرة الأولى\nالفقرة الثانية")
    assert drag(qtbot, page, middle(page, 8, 9), middle(page, 15, 16)) == (7, 20)


def test_dragging_inside_a_selection_makes_a_new_one(page: PageView, qtbot: QtBot) -> None:
    page.show_article("أعلنت وزارة الدفاع السورية اليوم")
    page.select_span(0, 20)
    word = page.span_rectangles(6, 11)[0]
    y = int(word.center().y())
    assert drag(qtbot, page, QPoint(int(word.right()) - 2, y), QPoint(int(word.left()) + 2, y)) == (6, 11)


def test_shift_and_click_selects_from_the_caret_to_there(page: PageView, qtbot: QtBot) -> None:
    page.show_article("أعلنت وزارة الدفاع السورية اليوم")
    page.set_caret(6)
    qtbot.mouseClick(page.viewport(), LEFT, SHIFT, pos=middle(page, 14, 15))
    assert page.selected_span() == (6, 18)


def test_a_double_click_takes_a_word_and_a_third_click_the_sentence(page: PageView, qtbot: QtBot) -> None:
    text = "وصل الوفد. أعلنت وزارة الدفاع عن انشقاق. ثم عاد."
    page.show_article(text)
    point = middle(page, text.index("وزارة") + 1, text.index("وزارة") + 2)
    qtbot.mouseDClick(page.viewport(), LEFT, pos=point)
    start, end = page.selected_span() or (0, 0)
    assert text[start:end] == "وزارة"
    qtbot.mousePress(page.viewport(), LEFT, pos=point)
    start, end = page.selected_span() or (0, 0)
    qtbot.mouseRelease(page.viewport(), LEFT, pos=point)
    assert text[start:end] == "أعلنت وزارة الدفاع عن انشقاق."


def test_dragging_on_after_a_double_click_goes_by_words(page: PageView, qtbot: QtBot) -> None:
    text = "أعلنت وزارة الدفاع السورية اليوم"
    page.show_article(text)
    qtbot.mouseDClick(page.viewport(), LEFT, pos=middle(page, 14, 15))
    move(page, middle(page, 21, 22))
    assert page.selected_span() == (12, 26)
    move(page, middle(page, 2, 3))
    qtbot.mouseRelease(page.viewport(), LEFT, pos=middle(page, 2, 3))
    assert page.selected_span() == (0, 18)


def test_dragging_below_the_view_scrolls_along(page: PageView, qtbot: QtBot) -> None:
    page.show_article(f"{SEED}\n" * 3)
    below = QPoint(300, page.viewport().height() + 60)
    qtbot.mousePress(page.viewport(), LEFT, pos=middle(page, 8, 9))
    move(page, QPoint(300, 200))
    move(page, below)
    qtbot.waitUntil(lambda: page.verticalScrollBar().value() > 300)
    qtbot.mouseRelease(page.viewport(), LEFT, pos=below)
    start, end = page.selected_span() or (0, 0)
    assert start == 6
    assert end > 700
    at = page.verticalScrollBar().value()
    qtbot.wait(100)
    assert page.verticalScrollBar().value() == at


def test_a_click_takes_the_innermost_mark_and_the_next_click_the_one_around_it(
    page: PageView, mark: MakeMark, qtbot: QtBot
) -> None:
    page.show_article(SEED)
    page.set_marks([mark("claim", 31, 137, long=True), mark("actor", 47, 75), mark("twin", 47, 75)])
    clicked: list[str] = []
    page.mark_clicked.connect(clicked.append)
    for _ in range(4):
        qtbot.mouseClick(page.viewport(), LEFT, pos=middle(page, 50, 51))
    assert clicked == ["twin", "actor", "claim", "twin"]
    assert page.marks_under_pointer() == ["twin", "actor", "claim"]
    page.move_caret("left")
    assert page.marks_under_pointer() == []


def test_a_click_beside_everything_selects_nothing(page: PageView, mark: MakeMark, qtbot: QtBot) -> None:
    page.show_article("أعلنت وزارة الدفاع")
    page.set_marks([mark("actor", 6, 18)])
    with qtbot.waitSignal(page.mark_clicked) as told:
        qtbot.mouseClick(page.viewport(), LEFT, pos=middle(page, 2, 3))
    assert told.args == [""]


@pytest.mark.parametrize(
    ("edge", "target", "modifiers", "expected"),
    [
        ("end", 24, NONE, (6, 26)),
        ("end", 24, ALT, (6, 25)),
        ("start", 2, NONE, (0, 18)),
        ("start", 15, ALT, (16, 18)),
        ("start", 30, NONE, (17, 18)),
    ],
)
def test_an_edge_of_the_selected_mark_can_be_dragged(
    page: PageView,
    mark: MakeMark,
    qtbot: QtBot,
    edge: str,
    target: int,
    modifiers: Qt.KeyboardModifier,
    expected: tuple[int, int],
) -> None:
    page.show_article("أعلنت وزارة الدفاع السورية اليوم")
    page.set_marks([mark("actor", 6, 18)])
    page.select_mark("actor", movable=True)
    boxes = page.span_rectangles(6, 18)
    grip = QPoint(int(boxes[0].right() if edge == "start" else boxes[-1].left()), int(boxes[0].center().y()))
    over = page.span_rectangles(target, target + 1)[0]
    moved: list[tuple[str, int, int]] = []
    page.edge_moved.connect(lambda *one: moved.append(one))
    drag(qtbot, page, grip, QPoint(int(over.left()) + 1, int(over.center().y())), modifiers)
    assert moved == [("actor", *expected)]
    assert page.selected_span() is None


def test_a_dragged_edge_loses_the_white_space_and_punctuation_it_passed(
    page: PageView, mark: MakeMark, qtbot: QtBot
) -> None:
    page.show_article("أعلنت وزارة الدفاع السورية، اليوم")
    page.set_marks([mark("actor", 6, 18)])
    page.select_mark("actor", movable=True)
    grip = end_of(page, 6, 18)
    moved: list[tuple[str, int, int]] = []
    page.edge_moved.connect(lambda *one: moved.append(one))
    space = page.span_rectangles(27, 28)[0]
    drag(qtbot, page, grip, QPoint(int(space.left()), grip.y()))
    assert moved == [("actor", 6, 26)]


def test_of_two_edges_close_together_the_nearer_one_is_taken(page: PageView, mark: MakeMark) -> None:
    page.show_article("أعلنت ا وزارة")
    page.set_marks([mark("actor", 6, 7)])
    page.select_mark("actor", movable=True)
    box = page.span_rectangles(6, 7)[0]
    assert box.width() < 10
    y = box.center().y()
    assert page.edges.at(QPointF(box.left() + 1, y)) == "end"
    assert page.edges.at(QPointF(box.right() - 1, y)) == "start"


def test_a_click_at_an_edge_of_the_selected_mark_reaches_what_lies_under_it(
    page: PageView, mark: MakeMark, qtbot: QtBot
) -> None:
    page.show_article("أعلنت وزارة الدفاع السورية اليوم")
    page.set_marks([mark("place", 6, 11), mark("actor", 6, 18)])
    clicked: list[str] = []
    page.mark_clicked.connect(clicked.append)
    page.mark_clicked.connect(lambda identity: page.select_mark(identity, movable=True))
    box = page.span_rectangles(6, 11)[0]
    for _ in range(3):
        qtbot.mouseClick(page.viewport(), LEFT, pos=QPoint(int(box.right()) - 3, int(box.center().y())))
    assert clicked == ["place", "actor", "place"]


def test_another_article_ends_what_the_mouse_was_doing(page: PageView, mark: MakeMark, qtbot: QtBot) -> None:
    page.show_article(SEED)
    qtbot.mousePress(page.viewport(), LEFT, pos=middle(page, 200, 201))
    move(page, middle(page, 150, 151))
    page.show_article("ا")
    move(page, QPoint(300, 40))
    qtbot.mouseRelease(page.viewport(), LEFT, pos=QPoint(300, 40))
    assert (page.selected_span(), page.caret()) == (None, 0)


def test_a_button_released_where_nobody_tells_us_ends_the_drag(page: PageView, qtbot: QtBot) -> None:
    page.show_article("أعلنت وزارة الدفاع السورية اليوم")
    qtbot.mousePress(page.viewport(), LEFT, pos=middle(page, 8, 9))
    move(page, middle(page, 14, 15))
    move(page, middle(page, 29, 30), held=Qt.MouseButton.NoButton)
    assert page.selected_span() == (6, 18)


def test_a_drag_that_comes_back_to_where_it_began_selects_nothing(page: PageView, qtbot: QtBot) -> None:
    page.show_article("أعلنت وزارة الدفاع السورية اليوم")
    space = page.span_rectangles(18, 19)[0]
    start = QPoint(int(space.right()), int(space.center().y()))
    qtbot.mousePress(page.viewport(), LEFT, pos=start)
    move(page, middle(page, 23, 24))
    assert page.selected_span() is not None
    move(page, start)
    qtbot.mouseRelease(page.viewport(), LEFT, pos=start)
    assert (page.selected_span(), page.caret()) == (None, 18)


def test_trimming_leaves_the_caret_where_the_drag_ended(page: PageView, qtbot: QtBot) -> None:
    page.show_article("أعلنت وزارة الدفاع السورية، اليوم")
    comma = page.span_rectangles(26, 27)[0]
    assert drag(qtbot, page, QPoint(int(comma.left()) + 1, int(comma.center().y())), middle(page, 8, 9)) == (6, 26)
    assert (page.caret(), page.anchor()) == (6, 26)


def end_of(page: PageView, start: int, end: int) -> QPoint:
    """Return where the end edge of a span of right-to-left text is."""
    box = page.span_rectangles(start, end)[-1]
    return QPoint(int(box.left()), int(box.center().y()))


def test_the_edges_of_somebody_elses_mark_stay(page: PageView, mark: MakeMark, qtbot: QtBot) -> None:
    page.show_article("أعلنت وزارة الدفاع السورية اليوم")
    page.set_marks([mark("actor", 6, 18)])
    page.select_mark("actor", movable=False)
    box = page.span_rectangles(6, 18)[0]
    with qtbot.assertNotEmitted(page.edge_moved):
        drag(qtbot, page, QPoint(int(box.left()), int(box.center().y())), middle(page, 22, 23))


def test_a_dragged_edge_that_comes_back_changes_nothing(page: PageView, mark: MakeMark, qtbot: QtBot) -> None:
    page.show_article("أعلنت وزارة الدفاع السورية اليوم")
    page.set_marks([mark("actor", 6, 18)])
    page.select_mark("actor", movable=True)
    box = page.span_rectangles(6, 18)[0]
    grip = QPoint(int(box.left()), int(box.center().y()))
    with qtbot.assertNotEmitted(page.edge_moved):
        qtbot.mousePress(page.viewport(), LEFT, pos=grip)
        move(page, middle(page, 22, 23))
        assert page.shown.dragged == (6, 26)
        move(page, grip)
        qtbot.mouseRelease(page.viewport(), LEFT, pos=grip)
    assert page.shown.dragged is None


def test_the_wheel_zooms_with_control_and_scrolls_without(page: PageView, qtbot: QtBot) -> None:
    page.show_article(f"{SEED}\n" * 3)
    family = page.document().defaultFont().pointSizeF()
    with qtbot.waitSignal(page.zoom_asked) as told:
        wheel(page, Qt.KeyboardModifier.ControlModifier)
    assert told.args == [-1]
    assert page.document().defaultFont().pointSizeF() == family
    assert page.verticalScrollBar().value() == 0
    wheel(page, NONE)
    assert page.verticalScrollBar().value() > 0


def test_a_touchpad_zooms_by_a_step_only_when_a_notch_is_full(page: PageView) -> None:
    page.show_article(SEED)
    asked: list[int] = []
    page.zoom_asked.connect(asked.append)
    for _ in range(7):
        wheel(page, Qt.KeyboardModifier.ControlModifier, QPoint(3, 30))
    assert asked == [1]
    wheel(page, Qt.KeyboardModifier.ControlModifier, QPoint(120, 0))
    assert asked == [1]
    wheel(page, Qt.KeyboardModifier.ControlModifier, QPoint(0, 270))
    assert asked == [1, 3]


def wheel(page: PageView, modifiers: Qt.KeyboardModifier, turned: QPoint | None = None) -> None:
    point = QPointF(300, 300)
    phase = Qt.ScrollPhase.NoScrollPhase
    far, turned = page.viewport().mapToGlobal(point), turned or QPoint(0, -120)
    event = QWheelEvent(point, far, QPoint(), turned, Qt.MouseButton.NoButton, modifiers, phase, False)
    QApplication.sendEvent(page.viewport(), event)


def test_the_menu_is_asked_for_at_the_pointer_and_with_the_key_at_the_caret(page: PageView, qtbot: QtBot) -> None:
    page.show_article(SEED)
    page.set_caret(60)
    for reason, offset in ((QContextMenuEvent.Reason.Mouse, 8), (QContextMenuEvent.Reason.Keyboard, 60)):
        with qtbot.waitSignal(page.menu_asked) as told:
            point = middle(page, 8, 9)
            QApplication.sendEvent(page.viewport(), QContextMenuEvent(reason, point, page.mapToGlobal(point)))
        assert told.args[1] == offset


def ask_for_menu(page: PageView, point: QPoint) -> None:
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, page.mapToGlobal(point))
    QApplication.sendEvent(page.viewport(), event)


def test_a_menu_is_about_what_lies_under_the_pointer(page: PageView, mark: MakeMark) -> None:
    page.show_article("أعلنت وزارة الدفاع السورية اليوم")
    page.set_marks([mark("place", 6, 11), mark("actor", 6, 18)])
    clicked: list[str] = []
    page.mark_clicked.connect(clicked.append)
    page.mark_clicked.connect(page.select_mark)
    page.select_span(19, 26)
    ask_for_menu(page, middle(page, 21, 22))
    assert (clicked, page.selected_span()) == ([], (19, 26))
    ask_for_menu(page, middle(page, 8, 9))
    assert (clicked, page.selected_span()) == (["place"], None)
    page.select_mark("actor")
    ask_for_menu(page, middle(page, 8, 9))
    assert clicked == ["place"]
    ask_for_menu(page, middle(page, 29, 30))
    assert clicked == ["place", ""]


def test_a_mark_in_view_is_selected_without_moving_the_view(page: PageView, mark: MakeMark) -> None:
    page.show_article(f"{SEED}\n" * 4)
    page.set_marks([mark("claim", 10, len(page.text) - 10, long=True), mark("far", 10, 20)])
    page.verticalScrollBar().setValue(600)
    page.select_mark("claim", movable=True)
    assert page.verticalScrollBar().value() == 600
    page.change_marks(["claim"], [mark("claim", 10, len(page.text) - 10)])
    assert page.verticalScrollBar().value() == 600
    page.select_mark("far")
    assert page.verticalScrollBar().value() < 100


def test_an_edge_that_a_key_moves_is_brought_into_view(page: PageView, mark: MakeMark) -> None:
    page.show_article(f"{SEED}\n" * 4)
    end = len(page.text) - 10
    page.set_marks([mark("claim", 10, end)])
    page.select_mark("claim", movable=True)
    page.change_marks(["claim"], [mark("claim", 10, end - 1)])
    assert page.is_in_view(end - 2, end - 1)
    page.change_marks(["claim"], [mark("claim", 11, end - 1)])
    assert page.is_in_view(11, 12)
