"""A survey tells what files hold before any of it is imported; the import does as was decided, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator import FileChoice, Found, Options, Project
from annotator.model import Details
from annotator.readers.source_file import in_memory
from annotator.survey import Pace, Survey

NEWS = (
    "أعلنت وزارة الدفاع السورية اليوم الجمعة أن الجيش سيطر على قرية حميمة في ريف حلب الشرقي بعد اشتباكات استمرت يومين. "
    "وقال مصدر عسكري إن ثلاثة من عناصره قتلوا في القصف الذي استهدف محيط مدينة دير حافر، بينما نزحت عشرات العائلات نحو "
    "مسكنة والخفسة. ونفت قوات سوريا الديمقراطية الخبر وقالت إن قواتها ما زالت في مواقعها غربي نهر الفرات وإنها صدت هجومين. "
    "ودعت الأمم المتحدة الأطراف كلها إلى حماية المدنيين وفتح ممرات إنسانية، وأعربت عن قلقها من اتساع المواجهات شمالي البلاد."
)


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    file = folder / name
    file.write_bytes(text.encode(encoding))
    return file


def only(survey: Survey) -> Found:
    assert len(survey.found) == 1
    return survey.found[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


def test_a_survey_tells_what_a_file_holds_and_writes_nothing(project: Project, folder: Path) -> None:
    before = project.stats()
    found = only(project.survey([write(folder, "sana.txt", f"عنوان الخبر\n{NEWS}", "cp1256")]))
    assert (found.file.name, found.number, found.encoding) == ("sana.txt", 0, "windows-1256")
    assert found.details == Details("عنوان الخبر")
    assert (found.length, found.beginning) == (len(NEWS) + 12, f"عنوان الخبر\n{NEWS}"[:600])
    assert found.certain
    assert project.stats() == before


def test_what_cannot_be_read_is_refused_with_its_reason(project: Project, folder: Path) -> None:
    survey = project.survey([write(folder, "empty.txt", ""), folder / "nothing.txt"])
    assert survey.found == ()
    assert [one.file.name for one in survey.refused] == ["empty.txt", "nothing.txt"]
    assert "no such file" in str(survey.refused[1].reason)


def test_the_same_text_is_told_once_it_is_there_and_within_the_survey(project: Project, folder: Path) -> None:
    paths = [write(folder, "a.txt", NEWS), write(folder, "b.txt", NEWS, "cp1256")]
    first, second = project.survey(paths).found
    assert (first.same_as, second.same_as) == ("", project.import_files(paths).imported[0].article)
    assert only(project.survey(paths[:1])).same_as == second.same_as


def test_an_agency_text_under_another_title_is_a_near_copy(project: Project, folder: Path) -> None:
    original = project.import_files([write(folder, "sana.txt", f"الجيش يدخل حميمة\n{NEWS}")]).imported[0]
    paths = [
        write(folder, "other.txt", f"معارك عنيفة في ريف حلب والأمم المتحدة قلقة\n{NEWS}"),
        write(folder, "third.txt", f"خبر عاجل من مراسلنا\n{NEWS[:-120]}"),
        write(
            folder, "else.txt", "افتتح وزير الثقافة معرض الكتاب في دمشق بحضور عدد كبير من الناشرين العرب والأجانب اليوم"
        ),
    ]
    other, third, different = project.survey(paths).found
    assert [near.article for near in other.near] == [original.article]
    assert {near.key for near in third.near} == {original.article, (paths[0], 0)}
    assert 0.35 < third.near[0].similarity < 1
    assert not other.certain
    assert different.certain


def test_a_page_of_the_same_address_is_a_corrected_version(project: Project, folder: Path) -> None:
    first = bring_page(project, NEWS, "https://example.org/news/7")
    again = page("نص آخر تماما لا يشبه الأول في شيء سوى عنوانه على الشبكة", "https://example.org/news/7/#comments")
    assert only(project.survey([again])).corrects == first


def page(text: str, url: str) -> object:
    """Return a file of one article of ours that knows its address."""
    import hashlib

    sha256 = hashlib.sha256(text.encode()).hexdigest()
    source = {
        "file": "page.html",
        "bytes_sha256": sha256,
        "encoding": "utf-8",
        "imported_at": "2026-01-01T00:00:00.000Z",
    }
    record = {
        "schema": "hashiya/1", "id": "x", "title": text[:20], "text": text, "sha256": sha256, "language": "ar",
        "direction": "rtl", "source": source | {"imported_by": "R9", "reader": "html", "url": url}, "annotations": [],
    }  # fmt: skip
    return in_memory(f"{sha256[:6]}.jsonl", json.dumps(record).encode())


def bring_page(project: Project, text: str, url: str) -> str:
    return project.import_files([page(text, url)]).imported[0].article  # type: ignore[list-item]


def test_the_same_file_with_some_words_changed_is_a_corrected_version(project: Project, folder: Path) -> None:
    first = project.import_files([write(folder, "sana.txt", NEWS)]).imported[0]
    found = only(project.survey([write(folder, "sana.txt", NEWS.replace("ثلاثة من عناصره", "خمسة من عناصره"))]))
    assert found.corrects == first.article
    assert not found.certain


def test_the_import_takes_what_was_decided(project: Project, folder: Path) -> None:
    paths = [write(folder, "a.txt", NEWS, "iso8859-6"), write(folder, "b.txt", "غير مرغوب")]
    details = Details("عنوان آخر", "سانا", "مراسلنا", "2026-01-16")
    choices = {
        paths[0]: FileChoice(Options("iso8859-6"), details={0: details}),
        paths[1]: FileChoice(without=frozenset({0})),
    }
    report = project.import_files(paths, choices=choices)
    assert [one.title for one in report.imported] == ["عنوان آخر"]
    assert project.article(report.imported[0].article).details == details
    assert report.imported[0].encoding == "iso-8859-6"


def test_a_file_that_changed_since_the_survey_is_refused(project: Project, folder: Path) -> None:
    path = write(folder, "a.txt", NEWS)
    stamp = project.survey([path]).stamps[path]
    write(folder, "a.txt", NEWS + " أضيف بعد النظر.")
    report = project.import_files([path], choices={path: FileChoice(stamp=stamp)})
    assert report.imported == []
    assert "has changed" in str(report.failed[0].reason)
    write(folder, "a.txt", NEWS)
    assert project.import_files([path], choices={path: FileChoice(stamp=stamp)}).imported


def test_only_what_is_certain_comes_in(project: Project, folder: Path) -> None:
    paths = [
        write(folder, "a.txt", NEWS),
        write(folder, "b.txt", f"عنوان آخر لهذا الخبر\n{NEWS}"),
        write(folder, "c.txt", "خبر قصير عن حلب\n"),
        write(folder, "d.txt", "كتب", "cp1256"),
    ]
    assert not project.survey(paths[3:]).found[0].certain
    report = project.import_files(paths, only_certain=True)
    assert [one.file.name for one in report.imported] == ["a.txt", "c.txt"]
    assert [one.file.name for one in report.undecided] == ["b.txt", "d.txt"]
    assert "nearly the same" in str(report.undecided[0].reason)
    decided = {paths[1]: FileChoice(copies={0: report.imported[0].article})}
    assert [one.file.name for one in project.import_files(paths, choices=decided, only_certain=True).imported] == [
        "b.txt"
    ]


def test_the_pace_of_one_long_file_is_told_while_it_is_read(project: Project, folder: Path) -> None:
    lines = [f"{number} {NEWS}" for number in range(600)]
    seen: list[Pace] = []
    file = write(folder, "many.jsonl", "".join(jsonl(text) for text in lines))
    survey = project.survey([file], progress=seen.append)
    assert len(survey.found) == 600
    shares = [pace.share for pace in seen]
    assert shares == sorted(shares)
    assert len({round(share, 2) for share in shares}) > 3
    assert (seen[-1].articles, seen[-1].share, seen[-1].files) == (600, 1.0, 1)
    assert Pace(1, 4, 50, 200, 10, 2.0).rate == 5
    assert Pace(1, 4, 50, 200, 10, 2.0).seconds_left == 6


def jsonl(text: str) -> str:
    import io

    source = page(text, "")
    return io.TextIOWrapper(source.open(), "utf-8").read() + "\n"  # type: ignore[attr-defined]


def test_a_survey_that_is_stopped_says_so(project: Project, folder: Path) -> None:
    for number in range(5):
        write(folder, f"{number}.txt", f"مقال رقم {number}")
    seen: list[Pace] = []
    survey = project.survey([folder], progress=seen.append, cancel=lambda: len(seen) > 2)
    assert survey.cancelled
    assert len(survey.found) == 2


def test_a_long_survey_lists_the_first_and_counts_the_rest(
    project: Project, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.surveying.LONGEST_LIST", 3)
    for number in range(5):
        write(folder, f"{number}.txt", f"مقال رقم {number}")
    survey = project.survey([folder])
    assert (len(survey.found), survey.truncated) == (3, 2)
