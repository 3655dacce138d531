"""Places go out as GeoJSON: where somebody knows where they are, and null where nobody does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from shapely.geometry import shape

from annotator import Project
from tests.core.whole_project import whole_project


def features(project: Project, out: Path) -> list[dict[str, Any]]:
    collection = json.loads(project.export("geojson", out).path.read_text("utf-8"))
    assert collection["type"] == "FeatureCollection"
    assert set(collection) == {"type", "features"}
    found: list[dict[str, Any]] = collection["features"]
    return found


def test_a_linked_place_stands_where_it_is(tmp_path: Path) -> None:
    with whole_project(tmp_path / "a.hashiya") as project:
        found = features(project, tmp_path / "out.geojson")
        named = len([one for one in project.annotations(project.articles()[0].id) if one.label == "place"])
    assert len(found) == named
    located = [one for one in found if one["geometry"]]
    [point] = [shape(one["geometry"]) for one in located]
    assert (point.x, point.y) == (37.707, 36.159)
    properties = located[0]["properties"]
    assert (properties["name"], properties["precision"], properties["radius_m"]) == ("دير حافر", "locality", 1000)
    assert len(properties["claims"]) == 1


def test_nobody_is_put_where_nobody_knows(project: Project, tmp_path: Path) -> None:
    article = project.articles()[0].id
    mark = project.annotate(article, 6, 26, "place")
    nowhere = project.add_entity("place", ["لا مكان"], latitude=0, longitude=0)
    project.link(mark.id, nowhere.id)
    project.annotate(article, 0, 5, "place")
    found = features(project, tmp_path / "out.geojson")
    assert [one["geometry"] for one in found] == [None, None]
    report = project.export("geojson", tmp_path / "out.geojson")
    assert {loss.reason.key: loss.count for loss in report.losses}["unlocated"] == 2


def test_a_place_of_the_register_that_nobody_named_is_there_too(project: Project, tmp_path: Path) -> None:
    place = project.add_entity("place", ["حلب"], latitude=36.2, longitude=37.1612345678, precision="area")
    [feature] = features(project, tmp_path / "out.geojson")
    assert (feature["id"], feature["properties"]["role"]) == (place.id, "register")
    assert feature["geometry"]["coordinates"] == [37.1612346, 36.2]
