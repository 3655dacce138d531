"""How fast a bundle is merged, against making the same operations here; prints, asserts nothing about time."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import groupby, islice
from pathlib import Path

from annotator import Project
from annotator.store.log import StepWriter
from annotator.store.operations import COLUMNS, Operation

ROOT = Path(__file__).parents[2]
COUNT = int(os.environ.get("HASHIYA_BENCH_OPERATIONS", "100000"))
WORDS = "قصف الجيش السوري قرية حميمة في ريف حلب الشرقي اليوم وأعلنت وزارة الدفاع ذلك\n"
_AT_ONCE = 1000


def seconds(job: Callable[[], object]) -> float:
    begin = time.perf_counter()
    job()
    return time.perf_counter() - begin


def base(folder: Path) -> Path:
    """A project of 200 articles of 4,000 characters, and the bundle that carries it."""
    for number in range(200):
        (folder / f"{number:03}.txt").write_text(f"مقال {number}\n{WORDS * 52}", "utf-8")
    with Project.create(folder / "base.hashiya", reviewer="A") as project:
        project.import_files(sorted(folder.glob("*.txt")))
        project.send(folder / "start.bundle")
    return folder / "start.bundle"


def copy_of(folder: Path, name: str, start: Path, reviewer: str) -> Project:
    return Project.create_from(folder / name, [start], reviewer=reviewer)


def make_operations(project: Project, count: int) -> None:
    """Mark and now and then revise: each operation a step of its own."""
    articles = [one.id for one in project.articles()]
    texts = {one: project.article(one).text for one in articles}
    connection = project._connection
    connection.execute("PRAGMA synchronous = OFF")
    made = 0
    while made < count:
        article = articles[made // 500 % 200]
        start = made % 3900
        value = {
            "article": article, "label": "actor", "start": start, "end": start + 5, "quote": texts[article][start : start + 5],
            "note": "", "reviewer": project.reviewer, "label_set": 1,
        }  # fmt: skip
        with project._log.step("annotate", project.reviewer) as step:
            identity = step.put_new("annotation", value)
            made += 1
        if made % 3 == 0 and made < count:
            with project._log.step("revise", project.reviewer) as step:
                now = {"created_at": "2026-01-01T00:00:00.000Z", "note": "ملاحظة"}
                step.put_updated("annotation", value | now, identity)
                made += 1


def replay(project: Project, operations: list[Operation], *, durable: bool) -> None:
    """Make the same operations through the log, step by step, as if somebody did it here."""
    if not durable:
        project._connection.execute("PRAGMA synchronous = OFF")
    for _, group in groupby(operations, key=lambda one: one.step):
        some = list(group)
        with project._log.step(some[0].action, some[0].reviewer) as step:
            for one in some:
                step.put(one.kind, one.value(), entity=one.entity)


def replay_in_one_transaction(project: Project, operations: list[Operation]) -> None:
    """Make the same operations, as the same steps, but wait for no disk between them."""
    log = project._log
    with log.step("join", project.reviewer) as outer:
        for _, group in groupby(operations, key=lambda one: one.step):
            some = list(group)
            step = StepWriter(log, some[0].action, some[0].reviewer)
            for one in some:
                step.put(one.kind, one.value(), entity=one.entity)
            log._store(step)
            log.seq, log.head = step.operations[-1].seq, step.operations[-1].hash
        assert not outer.operations


def replay_in_bulk(project: Project, operations: list[Operation]) -> None:
    """Make the same operations as an import does: 1,000 in a transaction, of one step."""
    rest, identity = iter(operations), b""
    while some := list(islice(rest, _AT_ONCE)):
        with project._log.step("import", "B", id=identity) as step:
            step.foresee([one.entity for one in some])
            for one in some:
                if not step.has(one.entity):
                    step.put(one.kind, one.value(), entity=one.entity)
        identity = step.id


def test_a_merge_against_making_the_same_operations_here(tmp_path: Path) -> None:
    start = base(tmp_path)
    with copy_of(tmp_path, "b.hashiya", start, "B") as project:
        make_operations(project, COUNT)
        project.send(tmp_path / "b.bundle", since_last=True)
        rows = project._connection.execute(
            f"SELECT {COLUMNS} FROM op WHERE rid = ? ORDER BY seq", (project._log.rid,)
        ).fetchall()
    operations = [Operation(*row) for row in rows]
    with copy_of(tmp_path, "steps.hashiya", start, "B") as project:
        by_step = seconds(lambda: replay(project, operations, durable=False))
    with copy_of(tmp_path, "one.hashiya", start, "B") as project:
        at_once = seconds(lambda: replay_in_one_transaction(project, operations))
    with copy_of(tmp_path, "bulk.hashiya", start, "B") as project:
        in_bulk = seconds(lambda: replay_in_bulk(project, operations))
    with copy_of(tmp_path, "c.hashiya", start, "C") as project:
        looking = seconds(lambda: project.look_at([tmp_path / "b.bundle"]))
        merging = seconds(lambda: project.receive([tmp_path / "b.bundle"]))
        again = seconds(lambda: project.receive([tmp_path / "b.bundle"]))
        back = seconds(project.take_back)
    size = (tmp_path / "b.bundle").stat().st_size
    print(f"\n{len(operations)} operations, bundle of {size / 1e6:.1f} MB")
    print(f"merge: {merging:.2f} s, {len(operations) / merging:.0f} verified operations a second; look {looking:.2f} s")
    print(f"again: {again:.3f} s; take back: {back:.2f} s")
    print(f"the same here, step by step without waiting for the disk: {by_step:.2f} s, ratio {merging / by_step:.2f}")
    print(f"the same here, the same steps in one transaction: {at_once:.2f} s, ratio {merging / at_once:.2f}")
    print(f"the same here, as one import: {in_bulk:.2f} s, ratio {merging / in_bulk:.2f}")


def test_memory_stays_flat(tmp_path: Path) -> None:
    start = base(tmp_path)
    peaks = {}
    for count in (COUNT // 10, COUNT):
        with copy_of(tmp_path, f"{count}.hashiya", start, "B") as project:
            make_operations(project, count)
            project.send(tmp_path / f"{count}.bundle", since_last=True)
        copy_of(tmp_path, f"to-{count}.hashiya", start, "C").close()
        peaks[count] = _peak(tmp_path / f"to-{count}.hashiya", tmp_path / f"{count}.bundle")
    print(
        "\npeak of a merge: " + ", ".join(f"{count} operations {peak / 1024:.0f} MB" for count, peak in peaks.items())
    )


def _peak(project: Path, bundle: Path) -> int:
    """Return the greatest size in memory (kB) of a process that merges a bundle."""
    script = (
        "import resource, sys; from annotator import Project\n"
        "with Project.open(sys.argv[1]) as project: project.receive([sys.argv[2]])\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(project), str(bundle)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return int(done.stdout)
