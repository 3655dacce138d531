"""Progress shows itself when something takes long, and telling it how far that is never runs anything else."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar
from pytestqt.qtbot import QtBot

from ui.dialogs.progress import Progress


def test_it_shows_itself_after_a_while_and_says_how_far_the_job_is(qtbot: QtBot) -> None:
    progress = Progress("Working…")
    qtbot.addWidget(progress)
    progress.tell(3, 7)
    assert not progress.isVisible()
    qtbot.waitUntil(progress.isVisible)
    bar = progress.findChild(QProgressBar)
    assert (bar.value(), bar.maximum()) == (3, 7)


def test_the_end_of_the_job_waits_until_the_last_word_of_it_is_shown(qtbot: QtBot) -> None:
    progress = Progress("Working…")
    qtbot.waitUntil(progress.isVisible)
    ended: list[bool] = []
    QTimer.singleShot(0, lambda: (ended.append(True), progress.finish()))
    progress._show(1, 2)
    assert ended == []
    with qtbot.waitSignal(progress.destroyed):
        pass
