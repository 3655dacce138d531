"""Progress shows itself when something takes long, and telling it how far that is never runs anything else."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QProgressBar
from pytestqt.qtbot import QtBot

from ui.dialogs.progress import Progress, pace_words
from ui.translate import set_language


def test_it_shows_itself_after_a_while_and_says_how_far_the_job_is(qtbot: QtBot) -> None:
    progress = Progress("Working…")
    qtbot.addWidget(progress)
    progress.tell(3, 7)
    assert not progress.isVisible()
    qtbot.waitUntil(progress.isVisible, timeout=1500)
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


def test_it_says_how_fast_the_job_goes_and_how_long_the_rest_takes() -> None:
    set_language("en")
    assert pace_words(0, 900, 3.0) == "0 of 900"
    assert pace_words(300, 900, 0.5) == "300 of 900"  # too early to tell
    assert pace_words(300, 900, 10.0) == "300 of 900 · 30 a second · about 20 seconds left"
    assert pace_words(300, 90_000, 10.0).endswith("about 50 minutes left")
    assert pace_words(900, 900, 30.0) == "900 of 900 · 30 a second"


def test_it_shows_that_while_the_job_goes_on(qtbot: QtBot) -> None:
    set_language("en")
    progress = Progress("Working…")
    qtbot.addWidget(progress)
    progress._show(3, 7)
    assert any(one.text() == "Working…\n3 of 7" for one in progress.findChildren(QLabel))
