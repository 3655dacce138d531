"""Files come in, whatever they are: what can be read is read, and the rest gets a sentence."""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path

import pytest

from annotator import Project
from annotator.reports import ImportReport
from annotator.survey import Pace

TEXT = "قصف الجيش السوري قرية حميمة في ريف حلب الشرقي اليوم الجمعة، وأعلنت وزارة الدفاع ذلك.\nثم انسحب.\n"


def bring(project: Project, folder: Path, data: bytes, *, encoding: str | None = None) -> ImportReport:
    file = folder / f"{hashlib.sha256(data).hexdigest()[:8]}.txt"
    file.write_bytes(data)
    return project.import_files([file], encoding=encoding)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("cp1256"), "windows-1256"),
        (TEXT.encode("iso8859-6"), "iso-8859-6"),
        (TEXT.replace("\n", "\r\n").encode("cp1256"), "windows-1256"),
        (TEXT.replace("\n", "\r").encode(), "utf-8"),
    ],
)
def test_every_encoding_gives_the_same_text(project: Project, tmp_path: Path, data: bytes, encoding: str) -> None:
    report = bring(project, tmp_path, data)
    assert [one.encoding for one in report.imported] == [encoding]
    assert (report.imported[0].confidence or 0) >= 0.9
    article = project.article(report.imported[0].article)
    assert article.text == TEXT
    assert article.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert article.source.bytes_sha256 == hashlib.sha256(data).hexdigest()
    assert project.original(article.id) == data
    assert (article.language, article.direction) == ("ar", "rtl")
    assert project.check().problems == ()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "holds no text"),
        (b" \n\n ", "holds no text"),
        (TEXT.encode()[:-14], "middle of a character"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00\x03\xff\xfe\x00\x01" * 9, "not a text file"),
        (TEXT.encode() + b"\0", "not a text file"),
        ((TEXT + "\ufdd0").encode(), "U+FDD0"),
    ],
)
def test_what_is_no_text_is_refused_and_the_rest_comes_in(
    project: Project, tmp_path: Path, data: bytes, words: str
) -> None:
    (tmp_path / "a-bad.txt").write_bytes(data)
    (tmp_path / "b-good.txt").write_bytes(TEXT.encode())
    report = project.import_files([tmp_path])
    assert len(report.imported) == 1
    assert [one.file.name for one in report.failed] == ["a-bad.txt"]
    assert words in str(report.failed[0].reason)


def test_joiners_and_marks_of_direction_are_text_in_an_old_encoding(project: Project, tmp_path: Path) -> None:
    text = "\u200fذكر المصدر أن عدد القتلى 12345 في مدينة دير\u200f حافر، وأن الجيش\u200c السوري انسحب\u200d.\u200e"
    report = bring(project, tmp_path, text.encode("cp1256"))
    assert (report.imported[0].encoding, project.articles()[-1].text) == ("windows-1256", text)


def test_the_encoding_can_be_given(project: Project, tmp_path: Path) -> None:
    report = bring(project, tmp_path, "دير".encode("iso8859-6"), encoding="iso-8859-6")
    assert project.article(report.imported[0].article).text == "دير"
    assert report.imported[0].confidence is None


@pytest.mark.parametrize(
    ("encoding", "words"), [("klingon", "not the name"), ("hex", "not the name"), ("ascii", "not valid")]
)
def test_a_wrong_encoding_is_said_so(project: Project, tmp_path: Path, encoding: str, words: str) -> None:
    report = bring(project, tmp_path, TEXT.encode(), encoding=encoding)
    assert words in str(report.failed[0].reason)


def test_the_same_text_twice_is_one_article(project: Project, tmp_path: Path) -> None:
    bring(project, tmp_path, TEXT.encode())
    report = bring(project, tmp_path, TEXT.encode("cp1256"))
    assert report.imported == []
    assert "already in the project" in str(report.skipped[0].reason)
    assert len(project.articles()) == 2


def test_a_missing_file_is_said_so(project: Project, tmp_path: Path) -> None:
    report = project.import_files([tmp_path / "nothing.txt"])
    assert "no such file" in str(report.failed[0].reason)


def test_the_seed_article_keeps_its_boilerplate(project: Project) -> None:
    text = project.articles()[0].text
    assert len(text) == 2000
    assert text[1919:].startswith("اترك تعليقاً")


def test_source_characters_stay_as_they_are(project: Project, tmp_path: Path) -> None:
    odd = "كِتَـــاب\u00a0\u200fألف\u0627\u0654 \u202bنص\u202c 😀\u200d👩 ﻻ \ufeffx\u0085y"
    report = bring(project, tmp_path, odd.encode())
    assert project.article(report.imported[0].article).text == odd


def test_an_import_can_be_stopped_and_keeps_what_came_in(project: Project, tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(f"مقال رقم {number}", encoding="utf-8")
    seen: list[Pace] = []
    report = project.import_files([tmp_path], progress=seen.append, cancel=lambda: len(seen) > 3)
    assert report.cancelled
    assert len(report.imported) == 3
    assert len(project.articles()) == 4
    assert (seen[0].files, seen[0].total_files, seen[0].bytes) == (0, 5, 0)


def test_what_is_marked_between_the_parts_of_an_import_is_a_step_of_its_own(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = project.articles()[0]
    folder = tmp_path / "more"
    folder.mkdir()
    for number in range(7):
        (folder / f"{number}.txt").write_text(f"{TEXT}{number}", "utf-8")
    monkeypatch.setattr("annotator.articles._PART", 0.0)
    parts = project.import_in_parts([folder])
    marked = [project.annotate(before.id, 6, 26, "actor").id for _ in parts]
    assert len(marked) == 7
    assert len(project.articles()) == 8
    assert project.check().problems == ()

    for _ in marked:
        project.undo()
    assert project.annotations(before.id) == []
    assert len(project.articles()) == 8
    project.undo()
    assert [one.id for one in project.articles()] == [before.id]
    for _ in range(8):
        project.redo()
    assert (len(project.articles()), len(project.annotations(before.id))) == (8, 7)
    assert project.check().problems == ()


def test_an_import_in_parts_can_be_left_in_the_middle(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(f"{TEXT}{number}", "utf-8")
    monkeypatch.setattr("annotator.articles._PART", 0.0)
    parts = project.import_in_parts([tmp_path])
    next(parts)
    parts.close()
    assert len(project.articles()) == 2
    assert len(project.import_files([tmp_path]).imported) == 4
    assert project.check().problems == ()
