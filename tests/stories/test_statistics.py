"""A lead looks at how well two reviewers agree, and goes on to the articles in which they differ, all by keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from annotator import Project
from ui.statistics.panel import FIGURES, StatisticsPanel

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Key, Mod = Qt.Key, Qt.KeyboardModifier
TEXTS = ("قال الجيش إنه دخل دير حافر.", "قالت سانا إن الطريق إلى مسكنة مفتوح.")


def read_twice(project: Project) -> None:
    """R2 and R1 agree on the first article and differ on the second."""
    folder = project.path.parent / "in"
    folder.mkdir()
    for number, text in enumerate(TEXTS):
        (folder / f"{number}.txt").write_text(text, "utf-8")
    project.import_files([folder])
    first, second = (next(one for one in project.articles() if one.text == text).id for text in TEXTS)
    for reviewer, end in (("R2", 9), ("R1", 8)):
        project.switch_reviewer(reviewer)
        project.annotate(first, 4, 9, "actor")
        project.annotate(second, 5, end, "actor")


def test_from_a_figure_to_the_articles_behind_it(start: Any, qtbot: QtBot) -> None:
    application = start(language="ar")
    window, session = application.window, application.session
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    session.change(read_twice)
    qtbot.waitUntil(
        lambda: not session.busy and not window.queue.is_reading and len(window.queue.rows) == 3, timeout=10_000
    )

    qtbot.keyClick(QApplication.focusWidget(), Key.Key_T, Mod.ControlModifier)
    panel = window.below.statistics.widget()
    assert isinstance(panel, StatisticsPanel)
    qtbot.waitUntil(lambda: panel.is_ready, timeout=10_000)
    assert QApplication.focusWidget() is panel.choice
    assert panel.chart.picture is not None
    qtbot.keyClick(panel.choice, Key.Key_End)
    assert panel.choice.currentData() == FIGURES
    panel.choice.activated.emit(panel.choice.currentIndex())

    [behind] = panel.figures._shown.articles
    button = next(one for one in panel.findChildren(QPushButton) if one is panel.figures._queue)
    button.setFocus()
    qtbot.keyClick(button, Key.Key_Space)
    qtbot.waitUntil(lambda: window.queue.shown_articles() == [behind.article], timeout=10_000)

    panel.figures.articles.setFocus()
    qtbot.keyClick(panel.figures.articles, Key.Key_Return)
    qtbot.waitUntil(
        lambda: session.now.article is not None and session.now.article.id == behind.article, timeout=10_000
    )

    qtbot.waitUntil(lambda: window.review.is_open(), timeout=10_000)  # its layers, side by side

    assert not window.below.statistics.isVisible()  # the window is too low for both
    window.review.reviewing.close()
    window.below.toggle_statistics()
    qtbot.keyClick(panel.choice, Key.Key_Escape)
    assert QApplication.focusWidget() is window.page
    qtbot.keyClick(window.page, Key.Key_F6)
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_T, Mod.ControlModifier)
    qtbot.keyClick(panel.choice, Key.Key_T, Mod.ControlModifier)
    assert not window.below.statistics.isVisible()


def test_pictures_are_written_where_one_says(start: Any, qtbot: QtBot, tmp_path: Path) -> None:
    application = start(language="en", theme="dark")
    window = application.window
    window.below.toggle_statistics()
    panel = window.below.statistics.widget()
    assert isinstance(panel, StatisticsPanel)
    qtbot.waitUntil(lambda: panel.is_ready, timeout=10_000)
    panel.choose("labels")
    for ending in ("png", "svg", "csv"):
        with qtbot.waitSignal(panel.told):
            panel.save_to(tmp_path / f"labels.{ending}")
        assert (tmp_path / f"labels.{ending}").stat().st_size > 20
