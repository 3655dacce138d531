"""How fast the queue is with 100,000 articles, also as ratios to bare SQLite and Python on the same rows. Prints only.

Run with `make bench`. What is measured in the window is what a person waits for: until the list is painted again; and, apart
from it, how long the window's own thread is held up.
"""

from __future__ import annotations

import hashlib
import random
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator import Project
from annotator.filters import parse
from annotator.model import Annotation, Article, Source
from annotator.queue_rows import SORTS, QueueRows
from annotator.store.clock import uuid_text
from annotator.store.identity import article_id, assignment_id, reading_id
from annotator.values import annotation_value, article_value
from ui.app import Application
from ui.panels.queue import Queue
from ui.settings import Settings

ARTICLES, ROUNDS, MARKS, AT_ONCE = 100_000, 5, 10, 5_000
SEED = next((Path(__file__).parents[2] / "seeds/articles").iterdir()).read_text("utf-8")
OUTLETS = ("وكالة سانا", "عنب بلدي", "الجزيرة", "شام", "العربي الجديد", "رويترز", "تلفزيون سوريا", "حلب اليوم")
# The same rows, and nothing made of them.
RAW = (
    "SELECT id, title, outlet, author, date, imported_at, file, replaces FROM article "
    "INDEXED BY article_order ORDER BY imported_at, file, id",
    "SELECT article, label, reviewer, count(*) FROM annotation GROUP BY article, label, reviewer",
    "SELECT article, reviewer, state, flagged, note FROM reading",
    "SELECT article, reviewer FROM assignment",
)
FILTERS = ("دير", "دير حافر", "outlet:سانا", "state:todo", "label:claim>2", "after:2026-06-01",
           "-has:contested المصدر:سانا,عنب",
           "outlet:سانا state:todo label:claim after:2026-01-01 has:contested")  # fmt: skip


def make(path: Path) -> None:
    """Make a project of short articles: three of ten are marked, two of ten done, three of ten handed out."""
    chance, words = random.Random(7), SEED.split()
    with Project.create(path, reviewer="R1") as project:
        for start in range(0, ARTICLES, AT_ONCE):
            with project._log.step("import", "R1") as step:
                for number in range(start, start + AT_ONCE):
                    put(step, number, chance, words)


def put(step: object, number: int, chance: random.Random, words: list[str]) -> None:
    title = " ".join(chance.sample(words, 9))
    text = f"{number} {title}\n{' '.join(chance.choices(words, k=25))}"
    raw = text.encode()
    sha256 = hashlib.sha256(raw).hexdigest()
    moment = f"2026-07-01T{number // 3600:02}:{number // 60 % 60:02}:{number % 60:02}.000Z"
    day = f"2026-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}" if chance.random() < 0.9 else ""
    source = Source(f"{number:06}.txt", sha256, "utf-8", moment, "R1", "text")
    article = Article("", title, text, sha256, "ar", "rtl", source, chance.choice(OUTLETS), "", day)
    step.put_text(bytes.fromhex(sha256), text, bytes.fromhex(sha256), raw)
    identity = uuid_text(step.put("article", article_value(article), entity=article_id(sha256)))
    if chance.random() < 0.3:
        for reviewer in ("R1", "R2") if chance.random() < 0.1 else ("R1",):
            for place in range(0, 8 * MARKS, 8):
                label = chance.choice(("actor", "place", "claim"))
                quote = text[place : place + 5]
                mark = Annotation("", identity, label, place, place + 5, quote, "", reviewer, "", "")
                step.put_new("annotation", annotation_value(mark))
    if chance.random() < 0.2:
        said = {"article": identity, "reviewer": "R1", "state": "done", "flagged": chance.random() < 0.1, "note": ""}
        step.put_updated("reading", said, reading_id(identity, "R1"))
    if chance.random() < 0.3:
        name = chance.choice(("R1", "R2", "R3"))
        step.put("assignment", {"article": identity, "reviewer": name}, entity=assignment_id(identity, name))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("queue") / "queue.hashiya"
    make(path)
    return path


def milliseconds(job: Callable[[], object]) -> float:
    begin = time.perf_counter()
    job()
    return (time.perf_counter() - begin) * 1000


def median(job: Callable[[], object], rounds: int = ROUNDS) -> float:
    return statistics.median(milliseconds(job) for _ in range(rounds))


def say(name: str, ours: float, bare: float, what: str) -> None:
    print(f"{name}: {ours:.1f} ms, {what} {bare:.1f} ms, ratio {ours / bare:.2f}")


# -- without a window ----------------------------------------------------------------------------------------------------


@pytest.fixture
def project(path: Path) -> Iterator[Project]:
    with Project.open(path, reviewer="R1", read_only=True) as project:
        yield project


def test_reading(project: Project) -> None:
    def raw() -> None:
        for statement in RAW:
            project._connection.execute(statement).fetchall()

    print()
    limit = median(raw)
    say(f"all {ARTICLES} rows read", median(project.queue), limit, "raw SELECTs of the same")
    say("the first 300 rows", median(lambda: project.queue_start(300)), limit, "raw SELECTs of all")
    rows, first = project.queue(), project.first_article()
    after = median(lambda: project.queue_after(rows, {"reading": (first or "",)}))
    print(f"rows after a change of one: {after:.2f} ms")


def test_filters_and_orders(project: Project) -> None:
    rows, labels = project.queue(), project.labels()
    folded = milliseconds(lambda: rows.folded("title"))
    print(f"\nall titles folded: {folded:.0f} ms, in the background")
    bare = median(lambda: [number for number in range(len(rows)) if rows.rows[number].title.find("دير") >= 0])
    for query in FILTERS:
        say(
            f"filter {query}",
            median(lambda query=query: parse(query, labels=labels).numbers(rows)),
            bare,
            "bare search",
        )
    titles = rows.folded("title")
    limit = median(lambda: sorted(range(len(rows)), key=titles.__getitem__))
    for by in SORTS:
        say(f"order by {by}", median(lambda by=by: anew(rows).ordered(by)), limit, "bare sort by title")


def anew(rows: QueueRows) -> QueueRows:
    """Return the rows without the orders that were worked out before."""
    rows._orders.clear()
    return rows


# -- in the window -------------------------------------------------------------------------------------------------------


class Window:
    """The application with the project of 100,000 articles, and how long its thread is held up."""

    def __init__(self, qapp: QApplication, path: Path) -> None:
        settings = Settings()
        settings.reviewer, settings.language = "R1", "ar"
        self.application = Application(qapp, settings)
        self.begin = time.perf_counter()
        self.application.start(path)
        assert self.application.window
        self.queue: Queue = self.application.window.queue
        self.held: list[float] = []
        self._last = 0.0
        self._beat = QTimer(interval=1)
        self._beat.timeout.connect(self._tick)

    def wait(self, ready: Callable[[], bool]) -> float:
        """Run the window until something is so and painted; return the milliseconds, and note how long it was held up."""
        begin, loop, look = time.perf_counter(), QEventLoop(), QTimer(interval=1)
        look.timeout.connect(lambda: loop.quit() if ready() else None)
        self._last = begin
        self._beat.start()
        look.start()
        loop.exec()
        self._beat.stop()
        self.queue._list.viewport().repaint()
        return (time.perf_counter() - begin) * 1000

    def settle(self) -> float:
        return self.wait(lambda: not self.queue.is_reading and not self.application.session.busy)

    def end(self) -> None:
        window = self.application.window
        assert window
        window.close()
        for one in (window, self.application):
            one.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.held.append((now - self._last) * 1000)
        self._last = now


@pytest.fixture
def window(qapp: QApplication, path: Path, qtbot: QtBot) -> Iterator[Window]:
    made = Window(qapp, path)
    made.settle()
    made.wait(lambda: made.queue.rows.is_folded)
    yield made
    made.end()


def test_opening(qapp: QApplication, path: Path) -> None:
    for number in range(3):
        window = Window(qapp, path)
        window.wait(lambda window=window: window.application.session.now.article is not None)
        article = (time.perf_counter() - window.begin) * 1000
        window.wait(lambda window=window: len(window.queue._model.shown) > 0)
        first = (time.perf_counter() - window.begin) * 1000
        window.wait(lambda window=window: len(window.queue._model.shown) == ARTICLES)
        whole = (time.perf_counter() - window.begin) * 1000
        print(
            f"\n{'first' if number == 0 else 'next'} window and project of {ARTICLES} articles: an article {article:.0f} ms, "
            f"first rows {first:.0f} ms, all {whole:.0f} ms; the window was held up {max(window.held):.0f} ms at most"
        )
        window.end()


def test_opening_from_an_open_window(window: Window, path: Path) -> None:
    window.held.clear()
    begin = time.perf_counter()
    window.application.session.switch_reviewer("R1")
    window.wait(lambda: not window.queue.rows.whole)
    first = (time.perf_counter() - begin) * 1000
    window.wait(lambda: window.queue.rows.whole and len(window.queue._model.shown) == ARTICLES)
    whole = (time.perf_counter() - begin) * 1000
    print(f"\nopened anew: first rows {first:.0f} ms, all {whole:.0f} ms, held up {max(window.held):.0f} ms at most")


def test_typing_in_the_filter(window: Window) -> None:
    box, own, whole = window.queue._line.box, [], []
    window.held.clear()
    for word in ("دير حافر", "المصدر:سانا الحالة:للعمل", "nato", "انشقاق عناصر"):
        for end in range(1, len(word) + 1):
            begin = time.perf_counter()
            box.setText(word[:end])
            window.queue._line._offer()
            own.append((time.perf_counter() - begin) * 1000)
            whole.append((time.perf_counter() - begin) * 1000 + window.settle())
    window.queue._line._popup.hide()
    box.clear()
    window.settle()
    print(
        f"\na key in the filter: {statistics.median(own):.1f} ms in the window's thread (most {max(own):.1f}), painted after "
        f"{statistics.median(whole):.0f} ms (most {max(whole):.0f}); the window was held up {max(window.held):.0f} ms at most"
    )


def test_orders(window: Window) -> None:
    print()
    for by in SORTS:
        for descending in (False, True):
            window.held.clear()
            window.queue._ordering.set(by, descending=descending)
            anew(window.queue.rows)
            begin = time.perf_counter()
            window.queue._ordering.chosen.emit()
            window.settle()
            taken = (time.perf_counter() - begin) * 1000
            print(
                f"order by {by}{' descending' if descending else ''}: {taken:.0f} ms, held up {max(window.held):.0f} ms"
            )


@pytest.mark.parametrize("query", ["", "الحالة:للعمل"])
def test_marking(window: Window, query: str) -> None:
    """A key on the page with the queue beside it; the queue follows a moment later."""
    session = window.application.session
    window.queue._line.write(query)
    window.settle()
    stored, followed = [], []
    window.held.clear()
    for number in range(30):
        begin = time.perf_counter()
        session.annotate(number, number + 4, "actor")
        window.wait(lambda: not session.busy)
        stored.append((time.perf_counter() - begin) * 1000)
        followed.append(stored[-1] + window.settle())
    for _ in range(30):
        session.undo()
        window.wait(lambda: not session.busy)
    window.queue._line.write("")
    window.settle()
    print(
        f"\nmarking with filter “{query}”: stored and shown after {statistics.median(stored):.1f} ms, the queue follows after "
        f"{statistics.median(followed):.0f} ms; held up {max(window.held):.0f} ms at most"
    )


def test_scrolling(window: Window) -> None:
    bar = window.queue._list.verticalScrollBar()
    frames = [
        milliseconds(lambda at=at: (bar.setValue(at * 9973), window.queue._list.viewport().repaint()))
        for at in range(200)
    ]
    print(f"\na frame while scrolling: median {statistics.median(frames):.1f} ms, slowest {max(frames):.1f} ms")
