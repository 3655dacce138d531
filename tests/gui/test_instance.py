"""One running program a user, and what a second start hands to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFileOpenEvent
from pytestqt.qtbot import QtBot

from ui.app import App
from ui.errands import Errands
from ui.fonts import foreign_fonts, set_interface_font
from ui.instance import Instance, leave_request, take_requests


@pytest.fixture
def first() -> Instance:
    instance = Instance()
    assert instance.claim()
    return instance


def test_only_one_is_the_first_until_it_ends(first: Instance) -> None:
    second = Instance()
    assert not second.claim()
    first.release()
    assert second.claim()


def test_the_first_takes_what_the_second_hands_over(qtbot: QtBot, tmp_path: Path) -> None:
    asked: list[list[Path]] = []
    parent = QObject()
    errands = Errands(parent)
    errands.asked.connect(asked.append)
    request = leave_request([tmp_path / "مشروع.hashiya"])
    qtbot.waitUntil(lambda: len(asked) == 1)
    assert asked == [[tmp_path / "مشروع.hashiya"]]
    assert not request.exists()  # by this the second knows


def test_a_first_that_does_not_answer_keeps_nobody_out(first: Instance, tmp_path: Path) -> None:
    assert not Instance(patience=0.1).hand_over([tmp_path / "a.hashiya"])
    assert take_requests() == []


def test_a_first_that_ends_meanwhile_is_followed(first: Instance, tmp_path: Path) -> None:
    first.release()
    second = Instance()
    assert not second.hand_over([tmp_path / "a.hashiya"])
    assert not Instance().claim()  # the second is the first now


def test_a_request_that_cannot_be_taken_yet_is_tried_again(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows a virus scanner may hold a new file for a moment."""
    tries: list[Path] = []
    remove = Path.unlink

    def refuse_once(path: Path, missing_ok: bool = False) -> None:
        tries.append(path)
        if len(tries) == 1:
            raise PermissionError(path)
        remove(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse_once)
    parent = QObject()
    errands = Errands(parent)
    with qtbot.waitSignal(errands.asked) as said:
        leave_request([tmp_path / "a.hashiya"])
    assert said.args == [[tmp_path / "a.hashiya"]]
    assert len(tries) == 2


def test_requests_are_taken_in_their_order(tmp_path: Path) -> None:
    wanted = [[tmp_path / name] for name in ("z.hashiya", "a.hashiya", "m.hashiya")]
    for paths in wanted:
        leave_request(paths)
    assert take_requests() == wanted


def test_what_was_asked_before_we_could_hear_is_heard(qtbot: QtBot, tmp_path: Path) -> None:
    leave_request([tmp_path / "a.hashiya"])
    parent = QObject()
    errands = Errands(parent)
    with qtbot.waitSignal(errands.asked) as said:
        errands.look()
    assert said.args == [[tmp_path / "a.hashiya"]]


def test_where_no_folder_can_be_made_the_window_opens_all_the_same(home: Path) -> None:
    home.mkdir(exist_ok=True)
    (home / "data").write_text("a file where the folder should be")
    assert Instance().claim()


names = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters='/\\<>:"|?*'), min_size=1, max_size=40
)


@settings(deadline=None, max_examples=30)
@given(st.lists(names.filter(lambda name: name.strip(". ") == name), max_size=3))
def test_every_name_arrives_as_it_was(found: list[str]) -> None:
    paths = [Path.cwd() / name for name in found]
    leave_request(paths)
    assert take_requests() == [paths]


def test_macos_asks_to_open_a_file(qtbot: QtBot, qapp: App, tmp_path: Path) -> None:
    with qtbot.waitSignal(qapp.files_asked) as said:
        qapp.sendEvent(qapp, QFileOpenEvent(str(tmp_path / "مشروع.hashiya")))
    assert said.args == [[tmp_path / "مشروع.hashiya"]]


def test_a_change_of_theme_does_not_take_our_font_away(qtbot: QtBot, qapp: App) -> None:
    """Windows sets fonts for single kinds of widgets with every change of theme."""
    set_interface_font(qapp)
    theirs = qapp.font()
    theirs.setPointSizeF(5.0)
    qapp.setFont(theirs, "QMenu")  # type: ignore[call-overload]
    assert foreign_fonts(qapp) == ["QMenu"]
    palette = qapp.palette()
    changed = qapp.palette()
    changed.setColor(changed.ColorRole.Base, Qt.GlobalColor.darkBlue)
    qapp.setPalette(changed)
    qtbot.waitUntil(lambda: not foreign_fonts(qapp))
    qapp.setPalette(palette)
