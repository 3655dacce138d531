"""Greying what is no news: a reviewer shows on the page which part belongs to the web page it was taken from."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from annotator import Project
from annotator.model import Boilerplate
from annotator.news import range_at, with_range, without_range
from annotator.text.trimming import trim_blank
from ui.page.greying import Greyed
from ui.page.view import PageView
from ui.session import Session
from ui.translate import running, tr


def boilerplate_names() -> dict[str, str]:
    """Return what the label of each kind of page boilerplate says."""
    return {
        "comments": tr("Comment form — not part of the news"),
        "cookies": tr("Cookie notice — not part of the news"),
        "share": tr("Share bar — not part of the news"),
        "related": tr("“Read also” — not part of the news"),
        "navigation": tr("Navigation — not part of the news"),
        "other": tr("Page boilerplate — not part of the news"),
    }


def greyed_of(ranges: tuple[Boilerplate, ...]) -> tuple[Greyed, ...]:
    """Return ranges with what their labels say, for paper; code points."""
    names = boilerplate_names()
    return tuple(Greyed(one.start, one.end, names[one.kind]) for one in ranges)


class Greying(QObject):
    """Turns the selected text into page boilerplate and back; `told` is a sentence for the reader."""

    told = Signal(str)

    def __init__(self, session: Session, page: PageView) -> None:
        super().__init__(page)
        self._session, self._page = session, page

    def show(self) -> None:
        """Grey on the page what the shown article has."""
        article = self._session.now.article
        self._page.set_boilerplate(article.boilerplate if article else (), boilerplate_names())

    def grey(self) -> None:
        """Say that the selected text belongs to the page and not to the news."""
        span = self._selected()
        if span is None:
            self.told.emit(running(tr("Select the text that is not part of the news.")))
            return

        def job(project: Project, article: str) -> object:
            now = project.article(article)
            return project.set_boilerplate(article, with_range(now.text, now.boilerplate, Boilerplate(*span)))

        self._page.set_caret(span[1])
        self._change(job)

    def give_back(self, offset: int | None = None) -> None:
        """Give the selected text back to the news; without one, all of the stretch at an offset, by default the caret's."""
        at = range_at(self._page.boilerplate, self._page.caret() if offset is None else offset)
        span = self._selected() or ((at.start, at.end) if at else None)
        if span is None:
            self.told.emit(running(tr("Put the caret into the greyed text first.")))
            return

        def job(project: Project, article: str) -> object:
            now = project.article(article)
            return project.set_boilerplate(article, without_range(now.text, now.boilerplate, *span))

        self._change(job)

    def _selected(self) -> tuple[int, int] | None:
        """Return the selected text without white space at its ends."""
        selected = self._page.selected_span()
        start, end = trim_blank(self._page.text, *selected) if selected else (0, 0)
        return (start, end) if start < end else None

    def _change(self, job: Callable[[Project, str], object]) -> None:
        article = self._session.now.article
        if article:
            self._session.change(lambda project: job(project, article.id))
