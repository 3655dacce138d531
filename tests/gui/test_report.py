"""Reports read in the direction of the window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from ui.dialogs.report import Report


@pytest.fixture
def mirrored(qapp: QApplication) -> Iterator[None]:
    before = qapp.layoutDirection()
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(before)


@pytest.mark.usefixtures("mirrored")
def test_a_line_that_begins_with_a_latin_name_runs_from_the_right(qtbot: QtBot) -> None:
    report = Report("تم", ["news.txt: لم يدخل"])
    qtbot.addWidget(report)
    details = report.findChild(QPlainTextEdit)
    assert details.document().firstBlock().textDirection() == Qt.LayoutDirection.RightToLeft
    assert details.toPlainText() == "news.txt: لم يدخل"


@pytest.mark.usefixtures("mirrored")
def test_lines_stand_at_the_right_where_the_window_runs_from_there(qtbot: QtBot) -> None:
    report = Report("تم", ["ثبت 2 من 2", "news.txt: لم يدخل"])
    qtbot.addWidget(report)
    report.show()
    details = report.findChild(QPlainTextEdit)
    for line in range(2):  # before a Latin name the caret stands at the left of it
        cursor = details.textCursor()
        cursor.setPosition(details.document().findBlockByNumber(line).position())
        assert details.cursorRect(cursor).left() > details.viewport().width() * 0.8
