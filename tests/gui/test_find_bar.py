"""The strips above the page: finding in the article, and being told something about it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont, QRawFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from ui.page.banner import Banner
from ui.page.find_bar import FindBar
from ui.translate import set_language

SHIFT, NONE = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier


@pytest.fixture(params=["en", "ar"])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    set_language(request.param)
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft if request.param == "ar" else Qt.LayoutDirection.LeftToRight)
    yield request.param
    set_language("en")
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.fixture
def bar(language: str, qtbot: QtBot) -> FindBar:
    bar = FindBar()
    qtbot.addWidget(bar)
    bar.resize(700, 40)
    bar.show()
    qtbot.waitExposed(bar)
    return bar


@pytest.fixture
def banner(qtbot: QtBot) -> Banner:
    banner = Banner()
    qtbot.addWidget(banner)
    return banner


def box(bar: FindBar) -> QLineEdit:
    return bar.findChild(QLineEdit)


def shown(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.text())


# -- finding ------------------------------------------------------------------------------------------------------


def test_what_is_typed_is_sought_at_once(bar: FindBar) -> None:
    sought: list[str] = []
    bar.sought.connect(sought.append)
    bar.begin()
    QTest.keyClicks(box(bar), "NATO")
    assert sought == ["N", "NA", "NAT", "NATO"]
    assert bar.query() == "NATO"
    bar.begin("دير حافر")
    assert sought[-1] == "دير حافر"
    QTest.keyClicks(box(bar), "x")  # typing replaces what stood there
    assert bar.query() == "x"


def test_the_keyboard_goes_to_the_next_hit_and_back(bar: FindBar) -> None:
    moves: list[int] = []
    bar.moved.connect(moves.append)
    bar.begin("حلب")
    for key, modifier in (
        (Qt.Key.Key_Return, NONE),
        (Qt.Key.Key_Return, SHIFT),
        (Qt.Key.Key_Enter, NONE),
        (Qt.Key.Key_F3, NONE),
        (Qt.Key.Key_F3, SHIFT),
    ):
        QTest.keyClick(box(bar), key, modifier)
    assert moves == [1, -1, 1, 1, -1]


def test_escape_closes(bar: FindBar, qtbot: QtBot) -> None:
    bar.begin("حلب")
    with qtbot.waitSignal(bar.closed):
        QTest.keyClick(box(bar), Qt.Key.Key_Escape)


def test_the_buttons_do_what_the_keys_do(bar: FindBar, qtbot: QtBot) -> None:
    moves: list[int] = []
    bar.moved.connect(moves.append)
    bar.begin("حلب")
    bar.show_count(1, 2)
    previous, onwards, close = bar.findChildren(QToolButton)
    previous.click()
    onwards.click()
    assert moves == [-1, 1]
    with qtbot.waitSignal(bar.closed):
        close.click()


def test_it_says_which_hit_of_how_many_is_shown(bar: FindBar, language: str) -> None:
    bar.begin("حلب")
    bar.show_count(3, 12)
    assert shown(bar) == {"en": "3 of 12", "ar": "٣ من ١٢"}[language]
    assert all(button.isEnabled() for button in bar.findChildren(QToolButton))


def test_it_says_in_words_that_there_is_no_hit(bar: FindBar, language: str) -> None:
    assert shown(bar) == ""
    bar.begin("روما")
    bar.show_count(0, 0)
    assert shown(bar) == {"en": "No match", "ar": "لا نتائج"}[language]
    assert [button.isEnabled() for button in bar.findChildren(QToolButton)] == [False, False, True]
    box(bar).clear()
    bar.show_count(0, 0)
    assert shown(bar) == ""


def test_everything_has_a_name_and_the_buttons_tell_their_keys(bar: FindBar) -> None:
    assert box(bar).accessibleName()
    assert box(bar).placeholderText()
    names = [button.accessibleName() for button in bar.findChildren(QToolButton)]
    assert len(set(names)) == 3
    keys = ["Shift+Enter, Shift+F3", "Enter, F3", "Esc"]
    for button, name, expected in zip(bar.findChildren(QToolButton), names, keys, strict=True):
        assert name in button.toolTip()
        assert f"\u2066{expected}\u2069" in button.toolTip()


def test_it_mirrors_and_its_signs_are_in_the_interface_font(bar: FindBar, language: str) -> None:
    close = bar.findChildren(QToolButton)[-1]
    left = {widget: widget.mapTo(bar, QPoint(0, 0)).x() for widget in (box(bar), close)}
    assert (left[close] < left[box(bar)]) == (language == "ar")
    font = QRawFont.fromFont(QFont(bar.font()))
    assert all(font.supportsCharacter(ord(button.text())) for button in bar.findChildren(QToolButton))


# -- being told ---------------------------------------------------------------------------------------------------


def test_a_banner_is_hidden_until_it_has_something_to_tell(banner: Banner) -> None:
    assert banner.isHidden()
    banner.tell("<b>رموز اتجاه</b>", action="أظهرها")
    assert not banner.isHidden()
    assert banner.accessibleName() == shown(banner) == "<b>رموز اتجاه</b>"
    assert [label.textFormat() for label in banner.findChildren(QLabel) if label.text()] == [Qt.TextFormat.PlainText]


def test_its_button_acts_and_the_cross_sends_it_away(banner: Banner, qtbot: QtBot) -> None:
    banner.tell("x", action="Show them")
    act, dismiss = banner.findChildren(QAbstractButton)
    assert (act.text(), bool(dismiss.accessibleName())) == ("Show them", True)
    with qtbot.waitSignal(banner.acted):
        act.click()
    assert not banner.isHidden()
    with qtbot.waitSignal(banner.dismissed):
        dismiss.click()
    assert banner.isHidden()


def test_without_an_action_there_is_no_button_for_it(banner: Banner) -> None:
    banner.tell("x", action="Show them")
    banner.tell("y")
    act, dismiss = banner.findChildren(QAbstractButton)
    assert (act.isHidden(), dismiss.isHidden()) == (True, False)


def test_in_a_narrow_window_the_button_leaves_the_words_their_room(banner: Banner, qtbot: QtBot) -> None:
    banner.tell("Three places of this text are forced into another direction.", action="Show invisible characters")
    banner.show()
    act = banner.findChildren(QAbstractButton)[0]
    words = next(label for label in banner.findChildren(QLabel) if label.text())
    banner.resize(900, 40)
    qtbot.waitUntil(lambda: act.y() < words.geometry().bottom())
    banner.resize(330, 90)
    qtbot.waitUntil(lambda: act.y() > words.geometry().bottom())
    assert words.width() > 230
