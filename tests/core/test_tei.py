"""A project as TEI: the text to the code point, spans beside it, claims as what somebody says, the register as lists."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from annotator import Project
from annotator.exporting import losses_path
from annotator.model import Annotation
from annotator.writers.xml_text import attribute, content
from tests.core import tei_reading as tei
from tests.core.tei_reading import ID, tag
from tests.core.whole_project import whole_project


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The project that has something of everything, its corpus, and the annotations of its article."""
    folder = tmp_path_factory.mktemp("tei")
    with whole_project(folder / "a.hashiya") as project:
        project.export("tei", folder / "out")
        article = project.articles()[0].id
        yield project, tei.parsed_corpus(folder / "out"), project.annotations(article)


def by_id(corpus: Any, identity: str) -> Any:
    (found,) = corpus.xpath("//*[@xml:id=$id]", id=identity)
    return found


def features(structure: Any) -> dict[str, Any]:
    """A feature structure as plain values; a pointer stays one."""
    return {one.get("name"): one.get("fVal") or value(one[0]) for one in structure.iterchildren(tag("f"))}


def value(node: Any) -> Any:
    if node.tag == tag("fs"):
        return features(node)
    if node.tag == tag("vColl"):
        return [value(one) for one in node]
    if node.tag == tag("numeric"):
        return float(node.get("value"))
    return node.get("value") == "true" if node.tag == tag("binary") else node.text


def frame_of(corpus: Any, claim: Annotation) -> dict[str, Any]:
    return features(by_id(corpus, f"frame-{claim.id}"))


def test_every_pointer_leads_somewhere(whole: Any) -> None:
    _, corpus, _ = whole
    here = {one.get(ID) for one in corpus.iter() if one.get(ID)}
    names = ("ana", "corresp", "resp", "who", "change", "fVal", "active", "passive", "target")
    pointers = [word for one in corpus.iter() for name in names for word in one.get(name, "").split()]
    assert len(pointers) > 200
    for pointer in pointers:
        target = pointer.split("#")[1]
        assert (target.split("(")[1].split(",")[0] if "(" in target else target) in here


def test_annotations_say_whose_they_are_and_what_they_mean(whole: Any) -> None:
    project, corpus, annotations = whole
    place = next(one for one in annotations if one.label == "place")
    span = by_id(corpus, f"annotation-{place.id}")
    entity = by_id(corpus, span.get("corresp").split("#")[1])
    assert [name.text for name in entity.iter(tag("placeName"))] == ["دير حافر"]
    assert entity.find(f".//{tag('geo')}").text == "36.159 37.707"
    reviewer = by_id(corpus, span.getparent().get("resp").split("#")[1])
    assert reviewer.find(tag("name")).text == place.reviewer
    changes = [by_id(corpus, pointer[1:]).get("when") for pointer in span.get("change").split()]
    assert changes[0] == place.created_at
    assert changes[-1] == place.updated_at
    doubtful = [one for one in corpus.iter(tag("span")) if "link.ambiguous" in one.get("ana", "")]
    assert len(doubtful) == 1
    assert project.check().problems == ()


def test_a_claim_is_what_somebody_says(whole: Any) -> None:
    project, corpus, annotations = whole
    article = project.articles()[0].id
    claims = [one for one in annotations if one.label == "claim"]
    for claim in claims:
        given = project.frames(article)[claim.id]
        frame = frame_of(corpus, claim)
        assert [one["quote"] for one in frame.get("cue", [])] == [one.quote for one in given.cue]
        assert frame.get("mode", "") == given.mode
        if given.source and given.source.annotation and not given.source.removed:
            assert frame["source"]["annotation"] == f"#annotation-{given.source.annotation}"
        assert frame.get("source", {}).get("words") == (given.source.words or None if given.source else None)
    assert frame_of(corpus, claims[0])["time"]["value"] == "2026-01-16"
    assert frame_of(corpus, claims[1])["parent"] == f"#annotation-{claims[0].id}"
    removed = [one for frame in project.frames(article).values() if (one := frame.source) and one.removed]
    told = [features(one).get("source", {}) for one in corpus.iter(tag("fs")) if one.get("type") == "claim"]
    assert sum(bool(one.get("removed")) for one in told) == len(removed)


def test_cues_and_other_words_stand_where_they_say(whole: Any) -> None:
    _, corpus, _ = whole
    (article,) = corpus.iter(tag("TEI"))
    text = tei.text_of(article)
    found = [one for one in article.iter(tag("string")) if one.get("corresp")]
    assert len(found) >= 10
    for one in found:
        start, end = tei.place_of(one.get("corresp"))
        assert text[start:end] == one.text


def test_verdicts_and_links_of_claims_have_their_reviewers(whole: Any) -> None:
    _, corpus, annotations = whole
    claims = [one for one in annotations if one.label == "claim"]
    verdicts = [one for one in corpus.iter(tag("fs")) if one.get("type") == "verdict"]
    told = [(by_id(corpus, one.get("resp").split("#")[1]).find(tag("name")).text, features(one)) for one in verdicts]
    assert [(name, one["value"], one["reason"]) for name, one in told] == [
        ("R1", "contested", "سبب"),
        ("R2", "refuted", "سبب آخر"),
    ]
    assert {one.get("corresp") for one in verdicts} == {f"#annotation-{claims[0].id}"}
    (link,) = corpus.iter(tag("link"))
    assert link.get("target").split() == [f"#annotation-{one.id}" for one in claims[:2]]
    assert by_id(corpus, link.get("ana")[1:]).get("n") == "contradicts"
    (note,) = [one for one in corpus.iter(tag("note")) if one.get("target") == f"#{link.get(ID)}"]
    assert note.text == "x"


def test_a_merged_entity_points_to_the_one_that_took_its_place(whole: Any) -> None:
    _, corpus, _ = whole
    (relation,) = [one for one in corpus.iter(tag("relation")) if one.get("name") == "isReplacedBy"]
    gone, taken = (by_id(corpus, relation.get(end)[1:]) for end in ("active", "passive"))
    assert gone.findtext(tag("orgName")) == "الجيش السوري"
    assert [(one.get("type"), one.text) for one in gone.iter(tag("idno"))] == [("wikidata", "Q1")]
    assert "abbr" in [one.get("type") for one in taken.iter(tag("orgName"))]
    assert by_id(corpus, taken.get("ana")[1:]).get("n") == "state_force"


def test_plain_forms_and_notes_are_kept(project: Project, article: str, tmp_path: Path) -> None:
    note = "سطر\nثانٍ & <أكثر>\tثم"
    one = project.annotate(article, 0, 4, "actor", note=note, form="شكل & آخر")
    project.export("tei", tmp_path / "out")
    corpus = tei.parsed_corpus(tmp_path / "out")
    (found,) = corpus.iter(tag("note"))
    assert (found.get("target"), found.text) == (f"#annotation-{one.id}", note)
    ((start, end, span),) = tei.marks_of(corpus.find(tag("TEI")))
    assert (start, end, tei.words_of(span), span.findtext(f".//{tag('reg')}")) == (0, 4, one.quote, "شكل & آخر")


def test_control_characters_are_a_loss_and_no_broken_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("قبل\x0bبعد\x01 حلب".encode())
    with Project.create(tmp_path / "a.hashiya", reviewer="R1") as project:
        (article,) = project.import_files([tmp_path / "a.txt"]).imported
        text = project.article(article.article).text
        project.annotate(article.article, 0, text.index(" "), "actor")
        project.annotate(article.article, text.index("حلب"), len(text), "place")
        report = project.export("tei", tmp_path / "out")
    assert [loss.count for loss in report.losses if loss.reason.key == "control_character"] == [1]
    assert article.article in losses_path(tmp_path / "out").read_text("utf-8")
    (found,) = tei.parsed_corpus(tmp_path / "out").iter(tag("TEI"))
    assert tei.text_of(found) == "قبل\ufffdبعد\ufffd حلب"
    assert [(start, tei.words_of(span)) for start, _, span in tei.marks_of(found)] == [
        (0, "قبل\ufffdبعد\ufffd"),
        (9, "حلب"),
    ]


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\ufffe\uffff", exclude_categories=["Cc", "Cs"])))
def test_any_text_comes_back_from_xml(text: str) -> None:
    text = f"{text}\r\n\t\x85\u2028"
    node = etree.fromstring(f'<a b="{attribute(text)}">{content(text)}</a>')
    assert (node.text, node.get("b")) == (text, text)
