"""A field of several plain lines that stand at the side where they begin.

Qt's own leaves right-to-left lines at the left edge: it does not turn the alignment with the direction.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

from annotator.text.canonical import direction_of

_RIGHT_TO_LEFT, _LEFT_TO_RIGHT = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight


class Lines(QPlainTextEdit):
    """The field; its lines run in a given `direction`, or else as the first word that is written does.

    An empty one runs as the window does.
    """

    def __init__(self, text: str = "", *, direction: Qt.LayoutDirection | None = None) -> None:
        super().__init__(text)
        self._direction = direction
        self.textChanged.connect(self._align)
        self._align()

    def _align(self) -> None:
        option = self.document().defaultTextOption()
        wanted = self._direction or self._of_text()
        side = Qt.AlignmentFlag.AlignRight if wanted == _RIGHT_TO_LEFT else Qt.AlignmentFlag.AlignLeft
        if (option.textDirection(), option.alignment()) != (wanted, side):
            option.setTextDirection(wanted)
            option.setAlignment(side)
            self.document().setDefaultTextOption(option)

    def _of_text(self) -> Qt.LayoutDirection:
        text = self.toPlainText()
        if not text.strip():
            return self.layoutDirection()
        return _RIGHT_TO_LEFT if direction_of(text) == "rtl" else _LEFT_TO_RIGHT


class Note(Lines):
    """Lines that are left with Esc, and put down whenever the keyboard leaves them."""

    left = Signal()
    put_down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.put_down.emit()
        super().focusOutEvent(event)
