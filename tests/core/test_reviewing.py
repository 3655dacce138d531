"""Who reviews: roles, who reads what, how far everybody is, and how far articles are on their way to one layer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from annotator import Project
from annotator.decisions import DoubleReading, Reviewer, Workload
from annotator.errors import BadShare, LastLead, NotALead, ReadOnlyProject, UnknownReviewer, UnknownRole
from annotator.filters import parse
from tests.core.two_readers import marks_of, two_readers

Prove = Callable[[Project, Callable[[], object]], None]


@pytest.fixture
def ten(project: Project, tmp_path: Path) -> list[str]:
    """The articles of a project with ten of them, in their order."""
    for number in range(9):
        (tmp_path / f"{number}.txt").write_text(f"مقال رقم {number}", encoding="utf-8")
    project.import_files(sorted(tmp_path.glob("?.txt")))
    return [one.id for one in project.articles()]


def test_whoever_made_the_project_is_its_lead(project: Project, path: Path) -> None:
    project.switch_reviewer("R2")
    assert project.team() == (Reviewer("R1", "lead"), Reviewer("R2", "reviewer"))
    assert not project.is_lead
    project.close()
    with Project.open(path, reviewer="R0") as again:
        assert [one.role for one in again.team()] == ["reviewer", "lead", "reviewer"]


def test_a_lead_names_another(project: Project, prove: Prove) -> None:
    project.switch_reviewer("R2")
    with pytest.raises(NotALead, match="R1"):
        project.set_role("R2", "lead")
    project.switch_reviewer("R1")
    prove(project, lambda: project.set_role("R2", "lead"))
    project.switch_reviewer("R2")
    prove(project, lambda: project.set_role("R1", "reviewer"))
    assert project.role_of("R1") == "reviewer"
    with pytest.raises(LastLead):
        project.set_role("R2", "reviewer")
    with pytest.raises(UnknownRole):
        project.set_role("R1", "king")  # type: ignore[arg-type]
    with pytest.raises(UnknownReviewer):
        project.set_role("R9", "lead")


def test_a_role_is_not_taken_back_over_another_lead(project: Project) -> None:
    project.switch_reviewer("R2")
    project.switch_reviewer("R1")
    project.set_role("R2", "lead")
    project.undo()
    assert project.role_of("R2") == "reviewer"
    assert project.role_of("R1") == "lead"
    operations = project.stats().operations
    project.set_role("R2", "reviewer")
    assert project.stats().operations == operations


def test_reading_gives_no_roles(project: Project, path: Path) -> None:
    with Project.open(path, reviewer="R1", read_only=True) as reader, pytest.raises(ReadOnlyProject):
        reader.set_role("R1", "lead")


# -- who reads what ------------------------------------------------------------------------------------------------------


def test_lots_are_drawn_in_one_step_and_recorded(project: Project, ten: list[str], prove: Prove) -> None:
    prove(project, lambda: project.assign_double(0.2, 7, ["R1", "سارة"]))
    assert project.settings().double == DoubleReading(0.2, 7, ("R1", "سارة"))
    given = {article: tuple(one.reviewer for one in project.assignments(article)) for article in ten}
    assert sorted(map(len, given.values())) == [1] * 8 + [2] * 2
    project.unassign(ten)
    draw = project.assign_double(0.2, 7, ["سارة", "R1"])
    assert {article: tuple(one.reviewer for one in project.assignments(article)) for article in ten} == given
    assert (draw.articles, draw.double, sum(draw.by_reviewer.values())) == (10, 2, 12)


def test_only_what_nobody_was_given_is_drawn(project: Project, ten: list[str]) -> None:
    project.assign(ten[:4], ["عمر"])
    assert project.assign_double(0, 1, ["R1"]).articles == 6
    assert [one.reviewer for one in project.assignments(ten[0])] == ["عمر"]
    assert project.assign_double(1, 1, ["R1", "R2"], articles=ten[:2]).double == 2
    assert [one.reviewer for one in project.assignments(ten[0])] == ["R1", "R2"]


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_a_share_lies_between_nothing_and_all(project: Project, share: float) -> None:
    with pytest.raises(BadShare):
        project.assign_double(share, 1, ["R1"])


def test_the_workload_tells_how_far_everybody_is(project: Project, ten: list[str]) -> None:
    project.assign(ten, ["R1"])
    project.assign(ten[:3], ["R2"])
    project.annotate(ten[0], 0, 4, "actor")
    project.annotate(ten[1], 0, 4, "actor")
    project.set_state(ten[1:4], "done")
    assert project.workload() == (
        Workload("R1", "lead", 10, 6, 1, 3, 3),
        Workload("R2", "reviewer", 3, 3, 0, 0, 3),
    )


# -- how far articles are ------------------------------------------------------------------------------------------------


def found(project: Project, query: str) -> list[str]:
    rows = project.queue()
    return [rows.rows[number].review for number in parse(query).numbers(rows)]


def test_articles_wait_for_a_second_reader_are_compared_and_settled(path: Path) -> None:
    project, article = two_readers(path)
    with project:
        assert found(project, "review:compare") == ["compare"]
        project.switch_reviewer("R2")
        project.set_state([article], "todo")
        assert found(project, "review:none") == [""]
        project.assign([article], ["R1", "R2"])
        assert found(project, "التحكيم:ثان") == ["second"]
        project.set_state([article], "done")
        assert found(project, "review:compare,second -review:settled") == ["compare"]
        project.switch_reviewer("Lead")
        for one in project.open_differences(article):
            assert one.match
            project.decide(article, one.match.ids)
        project.settle(article)
        assert found(project, "review:settled") == ["settled"]
        assert found(project, "التحكيم:محسوم") == ["settled"]
        project.reopen(article)
        assert found(project, "review:compare") == ["compare"]


def test_the_queue_follows_settling(path: Path) -> None:
    project, article = two_readers(path)
    with project:
        told: list[dict[str, tuple[str, ...]]] = []
        project.subscribe(lambda change: told.append(dict(change.ids)))
        rows = project.queue()
        army = project.add_entity("actor", ["الجيش"])
        for one in project.open_differences(article):
            assert one.match
            project.decide(article, one.match.ids)
        project.settle(article)
        rows = project.queue_after(rows, told[-1])
        assert rows.rows[0].review == "settled"
        project.switch_reviewer("R1")
        project.link(marks_of(project, article, "R1")["قسد"], army.id)
        rows = project.queue_after(rows, told[-1])
        assert rows.rows[0].review == "compare"
        assert rows.rows[0]._replace(state="todo") == project.queue().rows[0]._replace(state="todo")
