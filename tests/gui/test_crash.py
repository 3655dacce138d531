"""A crash leaves a report without a word of any article, and says where it is."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer, qWarning
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from annotator.folders import log_folder
from ui.crash import end_reports, report_crash, start_reports

SECRET = "قال شاهد عيان"


@pytest.fixture
def reports(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    start_reports()
    yield log_folder()
    end_reports()
    logger = logging.getLogger("hashiya")
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
        handler.close()


def crash() -> None:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        report_crash(type(error), error, error.__traceback__)


def close_dialog(shown: list[str]) -> None:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QMessageBox)
    shown.append(dialog.text())
    dialog.accept()


def test_the_dialog_names_the_report_and_neither_holds_the_article(qtbot: QtBot, reports: Path) -> None:
    shown: list[str] = []
    QTimer.singleShot(0, lambda: close_dialog(shown))
    crash()
    (report,) = reports.glob("crash-*.txt")
    text = report.read_text("utf-8")
    assert str(report) in shown[0]
    assert "test_crash.py" in text
    assert "ValueError" in text
    assert SECRET not in text + shown[0] + (reports / "hashiya.log").read_text("utf-8")


def test_a_crash_while_the_dialog_is_shown_opens_no_second_one(qtbot: QtBot, reports: Path) -> None:
    shown: list[str] = []

    def crash_again() -> None:
        crash()
        close_dialog(shown)

    QTimer.singleShot(0, crash_again)
    crash()
    assert len(shown) == 1


def test_without_a_console_nothing_is_printed(qtbot: QtBot, reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    monkeypatch.setattr(sys, "stdout", None)
    shown: list[str] = []
    QTimer.singleShot(0, lambda: close_dialog(shown))
    crash()
    qWarning("said by Qt")
    assert "said by Qt" in (reports / "hashiya.log").read_text("utf-8")


def test_a_thread_that_crashes_leaves_a_report_too(reports: Path) -> None:
    def fail() -> None:
        raise ValueError(SECRET)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    (report,) = reports.glob("crash-*.txt")
    assert SECRET not in report.read_text("utf-8")


def test_the_log_does_not_grow_for_ever(reports: Path) -> None:
    for _ in range(40):
        logging.getLogger("hashiya").info("x" * 50_000)
    files = list(reports.glob("hashiya.log*"))
    assert len(files) == 3
    assert sum(file.stat().st_size for file in files) < 1_600_000
