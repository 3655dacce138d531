"""The queue in the window: what it shows, in which order, and what can be done with the articles in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QInputDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from annotator import Project
from annotator.errors import BadFilterName
from annotator.filters import parse
from annotator.queue_rows import GROUPS, SORTS, QueueRow, QueueRows
from ui.panels.queue import Queue
from ui.queue.article_card import ArticleCard
from ui.queue.assigning import Assigning
from ui.queue.grouping import Grouping
from ui.queue.sifting import Wish, sift
from ui.queue.signs import initials
from ui.queue.words import details, spoken
from ui.session import Session
from ui.translate import set_language

Key, Mod = Qt.Key, Qt.KeyboardModifier
Settle = Callable[[], None]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

TITLES = ["خروج المدنيين من مسكنة", "وفد أمريكي يصل إلى مدينة دير حافر", "Talks about NATO", "آخر الأخبار من دير حافر"]


@pytest.fixture
def queue(session: Session, qtbot: QtBot, tmp_path: Path, settle: Settle) -> Queue:
    """The queue of a project with the seed article and four short ones."""
    paths = [tmp_path / f"{number}.txt" for number in range(len(TITLES))]
    for path, title in zip(paths, TITLES, strict=True):
        path.write_text(title, encoding="utf-8")
    session.change(lambda project: project.import_files(paths))
    settle()
    made = Queue(session)
    qtbot.addWidget(made)
    made.article_chosen.connect(session.show_article)
    made.resize(300, 600)
    made.show()
    made.activateWindow()
    ready(made, qtbot, settle)
    return made


def ready(queue: Queue, qtbot: QtBot, settle: Settle) -> None:
    settle()
    qtbot.waitUntil(lambda: not queue.is_reading, timeout=10_000)


@pytest.fixture
def still(queue: Queue, qtbot: QtBot, settle: Settle) -> Settle:
    return lambda: ready(queue, qtbot, settle)


def titles(queue: Queue) -> list[str]:
    return [queue._rows.rows[number].title for number in queue._model.shown]


def ids(queue: Queue) -> list[str]:
    return [row.id for row in queue.rows.rows]


def current(queue: Queue) -> str | None:
    row = queue._model.row(queue._list.currentIndex().row())
    return row.id if row else None


def write(widget: QWidget, text: str) -> None:
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, Mod.NoModifier, letter))


def seek(queue: Queue, text: str, still: Settle) -> None:
    queue._line.write(text)
    still()


# -- what is shown -------------------------------------------------------------------------------------------------------


def test_words_of_title_and_outlet_sift_as_one_types(queue: Queue, still: Settle) -> None:
    assert len(titles(queue)) == 5
    queue.begin()
    write(queue._line.box, "دير حافر")
    still()
    assert set(titles(queue)) == {TITLES[1], TITLES[3]}
    write(queue._line.box, " امريكي")
    still()
    assert titles(queue) == [TITLES[1]]
    queue._line.box.clear()
    still()
    assert len(titles(queue)) == 5


def test_only_the_latest_wish_is_answered(queue: Queue, still: Settle) -> None:
    spy = QSignalSpy(queue._sifter.sifted)
    for text in ("دير", "nato", "مسكنة"):
        queue._line.write(text)
    still()
    assert spy.count() == 1
    assert titles(queue) == [TITLES[0]]


def test_a_mistake_keeps_what_is_shown_and_is_said_in_a_pause(queue: Queue, qtbot: QtBot, still: Settle) -> None:
    seek(queue, "nato", still)
    queue._line.write("state:maybe")
    assert not queue._line._mistake.isVisible()
    qtbot.waitUntil(queue._line._mistake.isVisible)
    assert "“\u2068maybe\u2069” is not known here" in queue._line._mistake.text()
    assert titles(queue) == [TITLES[2]]
    seek(queue, "state:todo", still)
    assert not queue._line._mistake.isVisible()
    assert len(titles(queue)) == 5


def test_the_chips_count_and_narrow(queue: Queue, session: Session, still: Settle) -> None:
    all_ids = ids(queue)
    session.change(lambda project: project.set_state(all_ids[:2], "done"))
    session.change(lambda project: project.annotate(all_ids[2], 0, 3, "actor"))
    session.change(lambda project: project.flag(all_ids[3:]))
    still()
    texts = {group: queue._groups._buttons[group].text() for group in GROUPS}
    assert texts == {
        "all": "All 5", "todo": "To do 2", "progress": "In progress 1", "done": "Done 2", "flagged": "Flagged 2",
        "contested": "Contested 0", "compare": "To compare 0", "mine": "Mine 0",
    }  # fmt: skip
    visible = [group for group in GROUPS if queue._groups._buttons[group].isVisible()]
    assert visible == ["all", "todo", "progress", "done", "flagged"]
    queue._groups._buttons["done"].click()
    still()
    assert len(titles(queue)) == 2
    seek(queue, "مسكنة", still)
    assert len(titles(queue)) == sum("مسكنة" in row.title for row in queue.rows.rows[:2])
    queue.want("")
    still()
    assert (queue._groups.group, len(titles(queue))) == ("all", 5)


@pytest.mark.parametrize("by", SORTS)
def test_the_order_is_a_choice_with_a_direction(queue: Queue, still: Settle, by: str) -> None:
    for descending in (False, True):
        queue._ordering.set(by, descending=descending)
        queue._ordering.chosen.emit()
        still()
        assert list(queue._model.shown) == list(queue.rows.ordered(by, descending=descending))
    queue._ordering._by.setCurrentIndex(queue._ordering._by.findData("claims"))
    queue._ordering._by.activated.emit(0)
    assert queue._ordering.descending


def test_nothing_that_matches_says_how_to_see_all_again(queue: Queue, qtbot: QtBot, still: Settle) -> None:
    seek(queue, "ليس في أي عنوان", still)
    assert queue._list.isHidden()
    assert "No article is as the filter wants" in queue._empty.text()
    assert queue.preferred() is queue._line.box
    qtbot.mouseClick(queue._remedy, Qt.MouseButton.LeftButton)
    still()
    assert len(titles(queue)) == 5
    assert queue.preferred() is queue._list


def test_an_empty_project_says_how_articles_come_in(
    queue: Queue, session: Session, qtbot: QtBot, tmp_path: Path, still: Settle
) -> None:
    with Project.create(tmp_path / "empty.hashiya", reviewer="R1"):
        pass
    seek(queue, "nato", still)
    session.open(tmp_path / "empty.hashiya", reviewer="R1")
    still()
    qtbot.waitUntil(lambda: "No articles yet" in queue._empty.text())
    assert (queue._line.query, queue.preferred(), queue._top.isVisible()) == ("", None, False)
    with qtbot.waitSignal(queue.import_wanted):
        queue._remedy.click()


# -- completion ----------------------------------------------------------------------------------------------------------


def test_keys_and_values_are_offered_and_taken_with_the_keyboard(queue: Queue, qtbot: QtBot, still: Settle) -> None:
    queue.begin()
    write(queue._line.box, "sta")
    popup = queue._line._popup
    assert popup.isVisible()
    qtbot.keyClick(popup, Key.Key_Down)
    qtbot.keyClick(popup, Key.Key_Return)
    assert queue._line.query == "state:"
    assert [popup.model().index(row, 0).data() for row in range(3)] == ["todo", "progress", "done"]
    write(popup, "do")
    assert [popup.model().index(row, 0).data() for row in range(popup.model().rowCount())] == ["todo", "done"]
    qtbot.keyClick(popup, Key.Key_Down)
    qtbot.keyClick(popup, Key.Key_Down)
    qtbot.keyClick(popup, Key.Key_Return)
    still()
    assert (queue._line.query, popup.isVisible()) == ("state:done", False)
    assert titles(queue) == []


def test_arabic_keys_are_offered_to_who_types_arabic(queue: Queue, qtbot: QtBot, still: Settle) -> None:
    queue.begin()
    write(queue._line.box, "الحا")
    popup = queue._line._popup
    qtbot.keyClick(popup, Key.Key_Down)
    qtbot.keyClick(popup, Key.Key_Return)
    write(popup, "للعمل")
    qtbot.keyClick(popup, Key.Key_Escape)
    still()
    assert queue._line.query == "الحالة:للعمل"
    assert len(titles(queue)) == 5


def test_enter_and_down_lead_to_the_list_and_up_back(queue: Queue, qtbot: QtBot, still: Settle) -> None:
    queue.begin()
    qtbot.keyClick(queue._line.box, Key.Key_Down)
    assert queue._list.hasFocus()
    qtbot.keyClick(queue._list, Key.Key_Up)
    assert queue._line.box.hasFocus()
    queue._line.write("x")
    qtbot.keyClick(queue._line.box, Key.Key_Escape)
    assert queue._line.query == ""
    still()
    qtbot.keyClick(queue._line.box, Key.Key_Return)
    assert queue._list.hasFocus()


# -- the shown article ---------------------------------------------------------------------------------------------------


def test_next_and_previous_follow_what_is_shown(queue: Queue, session: Session, still: Settle) -> None:
    queue._ordering.set("title", descending=False)
    seek(queue, "دير حافر", still)
    queue._ordering.chosen.emit()
    still()
    wanted = [queue.rows.rows[number].id for number in queue._model.shown]
    assert session.now.article.id not in wanted
    queue.step(1)
    still()
    assert session.now.article.id == wanted[0]
    queue.step(1)
    still()
    assert session.now.article.id == wanted[1]
    queue.step(1)
    still()
    assert session.now.article.id == wanted[1]
    queue.step(-1)
    still()
    assert (session.now.article.id, current(queue)) == (wanted[0], wanted[0])


def test_an_article_that_the_filter_hides_stays_on_the_page_and_that_is_said(
    queue: Queue, session: Session, qtbot: QtBot, still: Settle
) -> None:
    shown = session.now.article.id
    seek(queue, "nato", still)
    assert (session.now.article.id, current(queue)) == (shown, None)
    assert queue._foot._hidden.isVisible()
    qtbot.mouseClick(queue._foot._show_all, Qt.MouseButton.LeftButton)
    still()
    assert current(queue) == shown
    assert not queue._foot._hidden.isVisible()


def test_what_one_works_on_stays_in_the_list_until_one_goes_on(queue: Queue, session: Session, still: Settle) -> None:
    queue._groups._buttons["todo"].click()
    still()
    before = [queue.rows.rows[number].id for number in queue._model.shown]
    session.annotate(0, 5, "actor")
    still()
    assert [queue.rows.rows[number].id for number in queue._model.shown] == before
    queue.step(1)
    still()
    assert [queue.rows.rows[number].id for number in queue._model.shown] == before[1:]
    assert current(queue) == session.now.article.id == before[1]


def test_done_and_the_next_one(queue: Queue, session: Session, still: Settle) -> None:
    told: list[str] = []
    queue.told.connect(told.append)
    all_ids = ids(queue)
    queue._groups._buttons["todo"].click()
    still()
    for number in range(5):
        assert session.now.article.id == all_ids[number]
        queue.finish()
        still()
    assert all(row.state == "done" for row in queue.rows.rows)
    assert told == ["That was the last article of the list."]
    session.undo()
    still()
    assert [row.state for row in queue.rows.rows] == ["done"] * 4 + ["todo"]


def test_an_undone_state_shows_its_article(queue: Queue, session: Session, still: Settle) -> None:
    first = session.now.article.id
    queue.finish()
    still()
    assert session.now.article.id != first
    session.undo()
    still()
    assert session.now.article.id == first


def test_a_failure_meanwhile_loses_no_change(queue: Queue, session: Session, qtbot: QtBot, still: Settle) -> None:
    session.failed.disconnect(pytest.fail)
    loading = queue._loading
    session.annotate(0, 5, "actor")
    qtbot.waitUntil(lambda: not session.busy)
    loading._follow()
    assert loading._reading
    session.failed.emit(BadFilterName())
    assert not loading._reading
    session.annotate(6, 12, "claim")
    still()
    assert queue.rows.rows[0].counts == {"actor": 1, "claim": 1}
    assert len(queue.rows) == 5


def test_rows_follow_what_is_marked(queue: Queue, session: Session, still: Settle) -> None:
    session.annotate(0, 5, "actor")
    session.annotate(6, 12, "claim")
    still()
    assert queue.rows.rows[0].counts == {"actor": 1, "claim": 1}
    session.undo()
    still()
    assert queue.rows.rows[0].counts == {"actor": 1}
    session.switch_reviewer("R2")
    still()
    assert queue.rows.rows[0].state == "todo"


def test_the_keyboard_comes_to_the_list_without_opening_anything(
    queue: Queue, session: Session, qtbot: QtBot, still: Settle
) -> None:
    shown = session.now.article.id
    seek(queue, "nato", still)
    queue._list.setFocus()
    still()
    assert session.now.article.id == shown
    with qtbot.assertNotEmitted(queue.left):
        qtbot.keyClick(queue._list, Key.Key_Return)
    still()
    assert session.now.article.title == TITLES[2]
    with qtbot.waitSignal(queue.left):
        qtbot.keyClick(queue._list, Key.Key_Return)


# -- doing ---------------------------------------------------------------------------------------------------------------


def test_several_are_chosen_by_keyboard_and_changed_in_one_step(
    queue: Queue, session: Session, qtbot: QtBot, still: Settle
) -> None:
    shown, all_ids = session.now.article.id, ids(queue)
    queue._list.setFocus()
    qtbot.keyClick(queue._list, Key.Key_Down, Mod.ShiftModifier)
    qtbot.keyClick(queue._list, Key.Key_Down, Mod.ShiftModifier)
    still()
    assert session.now.article.id == shown
    assert [row.id for row in queue.chosen()] == all_ids[:3]
    queue.doing.toggle_done()
    still()
    assert [row.state for row in queue.rows.rows] == ["done"] * 3 + ["todo"] * 2
    assert [row.id for row in queue.chosen()] == all_ids[:3]
    queue.doing.toggle_flag()
    still()
    assert [bool(row.flags) for row in queue.rows.rows] == [True] * 3 + [False] * 2
    session.undo()
    session.undo()
    still()
    assert not any(row.flags or row.state == "done" for row in queue.rows.rows)
    qtbot.keyClick(queue._list, Key.Key_Escape)
    assert len(queue.chosen()) == 1


def test_without_the_keyboard_in_the_list_only_the_shown_article_is_changed(
    queue: Queue, session: Session, qtbot: QtBot, still: Settle
) -> None:
    queue._list.setFocus()
    qtbot.keyClick(queue._list, Key.Key_A, Mod.ControlModifier)
    assert len(queue.chosen()) == 5
    queue.begin()
    assert [row.id for row in queue.chosen()] == [session.now.article.id]


def test_articles_are_handed_out_by_a_dialog(queue: Queue, session: Session, qtbot: QtBot, still: Settle) -> None:
    all_ids = ids(queue)
    session.change(lambda project: project.assign(all_ids[:1], ["سارة"]))
    session.change(lambda project: project.assign(all_ids[:2], ["R7"]))
    still()
    queue._list.setFocus()
    qtbot.keyClick(queue._list, Key.Key_Down, Mod.ShiftModifier)
    queue.doing.assign()
    dialog = queue.findChild(Assigning)
    states = {name: box.checkState() for name, box in dialog._boxes.items()}
    half, full, none = Qt.CheckState.PartiallyChecked, Qt.CheckState.Checked, Qt.CheckState.Unchecked
    assert states == {"R1": none, "R7": full, "سارة": half}
    dialog._boxes["R1"].setChecked(True)
    dialog._boxes["R7"].setChecked(False)
    dialog._another.setText("علي، منى")
    dialog.accept()
    still()
    assert [row.assigned for row in queue.rows.rows[:2]] == [("R1", "سارة", "علي", "منى"), ("R1", "علي", "منى")]
    assert queue.rows.counted["mine"] == 2
    assert "0 of 2 given to me done" in queue._foot._done.text()
    session.undo()
    still()
    assert [row.assigned for row in queue.rows.rows[:2]] == [("R7", "سارة"), ("R7",)]


def test_chosen_articles_become_copies_of_the_one_that_was_first(
    queue: Queue, session: Session, qtbot: QtBot, still: Settle
) -> None:
    def originals() -> list[str]:
        return [str(UUID(bytes=row.original)) if row.original else "" for row in queue.rows.rows]

    all_ids = ids(queue)
    session.change(lambda project: project.describe(all_ids[2], date="2026-01-15"))
    still()
    queue._list.setFocus()
    for _ in range(2):
        qtbot.keyClick(queue._list, Key.Key_Down, Mod.ShiftModifier)
    queue.doing.group()
    dialog = queue.findChild(Grouping)
    still()
    assert (dialog.original(), dialog.copies()) == (all_ids[2], all_ids[:2])  # the only one whose date is known
    assert "Original" in dialog._list.item(0).text()
    assert "too short to compare" in dialog._list.item(1).text()
    assert not dialog._told.isVisible()
    dialog._list.setCurrentRow(1)
    still()
    assert (dialog.original(), dialog.copies()) == (all_ids[0], [all_ids[2], all_ids[1]])
    dialog._list.setCurrentRow(0)
    dialog.accept()
    still()
    assert originals() == [all_ids[2], all_ids[2], "", "", ""]
    session.undo()
    still()
    assert originals() == [""] * 5
    session.redo()
    still()
    assert originals()[:2] == [all_ids[2]] * 2


def test_one_article_alone_is_no_group(queue: Queue) -> None:
    told = QSignalSpy(queue.told)
    queue.doing.group()
    assert "Choose the copies in the queue first" in str(told.at(0)[0])
    assert queue.findChild(Grouping) is None


def test_grouping_says_where_texts_have_little_in_common(
    queue: Queue, session: Session, qtbot: QtBot, tmp_path: Path, still: Settle
) -> None:
    for number in range(2):
        words = " ".join(f"كلمة{number}خبر{word}" for word in range(30))
        (tmp_path / f"long{number}.txt").write_text(words, encoding="utf-8")
    session.change(lambda project: project.import_files(sorted(tmp_path.glob("long*.txt"))))
    still()
    dialog = Grouping(queue.rows.rows[-2:], session, queue)
    still()
    assert "0% alike" in dialog._list.item(1).text()
    assert "1 of them has little in common" in dialog._told.text()


def test_chosen_articles_are_handed_to_the_export(queue: Queue, session: Session, qtbot: QtBot) -> None:
    wanted = QSignalSpy(queue.doing.export_wanted)
    queue._list.setFocus()
    qtbot.keyClick(queue._list, Key.Key_Down, Mod.ShiftModifier)
    queue.doing.export()
    assert wanted.at(0) == [ids(queue)[:2]]


def test_the_context_menu_says_what_can_be_done(queue: Queue, session: Session, qtbot: QtBot, still: Settle) -> None:
    queue._list.setFocus()
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(queue._list.viewport(), asked)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    enabled = {action.text(): action.isEnabled() for action in menu.actions() if action.text()}
    assert enabled == {
        "Mark as done": True, "Mark as not done": False, "Flag": True, "Note on the article": True, "Assign…": True,
        "Compare…": True,
        "Group as copies of one text…": False, "Recognise page parts…": True, "Export these…": True,
    }  # fmt: skip
    menu.actions()[0].trigger()
    menu.close()
    still()
    assert queue.rows.rows[0].state == "done"


def test_a_right_click_opens_no_article(queue: Queue, session: Session, qtbot: QtBot, still: Settle) -> None:
    shown = session.now.article.id
    place = queue._list.visualRect(queue._model.index(2)).center()
    qtbot.mousePress(queue._list.viewport(), Qt.MouseButton.RightButton, pos=place)
    still()
    assert session.now.article.id == shown
    queue._list.setFocus()
    assert [row.id for row in queue.chosen()] == [ids(queue)[2]]


def test_filters_are_saved_used_and_removed(queue: Queue, session: Session, qtbot: QtBot, still: Settle) -> None:
    queue._groups._buttons["todo"].click()
    seek(queue, "nato OR مسكنة", still)
    queue._saved._fill()
    saving = next(one for one in queue._saved._menu.actions() if one.text().startswith("Save"))
    saving.trigger()
    dialog = queue.findChild(QInputDialog)
    dialog.setTextValue("خارجي")
    dialog.accept()
    still()
    assert [(one.name, one.query) for one in queue._saved._filters] == [("خارجي", "state:todo nato OR مسكنة")]
    queue.want("")
    still()
    queue._saved._fill()
    queue._saved._menu.actions()[0].trigger()
    still()
    assert set(titles(queue)) == {TITLES[0], TITLES[2]}
    removing = next(one for one in queue._saved._menu.actions() if one.menu())
    removing.menu().actions()[0].trigger()
    still()
    assert queue._saved._filters == []
    session.undo()
    still()
    assert len(queue._saved._filters) == 1


# -- the article as a whole ----------------------------------------------------------------------------------------------


@pytest.fixture
def card(queue: Queue, session: Session, qtbot: QtBot) -> ArticleCard:
    made = ArticleCard(session)
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_card_says_and_takes_state_flag_and_note(
    card: ArticleCard, queue: Queue, session: Session, qtbot: QtBot, still: Settle
) -> None:
    first = session.now.article.id
    card._done.click()
    card._flag.click()
    card.edit_note()
    card._note.setPlainText("تُراجَع التواريخ")
    card.store_note()
    still()
    row = queue.rows.rows[0]
    assert (row.state, row.flags, row.notes) == ("done", ("R1",), ("R1",))
    queue.step(1)
    still()
    assert (card._done.isChecked(), card._flag.isChecked(), card._note.toPlainText()) == (False, False, "")
    card._note.setPlainText("غير مكتمل")
    queue.step(-1)
    still()
    assert session.now.article.id == first
    assert card._note.toPlainText() == "تُراجَع التواريخ"
    assert queue.rows.rows[1].notes == ("R1",)


def test_the_card_says_what_others_say(card: ArticleCard, queue: Queue, session: Session, still: Settle) -> None:
    first = session.now.article.id

    def as_another(project: Project) -> None:
        project.switch_reviewer("سارة")
        project.note_article(first, "راجعي الادّعاء الثالث")
        project.flag([first])
        project.assign([first], ["R1"])
        project.switch_reviewer("R1")

    session.change(as_another)
    still()
    assert [label.text().translate({0x2068: None, 0x2069: None, 0x200E: None}) for label in card._lines] == [
        "Assigned to R1",
        "سارة: Flagged · Note",
        "راجعي الادّعاء الثالث",
    ]
    assert not card._flag.isChecked()


# -- how a row is said and drawn -----------------------------------------------------------------------------------------


def some_row(**more: object) -> QueueRow:
    return QueueRow(
        bytes(16), "عنوان", "وكالة سانا", "", "2026-01-16", "2026-07-01T10:00:00.000Z", "a.txt", None, **more
    )


def test_a_row_is_said_in_words() -> None:
    set_language("en")
    row = some_row(
        state="progress", counts={"actor": 2, "claim": 1}, flags=("R2",), notes=("R1",), contested=True, copies=2,
        assigned=("R1", "سارة"),
    )  # fmt: skip
    plain = spoken(row).translate({0x2068: None, 0x2069: None})
    assert plain == (
        "عنوان. وكالة سانا · 1/16/26. In progress. Flagged by R2. Note of R1. Contested: reviewers differ. 2 copies. "
        "Assigned to R1, سارة. 3 annotations"
    )
    assert "a.txt" in details(row._replace(outlet=""))
    assert "2026-01" in details(row._replace(date="2026-01"))


def test_initials_tell_reviewers_apart_and_how_many_more_there_are() -> None:
    assert initials(some_row(assigned=("R1", "R2"))) == ["R1", "R2"]
    assert initials(some_row(assigned=("sara ahmad", "علي", "x", "y"))) == ["SA", "عل", "+2"]
    assert initials(some_row()) == []


def test_a_row_that_is_to_stay_stays_in_its_order() -> None:
    rows = QueueRows([some_row(state=state)._replace(key=bytes([number] * 16)) for number, state in
                      enumerate(("todo", "done", "todo", "todo"))], "R1")  # fmt: skip
    found = sift(Wish(rows, parse("state:todo"), keep=1))
    assert (list(found.shown), found.kept) == ([0, 1, 2, 3], True)
    found = sift(Wish(rows, parse("state:todo"), by="imported", descending=True, keep=1))
    assert list(found.shown) == [3, 2, 1, 0]
    found = sift(Wish(rows, parse("state:todo"), keep=2))
    assert (list(found.shown), found.kept) == ([0, 2, 3], False)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_sign_leaves_ink(queue: Queue, session: Session, qtbot: QtBot, still: Settle, language: str) -> None:
    set_language(language)
    all_ids = ids(queue)

    def picture() -> object:
        queue._list.clearFocus()
        return queue._list.viewport().grab().toImage()

    seen = [picture()]
    for job in (
        lambda project: project.flag(all_ids[:1]),
        lambda project: project.note_article(all_ids[0], "x"),
        lambda project: project.assign(all_ids[:1], ["R1"]),
        lambda project: project.set_state(all_ids[:1], "done"),
        lambda project: project.annotate(all_ids[0], 0, 3, "claim"),
    ):
        session.change(job)
        still()
        seen.append(picture())
        assert all(seen[-1] != one for one in seen[:-1])
    set_language("en")
