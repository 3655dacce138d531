"""How fast the map is: frames of a pan, absolute and as ratios to the bare base map. Prints; asserts nothing about time."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.fonts import load_fonts
from ui.map.basemap import base_map
from ui.map.places import MapPlace
from ui.map.view import MapView

NAMES = (
    "دير حافر",
    "مسكنة",
    "تل رفعت",
    "خان شيخون",
    "Tell Abyad",
    "الطبقة",
    "عين عيسى",
    "القامشلي",
    "رأس العين",
    "منبج",
)
TOWNS = [(36.2, 37.15), (35.95, 39.0), (33.5, 36.3), (34.73, 36.72), (35.13, 36.75), (36.5, 40.75), (35.33, 40.14)]


def seconds(job: Callable[[], object]) -> float:
    begin = time.perf_counter()
    job()
    return time.perf_counter() - begin


def places(count: int) -> list[MapPlace]:
    """Places around the towns of Syria, thicker in their middle, a tenth of them anywhere, of all precisions."""
    chance = random.Random(1)
    found = []
    for number in range(count):
        lat, lon = chance.choice(TOWNS)
        spread = 1.5 if number % 10 == 0 else chance.choice((0.05, 0.3, 0.6))
        found.append(
            MapPlace(
                id=str(number), name=f"{chance.choice(NAMES)} {number}",
                lat=lat + chance.gauss(0, spread) * 0.8, lon=lon + chance.gauss(0, spread),
                precision=chance.choice(("exact", "vicinity", "locality", "area", "unknown")),
                count=chance.choice((1, 1, 1, 2, 7, 30)), colour=chance.choice(("#117733", "#882255")),
            )
        )  # fmt: skip
    return found


@pytest.fixture
def view(qtbot: QtBot, qapp: QApplication) -> MapView:
    load_fonts(qapp)
    view = MapView()
    qtbot.addWidget(view)
    view.resize(900, 700)
    view.show()
    qtbot.waitExposed(view)
    return view


def pan(view: MapView, zoom: float) -> list[float]:
    """Drag the map around Aleppo by 7 pixels a frame, over ground not seen before: a spiral of squares, 320 frames."""
    view.zoom_by(zoom - view.camera.zoom)
    view.centre_on(36.2, 37.15)
    view.repaint()
    ways = [(dx, dy) for turn in range(1, 5) for dx, dy in ((7, 0), (0, 7), (-7, 0), (0, -7)) for _ in range(8 * turn)]
    return [seconds(lambda: (view._moved(view.camera.moved(*way)), view.repaint())) for way in ways]  # noqa: B023


@pytest.mark.parametrize("zoom", [6.5, 8.0, 9.5, 11.0, 13.0])
def test_panning_with_twenty_thousand_places(view: MapView, zoom: float) -> None:
    view.show_places(places(1), fit=False)
    bare = pan(view, zoom)
    view.show_places(places(20_000), fit=False)
    ours = pan(view, zoom)
    median, bare_median = statistics.median(ours) * 1000, statistics.median(bare) * 1000
    slow = sorted(ours)[len(ours) * 99 // 100] * 1000
    print(
        f"\n20,000 places, zoom {zoom}: median frame {median:.2f} ms (bare base map {bare_median:.2f} ms, ratio "
        f"{median / bare_median:.1f}), p99 {slow:.1f} ms, longest {max(ours) * 1000:.1f} ms; "
        f"{len(view._signs)} signs, {len(view._drawing._names)} names at the end"
    )


def test_showing_and_zooming_twenty_thousand_places(view: MapView) -> None:
    many = places(20_000)
    view.repaint()
    shown = seconds(lambda: (view.show_places(many), view.repaint()))
    zoomed = [seconds(lambda: (view.zoom_by(0.25), view.repaint())) for _ in range(40)]
    print(
        f"\n20,000 places shown and painted: {shown * 1000:.0f} ms; a step of zoom: median "
        f"{statistics.median(zoomed) * 1000:.1f} ms, longest {max(zoomed) * 1000:.1f} ms"
    )


def test_reading_the_base_map() -> None:
    base_map.cache_clear()
    read = seconds(base_map)
    coarse, fine = seconds(lambda: base_map().detail(0)), seconds(lambda: base_map().detail(9))
    lines = seconds(lambda: (base_map().lines("provinces"), base_map().lines("rivers")))
    print(
        f"\nbase map: file read in {read * 1000:.1f} ms, coarse level {coarse * 1000:.1f} ms, fine level {fine * 1000:.1f} ms, "
        f"provinces and rivers {lines * 1000:.1f} ms"
    )
