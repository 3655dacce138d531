"""How fast a key is answered in a gazetteer of 50,000 names, as a ratio to the bare search in a sorted list."""

from __future__ import annotations

import random
import statistics
import time
from bisect import bisect_left
from collections.abc import Callable

import pytest

from annotator.assist.gazetteer import Gazetteer, load, search_key
from annotator.assist.names import TaggedName
from annotator.assist.place import Place

NAMES = 50_000
PER_KEY = 0.010
LETTERS = "ابتجحدرسشصطعفقكلمنهوي"
QUERIES = [
    "ا",
    "ال",
    "الر",
    "الرم",
    "د",
    "دي",
    "دير",
    "دير ",
    "دير ح",
    "و",
    "وال",
    "والر",
    "بال",
    "للر",
    "حافر",
    "تل س",
]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """Names as they are in Syria: four of ten with the article, many of two words, many namesakes."""
    chance = random.Random(7)

    def word() -> str:
        return "".join(chance.choices(LETTERS, k=chance.choice((2, 3, 4, 5))))

    def name() -> str:
        first = chance.choice(("", "", "", "ال", "ال", "ال", "تل ", "دير ", "كفر ", "خربة "))
        return first + word() + (f" {word()}" if chance.random() < 0.2 else "")

    return Gazetteer(
        Place(
            "bench", str(at), (TaggedName(name(), "ar"),),
            lat=chance.uniform(32, 37), lon=chance.uniform(35.5, 42.5), population=chance.randrange(10_000),
        )
        for at in range(NAMES)
    )  # fmt: skip


def slowest(action: Callable[[str], object], queries: list[str]) -> tuple[float, float]:
    """Return the median and the worst of the queries in seconds, each the best of five."""
    times = []
    for query in queries:
        runs = []
        for _ in range(5):
            begun = time.perf_counter()
            action(query)
            runs.append(time.perf_counter() - begun)
        times.append(min(runs))
    return statistics.median(times), max(times)


@pytest.mark.parametrize("points", [0, 1, 16])
def test_a_key_is_answered_at_once(gazetteer: Gazetteer, points: int) -> None:
    keys = sorted(search_key(place.names[0].text) for place in gazetteer.places)
    bare, _ = slowest(lambda query: keys[bisect_left(keys, query) :][:20], QUERIES)
    near = [(35.0 + at / 20, 38.0) for at in range(points)]
    median, worst = slowest(lambda query: gazetteer.find(query, near), QUERIES)
    print(
        f"\n{points} points: median {median * 1000:.2f} ms, worst {worst * 1000:.2f} ms, {median / bare:.0f} x bisect alone"
    )
    assert worst < PER_KEY


def test_the_starter_is_there_soon() -> None:
    begun = time.process_time()
    count = len(load.__wrapped__())
    took = time.process_time() - begun
    print(f"\n{count} places loaded in {took * 1000:.0f} ms")
    assert took < 0.1
