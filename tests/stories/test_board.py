"""A reviewer finds two claims that contradict each other, links them and says so, all by keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from annotator import Project
from ui.board.questions import LinkQuestion, VerdictQuestion
from ui.dialogs.labels import Labels
from ui.dialogs.recheck import Recheck
from ui.regions import has_keyboard

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Key, Mod = Qt.Key, Qt.KeyboardModifier
ROOT = Path(__file__).parents[2]
DENIAL = "نفت قسد انشقاق عناصر منها في دير حافر."


class Hands:
    """Ten fingers: every key goes to what has the keyboard."""

    def __init__(self, qtbot: QtBot, application: Any) -> None:
        self.qtbot, self.window, self.session = qtbot, application.window, application.session
        self.board = self.window.below.board.board
        self.board._loading._pause.setInterval(0)
        self.window.activateWindow()
        qtbot.waitUntil(lambda: self.focus() is not None)

    def focus(self) -> QWidget:
        found = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert found
        return found

    def press(self, key: Qt.Key, modifiers: Any = Mod.NoModifier, *, times: int = 1) -> None:
        for _ in range(times):
            self.qtbot.keyClick(self.focus(), key, modifiers)
            self.settle()

    def write(self, text: str) -> None:
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(self.focus(), QKeyEvent(kind, 0, Mod.NoModifier, letter))

    def settle(self) -> None:
        """Wait until everything is stored, and read and shown again."""
        done: list[object] = []
        session = self.session
        session.when_idle(lambda: session.run(lambda _: None, lambda _: session.run(lambda _: None, done.append)))
        self.qtbot.waitUntil(lambda: bool(done) and not session.busy, timeout=10_000)

    def quotes(self) -> list[str]:
        return [self.board.claims.rows[row].quote for row in self.board._arrangement.shown if row >= 0]

    def come_back(self) -> None:
        """Do what every system but the offscreen one does when a dialog closes; the keyboard is where it was."""
        self.window.activateWindow()
        self.qtbot.waitUntil(self.board.table.hasFocus)

    def dialog(self, kind: type) -> Any:
        self.qtbot.waitUntil(lambda: any(one.isVisible() for one in self.window.findChildren(kind)))
        return next(one for one in self.window.findChildren(kind) if one.isVisible())


@pytest.fixture
def hands(start: Any, qtbot: QtBot, tmp_path: Path) -> Hands:
    """The seed article with its gold claims, and an article that denies one of them."""
    made = Hands(qtbot, start(language="ar"))

    def fill(project: Project) -> None:
        project.import_gold(ROOT / "tests/data/seed_gold.json")
        (tmp_path / "denial.txt").write_text(DENIAL, encoding="utf-8")
        article = project.import_files([tmp_path / "denial.txt"]).imported[0].article
        actor = project.annotate(article, 4, 7, "actor")
        claim = project.annotate(article, 8, len(DENIAL) - 1, "claim")
        project.frame(claim.id, source=actor.id, kind="denial")

    made.session.change(fill)
    made.settle()
    return made


def test_a_contradiction_is_found_linked_judged_and_seen_on_the_page(hands: Hands, qtbot: QtBot) -> None:
    # The board opens with a key and has the keyboard.
    hands.window.page.setFocus()
    with qtbot.waitSignal(hands.board._loading.folded):
        hands.press(Key.Key_B, Mod.ControlModifier)
    qtbot.waitUntil(lambda: isinstance(hands.focus(), QTableView))
    assert hands.board._count.text() == "13 ادّعاءً · يظهر 13"

    # Words as people type them; then down into the table.
    hands.press(Key.Key_F, Mod.ControlModifier)
    assert isinstance(hands.focus(), QLineEdit)
    with qtbot.waitSignal(hands.board._filters.changed):
        hands.write("انشقاق عناصر")
    assert len(hands.quotes()) >= 2
    hands.press(Key.Key_Down)
    assert isinstance(hands.focus(), QTableView)
    hands.press(Key.Key_End, Mod.ControlModifier)
    rows = hands.board.claims.rows
    denied = rows[hands.board.table.current()]
    assert denied.quote == "انشقاق عناصر منها في دير حافر"

    # The one above contradicts it.
    hands.press(Key.Key_Up, Mod.ShiftModifier)
    assert len(hands.board.table.selected()) == 2
    claimed = rows[hands.board.table.current()]
    hands.press(Key.Key_L, Mod.ControlModifier)
    asked = hands.dialog(LinkQuestion)
    assert isinstance(hands.focus(), QComboBox)
    hands.press(Key.Key_Down, times=2)
    assert asked.links() == [(claimed.claim, "contradicts", denied.claim)]
    hands.press(Key.Key_Tab)
    hands.write("خبران في يوم واحد")
    with qtbot.waitSignal(hands.board._loading.folded):
        hands.press(Key.Key_Return)
    contradicted = [row.claim for row in hands.board.claims.rows if row.contradictions]
    assert set(contradicted) == {claimed.claim, denied.claim}

    # A verdict with its reason.
    hands.come_back()
    hands.press(Key.Key_J, Mod.ControlModifier)
    hands.dialog(VerdictQuestion)
    hands.press(Key.Key_Down, times=3)
    hands.press(Key.Key_Tab)
    hands.write("نفته قسد")
    hands.press(Key.Key_Tab)
    with qtbot.waitSignal(hands.board._loading.folded):
        hands.press(Key.Key_Return)
    judged = [row for row in hands.board.claims.rows if row.verdicts]
    assert [(row.claim, row.verdicts) for row in judged] == [(claimed.claim, "contested")]

    # Enter goes to the claim on the page; its card can say what contradicts it.
    hands.come_back()
    hands.press(Key.Key_Return)
    qtbot.waitUntil(lambda: hands.session.selected == claimed.claim)
    assert hands.window.page.hasFocus()
    assert hands.session.now.related[claimed.claim].contradictions == (denied.quote,)

    # Everything can be taken back from here, and the board closes with its key.
    for _ in range(2):
        with qtbot.waitSignal(hands.board._loading.folded):
            hands.press(Key.Key_Z, Mod.ControlModifier)
    assert not any(row.contradictions or row.verdicts for row in hands.board.claims.rows)
    hands.press(Key.Key_B, Mod.ControlModifier)
    assert isinstance(hands.focus(), QTableView | QLineEdit)
    hands.press(Key.Key_B, Mod.ControlModifier)
    assert not hands.window.below.board.isVisible()
    assert hands.window.page.hasFocus()


def test_f6_reaches_the_board_while_it_is_open(hands: Hands, qtbot: QtBot) -> None:
    hands.press(Key.Key_B, Mod.ControlModifier)
    qtbot.waitUntil(lambda: isinstance(hands.focus(), QTableView))
    hands.press(Key.Key_F6)
    assert not has_keyboard(hands.board)
    hands.press(Key.Key_F6, Mod.ShiftModifier)
    assert has_keyboard(hands.board)


def test_in_a_low_window_most_of_it_stays_with_page_and_queue(hands: Hands, qtbot: QtBot) -> None:
    """Else the chips above the queue and the last lines of its cards were cut off."""
    hands.window.resize(1280, 720)
    hands.press(Key.Key_B, Mod.ControlModifier)
    board = hands.window.below.board
    qtbot.waitUntil(lambda: 200 < board.height() <= 0.4 * 720)


def test_a_changed_definition_leads_to_the_queue_and_from_there_to_the_page(hands: Hands, qtbot: QtBot) -> None:
    hands.window.edit_labels()
    dialog = hands.dialog(Labels)
    hands.settle()
    dialog._label._definition._example.setText("[الجيش السوري]")
    dialog._store.click()
    hands.settle()
    assert dialog._recheck.isVisible()
    dialog._recheck.click()
    queue = hands.dialog(Recheck)
    hands.settle()
    before = len(queue._model.annotations)
    assert before == 36
    first = queue.current()
    qtbot.keyClick(queue.table, Key.Key_Return)
    qtbot.waitUntil(lambda: hands.session.selected == first.id)
    assert queue.isVisible()
    qtbot.keyClick(queue.table, Key.Key_Space)
    hands.settle()
    assert len(queue._model.annotations) == before - 1
    queue.close()
