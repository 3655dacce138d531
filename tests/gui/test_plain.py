"""What looks like HTML in foreign words is shown as it is written, everywhere in the window."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from annotator.frames import Verdict
from ui.elided import ElidedLabel
from ui.frame.verdict import VerdictRow
from ui.plain import PlainLabel, plain_tip, spelled, title_of
from ui.translate import isolated

ROOT = Path(__file__).parents[2]
TAGGED = "<img src='a.png'><b>hidden</b> & <i>"


def test_only_plain_labels_are_made_in_the_window() -> None:
    made = {
        str(file.relative_to(ROOT)): node.lineno
        for file in (ROOT / "ui").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "QLabel"
    }
    assert made == {}


def test_the_reason_of_another_is_shown_as_it_was_written(qtbot: QtBot) -> None:
    row = VerdictRow()
    qtbot.addWidget(row)
    row.show_verdicts(None, [Verdict("c", "R2", "contradicted", TAGGED, "2026-11-25T00:00:00Z")], [])
    told = next(label for label in row.findChildren(QLabel) if TAGGED in label.text())
    assert told.textFormat() == Qt.TextFormat.PlainText
    assert isolated(TAGGED) in told.text()


def test_a_tooltip_shows_tags_spaces_and_lines_as_they_are_written() -> None:
    document = QTextDocument()
    document.setHtml(plain_tip(f"{TAGGED}\n  and  more"))
    assert document.toPlainText() == f"{TAGGED}\n  and  more"


@pytest.mark.parametrize("text", ["", "a < b", "أعلنت وزارة الدفاع", "C:\\ملف.hashiya"])
def test_a_tooltip_that_looks_like_no_html_is_left_alone(text: str) -> None:
    assert plain_tip(text) == text


def test_nothing_is_spelled_as_nothing() -> None:
    assert spelled("") == ""


def test_a_line_too_long_for_its_place_is_plain_with_its_tooltip(qtbot: QtBot) -> None:
    line = ElidedLabel()
    qtbot.addWidget(line)
    line.setText(TAGGED)
    assert line.textFormat() == Qt.TextFormat.PlainText
    assert line.toolTip() == spelled(TAGGED)


def test_a_title_names_its_field(qtbot: QtBot) -> None:
    field = QLineEdit()
    title = title_of(field, "Note")
    for widget in (field, title):
        qtbot.addWidget(widget)
    assert (title.buddy(), field.accessibleName()) == (field, "Note")
    assert isinstance(title, PlainLabel)


def test_only_tooltips_are_written_in_html() -> None:
    tag = re.compile(r"<(?:span|b|i|p|br|div|a|img|font)\b[^>]*>")
    found = {
        file.name
        for file in (ROOT / "ui").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and tag.search(node.value)
    }
    assert found == {"guideline.py", "plain.py"}
