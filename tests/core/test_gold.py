"""One careful result for the article that ships, read in and given out again."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from annotator import Project
from annotator.errors import NotGold, ReadOnlyProject
from annotator.file_errors import UnreadableFile

ROOT = Path(__file__).parents[2]
FILE = ROOT / "tests/data/seed_gold.json"
GOLD = json.loads(FILE.read_text("utf-8"))
SCHEMA = json.loads((ROOT / "docs/formats/hashiya-1.schema.json").read_text("utf-8"))
Prove = Callable[[Project, Callable[[], object]], None]


def test_gold_comes_in_and_goes_out(project: Project, tmp_path: Path) -> None:
    assert project.import_gold(FILE).annotations == 58
    [line] = project.export("jsonl", tmp_path / "out.jsonl").path.read_text("utf-8").splitlines()
    record = json.loads(line)
    Draft202012Validator(SCHEMA).validate(record)
    assert Counter(one["label"] for one in record["annotations"]) == {"actor": 35, "place": 11, "claim": 12}
    framed = {(one["start"], one["end"]): one["claim"] for one in record["annotations"] if "claim" in one}
    assert len(framed) == 12
    by_id = {one["id"]: one for one in GOLD["annotations"]}
    for one in GOLD["annotations"]:
        if one["label"] == "claim":
            assert_is(framed[one["start"], one["end"]], one, by_id)
    assert project.check().problems == ()
    assert project.stats().frames == 12


def assert_is(frame: dict[str, Any], gold: dict[str, Any], by_id: dict[str, Any]) -> None:
    assert (frame["mode"], frame["kind"]) == (gold["mode"], gold["kind"])
    assert [one["quote"] for one in frame["cue"]] == ([gold["cue"]["text"]] if gold["cue"] else [])
    for name in ("source", "via"):
        expected = by_id[gold[name]] if gold[name] else None
        words = (expected.get("form") or expected["text"]) if expected else None
        assert (frame[name] and frame[name]["words"]) == words


def test_gold_is_one_step_and_comes_only_once(project: Project, prove: Prove) -> None:
    prove(project, lambda: project.import_gold(FILE))
    written = project.stats().operations
    assert project.import_gold(FILE).annotations == 0
    assert project.stats().operations == written
    project.switch_reviewer("R2")
    assert project.import_gold(FILE).annotations == 58


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda gold: gold.pop("annotations"), "annotations"),
        (lambda gold: gold["article"].update(sha256="0" * 64), "no article"),
        (lambda gold: gold["annotations"][0].update(text="غير"), "غير"),
        (lambda gold: gold["annotations"][0].update(end=99999), "does not lie"),
        (lambda gold: gold["annotations"][1].update(source="zz"), "zz"),
        (lambda gold: gold["annotations"][1].update(source="p1"), "not marked as actor"),
        (lambda gold: gold["annotations"][1]["cue"].update(start="x"), "x"),
        (lambda gold: gold.update(annotations=7), "not iterable"),
    ],
)
def test_what_does_not_fit_marks_nothing(project: Project, tmp_path: Path, damage: Any, words: str) -> None:
    gold = json.loads(FILE.read_text("utf-8"))
    damage(gold)
    file = tmp_path / "bad.json"
    file.write_text(json.dumps(gold), encoding="utf-8")
    with pytest.raises(NotGold, match=words):
        project.import_gold(file)
    assert project.stats().annotations == 0


def test_no_file_and_no_json_are_said_so(project: Project, path: Path, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile):
        project.import_gold(tmp_path / "missing.json")
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    with pytest.raises(NotGold):
        project.import_gold(tmp_path / "bad.json")
    with Project.open(path, read_only=True) as reader, pytest.raises(ReadOnlyProject):
        reader.import_gold(FILE)
