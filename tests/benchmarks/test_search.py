"""How fast 100,000 articles are searched, also as ratios to the bare MATCH of the same words. Prints; asserts no time.

Run with `make bench`. With HASHIYA_DATA (a folder with `articles/wikipedia_ar.jsonl.gz`) the articles are short pieces of
those, else they are made of the words of the seed article. With `quotes/ar_pud_a.conllu` there, it also counts how often
the words that a search takes for a sought one are that one.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest

from annotator import Project
from annotator.concordance import in_order
from annotator.model import Article, Source
from annotator.store.identity import article_id
from annotator.text.canonical import text_sha256
from annotator.text.forms import forms_of
from annotator.text.words import words_of
from annotator.values import article_value

ARTICLES, LENGTH, BATCH, SCREEN = 100_000, 480, 5000, 40
DATA = Path(os.environ.get("HASHIYA_DATA", "no folder"))
WIKIPEDIA, TREEBANK = DATA / "articles/wikipedia_ar.jsonl.gz", DATA / "quotes/ar_pud_a.conllu"
SEED = next((Path(__file__).parents[2] / "seeds/articles").iterdir()).read_text("utf-8")
SOURCE = Source("bench.txt", "0" * 64, "utf-8", "2026-01-01T00:00:00.000Z", "R1", "plain_text")


def texts() -> Iterator[str]:
    if not WIKIPEDIA.is_file():
        chance, words = random.Random(7), list(dict.fromkeys(SEED.split()))
        weights = [1 / rank for rank in range(1, len(words) + 1)]
        for number in range(ARTICLES):
            yield f"{number} {' '.join(chance.choices(words, weights, k=80))}"
        return
    with gzip.open(WIKIPEDIA, "rt", encoding="utf-8") as file:
        for text in (json.loads(line)["text"] for line in file):
            yield from (text[at : at + LENGTH].strip() for at in range(0, len(text) - LENGTH, LENGTH))


def pieces() -> list[str]:
    """Different texts, as many as there are articles to be."""
    found = list(islice(dict.fromkeys(text for text in texts() if text), ARTICLES))
    return [*found, *(f"{number} {found[number]}" for number in range(ARTICLES - len(found)))]


def make(path: Path, given: list[str]) -> float:
    """Make a project of these texts and return how long it took."""
    begin = time.perf_counter()
    with Project.create(path, reviewer="R1") as project:
        for first in range(0, len(given), BATCH):
            with project._log.step("import", "R1") as step:
                for text in given[first : first + BATCH]:
                    sha = text_sha256(text)
                    step.put_text(bytes.fromhex(sha), text, bytes.fromhex(sha), b"")
                    article = Article("", text[:40].replace("\n", " "), text, sha, "ar", "rtl", SOURCE)
                    step.put("article", article_value(article), entity=article_id(sha))
    return time.perf_counter() - begin


@pytest.fixture(scope="module")
def corpus() -> list[str]:
    return pieces()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, corpus: list[str]) -> Iterator[Project]:
    path = tmp_path_factory.mktemp("search") / "search.hashiya"
    print(f"\n{ARTICLES} articles made in {make(path, corpus):.1f} s, {path.stat().st_size >> 20} MB")
    with Project.open(path, read_only=True) as opened:
        print(f"which articles there are, read once: {1000 * seconds(opened.prepare_search):.0f} ms")
        yield opened


@pytest.fixture(scope="module")
def sought(corpus: list[str]) -> list[str]:
    """Words of every frequency, but for the very most frequent and those that stand in one article only."""
    counts = Counter(word for text in corpus[::10] for word in words_of(text).split() if len(word) > 2)
    frequent = [word for word, count in counts.most_common() if count > 1][20:]
    return random.Random(5).sample(frequent, min(300, len(frequent)))


def seconds(job: Callable[[], object]) -> float:
    begin = time.perf_counter()
    job()
    return time.perf_counter() - begin


def say(name: str, ours: list[float], raw: list[float]) -> None:
    ours, raw = sorted(ours), sorted(raw)
    late = int(len(ours) * 0.95)
    print(
        f"{name}: median {1000 * statistics.median(ours):.2f} ms, p95 {1000 * ours[late]:.2f} ms, longest "
        f"{1000 * ours[-1]:.1f} ms; bare MATCH {1000 * statistics.median(raw):.2f} and {1000 * raw[late]:.2f} ms, "
        f"ratio {ours[late] / raw[late]:.2f}"
    )


def match(project: Project, expression: str) -> Callable[[], object]:
    statement = "SELECT rowid FROM search WHERE search MATCH ?"
    return lambda: project._connection.execute(statement, (expression,)).fetchall()


def expanded(words: list[str]) -> str:
    first, *rest = words
    return " OR ".join(f'"{" ".join([form, *rest])}"' for form in forms_of(first))


def test_a_word(project: Project, sought: list[str]) -> None:
    ours = [seconds(lambda word=word: project.search(word, clitics=False)) for word in sought]
    say("a word", ours, [seconds(match(project, f'"{word}"')) for word in sought])


def test_a_word_with_what_is_written_onto_it(project: Project, sought: list[str]) -> None:
    ours = [seconds(lambda word=word: project.search(word)) for word in sought]
    say("a word with clitics", ours, [seconds(match(project, expanded([word]))) for word in sought])


def test_a_phrase_with_what_is_written_onto_it(project: Project, corpus: list[str]) -> None:
    chance = random.Random(6)
    rows = (words_of(text).split() for text in chance.sample(corpus, 300))
    phrases = [row[at : at + 2] for row in rows if len(row) > 12 for at in [chance.randrange(len(row) - 2)]]
    ours = [seconds(lambda one=one: project.search(f'"{" ".join(one)}"')) for one in phrases]
    say("a phrase with clitics", ours, [seconds(match(project, expanded(one))) for one in phrases])


def test_the_first_screen_of_the_concordance(project: Project, sought: list[str]) -> None:
    ours = [seconds(lambda word=word: list(islice(project.search(word), SCREEN))) for word in sought]
    say(f"the first {SCREEN} lines", ours, [seconds(match(project, expanded([word]))) for word in sought])


def test_the_whole_concordance(project: Project, sought: list[str]) -> None:
    hits = project.search(max(sought, key=lambda word: project.search(word).articles))
    begin = time.perf_counter()
    found = list(hits.places("right"))
    read = time.perf_counter() - begin
    print(
        f"all {len(found)} hits in {hits.articles} articles: {read:.2f} s, "
        f"{1e6 * read / max(hits.articles, 1):.0f} µs an article; "
        f"sorted by what follows in {1000 * seconds(lambda: list(in_order(found))):.0f} ms"
    )


def test_a_pattern(project: Project) -> None:
    hits = project.search(r"\b[0-9]{4}\b", pattern=True)
    begin = time.perf_counter()
    found = sum(1 for _ in hits.places())
    print(f"a pattern: {found} matches in {time.perf_counter() - begin:.1f} s")


# -- how good the forms are ---------------------------------------------------------------------------------------

Token = tuple[str, str, str, bool]  # as written, what is written onto it, the word, whether something follows it


@pytest.mark.skipif(not TREEBANK.is_file(), reason="HASHIYA_DATA names no folder with a treebank")
def test_what_is_found_is_what_was_sought() -> None:
    tokens = list(parsed())
    written: dict[str, list[Token]] = {}
    for token in tokens:
        written.setdefault(token[0], []).append(token)
    queries = {word for _, _, word, suffixed in tokens if len(word) > 2 and not suffixed}
    for name, clitics in (("as typed", False), ("with clitics", True)):
        count: Counter[str] = Counter()
        for query in queries:
            found = [one for form in forms_of(query, clitics=clitics) for one in written.get(form, ())]
            right = sum(is_meant(one, query) for one in found)
            count.update(
                right=right, found=len(found), there=sum(is_meant(one, query) for one in tokens if query[2:] in one[0])
            )
        print(
            f"\n{len(queries)} words of a treebank, {name}: precision {count['right'] / count['found']:.4f}, "
            f"recall {count['right'] / count['there']:.4f}"
        )


def parsed() -> Iterator[Token]:
    """Yield the written words of the treebank, cut as its annotators cut them."""
    parts: list[str] = []
    for line in TREEBANK.read_text("utf-8").splitlines():
        fields = line.split("\t")
        if len(fields) < 10 or not fields[0].isdigit() or fields[3] in ("PUNCT", "SYM"):
            continue
        parts.append(words_of(fields[1]).replace(" ", ""))
        if "SpaceAfter=No" not in fields[9]:
            yield cut(parts)
            parts = []


def cut(parts: list[str]) -> Token:
    at = 0
    while at < len(parts) - 1 and parts[at] in tuple("وفبكلس"):
        at += 1
    return "".join(parts), "".join(parts[:at]), parts[at], len(parts) > at + 1


def is_meant(token: Token, query: str) -> bool:
    """Tell whether a written word is the sought one; with its article it is, for who did not ask for the article."""
    _, before, word, suffixed = token
    words = {word, f"ال{word[1:]}", f"ال{word}"} if before.endswith("ل") and word.startswith("ل") else {word}
    bare = set() if query.startswith("ال") else {one[2:] for one in words if one.startswith("ال")}
    return not suffixed and query in words | bare
