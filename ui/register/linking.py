"""Linking the selected annotation: opens the box at its place, looks for what is typed, and does what is chosen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QRect
from PySide6.QtWidgets import QWidget

from annotator import Annotation, Project
from annotator.assist.gazetteer import load
from annotator.assist.place import Point
from annotator.model import ACTOR, PLACE
from ui.page.speech import say_aloud
from ui.page.view import PageView
from ui.register.choices import Choice, choices
from ui.register.link_box import LinkBox
from ui.register.searching import Asked, Found, find
from ui.session import Session
from ui.translate import isolated, tr

_LONGEST = 60


class Linking(QObject):
    """What the link key does on a page of a window."""

    def __init__(self, session: Session, page: PageView, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._page, self._window = session, page, window
        self._latest = 0
        self._warmed = False
        self.box: LinkBox | None = None
        session.selection_changed.connect(self._follow)
        session.article_changed.connect(self.close)
        session.project_changed.connect(self._prepare)

    def open(self) -> None:
        """Ask whom the selected annotation means."""
        annotation = self._session.selected_annotation()
        if annotation is None or not can_link(self._session):
            return
        self.close()
        box = LinkBox(self._window, _question(annotation), self._now(annotation))
        box.sought.connect(lambda query: self._seek(box, annotation, query))
        box.chosen.connect(lambda choice: self._do(annotation, choice))
        box.closed.connect(self._closed)
        self.box = box
        box.begin(self._anchor(annotation))

    def close(self) -> None:
        """Close the box, if it is open."""
        if self.box:
            self.box.leave()

    def unlink(self) -> None:
        """Take the link off the selected annotation."""
        annotation = self._session.selected_annotation()
        if annotation and self._session.owns_selected():
            self._session.change(lambda project: project.unlink(annotation.id))

    # -- inside ---------------------------------------------------------------------------------------------------

    def _prepare(self) -> None:
        """Have the names of the project at hand before they are first asked for: of very many that takes a second."""
        self.close()
        if self._session.now.path:
            self._session.run(lambda project: project.find_entities("", limit=1), lambda _: None)

    def _seek(self, box: LinkBox, annotation: Annotation, query: str) -> None:
        """Look in the worker; an answer to what was typed before the last letter is dropped."""
        self._latest += 1
        number, asked = self._latest, self._asked(annotation, query)
        self._session.run(lambda project: find(project, asked), lambda found: self._show(box, asked, found, number))

    def _show(self, box: LinkBox, asked: Asked, found: Found, number: int) -> None:
        if number == self._latest and box is self.box:
            linked = asked.annotation in self._session.now.linked.links
            box.show_rows(choices(asked, found, self._session.now.attributes, linked=linked))

    def _asked(self, annotation: Annotation, query: str) -> Asked:
        return Asked(query, annotation.label, annotation.id, annotation.words, self._points(annotation))

    def _points(self, annotation: Annotation) -> tuple[Point, ...]:
        """Return where the other places of the article are."""
        linked = self._session.now.linked
        known = {link.entity for one, link in linked.links.items() if one != annotation.id}
        entities = (linked.entities.get(one) for one in known)
        return tuple(
            (one.latitude, one.longitude)
            for one in entities
            if one and one.latitude is not None and one.longitude is not None
        )

    def _do(self, annotation: Annotation, choice: Choice) -> None:
        deed = _deed(annotation.id, choice)
        self._session.when_idle(lambda: self._session.change(deed, then=lambda _: self._say(annotation.id)))

    def _say(self, annotation: str) -> None:
        words = self._session.now.linked.words_of(annotation)
        say_aloud(self._page, tr("Linked: {name}").format(name=words) if words else tr("No longer linked"))

    def _closed(self, had_keyboard: bool) -> None:
        self.box = None
        self._latest += 1
        if had_keyboard:
            self._page.setFocus()

    def _follow(self) -> None:
        """Have the gazetteer at hand once a place is selected; close the box of an annotation that is selected no more."""
        annotation = self._session.selected_annotation()
        self.close()
        if annotation and annotation.label == PLACE and not self._warmed:
            self._warmed = True
            self._session.run(lambda _: load(), lambda _: None)

    def _anchor(self, annotation: Annotation) -> QRect:
        """Return where the annotation is seen, in the coordinates of the window; else the middle of the page."""
        view = self._page.viewport()
        boxes = [box.toRect() for box in self._page.span_rectangles(annotation.start, annotation.end)]
        seen = [box for box in boxes if view.rect().intersects(box)]
        anchor = seen[-1] if seen else QRect(view.rect().center(), view.rect().center())
        return QRect(view.mapTo(self._window, anchor.topLeft()), anchor.size())

    def _now(self, annotation: Annotation) -> str:
        words = self._session.now.linked.words_of(annotation.id)
        return tr("Now: {name}").format(name=words) if words else ""


def can_link(session: Session) -> bool:
    """Tell whether the selected annotation is one's own and of a kind that the register holds."""
    annotation = session.selected_annotation()
    return annotation is not None and session.owns_selected() and annotation.label in (ACTOR, PLACE)


def _deed(annotation: str, choice: Choice) -> Callable[[Project], object]:
    entity, within, deed = choice.entity, choice.within, choice.deed
    if deed == "entity" and entity:
        return lambda project: project.link(annotation, entity.id)
    if entity:
        return lambda project: project.link_new(annotation, entity, within=within)
    if deed == "unlink":
        return lambda project: project.unlink(annotation)
    return lambda project: project.link(annotation, deed)


def _question(annotation: Annotation) -> str:
    words = " ".join(annotation.words.split())
    short = isolated(words if len(words) <= _LONGEST else words[:_LONGEST] + "…")
    if annotation.label == PLACE:
        return tr("Which place is «{words}»?").format(words=short)
    return tr("Who is «{words}»?").format(words=short)
