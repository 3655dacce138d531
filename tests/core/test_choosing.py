"""Which articles go out: by a filter, and by what changed since a moment; what is no longer there is told."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator import Project
from annotator.errors import BadFilter, BadMoment, UnknownLabel, UnknownLayer
from annotator.exporting import losses_path
from annotator.store import clock
from annotator.text.moments import moment_of

DAY = 86_400_000
NEWS = ("قالت الوزارة إن الجيش دخل دير حافر.", "قصف الجيش حلب.", "عاد الهدوء إلى حماة.", "خبر من إدلب.")


class Calendar:
    """The system's clock, as the test sets it."""

    def __init__(self) -> None:
        self.milliseconds = moment_of("2026-01-01")

    def __call__(self) -> int:
        self.milliseconds += 1
        return self.milliseconds

    def pass_a_day(self) -> str:
        """Let a day pass, and return the moment."""
        self.milliseconds += DAY
        return clock.iso_time(self.milliseconds)


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> Calendar:
    found = Calendar()
    monkeypatch.setattr(clock.Clock.__init__, "__kwdefaults__", {"now": found})
    return found


@pytest.fixture
def four(path: Path, tmp_path: Path, calendar: Calendar) -> Iterator[Project]:
    """A project of four articles, each with two annotations, the second a claim with a frame."""
    folder = tmp_path / "news"
    folder.mkdir()
    for number, text in enumerate(NEWS):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    with Project.create(path, reviewer="R1") as project:
        project.import_files([folder])
        for article in list(project.articles()):
            project.annotate(article.id, 0, 3, "actor")
            claim = project.annotate(article.id, 0, len(article.text), "claim")
            project.frame(claim.id, mode="direct")
        yield project


def marks(project: Project, number: int) -> tuple[str, str]:
    """The ids of the claim and the actor of an article."""
    claim, actor = project.annotations(project.articles()[number].id)
    return claim.id, actor.id


def numbers(project: Project, articles: frozenset[str] | None) -> list[int]:
    assert articles is not None
    return [number for number, one in enumerate(project.articles()) if one.id in articles]


# -- by a filter -------------------------------------------------------------------------------------------------------


def test_a_filter_chooses_articles(four: Project, tmp_path: Path) -> None:
    four.set_state([four.articles()[1].id], "done")
    assert numbers(four, four.selection(filter="state:done").articles) == [1]
    out = tmp_path / "out.jsonl"
    report = four.export("jsonl", out, selection=four.selection(filter="-state:done", labels=["actor"]))
    assert (report.written, report.annotations) == (3, 3)
    assert four.selection(filter=" ").articles is None


def test_a_filter_that_wants_nothing_exports_nothing(four: Project, tmp_path: Path) -> None:
    nothing = four.selection(filter="outlet:لاأحد")
    assert nothing.articles == frozenset()
    assert four.export("jsonl", tmp_path / "out.jsonl", selection=nothing).written == 0
    assert list(four.stream(nothing)) == []


def test_a_bad_filter_is_told_with_its_place(four: Project) -> None:
    with pytest.raises(BadFilter, match="At character 1"):
        four.selection(filter="colour:red")


def test_a_layer_can_be_streamed(four: Project) -> None:
    four.switch_reviewer("R2")
    four.annotate(four.articles()[0].id, 0, 5, "actor")
    assert [len(one.annotations) for one in four.stream(layer="final")] == [0, 2, 2, 2]
    assert [len(one.annotations) for one in four.stream(layer="R2")] == [1, 0, 0, 0]
    assert [len(one.annotations) for one in four.stream()] == [3, 2, 2, 2]


# -- by what changed ---------------------------------------------------------------------------------------------------


def entity(project: Project) -> str:
    return project.add_entity("place", ["حلب"]).id


CHANGES: dict[str, Callable[[Project], Any]] = {
    "annotate": lambda p: p.annotate(p.articles()[1].id, 4, 9, "actor"),
    "revise": lambda p: p.revise(marks(p, 1)[1], note="ملاحظة"),
    "remove": lambda p: p.remove(marks(p, 1)[1]),
    "frame": lambda p: p.frame(marks(p, 1)[0], mode="indirect"),
    "remove_frame": lambda p: p.remove_frame(marks(p, 1)[0]),
    "judge": lambda p: p.judge(marks(p, 1)[0], "contested", reason="سبب"),
    "link": lambda p: p.link(marks(p, 1)[1], "unknown"),
    "describe": lambda p: p.describe(p.articles()[1].id, outlet="سانا"),
    "state": lambda p: p.set_state([p.articles()[1].id], "done"),
    "note": lambda p: p.note_article(p.articles()[1].id, "ملاحظة"),
    "assign": lambda p: p.assign([p.articles()[1].id], ["R9"]),
    "boilerplate": lambda p: p.set_boilerplate(p.articles()[1].id, [(0, 4)]),
}


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_changes_an_article_chooses_it(four: Project, calendar: Calendar, name: str) -> None:
    since = calendar.pass_a_day()
    assert numbers(four, four.selection(since=since).articles) == []
    CHANGES[name](four)
    assert numbers(four, four.selection(since=since).articles) == [1]
    assert four.undo()
    assert numbers(four, four.selection(since=since).articles) == [1]
    later = calendar.pass_a_day()
    assert numbers(four, four.selection(since=later).articles) == []
    assert four.redo()
    assert numbers(four, four.selection(since=later).articles) == [1]


def test_a_relation_changes_the_articles_of_both_claims(four: Project, calendar: Calendar) -> None:
    since = calendar.pass_a_day()
    four.relate(marks(four, 0)[0], "contradicts", marks(four, 2)[0])
    assert numbers(four, four.selection(since=since).articles) == [0, 2]
    later = calendar.pass_a_day()
    four.remove(marks(four, 2)[0])  # and with it what article 0 says of it
    assert numbers(four, four.selection(since=later).articles) == [0, 2]


def test_an_entity_changes_the_articles_that_mean_it(four: Project, calendar: Calendar) -> None:
    region, city = entity(four), entity(four)
    gone = four.add_entity("actor", ["الجيش السوري"])
    army = four.add_entity("actor", ["الجيش"])
    four.revise_entity(city, parent=region)
    four.link(marks(four, 0)[1], gone.id)
    place = four.annotate(four.articles()[3].id, 7, 12, "place")
    four.link(place.id, city)
    since = calendar.pass_a_day()
    four.revise_entity(region, notes="ملاحظة")  # the city lies in it
    assert numbers(four, four.selection(since=since).articles) == [3]
    since = calendar.pass_a_day()
    four.merge_entities(army.id, gone.id)
    assert numbers(four, four.selection(since=since).articles) == [0]
    since = calendar.pass_a_day()
    four.revise_entity(army.id, notes="ملاحظة")  # read through the merger
    assert numbers(four, four.selection(since=since).articles) == [0]


def test_what_is_gone_is_told_in_the_report(four: Project, tmp_path: Path, calendar: Calendar) -> None:
    claim, actor = marks(four, 1)
    four.link(actor, "unknown")
    early = calendar.pass_a_day()
    four.remove(actor)
    four.remove_frame(claim)
    out = tmp_path / "out.jsonl"
    report = four.export("jsonl", out, selection=four.selection(since=early))
    told = json.loads(losses_path(out).read_text("utf-8"))
    assert (report.written, told["since"]) == (1, early)
    assert told["removed"] == {"annotation": [actor], "frame": [claim], "link": [actor]}
    four.undo()
    assert "frame" not in four.selection(since=early).removed  # it is there again
    late = calendar.pass_a_day()
    assert dict(four.selection(since=late).removed) == {}


def test_an_article_that_is_gone_is_told_too(four: Project, tmp_path: Path, calendar: Calendar) -> None:
    since = calendar.pass_a_day()
    (tmp_path / "x.txt").write_text("خبر أخير", encoding="utf-8")
    article = four.import_files([tmp_path / "x.txt"]).imported[0].article
    assert numbers(four, four.selection(since=since).articles) == [4]
    four.undo()
    chosen = four.selection(since=since)
    assert (chosen.articles, dict(chosen.removed)) == (frozenset(), {"article": (article,)})


def test_filter_and_moment_must_both_hold(four: Project, calendar: Calendar) -> None:
    since = calendar.pass_a_day()
    four.set_state([four.articles()[0].id, four.articles()[1].id], "done")
    four.describe(four.articles()[0].id, outlet="سانا")
    assert numbers(four, four.selection(since=since, filter="outlet:سانا").articles) == [0]


def test_without_a_moment_nothing_is_said_of_one(four: Project, tmp_path: Path) -> None:
    four.export("jsonl", tmp_path / "out.jsonl")
    told = json.loads((tmp_path / "out.jsonl.losses.json").read_text("utf-8"))
    assert "since" not in told
    assert "removed" not in told


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1970-01-01", 0),
        ("1969-01-01", 0),
        ("1970-01-02", DAY),
        ("١٩٧٠-٠١-٠٢", DAY),
        ("1970-01-02T03:00", DAY + 10_800_000),
        ("1970-01-02T03:00:00.250+03:00", DAY + 250),
        ("1970-01-02t00:00:00z", DAY),
        (" 1970-01-02 00:00 ", DAY),
    ],
)
def test_a_moment_without_a_zone_is_utc(monkeypatch: pytest.MonkeyPatch, written: str, meant: int) -> None:
    monkeypatch.setenv("TZ", "Asia/Damascus")
    assert moment_of(written) == meant


@pytest.mark.parametrize("written", ["yesterday", "2026-13-01", "2026", "١٦ كانون الثاني"])
def test_what_is_no_moment_is_told(four: Project, written: str) -> None:
    with pytest.raises(BadMoment, match="is no moment"):
        four.selection(since=written)


# -- how much it is --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layer", ["all", "final", "R1", "R2"])
@pytest.mark.parametrize("labels", [(), ("claim",), ("actor", "place")])
def test_what_is_counted_is_what_is_written(four: Project, tmp_path: Path, layer: str, labels: tuple[str, ...]) -> None:
    """One article is settled, one opened again, one marked by two, one by one alone."""
    settled, opened, shared, _ = (article.id for article in four.articles())
    four.switch_reviewer("R2")
    for article in (settled, opened, shared):
        four.annotate(article, 0, 3, "place")
    four.switch_reviewer("R1")
    for article in (settled, opened):
        for difference in four.open_differences(article):
            four.decide(article, difference.match.ids, take=difference.match.ids[:1])
        four.settle(article)
    four.reopen(opened)
    for words in ({"since": ""}, {"filter": "label:place"}, {"since": "2026-06-01"}):
        selection = four.selection(labels=labels, layer=layer, **words)
        report = four.export("jsonl", tmp_path / "out.jsonl", selection=selection)
        assert four.counted(selection) == (report.written, report.annotations)


def test_a_label_or_layer_that_is_not_there_is_refused(four: Project) -> None:
    """A slip of the pen must not give an export of nothing."""
    with pytest.raises(UnknownLabel, match="actor, place, claim"):
        four.selection(labels=["actr"])
    with pytest.raises(UnknownLayer, match="all, final, R1"):
        four.selection(layer="fnal")
