"""A slim strip that tells a reader something about the article, with at most one thing to do about it.

It takes no keyboard and stops nobody; screen readers are told when it appears.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QStyle, QToolButton, QWidget

from ui.page.speech import say_aloud
from ui.plain import PlainLabel
from ui.translate import tr

_NARROW = 3.5  # times the width of the button


class Banner(QFrame):
    """Hidden until it has something to tell. `acted` when the reader wants what the button says.

    It `warns`, or else it only says what is worth knowing.
    """

    acted = Signal()
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None, *, warns: bool = True) -> None:
        super().__init__(parent)
        self._warns = warns
        self.setObjectName("banner")
        self._sign, self._text = PlainLabel(), PlainLabel()
        self._action, self._dismiss = QPushButton(), QToolButton()
        self._words = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        self._action.clicked.connect(self.acted)
        self._dismiss.clicked.connect(self.dismiss)
        self.hide()

    def tell(self, text: str, *, action: str = "") -> None:
        """Show a text, with a button when there is something to do."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.show()
        say_aloud(self, text)

    def dismiss(self) -> None:
        """Go away, until there is something else to tell."""
        self.hide()
        self.dismissed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the button below the text where beside it no room would be left for words."""
        super().resizeEvent(event)
        is_narrow = self.width() < _NARROW * self._action.sizeHint().width()
        self._words.setDirection(
            QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        )  # mirrored by the layout itself

    def _lay_out(self) -> None:
        signs = QStyle.StandardPixmap
        sign = signs.SP_MessageBoxWarning if self._warns else signs.SP_MessageBoxInformation
        icon = self.style().standardIcon(sign, None, self)
        self._sign.setPixmap(icon.pixmap(16, 16))
        self._text.setWordWrap(True)
        self._dismiss.setText("×")
        self._dismiss.setAccessibleName(tr("Dismiss"))
        self._dismiss.setToolTip(tr("Dismiss"))
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 6, 18, 6)
        row.setSpacing(10)
        self._words.addWidget(self._text, 1)
        self._words.addWidget(self._action)
        row.addWidget(self._sign)
        row.addLayout(self._words, 1)
        row.addWidget(self._dismiss)
