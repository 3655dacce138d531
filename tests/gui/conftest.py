"""A page in a window, with the bundled fonts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.fonts import load_fonts
from ui.page.marks import Mark
from ui.page.view import PageView
from ui.session import Session
from ui.translate import set_language

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


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path) -> Iterator[Session]:
    """Open a project that holds the article that ships."""
    set_language("en")
    made = Session()
    made.failed.connect(pytest.fail)
    made.create(tmp_path / "p.hashiya", reviewer="R1", starter=True)
    qtbot.waitUntil(lambda: made.now.article is not None, timeout=10_000)
    yield made
    made.close()


@pytest.fixture
def settle(session: Session, qtbot: QtBot) -> Callable[[], None]:
    """Wait until everything asked for so far is stored, read again and shown."""

    def wait() -> None:
        done: list[object] = []
        session.when_idle(lambda: session.run(lambda _: None, lambda _: session.run(lambda _: None, done.append)))
        qtbot.waitUntil(lambda: bool(done) and not session.busy, timeout=10_000)

    return wait
