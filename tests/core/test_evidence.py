"""The evidence of an article tells where it came from and what was done to it, proves it, and can be handed out."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from annotator import FileChoice, Project, ProjectError
from annotator.evidence import evidence_record, evidence_text
from annotator.language import catalogue
from annotator.model import Boilerplate
from annotator.store.clock import uuid_bytes
from annotator.values import article_value
from annotator.version import PROGRAM

TEXT = "قصف الجيش السوري قرية حميمة في ريف حلب الشرقي.\n"
DATA = TEXT.encode("cp1256")


@pytest.fixture
def report(project: Project, tmp_path: Path) -> str:
    file = tmp_path / "sana.txt"
    file.write_bytes(DATA)
    return project.import_files([file]).imported[0].article


def test_evidence_tells_what_was_collected_from_where_by_whom_and_with_what(project: Project, report: str) -> None:
    evidence = project.evidence(report)
    source = evidence.source
    assert (source.file, source.encoding, source.reader, source.program) == (
        "sana.txt",
        "windows-1256",
        "text",
        PROGRAM,
    )
    assert source.imported_by == "R1"
    assert source.bytes_sha256 == hashlib.sha256(DATA).hexdigest()
    assert evidence.text_sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert (evidence.size, evidence.length) == (len(DATA), len(TEXT))
    assert [(one.action, one.by) for one in evidence.custody] == [("import", "R1")]
    assert evidence.verification.intact


def test_the_chain_of_custody_tells_corrections_undo_and_grouping(project: Project, report: str, article: str) -> None:
    project.group_copies(article, [report])
    project.switch_reviewer("R2")
    project.carry_over(article, report)
    project.undo()
    custody = project.evidence(report).custody
    assert [(one.action, one.by) for one in custody] == [
        ("import", "R1"), ("group", "R1"), ("carry", "R2"), ("undo", "R2"),
    ]  # fmt: skip
    assert custody[1].changes["original"] == (None, article)
    assert custody[2].changes == {"replaces": ("", article)}
    assert custody[3].changes == {"replaces": (article, "")}
    assert [one.at for one in custody] == sorted(one.at for one in custody)


def test_versions_and_copies_are_told(project: Project, report: str, tmp_path: Path) -> None:
    file = tmp_path / "new.txt"
    file.write_text(TEXT.replace("حميمة", "مسكنة"), encoding="utf-8")
    new = project.import_files([file], choices={file: FileChoice(corrects={0: report})}).imported[0].article
    project.group_copies(report, [new])
    assert project.evidence(new).corrects == report
    assert project.evidence(report).corrected_by == (new,)
    assert project.evidence(new).copies == (report, new)


def test_bytes_that_were_tampered_with_are_told(project: Project, report: str) -> None:
    connection = project._connection
    connection.execute("DROP TRIGGER original_no_update")
    connection.execute("UPDATE original SET packed = x'00'")
    verification = project.evidence(report).verification
    assert (verification.bytes_intact, verification.text_intact, verification.custody_intact) == (False, True, True)
    assert not verification.intact


def test_a_record_that_was_rewritten_is_told(project: Project, report: str) -> None:
    connection = project._connection
    connection.execute("DROP TRIGGER op_no_update")
    connection.execute("UPDATE op SET body = replace(body, 'sana.txt', 'other.txt') WHERE body LIKE '%sana.txt%'")
    assert not project.evidence(report).verification.custody_intact


def test_check_finds_records_that_cannot_be_true(project: Project, report: str) -> None:
    article = project.article(report)
    impossible = replace(
        article,
        boilerplate=(Boilerplate(5, len(article.text) + 1),),
        source=replace(article.source, file_sha256="0" * 64),
    )
    with project._step("describe") as step:
        step.put("article", article_value(impossible), entity=uuid_bytes(report))
    project._connection.execute("DELETE FROM text_number")
    problems = [str(one) for one in project.check().problems]
    for words in ("greyed part", "two hash values", "2 articles cannot be found by their words"):
        assert any(words in problem for problem in problems)


def test_evidence_is_handed_out_as_a_folder_that_proves_itself(project: Project, report: str, tmp_path: Path) -> None:
    folder = project.export_evidence(report, tmp_path / "out" / "evidence")
    names = {"original.txt", "text.txt", "record.json", "record.txt", "SHA256SUMS"}
    assert {one.name for one in folder.iterdir()} == names
    assert (folder / "original.txt").read_bytes() == DATA
    assert (folder / "text.txt").read_bytes() == TEXT.encode()
    for line in (folder / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    record = json.loads((folder / "record.json").read_text("utf-8"))
    assert record["hash_values"]["original"] == hashlib.sha256(DATA).hexdigest()
    assert record["chain_of_custody"][0]["action"] == "import"
    assert record["verification"]["intact"] is True
    assert "windows-1256" in (folder / "record.txt").read_text("utf-8")
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["evidence"]


def test_a_folder_with_something_in_it_is_left_alone(project: Project, report: str, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/file").write_text("x")
    with pytest.raises(ProjectError, match="not empty"):
        project.export_evidence(report, tmp_path / "mine")
    assert [one.name for one in (tmp_path / "mine").iterdir()] == ["file"]
    with pytest.raises(ProjectError, match="cannot be written"):
        project.export_evidence(report, tmp_path / "mine/file/below")


def test_text_and_record_say_the_same(project: Project, report: str) -> None:
    evidence = project.evidence(report)
    text, record = evidence_text(evidence, str), evidence_record(evidence)
    for value in (record["collection"]["file"], record["hash_values"]["original"], record["hash_values"]["text"]):
        assert value in text
    assert "The original bytes are intact." in text
    assert json.loads(json.dumps(record, default=str))["article"] == report


def test_an_article_that_is_not_there_has_no_evidence(project: Project) -> None:
    with pytest.raises(ProjectError):
        project.evidence("00000000-0000-0000-0000-000000000000")


def test_the_command_line_shows_and_hands_out(project: Project, report: str, path: Path, tmp_path: Path) -> None:
    project.close()
    command = [sys.executable, "main.py", "evidence", str(path), report]
    shown = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    assert "sana.txt" in shown
    record = json.loads(subprocess.run([*command, "--json"], capture_output=True, check=True).stdout)
    assert record["article"] == report
    subprocess.run([*command, "--out", str(tmp_path / "handed")], check=True, capture_output=True)
    assert (tmp_path / "handed/record.json").is_file()


def test_the_record_in_words_says_what_was_done_and_what_nobody_recorded(project: Project, report: str) -> None:
    project.describe(report, title="قصف حميمة", outlet="سانا")
    project.set_boilerplate(report, [(0, 3)])
    project.undo()
    lines = [line.strip() for line in evidence_text(project.evidence(report), str).splitlines()]
    assert {"Address: not recorded", "Captured: not recorded", f"Original (bytes): {len(DATA)}"} <= set(lines)
    assert [lines.index(head) for head in ("Collection", "Preservation", "Chain of custody", "Verification")] == sorted(
        lines.index(head) for head in ("Collection", "Preservation", "Chain of custody", "Verification")
    )
    custody = [line.split(" · ", 1)[1] for line in lines if line.startswith("20") and " · " in line]
    title = project.evidence(report).custody[1].changes["title"][0]
    assert custody == [
        "R1 · collected: imported",
        f"R1 · details put right · Outlet: nothing → “سانا”; Title: “{title}” → “قصف حميمة”",
        "R1 · page boilerplate marked · Page boilerplate: nothing → 0–3",
        "R1 · a step was taken back · Page boilerplate: 0–3 → nothing",
    ]


def test_it_says_so_in_arabic_too(project: Project, report: str) -> None:
    project.describe(report, outlet="سانا")
    text = evidence_text(project.evidence(report), catalogue("ar").gettext)
    assert "سلسلة الحيازة" in text
    assert "صُحِّحت تفاصيله · الجهة الناشرة: لا شيء → “سانا”" in text
    assert "العنوان على الشبكة: غير مسجَّل" in text
