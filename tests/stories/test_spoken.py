"""What a screen reader is told: a name for everything, and which annotation one is in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QInputDialog,
    QMessageBox,
    QProgressBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from annotator import Project
from annotator.model import Boilerplate
from annotator.readers.draft import Table
from ui.concordance.marking import MarkQuestion
from ui.copies.window import CopiesWindow
from ui.dialogs.progress import Progress
from ui.dialogs.report import Report
from ui.dialogs.welcome import Welcome
from ui.importing.watch_dialog import WatchDialog
from ui.page import speech
from ui.queue.grouping import Grouping
from ui.record.dialog import Record
from ui.register.import_dialog import ImportDialog
from ui.review.team import TeamDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
ROOT = Path(__file__).parents[2]


class Heard:
    """Stands where Qt hands announcements on to the system."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.listens = True

    def isActive(self) -> bool:
        return self.listens

    def updateAccessibility(self, event: QAccessibleAnnouncementEvent) -> None:
        self.words.append(event.message())

    def taken(self) -> list[str]:
        words, self.words = self.words, []
        return words


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[Heard]:
    QAccessible.setActive(True)
    ears = Heard()
    monkeypatch.setattr(speech, "QAccessible", ears)
    yield ears
    QAccessible.setActive(False)


@pytest.fixture
def window(start: Any, qtbot: QtBot) -> Any:
    made = start(language="en").window
    made.activateWindow()
    qtbot.waitUntil(made.page.hasFocus)
    return made


def settle(qtbot: QtBot, window: Any) -> None:
    qtbot.waitUntil(lambda: not window.session.busy, timeout=10_000)


def press(qtbot: QtBot, window: Any, key: Qt.Key, modifiers: Any = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(window.page, key, modifiers)
    settle(qtbot, window)


def label(qtbot: QtBot, window: Any, start: int, end: int, key: str) -> str:
    window.page.select_span(start, end)
    window.editing.label(key)
    settle(qtbot, window)
    return str(window.session.selected)


# -- annotations ------------------------------------------------------------------------------------------------------


def test_a_new_annotation_is_said_once_with_its_reviewer(window: Any, qtbot: QtBot, heard: Heard) -> None:
    label(qtbot, window, 6, 26, "actor")
    assert [said for said in heard.taken() if "Reviewer" in said] == ["Actor. «وزارة الدفاع السورية». Reviewer: R1"]


def test_the_caret_says_what_it_enters_and_leaves(window: Any, qtbot: QtBot, heard: Heard) -> None:
    one = label(qtbot, window, 6, 26, "actor")
    window.session.revise(one, note="see line 3")
    settle(qtbot, window)
    window.session.select(None)
    window.page.set_caret(0)
    heard.taken()
    for _ in range(10):
        press(qtbot, window, Qt.Key.Key_Left)
    assert heard.taken() == ["Actor. «وزارة الدفاع السورية». Reviewer: R1. Note: see line 3"]
    for _ in range(20):
        press(qtbot, window, Qt.Key.Key_Left)
    assert heard.taken() == ["Left Actor"]
    press(qtbot, window, Qt.Key.Key_Left)
    assert heard.taken() == []


def test_nested_annotations_are_said_one_by_one_with_how_many_there_are(
    window: Any, qtbot: QtBot, heard: Heard
) -> None:
    label(qtbot, window, 6, 26, "actor")
    label(qtbot, window, 19, 26, "place")
    window.session.select(None)
    window.page.set_caret(4)
    heard.taken()
    window.page.set_caret(10)
    window.page.set_caret(20)
    window.page.set_caret(12)
    assert heard.taken() == [
        "Actor. «وزارة الدفاع السورية». Reviewer: R1",
        "Place. «السورية». Reviewer: R1. 2 annotations begin or run here",
        "Left Place",
    ]


def test_tab_says_each_annotation_once_and_the_caret_goes_along(window: Any, qtbot: QtBot, heard: Heard) -> None:
    label(qtbot, window, 6, 26, "actor")
    label(qtbot, window, 40, 50, "place")
    window.session.select(None)
    window.page.set_caret(0)
    heard.taken()
    press(qtbot, window, Qt.Key.Key_Tab)
    press(qtbot, window, Qt.Key.Key_Tab)
    assert [said.partition(".")[0] for said in heard.taken()] == ["Actor", "Place"]
    assert window.page.caret() == 40


def test_a_caret_outside_is_not_said_to_leave_what_was_selected_elsewhere(
    window: Any, qtbot: QtBot, heard: Heard
) -> None:
    one = label(qtbot, window, 40, 50, "actor")
    window.session.select(None)
    window.page.set_caret(0)
    heard.taken()
    window.page.mark_clicked.emit(one)  # as a card in the margin does
    press(qtbot, window, Qt.Key.Key_Left)
    said = heard.taken()
    assert said == [f"Actor. «{window.session.selected_annotation().quote}». Reviewer: R1"]
    window.page.set_caret(45)
    window.page.set_caret(55)
    assert [said.partition(".")[0] for said in heard.taken()] == ["Actor", "Left Actor"]


def test_a_click_says_an_annotation_once(window: Any, qtbot: QtBot, heard: Heard) -> None:
    label(qtbot, window, 6, 26, "actor")
    window.session.select(None)
    window.page.set_caret(0)
    heard.taken()
    middle = window.page.span_rectangles(15, 16)[0].center().toPoint()
    qtbot.mouseClick(window.page.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert heard.taken() == ["Actor. «وزارة الدفاع السورية». Reviewer: R1", "Selected"]


def test_a_moved_edge_and_another_label_are_said_and_so_is_removal(window: Any, qtbot: QtBot, heard: Heard) -> None:
    label(qtbot, window, 6, 26, "actor")
    heard.taken()
    press(qtbot, window, Qt.Key.Key_BracketRight)
    press(qtbot, window, Qt.Key.Key_2)
    press(qtbot, window, Qt.Key.Key_Delete)
    assert heard.taken() == [
        "Actor. «وزارة الدفاع السورية،». Reviewer: R1",
        "Place. «وزارة الدفاع السورية،». Reviewer: R1",
        "Annotation removed",
    ]
    press(qtbot, window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert heard.taken() == ["Taken back."]


def test_another_reviewers_annotation_is_said_to_be_read_only(window: Any, qtbot: QtBot, heard: Heard) -> None:
    one = label(qtbot, window, 6, 26, "actor")
    window.session.switch_reviewer("R2")
    settle(qtbot, window)
    window.session.select(None)
    heard.taken()
    window.session.select(one)
    assert heard.taken() == ["Actor. «وزارة الدفاع السورية». Reviewer: R1. Read only"]


def test_hits_and_their_number_are_said(window: Any, qtbot: QtBot, heard: Heard) -> None:
    press(qtbot, window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    heard.taken()
    window.reading._find_bar._box.setText("دير حافر")
    qtbot.waitUntil(lambda: len(window.page.shown.hits) > 3)
    window.reading.finding.move(1)
    said = heard.taken()
    assert said[-2:] == [f"1 of {len(window.page.shown.hits)}", f"2 of {len(window.page.shown.hits)}"]


def test_what_is_said_is_free_of_characters_for_the_eye(heard: Heard) -> None:
    speech.say_aloud(QWidget(), "\u2068R1\u2069\nnote")
    assert heard.taken() == ["R1. note"]


def test_nothing_is_worked_out_when_nobody_listens(window: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    ears = Heard()
    ears.listens = False
    monkeypatch.setattr(speech, "QAccessible", ears)
    label(qtbot, window, 6, 26, "actor")
    window.page.set_caret(10)
    assert ears.words == []


# -- names ------------------------------------------------------------------------------------------------------------


def nameless(root: QWidget) -> list[str]:
    """Return the visible widgets below a window that take the keyboard but have no name."""
    widgets = [root, *root.findChildren(QWidget)]
    wanted = [one for one in widgets if one.isVisible() and one.focusPolicy() != Qt.FocusPolicy.NoFocus]
    buttons = [one for one in widgets if isinstance(one, QAbstractButton | QProgressBar) and one.isVisible()]
    assert wanted
    return [f"{type(one).__name__} {one.objectName()}" for one in {*wanted, *buttons} if not _name(one)]


def _name(widget: QWidget) -> str:
    """Return a widget's name as systems get it: on Linux, a box of choices has only that of the label beside it."""
    interface = QAccessible.queryAccessibleInterface(widget)
    if isinstance(widget, QComboBox):
        titles = [one for one, _ in interface.relations(QAccessible.RelationFlag.Label)]
        return " ".join(one.text(QAccessible.Text.Name) for one in titles)
    return interface.text(QAccessible.Text.Name).strip()


def test_every_part_of_the_window_has_a_name(window: Any, qtbot: QtBot) -> None:
    for part in (window._queue, window.page, window._inspector, window._label_bar, window._header):
        assert part.accessibleName()
    for part in (window._queue._list, window.page, window._inspector):
        assert part.accessibleDescription()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_control_has_a_name_with_everything_open(start: Any, qtbot: QtBot, language: str) -> None:
    window = start(language=language).window
    label(qtbot, window, 6, 26, "actor")
    window.reading.finding.open()
    window.reading._banner.tell("a warning", action="do it")
    window.below.concordance.seek("الجيش")
    concordance = window.below.concordance.concordance
    qtbot.waitUntil(lambda: bool(concordance.results.places))
    concordance._bar.show()
    assert nameless(window) == []
    concordance.ask_marking(concordance.results.places)
    assert nameless(window.findChild(MarkQuestion)) == []
    window.findChild(MarkQuestion).close()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_control_of_a_review_has_a_name(start: Any, qtbot: QtBot, language: str) -> None:
    window = start(language=language).window
    first = window.session.now.article.id
    window.session.change(lambda project: two_readers_of(project, first))
    settle(qtbot, window)
    window.review.toggle()
    qtbot.waitUntil(window.review.panel.list.isVisible)
    assert nameless(window) == []
    window.review.pane.toggle_twin()
    window.review.reviewing.make()
    assert nameless(window) == []
    window.review.show_fates()
    assert nameless(window) == []
    window.show_team()
    dialog = window.findChild(TeamDialog)
    qtbot.waitUntil(lambda: dialog._table.rowCount() == 2)
    assert nameless(dialog) == []
    dialog.close()


def two_readers_of(project: Project, article: str) -> None:
    """Have two readers mark an article otherwise, and one comment."""
    for name, end in (("R2", 20), ("R1", 26)):
        project.switch_reviewer(name)
        made = project.annotate(article, 6, end, "actor")
        project.comment(made.id, "?")


def test_every_control_of_an_empty_project_has_a_name(window: Any, qtbot: QtBot, tmp_path: Path) -> None:
    with Project.create(tmp_path / "empty.hashiya", reviewer="R1"):
        pass
    window.open_path(tmp_path / "empty.hashiya")
    qtbot.waitUntil(lambda: window.session.now.article is None)
    settle(qtbot, window)
    assert nameless(window) == []


def test_every_control_of_the_dialogs_has_a_name(window: Any, qtbot: QtBot, tmp_path: Path) -> None:
    progress = Progress("Working…", window)
    progress.forceShow()
    welcome = Welcome(window)
    welcome.show()
    window.show_keys()
    window._show(Report("A heading", ["a line"], window))
    window.open_path(tmp_path / "missing.hashiya")
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)))
    shown = [one for one in window.findChildren(QDialog) if one.isVisible()]
    assert len(shown) == 5
    assert [nameless(dialog) for dialog in shown] == [[]] * 5
    progress.finish()


@pytest.mark.parametrize("picture", ["labels", "figures"])
def test_every_control_of_the_statistics_has_a_name(start: Any, qtbot: QtBot, picture: str) -> None:
    window = start(language="ar").window
    window.below.toggle_statistics()
    panel = window.below.statistics.widget()
    qtbot.waitUntil(lambda: panel.is_ready, timeout=10_000)
    for as_table in (False, True):
        panel._as_table.setChecked(as_table)
        panel.choose(picture)
        settle(qtbot, window)
        assert nameless(window.below.statistics) == []


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_control_about_the_article_has_a_name(start: Any, qtbot: QtBot, language: str) -> None:
    window = start(language=language).window
    window.page.set_boilerplate([Boilerplate(1919, 2000)], {})
    window.reading.finding.again()
    window.reading.finding.open()
    window.about_article.show_record()
    window.about_article.show_copies()
    settle(qtbot, window)
    dialogs = [window.findChild(Record), window.findChild(CopiesWindow)]
    assert [nameless(one) for one in (window, *dialogs)] == [[]] * 3
    for dialog in dialogs:
        dialog.close()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_control_of_the_imports_has_a_name(start: Any, qtbot: QtBot, tmp_path: Path, language: str) -> None:
    window = start(language=language).window
    importing = window.importing
    importing.strip.begin()
    importing.watching.waiting = [tmp_path / "a.txt"]
    importing.watching.changed.emit()
    assert nameless(window) == []
    importing.strip.end()
    importing.watch()
    (tmp_path / "a.txt").write_bytes("خبر عاجل".encode("iso8859-6"))
    (tmp_path / "b.txt").write_bytes(b"")
    importing.take([tmp_path])
    qtbot.waitUntil(lambda: bool(importing.preview and not importing.preview.is_looking), timeout=10_000)
    preview = importing.preview
    assert nameless(preview) == []
    preview.plan.tables[tmp_path / "a.txt"] = Table(("one", "two"), (("1", "2"),), {})
    preview._show_selected()
    assert preview.card.columns.isVisible()
    assert nameless(preview) == []
    preview.table.selectAll()
    assert nameless(preview) == []
    assert nameless(window.findChildren(WatchDialog)[0]) == []
    preview.reject()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_control_about_several_articles_has_a_name(
    start: Any, qtbot: QtBot, tmp_path: Path, language: str
) -> None:
    window = start(language=language).window
    (tmp_path / "a.txt").write_text("خبر قصير", encoding="utf-8")
    window.session.change(lambda project: project.import_files([tmp_path / "a.txt"]))
    settle(qtbot, window)
    qtbot.waitUntil(lambda: len(window.queue.rows) == 2 and not window.queue.is_reading)
    window.queue._list.setFocus()
    window.queue._list.selectAll()
    window.queue.doing.group()
    window.recognising.ask(None)
    qtbot.waitUntil(lambda: window.recognising.question._is_whole)
    dialogs = [window.findChild(Grouping), window.recognising.question]
    assert [nameless(one) for one in dialogs] == [[]] * 2
    for dialog in dialogs:
        dialog.close()


def test_every_control_of_the_register_has_a_name(window: Any, qtbot: QtBot) -> None:
    label(qtbot, window, 109, 123, "place")
    window.linking.open()
    box = window.linking.box
    qtbot.waitUntil(lambda: bool(box.rows()))
    assert nameless(window) == []
    box.chosen.emit(box.rows()[0])
    settle(qtbot, window)
    entity = window.session.now.linked.entity_of(window.session.selected)
    window.show_register(entity.id)
    register = window.register
    qtbot.waitUntil(lambda: register._editor.entity is not None)
    assert nameless(register) == []
    register._ask_merge()
    register._ask_parent()
    register._ask_new("actor")
    window.import_register()
    dialogs = [*register.findChildren(QDialog), *window.findChildren(ImportDialog)]
    dialogs[-1].show_file(ROOT / "tests/data/places/trouble.tsv")
    qtbot.waitUntil(lambda: dialogs[-1]._ok().isEnabled())
    assert len(dialogs) == 4
    assert [nameless(dialog) for dialog in dialogs] == [[]] * 4
    for dialog in dialogs:
        dialog.close()


def test_the_row_of_the_link_box_is_said_with_its_place(window: Any, qtbot: QtBot, heard: Heard) -> None:
    label(qtbot, window, 6, 26, "actor")
    window.linking.open()
    heard.taken()
    box = window.linking.box
    qtbot.waitUntil(lambda: bool(box.rows()))
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert heard.taken() == [
        "New entity “وزارة الدفاع السورية”. 1 of 3",
        "Unknown. nobody can tell from the text. 2 of 3",
    ]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Linked: Unknown" in heard.words)


def test_every_control_of_the_question_for_the_reviewer_has_a_name(window: Any, qtbot: QtBot) -> None:
    found: list[list[str]] = []

    def look() -> None:
        dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, QInputDialog))
        found.append(nameless(dialog))
        dialog.setTextValue(" R7 ")
        dialog.accept()

    QTimer.singleShot(0, look)
    window.switch_reviewer()
    settle(qtbot, window)
    assert found == [[]]
    assert window.session.now.reviewer == "R7"


def test_a_row_of_the_queue_says_title_and_number_of_annotations(window: Any, qtbot: QtBot) -> None:
    label(qtbot, window, 6, 26, "actor")
    qtbot.waitUntil(lambda: window.queue.rows.rows[0].counts == {"actor": 1})
    index = window._queue._model.index(0)
    told = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert told.startswith("أعلنت وزارة الدفاع السورية")
    assert told.endswith(". 1 annotation")
