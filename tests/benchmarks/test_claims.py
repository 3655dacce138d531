"""How fast claims and the register are: the board of 100,000 claims, a search over 50,000 names. Prints; asserts no time."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from annotator import Entity, Name, Project
from annotator.store import board
from annotator.store.clock import uuid_text
from annotator.store.identity import frame_id, link_id, relation_id, verdict_id

ROOT = Path(__file__).parents[2]
SEED = next((ROOT / "seeds/articles").iterdir()).read_text("utf-8")
ARTICLES, CLAIMS_EACH, NAMES = 10_000, 10, 50_000


def seconds(job: Callable[[], object]) -> float:
    begin = time.perf_counter()
    job()
    return time.perf_counter() - begin


def median(job: Callable[[], object], *, times: int = 5) -> float:
    return statistics.median(seconds(job) for _ in range(times))


def test_the_claim_board(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(ARTICLES):
        (folder / f"{number:05}.txt").write_text(f"{number} {SEED}", encoding="utf-8")
    with Project.create(tmp_path / "p.hashiya", reviewer="R1") as project:
        project.import_files([folder])
        fill(project)
        whole = median(lambda: list(project.claim_rows()))
        first = median(lambda: [row for row, _ in zip(project.claim_rows(), range(100), strict=False)])
        bare = median(lambda: project._connection.execute(board._CLAIMS).fetchall())
        rows = list(project.claim_rows())
        by_source = median(lambda: sorted(rows, key=lambda row: row.source))
        by_words = median(lambda: [row for row in rows if "دير حافر" in row.quote])
    print(
        f"\nclaim board, {len(rows)} rows: {whole * 1000:.0f} ms; its bare query {bare * 1000:.0f} ms, ratio {whole / bare:.2f}"
    )
    print(
        f"its first 100 rows {first * 1000:.0f} ms; sorting {by_source * 1000:.0f} ms, filtering {by_words * 1000:.0f} ms"
    )


def fill(project: Project) -> None:
    """Put claims with frames, links, verdicts and relations in, as one import of our own records would."""
    chance = random.Random(1)
    actors = [one.id for one in project.add_entities(Entity("", "actor", (Name(f"جهة {n}"),)) for n in range(2000))]
    places = [one.id for one in project.add_entities(Entity("", "place", (Name(f"مكان {n}"),)) for n in range(2000))]
    claims: list[str] = []
    with project._log.step("import", "R1") as step:

        def mark(article: str, text: str, label: str, start: int, length: int) -> tuple[str, dict[str, object]]:
            words = text[start : start + length]
            value = {"article": article, "label": label, "start": start, "end": start + length, "quote": words}
            identity = uuid_text(step.put_new("annotation", value | {"note": "", "reviewer": "R1", "label_set": 1}))
            return identity, {"annotation": identity, "words": words}

        for article in project.articles():
            for start in range(10, 10 + CLAIMS_EACH * 40, 40):
                text = article.text
                actor, source = mark(article.id, text, "actor", start, 12)
                place, where = mark(article.id, text, "place", start + 12, 9)
                claim, _ = mark(article.id, text, "claim", start + 5, 120)
                frame = {
                    "claim": claim, "source": source | {"kind": "actor", "start": None, "end": None}, "via": None,
                    "cue": [{"start": start, "end": start + 5, "quote": text[start : start + 5]}], "mode": "indirect",
                    "kind": "statement", "hedging": "", "about": [], "places": [where], "numbers": [], "parent": "",
                    "time": {"value": "2026-01-16", "words": "", "start": None, "end": None}, "label_set": 1,
                }  # fmt: skip
                step.put("frame", frame, entity=frame_id(claim))
                for annotation, register in ((actor, actors), (place, places)):
                    link = {"annotation": annotation, "answer": "entity", "entity": chance.choice(register)}
                    step.put("link", link, entity=link_id(annotation))
                claims.append(claim)
        for claim in chance.sample(claims, len(claims) // 5):
            value = {"claim": claim, "reviewer": "R1", "value": "contested", "reason": "x", "label_set": 1}
            step.put_updated("verdict", value, verdict_id(claim, "R1"))
        for a, b in zip(claims[::40], claims[1::40], strict=False):
            value = {"a": a, "type": "contradicts", "b": b, "note": "", "reviewer": "R1"}
            step.put_updated("relation", value, relation_id(a, "contradicts", b, "R1"))


def test_finding_an_entity_among_many_names(tmp_path: Path) -> None:
    chance = random.Random(1)
    words = sorted({word for word in SEED.split() if len(word) > 2})
    entities = [
        Entity("", "actor", (Name(" ".join(chance.choices(words, k=3))), Name(f"{chance.choice(words)} {n}")))
        for n in range(NAMES // 2)
    ]
    with Project.create(tmp_path / "p.hashiya", reviewer="R1", starter=True) as project:
        added = project.add_entities(entities)
        article = project.articles()[0]
        marks = [project.annotate(article.id, at, at + 12, "actor").id for at in range(0, 400, 4)]
        making = seconds(lambda: project.find_entities("x"))
        for annotation in marks[:50]:
            project.link(annotation, chance.choice(added).id)
        queries = [name.text[:length] for entity in entities[:200] for name in entity.names for length in (2, 3, 5, 9)]
        queries += ["ال", "الم", "و", "ا", "دير حا", "قوات سو", "ير حا"] * 20
        times = [seconds(lambda q=query: project.find_entities(q, near=marks[60])) for query in queries]
        linking = [seconds(lambda one=one: project.link(one, added[7].id)) for one in marks[70:]]
    times.sort()
    print(
        f"\nfind among {NAMES} names: median {times[len(times) // 2] * 1000:.2f} ms, slowest {times[-1] * 1000:.2f} ms"
    )
    print(f"99 of 100 under {times[len(times) * 99 // 100] * 1000:.2f} ms; index made once in {making * 1000:.0f} ms")
    print(f"a link, durable and with the index brought up: median {statistics.median(linking) * 1000:.2f} ms")
