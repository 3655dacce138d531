"""A reviewer's first day: start, mark, change, go back, come again tomorrow; and the whole seed article from the gold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QDialog, QMenu, QMessageBox, QPlainTextEdit, QTreeWidget
from pytestqt.qtbot import QtBot

from annotator import Project, ProjectError
from annotator.model import Annotation
from annotator.writers import writer_for
from ui.dialogs.report import Report
from ui.dialogs.welcome import Welcome
from ui.export.wish import ExportWish
from ui.page.palette import shade
from ui.swatch import SWATCH_SIZE
from ui.theme import is_dark

ROOT = Path(__file__).parents[2]
GOLD = json.loads((ROOT / "tests/data/seed_gold.json").read_text("utf-8"))["annotations"]
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def settle(qtbot: QtBot, application: Any) -> None:
    session = application.session
    qtbot.waitUntil(lambda: not session.busy and session.now.path is not None, timeout=10_000)


class Reader:
    """A person at the window."""

    def __init__(self, qtbot: QtBot, application: Any) -> None:
        self.qtbot, self.application, self.session = qtbot, application, application.session
        self.page = application.window.page
        self.page.setFocus()
        application.window.activateWindow()
        qtbot.waitUntil(self.page.hasFocus)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(self.page, key, modifiers)
        settle(self.qtbot, self.application)

    def selected(self) -> Annotation:
        found = self.session.selected_annotation()
        assert found
        return found

    def marks(self) -> list[tuple[str, int, int]]:
        return [(one.label, one.start, one.end) for one in self.session.now.annotations]


@pytest.fixture
def reader(start: Any, qtbot: QtBot) -> Reader:
    return Reader(qtbot, start())


def test_the_first_start_asks_one_thing(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "samia")
    welcome = Welcome()
    qtbot.addWidget(welcome)
    assert welcome.name() == "samia"


def test_the_first_start_opens_the_seed_article(reader: Reader) -> None:
    assert reader.session.now.article.text.startswith("أعلنت وزارة الدفاع السورية")
    assert [label.key for label in reader.session.now.labels] == ["actor", "place", "claim"]


def test_mark_change_note_remove_and_back_by_keyboard(reader: Reader, qtbot: QtBot) -> None:
    reader.page.set_caret(6)
    for _ in range(3):
        reader.press(Qt.Key.Key_Left, CTRL | SHIFT)
    reader.press(Qt.Key.Key_1)
    assert (reader.selected().label, reader.selected().quote) == ("actor", "وزارة الدفاع السورية")
    reader.press(Qt.Key.Key_BracketRight)
    assert reader.selected().quote == "وزارة الدفاع السورية،"
    reader.press(Qt.Key.Key_BracketRight, SHIFT)
    assert reader.selected().quote == "وزارة الدفاع السورية"
    reader.press(Qt.Key.Key_2)
    assert reader.selected().label == "place"
    reader.press(Qt.Key.Key_1)
    reader.press(Qt.Key.Key_BracketRight, CTRL)
    assert reader.selected().quote == "وزارة الدفاع السورية، عن"
    reader.press(Qt.Key.Key_BracketRight, CTRL | SHIFT)
    reader.press(Qt.Key.Key_Return)
    note = reader.application.window.findChild(QPlainTextEdit)
    qtbot.waitUntil(note.hasFocus)
    qtbot.keyClicks(note, "note 1")
    qtbot.keyClick(note, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: reader.selected().note == "note 1")
    reader.press(Qt.Key.Key_Delete)
    assert reader.marks() == []
    reader.press(Qt.Key.Key_Z, CTRL)
    assert [one.note for one in reader.session.now.annotations] == ["note 1"]
    reader.press(Qt.Key.Key_Z, CTRL | SHIFT)
    assert reader.marks() == []


def test_a_digit_typed_into_the_note_stays_a_digit(reader: Reader, qtbot: QtBot) -> None:
    reader.page.select_span(6, 26)
    reader.press(Qt.Key.Key_1)
    reader.press(Qt.Key.Key_Return)
    note = reader.application.window.findChild(QPlainTextEdit)
    qtbot.keyClicks(note, "23")
    assert note.toPlainText() == "23"
    assert reader.selected().label == "actor"


def test_fast_keys_wait_for_the_disk_and_none_is_lost(reader: Reader, qtbot: QtBot) -> None:
    reader.page.select_span(6, 20)
    for key in (Qt.Key.Key_1, Qt.Key.Key_BracketRight, Qt.Key.Key_BracketRight, Qt.Key.Key_2):
        qtbot.keyClick(reader.page, key)
    settle(qtbot, reader.application)
    assert reader.marks() == [("place", 6, 22)]


def test_a_key_held_down_costs_the_same_however_long_the_history_grows(reader: Reader, qtbot: QtBot) -> None:
    asked: list[str] = []
    history = reader.session.history
    reader.session.history = lambda identity, then: (asked.append(identity), history(identity, then))
    reader.page.select_span(6, 26)
    reader.press(Qt.Key.Key_1)
    for _ in range(60):
        reader.press(Qt.Key.Key_BracketRight)
    assert len(asked) < 10
    shown = reader.application.window._inspector._history
    qtbot.waitUntil(lambda: shown.text().endswith("…"))
    assert shown.text().count("\n") == 41
    assert asked[-1] == reader.selected().id


def test_a_mark_is_made_with_the_mouse(reader: Reader, qtbot: QtBot) -> None:
    first, last = (reader.page.span_rectangles(at, at + 1)[0] for at in (6, 25))
    viewport = reader.page.viewport()
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=first.center().toPoint())
    qtbot.mouseMove(viewport, last.center().toPoint())
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=last.center().toPoint())
    start, end = reader.page.selected_span()
    reader.press(Qt.Key.Key_1)
    assert reader.marks() == [("actor", start, end)]
    reader.press(Qt.Key.Key_Escape)
    assert reader.session.selected is None
    middle = reader.page.span_rectangles(15, 16)[0].center().toPoint()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=middle)
    assert reader.selected().label == "actor"


def test_the_whole_seed_article_is_marked_kept_undone_redone_and_exported(
    start: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    reader = Reader(qtbot, start())
    keys = {"actor": Qt.Key.Key_1, "place": Qt.Key.Key_2, "claim": Qt.Key.Key_3}
    for one in GOLD:
        reader.page.select_span(one["start"], one["end"])
        reader.press(keys[one["label"]])
    wanted = sorted((one["start"], -one["end"], one["label"]) for one in GOLD)
    path = reader.session.now.path
    reader.application.window.close()

    reader = Reader(qtbot, start())
    assert reader.session.now.path == path
    for _ in range(10):
        reader.press(Qt.Key.Key_Z, CTRL)
    assert len(reader.marks()) == len(GOLD) - 10
    for _ in range(10):
        reader.press(Qt.Key.Key_Z, CTRL | SHIFT)
    assert sorted((first, -last, label) for label, first, last in reader.marks()) == wanted
    out = tmp_path / "out.jsonl"
    reader.application.window.exporting.write(ExportWish((writer_for("jsonl"),), out))
    qtbot.waitUntil(out.exists)
    qtbot.waitUntil(lambda: bool(reader.application.window.findChildren(Report)))
    record = json.loads(out.read_text("utf-8"))
    found = sorted((one["start"], -one["end"], one["label"]) for one in record["annotations"])
    assert found == wanted
    reader.application.window.close()
    with Project.open(path, read_only=True) as project:
        report = project.check()
    assert (report.verified, report.problems) == (len(GOLD), ())


def test_files_dropped_on_the_window_come_in_and_are_reported(reader: Reader, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("قصف الجيش قرية حميمة في ريف حلب".encode("cp1256"))
    (tmp_path / "b.txt").write_bytes(b"")
    window = reader.application.window
    window.importing.take([tmp_path])
    qtbot.waitUntil(lambda: window.importing.preview is not None and not window.importing.preview.is_looking)
    window.importing.preview.take()  # its encoding is a guess
    window.importing.preview.begin(only_certain=False)
    qtbot.waitUntil(lambda: bool(window.findChildren(Report)), timeout=10_000)
    text = window.findChildren(Report)[0].findChild(QPlainTextEdit).toPlainText()
    assert "windows-1256" in text
    assert "الملف خالٍ من النص" in text
    qtbot.waitUntil(lambda: len(window.queue.rows) == 2)
    window.queue.step(1)
    settle(qtbot, reader.application)
    assert reader.session.now.article.text.startswith("قصف")


def test_a_project_that_is_open_elsewhere_is_said_so(reader: Reader, qtbot: QtBot, tmp_path: Path) -> None:
    other = tmp_path / "other.hashiya"
    with Project.create(other, reviewer="R7"):
        reader.application.window.open_path(other)
        qtbot.waitUntil(lambda: bool(reader.application.window.findChildren(QMessageBox)))
    assert "R7" in reader.application.window.findChildren(QMessageBox)[0].text()
    assert reader.session.now.path.stem == "starter"


def test_language_and_theme_change_while_it_runs(start: Any, qtbot: QtBot) -> None:
    application = start(language="ar")
    first = application.window
    assert first.layoutDirection() == Qt.LayoutDirection.RightToLeft
    first.page.select_span(6, 26)
    first.language_chosen.emit("en")
    qtbot.waitUntil(lambda: application.window is not first)
    assert application.window.layoutDirection() == Qt.LayoutDirection.LeftToRight
    assert application.window.menuBar().actions()[0].text() == "&File"
    assert application.session.now.article is not None
    application.window.theme_chosen.emit("dark")
    qtbot.waitUntil(lambda: is_dark(application.window.page.palette()))
    assert application.window.page.document().defaultFont().family() == "Noto Naskh Arabic"
    application.window.theme_chosen.emit("light")
    qtbot.waitUntil(lambda: not is_dark(application.window.page.palette()))


def test_a_change_of_language_keeps_place_and_size_and_the_old_window_is_gone(start: Any, qtbot: QtBot) -> None:
    application = start(language="ar")
    first, session = application.window, application.session
    gone: list[bool] = []
    first.destroyed.connect(lambda: gone.append(True))
    first.resize(790, 520)
    answered: list[bool] = []
    session.when_answered(lambda: answered.append(True))
    qtbot.waitUntil(lambda: bool(answered) and not session.busy)
    first.page.verticalScrollBar().setValue(300)
    first.page.set_caret(500)
    place = first.page.place()[0]
    first.language_chosen.emit("en")
    qtbot.waitUntil(lambda: bool(gone))
    second = application.window
    qtbot.waitUntil(lambda: second.page.place()[0] == place)
    assert (second.size(), second.page.place()[0], second.page.caret()) == (QSize(790, 520), place, 500)
    second.page.select_span(6, 26)
    second.editing.label("actor")
    qtbot.waitUntil(lambda: session.selected_annotation() is not None and not session.busy)
    session.undo()
    qtbot.waitUntil(lambda: session.selected_annotation() is None and not session.busy)
    session.failed.emit(ProjectError())
    assert second.findChildren(QMessageBox)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_colours_of_a_menu_are_those_of_the_theme(start: Any, qtbot: QtBot) -> None:
    application = start(language="en", theme="dark")
    page, raw = application.window.page, application.session.now.labels[0].colour
    qtbot.waitUntil(lambda: is_dark(page.palette()))
    page.select_span(6, 26)
    page.menu_asked.emit(QPoint(50, 50), 8)
    menu = application.window.reading.findChild(QMenu)
    icon = menu.actions()[1].icon()
    assert icon.pixmap(SWATCH_SIZE).toImage().pixelColor(10, 6).name() == shade(raw, dark=True).name()
    menu.close()
    application.window.theme_chosen.emit("light")
    qtbot.waitUntil(lambda: not is_dark(page.palette()))


def test_every_key_is_on_the_page_of_keys(reader: Reader) -> None:
    window = reader.application.window
    window.show_keys()
    dialog = next(one for one in window.findChildren(QDialog) if one.windowTitle() == "المفاتيح")
    table = dialog.findChild(QTreeWidget)
    shown = {table.topLevelItem(row).text(0) for row in range(table.topLevelItemCount())}
    assert shown == {text for text, _ in window._menus.shortcuts()}


def test_a_note_written_just_before_closing_is_kept(reader: Reader, qtbot: QtBot) -> None:
    reader.page.select_span(6, 26)
    reader.press(Qt.Key.Key_1)
    reader.press(Qt.Key.Key_Return)
    note = reader.application.window.findChild(QPlainTextEdit)
    qtbot.keyClicks(note, "last word")
    path = reader.session.now.path
    reader.application.window.close()
    with Project.open(path, read_only=True) as project:
        assert [one.note for one in project.annotations(project.articles()[0].id)] == ["last word"]


def test_closing_during_an_import_stops_it_and_keeps_what_came_in(reader: Reader, qtbot: QtBot, tmp_path: Path) -> None:
    for number in range(3000):
        (tmp_path / f"{number}.txt").write_text(f"مقال رقم {number}", encoding="utf-8")
    path = reader.session.now.path
    reader.application.window.importing.take([tmp_path])
    reader.application.window.close()
    with Project.open(path, read_only=True) as project:
        assert len(project.articles()) < 3001
        assert project.check().problems == ()


def test_an_export_that_fails_says_why_and_leaves_everything_usable(
    reader: Reader, qtbot: QtBot, tmp_path: Path
) -> None:
    window = reader.application.window
    window.exporting.write(ExportWish((writer_for("jsonl"),), tmp_path / "no folder" / "out.jsonl"))
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)))
    box = window.findChildren(QMessageBox)[0]
    assert "no folder" in box.text()
    assert box.text().startswith("\u200f")  # it runs from the right, also if it began with the path
    box.accept()
    assert not reader.session.busy
    window.activateWindow()
    qtbot.waitUntil(reader.page.hasFocus)
    reader.page.select_span(6, 26)
    reader.press(Qt.Key.Key_1)
    assert reader.marks() == [("actor", 6, 26)]


def test_the_colours_of_labels_follow_the_theme(start: Any, qtbot: QtBot) -> None:
    application = start(language="en", theme="light")
    window = application.window
    button = window._label_bar._buttons[0]

    def colours() -> tuple[str, str]:
        icons = (button.icon(), window._inspector._label.itemIcon(0))
        pixmaps = [icon.pixmap(SWATCH_SIZE).toImage() for icon in icons]
        return pixmaps[0].pixelColor(10, 6).name(), pixmaps[1].pixelColor(10, 6).name()

    raw = application.session.now.labels[0].colour
    assert colours() == (shade(raw, dark=False).name(),) * 2
    window.theme_chosen.emit("dark")
    qtbot.waitUntil(lambda: colours() == (shade(raw, dark=True).name(),) * 2)
    window.theme_chosen.emit("light")
    qtbot.waitUntil(lambda: colours() == (shade(raw, dark=False).name(),) * 2)
