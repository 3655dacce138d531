"""The export dialog: every format by what it is for, which part goes out, what must not be told, a package."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from annotator import formats
from annotator.formats import Writer
from annotator.selecting import FINAL
from tests.core.whole_project import whole_project
from ui.export.choice_part import Offered
from ui.export.dialog import ExportDialog
from ui.export.remembered import Remembered
from ui.export.report import ExportTold
from ui.export.wish import GROUPS, ExportWish
from ui.main_window import MainWindow
from ui.pdf_report import WRITERS
from ui.plain import PlainLabel
from ui.session import Session
from ui.settings import Settings
from ui.translate import set_language


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    monkeypatch.setenv("HASHIYA_HOME", str(tmp_path / "home"))
    set_language("en")
    with whole_project(tmp_path / "work.hashiya"):
        pass
    session = Session()
    with qtbot.waitSignal(session.project_changed):
        session.open(tmp_path / "work.hashiya", reviewer="R1")
    yield session
    session.close()


@pytest.fixture
def dialog(qtbot: QtBot, session: Session) -> ExportDialog:
    return shown(qtbot, session)


def shown(qtbot: QtBot, session: Session, offered: Offered = Offered()) -> ExportDialog:  # noqa: B008 - frozen
    dialog = ExportDialog(session, Settings(), offered=offered)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.go.isEnabled)
    return dialog


def gone(qtbot: QtBot, dialog: ExportDialog, path: Path | None = None) -> ExportWish:
    """Choose a place, go, and return what is wanted."""
    if path:
        dialog.place_part.take(str(path))
    qtbot.waitUntil(dialog.go.isEnabled)
    with qtbot.waitSignal(dialog.wanted) as told:
        dialog.go.click()
    wish = told.args[0]
    assert isinstance(wish, ExportWish)
    return wish


def written(qtbot: QtBot, session: Session, wish: ExportWish) -> Any:
    """Write what is wanted, and return the report."""
    reports: list[Any] = []
    session.run(wish.job(lambda done, total: None, lambda: False), reports.append)
    qtbot.waitUntil(lambda: bool(reports), timeout=20_000)
    return reports[0]


def test_every_format_stands_in_one_group() -> None:
    named = [name for _, names in GROUPS for name in names]
    assert sorted(named) == sorted(writer.name for writer in WRITERS)
    assert len(named) == len(set(named))


# -- formats ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.name)
def test_every_format_is_chosen_in_the_dialog_and_written(
    qtbot: QtBot, session: Session, tmp_path: Path, writer: Writer
) -> None:
    if not formats.is_available(writer):
        pytest.skip(f"{writer.needs} is not installed")
    dialog = shown(qtbot, session)
    dialog.formats.choose(writer.name)
    assert dialog.formats.chosen() == (writer,)
    assert dialog.about.text() == writer.keeps
    report = written(qtbot, session, gone(qtbot, dialog))
    assert report.annotations == 58
    assert report.path.parent == tmp_path
    assert report.path.name.endswith(writer.ending)
    assert report.path.exists()


def test_each_format_says_what_it_keeps() -> None:
    assert all(writer.keeps for writer in WRITERS)


def test_a_format_without_its_package_says_how_to_get_it_and_cannot_be_written(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, session: Session
) -> None:
    monkeypatch.setattr(formats, "is_available", lambda writer: not writer.needs)
    dialog = shown(qtbot, session)
    items = dialog.formats.findItems("not installed", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive)
    assert len(items) == sum(bool(writer.needs) for writer in WRITERS)
    dialog.formats.setCurrentItem(items[0])
    assert "pip install pyarrow" in dialog.about.text()
    qtbot.waitUntil(lambda: dialog.told.text() == "Choose a format.")
    assert not dialog.go.isEnabled()


def test_enter_means_export_also_after_the_keyboard_was_on_another_button(qtbot: QtBot, dialog: ExportDialog) -> None:
    dialog.activateWindow()
    cancel = next(button for button in dialog.findChildren(QPushButton) if button.text() == "Cancel")
    cancel.setFocus()
    dialog.formats.setFocus()
    qtbot.waitUntil(dialog.formats.hasFocus)
    with qtbot.waitSignal(dialog.wanted):
        qtbot.keyClick(dialog.formats, Qt.Key.Key_Return)


def test_it_is_no_larger_than_the_screen(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    monkeypatch.setattr(QScreen, "availableSize", lambda _: QSize(960, 540))
    dialog = shown(qtbot, session)
    assert dialog.width() <= 960
    assert dialog.height() <= 540
    assert dialog.rect().contains(dialog.go.geometry())


# -- which part ------------------------------------------------------------------------------------------------------


def test_a_part_is_chosen_and_counted(qtbot: QtBot, session: Session, dialog: ExportDialog, tmp_path: Path) -> None:
    assert dialog.told.text() == "To be written: 1 article, 58 annotations."
    part = dialog.choice_part
    part.articles.setCurrentIndex(part.articles.findData("filter"))
    part.filter.write("state:done")
    qtbot.waitUntil(lambda: dialog.told.text() == "To be written: 0 articles, 0 annotations.")
    part.filter.write("label:claim")
    part.layer.setCurrentIndex(part.layer.findData("R1"))
    part.since.setText("2020-01-01")
    part.labels["actor"].setChecked(False)
    qtbot.waitUntil(lambda: dialog.told.text() == "To be written: 1 article, 24 annotations.")
    wish = gone(qtbot, dialog, tmp_path / "out.jsonl")
    assert (wish.choice.filter, wish.choice.since, wish.choice.layer) == ("label:claim", "2020-01-01", "R1")
    assert "actor" not in wish.choice.labels
    report = written(qtbot, session, wish)
    assert (report.written, report.annotations) == (1, 24)


def test_the_final_layer_of_what_nobody_settled_is_empty(qtbot: QtBot, session: Session, dialog: ExportDialog) -> None:
    session.change(
        lambda project: (project.switch_reviewer("R2"), project.annotate(project.articles()[0].id, 0, 3, "actor"))
    )
    part = dialog.choice_part
    part.layer.setCurrentIndex(part.layer.findData(FINAL))
    qtbot.waitUntil(lambda: dialog.told.text() == "To be written: 1 article, 0 annotations.")


def test_what_is_wrong_is_said_and_nothing_can_be_written(qtbot: QtBot, dialog: ExportDialog) -> None:
    dialog.choice_part.since.setText("yesterday")
    qtbot.waitUntil(lambda: "no moment" in dialog.told.text())
    assert not dialog.go.isEnabled()
    dialog.choice_part.since.setText("")
    for box in dialog.choice_part.labels.values():
        box.setChecked(False)
    qtbot.waitUntil(lambda: "without one nothing" in dialog.told.text())
    assert not dialog.go.isEnabled()


def test_a_filter_with_a_mistake_says_it_and_exports_nothing(qtbot: QtBot, dialog: ExportDialog) -> None:
    part = dialog.choice_part
    part.articles.setCurrentIndex(part.articles.findData("filter"))
    part.filter.write("stat:done")
    qtbot.waitUntil(lambda: any("is not known" in one.text() for one in part.filter.findChildren(PlainLabel)))
    qtbot.waitUntil(lambda: "cannot be understood" in dialog.told.text())
    assert not dialog.go.isEnabled()
    part.articles.setCurrentIndex(part.articles.findData("all"))
    qtbot.waitUntil(dialog.go.isEnabled)


def test_articles_chosen_in_the_queue_are_meant_first(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    article = session.now.article
    assert article
    dialog = shown(qtbot, session, Offered(chosen=(article.id,)))
    assert dialog.choice_part.articles.currentText() == "1 chosen article"
    assert gone(qtbot, dialog, tmp_path / "out.jsonl").choice.articles == {article.id}


def test_what_the_queue_shows_is_offered_with_its_filter(qtbot: QtBot, session: Session) -> None:
    article = session.now.article
    assert article
    dialog = shown(qtbot, session, Offered(shown=(article.id,), filter="label:claim"))
    part = dialog.choice_part
    assert part.articles.currentText() == "1 article that the queue shows"
    assert part.choice().articles == {article.id}
    part.articles.setCurrentIndex(part.articles.findData("filter"))
    assert (part.choice().articles, part.choice().filter) == (None, "label:claim")


# -- what must not be told -------------------------------------------------------------------------------------------


def redacted(dialog: ExportDialog, choice: str) -> None:
    """Choose in the box as a user does."""
    box = dialog.redaction.box
    box.setCurrentIndex(box.findData(choice))
    box.activated.emit(box.currentIndex())


def test_what_must_not_be_told_is_explained(qtbot: QtBot, dialog: ExportDialog, tmp_path: Path) -> None:
    redacted(dialog, "public")
    assert "all notes" in dialog.redaction.explanation.text()
    wish = gone(qtbot, dialog, tmp_path / "out.jsonl")
    assert wish.redaction
    assert wish.redaction.name == "public"


def test_a_bad_profile_is_said_and_nothing_can_be_written(
    qtbot: QtBot, dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("[]", "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(bad), ""))
    redacted(dialog, "file")
    assert "bad.json" in dialog.redaction.explanation.text()
    qtbot.waitUntil(lambda: "bad.json" in dialog.told.text())
    assert not dialog.go.isEnabled()  # what should be hidden would be told
    redacted(dialog, "")
    qtbot.waitUntil(dialog.go.isEnabled)


def test_who_chooses_no_file_keeps_what_was_to_be_hidden(dialog: ExportDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    redacted(dialog, "public")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    redacted(dialog, "file")
    assert dialog.redaction.box.currentData() == "public"
    assert dialog.redaction.profile


# -- where to --------------------------------------------------------------------------------------------------------


def test_a_free_name_is_offered(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    (tmp_path / "work.jsonl").write_text("mine", "utf-8")
    dialog = shown(qtbot, session)
    assert dialog.place_part.line.text() == str(tmp_path / "work 2.jsonl")
    dialog.formats.choose("brat")
    qtbot.waitUntil(lambda: dialog.place_part.line.text() == str(tmp_path / "work-brat"))
    written(qtbot, session, gone(qtbot, dialog))
    assert (tmp_path / "work.jsonl").read_text("utf-8") == "mine"
    assert (tmp_path / "work-brat/annotation.conf").is_file()


def test_a_name_of_ones_own_gets_the_ending_and_follows_the_format(
    qtbot: QtBot, dialog: ExportDialog, tmp_path: Path
) -> None:
    line = dialog.place_part.line
    line.selectAll()
    qtbot.keyClicks(line, "mine")
    assert gone(qtbot, dialog).path == tmp_path / "mine.jsonl"
    dialog.place_part.take(str(tmp_path / "mine.jsonl"))
    dialog.formats.choose("xlsx")
    assert line.text() == str(tmp_path / "mine.xlsx")


def test_nothing_is_replaced_without_a_question(
    qtbot: QtBot, session: Session, dialog: ExportDialog, tmp_path: Path
) -> None:
    mine = tmp_path / "mine.jsonl"
    mine.write_text("mine", "utf-8")
    dialog.place_part.take(str(mine))
    qtbot.waitUntil(lambda: "is replaced" in dialog.told.text())
    qtbot.waitUntil(dialog.go.isEnabled)
    wishes: list[ExportWish] = []
    dialog.wanted.connect(wishes.append)
    for press, answered in (("Cancel", 0), ("Replace", 1)):
        dialog.go.click()
        qtbot.waitUntil(lambda: bool(dialog.findChildren(QMessageBox)))
        question = dialog.findChildren(QMessageBox)[0]
        assert question.defaultButton().text() == "Cancel"
        with qtbot.waitSignal(question.destroyed):
            next(button for button in question.buttons() if button.text() == press).click()
        assert len(wishes) == answered
    written(qtbot, session, wishes[0])
    assert mine.read_text("utf-8") != "mine"


@pytest.mark.parametrize(
    ("name", "place", "said"),
    [
        ("jsonl", "no/such/out.jsonl", "There is no folder"),
        ("jsonl", "full.d", "is a folder"),
        ("brat", "full.d", "that is no earlier export"),
        ("brat", "file", "that is no earlier export"),
        ("brat", "n" * 300, "cannot be written"),
    ],
)
def test_what_is_in_the_way_is_said_beforehand(
    qtbot: QtBot, dialog: ExportDialog, tmp_path: Path, name: str, place: str, said: str
) -> None:
    (tmp_path / "full.d").mkdir()
    (tmp_path / "full.d/mine.txt").write_text("mine", "utf-8")
    (tmp_path / "file").write_text("mine", "utf-8")
    dialog.formats.choose(name)
    dialog.place_part.take(str(tmp_path / place))
    qtbot.waitUntil(lambda: said in dialog.told.text())
    assert not dialog.go.isEnabled()


def test_a_place_can_be_chosen_in_a_file_dialog(qtbot: QtBot, dialog: ExportDialog, tmp_path: Path) -> None:
    place = dialog.place_part.ask()
    place.fileSelected.emit(str(tmp_path / "out.jsonl"))
    place.reject()
    assert gone(qtbot, dialog).path == tmp_path / "out.jsonl"


# -- packages and reports --------------------------------------------------------------------------------------------


def test_a_package_takes_several_formats(qtbot: QtBot, session: Session, dialog: ExportDialog, tmp_path: Path) -> None:
    dialog.formats.choose("csv")
    dialog.packed.setChecked(True)
    dialog.package_part.creators.setText("Amal; Basim")
    dialog.package_part.licence.setText("CC-BY-4.0")
    dialog.formats.tick("jsonl")
    wish = gone(qtbot, dialog)
    assert wish.details
    assert wish.details.creators == ("Amal", "Basim")
    assert [writer.name for writer in wish.writers] == ["jsonl", "csv"]
    assert wish.path == tmp_path / "work-package.zip"
    written(qtbot, session, wish)
    assert wish.path.is_file()


def test_the_language_is_asked_only_for_reports(qtbot: QtBot, dialog: ExportDialog) -> None:
    assert not dialog.language.isVisible()
    dialog.formats.choose("html")
    assert dialog.language.isVisible()
    dialog.language.setCurrentIndex(dialog.language.findData("ar"))
    assert gone(qtbot, dialog).language == "ar"


# -- what is remembered ----------------------------------------------------------------------------------------------


def test_the_next_export_of_a_project_begins_with_these_choices(
    qtbot: QtBot, session: Session, dialog: ExportDialog, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    dialog.formats.choose("html")
    dialog.packed.setChecked(True)
    dialog.formats.tick("csv")
    dialog.package_part.licence.setText("CC-BY-4.0")
    dialog.strict.setChecked(True)
    dialog.choice_part.labels["weapon"].setChecked(False)
    dialog.choice_part.since.setText("2020-01-01")
    redacted(dialog, "names")
    gone(qtbot, dialog, tmp_path / "elsewhere/out.zip")
    later = shown(qtbot, session)
    wish = gone(qtbot, later)
    assert [writer.name for writer in wish.writers] == ["csv", "html"]
    assert wish.details
    assert wish.details.licence == "CC-BY-4.0"
    assert wish.strict
    assert wish.choice.labels == {"actor", "place", "claim"}
    assert wish.redaction
    assert wish.redaction.name == "names"
    assert wish.path.parent == tmp_path / "elsewhere"
    assert wish.choice.since == ""  # a part is asked for anew each time


def test_the_last_export_is_the_last_that_was_written(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    """One that fails must not be taken for one that has the changes until then."""
    window = MainWindow(session, Settings())
    qtbot.addWidget(window)
    first = shown(qtbot, session)
    assert first.choice_part.last.isHidden()
    wish = gone(qtbot, first, tmp_path / "out.jsonl")
    (tmp_path / "out.jsonl").mkdir()
    with qtbot.waitSignal(session.failed):
        window.exporting.write(wish)
    assert shown(qtbot, session).choice_part.last.isHidden()
    (tmp_path / "out.jsonl").rmdir()
    window.exporting.write(wish)
    qtbot.waitUntil(lambda: bool(window.findChildren(ExportTold)))
    later = shown(qtbot, session)
    later.choice_part.last.click()
    assert later.choice_part.choice().since == wish.asked_at


def test_an_export_never_takes_the_place_of_a_project(qtbot: QtBot, session: Session, dialog: ExportDialog) -> None:
    assert session.now.path
    dialog.place_part.take(str(session.now.path))
    qtbot.waitUntil(lambda: "is a project of Hashiya" in dialog.told.text())
    assert not dialog.go.isEnabled()


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("{}/", "work.jsonl"), ("{}/.", "work.jsonl"), ("{}/sub/..", "work.jsonl"), ("تقرير 16.1", "تقرير 16.1.jsonl"),
        ("د. أمل", "د. أمل.jsonl"), ("a.txt", "a.txt"), ("b", "b.jsonl"),
    ],
)  # fmt: skip
def test_a_line_may_be_a_folder_or_a_name_with_a_dot(
    qtbot: QtBot, session: Session, dialog: ExportDialog, tmp_path: Path, line: str, name: str
) -> None:
    (tmp_path / "sub").mkdir()
    dialog.place_part.line.setText(line.format(tmp_path))
    dialog.place_part.line.textEdited.emit(dialog.place_part.line.text())
    assert gone(qtbot, dialog).path.resolve() == tmp_path / name


def test_a_remembered_profile_that_is_gone_lets_nothing_out(
    qtbot: QtBot, session: Session, dialog: ExportDialog, tmp_path: Path
) -> None:
    profile = tmp_path / "own.json"
    profile.write_text('{"notes": true}', "utf-8")
    dialog.redaction.take(str(profile))
    gone(qtbot, dialog, tmp_path / "out.jsonl")
    profile.unlink()
    later = ExportDialog(session, Settings())
    qtbot.addWidget(later)
    qtbot.waitUntil(lambda: "own.json" in later.told.text())
    assert not later.go.isEnabled()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"formats": 7, "layer": null, "strict": "yes", "more": 1}'])
def test_settings_that_say_nonsense_are_as_at_first(text: str) -> None:
    assert Remembered.read(text) == Remembered()
