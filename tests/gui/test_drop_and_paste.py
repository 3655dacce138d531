"""What is dragged over the window or lies on the clipboard becomes an article; nothing is fetched from anywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from annotator.readers.source_file import SourceFile
from tests.listed import listed
from ui.dialogs.report import Report
from ui.importing.offered import offer_of
from ui.importing.preview import Preview
from ui.importing.sources import as_utf8, pasted, source_of
from ui.main_window import MainWindow
from ui.session import Session
from ui.settings import Settings
from ui.translate import set_language

TEXT = "أعلنت وزارة الدفاع السورية أن القوات دخلت مدينة دير حافر."
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Copy, Left, NoKey = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def words(text: str, html: str = "") -> QMimeData:
    data = QMimeData()
    data.setText(text)
    if html:
        data.setHtml(html)
    return data


def address(url: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl(url)])
    data.setHtml(f"<a href='{url}'>{url}</a>")
    return data


@pytest.fixture
def window(session: Session, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(session, Settings())
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    yield made
    made.importing.end()
    made.retire()


@pytest.fixture(autouse=True)
def english() -> None:
    set_language("en")


def drag(window: MainWindow, data: QMimeData) -> bool:
    event = QDragEnterEvent(QPoint(300, 300), Copy, data, Left, NoKey)
    event.setAccepted(False)
    QApplication.sendEvent(window, event)
    return event.isAccepted()


def drop(window: MainWindow, data: QMimeData) -> None:
    assert drag(window, data)
    QApplication.sendEvent(window, QDropEvent(QPoint(300, 300), Copy, data, Left, NoKey))


def preview_of(window: MainWindow, qtbot: QtBot) -> Preview:
    qtbot.waitUntil(lambda: bool(window.importing.preview and not window.importing.preview.is_looking), timeout=10_000)
    assert window.importing.preview
    return window.importing.preview


# -- what is offered --------------------------------------------------------------------------------------------------


def test_files_come_before_words_and_words_need_somebody_to_name_them(tmp_path: Path) -> None:
    data = files(tmp_path / "a.txt", tmp_path)
    data.setText("file:///a.txt")
    offer = offer_of(data)
    assert (offer.sources, offer.are_words) == ((tmp_path / "a.txt", tmp_path), False)
    offer = offer_of(words(TEXT), name="dropped")
    source = offer.sources[0]
    assert isinstance(source, SourceFile)
    assert (source.name, source.read().decode(), offer.are_words) == ("dropped.txt", TEXT, True)


def test_html_goes_to_the_reader_of_web_pages_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.importing.offered.knows", lambda path: path.suffix == ".html")
    source = offer_of(words(TEXT, f"<p>{TEXT}</p>")).sources[0]
    assert isinstance(source, SourceFile)
    assert source.name == "clipboard.html"
    assert TEXT in source.read().decode()
    monkeypatch.setattr("ui.importing.offered.knows", lambda path: False)
    assert offer_of(words(TEXT, f"<p>{TEXT}</p>")).sources[0].name == "clipboard.txt"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "data",
    [address("https://example.org/news"), words(" https://example.org/a?b=c \n"), address("ftp://example.org/x.txt")],
)
def test_an_address_is_refused_with_a_sentence(data: QMimeData) -> None:
    offer = offer_of(data)
    assert offer.sources == ()
    assert "fetches nothing" in offer.refused


@pytest.mark.parametrize("data", [QMimeData(), words("  \n "), words("", "<img src='x'>")])
def test_what_holds_no_text_is_refused_with_a_sentence(data: QMimeData) -> None:
    offer = offer_of(data)
    assert offer.sources == ()
    assert "no text" in offer.refused


def test_bytes_of_our_own_making_are_read_as_what_they_are(tmp_path: Path) -> None:
    source = pasted("html", "<meta charset=windows-1256>" + TEXT)
    assert as_utf8([source, tmp_path])[source.path].options.encoding == "utf-8"
    assert list(as_utf8([source, tmp_path])) == [source.path]
    assert pasted("txt", "a\ud800b").read() == b"a\xed\xa0\x80b"


def test_a_file_of_an_archive_is_read_again_by_reading_the_archive(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    archive.write_bytes(b"x")
    source = pasted("txt", TEXT)
    assert source_of(archive / "inner/b.txt", [tmp_path]) == archive
    assert source_of(archive, [tmp_path]) == archive
    assert source_of(source.path, [tmp_path, source]) is source
    assert source_of(tmp_path / "gone.txt", []) == tmp_path / "gone.txt"


# -- over the window --------------------------------------------------------------------------------------------------


def test_a_drag_shows_over_the_window_that_it_may_be_dropped(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, settle: Callable[[], None]
) -> None:
    hint = window.importing._hint
    data = files(tmp_path)
    assert drag(window, data)
    assert hint.isVisible()
    assert hint.geometry() == window.rect()
    assert "Drop here" in hint.text()
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert hint.isVisible()  # it may be on its way to another part of the window
    assert drag(window, data)
    QApplication.sendEvent(window, QDragLeaveEvent())
    qtbot.waitUntil(lambda: not hint.isVisible())


def test_an_address_over_the_window_is_told_why_it_cannot_come_in(
    window: MainWindow, settle: Callable[[], None]
) -> None:
    data = address("https://example.org/news")
    assert drag(window, data)
    assert "fetches nothing" in window.importing._hint.text()
    drop(window, data)
    assert not window.importing._hint.isVisible()
    assert "fetches nothing" in window.statusBar().currentMessage()
    settle()
    assert window.importing.preview is None


def test_dropped_files_and_folders_come_in(window: MainWindow, qtbot: QtBot, tmp_path: Path, session: Session) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (folder / "b.txt").write_text("قصف الجيش قرية حميمة في ريف حلب الشرقي اليوم الجمعة.", "utf-8")
    drop(window, files(tmp_path / "a.txt", folder))
    qtbot.waitUntil(lambda: bool(window.findChildren(Report)), timeout=10_000)
    assert [one.file for one in listed(session)][1:] == ["a.txt", "b.txt"]


def test_a_dropped_project_is_opened(window: MainWindow, qtbot: QtBot, tmp_path: Path, session: Session) -> None:
    window.settings.reviewer = "R1"
    other = tmp_path / "other.hashiya"
    session.create(other, reviewer="R1")
    qtbot.waitUntil(lambda: session.now.path == other, timeout=10_000)
    drop(window, files(tmp_path / "p.hashiya"))
    qtbot.waitUntil(lambda: session.now.path == tmp_path / "p.hashiya", timeout=10_000)


# -- from the clipboard -----------------------------------------------------------------------------------------------


def test_pasted_words_become_an_article_that_is_shown_once_it_is_named(
    window: MainWindow, qtbot: QtBot, session: Session, settle: Callable[[], None]
) -> None:
    QApplication.clipboard().setText(TEXT)
    window.page.setFocus()
    qtbot.waitUntil(window.page.hasFocus)
    qtbot.keyClick(window.page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    preview = preview_of(window, qtbot)
    assert preview.isVisible()
    assert preview.card.beginning.toPlainText() == TEXT
    preview.card.outlet.setText("سانا")
    preview.card.outlet.textEdited.emit("سانا")
    qtbot.keyClick(preview.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: session.now.article is not None and session.now.article.text == TEXT, timeout=10_000)
    article = session.now.article
    assert article
    assert (article.outlet, article.source.file) == ("سانا", "clipboard.txt")
    assert window.findChildren(Report) == []
    session.undo()
    settle()
    assert len(listed(session)) == 1
    session.redo()
    settle()
    assert len(listed(session)) == 2


def test_a_paste_into_a_field_stays_in_the_field(window: MainWindow, qtbot: QtBot, settle: Callable[[], None]) -> None:
    QApplication.clipboard().setText("دمشق")
    window.reading.finding.open()
    box = window.reading._find_bar.findChild(QLineEdit)
    qtbot.waitUntil(box.hasFocus)
    qtbot.keyClick(box, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert box.text() == "دمشق"
    settle()
    assert window.importing.preview is None


def test_an_empty_clipboard_is_said_so(window: MainWindow) -> None:
    QApplication.clipboard().clear()
    window.importing.paste()
    assert "no text" in window.statusBar().currentMessage()
