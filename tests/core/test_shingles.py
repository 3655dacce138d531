"""Sketches tell how alike two texts are: the same for the same text, near for near ones, nothing for short ones."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from annotator.text.shingles import ALIKE, FEWEST, Alike, is_alike, similarity, sketch

WORDS = ["قصف", "الجيش", "قرية", "في", "ريف", "حلب", "الشرقي", "وأعلنت", "وزارة", "الدفاع", "مقتل", "ونزوح", "مدينة"]


def news(seed: int, words: int = 200) -> list[str]:
    """Return a text of words in an order of its own."""
    chance = random.Random(seed)
    return [f"{chance.choice(WORDS)}{chance.randrange(30)}" for _ in range(words)]


def alike(one: list[str], other: list[str]) -> float:
    return similarity(sketch(" ".join(one)), sketch(" ".join(other)))


def test_texts_that_fold_alike_have_the_same_sketch() -> None:
    text = " ".join(news(1))
    assert sketch(text) == sketch(text.replace("أ", "ا").replace("ة", "ه")) == sketch(f"  «{text}»،")
    assert similarity(sketch(text), sketch(text)) == 1


def test_a_sketch_is_the_same_on_every_machine() -> None:
    assert sketch(" ".join(news(1)))[:8].hex() == "ab2c2f53384068d4"
    assert len(sketch(" ".join(news(1)))) == 254


def test_what_an_agency_text_goes_through_leaves_it_alike() -> None:
    text = news(1)
    for changed in (
        [*news(2, 8), *text],  # another title
        [*news(2, 8), *news(3, 40), *text],  # and a lead paragraph
        [*text[:40], *news(2, 30), *text[70:]],  # some sentences written anew
        text[:140],  # cut
    ):
        assert alike(text, changed) >= ALIKE


def test_other_texts_are_not_alike() -> None:
    assert alike(news(1), news(2)) < 0.1
    mixed = [*news(1)[:40], *news(2, 160)]
    assert alike(news(1), mixed) < ALIKE


def test_short_texts_have_to_be_more_alike_and_very_short_ones_never_are() -> None:
    short = news(1, 40)
    changed = [*short[:12], *news(2, 8), *short[20:]]
    assert similarity(sketch(" ".join(short)), sketch(" ".join(changed))) > ALIKE
    assert not is_alike(sketch(" ".join(short)), sketch(" ".join(changed)), 0.6)
    assert sketch(" ".join(news(1, FEWEST - 1))) == b""
    assert similarity(b"", sketch(" ".join(short))) == 0


def test_near_copies_are_found_among_many() -> None:
    found = Alike()
    texts = [news(number) for number in range(300)]
    assert [found.add(sketch(" ".join(text))) for text in texts] == [[]] * 300
    again = found.add(sketch(" ".join([*news(999, 10), *texts[123]])))
    assert [number for number, _ in again] == [123]
    met = list(found.meet([("x", sketch(" ".join(texts[7][:170]))), ("y", sketch(" ".join(news(777)))), ("z", b"")]))
    assert [(number, key) for number, key, _ in met] == [(7, "x")]


def test_a_crowd_of_copies_of_one_text_does_not_meet_itself_without_end() -> None:
    found = Alike()
    one = sketch(" ".join(news(1)))
    near = [found.add(one) for _ in range(200)]
    assert max(map(len, near)) == 8


@given(st.text())
def test_any_text_has_a_whole_sketch_or_none(text: str) -> None:
    assert len(sketch(text)) in (0, 254)


@given(st.lists(st.sampled_from(["نعم", "لا"]), min_size=FEWEST, max_size=60))
def test_texts_of_few_different_words_are_still_like_themselves(words: list[str]) -> None:
    assert alike(words, words) == 1
