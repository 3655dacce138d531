"""A reviewer marks, changes, removes, and goes back; also after a restart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from annotator import Change, Project
from annotator.errors import BadSpan, NotYours, UnknownAnnotation, UnknownArticle, UnknownLabel


def state(project: Project) -> list[dict[str, object]]:
    """What undo must restore: everything of every annotation."""
    return [one._asdict() for article in project.articles() for one in project.annotations(article.id)]


def prove_undo_and_redo(project: Project, command: Callable[[], object]) -> None:
    before = state(project)
    command()
    after = state(project)
    assert after != before
    for _ in range(2):
        assert project.undo()
        assert state(project) == before
        assert project.redo()
        assert state(project) == after
    assert project.check().problems == ()


def test_a_mark_keeps_its_quote(project: Project, article: str) -> None:
    mark = project.annotate(article, 6, 26, "actor", note="الوزارة")
    assert (mark.quote, mark.reviewer, mark.note) == ("وزارة الدفاع السورية", "R1", "الوزارة")
    assert project.annotations(article) == [mark]
    assert mark.created_at.endswith("Z")


def test_marking_can_be_undone_and_redone(project: Project, article: str) -> None:
    prove_undo_and_redo(project, lambda: project.annotate(article, 6, 26, "actor"))


@pytest.mark.parametrize("change", [{"start": 12}, {"end": 27}, {"label": "place"}, {"note": "x"}, {"form": "الدفاع"}])
def test_every_change_can_be_undone_and_redone(project: Project, article: str, change: dict[str, object]) -> None:
    mark = project.annotate(article, 6, 26, "actor")
    prove_undo_and_redo(project, lambda: project.revise(mark.id, **change))


def army(project: Project) -> tuple[str, int, int]:
    """The place of `لجيش العربي السوري`, behind the ل of للجيش, in the article that ships."""
    article = project.articles()[0]
    start = article.text.index("للجيش العربي السوري") + 1
    return article.id, start, start + len("لجيش العربي السوري")


def test_a_mark_keeps_its_plain_form(project: Project) -> None:
    mark = project.annotate(*army(project), "actor", form="الجيش العربي السوري")
    assert (mark.quote, mark.form) == ("لجيش العربي السوري", "الجيش العربي السوري")
    assert project.annotate(*army(project), "actor", form=mark.quote).form == ""
    assert project.annotate(*army(project), "actor").form == ""
    assert project.check().problems == ()


def test_a_plain_form_can_be_undone_and_redone(project: Project) -> None:
    span = army(project)
    prove_undo_and_redo(project, lambda: project.annotate(*span, "actor", form="الجيش العربي السوري"))
    mark = project.annotations(span[0])[0]
    prove_undo_and_redo(project, lambda: project.revise(mark.id, end=mark.start + len("لجيش")))
    assert project.annotation(mark.id).form == "الجيش"
    prove_undo_and_redo(project, lambda: project.revise(mark.id, form=""))
    assert project.annotation(mark.id).form == ""


def test_moving_an_edge_brings_the_plain_form_along_only_if_there_was_one(project: Project) -> None:
    article, start, end = army(project)
    with_form = project.annotate(article, start, end, "actor", form="الجيش العربي السوري")
    without = project.annotate(article, start, end, "actor")
    shorter = start + len("لجيش العربي")
    assert project.revise(with_form.id, end=shorter).form == "الجيش العربي"
    assert project.revise(with_form.id, label="place").form == "الجيش العربي"
    assert project.revise(with_form.id, start=start - 1, form="للجيش!").form == "للجيش!"
    assert project.revise(with_form.id, start=start - 2).form == ""
    assert project.revise(without.id, end=shorter).form == ""


def test_an_operation_without_a_plain_form_is_as_it_always_was(project: Project) -> None:
    mark = project.annotate(*army(project), "actor")
    value = project.history(mark.id)[0].value
    assert value is not None
    assert list(value) == sorted(
        ["article", "created_at", "end", "label", "label_set", "note", "quote", "reviewer", "start", "updated_at"]
    )


def test_removing_can_be_undone_and_redone(project: Project, article: str) -> None:
    mark = project.annotate(article, 6, 26, "actor")
    prove_undo_and_redo(project, lambda: project.remove(mark.id))


def test_an_import_can_be_undone_and_redone(project: Project, article: str, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("قصف الجيش قرية حميمة", encoding="utf-8")
    project.import_files([tmp_path / "b.txt"])
    assert len(project.articles()) == 2
    project.undo()
    assert [one.id for one in project.articles()] == [article]
    project.redo()
    assert len(project.articles()) == 2


def test_undo_goes_on_after_a_restart(path: Path) -> None:
    with Project.create(path, reviewer="R1", starter=True) as project:
        article = project.articles()[0].id
        for start in range(20):
            project.annotate(article, start, start + 5, "actor")
    with Project.open(path, reviewer="R1") as project:
        for _ in range(10):
            assert project.undo()
        assert len(project.annotations(article)) == 10
    with Project.open(path, reviewer="R1") as project:
        for _ in range(10):
            assert project.redo()
        assert project.redo() is None
        assert len(project.annotations(article)) == 20
        assert project.check().problems == ()


def test_the_first_undo_does_not_take_the_starter_article_away(project: Project) -> None:
    assert project.undo() is None
    assert len(project.articles()) == 1


def test_after_a_new_step_nothing_can_be_redone(project: Project, article: str) -> None:
    project.annotate(article, 0, 5, "actor")
    project.undo()
    project.annotate(article, 6, 26, "actor")
    assert project.next_redo() is None
    assert project.redo() is None


def test_a_revision_that_changes_nothing_writes_nothing(project: Project, article: str) -> None:
    mark = project.annotate(article, 6, 26, "actor")
    before = project.stats().operations
    assert project.revise(mark.id, label="actor", start=6) == mark
    assert project.stats().operations == before


def test_annotations_come_sorted_by_start_then_longest(project: Project, article: str) -> None:
    for start, end in [(47, 75), (31, 137), (6, 26), (31, 40)]:
        project.annotate(article, start, end, "actor")
    assert [(one.start, one.end) for one in project.annotations(article)] == [(6, 26), (31, 137), (31, 40), (47, 75)]


def test_history_tells_everything_that_happened(project: Project, article: str) -> None:
    mark = project.annotate(article, 6, 26, "actor")
    project.revise(mark.id, note="ملاحظة")
    project.remove(mark.id)
    project.undo()
    history = project.history(mark.id)
    assert [one.action for one in history] == ["annotate", "revise", "remove", "undo"]
    assert [one.value is None for one in history] == [False, False, True, False]
    assert history[-1].value == history[1].value


@pytest.mark.parametrize(("start", "end"), [(5, 5), (7, 6), (-1, 3), (1999, 2001)])
def test_a_span_outside_the_text_is_refused(project: Project, article: str, start: int, end: int) -> None:
    with pytest.raises(BadSpan):
        project.annotate(article, start, end, "actor")
    assert project.annotations(article) == []


def test_unknown_things_are_refused_with_a_sentence(project: Project, article: str) -> None:
    with pytest.raises(UnknownLabel, match="actor, place, claim"):
        project.annotate(article, 0, 5, "weapon")
    with pytest.raises(UnknownArticle):
        project.annotate("no such id", 0, 5, "actor")
    with pytest.raises(UnknownAnnotation):
        project.remove("00000000-0000-7000-8000-000000000000")


def test_reviewers_do_not_change_each_others_marks(project: Project, article: str) -> None:
    mark = project.annotate(article, 6, 26, "actor")
    project.switch_reviewer("R2")
    with pytest.raises(NotYours, match="R1"):
        project.revise(mark.id, label="place")
    with pytest.raises(NotYours):
        project.remove(mark.id)
    assert project.undo() is None
    assert project.reviewers() == ["R1", "R2"]


def test_listeners_are_told_what_changed(project: Project, article: str) -> None:
    told: list[Change] = []
    stop = project.subscribe(told.append)
    mark = project.annotate(article, 6, 26, "actor")
    project.undo()
    stop()
    project.redo()
    assert [(change.action, change.ids) for change in told] == [
        ("annotate", {"annotation": (mark.id,)}),
        ("undo", {"annotation": (mark.id,)}),
    ]
