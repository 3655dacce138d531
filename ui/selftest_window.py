"""The part of `--selftest PICTURE` that needs a screen: the whole window, as a user starts it, and a picture of it."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QFontInfo, QImage
from PySide6.QtWidgets import QApplication

from ui.app import Application
from ui.fonts import INTERFACE, foreign_fonts
from ui.settings import READING_FONTS, Settings

_REST = 500  # milliseconds: until the window system has drawn what was shown
_FEWEST_COLOURS = 50
_STEP = 7  # pixels from sample to sample


def window_problems(app: QApplication, picture: Path) -> list[str]:
    """Open the window with the starter project, save what the screen shows, and return what is wrong with it.

    The picture's texts say when the window was ready (`shown`, seconds since 1970) and its `fonts` and `platform`.
    """
    settings = Settings()
    settings.reviewer, settings.language, settings.theme = "selftest", "ar", "light"
    application = Application(app, settings)
    application.start(None)
    _wait(application, 0)
    shown = time.time()
    _wait(application, _REST)
    assert application.window
    foreign, families = foreign_fonts(app), application.window.page.drawn_fonts()
    image = application.window.screen().grabWindow(application.window.winId()).toImage()
    if colours(image) < _FEWEST_COLOURS:  # Wayland and macOS let nobody look at the screen
        image = application.window.grab().toImage()
    application.window.close()
    texts = {"shown": f"{shown:.3f}", "fonts": ", ".join(sorted(families)), "platform": app.platformName()}
    for key, text in texts.items():
        image.setText(key, text)
    facts = {
        f"the article is drawn in {texts['fonts']}": READING_FONTS[0] in families <= {*READING_FONTS, INTERFACE},
        f"the interface is drawn in {QFontInfo(app.font()).family()}": QFontInfo(app.font()).family() == INTERFACE,
        f"the system's font took over in {foreign}": not foreign,
        "the window is blank": colours(image) >= _FEWEST_COLOURS,
        f"the picture cannot be written to {picture}": image.save(str(picture)),
    }
    return [problem for problem, holds in facts.items() if not holds]


def colours(image: QImage) -> int:
    """Return how many different colours a picture shows at a grid of sample points."""
    return len({image.pixel(x, y) for x in range(0, image.width(), _STEP) for y in range(0, image.height(), _STEP)})


def _wait(application: Application, rest: int) -> None:
    """Let the window work until the project is shown, and `rest` milliseconds more."""
    loop = QEventLoop()
    application.session.when_idle(lambda: QTimer.singleShot(rest, loop.quit))
    loop.exec()
