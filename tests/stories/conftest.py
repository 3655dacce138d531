"""The application as a user starts and ends it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
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
        if application.window and application.window.isVisible():
            application.window.close()
