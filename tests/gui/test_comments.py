"""Comments on an annotation: written, answered, changed and called resolved, with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from ui.panels.inspector import Inspector
from ui.review.comments import CommentBox, CommentCard
from ui.session import Session

Settle = Callable[[], None]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def inspector(session: Session, qtbot: QtBot, settle: Settle) -> Inspector:
    made = Inspector(session)
    qtbot.addWidget(made)
    made.resize(320, 700)
    made.show()
    session.annotate(6, 26, "actor")
    settle()
    return made


@pytest.fixture
def box(inspector: Inspector) -> CommentBox:
    return inspector.comments


def write(box: CommentBox, qtbot: QtBot, words: str) -> None:
    box._writing.setPlainText(words)
    qtbot.keyClick(box._writing, Qt.Key.Key_Return, CTRL)


def said(box: CommentBox) -> list[tuple[str, str, bool]]:
    return [(card.comment.reviewer, card.comment.text, bool(card.comment.resolved_by)) for card in box._cards]


def tool(card: CommentCard, words: str) -> QToolButton:
    return next(one for one in card.findChildren(QToolButton) if one.text() == words)


def test_a_comment_is_written_taken_back_and_done_again(
    box: CommentBox, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    write(box, qtbot, "Is the ministry an actor here?")
    settle()
    assert said(box) == [("R1", "Is the ministry an actor here?", False)]
    assert box._heading.text() == "1 comment, 1 open"
    assert box._writing.toPlainText() == ""
    session.undo()
    settle()
    assert said(box) == []
    session.redo()
    settle()
    assert said(box) == [("R1", "Is the ministry an actor here?", False)]


def test_another_answers_and_calls_it_resolved(box: CommentBox, session: Session, qtbot: QtBot, settle: Settle) -> None:
    write(box, qtbot, "Is the ministry an actor here?")
    settle()
    selected = session.selected
    session.switch_reviewer("R2")
    settle()
    session.select(selected)
    [card] = box._cards
    assert [one.text() for one in card.findChildren(QToolButton)] == ["Answer", "Resolve"]
    tool(card, "Answer").click()
    assert box._writing.hasFocus() or box._doing.text().endswith("Esc gives it up.")
    write(box, qtbot, "Yes: it speaks.")
    settle()
    tool(box._cards[0], "Resolve").click()
    settle()
    assert said(box) == [("R1", "Is the ministry an actor here?", True), ("R2", "Yes: it speaks.", False)]
    assert [card.comment.answer_to for card in box._cards] == ["", box._cards[0].comment.id]
    assert box._heading.text() == "2 comments"
    session.undo()
    settle()
    assert box._heading.text() == "2 comments, 1 open"
    session.redo()
    settle()
    assert box._heading.text() == "2 comments"


def test_ones_own_is_changed_and_removed_and_esc_gives_up(
    box: CommentBox, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    write(box, qtbot, "first")
    settle()
    tool(box._cards[0], "Change").click()
    assert box._writing.toPlainText() == "first"
    qtbot.keyClick(box._writing, Qt.Key.Key_Escape)
    assert box._writing.toPlainText() == ""
    tool(box._cards[0], "Change").click()
    write(box, qtbot, "second")
    settle()
    assert said(box) == [("R1", "second", False)]
    tool(box._cards[0], "Remove").click()
    settle()
    assert said(box) == []
    assert box._heading.text() == "Comments"
    session.undo()
    settle()
    assert said(box) == [("R1", "second", False)]


def test_nothing_is_sent_without_words_and_esc_leaves(box: CommentBox, qtbot: QtBot, settle: Settle) -> None:
    write(box, qtbot, "  ")
    settle()
    assert said(box) == []
    with qtbot.waitSignal(box.left):
        qtbot.keyClick(box._writing, Qt.Key.Key_Escape)


def test_what_was_begun_on_one_annotation_does_not_go_to_another(
    box: CommentBox, session: Session, settle: Settle
) -> None:
    box._writing.setPlainText("half a thought")
    session.annotate(109, 123, "place")
    settle()
    assert box._writing.toPlainText() == ""
    box.send()
    settle()
    assert session.now.comments == {}
