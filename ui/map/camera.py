"""What part of the world the map shows, without Qt: its middle, its zoom, and the size of the view in pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ui.map.projection import Spot, metres_per_pixel, to_degrees, to_world, world_pixels, zoom_to_fit

LEAST_ZOOM, MOST_ZOOM = 2.0, 18.0
STEP = 0.25  # zooms are multiples of it, so that what was drawn for one can be used again
_FITTED = 9.0  # no nearer, even for a single place: nearer there is hardly anything to go by
_BORDER = 48


@dataclass(frozen=True, slots=True)
class Camera:
    """A view of the world; coordinates of the view are pixels from its upper left corner."""

    middle: Spot
    zoom: float
    width: int
    height: int

    @property
    def origin(self) -> tuple[int, int]:
        """Return the pixel of the world at the view's upper left corner; whole, so that pictures are never resampled."""
        pixels = world_pixels(self.zoom)
        return round(self.middle.x * pixels - self.width / 2), round(self.middle.y * pixels - self.height / 2)

    @property
    def metres_per_pixel(self) -> float:
        """Return the scale in the middle of the view."""
        return metres_per_pixel(to_degrees(self.middle)[0], self.zoom)

    def to_view(self, spot: Spot) -> tuple[float, float]:
        """Return where a spot of the world is in the view."""
        pixels, (left, top) = world_pixels(self.zoom), self.origin
        return spot.x * pixels - left, spot.y * pixels - top

    def to_world(self, x: float, y: float) -> Spot:
        """Return the spot of the world at a point of the view."""
        pixels, (left, top) = world_pixels(self.zoom), self.origin
        return Spot((x + left) / pixels, (y + top) / pixels)

    def moved(self, dx: float, dy: float) -> Camera:
        """Return the camera after its picture was moved by so many pixels."""
        pixels = world_pixels(self.zoom)
        return self.centred(Spot(self.middle.x - dx / pixels, self.middle.y - dy / pixels))

    def centred(self, spot: Spot) -> Camera:
        """Return the camera over another spot, kept on the world."""
        return replace(self, middle=Spot(min(max(spot.x, 0.0), 1.0), min(max(spot.y, 0.0), 1.0)))

    def resized(self, width: int, height: int) -> Camera:
        """Return the camera in a view of another size, over the same spot."""
        return replace(self, width=width, height=height)

    def zoomed(self, zoom: float, x: float, y: float) -> Camera:
        """Return the camera at another zoom, with the same spot of the world at a point of the view."""
        zoom = stepped(zoom)
        spot, pixels = self.to_world(x, y), world_pixels(zoom)
        middle = Spot(spot.x - (x - self.width / 2) / pixels, spot.y - (y - self.height / 2) / pixels)
        return replace(self, zoom=zoom).centred(middle)

    def fitted(self, spots: Sequence[Spot], *, nearest: float = _FITTED) -> Camera:
        """Return the camera over some spots, as near as they all can be seen, but no nearer than a zoom."""
        left, right = min(spot.x for spot in spots), max(spot.x for spot in spots)
        top, bottom = min(spot.y for spot in spots), max(spot.y for spot in spots)
        room = max(self.width - 2 * _BORDER, 1), max(self.height - 2 * _BORDER, 1)
        zoom = min(zoom_to_fit(right - left, bottom - top, *room), nearest)
        zoom = max(zoom // STEP * STEP, LEAST_ZOOM)
        return replace(self, zoom=zoom).centred(Spot((left + right) / 2, (top + bottom) / 2))

    def visible(self) -> tuple[Spot, Spot]:
        """Return the spots at the upper left and the lower right corner."""
        return self.to_world(0, 0), self.to_world(self.width, self.height)


def stepped(zoom: float) -> float:
    """Return the nearest zoom the map can show."""
    return min(max(round(zoom / STEP) * STEP, LEAST_ZOOM), MOST_ZOOM)


def over_syria(width: int, height: int) -> Camera:
    """Return where the map begins."""
    return Camera(to_world(35.0, 38.4), 6.5, width, height)
