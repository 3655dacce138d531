"""A reviewer without a mouse does an article from start to quit, and always knows where the keyboard is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from annotator import Project
from ui.dialogs.report import Report
from ui.export.dialog import ExportDialog

Key, Mod = Qt.Key, Qt.KeyboardModifier
SHIFT, CTRL, ALT = Mod.ShiftModifier, Mod.ControlModifier, Mod.AltModifier


# What Qt's offscreen platform says of every menu and dialog that opens.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


class Keyboard:
    """Ten fingers: every key goes to what has the keyboard, and nothing else touches the window."""

    def __init__(self, qtbot: QtBot, application: Any) -> None:
        self.qtbot, self.application = qtbot, application
        self.window, self.session = application.window, application.session
        self.page = self.window.page
        self.window.activateWindow()
        qtbot.waitUntil(lambda: self.focus() is not None)

    def focus(self) -> QWidget | None:
        return QApplication.activePopupWidget() or QApplication.focusWidget()

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Mod.NoModifier, *, times: int = 1) -> None:
        for _ in range(times):
            target = self.focus()
            assert target
            self.qtbot.keyClick(target, key, modifiers)
            self.settle()

    def write(self, text: str) -> None:
        """Type a text; QTest cannot type Arabic."""
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(self.focus(), QKeyEvent(kind, 0, Mod.NoModifier, letter))
        self.settle()

    def settle(self) -> None:
        session = self.session
        self.qtbot.waitUntil(lambda: not session.busy and session.now.path is not None, timeout=10_000)
        self.qtbot.waitUntil(lambda: not self.window.queue.is_reading, timeout=10_000)

    def menu(self, *texts: str) -> None:
        """Go to the menu bar with Alt, open its first menu, and go to an entry by its text, as the arrows reach it."""
        self.qtbot.keyClick(self.focus(), Key.Key_Alt)
        self.qtbot.waitUntil(lambda: self.focus() is self.window.menuBar())
        self.qtbot.keyClick(self.focus(), Key.Key_Down)
        self.qtbot.waitUntil(lambda: isinstance(self.focus(), QMenu))
        for text in texts:
            self.choose(text)

    def choose(self, text: str) -> None:
        for _ in range(40):
            menu = self.focus()
            assert isinstance(menu, QMenu)
            if menu.activeAction() and menu.activeAction().text() == text:
                break
            self.qtbot.keyClick(menu, Key.Key_Down)
        self.qtbot.keyClick(menu, Key.Key_Return)
        self.settle()

    def marked(self) -> list[tuple[str, str]]:
        return [(one.label, one.quote) for one in self.session.now.annotations]

    def selected(self) -> Any:
        found = self.session.selected_annotation()
        assert found
        return found


@pytest.fixture
def keys(start: Any, qtbot: QtBot, tmp_path: Path) -> Keyboard:
    """The keyboard, in a project with the seed article and a short one."""
    application = start()
    (tmp_path / "short.txt").write_text("قصف الجيش قرية حميمة في ريف حلب", encoding="utf-8")
    application.session.change(lambda project: project.import_files([tmp_path / "short.txt"]))
    hands = Keyboard(qtbot, application)
    hands.settle()
    return hands


def test_f6_leads_through_the_parts_of_the_window_and_back(keys: Keyboard) -> None:
    keys.page.setFocus()
    keys.qtbot.waitUntil(keys.window._inspector._article_card.isVisible)
    seen = []
    for _ in range(4):
        keys.press(Key.Key_F6)
        seen.append(keys.focus())
    inspector, label, queue, page = seen
    assert keys.window._inspector.isAncestorOf(inspector)
    assert isinstance(label, QPushButton)
    assert keys.window._label_bar.isAncestorOf(label)
    assert isinstance(queue, QTableView)
    assert page is keys.page
    keys.press(Key.Key_F6, SHIFT)
    assert isinstance(keys.focus(), QTableView)
    keys.press(Key.Key_F6, SHIFT)
    assert isinstance(keys.focus(), QPushButton)


def test_f6_passes_over_what_is_not_there(start: Any, qtbot: QtBot, tmp_path: Path) -> None:
    keys = Keyboard(qtbot, start())
    with Project.create(tmp_path / "empty.hashiya", reviewer="R1"):
        pass
    keys.window.open_path(tmp_path / "empty.hashiya")
    qtbot.waitUntil(lambda: keys.session.now.article is None)
    keys.settle()
    for _ in range(3):
        qtbot.keyClick(keys.window, Key.Key_F6)
        assert keys.focus() is keys.window._inspector


def test_the_arrows_show_articles_and_enter_goes_on_to_the_text(keys: Keyboard) -> None:
    keys.press(Key.Key_F6, SHIFT)
    queue = keys.focus()
    assert isinstance(queue, QTableView)
    first = keys.session.now.article.id
    keys.press(Key.Key_Down)
    keys.press(Key.Key_Up)
    keys.press(Key.Key_Down)
    assert keys.focus() is queue
    assert keys.session.now.article.id != first
    keys.press(Key.Key_Return)
    assert keys.focus() is keys.page


def test_fast_arrows_in_the_queue_never_jump_back(keys: Keyboard, tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"{number}.txt").write_text(f"مقال رقم {number}", encoding="utf-8")
    keys.session.change(lambda project: project.import_files(sorted(tmp_path.glob("?.txt"))))
    keys.settle()
    keys.press(Key.Key_F6, SHIFT)
    queue = keys.focus()
    rows = []
    queue.selectionModel().currentChanged.connect(lambda now, _: rows.append(now.row()))
    for _ in range(6):
        keys.qtbot.keyClick(queue, Key.Key_Down)
    keys.settle()
    assert rows == sorted(rows)
    assert keys.session.now.article.id == keys.window.queue.rows.rows[rows[-1]].id


def test_a_whole_article_without_a_mouse(keys: Keyboard, tmp_path: Path) -> None:
    # The queue: from the short article back to the first, and into its text.
    keys.press(Key.Key_F6, SHIFT)
    keys.press(Key.Key_Down)
    keys.press(Key.Key_Up)
    keys.press(Key.Key_Return)
    assert keys.session.now.article.text.startswith("أعلنت وزارة الدفاع")

    # Read to the second word, select three words and mark them as an actor.
    keys.press(Key.Key_Left, CTRL)
    keys.press(Key.Key_Left)
    keys.press(Key.Key_Left, CTRL | SHIFT, times=3)
    keys.press(Key.Key_1)
    assert keys.selected().quote == "وزارة الدفاع السورية"

    # Nested in it a place, and around both a claim to the end of the paragraph, marked with the Arabic digits.
    keys.press(Key.Key_Right, CTRL)
    keys.press(Key.Key_Left, CTRL | SHIFT)
    keys.write("٢")
    assert (keys.selected().label, keys.selected().quote) == ("place", "السورية")
    keys.press(Key.Key_Home, CTRL)
    keys.press(Key.Key_Down, CTRL | SHIFT)
    keys.press(Key.Key_3)
    assert keys.selected().quote.endswith("اليوم الجمعة")

    # Tab reaches each that lies at the caret, innermost first, and then goes on round.
    keys.press(Key.Key_Escape)
    keys.press(Key.Key_Home, CTRL)
    keys.press(Key.Key_Left, CTRL, times=3)
    keys.press(Key.Key_Left, times=3)
    reached = []
    for _ in range(4):
        keys.press(Key.Key_Tab)
        reached.append(keys.selected().label)
    assert reached == ["place", "actor", "claim", "place"]
    keys.press(Key.Key_Tab, SHIFT)
    assert keys.selected().label == "claim"

    # The edges of the place: out by a character and in again, out by a word and in.
    keys.press(Key.Key_Tab)
    assert keys.selected().label == "place"
    keys.press(Key.Key_BracketRight)
    assert keys.selected().quote == "السورية،"
    keys.press(Key.Key_BracketRight, SHIFT)
    keys.press(Key.Key_BracketLeft, CTRL)
    assert keys.selected().quote == "الدفاع السورية"
    keys.press(Key.Key_BracketLeft, CTRL | SHIFT)
    assert keys.selected().quote == "السورية"

    # A clitic: find the word, mark it, and take the preposition out.
    keys.press(Key.Key_F, CTRL | SHIFT)
    assert isinstance(keys.focus(), QLineEdit)
    keys.write("للجيش السوري")
    keys.qtbot.waitUntil(lambda: len(keys.page.shown.hits) == 1)
    keys.press(Key.Key_F3)
    keys.press(Key.Key_Escape)
    assert keys.focus() is keys.page
    keys.press(Key.Key_1)
    keys.press(Key.Key_P)
    assert (keys.selected().quote, keys.selected().form) == ("لجيش السوري", "الجيش السوري")

    # A note, and back.
    keys.press(Key.Key_Return)
    assert isinstance(keys.focus(), QPlainTextEdit)
    keys.write("الجيش، بلا لام")
    keys.press(Key.Key_Escape)
    keys.qtbot.waitUntil(lambda: keys.selected().note == "الجيش، بلا لام")
    assert keys.focus() is keys.page

    # Back and forth.
    before = keys.marked()
    keys.press(Key.Key_Z, CTRL, times=4)
    assert len(keys.marked()) == len(before) - 1
    keys.press(Key.Key_Z, CTRL | SHIFT, times=4)
    assert keys.marked() == before

    # The label in the inspector, by keys.
    keys.press(Key.Key_Tab)
    keys.press(Key.Key_Tab, SHIFT)
    keys.press(Key.Key_F6)
    assert isinstance(keys.focus(), QComboBox)
    keys.press(Key.Key_Tab)
    assert isinstance(keys.focus(), QPlainTextEdit)
    keys.press(Key.Key_Tab)
    assert isinstance(keys.focus(), QPushButton)
    keys.press(Key.Key_F6, SHIFT)
    assert keys.focus() is keys.page

    # Larger, and as before; the next article, and this one again.
    size = keys.window.settings.reading_size
    keys.press(Key.Key_Plus, CTRL)
    assert keys.window.settings.reading_size == size + 1
    keys.press(Key.Key_0, CTRL)
    assert keys.window.settings.reading_size == size
    keys.press(Key.Key_Down, ALT)
    assert keys.session.now.article.text.startswith("قصف")
    keys.press(Key.Key_Up, ALT)
    assert keys.marked() == before

    # Export by the menu: a name is written without an ending, and gets that of the format.
    out = tmp_path / "out.jsonl"
    keys.menu("تصدير…")
    dialog = keys.window.findChild(ExportDialog)
    keys.qtbot.waitUntil(dialog.go.isEnabled)
    while not dialog.place_part.line.hasFocus():
        keys.qtbot.keyClick(keys.focus(), Key.Key_Tab)
    keys.qtbot.keyClicks(dialog.place_part.line, str(out.with_suffix("")))  # in the place of the name that was offered
    keys.qtbot.waitUntil(dialog.go.isEnabled)
    keys.qtbot.keyClick(dialog.place_part.line, Key.Key_Return)
    keys.qtbot.waitUntil(lambda: any(one.isVisible() for one in keys.window.findChildren(Report)))
    report = next(one for one in keys.window.findChildren(Report) if one.isVisible())
    keys.qtbot.waitUntil(report.isActiveWindow)
    keys.press(Key.Key_Escape)
    assert not report.isVisible()
    first = json.loads(out.read_text("utf-8").splitlines()[0])
    assert len(first["annotations"]) == len(before)

    # Quit.
    path = keys.session.now.path
    keys.window.activateWindow()
    keys.qtbot.waitUntil(keys.page.hasFocus)
    keys.qtbot.keyClick(keys.page, Key.Key_Q, CTRL)
    assert not keys.window.isVisible()
    with Project.open(path, read_only=True) as project:
        assert project.check().problems == ()


def test_the_context_menu_opens_and_closes_by_keys(keys: Keyboard) -> None:
    keys.page.select_span(6, 26)
    keys.press(Key.Key_1)
    keys.page.setFocus()
    # What the system makes of its menu key; Qt's offscreen platform has none.
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(keys.page.viewport(), asked)
    keys.qtbot.waitUntil(lambda: isinstance(keys.focus(), QMenu))
    keys.qtbot.keyClick(keys.focus(), Key.Key_Escape)
    keys.qtbot.waitUntil(lambda: keys.focus() is keys.page)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_each_menu_has_a_letter_of_its_own(start: Any, language: str) -> None:
    titles = [action.text() for action in start(language=language).window.menuBar().actions()]
    letters = [title[title.index("&") + 1].casefold() for title in titles]
    assert len(set(letters)) == len(titles) == 7


def test_alt_and_its_letter_open_a_menu(start: Any, qtbot: QtBot) -> None:
    keys = Keyboard(qtbot, start(language="en"))
    keys.settle()
    qtbot.keyClick(keys.window, Key.Key_V, ALT)
    qtbot.waitUntil(lambda: isinstance(keys.focus(), QMenu))
    assert keys.focus().title() == "&View"
    qtbot.keyClick(keys.focus(), Key.Key_Escape)


def test_tab_goes_from_part_to_part_in_the_order_of_f6(start: Any, qtbot: QtBot) -> None:
    keys = Keyboard(qtbot, start(language="en"))
    window = keys.window
    window.page.select_span(6, 26)
    window.editing.label("actor")
    keys.settle()
    window.reading.finding.open()
    parts = {
        window._queue: "queue",
        window.reading: "page",
        window._inspector: "inspector",
        window._label_bar: "labels",
    }
    widget, order = window._queue._list, []
    for _ in range(16):
        order += [name for part, name in parts.items() if part.isAncestorOf(widget) and name not in order]
        widget = _after(widget)
    assert order == ["queue", "page", "inspector", "labels"]


def _after(widget: QWidget) -> QWidget:
    """Return the next widget that Tab reaches."""
    following = widget.nextInFocusChain()
    reached = following.isVisible() and following.isEnabled() and following.focusPolicy() & Qt.FocusPolicy.TabFocus
    return following if reached else _after(following)
