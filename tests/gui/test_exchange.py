"""Work goes to another laptop in a bundle and comes back: shown before it is written, taken back, settled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from annotator import Project
from ui.exchange import words
from ui.exchange.conflicts import ConflictsDialog
from ui.exchange.exchanging import Exchanging, are_bundles
from ui.exchange.receiving import ReceiveDialog
from ui.exchange.sending import SendDialog
from ui.session import Session
from ui.translate import set_language

TEXT = "قصف الجيش مدينة حلب وريفها."


class Laptop:
    """A session with its window's exchange, and the dialogs that it shows."""

    def __init__(self, qtbot: QtBot, session: Session) -> None:
        self.qtbot, self.session = qtbot, session
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.exchanging = Exchanging(session, self.window)
        self.shown: list[QDialog] = []
        self.errors: list[str] = []
        self.exchanging.reported.connect(self.shown.append)
        session.failed.connect(lambda error: self.errors.append(str(error.sentence)))

    def next(self, wish: Callable[[], object]) -> QDialog:
        """Do something, and return the dialog that comes of it."""
        before = len(self.shown)
        wish()
        self.qtbot.waitUntil(lambda: len(self.shown) > before, timeout=10_000)
        return self.shown[-1]

    def marks(self) -> set[tuple[str, str]]:
        return {(one.quote, one.reviewer) for one in self.session.now.annotations}


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """What Basim did in his copy of Amal's project."""
    set_language("en")
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    with Project.create(tmp_path / "amal.hashiya", reviewer="Amal") as project:
        project.import_files([tmp_path / "a.txt"])
        project.send(tmp_path / "all.bundle")
    with Project.create_from(tmp_path / "basim.hashiya", [tmp_path / "all.bundle"], reviewer="Basim") as other:
        article = other.articles()[0].id
        other.annotate(article, 4, 9, "actor")
        other.send(tmp_path / "basim.bundle")
    return tmp_path / "basim.bundle"


@pytest.fixture
def laptop(qtbot: QtBot, bundle: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Laptop]:
    monkeypatch.setenv("HASHIYA_HOME", str(bundle.parent / "home"))
    session = Session()
    with qtbot.waitSignal(session.project_changed):
        session.open(bundle.parent / "amal.hashiya", reviewer="Amal")
    yield Laptop(qtbot, session)
    session.close()


def test_what_comes_is_shown_before_it_is_written(laptop: Laptop, bundle: Path) -> None:
    dialog = laptop.next(lambda: laptop.exchanging.look_at([bundle]))
    assert isinstance(dialog, ReceiveDialog)
    assert "1 new annotation" in dialog.heading.text()
    assert "basim.bundle" in dialog.details.toPlainText()
    assert laptop.marks() == set()
    laptop.next(dialog.accept)
    assert laptop.marks() == {("الجيش", "Basim")}
    again = laptop.next(lambda: laptop.exchanging.look_at([bundle]))
    assert isinstance(again, ReceiveDialog)
    assert not again.go.isEnabled()


def test_a_file_that_is_none_is_refused_with_its_name(laptop: Laptop, bundle: Path) -> None:
    bad = bundle.with_name("bad.bundle")
    bad.write_bytes(bundle.read_bytes()[:200])
    dialog = laptop.next(lambda: laptop.exchanging.look_at([bundle, bad]))
    assert isinstance(dialog, ReceiveDialog)
    assert not dialog.go.isEnabled()
    assert "bad.bundle" in dialog.details.toPlainText()


def test_what_was_received_is_taken_back(laptop: Laptop, bundle: Path) -> None:
    laptop.next(lambda: laptop.exchanging.take([bundle]))
    assert laptop.marks()
    question = laptop.next(laptop.exchanging.take_back)
    assert isinstance(question, QMessageBox)
    laptop.next(question.buttons()[0].click)
    assert laptop.marks() == set()
    laptop.next(laptop.exchanging.take_back)
    assert not isinstance(laptop.shown[-1], QMessageBox)


def test_my_work_is_sent_and_received_by_the_other(laptop: Laptop, bundle: Path, qtbot: QtBot) -> None:
    laptop.session.annotate(16, 19, "place")
    qtbot.waitUntil(lambda: len(laptop.marks()) == 1)
    dialog = laptop.next(laptop.exchanging.send)
    assert isinstance(dialog, SendDialog)
    out = bundle.with_name("amal.bundle")
    place = laptop.exchanging.ask_place(dialog.wish())
    laptop.next(lambda: place.fileSelected.emit(str(out)))
    place.close()
    with Project.open(bundle.parent / "basim.hashiya", reviewer="Basim") as other:
        assert other.receive([out]).annotations == 1


def test_nothing_new_to_send_is_said(laptop: Laptop, bundle: Path, qtbot: QtBot) -> None:
    """All there is went out when the project was handed over."""
    laptop.exchanging.send_as(SendDialog(["Amal"], "Amal").wish(), str(bundle.with_name("two.bundle")))
    qtbot.waitUntil(lambda: bool(laptop.errors))
    assert "nothing new" in laptop.errors[0]


def test_what_one_changed_on_two_machines_is_settled_by_a_key(laptop: Laptop, bundle: Path, qtbot: QtBot) -> None:
    """Amal marked, took that to another laptop, and changed the note on both."""
    session = laptop.session
    session.annotate(4, 9, "actor")
    qtbot.waitUntil(lambda: len(laptop.marks()) == 1)
    mark = session.now.annotations[0].id
    laptop.next(lambda: laptop.exchanging.send_as(SendDialog([], "Amal").wish(), str(bundle.with_name("one.bundle"))))
    with Project.open(bundle.parent / "basim.hashiya", reviewer="Amal") as other:
        other.receive([bundle.with_name("one.bundle")])
        other.revise(mark, note="there")
        other.send(bundle.with_name("back.bundle"))
    session.revise(mark, note="here")
    qtbot.waitUntil(lambda: session.now.annotations[0].note == "here")
    laptop.next(lambda: laptop.exchanging.take([bundle.with_name("back.bundle")]))
    dialog = laptop.next(laptop.exchanging.settle)
    assert isinstance(dialog, ConflictsDialog)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: len(dialog.conflicts) == 1)
    told = [words.side(one, dialog.conflicts[0], {"actor": "Actor"}) for one in dialog.conflicts[0].sides]
    assert sorted(one.split("Note: ")[1].strip("\u2066\u2067\u2068\u2069\u200e") for one in told) == ["here", "there"]
    wanted = [str(one.value and one.value["note"]) for one in dialog.conflicts[0].sides].index("there")
    dialog.show()
    qtbot.keyClick(dialog, Qt.Key(int(Qt.Key.Key_1) + wanted))
    qtbot.waitUntil(lambda: not dialog.conflicts)
    assert {one.id: one.note for one in session.now.annotations}[mark] == "there"
    session.undo()
    qtbot.waitUntil(lambda: len(dialog.conflicts) == 1)


def test_bundles_are_told_from_articles_by_their_ending() -> None:
    assert are_bundles([Path("a.bundle"), Path("b.BUNDLE")])
    assert not are_bundles([Path("a.bundle"), Path("b.txt")])
    assert not are_bundles([])
