"""Results come back to the window's thread as long as there is a window."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.worker import Worker


def test_results_come_back_in_the_order_of_the_jobs(qtbot: QtBot) -> None:
    worker, seen = Worker(), []
    worker.run(lambda: 1, seen.append, seen.append)
    worker.run(lambda: 2, seen.append, seen.append)
    qtbot.waitUntil(lambda: seen == [1, 2])
    worker.finish(lambda: None)


def test_a_result_on_its_way_when_the_worker_ends_reaches_nobody(qapp: QApplication) -> None:
    worker, seen = Worker(), []
    worker.run(lambda: 1, seen.append, seen.append)
    worker.finish(lambda: None)
    qapp.processEvents()
    assert seen == []
