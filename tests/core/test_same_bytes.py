"""Same project and options, same bytes: in other processes, with other hash seeds, time zones, locales and encodings."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from annotator import formats
from tests.core.whole_project import whole_project

ROOT = Path(__file__).parents[2]
# A PDF is made by the window's own software, which writes times and ids of its own.
NAMES = [name for name in formats.names() if name != "pdf" and formats.is_available(formats.writer_for(name))]
SCRIPT = """
import sys
sys.path.insert(0, {root!r})
from pathlib import Path
from annotator import PackageDetails, Project, formats

out, names = Path(sys.argv[2]), sys.argv[3].split(",")
said = PackageDetails("عنوان", "CC0-1.0", "كذا", ("R1", "R2 <https://orcid.org/0>"))
with Project.open(sys.argv[1], read_only=True) as project:
    some = project.selection(labels=["claim", "actor", "place"], filter="label:claim", since="2020-01-01T00:00")
    for name in names:
        ending = formats.writer_for(name).ending
        project.export(name, out / f"{{name}}{{ending}}")
        project.export(name, out / f"{{name}}-some{{ending}}", selection=some)
        if not ending:
            project.export(name, out / f"{{name}}.zip")
    project.export_package(names, out / "package", details=said)
    project.export_package(names, out / "package.zip", details=said, selection=some)
"""
WORLDS = (
    {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"},
    {"PYTHONHASHSEED": "2", "TZ": "Asia/Damascus", "LC_ALL": "ar_SY.UTF-8", "LANGUAGE": "ar", "PYTHONUTF8": "1"},
    {"PYTHONHASHSEED": "3", "TZ": "America/St_Johns", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of several articles, layers, labels and entities: what has an order, sets could mix up."""
    folder = tmp_path_factory.mktemp("same")
    path = folder / "whole.hashiya"
    with whole_project(path) as project:
        for number in range(5):
            (folder / f"{number}.txt").write_text(f"{number}. قصف الجيش مدينة حلب\nقالت سانا.", encoding="utf-8")
        for done in project.import_files([folder / f"{number}.txt" for number in range(5)]).imported:
            for reviewer in ("R3", "R4"):
                project.switch_reviewer(reviewer)
                mark = project.annotate(done.article, 3, 12, "actor")
                place = project.annotate(done.article, 13, 22, "place", note="ملاحظة")
                claim = project.annotate(done.article, 3, 30, "claim")
                project.frame(claim.id, source=mark.id, places=[place.id], mode="direct")
                project.judge(claim.id, "contested", reason="سبب")
                project.link(mark.id, project.add_entity("actor", ["الجيش"], external={"b": "1", "a": "2"}).id)
            project.flag([done.article])
    return path


def written(project: Path, out: Path, world: dict[str, str]) -> dict[str, bytes]:
    out.mkdir()
    script = out.with_suffix(".py")
    script.write_text(SCRIPT.format(root=str(ROOT)), encoding="utf-8")
    arguments = [sys.executable, str(script), str(project), str(out), ",".join(NAMES)]
    done = subprocess.run(arguments, env=os.environ | world, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def test_the_same_project_gives_the_same_bytes_in_any_process(project: Path, tmp_path: Path) -> None:
    first, *others = (written(project, tmp_path / str(number), world) for number, world in enumerate(WORLDS))
    assert {name.split("/")[0].partition(".")[0].partition("-")[0] for name in first} == {*NAMES, "package"}
    for other in others:
        assert set(other) == set(first)
        assert [name for name in first if first[name] != other[name]] == []
