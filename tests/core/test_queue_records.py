"""States of reading, assignments, copies and saved filters go out as JSON Lines and come back without loss."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from annotator import Project

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/formats/hashiya-1.schema.json").read_text("utf-8"))
NOW = "2026-01-16T10:00:00.000Z"
NOBODY = "00000000-0000-4000-8000-000000000000"


def records(first: str, second: str, third: str) -> list[dict[str, Any]]:
    """What another project might say of three articles."""
    done = {"state": "done", "flagged": True, "note": "ملاحظة", "updated_at": NOW}
    begun = {"state": "", "flagged": False, "note": "", "updated_at": NOW}
    own = [
        {"type": "reading", "article": first, "reviewer": "سارة"} | done,
        {"type": "reading", "article": second, "reviewer": "سارة"} | begun,
        {"type": "assignment", "article": first, "reviewer": "عمر"},
        {"type": "copy", "article": second, "original": first},
        {"type": "apart", "one": first, "other": third},
        {"type": "filter", "name": "مهم", "query": "outlet:سانا state:todo"},
    ]
    return [{"schema": "hashiya/1"} | one for one in own]


@pytest.fixture
def three(project: Project, tmp_path: Path) -> tuple[str, str, str]:
    for name in ("b", "c"):
        (tmp_path / f"{name}.txt").write_text(f"مقال آخر {name}", encoding="utf-8")
    project.import_files([tmp_path / "b.txt", tmp_path / "c.txt"])
    first, second, third = sorted(one.id for one in project.articles())
    return first, second, third


def write(path: Path, lines: list[dict[str, Any]]) -> Path:
    path.write_text("".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in lines), encoding="utf-8")
    return path


def queue_of(path: Path) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for line in lines:
        Draft202012Validator(SCHEMA).validate(line)
    return [line for line in lines if line.get("type") in ("reading", "assignment", "copy", "apart", "filter")]


def test_everything_of_the_queue_goes_out_and_comes_back(
    project: Project, three: tuple[str, str, str], tmp_path: Path
) -> None:
    given = records(*three)
    report = project.import_files([write(tmp_path / "in.jsonl", given)])
    assert report.failed == []
    first = project.export("jsonl", tmp_path / "a.jsonl").path
    assert queue_of(first) == given
    assert project.reviewers() == ["R1", "سارة", "عمر"]
    with Project.create(tmp_path / "b.hashiya", reviewer="R2") as other:
        assert other.import_files([first]).failed == []
        assert other.export("jsonl", tmp_path / "b.jsonl").path.read_bytes() == first.read_bytes()
        assert other.check().problems == ()


def test_it_is_one_step_and_what_is_there_stays(project: Project, three: tuple[str, str, str], tmp_path: Path) -> None:
    given = records(*three)
    told: list[dict[str, tuple[str, ...]]] = []
    project.subscribe(lambda change: told.append(dict(change.ids)))
    project.import_files([write(tmp_path / "in.jsonl", given)])
    assert told[-1]["reading"] == three[:2]
    assert (told[-1]["assignment"], told[-1]["copy"], told[-1]["filter"]) == ((three[0],), (three[1],), ("مهم",))
    out = tmp_path / "out.jsonl"
    for _ in range(2):
        assert project.undo()
        assert queue_of(project.export("jsonl", out).path) == []
        assert project.redo()
        assert queue_of(project.export("jsonl", out).path) == given
    written = project.stats().operations
    given[0] = given[0] | {"note": "أخرى"}
    project.import_files([write(tmp_path / "in.jsonl", given)])
    assert project.stats().operations == written
    assert project.check().problems == ()


@pytest.mark.parametrize(
    ("number", "damage", "words"),
    [
        (0, {"state": "half"}, "state of reading"),
        (0, {"flagged": 1}, "state of reading"),
        (0, {"reviewer": ""}, "name that is empty"),
        (0, {"note": None}, "wrong type"),
        (2, {"article": "x"}, "wrong type"),
        (2, {"article": NOBODY}, "not in the project"),
        (3, {"original": NOBODY}, "not in the project"),
        (4, {"other": NOBODY}, "not in the project"),
        (4, {"other": "x"}, "wrong type"),
        (5, {"query": 7}, "wrong type"),
        (5, {"type": "sorting"}, "unknown type"),
    ],
)
def test_a_damaged_record_is_refused_and_the_others_come_in(
    project: Project, three: tuple[str, str, str], tmp_path: Path, number: int, damage: dict[str, Any], words: str
) -> None:
    given = records(*three)
    given[number] = given[number] | damage
    report = project.import_files([write(tmp_path / "in.jsonl", given)])
    assert [words in str(one.reason) for one in report.failed] == [True]
    assert len(queue_of(project.export("jsonl", tmp_path / "out.jsonl").path)) == 5


def test_an_article_is_no_copy_of_itself(project: Project, three: tuple[str, str, str], tmp_path: Path) -> None:
    given = records(three[0], three[0], three[0])[3:5]
    copy, apart = project.import_files([write(tmp_path / "in.jsonl", given)]).failed
    assert "a copy of itself" in str(copy.reason)
    assert "apart from itself" in str(apart.reason)
