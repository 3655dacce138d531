"""A project with the article that ships."""

from __future__ import annotations

from collections.abc import Iterator
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
