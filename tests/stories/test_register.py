"""Who is meant: actors and places linked by keyboard alone, namesakes chosen with open eyes, and the register kept in order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QInputDialog, QLabel, QMessageBox, QPlainTextEdit, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from annotator import Entity
from annotator.model import Annotation
from ui.dialogs.report import Report
from ui.register.import_dialog import ImportDialog
from ui.register.merge_dialog import MergeDialog

# What Qt's offscreen platform says of every window that opens.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Key, Mod = Qt.Key, Qt.KeyboardModifier
SHIFT, CTRL = Mod.ShiftModifier, Mod.ControlModifier
DATA = Path(__file__).parents[1] / "data/places"


class Reviewer:
    """Somebody at the keyboard: every key goes to what has it."""

    def __init__(self, qtbot: QtBot, application: Any) -> None:
        self.qtbot, self.window, self.session = qtbot, application.window, application.session
        self.page, self.register = self.window.page, self.window.register
        self.window.activateWindow()
        self.page.setFocus()
        qtbot.waitUntil(self.page.hasFocus)

    def focus(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found
        return found

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Mod.NoModifier) -> None:
        self.qtbot.keyClick(self.focus(), key, modifiers)
        self.settle()

    def write(self, text: str) -> None:
        """Type a text; QTest cannot type Arabic."""
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(self.focus(), QKeyEvent(kind, 0, Mod.NoModifier, letter))
        self.settle()

    def settle(self) -> None:
        """Wait until what was wished is done, and what was asked of the worker is answered."""
        answered: list[bool] = []
        self.qtbot.waitUntil(lambda: not self.session.busy, timeout=10_000)
        self.session.run(lambda _: None, lambda _: answered.append(True))
        self.qtbot.waitUntil(lambda: bool(answered), timeout=10_000)

    def wait(self, until: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(until, timeout=10_000)

    def mark(self, words: str, key: Qt.Key, *, nth: int = 0) -> str:
        text, start = self.session.now.article.text, -1
        for _ in range(nth + 1):
            start = text.index(words, start + 1)
        self.page.setFocus()
        self.page.select_span(start, start + len(words))
        self.press(key)
        return str(self.session.selected)

    def link(self, query: str = "", *, key: Qt.Key = Key.Key_L) -> Any:
        """Open the box for the selected annotation and type; return the box once it has answered."""
        self.press(key)
        box = self.window.linking.box
        assert box
        assert box.isAncestorOf(self.focus())
        self.write(query)
        self.wait(lambda: bool(box.rows()))
        return box

    def means(self, annotation: str) -> Entity | None:
        return self.session.now.linked.entity_of(annotation)

    def names(self) -> list[str]:
        model = self.register._model
        return [model.entity_at(row).name for row in range(model.rowCount())]

    def open_register(self, entity: str = "") -> None:
        self.window.show_register(entity)
        self.wait(lambda: self.register._model.total > 0)
        self.settle()

    def open_register_empty(self) -> None:
        self.window.show_register()
        self.settle()

    def back(self) -> None:
        """Close the register and go on with the page."""
        self.register.close()
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow)
        self.page.setFocus()

    def selected(self) -> Annotation:
        found = self.session.selected_annotation()
        assert found
        return found  # type: ignore[no-any-return]

    def undo_in_register(self) -> None:
        self.register.activateWindow()
        self.wait(self.register.isActiveWindow)
        self.qtbot.keyClick(self.register._table, Key.Key_Z, CTRL)
        self.settle()

    def dialog(self, kind: type, parent: QWidget) -> Any:
        self.wait(lambda: any(one.isVisible() for one in parent.findChildren(kind)))
        self.settle()
        return next(one for one in parent.findChildren(kind) if one.isVisible())

    def answer(self, name: str) -> None:
        """Answer the register's question for a name."""
        question = self.dialog(QInputDialog, self.register)
        question.setTextValue(name)
        question.accept()
        self.settle()


@pytest.fixture
def reviewer(start: Any, qtbot: QtBot) -> Reviewer:
    return Reviewer(qtbot, start(language="en"))


def two_linked(reviewer: Reviewer) -> tuple[str, str]:
    """Mark قوات سوريا الديمقراطية and قسد, and link both to one new actor."""
    long = reviewer.mark("قوات سوريا الديمقراطية", Key.Key_1)
    reviewer.link()
    reviewer.press(Key.Key_Return)
    short = reviewer.mark("قسد", Key.Key_1, nth=1)
    box = reviewer.link("قوات سو")
    assert box.current().entity.name == "قوات سوريا الديمقراطية"
    reviewer.press(Key.Key_Return)
    return long, short


# -- linking ----------------------------------------------------------------------------------------------------------


def test_two_names_of_one_actor_are_linked_by_keyboard_alone(reviewer: Reviewer) -> None:
    long = reviewer.mark("قوات سوريا الديمقراطية", Key.Key_1)
    box = reviewer.link()
    assert box.current().deed == "new"
    reviewer.press(Key.Key_Return)
    assert reviewer.page.hasFocus()
    made = reviewer.means(long)
    assert made
    assert (made.name, made.kind) == ("قوات سوريا الديمقراطية", "actor")

    short = reviewer.mark("قسد", Key.Key_1, nth=1)
    box = reviewer.link("قو")
    assert box.current().entity == made
    reviewer.press(Key.Key_Return)
    assert reviewer.means(short) == made

    # A third time the name alone is enough: it was linked before.
    third = reviewer.mark("قسد", Key.Key_1, nth=2)
    box = reviewer.link()
    assert "linked to it before" in box.current().details
    reviewer.press(Key.Key_Return)
    assert reviewer.means(third) == made

    for times, linked in ((1, [long, short]), (3, [long])):
        for _ in range(times):
            reviewer.press(Key.Key_Z, CTRL)
        assert list(reviewer.session.now.linked.links) == linked
    for _ in range(4):
        reviewer.press(Key.Key_Z, CTRL | SHIFT)
    assert {one: reviewer.means(one) for one in (long, short, third)} == dict.fromkeys((long, short, third), made)


def test_the_arabic_key_opens_the_box_too(reviewer: Reviewer) -> None:
    reviewer.mark("قسد", Key.Key_1)
    link = reviewer.window._menus.made("link")
    assert [one.toString() for one in link.shortcuts()] == ["L", "م"]
    assert link.isEnabled()


def test_only_ones_own_actors_and_places_can_be_linked(reviewer: Reviewer) -> None:
    link = reviewer.window._menus.made("link")
    assert not link.isEnabled()
    reviewer.mark("قسد", Key.Key_3)
    assert not link.isEnabled()
    reviewer.mark("قسد", Key.Key_1, nth=1)
    assert link.isEnabled()
    reviewer.session.switch_reviewer("R2")
    reviewer.settle()
    assert not reviewer.window._menus.made("link").isEnabled()
    reviewer.press(Key.Key_L)
    assert reviewer.window.linking.box is None


def test_a_namesake_is_chosen_and_never_taken_unseen(reviewer: Reviewer) -> None:
    first = reviewer.mark("دير حافر", Key.Key_2)
    box = reviewer.link()
    assert [row.deed for row in box.rows()] == ["place", "new", "unknown", "ambiguous"]
    assert "Aleppo" in box.rows()[0].details
    reviewer.press(Key.Key_Return)
    town = reviewer.means(first)
    assert town
    assert (town.name, town.subtype, town.precision) == ("دير حافر", "town", "locality")
    assert town.external["geonames"]
    assert town.latitude == pytest.approx(36.157, abs=0.01)

    second = reviewer.mark("مسكنة", Key.Key_2)
    box = reviewer.link("حلب")
    named = [row for row in box.rows() if row.namesake]
    assert len(named) >= 2
    assert all("km" in row.details for row in named)
    assert box.current() is None
    reviewer.press(Key.Key_Return)
    assert reviewer.window.linking.box is box
    assert reviewer.means(second) is None
    city = next(number for number, row in enumerate(box.rows()) if "City" in row.title)
    for _ in range(city + 1):
        reviewer.press(Key.Key_Down)
    reviewer.press(Key.Key_Return)
    chosen = reviewer.means(second)
    assert chosen
    assert (chosen.name, chosen.subtype) == ("حلب", "city")


def test_a_place_of_the_gazetteer_comes_with_its_governorate_and_goes_with_one_undo(reviewer: Reviewer) -> None:
    place = reviewer.mark("دير حافر", Key.Key_2)
    reviewer.link()
    reviewer.press(Key.Key_Return)
    made = reviewer.means(place)
    assert made
    reviewer.open_register()
    assert sorted(reviewer.names()) == ["دير حافر", "محافظة حلب"]
    reviewer.back()
    reviewer.press(Key.Key_Z, CTRL)
    assert reviewer.means(place) is None
    with_nothing: list[list[Entity]] = []
    reviewer.session.run(lambda project: project.entities(), with_nothing.append)
    reviewer.settle()
    assert with_nothing == [[]]


def test_unknown_and_ambiguous_are_answers_and_a_link_can_be_taken_off(reviewer: Reviewer) -> None:
    actor = reviewer.mark("قسد", Key.Key_1)
    linked = reviewer.session.now.linked
    for steps, answer in ((1, "unknown"), (2, "ambiguous")):
        reviewer.link()
        for _ in range(steps):
            reviewer.press(Key.Key_Down)
        reviewer.press(Key.Key_Return)
        linked = reviewer.session.now.linked
        assert linked.links[actor].answer == answer
    assert linked.words_of(actor) == "Ambiguous"
    reviewer.link()
    reviewer.press(Key.Key_Up)
    reviewer.press(Key.Key_Return)
    assert reviewer.session.now.linked.links == {}


def test_esc_changes_nothing_and_the_keyboard_is_on_the_page(reviewer: Reviewer) -> None:
    reviewer.mark("قسد", Key.Key_1)
    reviewer.link("قو")
    reviewer.press(Key.Key_Escape)
    assert reviewer.page.hasFocus()
    assert reviewer.window.linking.box is None
    assert reviewer.session.now.linked.links == {}
    assert reviewer.session.selected


def test_the_box_goes_with_its_annotation(reviewer: Reviewer) -> None:
    reviewer.mark("قسد", Key.Key_1)
    reviewer.link()
    reviewer.session.undo()
    reviewer.settle()
    assert reviewer.window.linking.box is None
    assert reviewer.page.hasFocus()


def test_hovering_says_whom_a_mark_means(reviewer: Reviewer) -> None:
    long, short = two_linked(reviewer)
    assert "Means: \u2068قوات سوريا الديمقراطية\u2069" in reviewer.page.mark(short).name
    middle = reviewer.page.span_rectangles(reviewer.selected().start, reviewer.selected().end)[0].center()
    point = middle.toPoint()
    event = QHelpEvent(QEvent.Type.ToolTip, point, reviewer.page.viewport().mapToGlobal(point))
    QApplication.sendEvent(reviewer.page.viewport(), event)
    assert "قوات سوريا الديمقراطية" in QToolTip.text()
    QToolTip.hideText()
    reviewer.page.setFocus()
    reviewer.press(Key.Key_Z, CTRL)
    assert "Means" not in reviewer.page.mark(short).name
    assert "Means" in reviewer.page.mark(long).name


def test_the_inspector_shows_the_entity_and_leads_to_it(reviewer: Reviewer) -> None:
    long, _ = two_linked(reviewer)
    card = reviewer.window._inspector.entity_card
    reviewer.wait(lambda: card._open.text() == "2 mentions")
    assert "قوات سوريا الديمقراطية" in card._name.text()
    card._open.click()
    reviewer.wait(lambda: reviewer.register._editor.entity is not None)
    assert reviewer.register._editor.entity == reviewer.means(long)
    card._unlink.click()
    reviewer.settle()
    assert card._name.text() == "Not linked yet"
    reviewer.session.select(None)
    assert card.isHidden()


# -- the register -----------------------------------------------------------------------------------------------------


def test_the_register_lists_filters_and_shows_all_mentions(reviewer: Reviewer) -> None:
    long, short = two_linked(reviewer)
    reviewer.press(Key.Key_R, CTRL)
    register = reviewer.register
    reviewer.wait(lambda: register.isActiveWindow() and register._box.hasFocus())
    reviewer.settle()
    reviewer.write("قوات")
    assert reviewer.names() == ["قوات سوريا الديمقراطية"]
    reviewer.press(Key.Key_Return)
    reviewer.press(Key.Key_Home)
    reviewer.wait(lambda: register._editor.entity is not None and register._mentions._model.rowCount() == 2)
    shown = [register._mentions._model.index(row).data() for row in range(2)]
    assert "«قوات سوريا الديمقراطية»" in shown[0]
    assert "«قسد»" in shown[1]

    reviewer.session.select(None)
    register._mentions._list.setFocus()
    register._mentions._list.setCurrentIndex(register._mentions._model.index(1))
    reviewer.press(Key.Key_Return)
    reviewer.wait(lambda: reviewer.session.selected == short)
    assert long != short


def test_every_field_is_stored_when_it_is_left_and_can_be_taken_back(reviewer: Reviewer) -> None:
    place = reviewer.mark("دير حافر", Key.Key_2)
    reviewer.link()
    reviewer.press(Key.Key_Return)
    made = reviewer.means(place)
    assert made
    reviewer.open_register(made.id)
    editor = reviewer.register._editor
    reviewer.wait(lambda: editor.entity is not None)
    row = editor._names._rows[0]
    row._text.setText("دير حافر الشرقية")
    row._text.editingFinished.emit()
    reviewer.settle()
    assert reviewer.means(place).name == "دير حافر الشرقية"  # type: ignore[union-attr]
    assert "دير حافر الشرقية" in reviewer.names()

    editor._precision.setCurrentIndex(editor._precision.findData("exact"))
    editor._precision.activated.emit(0)
    reviewer.settle()
    editor._latitude.setText("٣٦٫٢")
    editor._latitude.editingFinished.emit()
    reviewer.settle()
    now = reviewer.means(place)
    assert now
    assert (now.latitude, now.longitude, now.precision) == (36.2, made.longitude, "exact")

    editor._latitude.setText("136")
    editor._latitude.editingFinished.emit()
    reviewer.settle()
    assert "exchanged" in editor._problem.text()
    assert editor._problem.isVisible()
    assert reviewer.means(place) == now

    reviewer.undo_in_register()
    reviewer.wait(lambda: editor._latitude.text() == str(made.latitude))
    assert not editor._problem.isVisible()


def test_an_actor_is_marked_as_sensitive_by_the_space_bar_and_found_by_it(reviewer: Reviewer) -> None:
    actor = reviewer.mark("قوات سوريا الديمقراطية", Key.Key_1)
    reviewer.link()
    reviewer.press(Key.Key_Return)
    made = reviewer.means(actor)
    assert made
    reviewer.open_register(made.id)
    register, editor = reviewer.register, reviewer.register._editor
    reviewer.wait(lambda: editor.entity is not None)
    assert not editor._sensitive.isChecked()
    editor._sensitive.setFocus()
    reviewer.press(Key.Key_Space)
    reviewer.wait(lambda: bool(reviewer.means(actor) and reviewer.means(actor).sensitive))
    register._kind.setCurrentIndex(register._kind.findData("sensitive"))
    register._kind.activated.emit(0)
    assert reviewer.names() == [made.name]
    assert register._model.index(0, 1).data().startswith("sensitive")
    register._kind.setCurrentIndex(0)
    register._kind.activated.emit(0)

    reviewer.undo_in_register()
    reviewer.wait(lambda: not editor._sensitive.isChecked())
    assert not reviewer.means(actor).sensitive
    reviewer.session.redo()
    reviewer.wait(editor._sensitive.isChecked)


def test_a_new_actor_from_the_register_is_there_to_be_linked(reviewer: Reviewer) -> None:
    reviewer.open_register_empty()
    reviewer.register._new_actor.click()
    reviewer.answer("  هيئة   العمليات ")
    reviewer.wait(lambda: reviewer.register._editor.entity is not None)
    assert reviewer.names() == ["هيئة العمليات"]
    reviewer.back()
    actor = reviewer.mark("هيئة العمليات", Key.Key_1)
    box = reviewer.link()
    assert box.current().deed == "entity"
    reviewer.press(Key.Key_Return)
    assert reviewer.means(actor).name == "هيئة العمليات"  # type: ignore[union-attr]


def test_merging_shows_both_asks_which_stays_and_can_be_taken_back(reviewer: Reviewer) -> None:
    one = reviewer.mark("قسد", Key.Key_1)
    reviewer.link()
    reviewer.press(Key.Key_Return)
    other = reviewer.mark("قوات سوريا الديمقراطية", Key.Key_1)
    reviewer.link()
    reviewer.press(Key.Key_Return)
    before = reviewer.means(one), reviewer.means(other)
    assert before[0] != before[1]
    reviewer.open_register(before[0].id)  # type: ignore[union-attr]
    reviewer.wait(lambda: reviewer.register._editor.entity == before[0])
    reviewer.register._merge.click()
    dialog = reviewer.dialog(MergeDialog, reviewer.register)
    assert not dialog._ok.isEnabled()
    dialog._search._box.setFocus()
    dialog._search._box.selectAll()
    reviewer.write("قوات")
    reviewer.press(Key.Key_Down)
    reviewer.wait(lambda: dialog.pair() is not None)
    assert "قوات سوريا الديمقراطية" in dialog._other_stays.text()
    assert "قسد" in dialog._this_stays.text()
    assert [one.name for one in dialog.pair()] == ["قوات سوريا الديمقراطية", "قسد"]
    dialog.accept()
    reviewer.settle()
    stays = reviewer.means(one)
    assert stays
    assert stays == reviewer.means(other)
    assert [name.text for name in stays.names] == ["قوات سوريا الديمقراطية", "قسد"]
    reviewer.wait(lambda: reviewer.names() == ["قوات سوريا الديمقراطية"])
    reviewer.wait(lambda: reviewer.register._mentions._model.rowCount() == 2)

    reviewer.undo_in_register()
    assert (reviewer.means(one), reviewer.means(other)) == before
    reviewer.wait(lambda: len(reviewer.names()) == 2)


def test_chosen_mentions_are_split_off_and_come_back_with_undo(reviewer: Reviewer) -> None:
    long, short = two_linked(reviewer)
    whole = reviewer.means(long)
    assert whole
    reviewer.open_register(whole.id)
    register = reviewer.register
    reviewer.wait(lambda: register._mentions._model.rowCount() == 2)
    assert not register._split.isEnabled()
    register._mentions._list.setCurrentIndex(register._mentions._model.index(1))
    assert register._split.isEnabled()
    register._split.click()
    reviewer.answer("قسد")
    assert reviewer.means(short).name == "قسد"  # type: ignore[union-attr]
    assert reviewer.means(long) == whole
    reviewer.wait(lambda: sorted(reviewer.names()) == ["قسد", "قوات سوريا الديمقراطية"])
    reviewer.undo_in_register()
    assert reviewer.means(short) == whole


def test_another_reviewers_mentions_are_seen_but_not_split_off(reviewer: Reviewer) -> None:
    long, _ = two_linked(reviewer)
    whole = reviewer.means(long)
    assert whole
    reviewer.session.switch_reviewer("R2")
    reviewer.settle()
    reviewer.open_register(whole.id)
    mentions = reviewer.register._mentions
    reviewer.wait(lambda: mentions._model.rowCount() == 2)
    mentions._list.selectAll()
    assert len(mentions.selected()) == 2
    assert not reviewer.register._split.isEnabled()


def test_a_place_on_the_map_is_asked_for_by_a_signal(reviewer: Reviewer) -> None:
    reviewer.mark("دير حافر", Key.Key_2)
    reviewer.link()
    reviewer.press(Key.Key_Return)
    made = reviewer.means(str(reviewer.session.selected))
    assert made
    reviewer.open_register(made.id)
    reviewer.wait(lambda: reviewer.register._editor.entity is not None)
    with reviewer.qtbot.waitSignal(reviewer.register.point_wanted) as wanted:
        reviewer.register._editor._place_on_map.click()
    assert wanted.args == [made.id]


# -- importing --------------------------------------------------------------------------------------------------------


def test_a_gazetteer_comes_in_as_far_as_it_is_good_with_a_report_by_line(reviewer: Reviewer) -> None:
    reviewer.window.import_register()
    dialog = reviewer.dialog(ImportDialog, reviewer.window)
    assert not dialog._ok().isEnabled()
    dialog.show_file(DATA / "trouble.tsv")
    reviewer.wait(dialog._ok().isEnabled)
    reviewer.settle()
    assert dialog._columns.mapping().name_ar == "الاسم"
    assert "16 places come in" in dialog._summary.text()
    assert "4 refused" in dialog._summary.text()

    # Without a column of names nothing can come in; said again, it can.
    columns = [column for column, _ in dialog._columns._columns]
    for column in columns:
        dialog._columns.choose(column, "")
    reviewer.settle()
    assert not dialog._ok().isEnabled()
    for column, field in (("الاسم", "name_ar"), ("lat", "lat"), ("lon", "lon"), ("code", "id")):
        dialog._columns.choose(column, field)
    reviewer.wait(dialog._ok().isEnabled)

    dialog.accept()
    report = reviewer.dialog(Report, reviewer.window)
    said = report.findChild(QPlainTextEdit).toPlainText()
    assert "Line 11: the same place stands in line 2 already." in said
    report.accept()
    reviewer.open_register()
    count = reviewer.register._model.total
    assert count >= 15
    reviewer.undo_in_register()
    reviewer.wait(lambda: reviewer.register._model.total == 0)


def test_a_field_belongs_to_one_column_only(reviewer: Reviewer) -> None:
    reviewer.window.import_register()
    dialog = reviewer.dialog(ImportDialog, reviewer.window)
    dialog.show_file(DATA / "trouble.tsv")
    reviewer.wait(dialog._ok().isEnabled)
    dialog._columns.choose("English name", "name_ar")
    mapping = dialog._columns.mapping()
    assert (mapping.name_ar, mapping.name_en) == ("English name", "")
    dialog.reject()


def test_a_file_that_is_no_table_says_so_and_the_dialog_stays(reviewer: Reviewer, tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text("{", "utf-8")
    reviewer.window.import_register()
    dialog = reviewer.dialog(ImportDialog, reviewer.window)
    with reviewer.qtbot.waitSignal(reviewer.session.failed):
        dialog.show_file(tmp_path / "broken.json")
    assert dialog.isVisible()
    assert not dialog._ok().isEnabled()
    reviewer.dialog(QMessageBox, reviewer.window).close()
    dialog.reject()


@pytest.mark.parametrize("stop", ["progress", "esc"])
def test_a_stopped_import_brings_nothing_in(reviewer: Reviewer, tmp_path: Path, stop: str) -> None:
    path = tmp_path / "many.csv"
    path.write_text("name_ar,lat,lon\n" + "".join(f"قرية {row},36.1,37.2\n" for row in range(3000)), "utf-8")
    reviewer.window.import_register()
    dialog = reviewer.dialog(ImportDialog, reviewer.window)
    dialog.show_file(path)
    reviewer.wait(dialog._ok().isEnabled)
    dialog.accept()
    # Before the worker has read its first 500 rows, or else while it reads the next.
    dialog._progress.stop() if stop == "progress" else dialog.reject()
    report = reviewer.dialog(Report, reviewer.window)
    assert report.findChild(QLabel).text() == "The import was stopped; nothing came in."
    report.accept()
    reviewer.settle()
    assert reviewer.session.now.next_undo is None


def test_the_starting_list_of_actors_comes_in_once(reviewer: Reviewer) -> None:
    for added in (True, False):
        reviewer.window.import_register()
        dialog = reviewer.dialog(ImportDialog, reviewer.window)
        dialog.show_actors()
        reviewer.wait(dialog._ok().isEnabled)
        dialog.accept()
        report = reviewer.dialog(Report, reviewer.window)
        assert ("there already" in report.findChild(QLabel).text()) is not added
        report.accept()
        reviewer.back()
    short = reviewer.mark("قسد", Key.Key_1)
    box = reviewer.link()
    assert box.current().entity.name == "قوات سوريا الديمقراطية"
    reviewer.press(Key.Key_Return)
    assert reviewer.means(short).subtype == "armed_group"  # type: ignore[union-attr]
