"""The queue without a window: rows of articles, states, flags, notes, assignments and saved filters."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator import Change, Project, ProjectError, QueueRow, QueueRows
from annotator.errors import (
    BadFilter,
    BadFilterName,
    BadReviewerName,
    ChangedSince,
    ReadOnlyProject,
    UnknownArticle,
    UnknownFilter,
    UnknownState,
)
from annotator.model import Article, Boilerplate
from annotator.queue_rows import SORTS
from annotator.store.identity import article_id, copy_id
from annotator.values import article_value

ROOT = Path(__file__).parents[2]
Prove = Callable[[Project, Callable[[], object]], None]


@pytest.fixture
def ids(project: Project, tmp_path: Path) -> list[str]:
    """The ids of four articles: the one that ships, and three short ones."""
    for number, text in enumerate(("وفد أمريكي يصل إلى مدينة دير حافر", "آخر الأخبار من حلب", "Talks about NATO")):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    project.import_files(sorted(tmp_path.glob("?.txt")))
    return [one.id for one in project.articles()]


def row(project: Project, article: str) -> QueueRow:
    rows = project.queue()
    return next(one for one in rows.rows if one.id == article)


def describe(project: Project, article: str, **details: object) -> Article:
    """Give an article other details, as an importer would."""
    found = replace(project.article(article), **details)
    with project._step("describe") as step:
        step.put("article", article_value(found), entity=article_id(found.sha256))
    project._tell_step(step, article=(article,))
    return found


def group(project: Project, article: str, original: str) -> None:
    with project._step("group") as step:
        step.put("copy", {"article": article, "original": original}, entity=copy_id(article))
    project._tell_step(step, copy=(article,))


def test_a_row_says_what_an_article_is_and_how_much_is_marked(project: Project, ids: list[str]) -> None:
    describe(project, ids[1], outlet="وكالة سانا", author="مراسل", date="2026-01-16", boilerplate=(Boilerplate(0, 3),))
    project.annotate(ids[1], 0, 3, "actor")
    project.annotate(ids[1], 4, 10, "actor")
    project.annotate(ids[1], 0, 10, "claim")
    found = row(project, ids[1])
    assert (found.title, found.outlet, found.author) == ("وفد أمريكي يصل إلى مدينة دير حافر", "وكالة سانا", "مراسل")
    assert (found.date, found.file, found.boilerplate) == ("2026-01-16", "0.txt", True)
    assert (found.counts, found.state, found.reviewers) == ({"actor": 2, "claim": 1}, "progress", ("R1",))
    assert [one.id for one in project.queue().rows] == ids
    assert not row(project, ids[2]).boilerplate


def test_states_are_each_reviewers_own(project: Project, ids: list[str], prove: Prove) -> None:
    prove(project, lambda: project.set_state(ids[:3], "done"))
    assert [one.state for one in project.queue().rows] == ["done", "done", "done", "todo"]
    assert project.set_state(ids, "done") == 1
    assert project.set_state(ids, "done") == 0
    project.switch_reviewer("R2")
    project.annotate(ids[0], 0, 5, "actor")
    assert [one.state for one in project.queue().rows] == ["progress", "todo", "todo", "todo"]
    project.switch_reviewer("R1")
    prove(project, lambda: project.set_state([ids[0]], "todo"))
    assert row(project, ids[0]).state == "todo"
    assert row(project, ids[0]).reviewers == ("R2",)
    project.annotate(ids[0], 6, 12, "actor")
    assert row(project, ids[0]).state == "progress"
    with pytest.raises(UnknownState):
        project.set_state(ids, "progress")
    with pytest.raises(UnknownArticle):
        project.set_state([*ids, "no-such"], "todo")


def test_flags_and_notes_say_whose_they_are(project: Project, ids: list[str], prove: Prove) -> None:
    prove(project, lambda: project.flag(ids[1:3]))
    prove(project, lambda: project.note_article(ids[1], " تُراجَع التواريخ "))
    project.switch_reviewer("R2")
    project.flag([ids[1]])
    found = row(project, ids[1])
    assert (found.flags, found.notes) == (("R1", "R2"), ("R1",))
    assert [(one.reviewer, one.flagged, one.note) for one in project.readings(ids[1])] == [
        ("R1", True, "تُراجَع التواريخ"),
        ("R2", True, ""),
    ]
    project.switch_reviewer("R1")
    prove(project, lambda: project.flag(ids, on=False))
    prove(project, lambda: project.note_article(ids[1], ""))
    assert [one.reviewer for one in project.readings(ids[1])] == ["R2"]


def test_articles_are_handed_out_also_to_who_has_not_joined_yet(project: Project, ids: list[str], prove: Prove) -> None:
    prove(project, lambda: project.assign(ids, ["R1", " سارة "]))
    assert row(project, ids[3]).assigned == ("R1", "سارة")
    assert project.assign(ids[:2], ["سارة"]) == 0
    prove(project, lambda: project.assign(ids[:2], ["R9"], instead=True))
    assert [one.reviewer for one in project.assignments(ids[0])] == ["R9"]
    prove(project, lambda: project.assign(ids[:1], ["R2"], taking_from=["R9", "nobody"]))
    assert row(project, ids[0]).assigned == ("R2",)
    project.undo()
    prove(project, lambda: project.unassign(ids[2:], ["R1"]))
    assert row(project, ids[2]).assigned == ("سارة",)
    prove(project, lambda: project.unassign(ids))
    assert not any(one.assigned for one in project.queue().rows)
    with pytest.raises(BadReviewerName):
        project.assign(ids, [" "])
    project.assign(ids, ["R2"])
    project.switch_reviewer("R2")
    project.unassign(ids)
    project.assign(ids, ["R2"])
    project.switch_reviewer("R1")
    with pytest.raises(ChangedSince):
        project.undo()


def test_filters_are_saved_by_name(project: Project, prove: Prove) -> None:
    prove(project, lambda: project.save_filter("بقي لي", "assigned:me -state:done"))
    prove(project, lambda: project.save_filter("بقي لي", "assigned:me"))
    prove(project, lambda: project.save_filter("آخر", "after:2026"))
    assert [(one.name, one.query) for one in project.filters()] == [("آخر", "after:2026"), ("بقي لي", "assigned:me")]
    written = project.stats().operations
    project.save_filter("آخر", "after:2026")
    assert project.stats().operations == written
    prove(project, lambda: project.remove_filter("آخر"))
    with pytest.raises(UnknownFilter):
        project.remove_filter("آخر")
    with pytest.raises(BadFilterName):
        project.save_filter(" ", "after:2026")
    with pytest.raises(BadFilter):
        project.save_filter("x", "state:maybe")


def test_each_change_is_one_step_and_tells_the_articles(project: Project, ids: list[str]) -> None:
    told: list[Change] = []
    project.subscribe(told.append)
    project.set_state(ids, "done")
    project.flag(ids[:2])
    project.flag(ids[:2])
    project.assign(ids[1:], ["R1", "R2"])
    project.save_filter("x", "state:done")
    project.undo()
    project.undo()
    assert [(change.action, dict(change.ids)) for change in told] == [
        ("set_state", {"reading": tuple(ids)}),
        ("flag", {"reading": tuple(ids[:2])}),
        ("assign", {"assignment": tuple(ids[1:])}),
        ("save_filter", {"filter": ("x",)}),
        ("undo", {"filter": ("x",)}),
        ("undo", {"assignment": tuple(one for one in ids[1:] for _ in range(2))}),
    ]


def test_layers_that_differ_contest_an_article(project: Project, ids: list[str]) -> None:
    project.annotate(ids[0], 0, 5, "actor")
    project.annotate(ids[1], 0, 3, "actor")
    assert not any(one.contested for one in project.queue().rows)
    project.switch_reviewer("R2")
    project.annotate(ids[0], 0, 5, "actor")
    other = project.annotate(ids[1], 0, 3, "place")
    assert [one.contested for one in project.queue().rows] == [False, True, False, False]
    project.revise(other.id, label="actor")
    assert not row(project, ids[1]).contested
    project.revise(other.id, end=4)
    assert row(project, ids[1]).contested


def test_verdicts_that_differ_contest_an_article(project: Project, ids: list[str]) -> None:
    claim = project.annotate(ids[0], 0, 5, "claim")
    project.judge(claim.id, "corroborated", reason="صورة")
    assert not row(project, ids[0]).contested
    project.switch_reviewer("R2")
    project.judge(claim.id, "contested", reason="نفي")
    assert row(project, ids[0]).contested
    project.judge(claim.id, "corroborated", reason="صورة")
    assert not row(project, ids[0]).contested


def test_copies_and_corrected_versions_know_each_other(project: Project, ids: list[str]) -> None:
    group(project, ids[1], ids[0])
    group(project, ids[2], ids[0])
    describe(project, ids[3], replaces=ids[2])
    rows = project.queue().rows
    assert [one.copies for one in rows] == [2, 0, 0, 0]
    assert [one.original for one in rows] == [None, rows[0].key, rows[0].key, None]
    assert [one.replaced for one in rows] == [False, False, True, False]
    assert rows[3].replaces == rows[2].key


def test_the_first_rows_come_alone(project: Project, ids: list[str]) -> None:
    project.annotate(ids[0], 0, 5, "actor")
    some, all_of_them = project.queue_start(2), project.queue_start(100)
    assert (some.whole, some.rows) == (False, project.queue().rows[:2])
    assert (all_of_them.whole, all_of_them.rows) == (True, project.queue().rows)


def test_titles_and_the_first_article_are_there_without_the_queue(project: Project, ids: list[str]) -> None:
    assert project.first_article() == ids[0]
    assert project.titles([ids[3], "none"]) == {ids[3]: "Talks about NATO"}
    assert project.has_article(ids[1])
    assert not project.has_article("none")


# -- following changes ---------------------------------------------------------------------------------------------------


def same(one: QueueRows, other: QueueRows) -> bool:
    """Tell whether rows are the same in all that can be asked of them."""
    orders = all(
        list(one.ordered(by, descending=down)) == list(other.ordered(by, descending=down))
        for by in SORTS
        for down in (False, True)
    )
    words = all(list(one.folded(name)) == list(other.folded(name)) for name in ("title", "outlet", "author", "file"))
    counted = {name: count for name, count in one.counted.items() if count}
    return (
        list(one.rows) == list(other.rows)
        and one.numbers == other.numbers
        and counted == {name: count for name, count in other.counted.items() if count}
        and orders
        and words
    )


COMMANDS: dict[str, Callable[[Project, list[str], int], object]] = {
    "annotate": lambda project, ids, at: project.annotate(ids[at], 0, 3, "actor"),
    "claim": lambda project, ids, at: project.annotate(ids[at], 0, 5, "claim"),
    "remove": lambda project, ids, at: [project.remove(one.id) for one in project.annotations(ids[at])
                                        if one.reviewer == project.reviewer],
    "judge": lambda project, ids, at: [project.judge(one.id, "contested", reason="x")
                                       for one in project.annotations(ids[at]) if one.label == "claim"],
    "done": lambda project, ids, at: project.set_state(ids[: at + 1], "done"),
    "todo": lambda project, ids, at: project.set_state(ids[at:], "todo"),
    "flag": lambda project, ids, at: project.flag([ids[at]]),
    "assign": lambda project, ids, at: project.assign(ids[at:], [project.reviewer]),
    "unassign": lambda project, ids, at: project.unassign([ids[at]]),
    "describe": lambda project, ids, at: describe(project, ids[at], outlet=f"المصدر {at}", date=f"2026-01-0{at + 1}"),
    "rename": lambda project, ids, at: describe(project, ids[at], title="عنوان آخر"),
    "copy": lambda project, ids, at: group(project, ids[at], ids[at - 1]),
    "replace": lambda project, ids, at: describe(project, ids[at], replaces=ids[at - 1]),
    "undo": lambda project, ids, at: project.undo(),
    "redo": lambda project, ids, at: project.redo(),
}  # fmt: skip


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(sorted(COMMANDS)), st.integers(0, 3)), min_size=1, max_size=8))
def test_rows_that_follow_changes_are_those_read_anew(
    tmp_path_factory: pytest.TempPathFactory, commands: list[tuple[str, int]]
) -> None:
    folder = tmp_path_factory.mktemp("following")
    for number in range(4):
        (folder / f"{number}.txt").write_text(f"{number} وفد أمريكي يصل", encoding="utf-8")
    told: list[Change] = []
    with Project.create(folder / "p.hashiya", reviewer="R1") as project:
        project.import_files(sorted(folder.glob("?.txt")))
        project.switch_reviewer("R2")
        project.annotate(project.first_article(), 0, 3, "actor")
        project.switch_reviewer("R1")
        ids, rows = [one.id for one in project.articles()], project.queue()
        same(rows, rows)  # have every order and every folded word, so that wrong ones would be taken over
        project.subscribe(told.append)
        for name, at in commands:
            with suppress(ProjectError):  # what an undo took away, or what is another's
                COMMANDS[name](project, ids, at)
            for change in told:
                rows = project.queue_after(rows, change.ids)
            told.clear()
            assert same(rows, project.queue())


def test_rows_follow_articles_that_come_and_go(project: Project, ids: list[str], tmp_path: Path) -> None:
    rows = project.queue()
    same(rows, rows)
    told: list[Change] = []
    project.subscribe(told.append)
    (tmp_path / "new.txt").write_text("مقال جديد", encoding="utf-8")
    project.import_files([tmp_path / "new.txt"])
    project.undo()
    project.redo()
    for change in told:
        rows = project.queue_after(rows, change.ids)
    assert same(rows, project.queue())
    assert len(rows) == 5


def test_a_project_that_is_only_read_takes_no_state(path: Path) -> None:
    with Project.create(path, reviewer="R1", starter=True) as project:
        article = project.first_article()
    with Project.open(path, read_only=True) as project, pytest.raises(ReadOnlyProject):
        project.set_state([article], "done")


# -- the command line ----------------------------------------------------------------------------------------------------


def hashiya(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "main.py"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_queue_by_the_command_line(project: Project, ids: list[str], path: Path) -> None:
    project.annotate(ids[0], 0, 5, "claim")
    project.close()
    assert hashiya("state", path, "done", ids[1], ids[2]).stdout == "2 articles changed.\n"
    assert hashiya("assign", path, "--to", "سارة", "--filter=-state:done").stdout == "2 articles changed.\n"
    listed = hashiya("queue", path, "--filter", "state:done")
    assert [line.split("\t")[:2] for line in listed.stdout.splitlines()] == [[ids[1], "done"], [ids[2], "done"]]
    assert listed.stderr == "2 of 4 articles.\n"
    found = json.loads(hashiya("queue", path, "--filter", "المكلف:سارة has:claim", "--json").stdout)
    assert (found["of"], [one["id"] for one in found["articles"]]) == (4, [ids[0]])
    assert found["articles"][0]["counts"] == {"claim": 1}
    assert hashiya("assign", path, ids[0]).stdout == "1 articles changed.\n"
    wrong = hashiya("queue", path, "--filter", "state:maybe")
    assert (wrong.returncode, "“maybe” is not known here" in wrong.stderr) == (1, True)
