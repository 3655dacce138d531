"""How fast two layers of 2,000 annotations are compared, and a settled project is listed. Prints processor time;
asserts none."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from annotator import Annotation, Project, Side
from annotator.review.comparing import compare

ROOT = Path(__file__).parents[2]
SEED = next((ROOT / "seeds/articles").iterdir()).read_text("utf-8")
COUNT, ARTICLES, EACH = 2_000, 2_000, 10


def median(job: Callable[[], object], *, times: int = 9) -> float:
    found = []
    for _ in range(times):
        begin = time.process_time()
        job()
        found.append(time.process_time() - begin)
    return statistics.median(found)


def layers() -> tuple[list[Annotation], list[Annotation]]:
    """Two layers of which seven tenths are equal and the rest differs in edges or labels, or is missing."""
    chance, at, one, other = random.Random(1), 0, [], []
    for number in range(COUNT):
        at += chance.randint(3, 40)
        end, label = at + chance.randint(3, 30), chance.choice(("actor", "place", "claim"))
        one.append(mark("A", number, at, end, label))
        kind = chance.random()
        if kind < 0.7:
            other.append(mark("B", number, at, end, label))
        elif kind < 0.85:
            other.append(mark("B", number, at + 1, end + 2, label))
        elif kind < 0.95:
            other.append(mark("B", number, at, end, "other"))
        else:
            other.append(mark("B", number, end + 1, end + 3, label))
    return one, sorted(other, key=lambda found: (found.start, -found.end, found.id))


def mark(name: str, number: int, start: int, end: int, label: str) -> Annotation:
    return Annotation(f"{name}{number:05}", "a", label, start, end, "x" * (end - start), "", name, "", "")


def sweep(one: list[Annotation], other: list[Annotation]) -> int:
    """Go along both layers once and count what overlaps: the least there is to do."""
    found, at = 0, 0
    for left in one:
        while at < len(other) and other[at].end <= left.start:
            at += 1
        place = at
        while place < len(other) and other[place].start < left.end:
            found += 1
            place += 1
    return found


def test_two_layers(tmp_path: Path) -> None:
    one, other = layers()
    sides = [Side("A", one), Side("B", other)]
    whole, bare = median(lambda: compare("a", sides)), median(lambda: sweep(one, other))
    print(
        f"\ncomparing two layers of {COUNT}: {whole * 1000:.1f} ms; a bare sweep {bare * 1000:.2f} ms, ratio {whole / bare:.0f}"
    )
    six = [
        Side(name, [mark(name, number, found.start, found.end, found.label) for number, found in enumerate(one)])
        for name in "ABCDEF"
    ]
    print(f"six layers of {COUNT}: {median(lambda: compare('a', six), times=3) * 1000:.0f} ms")


def test_a_settled_project_is_listed(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(ARTICLES):
        (folder / f"{number:05}.txt").write_text(f"{number} {SEED}", encoding="utf-8")
    with Project.create(tmp_path / "p.hashiya", reviewer="R1") as project:
        project.import_files([folder])
        project.annotate_hits(project.search("في"), "place")
        articles = [one.id for one in project.articles()]
        before = median(project.queue, times=3)
        begin = time.process_time()
        for article in articles:
            project.settle(article)
        each = (time.process_time() - begin) / len(articles)
        after = median(project.queue, times=3)
        count = project.stats().finals
        project.switch_reviewer("R2")
        open_first = project.queue()
        assert {row.review for row in open_first.rows} == {"settled"}
        project.switch_reviewer("R1")
        project.set_blind(True)
        project.switch_reviewer("R2")
        veiled = median(project.queue, times=3)
    print(f"\n{ARTICLES} articles, {count} final annotations: settling one takes {each * 1000:.1f} ms")
    print(f"the queue {before * 1000:.0f} ms, settled {after * 1000:.0f} ms, ratio {after / before:.2f}")
    print(f"in blind mode {veiled * 1000:.0f} ms")
