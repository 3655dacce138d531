"""A package, and an increment, that must not tell something does not tell it anywhere."""

from __future__ import annotations

import json
from pathlib import Path

from annotator import Project, redaction
from tests.core.whole_project import whole_project


def everything(folder: Path) -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted(folder.rglob("*")) if path.is_file())


def hidden(path: Path) -> Project:
    project = whole_project(path)
    project.set_sensitive([one.id for one in project.entities() if one.name == "دير حافر"])
    project.revise_label("place", example="في [دير حافر]")
    return project


def test_a_package_is_as_redacted_as_what_is_in_it(tmp_path: Path) -> None:
    with hidden(tmp_path / "a.hashiya") as project:
        profile = redaction.profile_of("public")
        project.export_package(["csv", "jsonl"], tmp_path / "open")
        project.export_package(["csv", "jsonl"], tmp_path / "out", redaction=profile)
    assert "دير حافر" in everything(tmp_path / "open")
    told = everything(tmp_path / "out")
    assert "دير حافر" not in told
    assert "R1" not in told


def test_what_was_removed_is_told_by_the_ids_that_the_receiver_knows(tmp_path: Path) -> None:
    with hidden(tmp_path / "a.hashiya") as project:
        profile = redaction.profile_of("public")
        mark = project.annotations(project.articles()[0].id)[-1]
        project.export("jsonl", tmp_path / "first.jsonl", redaction=profile)
        before = (tmp_path / "first.jsonl").read_text("utf-8")
        project.switch_reviewer(mark.reviewer)
        project.remove(mark.id)
        project.export(
            "jsonl", tmp_path / "next.jsonl", redaction=profile, selection=project.selection(since="2020-01-01")
        )
    report = (tmp_path / "next.jsonl.losses.json").read_text("utf-8")
    assert mark.id not in report
    after = (tmp_path / "next.jsonl").read_text("utf-8")
    gone = json.loads(report)["removed"]["annotation"]
    assert len([one for one in gone if one in before and one not in after]) == 1
