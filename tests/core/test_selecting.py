"""What goes out of a project: a part of it, proved, whole or not at all, with its losses told."""

from __future__ import annotations

import json
import zipfile
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlite

from annotator import Project, formats
from annotator.errors import CannotWrite, FolderInTheWay, UnknownFormat, WouldLose, WrongSpan
from annotator.exporting import ExportCancelled, losses_path
from annotator.selecting import FINAL, Selection
from annotator.writers.target import Target, archive, folder, one_file


@pytest.fixture
def two_layers(project: Project, tmp_path: Path) -> Project:
    """A project with one article that two reviewers marked and one that only the first did."""
    (tmp_path / "b.txt").write_text("قصف الجيش حلب.", encoding="utf-8")
    other = project.import_files([tmp_path / "b.txt"]).imported[0].article
    first = next(one.id for one in project.articles() if one.id != other)
    project.annotate(first, 6, 26, "actor")
    project.annotate(other, 4, 9, "actor")
    project.annotate(other, 10, 13, "place")
    project.switch_reviewer("R2")
    project.annotate(first, 6, 26, "claim")
    return project


def out_of(project: Project, path: Path, selection: Selection) -> list[str]:
    project.export("jsonl", path, selection=selection)
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [one["label"] for line in lines for one in line.get("annotations", ())]


def test_labels_and_layers_are_chosen(two_layers: Project, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert out_of(two_layers, out, Selection()) == ["actor", "claim", "actor", "place"]
    assert out_of(two_layers, out, Selection(labels=frozenset({"actor"}))) == ["actor", "actor"]
    assert out_of(two_layers, out, Selection(layer="R2")) == ["claim"]
    assert out_of(two_layers, out, Selection(layer="nobody")) == []


def test_articles_are_chosen(two_layers: Project, tmp_path: Path) -> None:
    other = next(one.id for one in two_layers.articles() if "حلب" in one.text and len(one.text) < 20)
    report = two_layers.export("jsonl", tmp_path / "out.jsonl", selection=Selection(articles=frozenset({other})))
    assert (report.written, report.annotations) == (1, 2)
    assert [one.article.id for one in two_layers.stream(Selection(articles=frozenset({other})))] == [other]


def test_what_nobody_settled_is_no_final_layer(two_layers: Project, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert out_of(two_layers, out, Selection(layer=FINAL)) == ["actor", "place"]
    told = json.loads(losses_path(out).read_text("utf-8"))["losses"]
    unsettled = next(
        one.id for one in two_layers.articles() if len(two_layers.annotations(one.id)) == 2 and len(one.text) > 20
    )
    assert [(one["reason"], one["count"], one["ids"]) for one in told] == [("unsettled", 1, [unsettled])]


def test_relations_go_out_only_with_both_their_claims(project: Project, tmp_path: Path) -> None:
    article = project.articles()[0].id
    one, other = (project.annotate(article, start, start + 20, "claim") for start in (0, 30))
    project.relate(one.id, "contradicts", other.id)
    whole, part = tmp_path / "whole.jsonl", tmp_path / "part.jsonl"
    project.export("jsonl", whole)
    assert whole.read_text("utf-8").count('"type":"relation"') == 1
    project.export("jsonl", part, selection=Selection(layer="R9"))
    assert '"type":"relation"' not in part.read_text("utf-8")


def test_no_loss_is_said_too(project: Project, tmp_path: Path) -> None:
    project.export("jsonl", tmp_path / "out.jsonl")
    told = json.loads((tmp_path / "out.jsonl.losses.json").read_text("utf-8"))
    assert (told["format"], told["articles"], told["losses"]) == ("jsonl", 1, [])


def test_whoever_wants_everything_or_nothing_gets_it(project: Project, tmp_path: Path) -> None:
    with pytest.raises(WouldLose, match="source records"):
        project.export("brat", tmp_path / "out", strict=True)
    assert not list(tmp_path.glob("*out*"))
    assert project.export("jsonl", tmp_path / "out.jsonl", strict=True).losses == ()


def test_a_mark_that_is_not_its_words_stops_the_export(project: Project, tmp_path: Path) -> None:
    article = project.articles()[0]
    mark = project.annotate(article.id, 6, 26, "actor")
    damaged = sqlite.connect(str(project.path))
    damaged.execute("UPDATE annotation SET quote = replace(quote, 'و', 'ف')")
    damaged.commit()
    damaged.close()
    with pytest.raises(WrongSpan, match=mark.id) as told:
        project.export("jsonl", tmp_path / "out.jsonl")
    assert article.title in str(told.value)
    assert not list(tmp_path.glob("*out.jsonl*"))


def test_a_stopped_export_leaves_an_earlier_one_as_it_was(two_layers: Project, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_bytes(b"earlier")
    with pytest.raises(ExportCancelled):
        two_layers.export("jsonl", out, cancel=lambda: True)
    assert out.read_bytes() == b"earlier"
    assert list(tmp_path.glob("*.part")) == []


def test_formats_can_be_asked_for() -> None:
    assert formats.names()[:2] == ("jsonl", "csv")
    assert formats.writer_for("jsonl").ending == ".jsonl"
    with pytest.raises(UnknownFormat, match="jsonl, csv"):
        formats.writer_for("docx")


def write_half(place: AbstractContextManager[Target], error: Exception) -> None:
    with place as target, target.file("a/b.txt") as file:
        file.write(b"half")
        raise error


def test_a_folder_stands_only_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "out"
    with pytest.raises(CannotWrite):
        write_half(folder(path, ours=lambda _: False), OSError("no room for more"))
    assert list(tmp_path.iterdir()) == []
    with folder(path, ours=lambda _: False) as target, target.file("a/b.txt") as file:
        file.write(b"whole")
    assert (path / "a/b.txt").read_bytes() == b"whole"


def test_only_an_earlier_export_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.mkdir()
    (path / "letter.txt").write_text("mine")
    with pytest.raises(FolderInTheWay), folder(path, ours=lambda _: False):
        pass
    assert (path / "letter.txt").read_text() == "mine"
    with folder(path, ours=lambda _: True) as target, target.file("new.txt") as file:
        file.write(b"1")
    assert [one.name for one in path.iterdir()] == ["new.txt"]
    assert [one.name for one in tmp_path.iterdir()] == ["out"]


def test_an_archive_is_the_same_to_the_byte(tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        with archive(tmp_path / name) as target:
            for member in ("نص.txt", "b/c.txt"):
                with target.file(member) as file:
                    file.write(member.encode() * 1000)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as zipped:
        assert zipped.namelist() == ["نص.txt", "b/c.txt"]
        assert zipped.testzip() is None


def test_a_file_stands_only_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    with pytest.raises(ZeroDivisionError):
        write_half(one_file(path), ZeroDivisionError())
    assert list(tmp_path.iterdir()) == []
