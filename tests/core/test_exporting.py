"""The work goes out: without loss as JSON Lines, as a table with its losses named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from annotator import Project
from annotator.errors import CannotWrite, UnknownFormat
from annotator.text.canonical import is_seen
from tests.core.whole_project import whole_project

ROOT = Path(__file__).parents[2]
GOLD = json.loads((ROOT / "tests/data/seed_gold.json").read_text("utf-8"))
SCHEMA = json.loads((ROOT / "docs/formats/hashiya-1.schema.json").read_text("utf-8"))
# Emoji with joiners, harakat, tatweel, bidi marks, NBSP, lam-alef, letters beyond the BMP, line ends and plain letters.
MARKS = ["\u0651", "\u064e", "\u0640", "\u200f", "\u202b", "\u2069", "\u00a0", "\n", "\r\n"]
ODD = [*MARKS, "😀", "👩\u200d🚀", "لا", "ﷲ", "𞸀", "𐤀", "م", " ", "N", "٣"]
texts = st.lists(st.sampled_from(ODD), min_size=1, max_size=60).map("".join).filter(is_seen)


def records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def mark_gold(project: Project) -> None:
    for one in GOLD["annotations"]:
        project.annotate(project.articles()[0].id, one["start"], one["end"], one["label"])


def test_a_record_is_as_its_schema_says(project: Project, tmp_path: Path) -> None:
    mark_gold(project)
    report = project.export("jsonl", tmp_path / "out.jsonl")
    assert (report.written, report.annotations, report.losses) == (1, 58, ())
    [record] = records(report.path)
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(record)
    order = ["schema", "id", "title", "outlet", "author", "date", "text", "sha256", "language", "direction"]
    order += ["boilerplate", "replaces", "source", "annotations"]
    assert list(record) == order
    for one in record["annotations"]:
        start, end = one["start"], one["end"]
        assert record["text"][start:end] == one["quote"]
        assert record["text"][:start].endswith(one["prefix"])
        assert record["text"][end:].startswith(one["suffix"])


def test_the_same_project_gives_the_same_bytes(project: Project, tmp_path: Path) -> None:
    mark_gold(project)
    first = project.export("jsonl", tmp_path / "1.jsonl").path.read_bytes()
    assert project.export("jsonl", tmp_path / "2.jsonl").path.read_bytes() == first


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(text=texts, data=st.data())
def test_nothing_is_lost_from_project_to_project(
    tmp_path_factory: pytest.TempPathFactory, text: str, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("trip")
    (folder / "a.txt").write_bytes(text.encode())
    with Project.create(folder / "a.hashiya", reviewer="R1") as project:
        report = project.import_files([folder / "a.txt"])
        article = project.article(report.imported[0].article)
        start = data.draw(st.integers(0, len(article.text) - 1))
        end = data.draw(st.integers(start + 1, len(article.text)))
        form = data.draw(st.sampled_from(["", "الجيش السوري"]))
        mark = project.annotate(article.id, start, end, "claim", note=text, form=form)
        assert mark.quote == article.text[start:end]
        first = project.export("jsonl", folder / "a.jsonl").path
        assert project.check().problems == ()
    with Project.create(folder / "b.hashiya", reviewer="R2") as other:
        again = other.import_files([first])
        assert (len(again.imported), again.annotations, again.failed) == (1, 1, [])
        assert other.annotations(article.id) == [mark]
        assert other.article(article.id) == article
        assert other.original(article.id) == text.encode()
        assert other.export("jsonl", folder / "b.jsonl").path.read_bytes() == first.read_bytes()
        assert other.check().problems == ()


def test_a_plain_form_goes_out_and_only_where_there_is_one(project: Project, tmp_path: Path) -> None:
    article = project.articles()[0].id
    project.annotate(article, 6, 26, "actor", form="وزارة الدفاع")
    project.annotate(article, 6, 20, "actor")
    [record] = records(project.export("jsonl", tmp_path / "out.jsonl").path)
    Draft202012Validator(SCHEMA).validate(record)
    with_form, without = record["annotations"]
    assert (with_form["form"], list(with_form)[-1]) == ("وزارة الدفاع", "form")
    assert list(without) == list(with_form)[:-1]


def test_importing_the_same_records_again_adds_nothing(project: Project, tmp_path: Path) -> None:
    mark_gold(project)
    out = project.export("jsonl", tmp_path / "out.jsonl").path
    report = project.import_files([out])
    assert (report.imported, len(report.skipped), report.annotations) == ([], 1, 0)


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda record: record.update(schema="other/9"), "not a record"),
        (lambda record: record.update(text=record["text"] + "x"), "SHA-256"),
        (lambda record: record["annotations"][0].update(end=99999), "does not lie"),
        (lambda record: record["annotations"][0].update(quote="غير"), "not the quote"),
        (lambda record: record["annotations"][0].pop("label"), "missing"),
        (lambda record: record.update(title=7), "wrong type"),
        (lambda record: record["annotations"][0].update(form=7), "wrong type"),
        (lambda record: record["source"].update(bytes_sha256="0" * 64), "original bytes"),
        (lambda record: record["source"].update(original="!"), "unpacked"),
    ],
)
def test_a_damaged_record_is_refused_with_its_line(project: Project, tmp_path: Path, damage: Any, words: str) -> None:
    mark_gold(project)
    [record] = records(project.export("jsonl", tmp_path / "out.jsonl").path)
    damage(record)
    bad = tmp_path / "bad.jsonl"
    bad.write_text(f"{{broken\n{json.dumps(record)}\n", encoding="utf-8")
    with Project.create(tmp_path / "b.hashiya", reviewer="R2") as other:
        report = other.import_files([bad])
        assert [str(one.reason)[:7] for one in report.failed] == ["Line 1:", "Line 2:"]
        assert words in str(report.failed[1].reason)
        assert len(other.articles()) == 0


def test_labels_and_reviewers_come_along(project: Project, tmp_path: Path) -> None:
    mark_gold(project)
    [record] = records(project.export("jsonl", tmp_path / "out.jsonl").path)
    record["annotations"][0]["label"] = "weapon"
    (tmp_path / "in.jsonl").write_text(json.dumps(record), encoding="utf-8")
    with Project.create(tmp_path / "b.hashiya", reviewer="R2") as other:
        other.import_files([tmp_path / "in.jsonl"])
        assert [label.key for label in other.labels()] == ["actor", "place", "claim", "weapon"]
        assert other.reviewers() == ["R1", "R2"]


def test_what_cannot_be_written_is_said_and_leaves_nothing(project: Project, tmp_path: Path) -> None:
    with pytest.raises(CannotWrite):
        project.export("jsonl", tmp_path / "no folder" / "out.jsonl")
    with pytest.raises(UnknownFormat, match="jsonl, csv"):
        project.export("pdf", tmp_path / "out.pdf")
    assert [path.name for path in tmp_path.iterdir() if "out" in path.name] == []


def test_everything_goes_out_and_comes_back(tmp_path: Path) -> None:
    with whole_project(tmp_path / "a.hashiya") as project:
        first = project.export("jsonl", tmp_path / "a.jsonl").path
        before = project.label_set(), project.entities(), list(project.claim_rows()), project.stats()
    kinds = [one.get("type", "article") for one in records(first)]
    assert kinds == ["label_set", "entity", "entity", "entity", "article", "relation"]
    for record in records(first):
        Draft202012Validator(SCHEMA).validate(record)
    with Project.create(tmp_path / "b.hashiya", reviewer="R1") as other:
        report = other.import_files([first])
        assert (report.failed, report.entities, report.relations) == ([], 3, 1)
        assert other.export("jsonl", tmp_path / "b.jsonl").path.read_bytes() == first.read_bytes()
        assert (other.label_set(), other.entities(), list(other.claim_rows())) == before[:3]
        assert (other.stats().frames, other.stats().links) == (before[3].frames, before[3].links)
        assert other.check().problems == ()
        written = other.stats().operations
        assert other.import_files([first]).annotations == 0
        assert other.stats().operations == written
        assert other.undo()
        assert (other.entities(), len(other.articles()), other.label_set().version) == ([], 0, 1)
        assert other.redo()
        assert other.export("jsonl", tmp_path / "b.jsonl").path.read_bytes() == first.read_bytes()


def test_a_project_with_labels_of_its_own_keeps_them_and_takes_what_it_lacks(tmp_path: Path) -> None:
    with whole_project(tmp_path / "a.hashiya") as project:
        first = project.export("jsonl", tmp_path / "a.jsonl").path
    with Project.create(tmp_path / "b.hashiya", reviewer="R1") as other:
        other.revise_label("claim", example="[غيره]")
        other.import_files([first])
        labels = {label.key: label for label in other.labels()}
        assert (labels["claim"].example, labels["weapon"].names["en"]) == ("[غيره]", "Weapon")
        assert (labels["weapon"].version, other.label_set().version) == (3, 3)
        assert other.check().problems == ()


def test_answers_that_a_project_does_not_know_come_along(project: Project, tmp_path: Path) -> None:
    mark_gold(project)
    article = project.articles()[0].id
    claim = next(one for one in project.annotations(article) if one.label == "claim")
    project.frame(claim.id, mode="direct", kind="call")
    text = project.export("jsonl", tmp_path / "out.jsonl").path.read_text("utf-8")
    (tmp_path / "in.jsonl").write_text(text.replace('"direct"', '"sung"').replace('"call"', '"song"'), encoding="utf-8")
    with Project.create(tmp_path / "b.hashiya", reviewer="R2") as other:
        other.import_files([tmp_path / "in.jsonl"])
        frame = other.frame_of(claim.id)
        assert frame is not None
        assert (frame.mode, frame.kind) == ("sung", "song")
        assert [one.values[-1].key for one in other.attributes()[:2]] == ["sung", "song"]
        assert other.frame(frame.claim, hedging="") == frame if other.reviewer == "R1" else True
        assert other.check().problems == ()
        assert other.undo()
        assert other.attributes()[0].values[-1].key == "unattributed"
        assert other.redo()
        assert other.attributes()[0].values[-1].key == "sung"


@pytest.mark.parametrize(
    ("kind", "damage", "words"),
    [
        ("article", lambda one: claim_of(one)["cue"][0].update(quote="غير"), "not the quote"),
        ("article", lambda one: claim_of(one)["cue"][0].update(end=99999), "not the quote"),
        ("article", lambda one: claim_of(one)["source"].update(kind="god"), "unknown kind"),
        ("article", lambda one: claim_of(one)["source"].update(annotation="x"), "missing or of the wrong type"),
        ("article", lambda one: claim_of(one)["time"].update(value="2026-02-30"), "28 days"),
        ("article", lambda one: claim_of(one).pop("about"), "missing"),
        ("article", lambda one: claim_of(one, 1).update(parent=one["annotations"][0]["id"]), None),
        ("article", lambda one: claim_of(one).update(parent=claims(one)[1]["id"]), "ring"),
        ("article", lambda one: one["annotations"][0].update(claim=claim_of(one)), "no claim"),
        ("article", lambda one: claims(one)[0]["verdicts"][0].update(reason=" "), "reason"),
        ("article", lambda one: one["annotations"][2].update(entity="somebody"), "wrong type"),
        ("entity", lambda one: one.update(kind="thing"), "unknown kind"),
        ("entity", lambda one: one.update(names=[]), "without a name"),
        ("entity", lambda one: one.update(latitude=99), "wrong type"),
        ("relation", lambda one: one.update(b=one["a"]), "itself"),
        ("relation", lambda one: one.update(b="00000000-0000-7000-8000-000000000000"), "not in the project"),
        ("label_set", lambda one: one["labels"][0].pop("colour"), "missing"),
        ("label_set", lambda one: one.update(type="music"), "unknown type"),
    ],
)
def test_what_is_damaged_is_refused_and_the_rest_comes_in(
    tmp_path: Path, kind: str, damage: Any, words: str | None
) -> None:
    with whole_project(tmp_path / "a.hashiya") as project:
        found = records(project.export("jsonl", tmp_path / "a.jsonl").path)
    damage(next(one for one in found if one.get("type", "article") == kind))
    bad = tmp_path / "bad.jsonl"
    bad.write_text("".join(f"{json.dumps(one)}\n" for one in found), encoding="utf-8")
    with Project.create(tmp_path / "b.hashiya", reviewer="R1") as other:
        report = other.import_files([bad])
        assert [words in str(one.reason) for one in report.failed[:1]] == ([True] if words else [])
        assert len(other.articles()) == (0 if kind == "article" and words else 1)
        assert other.check().problems == ()


def claims(record: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for one in record["annotations"] if "claim" in one]


def claim_of(record: dict[str, Any], at: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = claims(record)[at]["claim"]
    return found


def test_a_record_of_the_first_hashiya_still_comes_in(project: Project, tmp_path: Path) -> None:
    mark_gold(project)
    [record] = records(project.export("jsonl", tmp_path / "out.jsonl").path)
    for one in record["annotations"]:
        del one["label_set"]
    Draft202012Validator(SCHEMA).validate(record)
    (tmp_path / "old.jsonl").write_text(json.dumps(record), encoding="utf-8")
    with Project.create(tmp_path / "b.hashiya", reviewer="R2") as other:
        assert other.import_files([tmp_path / "old.jsonl"]).annotations == 58
        assert other.annotations(record["id"]) == project.annotations(record["id"])
