"""A reviewer brings in a folder of all sorts by the keyboard alone, decides what is uncertain, and takes all of it back."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from annotator import readers
from annotator.errors import ProjectError
from annotator.language import N_
from annotator.readers.draft import Draft, Options, Reader, Table, draft_of
from annotator.readers.source_file import SourceFile
from tests.listed import listed
from ui.dialogs.report import Report

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Key, Mod = Qt.Key, Qt.KeyboardModifier
CTRL, SHIFT = Mod.ControlModifier, Mod.ShiftModifier
SURE = "أعلنت وزارة الدفاع السورية أن القوات دخلت مدينة دير حافر في ريف حلب الشرقي دون قتال يوم الجمعة.\n"
CELL = "قالت قوات سوريا الديمقراطية إنها انسحبت من مسكنة بعد اشتباكات استمرت يومين كاملين."


class NoTextColumn(ProjectError):
    template = N_("Say which column holds the text.")


def _rows(source: SourceFile) -> list[list[str]]:
    return list(csv.reader(source.read().decode().splitlines()))


def read(source: SourceFile, options: Options) -> Iterator[Draft | ProjectError]:
    head, *rows = _rows(source)
    places = {field: head.index(column) for field, column in options.mapping.items()}
    if "text" not in places:
        yield NoTextColumn()
        return
    for row in rows:
        cells = {field: row[at] for field, at in places.items()}
        yield draft_of(
            cells["text"], source=source, original=",".join(row).encode(), reader="table", encoding="utf-8",
            confidence=1.0, title=cells.get("title", ""),
        )  # fmt: skip


def table(source: SourceFile, options: Options) -> Table:
    head, *rows = _rows(source)
    return Table(tuple(head), tuple(map(tuple, rows)), dict(options.mapping))


@pytest.fixture(autouse=True)
def tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader of tables whose columns say nothing, so that somebody must map them."""
    known = Reader("table", frozenset({".csv"}), read, table=table)
    monkeypatch.setattr(readers, "READERS", (known, *readers.READERS))


class Reviewer:
    """Somebody at the keyboard: every key goes to what has it."""

    def __init__(self, qtbot: QtBot, application: Any) -> None:
        self.qtbot, self.window, self.session = qtbot, application.window, application.session
        self.importing = self.window.importing
        self.back()

    def back(self) -> None:
        """Go on with the page."""
        self.window.activateWindow()
        self.window.page.setFocus()
        self.wait(self.window.page.hasFocus)

    def wait(self, until: Callable[[], Any]) -> None:
        self.qtbot.waitUntil(lambda: bool(until()), timeout=10_000)

    def focus(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found
        return found

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Mod.NoModifier, *, times: int = 1) -> None:
        for _ in range(times):
            self.qtbot.keyClick(self.focus(), key, modifiers)
        self.wait(lambda: not self.session.busy)

    def preview(self) -> Any:
        self.wait(lambda: self.importing.preview and not self.importing.preview.is_looking)
        self.wait(self.importing.preview.table.hasFocus)
        return self.importing.preview

    def read_again(self) -> None:
        self.wait(lambda: not self.importing.preview._readings)

    def titles(self) -> list[str]:
        return [one.title for one in listed(self.session)][1:]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = tmp_path / "folder"
    made.mkdir()
    (made / "a-doubtful.txt").write_bytes("خبر عاجل".encode("iso8859-6"))
    (made / "b-sure.txt").write_text(SURE, "utf-8")
    (made / "c-same.txt").write_text(SURE, "utf-8")
    (made / "d-broken.txt").write_bytes(b"\x7fELF\x02\x01\x01\x00\x00\x00\x03\xff\xfe\x00\x01" * 9)
    (made / "e-table.csv").write_text(f"one,two\nانسحاب,{CELL}\n", "utf-8")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(made))
    return made


def test_a_folder_of_all_sorts_is_decided_by_keys_and_taken_back_at_once(
    start: Any, qtbot: QtBot, folder: Path
) -> None:
    reviewer = Reviewer(qtbot, start(language="en"))
    reviewer.press(Key.Key_I, CTRL | SHIFT)
    preview = reviewer.preview()
    groups = [(row.group, row.file.stem) for row in preview.plan.rows]
    assert groups == [
        ("open", "a-doubtful"), ("columns", "e-table"), ("certain", "b-sure"), ("there", "c-same"), ("refused", "d-broken"),
    ]  # fmt: skip
    assert preview._summary.text() == (
        "1 article comes in · 1 waits for you · 1 table waits for its columns · 1 already there · 1 could not be read"
    )

    # The doubtful one: Enter to its details, Tab to the encoding, and the text reads right.
    assert preview.table.current().file.stem == "a-doubtful"
    assert preview.card.beginning.toPlainText() == "خبر ظاجن"
    reviewer.press(Key.Key_Return)
    assert reviewer.focus() is preview.card.deed
    while reviewer.focus() is not preview.card.encoding:
        reviewer.press(Key.Key_Tab)
    reviewer.press(Key.Key_Down, times=3)
    reviewer.read_again()
    assert preview.card.encoding.currentData() == "iso-8859-6"
    assert preview.card.beginning.toPlainText() == "خبر عاجل"
    reviewer.press(Key.Key_Return)
    assert reviewer.focus() is preview.table

    # Enter went on to the table: its second column is the text, the first the title.
    assert preview.table.current().file.stem == "e-table"
    assert preview.card._doubts.text() == "Say which column holds the text."
    reviewer.press(Key.Key_Return)
    assert reviewer.focus() is preview.card.columns.boxes()[0]
    reviewer.press(Key.Key_Down, times=2)
    reviewer.press(Key.Key_Tab)
    reviewer.press(Key.Key_Down)
    reviewer.read_again()
    assert preview.card.columns.chosen() == {"title": "one", "text": "two"}
    assert preview.card.beginning.toPlainText() == CELL
    assert preview.card.title.text() == "انسحاب"

    reviewer.press(Key.Key_Return, CTRL)
    reviewer.wait(lambda: reviewer.window.findChildren(Report))
    report = reviewer.window.findChildren(Report)[0]
    text = report.findChild(QPlainTextEdit).toPlainText()
    assert "× \u2068d-broken.txt\u2069: This is not a text file" in text
    assert "= \u2068c-same.txt\u2069" in text
    report.accept()
    assert reviewer.titles() == ["خبر عاجل", SURE.strip(), "انسحاب"]

    reviewer.back()
    reviewer.press(Key.Key_Z, CTRL)
    assert reviewer.titles() == []
    reviewer.press(Key.Key_Z, CTRL | SHIFT)
    assert len(reviewer.titles()) == 3


def test_one_key_takes_what_is_certain_and_the_rest_is_reported_as_undecided(
    start: Any, qtbot: QtBot, folder: Path
) -> None:
    reviewer = Reviewer(qtbot, start(language="ar"))
    reviewer.press(Key.Key_I, CTRL | SHIFT)
    reviewer.preview()
    reviewer.press(Key.Key_Return, CTRL)
    reviewer.wait(lambda: reviewer.window.findChildren(Report))
    text = reviewer.window.findChildren(Report)[0].findChild(QPlainTextEdit).toPlainText()
    assert "? \u2068a-doubtful.txt\u2069: لم يقرّر أحد بشأنه بعد" in text
    assert reviewer.titles() == [SURE.strip()]


def test_esc_brings_nothing_in(start: Any, qtbot: QtBot, folder: Path) -> None:
    reviewer = Reviewer(qtbot, start(language="en"))
    reviewer.press(Key.Key_I, CTRL | SHIFT)
    reviewer.preview()
    reviewer.press(Key.Key_Escape)
    reviewer.wait(lambda: reviewer.importing.preview is None)
    assert reviewer.titles() == []
    assert reviewer.window.findChildren(Report) == []
    assert reviewer.session.now.next_undo is None


def test_f6_leads_through_list_details_and_buttons(start: Any, qtbot: QtBot, folder: Path) -> None:
    reviewer = Reviewer(qtbot, start(language="en"))
    reviewer.press(Key.Key_I, CTRL | SHIFT)
    preview = reviewer.preview()
    for part in (preview._cards, preview._foot, preview.table, preview._cards):
        reviewer.press(Key.Key_F6)
        assert part is reviewer.focus() or part.isAncestorOf(reviewer.focus())
    reviewer.press(Key.Key_F6, SHIFT)
    assert reviewer.focus() is preview.table
    reviewer.press(Key.Key_Escape)


def test_a_change_of_language_ends_an_import_and_keeps_what_came_in(
    start: Any, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.articles._PART", 0.0)
    for number in range(200):
        (tmp_path / f"{number}.txt").write_text(" ".join(f"خبر{number}كلمة{word}" for word in range(20)), "utf-8")
    application = start(language="en")
    first, session = application.window, application.session
    gone: list[bool] = []
    first.destroyed.connect(lambda: gone.append(True))
    first.importing.take([tmp_path])
    qtbot.waitUntil(lambda: len(listed(session)) > 2, timeout=20_000)
    first.language_chosen.emit("ar")
    qtbot.waitUntil(lambda: bool(gone) and not session._works and not session.busy, timeout=20_000)
    assert 2 < len(listed(session)) < 201
    problems: list[Any] = []
    session.run(lambda project: project.check().problems, problems.append)
    qtbot.waitUntil(lambda: bool(problems), timeout=20_000)
    assert problems == [()]
    assert not application.window.importing.strip.isVisible()
