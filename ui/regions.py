"""The parts of the window that a key leads through in turn: the queue, the page, the inspector, the bar of labels."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


class Regions:
    """Leads the keyboard from part to part; `preferred` of a part is where it goes first, if that can be seen."""

    def __init__(self, parts: list[tuple[QWidget, Callable[[], QWidget | None]]]) -> None:
        self._parts = parts

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) part that has something for the keyboard; no part is a dead end."""
        here, count = self._here(by), len(self._parts)
        for distance in range(1, count + 1):
            target = self._target((here + by * distance) % count)
            if target:
                target.setFocus(Qt.FocusReason.TabFocusReason if by > 0 else Qt.FocusReason.BacktabFocusReason)
                return

    def _here(self, by: int) -> int:
        """Return the number of the part that has the keyboard; where none has, such that a step goes to the first or last."""
        focus = QApplication.focusWidget()
        inside = [number for number, (part, _) in enumerate(self._parts) if focus and part.isAncestorOf(focus)]
        return inside[0] if inside else (-1 if by > 0 else len(self._parts))

    def _target(self, number: int) -> QWidget | None:
        part, preferred = self._parts[number]
        wanted = preferred()
        return wanted if wanted and part.isVisible() and _takes_keys(wanted) else None


def first_of(part: QWidget) -> QWidget | None:
    """Return the first widget within a part that the Tab key reaches."""
    widget: QWidget | None = part
    while widget and (widget := widget.nextInFocusChain()) not in (None, part):
        if part.isAncestorOf(widget) and _takes_keys(widget):
            return widget
    return None


def has_keyboard(part: QWidget) -> bool:
    """Tell whether the keyboard is somewhere in a part."""
    focus = QApplication.focusWidget()
    return focus is not None and (focus is part or part.isAncestorOf(focus))


def _takes_keys(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
