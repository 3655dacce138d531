"""A page in a window, with the bundled fonts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.fonts import load_fonts
from ui.page.marks import Mark
from ui.page.view import PageView

MakeMark = Callable[..., Mark]


@pytest.fixture(autouse=True)
def fonts(qapp: QApplication) -> Iterator[None]:
    """Have the bundled fonts; a theme that a test applied goes with it."""
    load_fonts(qapp)
    yield
    qapp.setStyleSheet("")
    qapp.setPalette(qapp.style().standardPalette())


@pytest.fixture
def page(qtbot: QtBot) -> PageView:
    view = PageView()
    qtbot.addWidget(view)
    view.set_reading("Noto Naskh Arabic", 16.0)
    view.set_margin(False)
    view.resize(760, 560)
    view.show()
    qtbot.waitExposed(view)
    return view


@pytest.fixture
def mark() -> MakeMark:
    """Make a mark from an id and a span."""

    def make(identity: str, start: int, end: int, *, long: bool = False, card: tuple[str, ...] = ()) -> Mark:
        return Mark(identity, start, end, "#2f6fde", "solid", long, "actor", card)

    return make
