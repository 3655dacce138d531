"""Comparing layers: which marks mean the same, and in what they differ."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.entities import Link
from annotator.frames import ClaimFrame, Mention, Passage, Relation, Speaker
from annotator.model import Annotation
from annotator.review.comparing import Comparison, Side, compare
from annotator.review.lots import drawn
from annotator.review.matching import best_pairs

Mark = tuple[int, int, str]


def side(name: str, *marks: Mark) -> Side:
    made = [
        Annotation(f"{name}{start}-{end}-{label}-{at}", "a", label, start, end, "x" * (end - start), "", name, "", "")
        for at, (start, end, label) in enumerate(marks)
    ]
    return Side(name, sorted(made, key=lambda one: (one.start, -one.end, one.id)))


def told(found: Comparison) -> list[tuple[tuple[str, ...], list[str]]]:
    """Who has each match, and the kinds of its differences."""
    return [(match.sides, [one.kind for one in match.differences]) for match in found.matches]


def test_equal_marks_agree_and_what_only_one_has_is_told() -> None:
    found = compare("a", [side("A", (0, 5, "actor"), (9, 12, "place")), side("B", (0, 5, "actor"), (20, 22, "actor"))])
    assert told(found) == [(("A", "B"), []), (("A",), ["only"]), (("B",), ["only"])]
    assert found.matches[1].differences[0].values == {"A": "xxx"}
    assert [match.ids for match in found.agreed] == [("A0-5-actor-0", "B0-5-actor-0")]


def test_the_same_span_with_another_label_and_another_span_with_the_same() -> None:
    found = compare("a", [side("A", (0, 5, "actor"), (9, 14, "place")), side("B", (0, 5, "place"), (10, 16, "place"))])
    assert told(found) == [(("A", "B"), ["label"]), (("A", "B"), ["boundary"])]
    assert found.matches[0].differences[0].values == {"A": "actor", "B": "place"}


def test_the_same_label_goes_before_another_one() -> None:
    found = compare("a", [side("A", (0, 9, "actor"), (0, 9, "claim")), side("B", (0, 9, "claim"), (1, 9, "actor"))])
    assert told(found) == [(("A", "B"), ["boundary"]), (("A", "B"), [])]


def test_an_actor_within_a_claim_is_not_that_claim() -> None:
    found = compare("a", [side("A", (3, 8, "actor")), side("B", (0, 50, "claim"))])
    assert told(found) == [(("B",), ["only"]), (("A",), ["only"])]
    near = compare("a", [side("A", (3, 8, "actor")), side("B", (3, 9, "place"))])
    assert told(near) == [(("A", "B"), ["boundary", "label"])]


def test_overlaps_are_matched_so_that_they_are_longest_in_all() -> None:
    # The longest overlap alone (A's first with B's second) would leave one character for the other two.
    found = compare("a", [side("A", (0, 10, "actor"), (9, 12, "actor")), side("B", (0, 6, "actor"), (3, 12, "actor"))])
    assert [set(match.ids) for match in found.matches] == [
        {"A0-10-actor-0", "B0-6-actor-0"},
        {"A9-12-actor-1", "B3-12-actor-1"},
    ]


def test_several_like_marks_are_matched_one_to_one() -> None:
    found = compare("a", [side("A", (0, 5, "actor"), (0, 5, "actor")), side("B", (0, 5, "actor"))])
    assert told(found) == [(("A", "B"), []), (("A",), ["only"])]


def test_six_sides_are_matched_as_one() -> None:
    sides = [side(name, (0, 5, "actor"), (10, 15 + at % 2, "place")) for at, name in enumerate("ABCDEF")]
    found = compare("a", sides)
    assert told(found) == [(tuple("ABCDEF"), []), (tuple("ABCDEF"), ["boundary"])]
    found = compare("a", [*sides[:2], side("C", (0, 5, "actor"))])
    assert told(found) == [(("A", "B", "C"), []), (("A", "B"), ["only", "boundary"])]


def framed(name: str, frame: ClaimFrame, *marks: Mark) -> Side:
    made = side(name, *marks)
    claim = next(one for one in made.annotations if one.label == "claim")
    return Side(name, made.annotations, {claim.id: frame})


def test_frames_agree_when_they_point_to_what_means_the_same() -> None:
    marks = ((0, 5, "actor"), (10, 40, "claim"))
    one = framed("A", ClaimFrame("c", source=Speaker("actor", "A0-5-actor-0", "xxxxx"), mode="direct"), *marks)
    other = framed("B", ClaimFrame("c", source=Speaker("actor", "B0-5-actor-0", "xxxxx"), mode="indirect"), *marks)
    [(match, difference)] = compare("a", [one, other]).differences
    assert match.start == 10
    assert (difference.kind, difference.attribute, difference.values) == (
        "frame",
        "mode",
        {"A": "direct", "B": "indirect"},
    )


def test_each_part_of_a_frame_is_a_difference_of_its_own() -> None:
    marks = ((0, 5, "actor"), (10, 40, "claim"))
    full = ClaimFrame("c", cue=(Passage(6, 8, "xx"),), hedging="x", places=(Mention("p", "حلب"),), parent="gone")
    found = compare("a", [framed("A", full, *marks), side("B", *marks)])
    parts = {difference.attribute: dict(difference.values) for _, difference in found.differences}
    assert parts == {
        "cue": {"A": "xx", "B": ""},
        "hedging": {"A": "x", "B": ""},
        "places": {"A": "حلب", "B": ""},
        "parent": {"A": "", "B": ""},
    }


def test_links_to_other_entities_differ() -> None:
    one, other = side("A", (0, 5, "actor")), side("B", (0, 5, "actor"))
    linked = Side("A", one.annotations, links={"A0-5-actor-0": Link("A0-5-actor-0", "entity", "e")})
    [(_, difference)] = compare("a", [linked, other]).differences
    assert (difference.kind, difference.values) == ("entity", {"A": "e", "B": ""})
    same = Side("B", other.annotations, links={"B0-5-actor-0": Link("B0-5-actor-0", "entity", "e")})
    assert compare("a", [linked, same]).differences == ()


def test_relations_are_matched_by_what_they_link() -> None:
    marks = ((0, 5, "claim"), (10, 15, "claim"))

    def related(name: str, kind: str, *, turned: bool = False) -> Side:
        made = side(name, *marks)
        a, b = (one.id for one in reversed(made.annotations)) if turned else (one.id for one in made.annotations)
        return Side(name, made.annotations, relations=[Relation(f"r{name}", a, kind, b, "", name, "")])

    same = compare("a", [related("A", "repeats"), related("B", "repeats")])
    assert same.differences == ()
    assert [match.of for match in same.matches] == ["annotation", "annotation", "relation"]
    turned = [related("A", "contradicts"), related("B", "contradicts", turned=True)]
    assert [one.kind for _, one in compare("a", turned).differences] == ["relation", "relation"]
    assert compare("a", turned, symmetric={"contradicts"}).differences == ()


SPANS = st.tuples(st.integers(0, 20), st.integers(1, 8), st.sampled_from(["actor", "claim"]))
LAYER = st.lists(SPANS.map(lambda one: (one[0], one[0] + one[1], one[2])), max_size=8)


@given(st.lists(LAYER, min_size=2, max_size=4), st.randoms())
def test_every_mark_is_in_one_match_whatever_the_order(layers: list[list[Mark]], chance: random.Random) -> None:
    sides = [side(chr(65 + at), *marks) for at, marks in enumerate(layers)]
    found = compare("a", sides)
    ids = [one for match in found.matches for one in match.ids]
    assert sorted(ids) == sorted(one.id for made in sides for one in made.annotations)
    shuffled = [Side(made.name, chance.sample(list(made.annotations), len(made.annotations))) for made in sides]
    assert {frozenset(match.ids) for match in compare("a", shuffled).matches} == {
        frozenset(match.ids) for match in found.matches
    }


@given(st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(1, 30), max_size=14))
def test_the_pairs_are_the_best_there_are(weights: dict[tuple[int, int], int]) -> None:
    pairs = best_pairs(weights)
    assert len(set(pairs.values())) == len(pairs)
    assert sum(weights[pair] for pair in pairs.items()) == best_by_trying(weights)


def best_by_trying(weights: dict[tuple[int, int], int]) -> int:
    rights: Sequence[int] = range(5)
    return max(sum(weights.get((left, right), 0) for left, right in enumerate(order)) for order in permutations(rights))


def test_a_tangle_of_many_is_matched_longest_first() -> None:
    many = {(left, right): 1 + (left == right) for left in range(70) for right in range(70)}
    assert best_pairs(many) == {number: number for number in range(70)}


# -- drawing lots --------------------------------------------------------------------------------------------------------


@given(
    st.integers(0, 60), st.floats(0, 1), st.integers(), st.lists(st.sampled_from("ابتثج"), min_size=1, unique=True),
)  # fmt: skip
def test_lots_are_even_and_always_the_same(count: int, share: float, seed: int, names: list[str]) -> None:
    articles = [f"{number}" for number in range(count)]
    lots = drawn(articles, share, seed, names)
    assert lots == drawn(reversed(articles), share, seed, list(reversed(names)))
    assert lots.keys() == set(articles)
    assert sum(len(given) == 2 for given in lots.values()) == (round(share * count) if len(names) > 1 else 0)
    assert all(len(set(given)) == len(given) for given in lots.values())
    counts = [sum(name in given for given in lots.values()) for name in names]
    assert max(counts) - min(counts) <= 2


def test_the_lots_of_a_seed_are_known() -> None:
    """These stay as they are for ever: another machine, or a later program, must draw the same."""
    lots = drawn(["a", "b", "c", "d", "e"], 0.4, 7, ["R1", "R2", "R3"])
    assert lots == {"e": ("R1", "R2"), "c": ("R2", "R3"), "d": ("R3",), "b": ("R1",), "a": ("R2",)}


@pytest.mark.parametrize("seed", [1, 2])
def test_another_seed_draws_otherwise(seed: int) -> None:
    articles = [str(number) for number in range(40)]
    assert list(drawn(articles, 0.2, seed, ["R1", "R2"])) != list(drawn(articles, 0.2, 3, ["R1", "R2"]))
