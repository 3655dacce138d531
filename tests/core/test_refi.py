"""A project as REFI-QDA: annotations are selections with codings, what is said of a claim are codings, links and notes."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import RFC_4122, UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import Project
from annotator.writers.xml_text import derived_id
from tests.core.refi_reading import QdaProject, tag
from tests.core.whole_project import whole_project


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The project that has something of everything, and what an importer makes of it."""
    folder = tmp_path_factory.mktemp("refi")
    with whole_project(folder / "a.hashiya") as project:
        report = project.export("refi", folder / "out.qdpx")
        yield project, QdaProject(folder / "out.qdpx"), report


def test_annotations_are_selections_with_their_label_and_their_reviewer(whole: Any) -> None:
    project, qda, _ = whole
    article = project.articles()[0]
    ((title, text, selections),) = qda.sources()
    assert (title, text) == (article.title, project.article(article.id).text)
    found = {one.guid: one for one in selections}
    for one in project.annotations(article.id):
        selection = found[one.id]
        assert (selection.start, selection.end, selection.codes[0]) == (one.start, one.end, one.label)
        assert qda.users[selection.node.get("creatingUser")] == one.reviewer
        assert selection.node.get("creationDateTime") == f"{one.created_at[:19]}Z"


def test_an_entity_is_a_code_so_that_all_its_mentions_are_found(whole: Any) -> None:
    project, qda, report = whole
    article = project.articles()[0].id
    place = next(one for one in project.annotations(article) if one.label == "place")
    ((_, _, selections),) = qda.sources()
    assert "دير حافر" in next(one.codes for one in selections if one.guid == place.id)
    assert any("register: ambiguous" in one.codes for one in selections)
    (code,) = [one for one in qda.root.iter(tag("Code")) if one.get("name") == "دير حافر"]
    assert "36.159 37.707 (locality)" in code.findtext(tag("Description"))
    assert [loss.count for loss in report.losses if loss.reason.key == "merged_entity"] == [1]


def test_what_is_said_of_a_claim_are_codings_links_and_notes(whole: Any) -> None:
    project, qda, _ = whole
    article = project.articles()[0].id
    ((_, text, selections),) = qda.sources()
    found = {one.guid: one for one in selections}
    here = {one.id for one in project.annotations(article)}
    cues = {guid: one for guid, one in found.items() if one.codes == ["cue"]}
    for claim, frame in project.frames(article).items():
        assert {f"mode: {frame.mode}", f"kind: {frame.kind}"} - {"mode: ", "kind: "} <= set(found[claim].codes)
        told = [cues[end] for origin, name, end in qda.links() if origin == claim and name == "cue"]
        assert sorted(text[one.start : one.end] for one in told) == sorted({one.quote for one in frame.cue})
        if frame.source and frame.source.annotation in here:
            assert (claim, "source", frame.source.annotation) in qda.links()
        note = qda.notes[found[claim].node.findall(tag("NoteRef"))[0].get("targetGUID")]
        assert not frame.source or frame.source.words in note
    assert len(cues) >= 5


def test_verdicts_are_those_of_their_reviewers(whole: Any) -> None:
    project, qda, _ = whole
    article = project.articles()[0].id
    claim = next(one for one in project.annotations(article) if one.label == "claim")
    ((_, _, selections),) = qda.sources()
    node = next(one.node for one in selections if one.guid == claim.id)
    told = {}
    for coding in node.iter(tag("Coding")):
        code = qda.codes[coding.find(tag("CodeRef")).get("targetGUID")]
        if code.startswith("verdict"):
            note = coding.find(tag("NoteRef")).get("targetGUID")
            told[qda.users[coding.get("creatingUser")]] = (code, qda.notes[note])
    assert told == {"R1": ("verdict: contested", "سبب"), "R2": ("verdict: refuted", "سبب آخر")}


def test_links_between_claims_keep_their_notes(whole: Any) -> None:
    project, qda, report = whole
    one, two = [one for one in project.annotations(project.articles()[0].id) if one.label == "claim"][:2]
    (link,) = [one for one in qda.root.iter(tag("Link")) if one.get("name") == "contradicts"]
    assert (link.get("originGUID"), link.get("targetGUID")) == (one.id, two.id)
    assert qda.notes[link.find(tag("NoteRef")).get("targetGUID")] == "x"
    assert [loss.count for loss in report.losses if loss.reason.key == "relation_reviewer"] == [1]


def test_every_reference_leads_somewhere(whole: Any) -> None:
    _, qda, _ = whole
    here = {one.get("guid") for one in qda.root.iter()}
    names = ("targetGUID", "originGUID", "creatingUser", "modifyingUser")
    assert {one.get(name) for one in qda.root.iter() for name in names if one.get(name)} <= here


def test_entities_of_one_name_stay_two_codes(project: Project, article: str, tmp_path: Path) -> None:
    for latitude in (33.5, 36.2):
        project.add_entity("place", ["حلب"], latitude=latitude, longitude=37.1)
    project.add_entity("actor", ["place"])
    project.annotate(article, 0, 4, "place", note="سطر\nثانٍ", form="شكل")
    qda = QdaProject(project.export("refi", tmp_path / "out.qdpx").path)
    assert {"حلب", "حلب (2)", "place", "place (2)"} <= set(qda.codes.values())
    ((_, _, (selection,)),) = qda.sources()
    assert (selection.codes, selection.node.get("name")) == (["place"], "شكل")
    assert selection.node.findtext(tag("Description")) == "سطر\nثانٍ"


def test_what_is_known_of_an_article_are_variables(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("العنوان\r\nنص\x01".encode())
    with Project.create(tmp_path / "a.hashiya", reviewer="R1") as project:
        (done,) = project.import_files([tmp_path / "a.txt"]).imported
        project.describe(done.article, outlet="سانا", date="2026-01-16")
        project.annotate(done.article, 8, 11, "actor")
        report = project.export("refi", tmp_path / "out.qdpx")
    qda = QdaProject(report.path)
    names = {one.get("guid"): one.get("name") for one in qda.root.iter(tag("Variable"))}
    told = {
        names[one.find(tag("VariableRef")).get("targetGUID")]: one.findtext(tag("TextValue"))
        for one in qda.root.iter(tag("VariableValue"))
    }
    assert (told["outlet"], told["date"], told["language"]) == ("سانا", "2026-01-16", "ar")
    ((_, text, (selection,)),) = qda.sources()
    assert text == "العنوان\nنص\x01"
    assert selection.node.get("name") == "نص\ufffd"
    assert [loss.count for loss in report.losses if loss.reason.key == "control_character"] == [1]


@given(st.text())
def test_ids_that_follow_from_a_name_are_uuids_of_version_5(name: str) -> None:
    name = name.encode(errors="ignore").decode()
    found = UUID(derived_id("label", name))
    assert (found.version, found.variant) == (5, RFC_4122)
    assert str(found) == derived_id("label", name)
    assert found != UUID(derived_id("reviewer", name))
