"""How fast a project goes out, as ratios to raw limits measured in the same run. Prints; asserts nothing about time.

10,000 articles with 20 annotations each; HASHIYA_BENCH_EXPORTS gives another number of articles. Two limits are told: orjson
writing the same records (what the export holds, read back: objects of JSON, rows of tables, fields of lines), which are in
memory already; and this with the rows read from SQLite by bare queries, which every export has to read. What a format holds
may be nearly nothing (events of claims without an event): the second limit says what such an export could take at best.
Times are of the processor, so that other programs change little.
The peak of memory is that of Python's own allocations, for a tenth of the articles and for all.
"""

from __future__ import annotations

import csv
import hashlib
import os
import random
import time
import tracemalloc
import uuid
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

import orjson
import pytest
import sqlcipher3.dbapi2 as sqlite

from annotator import Project, formats
from annotator.writers.json_lines import record_of

ARTICLES = int(os.environ.get("HASHIYA_BENCH_EXPORTS", "10000"))
EACH = 20
SEED = next((Path(__file__).parents[2] / "seeds/articles").iterdir()).read_text("utf-8")
LABELS = ("actor", "place", "claim")
_ROWS = (
    "SELECT hex(id), body, text FROM article JOIN text USING (sha256) ORDER BY imported_at, file, id",
    'SELECT hex(article), hex(id), label, start, "end", quote, reviewer, created_at, updated_at, note, label_set '
    'FROM annotation ORDER BY article, start, "end" DESC, id',
)


class Limits(NamedTuple):
    """Seconds that it takes at least: to write the records of our own form, and to read the rows of all."""

    ours: float
    rows: float


def make_project(folder: Path, articles: int) -> Project:
    project = Project.create(folder / f"{articles}.hashiya", reviewer="R1", starter=True)
    project.export("jsonl", folder / "seed.jsonl")
    record = orjson.loads((folder / "seed.jsonl").read_bytes())
    (folder / "many.jsonl").write_bytes(b"".join(_lines(record, articles)))
    project.import_files([folder / "many.jsonl"])
    return project


def _lines(record: dict[str, Any], articles: int) -> Iterator[bytes]:
    chance = random.Random(7)
    for number in range(articles):
        text = f"{number} {SEED}"
        digest = hashlib.sha256(text.encode()).hexdigest()
        given = {
            "id": str(uuid.UUID(int=number)),
            "text": text,
            "sha256": digest,
            "source": record["source"] | {"bytes_sha256": digest},
            "annotations": [_mark(text, number * EACH + place, place, chance) for place in range(EACH)],
        }
        yield orjson.dumps(record | given, option=orjson.OPT_APPEND_NEWLINE)


def _mark(text: str, number: int, place: int, chance: random.Random) -> dict[str, object]:
    start = 20 + place * 80 + chance.randrange(40)
    end = start + chance.randrange(3, 30)
    moment = "2026-01-01T00:00:00.000Z"
    return {
        "id": f"00000000-0000-4000-8000-{number:012x}", "label": LABELS[place % 3], "start": start, "end": end,
        "quote": text[start:end], "prefix": "", "suffix": "", "reviewer": "R1", "created_at": moment, "updated_at": moment,
        "note": "",
    }  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with make_project(tmp_path_factory.mktemp("many"), ARTICLES) as project:
        yield project


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with make_project(tmp_path_factory.mktemp("few"), ARTICLES // 10) as project:
        yield project


@pytest.fixture(scope="module")
def limits(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Limits:
    out = tmp_path_factory.mktemp("raw") / "raw.jsonl"
    everything = [record_of(marked) for marked in project.stream()]
    began = time.process_time()
    write_raw(everything, out)
    middle = time.process_time()
    bare = sqlite.connect(str(project.path))
    read = sum(1 for query in _ROWS for _ in bare.execute(query))
    bare.close()
    found = Limits(middle - began, time.process_time() - middle)
    print(f"\n{read} rows read in {found.rows:.2f} s; our records written by orjson in {found.ours:.2f} s")
    return found


def write_raw(records: Any, out: Path) -> None:
    with out.open("wb") as file:
        for record in records:
            file.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
        file.flush()
        os.fsync(file.fileno())


def seconds_of_orjson(out: Path, raw: Path) -> float:
    """Return how long orjson takes to write the records of an export that is text, a thousand in memory at a time."""
    records = chain.from_iterable(map(records_in, [out] if out.is_file() else sorted(out.iterdir())))
    seconds = 0.0
    with raw.open("wb") as file:
        while some := list(islice(records, 1000)):
            began = time.process_time()
            for record in some:
                file.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
            seconds += time.process_time() - began
        began = time.process_time()
        file.flush()
        os.fsync(file.fileno())
    return seconds + time.process_time() - began if raw.stat().st_size else 0.0


def records_in(path: Path) -> Iterator[object]:
    """Yield the records of a file of text: objects of JSON, rows of a table, fields of lines; none of what is binary."""
    if path.suffix in (".jsonl", ".conll", ".conllu", ".ann"):
        with path.open("rb") as lines:
            yield from (orjson.loads(line) if path.suffix == ".jsonl" else line.decode().split("\t") for line in lines)
    elif path.suffix in (".json", ".jsonld", ".geojson"):
        whole = orjson.loads(path.read_bytes())
        yield from whole if isinstance(whole, list) else [whole]
    elif path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as rows:
            yield from csv.reader(rows)
    elif path.suffix in (".txt", ".html", ".xml", ".xmi", ".tsv"):
        yield path.read_text("utf-8")


@pytest.mark.parametrize("name", formats.names())
def test_how_fast_a_format_is(project: Project, limits: Limits, tmp_path: Path, name: str) -> None:
    out = tmp_path / f"out{formats.writer_for(name).ending}"
    began = time.process_time()
    report = project.export(name, out)
    took = time.process_time() - began
    same = seconds_of_orjson(out, tmp_path / "same.jsonl")
    ratios = f"ratio to orjson with the same records {took / same:.2f}" if same else "no text format"
    ratios += f"; to this with the rows read {took / ((same or limits.ours) + limits.rows):.2f}"
    print(f"\n{name}: {report.written} articles, {report.annotations} annotations in {took:.2f} s; {ratios}")


@pytest.mark.parametrize("name", formats.names())
def test_how_much_memory_a_format_takes(small: Project, project: Project, tmp_path: Path, name: str) -> None:
    ending = formats.writer_for(name).ending
    few, many = peak(small, name, tmp_path / f"few{ending}"), peak(project, name, tmp_path / f"many{ending}")
    print(f"\n{name}: peak {few:.2f} MB for {ARTICLES // 10} articles, {many:.2f} MB for {ARTICLES}")


def peak(project: Project, name: str, out: Path) -> float:
    tracemalloc.start()
    project.export(name, out)
    found = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return found
