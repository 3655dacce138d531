"""The strip at the top says where one is and whether everything is stored."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ui.panels.header import Header
from ui.session import Session


def words(header: Header) -> list[str]:
    return [label.text() for label in header.findChildren(QLabel)]


def test_it_says_project_reviewer_and_that_all_is_stored_in_plain_words(session: Session, qtbot: QtBot) -> None:
    header = Header(session)
    qtbot.addWidget(header)
    assert words(header) == ["Hashiya", "Project: \u2068p\u2069", "•", "Stored", "Reviewer: \u2068R1\u2069"]


def test_while_a_change_is_on_its_way_it_says_so(session: Session, settle: Callable[[], None], qtbot: QtBot) -> None:
    header = Header(session)
    qtbot.addWidget(header)
    session.annotate(0, 5, "actor")
    assert "Storing…" in words(header)
    settle()
    assert "Stored" in words(header)
