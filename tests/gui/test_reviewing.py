"""Comparing and settling in the window: lanes on the page, the list of differences, and one key for each decision."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from annotator import Project
from tests.gui.two_layers import FIRST, LEAD, SECOND, two_layers
from ui.main_window import MainWindow
from ui.review.choices import SideButton
from ui.review.differing import Row
from ui.session import Session
from ui.settings import Settings
from ui.translate import set_language

NONE, SHIFT, CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
Key = Qt.Key


class Lead:
    """A person who compares the article and settles it."""

    def __init__(self, qtbot: QtBot, path: Path, reviewer: str) -> None:
        self.qtbot, self.path = qtbot, path
        self.session = Session()
        self.failures: list[Any] = []
        self.session.failed.connect(self.failures.append)
        self.session.open(path, reviewer=reviewer)
        qtbot.waitUntil(lambda: self.session.now.article is not None, timeout=10_000)
        self.window = MainWindow(self.session, Settings())
        self.window.resize(1280, 720)
        self.window.show()
        self.window.activateWindow()
        self.window.page.setFocus()
        qtbot.waitUntil(self.window.page.hasFocus, timeout=10_000)
        self.review = self.window.review
        self.reviewing, self.pane, self.panel = self.review.reviewing, self.review.pane, self.review.panel

    def settle(self) -> None:
        done: list[object] = []
        run = self.session.run
        self.session.when_idle(lambda: run(lambda _: None, lambda _: run(lambda _: None, done.append)))
        self.qtbot.waitUntil(lambda: bool(done) and not self.session.busy, timeout=10_000)

    def compare(self) -> Lead:
        self.qtbot.keyClick(self.window.page, Key.Key_R, CTRL | SHIFT)
        self.settle()
        return self

    def press(self, key: Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        self.qtbot.keyClick(self.panel.list, key, modifiers)
        self.settle()

    @property
    def row(self) -> Row:
        assert self.reviewing.row
        return self.reviewing.row

    def go_to(self, kind: str) -> Row:
        self.reviewing.choose(next(row.key for row in self.reviewing.review.rows if kind in row.kinds))
        return self.row

    def outcome(self, kind: str) -> tuple[str, list[tuple[int, int, str]]]:
        row = next(row for row in self.reviewing.review.rows if kind in row.kinds)
        if row.decision is None:
            return "open", []
        return row.decision.outcome, [(one.start, one.end, one.label) for one in row.decision.finals]

    def said(self) -> str:
        return self.panel._said.text() if not self.panel._said.isHidden() else ""


Open = Callable[..., Lead]


@pytest.fixture
def open_as(qtbot: QtBot, tmp_path: Path) -> Iterator[Open]:
    set_language("en")
    leads: list[Lead] = []

    def make(reviewer: str = LEAD, *, reviewers: tuple[str, ...] = (FIRST, SECOND)) -> Lead:
        path = tmp_path / "p.hashiya"
        if not path.exists():
            two_layers(path, reviewers=reviewers)
        leads.append(Lead(qtbot, path, reviewer))
        return leads[-1]

    yield make
    for lead in leads:
        _end(lead.window, lead.session)


def _end(window: QMainWindow, session: Session) -> None:
    window.close()
    session.close()
    window.deleteLater()


@pytest.fixture
def lead(open_as: Open) -> Lead:
    return open_as().compare()


# -- comparing ------------------------------------------------------------------------------------------------------------


def test_a_key_puts_the_compared_article_in_the_place_of_the_page(open_as: Open) -> None:
    lead = open_as()
    assert not lead.pane.isVisible()
    lead.compare()
    assert (lead.pane.isVisible(), lead.panel.isVisible(), lead.window.reading.isVisible()) == (True, True, False)
    assert lead.panel.list.hasFocus()
    lead.press(Key.Key_Escape)
    assert (lead.pane.isVisible(), lead.panel.isVisible(), lead.window.reading.isVisible()) == (False, False, True)
    assert lead.window.page.hasFocus()


def test_differences_are_listed_by_their_kind_and_counted(lead: Lead) -> None:
    assert [row.kinds for row in lead.reviewing.rows] == [("frame",), ("boundary",), ("label",), ("only",)]
    filters = [lead.panel._filter.itemText(at) for at in range(lead.panel._filter.count())]
    assert filters[:2] == ["All differences (4)", "Still open (4)"]
    lead.reviewing.sift("label")
    assert (lead.panel.list.model().rowCount(), lead.row.kinds) == (1, ("label",))
    lead.reviewing.sift("all")
    assert lead.panel.list.model().rowCount() == 4
    assert lead.row.kinds == ("label",)


def test_agreed_marks_are_plain_and_of_others_each_side_has_a_lane(lead: Lead) -> None:
    page = lead.pane.pages[0]
    roles = [(mark.role, mark.lane, mark.letter) for mark in page.marks() if (mark.start, mark.end) == (47, 68)]
    assert roles == [("side", 1, "B")]
    agreed = [mark for mark in page.marks() if (mark.start, mark.end) == (6, 26)]
    assert [mark.role for mark in agreed] == ["agreed"]
    lanes = {(mark.lane, mark.letter) for mark in page.marks() if mark.role == "side"}
    assert lanes == {(0, "A"), (1, "B")}
    assert not lead.pane.pages[1].isVisible()


def test_a_difference_that_is_chosen_in_the_list_is_chosen_on_the_page_and_the_other_way_round(lead: Lead) -> None:
    page = lead.pane.pages[0]
    lead.press(Key.Key_Down)
    assert lead.row.kinds == ("boundary",)
    assert page.shown.selected == f"match {lead.row.match.number}"
    point = page.span_rectangles(95, 97)[0].center().toPoint()
    lead.qtbot.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert lead.row.kinds == ("label",)
    assert lead.panel.list.currentIndex().row() == 2


def test_f7_goes_round_the_differences(lead: Lead) -> None:
    seen = []
    for _ in range(5):
        seen.append(lead.row.kinds[0])
        lead.press(Key.Key_F7)
    assert seen == ["frame", "boundary", "label", "only", "frame"]
    lead.press(Key.Key_F7, SHIFT)
    assert lead.row.kinds == ("frame",)


def test_two_sides_stand_beside_each_other_and_scroll_together(lead: Lead) -> None:
    lead.window.resize(1280, 480)
    lead.press(Key.Key_V)
    one, other = lead.pane.pages
    assert other.isVisible()
    assert {mark.letter for mark in one.marks() if mark.role == "side"} == {"A"}
    assert {mark.letter for mark in other.marks() if mark.role == "side"} == {"B"}
    bar = one.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    assert other.place()[0] == one.place()[0] > 0
    lead.press(Key.Key_V)
    assert not other.isVisible()


def test_names_can_be_hidden(lead: Lead) -> None:
    buttons = [button for button in lead.panel.choices.findChildren(SideButton) if not button.isHidden()]
    assert FIRST in buttons[0].accessibleName()
    lead.press(Key.Key_H)
    lead.panel._fill_sides()
    menu = [action.text() for action in lead.panel._sides_menu.actions()]
    words = " ".join([*menu, *(widget.accessibleName() for widget in (lead.pane._legend, *buttons))])
    assert FIRST not in words
    assert SECOND not in words
    assert "Reviewer A" in words


def test_a_key_works_wherever_one_is_in_the_panel_but_not_while_one_writes(lead: Lead) -> None:
    lead.go_to("boundary")
    button = next(button for button in lead.panel.choices.findChildren(SideButton) if button.isVisible())
    button.setFocus()
    lead.qtbot.keyClick(button, Key.Key_2)
    lead.settle()
    assert lead.outcome("boundary") == ("one", [(47, 68, "actor")])
    lead.press(Key.Key_Return)
    lead.qtbot.keyClick(lead.panel.choices._note, Key.Key_0)
    lead.settle()
    assert lead.panel.choices._note.toPlainText() == "0"
    assert lead.outcome("label") == ("open", [])


def test_tab_goes_through_the_panel_as_it_is_seen(lead: Lead) -> None:
    lead.go_to("boundary")
    panel, seen = lead.panel, []
    widget: QWidget = panel._tabs
    while panel.isAncestorOf(widget):
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            seen.append(widget)
        widget = widget.nextInFocusChain()
    tops = [one.mapTo(panel, one.rect().topLeft()).y() // 12 for one in seen]
    assert len(seen) > 12
    assert tops == sorted(tops)


def test_done_and_the_next_is_no_wish_of_one_who_compares(lead: Lead) -> None:
    lead.press(Key.Key_Return, CTRL)
    assert lead.reviewing.review.layers == (FIRST, SECOND)


def test_the_compared_page_grows_with_the_text(lead: Lead) -> None:
    before = lead.pane.pages[0].span_rectangles(6, 26)[0].width()
    lead.window.reading.zoom(1)
    assert lead.pane.pages[0].span_rectangles(6, 26)[0].width() > before
    lead.window.reading.zoom(0)


def test_the_final_layer_can_be_a_side_and_then_nothing_is_settled(lead: Lead) -> None:
    lead.press(Key.Key_T)
    lead.reviewing.choose_sides((FIRST, "final"))
    lead.settle()
    assert [side.title(hidden=False) for side in lead.reviewing.review.sides][1] == "Final layer"
    assert not lead.reviewing.can_settle
    assert "compare all layers" in lead.said()
    lead.reviewing.choose_sides(None)
    lead.settle()
    assert lead.reviewing.can_settle


def test_six_layers_have_six_lanes(open_as: Open) -> None:
    others = ("جنى", "داود", "هالة", "وليد")
    lead = open_as(reviewers=(FIRST, SECOND, *others)).compare()
    page = lead.pane.pages[0]
    assert {mark.lane for mark in page.marks() if mark.role == "side"} == set(range(6))
    assert len([button for button in lead.panel.choices.findChildren(SideButton) if not button.isHidden()]) == 6
    lead.go_to("label")
    lead.press(Key.Key_6)
    assert lead.outcome("label") == ("one", [(94, 99, "actor")])


# -- settling -------------------------------------------------------------------------------------------------------------


def test_a_digit_takes_a_side_and_goes_on(lead: Lead) -> None:
    lead.go_to("boundary")
    lead.press(Key.Key_2)
    assert lead.outcome("boundary") == ("one", [(47, 68, "actor")])
    assert lead.row.kinds == ("label",)
    lead.press(Key.Key_A)
    assert lead.outcome("label") == ("one", [(94, 99, "actor")])
    assert lead.panel._progress.text() == "2 of 4 settled"


def test_a_side_without_the_mark_takes_nothing(lead: Lead) -> None:
    lead.go_to("only")
    lead.press(Key.Key_1)
    assert lead.outcome("only") == ("none", [])


def test_both_none_and_another_are_a_key_each(lead: Lead) -> None:
    lead.go_to("boundary")
    lead.press(Key.Key_Plus)
    assert lead.outcome("boundary") == ("several", [(47, 75, "actor"), (47, 68, "actor")])
    lead.go_to("label")
    lead.press(Key.Key_0)
    assert lead.outcome("label") == ("none", [])
    lead.go_to("only")
    lead.press(Key.Key_M)
    page = lead.pane.pages[0]
    assert page.selected_span() == (194, 208)
    page.select_span(194, 200)
    lead.qtbot.keyClick(page, Key.Key_3)
    lead.settle()
    assert lead.outcome("only") == ("other", [(194, 200, "claim")])
    assert not lead.reviewing.is_making


def test_esc_ends_the_making_of_another_mark_and_only_then_the_comparison(lead: Lead) -> None:
    lead.go_to("only")
    lead.press(Key.Key_M)
    lead.qtbot.keyClick(lead.pane.pages[0], Key.Key_Escape)
    assert (lead.reviewing.is_making, lead.reviewing.is_open) == (False, True)
    lead.qtbot.keyClick(lead.pane.pages[0], Key.Key_Escape)
    assert not lead.reviewing.is_open


def test_reason_and_note_are_given_before_or_after(lead: Lead) -> None:
    lead.go_to("boundary")
    lead.press(Key.Key_G)
    lead.press(Key.Key_1)
    made = next(row.decision for row in lead.reviewing.review.rows if "boundary" in row.kinds)
    assert made
    assert (made.reason, made.outcome) == ("guideline", "one")
    assert lead.reviewing.reason == ""
    row = lead.go_to("boundary")
    lead.press(Key.Key_S)
    lead.press(Key.Key_Return)
    note = lead.panel.choices._note
    assert note.hasFocus()
    lead.qtbot.keyClicks(note, "see line 3")
    lead.qtbot.keyClick(note, Key.Key_Escape)
    lead.settle()
    assert lead.panel.list.hasFocus()
    again = lead.row.decision
    assert lead.row.key == row.key
    assert again
    assert (again.reason, again.note, again.taken) == ("slip", "see line 3", made.taken)


def test_parts_are_taken_from_either_side(open_as: Open, tmp_path: Path) -> None:
    path = tmp_path / "p.hashiya"
    with Project.create(path, reviewer=LEAD, starter=True) as project:
        article = project.first_article() or ""
        for name, end, label in ((FIRST, 26, "actor"), (SECOND, 18, "place")):
            project.switch_reviewer(name)
            project.annotate(article, 6, end, label)
    lead = open_as().compare()
    assert lead.row.kinds == ("boundary", "label")
    lead.reviewing.take_part("label", SECOND)
    lead.settle()
    assert lead.outcome("label") == ("other", [(6, 26, "place")])
    lead.reviewing.take_part("span", SECOND)
    lead.settle()
    assert lead.outcome("label") == ("other", [(6, 18, "place")])


def test_everything_is_settled_taken_back_and_done_again(lead: Lead) -> None:
    lead.press(Key.Key_T)
    for key in (Key.Key_1, Key.Key_1, Key.Key_2, Key.Key_0):
        lead.press(key)
    assert lead.reviewing.review.open == 0
    lead.press(Key.Key_S, CTRL | SHIFT)
    assert lead.reviewing.review.is_settled
    assert "article settled" in lead.panel._progress.text()
    lead.press(Key.Key_Z, CTRL)
    assert not lead.reviewing.review.is_settled
    lead.press(Key.Key_Z, CTRL)
    assert lead.reviewing.review.open == 1
    assert lead.row.kinds == ("only",)
    lead.press(Key.Key_Z, CTRL | SHIFT)
    assert lead.reviewing.review.open == 0
    lead.press(Key.Key_Z, CTRL | SHIFT)
    assert lead.reviewing.review.is_settled
    assert lead.failures == []


def test_after_reopening_only_what_changed_is_asked(lead: Lead) -> None:
    lead.press(Key.Key_T)
    for key in (Key.Key_1, Key.Key_1, Key.Key_2, Key.Key_0):
        lead.press(key)
    lead.press(Key.Key_S, CTRL | SHIFT)
    lead.press(Key.Key_S, CTRL | SHIFT)
    assert not lead.reviewing.review.is_settled
    lead.session.switch_reviewer(SECOND)
    lead.settle()
    only = next(one for one in lead.session.now.annotations if (one.start, one.end) == (194, 208))
    lead.session.revise(only.id, end=201)
    lead.settle()
    lead.session.switch_reviewer(LEAD)
    lead.settle()
    assert [(row.kinds, row.state) for row in lead.reviewing.review.rows if row.state != "settled"] == [
        (("only",), "changed")
    ]
    lead.go_to("only")
    lead.press(Key.Key_2)
    assert lead.outcome("only") == ("one", [(194, 201, "claim")])


def test_a_reviewer_compares_and_is_told_why_they_do_not_settle(open_as: Open) -> None:
    reader = open_as(FIRST).compare()
    assert "Only a lead settles" in reader.said()
    assert LEAD in reader.said()
    reader.press(Key.Key_1)
    assert reader.reviewing.review.open == 4
    buttons = reader.panel.choices.findChildren(QPushButton)
    assert not any(button.isEnabled() for button in buttons if button.isVisible())
    assert reader.failures == []


def test_with_one_layer_it_says_what_to_do(open_as: Open) -> None:
    lead = open_as(reviewers=(FIRST,)).compare()
    assert f"Only \u2068{FIRST}\u2069 has read this article" in lead.said()
    assert not lead.panel.list.isVisible()
    assert lead.pane.pages[0].text


def test_another_article_is_compared_as_one_goes_on(lead: Lead, tmp_path: Path) -> None:
    path = tmp_path / "second.txt"
    path.write_text("قال الوزير إن الجيش تقدم.", "utf-8")
    lead.session.change(lambda project: project.import_files([path]))
    lead.settle()
    queue = lead.window.queue
    lead.qtbot.waitUntil(lambda: len(queue.rows) == 2 and not queue.is_reading, timeout=10_000)
    queue.step(1)
    lead.settle()
    assert lead.reviewing.review.article
    assert lead.reviewing.review.article.text.startswith("قال الوزير")
    assert "Nobody has marked anything" in lead.said()
    lead.window.queue.step(-1)
    lead.settle()
    assert len(lead.reviewing.rows) == 4


def test_what_was_removed_since_is_asked_and_can_be_taken_back(lead: Lead) -> None:
    lead.press(Key.Key_T)
    for key in (Key.Key_1, Key.Key_1, Key.Key_2, Key.Key_2):
        lead.press(key)
    assert lead.reviewing.review.open == 0
    lead.session.switch_reviewer(SECOND)
    lead.settle()
    only = next(one for one in lead.session.now.annotations if (one.start, one.end) == (194, 208))
    lead.session.remove(only.id)
    lead.settle()
    lead.session.switch_reviewer(LEAD)
    lead.settle()
    [gone] = [row for row in lead.reviewing.review.rows if row.match is None]
    lead.reviewing.choose(gone.key)
    assert not any(button.isVisible() for button in lead.panel.choices.findChildren(SideButton))
    lead.press(Key.Key_0)
    assert lead.reviewing.review.open == 0
    assert lead.failures == []
    lead.press(Key.Key_Z, CTRL)
    assert lead.reviewing.review.open == 1
    lead.press(Key.Key_Z, CTRL | SHIFT)
    assert lead.reviewing.review.open == 0


def test_a_relation_that_only_one_has_is_decided_like_the_rest(open_as: Open, tmp_path: Path) -> None:
    path = tmp_path / "p.hashiya"
    two_layers(path)
    with Project.open(path, reviewer=SECOND) as project:
        article = project.first_article() or ""
        claims = [one.id for one in project.annotations(article) if one.label == "claim" and one.reviewer == SECOND]
        project.relate(claims[0], "contradicts", claims[1])
    lead = open_as().compare()
    row = lead.go_to("relation")
    words = [button.accessibleName() for button in lead.panel.choices.findChildren(SideButton) if button.isVisible()]
    assert [("nothing" in one, "contradicts" in one.casefold()) for one in words] == [(True, False), (False, True)]
    lead.press(Key.Key_2)
    decision = lead.reviewing.review.by_key[row.key].decision
    assert decision
    assert (decision.of, decision.outcome, len(decision.relations)) == ("relation", "one", 1)


def test_comments_are_counted_in_the_list(lead: Lead) -> None:
    row = lead.go_to("label")
    lead.session.change(lambda project: project.comment(row.ids[0], "?"))
    lead.settle()
    assert "1 comment" in lead.panel.list.itemDelegate()._comments(lead.row)
