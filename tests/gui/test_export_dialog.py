"""The export dialog: every format by what it is for, which part goes out, what must not be told, a package."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from annotator import formats
from annotator.selecting import FINAL
from tests.core.whole_project import whole_project
from ui.export.dialog import ExportDialog
from ui.export.wish import GROUPS, ExportWish
from ui.pdf_report import WRITERS
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


def shown(qtbot: QtBot, session: Session, *, chosen: tuple[str, ...] = (), filter: str = "") -> ExportDialog:
    dialog = ExportDialog(session, Settings(), chosen=chosen, filter=filter)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.go.isEnabled)
    return dialog


def chosen_place(qtbot: QtBot, dialog: ExportDialog, path: Path) -> ExportWish:
    """Choose a place, and return what is wanted."""
    place = dialog.ask_place()
    with qtbot.waitSignal(dialog.wanted) as told:
        place.fileSelected.emit(str(path))
    wish = told.args[0]
    assert isinstance(wish, ExportWish)
    return wish


def test_every_format_stands_in_one_group() -> None:
    named = [name for _, names in GROUPS for name in names]
    assert sorted(named) == sorted(writer.name for writer in WRITERS)
    assert len(named) == len(set(named))


def test_every_format_that_can_be_written_can_be_chosen(dialog: ExportDialog) -> None:
    for writer in WRITERS:
        if formats.is_available(writer):
            dialog.formats.choose(writer.name)
            assert dialog.formats.chosen() == (writer,)


def test_a_format_without_its_package_says_what_it_needs(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, session: Session
) -> None:
    monkeypatch.setattr(formats, "is_available", lambda writer: not writer.needs)
    dialog = shown(qtbot, session)
    items = dialog.formats.findItems(
        "needs the Python package", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive
    )
    assert len(items) == sum(bool(writer.needs) for writer in WRITERS)
    assert all(item.isDisabled() for item in items)


@pytest.mark.parametrize(("name", "ending"), [("conllu", "out.conllu"), ("conll", "out"), ("xlsx", "out.xlsx")])
def test_what_is_chosen_is_written(
    qtbot: QtBot, session: Session, dialog: ExportDialog, tmp_path: Path, name: str, ending: str
) -> None:
    dialog.formats.choose(name)
    wish = chosen_place(qtbot, dialog, tmp_path / ending)
    reports: list[object] = []
    session.run(wish.job(lambda done, total: None, lambda: False), reports.append)
    qtbot.waitUntil(lambda: bool(reports))
    assert (tmp_path / ending).exists()
    assert Settings().export_format == name


def test_a_part_is_chosen_and_counted(qtbot: QtBot, session: Session, dialog: ExportDialog, tmp_path: Path) -> None:
    part = dialog.choice_part
    part.articles.setCurrentIndex(part.articles.findData("filter"))
    part.filter.setText("state:done")
    qtbot.waitUntil(lambda: dialog.told.text() == "0 articles will be written.")
    part.filter.setText("label:claim")
    part.layer.setCurrentIndex(part.layer.findData(FINAL))
    part.since.setText("2020-01-01")
    part.labels["actor"].setChecked(False)
    qtbot.waitUntil(dialog.go.isEnabled)
    choice = chosen_place(qtbot, dialog, tmp_path / "out.jsonl").choice
    assert (choice.filter, choice.since, choice.layer) == ("label:claim", "2020-01-01", FINAL)
    assert "actor" not in choice.labels
    assert "claim" in choice.labels


def test_what_is_wrong_is_said_and_nothing_can_be_written(qtbot: QtBot, dialog: ExportDialog) -> None:
    dialog.choice_part.since.setText("yesterday")
    qtbot.waitUntil(lambda: "no moment" in dialog.told.text())
    assert not dialog.go.isEnabled()
    dialog.choice_part.since.setText("")
    for box in dialog.choice_part.labels.values():
        box.setChecked(False)
    qtbot.waitUntil(lambda: "without one nothing" in dialog.told.text())
    assert not dialog.go.isEnabled()


def test_articles_chosen_in_the_queue_are_meant_first(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    article = session.now.article
    assert article
    dialog = shown(qtbot, session, chosen=(article.id,))
    assert dialog.told.text() == "1 article will be written."
    assert chosen_place(qtbot, dialog, tmp_path / "out.jsonl").choice.articles == {article.id}


def test_the_filter_of_the_queue_is_offered(qtbot: QtBot, session: Session) -> None:
    dialog = shown(qtbot, session, filter="state:done")
    assert dialog.choice_part.choice().filter == "state:done"
    assert dialog.told.text() == "0 articles will be written."


def test_what_must_not_be_told_is_explained(qtbot: QtBot, dialog: ExportDialog, tmp_path: Path) -> None:
    box = dialog.redaction
    box.setCurrentIndex(box.findData("public"))
    box.activated.emit(box.currentIndex())
    assert dialog.explanation.text()
    wish = chosen_place(qtbot, dialog, tmp_path / "out.jsonl")
    assert wish.redaction
    assert wish.redaction.name == "public"


def test_a_bad_profile_is_said(dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("[]", "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(bad), ""))
    box = dialog.redaction
    box.setCurrentIndex(box.findData("file"))
    box.activated.emit(box.currentIndex())
    assert "bad.json" in dialog.explanation.text()
    assert box.currentIndex() == 0


def test_a_package_takes_several_formats(qtbot: QtBot, session: Session, dialog: ExportDialog, tmp_path: Path) -> None:
    dialog.formats.choose("csv")
    dialog.packed.setChecked(True)
    dialog.package_part.creators.setText("Amal; Basim")
    dialog.package_part.licence.setText("CC-BY-4.0")
    dialog.formats.tick("jsonl")
    qtbot.waitUntil(dialog.go.isEnabled)
    wish = chosen_place(qtbot, dialog, tmp_path / "out.zip")
    assert wish.details
    assert wish.details.creators == ("Amal", "Basim")
    assert [writer.name for writer in wish.writers] == ["jsonl", "csv"]
    reports: list[object] = []
    session.run(wish.job(lambda done, total: None, lambda: False), reports.append)
    qtbot.waitUntil(lambda: bool(reports))
    assert (tmp_path / "out.zip").is_file()
