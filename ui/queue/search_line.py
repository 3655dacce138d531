"""The line of the queue's filter: what is typed counts at once, keys and values are offered, mistakes are said in a pause."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QVBoxLayout, QWidget

from annotator.errors import BadFilter
from annotator.filter_completion import Completion, Known, complete
from annotator.filters import Filter, parse
from ui.page.speech import say_aloud
from ui.plain import PlainLabel, plain_tip
from ui.translate import language, running, say, tr

_PATIENCE = 700  # milliseconds after the last key until a mistake is said: most are words not finished yet
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchLine(QWidget):
    """Asks for a filter. `left` when the reader goes from it to the list, `wanted` when another filter is wanted."""

    wanted = Signal()
    left = Signal()

    def __init__(self, known: Callable[[], Known]) -> None:
        super().__init__()
        self.filter = Filter()
        self.box, self._mistake = _Box(), PlainLabel(wraps=True)
        self._known, self._problem = known, ""
        self._offered = Completion(0, 0, ())
        self._patience = QTimer(self, interval=_PATIENCE, singleShot=True)
        self._texts, self._popup = QStringListModel(self), QListView()
        self._completer = QCompleter(self._texts, self)
        self._set_up()
        self.box.textEdited.connect(self._offer)
        self.box.textChanged.connect(self._read)
        self.box.left.connect(self.left)
        self._patience.timeout.connect(self._complain)
        self._completer.activated.connect(self._take)

    @property
    def query(self) -> str:
        """The line as it stands."""
        return self.box.text()

    @property
    def is_sound(self) -> bool:
        """Whether the line has no mistake."""
        return not self._problem

    def write(self, query: str) -> None:
        """Put a filter into the line."""
        self.box.setText(query)

    def begin(self) -> None:
        """Take the keyboard."""
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()

    def go_on(self, text: str) -> None:
        """Take the keyboard, behind what is written already, with letters that were meant for the line."""
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.box.end(False)
        self.box.insert(text)

    def read_again(self) -> None:
        """Understand the line anew: the labels are others."""
        self._read()

    def _set_up(self) -> None:
        self.box.setPlaceholderText(tr("Words, or state:done, outlet:…, has:…"))
        self.box.setToolTip(plain_tip(_help()))
        self.box.setAccessibleName(tr("Filter of the queue"))
        self.box.setAccessibleDescription(_help())
        self.box.setClearButtonEnabled(True)
        self.box.popup_open = lambda: self._popup.isVisible()
        self._mistake.setObjectName("problem")
        self._mistake.hide()
        self._completer.setWidget(self.box)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setPopup(self._popup)
        self._popup.setAccessibleName(tr("What could be meant"))
        self._popup.setObjectName("meanings")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.box)
        column.addWidget(self._mistake)
        self.setFocusProxy(self.box)

    def _read(self) -> None:
        self._mistake.hide()
        self._patience.stop()
        try:
            self.filter = parse(self.query, labels=self._known().labels)
            self._problem = ""
        except BadFilter as error:
            # What was wanted before stays, until the word is finished.
            self._problem = running(say(error.reason))
            self._patience.start()
            return
        self.wanted.emit()

    def _complain(self) -> None:
        if self._problem and not self._popup.isVisible():
            self._mistake.setText(self._problem)
            self._mistake.show()
            say_aloud(self.box, self._problem)

    def _offer(self) -> None:
        """Offer what could be meant at the cursor."""
        self._offered = complete(self.query, self.box.cursorPosition(), self._known(), arabic=language() == "ar")
        self._texts.setStringList(list(self._offered.texts))
        if self._offered.texts:
            self._completer.complete()
        else:
            self._popup.hide()

    def _take(self, text: str) -> None:
        """Put what was chosen in the place of what it completes; behind a key go on with its values."""
        query, made = self.query, self._offered
        self.box.setText(query[: made.start] + text + query[made.end :])
        self.box.setCursorPosition(made.start + len(text))
        if text.endswith(":"):
            self._offer()


class _Box(QLineEdit):
    """The line itself. While something is offered, Enter and the arrows belong to that."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.popup_open: Callable[[], bool] = lambda: False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.popup_open():
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (*_ENTER, Qt.Key.Key_Down, Qt.Key.Key_Escape):
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _help() -> str:
    """Return what can be written into the line."""
    return tr(
        "Words stand in the title or the outlet. Keys: state: outlet: label: has: is: assigned: reviewer: after: before: on: "
        "title: author: file: — a minus before a term turns it round, OR stands between two, quotes keep words together."
    )
