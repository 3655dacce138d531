"""The map: places on the base map, moved and zoomed by pointer and keyboard; says what was clicked and changes nothing."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from ui.map.camera import MOST_ZOOM, STEP, Camera, over_syria
from ui.map.colours import map_colours
from ui.map.drawing import Drawing
from ui.map.layout import MapLayout, Sign
from ui.map.places import MapPlace, coordinates, description, description_of_many
from ui.map.projection import Spot, is_shown, to_degrees, to_world
from ui.page.speech import say_aloud
from ui.plain import spelled
from ui.translate import tr

_WHEEL = 0.5 / 120  # zoom for an eighth of a degree of the wheel
_KEY_STEP = 90  # pixels that an arrow key moves the map
_REACH = 4.0  # pixels around a sign in which a click is still meant for it
_MOVES = {Qt.Key.Key_Left: (1, 0), Qt.Key.Key_Right: (-1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}


class MapView(QWidget):
    """Shows places; while `choosing` a click tells a point instead of what is there."""

    place_clicked = Signal(str)
    cluster_clicked = Signal(list)
    point_chosen = Signal(float, float)
    choosing_left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._camera = over_syria(max(self.width(), 1), max(self.height(), 1))
        self._drawing = Drawing(self)
        self._layout = MapLayout([], self._drawing.measure)
        self._signs: list[Sign] = []
        self._current: int | None = None
        self._chosen: Spot | None = None
        self._choosing = self._dragged = self._was_moved = self._tab_leaves = False
        self._pressed: QPointF | None = None
        self._owed = 0.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(160, 120)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(tr("Map"))
        self.setAccessibleDescription(
            tr("Arrows move the map, + and − zoom, 0 shows all places, Tab goes from place to place.")
        )

    # --- what others ask for

    @property
    def camera(self) -> Camera:
        """Return what part of the world is shown."""
        return self._camera

    def show_places(self, places: Sequence[MapPlace], *, fit: bool = True) -> None:
        """Show these places and no others; with `fit` go where they all can be seen."""
        self._layout, self._current = MapLayout(places, self._drawing.measure), None
        if fit:
            self.fit()
        self.update()

    def fit(self) -> None:
        """Go where all places can be seen."""
        self._was_moved = False
        self._go(self._fitted(self._layout.spots))

    def zoom_by(self, steps: float, at: QPointF | None = None) -> None:
        """Go nearer (or with less than 0 away), by so many doublings, with the same spot at a point of the view."""
        at = at or self._anchor()
        self._moved(self._camera.zoomed(self._camera.zoom + steps, at.x(), at.y()))

    def centre_on(self, lat: float, lon: float) -> None:
        """Go to a place, given in degrees."""
        self._moved(self._camera.centred(to_world(lat, lon)))

    def select_place(self, identity: str | None) -> None:
        """Mark a place and bring it into view; None takes the mark away."""
        ids = [place.id for place in self._layout.places]
        self._current = ids.index(identity) if identity in ids else None
        if self._current is not None:
            self._bring_in(self._layout.spots[self._current])
        self.update()

    @property
    def choosing(self) -> bool:
        """Tell whether a click chooses a point."""
        return self._choosing

    def set_choosing(self, choosing: bool, *, at: tuple[float, float] | None = None) -> None:
        """Let clicks choose a point from now on, or no more; `at` is the latitude and longitude so far."""
        self._choosing = choosing
        self._chosen = to_world(*at) if choosing and at and is_shown(*at) else None
        self.setCursor(Qt.CursorShape.CrossCursor if choosing else Qt.CursorShape.ArrowCursor)
        self.update()

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        self._signs = self._layout.signs(self._camera)
        painter = QPainter(self)
        try:
            self._paint(painter)
        finally:  # a bug must not leave a painter behind: Qt would abort
            painter.end()

    def _paint(self, painter: QPainter) -> None:
        self._drawing.paint(painter, self._camera, self._layout, self._signs)
        if current := self._current_sign():
            self._drawing.ring(painter, current)
        if self._choosing:
            self._paint_chosen(painter)
        self._drawing.furnish(painter, self._camera, self._sentence(), empty=not self._layout.places)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.palette().highlight().color(), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _paint_chosen(self, painter: QPainter) -> None:
        x, y = self._camera.to_view(self._chosen) if self._chosen else (self.width() / 2, self.height() / 2)
        painter.setPen(QPen(map_colours(self.palette()).ink, 2 if self._chosen else 1))
        for dx, dy in ((0.0, 1.0), (1.0, 0.0)):
            for near, far in ((4, 14), (-4, -14)):
                painter.drawLine(QPointF(x + dx * near, y + dy * near), QPointF(x + dx * far, y + dy * far))

    def _sentence(self) -> str:
        if self._choosing:
            return tr("Click where the place is, or move the map and press Enter. Esc leaves.")
        if not self._layout.places:
            return tr("No places with coordinates yet. They appear here when places of the register have them.")
        return self._drawing.left_out(self._layout.left_out)

    # --- pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            self._point_at(event.position())
            return
        way = event.position() - self._pressed
        if self._dragged or way.manhattanLength() >= QApplication.startDragDistance():
            self._dragged, self._pressed = True, event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._moved(self._camera.moved(way.x(), way.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        self._pressed = None
        self._point_at(event.position())
        if not self._dragged:
            self._click(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self._choosing:
            sign = self._sign_at(event.position())
            if sign and sign.is_cluster:
                self._come_nearer(sign)
            else:
                self.zoom_by(1.0, event.position())

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._zoom_bit(event.angleDelta().y() * _WHEEL, event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self._zoom_bit(math.log2(max(1 + event.value(), 0.1)), event.position())
            return True
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            sign = self._sign_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), spelled(self._description(sign)) if sign else "", self)
            return True
        return super().event(event)

    def _zoom_bit(self, steps: float, at: QPointF) -> None:
        """Zoom by what may be less than a step; what is left over is added to the next."""
        self._owed += steps
        whole = math.trunc(self._owed / STEP) * STEP
        self._owed -= whole
        if whole:
            self.zoom_by(whole, at)

    def _click(self, at: QPointF) -> None:
        if self._choosing:
            self._choose(self._camera.to_world(at.x(), at.y()))
        elif sign := self._sign_at(at):
            self._tab_leaves = False
            self._current = sign.cluster.places[0]
            self._activate(sign)

    def _activate(self, sign: Sign) -> None:
        self.update()
        places = self._layout.places_of(sign.cluster)
        if sign.is_cluster:
            self.cluster_clicked.emit([place.id for place in places])
        else:
            self.place_clicked.emit(places[0].id)

    def _choose(self, spot: Spot) -> None:
        self._chosen = spot
        lat, lon = to_degrees(spot)
        self.update()
        say_aloud(self, coordinates(lat, lon))
        self.point_chosen.emit(round(lat, 6), round(lon, 6))

    def _sign_at(self, at: QPointF) -> Sign | None:
        """Return the sign at a point, or the place whose name is there."""
        for sign in reversed(self._signs):
            if math.hypot(sign.x - at.x(), sign.y - at.y()) <= sign.radius + _REACH:
                return sign
        number = self._drawing.name_at(at)
        return next((sign for sign in self._signs if number is not None and number in sign.cluster.places), None)

    def _point_at(self, at: QPointF) -> None:
        over = Qt.CursorShape.PointingHandCursor if self._sign_at(at) else Qt.CursorShape.ArrowCursor
        self.setCursor(Qt.CursorShape.CrossCursor if self._choosing else over)

    # --- keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _MOVES:
            dx, dy = _MOVES[key]
            self._moved(self._camera.moved(dx * _KEY_STEP, dy * _KEY_STEP))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(0.5)
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self.zoom_by(-0.5)
        elif event.text().isdecimal() and int(event.text()) == 0:  # also the Arabic-Indic nought
            self.fit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._enter()
        elif key == Qt.Key.Key_Escape and (self._choosing or self._current is not None):
            self._escape()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, following: bool) -> bool:
        """Go to the next place or cluster in view; past the last, or after Esc, leave the map."""
        signs = self._in_reading_order()
        current = self._current_sign()
        if self._choosing or self._tab_leaves or not signs:
            return super().focusNextPrevChild(following)
        at = (
            signs.index(current) + (1 if following else -1)
            if current in signs
            else (0 if following else len(signs) - 1)
        )
        if not 0 <= at < len(signs):
            self._current = None
            self.update()
            return super().focusNextPrevChild(following)
        self._current = signs[at].cluster.places[0]
        say_aloud(self, self._description(signs[at]))
        self.update()
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._tab_leaves = False
        super().focusInEvent(event)

    def _enter(self) -> None:
        sign = self._current_sign()
        if self._choosing:
            self._choose(self._camera.middle)
        elif sign:
            self._activate(sign)

    def _escape(self) -> None:
        if self._choosing:
            self.set_choosing(False)
            self.choosing_left.emit()
        self._current, self._tab_leaves = None, True
        self.update()

    def _in_reading_order(self) -> list[Sign]:
        side = -1 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1
        signs = (
            sign for sign in self._layout.signs(self._camera) if self.rect().contains(round(sign.x), round(sign.y))
        )
        return sorted(signs, key=lambda sign: (sign.cluster.cell.row, side * sign.x))

    # --- moving

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._camera = self._camera.resized(max(self.width(), 1), max(self.height(), 1))
        if not self._was_moved:
            self._camera = self._fitted(self._layout.spots)
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._layout = MapLayout(self._layout.all_places, self._drawing.measure)
        super().changeEvent(event)

    def _fitted(self, spots: Sequence[Spot]) -> Camera:
        return self._camera.fitted(spots) if spots else over_syria(self._camera.width, self._camera.height)

    def _come_nearer(self, sign: Sign) -> None:
        """Go so near that a cluster falls apart; one whose places are all at one spot never does."""
        spots = [self._layout.spots[number] for number in sign.cluster.places]
        if len(set(spots)) == 1:
            self._moved(self._camera.zoomed(self._camera.zoom + 1, sign.x, sign.y))
        else:
            self._moved(self._camera.fitted(spots, nearest=MOST_ZOOM))

    def _bring_in(self, spot: Spot) -> None:
        x, y = self._camera.to_view(spot)
        if not QRect(0, 0, self.width(), self.height()).adjusted(30, 30, -30, -30).contains(round(x), round(y)):
            self._go(self._camera.centred(spot))

    def _moved(self, camera: Camera) -> None:
        self._was_moved = True
        self._go(camera)

    def _go(self, camera: Camera) -> None:
        self._camera = camera
        self.update()

    def _anchor(self) -> QPointF:
        """Return what stays in place when zooming by key: the marked place, if it is in view, else the middle."""
        sign = self._current_sign()
        if sign and self.rect().contains(round(sign.x), round(sign.y)):
            return QPointF(sign.x, sign.y)
        return QPointF(self.width() / 2, self.height() / 2)

    def _current_sign(self) -> Sign | None:
        if self._current is None:
            return None
        signs = self._layout.signs(self._camera)
        return next((sign for sign in signs if self._current in sign.cluster.places), None)

    def _description(self, sign: Sign) -> str:
        places = self._layout.places_of(sign.cluster)
        return description_of_many(places) if sign.is_cluster else description(places[0])
