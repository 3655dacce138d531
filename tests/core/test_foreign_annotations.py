"""Marks that other tools made come in with offsets that are proved, and what does not fit is said."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator import Project
from annotator.readers import reader_for
from annotator.readers.draft import Options
from annotator.readers.marks import CODE_POINTS, UTF16, Marks, RawMark, settle
from annotator.readers.source_file import in_memory
from annotator.reports import ImportReport
from annotator.text.canonical import canonical, canonical_line_ends

TEXT = "😀 قصف الجيش السوري قرية حميمة في ريف حلب، وأعلنت وزارة الدفاع ذلك."
WORDS = {"actor": "الجيش السوري", "place": "حميمة", "منظمة": "وزارة الدفاع"}


def place(words: str, text: str = TEXT, *, utf16: bool = False) -> tuple[int, int]:
    start = text.index(words)
    end = start + len(words)
    return (start + 1, end + 1) if utf16 else (start, end)  # there is one 😀, before all of it


def bring(project: Project, folder: Path, content: Any, name: str = "in.json") -> ImportReport:
    text = "\n".join(map(json.dumps, content)) if name.endswith("l") else json.dumps(content)
    (folder / name).write_text(text, encoding="utf-8")
    report = project.import_files([folder / name])
    assert project.check().problems == ()
    return report


def marked(project: Project, report: ImportReport) -> list[tuple[str, str, str]]:
    [one] = report.imported
    return [(mark.label, mark.quote, mark.reviewer) for mark in project.annotations(one.article)]


def said(report: ImportReport) -> list[str]:
    return [str(one.reason) for one in (*report.failed, *report.skipped)]


EXPECTED = [(label, words, "R1") for label, words in WORDS.items()]


@pytest.mark.parametrize("form", ["label", "labels", "entities", "old"])
def test_doccano(project: Project, tmp_path: Path, form: str) -> None:
    spans = [(*place(words), label) for label, words in WORDS.items()]
    record: dict[str, Any] = {"text": TEXT, "title": "عنوان"}
    if form in ("label", "labels"):
        record[form] = [list(one) for one in spans]
    else:
        named = [
            {"id": n, "start_offset": one[0], "end_offset": one[1], "label": one[2]} for n, one in enumerate(spans)
        ]
        record["entities" if form == "entities" else "annotations"] = named
        record["relations"] = [{"id": 1, "from_id": 0, "to_id": 1, "type": "in"}]
    report = bring(project, tmp_path, [record], "in.jsonl")
    assert marked(project, report) == EXPECTED
    assert report.imported[0].title == "عنوان"
    assert "keeps no words with its marks" in str(report.imported[0].notes[-1])
    assert [label.key for label in project.labels()] == ["actor", "place", "claim", "منظمة"]
    assert said(report) == ([] if form in ("label", "labels") else ["Not taken: relations between marks (1)."])


def region(label: str, words: str, identity: str, *, utf16: bool, **more: Any) -> dict[str, Any]:
    start, end = place(words, utf16=utf16)
    value = {"start": start, "end": end, "text": words, "labels": [label]}
    return {"id": identity, "type": "labels", "from_name": "label", "to_name": "text", "value": value} | more


def task(*results: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "id": 7,
        "data": {"text": TEXT, "title": "عنوان", "outlet": "سانا"},
        "annotations": [{"result": list(results)} | more],
    }


@pytest.mark.parametrize("utf16", [True, False])
def test_label_studio_in_the_unit_that_its_words_prove(project: Project, tmp_path: Path, utf16: bool) -> None:
    results = [region(label, words, label, utf16=utf16) for label, words in WORDS.items()]
    note = {"id": "place", "type": "textarea", "value": {"text": ["ملاحظة"]}}
    choice = {"id": "x", "type": "choices", "value": {"choices": ["news"]}}
    mode = {"id": "actor", "type": "choices", "from_name": "mode", "value": {"choices": ["reported"]}}
    link = {"type": "relation", "from_id": "actor", "to_id": "place", "labels": ["in"]}
    report = bring(
        project, tmp_path, [task(*results, note, choice, mode, link, completed_by={"email": "sara@example.org"})]
    )
    assert marked(project, report) == [(label, words, "sara@example.org") for label, words in WORDS.items()]
    article = project.article(report.imported[0].article)
    assert (article.title, article.outlet) == ("عنوان", "سانا")
    notes = [str(one) for one in article.source.warnings]
    assert notes == (["Its marks count in UTF-16; they were converted to code points."] if utf16 else [])
    assert [mark.note for mark in project.annotations(article.id)] == ["mode: reported", "ملاحظة", ""]
    assert said(report) == [
        "Not taken: labels of whole texts, and answers to questions about them (1).",
        "Not taken: relations between marks (1).",
    ]


def test_label_studio_keeps_annotators_apart_and_takes_no_predictions(project: Project, tmp_path: Path) -> None:
    one = region("place", "حميمة", "a", utf16=True)
    record = task(one, completed_by=3)
    record["annotations"] += [{"result": [one], "completed_by": 4}, {"result": [one], "was_cancelled": True}]
    record["predictions"] = [{"result": [one, one]}]
    report = bring(project, tmp_path, [record])
    assert sorted(marked(project, report)) == [("place", "حميمة", f"Label Studio {n}") for n in (3, 4)]
    assert said(report) == [
        "Not taken: annotations that were cancelled (1).",
        "Not taken: predictions that nobody confirmed (2).",
    ]


def test_label_studio_in_its_short_form(project: Project, tmp_path: Path) -> None:
    start, end = place("حميمة", utf16=True)
    span = {"start": start, "end": end, "text": "حميمة", "labels": ["place"]}
    report = bring(project, tmp_path, [{"id": 1, "text": TEXT, "label": [span], "annotator": 3}])
    assert marked(project, report) == [("place", "حميمة", "Label Studio 3")]


def test_relations_between_claims_come_along(project: Project, tmp_path: Path) -> None:
    one, two = (
        region("claim", words, words[:2], utf16=True) for words in ("قصف الجيش السوري قرية حميمة", "وزارة الدفاع ذلك")
    )
    link = {"type": "relation", "from_id": "قص", "to_id": "وز", "labels": ["contradicts"]}
    report = bring(project, tmp_path, [task(one, two, link)])
    first, second = project.annotations(report.imported[0].article)
    [relation] = project.relations(first.id)
    assert (relation.a, relation.type, relation.b, relation.reviewer) == (first.id, "contradicts", second.id, "R1")
    assert (report.relations, said(report)) == (1, [])
    again = bring(project, tmp_path, [task(one, two, link)])
    assert (again.annotations, again.relations) == (0, 0)


def test_prodigy(project: Project, tmp_path: Path) -> None:
    spans = [
        dict(zip(("start", "end"), place(words), strict=True)) | {"label": label} for label, words in WORDS.items()
    ]
    start, end = place("حميمة")
    tokens = [{"text": "حميمة", "start": start, "end": end, "id": 0}]
    spans[1] |= {"token_start": 0, "token_end": 0}
    accepted = {
        "text": TEXT,
        "spans": spans,
        "tokens": tokens,
        "answer": "accept",
        "_annotator_id": "sara",
        "meta": {"source": "سانا"},
    }
    rejected = {"text": f"آخر {TEXT}", "spans": spans, "answer": "reject"}
    ignored = {"text": f"ثالث {TEXT}", "spans": spans[:1], "answer": "ignore"}
    report = bring(project, tmp_path, [accepted, rejected, ignored], "in.jsonl")
    assert len(report.imported) == 3
    assert report.annotations == 3
    marks = project.annotations(report.imported[0].article)
    assert [(mark.label, mark.quote, mark.reviewer) for mark in marks] == [(*one[:2], "sara") for one in EXPECTED]
    assert project.article(report.imported[0].article).outlet == "سانا"
    assert said(report) == ["Not taken: marks of answers that were rejected or ignored (4)."]


def web(identity: str, label: str, words: str, start: int | None, end: int | None, **quote: str) -> dict[str, Any]:
    selectors: list[dict[str, Any]] = [{"type": "TextQuoteSelector", "exact": words, **quote}]
    if start is not None:
        selectors.append({"type": "TextPositionSelector", "start": start, "end": end})
    bodies = [
        {"type": "TextualBody", "purpose": "tagging", "value": label},
        {"type": "TextualBody", "purpose": "commenting", "value": "ملاحظة"},
    ]
    return {
        "id": f"urn:x:{identity}", "type": "Annotation", "creator": {"name": "سارة"}, "body": bodies,
        "target": {"source": "text.txt", "selector": selectors},
    }  # fmt: skip


def test_web_annotations_by_position_and_by_words(project: Project, tmp_path: Path) -> None:
    text = f"{TEXT}\nوفي حميمة أيضا."
    second = text.rindex("حميمة")
    items = [
        web("a", "actor", "الجيش السوري", *place("الجيش السوري")),
        web("b", "place", "حميمة", 1, 3, prefix="وفي ", suffix=" أيضا"),
        web("c", "place", "وزارة الدفاع", None, None),
        web("d", "place", "حميمة", None, None),
        web("e", "place", "دمشق", 5, 9),
    ]
    other = {"id": "urn:x:f", "type": "Annotation", "motivation": "assessing", "body": "نعم", "target": "urn:x:a"}
    page = {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": [*items, other]}
    (tmp_path / "w").mkdir()
    (tmp_path / "w/text.txt").write_bytes(text.encode())
    (tmp_path / "w/notes.jsonld").write_text(json.dumps(page), encoding="utf-8")
    report = project.import_files([tmp_path / "w"])
    [one] = report.imported
    marks = project.annotations(one.article)
    assert [(mark.label, mark.quote, mark.reviewer, mark.note) for mark in marks] == [
        ("actor", "الجيش السوري", "سارة", "ملاحظة"),
        ("place", "وزارة الدفاع", "سارة", "ملاحظة"),
        ("place", "حميمة", "سارة", "ملاحظة"),
    ]
    assert marks[2].start == second
    assert "2 of its marks were found by their words" in str(one.notes[-1])
    assert [line.split(":")[0] for line in said(report)[:2]] == ["The mark urn", "The mark urn"]
    assert said(report)[2] == "Not taken: annotations of other annotations (1)."


def test_web_annotations_find_the_text_of_the_same_name(project: Project, tmp_path: Path) -> None:
    (tmp_path / "w").mkdir()
    item = web("a", "actor", "الجيش السوري", *place("الجيش السوري"))
    item["target"]["source"] = {"id": "urn:uuid:1", "type": "Text"}
    (tmp_path / "w/00001.txt").write_bytes(TEXT.encode())
    (tmp_path / "w/00001.jsonld").write_text(json.dumps({"type": "AnnotationPage", "items": [item]}), encoding="utf-8")
    (tmp_path / "w/collection.jsonld").write_text(
        json.dumps({"type": "AnnotationCollection", "total": 1}), encoding="utf-8"
    )
    report = project.import_files([tmp_path / "w"])
    assert (len(report.imported), report.annotations, said(report)) == (1, 1, [])
    lost = bring(project, tmp_path, {"type": "AnnotationPage", "items": [item]}, "lost.jsonld")
    assert said(lost) == ["Item 1: the text it speaks of (urn:uuid:1) is not beside the file."]


@pytest.mark.parametrize(
    ("span", "words"),
    [
        ([0, 9999, "place"], "does not lie in the text"),
        ([5, 5, "place"], "does not lie in the text"),
        ([-5, 5, "place"], "does not lie in the text"),
        ([2, "x", "place"], "no whole number"),
        ([2, 5.5, "place"], "no whole number"),
        ([2, 5, " "], "no label"),
        ([2, 5, "x" * 81], "longer than 80 characters"),
    ],
)
def test_a_mark_that_does_not_fit_is_refused_and_the_others_come_in(
    project: Project, tmp_path: Path, span: list[Any], words: str
) -> None:
    report = bring(project, tmp_path, [{"text": TEXT, "label": [span, [*place("حميمة"), "place"]]}], "in.jsonl")
    assert marked(project, report) == [("place", "حميمة", "R1")]
    [reason] = said(report)
    assert reason.startswith("Line 1: The mark 1 was not taken: ")
    assert words in reason


def test_words_that_stand_nowhere_are_shown_as_they_are(project: Project, tmp_path: Path) -> None:
    start, end = place("حميمة")
    report = bring(
        project, tmp_path, [{"text": TEXT, "entities": [{"start": start, "end": end, "label": "place", "text": "حلب"}]}]
    )
    assert marked(project, report) == []
    assert said(report) == [f"Item 1: The mark 1 was not taken: at {start}–{end} stands “حميمة” and not “حلب”."]


def test_importing_twice_marks_nothing_twice_and_by_hand_neither(project: Project, tmp_path: Path) -> None:
    record = {"text": TEXT, "label": [[*place(words), label] for label, words in WORDS.items()]}
    report = bring(project, tmp_path, [record], "in.jsonl")
    written = project.stats().operations
    assert bring(project, tmp_path, [record], "in.jsonl").annotations == 0
    assert project.stats().operations == written
    assert project.undo()
    assert project.stats().annotations == 0
    assert project.redo()
    assert project.stats().annotations == 3
    project.switch_reviewer("R2")
    project.annotate(report.imported[0].article, *place("حميمة"), "place")
    assert bring(project, tmp_path, [record], "in.jsonl").annotations == 2
    assert project.stats().by_reviewer == {"R1": 3, "R2": 3}


def test_line_ends_of_the_file_are_counted_as_it_counts_them(project: Project, tmp_path: Path) -> None:
    text = TEXT.replace("، ", "،\r\n")
    spans = [
        {"start": text.index(words), "end": text.index(words) + len(words), "label": label, "text": words}
        for label, words in WORDS.items()
    ]
    report = bring(project, tmp_path, [{"text": text, "entities": spans}])
    assert marked(project, report) == EXPECTED
    assert "count its own line ends" in str(report.imported[0].notes[-1])


pieces = st.lists(
    st.sampled_from(["😀", "𐤀", "ب", "\r\n", "\n", "\r", " ", "ّ", "\u200f", "\ufeff"]), min_size=1, max_size=30
)


@given(pieces=pieces, counting=st.sampled_from([CODE_POINTS, UTF16]), as_read=st.booleans(), data=st.data())
def test_marks_land_on_their_words_however_a_tool_counts(
    pieces: list[str], counting: str, as_read: bool, data: st.DataObject
) -> None:
    """All places of a text at once settle the unit; each mark covers its own words then."""
    decoded = "".join(pieces) + "نهاية"
    text = canonical(decoded).text
    counted = decoded if as_read else text
    borders = [at for at in range(len(counted) + 1) if counted[at - 1 : at + 1] != "\r\n"]
    spans = sorted(
        data.draw(st.lists(st.tuples(st.sampled_from(borders), st.sampled_from(borders)), min_size=1, max_size=6))
    )

    def unit(at: int) -> int:
        return len(counted[:at].encode("utf-16-le")) // 2 if counting == UTF16 else at

    def words(start: int, end: int) -> str:
        found = canonical_line_ends(counted[start:end])
        return found.removeprefix("\ufeff") if as_read and not start else found

    marks = [RawMark(str(n), "place", unit(a), unit(b), words(a, b)) for n, (a, b) in enumerate(spans) if a < b]
    whole = RawMark("all", "place", unit(0), unit(len(counted)), words(0, len(counted)))
    settled = settle(Marks([whole, *marks], counting=counting), decoded, text)
    for one in settled.annotations:
        assert text[one.start : one.end] == one.quote
    assert text in {one.quote for one in settled.annotations}


KEYS = [
    "text", "data", "annotations", "completions", "predictions", "result", "value", "labels", "label", "type", "id",
    "start", "end", "entities", "relations", "spans", "tokens", "answer", "start_offset", "end_offset", "from_id",
    "to_id", "head_span", "child_span", "target", "selector", "source", "body", "purpose", "exact", "prefix",
    "suffix", "creator", "items", "first", "refinedBy", "meta", "completed_by", "globalOffsets", "motivation",
    "token_start", "token_end", "title", "date", "author", "schema",
]  # fmt: skip
WORTHS = ["", "labels", "relation", "textarea", "accept", "linking", "tagging", "TextQuoteSelector", "a.txt", TEXT]
leaves = st.none() | st.booleans() | st.integers(-3, 12) | st.floats(allow_nan=False) | st.sampled_from(WORTHS)
anything = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
    max_leaves=25,
)


@settings(max_examples=100, deadline=None)
@given(record=st.dictionaries(st.sampled_from(KEYS), anything, min_size=1, max_size=8), wrapped=st.booleans())
def test_no_record_of_any_shape_raises_anything(record: dict[str, Any], wrapped: bool) -> None:
    data = json.dumps([record, {"text": TEXT, "label": [[0, 3, "x"]]}] if wrapped else record).encode()
    for name in ("a.json", "a.jsonl", "a.jsonld"):
        source = replace(in_memory(name, data), beside=lambda other: in_memory(other, TEXT.encode()))
        for one in reader_for(source).read(source, Options()):
            for mark in getattr(one, "annotations", ()):
                assert one.text[mark.start : mark.end] == mark.quote
