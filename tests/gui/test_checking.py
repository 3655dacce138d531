"""File ▸ Check: proved with progress, and stopped when somebody wants it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from annotator import Project
from annotator.errors import CheckStopped
from ui.checking import Checking
from ui.session import Session


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path) -> Iterator[Session]:
    with Project.create(tmp_path / "work.hashiya", reviewer="R1", starter=True):
        pass
    session = Session()
    with qtbot.waitSignal(session.project_changed):
        session.open(tmp_path / "work.hashiya", reviewer="R1")
    yield session
    session.close()


@pytest.fixture
def checking(qtbot: QtBot, session: Session) -> Checking:
    window = QWidget()
    qtbot.addWidget(window)
    return Checking(session, window)


def test_what_was_found_is_told(qtbot: QtBot, checking: Checking) -> None:
    with qtbot.waitSignal(checking.reported) as told:
        checking.check()
    assert isinstance(told.args[0], QDialog)
    assert checking._progress.shown is None


def test_stop_stops_it(qtbot: QtBot, session: Session, checking: Checking) -> None:
    gate = Event()
    session.run(lambda _: gate.wait(10), lambda _: None)
    checking.check()
    assert checking._progress.shown
    checking._progress.shown.stop()
    with qtbot.waitSignal(session.failed) as failed:
        gate.set()
    assert isinstance(failed.args[0], CheckStopped)
    assert checking._progress.shown is None
