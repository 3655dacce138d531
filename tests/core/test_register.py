"""Actors and places: قسد, تنظيم قسد and قوات سوريا الديمقراطية are one, two places of one name are two."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from annotator import Entity, Link, Name, Project
from annotator.assist.actors import starter_actors
from annotator.assist.starter_places import starter_places
from annotator.entity_index import EntityIndex, distance
from annotator.errors import (
    BadCoordinates,
    ChangedSince,
    Nameless,
    NotYours,
    UnknownAnnotation,
    UnknownEntity,
    UnknownValue,
    WrongKind,
)
from annotator.store import register

Prove = Callable[[Project, Callable[[], object]], None]


def mark(project: Project, words: str, label: str = "actor", *, nth: int = 0) -> str:
    article = project.articles()[0]
    start = -1
    for _ in range(nth + 1):
        start = article.text.index(words, start + 1)
    return project.annotate(article.id, start, start + len(words), label).id


def sdf(project: Project) -> Entity:
    names = ["قوات سوريا الديمقراطية", ("قسد", "abbr"), Name("Syrian Democratic Forces", "en")]
    return project.add_entity("actor", names, subtype="armed_group", external={"wikidata": "Q21664130"})


def names_of(project: Project, query: str, **options: object) -> list[str]:
    return [one.name for one in project.find_entities(query, **options)]  # type: ignore[arg-type]


def test_an_entity_can_be_added_changed_undone_and_redone(project: Project, prove: Prove) -> None:
    prove(project, lambda: sdf(project))
    [entity] = project.entities()
    assert (entity.name, entity.kind, entity.subtype) == ("قوات سوريا الديمقراطية", "actor", "armed_group")
    prove(project, lambda: project.revise_entity(entity.id, names=[*entity.names, "تنظيم قسد"]))
    prove(project, lambda: project.revise_entity(entity.id, notes="من 2015", subtype=""))
    written = project.stats().operations
    project.revise_entity(entity.id, notes="من 2015")
    assert project.stats().operations == written
    assert project.stats().entities == 1


def test_the_same_external_id_is_the_same_entity_on_every_machine(project: Project, tmp_path: Path) -> None:
    first = sdf(project)
    assert sdf(project) == first
    with Project.create(tmp_path / "b.hashiya", reviewer="R2") as other:
        assert sdf(other).id == first.id
    assert project.entities() == [first]
    kept = project.add_entity("actor", ["قوات"])
    project.merge_entities(kept.id, first.id)
    assert sdf(project).id == kept.id


def test_places_know_where_they_are(project: Project, prove: Prove) -> None:
    aleppo = project.add_entity("place", ["حلب"], subtype="governorate", precision="area")
    place = project.add_entity(
        "place", ["دير حافر"], latitude=36.159, longitude=37.707, precision="locality", parent=aleppo.id
    )
    assert (place.latitude, place.precision, place.parent) == (36.159, "locality", aleppo.id)
    prove(project, lambda: project.revise_entity(place.id, latitude=None, longitude=None, precision="unknown"))
    halab = project.add_entity("place", ["محافظة حلب"])
    project.merge_entities(halab.id, aleppo.id)
    assert project.entity(place.id).parent == halab.id


def test_bad_entities_are_refused_with_a_sentence(project: Project) -> None:
    actor = sdf(project)
    written = project.stats().operations
    for names in ([], [""], ["قسد", "  "]):
        with pytest.raises(Nameless):
            project.add_entity("actor", names)
    for latitude, longitude in ((91, 0), (0, 181), (36.1, None), (None, 37.7)):
        with pytest.raises(BadCoordinates):
            project.add_entity("place", ["دير حافر"], latitude=latitude, longitude=longitude)
    with pytest.raises(UnknownValue, match="armed_group"):
        project.add_entity("actor", ["قسد"], subtype="city")
    with pytest.raises(UnknownValue, match="vicinity"):
        project.add_entity("place", ["حلب"], precision="rough")
    with pytest.raises(UnknownEntity):
        project.add_entity("place", ["حلب"], parent="no such entity")
    with pytest.raises(WrongKind):
        project.add_entity("place", ["حلب"], parent=actor.id)
    with pytest.raises(UnknownEntity):
        project.mentions("no such entity")
    assert project.stats().operations == written


def test_linking_says_whom_an_annotation_means(project: Project, prove: Prove) -> None:
    entity, place = sdf(project), project.add_entity("place", ["دير حافر"])
    short, organisation = mark(project, "قسد"), mark(project, "تنظيم قسد")
    prove(project, lambda: project.link(short, entity.id))
    prove(project, lambda: project.link(organisation, "ambiguous"))
    prove(project, lambda: project.link(organisation, "unknown"))
    prove(project, lambda: project.link(organisation, entity.id))
    article = project.articles()[0].id
    assert project.links(article) == {one: Link(one, "entity", entity.id) for one in (short, organisation)}
    assert [one.id for one in project.mentions(entity.id)] == [short, organisation]
    prove(project, lambda: project.unlink(short))
    with pytest.raises(WrongKind, match="place"):
        project.link(short, place.id)
    with pytest.raises(UnknownEntity):
        project.link(short, "no such entity")
    with pytest.raises(UnknownAnnotation):
        project.link("no such annotation", entity.id)
    project.switch_reviewer("R2")
    with pytest.raises(NotYours):
        project.link(short, entity.id)
    with pytest.raises(NotYours):
        project.unlink(organisation)


def test_a_removed_annotation_leaves_no_link_behind(project: Project) -> None:
    entity, short = sdf(project), mark(project, "قسد")
    project.link(short, entity.id)
    project.remove(short)
    assert (project.mentions(entity.id), project.links(project.articles()[0].id)) == ([], {})
    assert project.stats().links == 0
    assert project.check().problems == ()
    project.undo()
    assert [one.id for one in project.mentions(entity.id)] == [short]


def test_merging_brings_mentions_and_names_together(project: Project, prove: Prove) -> None:
    keep, gone = sdf(project), project.add_entity("actor", ["تنظيم قسد"], external={"local": "7"})
    older = project.add_entity("actor", ["قسد القديمة"])
    short, organisation = mark(project, "قسد"), mark(project, "تنظيم قسد")
    project.link(short, keep.id)
    project.link(organisation, older.id)
    prove(project, lambda: project.merge_entities(gone.id, older.id))
    prove(project, lambda: project.merge_entities(keep.id, gone.id))
    [merged] = project.entities()
    assert merged.id == keep.id
    assert {name.text for name in merged.names} >= {"قسد", "تنظيم قسد", "قسد القديمة"}
    assert merged.external == {"local": "7", "wikidata": "Q21664130"}
    assert {one.id for one in project.mentions(older.id)} == {short, organisation}
    assert project.entity(older.id).merged_into == keep.id
    assert project.links(project.articles()[0].id)[organisation].entity == keep.id
    assert project.link(organisation, gone.id).entity == keep.id
    assert project.merge_entities(keep.id, older.id) == merged
    with pytest.raises(WrongKind):
        project.merge_entities(keep.id, project.add_entity("place", ["حلب"]).id)


def test_splitting_moves_the_chosen_mentions(project: Project, prove: Prove) -> None:
    army = project.add_entity("actor", ["الجيش"], subtype="state_force")
    first, second = mark(project, "الجيش"), mark(project, "الجيش", nth=1)
    for one in (first, second):
        project.link(one, army.id)
    prove(project, lambda: project.split_entity(army.id, [second], ["الجيش العربي السوري"]))
    [other] = [one for one in project.entities() if one.id != army.id]
    assert (other.name, other.subtype) == ("الجيش العربي السوري", "state_force")
    assert [one.id for one in project.mentions(army.id)] == [first]
    assert [one.id for one in project.mentions(other.id)] == [second]
    project.switch_reviewer("R2")
    with pytest.raises(NotYours):
        project.split_entity(army.id, [first], ["جيش"])


def test_undo_does_not_take_back_what_another_reviewer_did_since(project: Project) -> None:
    entity = sdf(project)
    project.revise_entity(entity.id, notes="R1")
    project.switch_reviewer("R2")
    project.revise_entity(entity.id, notes="R2")
    project.switch_reviewer("R1")
    with pytest.raises(ChangedSince, match="R2"):
        project.undo()
    assert project.entity(entity.id).notes == "R2"
    project.switch_reviewer("R2")
    assert project.undo()
    assert project.entity(entity.id).notes == "R1"


# -- finding ----------------------------------------------------------------------------------------------------------


def test_two_letters_find_a_name_in_any_spelling(project: Project) -> None:
    entity = sdf(project)
    project.add_entity("actor", ["الجيش السوري"])
    for query in ("قس", "قَسَد", "sdf"[:1].upper() + "y", "قوات سو", "سوريا", "ديمق", "الديمقراطيه", "forces"):
        assert [one.entity.id for one in project.find_entities(query)] == [entity.id], query
    assert names_of(project, "جيش") == ["الجيش السوري"]
    assert names_of(project, "غير موجود") == []
    assert names_of(project, "") == []


def test_the_best_candidates_come_first(project: Project) -> None:
    fronts = project.add_entity("place", ["جبهة دير حافر"])
    city = project.add_entity("place", ["دير حافر"])
    sea = project.add_entity("place", ["دير حافر البحرية"])
    name = mark(project, "دير حافر", "place")
    assert [one.entity.id for one in project.find_entities("دير", near=name)] == [city.id, sea.id, fronts.id]
    assert [one.why for one in project.find_entities("دير", near=name)] == ["exact", "begins", "word"]
    project.link(name, fronts.id)
    again = mark(project, "دير حافر", "place", nth=1)
    best = project.find_entities("", near=again)
    assert [(one.entity.id, one.why, one.mentions) for one in best] == [(fronts.id, "before", 1), (city.id, "exact", 0)]
    project.undo()
    project.undo()
    assert [one.why for one in project.find_entities("", near=name)] == ["exact"]


def test_a_clitic_does_not_hide_the_name(project: Project, tmp_path: Path) -> None:
    damascus = project.add_entity("place", ["دمشق"])
    (tmp_path / "b.txt").write_text("اجتماع بدمشق", encoding="utf-8")
    article = project.import_files([tmp_path / "b.txt"]).imported[0].article
    with_clitic = project.annotate(article, 7, 12, "place")
    assert [(one.entity, one.why) for one in project.find_entities("", near=with_clitic.id)] == [(damascus, "plain")]
    assert names_of(project, "بدمشق") == ["دمشق"]


def test_places_of_one_name_are_all_shown_the_nearest_first(project: Project) -> None:
    far = project.add_entity("place", ["السلمية"], latitude=35.01, longitude=37.05)
    near = project.add_entity("place", ["السلمية"], latitude=36.2, longitude=37.6)
    known = project.add_entity("place", ["دير حافر"], latitude=36.159, longitude=37.707)
    project.link(mark(project, "دير حافر", "place"), known.id)
    here = mark(project, "مدينة دير حافر", "place")
    found = project.find_entities("السلمية", near=here)
    assert [one.entity.id for one in found] == [near.id, far.id]
    assert found[0].distance == pytest.approx(10.7, abs=0.3)
    assert distance(far, near) == pytest.approx(141, abs=2)


def test_kinds_are_kept_apart(project: Project) -> None:
    project.add_entity("actor", ["دمشق"])
    project.add_entity("place", ["دمشق"])
    place = mark(project, "مدينة دير حافر", "place")
    assert [one.entity.kind for one in project.find_entities("دمشق", near=place)] == ["place"]
    assert [one.entity.kind for one in project.find_entities("دمشق", kind="actor")] == ["actor"]
    assert len(project.find_entities("دمشق")) == 2


def test_the_index_follows_every_change(project: Project) -> None:
    """Whatever is done, searching an index that was told of it gives what a new one gives."""
    project.find_entities("x")
    one, two = sdf(project), project.add_entity("actor", ["تنظيم قسد", "قسد الثانية"])
    first, second = mark(project, "قسد"), mark(project, "تنظيم قسد")
    commands: list[Callable[[], object]] = [
        lambda: project.link(first, one.id),
        lambda: project.link(second, two.id),
        lambda: project.revise_entity(two.id, names=["التنظيم", "قسد"]),
        lambda: project.merge_entities(one.id, two.id),
        project.undo,
        project.redo,
        lambda: project.split_entity(one.id, [second], ["تنظيم"]),
        lambda: project.revise(first, end=project.annotation(first).end + 1),
        lambda: project.remove(second),
        project.undo,
        lambda: project.unlink(first),
        project.undo,
    ]
    for command in commands:
        command()
        told = [project.find_entities(query, near=near) for query in ("قس", "تن", "") for near in (first, None)]
        project._index = None
        assert told == [project.find_entities(query, near=near) for query in ("قس", "تن", "") for near in (first, None)]


def test_what_a_gazetteer_and_the_starting_list_hold_fits_the_register(project: Project) -> None:
    place = next(one for one in starter_places() if one.kind and one.point)
    entity = project.add_entity(
        "place", place.names, subtype=place.kind, external=place.external, latitude=place.lat, longitude=place.lon,
        precision=place.precision,
    )  # fmt: skip
    assert (entity.name, entity.external["geonames"]) == (place.names[0].text, place.id)
    actors = {one.key: one for one in starter_actors()}
    ids: dict[str, str] = {}
    for key in ("syrian_state", "ministry_of_defence"):
        one = actors[key]
        ids[key] = project.add_entity("actor", one.names, subtype=one.kind, parent=ids.get(one.parent, "")).id
    assert project.entity(ids["ministry_of_defence"]).parent == ids["syrian_state"]


def test_many_entities_come_in_one_step(project: Project) -> None:
    drafts = [Entity("", "place", (Name(f"قرية {number}"),)) for number in range(700)]
    project.find_entities("x")
    added = project.add_entities(drafts)
    assert len(project.entities()) == 700
    assert names_of(project, "قريه 69")[:2] == ["قرية 69", "قرية 690"]
    assert project.undo()
    assert (project.entities(), names_of(project, "قريه 69")) == ([], [])
    project.redo()
    assert project.entity(added[699].id).name == "قرية 699"


def test_an_empty_index_finds_nothing(project: Project) -> None:
    index = EntityIndex()
    index.fill(register.entities(project._connection), ())
    assert not index.has("")


def test_entities_are_marked_as_sensitive_together_and_at_once_taken_back(project: Project, prove: Prove) -> None:
    one, other = project.add_entity("actor", ["شاهد أول"]), project.add_entity("actor", ["شاهد ثان"])
    assert not project.entity(one.id).sensitive
    prove(project, lambda: project.set_sensitive([one.id, other.id, one.id]))
    assert [entity.sensitive for entity in project.entities()] == [True, True]
    assert (project.set_sensitive([one.id]), project.set_sensitive([one.id], False)) == (0, 1)
    prove(project, lambda: project.revise_entity(one.id, sensitive=True))
    with pytest.raises(UnknownEntity):
        project.set_sensitive(["00000000-0000-7000-8000-000000000000"])


def test_what_becomes_of_a_sensitive_entity_is_sensitive(project: Project, prove: Prove) -> None:
    secret, open_one = project.add_entity("actor", ["شاهد"], sensitive=True), project.add_entity("actor", ["الشاهد"])
    mention = mark(project, "الجيش")
    project.link(mention, secret.id)
    assert project.split_entity(secret.id, [mention], ["شاهد آخر"]).sensitive
    prove(project, lambda: project.merge_entities(open_one.id, secret.id))
    assert project.entity(open_one.id).sensitive


def test_a_register_of_an_older_project_has_nothing_sensitive(project: Project, tmp_path: Path) -> None:
    project.add_entity("actor", ["شاهد"], sensitive=True)
    out = project.export("jsonl", tmp_path / "new.jsonl").path
    text = out.read_text("utf-8")
    assert text.count(',"sensitive":true}') == 1
    (tmp_path / "old.jsonl").write_text(text.replace(',"sensitive":true}', "}"), encoding="utf-8")
    (tmp_path / "bad.jsonl").write_text(text.replace(',"sensitive":true}', ',"sensitive":1}'), encoding="utf-8")
    for name, sensitive, failed in (("new", [True], 0), ("old", [False], 0), ("bad", [], 1)):
        with Project.create(tmp_path / f"{name}.hashiya", reviewer="R1") as other:
            report = other.import_files([tmp_path / f"{name}.jsonl"])
            assert ([entity.sensitive for entity in other.entities()], len(report.failed)) == (sensitive, failed)
            assert other.check().problems == ()
