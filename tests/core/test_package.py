"""A package: its receiver's own software understands and checks it, and whoever damages it is found out."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package
from pyld import jsonld

from annotator import PackageDetails, Project, formats
from annotator.errors import FolderInTheWay, MissingPackage, UnknownFormat, WouldLose
from annotator.package.table_schemas import KEYS, tables
from annotator.version import PROGRAM, VERSION
from annotator.writers.tables import OF_ARTICLES
from tests.core.trap_texts import trap_project
from tests.core.whole_project import whole_project

ROOT = Path(__file__).parents[2]
SAID = PackageDetails(
    "عنوان\nالحزمة", "CC-BY-4.0", "R1 (2026): عنوان", ("R1 <https://orcid.org/0000-0002-1825-0097>", "فريق الرصد")
)
# The terms of RO-Crate 1.1 that we use, as its context gives them; whatever is in no context is dropped by a processor.
CONTEXT = {
    "@context": {"File": "http://schema.org/MediaObject", "conformsTo": {"@id": "http://purl.org/dc/terms/conformsTo"}}
}
CONTEXT["@context"] |= {
    term: f"http://schema.org/{term}"
    for term in (
        "CreativeWork", "Dataset", "Person", "Organization", "Thing", "SoftwareApplication", "CreateAction", "about", "name",
        "description", "datePublished", "license", "creator", "hasPart", "mentions", "encodingFormat", "contentSize",
        "softwareVersion", "instrument", "result",
    )
}  # fmt: skip


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with whole_project(tmp_path_factory.mktemp("whole") / "whole.hashiya") as project:
        yield project


@pytest.fixture(scope="module")
def traps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with trap_project(tmp_path_factory.mktemp("traps") / "traps.hashiya") as project:
        yield project


def read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def mistakes(package: Path) -> list[str]:
    """What the Frictionless library finds wrong: the kind of each mistake, with the name of the file."""
    report = Package(str(package / "datapackage.json")).validate()
    return [*(error.type for error in report.errors), *(
        f"{task.name}: {error.type}" for task in report.tasks for error in task.errors
    )]  # fmt: skip


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# -- Frictionless Data -------------------------------------------------------------------------------------------------


def test_the_frictionless_library_finds_nothing_wrong(whole: Project, tmp_path: Path) -> None:
    out = tmp_path / "out"
    report = whole.export_package(["csv", "jsonl", "parquet", "xlsx", "brat", "geojson"], out, details=SAID)
    assert (report.written, report.annotations) == (1, 58)
    assert mistakes(out) == []
    rows = {
        one.name: one.read_rows() for one in Package(str(out / "datapackage.json")).resources if one.type == "table"
    }
    assert sorted(rows) == sorted(tables())
    assert len(rows["annotations"]) == 58
    assert {type(rows["annotations"][0][name]).__name__ for name in ("start", "to_confirm", "updated_at")} == {
        "int", "bool", "datetime",
    }  # fmt: skip


def test_texts_that_formats_trip_over_are_valid_too(traps: Project, tmp_path: Path) -> None:
    traps.export_package(["csv"], tmp_path / "out")
    assert mistakes(tmp_path / "out") == []


def test_an_empty_project_is_a_valid_package(tmp_path: Path) -> None:
    with Project.create(tmp_path / "empty.hashiya", reviewer="R1") as project:
        project.export_package(["csv", "jsonl"], tmp_path / "out")
    assert mistakes(tmp_path / "out") == []
    assert read(tmp_path / "out/datapackage.json")["created"]


@pytest.mark.parametrize(
    ("file", "old", "new", "found"),
    [
        ("data/csv/annotations.csv", b"actor", b"Actor", {"annotations: hash-count"}),
        ("data/csv/annotations.csv", b",0,5,", b",zero,5,", {"annotations: type-error", "annotations: hash-count"}),
        ("data/jsonl/project.jsonl", b"R1", b"R9", {"jsonl-project.jsonl: hash-count"}),
        ("losses/csv.json", b'"articles": 1', b'"articles": 2', {"losses-csv.json: hash-count"}),
        ("datapackage.json", b'"name": "hashiya-export"', b'"name": "x y"', {"package-error"}),
    ],
)
def test_the_frictionless_library_finds_what_was_damaged(
    whole: Project, tmp_path: Path, file: str, old: bytes, new: bytes, found: set[str]
) -> None:
    out = tmp_path / "out"
    whole.export_package(["csv", "jsonl"], out)
    content = (out / file).read_bytes()
    assert old in content
    (out / file).write_bytes(content.replace(old, new, 1))
    if found == {"package-error"}:
        with pytest.raises(Exception, match="package"):
            mistakes(out)
    else:
        assert set(mistakes(out)) >= found


def test_a_row_that_points_nowhere_is_found(whole: Project, tmp_path: Path) -> None:
    out = tmp_path / "out"
    whole.export_package(["csv"], out)
    articles = out / "data/csv/articles.csv"
    articles.write_bytes(articles.read_bytes().replace(whole.articles()[0].id.encode(), b"0" * 36))
    assert "annotations: foreign-key" in mistakes(out)


def test_a_row_that_is_there_twice_is_found(whole: Project, tmp_path: Path) -> None:
    out = tmp_path / "out"
    whole.export_package(["csv"], out)
    verdicts = out / "data/csv/verdicts.csv"
    verdicts.write_bytes(verdicts.read_bytes() + verdicts.read_bytes().splitlines(keepends=True)[1])
    assert "verdicts: primary-key" in mistakes(out)


def test_every_table_has_a_key_of_its_own_columns() -> None:
    columns = {table.name: {column.name for column in table.columns} for table in OF_ARTICLES}
    assert all(set(KEYS[name]) <= found for name, found in columns.items())
    assert set(KEYS) == set(tables())


def test_the_snippet_of_the_document_reads_a_package(
    whole: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole.export_package(["csv"], tmp_path / "package")
    monkeypatch.chdir(tmp_path)
    found: dict[str, Any] = {}
    [snippet] = re.findall(r"```python\n(.*?)```", (ROOT / "docs/formats/package.md").read_text("utf-8"), re.DOTALL)
    exec(snippet, found)
    assert len(found["claims"]) == 12


# -- RO-Crate ----------------------------------------------------------------------------------------------------------


def expanded(crate: dict[str, Any]) -> list[dict[str, Any]]:
    """The crate as a JSON-LD processor reads it; no context but that of RO-Crate is asked for, and none is fetched."""

    def load(address: str, options: object) -> dict[str, Any]:
        assert address == "https://w3id.org/ro/crate/1.1/context"
        return {"contextUrl": None, "documentUrl": address, "document": CONTEXT}

    found: list[dict[str, Any]] = jsonld.expand(crate, {"documentLoader": load, "base": "https://example.org/crate/"})
    return found


def test_a_json_ld_processor_understands_the_crate(whole: Project, tmp_path: Path) -> None:
    out = tmp_path / "out"
    whole.export_package(["csv", "jsonl"], out, details=SAID)
    crate = read(out / "ro-crate-metadata.json")
    graph = {one["@id"].removeprefix("https://example.org/crate/"): one for one in expanded(crate)}
    said = {one["@id"].removeprefix("./") for one in crate["@graph"]}
    assert set(graph) == said
    for one in crate["@graph"]:  # no term is dropped
        assert len(graph[one["@id"].removeprefix("./")]) == len(one), one
    root = graph[""]
    assert root["http://schema.org/license"][0]["@id"] == "https://spdx.org/licenses/CC-BY-4.0"
    assert root["http://schema.org/name"] == [{"@value": "عنوان الحزمة"}]
    assert root["https://schema.org/creditText"] == [{"@value": SAID.citation}]


def test_the_crate_is_built_as_its_specification_asks(whole: Project, tmp_path: Path) -> None:
    out = tmp_path / "out"
    whole.export_package(["csv", "jsonl"], out, details=SAID)
    graph = {one["@id"]: one for one in read(out / "ro-crate-metadata.json")["@graph"]}
    descriptor, root = graph["ro-crate-metadata.json"], graph["./"]
    assert (descriptor["@type"], descriptor["about"]) == ("CreativeWork", {"@id": "./"})
    assert descriptor["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    assert (root["@type"], root["datePublished"][:2]) == ("Dataset", "20")
    assert {"name", "description", "license"} <= set(root)
    named = [*root["hasPart"], *root["creator"], root["license"], root["mentions"]]
    assert all(one["@id"] in graph for one in named)
    told = {part["@id"]: graph[part["@id"]]["sha256"] for part in root["hasPart"]}
    files = files_of(out)
    assert set(told) == set(files) - {"ro-crate-metadata.json", "SHA256SUMS"}
    assert all(hashlib.sha256(files[name]).hexdigest() == digest for name, digest in told.items())
    assert graph["https://orcid.org/0000-0002-1825-0097"]["@type"] == "Person"
    assert graph["#creator-2"] == {"@id": "#creator-2", "@type": "Thing", "name": "فريق الرصد"}
    assert graph["#hashiya"]["softwareVersion"] == VERSION


def test_a_folder_of_many_files_is_one_entity(traps: Project, tmp_path: Path) -> None:
    with Project.create(tmp_path / "many.hashiya", reviewer="R1") as project:
        (tmp_path / "in").mkdir()
        for number in range(30):
            (tmp_path / f"in/{number}.txt").write_text(f"خبر {number}", encoding="utf-8")
        project.import_files([tmp_path / "in"])
        project.export_package(["brat"], tmp_path / "out")
    parts = [one["@id"] for one in read(tmp_path / "out/ro-crate-metadata.json")["@graph"]]
    assert "data/brat/" in parts
    assert not [one for one in parts if one.endswith(".ann")]
    assert len([one for one in read(tmp_path / "out/datapackage.json")["resources"] if one["format"] == "ann"]) == 30


# -- what else a receiver finds ----------------------------------------------------------------------------------------


def test_what_was_not_said_is_said_to_be_missing(whole: Project, tmp_path: Path) -> None:
    out = tmp_path / "out"
    whole.export_package(["csv"], out)
    descriptor = read(out / "datapackage.json")
    assert descriptor["hashiya"]["not_given"] == ["title", "licence", "citation", "creators"]
    assert not {"title", "licenses", "contributors", "citation"} & set(descriptor)
    root = read(out / "ro-crate-metadata.json")["@graph"][1]
    assert "Not given: title, licence, citation, creators." in root["description"]
    assert not {"license", "creator", "creditText"} & set(root)
    text = (out / "README.md").read_text("utf-8")
    assert "- Licence: None was given" in text
    assert "- الرخصة: لم تُذكر" in text


@pytest.mark.parametrize(
    ("licence", "said", "identity"),
    [
        ("CC0-1.0", {"name": "CC0-1.0"}, "https://spdx.org/licenses/CC0-1.0"),
        ("https://example.org/l", {"path": "https://example.org/l"}, "https://example.org/l"),
        ("للبحث فقط", {"name": "للبحث فقط"}, "#licence"),
    ],
)
def test_a_licence_is_a_key_an_address_or_a_sentence(
    whole: Project, tmp_path: Path, licence: str, said: dict[str, str], identity: str
) -> None:
    out = tmp_path / "out"
    whole.export_package(["jsonl"], out, details=PackageDetails(licence=licence))
    assert read(out / "datapackage.json")["licenses"] == [said]
    graph = {one["@id"]: one for one in read(out / "ro-crate-metadata.json")["@graph"]}
    assert graph[identity]["name"] == licence
    assert mistakes(out) == []


def test_counts_and_versions_are_those_of_the_project(whole: Project, tmp_path: Path) -> None:
    whole.export_package(["events", "csv"], tmp_path / "out")
    told, stats = read(tmp_path / "out/datapackage.json")["hashiya"], whole.stats()
    counts = told["counts"]
    assert (counts["articles"], counts["annotations"]) == (stats.articles, stats.annotations)
    assert counts["annotations_by_label"] == dict(stats.by_label)
    found = [counts[name] for name in ("claim_frames", "verdicts", "links", "relations", "entities", "reviewers")]
    assert found == [stats.frames, stats.verdicts, stats.links, stats.relations, stats.entities, 2]
    assert told["label_set_version"] == whole.label_set().version == 3
    assert told["program"] == PROGRAM
    labels = read(tmp_path / "out/labels.json")
    assert [one["key"] for one in labels["labels"]] == [one.key for one in whole.labels()]
    assert labels["version"] == 3


def test_the_guideline_is_as_old_as_its_last_definition(project: Project, tmp_path: Path) -> None:
    project.revise_label("actor", colour="#123456")  # changes the label set, but no definition
    project.export_package(["jsonl"], tmp_path / "out")
    told = read(tmp_path / "out/datapackage.json")["hashiya"]
    assert (told["label_set_version"], told["guideline_version"]) == (2, 1)


def test_the_readme_says_in_both_languages_what_a_claim_is(whole: Project, tmp_path: Path) -> None:
    whole.export_package(["csv", "brat"], tmp_path / "out", details=SAID)
    english, arabic = (tmp_path / "out/README.md").read_text("utf-8").split('<div dir="rtl">')
    assert "A claim is what somebody says, never a fact." in english
    assert "الادّعاء قول قائل وليس حقيقة أبدًا." in arabic
    for half in (english, arabic):
        assert "# عنوان الحزمة" in half
        assert all(words in half for words in ("CC-BY-4.0", SAID.citation, "فريق الرصد", "58", "`brat`", PROGRAM))
    assert "2 verdicts are left out." in english
    assert "تُركت الأحكام (2)." in arabic


def test_losses_are_inside_for_each_format(whole: Project, tmp_path: Path) -> None:
    report = whole.export_package(["csv", "brat"], tmp_path / "out")
    told = {name: read(tmp_path / f"out/losses/{name}.json") for name in ("csv", "brat")}
    assert told["csv"]["losses"] == []
    assert [one["reason"] for one in told["brat"]["losses"]] == [one.reason.key for one in report.losses["brat"]]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_hashes_prove_every_file(whole: Project, tmp_path: Path) -> None:
    out = tmp_path / "out"
    whole.export_package(["csv", "jsonl"], out)
    lines = (out / "SHA256SUMS").read_text("utf-8").splitlines()
    told = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    files = files_of(out)
    assert set(told) == set(files) - {"SHA256SUMS"}
    assert all(hashlib.sha256(files[name]).hexdigest() == digest for name, digest in told.items())


def test_an_increment_says_that_it_is_one(whole: Project, tmp_path: Path) -> None:
    out = tmp_path / "out"
    whole.export_package(["csv"], out, selection=whole.selection(since="2020-01-01"))
    assert read(out / "datapackage.json")["hashiya"]["since"] == "2020-01-01T00:00:00.000Z"
    assert list(read(out / "losses/csv.json")["removed"]) == ["annotation", "link"]
    assert "Only articles that changed since 2020-01-01T00:00:00.000Z are here" in (out / "README.md").read_text(
        "utf-8"
    )
    assert mistakes(out) == []


# -- folder and ZIP ----------------------------------------------------------------------------------------------------


def test_a_zip_holds_the_same_as_a_folder(whole: Project, tmp_path: Path) -> None:
    for name in ("out", "out.zip", "again.zip"):
        whole.export_package(["csv", "jsonl", "spacy"], tmp_path / name, details=SAID)
    with zipfile.ZipFile(tmp_path / "out.zip") as zipped:
        assert zipped.testzip() is None
        assert {name: zipped.read(name) for name in zipped.namelist()} == files_of(tmp_path / "out")
        assert zipped.namelist() == sorted(zipped.namelist())
    assert (tmp_path / "out.zip").read_bytes() == (tmp_path / "again.zip").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["again.zip", "out", "out.zip"]


@pytest.mark.parametrize("name", formats.names())
def test_every_format_goes_into_a_package_as_it_goes_out_alone(whole: Project, tmp_path: Path, name: str) -> None:
    ending = formats.writer_for(name).ending
    alone = whole.export(name, tmp_path / f"alone{ending}").path
    whole.export_package([name], tmp_path / "out")
    inside = tmp_path / f"out/data/{name}"
    if ending:
        assert (inside / f"project{ending}").read_bytes() == alone.read_bytes()
    else:
        assert files_of(inside) == files_of(alone)


def test_only_an_earlier_package_is_replaced(whole: Project, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for names in (["csv"], ["jsonl"]):
        whole.export_package(names, out)
    assert [path.name for path in (out / "data").iterdir()] == ["jsonl"]
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/README.md").write_text("mine")
    with pytest.raises(FolderInTheWay):
        whole.export_package(["csv"], tmp_path / "mine")
    assert (tmp_path / "mine/README.md").read_text() == "mine"


def test_a_package_that_would_lose_something_is_refused(whole: Project, tmp_path: Path) -> None:
    with pytest.raises(WouldLose, match="verdicts"):
        whole.export_package(["jsonl", "brat"], tmp_path / "out", strict=True)
    with pytest.raises(UnknownFormat):
        whole.export_package(["jsonl", "pdf"], tmp_path / "out.zip")
    assert list(tmp_path.iterdir()) == []
    assert whole.export_package(["jsonl"], tmp_path / "out", strict=True).losses == {"jsonl": ()}


def test_a_package_of_a_format_whose_software_is_missing_leaves_nothing(
    whole: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingPackage):
        whole.export_package(["jsonl", "parquet"], tmp_path / "out.zip")
    assert list(tmp_path.iterdir()) == []


def test_all_formats_see_the_project_in_one_state(whole: Project, tmp_path: Path) -> None:
    """Another program adds an annotation between two formats."""
    done: list[int] = []

    def interfere(seen: int, total: int) -> None:
        if not done:
            done.append(seen)
            article = whole.articles()[0].id
            whole.annotate(article, 0, 3, "actor")

    with Project.open(whole.path, read_only=True) as reader:
        reader.export_package(["jsonl", "csv"], tmp_path / "out", progress=interfere)
    assert done
    told = [read(tmp_path / f"out/losses/{name}.json")["annotations"] for name in ("jsonl", "csv")]
    whole.undo()
    assert told == [58, 58]


# -- on the command line -----------------------------------------------------------------------------------------------


def hashiya(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "main.py"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_command_line_makes_a_package(whole: Project, tmp_path: Path) -> None:
    said = ("--title", "عنوان", "--licence", "CC0-1.0", "--citation", "كذا", "--creator", "R1", "--creator", "R2")
    chosen = ("--articles", "label:claim", "--since", "2020-01-01", "--labels", "claim,actor")
    done = hashiya(
        "export", whole.path, "--package", "--format", "csv,jsonl", "--out", tmp_path / "out.zip", *said, *chosen
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "csv: Nothing was lost.\njsonl: Nothing was lost." in done.stdout
    with zipfile.ZipFile(tmp_path / "out.zip") as zipped:
        zipped.extractall(tmp_path / "out")
    descriptor = read(tmp_path / "out/datapackage.json")
    assert descriptor["hashiya"]["not_given"] == []
    assert [one["title"] for one in descriptor["contributors"]] == ["R1", "R2"]
    assert set(descriptor["hashiya"]["counts"]["annotations_by_label"]) == {"claim", "actor"}
    assert mistakes(tmp_path / "out") == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--articles", "colour:red"), "At character 1"),
        (("--since", "yesterday"), "is no moment"),
        (("--package", "--format", "csv,docx"), "no export format"),
    ],
)
def test_the_command_line_says_what_is_wrong(
    whole: Project, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    done = hashiya("export", whole.path, "--format", "jsonl", "--out", tmp_path / "out", *arguments)
    assert (done.returncode, words in done.stderr, len(done.stderr.splitlines())) == (1, True, 1)
    assert list(tmp_path.iterdir()) == []
