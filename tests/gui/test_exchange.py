"""Work goes to another laptop in a bundle and comes back: shown before it is written, taken back, settled."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from annotator import Project
from annotator.entities import Entity, Name
from annotator.exchange.reports import Sendable
from annotator.frames import Speaker
from ui.dialogs.progress import Progress, stop_all
from ui.dialogs.report import Report
from ui.exchange import words
from ui.exchange.beginning import BeginDialog
from ui.exchange.conflicts import ConflictsPanel
from ui.exchange.exchanging import Exchanging
from ui.exchange.received import ReceivedDialog
from ui.exchange.receiving import ReceiveDialog
from ui.exchange.sending import SendDialog, SendWish
from ui.exchange.sides import ids_in, side_words
from ui.exchange.telling_apart import is_named_bundle, sorted_files
from ui.session import Session
from ui.settings import Settings
from ui.translate import isolated, set_language

TEXT = "قصف الجيش مدينة حلب وريفها."


class Laptop:
    """A session with its window's exchange, and the dialogs that it shows."""

    def __init__(self, qtbot: QtBot, session: Session) -> None:
        self.qtbot, self.session = qtbot, session
        self.window = QWidget()
        qtbot.addWidget(self.window)
        settings = Settings()
        settings.reviewer = "Amal"
        self.exchanging = Exchanging(session, settings, self.window)
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
    assert dialog.go.text() == "Receive the others"
    assert "bad.bundle" in dialog.details.toPlainText()
    assert laptop.marks() == set()
    laptop.next(dialog.accept)
    assert laptop.marks() == {("الجيش", "Basim")}


def test_when_all_is_refused_there_is_nothing_to_receive(laptop: Laptop, bundle: Path) -> None:
    bundle.write_bytes(bundle.read_bytes()[:200])
    dialog = laptop.next(lambda: laptop.exchanging.look_at([bundle]))
    assert isinstance(dialog, ReceiveDialog)
    assert not dialog.go.isEnabled()
    assert "1 file cannot be received" in dialog.heading.text()


def test_a_stick_that_was_taken_out_meanwhile_is_told_as_that(laptop: Laptop, bundle: Path) -> None:
    dialog = laptop.next(lambda: laptop.exchanging.look_at([bundle]))
    bundle.unlink()
    told = laptop.next(dialog.accept)
    assert isinstance(told, Report)
    assert told._text.startswith("1 file cannot be received.")
    assert "cannot be opened" in told._text
    assert laptop.marks() == set()


def test_what_was_received_is_taken_back(laptop: Laptop, bundle: Path) -> None:
    laptop.next(lambda: laptop.exchanging.take([bundle]))
    assert laptop.marks()
    received = laptop.next(laptop.exchanging.show_received)
    assert isinstance(received, ReceivedDialog)
    assert "Basim" in received.list.item(0).text()
    question = laptop.next(received.go.click)
    assert isinstance(question, QMessageBox)
    laptop.next(question.buttons()[0].click)
    assert laptop.marks() == set()
    received = laptop.next(laptop.exchanging.show_received)
    assert isinstance(received, ReceivedDialog)
    assert not received.go.isEnabled()
    assert "taken back" in received.list.item(0).text()


def test_what_one_built_upon_is_not_taken_back_and_the_sentence_says_why(
    laptop: Laptop, bundle: Path, qtbot: QtBot
) -> None:
    laptop.next(lambda: laptop.exchanging.take([bundle]))
    mark = laptop.session.now.annotations[0].id
    laptop.session.change(lambda project: project.comment(mark, "why?"))
    laptop.exchanging.take_back_now()
    qtbot.waitUntil(lambda: bool(laptop.errors))
    assert "build on what was received" in laptop.errors[0]
    assert laptop.marks() == {("الجيش", "Basim")}


def test_my_work_is_sent_and_received_by_the_other(laptop: Laptop, bundle: Path, qtbot: QtBot) -> None:
    laptop.session.annotate(16, 19, "place")
    qtbot.waitUntil(lambda: len(laptop.marks()) == 1)
    dialog = laptop.next(laptop.exchanging.send)
    assert isinstance(dialog, SendDialog)
    qtbot.waitUntil(lambda: "1 change" in dialog.much.text())
    dialog.since.setCurrentIndex(1)
    qtbot.waitUntil(lambda: "1 article" in dialog.much.text())
    dialog.since.setCurrentIndex(0)
    assert dialog.wish().file_name("a/b: c", "Amal").startswith("a b c Amal 2")
    out = bundle.with_name("amal.bundle")
    place = laptop.exchanging.ask_place(dialog.wish())
    laptop.next(lambda: place.fileSelected.emit(str(out)))
    place.close()
    with Project.open(bundle.parent / "basim.hashiya", reviewer="Basim") as other:
        assert other.receive([out]).annotations == 1


def test_nothing_new_to_send_is_said(laptop: Laptop, bundle: Path, qtbot: QtBot) -> None:
    """All there is went out when the project was handed over."""
    dialog = laptop.next(laptop.exchanging.send)
    assert isinstance(dialog, SendDialog)
    qtbot.waitUntil(lambda: "nothing new" in dialog.much.text())
    assert not dialog.go.isEnabled()
    laptop.exchanging.send_as(dialog.wish(), str(bundle.with_name("two.bundle")))
    qtbot.waitUntil(lambda: bool(laptop.errors))
    assert "nothing new" in laptop.errors[0]


def test_what_one_changed_on_two_machines_is_settled_by_a_key(laptop: Laptop, bundle: Path, qtbot: QtBot) -> None:
    """Amal marked, took that to another laptop, and changed the note on both."""
    session = laptop.session
    session.annotate(4, 9, "actor")
    qtbot.waitUntil(lambda: len(laptop.marks()) == 1)
    mark = session.now.annotations[0].id
    laptop.next(lambda: laptop.exchanging.send_as(SendWish(None, True, "", True), str(bundle.with_name("one.bundle"))))
    with Project.open(bundle.parent / "basim.hashiya", reviewer="Amal") as other:
        other.receive([bundle.with_name("one.bundle")])
        other.revise(mark, note="there")
        other.send(bundle.with_name("back.bundle"))
    session.revise(mark, note="here")
    qtbot.waitUntil(lambda: session.now.annotations[0].note == "here")
    counts: list[int] = []
    places: list[tuple[object, ...]] = []
    laptop.exchanging.unsettled.connect(counts.append)
    laptop.next(lambda: laptop.exchanging.take([bundle.with_name("back.bundle")]))
    qtbot.waitUntil(lambda: counts[-1:] == [1])
    dialog = ConflictsPanel(session)
    qtbot.addWidget(dialog)
    dialog.counted.connect(counts.append)
    dialog.place_wanted.connect(lambda *place: places.append(place))
    dialog.show()
    qtbot.waitUntil(lambda: len(dialog.conflicts) == 1)
    told = [side_words(one, dialog.conflicts[0].conflict, None, {}) for one in dialog.conflicts[0].conflict.sides]
    assert sorted(one.split("Note: ")[1].strip("\u2066\u2067\u2068\u2069\u200e") for one in told) == ["here", "there"]
    wanted = [str(one.value and one.value["note"]) for one in dialog.conflicts[0].conflict.sides].index("there")
    assert places == [(session.now.annotations[0].article, 4, 9)]
    qtbot.keyClick(dialog, Qt.Key(int(Qt.Key.Key_1) + wanted))
    qtbot.waitUntil(lambda: not dialog.conflicts)
    assert counts[-1] == 0
    assert {one.id: one.note for one in session.now.annotations}[mark] == "there"
    session.undo()
    qtbot.waitUntil(lambda: len(dialog.conflicts) == 1)


def test_an_open_dock_hears_of_a_conflict_that_changes_nothing_shown(
    laptop: Laptop, bundle: Path, qtbot: QtBot
) -> None:
    session = laptop.session
    laptop.next(lambda: laptop.exchanging.take([bundle]))  # all else that the other copy has
    made: list[Entity] = []
    session.change(lambda project: project.add_entity("actor", ["قسد"]), then=made.append)
    qtbot.waitUntil(lambda: bool(made))
    laptop.next(lambda: laptop.exchanging.send_as(SendWish(None, True, "", True), str(bundle.with_name("one.bundle"))))
    with Project.open(bundle.parent / "basim.hashiya", reviewer="Amal") as other:
        other.receive([bundle.with_name("one.bundle")])
        other.revise_entity(made[0].id, notes="there", subtype="armed_group")
        other.send(bundle.with_name("back.bundle"))
    session.change(lambda project: project.revise_entity(made[0].id, notes="here"))
    panel = ConflictsPanel(session)
    qtbot.addWidget(panel)
    laptop.exchanging.unsettled.connect(panel.expect)
    panel.show()
    laptop.next(lambda: laptop.exchanging.take([bundle.with_name("back.bundle")]))
    qtbot.waitUntil(lambda: len(panel.conflicts) == 1)
    one = panel.conflicts[0]
    told = [side_words(side, one.conflict, session.now.label_set, one.known) for side in one.conflict.sides]
    assert one.title == "قسد"
    assert [isolated(note) in side for note, side in zip(("here", "there"), told, strict=True)] == [True, True]
    assert "armed_group" not in told[1]
    assert isolated("Armed group") in told[1]


def test_a_window_that_closes_stops_what_it_receives(laptop: Laptop, bundle: Path, qtbot: QtBot) -> None:
    gate = Event()
    laptop.session.run(lambda project: gate.wait(10), lambda _: None)
    laptop.exchanging.take([bundle])
    stop_all(laptop.window)
    gate.set()
    qtbot.waitUntil(lambda: bool(laptop.errors))
    assert "Receiving was stopped" in laptop.errors[0]
    assert laptop.marks() == set()


@pytest.mark.parametrize("way", ["take", "take back"])
def test_while_an_import_goes_on_it_is_said_that_this_waits(
    laptop: Laptop, bundle: Path, qtbot: QtBot, way: str
) -> None:
    """No progress lies over the window meanwhile: the import could not be stopped behind it."""
    if way == "take back":
        laptop.next(lambda: laptop.exchanging.take([bundle]))
    gate, told = Event(), []
    laptop.exchanging.told.connect(told.append)

    def parts(_: Project) -> Iterator[None]:
        while not gate.wait(0.01):
            yield

    laptop.session.in_parts(parts, lambda _: None)
    laptop.exchanging.take([bundle]) if way == "take" else laptop.exchanging.take_back_now()
    assert told == ["An import is still going on. This is done as soon as it has ended; it can be stopped above."]
    assert not any(one.isVisible() for one in laptop.window.findChildren(Progress))
    assert laptop.exchanging._progress.shown is None
    laptop.next(gate.set)
    assert bool(laptop.marks()) is (way == "take")


def test_large_numbers_are_written_as_the_language_writes_them(laptop: Laptop) -> None:
    found = Sendable(12_345, 2_000)
    assert words.much(found, with_articles=True).endswith("12,345 changes · 2,000 articles")
    set_language("ar")
    assert "١٢٬٣٤٥" in words.much(found, with_articles=True)


def test_sides_are_told_in_words_and_never_by_ids(laptop: Laptop, bundle: Path, qtbot: QtBot) -> None:
    """Amal removed here what she changed there; a link and a frame differ too."""
    session = laptop.session
    session.annotate(4, 9, "actor")
    session.annotate(0, 19, "claim")
    qtbot.waitUntil(lambda: len(laptop.marks()) == 2)
    actor, claim = (next(one.id for one in session.now.annotations if one.label == key) for key in ("actor", "claim"))
    laptop.next(lambda: laptop.exchanging.send_as(SendWish(None, True, "", True), str(bundle.with_name("one.bundle"))))
    with Project.open(bundle.parent / "basim.hashiya", reviewer="Amal") as other:
        other.receive([bundle.with_name("one.bundle")])
        other.link_new(actor, Entity("", "actor", (Name("الجيش العربي السوري"),)))
        other.revise(actor, note="there")
        other.frame(claim, mode="direct", source=Speaker("actor", actor))
        other.send(bundle.with_name("back.bundle"))
    session.frame(claim, mode="indirect")
    session.change(lambda project: project.link(actor, "unknown"))
    session.remove(actor)
    laptop.next(lambda: laptop.exchanging.take([bundle.with_name("back.bundle")]))
    panel = ConflictsPanel(session)
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitUntil(lambda: len(panel.conflicts) == 3)
    set_language("ar")
    told = {
        one.conflict.kind: [
            side_words(side, one.conflict, session.now.label_set, one.known) for side in one.conflict.sides
        ]
        for one in panel.conflicts
    }
    assert sorted("أُزيلت" in side for side in told["annotation"]) == [False, True]
    assert any("جهة فاعلة" in side and "there" in side for side in told["annotation"])
    assert not any("يبدأ عند" in side for side in told["annotation"])
    assert any("الجيش العربي السوري" in side for side in told["link"])
    assert len(set(told["frame"])) == 2
    everything = "\n".join(side for sides in told.values() for side in sides)
    assert not re.search("[0-9a-f]{8}-|_at|article|direct", everything)
    assert any(actor in ids_in(one.conflict) for one in panel.conflicts)


def test_bundles_are_told_from_articles_by_their_ending_and_a_zip_by_its_content(bundle: Path) -> None:
    renamed, other = bundle.with_name("b.bundle.zip"), bundle.with_name("articles.zip")
    renamed.write_bytes(bundle.read_bytes())
    other.write_bytes(b"PK")
    assert all(map(is_named_bundle, (bundle, renamed, Path("b.BUNDLE"))))
    assert not is_named_bundle(Path("b.txt"))
    assert sorted_files([bundle, other, renamed, Path("b.txt")]) == ([bundle, renamed], [other, Path("b.txt")])


def test_a_project_begins_with_what_another_sent(laptop: Laptop, bundle: Path, qtbot: QtBot) -> None:
    """Chadia has another project open; she gets her copy of Amal's from the bundle of everything."""
    with qtbot.waitSignal(laptop.session.project_changed):
        laptop.session.create(bundle.with_name("other.hashiya"), reviewer="Chadia")
    dialog = laptop.next(lambda: laptop.exchanging.look_at([bundle, bundle.with_name("all.bundle")]))
    assert isinstance(dialog, BeginDialog)
    assert dialog.go.isEnabled()
    assert "amal" in dialog.heading.text()
    with qtbot.waitSignal(laptop.session.project_changed):
        laptop.exchanging.begin_from([bundle, bundle.with_name("all.bundle")], str(bundle.with_name("mine.hashiya")))
    assert laptop.marks() == {("الجيش", "Basim")}


def test_the_copy_is_offered_a_name_that_every_system_takes_and_replaces_nothing(
    laptop: Laptop, bundle: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(laptop.session.project_changed):
        laptop.session.create(bundle.with_name("other.hashiya"), reviewer="Chadia")
    dialog = laptop.next(lambda: laptop.exchanging.look_at([bundle.with_name("all.bundle")]))
    laptop.exchanging._settings.reviewer = "Amal / B: C"
    dialog.accept()
    asked = laptop.window.findChild(QFileDialog)
    assert isinstance(asked, QFileDialog)
    assert [Path(one).name for one in asked.selectedFiles()] == ["amal Amal B C.hashiya"]
    assert asked.testOption(QFileDialog.Option.DontConfirmOverwrite)
    asked.close()
    laptop.exchanging.begin_from([bundle.with_name("all.bundle")], str(bundle.with_name("other.hashiya")))
    qtbot.waitUntil(lambda: bool(laptop.errors))
    assert "nothing was overwritten" in laptop.errors[0]


def test_without_the_beginning_no_copy_is_offered(laptop: Laptop, bundle: Path, qtbot: QtBot) -> None:
    with Project.open(bundle.parent / "basim.hashiya", reviewer="Basim") as basim:
        basim.remove(basim.annotations(basim.articles()[0].id)[0].id)
        basim.send(bundle.with_name("later.bundle"), since_last=True)
    with qtbot.waitSignal(laptop.session.project_changed):
        laptop.session.create(bundle.with_name("other.hashiya"), reviewer="Chadia")
    dialog = laptop.next(lambda: laptop.exchanging.look_at([bundle.with_name("later.bundle")]))
    assert isinstance(dialog, BeginDialog)
    assert dialog.go.isHidden()


def test_without_any_project_a_bundle_offers_one(qtbot: QtBot, bundle: Path) -> None:
    session = Session()
    laptop = Laptop(qtbot, session)
    assert isinstance(laptop.next(lambda: laptop.exchanging.look_at([bundle])), BeginDialog)
    session.close()


def test_without_any_project_it_is_said_why_none_can_begin(qtbot: QtBot, bundle: Path) -> None:
    session = Session()
    laptop = Laptop(qtbot, session)
    bundle.write_bytes(b"")
    told = laptop.next(lambda: laptop.exchanging.look_at([bundle]))
    assert isinstance(told, Report)
    assert "basim.bundle is not a bundle" in told._text
    session.close()
