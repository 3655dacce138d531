"""Searching all articles: every hit is where it is said to be, nothing is missed, and hits are marked as one step."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import regex
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator import Project
from annotator.concordance import KwicLine, before, behind, in_order
from annotator.errors import BadPattern, BadQuery, PatternTooSlow, UnknownLabel
from annotator.model import Boilerplate
from annotator.search_matching import WordMatcher
from annotator.search_query import Every, Near, Node, Some, Words
from annotator.text.fold import fold
from annotator.text.forms import forms_of
from annotator.text.words import Worded

Prove = Callable[[Project, Callable[[], object]], None]


@pytest.fixture
def add(project: Project, tmp_path: Path) -> Callable[..., list[str]]:
    """Import texts and return the ids of their articles."""

    def run(*texts: str) -> list[str]:
        folder = tmp_path / f"texts{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        for number, text in enumerate(texts):
            (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
        return [one.article for one in project.import_files([folder]).imported]

    return run


def hits(project: Project, query: str, **options: object) -> list[str]:
    return [line.hit for line in project.search(query, **options)]  # type: ignore[arg-type]


# -- what is found ------------------------------------------------------------------------------------------------


def test_arabic_is_found_as_it_is_searched(project: Project, add: Callable[..., list[str]]) -> None:
    add(
        "وصل إلى دمشق ثم غادر ودمشق هادئة، وبدمشق حشد كبير، ودمشقي واحد.",
        "قال الْجَيْشُ إن الجـيـش للجيش والجيش بالجيش، وجيش آخر.",
        "مسؤول ومسئول ومسءول، إدلب ادلب أدلب، على علي، عام ٢٠١١ و۲۰۱۱ و2011، ﻻ لا",
    )
    assert hits(project, "دمشق") == ["دمشق", "ودمشق", "وبدمشق"]
    assert hits(project, "دمشق", clitics=False) == ["دمشق"]
    assert hits(project, "الجيش")[-5:] == ["الْجَيْشُ", "الجـيـش", "للجيش", "والجيش", "بالجيش"]
    assert hits(project, "مسءول") == ["مسؤول", "ومسئول", "ومسءول"]
    assert hits(project, "ادلب") == ["إدلب", "ادلب", "أدلب"]
    assert hits(project, "=إدلب") == hits(project, "إدلب", exact=True) == ["إدلب"]
    assert set(hits(project, "=علي")) >= {"علي"}
    assert "على" not in hits(project, "=علي")
    assert hits(project, "٢٠١١") == ["٢٠١١", "و۲۰۱۱", "و2011"]
    assert hits(project, "لا")[-2:] == ["ﻻ", "لا"]


def test_near_and_not_look_at_places(project: Project, add: Callable[..., list[str]]) -> None:
    near, far, reverse = add(
        "قصف عنيف على مدينة حلب اليوم", "قصف واحد اثنان ثلاثة أربعة خمسة ستة حلب", "حلب تحت قصف، ثم هدوء"
    )
    assert [(line.article, line.hit) for line in project.search("حلب ~5 قصف")] == [
        (near, "قصف عنيف على مدينة حلب"),
        (reverse, "حلب تحت قصف"),
    ]
    assert [line.article for line in project.search("حلب ~6 قصف")] == [near, far, reverse]
    assert [line.article for line in project.search("حلب ~0 قصف")] == []
    found = [line.article for line in project.search("قصف NOT (حلب ~1 قصف)")]
    assert {near, far} <= set(found)
    assert reverse not in found


def test_within_labels(project: Project, add: Callable[..., list[str]]) -> None:
    one, other = add("بحلب قصف، وقال مراسل حلب اليوم إن حلب هادئة", "حلب فقط")
    project.annotate(one, 1, 4, "place")
    start = project.article(one).text.index("إن")
    project.annotate(one, start, len(project.article(one).text), "claim")
    assert [(line.start, line.hit) for line in project.search("place:حلب")] == [(0, "بحلب")]
    assert [line.start for line in project.search("claim:حلب")] == [start + 3]
    assert [line.start for line in project.search("حلب", within="claim")] == [start + 3]
    assert [line.hit for line in project.search("in:claims (حلب هادئة)")] == ["حلب", "هادئة"]
    assert [line.article for line in project.search("حلب -place:حلب", articles=(one, other))] == [other]
    assert [(line.start, line.end) for line in project.search("place:*")] == [(1, 4)]
    assert [line.hit for line in project.search("مكان:حلب ~0 قصف")] == ["بحلب قصف"]
    assert [line.hit for line in project.search("ح..", pattern=True, within="place")] == ["حلب"]
    assert project.search("label:actor").articles == 0
    with pytest.raises(UnknownLabel):
        project.search("حلب", within="nothing")


def test_several_things_within_a_label_stand_in_one_and_the_same_annotation(
    project: Project, add: Callable[..., list[str]]
) -> None:
    (article,) = add("قال الأول إن حلب تحت قصف. وقال الثاني إن حلب هادئة. وقال الثالث إن قصف إدلب توقف.")
    text = project.article(article).text
    claims = [text.index(words) for words in ("حلب تحت", "حلب هادئة", "قصف إدلب")]
    for start in claims:
        project.annotate(article, start, text.index(".", start), "claim")

    def places(query: str, **options: str) -> list[tuple[str, int]]:
        lines = project.search(query, articles=(article,), **options)
        return [(line.hit, sum(start <= line.start for start in claims)) for line in lines]

    assert places("in:claim حلب قصف") == [("حلب", 1), ("قصف", 1)]
    assert places("in:claim حلب -قصف") == [("حلب", 2)]
    assert places("in:claim قصف -حلب") == [("قصف", 3)]
    assert places("حلب -قصف", within="claim") == [("حلب", 2)]
    assert places("in:claim (حلب -قصف) OR إدلب") == [("حلب", 2), ("إدلب", 3)]
    assert places("in:claim حلب إدلب") == []
    assert places("حلب -قصف") == []  # without a label, the article is what must not have it
    assert places("in:claim حلب") == [("حلب", 1), ("حلب", 2)]


def test_what_is_no_news_is_left_out(project: Project, add: Callable[..., list[str]]) -> None:
    (article,) = add("حلب في الخبر. تعليقات: حلب في تعليق، إدلب أيضاً")
    _give_boilerplate(project, article, 15)
    here = {"articles": (article,)}
    assert [line.start for line in project.search("حلب", articles=(article,))] == [0]
    assert len(hits(project, "حلب", boilerplate=True, **here)) == 2
    assert hits(project, "ادلب", **here) == []
    assert hits(project, "حلب NOT ادلب", **here) == ["حلب"]
    assert hits(project, "حلب NOT ادلب", boilerplate=True, **here) == []
    assert not project.search("حلب").is_exact
    assert project.search("حلب", boilerplate=True).is_exact
    assert len(hits(project, "حلب", pattern=True, **here)) == 1


def _give_boilerplate(project: Project, article: str, start: int) -> None:
    from dataclasses import replace

    from annotator.model import Change
    from annotator.store.clock import uuid_bytes
    from annotator.values import article_value

    found = project.article(article)
    value = article_value(replace(found, boilerplate=(Boilerplate(start, len(found.text), "comments"),)))
    with project._step("boilerplate") as step:
        step.put("article", value, entity=uuid_bytes(article))
    project._tell(Change("boilerplate", article, {"article": (article,)}))


def test_an_article_that_is_gone_is_not_found(project: Project, add: Callable[..., list[str]]) -> None:
    add("حلب الشهباء")
    found = project.search("الشهباء")
    assert (found.articles, found.is_exact, len(list(found))) == (1, True, 1)
    project.undo()
    assert list(found) == []
    assert hits(project, "الشهباء") == []
    assert project.search("الشهباء").articles == 0
    project.redo()
    assert hits(project, "الشهباء") == ["الشهباء"]


def test_the_same_text_twice_is_found_once_and_an_older_project_is_indexed(
    project: Project, path: Path, add: Callable[..., list[str]]
) -> None:
    add("حلب الشهباء")
    assert add("حلب الشهباء") == []
    assert hits(project, "الشهباء") == ["الشهباء"]
    connection = project._connection
    for statement in ("TABLE search", "TABLE text_number", "TABLE text_sketch", "INDEX article_boilerplate"):
        connection.execute(f"DROP {statement}")
    connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'm0005_articles'")
    connection.execute("PRAGMA user_version = 4")
    project.close()
    with Project.open(path) as opened:
        assert hits(opened, "الشهباء") == ["الشهباء"]
        assert opened.check().problems == ()


def test_some_articles_only(project: Project, add: Callable[..., list[str]]) -> None:
    one, other = add("حلب أولى", "حلب ثانية")
    assert [line.article for line in project.search("حلب", articles=[other])] == [other]
    assert project.search("حلب", articles=[]).articles == 0
    assert {one, other} <= {line.article for line in project.search("حلب")}


def test_a_file_that_can_only_be_read_is_searched(project: Project, path: Path) -> None:
    with Project.open(path, read_only=True) as opened:
        assert hits(opened, "الجيش") == hits(project, "الجيش") != []


def test_a_pattern_looks_at_the_text_as_it_is_written(project: Project, add: Callable[..., list[str]]) -> None:
    add("أَب آب اب", "م" * 40 + "!")
    assert hits(project, r"\bآ\w+", pattern=True) == ["آب"]
    assert hits(project, r"x*", pattern=True) == []
    for pattern, at in (("ab(", 4), ("*", 1), ("[a", 3), ("(" * 1001, 1000)):
        with pytest.raises(BadPattern) as told:
            project.search(pattern, pattern=True)
        assert told.value.sentence.details["at"] <= at + 1
    with pytest.raises(BadQuery):
        project.search("", pattern=True)


def test_a_pattern_that_takes_too_long_is_stopped(
    project: Project, add: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    add("م" * 4000 + "!")
    monkeypatch.setattr("annotator.search_matching._SLOW", 0.05)
    with pytest.raises(PatternTooSlow):
        hits(project, "(م+)+(م+)+(م+)+(?<!ج)ج", pattern=True)


def test_whoever_sorts_gets_the_words_beside_the_hit_in_order(project: Project, add: Callable[..., list[str]]) -> None:
    add("باب حلب جميل", "ألف حلب ثابت", "تاء، حلب: أمان")
    lines = [line for line in project.search("حلب").sorted_lines("right") if len(line.right) < 10]
    assert [line.right.strip(" :") for line in lines] == ["أمان", "ثابت", "جميل"]
    lines = [line for line in project.search("حلب").sorted_lines("left") if len(line.right) < 10]
    assert [line.left.strip(" ،") for line in lines] == ["ألف", "باب", "تاء"]
    told: list[tuple[int, int]] = []
    found = project.search("حلب")
    stopped = list(found.sorted_lines("left", progress=lambda *now: told.append(now), cancel=lambda: len(told) == 2))
    assert len(stopped) < len(list(project.search("حلب")))
    assert told[-1] == (2, found.articles)


def test_many_places_are_sorted_in_runs() -> None:
    from annotator.concordance import Place

    chance = random.Random(1)
    places = [Place("a", number, number + 1, number, str(chance.randrange(50))) for number in range(12_000)]
    assert list(in_order(places)) == sorted(places, key=lambda one: one.key)


@given(st.text(st.sampled_from("اب \n،"), max_size=60), st.integers(0, 60), st.integers(1, 20))
def test_surroundings_are_whole_words_that_stand_there(text: str, at: int, length: int) -> None:
    at = min(at, len(text))
    left, right = before(text, at, length), behind(text, at, length)
    assert len(left) <= length >= len(right)
    assert text[:at].endswith(left)
    assert text[at:].startswith(right)


# -- against reading everything -----------------------------------------------------------------------------------

WORDS = ("حلب", "قصف", "الجيش", "اللجنة", "رد")
WRITTEN = (*WORDS, "بحلب", "وحَلَب", "للجيش", "بالجيش", "للجنة", "وقصف", "ورد", "حـلب", "حلبي", "،", "٣", "\n")


@dataclass(frozen=True)
class Spelled:
    """A query, and the tree that it should be."""

    query: str
    tree: Node


def plain() -> st.SearchStrategy[Spelled]:
    word = st.sampled_from(WORDS).map(lambda word: Spelled(word, Words((word,))))
    begun = st.sampled_from(WORDS).map(lambda word: Spelled(f"{word[:3]}*", Words((word[:3],), begins=True)))
    pair = st.tuples(st.sampled_from(WORDS), st.sampled_from(WORDS))
    return word | begun | pair.map(lambda two: Spelled(f'"{two[0]} {two[1]}"', Words(two)))


def combined(parts: st.SearchStrategy[Spelled]) -> st.SearchStrategy[Spelled]:
    two = st.tuples(parts, parts)
    return st.one_of(
        two.map(lambda pair: Spelled(f"(({pair[0].query}) ({pair[1].query}))", Every(_trees(*pair)))),
        two.map(lambda pair: Spelled(f"(({pair[0].query}) OR ({pair[1].query}))", Some(_trees(*pair)))),
        two.map(lambda pair: Spelled(f"(({pair[0].query}) NOT ({pair[1].query}))", _but_not(*pair))),
        st.tuples(parts, parts, st.integers(0, 3)).map(
            lambda near: Spelled(f"(({near[0].query}) ~{near[2]} ({near[1].query}))", Near(*_trees(*near[:2]), near[2]))
        ),
    )


def _trees(one: Spelled, other: Spelled) -> tuple[Node, Node]:
    return one.tree, other.tree


def _but_not(one: Spelled, other: Spelled) -> Node:
    return Every((one.tree,), (other.tree,))


def by_reading(text: str, node: Node) -> set[tuple[int, int]]:
    """Return the hits, as the numbers of their first and last words, by trying every place."""
    words = [fold(word) for word in regex.findall(r"[\p{L}\p{M}\p{N}ـ]+", text)]
    match node:
        case Words():
            first, *rest = node.words
            count, found = len(words), set()
            for at in range(count - len(rest)):
                window = words[at : at + len(node.words)]
                tests = [set(forms_of(first)), *({fold(word)} for word in rest)]
                good = [one in test for one, test in zip(window, tests, strict=True)]
                if node.begins:
                    good[-1] = any(window[-1].startswith(form) for form in tests[-1])
                found |= {(at, at + len(rest))} if all(good) else set()
            return found
        case Near():
            one, other = by_reading(text, node.one), by_reading(text, node.other)
            return _shortest(one, other, node.distance)
        case Some():
            return set().union(*(by_reading(text, part) for part in node.parts))
        case Every():
            parts = [by_reading(text, part) for part in node.parts]
            without = any(by_reading(text, part) for part in node.without)
            return set().union(*parts) if all(parts) and not without else set()
        case _:
            raise AssertionError(node)


def _shortest(one: set[tuple[int, int]], other: set[tuple[int, int]], most: int) -> set[tuple[int, int]]:
    """Return what reaches from one to the other, in any order, but for what holds another such stretch."""
    two = [(first, last) for kinds in ((one, other), (other, one)) for first in kinds[0] for last in kinds[1]]
    found = {(first[0], last[1]) for first, last in two if first[1] < last[0] <= first[1] + most + 1}
    return {one for one in found if not any(one != less and one[0] <= less[0] and less[1] <= one[1] for less in found)}


def apart(text: str, found: set[tuple[int, int]]) -> list[tuple[int, int]]:
    spans = [one.span() for one in regex.finditer(r"[\p{L}\p{M}\p{N}ـ]+", text)]
    kept: list[tuple[int, int]] = []
    for first, last in sorted(found, key=lambda one: (one[0], -one[1])):
        start, end = spans[first][0], spans[last][1]
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


QUERIES = st.recursive(plain(), combined, max_leaves=4)


@settings(deadline=None, max_examples=300)
@given(QUERIES, st.lists(st.sampled_from(WRITTEN), max_size=14))
def test_a_text_has_the_hits_that_reading_it_finds(spelled: Spelled, words: list[str]) -> None:
    text = " ".join(words)
    found = WordMatcher(spelled.tree).hits(text)
    expected = apart(text, by_reading(text, spelled.tree))
    assert [(hit.start, hit.end) for hit in found] == expected
    assert all(hit.start <= hit.core < hit.end for hit in found)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, dict[str, str]]]:
    """A project of many short texts, of which some are taken back."""
    folder, chance = tmp_path_factory.mktemp("many"), random.Random(3)
    (folder / "in").mkdir()
    for number in range(120):
        text = " ".join(chance.choices(WRITTEN, k=chance.randrange(1, 12)))
        (folder / "in" / f"{number:03}.txt").write_text(f"{number} {text}", encoding="utf-8")
    with Project.create(folder / "many.hashiya", reviewer="R1") as project:
        project.import_files([folder / "in"])
        (folder / "in" / "late.txt").write_text("حلب قصف الجيش اللجنة رد", encoding="utf-8")
        project.import_files([folder / "in" / "late.txt"])
        project.undo()
        yield project, {one.id: one.text for one in project.articles()}


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(QUERIES)
def test_a_project_has_the_hits_that_reading_all_finds(many: tuple[Project, dict[str, str]], spelled: Spelled) -> None:
    project, texts = many
    found = project.search(spelled.query)
    lines = list(found)
    expected = [(one, *span) for one, text in texts.items() for span in apart(text, by_reading(text, spelled.tree))]
    assert [(line.article, line.start, line.end) for line in lines] == expected
    assert all(_stands_there(line, texts[line.article]) for line in lines)
    with_hits = len({line.article for line in lines})
    assert found.articles >= with_hits
    assert not found.is_exact or found.articles == with_hits


@settings(deadline=None)
@given(st.text(max_size=60) | st.text(st.sampled_from("وبلاجيش َّـﻻﷺ½\u200f\u061cé1١\u0600\n"), max_size=40), st.data())
def test_every_hit_in_any_text_folds_to_a_form_of_what_was_sought(text: str, data: st.DataObject) -> None:
    words = Worded(text)
    if not words.words:
        return
    number = data.draw(st.integers(0, len(words.words) - 1))
    start, end = words.span(number, number)
    forms = forms_of(text[start:end])
    found = WordMatcher(Words((text[start:end],))).hits(text)
    assert (start, end) in [(hit.start, hit.end) for hit in found]
    assert all(fold(text[hit.start : hit.end]) in forms for hit in found)


@pytest.mark.skipif(not os.environ.get("HASHIYA_DATA"), reason="HASHIYA_DATA names no folder")
def test_hits_in_real_texts_fold_to_forms_of_what_was_sought() -> None:
    texts = [
        json.loads(line)["text"]
        for file in sorted(Path(os.environ["HASHIYA_DATA"]).glob("messy/*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
    ]
    assert texts
    for text in texts:
        words = Worded(text)
        for number in range(0, len(words.words), max(len(words.words) // 20, 1)):
            start, end = words.span(number, number)
            found = WordMatcher(Words((text[start:end],))).hits(text)
            assert (start, end) in [(hit.start, hit.end) for hit in found]
            assert all(fold(text[hit.start : hit.end]) in forms_of(text[start:end]) for hit in found)


def _stands_there(line: KwicLine, text: str) -> bool:
    return f"{line.left}{line.hit}{line.right}" in text and text[line.start : line.end] == line.hit


# -- marking ------------------------------------------------------------------------------------------------------


def test_marking_is_one_step(project: Project, prove: Prove) -> None:
    prove(project, lambda: project.annotate_hits(project.search("الجيش"), "actor"))


def test_hits_are_marked_without_what_is_written_onto_them(project: Project, add: Callable[..., list[str]]) -> None:
    (article,) = add("بدمشق ولدمشق، قال للجيش: والجيش ﻻجل ورد")
    for query in ("دمشق", "الجيش", "=ورد"):
        project.annotate_hits([line for line in project.search(query) if line.article == article], "place")
    marked = [(mark.quote, mark.form) for mark in project.annotations(article)]
    assert marked == [("دمشق", ""), ("دمشق", ""), ("لجيش", "الجيش"), ("الجيش", ""), ("ورد", "")]


def test_what_this_reviewer_has_marked_is_passed_over(project: Project, article: str) -> None:
    first = next(iter(project.search("الجيش")))
    project.annotate(article, first.start, first.end, "actor")
    before_it = len(project.annotations(article))
    proposed = list(project.proposals(project.search("الجيش"), "actor"))
    report = project.annotate_hits(project.search("الجيش"), "actor")
    assert (report.skipped, report.marked) == (1, len(proposed) - 1)
    assert [one.is_there for one in proposed] == [True, *[False] * report.marked]
    assert len(project.annotations(article)) == before_it + report.marked
    again = project.annotate_hits([*project.search("الجيش"), *project.search("الجيش")], "actor")
    assert (again.marked, again.skipped) == (0, 2 * len(proposed))
    assert project.annotate_hits(project.search("الجيش"), "place").marked == len(proposed)
    project.switch_reviewer("R2")
    assert project.annotate_hits(project.search("الجيش"), "actor").marked == len(proposed)


def test_the_same_hit_given_twice_is_marked_once(project: Project) -> None:
    found = list(project.search("الجيش").places())
    assert project.annotate_hits([*found, *found], "actor").marked == len(found)


def test_a_long_marking_can_be_stopped_and_is_one_undo(
    project: Project, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.searching._BATCH", 3)
    told: list[tuple[int, int]] = []
    found = list(project.search("الجيش"))
    report = project.annotate_hits(
        found, "actor", progress=lambda *now: told.append(now), cancel=lambda: len(told) == 2
    )
    assert (report.marked, report.cancelled, told[-1]) == (6, True, (6, len(found)))
    assert len(project.annotations(article)) == 6
    project.undo()
    assert project.annotations(article) == []
    with pytest.raises(UnknownLabel):
        project.annotate_hits(found, "nothing")


def test_a_line_says_what_is_marked_already(project: Project) -> None:
    first = next(iter(project.search("الجيش")))
    assert first.labels == ()
    project.annotate(first.article, first.start + 1, first.end, "actor")
    assert next(iter(project.search("الجيش"))).labels == ("actor",)
