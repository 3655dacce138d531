"""The loss report of every format is as its JSON Schema says."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from annotator import Project, formats
from annotator.exporting import losses_path
from tests.core.whole_project import whole_project

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs/formats/losses-1.schema.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with whole_project(tmp_path_factory.mktemp("whole") / "whole.hashiya") as project:
        yield project


def report(project: Project, name: str, folder: Path, **chosen: str) -> dict[str, Any]:
    out = folder / f"out{formats.writer_for(name).ending}"
    project.export(name, out, selection=project.selection(**chosen))
    found: dict[str, Any] = json.loads(losses_path(out).read_text("utf-8"))
    return found


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", formats.names())
def test_every_report_is_as_the_schema_says(whole: Project, tmp_path: Path, name: str) -> None:
    told = report(whole, name, tmp_path)
    Draft202012Validator(SCHEMA).validate(told)
    assert (told["format"], told["articles"], told["annotations"], told["verified"]) == (name, 1, 58, 58)


def test_the_report_of_an_increment_is_so_too(whole: Project, tmp_path: Path) -> None:
    told = report(whole, "brat", tmp_path, since="2020-01-01")
    Draft202012Validator(SCHEMA).validate(told)
    assert told["removed"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda told: told.pop("losses"),
        lambda told: told.update(articles=-1),
        lambda told: told.update(surprise=1),
        lambda told: told.update(since="2026-01-01T00:00:00.000Z"),
        lambda told: told["losses"][0].update(count=0),
        lambda told: told["losses"][0].pop("rule"),
        lambda told: told["losses"][0].update(ids=[7]),
    ],
)
def test_what_is_no_report_is_refused(
    whole: Project, tmp_path: Path, damage: Callable[[dict[str, Any]], object]
) -> None:
    told = report(whole, "brat", tmp_path)
    damage(told)
    with pytest.raises(ValidationError):
        Draft202012Validator(SCHEMA).validate(told)
