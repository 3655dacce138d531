"""The line above the page that says where the article comes from; pressing it opens the article's whole record."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QPushButton

from annotator import Article
from ui.locale_words import shown_day
from ui.plain import plain_tip
from ui.translate import isolated, language, running, tr

_PAD = 28
_PRESSING = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class SourceLine(QPushButton):
    """One line of words that can be pressed; it ends in … where it has no room."""

    def __init__(self) -> None:
        super().__init__()
        self.setFlat(True)
        self.setObjectName("sourceLine")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._words = ""

    def show_article(self, article: Article) -> None:
        """Show outlet, date and author of an article, or, of one without them, what its file was."""
        self._words = running(_words_of(article))
        self.setAccessibleName(tr("Article record: {words}").format(words=self._words))
        hint = running(tr("Click for the whole record of this article."))
        self.setToolTip(plain_tip(f"{self._words}\n{hint}"))
        self.update()

    def words(self) -> str:
        """Return what is shown, also what has no room."""
        return self._words

    def sizeHint(self) -> QSize:
        return QSize(120, self.fontMetrics().height() + 12)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press it with Enter too, as a link."""
        if event.key() in _PRESSING:
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words as a link is painted: underlined where they can be pressed at the moment."""
        box, painter, font = self.rect().adjusted(_PAD, 6, -_PAD, -4), QPainter(self), self.font()
        try:
            font.setUnderline(self.underMouse() or self.hasFocus())
            painter.setFont(font)
            painter.setPen(self.palette().color(QPalette.ColorRole.ButtonText))
            painter.setLayoutDirection(self.layoutDirection())
            shown = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, shown)
            if self.hasFocus():
                painter.setPen(self.palette().color(QPalette.ColorRole.Highlight))
                painter.drawRect(self.rect().adjusted(2, 2, -3, -3))
        finally:
            painter.end()


def _words_of(article: Article) -> str:
    """Return where an article comes from: who published it, when, who wrote it; else from which file."""
    source = article.source
    said = [article.outlet, shown_day(article.date, language()), article.author]
    known = [isolated(one) for one in said if one]
    if known:
        return " · ".join([*known, isolated(source.file)])
    words = tr("{file} · {encoding} · original kept · SHA-256 {hash}…")
    return words.format(file=isolated(source.file), encoding=source.encoding, hash=article.sha256[:12])
