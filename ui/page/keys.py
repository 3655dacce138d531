"""Which key moves the reading caret how. The keys are the platform's own, taken as they are seen: left is left."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from ui.page.caret import Motion

_Key = QKeySequence.StandardKey
_MOVES: tuple[tuple[_Key, _Key, Motion], ...] = (
    (_Key.MoveToPreviousChar, _Key.SelectPreviousChar, "left"),
    (_Key.MoveToNextChar, _Key.SelectNextChar, "right"),
    (_Key.MoveToPreviousWord, _Key.SelectPreviousWord, "word_left"),
    (_Key.MoveToNextWord, _Key.SelectNextWord, "word_right"),
    (_Key.MoveToPreviousLine, _Key.SelectPreviousLine, "up"),
    (_Key.MoveToNextLine, _Key.SelectNextLine, "down"),
    (_Key.MoveToStartOfLine, _Key.SelectStartOfLine, "line_start"),
    (_Key.MoveToEndOfLine, _Key.SelectEndOfLine, "line_end"),
    (_Key.MoveToPreviousPage, _Key.SelectPreviousPage, "page_up"),
    (_Key.MoveToNextPage, _Key.SelectNextPage, "page_down"),
    (_Key.MoveToStartOfDocument, _Key.SelectStartOfDocument, "article_start"),
    (_Key.MoveToEndOfDocument, _Key.SelectEndOfDocument, "article_end"),
)
_PARAGRAPHS: dict[int, Motion] = {Qt.Key.Key_Up: "paragraph_up", Qt.Key.Key_Down: "paragraph_down"}


def motion_of(event: QKeyEvent) -> tuple[Motion | None, bool]:
    """Return the motion that a key asks for, if any, and whether it also selects."""
    for move, select, motion in _MOVES:
        if event.matches(move):
            return motion, False
        if event.matches(select):
            return motion, True
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    if event.key() in _PARAGRAPHS and modifiers in (control, control | shift):
        return _PARAGRAPHS[event.key()], bool(modifiers & shift)
    return None, False
