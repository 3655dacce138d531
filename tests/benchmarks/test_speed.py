"""How fast it is, as ratios to a raw limit measured in the same run. Prints; asserts nothing about time.

Run with `make bench`. With HASHIYA_BENCH_ARTICLES (a JSON Lines file, may be .gz, of objects with a `text`) the bulk
figures use real articles, otherwise copies of the seed article.
"""

from __future__ import annotations

import gzip
import itertools
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import orjson
import sqlcipher3.dbapi2 as sqlite

from annotator import Project
from annotator.store.database import _PRAGMAS

ROOT = Path(__file__).parents[2]
SEED = next((ROOT / "seeds/articles").iterdir()).read_text("utf-8")
COUNT = 10_000


def texts() -> Iterator[str]:
    given = os.environ.get("HASHIYA_BENCH_ARTICLES")
    if given:
        with (gzip.open if given.endswith(".gz") else open)(given, "rt", encoding="utf-8") as file:
            yield from itertools.islice((json.loads(line)["text"] for line in file), COUNT)
    else:
        yield from (f"{number} {SEED}" for number in range(COUNT))


def seconds(job: Callable[[], object]) -> float:
    begin = time.perf_counter()
    job()
    return time.perf_counter() - begin


def raw(path: Path, statement: str) -> sqlite.Connection:
    connection = sqlite.connect(str(path), isolation_level=None)
    for pragma in _PRAGMAS:
        connection.execute(pragma)
    connection.execute(statement)
    return connection


def say(name: str, ours: float, limit: float, unit: str = "ms") -> None:
    scale = 1000 if unit == "ms" else 1
    print(f"\n{name}: {ours * scale:.2f} {unit}, raw {limit * scale:.2f} {unit}, ratio {ours / limit:.2f}")


def test_one_annotation_against_one_durable_row(tmp_path: Path) -> None:
    connection = raw(tmp_path / "raw.db", "CREATE TABLE t (a, b, c)")
    with Project.create(tmp_path / "p.hashiya", reviewer="R1", starter=True) as project:
        article = project.articles()[0].id
        ours, limit = [], []
        for number in range(300):
            ours.append(seconds(lambda at=number: project.annotate(article, at, at + 5, "actor")))
            limit.append(seconds(lambda: connection.execute("INSERT INTO t VALUES (1, 'actor', 'quote')")))
    say("annotate, durable (median)", statistics.median(ours), statistics.median(limit))


def test_bulk_import_and_export(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number, text in enumerate(texts()):
        (folder / f"{number:05}.txt").write_text(text, encoding="utf-8")
    with Project.create(tmp_path / "p.hashiya", reviewer="R1") as project:
        ours = seconds(lambda: project.import_files([folder]))
        connection = project._connection
        tables = {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in ("op", "text", "article")}
        limit = seconds(lambda: insert_raw(tmp_path / "raw.db", tables))
        say(f"import of {len(tables['article'])} files, against bare inserts of the same rows", ours, limit, "s")
        mark_all(project)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        out = tmp_path / "out.jsonl"
        ours = seconds(lambda: project.export("jsonl", out))
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    with out.open("rb") as file:
        records = [orjson.loads(line) for line in file]
    limit = seconds(lambda: write_raw(tmp_path / "raw.jsonl", records))
    say(f"export of {len(records)} articles, {out.stat().st_size >> 20} MB, against orjson", ours, limit, "s")
    print(f"memory grown by the export: {grown:.0f} MB")


def insert_raw(path: Path, tables: dict[str, list[tuple[object, ...]]]) -> None:
    connection = raw(path, "CREATE TABLE unused (a)")
    connection.execute("BEGIN IMMEDIATE")
    for table, rows in tables.items():
        connection.execute(f"CREATE TABLE {table} ({', '.join(f'c{number}' for number in range(len(rows[0])))})")
        connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
    connection.execute("COMMIT")


def mark_all(project: Project) -> None:
    """Put 20 marks on every article, as one import of our own records would."""
    with project._log.step("import", "R1") as step:
        for article in project.articles():
            for start in range(0, 200, 10):
                end = min(start + 8, len(article.text))
                if start < end:
                    value = {"article": article.id, "label": "actor", "start": start, "end": end, "note": ""}
                    step.put_new("annotation", value | {"quote": article.text[start:end], "reviewer": "R1"})


def write_raw(path: Path, records: list[object]) -> None:
    with path.open("wb") as file:
        for record in records:
            file.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
        file.flush()
        os.fsync(file.fileno())


def test_starting(tmp_path: Path) -> None:
    Project.create(tmp_path / "p.hashiya", reviewer="R1").close()
    command = [sys.executable, str(ROOT / "main.py"), "stats", str(tmp_path / "p.hashiya")]
    run = [seconds(lambda: subprocess.run(command, check=True, capture_output=True)) for _ in range(5)]
    bare = [seconds(lambda: subprocess.run([sys.executable, "-c", ""], check=True)) for _ in range(5)]
    say("a command without a window, against bare Python (median)", statistics.median(run), statistics.median(bare))
    script = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from PySide6.QtCore import QTimer\nfrom pathlib import Path\nfrom ui.app import *\n"
        "app = make_app(); s = Settings(); s.reviewer = 'R1'; a = Application(app, s); a.start(None)\n"
        "a.session.article_changed.connect(lambda: QTimer.singleShot(0, a.window.close)); app.exec()\n"
    )
    window = [
        seconds(lambda: subprocess.run([sys.executable, "-c", script], check=True, capture_output=True))
        for _ in range(5)
    ]
    print(f"window with its article shown and closed again: median {statistics.median(window):.2f} s (process and all)")
