"""Articles that are copies of one text are found and grouped; the threshold is measured where there are real articles."""

from __future__ import annotations

import json
import os
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator import FileChoice, Project
from annotator.model import Change
from annotator.selecting import Selection
from annotator.text.shingles import Alike, sketch

DATA = os.environ.get("HASHIYA_DATA")
TEXT = (
    "أعلنت وزارة الدفاع السورية اليوم الجمعة أن الجيش سيطر على قرية حميمة في ريف حلب الشرقي بعد اشتباكات استمرت يومين. "
    "وقال مصدر عسكري إن ثلاثة من عناصره قتلوا في القصف الذي استهدف محيط مدينة دير حافر، بينما نزحت عشرات العائلات نحو "
    "مسكنة والخفسة. ونفت قوات سوريا الديمقراطية الخبر وقالت إن قواتها ما زالت في مواقعها غربي نهر الفرات وإنها صدت هجومين."
)


@pytest.fixture
def three(project: Project, tmp_path: Path) -> list[str]:
    """Three articles: one text under three titles."""
    for number, title in enumerate(("عنوان أول", "معارك في ريف حلب", "خبر عاجل")):
        (tmp_path / f"{number}.txt").write_text(f"{title}\n{TEXT}", encoding="utf-8")
    report = project.import_files([tmp_path / f"{number}.txt" for number in range(3)])
    return [one.article for one in report.imported]


def test_near_copies_are_found_with_how_near_they_are(project: Project, three: list[str], article: str) -> None:
    near = project.near_copies(three[0])
    assert {one.article for one in near} == set(three[1:])
    assert all(0.8 < one.similarity < 1 for one in near)
    assert near == sorted(near, key=lambda one: -one.similarity)
    assert project.near_copies(article) == []


def test_copies_are_grouped_and_taken_apart(
    project: Project, three: list[str], prove: Callable[[Project, Callable[[], object]], None]
) -> None:
    told: list[Change] = []
    project.subscribe(told.append)
    prove_groups(project, three, lambda: project.group_copies(three[0], three[1:]), three)
    assert set(told[0].ids["copy"]) == set(three[1:])
    prove_groups(project, three, lambda: project.ungroup(three[2]), three[:2])
    prove_groups(project, three, lambda: project.ungroup(three[0]), [])


def prove_groups(project: Project, three: list[str], command: Callable[[], object], group: list[str]) -> None:
    """Prove that a command makes a group, can be undone and redone, and leaves a project without problems."""
    before = [project.copies_of(one) for one in three]
    command()
    after = [project.copies_of(one) for one in three]
    assert [set(one) for one in after if one] == [set(group)] * len(group)
    assert all(one[0] == group[0] for one in after if one)
    for _ in range(2):
        assert project.undo()
        assert [project.copies_of(one) for one in three] == before
        assert project.redo()
        assert [project.copies_of(one) for one in three] == after
    assert project.check().problems == ()


def test_groups_grow_together_and_a_copy_can_become_the_original(project: Project, three: list[str]) -> None:
    project.group_copies(three[0], [three[1]])
    assert project.group_copies(three[2], [three[1]])[0] == three[2]
    assert set(project.copies_of(three[0])) == set(three)
    assert project.group_copies(three[0], [three[2]])[0] == three[0]
    assert set(project.copies_of(three[1])) == set(three)


def test_grouping_what_is_grouped_already_writes_nothing(project: Project, three: list[str]) -> None:
    project.group_copies(three[0], three[1:])
    before = project.stats().operations
    project.group_copies(three[0], three[1:])
    assert project.stats().operations == before


def test_copies_are_grouped_at_the_import(project: Project, tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.txt", "b.txt", "c.txt")]
    for path in paths:
        path.write_text(f"{path.name}\n{TEXT}", encoding="utf-8")
    first = project.import_files(paths[2:]).imported[0].article
    choices = {  # a is a copy of b, which comes later and is itself one of c
        paths[0]: FileChoice(copies={0: (paths[1], 0)}),
        paths[1]: FileChoice(copies={0: first}),
    }
    report = project.import_files(paths, choices=choices)
    assert (len(report.imported), len(report.skipped), report.copies) == (2, 1, 2)
    assert project.copies_of(first)[0] == first
    assert set(project.copies_of(first)) == {first, *(one.article for one in report.imported)}
    project.undo()
    assert project.copies_of(first) == []
    project.redo()
    assert len(project.copies_of(first)) == 3
    assert project.check().problems == ()


# -- what is no copy ----------------------------------------------------------------------------------------------


def near(project: Project, article: str) -> set[str]:
    return {one.article for one in project.near_copies(article)}


def test_what_was_told_apart_is_no_near_copy_any_more(project: Project, three: list[str]) -> None:
    told: list[Change] = []
    project.subscribe(told.append)
    first, second, third = three
    project.keep_apart(second, [first])
    assert (near(project, first), near(project, second)) == ({third}, {third})
    assert (project.told_apart(first), project.told_apart(second)) == ([second], [first])
    assert 0.8 < project.resemblances(first, [second])[second] < 1
    assert set(told[-1].ids["apart"]) == {first, second}
    for _ in range(2):
        assert project.undo()
        assert (near(project, first), project.told_apart(first)) == ({second, third}, [])
        assert project.redo()
        assert (near(project, first), project.told_apart(first)) == ({third}, [second])
    written = project.stats().operations
    project.keep_apart(first, [second])
    assert project.stats().operations == written
    assert project.check().problems == ()


def test_a_copy_that_is_told_apart_leaves_the_group(project: Project, three: list[str]) -> None:
    first, second, third = three
    project.group_copies(first, [second, third])
    project.keep_apart(second, [first])  # it is a copy of that one, so it is the one that leaves
    assert (set(project.copies_of(first)), project.copies_of(second)) == ({first, third}, [])
    project.undo()
    project.keep_apart(first, [second, third])
    assert (project.copies_of(first), project.told_apart(first)) == ([], sorted([second, third]))
    project.undo()
    project.keep_apart(second, [third])  # both are copies of the first
    assert set(project.copies_of(first)) == {first, second}
    assert project.check().problems == ()


def test_who_groups_them_after_all_says_no_more_that_they_are_no_copies(project: Project, three: list[str]) -> None:
    first, second, third = three
    project.keep_apart(first, [second, third])
    project.group_copies(first, [second])
    assert (project.told_apart(first), near(project, first)) == ([third], {second})
    project.undo()
    assert (project.told_apart(first), project.copies_of(first)) == (sorted([second, third]), [])
    assert project.check().problems == ()


def test_an_export_of_some_articles_names_no_other(project: Project, three: list[str], tmp_path: Path) -> None:
    first, second, third = three
    project.group_copies(first, [second])
    project.keep_apart(first, [third])
    out = tmp_path / "some.jsonl"
    project.export("jsonl", out, selection=Selection(articles=frozenset([second, third])))
    with Project.create(tmp_path / "other.hashiya", reviewer="R1") as other:
        assert other.import_files([out]).failed == []
        assert {one.id for one in other.articles()} == {second, third}


# -- measured on real articles ------------------------------------------------------------------------------------------


def sentences(text: str) -> list[str]:
    return [one.strip() for one in re.split(r"(?<=[.؟!])\s+|\n+", text) if len(one.split()) > 5]


class Desk:
    """Makes out of real sentences agency texts and what other outlets make of them."""

    def __init__(self, texts: list[str]) -> None:
        self.chance = random.Random(7)
        self.sentences = [found for found in map(sentences, texts) if len(found) > 5]

    def story(self, words: int) -> list[str]:
        own = self.chance.choice(self.sentences)
        start = self.chance.randrange(len(own))
        story: list[str] = []
        for one in own[start:] + own[:start]:
            story.append(one)
            if sum(len(sentence.split()) for sentence in story) >= words:
                break
        return story

    def words(self, count: int) -> str:
        return " ".join(" ".join(self.story(count)).split()[:count])

    def republished(self, story: list[str], how: str) -> str:
        copy = list(story)
        if how == "some sentences anew":
            for number in self.chance.sample(range(len(copy)), max(1, len(copy) // 5)):
                copy[number] = self.words(len(copy[number].split()))
        head = [self.words(8)] + ([self.words(40)] if how == "lead" else [])
        return "\n".join([*head, *copy])


@pytest.mark.skipif(not DATA, reason="needs HASHIYA_DATA")
@pytest.mark.parametrize(("how", "words", "recall"), [
    ("title", 40, 0.9), ("title", 120, 1.0), ("lead", 60, 0.98), ("lead", 250, 1.0),
    ("some sentences anew", 120, 0.75), ("some sentences anew", 500, 0.95),
])  # fmt: skip
def test_what_outlets_do_to_agency_texts_is_found(how: str, words: int, recall: float) -> None:
    with (Path(DATA or "") / "articles/conflict_demo.jsonl").open(encoding="utf-8") as file:
        desk = Desk([json.loads(line)["text"] for line in file])
    found = 0
    for _ in range(200):
        story = desk.story(words)
        alike = Alike()
        alike.add(sketch("\n".join([desk.words(8), *story])))
        found += bool(alike.add(sketch(desk.republished(story, how))))
    print(f"\n{how}, {words} words: {found / 200:.1%} found")
    assert found / 200 >= recall
