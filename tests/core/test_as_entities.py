"""What a gazetteer or the starting list holds comes into the register: linked in one step, or all of it in one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from annotator import Entity, Link, Name, Project
from annotator.assist.actors import starter_actors
from annotator.assist.as_entities import actor_entities, around, place_entities, place_entity, shipped
from annotator.assist.gazetteer import load
from annotator.assist.gazetteer_files import preview, read_gazetteer
from annotator.errors import NotYours, UnknownValue, WrongKind

Prove = Callable[[Project, Callable[[], object]], None]
DATA = Path(__file__).parents[1] / "data/places"
KINDS = ("country", "governorate", "district", "city", "town", "village")


def mark(project: Project, words: str, label: str) -> str:
    article = project.articles()[0]
    start = article.text.index(words)
    return project.annotate(article.id, start, start + len(words), label).id


def actor(name: str, **values: object) -> Entity:
    return Entity("", "actor", (Name(name),), **values)  # type: ignore[arg-type]


def test_a_new_actor_and_its_link_are_one_step(project: Project, prove: Prove) -> None:
    words = mark(project, "قسد", "actor")
    prove(project, lambda: project.link_new(words, actor("قوات سوريا الديمقراطية", subtype="armed_group")))
    [entity] = project.entities()
    assert project.links(project.articles()[0].id) == {words: Link(words, "entity", entity.id)}
    assert project.undo()
    assert (project.entities(), project.links(project.articles()[0].id)) == ([], {})


def test_a_place_of_the_gazetteer_brings_its_governorate_once(project: Project, prove: Prove) -> None:
    [place] = [one for one in load().named("دير حافر") if one.source == "geonames"]
    outer = around(place)
    assert outer
    first, second = mark(project, "مدينة دير حافر", "place"), mark(project, "مسكنة", "place")
    governorate = place_entity(outer, KINDS)
    prove(project, lambda: project.link_new(first, place_entity(place, KINDS), within=governorate))
    other = replace(place, id="1", geonames="1", names=place.names[:1])
    project.link_new(second, place_entity(other, KINDS), within=governorate)
    found = {one.name: one for one in project.entities(kind="place")}
    assert sorted(one.subtype for one in project.entities()) == ["governorate", "town", "town"]
    assert found["دير حافر"].parent == found["محافظة حلب"].id
    assert project.mention_counts() == {one.id: 1 for one in project.entities() if one.subtype == "town"}


def test_what_is_there_already_is_only_linked(project: Project) -> None:
    one, other = mark(project, "قسد", "actor"), mark(project, "قوات سوريا الديمقراطية", "actor")
    known = project.link_new(one, actor("قسد", external={"wikidata": "Q1"}))
    assert project.link_new(other, actor("SDF", external={"wikidata": "Q1"})) == known
    assert project.mention_counts() == {known.id: 2}


def test_nothing_is_written_when_a_new_entity_does_not_fit(project: Project) -> None:
    words = mark(project, "قسد", "actor")
    project.switch_reviewer("R2")
    with pytest.raises(NotYours):
        project.link_new(words, actor("قسد"))
    project.switch_reviewer("R1")
    with pytest.raises(WrongKind):
        project.link_new(words, Entity("", "place", (Name("قسد"),)))
    with pytest.raises(UnknownValue):
        project.link_new(words, actor("قسد", subtype="village"))
    assert project.entities() == []


def test_mentions_of_a_merged_entity_count_for_the_one_that_stays(project: Project) -> None:
    one = project.link_new(mark(project, "قسد", "actor"), actor("قسد"))
    other = project.link_new(mark(project, "تنظيم قسد", "actor"), actor("تنظيم قسد"))
    project.merge_entities(one.id, other.id)
    assert project.mention_counts() == {one.id: 2}


def test_the_starting_list_comes_in_with_who_belongs_to_whom(project: Project, prove: Prove) -> None:
    actors = starter_actors()
    kinds = [value.key for one in project.attributes() if one.key == "actor_kind" for value in one.values]
    told: list[tuple[int, int]] = []
    prove(project, lambda: project.add_entities(actor_entities(actors, kinds)))
    by_key = {one.external["starter"]: one for one in project.entities()}
    assert len(by_key) == len(actors)
    for one in actors:
        parent = by_key[one.key].parent
        assert (project.entity(parent).external["starter"] if parent else "") == one.parent
    again = project.add_entities(actor_entities(actors, kinds), progress=lambda *done: told.append(done))
    assert {one.id for one in again} == {one.id for one in by_key.values()}
    assert len(project.entities()) == len(actors)


def test_a_kind_that_the_project_does_not_know_is_left_open() -> None:
    place = next(one for one in shipped().values() if one.kind == "town")
    assert place_entity(place, ()).subtype == ""
    assert place_entity(place, ("town",)).subtype == "town"


def test_places_of_a_file_lie_in_each_other_or_their_notes_tell(project: Project) -> None:
    path = DATA / "pcodes.csv"
    places = read_gazetteer(path, preview(path).mapping, source="pcode").places
    region = replace(places[0], id="r", names=places[0].district[:1], kind="governorate", district=(), parent=())
    alone = place_entities(places, KINDS)
    assert all(one.notes and not one.parent for one in alone)
    within = place_entities([*places, region], KINDS)
    assert within[0].subtype == "governorate"
    assert within[1].parent == within[0].id
    added = project.add_entities(within)
    assert added[1].parent == added[0].id


def test_two_places_that_claim_one_id_of_geonames_both_come_in(project: Project) -> None:
    [place] = [one for one in load().named("دير حافر") if one.source == "geonames"]
    twins = [replace(place, source="wof", id=number, geonames=place.id) for number in ("1", "2")]
    assert len({one.id for one in project.add_entities(place_entities(twins, KINDS))}) == 2


def test_reading_a_table_tells_how_far_it_is_and_stops_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    path.write_text("name_ar,lat,lon\n" + "".join(f"قرية {row},36.1,37.2\n" for row in range(1200)), "utf-8")
    mapping, told = preview(path).mapping, []
    assert len(read_gazetteer(path, mapping, source="x", progress=told.append).places) == 1200
    assert told == [500, 1000]
    assert len(read_gazetteer(path, mapping, source="x", limit=7).places) == 7
    assert read_gazetteer(path, mapping, source="x", cancel=lambda: True).rows == 500
