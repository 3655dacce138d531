"""Page parts of articles that are there already: shown, chosen, greyed in one step, and told; from the queue too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QListWidget, QMainWindow, QPlainTextEdit
from pytestqt.qtbot import QtBot

from annotator.readers import draft
from tests.listed import listed
from ui.dialogs.page_parts import PagePartsQuestion
from ui.dialogs.report import Report
from ui.recognising import Recognising
from ui.session import Session

Settle = Callable[[], None]
NEWS = "قصف الجيش السوري قرية حميمة في ريف حلب الشرقي اليوم الجمعة، وأعلنت وزارة الدفاع ذلك في بيان لها."
FORM = "اترك تعليقاً\n\nلن يتم نشر عنوان بريدك الإلكتروني."


@pytest.fixture
def older(session: Session, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Three articles with a comment form that came in before such were recognised; return their ids."""
    paths = [tmp_path / f"{number}.txt" for number in range(3)]
    for number, path in enumerate(paths):
        path.write_text(f"خبر {number}\n{NEWS}\n\n{FORM}\n", encoding="utf-8")
    monkeypatch.setattr(draft, "boilerplate_in", lambda text: ())
    session.change(lambda project: project.import_files(paths))
    settle()
    return [row.id for row in listed(session)][1:]


class Desk:
    """A window with nothing but the recognition."""

    def __init__(self, qtbot: QtBot, session: Session, settle: Settle) -> None:
        self.qtbot, self.session, self.settle, self.window = qtbot, session, settle, QMainWindow()
        qtbot.addWidget(self.window)
        self.recognising, self.reports = Recognising(session, self.window), list[Report]()
        self.recognising.reported.connect(self.reports.append)
        self.window.show()

    def ask(self, articles: list[str] | None) -> PagePartsQuestion:
        self.recognising.ask(articles)
        question = self.recognising.question
        assert question
        self.qtbot.waitUntil(lambda: question._is_whole, timeout=10_000)
        return question

    def greyed(self, articles: list[str]) -> list[bool]:
        found: list[list[bool]] = []
        self.session.run(lambda project: [bool(project.article(one).boilerplate) for one in articles], found.append)
        self.qtbot.waitUntil(lambda: bool(found), timeout=10_000)
        return found[0]


@pytest.fixture
def desk(qtbot: QtBot, session: Session, settle: Settle) -> Desk:
    return Desk(qtbot, session, settle)


def test_what_is_found_is_shown_chosen_greyed_and_taken_back(desk: Desk, older: list[str], session: Session) -> None:
    question = desk.ask(None)
    rows = question.findChild(QListWidget)
    assert [rows.item(line).text().splitlines()[1] for line in range(rows.count())] == [
        "Comment form · 48 characters"
    ] * 3
    assert question.findChild(QPlainTextEdit).toPlainText().startswith(FORM)
    rows.item(1).setCheckState(Qt.CheckState.Unchecked)
    assert question.wanted() == [older[0], older[2]]
    question.accept()
    desk.qtbot.waitUntil(lambda: bool(desk.reports), timeout=10_000)
    assert "Greyed in 2 articles" in desk.reports[0]._text
    assert desk.greyed(older) == [True, False, True]
    session.undo()
    desk.settle()
    assert desk.greyed(older) == [False] * 3
    session.redo()
    desk.settle()
    assert desk.greyed(older) == [True, False, True]


def test_only_the_chosen_articles_are_looked_at(desk: Desk, older: list[str]) -> None:
    assert desk.ask([older[2]]).wanted() == [older[2]]


def test_where_nothing_is_found_it_says_so_and_nothing_can_be_greyed(desk: Desk, session: Session) -> None:
    question = desk.ask(None)
    assert "Nothing more was recognised" in question._told.text()
    assert not question._box.button(QDialogButtonBox.StandardButton.Ok).isEnabled()
    question.reject()


def test_a_long_list_is_cut_but_greyed_as_a_whole(
    desk: Desk, older: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.dialogs.page_parts._LISTED", 2)
    question = desk.ask(None)
    assert question.findChild(QListWidget).count() == 2
    assert "1 more is not listed" in question._told.text()
    assert question.wanted() == older


def test_closing_it_while_it_looks_does_no_harm(desk: Desk, older: list[str]) -> None:
    desk.recognising.ask(None)
    question = desk.recognising.question
    assert question
    question.close()
    desk.settle()
    desk.settle()
    assert desk.greyed(older) == [False] * 3
