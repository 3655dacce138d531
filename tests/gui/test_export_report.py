"""The report of an export: what did not fit, by which rule, and what it is about, to be opened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from annotator import PackageDetails, Project
from annotator.reports import Loss
from tests.core.whole_project import whole_project
from ui.export.report import ExportTold
from ui.session import Session
from ui.translate import set_language

Job = Callable[[Project], Any]


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path) -> Iterator[Session]:
    set_language("en")
    with whole_project(tmp_path / "work.hashiya"):
        pass
    session = Session()
    with qtbot.waitSignal(session.project_changed):
        session.open(tmp_path / "work.hashiya", reviewer="R1")
    yield session
    session.close()


def told(qtbot: QtBot, session: Session, job: Job) -> ExportTold:
    found: list[Any] = []
    session.run(job, found.append)
    qtbot.waitUntil(lambda: bool(found))
    dialog = ExportTold(session, found[0])
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def texts(of: QListWidget) -> list[str]:
    return [of.item(row).text() for row in range(of.count())]


def go_to(qtbot: QtBot, dialog: ExportTold, key: str) -> None:
    """Go to a reason, and wait until what it is about is shown."""
    for row in range(dialog.reasons.count()):
        loss = dialog.reasons.item(row).data(Qt.ItemDataRole.UserRole)
        if isinstance(loss, Loss) and loss.reason.key == key:
            dialog.reasons.setCurrentRow(row)
    qtbot.waitUntil(dialog.things.isVisible)


def test_each_reason_is_told_with_its_rule_and_the_place_of_all_ids(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    dialog = told(qtbot, session, lambda project: project.export("conll", tmp_path / "out"))
    lines = texts(dialog.reasons)
    assert lines[0] == "58 of 58 spans were proved by their words."
    assert any("overlap with another" in line and "The longest span is kept" in line for line in lines)
    assert "out.losses.json" in lines[-1]
    assert (tmp_path / "out.losses.json").is_file()


def test_enter_leads_to_what_did_not_fit(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    dialog = told(qtbot, session, lambda project: project.export("conll", tmp_path / "out"))
    go_to(qtbot, dialog, "overlap")
    places: list[tuple[str, str]] = []
    dialog.place_wanted.connect(lambda *place: places.append(place))
    dialog.reasons.setFocus()
    QTest.keyClick(dialog.reasons, Qt.Key.Key_Return)
    QTest.keyClick(dialog.things, Qt.Key.Key_Return)
    assert session.now.article
    ((article, annotation),) = places
    assert article == session.now.article.id
    quote = next(one.quote for one in session.now.annotations if one.id == annotation)
    assert " ".join(quote.split())[:20] in dialog.things.item(0).text()


def test_an_article_and_an_entity_are_opened_as_what_they_are(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    dialog = told(qtbot, session, lambda project: project.export("conll", tmp_path / "out"))
    places: list[tuple[str, str]] = []
    entities: list[str] = []
    dialog.place_wanted.connect(lambda *place: places.append(place))
    dialog.entity_wanted.connect(entities.append)
    go_to(qtbot, dialog, "source_record")
    qtbot.waitUntil(lambda: dialog.things.count() == 1)
    dialog.things.begin()
    dialog.things.opened.emit()
    assert session.now.article
    assert places == [(session.now.article.id, "")]
    go_to(qtbot, dialog, "entity")
    qtbot.waitUntil(lambda: dialog.things.count() == 3)
    dialog.things.begin()
    dialog.things.opened.emit()
    assert len(entities) == 1
    assert len(places) == 1


def test_what_is_no_longer_there_is_shown_by_its_id_and_opens_nothing(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    dialog = told(qtbot, session, lambda project: project.export("conll", tmp_path / "out"))
    gone: list[str] = []

    def remove(project: Project) -> None:
        one = next(one for one in project.annotations(project.articles()[0].id) if one.form)
        gone.append(one.id)
        project.remove(one.id)

    session.change(remove)
    qtbot.waitUntil(lambda: not session.busy)
    go_to(qtbot, dialog, "plain_form")
    assert any(gone[0] in line for line in texts(dialog.things))
    opened: list[Any] = []
    dialog.place_wanted.connect(lambda *place: opened.append(place))
    dialog.things.setCurrentRow(next(row for row, line in enumerate(texts(dialog.things)) if gone[0] in line))
    dialog.things.opened.emit()
    assert opened == []


def test_nothing_lost_is_said_too(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    dialog = told(qtbot, session, lambda project: project.export("jsonl", tmp_path / "out.jsonl"))
    assert "0 lost: the format held everything." in texts(dialog.reasons)
    assert not dialog.things.isVisible()


def test_a_package_tells_of_each_format(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    dialog = told(
        qtbot, session,
        lambda project: project.export_package(["jsonl", "brat"], tmp_path / "out.zip", details=PackageDetails()),
    )  # fmt: skip
    lines = texts(dialog.reasons)
    titles = [
        dialog.reasons.item(row) for row in range(dialog.reasons.count()) if dialog.reasons.item(row).font().bold()
    ]
    assert [title.text().rpartition(" · ")[2] for title in titles] == ["\u2068jsonl\u2069", "\u2068brat\u2069"]
    assert "Everything, to be read back" in titles[0].text()
    assert "losses/" in lines[-1]
    dialog.copy()
    go_to(qtbot, dialog, "verdict")


def test_the_report_is_saved_as_text(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    dialog = told(qtbot, session, lambda project: project.export("conll", tmp_path / "out"))
    dialog.save(tmp_path / "report.txt")
    text = (tmp_path / "report.txt").read_text("utf-8")
    assert "overlap with another" in text
    assert text.startswith("Written to")
    assert "1 article, 58 annotations" in text.splitlines()[0]
