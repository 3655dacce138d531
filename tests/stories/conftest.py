"""The application as a user starts and ends it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.app import Application
from ui.fonts import load_fonts
from ui.settings import Settings

Start = Callable[..., Application]


@pytest.fixture
def start(qapp: QApplication, qtbot: QtBot) -> Iterator[Start]:
    """Start the application as reviewer R1; what is started is ended."""
    load_fonts(qapp)
    started: list[Application] = []

    def run(*, language: str = "ar", theme: str = "light") -> Application:
        settings = Settings()
        settings.reviewer, settings.language, settings.theme = "R1", language, theme
        application = Application(qapp, settings)
        started.append(application)
        assert application.start(None)
        session = application.session
        qtbot.waitUntil(lambda: not session.busy and session.now.path is not None, timeout=10_000)
        return application

    yield run
    for application in started:
        end(application)


def end(application: Application) -> None:
    """Close the window and delete it with all that is in it: every living widget slows each change of theme down."""
    window = application.window
    if window:
        if window.isVisible():
            window.close()
        window.deleteLater()
    application.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
