"""Strips above the page about the article itself: other versions, copies of its text, annotations that wait to be confirmed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.page.banner import Banner
from ui.session import Session
from ui.stepping import waits
from ui.translate import running, tr, trn


class Notice(Banner):
    """A strip that says the same thing only once, so that what was dismissed stays away."""

    def __init__(self) -> None:
        super().__init__(warns=False)
        self._said = ""

    def say(self, text: str, *, action: str) -> None:
        """Show a text with its button; nothing when it is empty, or was said already of this article."""
        if text and text != self._said:
            self.tell(running(text), action=action)
        elif not text:
            self.hide()
        self._said = text

    def forget(self) -> None:
        """Go away: another article comes."""
        self._said = ""
        self.hide()


class Notices(QWidget):
    """Follows the session's article. `next_wanted` asks for the next annotation to confirm."""

    next_wanted = Signal()
    dismissed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._carried = Notice()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for notice in (self._carried,):
            column.addWidget(notice)
            notice.dismissed.connect(self.dismissed)
        self._carried.acted.connect(self.next_wanted)
        session.article_changed.connect(self._begin)
        session.annotations_changed.connect(self._count)

    def _begin(self) -> None:
        """Tell what there is to tell of another article."""
        self._carried.forget()
        self._count()

    def _count(self) -> None:
        """Tell how many annotations wait to be confirmed by whoever is reading."""
        now = self._session.now
        count = sum(waits(one, now.reviewer) for one in now.annotations)
        text = trn(
            "{count} of your annotations was carried over from the earlier version. Is it still right?",
            "{count} of your annotations were carried over from the earlier version. Are they still right?",
            count,
        )
        self._carried.say(text if count else "", action=tr("Go to the next"))
