"""A reviewer answers for an article: what of it is news, where it came from, what was carried over, who copied it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from annotator import Annotation, Project
from ui.copies.window import CopiesWindow
from ui.page import speech
from ui.page.find_bar import FindBar
from ui.panels.inspector import Inspector
from ui.record.dialog import Record
from ui.source_line import SourceLine

Key, Mod = Qt.Key, Qt.KeyboardModifier
CTRL, SHIFT, NONE = Mod.ControlModifier, Mod.ShiftModifier, Mod.NoModifier


class Reviewer:
    """A person at the window."""

    def __init__(self, qtbot: QtBot, application: Any) -> None:
        self.qtbot, self.session, self.window = qtbot, application.session, application.window
        self.page = self.window.page
        self.go_back()

    def go_back(self) -> None:
        """Go back to the page, from wherever the keyboard is."""
        self.window.activateWindow()
        self.page.setFocus()
        self.qtbot.waitUntil(self.page.hasFocus)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        self.qtbot.keyClick(QApplication.focusWidget() or self.page, key, modifiers)
        self.settle()

    def write(self, letter: str) -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(self.page, QKeyEvent(kind, 0, NONE, letter))
        self.settle()

    def settle(self) -> None:
        """Wait until all is stored, read again and shown."""
        done: list[object] = []
        self.session.when_idle(
            lambda: self.session.when_answered(lambda: self.session.when_answered(lambda: done.append(1)))
        )
        self.qtbot.waitUntil(lambda: bool(done) and not self.session.busy, timeout=10_000)

    def mark(self, words: str, label: str) -> Annotation:
        start = self.page.text.index(words)
        self.session.annotate(start, start + len(words), label)
        self.settle()
        return self.selected()

    def selected(self) -> Annotation:
        found = self.session.selected_annotation()
        assert found
        return found

    def article(self) -> Any:
        assert self.session.now.article
        return self.session.now.article

    def read(self, identity: str) -> None:
        self.session.show_article(identity)
        self.settle()

    def strips(self) -> str:
        notices = self.window.reading.notices
        return " ".join(one.text() for one in notices.findChildren(QLabel) if one.isVisibleTo(notices))

    def strip_button(self, name: str) -> QPushButton:
        notices = self.window.reading.notices
        return next(one for one in notices.findChildren(QPushButton) if one.isVisibleTo(notices) and one.text() == name)

    def bring_in(self, folder: Path, **texts: str) -> dict[str, str]:
        """Import texts by the names of their files; return the ids of the articles."""
        paths = {name: folder / f"{name}.txt" for name in texts}
        for name, path in paths.items():
            path.write_text(texts[name], encoding="utf-8")
        ids: dict[str, str] = {}

        def job(project: Project) -> None:
            for one in project.import_files(list(paths.values())).imported:
                ids[one.file.stem] = one.article

        self.session.change(job)
        self.settle()
        return ids


@pytest.fixture(params=["en", "ar"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def reviewer(start: Any, qtbot: QtBot) -> Reviewer:
    return Reviewer(qtbot, start(language="en"))


# -- what is no news ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("grey", "give_back"), [("G", "U"), ("ل", "ع")])
def test_the_comment_form_is_greyed_by_key_and_given_back(
    start: Any, qtbot: QtBot, language: str, grey: str, give_back: str
) -> None:
    reviewer = Reviewer(qtbot, start(language=language))
    reviewer.page.select_span(1919, 2000)
    reviewer.write(grey)
    assert [(one.start, one.end) for one in reviewer.article().boilerplate] == [(1919, 2000)]
    assert [(one.start, one.end) for one in reviewer.page.shown.greyed] == [(1919, 2000)]
    reviewer.page.set_caret(1950)
    reviewer.write(give_back)
    assert reviewer.page.shown.greyed == []
    reviewer.press(Key.Key_Z, CTRL)
    assert len(reviewer.page.shown.greyed) == 1
    reviewer.press(Key.Key_Z, CTRL)
    assert reviewer.page.shown.greyed == []
    reviewer.press(Key.Key_Z, CTRL | SHIFT)
    assert len(reviewer.page.shown.greyed) == 1


def test_tab_and_find_pass_over_the_greyed_text(reviewer: Reviewer) -> None:
    reviewer.mark("وزارة الدفاع السورية", "actor")
    reviewer.mark("بريدك", "actor")
    reviewer.page.select_span(1919, 2000)
    reviewer.press(Key.Key_G)
    reviewer.press(Key.Key_Escape)
    reviewer.page.set_caret(0)
    for _ in range(2):
        reviewer.press(Key.Key_Tab)
        assert reviewer.selected().quote == "وزارة الدفاع السورية"
    reviewer.press(Key.Key_F, CTRL)
    bar = reviewer.window.findChild(FindBar)
    bar.findChild(QLineEdit).setText("تعليق")
    reviewer.settle()
    assert reviewer.page.shown.hits == []
    assert not bar._everywhere.isHidden()


def test_without_a_selection_the_status_says_what_to_do(reviewer: Reviewer) -> None:
    reviewer.press(Key.Key_G)
    assert "Select the text" in reviewer.window.statusBar().currentMessage()
    assert reviewer.article().boilerplate == ()


def test_greying_an_article_is_shown_when_it_is_undone_elsewhere(reviewer: Reviewer, tmp_path: Path) -> None:
    first = reviewer.article().id
    reviewer.page.select_span(1919, 2000)
    reviewer.press(Key.Key_G)
    others = reviewer.bring_in(tmp_path, other="خبر آخر من حلب")
    reviewer.read(others["other"])
    assert reviewer.page.shown.greyed == []
    reviewer.read(first)
    assert len(reviewer.page.shown.greyed) == 1


class Heard:
    """Stands where Qt hands announcements on to the system."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def isActive(self) -> bool:
        return True

    def updateAccessibility(self, event: QAccessibleAnnouncementEvent) -> None:
        self.words.append(event.message())


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[Heard]:
    QAccessible.setActive(True)
    ears = Heard()
    monkeypatch.setattr(speech, "QAccessible", ears)
    yield ears
    QAccessible.setActive(False)


def test_a_screen_reader_hears_where_the_news_ends(reviewer: Reviewer, heard: Heard) -> None:
    reviewer.page.select_span(1919, 2000)
    reviewer.press(Key.Key_G)
    reviewer.page.set_caret(1900)
    heard.words.clear()
    reviewer.page.set_caret(1925)
    reviewer.page.set_caret(1930)
    reviewer.page.set_caret(1900)
    assert heard.words == ["Page boilerplate — not part of the news", "News again"]


# -- the record ---------------------------------------------------------------------------------------------------


def test_the_record_is_opened_from_its_line_and_by_key_and_put_right(reviewer: Reviewer) -> None:
    reviewer.window.findChild(SourceLine).click()
    record = reviewer.window.findChild(Record)
    assert record.isVisible()
    record.close()
    reviewer.settle()
    reviewer.go_back()
    reviewer.press(Key.Key_E, CTRL | SHIFT)
    record = next(one for one in reviewer.window.findChildren(Record) if one.isVisible())
    reviewer.settle()
    fields = {one.accessibleName(): one for one in record.findChildren(QLineEdit)}
    fields["Outlet"].setText("سانا")
    fields["Published"].setText("٢٠٢٦-٠١-١٦")
    record.close()
    reviewer.settle()
    reviewer.go_back()
    assert (reviewer.article().outlet, reviewer.article().date) == ("سانا", "2026-01-16")
    words = reviewer.window.findChild(SourceLine).words()
    assert "سانا" in words
    assert "16 January 2026" in words
    reviewer.press(Key.Key_Z, CTRL)
    reviewer.press(Key.Key_Z, CTRL)
    assert "سانا" not in reviewer.window.findChild(SourceLine).words()


def test_with_a_date_the_words_of_time_are_offered_a_meaning_that_nobody_sets(reviewer: Reviewer) -> None:
    claim = reviewer.mark("انشقاق عناصر من قوات سوريا الديمقراطية (قسد)", "claim")
    start = reviewer.page.text.index("اليوم الجمعة")
    reviewer.session.frame(claim.id, time=(start, start + len("اليوم الجمعة"), ""))
    reviewer.settle()

    def offers() -> list[QPushButton]:
        found = reviewer.window.findChild(Inspector).findChildren(QPushButton)
        return [one for one in found if one.text().startswith("Probably")]

    assert offers() == []
    identity = reviewer.article().id
    reviewer.session.change(lambda project: project.describe(identity, date="2026-01-17"))  # a Saturday
    reviewer.settle()
    assert reviewer.session.now.frames[claim.id].time.value == ""
    [offer] = offers()
    assert "2026-01-16" in offer.text()
    offer.click()
    reviewer.settle()
    assert reviewer.session.now.frames[claim.id].time.value == "2026-01-16"
    reviewer.press(Key.Key_Z, CTRL)
    assert reviewer.session.now.frames[claim.id].time.value == ""


def test_the_evidence_can_be_handed_out(reviewer: Reviewer, tmp_path: Path) -> None:
    reviewer.window.about_article.show_record()
    record = reviewer.window.findChild(Record)
    record.export_evidence_to(tmp_path / "evidence")
    reviewer.settle()
    written = json.loads((tmp_path / "evidence" / "record.json").read_text("utf-8"))
    assert written["hash_values"]["text"] == reviewer.article().sha256
    assert written["verification"]["intact"]
    record.close()


# -- versions and copies ------------------------------------------------------------------------------------------


def corrected(reviewer: Reviewer, folder: Path) -> tuple[str, str]:
    """Mark two things, import a corrected version in which one of them changed, and carry both over."""
    reviewer.mark("وزارة الدفاع السورية", "actor")
    reviewer.mark("انشقاق عناصر", "claim")
    old, text = reviewer.article().id, reviewer.article().text
    new = reviewer.bring_in(folder, corrected=text.replace("انشقاق عناصر", "انشقاق مقاتلين"))["corrected"]
    reviewer.session.change(lambda project: project.carry_over(old, new))
    reviewer.settle()
    return old, new


def test_the_two_versions_lead_to_each_other(reviewer: Reviewer, tmp_path: Path) -> None:
    old, new = corrected(reviewer, tmp_path)
    reviewer.read(old)
    assert "This article was corrected" in reviewer.strips()
    reviewer.strip_button("Show the newer version").click()
    reviewer.settle()
    assert reviewer.article().id == new
    reviewer.strip_button("Show the earlier version").click()
    reviewer.settle()
    assert reviewer.article().id == old


@pytest.mark.parametrize("confirm", ["K", "ن"])
def test_a_carried_mark_is_found_and_confirmed_by_key(reviewer: Reviewer, tmp_path: Path, confirm: str) -> None:
    _, new = corrected(reviewer, tmp_path)
    reviewer.read(new)
    waiting = [one.quote for one in reviewer.session.now.annotations if one.to_confirm]
    assert "انشقاق مقاتلين" in waiting
    assert "carried over" in reviewer.strips()
    for _ in waiting:
        reviewer.press(Key.Key_K, SHIFT)
        assert reviewer.selected().to_confirm
        reviewer.write(confirm)
        assert not reviewer.selected().to_confirm
    assert "carried over" not in reviewer.strips()
    reviewer.press(Key.Key_Z, CTRL)
    assert sum(one.to_confirm for one in reviewer.session.now.annotations) == 1
    reviewer.press(Key.Key_Z, CTRL | SHIFT)
    assert not any(one.to_confirm for one in reviewer.session.now.annotations)


def test_a_carried_mark_that_is_wrong_is_removed_as_any_other(reviewer: Reviewer, tmp_path: Path) -> None:
    _, new = corrected(reviewer, tmp_path)
    reviewer.read(new)
    before = len(reviewer.session.now.annotations)
    reviewer.strip_button("Go to the next").click()
    reviewer.settle()
    assert reviewer.selected().to_confirm
    reviewer.press(Key.Key_Delete)
    assert len(reviewer.session.now.annotations) == before - 1


def test_copies_are_compared_grouped_and_told_of(reviewer: Reviewer, tmp_path: Path) -> None:
    first, text = reviewer.article().id, reviewer.article().text
    other = reviewer.bring_in(tmp_path, other="انشقاق شرق حلب\n" + text.replace("اليوم الجمعة", "أمس"))["other"]
    reviewer.read(first)
    reviewer.press(Key.Key_D, CTRL | SHIFT)
    window = reviewer.window.findChild(CopiesWindow)
    reviewer.settle()
    assert [copy.id for copy in window._copies] == [other]
    next(one for one in window.findChildren(QPushButton) if one.text() == "Group as copies of one text").click()
    reviewer.settle()
    window.close()
    assert "1 copy of this text" in reviewer.strips()
    reviewer.strip_button("Compare").click()
    reviewer.settle()
    again = next(one for one in reviewer.window.findChildren(CopiesWindow) if one.isVisible())
    next(one for one in again.findChildren(QPushButton) if one.text() == "Read this copy").click()
    reviewer.settle()
    assert reviewer.article().id == other
    assert "1 copy of this text" in reviewer.strips()
