"""What stands for places on the map, painted once each and then only copied: dots, clusters, precision, names."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
    QPixmap,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from annotator.text.canonical import direction_of
from ui.map.colours import MapColours

_WIDEST = 150.0  # of a name, in pixels
_HALO = 1.5
_EDGE = 2.0
LARGEST_KEPT = 160.0  # radius of a circle that is worth keeping as pixels; of larger ones only the outline is painted
_AROUND = [(x, y) for x in (-_HALO, 0.0, _HALO) for y in (-_HALO, 0.0, _HALO) if x or y]


class Picture(NamedTuple):
    """Pixels, and where their middle is."""

    pixmap: QPixmap
    middle_x: float
    middle_y: float

    def paint(self, painter: QPainter, x: float, y: float) -> None:
        """Copy it with its middle at a point, on whole pixels, where it stays sharp."""
        painter.drawPixmap(round(x - self.middle_x), round(y - self.middle_y), self.pixmap)


class Signs:
    """Paints signs of one look; a change of colours, font or screen needs new ones."""

    def __init__(self, colours: MapColours, font: QFont, ratio: float) -> None:
        self.made_for = colours, font, ratio
        self._colours, self._ratio = colours, ratio
        self.font = QFont(font)
        self.font.setPointSizeF(font.pointSizeF() * 0.95)
        self._number_font = QFont(font)
        self._number_font.setPointSizeF(font.pointSizeF() * 0.85)
        self._number_font.setWeight(QFont.Weight.DemiBold)
        self._metrics = QFontMetricsF(self.font)
        self._sizes: dict[str, tuple[float, float]] = {}
        self._shown: dict[str, str] = {}
        self._badges: dict[tuple[str, float, str, bool], Picture] = {}
        self._circles: dict[tuple[int, str, bool], Picture] = {}
        self._names: dict[tuple[str, bool], Picture] = {}

    def measure(self, name: str) -> tuple[float, float]:
        """Return the width and height of a name on the map, in pixels; 0 for one without letters."""
        if name not in self._sizes:
            shown = " ".join(name.split())
            width = self._metrics.horizontalAdvance(shown)
            if width > _WIDEST:
                shown = self._metrics.elidedText(shown, Qt.TextElideMode.ElideRight, _WIDEST)
                width = self._metrics.horizontalAdvance(shown)
            self._shown[name] = shown
            self._sizes[name] = (width + 2 * _HALO + 2 if width else 0.0, self._metrics.height() * 0.8 + 2 * _HALO)
        return self._sizes[name]

    def badge(self, *, radius: float, text: str, colour: QColor, many: bool) -> Picture:
        """Return a dot, or with a ring around it a cluster, with a number or a question mark."""
        key = text, radius, colour.name(), many
        if key not in self._badges:
            self._badges[key] = self._painted_badge(radius, text, colour, many=many)
        return self._badges[key]

    def circle(self, painter: QPainter, x: float, y: float, *, radius: float, colour: QColor, dashed: bool) -> None:
        """Paint how far from its dot a place may be."""
        if radius > LARGEST_KEPT:
            _paint_outline(painter, QPointF(x, y), radius, colour)
            return
        key = round(radius), colour.name(), dashed
        if key not in self._circles:
            side = 2 * radius + 6
            pixmap, on = self._canvas(side, side)
            _paint_circle(on, QPointF(side / 2, side / 2), round(radius), colour, dashed=dashed)
            on.end()
            self._circles[key] = _picture(pixmap)
        self._circles[key].paint(painter, x, y)

    def name(self, painter: QPainter, x: float, y: float, name: str, *, quiet: bool = False) -> None:
        """Paint a name around a point, in its own direction, with a halo that sets it off from the map."""
        key = name, quiet
        if key not in self._names:
            self._names[key] = self._painted_name(name, quiet=quiet)
        self._names[key].paint(painter, x, y)

    def _painted_badge(self, radius: float, text: str, colour: QColor, *, many: bool) -> Picture:
        around = _EDGE + 4 if many else _EDGE
        side = 2 * (radius + around) + 2
        pixmap, painter = self._canvas(side, side)
        middle = QPointF(side / 2, side / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        if many:
            painter.setBrush(_clear(colour, 90))
            painter.drawEllipse(middle, radius + 3.5, radius + 3.5)
        painter.setPen(QPen(self._colours.land, _EDGE))
        painter.setBrush(colour)
        painter.drawEllipse(middle, radius, radius)
        painter.setPen(self._colours.land)
        painter.setFont(self._fitting(text, 2 * radius - 3))
        painter.drawText(QRectF(0, 0, side, side), Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
        return _picture(pixmap)

    def _painted_name(self, name: str, *, quiet: bool) -> Picture:
        width, height = self.measure(name)
        layout, line = _laid_out(self._shown[name], self.font)
        pixmap, painter = self._canvas(max(width, 1.0), height)
        at = QPointF((width - line.naturalTextWidth()) / 2, (height - line.height()) / 2)
        painter.setPen(self._colours.land)
        for dx, dy in _AROUND:
            layout.draw(painter, at + QPointF(dx, dy))
        painter.setPen(self._colours.quiet if quiet else self._colours.ink)
        layout.draw(painter, at)
        painter.end()
        return _picture(pixmap)

    def _fitting(self, text: str, room: float) -> QFont:
        """Return the font of numbers, smaller for one that would not fit."""
        font = QFont(self._number_font)
        width = QFontMetricsF(font).horizontalAdvance(text)
        if width > room:
            font.setPointSizeF(font.pointSizeF() * room / width)
        return font

    def _canvas(self, width: float, height: float) -> tuple[QPixmap, QPainter]:
        pixmap = QPixmap(round(width * self._ratio), round(height * self._ratio))
        pixmap.setDevicePixelRatio(self._ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return pixmap, painter


def _laid_out(text: str, font: QFont) -> tuple[QTextLayout, QTextLine]:
    layout = QTextLayout(text, font)
    option = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    right_to_left = direction_of(text) == "rtl"
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(10 * _WIDEST)
    line.setPosition(QPointF(0, 0))
    layout.endLayout()
    return layout, line


def _paint_circle(painter: QPainter, middle: QPointF, radius: float, colour: QColor, *, dashed: bool) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.4, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine))
    painter.setBrush(_clear(colour, 22 if dashed else 36))
    painter.drawEllipse(middle, radius, radius)


def _paint_outline(painter: QPainter, middle: QPointF, radius: float, colour: QColor) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(middle, radius, radius)


def _clear(colour: QColor, alpha: int) -> QColor:
    return QColor(colour.red(), colour.green(), colour.blue(), alpha)


def _picture(pixmap: QPixmap) -> Picture:
    return Picture(
        pixmap, pixmap.width() / pixmap.devicePixelRatio() / 2, pixmap.height() / pixmap.devicePixelRatio() / 2
    )
