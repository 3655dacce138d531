"""The labels are the project's own: they change, carry a version, and what was marked before can be looked at again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from annotator import AttributeValue, Change, Project
from annotator.errors import ChangedSince, LabelExists, NotYours, UnknownAttribute, UnknownLabel
from annotator.labels import starter_set

Prove = Callable[[Project, Callable[[], object]], None]
BOTH = {"ar": "سلاح", "en": "Weapon"}


def test_a_new_project_has_its_own_copy_of_the_starter_set(project: Project) -> None:
    assert project.label_set() == starter_set()
    assert all(label.guideline["ar"] and label.guideline["en"] for label in project.labels())
    assert next(value.key for value in project.attributes()[4].values) == "not_examined"


def test_every_shipped_label_and_answer_has_both_names() -> None:
    found = starter_set()
    answers = [value for attribute in found.attributes for value in attribute.values]
    for one in (*found.labels, *found.attributes, *answers):
        assert set(one.names) == {"ar", "en"}
        assert all(one.names.values())


def test_labels_can_be_added_and_changed_undone_and_redone(project: Project, prove: Prove) -> None:
    prove(project, lambda: project.add_label("weapon", names=BOTH, colour="#882255", guideline={"ar": "سلاح بعينه"}))
    prove(project, lambda: project.revise_label("weapon", example="[دبابة]"))
    prove(project, lambda: project.revise_label("actor", colour="#000000"))
    assert [label.key for label in project.labels()] == ["actor", "place", "claim", "weapon"]
    with pytest.raises(LabelExists):
        project.add_label("weapon", names=BOTH, colour="#882255")
    with pytest.raises(UnknownLabel):
        project.revise_label("tank", colour="#000000")
    written = project.stats().operations
    project.revise_label("actor", colour="#000000")
    assert project.stats().operations == written


def test_the_version_rises_with_each_change_and_never_comes_twice(project: Project) -> None:
    assert project.label_set().version == 1
    project.revise_label("actor", example="x")
    assert project.label_set().version == 2
    project.undo()
    assert project.label_set().version == 1
    project.revise_label("place", example="y")
    assert project.label_set().version == 3
    project.revise_label("place", colour="#000000")
    place = project.labels()[1]
    assert (project.label_set().version, place.changed, place.version) == (4, 4, 3)


def test_a_new_definition_asks_for_another_look(project: Project, article: str, prove: Prove) -> None:
    actor, place = project.annotate(article, 6, 26, "actor"), project.annotate(article, 109, 123, "place")
    assert (actor.label_set, project.annotations_to_recheck()) == (1, [])
    project.revise_label("actor", colour="#000000")
    assert project.annotations_to_recheck() == []
    project.revise_label("actor", guideline={"ar": "غير ذلك"})
    assert project.annotations_to_recheck() == [actor]
    later = project.annotate(article, 47, 75, "actor")
    assert later.label_set == project.label_set().version == 3
    assert project.annotations_to_recheck() == [actor]
    prove(project, lambda: project.confirm(actor.id))
    assert project.annotations_to_recheck() == []
    assert project.revise(place.id, note="x").label_set == 1
    assert project.revise(place.id, label="actor").label_set == 3
    project.undo()
    project.switch_reviewer("R2")
    with pytest.raises(NotYours):
        project.confirm(place.id)


def test_a_new_answer_asks_for_another_look_at_frames(project: Project, article: str, prove: Prove) -> None:
    claim = project.annotate(article, 31, 137, "claim")
    bare = project.annotate(article, 31, 100, "claim")
    project.frame(claim.id, mode="indirect")
    mode = project.attributes()[0]
    added = AttributeValue("mixed", {"ar": "مختلط", "en": "Mixed"})
    prove(project, lambda: project.revise_attribute("mode", values=[*mode.values, added]))
    assert [one.id for one in project.annotations_to_recheck()] == [claim.id]
    prove(project, lambda: project.confirm(claim.id))
    assert project.annotations_to_recheck() == []
    assert project.frame(bare.id, mode="mixed").label_set == 2
    prove(project, lambda: project.revise_attribute("verdict", names={"ar": "حكم", "en": "Finding"}))
    assert project.annotations_to_recheck() == []
    with pytest.raises(UnknownAttribute, match="mode, kind"):
        project.revise_attribute("mood", names=BOTH)
    project.confirm(claim.id)
    written = project.stats().operations
    project.revise_attribute("mode", values=[*mode.values, added])
    project.confirm(claim.id)
    assert project.stats().operations == written


def test_the_labels_belong_to_all(project: Project) -> None:
    project.revise_label("actor", example="R1")
    project.switch_reviewer("R2")
    project.revise_label("actor", example="R2")
    project.switch_reviewer("R1")
    with pytest.raises(ChangedSince):
        project.undo()
    before = project.labels()[0]
    assert replace(before, example="") == replace(starter_set().labels[0], example="", version=3, changed=3)


def test_listeners_hear_of_labels_by_their_keys(project: Project) -> None:
    told: list[Change] = []
    project.subscribe(told.append)
    project.revise_label("actor", example="x")
    project.undo()
    assert [change.ids for change in told] == [{"label": ("actor",)}] * 2
