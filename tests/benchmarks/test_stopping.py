"""How soon an export notices that it is to stop, for every format. Prints; asserts nothing about time.

10,000 articles with 20 annotations each (HASHIYA_BENCH_EXPORTS gives another number), one of 250,000 characters, 20,000 places.
The longest time between two looks is what somebody waits at worst (by the clock, and as work of this process, which a busy
machine does not stretch); `stopped` is measured from the wish to the exception, with the tidying up, at the start, in the
middle and near the end. `flushed` is the time behind the last look: nothing stops it then.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from annotator import Entity, Name, Project, formats
from annotator.exporting import ExportCancelled
from tests.benchmarks.test_exports import make_project

ARTICLES = int(os.environ.get("HASHIYA_BENCH_EXPORTS", "10000"))
PLACES = 20_000
WAYS = [*formats.names(), "csv.zip", "package", "package.zip"]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    folder = tmp_path_factory.mktemp("many")
    with make_project(folder, ARTICLES) as project:
        (folder / "long.txt").write_text("قصف الجيش مدينة حلب. " * 12_000, encoding="utf-8")
        done = project.import_files([folder / "long.txt"])
        for number in range(1000):
            project_start = number * 42
            project.annotate(done.imported[0].article, project_start, project_start + 3, "claim")
        project.add_entities(
            Entity("", "place", (Name(f"مكان {number}"),), latitude=36.0, longitude=37.0) for number in range(PLACES)
        )
        yield project


def export(project: Project, folder: Path, way: str, cancel: Callable[[], bool]) -> None:
    name, _, ending = way.partition(".")
    if name == "package":
        project.export_package(["csv", "jsonl"], folder / (f"out.{ending}" if ending else "out"), cancel=cancel)
    else:
        out = folder / (f"out.{ending}" if ending else f"out{formats.writer_for(name).ending}")
        project.export(name, out, cancel=cancel)


@pytest.mark.parametrize("way", WAYS)
def test_how_soon_an_export_stops(project: Project, tmp_path: Path, way: str) -> None:
    looks, worked = [time.perf_counter()], [time.process_time()]

    def look() -> bool:
        looks.append(time.perf_counter())
        worked.append(time.process_time())
        return False

    export(project, tmp_path, way, look)
    ended = time.perf_counter()
    longest, at = max((later - before, before) for before, later in pairwise(looks))
    busy = max(later - before for before, later in pairwise(worked))
    share = (at - looks[0]) / (ended - looks[0])
    stopped = [_stopped(project, tmp_path, way, int((len(looks) - 1) * part)) for part in (0.02, 0.5, 0.98)]
    print(
        f"\n{way}: {ended - looks[0]:.1f} s, {len(looks)} looks, longest {longest * 1000:.0f} ms (at "
        f"{share:.0%}), of work {busy * 1000:.0f} ms, stopped in "
        f"{', '.join(f'{seconds * 1000:.0f}' for seconds in stopped)} ms, flushed in {(ended - looks[-1]) * 1000:.0f} ms"
    )


def _stopped(project: Project, folder: Path, way: str, patience: int) -> float:
    asked = wanted = 0.0

    def stop() -> bool:
        nonlocal asked, wanted
        asked += 1
        if asked > patience and not wanted:
            wanted = time.perf_counter()
        return asked > patience

    with pytest.raises(ExportCancelled):
        export(project, folder, way, stop)
    return time.perf_counter() - wanted
