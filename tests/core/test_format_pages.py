"""What a page of docs/formats shows as the way to read a format works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.core.whole_project import ROOT, whole_project


@pytest.mark.parametrize("name", ["uima", "webanno", "bayanat"])
def test_the_way_to_read_it_works(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    with whole_project(tmp_path / "a.hashiya") as project:
        out = project.export(name, tmp_path / "out").path
    [shown] = re.findall(r"```python\n(.*?)```", (ROOT / f"docs/formats/{name}.md").read_text("utf-8"), re.DOTALL)
    exec(compile(shown, f"{name}.md", "exec"), {"out": out})
    assert capsys.readouterr().out
