"""WebAnno TSV keeps texts and all that is marked, by the letter of its grammar."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given

from annotator import Project
from annotator.exporting import losses_path
from annotator.text.tokens import sentences
from annotator.writers.units import cut
from tests.core.one_article import Mark, marked_texts, written
from tests.core.trap_texts import trap_project
from tests.core.webanno_tsv import Read, read
from tests.core.whole_project import whole_project


def only(out: Path) -> tuple[str, list[Read], list[tuple[int, int]]]:
    return read((out / "00001.tsv").read_bytes())


def marked(project: Project, text: str, *marks: tuple[int, int, str], folder: Path) -> str:
    """Import a text, mark it and return its article."""
    path = folder / "in.txt"
    path.write_bytes(text.encode())
    [done] = project.import_files([path]).imported
    for start, end, label in marks:
        project.annotate(done.article, start, end, label)
    return done.article


@pytest.fixture
def empty(tmp_path: Path) -> Project:
    return Project.create(tmp_path / "empty.hashiya", reviewer="R1")


def test_frames_relations_and_verdicts_come_back(tmp_path: Path) -> None:
    with whole_project(tmp_path / "a.hashiya") as project:
        out = project.export("webanno", tmp_path / "out").path
        article = project.articles()[0]
        annotations = {one.id: one for one in project.annotations(article.id)}
        frames = project.frames(article.id)
        text = project.article(article.id).text
    back, found, _ = only(out)
    assert back == text
    spans = {one.values["hashiyaId"]: one for one in found if one.layer == "custom.Span"}
    assert {key: (one.start, one.end, one.values["label"]) for key, one in spans.items()} == {
        one.id: (one.start, one.end, one.label) for one in annotations.values()
    }
    [relation] = [one for one in found if one.layer == "custom.Relation"]
    assert relation.governor
    assert relation.dependent
    assert (relation.values["label"], relation.values["note"]) == ("contradicts", "x")
    assert (relation.start, relation.end) == (relation.dependent.start, relation.dependent.end)
    assert {one.values["value"] for one in found if one.layer == "custom.Verdict"} == {"contested", "refuted"}
    told = {one.values["claim"]: one for one in found if one.layer == "custom.ClaimFrame"}
    assert set(told) == set(frames)
    for claim, frame in frames.items():
        fillers = told[claim].roles
        assert ("claim", spans[claim]) in fillers
        for place in frame.places:
            assert ("place", spans[place.annotation]) in fillers
        cues = [one for role, one in fillers if role == "cue"]
        assert [text[one.start : one.end] for one in cues] == [cue.quote for cue in frame.cue]
        assert told[claim].values.get("time", "") == (frame.time.value if frame.time else "")


def test_a_part_of_a_word_is_a_sub_token(empty: Project, tmp_path: Path) -> None:
    with empty as project:
        marked(project, "وصل بدمشق أمس", (5, 9, "place"), (5, 13, "claim"), folder=tmp_path)
        out = project.export("webanno", tmp_path / "out").path
    rows = [line.split("\t")[:4] for line in (out / "00001.tsv").read_text("utf-8").split("\n") if line[:1] == "1"]
    assert rows == [
        ["1-1", "0-3", "وصل", "_"],
        ["1-2", "4-9", "بدمشق", "_"],
        ["1-2.1", "5-9", "دمشق", "claim[1]|place[2]"],
        ["1-3", "10-13", "أمس", "claim[1]"],
    ]


def test_offsets_are_utf16_units(empty: Project, tmp_path: Path) -> None:
    with empty as project:
        marked(project, "😀😀 حلب", (3, 6, "place"), folder=tmp_path)
        out = project.export("webanno", tmp_path / "out").path
    assert "1-3\t5-8\tحلب\tplace" in (out / "00001.tsv").read_text("utf-8")
    assert [(one.start, one.end) for one in only(out)[1]] == [(3, 6)]


def test_an_edge_in_white_space_keeps_its_place(empty: Project, tmp_path: Path) -> None:
    text = "\n قال.\n\nحلب \u200f ثم\t"
    marks = ((0, 4, "claim"), (6, 9, "actor"), (5, 7, "place"), (11, 13, "place"), (12, len(text), "claim"))
    with empty as project:
        marked(project, text, *marks, folder=tmp_path)
        out = project.export("webanno", tmp_path / "out").path
    back, found, _ = only(out)
    assert back == text
    assert {(one.start, one.end, one.values["label"]) for one in found} == set(marks)


def test_notes_with_reserved_signs_come_back(empty: Project, tmp_path: Path) -> None:
    note = "a\\b[1] | _ * -> ; \t x]\nسطر\\"
    with empty as project:
        article = marked(project, "حلب وحماة", (0, 3, "place"), (0, 9, "claim"), folder=tmp_path)
        for one in project.annotations(article):
            project.revise(one.id, note=note)
        out = project.export("webanno", tmp_path / "out").path
    assert {one.values["note"] for one in only(out)[1]} == {note}


def test_it_says_what_is_left_out(tmp_path: Path) -> None:
    with whole_project(tmp_path / "a.hashiya") as project:
        out = project.export("webanno", tmp_path / "out").path
    losses = {one["reason"]: one["count"] for one in json.loads(losses_path(out).read_text("utf-8"))["losses"]}
    assert losses == {"details": 1, "times": 58, "source_record": 1, "entity": 3}


def test_a_file_is_what_java_reads_line_by_line(tmp_path: Path) -> None:
    with trap_project(tmp_path / "traps.hashiya") as project:
        out = project.export("webanno", tmp_path / "out").path
    for path in out.glob("*.tsv"):
        data = path.read_bytes()
        assert b"\r" not in data
        assert data.count(b"\n\n\n") == 1
        assert data.endswith(b"\n")
        assert not data.endswith(b"\n\n")


@given(marked_texts())
def test_any_text_and_any_marks_come_back(given_text: tuple[str, list[Mark]]) -> None:
    text, marks = given_text
    back, found, tokens = read(written("webanno", text, marks)["00001.tsv"])
    assert back == text
    assert Counter((one.start, one.end, one.values["label"]) for one in found) == Counter(marks)
    assert all(one[1] <= other[0] for one, other in pairwise(tokens))


@given(marked_texts())
def test_sentences_leave_nothing_out_but_a_line_end(given_text: tuple[str, list[Mark]]) -> None:
    text, marks = given_text
    end = 0
    for sentence in cut(text, sentences(text), [(start, stop) for start, stop, _ in marks]):
        start = sentence.tokens[0][0]
        assert text[end:start] in ("", "\n")
        end = sentence.end
    assert end == len(text)
