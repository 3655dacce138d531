"""How well the beginnings of words are read, on texts that nobody of this project wrote. Prints; asserts nothing.

Runs when HASHIYA_DATA names a folder with `ner/anercorp/ANERCorp_CamelLab_train.txt` and `quotes/ar_pud_a.conllu`.

**Treebank** (UD Arabic-PUD) says where each word is cut. Measured is `offered` on every word of two letters or more that begins
with a letter that can be a proclitic: a cut is right when it is exactly behind the conjunction and the preposition.

**Names** (ANERcorp) gives whole words and says which of them begin an entity, but not where they are cut. So the corpus itself
is asked. The first letter belongs to the name when the word stands right behind a free preposition (في بيروت) or behind و in
one word (وبيروت): no proclitic can stand there. It is a proclitic when what follows it begins an entity elsewhere (behind لل
with its alef again). The more frequent testimony counts; a word without any is left out and counted apart. A false split is a
word that `offered` cuts though its first letter belongs to the name. Every fifth sentence is held out: the word lists were not
made from it. "Without lists" are the same rules with empty word lists.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from pathlib import Path

import pytest

from annotator.text import clitic_words
from annotator.text.clitics import offered

DATA = os.environ.get("HASHIYA_DATA")
pytestmark = pytest.mark.skipif(not DATA, reason="HASHIYA_DATA names no folder")
PROCLITICS = "وفبكل"
PREPOSITIONS = {"في", "من", "إلى", "الى", "على", "عن", "مع", "بين", "منذ", "حتى", "ضد", "نحو"}
Sentence = list[tuple[str, str]]


def cut_of(word: str) -> int:
    found = offered(word, 0, len(word))
    return found.start if found else 0


def report(name: str, pairs: Iterable[tuple[int, int]]) -> None:
    """Print precision and recall of (true cut, found cut)."""
    counts = Counter((bool(true), bool(found), true == found) for true, found in pairs)
    right = counts[True, True, True]
    found = sum(count for (_, is_found, _), count in counts.items() if is_found)
    true = sum(count for (is_true, _, _), count in counts.items() if is_true)
    precision, recall = right / max(found, 1), right / max(true, 1)
    print(f"{name}: {counts.total()} words, {true} cut; precision {precision:.3f}, recall {recall:.3f}")


@pytest.fixture(params=["with lists", "without lists"])
def lists(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "without lists":
        monkeypatch.setattr(clitic_words, "_WHOLE_SET", frozenset())
        monkeypatch.setattr(clitic_words, "_KNOWN_SET", frozenset())
    return str(request.param)


def test_words_of_a_treebank(lists: str) -> None:
    words = list(treebank(Path(str(DATA)) / "quotes/ar_pud_a.conllu"))
    print()
    report(f"treebank, all words, {lists}", [(cut, cut_of(word)) for word, cut, _ in words])
    for kind in ("NOUN", "PROPN"):
        report(f"treebank, {kind}, {lists}", [(cut, cut_of(word)) for word, cut, found in words if found == kind])


def test_the_first_words_of_names(lists: str) -> None:
    sentences = list(corpus(Path(str(DATA)) / "ner/anercorp/ANERCorp_CamelLab_train.txt"))
    judge = Judge(sentences)
    print()
    for name, part in (
        ("seen", [one for number, one in enumerate(sentences) if number % 5 != 4]),
        ("held out", sentences[4::5]),
    ):
        words = [word for sentence in part for word in firsts(sentence) if word[0] in PROCLITICS]
        judged = [(judge.cut(word), word) for word in words]
        report(f"names, {name}, {lists}", [(cut, cut_of(word)) for cut, word in judged if cut is not None])
        false = Counter(word for cut, word in judged if cut == 0 and cut_of(word))
        print(
            f"  no testimony: {sum(cut is None for cut, _ in judged)}; false splits {false.total()}: {false.most_common(8)}"
        )


def treebank(path: Path) -> Iterator[tuple[str, int, str]]:
    """Yield each word with where its conjunction and preposition end and the kind of what follows."""
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#"))
    parts: list[tuple[str, str]] = []
    for row in rows:
        if row[3] != "PUNCT":
            parts.append((row[1], row[3]))
        if parts and (row[3] == "PUNCT" or "SpaceAfter=No" not in row[9]):
            yield from judged_word(parts)
            parts = []


def judged_word(parts: list[tuple[str, str]]) -> Iterator[tuple[str, int, str]]:
    word, cut = "".join(part for part, _ in parts), 0
    for part, _ in parts[:-1]:
        if part not in tuple(PROCLITICS) or len(word) - cut < 3:
            break
        cut += 1
    if word[0] in PROCLITICS + "سأ" and len(word) > 1:
        yield word, cut, parts[min(cut, len(parts) - 1)][1]


def corpus(path: Path) -> Iterator[Sentence]:
    lines = path.read_text("utf-8").split("\n")
    for filled, group in groupby(lines, key=lambda line: bool(line.strip())):
        if filled:
            yield [(line.rsplit(" ", 1)[0], line.rsplit(" ", 1)[1]) for line in group]


def firsts(sentence: Sentence) -> Iterator[str]:
    return (word for word, tag in sentence if tag.startswith("B"))


class Judge:
    """What the whole corpus testifies about the first letter of a word."""

    def __init__(self, sentences: list[Sentence]) -> None:
        self.starts = Counter(word for sentence in sentences for word in firsts(sentence))
        self.behind = Counter(
            after for sentence in sentences for (before, _), (after, _) in pairwise(sentence) if before in PREPOSITIONS
        )

    def cut(self, word: str) -> int | None:
        whole = self.behind[word] + self.starts[f"و{word}"]
        cuts = [
            (self.count(word[:at], word[at:]), at) for at in (1, 2) if self.is_chain(word[:at]) and len(word) - at > 1
        ]
        best, at = max(cuts, default=(0, 0))
        if not whole and not best:
            return None
        return at if best > whole else 0

    def count(self, before: str, rest: str) -> int:
        behind_lam = before.endswith("ل") and rest.startswith("ل")
        return self.starts[rest] + sum(self.starts[lost + rest] for lost in ("ا", "ال") if behind_lam)

    def is_chain(self, letters: str) -> bool:
        return letters in tuple(PROCLITICS) or (letters[0] in "وف" and letters[1] in "بكل")
