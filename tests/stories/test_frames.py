"""Who says what: a claim's frame filled in by pointing, by keyboard alone and in the inspector; seen on page and card."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from annotator.frames import ClaimFrame
from ui.frame.editor import FrameEditor
from ui.frame.verdict import VerdictRow
from ui.panels.label_bar import LabelBar

LEFT = Qt.MouseButton.LeftButton
CTRL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)


class Reader:
    """A person at the window with the seed article."""

    def __init__(self, qtbot: QtBot, application: Any) -> None:
        self.qtbot, self.session, self.window = qtbot, application.session, application.window
        self.page = self.window.page
        self.window.resize(1280, 900)
        self.window.activateWindow()
        self.page.setFocus()
        qtbot.waitUntil(self.page.hasFocus)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        self.qtbot.keyClick(self.page, key, modifiers)
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.session.busy and self.session.now.path is not None, timeout=10_000)

    def mark(self, start: int, end: int, key: Qt.Key) -> str:
        self.page.select_span(start, end)
        self.press(key)
        return str(self.session.selected)

    def choose(self, identity: str) -> None:
        self.page.clear_selection()
        self.session.select(identity)

    def click(self, start: int, end: int) -> None:
        self.page.reveal(start)
        point = self.page.span_rectangles(start, end)[0].center().toPoint()
        self.qtbot.mouseClick(self.page.viewport(), LEFT, pos=point)
        self.settle()

    def frame(self, claim: str) -> ClaimFrame:
        return self.session.now.frames[claim]

    def hints(self) -> str:
        return " ".join(label.text() for label in self.window.findChild(LabelBar).findChildren(QLabel))

    def editor(self) -> FrameEditor:
        return self.window.findChild(FrameEditor)


@pytest.fixture
def reader(start: Any, qtbot: QtBot) -> Reader:
    return Reader(qtbot, start())


@pytest.fixture
def claim(reader: Reader) -> str:
    """The first claim of the article, with its source marked before it."""
    reader.mark(6, 26, Qt.Key.Key_1)
    return reader.mark(31, 137, Qt.Key.Key_3)


def test_s_and_a_click_say_who_says_it(reader: Reader, claim: str) -> None:
    assert reader.page._cards()[0].mark.card[0] == "من يقول هذا؟"
    reader.press(Qt.Key.Key_S)
    assert "من يقوله؟" in reader.hints()
    reader.click(12, 14)
    assert reader.frame(claim).source.words == "وزارة الدفاع السورية"
    assert reader.session.selected == claim
    assert "من يقوله؟" not in reader.hints()
    assert reader.page._cards()[0].mark.card[0] == "وزارة الدفاع السورية"
    assert [(part.start, part.end, part.joined) for part in reader.page.shown.parts] == [(6, 26, True)]
    reader.press(Qt.Key.Key_Z, CTRL)
    assert claim not in reader.session.now.frames
    assert reader.page.shown.parts == []
    reader.press(Qt.Key.Key_Z, CTRL | SHIFT)
    assert reader.frame(claim).source.words == "وزارة الدفاع السورية"


def test_the_whole_frame_is_filled_in_by_keyboard_alone(reader: Reader, claim: str) -> None:
    reader.press(Qt.Key.Key_S)
    reader.press(Qt.Key.Key_Tab)
    reader.press(Qt.Key.Key_Return)
    reader.press(Qt.Key.Key_C)
    reader.page.set_caret(0)
    reader.press(Qt.Key.Key_Left, CTRL | SHIFT)
    reader.press(Qt.Key.Key_Return)
    frame = reader.frame(claim)
    assert (frame.source.words, [one.quote for one in frame.cue]) == ("وزارة الدفاع السورية", ["أعلنت"])
    assert reader.page._cards()[0].mark.card[:2] == ("وزارة الدفاع السورية", "أعلنت")


def test_words_that_are_not_marked_yet_are_marked_and_become_the_answer(reader: Reader, claim: str) -> None:
    reader.press(Qt.Key.Key_A)
    reader.page.select_span(47, 75)
    reader.press(Qt.Key.Key_Return)
    made = next(one for one in reader.session.now.annotations if (one.start, one.end) == (47, 75))
    assert made.label == "actor"
    assert [(one.annotation, one.role) for one in reader.frame(claim).about] == [(made.id, "mentioned")]
    reader.press(Qt.Key.Key_W)
    reader.page.select_span(109, 123)
    reader.press(Qt.Key.Key_Return)
    assert [one.words for one in reader.frame(claim).places] == ["مدينة دير حافر"]


def test_a_number_and_a_time_are_read_from_their_words(reader: Reader) -> None:
    claim = reader.mark(194, 316, Qt.Key.Key_3)
    reader.press(Qt.Key.Key_N)
    reader.page.select_span(201, 208)
    reader.press(Qt.Key.Key_Return)
    reader.press(Qt.Key.Key_T)
    reader.page.select_span(240, 247)
    reader.press(Qt.Key.Key_Return)
    frame = reader.frame(claim)
    assert [(one.value, one.unit) for one in frame.numbers] == [(6, "عناصر")]
    assert (frame.time.words, frame.time.value) == (reader.page.text[240:247], "")


def test_what_is_of_the_wrong_kind_is_refused_and_esc_ends(reader: Reader, claim: str) -> None:
    reader.mark(109, 123, Qt.Key.Key_2)
    reader.choose(claim)
    reader.press(Qt.Key.Key_S)
    reader.click(112, 114)
    assert claim not in reader.session.now.frames
    assert "من يقوله؟" in reader.window.statusBar().currentMessage()
    reader.press(Qt.Key.Key_Escape)
    assert not reader.window.reading.pointing.is_active
    assert reader.session.selected == claim


def test_the_keys_do_nothing_for_an_actor_or_somebody_elses_claim(reader: Reader, claim: str) -> None:
    reader.choose(next(one.id for one in reader.session.now.annotations if one.label == "actor"))
    reader.press(Qt.Key.Key_S)
    assert not reader.window.reading.pointing.is_active
    reader.session.switch_reviewer("R2")
    reader.settle()
    reader.choose(claim)
    reader.press(Qt.Key.Key_S)
    assert not reader.window.reading.pointing.is_active
    assert not reader.editor().findChild(QToolButton).isEnabled()


def test_a_source_that_is_removed_keeps_its_words_and_says_so(reader: Reader, claim: str) -> None:
    reader.press(Qt.Key.Key_S)
    reader.click(12, 14)
    reader.choose(next(one.id for one in reader.session.now.annotations if one.label == "actor"))
    reader.press(Qt.Key.Key_Delete)
    source = reader.frame(claim).source
    assert (source.words, source.removed) == ("وزارة الدفاع السورية", True)
    assert "لم تعد موسومة" in reader.page._cards()[0].mark.card[0]


def test_mode_and_kind_are_chosen_and_nothing_is_chosen_beforehand(reader: Reader, claim: str) -> None:
    boxes = {box.accessibleName(): box for box in reader.editor().findChildren(QComboBox)}
    mode = boxes["طريقة النقل"]
    assert mode.currentData() == ""
    mode.setCurrentIndex(mode.findData("indirect"))
    mode.activated.emit(mode.currentIndex())
    reader.settle()
    assert (reader.frame(claim).mode, reader.frame(claim).kind) == ("indirect", "")


def test_a_verdict_needs_its_reason(reader: Reader, claim: str) -> None:
    row = reader.editor().findChild(VerdictRow)
    box, reason, give = row.findChild(QComboBox), row.findChild(QLineEdit), row.findChild(QPushButton)
    assert box.currentData() == "not_examined"
    assert not give.isEnabled()
    box.setCurrentIndex(box.findData("contested"))
    assert not give.isEnabled()
    reason.setText("قول مخالف")
    give.click()
    reader.settle()
    verdicts = reader.session.now.verdicts[claim]
    assert [(one.value, one.reason, one.reviewer) for one in verdicts] == [("contested", "قول مخالف", "R1")]
    assert reader.page._cards()[0].mark.card[-1].startswith("• متنازع عليه")
    reader.press(Qt.Key.Key_Z, CTRL)
    assert reader.session.now.verdicts.get(claim, ()) == ()


def test_an_item_is_taken_out_and_the_outlet_can_be_the_source(reader: Reader, claim: str) -> None:
    outlet = reader.editor()._outlet
    outlet.click()
    reader.settle()
    assert reader.frame(claim).source.kind == "outlet"
    assert not outlet.isVisible()
    cross = next(one for one in reader.editor().findChildren(QToolButton) if one.accessibleName().startswith("أخرج"))
    cross.click()
    reader.settle()
    assert reader.frame(claim).source is None
    assert outlet.isVisible()


def test_a_claim_quoted_in_itself_is_refused_with_a_sentence(reader: Reader, claim: str, qtbot: QtBot) -> None:
    inner = reader.mark(100, 137, Qt.Key.Key_3)
    reader.press(Qt.Key.Key_Q)
    reader.click(35, 40)
    assert reader.frame(inner).parent == claim
    reader.choose(claim)
    with qtbot.waitSignal(reader.session.failed) as told:
        reader.session.frame(claim, parent=inner)
    assert type(told.args[0]).__name__ == "CyclicClaims"
    reader.settle()
    assert claim not in reader.session.now.frames
