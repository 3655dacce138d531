"""Agreement and statistics over many annotations: the sweep and the figures, beside reading the same rows from SQLite."""

from __future__ import annotations

import random
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from annotator import Project
from annotator.store import layers

ARTICLES, MARKS = 1_000, 33
WORDS = ["قصف", "الجيش", "ريف", "حلب", "وقالت", "المصادر", "إن", "المدنيين", "خرجوا", "من", "دير", "حافر"]
MOMENT = "2026-01-01T00:00:00.000Z"


def test_figures_of_all_annotations(tmp_path: Path) -> None:
    with _marked_twice(tmp_path) as project:
        started = time.perf_counter()
        read = layers.read_articles(project._connection)
        rows = sum(len(layer.units) for one in read for layer in one.layers.values())
        reading = time.perf_counter() - started
        started = time.perf_counter()
        found = project.agreement()
        measuring = time.perf_counter() - started
        started = time.perf_counter()
        statistics = project.statistics()
        counting = time.perf_counter() - started
    print(f"\nagreement over {rows} annotations: {measuring:.2f} s; reading them alone {reading:.2f} s")
    print(f"{measuring / rows * 650_000:.1f} s for 650,000 at this pace; {measuring / reading:.1f}x of reading")
    print(f"statistics of {rows} annotations: {counting:.2f} s; {counting / reading:.1f}x of reading")
    assert found.row() is not None
    assert sum(one.annotations for one in statistics.labels) == rows
    assert rows == 2 * ARTICLES * MARKS


def _marked_twice(folder: Path) -> Project:
    """A project whose articles two reviewers marked, mostly alike."""
    project, chance = Project.create(folder / "work.hashiya", reviewer="Amal"), random.Random(1)
    for number in range(ARTICLES):
        text = " ".join(chance.choice(WORDS) for _ in range(400)) + f" {number}"
        (folder / f"{number:05}.txt").write_text(text, "utf-8")
    project.import_files([folder])
    project.export("jsonl", folder / "bare.jsonl")
    with (folder / "bare.jsonl").open("rb") as bare, (folder / "marked.jsonl").open("wb") as marked:
        for line in bare:
            record = orjson.loads(line)
            if "text" in record:
                record["annotations"] = list(_marks(record["text"], chance))
            marked.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
    project.import_files([folder / "marked.jsonl"])
    return project


def _marks(text: str, chance: random.Random) -> Iterator[dict[str, Any]]:
    for _ in range(MARKS):
        start, length = chance.randrange(len(text) - 20), chance.randrange(3, 18)
        for reviewer in ("Amal", "Basim"):
            end = start + length + chance.choice((0, 0, 0, 1))
            yield {
                "id": str(uuid.UUID(int=chance.getrandbits(128), version=4)), "label": chance.choice(("actor", "place")),
                "start": start, "end": end, "quote": text[start:end], "prefix": "", "suffix": "", "reviewer": reviewer,
                "created_at": MOMENT, "updated_at": MOMENT, "note": "",
            }  # fmt: skip
