"""Where things are on the map: nothing is lost in clusters, names never cover each other, and moving changes nothing."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ui.map.camera import LEAST_ZOOM, MOST_ZOOM, Camera, over_syria
from ui.map.clusters import DEEPEST, Clusters, cells_across, level_of
from ui.map.furniture import scale_length
from ui.map.labels import Box, Labels, Wish
from ui.map.layout import MapLayout
from ui.map.places import MapPlace
from ui.map.projection import MOST_NORTHERN, Spot, is_shown, metres_per_pixel, to_degrees, to_world

LATS, LONS = st.floats(-MOST_NORTHERN, MOST_NORTHERN), st.floats(-180, 180)
NEAR_ALEPPO = st.tuples(st.floats(35.0, 37.0), st.floats(36.0, 39.0))
SPOTS = st.lists(NEAR_ALEPPO.map(lambda at: to_world(*at)), max_size=60)
LEVELS = st.integers(0, DEEPEST)


@given(LATS, LONS)
def test_a_place_comes_back_from_the_map_where_it_was(lat: float, lon: float) -> None:
    spot = to_world(lat, lon)
    assert 0 <= spot.x <= 1 and 0 <= spot.y <= 1  # noqa: PT018 - one fact
    assert to_degrees(spot) == pytest.approx((lat, lon), abs=1e-9)


def test_known_places_and_scales() -> None:
    assert to_world(0, 0) == Spot(0.5, 0.5)
    assert to_world(90, -180) == pytest.approx((0.0, 0.0), abs=1e-12)
    damascus = to_world(33.5138, 36.2765)
    assert (damascus.x * 2**10, damascus.y * 2**10) == pytest.approx((615.186, 410.719), abs=0.001)
    assert metres_per_pixel(0, 0) == pytest.approx(156_543.034, abs=0.001)
    assert metres_per_pixel(60, 10) == pytest.approx(156_543.034 / 2 / 1024, abs=0.001)


@pytest.mark.parametrize(
    ("lat", "lon", "shown"),
    [(36.2, 37.1, True), (0.0, 37.1, True), (0.0, 0.0, False), (None, 37.1, False), (36.2, None, False),
     (math.nan, 37.1, False), (36.2, math.inf, False), (362.0, 37.1, False), (36.2, 371.0, False)],
)  # fmt: skip
def test_what_cannot_be_a_place_is_not_put_on_the_map(lat: float | None, lon: float | None, shown: bool) -> None:
    assert is_shown(lat, lon) is shown


@given(SPOTS, LEVELS, st.randoms(use_true_random=False))
def test_every_place_is_in_exactly_one_cluster_and_the_counts_add_up(
    spots: list[Spot], level: int, chance: random.Random
) -> None:
    counts = [chance.randrange(1, 50) for _ in spots]
    clusters = Clusters(spots, counts).at(level)
    assert sorted(number for one in clusters for number in one.places) == list(range(len(spots)))
    assert all(one.total == sum(counts[number] for number in one.places) for one in clusters)
    assert sum(one.total for one in clusters) == sum(counts)


@given(SPOTS, st.integers(0, DEEPEST - 1))
def test_coming_nearer_only_takes_clusters_apart(spots: list[Spot], level: int) -> None:
    clusters = Clusters(spots, [1] * len(spots))
    far = {number: one.cell for one in clusters.at(level) for number in one.places}
    assert all(len({far[number] for number in one.places}) == 1 for one in clusters.at(level + 1))


@given(SPOTS, LEVELS)
def test_a_cluster_stands_in_its_cell(spots: list[Spot], level: int) -> None:
    across = cells_across(level)
    for one in Clusters(spots, [1] * len(spots)).at(level):
        assert one.cell.column <= one.spot.x * across <= one.cell.column + 1
        assert one.cell.row <= one.spot.y * across <= one.cell.row + 1


def test_places_at_the_very_same_spot_stay_together_there_at_every_level() -> None:
    spot = to_world(36.1587, 37.7089)
    for level in range(DEEPEST + 1):
        (one,) = Clusters([spot] * 3, [1, 2, 3]).at(level)
        assert (one.spot, one.places, one.total) == (spot, (0, 1, 2), 6)


@given(SPOTS, LEVELS, NEAR_ALEPPO, NEAR_ALEPPO)
def test_a_part_of_the_world_has_the_clusters_of_the_whole(
    spots: list[Spot], level: int, one: tuple[float, float], other: tuple[float, float]
) -> None:
    corners = to_world(*one), to_world(*other)
    (left, right), (top, bottom) = (sorted(parts) for parts in zip(*corners, strict=True))
    clusters, across = Clusters(spots, [1] * len(spots)), cells_across(level)
    found = list(clusters.near(level, left, top, right, bottom))
    expected = [
        one for one in clusters.at(level)
        if left * across // 1 <= one.cell.column <= right * across and top * across // 1 <= one.cell.row <= bottom * across
    ]  # fmt: skip
    assert found == expected


WISHES = st.lists(
    st.tuples(st.integers(0, 1300), st.integers(0, 1300), st.sampled_from([6, 12, 20]), st.sampled_from([0, 30, 90, 150]),
              st.integers(1, 9), st.booleans()),
    max_size=80,
)  # fmt: skip


def labels_of(signs: list[tuple[int, int, int, int, int, bool]]) -> tuple[list[Wish], Labels]:
    wishes = [
        Wish(at, x, y, radius, width, 16, -count, rtl) for at, (x, y, radius, width, count, rtl) in enumerate(signs)
    ]

    def inside(box: Box) -> list[Wish]:
        return [one for one in wishes if box.left <= one.x < box.right and box.top <= one.y < box.bottom]

    return wishes, Labels(inside)


def overlap(one: Box, other: Box) -> bool:
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom


@settings(deadline=None)
@given(WISHES)
def test_no_name_covers_another_or_a_sign(signs: list[tuple[int, int, int, int, int, bool]]) -> None:
    wishes, labels = labels_of(signs)
    found = list(labels.near(Box(-300, -300, 1600, 1600)))
    boxes = [label.box for label in found]
    assert not any(overlap(a, b) for at, a in enumerate(boxes) for b in boxes[:at])
    squares = [Box(one.x - one.radius, one.y - one.radius, one.x + one.radius, one.y + one.radius) for one in wishes]
    assert not any(overlap(box, square) for box in boxes for square in squares)
    assert len({label.number for label in found}) == len(found)


@settings(deadline=None)
@given(WISHES, st.integers(0, 1000), st.integers(0, 1000))
def test_a_view_has_the_names_of_the_whole_wherever_it_was_before(
    signs: list[tuple[int, int, int, int, int, bool]], x: int, y: int
) -> None:
    _, fresh = labels_of(signs)
    _, moved = labels_of(signs)
    _, whole = labels_of(signs)
    view = Box(x, y, x + 400, y + 300)
    list(moved.near(Box(y, x, y + 350, x + 350)))
    everything = [label for label in whole.near(Box(-300, -300, 1600, 1600)) if overlap(label.box, view)]
    assert sorted(fresh.near(view)) == sorted(moved.near(view)) == sorted(everything)


def test_the_most_mentioned_place_has_its_name_first() -> None:
    _, labels = labels_of([(100, 100, 6, 150, 1, False), (130, 100, 6, 150, 9, False)])
    shown = {label.number: label.box for label in labels.near(Box(0, 0, 400, 400))}
    assert shown[1].left > 130
    assert 0 not in shown or shown[0].right < 100 or not overlap(shown[0], shown[1])


def test_a_name_stands_after_its_sign_in_its_own_direction() -> None:
    names = {"دير حافر": "left", "Manbij منبج": "right", "36 كم": "left"}
    for name, side in names.items():
        layout = MapLayout([MapPlace(id="a", name=name, lat=36.0, lon=38.0)], lambda name: (60.0, 16.0))
        camera = over_syria(600, 400).centred(layout.spots[0])
        (label,), (sign,) = layout.labels(camera), layout.signs(camera)
        assert (label.box.right < sign.x) == (side == "left")


CAMERAS = st.builds(
    lambda at, zoom: over_syria(800, 600).centred(to_world(*at)).zoomed(zoom, 400, 300),
    NEAR_ALEPPO,
    st.floats(LEAST_ZOOM, MOST_ZOOM),
)


@given(CAMERAS, st.floats(0, 800), st.floats(0, 600), st.floats(4, MOST_ZOOM))
def test_zooming_keeps_what_is_under_the_pointer(camera: Camera, x: float, y: float, zoom: float) -> None:
    after = camera.zoomed(zoom, x, y)
    assert after.to_view(camera.to_world(x, y)) == pytest.approx((x, y), abs=1.01)
    assert after.zoom * 4 == round(after.zoom * 4)


@given(CAMERAS, st.integers(-500, 500), st.integers(-500, 500))
def test_dragging_moves_everything_alike(camera: Camera, dx: int, dy: int) -> None:
    camera = camera.zoomed(max(camera.zoom, 4.0), 400, 300)  # farther away the map stops at the edge of the world
    spot = camera.to_world(100, 100)
    assert camera.moved(dx, dy).to_view(spot) == pytest.approx((100 + dx, 100 + dy), abs=1.01)


@given(st.lists(st.tuples(LATS, LONS), min_size=1, max_size=20))
def test_what_fits_is_seen_whole(places: list[tuple[float, float]]) -> None:
    spots = [to_world(*at) for at in places]
    camera = over_syria(800, 600).fitted(spots)
    spread = max(max(part) - min(part) for part in zip(*spots, strict=True))
    for x, y in map(camera.to_view, spots):
        assert spread > 0.4 or (0 <= x <= 800 and 0 <= y <= 600)  # the whole world does not fit at the least zoom


def test_a_single_place_is_shown_with_something_around_it() -> None:
    assert over_syria(800, 600).fitted([to_world(36.0, 38.0)]).zoom == 9.0


@given(st.floats(0.01, 100_000))
def test_the_scale_is_a_round_length_that_fits(scale: float) -> None:
    metres = scale_length(scale)
    assert 120 / 2.5 - 1e-6 <= metres / scale <= 120 + 1e-6
    assert f"{metres:.6e}"[0] in "125"


def test_levels_follow_the_zoom() -> None:
    assert [level_of(zoom) for zoom in (-3.0, 2.0, 6.75, 18.0, 40.0)] == [0, 2, 6, 18, DEEPEST]
