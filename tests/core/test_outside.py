"""Nothing that is written outside takes the place of a project, and a full disk is told as what it is there."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from annotator import Project
from annotator.errors import DiskFull, NoRoom, ProjectInTheWay
from annotator.writers import writer_for
from annotator.writers.target import whole_file

Way = Callable[..., Any]
JSONL = writer_for("jsonl")
WAYS: dict[str, Way] = {
    "export": lambda project, path, writer=JSONL: project.export(writer, path),
    "package": lambda project, path, writer=JSONL: project.export_package([writer], path),
    "bundle": lambda project, path: project.send(path),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_project_is_replaced_neither_the_open_one_nor_another(tmp_path: Path, way: str) -> None:
    with Project.create(tmp_path / "other.hashiya", reviewer="R1"):
        pass
    other = (tmp_path / "other.hashiya").read_bytes()
    with Project.create(tmp_path / "work.hashiya", reviewer="R1", starter=True) as project:
        for path in (project.path, tmp_path / "other.hashiya"):
            with pytest.raises(ProjectInTheWay):
                WAYS[way](project, path)
    assert (tmp_path / "other.hashiya").read_bytes() == other
    with Project.open(tmp_path / "work.hashiya", reviewer="R1") as project:
        assert len(project.articles()) == 1


@pytest.mark.parametrize("name", ["other.hashiya", "other.pdf"])
def test_no_file_at_all_is_written_in_its_place(tmp_path: Path, name: str) -> None:
    """Reports, pictures and tables are saved by whoever has them, all through one door; a project may have lost its ending."""
    with Project.create(tmp_path / "other.hashiya", reviewer="R1"):
        pass
    other = (tmp_path / "other.hashiya").rename(tmp_path / name)
    before = other.read_bytes()
    with pytest.raises(ProjectInTheWay), whole_file(other) as file:
        file.write(b"x")
    assert other.read_bytes() == before
    assert list(tmp_path.glob("*.part")) == []


def test_a_link_to_the_open_project_is_the_open_project(tmp_path: Path) -> None:
    with Project.create(tmp_path / "work.hashiya", reviewer="R1") as project:
        try:
            (tmp_path / "link.jsonl").symlink_to(project.path)
        except OSError:
            pytest.skip("this system makes no links for everybody")
        with pytest.raises(ProjectInTheWay):
            project.export("jsonl", tmp_path / "link.jsonl")


def test_any_other_file_is_replaced(tmp_path: Path) -> None:
    with Project.create(tmp_path / "work.hashiya", reviewer="R1", starter=True) as project:
        for content in (b"", b"x" * 100):
            (tmp_path / "out.jsonl").write_bytes(content)
            assert project.export("jsonl", tmp_path / "out.jsonl").path.read_bytes().startswith(b"{")


@pytest.mark.parametrize("way", ["export", "package"])
def test_a_full_disk_names_what_has_no_room_and_nothing_is_left(tmp_path: Path, way: str) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    writer = replace(JSONL, write=full)
    with Project.create(tmp_path / "work.hashiya", reviewer="R1") as project:
        with pytest.raises(NoRoom, match=r"out\.zip.*the project itself is unharmed"):
            WAYS[way](project, tmp_path / "out.zip", writer)
        assert not list(tmp_path.glob("*out*"))


@pytest.mark.parametrize("from_bundle", [False, True])
def test_a_new_project_for_which_there_is_no_room_says_so_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, from_bundle: bool
) -> None:
    with Project.create(tmp_path / "work.hashiya", reviewer="R1") as project:
        project.send(tmp_path / "all.bundle")

    def full(*_: object) -> None:
        raise DiskFull

    monkeypatch.setattr(Project, "_begin_with" if from_bundle else "_begin", lambda *_, **__: full())
    make = partial(Project.create_from, bundles=[tmp_path / "all.bundle"]) if from_bundle else Project.create
    with pytest.raises(NoRoom, match=r"new\.hashiya"):
        make(tmp_path / "new.hashiya", reviewer="R2")
    assert not list(tmp_path.glob("new*"))
