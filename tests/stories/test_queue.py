"""A lead hands articles out, and a reviewer works down the list without a mouse."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from annotator import Project
from ui.export.dialog import ExportDialog
from ui.queue.assigning import Assigning
from ui.queue.grouping import Grouping

Key, Mod = Qt.Key, Qt.KeyboardModifier
CTRL, SHIFT, ALT = Mod.ControlModifier, Mod.ShiftModifier, Mod.AltModifier
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
TITLES = [
    f"مقال رقم {number} عن {place}" for number, place in enumerate(("دير حافر", "مسكنة", "حلب", "دير حافر", "حميمة"))
]


class Hands:
    """Ten fingers at the window."""

    def __init__(self, qtbot: QtBot, application: Any) -> None:
        self.qtbot, self.session, self.window = qtbot, application.session, application.window
        self.queue = self.window.queue
        self.window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)

    def focus(self) -> QWidget:
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        found = QApplication.focusWidget()
        assert found
        return found

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Mod.NoModifier) -> None:
        self.qtbot.keyClick(self.focus(), key, modifiers)
        self.settle()

    def write(self, text: str) -> None:
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(self.focus(), QKeyEvent(kind, 0, Mod.NoModifier, letter))
        self.settle()
        # What is offered takes itself away again; Qt's offscreen platform then leaves no window active.
        self.window.activateWindow()
        self.qtbot.waitUntil(lambda: QApplication.activeWindow() is self.window)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.session.busy and self.session.now.path is not None, timeout=10_000)
        self.qtbot.waitUntil(lambda: not self.queue.is_reading, timeout=10_000)

    def shown(self) -> list[str]:
        return [self.queue.rows.rows[number].title for number in self.queue._model.shown]

    def row(self) -> Any:
        [row] = [one for one in self.queue.rows.rows if one.id == self.session.now.article.id]
        return row


@pytest.fixture
def hands(start: Any, qtbot: QtBot, tmp_path: Path) -> Hands:
    """The window with the seed article and five short ones."""
    application = start(language="en")
    paths = [tmp_path / f"{number}.txt" for number in range(len(TITLES))]
    for path, title in zip(paths, TITLES, strict=True):
        path.write_text(title, encoding="utf-8")
    application.session.change(lambda project: project.import_files(paths))
    made = Hands(qtbot, application)
    made.settle()
    return made


def test_articles_are_found_chosen_and_handed_out_by_keyboard(hands: Hands) -> None:
    hands.press(Key.Key_K, CTRL | SHIFT)
    assert isinstance(hands.focus(), QLineEdit)
    hands.write("دير حافر رقم")
    assert set(hands.shown()) == {TITLES[0], TITLES[3]}
    hands.press(Key.Key_Return)
    assert isinstance(hands.focus(), QTableView)
    hands.press(Key.Key_A, CTRL)
    hands.window._menus.made("assign").trigger()
    dialog = hands.window.findChild(Assigning)
    dialog._boxes["R1"].setChecked(True)
    dialog.accept()
    hands.window.activateWindow()
    hands.settle()
    assert hands.queue.rows.counted["mine"] == 2
    assert "2 articles handed out" in hands.window.statusBar().currentMessage()
    assert "0 of 2 given to me done" in hands.queue._foot._done.text()
    hands.press(Key.Key_Z, CTRL)
    assert hands.queue.rows.counted["mine"] == 0


def test_chosen_articles_are_grouped_and_exported_by_themselves(hands: Hands, tmp_path: Path) -> None:
    hands.press(Key.Key_K, CTRL | SHIFT)
    hands.write("دير حافر رقم")
    hands.press(Key.Key_Return)
    hands.press(Key.Key_A, CTRL)
    hands.window._menus.made("group").trigger()
    dialog = hands.window.findChild(Grouping)
    dialog.accept()
    hands.window.activateWindow()
    hands.settle()
    assert "2 articles in the group of copies" in hands.window.statusBar().currentMessage()
    assert set(hands.shown()) == {TITLES[0], TITLES[3]}  # the article on the page is no more listed than before
    assert [row.copies for row in hands.queue.rows.rows if row.title in hands.shown()] == [1, 0]
    hands.window._menus.made("export_chosen").trigger()
    asking = hands.window.findChild(ExportDialog)
    hands.qtbot.waitUntil(asking.go.isEnabled)
    assert asking.told.text() == "To be written: 2 articles, 0 annotations."
    out = tmp_path / "chosen.jsonl"
    asking.place_part.take(str(out))
    hands.qtbot.waitUntil(asking.go.isEnabled)
    asking.go.click()
    hands.qtbot.waitUntil(out.exists, timeout=10_000)
    hands.settle()
    with Project.create(tmp_path / "other.hashiya", reviewer="R2") as other:
        assert other.import_files([out]).failed == []
        assert [one.title for one in other.articles()] == [TITLES[0], TITLES[3]]
        assert len(other.copies_of(other.articles()[0].id)) == 2
    hands.window._menus.made("undo").trigger()  # the report of the export has the keyboard
    hands.settle()
    assert not any(row.copies for row in hands.queue.rows.rows)


def test_a_reviewer_works_down_the_list(hands: Hands, start: Any, qtbot: QtBot) -> None:
    hands.press(Key.Key_K, CTRL | SHIFT)
    hands.write("مقال رقم")
    hands.press(Key.Key_Return)
    assert isinstance(hands.focus(), QTableView)
    assert hands.session.now.article.text.startswith("أعلنت")  # coming to the list opens nothing yet
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Return)
    assert hands.focus() is hands.window.page

    # Done with each; the third gets a flag and a note first.
    for number in range(5):
        assert hands.session.now.article.text == TITLES[number]
        if number == 2:
            hands.press(Key.Key_D, CTRL)
            hands.press(Key.Key_N, CTRL | SHIFT)
            assert isinstance(hands.focus(), QPlainTextEdit)
            hands.write("أين المصدر؟")
            hands.press(Key.Key_Escape)
            assert hands.focus() is hands.window.page
            assert (hands.row().flags, hands.row().notes) == (("R1",), ("R1",))
        hands.press(Key.Key_Return, CTRL)
    assert [row.state for row in hands.queue.rows.rows] == ["todo"] + ["done"] * 5
    assert "5 of 6 done" in hands.queue._foot._done.text()
    assert "last article" in hands.window.statusBar().currentMessage()

    # Back in the list; what was done too early is not done any more.
    hands.press(Key.Key_Up, ALT)
    assert hands.session.now.article.text == TITLES[3]
    hands.press(Key.Key_Return, CTRL | SHIFT)
    assert hands.row().state == "todo"
    path = hands.session.now.path
    hands.window.close()

    # Also after a restart everything is there, and can be taken back.
    again = Hands(qtbot, start(language="en"))
    again.settle()
    assert again.session.now.path == path
    assert again.queue.rows.counted["done"] == 4
    again.press(Key.Key_Z, CTRL)
    assert again.queue.rows.counted["done"] == 5
    assert again.session.now.article.text == TITLES[3]
    again.window.close()
    with Project.open(path, read_only=True) as project:
        assert project.check().problems == ()


def test_the_map_shows_the_places_of_what_the_queue_shows(hands: Hands) -> None:
    articles = [row.id for row in hands.queue.rows.rows[1:3]]

    def mark(project: Project) -> None:
        for article, name in zip(articles, ("دير حافر", "مسكنة"), strict=True):
            place = project.add_entity("place", [name], latitude=36.0, longitude=38.0, precision="locality")
            project.link(project.annotate(article, 0, 4, "place").id, place.id)

    hands.session.change(mark)
    hands.settle()
    panel = hands.window.map._panel
    panel.set_scope("filter")
    shown: list[Any] = [[]]
    panel.map.show_places = lambda places, *, fit: shown.append(places)
    hands.window.toggle_map()

    def names() -> set[str]:
        return {place.name for place in shown[-1]}

    assert hands.queue.shown_articles() is None
    hands.qtbot.waitUntil(lambda: names() == {"دير حافر", "مسكنة"})
    hands.queue.want("مسكنة رقم")
    hands.qtbot.waitUntil(lambda: names() == {"مسكنة"})
    assert hands.queue.shown_articles() == articles[1:]
    hands.queue.want("")
    hands.qtbot.waitUntil(lambda: len(names()) == 2)


def test_letters_typed_in_the_list_go_to_the_filter(hands: Hands) -> None:
    hands.queue._list.setFocus()
    hands.write("م")
    assert isinstance(hands.focus(), QLineEdit)
    hands.write("سكنة")
    assert (hands.queue._line.query, hands.shown()) == ("مسكنة", [TITLES[1]])


@pytest.mark.parametrize("language", ["ar", "en"])
def test_nothing_of_the_queue_is_cut_off_in_a_small_window(start: Any, qtbot: QtBot, language: str) -> None:
    application = start(language=language)
    hands = Hands(qtbot, application)
    hands.settle()
    article = hands.session.now.article.id
    hands.session.change(lambda project: project.flag([article]))
    hands.session.change(lambda project: project.assign([article], ["R1"]))
    hands.window.resize(1280, 720)
    hands.settle()
    for button in hands.queue._groups._buttons.values():
        if button.isVisible():
            assert button.width() >= button.sizeHint().width()
            assert hands.queue.rect().contains(button.geometry().translated(button.parentWidget().pos()))
    assert hands.queue._list.height() > 2 * hands.queue._list.rowHeight(0)
