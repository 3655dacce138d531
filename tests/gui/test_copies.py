"""Near copies side by side: what differs is marked in whole words, and whoever reads says whether they are copies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from ui.copies.difference import Comparison, Difference
from ui.copies.twins import Twins
from ui.copies.window import CopiesWindow
from ui.notices import Notices
from ui.session import Session
from ui.settings import Settings

Settle = Callable[[], None]
WORDS = st.lists(
    st.sampled_from(["قال", "الوزير", "إن", "القوات", "وصلت", "حلب", "\n", "6", "مدينة"]), max_size=25
).map(" ".join)


# -- what differs -------------------------------------------------------------------------------------------------


def said(one: str, other: str) -> list[tuple[str, str]]:
    return [(one[slice(*found.one)], other[slice(*found.other)]) for found in Comparison(one, other).differences]


def test_whole_words_differ_never_letters() -> None:
    assert said("وصلت القوات إلى مدينة حلب", "وصلت القوات إلى مدينة حماة") == [("حلب", "حماة")]
    assert said("اليوم الجمعة", "اليوم الخميس") == [("الجمعة", "الخميس")]


def test_what_stands_only_in_one_text_is_a_difference_too() -> None:
    assert said("وصلت القوات مساء إلى حلب", "وصلت القوات إلى حلب") == [("مساء", "")]
    assert said("خبر", "خبر\nوأضاف المصدر") == [("", "وأضاف المصدر")]


def test_equal_texts_do_not_differ() -> None:
    assert Comparison("حلب", "حلب").differences == ()
    assert Comparison("", "").differences == ()


@given(WORDS, WORDS)
def test_without_their_differences_two_texts_are_one(one: str, other: str) -> None:
    differences = Comparison(one, other).differences
    for side, text in ((0, one), (1, other)):
        spans = [(found.one, found.other)[side] for found in differences]
        borders = [border for span in spans for border in span]
        assert borders == sorted(borders)
        assert not borders or (borders[0] >= 0 and borders[-1] <= len(text))
    assert _rest(one, [found.one for found in differences]) == _rest(other, [found.other for found in differences])


def _rest(text: str, spans: list[tuple[int, int]]) -> list[str]:
    """Return the words of a text without some spans."""
    kept, start = "", 0
    for span in spans:
        kept += text[start : span[0]] + " "
        start = span[1]
    return (kept + text[start:]).split()


@given(WORDS, WORDS, st.integers(0, 150))
def test_every_place_has_one_that_corresponds(one: str, other: str, offset: int) -> None:
    comparison = Comparison(one, other)
    assert 0 <= comparison.place(min(offset, len(one)), side=0) <= len(other)
    assert 0 <= comparison.place(min(offset, len(other)), side=1) <= len(one)
    assert Comparison(one, one).place(min(offset, len(one)), side=0) == min(offset, len(one))


# -- side by side -------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


@pytest.fixture
def copies(session: Session, settle: Settle, folder: Path) -> tuple[str, str]:
    """Bring in the article that ships as two other outlets have it; return the ids."""
    article = session.now.article
    assert article
    texts = (
        "انشقاق عناصر شرق حلب\n" + article.text[:1880].replace("اليوم الجمعة", "أمس"),
        article.text.replace("وزارة الدفاع السورية", "وزارة الدفاع") + "\nوأضاف المصدر أن الطريق مفتوح.",
    )
    paths = [folder / "a.txt", folder / "b.txt"]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    reports: list[list[str]] = []
    session.change(
        lambda project: [one.article for one in project.import_files(paths).imported], then=reports.append
    )  # fmt: skip
    settle()
    first, second = reports[0]
    return first, second


@pytest.fixture
def window(session: Session, settle: Settle, copies: tuple[str, str], qtbot: QtBot) -> Iterator[CopiesWindow]:
    assert session.now.article
    made = CopiesWindow(session, Settings(), session.now.article)
    qtbot.addWidget(made)
    made.show()
    settle()
    settle()
    yield made
    made.done(0)


def button(window: CopiesWindow, name: str) -> QPushButton:
    return next(one for one in window.findChildren(QPushButton) if one.text() == name)


def texts(window: CopiesWindow) -> str:
    return " ".join(label.text() for label in window.findChildren(QLabel))


def choose(window: CopiesWindow, identity: str, settle: Settle) -> None:
    row = next(at for at, copy in enumerate(window._copies) if copy.id == identity)
    window.findChild(QListWidget).setCurrentRow(row)
    settle()


def test_near_copies_are_listed_and_shown_beside_the_article(
    window: CopiesWindow, copies: tuple[str, str], settle: Settle
) -> None:
    assert {copy.id for copy in window._copies} == set(copies)
    assert window._copies == sorted(window._copies, key=lambda copy: -(copy.similarity or 0))
    assert "% alike" in window.findChild(QListWidget).item(0).text()
    choose(window, copies[0], settle)
    one, other = window.twins.pages()
    assert one.text == window._article.text
    assert other.text.startswith("انشقاق عناصر شرق حلب")
    assert len(one.shown.hits) >= 1
    assert "Difference 1 of" in texts(window)


def test_keys_go_from_difference_to_difference_on_both_sides(
    window: CopiesWindow, copies: tuple[str, str], settle: Settle
) -> None:
    choose(window, copies[1], settle)
    differences = window.twins._comparison.differences
    assert len(differences) == 3  # twice the ministry, and the last sentence
    one, other = window.twins.pages()
    for number in (1, 2, 0):
        QTest.keyClick(window, Qt.Key.Key_F7)
        assert f"Difference {number + 1} of 3" in texts(window)
        assert (one.caret(), other.caret()) == (differences[number].one[0], differences[number].other[0])
    QTest.keyClick(window, Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert "Difference 3 of 3" in texts(window)
    assert "nothing" in window.twins.said()
    assert "وأضاف المصدر" in window.twins.said()


def test_scrolling_one_takes_the_other_along(window: CopiesWindow, copies: tuple[str, str], settle: Settle) -> None:
    choose(window, copies[0], settle)
    one, other = window.twins.pages()
    one.verticalScrollBar().setValue(one.verticalScrollBar().maximum() // 2)
    offset, _ = one.place()
    there, _ = other.place()
    assert abs(window.twins._comparison.place(offset, side=0) - there) < 80
    assert there > 100
    other.verticalScrollBar().setValue(0)
    assert one.verticalScrollBar().value() == 0


def test_copies_are_grouped_and_parted_and_both_can_be_taken_back(
    session: Session, window: CopiesWindow, copies: tuple[str, str], settle: Settle
) -> None:
    def grouped() -> set[str]:
        settle()
        settle()
        return {copy.id for copy in window._copies if copy.grouped}

    choose(window, copies[0], settle)
    button(window, "Group as copies of one text").click()
    assert grouped() == {copies[0]}
    assert not button(window, "Group as copies of one text").isEnabled()
    session.undo()
    assert grouped() == set()
    session.redo()
    assert grouped() == {copies[0]}
    button(window, "Not copies").click()
    assert grouped() == set()
    session.undo()
    assert grouped() == {copies[0]}


def test_what_is_no_copy_goes_and_can_be_seen_and_grouped_after_all(
    session: Session, window: CopiesWindow, copies: tuple[str, str], settle: Settle
) -> None:
    def listed() -> set[str]:
        settle()
        settle()
        return {copy.id for copy in window._copies}

    choose(window, copies[0], settle)
    box = window.findChild(QCheckBox)
    assert not box.isVisible()
    button(window, "Not copies").click()
    assert listed() == {copies[1]}
    assert "first 3,000 characters" in texts(window)
    assert box.isVisible()
    assert box.text() == "Also 1 text that is no copy"
    session.undo()
    assert listed() == set(copies)
    session.redo()
    assert listed() == {copies[1]}
    button(window, "Not copies").click()
    assert listed() == set()
    assert "are no copies of it" in texts(window)
    box.click()
    assert listed() == set(copies)
    choose(window, copies[1], settle)
    assert "No copy, as somebody said" in window.findChild(QListWidget).currentItem().text()
    assert not button(window, "Not copies").isEnabled()
    button(window, "Group as copies of one text").click()
    assert listed() == set(copies)
    assert {copy.id for copy in window._copies if copy.grouped} == {copies[1]}
    box.click()
    assert listed() == {copies[1]}


def test_a_copy_can_be_read(window: CopiesWindow, copies: tuple[str, str], settle: Settle) -> None:
    wanted: list[str] = []
    window.article_wanted.connect(wanted.append)
    choose(window, copies[1], settle)
    button(window, "Read this copy").click()
    assert wanted == [copies[1]]
    assert not window.isVisible()


def test_an_article_without_copies_says_so(session: Session, settle: Settle, qtbot: QtBot) -> None:
    assert session.now.article
    window = CopiesWindow(session, Settings(), session.now.article)
    qtbot.addWidget(window)
    settle()
    assert "No other text of the project is like this one." in texts(window)
    assert not button(window, "Read this copy").isEnabled()
    window.done(0)


def test_two_texts_can_be_empty(qtbot: QtBot, session: Session) -> None:
    twins, moved = Twins(family="Amiri", points=14.0), list[tuple[int, int]]()
    qtbot.addWidget(twins)
    twins.moved.connect(lambda *place: moved.append(place))
    twins.step(1)
    assert twins.said() == ""
    assert moved == []
    assert Difference((0, 0), (0, 1)) == Comparison("", "ا").differences[0]


# -- told above the page ------------------------------------------------------------------------------------------


def notice(notices: Notices) -> str:
    return " ".join(label.text() for label in notices.findChildren(QLabel) if label.isVisibleTo(notices))


def press(notices: Notices, name: str) -> None:
    found = (one for one in notices.findChildren(QPushButton) if one.isVisibleTo(notices) and one.text() == name)
    next(found).click()


def test_a_strip_tells_of_grouped_copies_and_opens_them(
    session: Session, settle: Settle, copies: tuple[str, str], qtbot: QtBot
) -> None:
    notices, wanted = Notices(session), list[bool]()
    qtbot.addWidget(notices)
    notices.show()
    notices.copies_wanted.connect(lambda: wanted.append(True))
    article = session.now.article
    assert article
    assert "copy of this text" not in notice(notices)
    session.change(lambda project: project.group_copies(article.id, copies))
    settle()
    settle()
    assert "2 copies of this text" in notice(notices)
    assert "انشقاق عناصر شرق حلب" in notice(notices)
    press(notices, "Compare")
    assert wanted == [True]
    session.undo()
    settle()
    settle()
    assert "copies of this text" not in notice(notices)


def test_versions_tell_of_each_other(session: Session, settle: Settle, copies: tuple[str, str], qtbot: QtBot) -> None:
    notices, wanted = Notices(session), list[str]()
    qtbot.addWidget(notices)
    notices.show()
    notices.article_wanted.connect(wanted.append)
    article = session.now.article
    assert article
    session.change(lambda project: project.carry_over(article.id, copies[1]))
    settle()
    settle()
    assert "This article was corrected" in notice(notices)
    press(notices, "Show the newer version")
    session.show_article(copies[1])
    settle()
    settle()
    assert "corrected version of" in notice(notices)
    press(notices, "Show the earlier version")
    assert wanted == [copies[1], article.id]
