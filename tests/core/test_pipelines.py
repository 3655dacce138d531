"""The snippets of docs/pipelines.md run as they stand there, and a stream is typed and takes no memory."""

from __future__ import annotations

import gc
import os
import re
import subprocess
import sys
import tracemalloc
from pathlib import Path
from typing import get_type_hints

import pytest

from annotator import MarkedArticle, Project
from tests.core.whole_project import whole_project

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/pipelines.md").read_text("utf-8")
SNIPPETS = re.findall(r"^```python\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
# What each prints, among other things: that it ran is not enough.
SAID = (
    ("indirect", "jsonl Everything, to be read back"),
    ("changed ", "gone annotation"),
    ("are not in doc.ents", "'claim'"),
    ("label  words", "[5 rows x 4 columns]"),
    ("12 [",),
    ("1 {", "'spans'"),
)


def run(snippet: str, folder: Path) -> str:
    environment = os.environ | {
        "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "HF_HOME": str(folder / "hf"), "HF_HUB_OFFLINE": "1",
        "HF_DATASETS_DISABLE_PROGRESS_BARS": "1",
    }  # fmt: skip
    (folder / "snippet.py").write_text(snippet, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "snippet.py"], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_there_is_a_snippet_for_each_pipeline() -> None:
    assert re.findall(r"^## (.*)$", TEXT, re.MULTILINE) == ["spaCy", "pandas", "DuckDB", "Hugging Face `datasets`"]
    assert len(SNIPPETS) == len(SAID)


@pytest.mark.parametrize("number", range(len(SAID)))
def test_a_snippet_of_the_document_runs(tmp_path: Path, number: int) -> None:
    with whole_project(tmp_path / "work.hashiya") as project:
        for one in project.annotations(project.articles()[0].id):
            if one.reviewer == "R2":
                project.remove(one.id)
    said = run(SNIPPETS[number], tmp_path)
    for words in SAID[number]:
        assert words in said


def test_a_stream_is_typed(project: Project) -> None:
    assert str(get_type_hints(Project.stream)["return"]) == "collections.abc.Iterator[annotator.model.MarkedArticle]"
    [one] = project.stream(layer="final")
    assert isinstance(one, MarkedArticle)


def peak(path: Path) -> int:
    """Return the most bytes that Python held while a whole project went by: the least of some times, for chance adds to it."""
    with Project.open(path, read_only=True) as project:
        next(project.stream())  # what is loaded once is no part of it
        return min(_peak_once(project) for _ in range(4))


def _peak_once(project: Project) -> int:
    gc.collect()
    tracemalloc.start()
    for _ in project.stream(layer="final"):
        pass
    found = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return found


def test_a_stream_takes_as_much_memory_for_many_articles_as_for_few(tmp_path: Path) -> None:
    peaks = []
    for count in (400, 1600):  # the first few hundred fill what Python keeps for the next ones
        with Project.create(tmp_path / f"{count}.hashiya", reviewer="R1") as project:
            (tmp_path / f"{count}").mkdir()
            for number in range(count):
                text = f"{number} {'قصف الجيش مدينة حلب. ' * 200}"
                (tmp_path / f"{count}/{number}.txt").write_text(text, encoding="utf-8")
            assert len(project.import_files([tmp_path / f"{count}"]).imported) == count
        peaks.append(peak(tmp_path / f"{count}.hashiya"))
    assert peaks[1] < peaks[0] * 1.2, peaks
