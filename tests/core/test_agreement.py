"""How well reviewers agree, from the projects they marked: every figure rests on what can be counted by hand."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import Project
from annotator.cli import main
from annotator.review.measuring import measured
from annotator.review.spans import by_label, counted
from annotator.review.units import Layer, ReadArticle, Unit
from tests.core.read_by_two import both_read, mark, unread


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[Project]:
    with unread(tmp_path) as project:
        yield project


def test_figures_of_two_reviewers_are_those_counted_by_hand(shared: Project) -> None:
    both_read(shared)
    found = shared.agreement()
    row = found.row(pair=("Amal", "Basim"))
    assert row is not None
    assert (row.articles, row.units, len(row.differing)) == (3, (4, 3), 3)
    figures = {name: figure.value for name, figure in row.figures.items()}
    assert figures["precision"] == pytest.approx(1 / 3)
    assert figures["recall"] == pytest.approx(1 / 4)
    assert figures["f1"] == pytest.approx(2 / 7)
    assert figures["f1_overlap"] == pytest.approx(2 * (2 / 4) * (2 / 3) / (2 / 4 + 2 / 3))
    assert found.confusion == {
        ("actor", "actor"): 1, ("place", "place"): 1, ("actor", ""): 1, ("place", ""): 1, ("", "actor"): 1,
    }  # fmt: skip
    places = found.row("label", "place", ("Amal", "Basim"))
    assert places is not None
    assert (places.units, places.figures["f1"].value) == ((2, 1), 0.0)


def test_articles_come_with_the_least_agreement_first(shared: Project) -> None:
    both_read(shared)
    told = [(one.equal, one.units, one.f1) for one in shared.agreement().articles]
    assert told == [(0, (1, 0), None), (0, (1, 1), 0.0), (1, (2, 2), 0.5)]


def test_what_is_undefined_says_why(shared: Project) -> None:
    """Only one of them marked places in the third article: that is neither 0 nor 1."""
    both_read(shared)
    third = next(one.id for one in shared.articles() if "حلب" in one.text)
    row = shared.agreement(articles={third}).row()
    assert row is not None
    assert row.figures["f1"].value is None
    assert str(row.figures["f1"].why) == "One of them marked nothing here."


def test_nobody_has_read_anything_twice(shared: Project) -> None:
    mark(shared, "سانا", "actor")
    assert shared.agreement().rows == ()


def test_an_interval_holds_its_figure_and_comes_again(shared: Project) -> None:
    both_read(shared)
    figure = shared.agreement(seed=7).row().figures["f1"]  # type: ignore[union-attr]
    assert figure.value is not None
    assert figure.low is not None
    assert figure.high is not None
    assert 0.0 <= figure.low <= figure.value <= figure.high <= 1.0
    assert shared.agreement(seed=7) == shared.agreement(seed=7)


def test_time_and_labels_choose(shared: Project) -> None:
    both_read(shared)
    assert shared.agreement(since="2100").rows == ()
    assert shared.agreement(version=99).rows == ()
    only = shared.agreement(labels={"place"}, until="2100")
    assert {row.key for row in only.rows if row.by == "label"} == {"place"}
    month = next(row for row in only.rows if row.by == "month" and row.pair)
    assert month.articles == 3


def test_what_both_link_and_answer_is_compared(shared: Project) -> None:
    one = mark(shared, "دخل مسكنة", "claim")
    army = shared.add_entity("actor", ["الجيش"])
    shared.link(mark(shared, "الجيش", "actor"), army.id)
    shared.frame(one, mode="direct", kind="statement")
    shared.switch_reviewer("Basim")
    two = mark(shared, "دخل مسكنة", "claim")
    other = shared.add_entity("actor", ["جيش"])
    shared.link(mark(shared, "الجيش", "actor"), other.id)
    shared.frame(two, mode="indirect")
    row = shared.agreement().row(pair=("Amal", "Basim"))
    assert row is not None
    assert (row.figures["mode"].items, row.figures["kind"].items, row.figures["entities"].items) == (1, 0, 1)
    assert row.figures["mode"].value == 0.0
    shared.merge_entities(army.id, other.id)
    merged = shared.agreement().row(pair=("Amal", "Basim"))
    assert merged is not None
    assert str(merged.figures["entities"].why).startswith("Only one answer")


def test_gamma_of_equal_layers_is_one(shared: Project) -> None:
    for reviewer in ("Amal", "Basim"):
        shared.switch_reviewer(reviewer)
        for words, label in (("وزارة الدفاع", "actor"), ("دير حافر", "place"), ("سانا", "actor"), ("الجيش", "actor")):
            mark(shared, words, label)
    gamma, category = shared.gamma(("Amal", "Basim"))
    assert (gamma.value, gamma.items, category.value) == (1.0, 2, 1.0)


def test_the_command_line_tells_it(shared: Project, capsys: pytest.CaptureFixture[str]) -> None:
    both_read(shared)
    shared.close()
    assert main(["agreement", str(shared.path), "--json", "--gamma"]) == 0
    record = json.loads(capsys.readouterr().out)
    row = next(one for one in record["rows"] if one["by"] == "all" and one["pair"])
    assert row["figures"]["f1"]["value"] == pytest.approx(2 / 7)
    assert set(row["figures"]) >= {"gamma", "gamma_cat", "alpha_u", "kappa"}
    assert main(["agreement", str(shared.path)]) == 0
    assert "\tf1\t0.286 [" in capsys.readouterr().out


Spans = list[tuple[int, int, str]]
SPANS = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 9), st.sampled_from("ab")), max_size=8)


@given(SPANS, SPANS)
def test_counting_by_a_sweep_is_counting_each_with_each(
    one_of: list[tuple[int, int, str]], other_of: list[tuple[int, int, str]]
) -> None:
    one, other = ([Unit(at, at + long, label) for at, long, label in layer] for layer in (one_of, other_of))
    for label, counts in counted(by_label(one), by_label(other)).items():
        first, second = ([unit for unit in layer if unit.label == label] for layer in (one, other))
        assert counts[1] == sum(any(_meet(unit, beside) for beside in second) for unit in first)
        assert counts[2] == sum(any(_meet(unit, beside) for beside in first) for unit in second)
        assert counts[0] == sum(min(first.count(unit), second.count(unit)) for unit in set_of(first))


def _meet(one: Unit, other: Unit) -> bool:
    return one.start < other.end and other.start < one.end


def set_of(units: list[Unit]) -> list[Unit]:
    return [unit for at, unit in enumerate(units) if unit not in units[:at]]


DATA = os.environ.get("HASHIYA_DATA", "")


@pytest.mark.skipif(not DATA, reason="HASHIYA_DATA does not name the folder of the wider tests")
@pytest.mark.parametrize("name", ["assault_spans.json", "protest_spans.json"])
def test_coders_of_real_news_agree_as_much_as_another_program_says(name: str) -> None:
    """F of all pairs of coders, counted once more without any of our code."""
    sentences = json.loads((Path(DATA) / "ner" / "events" / name).read_text("utf-8"))
    articles = [article for article in map(_coded, sentences) if len(article.layers) > 1]
    found = measured(articles, seed=1)
    equal = dict.fromkeys(combinations(sorted({coder for one in articles for coder in one.layers}), 2), 0)
    sizes = dict.fromkeys(equal, 0)
    for article in articles:
        for pair in combinations(sorted(article.layers), 2):
            one, other = ([tuple(unit[:3]) for unit in article.layers[coder].units] for coder in pair)
            equal[pair] += sum(min(one.count(span), other.count(span)) for span in {*one, *other})
            sizes[pair] += len(one) + len(other)
    assert len(articles) > 50
    for pair, count in equal.items():
        row = found.row(pair=pair)
        if row is not None and row.figures["f1"].value is not None:
            assert row.figures["f1"].value == pytest.approx(2 * count / sizes[pair])


def _coded(sentence: dict[str, object]) -> ReadArticle:
    text, layers = str(sentence["text"]), {}
    for number, coder in enumerate(sentence["spans"]):  # type: ignore[arg-type,var-annotated]
        units = [
            Unit(text.index(word), text.index(word) + len(word), role)
            for role in ("source_actor", "verb", "target_actor")
            for word in coder[role]
            if word in text
        ]
        layers[f"coder {number}"] = Layer(units)
    return ReadArticle(str(sentence["_id"]), "", len(text), layers)
