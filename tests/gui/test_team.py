"""Reviewers and roles: a lead names leads, switches blind mode and draws lots; others see how far everybody is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from annotator import Project
from ui.notices import Notices
from ui.review.team import TeamDialog
from ui.session import Session

Settle = Callable[[], None]


@pytest.fixture
def articles(session: Session, settle: Settle, tmp_path: Path) -> None:
    """Ten articles, and two reviewers beside the lead."""
    for number in range(9):
        (tmp_path / f"{number}.txt").write_text(f"قال الوزير رقم {number} إن الجيش تقدم.", "utf-8")
    files = sorted(tmp_path.glob("*.txt"))

    def fill(project: Project) -> None:
        project.import_files(files)
        first = project.first_article() or ""
        for name in ("أمل", "باسم"):
            project.switch_reviewer(name)
            project.annotate(first, 0, 3, "actor")
        project.switch_reviewer("R1")

    session.change(fill)
    settle()


@pytest.fixture
def dialog(session: Session, qtbot: QtBot, settle: Settle, articles: None) -> TeamDialog:
    return shown(session, qtbot, settle)


def shown(session: Session, qtbot: QtBot, settle: Settle) -> TeamDialog:
    made = TeamDialog(session, lambda: None)
    qtbot.addWidget(made)
    made.show()
    settle()
    return made


def role_box(dialog: TeamDialog, row: int) -> QComboBox:
    cell = dialog._table.cellWidget(row, 1)
    assert cell
    found = cell.findChild(QComboBox)
    assert isinstance(found, QComboBox)
    return found


def rows(dialog: TeamDialog) -> list[tuple[str, str, list[str]]]:
    table = dialog._table
    found = []
    for row in range(table.rowCount()):
        box = role_box(dialog, row)
        counts = [item.text() for column in range(2, 7) if (item := table.item(row, column))]
        name = table.item(row, 0)
        found.append((name.data(Qt.ItemDataRole.UserRole) if name else "", box.currentData(), counts))
    return found


def test_the_team_is_listed_with_roles_and_work(dialog: TeamDialog) -> None:
    assert [(name, role) for name, role, _ in rows(dialog)] == [
        ("R1", "lead"),
        ("أمل", "reviewer"),
        ("باسم", "reviewer"),
    ]
    assert dialog._ticked() == ["أمل", "باسم"]


def test_lots_are_drawn_by_a_seed_and_taken_back(dialog: TeamDialog, session: Session, settle: Settle) -> None:
    dialog._share.setValue(20)
    dialog._seed.setValue(4711)
    dialog._draw.click()
    settle()
    assert "10 articles given out, 2 of them to two" in dialog._told.text()
    assert [counts[0] for _, _, counts in rows(dialog)] == ["0", "6", "6"]
    assert [counts[4] for _, _, counts in rows(dialog)] == ["0", "2", "2"]
    assert "seed 4711" in dialog._last.text()
    session.undo()
    settle()
    assert [counts[0] for _, _, counts in rows(dialog)] == ["0", "0", "0"]
    session.redo()
    settle()
    assert [counts[0] for _, _, counts in rows(dialog)] == ["0", "6", "6"]
    dialog._draw.click()
    settle()
    assert "given to somebody already" in dialog._told.text()
    dialog._these.setChecked(True)
    dialog._others.setText("منى، هدى")
    dialog._draw.click()
    settle()
    assert [name for name, _, _ in rows(dialog)] == ["R1", "أمل", "باسم", "منى", "هدى"]


def test_nobody_ticked_is_told(dialog: TeamDialog, settle: Settle) -> None:
    for item in dialog._items():
        item.setCheckState(Qt.CheckState.Unchecked)
    dialog._draw.click()
    settle()
    assert "Tick the reviewers" in dialog._told.text()


def test_a_lead_is_named_taken_back_and_named_again(dialog: TeamDialog, session: Session, settle: Settle) -> None:
    dialog.set_role("أمل", "lead")
    settle()
    assert rows(dialog)[1][1] == "lead"
    session.undo()
    settle()
    assert rows(dialog)[1][1] == "reviewer"
    session.redo()
    settle()
    assert rows(dialog)[1][1] == "lead"


def test_the_last_lead_stays_one(dialog: TeamDialog, session: Session, settle: Settle) -> None:
    session.failed.disconnect(pytest.fail)
    failures: list[object] = []
    session.failed.connect(failures.append)
    dialog.set_role("R1", "reviewer")
    settle()
    settle()
    assert len(failures) == 1
    assert rows(dialog)[0][1] == "lead"


def test_whoever_is_no_lead_is_told_and_changes_nothing(
    session: Session, qtbot: QtBot, settle: Settle, articles: None
) -> None:
    session.switch_reviewer("أمل")
    settle()
    dialog = shown(session, qtbot, settle)
    assert "Only a lead changes roles" in dialog._why.text()
    assert not any(part.isEnabled() for part in (dialog._blind, dialog._draw, dialog._share, dialog._seed))
    assert not any(role_box(dialog, row).isEnabled() for row in range(dialog._table.rowCount()))


def test_blind_reading_hides_until_one_is_done_and_says_so(
    dialog: TeamDialog, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    notices = Notices(session)
    qtbot.addWidget(notices)
    notices.show()
    dialog._blind.click()
    settle()
    assert not notices._blind.isVisible()
    session.switch_reviewer("باسم")
    settle()
    assert [one.reviewer for one in session.now.annotations] == ["باسم"]
    assert notices._blind.isVisible()
    assert "hidden until you call it done" in notices._blind.accessibleName()
    article = session.now.article
    assert article
    session.change(lambda project: project.set_state([article.id], "done"))
    settle()
    assert {one.reviewer for one in session.now.annotations} == {"أمل", "باسم"}
    assert not notices._blind.isVisible()
