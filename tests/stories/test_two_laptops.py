"""Two laptops work on one project: it goes over in a bundle, both mark, the work goes both ways, a conflict is settled, a
receipt is taken back; and all that is still so after a restart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator import Project
from ui.app import Application
from ui.exchange.beginning import BeginDialog
from ui.exchange.received import ReceivedDialog
from ui.exchange.receiving import ReceiveDialog
from ui.exchange.sending import SendWish
from ui.fonts import load_fonts
from ui.settings import Settings

pytestmark = pytest.mark.qt_log_ignore("does not support raise", extend=True)  # offscreen there is nothing to raise
TEXT = "قال الجيش السوري إنه قصف مواقع في ريف حلب، ونفى ناطق باسم المعارضة ذلك."
OTHER = "زار وفد من الأمم المتحدة مدينة دمشق يوم الثلاثاء والتقى مسؤولين."


class Laptop:
    """The application of one reviewer on one laptop; it can be closed and started again."""

    def __init__(self, qapp: QApplication, qtbot: QtBot) -> None:
        self.qapp, self.qtbot = qapp, qtbot
        self.application: Application | None = None

    def start(self, project: Path, reviewer: str, language: str = "en") -> None:
        self.end()
        settings = Settings()
        settings.reviewer, settings.language, settings.theme = reviewer, language, "light"
        self.application = Application(self.qapp, settings)
        assert self.application.start(project)
        self.qtbot.waitUntil(lambda: self.session.now.path == project and not self.session.busy, timeout=10_000)
        self.window.resize(1280, 720)
        self.window.activateWindow()

    def end(self) -> None:
        if self.application:
            if self.application.window:
                self.application.window.close()
                self.application.window.deleteLater()
            self.application.deleteLater()
            self.application = None
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    @property
    def session(self) -> Any:
        assert self.application
        return self.application.session

    @property
    def window(self) -> Any:
        assert self.application
        assert self.application.window
        return self.application.window

    def dialog(self, kind: type[Any]) -> Any:
        """Wait for a dialog of a kind and return it."""
        self.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind), timeout=10_000)
        return QApplication.activeModalWidget()

    def report(self, wish: Callable[[], object]) -> str:
        """Do something, and return and close the report that comes of it."""
        wish()
        self.qtbot.waitUntil(lambda: hasattr(QApplication.activeModalWidget(), "ask_where"), timeout=10_000)
        report: Any = QApplication.activeModalWidget()
        text = str(report._text)
        report.accept()
        self.window.activateWindow()
        self.settle()
        return text

    def settle(self) -> None:
        """Wait until everything asked for so far is stored, read again and shown."""
        done: list[object] = []
        run = self.session.run
        self.session.when_idle(lambda: run(lambda _: None, lambda _: run(lambda _: None, done.append)))
        self.qtbot.waitUntil(lambda: bool(done) and not self.session.busy, timeout=10_000)

    def do(self, job: Callable[[Project], object]) -> None:
        self.session.change(job)
        self.settle()

    def drop(self, *bundles: Path) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(one)) for one in bundles])
        event = QDropEvent(
            QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
        self.window.dropEvent(event)

    def receive(self, *bundles: Path) -> str:
        """Drop bundles onto the window, look at the preview, and receive them."""
        self.drop(*bundles)
        return self.report(self.dialog(ReceiveDialog).accept)

    def send(self, path: Path, *, since_last: bool = True) -> str:
        return self.report(lambda: self.window.exchanging.send_as(SendWish(None, since_last, "", True), str(path)))

    def press(self, key: Qt.Key) -> None:
        self.qtbot.keyClick(QApplication.focusWidget(), key)
        self.settle()

    def queued(self) -> int:
        """Return how many articles the queue knows."""
        return len(self.window.queue.rows.rows)

    def marks(self) -> set[tuple[str, str, str]]:
        return {(one.quote, one.reviewer, one.note) for one in self.session.now.annotations}


@pytest.fixture
def laptop(qapp: QApplication, qtbot: QtBot) -> Iterator[Laptop]:
    load_fonts(qapp)
    made = Laptop(qapp, qtbot)
    yield made
    made.end()


def test_two_laptops_exchange_both_ways_settle_and_take_back(laptop: Laptop, tmp_path: Path, qtbot: QtBot) -> None:
    amal, basim = tmp_path / "amal.hashiya", tmp_path / "basim.hashiya"
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "b.txt").write_text(OTHER, "utf-8")
    with Project.create(amal, reviewer="Amal") as project:
        project.import_files([tmp_path / "a.txt"])

    # Amal sends everything; Basim, who has nothing but another project, begins with it.
    laptop.start(amal, "Amal")
    assert "1 article" in laptop.send(tmp_path / "all.bundle", since_last=False)
    laptop.end()
    with Project.create(tmp_path / "unrelated.hashiya", reviewer="Basim"):
        pass
    laptop.start(tmp_path / "unrelated.hashiya", "Basim")
    assert laptop.application
    laptop.application.open_paths([tmp_path / "all.bundle"])  # a double click
    laptop.dialog(BeginDialog).reject()
    laptop.window.exchanging.begin_from([tmp_path / "all.bundle"], str(basim))
    qtbot.waitUntil(lambda: laptop.session.now.path == basim and not laptop.session.busy, timeout=10_000)
    assert laptop.session.now.article.text == TEXT

    # Basim marks and brings in an article; Amal marks too, here and later on Basim's laptop.
    article = laptop.session.now.article.id
    laptop.do(lambda project: project.annotate(article, 4, 16, "actor"))
    laptop.do(lambda project: project.import_files([tmp_path / "b.txt"]))
    laptop.send(tmp_path / "basim.bundle")
    laptop.start(amal, "Amal")
    laptop.do(lambda project: project.annotate(article, 38, 41, "place"))
    text = laptop.receive(tmp_path / "basim.bundle")
    assert "1 new article" in text
    assert {(quote, who) for quote, who, _ in laptop.marks()} == {("الجيش السوري", "Basim"), ("حلب", "Amal")}
    laptop.send(tmp_path / "amal.bundle")
    laptop.start(basim, "Amal")
    laptop.receive(tmp_path / "amal.bundle")
    own = next(one for one in laptop.session.now.annotations if one.reviewer == "Amal")
    laptop.do(lambda project: project.revise(own.id, note="there"))
    laptop.send(tmp_path / "amal2.bundle")

    # Amal changed the same mark on her own laptop meanwhile: she chooses, by a key, and sees the place.
    laptop.start(amal, "Amal")
    laptop.do(lambda project: project.revise(own.id, note="here"))
    laptop.receive(tmp_path / "amal2.bundle")
    button, dock = laptop.window.status.unsettled, laptop.window.below.conflicts
    qtbot.waitUntil(lambda: not button.isHidden())
    assert "1 conflict" in button.text()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(dock.panel.conflicts) == 1, timeout=10_000)
    laptop.settle()
    qtbot.waitUntil(lambda: "(1)" in getattr(QApplication.focusWidget(), "text", str)())  # the keyboard is there
    assert laptop.window.page.selected_span() == (38, 41)
    notes = [one.value["note"] for one in dock.panel.conflicts[0].conflict.sides]
    laptop.press(Qt.Key(int(Qt.Key.Key_1) + notes.index("there")))
    qtbot.waitUntil(button.isHidden)
    assert ("حلب", "Amal", "there") in laptop.marks()
    laptop.session.undo()
    qtbot.waitUntil(lambda: not button.isHidden())
    laptop.session.redo()
    qtbot.waitUntil(button.isHidden)

    # After a restart it is all as it was; Basim gets what was settled, and both laptops hold the same.
    laptop.start(amal, "Amal", language="ar")
    qtbot.waitUntil(lambda: laptop.marks() == {("الجيش السوري", "Basim", ""), ("حلب", "Amal", "there")})
    assert laptop.window.status.unsettled.isHidden()
    laptop.send(tmp_path / "amal3.bundle")
    laptop.start(basim, "Basim")
    laptop.receive(tmp_path / "amal3.bundle")
    assert laptop.marks() == {("الجيش السوري", "Basim", ""), ("حلب", "Amal", "there")}
    assert laptop.window.status.unsettled.isHidden()


def test_a_receipt_is_taken_back_and_queue_and_page_follow(laptop: Laptop, tmp_path: Path, qtbot: QtBot) -> None:
    amal, basim = tmp_path / "amal.hashiya", tmp_path / "basim.hashiya"
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "b.txt").write_text(OTHER, "utf-8")
    with Project.create(amal, reviewer="Amal") as project:
        project.import_files([tmp_path / "a.txt"])
        project.send(tmp_path / "all.bundle")
    with Project.create_from(basim, [tmp_path / "all.bundle"], reviewer="Basim") as project:
        project.import_files([tmp_path / "b.txt"])
        project.annotate(project.articles()[0].id, 4, 16, "actor")
        project.send(tmp_path / "basim.bundle", since_last=True)
    laptop.start(amal, "Amal")
    laptop.receive(tmp_path / "basim.bundle")
    qtbot.waitUntil(lambda: laptop.queued() == 2)
    assert laptop.marks() == {("الجيش السوري", "Basim", "")}
    laptop.window.exchanging.show_received()
    received = laptop.dialog(ReceivedDialog)
    qtbot.keyClick(received.go, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: hasattr(QApplication.activeModalWidget(), "buttons"), timeout=10_000)
    question: Any = QApplication.activeModalWidget()
    assert "taken back" in laptop.report(question.buttons()[0].click)
    qtbot.waitUntil(lambda: laptop.queued() == 1)
    assert laptop.marks() == set()
    laptop.start(amal, "Amal")
    qtbot.waitUntil(lambda: laptop.queued() == 1)
    assert "1 new article" in laptop.receive(tmp_path / "basim.bundle")
