"""The export dialog offers each format once, by what it is for, and hands over the one that was chosen."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator import formats
from annotator.writers import conllu
from ui.dialogs.exporting import ExportDialog


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path) -> ExportDialog:
    dialog = ExportDialog(tmp_path / "work.hashiya")
    qtbot.addWidget(dialog)
    return dialog


def kind_of(dialog: ExportDialog, name: str) -> str:
    return next(kind for kind, writer in dialog._writers.items() if writer.name == name)


def test_every_format_that_can_be_written_is_offered_once(dialog: ExportDialog) -> None:
    offered = [writer.name for writer in formats.WRITERS if formats.is_available(writer)]
    assert len(dialog.nameFilters()) == len(set(dialog.nameFilters())) == len(offered)
    assert [writer.name for writer in dialog._writers.values()] == offered


def test_a_format_without_its_package_is_not_offered(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, tmp_path: Path
) -> None:
    monkeypatch.setattr(formats, "is_available", lambda writer: not writer.needs)
    dialog = ExportDialog(tmp_path / "work.hashiya")
    qtbot.addWidget(dialog)
    assert not {"spacy", "parquet"} & {writer.name for writer in dialog._writers.values()}


@pytest.mark.parametrize(
    ("name", "suffix"), [("conllu", "conllu"), ("conll", ""), ("jsonl", "jsonl"), ("xlsx", "xlsx")]
)
def test_the_chosen_format_is_the_one_that_is_written(
    dialog: ExportDialog, qtbot: QtBot, tmp_path: Path, name: str, suffix: str
) -> None:
    dialog.selectNameFilter(kind_of(dialog, name))
    dialog.filterSelected.emit(kind_of(dialog, name))
    assert dialog.defaultSuffix() == suffix
    with qtbot.waitSignal(dialog.chosen) as told:
        dialog.fileSelected.emit(str(tmp_path / "out"))
    assert told.args == [name, tmp_path / "out"]


def test_the_name_of_one_format_within_that_of_another_confuses_nothing(dialog: ExportDialog) -> None:
    assert dialog._writers[kind_of(dialog, "conllu")] is conllu.WRITER


def test_it_says_how_many_articles_were_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = ExportDialog(tmp_path / "work.hashiya", chosen=3)
    qtbot.addWidget(dialog)
    assert dialog.windowTitle() == "Export 3 chosen articles"
