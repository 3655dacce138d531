"""Draws a picture of the statistics with pyqtgraph: in the theme and direction of the window, on screen and into files."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

import numpy as np
import pyqtgraph
from PySide6.QtCore import QBuffer, QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from ui.page.palette import blended, contrast, shade
from ui.statistics.axes import Names, Numbers
from ui.statistics.pictures import Picture, Series
from ui.theme import is_dark, quiet

_EDGE, _GAP, _SIDE = 14.0, 6.0, 11.0
_WIDTH = 0.8  # of a column, where the next is 1 away
_FEWEST = 6  # columns or bars that there is room for at least: a single one would fill everything
_LARGER, _SMALLER = 1.15, 0.92
_SHARP = 2  # pixels of a saved picture for one on the screen
_LEAST = QSize(760, 420)


class Chart(QWidget):
    """Shows one picture with its title and what its colours mean."""

    def __init__(self) -> None:
        super().__init__()
        self._picture: Picture | None = None
        self._plot = pyqtgraph.PlotWidget(self, background=None, enableMenu=False)
        # The plot mirrors itself where the window runs from right to left; Qt would mirror it once more.
        for part in (self._plot, self._plot.getPlotItem()):
            part.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setFrameShape(self._plot.Shape.NoFrame)
        self._plot.setMouseEnabled(False, False)
        self._plot.hideButtons()
        self._plot.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setMinimumHeight(180)

    @property
    def picture(self) -> Picture | None:
        """What is shown."""
        return self._picture

    def show_picture(self, picture: Picture) -> None:
        """Show a picture instead of the one before."""
        self._picture = picture
        self.setAccessibleName(picture.title)
        self.setAccessibleDescription(picture.note)
        self._plot.setAccessibleName(picture.title)
        self._draw()

    def image(self) -> QImage:
        """Return the picture as an image for other programs, sharp enough to be printed."""
        size = self._size()
        image = QImage(size * _SHARP, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(_SHARP)
        painter = QPainter(image)
        self._paint_whole(painter, size)
        painter.end()
        return image

    def png(self) -> bytes:
        """Return the picture as a PNG file."""
        buffer = QBuffer()
        self.image().save(buffer, "PNG")  # type: ignore[call-overload]  # PySide wants bytes here and takes none
        return bytes(buffer.data().data())

    def svg(self) -> bytes:
        """Return the picture as an SVG file, which stays sharp at any size."""
        buffer, generator, size = QBuffer(), QSvgGenerator(), self._size()
        generator.setOutputDevice(buffer)
        generator.setSize(size)
        generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
        generator.setTitle(self._picture.title if self._picture else "")
        painter = QPainter(generator)
        self._paint_whole(painter, size)
        painter.end()
        return bytes(buffer.data().data())

    # -- what Qt tells --------------------------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange):
            self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_plot()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().base())
        self._paint_head(painter, float(self.width()))

    # -- drawing --------------------------------------------------------------------------------------------------

    @property
    def _mirrored(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _colour(self, name: str) -> QColor:
        return shade(name, dark=is_dark(self.palette()))

    def _draw(self) -> None:
        picture, plot = self._picture, self._plot.getPlotItem()
        if picture is None:
            return
        plot.clear()
        self._set_axes(picture)
        draw = {"columns": self._columns, "bars": self._bars, "points": self._points, "matrix": self._matrix}
        draw[picture.form](picture)
        for (
            side
        ) in plot.axes.values():  # a new axis hears only of changes, and the range may be that of the picture before
            side["item"].linkedViewChanged(plot.getViewBox())
        self._place_plot()
        self.update()

    def _set_axes(self, picture: Picture) -> None:
        """Put the names below the columns, or beside bars and rows; numbers along the other side."""
        plot, lying = self._plot.getPlotItem(), picture.form in ("bars", "matrix")
        names = [one.name for one in picture.series] if picture.form == "matrix" else list(picture.categories)
        side = "right" if self._mirrored else "left"
        beside: Names | Numbers = Names(side, names) if lying else Numbers(side, whole=picture.form != "points")
        below: Names | Numbers = Numbers("bottom") if picture.form == "bars" else Names("bottom", picture.categories)
        others = {where: pyqtgraph.AxisItem(where) for where in ("left", "right", "top") if where != side}
        plot.setAxisItems(others | {side: beside, "bottom": below})
        self._style(beside, names if lying else [f"{_most(picture):,.0f}", "0.0"])
        self._style(below, picture.categories)
        for where in ("left", "right", "top", "bottom"):
            plot.showAxis(where, where in (side, "bottom"))
        plot.getViewBox().invertX(self._mirrored)
        plot.getViewBox().invertY(lying)

    def _style(self, axis: Names | Numbers, texts: Sequence[str]) -> None:
        axis.setTextPen(QPen(self.palette().text().color()))
        axis.setPen(QPen(quiet(self.palette())))
        axis.setTickFont(self._font(_SMALLER))
        axis.make_room(texts)

    def _columns(self, picture: Picture) -> None:
        base = np.zeros(len(picture.categories))
        for series in picture.series:
            values = _numbers(series.values)
            self._add_bars(series, x=np.arange(len(values)), width=_WIDTH, y0=base, height=values)
            base = base + values
        self._range(len(picture.categories), float(base.max(initial=0.0)), lying=False)

    def _bars(self, picture: Picture) -> None:
        base = np.zeros(len(picture.categories))
        for series in picture.series:
            values = _numbers(series.values)
            brushes = {"brushes": [self._colour(one) for one in picture.colours]} if picture.colours else {}
            place = np.arange(len(values)) - _WIDTH / 2
            self._add_bars(series, y0=place, height=_WIDTH, x0=base, width=values, **brushes)
            base = base + values
        self._range(len(picture.categories), float(base.max(initial=0.0)), lying=True)

    def _add_bars(self, series: Series, **where: object) -> None:
        colour = self._colour(series.colour)
        self._plot.addItem(pyqtgraph.BarGraphItem(**{"brush": colour, "pen": QPen(Qt.PenStyle.NoPen)} | where))

    def _points(self, picture: Picture) -> None:
        for series in picture.series:
            known = [at for at, value in enumerate(series.values) if value is not None]
            if not known:
                continue
            x, y = np.array(known, dtype=float), _numbers([series.values[at] for at in known])
            low, high = (
                _numbers([ends[at] if ends[at] is not None else series.values[at] for at in known])
                for ends in (series.low, series.high)
            )
            pen = pyqtgraph.mkPen(self._colour(series.colour), width=2)
            self._plot.addItem(pyqtgraph.ErrorBarItem(x=x, y=y, top=high - y, bottom=y - low, beam=0.05, pen=pen))
            self._plot.addItem(
                pyqtgraph.PlotDataItem(
                    x, y, pen=pen, symbol="o", symbolSize=8, symbolPen=None, symbolBrush=self._colour(series.colour)
                )
            )
        self._range(len(picture.categories), 1.0, lying=False)

    def _matrix(self, picture: Picture) -> None:
        """Draw a square for each pair, the more opaque the more often it came; the number stands in it."""
        most = max((value or 0.0 for series in picture.series for value in series.values), default=0.0) or 1.0
        ground, size = self.palette().base().color(), len(picture.categories)
        for row, series in enumerate(picture.series):
            cells = [_mixed(ground, self._colour(series.colour), (value or 0.0) / most) for value in series.values]
            self._add_bars(
                series, x=np.arange(size), width=0.96, y0=row - 0.48, height=np.full(size, 0.96), brushes=cells
            )
            for column, value in enumerate(series.values):
                if value:
                    self._add_number(f"{value:,.0f}", column, row, cells[column])
        view = self._plot.getPlotItem().getViewBox()
        view.setRange(xRange=(-0.5, size - 0.5), yRange=(-0.5, size - 0.5), padding=0)

    def _add_number(self, text: str, x: int, y: int, ground: QColor) -> None:
        text_colour = self.palette().text().color()
        other = self.palette().base().color()
        best = max((text_colour, other), key=lambda colour: contrast(colour, ground))
        item = pyqtgraph.TextItem(text, color=best, anchor=(0.5, 0.5))
        item.setFont(self._font(1.0))
        item.setPos(x, y)
        self._plot.addItem(item)

    def _range(self, count: int, most: float, *, lying: bool) -> None:
        along, up = (-0.6, max(count, _FEWEST) - 0.4), (0.0, most * 1.05 or 1.0)
        view = self._plot.getPlotItem().getViewBox()
        view.setRange(xRange=up if lying else along, yRange=along if lying else up, padding=0)

    # -- title and legend -----------------------------------------------------------------------------------------

    def _font(self, share: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * share)
        font.setWeight(weight)
        return font

    def _head(self, width: float) -> float:
        """Return how high title, note and legend are."""
        picture = self._picture
        lines = 1 + bool(picture and picture.note)
        height = _EDGE / 2 + lines * QFontMetricsF(self._font(_LARGER)).height() + _GAP
        legend = self._legend(width, height)
        return legend[-1][0].bottom() + _GAP if legend else height

    def _legend(self, width: float, top: float) -> list[tuple[QRectF, Series]]:
        """Return where the name of each series stands, in as many lines as are needed."""
        named = [series for series in self._picture.series if series.name] if self._picture else []
        if self._picture is None or self._picture.form == "matrix" or len(named) < 2:
            return []
        measure, found, x = QFontMetricsF(self._font(1.0)), list[tuple[QRectF, Series]](), _EDGE
        for series in named:
            wide = measure.horizontalAdvance(series.name) + _SIDE + 3 * _GAP
            if x > _EDGE and x + wide > width - _EDGE:
                x, top = _EDGE, top + measure.height() + 2
            found.append((QRectF(x, top, wide, measure.height()), series))
            x += wide
        return found

    def _paint_head(self, painter: QPainter, width: float) -> None:
        picture = self._picture
        if picture is None:
            return
        painter.setLayoutDirection(self.layoutDirection())
        line = QRectF(_EDGE, _EDGE / 2, width - 2 * _EDGE, QFontMetricsF(self._font(_LARGER)).height())
        self._paint_line(painter, line, picture.title, self._font(_LARGER, QFont.Weight.DemiBold))
        if picture.note:
            painter.setPen(quiet(self.palette()))
            line.translate(0, line.height())
            self._paint_line(painter, line, picture.note, self._font(1.0), pen=quiet(self.palette()))
        for box, series in self._legend(width, line.bottom() + _GAP):
            self._paint_name(painter, self._placed(box, width), series)

    def _paint_line(self, painter: QPainter, line: QRectF, text: str, font: QFont, pen: QColor | None = None) -> None:
        painter.setFont(font)
        painter.setPen(pen or self.palette().text().color())
        start = Qt.AlignmentFlag.AlignRight if self._mirrored else Qt.AlignmentFlag.AlignLeft
        flags = start | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, int(flags), shown)

    def _paint_name(self, painter: QPainter, box: QRectF, series: Series) -> None:
        square = QRectF(0, 0, _SIDE, _SIDE)
        inset = _SIDE / 2
        square.moveCenter(QPointF(box.right() - inset if self._mirrored else box.left() + inset, box.center().y()))
        painter.fillRect(square, self._colour(series.colour))
        room = _SIDE + _GAP
        words = box.adjusted(0, 0, -room, 0) if self._mirrored else box.adjusted(room, 0, 0, 0)
        self._paint_line(painter, words, series.name, self._font(1.0))

    def _placed(self, box: QRectF, width: float) -> QRectF:
        return QRectF(width - box.right(), box.top(), box.width(), box.height()) if self._mirrored else box

    # -- room -----------------------------------------------------------------------------------------------------

    def _place_plot(self) -> None:
        head = ceil(self._head(float(self.width())))
        self._plot.setGeometry(
            int(_EDGE / 2), head, self.width() - int(_EDGE), max(self.height() - head - int(_GAP), 1)
        )

    def _size(self) -> QSize:
        return self.size().expandedTo(_LEAST)

    def _paint_whole(self, painter: QPainter, size: QSize) -> None:
        """Paint title, legend and plot; the plot is laid out anew for the size, and back again."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(0, 0, size.width(), size.height()), self.palette().base())
        self._paint_head(painter, float(size.width()))
        head = self._head(float(size.width()))
        box = QRectF(_EDGE / 2, head, size.width() - _EDGE, size.height() - head - _GAP)
        self._plot.resize(box.size().toSize())
        self._plot.render(painter, box)
        self._place_plot()


def _numbers(values: Sequence[float | None]) -> np.ndarray:
    return np.array([value or 0.0 for value in values], dtype=float)


def _most(picture: Picture) -> float:
    """Return how high the highest column is."""
    return max(
        (sum(_numbers(column)) for column in zip(*(one.values for one in picture.series), strict=True)), default=0.0
    )


def _mixed(ground: QColor, colour: QColor, share: float) -> QColor:
    """Return a colour as opaque as a share says; what is there at all can be seen."""
    share = 0.08 + 0.72 * share if share else 0.03
    return blended(ground, [(colour, share)])
