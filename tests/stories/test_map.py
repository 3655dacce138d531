"""The places that an article speaks of, on the map of the window; and a place that gets its point by a click."""

from __future__ import annotations

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from annotator import Project


def settle(qtbot: QtBot, session: Any) -> None:
    qtbot.waitUntil(lambda: not session.busy and session.now.path is not None, timeout=20_000)


@pytest.fixture
def window(start: Any, qtbot: QtBot) -> Any:
    application = start(language="en")
    session = application.session

    def link(project: Project) -> None:
        article = session.now.article.id
        for (begin, end), name, point in (
            ((109, 123), "دير حافر", (36.157, 37.708)),
            ((100, 105), "نقطة بلا إحداثيات", None),
        ):
            mark = project.annotate(article, begin, end, "place")
            lat, lon = point or (None, None)
            place = project.add_entity(
                "place", [name], latitude=lat, longitude=lon, precision="locality" if point else "unknown"
            )
            project.link(mark.id, place.id)

    session.change(link)
    settle(qtbot, session)
    return application.window


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_map_shows_the_places_of_the_article_and_leads_to_them(window: Any, qtbot: QtBot) -> None:
    shown: list[Any] = []
    window.map._panel.map.show_places = lambda places, *, fit: shown.append(places)
    window._menus.made("map").trigger()
    qtbot.waitUntil(lambda: bool(shown))
    assert window.map.isVisible()
    assert {(one.name, one.count) for one in shown[-1]} == {("دير حافر", 1), ("نقطة بلا إحداثيات", 1)}
    place = next(one for one in shown[-1] if one.name == "دير حافر")
    window.map._panel.map.place_clicked.emit(place.id)
    qtbot.waitUntil(window.register.isVisible)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_click_gives_a_place_its_point_and_undo_takes_it_back(window: Any, qtbot: QtBot) -> None:
    session, found = window.session, []
    session.run(lambda project: project.entities(kind="place"), found.extend)
    qtbot.waitUntil(lambda: bool(found))
    entity = next(one for one in found if one.latitude is None)
    window.map.choose_point(entity.id)
    qtbot.waitUntil(lambda: window.map._panel.map.choosing)
    window.map._panel.map.point_chosen.emit(36.4, 37.9)
    settle(qtbot, session)
    after: list[Any] = []
    session.run(lambda project: project.entity(entity.id), after.append)
    qtbot.waitUntil(lambda: bool(after))
    assert (after[0].latitude, after[0].longitude, after[0].precision) == (36.4, 37.9, "locality")
    assert not window.map._panel.map.choosing
    session.undo()
    settle(qtbot, session)
    session.run(lambda project: project.entity(entity.id), after.append)
    qtbot.waitUntil(lambda: len(after) == 2)
    assert after[1].latitude is None
