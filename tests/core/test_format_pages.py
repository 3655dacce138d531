"""Every format has its page, and what a page says of reading it runs on a real export."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator import Project, formats
from tests.core.whole_project import ROOT, whole_project

PAGES = ROOT / "docs/formats"
_CODE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def page(name: str) -> str:
    return (PAGES / f"{name}.md").read_text("utf-8")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with whole_project(tmp_path_factory.mktemp("pages") / "a.hashiya") as project:
        yield project


@pytest.mark.parametrize("name", formats.names())
def test_a_page_says_what_is_lost_and_how_it_is_read(name: str) -> None:
    text = page(name)
    assert f"`{name}`" in text.splitlines()[0]
    assert "**Lost" in text or "**Not kept" in text
    assert _CODE.search(text)


@pytest.mark.parametrize("name", formats.names())
def test_the_list_of_pages_names_each(name: str) -> None:
    assert f"[`{name}`]({name}.md)" in page("README")


@pytest.mark.parametrize("name", formats.names())
def test_what_a_page_reads_is_there(
    whole: Project, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / f"out{formats.writer_for(name).ending}"
    whole.export(name, out)
    monkeypatch.chdir(tmp_path)
    for code in _CODE.findall(page(name)):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("default")  # those of the consumers' own software
                exec(compile(code, f"{name}.md", "exec"), {"out": out})
        except ModuleNotFoundError as error:
            pytest.skip(f"{error.name} is not installed")
    assert capsys.readouterr().out.strip()
