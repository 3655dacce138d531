"""Articles come in from workbooks: the values of the first sheet, or of the one that was named."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from annotator import Project
from annotator.readers import reader_for, xlsx
from annotator.readers.draft import Draft, Options
from annotator.readers.source_file import in_memory

TEXT = "قصف الجيش السوري قرية حميمة، وأعلنت وزارة الدفاع ذلك."
ROWS: list[list[Any]] = [
    ["العنوان", "نص الخبر", "التاريخ", "المصدر", "عدد"],
    ["خبر", TEXT, date(2026, 1, 16), "سانا", 3],
    [None, None, None, None, None],
    ["آخر", f"{TEXT}\nسطر", datetime(2026, 1, 17, 10, 30), "سانا", 2.5],
    ["بلا نص", None, None, None, None],
    ["صيغة", '="نص"&"ج"', None, None, None],
]


def book(rows: list[list[Any]], **others: list[list[Any]]) -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "أخبار"
    for row in rows:
        sheet.append(row)
    for title, more in others.items():
        for row in more:
            (workbook[title] if title in workbook.sheetnames else workbook.create_sheet(title)).append(row)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def read(data: bytes, **options: Any) -> tuple[list[Draft], list[str]]:
    items = list(xlsx.read(in_memory("a.xlsx", data), Options(**options)))
    drafts = [one for one in items if isinstance(one, Draft)]
    return drafts, [str(one.sentence) for one in items if not isinstance(one, Draft)]


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """Return a workbook in which one part is another."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, content if info.filename == name else old.read(info))
    return buffer.getvalue()


def test_rows_become_articles_with_sheet_and_row(tmp_path: Path, project: Project) -> None:
    data = book(ROWS)
    (tmp_path / "news.xlsx").write_bytes(data)
    report = project.import_files([tmp_path])
    first, second = (project.article(one.article) for one in report.imported)
    assert (first.title, first.text, first.date, first.outlet) == ("خبر", TEXT, "2026-01-16", "سانا")
    assert (second.text, second.date) == (f"{TEXT}\nسطر", "2026-01-17")
    assert (first.source.part, second.source.part) == ("أخبار!2", "أخبار!4")
    assert project.original(first.id) == project.original(second.id) == data
    assert first.source.file_sha256 == first.source.bytes_sha256 == hashlib.sha256(data).hexdigest()
    assert first.source.reader_version.startswith("openpyxl 3")
    assert [str(one.reason) for one in report.failed] == [
        "Row 5: there is no text under “نص الخبر”.",
        "Row 6: there is no text under “نص الخبر”.",
    ]
    assert project.check().problems == ()


def test_another_sheet_can_be_named() -> None:
    data = book([["x"]], ثان=[["text"], [TEXT]])
    [draft], said = read(data, sheet="ثان")
    assert (draft.text, draft.part, said) == (TEXT, "ثان!2", [])
    _, said = read(data, sheet="ثالث")
    assert said == ["Nothing can be read from this file: there is no sheet “ثالث” in it, but أخبار، ثان."]


def test_the_first_rows_are_shown() -> None:
    shown = xlsx.table(in_memory("a.xlsx", book(ROWS)), Options())
    assert shown.columns == ("العنوان", "نص الخبر", "التاريخ", "المصدر", "عدد")
    assert [row[4] for row in shown.rows[:2]] == ["3", "2.5"]
    assert shown.mapping == {"text": "نص الخبر", "title": "العنوان", "date": "التاريخ", "outlet": "المصدر"}


def test_a_workbook_is_known_by_its_content() -> None:
    assert reader_for(in_memory("export.dat", book(ROWS))).name == "xlsx"


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>&b;</sheetData></worksheet>"""


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "damaged"),
        (b"PK\x03\x04", "damaged"),
        (book(ROWS)[:-200], "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "encrypted, or of an Excel before 2007"),
        (with_part(book(ROWS), "xl/worksheets/sheet1.xml", LAUGHS), "defines XML entities"),
        (with_part(book(ROWS), "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row"), "damaged"),
        (with_part(book(ROWS), "xl/workbook.xml", b"<x/>"), "holds no text"),
        (with_part(book(ROWS), "xl/worksheets/sheet1.xml", b"<" * (40 << 20)), "would grow more than"),
        (with_part(book(ROWS), "[Content_Types].xml", b""), "damaged"),
        (book([]), "holds no text"),
        (book([["text"]]), "holds no text"),
        (book([["a", "b"], [1, 2]]), "nothing in it looks like a text"),
    ],
)  # fmt: skip
def test_what_is_no_good_workbook_is_said(data: bytes, words: str) -> None:
    drafts, said = read(data)
    assert drafts == []
    assert words in said[0]


def test_rows_far_apart_do_not_fill_the_memory() -> None:
    far = b"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
    <dimension ref="A1:XFD1048576"/><sheetData>
    <row r="1"><c r="A1" t="inlineStr"><is><t>text</t></is></c></row>
    <row r="200000"><c r="A200000" t="inlineStr"><is><t>far away</t></is></c></row></sheetData></worksheet>"""
    drafts, said = read(with_part(book(ROWS), "xl/worksheets/sheet1.xml", far))
    assert ([one.part for one in drafts], said) == (["أخبار!200000"], [])
