"""Files that are broken or made to do harm: each gets a sentence that names it and says why, and the rest comes in."""

from __future__ import annotations

import io
import os
import struct
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator import Project
from annotator.readers import json_lines, source_file
from annotator.reports import ImportReport

TEXT = "قصف الجيش السوري قرية حميمة في ريف حلب الشرقي اليوم الجمعة."
DATA = os.environ.get("HASHIYA_DATA")


def zipped(name: str, data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return buffer.getvalue()


def locked(data: bytes) -> bytes:
    place = data.find(b"PK\x01\x02") + 8
    return data[:place] + struct.pack("<H", 1) + data[place + 2 :]


def claiming(data: bytes, size: int) -> bytes:
    place = data.find(b"PK\x01\x02") + 24
    return data[:place] + struct.pack("<I", size) + data[place + 4 :]


DEEP = 20_000
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "&b;&b;&b;"><!ENTITY b "ha">]><worksheet>&a;</worksheet>'
BAD: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "holds no text"),
    "empty.json": (b"", "holds no text"),
    "empty.jsonl": (b"\n", "holds no text"),
    "empty.csv": (b"", "holds no text"),
    "empty.xlsx": (b"", "holds no text"),
    "empty.docx": (b"", "holds no text"),
    "empty.pdf": (b"", "holds no text"),
    "invisible.txt": (" \n\u200f\u200e\n\u2067 \u2069\ufeff\n".encode(), "holds no text"),
    "cut.docx": (zipped("word/document.xml", b"<w/>")[:-9], "cannot be read as DOCX"),
    "cut-off.xlsx": (zipped("xl/workbook.xml", b"<w/>")[:-9], "cannot be read as XLSX"),
    "empty.zip": (b"", "damaged"),
    "bomb.zip": (zipped("a.txt", b"0" * (40 << 20)), "would grow more than"),
    "claim.zip": (claiming(zipped("a.txt", b"x" * 1500), 2 << 30), "would grow more than"),
    "up.zip": (zipped("../../a.txt", TEXT.encode()), "leads out of the archive"),
    "root.zip": (zipped("/etc/a.txt", TEXT.encode()), "leads out of the archive"),
    "locked.zip": (locked(zipped("a.txt", TEXT.encode())), "locked with a password"),
    "cut.zip": (zipped("a.txt", TEXT.encode())[:-9], "damaged"),
    "laughs.xlsx": (zipped("xl/workbook.xml", LAUGHS), "defines XML entities"),
    "old.xlsx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000), "Excel before 2007"),
    "deep.json": (b"[" * DEEP + b"]" * DEEP, "nested too deeply"),
    "deep-object.json": (b'{"a":' * DEEP + b"1" + b"}" * DEEP, "nested too deeply"),
    "deep.jsonl": (b'{"text":' + b"[" * DEEP + b"]" * DEEP + b"}", "nested too deeply"),
    "deep.jsonld": (b"[" * DEEP, "nested too deeply"),
    "cut.json": (b'[{"text": "' + TEXT.encode()[:-3], "something was cut off"),
    "control.json": (b'[{"text": "a\x01b"}]', "not valid JSON"),
    "picture.json": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not a text file"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not a text file"),
    "picture.csv": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not a text file"),
    "text.xlsx": (TEXT.encode(), "damaged"),
    "text.zip": (TEXT.encode(), "damaged"),
    "archive.txt": (zipped("a.txt", TEXT.encode()), "not a text file"),
    "nul.txt": (TEXT.encode() + b"\0", "not a text file"),
    "surrogate.jsonl": (b'{"text": "\\udc00"}', "lone surrogate"),
    "noncharacter.csv": ("title,text\nx,\ufdd0\n".encode(), "U+FDD0"),
    "marks.ann": (b"T1\tplace 0 5\tx", "is not beside it"),
    "half.txt": (TEXT.encode()[:-2], "middle of a character"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


def report_of(project: Project, folder: Path) -> ImportReport:
    report = project.import_files([folder])
    assert project.check().problems == ()
    return report


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_named_with_its_reason_and_the_rest_comes_in(project: Project, folder: Path, name: str) -> None:
    data, words = BAD[name]
    (folder / name).write_bytes(data)
    (folder / "a.md.txt").write_text(f"{TEXT} قبل", encoding="utf-8")
    (folder / "z.txt").write_text(f"{TEXT} بعد", encoding="utf-8")
    report = report_of(project, folder)
    assert [one.file.name for one in report.imported] == ["a.md.txt", "z.txt"]
    refused = [*report.failed, *report.skipped]
    assert refused
    assert all(folder / name in (one.file, *one.file.parents) for one in refused)
    assert words in " ".join(str(one.reason) for one in refused)


def test_all_of_them_at_once_are_no_trouble_either(project: Project, folder: Path) -> None:
    for name, (data, _) in BAD.items():
        (folder / name).write_bytes(data)
    (folder / "good.txt").write_text(TEXT, encoding="utf-8")
    report = report_of(project, folder)
    assert [one.file.name for one in report.imported] == ["good.txt"]
    named = {one.file.relative_to(folder).parts[0] for one in (*report.failed, *report.skipped)}
    assert named == set(BAD)


@pytest.mark.parametrize("name", ["line.txt", "line.jsonl", "line.json", "line.csv"])
def test_a_line_of_a_hundred_megabytes_is_refused_quickly(
    project: Project, folder: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_lines, "LONGEST", 50 << 20)
    with (folder / name).open("wb") as file:
        file.write(b'{"text": "' if "json" in name else b"title,text\nx,")
        file.seek(101 << 20)
        file.write(b"end")
    block = b"x" * (1 << 20)
    with (folder / name).open("r+b") as file:
        file.seek(20)
        for _ in range(101):
            file.write(block)
    (folder / "z.jsonl").write_text(f'{{"text": "{TEXT}"}}', encoding="utf-8")
    begin = time.monotonic()
    report = project.import_files([folder])
    assert time.monotonic() - begin < 20
    assert [one.file.name for one in report.imported] == ["z.jsonl"]
    assert "MB" in str(report.failed[0].reason)


def test_behind_a_line_that_is_too_long_the_next_comes_in(
    project: Project, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_lines, "LONGEST", 1000)
    lines = [f'{{"text": "{TEXT} {number}"}}' for number in range(2)]
    (folder / "a.jsonl").write_text("\n".join([lines[0], "x" * 5_000_000, lines[1]]), encoding="utf-8")
    report = project.import_files([folder])
    assert len(report.imported) == 2
    assert str(report.failed[0].reason).startswith("Line 2: it is longer than")


def test_a_file_that_vanishes_during_the_import_is_said_so(project: Project, folder: Path) -> None:
    for name in ("a.txt", "b.txt", "c.json", "d.csv", "e.xlsx", "f.jsonl", "z.txt"):
        (folder / name).write_text(f"{TEXT} {name}", encoding="utf-8")

    def vanish(*_: object) -> None:
        for name in ("b.txt", "c.json", "d.csv", "e.xlsx", "f.jsonl"):
            (folder / name).unlink(missing_ok=True)

    report = project.import_files([folder], progress=vanish)
    assert [one.file.name for one in report.imported] == ["a.txt", "z.txt"]
    assert [(one.file.name, str(one.reason)) for one in report.failed] == [
        (name, "The file cannot be read (there is no such file).") for name in ("b.txt", "c.json", "d.csv", "e.xlsx", "f.jsonl")
    ]  # fmt: skip


class Failing(io.RawIOBase):
    """A disk that gives up after some bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        data = self._data.read(min(len(buffer), 4096))
        if not data:
            raise OSError(5, "Input/output error")
        buffer[: len(data)] = data
        return len(data)


@pytest.mark.parametrize("name", ["a.txt", "a.json", "a.jsonl", "a.csv", "a.xlsx", "a.jsonld", "a.ann"])
def test_a_disk_that_fails_in_the_middle_is_said_so(name: str) -> None:
    from annotator.readers import reader_for
    from annotator.readers.draft import Options

    data = b'[{"text": "x"},' * 9000
    source = source_file.SourceFile(
        Path(name),
        len(data),
        lambda: io.BufferedReader(Failing(data)),
        lambda other: source_file.in_memory(other, b"x y"),
    )
    items = list(reader_for(source).read(source, Options()))
    assert "Input/output error" in str(items[-1].sentence)  # type: ignore[union-attr]


@pytest.fixture
def nobody() -> Iterator[Callable[[], None]]:
    """Become somebody who is not allowed everything, as root is."""
    yield lambda: os.seteuid(65534) if os.geteuid() == 0 else None
    if os.getuid() == 0:
        os.seteuid(0)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="the system keeps nobody out by a mode")
def test_what_may_not_be_read_is_said_so(tmp_path_factory: pytest.TempPathFactory, nobody: Callable[[], None]) -> None:
    from annotator.readers import reader_for
    from annotator.readers.draft import Draft, Options
    from annotator.readers.finding import walk

    folder = tmp_path_factory.mktemp("closed")
    for one in (folder, *folder.parents):
        if one.stat().st_uid == os.geteuid() and one != Path("/"):
            one.chmod(one.stat().st_mode | 0o055)
    for name in ("a.txt", "b.txt", "c.json"):
        (folder / name).write_text(TEXT, encoding="utf-8")
    (folder / "b.txt").chmod(0)
    (folder / "c.json").chmod(0)
    nobody()
    items = []
    for one in walk([folder]):
        assert isinstance(one, source_file.SourceFile)
        try:
            items += list(reader_for(one).read(one, Options()))
        except Exception as error:  # noqa: BLE001 - asserted below
            items.append(error)
    assert isinstance(items[0], Draft)
    assert [str(one.sentence) for one in items[1:]] == ["The file cannot be read (you may not read it)."] * 2


@pytest.mark.skipif(not DATA, reason="HASHIYA_DATA names no folder")
@pytest.mark.parametrize(
    "part", ["encodings", "messy", "ner", "gold", "articles/conflict_demo.jsonl", "html", "documents"]
)
def test_real_files_come_in_or_are_named_with_a_reason(project: Project, part: str) -> None:
    path = Path(str(DATA)) / part
    report = project.import_files([path])
    assert project.check().problems == ()
    here = [one for one in path.rglob("*") if one.is_file()] if path.is_dir() else [path]
    told = {one.file for one in (*report.imported, *report.skipped, *report.failed)}
    assert told == set(here)
    assert all(str(one.reason) for one in report.failed)
