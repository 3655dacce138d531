"""UIMA XMI is read by dkpro-cassis, with all that is marked, and its type system has the form of INCEpTION's layers."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

import orjson
import pytest
from cassis import Cas, load_cas_from_xmi, load_typesystem
from hypothesis import given

from annotator import Project
from annotator.exporting import losses_path
from annotator.values import frame_value
from tests.core.one_article import Mark, marked_texts, written
from tests.core.whole_project import whole_project

LAYERS = {"custom.Passage", "custom.Span", "custom.Verdict", "custom.ClaimFrame", "custom.Relation"}


def loaded(out: Path) -> Cas:
    return load_cas_from_xmi(out / "00001.xmi", typesystem=load_typesystem(out / "TypeSystem.xml"))


def lost(out: Path) -> dict[str, int]:
    return {one["reason"]: one["count"] for one in json.loads(losses_path(out).read_text("utf-8"))["losses"]}


@pytest.fixture
def empty(tmp_path: Path) -> Project:
    return Project.create(tmp_path / "empty.hashiya", reviewer="R1")


def test_all_that_is_marked_comes_back(tmp_path: Path) -> None:
    with whole_project(tmp_path / "a.hashiya") as project:
        cas = loaded(project.export("uima", tmp_path / "out").path)
        article = project.article(project.articles()[0].id)
        annotations = project.annotations(article.id)
        frames = project.frames(article.id)
        links = project.links(article.id)
        names = {one.id: one.name for one in project.entities()}
    spans = {one.hashiyaId: one for one in cas.select("custom.Span")}
    assert cas.sofa_string == article.text
    for one in annotations:
        back = spans[one.id]
        assert (back.begin, back.end, back.get_covered_text()) == (one.start, one.end, one.quote)
        assert (back.label, back.reviewer, back.note or "") == (one.label, one.reviewer, one.note)
        assert (back.createdAt, back.updatedAt, back.form or "") == (one.created_at, one.updated_at, one.form)
    for claim, frame in frames.items():
        [told] = [one for one in cas.select("custom.ClaimFrame") if one.claim == claim]
        assert orjson.loads(told.json) == orjson.loads(orjson.dumps(frame_value(frame)))
        fillers = [(link.role, link.target) for link in told.roles.elements]
        assert ("claim", claim) in [(role, getattr(one, "hashiyaId", "")) for role, one in fillers]
        assert [one.get_covered_text() for role, one in fillers if role == "cue"] == [cue.quote for cue in frame.cue]
    linked = {one.entity: one.entityName for one in spans.values() if one.entity}
    assert len(linked) == len({link.entity or link.answer for link in links.values()})
    assert linked | {"ambiguous": None} == {
        key: names[key] for key in linked.keys() - {"ambiguous"}
    } | {"ambiguous": None}  # fmt: skip


def test_relations_and_verdicts_come_back(tmp_path: Path) -> None:
    with whole_project(tmp_path / "a.hashiya") as project:
        cas = loaded(project.export("uima", tmp_path / "out").path)
        [relation] = {
            one for mark in project.annotations(project.articles()[0].id) for one in project.relations(mark.id)
        }
    [back] = cas.select("custom.Relation")
    assert (back.Governor.hashiyaId, back.label, back.Dependent.hashiyaId) == (relation.a, relation.type, relation.b)
    assert (back.begin, back.end) == (back.Dependent.begin, back.Dependent.end)
    verdicts = {(one.reviewer, one.value, one.reason) for one in cas.select("custom.Verdict")}
    assert verdicts == {("R1", "contested", "سبب"), ("R2", "refuted", "سبب آخر")}


def test_metadata_is_where_dkpro_keeps_it(tmp_path: Path) -> None:
    with whole_project(tmp_path / "a.hashiya") as project:
        cas = loaded(project.export("uima", tmp_path / "out").path)
        article = project.article(project.articles()[0].id)
    [metadata] = cas.select("de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData")
    assert (metadata.documentId, metadata.documentTitle, metadata.language) == (article.id, article.title, "ar")


def test_offsets_in_the_file_are_utf16_units(empty: Project, tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text("😀😀 حلب", "utf-8")
    with empty as project:
        [done] = project.import_files([tmp_path / "in.txt"]).imported
        project.annotate(done.article, 3, 6, "place")
        out = project.export("uima", tmp_path / "out").path
    [span] = ET.parse(out / "00001.xmi").iter("{http:///custom.ecore}Span")
    assert (span.get("begin"), span.get("end")) == ("5", "8")
    [back] = loaded(out).select("custom.Span")
    assert (back.begin, back.end) == (3, 6)


def test_characters_that_xml_forbids_are_replaced_and_told(empty: Project, tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text("قصف\x01 حلب\x1f", "utf-8")
    with empty as project:
        [done] = project.import_files([tmp_path / "in.txt"]).imported
        project.annotate(done.article, 5, 8, "place", note="\x02 & \"'<>\n\t")
        out = project.export("uima", tmp_path / "out").path
    cas = loaded(out)
    [back] = cas.select("custom.Span")
    assert cas.sofa_string == "قصف\ufffd حلب\ufffd"
    assert (back.get_covered_text(), back.note) == ("حلب", "\ufffd & \"'<>\n\t")
    assert lost(out)["xml_character"] == 1


def test_the_type_system_has_the_form_of_layers(empty: Project, tmp_path: Path) -> None:
    """INCEpTION makes layers of types right under Annotation: strings, links of role and target, Governor and Dependent."""
    with empty as project:
        types = load_typesystem(project.export("uima", tmp_path / "out").path / "TypeSystem.xml")
    found = {one.name: one for one in types.get_types() if one.name.startswith("custom.")}
    link = found.pop("custom.ClaimFrameRolesLink")
    assert set(found) == LAYERS
    assert link.supertype.name == "uima.cas.TOP"
    assert {one.name: one.rangeType.name for one in link.features} == {
        "role": "uima.cas.String",
        "target": "uima.tcas.Annotation",
    }
    for name, one in found.items():
        others = {feature.name for feature in one.features if feature.rangeType.name != "uima.cas.String"}
        expected = {"custom.ClaimFrame": {"roles"}, "custom.Relation": {"Governor", "Dependent"}}
        assert one.supertype.name == "uima.tcas.Annotation"
        assert one.description
        assert others == expected.get(name, set())


def test_it_says_what_is_left_out(tmp_path: Path) -> None:
    with whole_project(tmp_path / "a.hashiya") as project:
        out = project.export("uima", tmp_path / "out").path
    assert lost(out) == {"source_record": 1, "entity": 3}


@given(marked_texts())
def test_any_text_and_any_marks_come_back(given_text: tuple[str, list[Mark]]) -> None:
    text, marks = given_text
    files = written("uima", text, marks)
    types = load_typesystem(files["TypeSystem.xml"].decode())
    cas = load_cas_from_xmi(files["00001.xmi"].decode(), typesystem=types)
    assert cas.sofa_string == text
    found = Counter((one.begin, one.end, one.label) for one in cas.select("custom.Span"))
    assert found == Counter(marks)
