"""The small box for linking an annotation: type two letters, look, Enter.

It knows neither session nor project: it says what is sought and what was chosen, and is told what was found. It lies over the
window, so that the keyboard stays in it and goes back to the page.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QVBoxLayout, QWidget

from ui.page.speech import say_aloud
from ui.plain import PlainLabel
from ui.register.choices import Choice, first_choice
from ui.register.two_lines import TwoLineModel, two_line_view
from ui.translate import tr, trn

_WIDTH, _EDGE, _ROOM, _GAP = 460, 10, 16, 6
_MOST_ROWS, _LEAST = 7, 120
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
_PAGES = {Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LinkBox(QFrame):
    """Asks whom an annotation means. `closed` comes when it goes away, and says whether it had the keyboard."""

    sought = Signal(str)
    chosen = Signal(object)
    closed = Signal(bool)

    def __init__(self, window: QWidget, question: str, now: str) -> None:
        super().__init__(window)
        self._window = window
        self._rows: list[Choice] = []
        self._is_open = True
        self._waits = False
        self._enter_waits = False
        self._anchor = QRect()
        self._box, self._model = QLineEdit(), TwoLineModel()
        self._list = two_line_view(self._model)
        self._count = PlainLabel()
        self._set_up(question, now)
        self._box.textChanged.connect(self._seek)
        self._list.clicked.connect(lambda index: self._choose(index.row()))
        window.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._follow_focus)  # type: ignore[union-attr]

    def begin(self, anchor: QRect) -> None:
        """Show the box beside a rectangle of the window (where the annotation is) and take the keyboard."""
        self._anchor = anchor
        self._place()
        self.show()
        self.raise_()
        self._box.setFocus(Qt.FocusReason.PopupFocusReason)
        self._seek(self._box.text())

    def query(self) -> str:
        """Return what is sought."""
        return self._box.text()

    def show_rows(self, rows: Sequence[Choice]) -> None:
        """Show what was found."""
        self._rows = list(rows)
        self._waits = False
        self._model.show([(row.title, row.details, row.section) for row in rows])
        self._go_to(first_choice(self._rows))
        found = sum(row.entity is not None and row.deed != "new" for row in rows)
        self._count.setText(trn("{count} found", "{count} found", found) + self._warning())
        self._place()
        if self._enter_waits:
            self._enter_waits = False
            self._choose(self._current())

    def current(self) -> Choice | None:
        """Return the row that Enter would choose, or None."""
        row = self._current()
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def rows(self) -> list[Choice]:
        """Return all rows."""
        return list(self._rows)

    def leave(self) -> None:
        """Close the box."""
        if not self._is_open:
            return
        self._is_open = False
        focus = self._window.focusWidget()
        # Said before it is hidden: then Qt would give the keyboard to whatever comes next.
        self.closed.emit(focus is None or self.isAncestorOf(focus))
        self.hide()
        self.deleteLater()

    # -- what Qt tells --------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take from the search box the keys that move and choose, and follow the size of the window."""
        if watched is self._box and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._take_key(event)
        if watched is self._window and isinstance(event, QResizeEvent):
            self._place()
        return super().eventFilter(watched, event)

    # -- inside ---------------------------------------------------------------------------------------------------

    def _set_up(self, question: str, now: str) -> None:
        self.setObjectName("linkBox")
        self.setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        title, state, keys = PlainLabel(question), PlainLabel(now), PlainLabel(_keys())
        title.setObjectName("heading")
        for label in (title, state, keys, self._count):
            label.setWordWrap(True)
        for label in (state, keys, self._count):
            label.setProperty("quiet", "true")
        self.setAccessibleName(question)
        self._box.setAccessibleName(question)
        self._box.setAccessibleDescription(_keys())
        self._box.setPlaceholderText(tr("A name, or the beginning of one"))
        self._box.installEventFilter(self)
        self._list.setAccessibleName(tr("Whom it may mean"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(_ROOM, 12, _ROOM, 10)
        column.setSpacing(6)
        for widget in (title, state, self._box, self._list, self._count, keys):
            column.addWidget(widget, 1 if widget is self._list else 0)
        state.setVisible(bool(now))  # not before it stands in the box: it would be a window of its own

    def _place(self) -> None:
        """Stand below the annotation, or above it, within the window; beside its beginning as the interface runs."""
        window = self._window
        room = window.rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        width, wanted = min(_WIDTH, room.width()), min(self._wanted_height(), room.height())
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = self._anchor.right() - width if right else self._anchor.left()
        below, above = room.bottom() - self._anchor.bottom() - _GAP, self._anchor.top() - _GAP - room.top()
        goes_below = below >= min(wanted, above)
        height = max(min(wanted, below if goes_below else above), self.minimumSizeHint().height())
        y = self._anchor.bottom() + _GAP if goes_below else self._anchor.top() - _GAP - height
        x = max(room.left(), min(x, room.right() - width))
        y = max(room.top(), min(y, room.bottom() - height))
        self.setGeometry(x, y, width, height)

    def _wanted_height(self) -> int:
        """Return the height at which all rows are seen, if they are not too many."""
        rows = sum(self._list.sizeHintForRow(row) for row in range(min(len(self._rows), _MOST_ROWS)))
        return self.sizeHint().height() - self._list.sizeHint().height() + max(rows, _LEAST) + 4

    def _seek(self, text: str) -> None:
        self._waits, self._enter_waits = True, False
        self.sought.emit(text)

    def _take_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.leave()
        elif key in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._choose(self._new_row())
        elif key in _ENTER and self._waits:
            self._enter_waits = True
        elif key in _ENTER:
            self._choose(self._current())
        elif key in _STEPS or key in _PAGES:
            self._step(_STEPS.get(Qt.Key(key)) or _PAGES[Qt.Key(key)])
        else:
            return False
        return True

    def _step(self, by: int) -> None:
        """Go on by rows; one step beyond an end leads to the other one."""
        count, here = len(self._rows), self._current()
        if not count:
            return
        wanted = here + by if here >= 0 or by > 0 else count + by
        beyond = wanted < 0 or wanted >= count
        self._go_to(wanted % count if beyond and abs(by) == 1 else max(0, min(wanted, count - 1)))

    def _go_to(self, row: int) -> None:
        index = self._model.index(row) if row >= 0 else self._model.index(-1)
        self._list.setCurrentIndex(index)
        if not index.isValid():
            self._list.clearSelection()
            return
        place = tr("{current} of {total}").format(current=row + 1, total=len(self._rows))
        words = index.data(Qt.ItemDataRole.AccessibleTextRole)
        say_aloud(self._box, f"{words}. {place}")

    def _current(self) -> int:
        index = self._list.currentIndex()
        return index.row() if index.isValid() else -1

    def _new_row(self) -> int:
        return next((number for number, row in enumerate(self._rows) if row.deed == "new"), -1)

    def _warning(self) -> str:
        """Return what is to be said when no row stands ready, because several have the same name."""
        if first_choice(self._rows) >= 0 or not self._rows:
            return ""
        words = tr("Several have this name: choose with the arrows.")
        say_aloud(self._box, words)
        return f" · {words}"

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._rows):
            choice = self._rows[row]
            self.leave()
            self.chosen.emit(choice)

    def _follow_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Close when the keyboard goes elsewhere in the window; not when another window comes to the front."""
        if now and self._is_open and now.window() is self._window and not self.isAncestorOf(now):
            self.leave()


def _keys() -> str:
    return tr("Arrows choose · Enter links · Ctrl+Enter makes a new entity · Esc goes back")
