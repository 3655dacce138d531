"""The strip for finding in the article: a search box, which hit of how many is shown, and the way to the next ones.

It searches nothing itself: it says what is sought and where to go, and is told what came of it. The arrows point up and
down, so that they are right whichever way the interface is mirrored.
"""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLineEdit, QToolButton, QWidget

from ui.page.speech import say_aloud
from ui.plain import PlainLabel
from ui.translate import language, tr

_ONWARDS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F3}


class FindBar(QFrame):
    """Asks what to find. `moved` gives 1 for the next hit and -1 for the previous one."""

    sought = Signal(str)
    moved = Signal(int)
    closed = Signal()
    everywhere_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findBar")
        self._box, self._count = QLineEdit(), PlainLabel()
        self._everywhere = QCheckBox(tr("Greyed text too"))
        self._previous = _button("↑", tr("Previous match"), "Shift+Enter, Shift+F3")
        self._next = _button("↓", tr("Next match"), "Enter, F3")
        self._close = _button("×", tr("Close the search"), "Esc")
        self._lay_out()
        self._box.textChanged.connect(self.sought)
        self._previous.clicked.connect(lambda: self.moved.emit(-1))
        self._next.clicked.connect(lambda: self.moved.emit(1))
        self._close.clicked.connect(self.closed)
        self._everywhere.toggled.connect(self.everywhere_changed)
        self._everywhere.hide()
        self.show_count(0, 0)

    def begin(self, text: str = "") -> None:
        """Take the keyboard, with a text to seek if one is given; what stands in the box is replaced by typing."""
        if text:
            self._box.setText(text)
        self._box.selectAll()
        self._box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def query(self) -> str:
        """Return what is sought."""
        return self._box.text()

    @property
    def searches_everywhere(self) -> bool:
        """Whether page boilerplate is searched too."""
        return self._everywhere.isChecked()

    def offer_everywhere(self, there_is_some: bool) -> None:
        """Show the switch for page boilerplate, where the article has any."""
        self._everywhere.setVisible(there_is_some)

    def show_count(self, current: int, total: int) -> None:
        """Show which hit is the current one, from 1, and how many there are; 0 of 0 says that there is none."""
        number = QLocale(language()).toString
        found = tr("{current} of {total}").format(current=number(current), total=number(total))
        told = found if total else tr("No match") if self.query().strip() else ""
        if told != self._count.text():
            self._count.setText(told)
            say_aloud(self, told)
        for button in (self._previous, self._next):
            button.setEnabled(total > 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys that the box does not want."""
        if event.key() in _ONWARDS:
            self.moved.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        self._box.setAccessibleName(tr("Find in the article"))
        self._box.setPlaceholderText(tr("Find in the article"))
        self._box.setMaximumWidth(420)
        self._count.setMinimumWidth(self._count.fontMetrics().horizontalAdvance("0000 / 0000"))
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 6, 18, 6)
        row.setSpacing(6)
        row.addWidget(self._box, 1)
        for widget in (self._count, self._previous, self._next):
            row.addWidget(widget)
        row.addWidget(self._everywhere)
        row.addStretch(0)
        row.addWidget(self._close)


def _button(sign: str, name: str, keys: str) -> QToolButton:
    button = QToolButton()
    button.setText(sign)
    button.setAccessibleName(name)
    # The keys are a left-to-right isolate: their plus signs would be mirrored.
    button.setToolTip(f"{name} (\u2066{keys}\u2069)")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
