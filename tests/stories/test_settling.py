"""Two reviewers disagree, a lead settles it by keys, the reviewers see what became of their marks; also after a restart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator import Project
from tests.gui.two_layers import FIRST, LEAD, SECOND, two_layers
from ui.app import Application
from ui.fonts import load_fonts
from ui.settings import Settings

Key = Qt.Key
NONE, SHIFT, CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


class Desk:
    """The application on one project, for one reviewer; it can be closed and started again."""

    def __init__(self, qapp: QApplication, qtbot: QtBot, path: Path) -> None:
        self.qapp, self.qtbot, self.path = qapp, qtbot, path
        self.application: Application | None = None

    def start(self, reviewer: str, language: str = "ar") -> None:
        self.end()
        settings = Settings()
        settings.reviewer, settings.language, settings.theme = reviewer, language, "light"
        self.application = Application(self.qapp, settings)
        self.application.start(self.path)
        self.qtbot.waitUntil(lambda: self.session.now.article is not None and not self.session.busy, timeout=10_000)
        self.window.resize(1280, 720)
        self.window.activateWindow()
        self.window.page.setFocus()
        self.qtbot.waitUntil(self.window.page.hasFocus, timeout=10_000)

    def end(self) -> None:
        if self.application:
            window = self.application.window
            if window:
                window.close()
                window.deleteLater()
            self.application.deleteLater()
            self.application = None
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    @property
    def session(self) -> Any:
        assert self.application
        return self.application.session

    @property
    def window(self) -> Any:
        assert self.application
        assert self.application.window
        return self.application.window

    def press(self, key: Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press a key where the keyboard is."""
        self.qtbot.keyClick(QApplication.focusWidget(), key, modifiers)
        done: list[object] = []
        run = self.session.run
        self.session.when_idle(lambda: run(lambda _: None, lambda _: run(lambda _: None, done.append)))
        self.qtbot.waitUntil(lambda: bool(done) and not self.session.busy, timeout=10_000)

    def open_ones(self) -> int:
        return int(self.window.review.reviewing.review.open)


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Any:
    load_fonts(qapp)
    path = tmp_path / "p.hashiya"
    two_layers(path)
    made = Desk(qapp, qtbot, path)
    yield made
    made.end()


def final(path: Path) -> list[tuple[int, int, str]]:
    with Project.open(path, read_only=True) as project:
        article = project.first_article() or ""
        return [(one.start, one.end, one.label) for one in project.final_layer(article).annotations]


def test_a_lead_settles_what_two_reviewers_marked_and_they_see_it(desk: Desk) -> None:
    desk.start(LEAD)
    desk.press(Key.Key_R, CTRL | SHIFT)
    assert desk.open_ones() == 4
    desk.press(Key.Key_T)
    desk.press(Key.Key_1)  # the frame of the claim, as the first reviewer has it
    desk.press(Key.Key_U)  # the boundary was ambiguous
    desk.press(Key.Key_2)
    desk.press(Key.Key_S)  # the label was a slip
    desk.press(Key.Key_1)
    assert desk.open_ones() == 1
    desk.press(Key.Key_Z, CTRL)
    assert desk.open_ones() == 2
    desk.press(Key.Key_Z, CTRL | SHIFT)
    assert desk.open_ones() == 1
    desk.end()
    desk.start(LEAD)
    desk.press(Key.Key_R, CTRL | SHIFT)
    assert desk.open_ones() == 1
    assert desk.window.review.reviewing.row.kinds == ("only",)
    desk.press(Key.Key_0)
    desk.press(Key.Key_S, CTRL | SHIFT)
    assert desk.window.review.reviewing.review.is_settled
    assert final(desk.path) == [
        (6, 26, "actor"), (31, 137, "claim"), (47, 68, "actor"), (94, 99, "actor"), (109, 123, "place"),
    ]  # fmt: skip
    desk.end()
    desk.start(SECOND, "en")
    fates = {one.id: fate for one in desk.session.now.annotations if (fate := desk.session.now.fates.get(one.id))}
    outcomes = {desk.window.page.text[one.start : one.end]: fates[one.id] for one in desk.session.now.annotations
                if one.id in fates}  # fmt: skip
    assert len(fates) == 6
    assert outcomes["قوات سوريا الديمقراطية"[:21]].outcome == "taken"
    desk.press(Key.Key_O, CTRL | SHIFT)
    panel = desk.window.review.panel
    said = [panel.fates.item(row).toolTip() for row in range(panel.fates.count())]
    assert sum("Not taken" in words for words in said) == 1
    assert sum("Slip" in words for words in said) == 1
    assert sum("Ambiguous text" in words for words in said) == 1
    assert all(LEAD in words for words in said)


def test_a_reviewer_reads_the_reason_in_the_inspector_and_answers_with_a_comment(desk: Desk) -> None:
    desk.start(LEAD, "en")
    desk.press(Key.Key_R, CTRL | SHIFT)
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_S, Key.Key_1):
        desk.press(key)
    desk.end()
    desk.start(SECOND, "en")
    mine = next(one for one in desk.session.now.annotations if (one.reviewer, one.start) == (SECOND, 94))
    desk.session.select(mine.id)
    inspector = desk.window._inspector
    assert "Slip" in inspector._fate.text()
    assert LEAD in inspector._fate.text()
    desk.press(Key.Key_Return, SHIFT)
    assert inspector.comments._writing.hasFocus()
    inspector.comments._writing.setPlainText("الجيش هنا مكان سيطرة")
    desk.press(Key.Key_Return, CTRL)
    assert [one.text for one in desk.session.now.comments[mine.id]] == ["الجيش هنا مكان سيطرة"]
    assert FIRST not in {one.reviewer for one in desk.session.now.comments[mine.id]}
