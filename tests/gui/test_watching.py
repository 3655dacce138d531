"""Watched folders: what is new and whole comes in by itself if it is certain; what is not waits for somebody."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.listed import listed
from ui.importing.settling import Listing, Settling, is_candidate, list_folders
from ui.importing.watch_dialog import WatchDialog
from ui.main_window import MainWindow
from ui.session import Session
from ui.settings import Settings
from ui.translate import set_language

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
PROJECT = Path("/projects/p.hashiya")
A, B = Path("/in/a.txt"), Path("/in/b.txt")


def other(number: int) -> str:
    """Return a text that is like no other one of these."""
    return " ".join(f"خبر{number}كلمة{word}" for word in range(30))


# -- which files are new and whole ------------------------------------------------------------------------------------


def test_a_file_is_whole_when_two_looks_find_it_the_same_and_is_told_once() -> None:
    settling = Settling(PROJECT)
    looks = [{A: (3, 1)}, {A: (5, 2)}, {A: (5, 2)}, {A: (5, 2)}]
    assert [settling.look(Listing(files)) for files in looks] == [[], [], [A], []]
    assert not settling.is_restless
    assert [settling.look(Listing({A: (9, 3)})) for _ in range(2)] == [[], [A]]


def test_what_was_dealt_with_is_remembered_by_size_and_time_on_this_machine() -> None:
    settling = Settling(PROJECT)
    for _ in range(2):
        settling.look(Listing({A: (3, 1), B: (4, 1)}))
    settling.finish([A])
    again = Settling(PROJECT)
    assert [again.look(Listing({A: (3, 1), B: (4, 1)})) for _ in range(2)] == [[], [B]]
    other_project = Settling(Path("/projects/q.hashiya"))
    assert [other_project.look(Listing({A: (3, 1)})) for _ in range(2)] == [[], [A]]


def test_what_is_given_back_is_told_again() -> None:
    settling = Settling(PROJECT)
    for _ in range(2):
        settling.look(Listing({A: (3, 1)}))
    settling.give_back([A])
    assert [settling.look(Listing({A: (3, 1)})) for _ in range(2)] == [[], [A]]


@pytest.mark.parametrize("broken", ["", "[1, 2]", '{"/in/a.txt": 7}', "\x00"])
def test_a_broken_memory_counts_as_none(broken: str) -> None:
    settling = Settling(PROJECT)
    for _ in range(2):
        settling.look(Listing({A: (3, 1)}))
    settling.finish([A])
    settling._path.write_text(broken, "utf-8")
    again = Settling(PROJECT)
    assert [again.look(Listing({A: (3, 1)})) for _ in range(2)] == [[], [A]]


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("a.txt", True), ("a.TXT", True), (".a.txt", False), ("~$a.txt", False), ("a.txt.part", False), ("a.txt.tmp", False),
        ("a.crdownload", False), ("a.unknown", False), ("p.hashiya", False),
    ],
)  # fmt: skip
def test_hidden_unfinished_and_unknown_files_are_passed_over(name: str, is_one: bool) -> None:
    assert is_candidate(Path("/in") / name, PROJECT) is is_one


def test_the_projects_own_files_are_never_read() -> None:
    assert not is_candidate(PROJECT.with_name("p.hashiya.txt"), PROJECT)
    assert is_candidate(PROJECT.with_name("news.txt"), PROJECT)


def test_folders_are_looked_through_with_all_that_is_in_them(tmp_path: Path) -> None:
    (tmp_path / "sub" / "deep").mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    for name in ("a.txt", "sub/deep/b.txt", ".git/c.txt", "p.hashiya", ".p.hashiya.lock"):
        (tmp_path / name).write_text("x", "utf-8")
    listing = list_folders([tmp_path, tmp_path / "gone"], tmp_path / "p.hashiya")
    assert set(listing.files) == {tmp_path / "a.txt", tmp_path / "sub/deep/b.txt"}
    assert set(listing.folders) == {tmp_path.parent, tmp_path, tmp_path / "sub", tmp_path / "sub/deep"}
    assert listing.gone == (tmp_path / "gone",)


# -- in the window ----------------------------------------------------------------------------------------------------


class Desk:
    """A window, a folder beside it, and what the window said in its status."""

    def __init__(self, qtbot: QtBot, session: Session, folder: Path) -> None:
        self.qtbot, self.session, self.folder = qtbot, session, folder
        self.window = MainWindow(session, Settings())
        qtbot.addWidget(self.window)
        self.window.show()
        self.importing, self.watching = self.window.importing, self.window.importing.watching
        self.watching.open_project()
        self.told: list[str] = []
        self.importing.told.connect(self.told.append)

    def put(self, name: str, text: str, encoding: str = "utf-8") -> Path:
        (self.folder / name).write_bytes(text.encode(encoding))
        return self.folder / name

    def wait(self, until: Callable[[], Any]) -> None:
        self.qtbot.waitUntil(lambda: bool(until()), timeout=10_000)

    def quiet(self) -> None:
        """Wait until nothing is looked at, brought in or waited for any more."""
        self.watching.look()
        self.wait(lambda: not (self.watching._look or self.watching._pause.isActive() or self.importing._is_busy))

    def files(self) -> list[str]:
        return [one.file for one in listed(self.session)][1:]


@pytest.fixture
def desk(session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr("ui.importing.watching.PAUSE", 10)
    set_language("en")
    (tmp_path / "inbox").mkdir()
    made = Desk(qtbot, session, tmp_path / "inbox")
    yield made
    made.importing.end()
    made.window.retire()


def test_what_lies_there_and_what_comes_later_comes_in_quietly(desk: Desk) -> None:
    desk.put("a.txt", other(1))
    desk.watching.watch(desk.folder)
    desk.wait(lambda: desk.files() == ["a.txt"])
    desk.put("b.txt", other(2))
    desk.put("c.txt", other(3))
    desk.wait(lambda: len(desk.files()) == 3)
    desk.quiet()
    assert desk.told[0] == "1 new article from \u2068inbox\u2069"
    assert desk.importing.preview is None
    assert not desk.importing.notice.isVisible()


def test_an_import_that_was_taken_back_does_not_come_again_by_itself(desk: Desk, settle: Callable[[], None]) -> None:
    desk.put("a.txt", other(1))
    desk.watching.watch(desk.folder)
    desk.wait(lambda: desk.told)
    desk.session.undo()
    settle()
    desk.quiet()
    assert desk.files() == []
    desk.watching.open_project()  # as at the next start
    desk.quiet()
    assert desk.files() == []
    desk.session.redo()
    settle()
    assert desk.files() == ["a.txt"]


def test_what_is_uncertain_waits_behind_a_notice_until_somebody_decided(desk: Desk) -> None:
    doubtful = desk.put("doubtful.txt", "بيان قصير عن مسكنة", "cp1256")
    desk.put("empty.txt", "")
    desk.put("sure.txt", other(1))
    desk.watching.watch(desk.folder)
    desk.wait(lambda: desk.files() == ["sure.txt"])
    desk.quiet()
    assert [one.name for one in desk.watching.waiting] == ["doubtful.txt", "empty.txt"]
    assert desk.importing.notice.accessibleName() == "2 files wait for your decision"
    assert desk.importing.notice.isVisible()

    desk.importing.look_at_waiting()
    desk.wait(lambda: desk.importing.preview and not desk.importing.preview.is_looking)
    preview = desk.importing.preview
    assert preview
    preview.reject()
    assert len(desk.watching.waiting) == 2

    desk.importing.look_at_waiting()
    desk.wait(lambda: desk.importing.preview and not desk.importing.preview.is_looking)
    preview = desk.importing.preview
    assert preview
    assert preview.table.current().file == doubtful  # type: ignore[union-attr]
    preview.take()
    preview.begin(only_certain=False)
    desk.wait(lambda: not desk.watching.waiting)
    assert desk.files() == ["sure.txt", "doubtful.txt"]
    assert not desk.importing.notice.isVisible()
    desk.quiet()
    assert desk.watching.waiting == []


def test_a_copy_of_what_is_there_says_nothing(desk: Desk) -> None:
    desk.put("a.txt", other(1))
    desk.watching.watch(desk.folder)
    desk.wait(lambda: desk.told)
    desk.put("same.txt", other(1))
    desk.quiet()
    desk.quiet()
    assert len(desk.told) == 1
    assert desk.files() == ["a.txt"]
    assert desk.watching.waiting == []


def test_the_window_looks_when_it_comes_to_the_front(desk: Desk) -> None:
    desk.watching.watch(desk.folder)
    desk.quiet()
    desk.watching._watcher.removePaths(desk.watching._watcher.directories())  # as on a drive that tells of no change
    desk.put("a.txt", other(1))
    QApplication.sendEvent(desk.window, QEvent(QEvent.Type.WindowActivate))
    desk.wait(lambda: desk.files() == ["a.txt"])


def test_a_folder_that_vanishes_says_so_and_goes_on_when_it_is_back(desk: Desk) -> None:
    desk.watching.watch(desk.folder)
    desk.quiet()
    os.rename(desk.folder, desk.folder.with_name("elsewhere"))
    desk.wait(lambda: desk.told)
    assert "is not there any more" in desk.told[0]
    assert desk.watching.gone == (desk.folder,)
    os.rename(desk.folder.with_name("elsewhere"), desk.folder)
    desk.put("a.txt", other(1))
    desk.watching.look()
    desk.wait(lambda: desk.files() == ["a.txt"])
    assert desk.watching.gone == ()


def test_a_project_remembers_its_folders_and_another_has_none_of_them(
    desk: Desk, tmp_path: Path, settle: Callable[[], None]
) -> None:
    desk.watching.watch(desk.folder)
    desk.quiet()
    project = desk.session.now.path
    assert project
    desk.session.create(tmp_path / "other.hashiya", reviewer="R1")
    settle()
    assert desk.watching.folders == []
    desk.session.open(project, reviewer="R1")
    settle()
    assert desk.watching.folders == [desk.folder]
    desk.watching.stop_watching(desk.folder)
    assert Settings().watched(project) == []


def test_the_dialog_lists_adds_and_takes_off_folders(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = WatchDialog(desk.watching, desk.window)
    desk.qtbot.addWidget(dialog)
    monkeypatch.setattr("ui.importing.watch_dialog.QFileDialog.getExistingDirectory", lambda *_: str(desk.folder))
    assert not dialog.remove.isEnabled()
    dialog.add.click()
    assert desk.watching.folders == [desk.folder]
    desk.quiet()
    os.rename(desk.folder, desk.folder.with_name("elsewhere"))
    desk.wait(lambda: "not there any more" in dialog.list.item(0).text())
    dialog.list.setCurrentRow(0)
    dialog.remove.click()
    assert desk.watching.folders == []
    assert dialog.list.count() == 0
