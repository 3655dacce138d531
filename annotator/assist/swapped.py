"""Latitude and longitude in each other's place: seen by where the other places of the same district are.

The centre of a group is the median of its coordinates and its usual distance the median distance from there, so that even
a third of wrong rows does not move them much.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from annotator.assist.gazetteer import load
from annotator.assist.place import Place, Point, kilometres

FEWEST = 5  # places that make a region
_LEAST_USUAL = 10.0  # kilometres
_FAR, _NEAR = 3.0, 2.0  # times the usual distance
_SAME, _ELSEWHERE = 10.0, 30.0  # kilometres between a place here and its namesake in the starter gazetteer


@dataclass(frozen=True, slots=True)
class Region:
    """Where a group of places is: its centre and the usual distance from it in kilometres."""

    centre: Point
    usual: float

    def holds(self, point: Point) -> bool:
        """Tell whether a point is among the others."""
        return is_possible(point) and kilometres(self.centre, point) <= _NEAR * self.usual

    def is_swapped(self, point: Point) -> bool:
        """Tell whether a point is far from the others, but among them with latitude and longitude exchanged."""
        far = not is_possible(point) or kilometres(self.centre, point) > _FAR * self.usual
        return far and self.holds(exchanged(point))


def region_of(points: Sequence[Point]) -> Region | None:
    """Return the region of some places, or None when they are too few to tell."""
    good = [point for point in points if is_possible(point)]
    if len(good) < FEWEST:
        return None
    centre = median(lat for lat, _ in good), median(lon for _, lon in good)
    return Region(centre, max(_LEAST_USUAL, median(kilometres(centre, point) for point in good)))


def is_possible(point: Point) -> bool:
    """Tell whether these are coordinates of a point on Earth, in degrees."""
    return abs(point[0]) <= 90 and abs(point[1]) <= 180


def exchanged(point: Point) -> Point:
    """Return the point with latitude and longitude exchanged."""
    return point[1], point[0]


def all_swapped(places: Iterable[Place]) -> bool:
    """Tell whether the places of a whole file lie where their namesakes of the starter gazetteer do only when exchanged."""
    votes = [_vote(place) for place in places if place.point and place.kind != "governorate"]
    exchanged_votes, straight = votes.count(-1), votes.count(1)
    return exchanged_votes >= FEWEST and exchanged_votes > 4 * straight


def _vote(place: Place) -> int:
    """Return 1 for a place that lies where a namesake does, -1 where that is so when exchanged, 0 otherwise."""
    assert place.point
    twins = [twin.point for twin in load().named(place.names[0].text) if twin.point]
    straight = min((kilometres(place.point, twin) for twin in twins), default=_ELSEWHERE)
    other = min((kilometres(exchanged(place.point), twin) for twin in twins), default=_ELSEWHERE)
    return 1 if straight <= _SAME else -1 if other <= _SAME and straight > _ELSEWHERE else 0
