"""Roles, blind mode, lots, comparing and settling by the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator import Project
from annotator.cli import main
from tests.core.two_readers import two_readers


@pytest.fixture
def made(path: Path) -> tuple[str, str]:
    project, article = two_readers(path)
    project.close()
    return str(path), article


def ran(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    """What a command prints that ends with this exit code."""
    assert main(arguments) == code
    printed = capsys.readouterr()
    return printed.out if code == 0 else printed.err


def test_an_article_is_compared_and_settled(
    made: tuple[str, str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path, article = made
    lead = ("--reviewer", "Lead")
    shown = ran(capsys, "compare", path, article, *lead)
    assert "*0\t5-17\tboundary\tR1: الجيش السوري R2: الجيش" in shown
    assert "1 of 4 matches agreed, 3 differences." in shown
    record = json.loads(ran(capsys, "compare", path, article, "--json", *lead))
    assert [one["differences"][0]["kind"] if one["differences"] else "" for one in record["matches"]] == [
        "boundary", "frame", "", "only",
    ]  # fmt: skip
    assert "1 agreed" in ran(capsys, "settle", path, article, "--agreed", *lead)
    assert "3 differences are still open" in ran(capsys, "settle", path, article, *lead, code=1)
    ran(capsys, "settle", path, article, "--match", "0", "--take", "R1", "--reason", "guideline", *lead)
    ran(capsys, "settle", path, article, "--match", "1", "--take", "R2", *lead)
    assert "0 differences" in ran(capsys, "settle", path, article, "--match", "3", "--reason", "slip", *lead)
    ran(capsys, "settle", path, article, *lead)
    out = tmp_path / "out.jsonl"
    assert "3 annotations" in ran(
        capsys, "export", path, "--format", "jsonl", "--out", str(out), "--layer", "final", *lead
    )
    ran(capsys, "settle", path, article, "--reopen", *lead)
    with Project.open(path, reviewer="Lead") as project:
        assert [one.outcome for one in project.decisions(article)].count("none") == 1
        assert project.queue().rows[0].review == "compare"
    assert "Compare again" in ran(capsys, "settle", path, article, "--match", "9", *lead, code=1)


def test_roles_and_blind_mode(made: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    path, article = made
    assert ran(capsys, "role", path) == "Lead\tlead\nR1\treviewer\nR2\treviewer\n"
    assert "Only a lead" in ran(capsys, "role", path, "R1", "lead", "--reviewer", "R1", code=1)
    assert ran(capsys, "role", path, "R1", "lead", "--reviewer", "Lead") == "R1\tlead\n"
    assert ran(capsys, "blind", path) == "off\n"
    assert ran(capsys, "blind", path, "on", "--reviewer", "R1") == "on\n"
    assert ran(capsys, "state", path, "todo", article, "--reviewer", "R2")
    counts = json.loads(ran(capsys, "stats", path, "--json", "--reviewer", "R2"))
    assert counts["by_reviewer"] == {"R2": 3}
    assert "Two to six" in ran(capsys, "compare", path, article, "--reviewer", "R2", code=1)


def test_lots_and_the_workload(made: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    path, _ = made
    drawn = ran(
        capsys, "assign", path, "--double", "1", "--seed", "7", "--to", "R1", "--to", "R2", "--reviewer", "Lead"
    )
    assert drawn == "1 articles given out, 1 of them to two.\nR1\t1\nR2\t1\n"
    found = json.loads(ran(capsys, "workload", path, "--json"))["reviewers"]
    assert [(one["reviewer"], one["done"], one["double"]) for one in found] == [
        ("Lead", 0, 0),
        ("R1", 1, 1),
        ("R2", 1, 1),
    ]
    assert "R1\treviewer\tassigned:1\tnew:0\tprogress:0\tdone:1\tdouble:1" in ran(capsys, "workload", path)
    with pytest.raises(SystemExit) as stopped:
        main(["assign", path, "--to", "R1"])
    assert stopped.value.code == 2
