"""A reviewer looks for a word in all articles, walks through what was found and marks it, all by keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from tests.listed import listed
from ui.concordance.marking import MarkQuestion

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Key, Mod = Qt.Key, Qt.KeyboardModifier
CTRL, ALT, SHIFT = Mod.ControlModifier, Mod.AltModifier, Mod.ShiftModifier
TEXTS = {
    "one.txt": "دخل الجيش حلب صباحا. وأعلن للجيش مقر جديد",
    "two.txt": "قالت قسد إن مقاتليها انسحبوا من حلب، وبحلب بقي آخرون",
}


class Hands:
    """Ten fingers: every key goes to what has the keyboard."""

    def __init__(self, qtbot: QtBot, application: Any) -> None:
        self.qtbot, self.window, self.session = qtbot, application.window, application.session
        self.panel = self.window.below.concordance.concordance
        self.window.activateWindow()
        self.window.page.setFocus()
        qtbot.waitUntil(self.window.page.hasFocus)

    def press(self, key: Qt.Key, modifiers: Any = Mod.NoModifier) -> None:
        target = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert target
        self.qtbot.keyClick(target, key, modifiers)
        self.settle()

    def write(self, text: str) -> None:
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(_focus(), QKeyEvent(kind, 0, Mod.NoModifier, letter))

    def settle(self) -> None:
        done: list[object] = []
        session = self.session
        session.when_idle(lambda: session.run(lambda _: None, lambda _: session.run(lambda _: None, done.append)))
        self.qtbot.waitUntil(lambda: bool(done) and not session.busy, timeout=10_000)

    def find(self, query: str, count: int) -> None:
        self.press(Key.Key_F, CTRL)
        self.qtbot.waitUntil(self.panel.query.box.hasFocus)
        self.write(query)
        self.qtbot.waitUntil(lambda: len(self.panel.results.places) == count and not self.panel.seeking.under_way)
        self.settle()

    def selected_words(self) -> str:
        span = self.window.page.selected_span()
        return self.window.page.text[slice(*span)] if span else ""


def _focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found
    return found


@pytest.fixture(params=["ar", "en"])
def hands(request: pytest.FixtureRequest, start: Any, qtbot: QtBot, tmp_path: Path) -> Hands:
    made = Hands(qtbot, start(language=request.param))
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    made.session.change(lambda project: project.import_files([tmp_path / name for name in TEXTS]))
    made.settle()
    made.window.page.setFocus()
    return made


def test_from_hit_to_hit_through_all_articles(hands: Hands) -> None:
    hands.find('"قسد إن" OR حلب', 5)
    hands.press(Key.Key_Return)
    seen = []
    for _ in range(5):
        hands.press(Key.Key_Return)
        hands.qtbot.waitUntil(lambda: hands.selected_words() != "")
        seen.append((hands.session.now.article.source.file, hands.selected_words()))
        assert hands.panel.table.hasFocus()
        hands.press(Key.Key_Down)
    assert seen[-4:] == [("one.txt", "حلب"), ("two.txt", "قسد إن"), ("two.txt", "حلب"), ("two.txt", "وبحلب")]
    hands.press(Key.Key_Return, ALT)
    hands.qtbot.waitUntil(hands.window.page.hasFocus)
    assert hands.window.below.concordance.isVisible()
    assert hands.window.page.is_in_view(*hands.window.page.selected_span())


def test_hits_are_marked_in_one_step_that_one_undo_takes_back(hands: Hands) -> None:
    hands.find("الجيش", 10)
    hands.press(Key.Key_Return)
    hands.press(Key.Key_End, CTRL)
    hands.press(Key.Key_Space)
    hands.press(Key.Key_Up)
    hands.press(Key.Key_Space)
    hands.panel._mark_chosen.click()
    question = hands.window.findChild(MarkQuestion)
    hands.qtbot.keyClick(question, Key.Key_1)
    hands.qtbot.waitUntil(lambda: question._list.count() == 2)
    hands.qtbot.keyClick(question, Key.Key_Return)
    hands.qtbot.waitUntil(lambda: not hands.panel.results.checked)
    hands.settle()
    hands.session.show_article(next(row.id for row in listed(hands.session) if row.file == "one.txt"))
    hands.settle()
    assert [(one.quote, one.form) for one in hands.session.now.annotations] == [("الجيش", ""), ("لجيش", "الجيش")]
    # What every system but the offscreen one does when a dialog closes.
    hands.window.activateWindow()
    hands.window.page.setFocus()
    hands.qtbot.waitUntil(hands.window.page.hasFocus)
    hands.press(Key.Key_Z, CTRL)
    assert hands.session.now.annotations == ()


def test_selected_words_are_sought_elsewhere(hands: Hands) -> None:
    hands.session.show_article(next(row.id for row in listed(hands.session) if row.file == "two.txt"))
    hands.settle()
    hands.window.page.setFocus()
    hands.window.page.select_span(32, 35)
    hands.press(Key.Key_F, CTRL)
    hands.qtbot.waitUntil(lambda: len(hands.panel.results.places) > 0)
    assert hands.panel.query.box.text() == "حلب"


def test_finding_in_the_article_has_a_key_of_its_own(hands: Hands) -> None:
    hands.press(Key.Key_F, CTRL | SHIFT)
    assert hands.window.reading._find_bar.isVisible()
    assert not hands.window.below.concordance.isVisible()


def test_escape_leads_back_to_the_page(hands: Hands) -> None:
    hands.find("حلب", 4)
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Escape)
    assert hands.window.page.hasFocus()
    hands.press(Key.Key_F, CTRL)
    hands.qtbot.waitUntil(hands.panel.query.box.hasFocus)
    assert hands.panel.query.box.selectedText() == "حلب"


def test_claim_board_and_concordance_share_the_room_below_the_page(hands: Hands) -> None:
    hands.press(Key.Key_B, CTRL)
    hands.qtbot.waitUntil(hands.window.below.board.isVisible)
    width = hands.window.width()
    hands.find("حلب", 4)
    assert hands.window.width() == width
    assert hands.window.tabifiedDockWidgets(hands.window.below.board) == [hands.window.below.concordance]
    assert all(bar.accessibleName() for bar in hands.window.findChildren(QTabBar) if bar.isVisible())
    hands.press(Key.Key_B, CTRL)
    assert hands.window.below.board.isVisible()
    hands.qtbot.waitUntil(lambda: hands.panel.visibleRegion().isEmpty())
    hands.window.page.setFocus()
    hands.press(Key.Key_F, CTRL)
    hands.qtbot.waitUntil(hands.panel.query.box.hasFocus)
