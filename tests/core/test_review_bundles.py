"""What reviewers settle, say and are told travels in bundles, and blind mode holds for what came in."""

from __future__ import annotations

from pathlib import Path

from annotator import Project
from tests.core.whole_project import whole_project


def reviewed(path: Path) -> Project:
    """A project in which there is something of every kind, of review too."""
    project = whole_project(path)
    project.switch_reviewer("R1")
    article = project.articles()[0].id
    project.assign_double(0.5, 7, ["R1", "R2"], articles=[article])
    mark = project.annotations(article)[0]
    question = project.comment(mark.id, "أهو مكان؟")
    project.comment(mark.id, "نعم", answer_to=question.id)
    project.resolve_comment(question.id)
    claim = next(one for one in project.annotations(article) if one.label == "claim")
    project.decide(article, [claim.id], take=[], reason="slip", note="ليس ادّعاء")
    project.take_agreed(article)
    project.settle(article)
    return project


def test_everything_of_review_comes_through_a_bundle(tmp_path: Path) -> None:
    with reviewed(tmp_path / "a.hashiya") as project:
        article = project.articles()[0].id
        project.send(tmp_path / "all.bundle")
        wanted = (project.decisions(article), project.comments(article), project.team(), project.settlement(article))
        final = project.final_layer(article).annotations
    with Project.create_from(tmp_path / "b.hashiya", [tmp_path / "all.bundle"], reviewer="R2") as other:
        found = (other.decisions(article), other.comments(article), other.team(), other.settlement(article))
        assert found == wanted
        assert other.final_layer(article).annotations == final
        assert other.check().problems == ()


def test_blind_mode_holds_for_what_comes_in(tmp_path: Path) -> None:
    with reviewed(tmp_path / "a.hashiya") as project:
        article = project.articles()[0].id
        project.set_blind(True)
        project.send(tmp_path / "all.bundle")
        new = project.annotate(article, 10, 15, "actor").id
        project.send(tmp_path / "more.bundle")
    with Project.create_from(tmp_path / "b.hashiya", [tmp_path / "all.bundle"], reviewer="R3") as other:
        assert other.look_at([tmp_path / "more.bundle"]).bundles[0].new > 0
        report = other.receive([tmp_path / "more.bundle"])
        assert other.annotations(article) == []
        assert other.conflicts(everybody=True) == []
        other.set_state([article], "done")
        assert new in {one.id for one in other.annotations(article)}
        other.take_back(report.merge)
        assert new not in {one.id for one in other.annotations(article)}
        assert other.check().problems == ()
