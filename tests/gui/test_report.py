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
