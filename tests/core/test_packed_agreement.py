"""The agreement of the reviewers in a package: what the project says, on what is packed, and never in names that are hidden."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package
from jsonschema import Draft202012Validator

from annotator import Project, redaction
from annotator.cli import main
from annotator.exporting import ExportCancelled
from annotator.package import agreed
from annotator.selecting import Selection
from tests.core.read_by_two import both_read, unread

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs/formats/agreement-1.schema.json").read_text("utf-8"))


@pytest.fixture
def read(tmp_path: Path) -> Iterator[Project]:
    with unread(tmp_path) as project:
        both_read(project)
        yield project


def packed(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "agreement.json").read_text("utf-8"))
    Draft202012Validator(SCHEMA).validate(found)
    return found


def of_pair(record: dict[str, Any]) -> dict[str, Any]:
    [row] = [one for one in record["rows"] if one["by"] == "all" and one["pair"]]
    found: dict[str, Any] = row
    return found


def test_a_package_says_how_well_its_reviewers_agree(
    read: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    read.export_package(["jsonl"], tmp_path / "out")
    found = packed(tmp_path / "out")
    assert of_pair(found)["figures"]["f1"]["value"] == round(2 / 7, 6)
    assert main(["agreement", str(read.path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == found
    assert Package(str(tmp_path / "out/datapackage.json")).validate().valid
    assert "  agreement.json" in (tmp_path / "out/SHA256SUMS").read_text("utf-8")


def test_the_readme_tells_the_figures_in_both_languages(read: Project, tmp_path: Path) -> None:
    read.export_package(["jsonl"], tmp_path / "out")
    english, arabic = (tmp_path / "out/README.md").read_text("utf-8").split('<div dir="rtl">')
    assert "- `Amal` × `Basim`. Articles: 3\n  - Precision: 0.333 [" in english
    assert "  - F of equal spans: 0.286 [0.000, 0.500]" in english
    assert "α of what is meant" not in english  # nothing to compare: the record says why
    assert "`Amal` × `Basim`" in arabic
    assert "0.286 [0.000, 0.500]" in arabic
    assert "F of equal spans" not in arabic


def test_where_nobody_read_what_another_did_it_says_so(tmp_path: Path) -> None:
    with unread(tmp_path) as project:
        project.export_package(["jsonl"], tmp_path / "out")
    assert not (tmp_path / "out/agreement.json").exists()
    assert "No article in it was read by several reviewers." in (tmp_path / "out/README.md").read_text("utf-8")


def test_it_is_that_of_the_articles_and_labels_in_the_package(read: Project, tmp_path: Path) -> None:
    [first] = [one.id for one in read.articles() if "دير حافر" in one.text]
    only = Selection(articles=frozenset({first}), labels=frozenset({"actor"}))
    read.export_package(["jsonl"], tmp_path / "out", selection=only)
    found = packed(tmp_path / "out")
    assert of_pair(found)["figures"]["f1"]["value"] == 1.0
    assert {one["article"] for one in found["articles"]} == {first}
    assert {one["one"] for one in found["confusion"]} == {"actor"}


def test_one_layer_alone_has_none_and_the_final_one_that_of_the_layers(read: Project, tmp_path: Path) -> None:
    read.export_package(["jsonl"], tmp_path / "one", selection=Selection(layer="Amal"))
    assert not (tmp_path / "one/agreement.json").exists()
    read.export_package(["jsonl"], tmp_path / "final", selection=Selection(layer="final"))
    assert of_pair(packed(tmp_path / "final"))["articles"] == 3


def test_a_redacted_package_tells_neither_names_nor_titles_nor_their_order(read: Project, tmp_path: Path) -> None:
    profile = redaction.profile_of("public")
    read.export_package(["jsonl"], tmp_path / "open")
    read.export_package(["jsonl"], tmp_path / "out", redaction=profile)
    shown, found = packed(tmp_path / "open"), packed(tmp_path / "out")
    everything = "".join(path.read_text("utf-8") for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert not [name for name in ("Amal", "Basim", *(one.id for one in read.articles())) if name in everything]
    assert found["reviewers"] == sorted(found["reviewers"])
    assert {one["title"] for one in found["articles"]} == {""}
    assert all(row["differing"] == sorted(row["differing"]) for row in found["rows"])
    of_open, of_hidden = of_pair(shown)["figures"], of_pair(found)["figures"]
    same = ("f1", "f1_overlap", "kappa", "alpha_u")
    assert [of_open[name]["value"] for name in same] == [of_hidden[name]["value"] for name in same]
    told = [json.loads(line)["id"] for line in (tmp_path / "out/data/jsonl/project.jsonl").read_text().splitlines()[:3]]
    assert {one["article"] for one in found["articles"]} <= set(told)


def test_it_is_stopped_like_the_rest(read: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    began = False
    measured = agreed.measured

    def beginning(*given: Any, **named: Any) -> Any:
        nonlocal began
        began = True
        return measured(*given, **named)

    monkeypatch.setattr(agreed, "measured", beginning)
    with pytest.raises(ExportCancelled):
        read.export_package(["jsonl"], tmp_path / "out", cancel=lambda: began)
    assert not (tmp_path / "out").exists()
