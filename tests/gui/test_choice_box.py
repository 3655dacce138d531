"""The wheel scrolls what a box of choices stands in; only keys and clicks choose."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.choice_box import ChoiceBox

ROOT = Path(__file__).parents[2]


@pytest.fixture
def box(qtbot: QtBot) -> ChoiceBox:
    made = ChoiceBox()
    qtbot.addWidget(made)
    made.addItems(["one", "two", "three"])
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.mark.parametrize("focused", [True, False])
def test_the_wheel_changes_nothing_and_is_left_to_the_page(box: ChoiceBox, *, focused: bool) -> None:
    box.setFocus() if focused else box.clearFocus()
    at, none = QPointF(box.rect().center()), Qt.MouseButton.NoButton
    notch = QWheelEvent(
        at, box.mapToGlobal(at), QPoint(), QPoint(0, -120), none, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, notch)
    assert not notch.isAccepted()
    assert (box.currentIndex(), box.hasFocus()) == (0, focused)


def test_the_arrows_choose(box: ChoiceBox) -> None:
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert box.currentText() == "two"


def test_the_window_has_no_other_boxes_of_choices() -> None:
    made = {
        file.name
        for file in (ROOT / "ui").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "QComboBox"
    }
    assert made == set()
