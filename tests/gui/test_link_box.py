"""The box for linking: arrows and Enter, no namesake chosen unseen, Esc back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from annotator.entities import Candidate, Entity, Name
from ui.register.choices import Choice, choices, first_choice
from ui.register.link_box import LinkBox
from ui.register.searching import Asked, Found

Key, Mod = Qt.Key, Qt.KeyboardModifier
Open = Callable[..., LinkBox]


def place(name: str, identity: str = "", **values: object) -> Entity:
    return Entity(identity or name, "place", (Name(name),), **values)  # type: ignore[arg-type]


def rows(*found: Candidate, linked: bool = False) -> list[Choice]:
    return choices(Asked("", "place", "a", "حلب"), Found(found), (), linked=linked)


def near(name: str, identity: str, *, why: str = "exact", km: float | None = None) -> Candidate:
    return Candidate(place(name, identity), name, why, 2, km)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """A window with something else that takes the keyboard."""
    made = QWidget()
    qtbot.addWidget(made)
    QVBoxLayout(made).addWidget(QLineEdit())
    made.resize(800, 600)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


@pytest.fixture
def opened(window: QWidget, qtbot: QtBot) -> Open:
    def make(*found: Choice, anchor: QRect = QRect(300, 100, 60, 20)) -> LinkBox:  # noqa: B008 - never changed
        box = LinkBox(window, "Which place?", "")
        box.begin(anchor)
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None and box.isAncestorOf(QApplication.focusWidget()))
        box.show_rows(list(found))
        return box

    return make


def press(qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier = Mod.NoModifier) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key, modifiers)


def test_the_best_stands_ready_for_enter(opened: Open, qtbot: QtBot) -> None:
    box = opened(*rows(near("حلب", "1"), near("حلبا", "2", why="begins")))
    with qtbot.waitSignal(box.chosen) as chosen:
        press(qtbot, Key.Key_Return)
    assert chosen.args[0].entity.id == "1"
    assert not box.isVisible()


def test_of_namesakes_none_is_chosen_unseen(opened: Open, qtbot: QtBot) -> None:
    box = opened(*rows(near("حلب", "1"), near("حلب", "2")))
    taken: list[Choice] = []
    box.chosen.connect(taken.append)
    press(qtbot, Key.Key_Return)
    assert (taken, box.isVisible(), box.current()) == ([], True, None)
    press(qtbot, Key.Key_Down)
    press(qtbot, Key.Key_Down)
    press(qtbot, Key.Key_Return)
    assert [one.entity.id for one in taken if one.entity] == ["2"]


def test_the_one_this_name_was_linked_to_before_stands_ready_also_among_namesakes() -> None:
    assert first_choice(rows(near("حلب", "1", why="before"), near("حلب", "2"))) == 0
    assert first_choice(rows(near("حلب", "1", why="before"), near("حلب", "2", why="before"))) == -1
    assert first_choice(rows(near("حلب", "1"), near("حلب", "2", why="before"))) == -1
    assert first_choice([]) == -1


def test_another_spelling_of_the_same_name_is_a_namesake() -> None:
    assert first_choice(rows(near("الأبيض", "1"), near("الابيض", "2"))) == -1


def test_the_arrows_go_round_and_every_answer_is_reached(opened: Open, qtbot: QtBot) -> None:
    box = opened(*rows(near("حلب", "1"), linked=True))
    deeds = []
    for _ in range(6):
        current = box.current()
        assert current
        deeds.append(current.deed)
        press(qtbot, Key.Key_Down)
    assert deeds == ["entity", "new", "unknown", "ambiguous", "unlink", "entity"]
    press(qtbot, Key.Key_Up)
    press(qtbot, Key.Key_Up)
    current = box.current()
    assert current
    assert current.deed == "unlink"
    for key in (Key.Key_PageUp, Key.Key_PageUp):
        press(qtbot, key)
    current = box.current()
    assert current
    assert current.deed == "entity"


def test_ctrl_enter_makes_a_new_entity_whatever_is_current(opened: Open, qtbot: QtBot) -> None:
    box = opened(*rows(near("حلب", "1")))
    with qtbot.waitSignal(box.chosen) as chosen:
        press(qtbot, Key.Key_Return, Mod.ControlModifier)
    made = chosen.args[0]
    assert (made.deed, made.entity.name, made.entity.names[0].language) == ("new", "حلب", "ar")


def test_enter_before_the_answer_waits_for_it_and_never_takes_an_older_row(opened: Open, qtbot: QtBot) -> None:
    box = opened(*rows(near("حلب", "1")))
    taken: list[Choice] = []
    box.chosen.connect(taken.append)
    qtbot.keyClicks(QApplication.focusWidget(), "ha")
    press(qtbot, Key.Key_Return)
    assert (taken, box.query()) == ([], "ha")
    box.show_rows(rows(near("حماة", "2")))
    assert [one.entity.id for one in taken if one.entity] == ["2"]


def test_esc_closes_and_says_so_once(opened: Open, qtbot: QtBot) -> None:
    box = opened(*rows())
    closed: list[bool] = []
    box.closed.connect(lambda: closed.append(True))
    press(qtbot, Key.Key_Escape)
    assert closed == [True]


def test_going_elsewhere_closes_it(opened: Open, qtbot: QtBot, window: QWidget) -> None:
    box = opened(*rows())
    with qtbot.waitSignal(box.closed):
        window.findChild(QLineEdit).setFocus()


def test_a_click_chooses(opened: Open, qtbot: QtBot) -> None:
    box = opened(*rows(near("حلب", "1")))
    middle = box._list.visualRect(box._model.index(2)).center()
    with qtbot.waitSignal(box.chosen) as chosen:
        qtbot.mouseClick(box._list.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert chosen.args[0].deed == "unknown"


@pytest.mark.parametrize("anchor", [QRect(5, 5, 50, 20), QRect(780, 570, 50, 20), QRect(400, 300, 60, 20)])
@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_it_stays_within_the_window_and_off_the_annotation(
    opened: Open, window: QWidget, anchor: QRect, direction: Qt.LayoutDirection
) -> None:
    window.setLayoutDirection(direction)
    box = opened(*rows(*(near(f"قرية {number}", str(number)) for number in range(40))), anchor=anchor)
    assert window.rect().contains(box.geometry())
    assert not box.geometry().intersects(anchor)
    window.resize(640, 480)
    assert window.rect().contains(box.geometry())


def test_rows_say_all_there_is_to_tell_namesakes_apart() -> None:
    found = Found((near("حلب", "1", km=39.4),), {"1": "سوريا"})
    row = choices(Asked("", "place", "a", "حلب"), found, (), linked=False)[0]
    said = f"{row.title} {row.details}"
    for words in ("حلب", "سوريا", "39 km", "2 mentions", "has this name"):
        assert words in said
