"""Imports that are broken off keep what came in, say where they stopped, and go on when the same is imported again."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator import Project
from annotator.import_report import file_name, summary
from annotator.model import Change
from annotator.readers.source_file import SourceFile, in_memory

ROOT = Path(__file__).parents[2]
TEXT = "قصف الجيش السوري قرية حميمة في ريف حلب الشرقي اليوم الجمعة، وأعلنت وزارة الدفاع ذلك.\n"


def many(count: int, *, length: int = 1) -> Iterator[SourceFile]:
    """Yield files of one article each."""
    for number in range(count):
        yield in_memory(f"{number:05}.txt", f"مقال رقم {number}\n{TEXT * length}".encode())


def importing(path: Path, folder: Path, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(ROOT / "main.py"), "import", str(path), str(folder), *more]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")


def write_many(folder: Path, count: int) -> None:
    folder.mkdir()
    for file in many(count, length=40):
        (folder / file.path).write_bytes(file.read())


def test_a_full_disk_keeps_what_came_in_and_the_import_goes_on_later(project: Project) -> None:
    files = list(many(3000, length=40))
    connection = project._connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages + 4500}")
    report = project.import_files(files)
    assert report.stopped
    assert "disk is full" in str(report.stopped)
    assert report.stopped_at
    assert 0 < len(report.imported) < 3000
    assert report.stopped_at.name == f"{len(report.imported):05}.txt"
    assert len(project.articles()) == len(report.imported) + 1
    assert project.check().problems == ()
    connection.execute("PRAGMA max_page_count = 1073741823")
    rest = project.import_files(files)
    assert (len(rest.imported), len(rest.skipped)) == (3000 - len(report.imported), len(report.imported))
    assert rest.stopped is None
    assert project.check().problems == ()


def test_what_is_told_of_a_broken_off_import_is_in_the_project(project: Project) -> None:
    told: list[Change] = []
    project.subscribe(told.append)
    pages = project._connection.execute("PRAGMA page_count").fetchone()[0]
    project._connection.execute(f"PRAGMA max_page_count = {pages + 4500}")
    report = project.import_files(many(3000, length=40))
    assert [one for change in told for one in change.ids["article"]] == [one.article for one in report.imported]
    project._connection.execute("PRAGMA max_page_count = 1073741823")
    assert project.undo()
    assert len(project.articles()) == 1


def test_a_file_that_vanishes_is_refused_and_the_rest_comes_in(project: Project, tmp_path: Path) -> None:
    write_many(tmp_path / "in", 5)
    report = project.import_files(
        [tmp_path / "in"],
        progress=lambda pace: (tmp_path / "in/00003.txt").unlink(missing_ok=True) if pace.files == 2 else None,
    )
    assert [one.file.name for one in report.failed] == ["00003.txt"]
    assert "cannot be read" in str(report.failed[0].reason)
    assert len(report.imported) == 4


def test_a_file_that_fails_while_it_is_read_is_refused(project: Project) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    files = [*many(1), SourceFile(Path("broken.txt"), 100, Broken), SourceFile(Path("broken.jsonl"), 100, Broken)]
    report = project.import_files([*files, in_memory("last.txt", TEXT.encode())])
    assert [one.file.name for one in report.failed] == ["broken.txt", "broken.jsonl"]
    assert len(report.imported) == 2


def test_a_killed_import_leaves_a_sound_project_and_goes_on(path: Path, tmp_path: Path) -> None:
    Project.create(path, reviewer="R1").close()
    write_many(tmp_path / "in", 6000)
    process = importing(path, tmp_path / "in")
    wait_for_articles(path, 1)
    process.send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
    process.communicate()
    with Project.open(path) as project:
        came_in = len(project.articles())
        assert 0 < came_in < 6000
        assert project.check().problems == ()
        report = project.import_files([tmp_path / "in"])
        assert (len(report.imported), len(report.skipped)) == (6000 - came_in, came_in)
        assert project.check().problems == ()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl+C to a whole console")
def test_ctrl_c_leaves_what_came_in_and_says_so(path: Path, tmp_path: Path) -> None:
    Project.create(path, reviewer="R1").close()
    write_many(tmp_path / "in", 6000)
    process = importing(path, tmp_path / "in", "--report", str(tmp_path / "report.json"))
    wait_for_articles(path, 1)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate()
    assert process.returncode == 130
    assert "What came in stays." in errors
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert report["cancelled"]
    with Project.open(path) as project:
        assert len(project.articles()) == len(report["imported"]) < 6000


def wait_for_articles(path: Path, count: int) -> None:
    """Wait until a process that imports into a project has stored something."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with Project.open(path, read_only=True) as project:
            if len(project.articles()) >= count:
                return
        os.sched_yield() if hasattr(os, "sched_yield") else None
    raise AssertionError("nothing was imported")


def test_a_report_tells_what_was_there_from_what_was_left_out(project: Project, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "in/picture.png").write_bytes(b"\x89PNG\r\n")
    (tmp_path / "in/link.txt").symlink_to(tmp_path / "in/a.txt")
    project.import_files([tmp_path / "in"])
    report = project.import_files([tmp_path / "in"])
    assert (len(report.imported), report.there, len(report.skipped)) == (0, 1, 3)
    assert summary(report, str) == "0 imported, 1 already there, 2 left out, 0 refused, 0 annotations."


@pytest.mark.parametrize(("path", "name"), [
    ("/a/b/c.txt", "c.txt"), ("c.txt", "c.txt"), ("/a/news.zip/x/c.txt", "news.zip/x/c.txt"),
    ("/a/One.ZIP/two.zip/c.txt", "One.ZIP/two.zip/c.txt"), ("news.zip", "news.zip"),
])  # fmt: skip
def test_a_file_in_an_archive_is_called_with_that(path: str, name: str) -> None:
    assert file_name(Path(path)) == name
