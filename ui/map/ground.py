"""The base map as tiles of pixels: painted once for a zoom, then only copied while the map is moved."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Iterable, Iterator

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from ui.map.basemap import BaseMap, Piece, base_map
from ui.map.camera import Camera
from ui.map.colours import MapColours
from ui.map.projection import Spot, to_degrees, to_world, world_pixels

SIDE = 512  # of a tile, in pixels of the view
_KEPT = 64_000_000  # bytes of pixels
_PROVINCES_FROM, _RIVERS_UNTIL = 5.75, 10.0  # the rivers are known to about 3 km: nearer they would mislead
_STEPS = [step * 10.0**power for power in range(1, -5, -1) for step in (1.0, 0.5, 0.2)]  # degrees between grid lines
_LEAST_GAP = 130  # pixels between grid lines


class Ground:
    """Paints the base map beneath a view."""

    def __init__(self) -> None:
        self._tiles: OrderedDict[tuple[int, int], QPixmap] = OrderedDict()
        self._made_for: tuple[float, float, MapColours] | None = None

    def paint(self, painter: QPainter, camera: Camera, colours: MapColours) -> None:
        """Paint what a camera sees; only tiles not seen before take time."""
        ratio = painter.device().devicePixelRatioF()
        if self._made_for != (camera.zoom, ratio, colours):
            self._tiles.clear()
            self._made_for = camera.zoom, ratio, colours
        left, top = camera.origin
        for column, row in _tiles_of(camera):
            painter.drawPixmap(column * SIDE - left, row * SIDE - top, self._tile(column, row))
        self._forget(least=sum(1 for _ in _tiles_of(camera)))

    def _tile(self, column: int, row: int) -> QPixmap:
        if (column, row) not in self._tiles:
            self._tiles[column, row] = self._painted(column, row)
        self._tiles.move_to_end((column, row))
        return self._tiles[column, row]

    def _painted(self, column: int, row: int) -> QPixmap:
        assert self._made_for
        zoom, ratio, colours = self._made_for
        tile = QPixmap(round(SIDE * ratio), round(SIDE * ratio))
        tile.setDevicePixelRatio(ratio)
        tile.fill(colours.ground)
        painter = QPainter(tile)
        paint_part(painter, zoom, column * SIDE, row * SIDE, colours)
        painter.end()
        return tile

    def _forget(self, *, least: int) -> None:
        assert self._made_for
        most = max(int(_KEPT / (SIDE * self._made_for[1]) ** 2 / 4), least)
        while len(self._tiles) > most:
            self._tiles.popitem(last=False)


def paint_part(painter: QPainter, zoom: float, left: int, top: int, colours: MapColours) -> None:
    """Paint one tile's part of the map, which begins at a pixel of the world."""
    whole = base_map()
    scale = world_pixels(zoom) / whole.grid
    seen = QRectF(left / scale, top / scale, SIDE / scale, SIDE / scale)
    if seen.intersects(whole.box):
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-left, -top)
        painter.scale(scale, scale)
        painter.setClipRect(whole.box.intersected(seen.adjusted(-2 / scale, -2 / scale, 2 / scale, 2 / scale)))
        painter.fillRect(whole.box, colours.sea)
        _paint_layers(painter, whole, zoom, seen, colours)
        painter.restore()
    _paint_grid(painter, zoom, left, top, colours)


def _paint_layers(painter: QPainter, whole: BaseMap, zoom: float, seen: QRectF, colours: MapColours) -> None:
    detail = whole.detail(zoom)
    for piece in _in_sight(detail.land, seen):
        painter.fillPath(piece.path, colours.land)
    if zoom >= _PROVINCES_FROM:
        _stroke(painter, _in_sight(whole.lines("provinces"), seen), _pen(colours.province))
    if zoom < _RIVERS_UNTIL:
        _stroke(painter, _in_sight(whole.lines("rivers"), seen), _pen(colours.river))
    for piece in _in_sight(detail.lakes, seen):
        painter.fillPath(piece.path, colours.sea)
        painter.strokePath(piece.path, _pen(colours.coast))
    _stroke(painter, _in_sight(detail.coast, seen), _pen(colours.coast))
    _stroke(painter, _in_sight(detail.borders, seen), _pen(colours.border), bold=zoom >= 5)
    _stroke(painter, _in_sight(detail.disputed, seen), _pen(colours.border, Qt.PenStyle.DashLine), bold=zoom >= 5)


def _in_sight(pieces: Iterable[Piece], seen: QRectF) -> Iterator[Piece]:
    """Yield the pieces that meet a part of the map; a straight line has bounds without height, which Qt never lets meet."""
    left, top, right, bottom = seen.left(), seen.top(), seen.right(), seen.bottom()
    for piece in pieces:
        one = piece.bounds
        if one.left() <= right and one.right() >= left and one.top() <= bottom and one.bottom() >= top:
            yield piece


def _stroke(painter: QPainter, pieces: Iterable[Piece], pen: QPen, *, bold: bool = False) -> None:
    """Paint lines; bold ones three times, a little beside each other: a pen wider than 1 takes Qt fifty times as long."""
    offset = 0.7 / painter.worldTransform().m11()
    offsets = ((0.0, 0.0), (offset, 0.0), (0.0, offset)) if bold else ((0.0, 0.0),)
    for piece in pieces:
        for dx, dy in offsets:
            painter.translate(dx, dy)
            painter.strokePath(piece.path, pen)
            painter.translate(-dx, -dy)


def _pen(colour: QColor, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    pen = QPen(colour, 1.0, style)
    pen.setCosmetic(True)
    return pen


def _paint_grid(painter: QPainter, zoom: float, left: int, top: int, colours: MapColours) -> None:
    """Paint the lines of latitude and longitude, so that there is something to go by beyond the base map."""
    pixels = world_pixels(zoom)
    (north, west), (south, east) = (
        to_degrees(Spot((left + part) / pixels, min(max((top + part) / pixels, 0.0), 1.0))) for part in (0, SIDE)
    )
    step = next((step for step in reversed(_STEPS) if step / 360 * pixels >= _LEAST_GAP), _STEPS[0])
    for lon in _multiples(step, west, east):
        x = round(to_world(0.0, lon).x * pixels) - left
        painter.fillRect(x, 0, 1, SIDE, colours.grid)
    for lat in _multiples(step, south, north):
        y = round(to_world(lat, 0.0).y * pixels) - top
        painter.fillRect(0, y, SIDE, 1, colours.grid)


def _multiples(step: float, low: float, high: float) -> Iterator[float]:
    return (number * step for number in range(math.floor(low / step), math.ceil(high / step) + 1))


def _tiles_of(camera: Camera) -> Iterator[tuple[int, int]]:
    left, top = camera.origin
    for row in range(top // SIDE, (top + camera.height - 1) // SIDE + 1):
        for column in range(left // SIDE, (left + camera.width - 1) // SIDE + 1):
            yield column, row
