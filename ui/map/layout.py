"""What of the places stands where in the view, without Qt: signs for places and clusters, and the names beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from annotator.text.canonical import direction_of
from ui.map.camera import Camera
from ui.map.clusters import Cell, Cluster, Clusters, level_of
from ui.map.labels import Box, Label, Labels, Wish
from ui.map.places import METRES, UNKNOWN, MapPlace
from ui.map.projection import is_shown, to_world, world_pixels

DOT, DOT_WITH_NUMBER, CLUSTER, DIGIT, LARGEST = (
    6.0,
    9.0,
    12.0,
    2.5,
    19.5,
)  # radii in pixels; more for each further digit
WIDEST_CIRCLE = 160.0  # radius in pixels of the largest circle of precision that is seen when its place is not


class Sign(NamedTuple):
    """A place or a cluster in the view: where its middle is and how large its sign is, in pixels."""

    cluster: Cluster
    x: float
    y: float
    radius: float

    @property
    def is_cluster(self) -> bool:
        """Tell whether several places stand here."""
        return len(self.cluster.places) > 1


class MapLayout:
    """Places laid out; `measure` gives the width and height of a name in pixels."""

    def __init__(self, places: Sequence[MapPlace], measure: Callable[[str], tuple[float, float]]) -> None:
        self.all_places = places
        self.places = [place for place in places if is_shown(place.lat, place.lon)]
        self.left_out = len(places) - len(self.places)
        self.spots = [to_world(place.lat or 0.0, place.lon or 0.0) for place in self.places]
        self._clusters = Clusters(self.spots, [place.count for place in self.places])
        self._measure = measure
        self._labels: tuple[float, Labels] | None = None
        self._free: dict[str, bool] = {}
        self._radii: dict[Cell, float] = {}
        self._colours: dict[Cell, str | None] = {}

    def signs(self, camera: Camera) -> list[Sign]:
        """Return the signs of which something is in the view, row by row."""
        pixels = world_pixels(camera.zoom)
        margin = max(LARGEST, min(METRES["locality"] / camera.metres_per_pixel, WIDEST_CIRCLE)) / pixels
        (left, top), (right, bottom) = camera.visible()
        x, y = camera.origin
        around = left - margin, top - margin, right + margin, bottom + margin
        return [
            Sign(cluster, cluster.spot.x * pixels - x, cluster.spot.y * pixels - y, self._radius(cluster))
            for cluster in self._clusters.near(level_of(camera.zoom), *around)
        ]

    def labels(self, camera: Camera) -> list[Label]:
        """Return the names in the view, in pixels of the view."""
        left, top = camera.origin
        view = Box(left, top, left + camera.width, top + camera.height)
        return [_moved(label, -left, -top) for label in self._labels_at(camera.zoom).near(view)]

    def is_free(self, camera: Camera, key: str, box: Box) -> bool:
        """Tell whether a part of the view has neither sign nor name; asked with one key, it is always the same part."""
        left, top = camera.origin
        labels = self._labels_at(camera.zoom)
        if key not in self._free:
            self._free[key] = labels.is_free(Box(box.left + left, box.top + top, box.right + left, box.bottom + top))
        return self._free[key]

    def places_of(self, cluster: Cluster) -> list[MapPlace]:
        """Return the places of a cluster."""
        return [self.places[number] for number in cluster.places]

    def colour_of(self, cluster: Cluster) -> str | None:
        """Return the colour that all places of a cluster have, if they have one."""
        if len(cluster.places) == 1:
            return self.places[cluster.places[0]].colour
        if cluster.cell not in self._colours:
            colours = {self.places[number].colour for number in cluster.places}
            self._colours[cluster.cell] = colours.pop() if len(colours) == 1 else None
        return self._colours[cluster.cell]

    def _radius(self, cluster: Cluster) -> float:
        """Return how large a sign is, in pixels: there must be room for its number or question mark."""
        if cluster.cell not in self._radii:
            digits = len(str(cluster.total)) - 1
            is_plain = cluster.total <= 1 and self.places[cluster.places[0]].precision != UNKNOWN
            least = CLUSTER if len(cluster.places) > 1 else DOT if is_plain else DOT_WITH_NUMBER
            self._radii[cluster.cell] = min(least + DIGIT * digits, LARGEST)
        return self._radii[cluster.cell]

    def _labels_at(self, zoom: float) -> Labels:
        if self._labels is None or self._labels[0] != zoom:
            self._labels, self._free = (zoom, Labels(lambda box: self._wishes(zoom, box))), {}
        return self._labels[1]

    def _wishes(self, zoom: float, box: Box) -> Iterator[Wish]:
        pixels = world_pixels(zoom)
        for cluster in self._clusters.near(level_of(zoom), *(part / pixels for part in box)):
            number, x, y = cluster.places[0], cluster.spot.x * pixels, cluster.spot.y * pixels
            if len(cluster.places) > 1:
                yield Wish(number, x, y, self._radius(cluster), 0.0, 0.0, 0.0, False)
                continue
            name = self.places[number].name
            yield Wish(
                number, x, y, self._radius(cluster), *self._measure(name), -cluster.total, direction_of(name) == "rtl"
            )


def _moved(label: Label, dx: float, dy: float) -> Label:
    left, top, right, bottom = label.box
    return Label(label.number, Box(left + dx, top + dy, right + dx, bottom + dy))
