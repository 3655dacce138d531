"""Strips above the page about the article itself: other versions, copies of its text, annotations that wait to be confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator import Project
from annotator.errors import UnknownArticle
from annotator.model import Relative, Relatives
from ui.page.banner import Banner
from ui.session import Session
from ui.stepping import waits
from ui.translate import isolated, running, tr, trn

_RELATING = frozenset({"article", "copy"})
_NAMED, _LONGEST = 2, 60


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
    copies_wanted = Signal()
    done_wanted = Signal()
    article_wanted = Signal(str)
    dismissed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._newer, self._earlier, self._copies, self._carried, self._blind = (Notice() for _ in range(5))
        self._relatives = Relatives(None, (), ())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for notice in self._all():
            column.addWidget(notice)
            notice.dismissed.connect(self.dismissed)
        self._newer.acted.connect(lambda: self._go_to(self._relatives.corrected_by[-1]))
        self._earlier.acted.connect(lambda: self._go_to(self._relatives.corrects))
        self._copies.acted.connect(self.copies_wanted)
        self._carried.acted.connect(self.next_wanted)
        self._blind.acted.connect(self.done_wanted)
        session.article_changed.connect(self._begin)
        session.annotations_changed.connect(self._count)
        session.things_changed.connect(self._follow)

    # -- inside ---------------------------------------------------------------------------------------------------

    def _all(self) -> tuple[Notice, ...]:
        return self._newer, self._earlier, self._copies, self._carried, self._blind

    def _begin(self) -> None:
        """Tell what there is to tell of another article."""
        for notice in self._all():
            notice.forget()
        self._count()
        self._fetch()

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
        self._show_blind()

    def _show_blind(self) -> None:
        """Tell that what others marked is hidden, and until when."""
        text = tr("Blind mode: what others marked in this article is hidden until you call it done.")
        self._blind.say(text if self._session.now.hides else "", action=tr("I am done"))

    def _follow(self, touched: Mapping[str, frozenset[str]]) -> None:
        """Look again when articles were grouped, corrected, or put right."""
        self._show_blind()
        if touched.keys() & _RELATING:
            self._fetch()

    def _fetch(self) -> None:
        article = self._session.now.article
        if article:
            self._session.run(partial(_relatives, article.id), partial(self._show, article.id))

    def _show(self, article: str, found: Relatives) -> None:
        shown = self._session.now.article
        if shown is None or shown.id != article:
            return
        self._relatives = found
        after = found.corrected_by[-1] if found.corrected_by else None
        newer = tr("This article was corrected; the newer version is {title}.")
        earlier = tr("This is the corrected version of {title}.")
        self._newer.say(_about(newer, after), action=tr("Show the newer version"))
        self._earlier.say(_about(earlier, found.corrects), action=tr("Show the earlier version"))
        self._copies.say(_copies(found.copies), action=tr("Compare"))

    def _go_to(self, relative: Relative | None) -> None:
        if relative:
            self.article_wanted.emit(relative.id)


def _relatives(article: str, project: Project) -> Relatives:
    try:
        return project.relatives(article)
    except UnknownArticle:  # it was taken back meanwhile
        return Relatives(None, (), ())


def _about(sentence: str, relative: Relative | None) -> str:
    return sentence.format(title=_title(relative)) if relative else ""


def _copies(copies: tuple[Relative, ...]) -> str:
    """Return how many copies there are, and the first of them by name."""
    if not copies:
        return ""
    count = trn("{count} copy of this text", "{count} copies of this text", len(copies))
    more = " …" if len(copies) > _NAMED else ""
    return f"{count}: {' · '.join(map(_title, copies[:_NAMED]))}{more}"


def _title(relative: Relative) -> str:
    """Return what an article is called where there is little room: its title, with its outlet if it is known."""
    title = relative.title if len(relative.title) <= _LONGEST else f"{relative.title[:_LONGEST]}…"
    return isolated(f"«{title}»" + (f" ({relative.outlet})" if relative.outlet else ""))
