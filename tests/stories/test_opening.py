"""Double-clicking, dropping and starting again: everything ends in the one window."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator import Project
from ui.app import Application
from ui.dialogs.report import Report
from ui.settings import Settings

pytestmark = pytest.mark.qt_log_ignore("does not support raise", extend=True)  # offscreen there is nothing to raise
ROOT = Path(__file__).parents[2]
Start = Callable[..., Application]


def make_project(path: Path) -> Path:
    Project.create(path, reviewer="R1", starter=True).close()
    return path


def test_another_project_takes_the_place_of_the_open_one(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    application, other = start(), make_project(tmp_path / "آخر.hashiya")
    assert application.window
    application.window.showMinimized()
    with qtbot.waitSignal(application.session.project_changed):
        application.open_paths([other])
    assert application.session.now.path == other
    assert not application.window.windowState() & Qt.WindowState.WindowMinimized


def test_the_project_that_is_open_stays_open(start: Start) -> None:
    application = start()
    path = application.session.now.path
    assert path
    application.open_paths([path])
    assert not application.session.busy
    assert application.session.now.path == path


@pytest.mark.skipif(os.name == "nt", reason="Windows lets only administrators make links")
def test_the_open_project_under_another_name_is_no_other(start: Start, tmp_path: Path) -> None:
    application = start()
    path = application.session.now.path
    assert path
    (tmp_path / "link.hashiya").symlink_to(path)
    application.open_paths([tmp_path / "link.hashiya"])
    assert not application.session.busy
    assert application.session.now.path == path


def test_articles_dropped_on_the_icon_come_into_the_open_project(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    application = start()
    article = tmp_path / "خبر.txt"
    article.write_text("قالت الوكالة إن الطريق مفتوح.", encoding="utf-8")
    application.open_paths([article])
    qtbot.waitUntil(lambda: len(application.window.queue.rows) == 2)
    assert application.window
    qtbot.waitUntil(lambda: bool(application.window and application.window.findChildren(Report)))
    for report in application.window.findChildren(Report):
        report.accept()


def test_a_second_start_hands_its_project_over_and_ends(qtbot: QtBot, tmp_path: Path, home: Path) -> None:
    """With two real programs, as a double click does it."""
    settings, project = Settings(), make_project(tmp_path / "مشروع.hashiya")
    settings.reviewer = "R1"
    settings.save()
    program = [sys.executable, str(ROOT / "main.py")]
    with subprocess.Popen(program, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}) as first:
        qtbot.waitUntil(lambda: is_open(home / "data/starter.hashiya"), timeout=20_000)
        second = subprocess.run([*program, str(project)], check=False, timeout=20)
        assert second.returncode == 0
        qtbot.waitUntil(lambda: is_open(project), timeout=20_000)
        assert first.poll() is None
        first.terminate()


def is_open(project: Path) -> bool:
    return project.with_name(f".{project.name}.holder").exists()
