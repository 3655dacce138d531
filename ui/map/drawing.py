"""Draws the map's layers over each other: base map, precision, signs, names, and what stands beside them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from ui.map.basemap import base_map
from ui.map.camera import Camera
from ui.map.clusters import Cell
from ui.map.colours import MapColours, map_colours
from ui.map.furniture import number, paint_scale, paint_sentence, paint_source
from ui.map.ground import Ground
from ui.map.labels import Box, Label
from ui.map.layout import MapLayout, Sign
from ui.map.places import AREA_METRES, METRES, UNKNOWN, MapPlace
from ui.map.projection import metres_per_pixel
from ui.map.signs import Picture, Signs
from ui.translate import language, trn

_AREA = (18.0, 120.0)  # least and largest radius in pixels of an area's circle, which is not to scale
_WORTH_DRAWING = 3.0  # pixels by which a circle must reach beyond its dot


class Drawing:
    """Draws for one widget and keeps what can be used again."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._ground = Ground()
        self._made: Signs | None = None
        self._badges: dict[Cell, Picture] = {}
        self._badges_of: MapLayout | None = None
        self._names: list[Label] = []

    def measure(self, name: str) -> tuple[float, float]:
        """Return the width and height of a name on the map, in pixels."""
        return self._signs().measure(name)

    def paint(self, painter: QPainter, camera: Camera, layout: MapLayout, signs: Sequence[Sign]) -> None:
        """Paint the base map and the places on it."""
        made = self._signs()
        self._ground.paint(painter, camera, self._colours())
        for sign in signs:
            if not sign.is_cluster:
                self._paint_precision(painter, made, sign, layout.places[sign.cluster.places[0]], camera.zoom)
        self._paint_countries(painter, made, camera, layout)
        if self._badges_of is not layout:
            self._badges, self._badges_of = {}, layout
        for sign in signs:
            badge = self._badges.get(sign.cluster.cell) or self._badge(made, sign, layout)
            badge.paint(painter, sign.x, sign.y)
        self._names = layout.labels(camera)
        for label in self._names:
            made.name(painter, *_middle(label.box), layout.places[label.number].name)

    def ring(self, painter: QPainter, sign: Sign) -> None:
        """Paint a ring around the marked place or cluster."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((self._colours().land, 5.0), (self._colours().ink, 2.5)):
            painter.setPen(QPen(colour, width))
            painter.drawEllipse(QPointF(sign.x, sign.y), sign.radius + 4, sign.radius + 4)

    def furnish(self, painter: QPainter, camera: Camera, sentence: str, *, empty: bool) -> None:
        """Paint the scale, the source of the map, and a sentence."""
        view, colours = self._widget.rect(), self._colours()
        right_to_left = self._widget.layoutDirection() == Qt.LayoutDirection.RightToLeft
        painter.setFont(self._widget.font())
        paint_scale(painter, view, camera.metres_per_pixel, colours, at_right=right_to_left)
        paint_source(painter, view, colours, at_right=not right_to_left)
        if sentence:
            paint_sentence(painter, view, sentence, colours, middle=empty)

    def left_out(self, count: int) -> str:
        """Return the sentence about places that cannot be shown."""
        return trn("{count} place has no coordinates", "{count} places have no coordinates", count) if count else ""

    def name_at(self, at: QPointF) -> int | None:
        """Return the number of the place whose name is at a point."""
        for label in self._names:
            if label.box.left <= at.x() <= label.box.right and label.box.top <= at.y() <= label.box.bottom:
                return label.number
        return None

    def _paint_precision(self, painter: QPainter, made: Signs, sign: Sign, place: MapPlace, zoom: float) -> None:
        is_area = place.precision == "area"
        metres = AREA_METRES if is_area else METRES.get(place.precision, 0.0)
        radius = metres / metres_per_pixel(place.lat or 0.0, zoom)
        radius = min(max(radius, _AREA[0]), _AREA[1]) if is_area else radius
        if radius > sign.radius + _WORTH_DRAWING:
            colour = self._colours().of(place.colour)
            made.circle(painter, sign.x, sign.y, radius=radius, colour=colour, dashed=is_area)

    def _badge(self, made: Signs, sign: Sign, layout: MapLayout) -> Picture:
        many = sign.is_cluster
        text = number(sign.cluster.total) if many or sign.cluster.total > 1 else ""
        if not many and layout.places[sign.cluster.places[0]].precision == UNKNOWN:
            text = "؟" if language() == "ar" else "?"
        colour = self._colours().of(layout.colour_of(sign.cluster))
        badge = made.badge(radius=sign.radius, text=text, colour=colour, many=many)
        self._badges[sign.cluster.cell] = badge
        return badge

    def _paint_countries(self, painter: QPainter, made: Signs, camera: Camera, layout: MapLayout) -> None:
        for country in base_map().countries:
            x, y = camera.to_view(country.spot)
            if country.zoom > camera.zoom or not (-80 < x < camera.width + 80 and -20 < y < camera.height + 20):
                continue
            name = country.names[language()]
            width, height = made.measure(name)
            if layout.is_free(
                camera, country.names["en"], Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
            ):
                made.name(painter, x, y, name, quiet=True)

    def _signs(self) -> Signs:
        look = self._colours(), self._widget.font(), self._widget.devicePixelRatioF()
        if self._made is None or self._made.made_for != look:
            self._made, self._badges = Signs(*look), {}
        return self._made

    def _colours(self) -> MapColours:
        return map_colours(self._widget.palette())


def _middle(box: Box) -> tuple[float, float]:
    return (box.left + box.right) / 2, (box.top + box.bottom) / 2
