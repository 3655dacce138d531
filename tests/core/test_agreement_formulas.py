"""The figures of agreement are those of the papers they come from, and those of other people's programs."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from annotator.review.aligning import dissimilarity
from annotator.review.categories import PairedAnswers, RatedItems
from annotator.review.gamma import best_alignment, gamma_of
from annotator.review.unitising import Sums, expected, observed, sums_of, unitised_alpha
from annotator.review.units import Unit, matched

# Cohen 1960, table 2, in counts of 200.
COHEN = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
# Fleiss 1971, table 1: how many of six psychiatrists gave each of thirty patients each of five diagnoses.
FLEISS = """
00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031
00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006
"""
# Krippendorff 2011, example C: four observers, twelve units, some without an answer.
KRIPPENDORFF = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")


ONCE = np.ones((1, 1))


def pairs_of(pairs: list[tuple[str, str]]) -> PairedAnswers:
    answers = PairedAnswers()
    answers.add(Counter(pairs))
    return answers


def rated(items: list[list[str]], reviewers: int) -> RatedItems:
    answers = RatedItems(reviewers)
    answers.add(Counter(tuple(item) for item in items))
    return answers


def test_kappa_of_two_is_cohens() -> None:
    pairs = [(str(one), str(other)) for one in range(3) for other in range(3) for _ in range(COHEN[one][other])]
    assert pairs_of(pairs).kappa(ONCE)[0] == pytest.approx(0.492, abs=0.0005)


def test_kappa_of_many_is_fleiss() -> None:
    items = [
        [str(number) for number, count in enumerate(map(int, row), start=1) for _ in range(count)]
        for row in FLEISS.split()
    ]
    found = rated(items, 6)
    assert found.rated_by_all == 30
    assert found.fleiss(ONCE)[0] == pytest.approx(0.430, abs=0.0005)


def test_alpha_is_krippendorffs_also_where_answers_are_missing() -> None:
    items = [[answer for answer in unit if answer != "."] for unit in zip(*KRIPPENDORFF, strict=True)]
    assert rated(items, 4).alpha(ONCE)[0] == pytest.approx(0.743, abs=0.0005)


ANSWERS = st.lists(st.tuples(*[st.sampled_from(["", "a", "b", "c"])] * 3), min_size=2, max_size=25)


@given(st.lists(st.lists(st.tuples(*[st.sampled_from("abc")] * 2), max_size=6), min_size=1, max_size=5))
def test_articles_drawn_are_articles_read_as_often(articles: list[list[tuple[str, str]]]) -> None:
    """Weights of 2, 0, 1, 2 … give what a project of these articles would."""
    drawn, weights, long = PairedAnswers(), [(2, 0, 1)[number % 3] for number in range(len(articles))], PairedAnswers()
    for of_article, weight in zip(articles, weights, strict=True):
        drawn.add(Counter(of_article))
        long.add(Counter(of_article * weight))
    rows, once = np.array([weights], dtype=float), np.ones((1, len(articles)))
    assert drawn.kappa(rows)[0] == pytest.approx(long.kappa(once)[0], nan_ok=True)
    assert drawn.alpha(rows)[0] == pytest.approx(long.alpha(once)[0], nan_ok=True)


@given(ANSWERS)
def test_alpha_and_kappa_agree_with_other_programs(rows: list[tuple[str, str, str]]) -> None:
    items = [[answer for answer in row if answer] for row in rows]
    if len({answer for row in items if len(row) > 1 for answer in row}) < 2:
        return
    ours = rated(items, 3).alpha(ONCE)[0]
    theirs = krippendorff.alpha([list(column) for column in _numbers(rows)], level_of_measurement="nominal")
    assert ours == pytest.approx(theirs, abs=1e-9)
    pairs = [(row[0], row[1]) for row in rows if row[0] and row[1]]
    if len({answer for pair in pairs for answer in pair}) > 1:
        kappa = pairs_of(pairs).kappa(ONCE)[0]
        assert kappa == pytest.approx(cohen_kappa_score(*zip(*pairs, strict=True)), abs=1e-9, nan_ok=True)


def _numbers(rows: list[tuple[str, str, str]]) -> list[list[float]]:
    codes = {"": float("nan"), "a": 1.0, "b": 2.0, "c": 3.0}
    return [[codes[row[who]] for row in rows] for who in range(3)]


@pytest.mark.parametrize("pairs", [[], [("a", "a")] * 5])
def test_what_chance_cannot_correct_is_undefined(pairs: list[tuple[str, str]]) -> None:
    """Nothing rated, or one category only: neither 0 nor 1 would be true."""
    assert np.isnan(pairs_of(pairs).kappa(ONCE)[0])
    assert np.isnan(pairs_of(pairs).alpha(ONCE)[0])


# The worked example of Krippendorff 2004: a continuum of 300 from 150 on, two observers, two categories.
def unitised(*layers: list[tuple[int, int]]) -> Sums:
    spans = [np.array([(start - 150, start - 150 + length) for start, length in layer]) for layer in layers]
    return sums_of(spans, np.array([300])).drawn(ONCE)


def test_alpha_for_unitising_is_krippendorffs() -> None:
    first = unitised([(225, 70), (370, 30)], [(220, 80), (355, 20), (400, 20)])
    second = unitised([(180, 60), (300, 50)], [(180, 60), (300, 50)])
    assert observed(first)[0] == pytest.approx(0.0144, abs=0.00005)
    assert expected(first)[0] == pytest.approx(0.0532, abs=0.00005)
    assert unitised_alpha([first])[0] == pytest.approx(0.7286, abs=0.00005)
    assert (observed(second)[0], expected(second)[0]) == (0.0, pytest.approx(0.0490, abs=0.00005))
    assert unitised_alpha([second])[0] == 1.0
    assert unitised_alpha([first, second])[0] == pytest.approx(0.8591, abs=0.0005)


def test_nobody_marking_anything_leaves_alpha_undefined() -> None:
    nothing = np.zeros((0, 2), dtype=np.int64)
    assert np.isnan(unitised_alpha([sums_of([nothing, nothing], np.array([100])).drawn(ONCE)])[0])


# The three annotators of the figure with which Mathet et al. explain γ, as (label, start, end).
ALEX = [(1, 2, 9), (2, 11, 17), (5, 24, 30), (6, 32, 36), (6, 36, 44), (7, 44, 60)]
PAUL = [(1, 2, 9), (3, 11, 17), (5, 19, 25), (6, 32, 44)]
SUZAN = [(1, 2, 9), (4, 11, 17), (5, 21, 27), (6, 32, 36), (6, 36, 40), (6, 40, 44)]


def units(spans: list[tuple[int, int, int]]) -> list[Unit]:
    return [Unit(start, end, str(label)) for label, start, end in spans]


def test_gamma_is_that_of_its_authors() -> None:
    """Their own program gives the disorder 0.96 and, depending on chance, γ between 0.44 and 0.47."""
    layers = [units(layer) for layer in (ALEX, PAUL, SUZAN)]
    assert best_alignment(layers).disorder == pytest.approx(0.96, abs=0.005)
    found = gamma_of(layers, 60)
    assert found.gamma == pytest.approx(0.455, abs=0.02)
    assert found == gamma_of(layers, 60)


# Dissimilarities in place that Mathet et al. give in their figure 10.
@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [((4, 14), (4, 14), 0.0), ((4, 14), (14, 24), 1.0), ((4, 14), (20, 25), 3.24), ((20, 30), (20, 25), 0.11)],
)
def test_units_are_as_unlike_as_in_the_paper(one: tuple[int, int], other: tuple[int, int], wanted: float) -> None:
    assert dissimilarity(Unit(*one, "a"), Unit(*other, "a")) / 3 == pytest.approx(wanted, abs=0.002)
    assert dissimilarity(Unit(*one, "a"), Unit(*other, "b")) == dissimilarity(Unit(*one, "a"), Unit(*other, "a")) + 1


SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8), st.sampled_from("ab")), max_size=3)


@settings(deadline=None, max_examples=60)  # trying everything takes its time
@given(st.lists(SPANS, min_size=2, max_size=3))
def test_the_best_alignment_is_the_best_of_all(layers_of: list[list[tuple[int, int, str]]]) -> None:
    """Compared with trying every alignment there is."""
    layers = [[Unit(start, start + length, label) for start, length, label in layer] for layer in layers_of]
    found = best_alignment(layers)
    taken = [unit for part in found.parts for unit in part.units if unit]
    assert sorted(taken) == sorted(unit for layer in layers for unit in layer)
    assert sum(part.disorder for part in found.parts) == pytest.approx(cheapest(layers))


def cheapest(layers: list[list[Unit]]) -> float:
    """Try everything: the first unit left goes into a part with any of the others' units, or none."""
    first = next((number for number, layer in enumerate(layers) if layer), None)
    if first is None:
        return 0.0
    unit, pairs = layers[first][0], len(layers) * (len(layers) - 1) / 2
    rest = [layer[1:] if number == first else layer for number, layer in enumerate(layers)]
    least = float("inf")
    for chosen in choices(rest[first + 1 :]):
        units = [unit, *(one for one in chosen if one)]
        cost = sum(dissimilarity(one, other) for at, one in enumerate(units) for other in units[at + 1 :])
        cost = (cost + pairs - len(units) * (len(units) - 1) / 2) / pairs
        left = [
            *rest[: first + 1],
            *(without(layer, one) for layer, one in zip(rest[first + 1 :], chosen, strict=True)),
        ]
        least = min(least, cost + cheapest(left))
    return least


def choices(layers: list[list[Unit]]) -> list[tuple[Unit | None, ...]]:
    found: list[tuple[Unit | None, ...]] = [()]
    for layer in layers:
        found = [(*before, one) for before in found for one in (None, *layer)]
    return found


def without(layer: list[Unit], one: Unit | None) -> list[Unit]:
    place = layer.index(one) if one else len(layer)
    return [*layer[:place], *layer[place + 1 :]]


@given(SPANS, SPANS)
def test_each_unit_has_one_partner_and_the_likest(
    one_of: list[tuple[int, int, str]], other_of: list[tuple[int, int, str]]
) -> None:
    one, other = (sorted(Unit(at, at + long, label) for at, long, label in layer) for layer in (one_of, other_of))
    pairs = matched(one, other)
    for side, layer in ((0, one), (1, other)):
        taken = [pair[side] for pair in pairs]
        assert all(taken.count(unit) <= layer.count(unit) for unit in taken)
    assert all(first.start < second.end and second.start < first.end for first, second in pairs)
    alike = [unit for at, unit in enumerate(one) if unit not in one[:at]]
    equal = sum(min(one.count(unit), other.count(unit)) for unit in alike)
    assert sum(first == second for first, second in pairs) == equal
    shared = [
        min(first.end, second.end) - max(first.start, second.start)
        for first, second in pairs
        if first[:2] != second[:2]
    ]
    assert all(before >= after for before, after in pairwise(shared))
