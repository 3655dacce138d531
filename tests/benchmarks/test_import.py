"""How fast articles come in, as ratios to a raw limit measured in the same run. Prints; asserts nothing about time.

Run with `make bench`. With HASHIYA_BENCH_ARTICLES (a JSON Lines file, may be .gz, of objects with a `text`) the first figure is
of real articles, otherwise of variants of the seed article.
"""

from __future__ import annotations

import gzip
import itertools
import os
import random
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import orjson
import pytest
import sqlcipher3.dbapi2 as sqlite

from annotator import Change, Project, readers
from annotator.readers.draft import Draft, Options, Reader, draft_of
from annotator.readers.source_file import SourceFile, in_memory
from annotator.store.database import _PRAGMAS
from annotator.text.fold import fold

ROOT = Path(__file__).parents[2]
SEED = next((ROOT / "seeds/articles").iterdir()).read_text("utf-8")
COUNT = 10_200
SHORT = 100_000
ROWS = ("op", "text", "original", "article", "text_number", "text_sketch")


def seconds(job: Callable[[], object]) -> float:
    begin = time.perf_counter()
    job()
    return time.perf_counter() - begin


def lines() -> Iterator[bytes]:
    given = os.environ.get("HASHIYA_BENCH_ARTICLES")
    if given:
        with (gzip.open if given.endswith(".gz") else open)(given, "rb") as file:
            yield from itertools.islice(file, COUNT)
        return
    words = SEED.split()
    for number in range(COUNT):
        chance = random.Random(number)
        text = " ".join(chance.choices(words, k=800))
        yield orjson.dumps({"title": str(number), "text": text}, option=orjson.OPT_APPEND_NEWLINE)


def read(source: SourceFile, options: Options) -> Iterator[Draft]:
    """Read JSON Lines of the plainest kind: one article a line, its record kept as the original."""
    with source.open() as file:
        for number, line in enumerate(file, start=1):
            record = orjson.loads(line)
            yield draft_of(
                record["text"], source=source, original=line, reader="bench", encoding="utf-8", confidence=None,
                title=record["title"], part=str(number),
            )  # fmt: skip


@pytest.fixture(autouse=True)
def plain_records(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Reader("bench", frozenset({".records"}), read)
    monkeypatch.setattr(readers, "READERS", (reader, *readers.READERS))


def test_articles_with_index_against_bare_rows_and_bare_folding(tmp_path: Path) -> None:
    file = tmp_path / "articles.records"
    file.write_bytes(b"".join(lines()))
    with Project.create(tmp_path / "p.hashiya", reviewer="R1") as project:
        ours = seconds(lambda: project.import_files([file]))
        again = seconds(lambda: project.import_files([file]))
        survey = seconds(lambda: project.survey([file]))
        tables = {table: project._connection.execute(f"SELECT * FROM {table}").fetchall() for table in ROWS}
    inserted = seconds(lambda: insert_raw(tmp_path / "raw.db", tables))
    texts = [row[1] for row in tables["text"]]
    folded = seconds(lambda: [fold(text) for text in texts])
    limit = inserted + folded
    indexed = seconds(lambda: index_raw(tmp_path / "index.db", [fold(text) for text in texts])) - folded
    print(f"\nimport of {len(texts)} articles with index, {sum(map(len, texts)) / 1e6:.1f} M characters: {ours:.2f} s")
    print(f"  bare insert {inserted:.2f} s + bare folding {folded:.2f} s: {limit / ours:.0%} of that rate")
    print(f"  and with a bare index of the folded texts ({indexed:.2f} s): {(limit + indexed) / ours:.0%}")
    print(f"  the same once more (all there already): {again:.2f} s; survey of them: {survey:.2f} s")


def insert_raw(path: Path, tables: dict[str, list[tuple[object, ...]]]) -> None:
    connection = raw(path)
    connection.execute("BEGIN IMMEDIATE")
    for table, rows in tables.items():
        connection.execute(f"CREATE TABLE {table} ({', '.join(f'c{number}' for number in range(len(rows[0])))})")
        connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
    connection.execute("COMMIT")


def index_raw(path: Path, texts: list[str]) -> None:
    connection = raw(path)
    connection.execute("CREATE VIRTUAL TABLE words USING fts5 (body, content = '')")
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT INTO words (rowid, body) VALUES (?, ?)", enumerate(texts, start=1))
    connection.execute("COMMIT")


def raw(path: Path) -> sqlite.Connection:
    connection = sqlite.connect(str(path), isolation_level=None)
    for pragma in _PRAGMAS:
        connection.execute(pragma)
    return connection


def short_articles() -> Iterator[SourceFile]:
    words = SEED.split()
    for number in range(SHORT):
        chance = random.Random(number)
        text = f"{number}\n{' '.join(chance.choices(words, k=60))}"
        yield in_memory(f"{number:06}.txt", text.encode())


def test_many_short_articles_keep_the_rate_and_the_memory(tmp_path: Path) -> None:
    files = list(short_articles())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    stored, times = 0, {0: time.perf_counter()}

    def note(change: Change) -> None:
        """Note when each ten thousand were on the disk: files are read ahead of that."""
        nonlocal stored
        stored += len(change.ids["article"])
        if stored // 10_000 * 10_000 not in times:
            times[stored // 10_000 * 10_000] = time.perf_counter()

    with Project.create(tmp_path / "p.hashiya", reviewer="R1") as project:
        project.subscribe(note)
        took = seconds(lambda: project.import_files(files))
    rates = [10_000 / (times[at + 10_000] - times[at]) for at in range(0, SHORT, 10_000)]
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(
        f"\n{SHORT} short articles: {took:.1f} s; a second, by tens of thousands: {', '.join(f'{one:.0f}' for one in rates)}"
    )
    print(f"  last against first: {rates[-1] / rates[0]:.0%}; memory grown by {grown:.0f} MB, the report included")
