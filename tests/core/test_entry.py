"""How the entry reads its arguments, before anything of the window or the command line is loaded."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from annotator.cli import _parser
from main import COMMANDS, command_first, keep_beside


def test_the_project_may_stand_before_the_command() -> None:
    assert command_first(["work.hashiya", "import", "articles"]) == ["import", "work.hashiya", "articles"]
    assert command_first(["import", "work.hashiya", "articles"]) == ["import", "work.hashiya", "articles"]
    assert command_first(["import", "export"]) == ["import", "export"]  # a project may be called like a command
    assert command_first(["work.hashiya"]) == ["work.hashiya"]
    assert command_first([]) == []


def test_the_entry_knows_every_command_of_the_command_line() -> None:
    [choices] = [one.choices for one in _parser(())._actions if isinstance(one.choices, dict)]
    assert set(choices) == COMMANDS


def test_a_portable_copy_keeps_everything_beside_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HASHIYA_HOME")
    (tmp_path / "portable.txt").touch()
    keep_beside(tmp_path)  # from the source, nothing is portable
    assert "HASHIYA_HOME" not in os.environ
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setenv("HASHIYA_HOME", "elsewhere")
    keep_beside(tmp_path)
    assert os.environ["HASHIYA_HOME"] == "elsewhere"
    monkeypatch.delenv("HASHIYA_HOME")
    keep_beside(tmp_path)
    assert Path(os.environ["HASHIYA_HOME"]) == tmp_path / "Hashiya data"


def test_an_installed_copy_keeps_nothing_beside_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HASHIYA_HOME")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    keep_beside(tmp_path)
    assert "HASHIYA_HOME" not in os.environ
