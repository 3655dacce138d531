"""brat's two files come in as one article with its marks."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator import Project
from annotator.reports import ImportReport

TEXT = "قصف الجيش السوري قرية حميمة\nفي ريف حلب، وأعلنت وزارة الدفاع ذلك."


def bring(project: Project, folder: Path, lines: list[str], text: bytes = TEXT.encode()) -> ImportReport:
    (folder / "brat").mkdir(exist_ok=True)
    (folder / "brat/a.txt").write_bytes(text)
    (folder / "brat/a.ann").write_text("\n".join(lines) + "\n", encoding="utf-8")
    report = project.import_files([folder / "brat"])
    assert project.check().problems == ()
    return report


def bound(name: str, label: str, *words: str, text: str = TEXT) -> str:
    places = ";".join(f"{text.index(one)} {text.index(one) + len(one)}" for one in words)
    return f"{name}\t{label} {places}\t{' '.join(words)}"


def said(report: ImportReport) -> list[str]:
    return [str(one.reason) for one in (*report.failed, *report.skipped)]


def test_text_and_marks_are_one_article(project: Project, tmp_path: Path) -> None:
    lines = [
        bound("T1", "Actor", "الجيش السوري"),
        bound("T2", "Place", "حميمة"),
        bound("T3", "Organisation", "وزارة الدفاع"),
        "A1\tNegation T1",
        "A2\tconfidence T1 high",
        "#1\tAnnotatorNotes T1\tملاحظة",
    ]
    (tmp_path / "brat").mkdir()
    (tmp_path / "brat/annotation.conf").write_text("[entities]", encoding="utf-8")
    report = bring(project, tmp_path, lines)
    [one] = report.imported
    article = project.article(one.article)
    assert (article.text, article.source.file, project.original(article.id)) == (TEXT, "a.txt", TEXT.encode())
    marks = project.annotations(article.id)
    assert [(mark.label, mark.quote) for mark in marks] == [
        ("actor", "الجيش السوري"), ("place", "حميمة"), ("Organisation", "وزارة الدفاع"),
    ]  # fmt: skip
    assert marks[0].note == "Negation\nconfidence: high\nملاحظة"
    assert said(report) == []
    assert project.import_files([tmp_path / "brat"]).annotations == 0


def test_a_mark_over_a_line_end_is_one_and_parts_that_lie_apart_are_several(project: Project, tmp_path: Path) -> None:
    lines = [bound("T1", "claim", "قرية حميمة", "في ريف حلب"), bound("T2", "actor", "الجيش", "الدفاع")]
    report = bring(project, tmp_path, lines)
    marks = project.annotations(report.imported[0].article)
    assert [(mark.label, mark.quote, mark.note) for mark in marks] == [
        ("actor", "الجيش", "T2: 1/2"), ("claim", "قرية حميمة\nفي ريف حلب", ""), ("actor", "الدفاع", "T2: 2/2"),
    ]  # fmt: skip


def test_relations_between_claims_are_taken_and_others_said(project: Project, tmp_path: Path) -> None:
    lines = [
        bound("T1", "claim", "قصف الجيش"), bound("T2", "claim", "وزارة الدفاع"), bound("T3", "place", "حميمة"),
        "R1\tcontradicts Arg1:T1 Arg2:T2", "R2\tplace Arg1:T1 Arg2:T3", "*\tEquiv T1 T2", "E1\tAttack:T1 Place:T3",
        "N1\tReference T3 Geonames:1\tHumaymah",
    ]  # fmt: skip
    report = bring(project, tmp_path, lines)
    first = project.annotations(report.imported[0].article)[0]
    assert [one.type for one in project.relations(first.id)] == ["contradicts"]
    assert said(report) == [
        "Not taken: events (1).",
        "Not taken: links to databases of other tools (1).",
        "Not taken: relations between marks (2).",
    ]


def test_what_does_not_fit_is_said_and_the_rest_comes_in(project: Project, tmp_path: Path) -> None:
    lines = [
        "T1\tplace 3 8\tحميمة",
        "T2\tplace 900 905\tحميمة",
        "nonsense",
        "T3\tplace x y\tz",
        bound("T4", "place", "حلب"),
    ]
    report = bring(project, tmp_path, lines)
    assert [mark.quote for mark in project.annotations(report.imported[0].article)] == ["حلب"]
    assert said(report) == [
        "The mark T1 was not taken: at 3–8 stands “ الجي” and not “حميمة”.",
        "The mark T2 was not taken: the span 900–905 does not lie in the text.",
        "Line 3: this is no line of brat stand-off.",
        "Line 4: this is no line of brat stand-off.",
    ]


@pytest.mark.parametrize("before", ["", "\ufeff"])
def test_texts_of_windows_are_counted_as_they_lie_there(project: Project, tmp_path: Path, before: str) -> None:
    text = before + TEXT.replace("\n", "\r\n")
    report = bring(project, tmp_path, [bound("T1", "place", "حلب", text=text)], text.encode())
    article = project.article(report.imported[0].article)
    assert article.text == TEXT
    assert [mark.quote for mark in project.annotations(article.id)] == ["حلب"]


def test_a_text_without_marks_and_marks_without_a_text(project: Project, tmp_path: Path) -> None:
    report = bring(project, tmp_path, [])
    assert (len(report.imported), report.annotations) == (1, 0)
    (tmp_path / "brat/a.txt").unlink()
    report = project.import_files([tmp_path / "brat"])
    assert said(report) == ["Line 1: the text it speaks of (a.txt) is not beside it."]


def test_both_files_chosen_at_once_are_one_article(project: Project, tmp_path: Path) -> None:
    bring(project, tmp_path, [bound("T1", "place", "حلب")])
    project.undo()
    report = project.import_files([tmp_path / "brat/a.txt", tmp_path / "brat/a.ann"])
    assert (len(report.imported), report.annotations, said(report)) == (1, 1, [])
