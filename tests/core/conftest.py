"""A project with the article that ships."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator import Project


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "test.hashiya"


@pytest.fixture
def project(path: Path) -> Iterator[Project]:
    with Project.create(path, reviewer="R1", starter=True) as project:
        yield project


@pytest.fixture
def article(project: Project) -> str:
    return project.articles()[0].id


def everything(project: Project) -> tuple[object, ...]:
    """All of the current state that a reader can see."""
    articles = [one.id for one in project.articles()]
    annotations = [mark for one in articles for mark in project.annotations(one)]
    return (
        annotations,
        [project.frames(one) for one in articles],
        [project.verdicts(one) for one in articles],
        [project.links(one) for one in articles],
        [project.relations(mark.id) for mark in annotations],
        project.entities(),
        project.label_set(),
        list(project.claim_rows()),
        project.queue().rows,
        [project.readings(one) for one in articles],
        project.filters(),
        project.team(),
        project.settings(),
        [(project.decisions(one), project.settlement(one), project.final_layer(one)) for one in articles],
        [project.comments(one) for one in articles],
    )


def prove_command(project: Project, command: Callable[[], object]) -> None:
    """Prove that a command changes something, can be undone and redone twice, and leaves a project without problems."""
    before = everything(project)
    command()
    after = everything(project)
    assert after != before
    for _ in range(2):
        assert project.undo()
        assert everything(project) == before
        assert project.redo()
        assert everything(project) == after
    assert project.check().problems == ()


@pytest.fixture
def prove() -> Callable[[Project, Callable[[], object]], None]:
    return prove_command
