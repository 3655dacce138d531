"""The map as a person uses it: by pointer, by keyboard, by ear, in both themes and languages."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QFont, QHelpEvent, QImage, QKeyEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from ui.map import ground, signs, view
from ui.map.basemap import base_map
from ui.map.colours import map_colours
from ui.map.dock import MapPanel
from ui.map.layout import Sign
from ui.map.places import METRES, MapPlace, description, description_of_many
from ui.map.projection import to_world
from ui.map.view import MapView
from ui.page.palette import contrast
from ui.translate import set_language

HAFIR = MapPlace(id="hafir", name="دير حافر", lat=36.1587, lon=37.7089, precision="locality", count=14)
ALEPPO = MapPlace(id="aleppo", name="حلب", lat=36.2021, lon=37.1343, precision="area", count=3)
RAQQA = MapPlace(id="raqqa", name="الرقة", lat=35.9528, lon=39.0079, precision="unknown", count=1, colour="#882255")
NOWHERE = MapPlace(id="nowhere", name="مكان", lat=None, lon=None)
ZERO = MapPlace(id="zero", name="صفر", lat=0.0, lon=0.0)
THREE = [HAFIR, ALEPPO, RAQQA]


@pytest.fixture(params=["en", "ar"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    set_language(request.param)
    yield request.param
    set_language("en")


@pytest.fixture
def map_view(qtbot: QtBot) -> MapView:
    shown = MapView()
    qtbot.addWidget(shown)
    shown.resize(800, 600)
    shown.show()
    qtbot.waitExposed(shown)
    shown.setFocus()
    return shown


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    words: list[str] = []
    monkeypatch.setattr(view, "say_aloud", lambda _, text: words.append(text))
    return words


def signs_of(map_view: MapView) -> dict[str, Sign]:
    """The signs in view by the id of their first place, after painting."""
    map_view.grab()
    return {map_view._layout.places_of(sign.cluster)[0].id: sign for sign in map_view._signs}


def point(sign: Sign) -> QPoint:
    return QPoint(round(sign.x), round(sign.y))


def pixel(map_view: MapView, lat: float, lon: float) -> QColor:
    x, y = map_view.camera.to_view(to_world(lat, lon))
    return map_view.grab().toImage().pixelColor(round(x), round(y))


def wheel(map_view: MapView, at: QPointF, delta: int) -> None:
    buttons, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    phase = Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(at, map_view.mapToGlobal(at), QPoint(), QPoint(0, delta), buttons, keys, phase, False)
    QApplication.sendEvent(map_view, event)


def noting(texts: list[str]) -> Callable[..., signs.Picture]:
    """Return what paints badges and notes their texts."""
    paint = signs.Signs._painted_badge

    def noted(made: signs.Signs, radius: float, text: str, colour: QColor, *, many: bool) -> signs.Picture:
        texts.append(text)
        return paint(made, radius, text, colour, many=many)

    return noted


def dark_palette() -> QPalette:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Base, QColor("#202124"))
    return palette


# --- what is shown


def test_all_places_are_in_view_at_first_and_after_a_change_of_size(map_view: MapView) -> None:
    map_view.show_places(THREE)
    assert signs_of(map_view).keys() == {"hafir", "aleppo", "raqqa"}
    map_view.resize(400, 300)
    assert sum(len(sign.cluster.places) for sign in signs_of(map_view).values()) == 3


def test_a_map_that_was_moved_stays_there_when_its_size_changes(map_view: MapView) -> None:
    map_view.show_places(THREE)
    map_view.centre_on(34.0, 40.0)
    middle = map_view.camera.middle
    map_view.resize(500, 400)
    assert map_view.camera.middle == middle


def test_what_has_no_coordinates_is_never_drawn_and_said(map_view: MapView) -> None:
    map_view.show_places([HAFIR, NOWHERE, ZERO])
    assert signs_of(map_view).keys() == {"hafir"}
    assert map_view._sentence() == "2 places have no coordinates"
    map_view.centre_on(0.0, 0.0)
    assert signs_of(map_view) == {}


def test_an_empty_map_says_so(map_view: MapView, language: str) -> None:
    map_view.show_places([NOWHERE])
    assert {"en": "No places", "ar": "لا أماكن"}[language] in map_view._sentence()
    empty = map_view.grab().toImage()
    map_view.show_places([HAFIR], fit=False)
    assert map_view._sentence() == ""
    assert map_view.grab().toImage() != empty


@pytest.mark.parametrize("zoom", [6.0, 9.0])
def test_land_and_water_are_where_they_are(map_view: MapView, zoom: float) -> None:
    map_view.show_places([dataclasses.replace(HAFIR, lat=12.0)])  # an empty map would have its sentence in the middle
    colours = map_colours(map_view.palette())
    expected = {  # the desert, the Mediterranean, Lake Tharthar, Lake Van, the Caspian Sea, the Gulf, Cyprus, Najd
        (33.33, 37.73): colours.land, (34.07, 34.63): colours.sea, (33.97, 43.23): colours.sea, (38.63, 42.93): colours.sea,
        (41.93, 50.97): colours.sea, (26.97, 50.53): colours.sea, (35.03, 33.03): colours.land, (24.53, 45.33): colours.land,
    }  # fmt: skip
    for (lat, lon), colour in expected.items():
        map_view.centre_on(lat, lon)
        map_view.zoom_by(zoom - map_view.camera.zoom, QPointF(400, 300))
        assert pixel(map_view, lat, lon).name() == colour.name(), (lat, lon)


def test_the_names_of_countries_are_ours_and_inside() -> None:
    whole = base_map()
    assert len(whole.countries) >= 30
    for country in whole.countries:
        assert whole.box.contains(country.spot.x * whole.grid, country.spot.y * whole.grid)
        assert set(country.names) == {"ar", "en"}
        assert not country.names["ar"].isascii()
        assert all(country.names.values())


def test_a_place_beyond_the_base_map_is_shown_on_a_grid(map_view: MapView) -> None:
    map_view.show_places([dataclasses.replace(HAFIR, id="london", lat=51.5, lon=-0.1)])
    assert "london" in signs_of(map_view)
    image, colours = map_view.grab().toImage(), map_colours(map_view.palette())
    row = {image.pixelColor(x, 150).name() for x in range(800)}
    assert colours.ground.name() in row
    assert len(row) > 1


def test_the_ground_is_painted_once_and_then_only_moved(map_view: MapView, monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[object] = []
    paint_part = ground.paint_part

    def counting(*arguments: object) -> None:
        painted.append(arguments[2:4])
        paint_part(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(ground, "paint_part", counting)
    map_view.show_places(THREE)
    map_view.grab()
    at_first = len(painted)
    for step in range(100):
        map_view._moved(map_view.camera.moved(1 if step < 50 else -1, 0))
        map_view.grab()
    assert 0 < at_first <= 6
    assert len(painted) - at_first <= 2
    assert len(set(painted)) == len(painted)


def test_a_dark_theme_has_a_dark_map_at_once(map_view: MapView) -> None:
    light = pixel(map_view, 33.3, 37.7)
    map_view.setPalette(dark_palette())
    assert light.lightness() > 240
    assert pixel(map_view, 33.3, 37.7).lightness() < 60


@pytest.mark.parametrize("palette", [QPalette(), dark_palette()], ids=["light", "dark"])
def test_borders_and_texts_stand_out(palette: QPalette) -> None:
    colours = map_colours(palette)
    for ground_colour in (colours.land, colours.sea):
        assert contrast(colours.border, ground_colour) >= 4.5
        assert contrast(colours.ink, ground_colour) >= 4.5
    assert contrast(colours.quiet, colours.land) >= 4.5
    assert contrast(colours.coast, colours.land) >= 3
    for colour in (None, "#117733", "#ddcc77", "#ffffff", "#000000", "nonsense"):
        assert contrast(colours.of(colour), colours.land) >= 4.5  # also the number on it


def test_precision_is_drawn_to_scale(map_view: MapView) -> None:
    map_view.show_places([HAFIR])
    map_view.zoom_by(13 - map_view.camera.zoom)
    map_view.centre_on(HAFIR.lat or 0, HAFIR.lon or 0)
    colours = map_colours(map_view.palette())
    radius = 1000 / map_view.camera.metres_per_pixel
    assert 60 < radius < 70
    image, (x, y) = map_view.grab().toImage(), map_view.camera.to_view(to_world(HAFIR.lat or 0, HAFIR.lon or 0))
    inside, outside = (image.pixelColor(round(x + radius + by), round(y + 4)) for by in (-6, 6))
    edge = [image.pixelColor(round(x + radius + by), round(y)) for by in (-1, 0, 1)]
    assert inside != colours.land
    assert outside == colours.land
    assert any(contrast(colour, colours.land) > 3 for colour in edge)


@pytest.mark.parametrize(
    ("precision", "dashed"), [("exact", False), ("vicinity", False), ("area", True), ("unknown", None)]
)
def test_each_precision_has_its_sign(
    map_view: MapView, monkeypatch: pytest.MonkeyPatch, precision: str, dashed: bool | None
) -> None:
    circles: list[tuple[float, bool]] = []
    texts: list[str] = []
    monkeypatch.setattr(signs.Signs, "circle", lambda *_, radius, colour, dashed: circles.append((radius, dashed)))
    monkeypatch.setattr(signs.Signs, "_painted_badge", noting(texts))
    map_view.show_places([dataclasses.replace(HAFIR, precision=precision, count=1)])
    map_view.zoom_by(9)
    map_view.grab()
    radii = {precision: metres / map_view.camera.metres_per_pixel for precision, metres in METRES.items()} | {
        "area": 120
    }
    assert [kind for _, kind in circles] == ([] if dashed is None else [dashed])
    assert all(radius == pytest.approx(radii[precision], rel=0.01) for radius, _ in circles)
    assert texts == ["?" if precision == "unknown" else ""]


def test_numbers_are_those_of_the_language(map_view: MapView, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    texts: list[str] = []
    monkeypatch.setattr(signs.Signs, "_painted_badge", noting(texts))
    map_view.show_places([HAFIR, dataclasses.replace(HAFIR, id="twin", count=1000)])
    map_view.grab()
    assert texts == [{"en": "1,014", "ar": "١٬٠١٤"}[language]]


def test_names_are_shaped_in_the_interface_font(map_view: MapView) -> None:
    layout, _ = signs._laid_out("دير حافر", QFont("IBM Plex Sans Arabic"))
    assert {run.rawFont().familyName() for run in layout.glyphRuns()} == {"IBM Plex Sans Arabic"}
    map_view.show_places([HAFIR])
    with_name = map_view.grab().toImage()
    map_view.show_places([dataclasses.replace(HAFIR, name=" ")])
    assert map_view.grab().toImage() != with_name


def test_panning_neither_adds_nor_moves_names(map_view: MapView) -> None:
    places = [
        MapPlace(id=str(at), name=f"قرية رقم {at}", lat=35.5 + at % 20 * 0.04, lon=37.0 + at // 20 * 0.06)
        for at in range(300)
    ]  # fmt: skip
    map_view.show_places(places)
    map_view.zoom_by(2.0)

    def names() -> dict[int, tuple[float, float]]:
        left, top = map_view.camera.origin
        labels = map_view._layout.labels(map_view.camera)
        whole = (one for one in labels if one.box.left > 60 and one.box.right < 740 and 60 < one.box.top < 520)
        return {one.number: (round(one.box.left + left, 3), round(one.box.top + top, 3)) for one in whole}

    before = names()
    assert len(before) > 10
    for _ in range(40):
        map_view._moved(map_view.camera.moved(-1, 1))
        assert all(before[number] == place for number, place in names().items() if number in before)
        assert before.keys() <= {label.number for label in map_view._layout.labels(map_view.camera)}


# --- pointer


def test_a_click_on_a_place_tells_which(map_view: MapView, qtbot: QtBot) -> None:
    map_view.show_places(THREE)
    with qtbot.waitSignal(map_view.place_clicked) as told:
        qtbot.mouseClick(map_view, Qt.MouseButton.LeftButton, pos=point(signs_of(map_view)["raqqa"]))
    assert told.args == ["raqqa"]


def test_a_click_on_a_name_is_one_on_its_place(map_view: MapView, qtbot: QtBot) -> None:
    map_view.show_places(THREE)
    map_view.grab()
    label = map_view._drawing._names[0]
    middle = QPoint(round((label.box.left + label.box.right) / 2), round((label.box.top + label.box.bottom) / 2))
    with qtbot.waitSignal(map_view.place_clicked) as told:
        qtbot.mouseClick(map_view, Qt.MouseButton.LeftButton, pos=middle)
    assert told.args == [map_view._layout.places[label.number].id]


def test_a_click_on_a_cluster_lists_its_places_and_a_double_click_takes_it_apart(
    map_view: MapView, qtbot: QtBot
) -> None:
    near = [dataclasses.replace(HAFIR, id=str(at), lat=36.15 + at * 0.001) for at in range(5)]
    map_view.show_places([*near, RAQQA])
    (cluster,) = [sign for sign in signs_of(map_view).values() if sign.is_cluster]
    with qtbot.waitSignal(map_view.cluster_clicked) as told:
        qtbot.mouseClick(map_view, Qt.MouseButton.LeftButton, pos=point(cluster))
    assert told.args == [["0", "1", "2", "3", "4"]]
    zoom = map_view.camera.zoom
    qtbot.mouseDClick(map_view, Qt.MouseButton.LeftButton, pos=point(cluster))
    assert map_view.camera.zoom > zoom
    assert map_view.camera.to_view(to_world(36.152, 37.7089)) == pytest.approx((400, 300), abs=60)


def test_a_click_beside_everything_tells_nothing(map_view: MapView, qtbot: QtBot) -> None:
    map_view.show_places(THREE)
    map_view.grab()
    with qtbot.assertNotEmitted(map_view.place_clicked), qtbot.assertNotEmitted(map_view.cluster_clicked):
        qtbot.mouseClick(map_view, Qt.MouseButton.LeftButton, pos=QPoint(400, 30))


def test_dragging_moves_the_map_and_is_no_click(map_view: MapView, qtbot: QtBot) -> None:
    map_view.show_places(THREE)
    start = point(signs_of(map_view)["raqqa"])
    with qtbot.assertNotEmitted(map_view.place_clicked):
        qtbot.mousePress(map_view, Qt.MouseButton.LeftButton, pos=start)
        qtbot.mouseMove(map_view, start - QPoint(60, 40))
        qtbot.mouseMove(map_view, start - QPoint(120, 80))
        qtbot.mouseRelease(map_view, Qt.MouseButton.LeftButton, pos=start - QPoint(120, 80))
    assert point(signs_of(map_view)["raqqa"]) == start - QPoint(120, 80)


@pytest.mark.parametrize("deltas", [[120], [15] * 8], ids=["a click of the wheel", "a smooth wheel"])
def test_the_wheel_zooms_about_the_pointer(map_view: MapView, deltas: list[int]) -> None:
    map_view.show_places(THREE)
    zoom, under = map_view.camera.zoom, map_view.camera.to_world(200, 450)
    for delta in deltas:
        wheel(map_view, QPointF(200, 450), delta)
    assert map_view.camera.zoom == zoom + 0.5
    assert map_view.camera.to_view(under) == pytest.approx((200, 450), abs=1.01)


def test_the_pointer_shows_what_can_be_clicked(map_view: MapView, qtbot: QtBot) -> None:
    map_view.show_places(THREE)
    qtbot.mouseMove(map_view, point(signs_of(map_view)["raqqa"]))
    assert map_view.cursor().shape() == Qt.CursorShape.PointingHandCursor
    qtbot.mouseMove(map_view, QPoint(400, 30))
    assert map_view.cursor().shape() == Qt.CursorShape.ArrowCursor


def test_what_is_said_of_places(language: str) -> None:
    one, many = description(HAFIR), description_of_many([HAFIR, ALEPPO, RAQQA])
    assert "دير حافر" in one
    assert "36.15870" in one
    assert {"en": "somewhere in the locality, ±1 km", "ar": "في نطاق البلدة"}[language] in one
    assert {"en": "3 places", "ar": "3 أماكن"}[language] in many
    assert many.index("دير حافر") < many.index("حلب") < many.index("الرقة")
    assert "36" not in description(NOWHERE)


def test_a_tooltip_shows_a_name_as_it_is_written(map_view: MapView, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(view.QToolTip, "showText", lambda _, text, __: shown.append(text))
    map_view.show_places([dataclasses.replace(HAFIR, name="<b>دير</b> & حافر")])
    for at in (point(signs_of(map_view)["hafir"]), QPoint(20, 20)):
        QApplication.sendEvent(map_view, QHelpEvent(QEvent.Type.ToolTip, at, map_view.mapToGlobal(at)))
    assert "&lt;b&gt;دير&lt;/b&gt; &amp; حافر" in shown[0]
    assert "<br>" in shown[0]
    assert shown[1] == ""


# --- choosing a point


def test_choosing_a_point_by_click(map_view: MapView, qtbot: QtBot, language: str) -> None:
    map_view.show_places(THREE)
    map_view.set_choosing(True)
    assert map_view.cursor().shape() == Qt.CursorShape.CrossCursor
    assert "Esc" in map_view._sentence()
    with qtbot.waitSignal(map_view.point_chosen) as told, qtbot.assertNotEmitted(map_view.place_clicked):
        qtbot.mouseClick(map_view, Qt.MouseButton.LeftButton, pos=point(signs_of(map_view)["raqqa"]))
    assert told.args == pytest.approx([RAQQA.lat, RAQQA.lon], abs=0.02)


def test_choosing_a_point_by_keyboard_and_leaving(map_view: MapView, qtbot: QtBot) -> None:
    map_view.set_choosing(True, at=(36.0, 38.0))
    map_view.centre_on(35.5, 38.5)
    with qtbot.waitSignal(map_view.point_chosen) as told:
        qtbot.keyClick(map_view, Qt.Key.Key_Return)
    assert told.args == pytest.approx([35.5, 38.5], abs=1e-6)
    with qtbot.waitSignal(map_view.choosing_left):
        qtbot.keyClick(map_view, Qt.Key.Key_Escape)
    assert not map_view.choosing
    with qtbot.assertNotEmitted(map_view.point_chosen):
        qtbot.mouseClick(map_view, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))


def test_the_chosen_point_is_marked(map_view: MapView) -> None:
    map_view.show_places([HAFIR])
    map_view.set_choosing(True)
    nothing = map_view.grab().toImage()
    map_view.set_choosing(True, at=(36.3, 37.5))
    assert map_view.grab().toImage() != nothing


# --- keyboard


def test_keys_move_zoom_and_fit(map_view: MapView, qtbot: QtBot) -> None:
    map_view.show_places(THREE)
    at_first = map_view.camera
    qtbot.keyClick(map_view, Qt.Key.Key_Right)
    qtbot.keyClick(map_view, Qt.Key.Key_Down)
    assert map_view.camera.middle.x > at_first.middle.x
    assert map_view.camera.middle.y > at_first.middle.y
    qtbot.keyClick(map_view, Qt.Key.Key_Plus)
    assert map_view.camera.zoom == at_first.zoom + 0.5
    qtbot.keyClick(map_view, Qt.Key.Key_Minus)
    qtbot.keyClick(map_view, Qt.Key.Key_Minus)
    assert map_view.camera.zoom == at_first.zoom - 0.5
    nought = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, "٠")
    QApplication.sendEvent(map_view, nought)
    assert map_view.camera == at_first


def test_tab_goes_through_all_places_by_ear_and_out_again(qtbot: QtBot, said: list[str]) -> None:
    window, map_view, after = QWidget(), MapView(), QLineEdit()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    row.addWidget(map_view, 1)
    row.addWidget(after)
    after.setFixedWidth(60)
    window.resize(900, 500)
    window.show()
    qtbot.waitExposed(window)
    map_view.show_places(THREE)
    map_view.setFocus()
    for _ in THREE:
        qtbot.keyClick(map_view, Qt.Key.Key_Tab)
    assert ["حلب" in said[0] or "دير حافر" in said[0], len(said), len(set(said))] == [True, 3, 3]
    with qtbot.waitSignal(map_view.place_clicked) as told:
        qtbot.keyClick(map_view, Qt.Key.Key_Return)
    assert told.args[0] in {"hafir", "aleppo", "raqqa"}
    qtbot.keyClick(map_view, Qt.Key.Key_Tab)
    assert window.focusWidget() is after


def test_tab_goes_backwards_too_and_out_at_the_first(qtbot: QtBot, map_view: MapView, said: list[str]) -> None:
    map_view.show_places(THREE)
    for _ in range(4):
        qtbot.keyClick(map_view, Qt.Key.Key_Backtab)
    assert len(set(said)) == 3
    assert map_view._current is None


def test_after_esc_tab_leaves_at_once(qtbot: QtBot, map_view: MapView, said: list[str]) -> None:
    map_view.show_places(THREE)
    qtbot.keyClick(map_view, Qt.Key.Key_Tab)
    assert map_view._current is not None
    qtbot.keyClick(map_view, Qt.Key.Key_Escape)
    assert map_view._current is None
    qtbot.keyClick(map_view, Qt.Key.Key_Tab)
    assert (map_view._current, len(said)) == (None, 1)


def test_zooming_by_key_comes_nearer_to_the_marked_place(map_view: MapView, qtbot: QtBot) -> None:
    map_view.show_places(THREE)
    map_view.select_place("raqqa")
    before = signs_of(map_view)["raqqa"]
    qtbot.keyClick(map_view, Qt.Key.Key_Plus)
    after = signs_of(map_view)["raqqa"]
    assert (after.x, after.y) == pytest.approx((before.x, before.y), abs=1.01)


def test_selecting_a_place_far_away_brings_it_in(map_view: MapView) -> None:
    map_view.show_places(THREE)
    map_view.centre_on(20.0, 45.0)
    assert signs_of(map_view) == {}
    map_view.select_place("hafir")
    assert "hafir" in signs_of(map_view)
    marked: QImage = map_view.grab().toImage()
    map_view.select_place(None)
    assert map_view.grab().toImage() != marked


# --- the panel


def test_the_panel_tells_what_to_show(qtbot: QtBot, language: str) -> None:
    panel = MapPanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.set_scope("project")
    with qtbot.waitSignal(panel.scope_chosen) as told:
        qtbot.keyClick(panel._scope, Qt.Key.Key_Up)
    assert told.args == ["filter"]
    assert panel.scope == "filter"


def test_the_panels_buttons_say_what_they_do_and_do_it(qtbot: QtBot) -> None:
    panel = MapPanel()
    qtbot.addWidget(panel)
    panel.resize(600, 400)
    panel.show()
    panel.map.show_places(THREE)
    fitted = panel.map.camera
    buttons = {button.accessibleName(): button for button in panel.findChildren(QToolButton)}
    buttons["Zoom in"].click()
    assert panel.map.camera.zoom == fitted.zoom + 0.5
    buttons["Zoom out"].click()
    buttons["Zoom out"].click()
    assert panel.map.camera.zoom == fitted.zoom - 0.5
    buttons["Show all places"].click()
    assert panel.map.camera == fitted
    assert panel.map.accessibleName() == "Map"
