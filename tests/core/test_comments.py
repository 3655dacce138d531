"""Comments on annotations: anybody may ask and answer, each changes their own, anybody calls them resolved."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from annotator import Project
from annotator.errors import ChangedSince, EmptyComment, NotYours, UnknownAnnotation, UnknownComment

Prove = Callable[[Project, Callable[[], object]], None]


def test_asking_answering_and_resolving(project: Project, article: str, prove: Prove) -> None:
    mark = project.annotate(article, 6, 26, "actor")
    project.switch_reviewer("R2")
    prove(project, lambda: project.comment(mark.id, " لماذا بلا الواو؟ "))
    [asked] = project.comments(article)
    assert (asked.text, asked.reviewer, asked.annotation, asked.article) == ("لماذا بلا الواو؟", "R2", mark.id, article)
    prove(project, lambda: project.revise_comment(asked.id, "لماذا؟"))
    project.switch_reviewer("R1")
    prove(project, lambda: project.comment(mark.id, "لأنها حرف عطف", answer_to=asked.id))
    prove(project, lambda: project.resolve_comment(asked.id))
    [asked, answer] = project.comments(article)
    assert (asked.resolved_by, answer.answer_to, answer.resolved_by) == ("R1", asked.id, "")
    project.switch_reviewer("R2")
    prove(project, lambda: project.resolve_comment(asked.id, False))
    prove(project, lambda: project.remove_comment(asked.id))
    assert [one.answer_to for one in project.comments(article)] == [asked.id]
    assert [one.action for one in project.history(asked.id)][:2] == ["comment", "undo"]


def test_each_changes_their_own(project: Project, article: str) -> None:
    mark, other = project.annotate(article, 6, 26, "actor"), project.annotate(article, 0, 5, "actor")
    asked = project.comment(mark.id, "x")
    project.switch_reviewer("R2")
    for change in (lambda: project.revise_comment(asked.id, "y"), lambda: project.remove_comment(asked.id)):
        with pytest.raises(NotYours, match="R1"):
            change()
    with pytest.raises(UnknownComment):
        project.comment(other.id, "y", answer_to=asked.id)
    with pytest.raises(UnknownComment):
        project.resolve_comment("x")
    with pytest.raises(UnknownAnnotation):
        project.comment("x", "y")
    for words in ("", " \n"):
        with pytest.raises(EmptyComment):
            project.comment(mark.id, words)


def test_what_another_called_resolved_is_not_taken_back(project: Project, article: str) -> None:
    asked = project.comment(project.annotate(article, 6, 26, "actor").id, "x")
    project.resolve_comment(asked.id)
    project.switch_reviewer("R2")
    project.resolve_comment(asked.id, False)
    project.switch_reviewer("R1")
    with pytest.raises(ChangedSince, match="R2"):
        project.undo()


def test_comments_stay_when_the_mark_goes_and_final_marks_have_them_too(project: Project, article: str) -> None:
    mark = project.annotate(article, 6, 26, "actor")
    project.comment(mark.id, "x")
    project.take_agreed(article)
    [final] = project.final_layer(article).annotations
    project.comment(final.id, "y")
    project.remove(mark.id)
    assert [one.text for one in project.comments(article)] == ["x", "y"]


def test_each_change_is_told_by_the_annotation(project: Project, article: str) -> None:
    mark = project.annotate(article, 6, 26, "actor")
    told: list[dict[str, tuple[str, ...]]] = []
    project.subscribe(lambda change: told.append(dict(change.ids)))
    asked = project.comment(mark.id, "x")
    project.resolve_comment(asked.id)
    project.undo()
    project.undo()
    assert told == [
        {"comment": (mark.id,)},
        {"resolved": (mark.id,)},
        {"resolved": (mark.id,)},
        {"comment": (mark.id,)},
    ]
