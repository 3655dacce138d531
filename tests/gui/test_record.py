"""The record of an article: put right what was guessed, see where it came from, prove that it is still the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from annotator import Article, Project
from annotator.language import N_, Sentence, catalogue
from annotator.model import Boilerplate
from ui.locale_words import shown_day, shown_moment
from ui.record.dialog import Record
from ui.session import Session
from ui.source_line import SourceLine
from ui.translate import set_language

Settle = Callable[[], None]


@pytest.fixture
def article(session: Session) -> Article:
    assert session.now.article
    return session.now.article


@pytest.fixture
def record(session: Session, article: Article, settle: Settle, qtbot: QtBot) -> Iterator[Record]:
    dialog = Record(session, article)
    qtbot.addWidget(dialog)
    dialog.show()
    settle()
    yield dialog
    dialog.done(0)


def field(record: Record, name: str) -> QLineEdit:
    return next(one for one in record.findChildren(QLineEdit) if one.accessibleName() == name)


def said(record: Record) -> str:
    return "\n".join(label.text() for label in record.findChildren(QLabel))


def history(record: Record) -> list[str]:
    return record.findChild(QPlainTextEdit).toPlainText().split("\n")


def button(record: Record, name: str) -> QPushButton:
    return next(one for one in record.findChildren(QPushButton) if name in (one.text(), one.accessibleName()))


def write(box: QLineEdit, text: str) -> None:
    box.setFocus()
    box.clear()
    box.insert(text)
    box.textEdited.emit(text)


# -- details ------------------------------------------------------------------------------------------------------


def test_a_field_is_stored_with_enter_or_when_it_is_left(session: Session, record: Record, settle: Settle) -> None:
    write(field(record, "Outlet"), "سانا")
    QTest.keyClick(field(record, "Outlet"), Qt.Key.Key_Return)
    settle()
    assert session.now.article
    assert session.now.article.outlet == "سانا"
    write(field(record, "Author"), "مراسل")
    field(record, "Title").setFocus()
    settle()
    assert session.now.article.author == "مراسل"
    assert record.isVisible()
    session.undo()
    settle()
    assert session.now.article.details.author == ""
    assert field(record, "Author").text() == ""
    session.redo()
    settle()
    assert field(record, "Author").text() == "مراسل"


@pytest.mark.parametrize("written", ["2026-01-16", "٢٠٢٦-٠١-١٦"])
def test_a_date_is_shown_as_people_write_it(session: Session, record: Record, settle: Settle, written: str) -> None:
    write(field(record, "Published"), written)
    assert "16 January 2026" in said(record)
    record.close()
    settle()
    assert session.now.article
    assert session.now.article.date == "2026-01-16"


def test_what_is_no_date_is_said_and_keeps_the_window_open(session: Session, record: Record, settle: Settle) -> None:
    write(field(record, "Published"), "أمس")
    record.close()
    settle()
    assert record.isVisible()
    assert "أمس" in record._details._problem.text()
    assert session.now.article
    assert session.now.article.date == ""
    write(field(record, "Published"), "")
    record.close()
    assert not record.isVisible()


def test_an_empty_title_is_not_stored(session: Session, record: Record, settle: Settle) -> None:
    write(field(record, "Title"), "")
    assert not record._details.store_all()
    settle()
    assert session.now.article
    assert session.now.article.title


# -- where it came from -------------------------------------------------------------------------------------------


def test_the_source_record_is_shown_and_its_hashes_can_be_copied(record: Record, article: Article) -> None:
    assert field(record, "File").text() == article.source.file
    assert field(record, "SHA-256 of the text").text() == article.sha256
    assert "utf-8" in said(record)
    assert "by \u2068R1\u2069" in said(record)
    button(record, "Copy: SHA-256 of the bytes").click()
    assert QApplication.clipboard().text() == article.source.bytes_sha256
    assert field(record, "SHA-256 of the bytes").isReadOnly()


def test_what_was_noticed_on_reading_is_said_in_the_readers_language(
    session: Session, article: Article, settle: Settle, qtbot: QtBot
) -> None:
    warning = Sentence(N_("The file holds no text."))
    set_language("ar")
    dialog = Record(session, replace(article, source=replace(article.source, warnings=(warning,))))
    qtbot.addWidget(dialog)
    settle()
    assert warning.translated(catalogue("ar").gettext) in said(dialog)
    assert "The file holds no text." not in said(dialog)
    dialog.done(0)
    set_language("en")


def test_the_bytes_are_proved(record: Record) -> None:
    assert "bytes, text and chain of custody are as they were collected" in record._proof.text()


def test_bytes_that_are_not_those_imported_are_told(
    session: Session, article: Article, settle: Settle, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Project, "original", lambda project, identity: b"something else")
    dialog = Record(session, article)
    qtbot.addWidget(dialog)
    settle()
    assert dialog._proof.text().endswith("The original bytes are NOT the ones collected.")
    dialog.done(0)


def test_the_original_can_be_saved(record: Record, article: Article, settle: Settle, tmp_path: Path) -> None:
    record.save_original_to(tmp_path / "original.txt")
    settle()
    assert (tmp_path / "original.txt").read_bytes().decode("utf-8") == article.text
    assert "original.txt" in record._told.text()


def test_the_evidence_can_be_exported(record: Record, article: Article, settle: Settle, tmp_path: Path) -> None:
    record.export_evidence_to(tmp_path / "evidence")
    settle()
    assert (tmp_path / "evidence" / "text.txt").read_text("utf-8") == article.text
    assert {"SHA256SUMS", "record.json", "record.txt"} <= {one.name for one in (tmp_path / "evidence").iterdir()}
    assert "evidence" in record._told.text()


def test_copies_and_corrections_are_part_of_what_happened(
    session: Session, record: Record, article: Article, settle: Settle, tmp_path: Path
) -> None:
    (tmp_path / "b.txt").write_text(article.text + "\nوأضاف المصدر.", encoding="utf-8")
    ids: list[str] = []
    session.change(
        lambda project: project.import_files([tmp_path / "b.txt"]).imported[0].article, then=lambda one: ids.append(one)
    )
    settle()
    session.change(lambda project: project.group_copies(ids[0], [article.id]))
    session.change(lambda project: project.carry_over(ids[0], article.id))
    session.change(lambda project: project.ungroup(article.id))
    settle()
    settle()
    told = "\n".join(history(record))
    assert "it is a copy of another article" in told
    assert "it corrects another article" in told
    assert "out of its group of copies" in told


def test_what_happened_is_told_in_order(session: Session, record: Record, article: Article, settle: Settle) -> None:
    session.change(lambda project: project.describe(article.id, outlet="سانا"))
    session.switch_reviewer("R2")
    session.change(lambda project: project.set_boilerplate(article.id, [Boilerplate(1919, 2000)]))
    session.undo()
    settle()
    told = history(record)
    assert len(told) == 4
    assert "imported" in told[0]
    assert "R1" in told[1]
    assert "Outlet" in told[1]
    assert "سانا" in told[1]
    assert "R2" in told[2]
    assert "1 stretch is page boilerplate" in told[2]
    assert "took a step back" in told[3]
    assert "all of it is news" in told[3]


# -- the line above the page --------------------------------------------------------------------------------------


def test_the_line_says_outlet_date_and_author_and_can_be_pressed(article: Article, qtbot: QtBot) -> None:
    line, pressed = SourceLine(), list[bool]()
    qtbot.addWidget(line)
    line.clicked.connect(lambda: pressed.append(True))
    line.show_article(article)
    assert "SHA-256" in line.words()
    line.show_article(replace(article, outlet="سانا", date="2026-01-16", author="مراسل"))
    words = line.words()
    assert words.index("سانا") < words.index("16 January 2026") < words.index("مراسل")
    line.resize(300, 30)
    line.show()
    qtbot.waitExposed(line)
    assert not line.grab().isNull()
    QTest.keyClick(line, Qt.Key.Key_Return)
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    assert pressed == [True, True]
    assert line.accessibleName().startswith("Article record")


@pytest.mark.parametrize(
    ("stored", "english", "arabic"),
    [
        ("", "", ""),
        ("2026", "2026", "٢٠٢٦"),
        ("2026-01", "January 2026", "يناير ٢٠٢٦"),
        ("2026-01-16T09:30:00Z", "16 January 2026", "١٦ يناير ٢٠٢٦"),
        ("soon", "soon", "soon"),
    ],
)
def test_days_are_written_as_the_language_writes_them(stored: str, english: str, arabic: str) -> None:
    assert (shown_day(stored, "en"), shown_day(stored, "ar")) == (english, arabic)


def test_moments_are_written_too() -> None:
    assert "2026" in shown_moment("2026-01-16T09:30:00.000Z", "en")
    assert shown_moment("2026-01-16", "en") == "16 January 2026"
    assert shown_moment("whenever", "en") == "whenever"
