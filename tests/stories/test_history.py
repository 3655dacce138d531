"""A reviewer looks at what was done, goes back to an article as it was, and brings an earlier state back, all by keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator import Project

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Key, Mod = Qt.Key, Qt.KeyboardModifier
PAGE_ACTIONS = ("label_place", "remove", "frame_source", "find", "print", "grey")


class Hands:
    """A window with two marks, of which one was changed and one is gone; every key goes to what has the keyboard."""

    def __init__(self, qtbot: QtBot, application: Any) -> None:
        self.qtbot, self.window, self.session = qtbot, application.window, application.session
        self.past, self.panel = self.window.past, self.window.past.dock.panel
        self.table = self.panel.table
        self.window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        self.do(self._mark)

    def _mark(self, project: Project) -> None:
        article = self.session.now.article.id
        kept = project.annotate(article, 109, 123, "place")
        gone = project.annotate(article, 0, 6, "actor")
        project.revise(kept.id, note="later")
        project.remove(gone.id)

    def do(self, job: Callable[[Project], object]) -> None:
        done: list[object] = []
        self.session.change(job, then=lambda _: done.append(1))
        self.qtbot.waitUntil(lambda: bool(done) and not self.session.busy, timeout=20_000)

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=20_000)

    def press(self, key: Qt.Key, modifiers: Any = Mod.NoModifier) -> None:
        focus = QApplication.focusWidget()
        assert isinstance(focus, QWidget)
        self.qtbot.keyClick(focus, key, modifiers)

    def open(self) -> None:
        self.press(Key.Key_Y, Mod.ControlModifier | Mod.ShiftModifier)
        self.until(lambda: self.table.hasFocus() and self.table.current() is not None)

    def come_to(self, said: str) -> None:
        for _ in range(20):
            if self.table.current().said == said:
                return
            self.press(Key.Key_Down)
        raise AssertionError(f"there is no step {said}")

    def notes(self) -> list[str]:
        return [one.note for one in self.session.now.annotations]


@pytest.fixture
def hands(start: Any, qtbot: QtBot) -> Hands:
    return Hands(qtbot, start(language="en"))


def test_a_step_leads_to_its_place_also_when_its_mark_is_gone(hands: Hands) -> None:
    hands.open()
    assert hands.table.current().said == "remove"
    hands.press(Key.Key_Return)
    hands.until(lambda: hands.window.page.selected_span() == (0, 6))
    hands.come_to("revise.note")
    hands.press(Key.Key_Return)
    hands.until(lambda: hands.session.selected_annotation() is not None)
    assert hands.session.selected_annotation().note == "later"
    hands.press(Key.Key_Escape)
    hands.until(hands.window.page.hasFocus)


def test_the_past_is_walked_through_changed_by_nothing_and_brought_back(hands: Hands) -> None:
    hands.open()
    hands.come_to("revise.note")
    hands.panel.then.click()
    pane = hands.past.pane
    hands.until(lambda: pane.isVisible() and len(pane.page.marks()) == 2)
    assert not hands.window.reading.isVisible()
    assert not any(hands.window._menus.made(name).isEnabled() for name in PAGE_ACTIONS)
    hands.table.setFocus()
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Down)
    hands.until(lambda: len(pane.page.marks()) == 1 and pane.restore_layer.isEnabled())
    pane.restore_layer.click()
    hands.until(lambda: not hands.past.is_open() and hands.notes() == [""])
    assert hands.window.page.isVisible()
    hands.session.undo()
    hands.until(lambda: hands.notes() == ["later"])
    hands.session.redo()
    hands.until(lambda: hands.notes() == [""])


def test_comparing_and_another_article_lead_out_of_the_past(hands: Hands) -> None:
    hands.window._menus.made("as_of").trigger()
    hands.until(lambda: hands.past.is_open() and bool(hands.past.pane.page.marks()))
    hands.window._show_review(True)
    assert not hands.past.pane.isVisible()
    hands.window._show_review(False)
    assert hands.window.reading.isVisible()
