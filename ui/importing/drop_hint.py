"""What lies over the window while something is dragged over it: that it may be dropped, or why not."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from ui.theme import quiet
from ui.translate import tr

_EDGE, _ROUND = 14, 12
_GOOD = "#2f6fde"


class DropHint(QWidget):
    """Covers its parent while shown; the mouse and the keyboard do not see it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._text, self._welcome = "", True
        parent.installEventFilter(self)
        self.hide()

    def welcome(self) -> None:
        """Say that what is dragged may be dropped."""
        self._tell(tr("Drop here to bring it into the project"), welcome=True)

    def refuse(self, reason: str) -> None:
        """Say why what is dragged cannot come in."""
        self._tell(reason, welcome=False)

    def text(self) -> str:
        """Return what it says."""
        return self._text

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = QColor(_GOOD) if self._welcome else quiet(self.palette())
        veil = QColor(self.palette().color(QPalette.ColorRole.Window))
        veil.setAlphaF(0.9)
        painter.fillRect(self.rect(), veil)
        painter.setPen(QPen(colour, 2.5, Qt.PenStyle.DashLine))
        box = QRectF(self.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        painter.drawRoundedRect(box, _ROUND, _ROUND)
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 1.5)
        painter.setFont(font)
        self._words(painter, box.adjusted(5 * _EDGE, 0, -5 * _EDGE, 0))
        painter.end()

    def _words(self, painter: QPainter, inside: QRectF) -> None:
        """Paint the words on a plate of their own, so that the window's words do not shine through."""
        how = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        plate = painter.boundingRect(inside, how, self._text).adjusted(-2 * _EDGE, -_EDGE, 2 * _EDGE, _EDGE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Window))
        painter.drawRoundedRect(plate, _ROUND, _ROUND)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(inside, how, self._text)

    def _tell(self, text: str, *, welcome: bool) -> None:
        self._text, self._welcome = text, welcome
        parent = self.parentWidget()
        if parent:
            self.setGeometry(parent.rect())
        self.raise_()
        self.show()
        self.update()
