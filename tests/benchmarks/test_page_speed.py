"""How fast the page is, as ratios to bare Qt or to the same page without annotations. Prints; asserts nothing about time."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QPointF, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator import Project
from ui.fonts import load_fonts
from ui.page.marks import Mark
from ui.page.view import PageView

ROOT = Path(__file__).parents[2]
SEED = next((ROOT / "seeds/articles").iterdir()).read_text("utf-8")
THREE_KB = (SEED + "\n" + SEED)[:3000]
ONE_MB = f"{SEED}\n" * 500
CARD = ("Who says this?", "«…»")


def seconds(job: Callable[[], object]) -> float:
    begin = time.perf_counter()
    job()
    return time.perf_counter() - begin


def percentile(times: list[float], percent: int) -> float:
    return sorted(times)[min(len(times) * percent // 100, len(times) - 1)]


@pytest.fixture
def view(qtbot: QtBot, qapp: QApplication) -> PageView:
    load_fonts(qapp)
    view = PageView()
    qtbot.addWidget(view)
    view.set_reading("Noto Naskh Arabic", 16.0)
    view.resize(900, 700)
    view.show()
    return view


def marks_of(count: int, length: int) -> list[Mark]:
    """Every fifth a claim with a card, of 90 characters; the others of 12."""
    step = max((length - 100) / max(count, 1), 0.0)
    return [
        Mark(str(at), int(at * step), int(at * step) + (90 if at % 5 == 0 else 12), "#2f6fde", "solid", at % 5 == 0,
             "actor", CARD if at % 5 == 0 else ())
        for at in range(count)
    ]  # fmt: skip


@pytest.mark.parametrize("count", [20, 200, 2000])
def test_opening_an_article(view: PageView, count: int) -> None:
    marks = marks_of(count, len(THREE_KB))

    def ours() -> None:
        view.show_article(THREE_KB)
        view.set_marks(marks)
        view.viewport().repaint()

    ours()
    opened = statistics.median(seconds(ours) for _ in range(25))
    bare = statistics.median(seconds(draw_bare) for _ in range(25))
    limit = bare * 1.5 + count * 0.02 / 1000
    print(
        f"\n3 KB with {count} annotations opened and painted: {opened * 1000:.2f} ms; bare QTextLayout {bare * 1000:.2f} ms; "
        f"ratio to 1.5 x bare + 0.02 ms each: {opened / limit:.2f}"
    )


def draw_bare() -> None:
    """Lay out and draw the same text with nothing but QTextLayout."""
    image = QImage(900, 700, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    font, y = QFont("Noto Naskh Arabic"), 0.0
    font.setPointSizeF(16.0)
    for paragraph in THREE_KB.split("\n"):
        layout = QTextLayout(paragraph, font)
        option = QTextOption(Qt.AlignmentFlag.AlignRight)
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        layout.setTextOption(option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(560)
            line.setPosition(QPointF(0, y))
            y += 46
        layout.endLayout()
        layout.draw(painter, QPointF(0, 0))
    painter.end()


def test_scrolling_with_ten_thousand_annotations(view: PageView) -> None:
    opened = seconds(lambda: (view.show_article(ONE_MB), view.viewport().repaint()))
    bare = scroll(view)
    view.set_marks(marks_of(10_000, len(ONE_MB)))
    ours = scroll(view)
    view.set_marks([*marks_of(10_000, len(ONE_MB)), Mark("all", 0, len(ONE_MB), "#b8660b", "dashed", True, "claim")])
    over_all = scroll(view)
    for name, times in (("10,000 annotations", ours), ("and one over everything", over_all)):
        print(
            f"\nscrolling 1 MB, {name}: median {statistics.median(times) * 1000:.2f} ms, "
            f"ratio {statistics.median(times) / statistics.median(bare):.2f}; "
            f"p99 {percentile(times, 99) * 1000:.2f} ms, ratio {percentile(times, 99) / percentile(bare, 99):.2f}"
        )
    print(f"without: median {statistics.median(bare) * 1000:.2f} ms, p99 {percentile(bare, 99) * 1000:.2f} ms")
    print(f"1 MB opened and painted in {opened * 1000:.0f} ms")


def scroll(view: PageView) -> list[float]:
    """Scroll by a wheel's click 300 times from the same place, where nothing is laid out yet, painting each time."""
    bar, times = view.verticalScrollBar(), []
    view._layout.forget()
    bar.setValue(100_000)
    for _ in range(300):
        times.append(seconds(lambda: (bar.setValue(bar.value() + 120), view.viewport().repaint())))
    return times


@pytest.mark.parametrize("long", [False, True], ids=["seed article", "1 MB, 10,000 annotations"])
def test_key_to_painted_mark(qtbot: QtBot, qapp: QApplication, tmp_path: Path, long: bool) -> None:
    from ui.app import Application
    from ui.settings import Settings

    settings = Settings()
    settings.reviewer = "R1"
    path = project_with(tmp_path, ONE_MB if long else SEED, 10_000 if long else 0)
    application = Application(qapp, settings)
    application.start(path)
    session = application.session
    qtbot.waitUntil(lambda: session.now.article is not None and not session.busy, timeout=30_000)
    assert application.window
    page, first = application.window.page, 400_000 if long else 0
    page.setFocus()
    page.reveal(first)
    qapp.processEvents()

    def press(key: Qt.Key) -> float:
        before = session.now.annotations
        begin = time.perf_counter()
        qtbot.keyClick(page, key)
        loop = QEventLoop()  # the window's own loop: it sleeps while the worker works
        session.busy_changed.connect(lambda busy: None if busy else loop.quit())
        while session.busy or session.now.annotations is before:
            loop.exec()
        page.viewport().repaint()
        return time.perf_counter() - begin

    labelled, moved = [], []
    for number in range(120):
        page.select_span(first + number * 10, first + number * 10 + 6)
        labelled.append(press(Qt.Key.Key_1))
        moved.append(press(Qt.Key.Key_BracketRight))
    application.window.close()
    for name, times in (("key 1 to painted mark", labelled), ("moving an edge", moved)):
        print(f"\n{name}: median {statistics.median(times) * 1000:.1f} ms, p95 {percentile(times, 95) * 1000:.1f} ms")


def project_with(folder: Path, text: str, count: int) -> Path:
    (folder / "a.txt").write_text(text, encoding="utf-8")
    with Project.create(folder / "p.hashiya", reviewer="R1") as project:
        project.import_files([folder / "a.txt"])
        article = project.articles()[0]
        with project._log.step("import", "R1") as step:
            for mark in marks_of(count, len(article.text)):
                value = {"article": article.id, "start": mark.start, "end": mark.end, "note": "", "reviewer": "R1"}
                quote = article.text[mark.start : mark.end]
                step.put_new("annotation", value | {"label": "claim" if mark.long else "actor", "quote": quote})
    return folder / "p.hashiya"


def test_memory_of_a_long_article() -> None:
    script = (
        f"import sys, resource; sys.path.insert(0, {str(ROOT)!r}); sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from ui.app import make_app; app = make_app()\n"
        "from test_page_speed import *\n"
        "def resident(): return int(open('/proc/self/statm').read().split()[1]) * 4096 / 1e6\n"
        "view = PageView(); view.set_reading('Noto Naskh Arabic', 16.0); view.resize(900, 700); view.show()\n"
        "view.show_article(SEED); view.viewport().repaint(); before = resident()\n"
        "text, marks = ONE_MB, marks_of(10_000, len(ONE_MB))\n"
        "view.show_article(text); view.set_marks(marks); view.viewport().repaint(); opened = resident()\n"
        "bar = view.verticalScrollBar()\n"
        "while bar.value() < bar.maximum(): bar.setValue(bar.value() + 600); view.viewport().repaint()\n"
        "print(f'{opened - before:.0f} {resident() - before:.0f}')\n"
    )
    command = [sys.executable, "-c", script]
    opened, scrolled = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    print(
        f"\nmemory of 1 MB with 10,000 annotations: {opened} MB opened, {scrolled} MB after scrolling through all of it"
    )
