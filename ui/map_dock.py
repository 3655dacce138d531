"""The map in the window: the places of the register where the project speaks of them, and giving a place its point."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDockWidget

from annotator import Project
from annotator.entities import Entity
from ui.map.dock import MapPanel
from ui.map.places import MapPlace
from ui.session import Session
from ui.translate import isolated, tr

_LEAST_HEIGHT = 300
CHOSEN_PRECISION = "locality"  # a click on a map of this scale is good to about a kilometre


class MapDock(QDockWidget):
    """Follows the session while it is shown. A place that is clicked is told by the id of its entity.

    `queued` gives the ids of the articles in the queue; None when these are all.
    """

    place_chosen = Signal(str)
    told = Signal(str)

    def __init__(self, session: Session, queued: Callable[[], list[str] | None]) -> None:
        super().__init__(tr("Map"))
        self.setObjectName("map")
        self.setAccessibleName(tr("Map"))
        self._session, self._queued = session, queued
        self._panel = MapPanel()
        self._asked_for: str | None = None
        self.setWidget(self._panel)
        self._panel.setMinimumHeight(_LEAST_HEIGHT)
        self.setAllowedAreas(Qt.DockWidgetArea.AllDockWidgetAreas)
        self._panel.scope_chosen.connect(lambda _: self.refresh(fit=True))
        self._panel.map.place_clicked.connect(self.place_chosen)
        self._panel.map.point_chosen.connect(self._take_point)
        self._panel.map.choosing_left.connect(self._leave)
        self.visibilityChanged.connect(self._show_places)
        # Methods, not lambdas: those would go on after this dock is gone, for the session stays.
        session.article_changed.connect(self._show_places)
        session.things_changed.connect(self._follow)

    def refresh(self, *, fit: bool) -> None:
        """Read the places anew, if the map is to be seen; `fit` also brings all of them into view."""
        article = self._session.now.article
        if not self.isVisible() or self._session.now.path is None:
            return
        articles = [article.id] if article and self._panel.scope == "article" else None
        if self._panel.scope == "filter":
            articles = self._queued()
        self._session.run(
            lambda project: places_of(project, articles), lambda places: self._panel.map.show_places(places, fit=fit)
        )

    def follow_queue(self) -> None:
        """Show the places of what the queue shows now, where these are wanted."""
        if self._panel.scope == "filter":
            self.refresh(fit=True)

    def choose_point(self, entity: str) -> None:
        """Ask for the point of a place: the next click on the map gives it."""
        self._asked_for = entity
        self.show()
        self.raise_()
        self._session.run(lambda project: project.entity(entity), self._ask)

    # -- inside ---------------------------------------------------------------------------------------------------

    def _show_places(self) -> None:
        self.refresh(fit=True)

    def _follow(self) -> None:
        self.refresh(fit=False)

    def _ask(self, entity: Entity) -> None:
        known = entity.latitude is not None and entity.longitude is not None
        point = (entity.latitude or 0.0, entity.longitude or 0.0) if known else None
        self._panel.map.set_choosing(True, at=point)
        self._panel.map.setFocus()
        self.told.emit(tr("Click where {name} lies; Esc ends.").format(name=isolated(entity.name)))

    def _take_point(self, latitude: float, longitude: float) -> None:
        entity = self._asked_for
        self._leave()
        if entity:
            self._session.when_idle(
                lambda: self._session.change(lambda project: _give_point(project, entity, latitude, longitude))
            )

    def _leave(self) -> None:
        self._asked_for = None
        if self._panel.map.choosing:
            self._panel.map.set_choosing(False)


def _give_point(project: Project, entity: str, latitude: float, longitude: float) -> Entity:
    lat, lon = round(latitude, 5), round(longitude, 5)
    return project.revise_entity(entity, latitude=lat, longitude=lon, precision=CHOSEN_PRECISION)


def places_of(project: Project, articles: list[str] | None) -> list[MapPlace]:
    """Return the places that these articles speak of, or all articles when None; a place without a point comes too."""
    if articles is None:
        counts = Counter(project.mention_counts())
    else:
        links = (link for article in articles for link in project.links(article).values())
        counts = Counter(link.entity for link in links if link.answer == "entity")
    return [
        MapPlace(
            id=one.id, name=one.name, lat=one.latitude, lon=one.longitude, precision=one.precision, count=counts[one.id]
        )
        for one in project.entities(kind="place")
        if counts[one.id]
    ]
