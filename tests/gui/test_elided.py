"""A line of the window runs as the window does, also when it begins with the name of a key; words of an article as they are."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from ui.elided import ElidedLabel


def ink(image: QImage) -> tuple[int, int]:
    """How much is drawn in the left and in the right half."""
    half, width, height = image.width() // 2, image.width(), image.height()
    dark = [(x, y) for x in range(width) for y in range(height) if image.pixelColor(x, y).lightness() < 140]
    return sum(x < half for x, _ in dark), sum(x >= half for x, _ in dark)


def drawn(qtbot: QtBot, text: str, direction: Qt.LayoutDirection, *, own: bool = False, width: int = 400) -> QImage:
    label = ElidedLabel(in_own_direction=own)
    qtbot.addWidget(label)
    label.setLayoutDirection(direction)
    label.setText(text)
    label.resize(width, 30)
    return label.grab().toImage()


def test_a_hint_that_begins_with_a_key_starts_at_the_right(qtbot: QtBot) -> None:
    right = Qt.LayoutDirection.RightToLeft
    plain, marked = (drawn(qtbot, text, right) for text in ("S القائل · V عبر", "\u200fS القائل · V عبر"))
    assert plain == marked
    assert ink(plain)[1] > ink(plain)[0]


@pytest.mark.parametrize("own", [True, False])
def test_words_of_an_article_keep_their_own_side(qtbot: QtBot, own: bool) -> None:
    left, right = ink(drawn(qtbot, "وزارة الدفاع", Qt.LayoutDirection.LeftToRight, own=own))
    assert (right > left) is own


def test_what_has_no_room_ends_in_dots_and_is_told_by_the_tip(qtbot: QtBot) -> None:
    text = "إدارة الإعلام والاتصال في وزارة الدفاع السورية"
    image = drawn(qtbot, text, Qt.LayoutDirection.RightToLeft, width=120)
    assert image != drawn(qtbot, text[:20], Qt.LayoutDirection.RightToLeft, width=120)
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.setText(text)
    assert label.toolTip() == text
    assert label.minimumSizeHint().width() == 0
