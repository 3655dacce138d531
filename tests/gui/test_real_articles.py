"""Every article of a folder of real material opens, is painted, marked and found again, and its project is proved.

Runs where HASHIYA_DATA names a folder with JSON Lines files of articles (`text`) in `messy` and `articles`.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from annotator import Project
from annotator.text.graphemes import is_border
from ui.page.marks import Mark
from ui.page.view import PageView

DATA = os.environ.get("HASHIYA_DATA")
FILES = sorted(path for folder in ("messy", "articles") for path in (Path(DATA or "") / folder).glob("*.jsonl"))
pytestmark = pytest.mark.skipif(not DATA, reason="HASHIYA_DATA names no folder of articles")


def texts(path: Path) -> list[str]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line)["text"] for line in file]


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_every_article_opens_and_is_painted(page: PageView, path: Path) -> None:
    for text in texts(path):
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
        page.show_article(text)
        page.set_marks(
            [Mark(str(at), at, min(at + 25, len(text)), "#2f6fde", "solid", at % 3 == 0, "", ("?",))
             for at in range(0, min(len(text) - 1, 4000), 40)]
        )  # fmt: skip
        page.show_invisible(True)
        page.grab()
        for placed in page._layout.lines_between(0, 3000):
            for cell in placed.line.cells[::7]:
                found = page._layout.character_at(placed.rectangles(cell.start, cell.end)[0].center())
                assert found is None or cell.start <= found < cell.end
        for _ in range(30):
            page.move_caret("left", select=True)
        start, end = page.selected_span() or (0, 0)
        assert is_border(text, start)
        assert is_border(text, end)


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_every_article_is_proved(tmp_path: Path, path: Path) -> None:
    for number, text in enumerate(texts(path)):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    with Project.create(tmp_path / "p.hashiya", reviewer="R1") as project:
        report = project.import_files([tmp_path])
        assert not report.failed
        for article in project.articles():
            project.annotate(article.id, 0, min(30, len(article.text)), "actor")
        checked = project.check()
    assert (checked.problems, checked.verified) == ((), checked.articles)
