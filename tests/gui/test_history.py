"""The history in the window: what was done is listed, an article is seen as it was, and earlier states come back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from annotator import Project
from ui.history.window import HistoryParts
from ui.reading import ReadingPane
from ui.session import Session
from ui.settings import Settings
from ui.translate import set_language

TEXT = "قصف الجيش مدينة حلب وريفها."


class Desk:
    """A window with a page and its history."""

    def __init__(self, qtbot: QtBot, session: Session) -> None:
        self.qtbot, self.session = qtbot, session
        self.window, centre = QMainWindow(), QWidget()
        qtbot.addWidget(self.window)
        self.reading = ReadingPane(session, Settings())
        self.history = HistoryParts(session, self.reading, self.window)
        column = QVBoxLayout(centre)
        column.addWidget(self.reading)
        column.addWidget(self.history.pane)
        self.window.setCentralWidget(centre)
        self.history.opened.connect(self.history.pane.setVisible)
        self.told: list[str] = []
        self.history.told.connect(self.told.append)
        self.window.resize(900, 700)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.history.dock.toggle()

    def said(self) -> list[str]:
        lines = self.history.dock.panel.table.lines
        return [str(lines.index(row, 0).data()).strip("\u200e\u200f") for row in range(lines.rowCount())]

    def wait(self, sentence: str) -> None:
        """Wait until the newest entry says this."""
        self.qtbot.waitUntil(lambda: bool(self.said()) and sentence in self.said()[0], timeout=10_000)

    def choose(self, sentence: str) -> None:
        """Put the keyboard on the entry that says this."""
        row = next(row for row, said in enumerate(self.said()) if sentence in said)
        self.history.dock.panel.table._go_to(row)

    def notes(self) -> list[str]:
        return [one.note for one in self.session.now.annotations]


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("HASHIYA_HOME", str(tmp_path / "home"))
    set_language("en")
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    with Project.create(tmp_path / "work.hashiya", reviewer="Amal") as project:
        project.import_files([tmp_path / "a.txt"])
        mark = project.annotate(project.articles()[0].id, 4, 9, "actor")
        project.revise(mark.id, note="first")
    session = Session()
    with qtbot.waitSignal(session.project_changed):
        session.open(tmp_path / "work.hashiya", reviewer="Amal")
    yield Desk(qtbot, session)
    session.close()


def test_what_is_done_is_listed_at_once_newest_first(desk: Desk) -> None:
    desk.wait("first")
    assert "marked «الجيش» as Actor" in desk.said()[1].replace("\u2068", "").replace("\u2069", "")
    desk.session.annotate(16, 19, "place")
    desk.wait("حلب")
    desk.session.undo()
    desk.wait("took back")


def test_the_history_of_an_annotation_is_its_own(desk: Desk) -> None:
    desk.wait("first")
    panel = desk.history.dock.panel
    panel.choose("annotation")
    desk.qtbot.waitUntil(lambda: panel._empty.isVisible())
    assert "Click a mark" in panel._empty.text()
    desk.session.select(desk.session.now.annotations[0].id)
    desk.qtbot.waitUntil(lambda: len(desk.said()) == 2)


def test_an_article_is_seen_as_it_was_and_cannot_be_changed(desk: Desk) -> None:
    desk.wait("first")
    desk.choose("marked")
    panel, pane = desk.history.dock.panel, desk.history.pane
    panel.then.click()
    desk.qtbot.waitUntil(lambda: bool(pane.article) and len(pane.page.marks()) == 1)
    assert pane.isVisible()
    assert "Annotations then: 1; now: 1." in pane._told.text()
    pane.time.setDateTime(pane.time.dateTime().addYears(-1))
    desk.qtbot.waitUntil(lambda: "not in the project" in pane._told.text())
    pane.back.click()
    assert not desk.history.is_open()


def test_an_annotation_and_a_layer_go_back_as_one_step(desk: Desk) -> None:
    desk.wait("first")
    desk.session.revise(desk.session.now.annotations[0].id, note="second")
    desk.qtbot.waitUntil(lambda: desk.notes() == ["second"])
    desk.wait("second")
    desk.choose("first")
    desk.history.dock.panel.restore.click()
    desk.qtbot.waitUntil(lambda: desk.notes() == ["first"])
    desk.session.undo()
    desk.qtbot.waitUntil(lambda: desk.notes() == ["second"])
    desk.wait("took back")
    desk.choose("marked")
    desk.history.dock.panel.then.click()
    pane = desk.history.pane
    desk.qtbot.waitUntil(lambda: bool(pane.article))
    pane.restore_layer.click()
    desk.qtbot.waitUntil(lambda: desk.notes() == [""])
    assert "things changed: 1" in desk.told[-1]
    desk.session.undo()
    desk.qtbot.waitUntil(lambda: desk.notes() == ["second"])
    desk.session.redo()
    desk.qtbot.waitUntil(lambda: desk.notes() == [""])


def test_enter_shows_the_place(desk: Desk) -> None:
    desk.wait("first")
    with desk.qtbot.waitSignal(desk.history.place_wanted) as told:
        desk.qtbot.keyClick(desk.history.dock.panel.table, Qt.Key.Key_Return)
    assert told.args == [desk.session.now.article.id, desk.session.now.annotations[0].id]  # type: ignore[union-attr]
