"""What was carried over from an earlier version is shown as doubtful until its reviewer says that it is right."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from annotator import Annotation, Project
from annotator.store.clock import uuid_bytes
from annotator.values import annotation_value
from ui.editing import Editing
from ui.notices import Notices
from ui.page.marks import Mark
from ui.page.view import PageView
from ui.panels.inspector import Inspector
from ui.session import Session
from ui.stepping import Stepping, waits

Settle = Callable[[], None]


def carry(session: Session, settle: Settle, *words: str) -> list[Annotation]:
    """Mark words as if they had been carried over with doubt."""
    article = session.now.article
    assert article

    def job(project: Project) -> None:
        for one in words:
            start = article.text.index(one)
            mark = project.annotate(article.id, start, start + len(one), "actor")
            value = annotation_value(mark._replace(carried_from=mark.id, to_confirm=True))
            with project._log.step("carry", project.reviewer) as step:
                step.put("annotation", value, entity=uuid_bytes(mark.id))

    session.change(job)
    settle()
    return [one for word in words for one in session.now.annotations if one.quote == word]


def show(session: Session, page: PageView) -> None:
    assert session.now.article
    page.show_article(session.now.article.text)
    page.set_marks(
        Mark(one.id, one.start, one.end, "#332288", "solid", False, "x", (), one.to_confirm)
        for one in session.now.annotations
    )


def banner_of(notices: Notices) -> str:
    return " ".join(label.text() for label in notices.findChildren(QLabel) if label.isVisibleTo(notices))


def test_confirming_takes_the_doubt_away_and_undo_brings_it_back(
    session: Session, page: PageView, settle: Settle
) -> None:
    [mark] = carry(session, settle, "وزارة الدفاع السورية")
    assert waits(mark, "R1")
    session.select(mark.id)
    Editing(session, page).confirm()
    settle()
    assert [one.to_confirm for one in session.now.annotations] == [False]
    for expected in (True, False):
        (session.undo if expected else session.redo)()
        settle()
        assert [one.to_confirm for one in session.now.annotations] == [expected]


def test_moving_an_edge_confirms(session: Session, page: PageView, settle: Settle) -> None:
    [mark] = carry(session, settle, "وزارة الدفاع السورية")
    show(session, page)
    session.select(mark.id)
    Editing(session, page).move_edge("end", -1, words=True)
    settle()
    assert [one.to_confirm for one in session.now.annotations] == [False]


def test_the_next_one_to_confirm_is_reached_round_and_round(session: Session, page: PageView, settle: Settle) -> None:
    marks = carry(session, settle, "وزارة الدفاع السورية", "مدينة دير حافر")
    article = session.now.article
    assert article
    session.annotate(0, 5, "place")
    settle()
    show(session, page)
    stepping, gone_to = Stepping(session, page), []
    session.select(None)
    page.set_caret(0)
    for _ in range(3):
        stepping.step_to_confirm()
        gone_to.append(session.selected)
    assert gone_to == [marks[0].id, marks[1].id, marks[0].id]
    assert page.caret() == marks[0].start


def test_only_ones_own_wait(session: Session, page: PageView, settle: Settle) -> None:
    carry(session, settle, "وزارة الدفاع السورية")
    session.switch_reviewer("R2")
    settle()
    show(session, page)
    session.select(None)
    Stepping(session, page).step_to_confirm()
    assert session.selected is None


def test_the_strip_counts_and_stays_away_once_dismissed(session: Session, settle: Settle, qtbot: QtBot) -> None:
    notices = Notices(session)
    qtbot.addWidget(notices)
    notices.show()
    marks = carry(session, settle, "وزارة الدفاع السورية", "مدينة دير حافر")
    assert "2 of your annotations" in banner_of(notices)
    wanted: list[bool] = []
    notices.next_wanted.connect(lambda: wanted.append(True))
    next(one for one in notices.findChildren(QPushButton) if one.isVisibleTo(notices)).click()
    assert wanted == [True]
    session.change(lambda project: project.confirm(marks[0].id))
    settle()
    assert "1 of your annotations" in banner_of(notices)
    notices._carried.dismiss()
    session.revise(marks[1].id, note="x")
    settle()
    assert banner_of(notices) == ""
    session.change(lambda project: project.confirm(marks[1].id))
    settle()
    assert banner_of(notices) == ""


def test_a_doubtful_mark_has_a_sign_and_an_outline_that_a_sure_one_has_not(page: PageView) -> None:
    page.show_article("وزارة الدفاع السورية تعلن")
    page.clearFocus()

    def colours(doubtful: bool) -> set[str]:
        page.set_marks([Mark("a", 6, 12, "#332288", "solid", False, "x", (), doubtful)])
        box = page.span_rectangles(6, 12)[0]
        image = page.viewport().grab().toImage()
        corner = QPoint(int(box.right()), int(box.top()) + 4)
        around = [corner + QPoint(x, y) for x in range(-8, 9) for y in range(-8, 14)]
        return {QColor(image.pixel(place)).name() for place in around if image.rect().contains(place)}

    assert "#332288" not in colours(False)
    assert "#332288" in colours(True)


@pytest.mark.parametrize("reviewer", ["R1", "R2"])
def test_the_inspector_asks_and_lets_its_reviewer_answer(
    session: Session, settle: Settle, qtbot: QtBot, reviewer: str
) -> None:
    inspector = Inspector(session)
    qtbot.addWidget(inspector)
    asked: list[bool] = []
    inspector.confirm_asked.connect(lambda: asked.append(True))
    [mark] = carry(session, settle, "وزارة الدفاع السورية")
    if reviewer != "R1":
        session.switch_reviewer(reviewer)
        settle()
    session.select(mark.id)
    assert not inspector._carried.isHidden()
    assert inspector._confirm.isHidden() == (reviewer != "R1")
    inspector._confirm.click()
    assert asked == [True]
    session.select(None)
    session.annotate(0, 5, "place")
    settle()
    assert inspector._carried.isHidden()
