"""The PDF report holds every article that is exported, whoever asks for it: the window's worker or the command line."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdfium2
import pytest

from annotator import Project, redaction
from annotator.errors import UnknownFormat
from annotator.exporting import ExportCancelled, losses_path
from ui import pdf_report
from ui.translate import set_language

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("en")


@pytest.fixture
def marked(tmp_path: Path) -> Path:
    """A project of the starter article with its claims, and of a short one."""
    path = tmp_path / "work.hashiya"
    (tmp_path / "short.txt").write_text("Two words.", "utf-8")
    with Project.create(path, reviewer="Samia", starter=True) as project:
        project.import_gold(ROOT / "tests/data/seed_gold.json")
        project.import_files([tmp_path / "short.txt"])
        noted = project.annotations(project.articles()[0].id)[0]
        project.revise(noted.id, note="What Samia noted")
    return path


def texts(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        return [page.get_textpage().get_text_range() for page in document]


def command(*arguments: object) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-X", "utf8", str(ROOT / "main.py"), *map(str, arguments)]
    return subprocess.run(words, capture_output=True, text=True, encoding="utf-8")


def test_the_worker_writes_it_while_the_window_lives(marked: Path, tmp_path: Path) -> None:
    def job() -> object:
        with Project.open(marked, read_only=True) as project:
            return project.export(pdf_report.WRITER, tmp_path / "out.pdf")

    with ThreadPoolExecutor(1) as worker:
        worker.submit(job).result()
    pages = texts(tmp_path / "out.pdf")
    assert sum("Page 1 of" in page for page in pages) == 2
    assert "Two words" in pages[-1]
    assert any("Claims and notes" in page and "How it is said:" in page for page in pages)
    assert sum(page.count("How it is said:") for page in pages) == 12
    assert any("What Samia noted" in page for page in pages)
    assert '"plain_form"' in losses_path(tmp_path / "out.pdf").read_text("utf-8")


def test_the_command_line_writes_it_without_a_window(marked: Path, tmp_path: Path) -> None:
    done = command("export", marked, "--format", "pdf", "--out", tmp_path / "out.pdf", "--language", "en")
    assert (done.returncode, done.stderr) == (0, "")
    assert sum(page.count("How it is said:") for page in texts(tmp_path / "out.pdf")) == 12


def test_other_formats_need_no_qt(marked: Path, tmp_path: Path) -> None:
    code = (
        "import sys; sys.argv = ['main.py']; import main; "
        f"main.main(['export', {str(marked)!r}, '--format', 'jsonl', '--out', {str(tmp_path / 'a.jsonl')!r}]); "
        "assert not [name for name in sys.modules if name.startswith('PySide6')]"
    )
    subprocess.run([sys.executable, "-X", "utf8", "-c", code], cwd=ROOT, check=True, capture_output=True)


def test_an_unknown_format_names_pdf_among_those_there_are(marked: Path, tmp_path: Path) -> None:
    done = command("export", marked, "--format", "nothing", "--out", tmp_path / "out")
    assert done.returncode == 1
    assert "pdf" in done.stderr
    with Project.open(marked, read_only=True) as project, pytest.raises(UnknownFormat):
        project.export("pdf", tmp_path / "out.pdf")  # the library alone has no Qt


def test_an_empty_project_says_so_on_its_one_sheet(tmp_path: Path) -> None:
    with Project.create(tmp_path / "empty.hashiya", reviewer="Samia") as project:
        project.export(pdf_report.WRITER, tmp_path / "out.pdf")
    [page] = texts(tmp_path / "out.pdf")
    assert "Nothing was chosen" in page


def test_a_report_that_is_stopped_leaves_nothing(marked: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    with Project.open(marked, read_only=True) as project, pytest.raises(ExportCancelled):
        project.export(pdf_report.WRITER, folder / "out.pdf", cancel=lambda: True)
    assert not list(folder.iterdir())


def test_what_is_redacted_is_in_no_page(marked: Path, tmp_path: Path) -> None:
    with Project.open(marked) as project:
        project.add_entity("actor", ["Two"], sensitive=True)
        project.export(pdf_report.WRITER, tmp_path / "whole.pdf")
        project.export(pdf_report.WRITER, tmp_path / "out.pdf", redaction=redaction.profile_of("public"))
    whole, pages = " ".join(texts(tmp_path / "whole.pdf")), " ".join(texts(tmp_path / "out.pdf"))
    secrets = ("Samia", "noted", "Two")
    assert [[secret in told for secret in secrets] for told in (whole, pages)] == [[True] * 3, [False] * 3]
    assert "▇▇▇ words" in pages
