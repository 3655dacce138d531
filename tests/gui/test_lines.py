"""Lines stand at the side where they begin, whatever the window does."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from ui.lines import Lines

ROOT = Path(__file__).parents[2]


def begins_at(field: Lines) -> float:
    """Where its first line begins, as a share of the width."""
    cursor = field.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.Start)
    return field.cursorRect(cursor).left() / field.viewport().width()


@pytest.mark.parametrize(("text", "right"), [("ملاحظة قصيرة", True), ("A short note", False), ("1. ملاحظة", True)])
@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_a_note_stands_where_its_first_word_begins(
    qtbot: QtBot, text: str, *, right: bool, direction: Qt.LayoutDirection
) -> None:
    field = Lines()
    qtbot.addWidget(field)
    field.setLayoutDirection(direction)
    field.show()
    field.setPlainText(text)
    assert (begins_at(field) > 0.8) == right


def test_it_turns_as_one_types_and_what_was_typed_can_be_taken_back(qtbot: QtBot) -> None:
    field = Lines("note")
    qtbot.addWidget(field)
    field.show()
    field.selectAll()
    field.insertPlainText("ملاحظة")
    assert begins_at(field) > 0.8
    field.undo()
    assert (field.toPlainText(), begins_at(field) < 0.2) == ("note", True)


def test_a_given_direction_holds_for_every_line(qtbot: QtBot) -> None:
    field = Lines("news.txt: لم يدخل", direction=Qt.LayoutDirection.RightToLeft)
    qtbot.addWidget(field)
    field.show()
    assert field.document().defaultTextOption().textDirection() == Qt.LayoutDirection.RightToLeft
    assert begins_at(field) > 0.5, "before a Latin name the caret stands at the left of it"


def test_the_window_has_no_other_fields_of_plain_lines() -> None:
    made = {
        file.name
        for file in (ROOT / "ui").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "QPlainTextEdit"
    }
    assert made == set()
