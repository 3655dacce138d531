"""How fast the claim board is with 100,000 claims, also as ratios to bare Python on the same tuples. Prints; asserts no time.

Run with `make bench`. What is measured is what a person waits for: until the window is painted again.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEventLoop, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator import Project
from annotator.frames import ClaimFrame, Mention, Passage, SaidTime, Speaker
from annotator.model import Annotation
from annotator.store.identity import frame_id
from annotator.values import annotation_value, frame_value
from ui.board.board import Board
from ui.board.claims import COLUMNS, GROUPINGS
from ui.fonts import load_fonts
from ui.session import Session

CLAIMS, ARTICLES, ROUNDS = 100_000, 4_000, 7
SEED = next((Path(__file__).parents[2] / "seeds/articles").iterdir()).read_text("utf-8")


def make(path: Path) -> None:
    """Make a project with so many claims; each has a frame with a source, a cue, a place and a day."""
    chance, words = random.Random(7), SEED.split()
    sources = [" ".join(chance.sample(words, 3)) for _ in range(300)]
    places = [" ".join(chance.sample(words, 2)) for _ in range(500)]
    folder = path.parent / "articles"
    folder.mkdir()
    for number in range(ARTICLES):
        text = f"{number} {' '.join(chance.choices(words, k=300))}"
        (folder / f"{number:05}.txt").write_text(text, encoding="utf-8")
    with Project.create(path, reviewer="R1") as project:
        project.import_files([folder])
        with project._log.step("import", "R1") as step:
            for article in project.articles():
                for claim in spans(article, chance):
                    put(step, claim, chance, sources, places)


def spans(article: Any, chance: random.Random) -> Iterator[Annotation]:
    cuts = sorted(chance.sample(range(len(article.text)), CLAIMS // ARTICLES + 1))
    for start, end in pairwise(cuts):
        yield Annotation("", article.id, "claim", start, end, article.text[start:end], "", "R1", "", "")


def put(step: Any, claim: Annotation, chance: random.Random, sources: list[str], places: list[str]) -> None:
    from annotator.store.clock import uuid_text

    identity = uuid_text(step.put_new("annotation", annotation_value(claim)))
    frame = ClaimFrame(
        identity,
        source=Speaker("unnamed", words=chance.choice(sources)),
        cue=(Passage(claim.start, claim.start + 1, claim.quote[:1]),),
        mode=chance.choice(("direct", "indirect", "unattributed")),
        kind=chance.choice(("statement", "denial", "call")),
        places=(Mention(identity, chance.choice(places)),),
        time=SaidTime(f"2026-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"),
    )
    step.put("frame", frame_value(frame) | {"claim": identity}, entity=frame_id(identity))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("board") / "board.hashiya"
    make(path)
    return path


@pytest.fixture
def session(project: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Session]:
    load_fonts(qapp)
    made = Session()
    made.open(project, reviewer="R1")
    qtbot.waitUntil(lambda: made.now.article is not None, timeout=60_000)
    yield made
    made.close()


@pytest.fixture
def board(session: Session, qtbot: QtBot) -> Board:
    """The board with everything read and folded."""
    made = Board(session)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    began = time.perf_counter()
    with qtbot.waitSignal(made._loading.folded, timeout=120_000):
        made.show()
    print(f"\nall words folded and ranked, in the background: {time.perf_counter() - began:.2f} s")
    return made


def milliseconds(job: Callable[[], object]) -> float:
    begin = time.perf_counter()
    job()
    return (time.perf_counter() - begin) * 1000


def median(job: Callable[[], object]) -> float:
    return statistics.median(milliseconds(job) for _ in range(ROUNDS))


def painted(job: Callable[[], object]) -> Callable[[], None]:
    """Return what does a job and waits until it is painted."""

    def do() -> None:
        job()
        QCoreApplication.processEvents()

    return do


def say(name: str, ours: float, bare: float) -> None:
    print(f"{name}: {ours:.1f} ms, bare Python {bare:.1f} ms, ratio {ours / bare:.2f}")


def test_opening(session: Session, qtbot: QtBot) -> None:
    taken = []
    for _ in range(ROUNDS):
        board = Board(session)
        qtbot.addWidget(board)
        board.resize(1200, 700)
        times: list[float] = []
        begin = time.perf_counter()
        board._loading.loaded.connect(
            lambda _, board=board, begin=begin, times=times: (
                board.repaint(), times.append((time.perf_counter() - begin) * 1000)
            )
        )  # fmt: skip
        board.show()
        loop = QEventLoop()
        board._loading.folded.connect(loop.quit)
        loop.exec()
        taken.append((times[0], times[-1]))
        board._loading.look(False)
        done: list[object] = []
        session.run(lambda _: None, done.append)
        qtbot.waitUntil(lambda done=done: bool(done), timeout=120_000)
    read: list[float] = []
    session.run(lambda project: read.append(milliseconds(lambda: list(project.claim_rows()))), lambda _: None)
    qtbot.waitUntil(lambda: bool(read), timeout=60_000)
    first, whole = (statistics.median(times) for times in zip(*taken, strict=True))
    print(
        f"\nopening: first rows after {first:.0f} ms, all {CLAIMS} after {whole:.0f} ms (median); bare read {read[0]:.0f} ms"
    )


def test_sorting(board: Board) -> None:
    header, rows = board.table.horizontalHeader(), board.claims.rows
    print()
    for number, column in enumerate(COLUMNS):
        orders = [Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder] * ROUNDS
        ours = median(painted(lambda number=number, orders=orders: header.setSortIndicator(number, orders.pop())))
        key = (lambda row: row.relations) if column == "links" else (lambda row, name=column: getattr(row, name))
        say(f"sorting by {column}", ours, median(lambda key=key: sorted(rows, key=key)))


def test_filtering(board: Board) -> None:
    rows = board.claims.rows
    print()
    for words in ("دير", "دير حافر", "الجيش انشقاق عناصر", "ليس في النص"):
        queries = [words, ""] * ROUNDS

        def search(queries: list[str] = queries) -> None:
            board._filters._box.setText(queries.pop(0))
            board._filters._typing.stop()
            board._narrow()

        def bare(words: str = words) -> object:
            parts = words.split()
            return [row for row in rows if all(part in row.quote or part in row.source for part in parts)]

        say(f"filtering by “{words}” and back", median(painted(search)), median(bare))
    verdict = board._filters._mode
    values = [1, 0] * ROUNDS

    def choose() -> None:
        verdict.setCurrentIndex(values.pop(0))
        board._narrow()

    say("filtering by mode and back", median(painted(choose)), median(lambda: [r for r in rows if r.mode == "direct"]))


def test_grouping(board: Board) -> None:
    rows = board.claims.rows
    print()

    def bare() -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        for row in rows:
            found.setdefault(row.source, []).append(row)
        return found

    limit = median(bare)
    for by in GROUPINGS:
        values = [by, ""] * ROUNDS
        say(f"grouping by {by} and back", median(painted(lambda values=values: board._group(values.pop(0)))), limit)


def test_scrolling(board: Board) -> None:
    bar = board.table.verticalScrollBar()
    frames = [
        milliseconds(lambda at=at: (bar.setValue(at * 997), board.table.viewport().repaint())) for at in range(200)
    ]
    print(f"\na frame while scrolling: median {statistics.median(frames):.1f} ms, slowest {max(frames):.1f} ms")
