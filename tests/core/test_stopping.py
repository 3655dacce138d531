"""An export that is stopped or killed, wherever it is, leaves what was there before and nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator import Project, formats
from annotator.exporting import ExportCancelled
from annotator.text import tokens
from annotator.text.sentences import sentence_spans
from tests.core.whole_project import whole_project

ROOT = Path(__file__).parents[2]
NAMES = [name for name in formats.names() if formats.is_available(formats.writer_for(name))]
ZIPPED = [f"{name}.zip" for name in NAMES if not formats.writer_for(name).ending]
WAYS = [*NAMES, *ZIPPED, "package", "package.zip"]
"""Every format, the folders also as ZIP, and packages of three formats."""
_ALL = ["csv", "jsonl", "xlsx"]


def out_path(folder: Path, way: str) -> Path:
    name, _, ending = way.partition(".")
    if ending or name == "package":
        return folder / f"out.{ending}" if ending else folder / "out"
    return folder / f"out{formats.writer_for(name).ending}"


def export(project: Project, folder: Path, way: str, cancel: Callable[[], bool]) -> None:
    name, out = way.partition(".")[0], out_path(folder, way)
    if name == "package":
        project.export_package(_ALL, out, cancel=cancel)
    else:
        project.export(name, out, cancel=cancel)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class Wish:
    """Wants an export until it was asked a number of times."""

    def __init__(self, patience: int = sys.maxsize) -> None:
        self.asked, self._patience = 0, patience

    def __call__(self) -> bool:
        self.asked += 1
        return self.asked > self._patience


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    folder = tmp_path_factory.mktemp("whole")
    with whole_project(folder / "whole.hashiya") as project:
        for number in range(3):
            (folder / f"{number}.txt").write_text(f"{number} {'قصف الجيش حلب. ' * 1500}", encoding="utf-8")
        for done in project.import_files([folder / f"{number}.txt" for number in range(3)]).imported:
            project.annotate(done.article, 2, 5, "claim", note="ملاحظة")
        yield project


def places(asked: int) -> list[int]:
    """The first and last times of being asked, and some between."""
    return sorted({0, 1, 2, asked // 3, asked // 2, asked * 3 // 4, asked - 2, asked - 1} & set(range(asked)))


@pytest.mark.parametrize("way", WAYS)
def test_a_stopped_export_leaves_what_was_there_before(whole: Project, tmp_path: Path, way: str) -> None:
    wish = Wish()
    export(whole, tmp_path, way, wish)
    before = contents(tmp_path)
    assert before
    for patience in places(wish.asked):
        with pytest.raises(ExportCancelled):
            export(whole, tmp_path, way, Wish(patience))
        assert contents(tmp_path) == before
        assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("way", WAYS)
def test_a_stopped_first_export_leaves_nothing(whole: Project, tmp_path: Path, way: str) -> None:
    with pytest.raises(ExportCancelled):
        export(whole, tmp_path, way, Wish(6))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", NAMES)
def test_reading_the_register_can_be_stopped(tmp_path: Path, name: str) -> None:
    with Project.create(tmp_path / "a.hashiya", reviewer="R1") as project:
        for number in range(40):
            project.add_entity("place", [f"مكان {number}"], latitude=36.0, longitude=37.0)
        out, wish = tmp_path / "out", Wish(25)
        out.mkdir()
        with pytest.raises(ExportCancelled):
            export(project, out, name, wish)
        assert list(out.iterdir()) == []


@pytest.mark.parametrize("name", [name for name in NAMES if name in ("conll", "conllu", "prodigy", "spacy", "webanno")])
def test_one_long_article_can_be_stopped_in_its_middle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The formats that cut a text into tokens work long on a long one: they look while they do."""
    (tmp_path / "long.txt").write_text("قصف الجيش مدينة حلب. " * 4000, encoding="utf-8")
    out, read = tmp_path / "out", 0
    out.mkdir()

    def counted(text: str) -> Iterator[tuple[int, int]]:
        nonlocal read
        for span in sentence_spans(text):
            read += 1
            yield span

    monkeypatch.setattr(tokens, "sentence_spans", counted)
    with Project.create(tmp_path / "a.hashiya", reviewer="R1") as project:
        done = project.import_files([tmp_path / "long.txt"])
        project.annotate(done.imported[0].article, 4, 9, "actor")
        with pytest.raises(ExportCancelled):
            export(project, out, name, lambda: read >= 2000)
    assert 2000 <= read < 2200
    assert list(out.iterdir()) == []


def test_what_comes_behind_the_articles_can_be_stopped(whole: Project, tmp_path: Path) -> None:
    """Relations, states of reading and assignments are read when the last article is written."""
    wish, seen = Wish(), list[int]()
    whole.set_state([one.id for one in whole.articles()], "done")
    whole.export("jsonl", tmp_path / "out.jsonl", cancel=wish, progress=lambda done, total: seen.append(wish.asked))
    whole.undo()
    assert wish.asked - seen[-1] >= 1 + 4  # one relation, four states


def test_finishing_a_zip_can_be_stopped(whole: Project, tmp_path: Path) -> None:
    """When all formats are written, hashes are made and the ZIP is written: that is watched too."""
    wish, last = Wish(), list[int]()
    project_files = tmp_path / "out.zip"
    whole.export_package(_ALL, project_files, cancel=wish, progress=lambda done, total: last.append(wish.asked))
    finishing = range(last[-1] + 1, wish.asked)
    assert len(finishing) > 10
    project_files.unlink()
    for patience in (finishing[0], finishing[len(finishing) // 2], finishing[-1]):
        with pytest.raises(ExportCancelled):
            whole.export_package(_ALL, project_files, cancel=Wish(patience))
        assert list(tmp_path.iterdir()) == []


KILLED = """
import os, signal, sys
sys.path.insert(0, {root!r})
from pathlib import Path
from annotator import Project
from tests.core.test_stopping import Wish, export

def killed():
    if wish():
        os.kill(os.getpid(), signal.SIGKILL) if hasattr(signal, "SIGKILL") else os._exit(9)
    return False

folder = Path(sys.argv[2])
for way in sys.argv[4:]:
    wish = Wish(int(sys.argv[3]))
    with Project.open(sys.argv[1], read_only=True) as project:
        export(project, folder, way, killed)
"""


@pytest.mark.parametrize(
    ("way", "earlier"),
    [*((way, True) for way in WAYS), ("jsonl", False), ("csv", False), ("csv.zip", False), ("package", False)],
)
def test_a_killed_export_leaves_no_half_file_under_the_name(
    whole: Project, tmp_path: Path, way: str, earlier: bool
) -> None:
    wish = Wish()
    export(whole, tmp_path, way, wish)
    before = contents(tmp_path)
    if not earlier:
        for path in sorted(tmp_path.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        before = {}
    script = tmp_path.parent / f"{tmp_path.name}.py"
    script.write_text(KILLED.format(root=str(ROOT)), encoding="utf-8")
    arguments = [sys.executable, str(script), str(whole.path), str(tmp_path), str(wish.asked * 3 // 4), way]
    done = subprocess.run(arguments, check=False, capture_output=True, env=os.environ)
    assert done.returncode in (9, -getattr(signal, "SIGKILL", 9)), done.stderr
    left = contents(tmp_path)
    assert {name: found for name, found in left.items() if not name.startswith(".")} == before
    export(whole, tmp_path, way, Wish())  # and the next export is not in its way
    assert {name for name in contents(tmp_path) if not name.startswith(".")} >= set(before)
