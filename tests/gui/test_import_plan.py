"""What becomes of what a survey found, decision by decision, as the import is told at the end."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from annotator.language import Sentence
from annotator.model import Details
from annotator.readers.draft import Options, Table
from annotator.reports import RefusedFile
from annotator.survey import Found, Near, Pace, Stamp, Survey
from ui.importing import outcome, words
from ui.importing.plan import LATER, LEAVE, TAKE, Decision, Plan, Row, plan_of
from ui.translate import set_language

DOUBT = Sentence("a doubt")
A, B, C, D, E = (Path(f"/in/{name}.txt") for name in "abcde")


def found(file: Path, number: int = 0, **changes: object) -> Found:
    made = Found(file, number, Details(file.stem), "", "utf-8", 1.0, 30, "the beginning", "00")
    return replace(made, **changes)


@pytest.fixture
def plan() -> Plan:
    near = Near(0.9, "another", "id-of-another")
    return plan_of(
        Survey(
            (
                found(A),
                found(B, doubts=(DOUBT,)),
                found(C, near=(near,)),
                found(D, same_as="known"),
                found(B, 1, near=(near,), corrects="id-of-another"),
            ),
            (RefusedFile(E, Sentence("broken")),),
            stamps={A: Stamp(3, "33")},
            truncated=7,
        )
    )


@pytest.fixture(autouse=True)
def english() -> None:
    set_language("en")


def row(plan: Plan, file: Path, number: int = 0) -> Row:
    return next(one for one in plan.rows if (one.file, one.number) == (file, number))


def test_what_must_be_decided_stands_first_and_what_was_refused_last(plan: Plan) -> None:
    assert [(one.group, one.file.stem) for one in plan.rows] == [
        ("open", "b"), ("open", "c"), ("open", "b"), ("certain", "a"), ("there", "d"), ("refused", "e"),
    ]  # fmt: skip
    assert plan.needs_somebody
    counts = plan.counts()
    assert (counts.taken, counts.later, counts.left, counts.there, counts.refused, counts.unlisted) == (
        1,
        3,
        0,
        1,
        1,
        7,
    )


def test_a_table_that_nobody_can_read_yet_waits_for_its_columns() -> None:
    unnamed, partly = Table(("x",), (("1",),), {}), Table(("text",), (("1",),), {"text": "text"})
    survey = Survey((found(A),), (RefusedFile(B, DOUBT), RefusedFile(A, DOUBT)), tables={B: unnamed, A: partly})
    plan = plan_of(survey)
    assert [(one.group, one.file.stem) for one in plan.rows] == [("columns", "b"), ("certain", "a"), ("refused", "a")]
    assert (plan.counts().columns, plan.counts().refused, plan.counts().later) == (1, 1, 0)
    plan.decide(plan.rows[:1], TAKE)
    assert plan.counts().taken == 1, "there is nothing yet that could be taken from it"


def test_what_is_certain_needs_nobody_but_a_table_or_a_refusal_does() -> None:
    assert not plan_of(Survey((found(A), found(B, same_as="known")))).needs_somebody
    assert plan_of(Survey((found(A),), tables={A: Table(("x",), (("1",),), {})})).needs_somebody
    assert plan_of(Survey(refused=(RefusedFile(A, DOUBT),))).needs_somebody


def test_the_import_is_told_what_was_decided_and_undecided_stays_out(plan: Plan) -> None:
    plan.decide([row(plan, B)], TAKE)
    plan.decide([row(plan, C)], Decision("copy", "id-of-another"))
    plan.describe(row(plan, A), Details("a new title", "سانا"))
    choices = plan.choices()
    assert choices[A].details == {0: Details("a new title", "سانا")}
    assert choices[A].stamp == Stamp(3, "33")
    assert choices[A].without == frozenset()
    assert choices[B].without == {1}
    assert (choices[C].without, choices[C].copies) == (frozenset(), {0: "id-of-another"})
    assert [one.file for one in plan.undecided()] == [B]

    plan.decide([row(plan, B, 1)], Decision("version", "id-of-another"))
    assert plan.choices()[B].corrects == {1: "id-of-another"}
    plan.decide([row(plan, A)], LEAVE)
    assert plan.choices()[A].without == {0}
    assert plan.undecided() == []


def test_many_are_taken_as_copies_of_what_they_are_most_like(plan: Plan) -> None:
    plan.group_with_nearest(plan.rows)
    assert plan.choices()[C].copies == {0: "id-of-another"}
    assert plan.choices()[B].copies == {1: "id-of-another"}
    assert plan.decision(row(plan, A)) == TAKE
    assert plan.decision(row(plan, B)) == LATER


def test_only_what_is_certain_can_come_in(plan: Plan) -> None:
    plan.decide([row(plan, B)], TAKE)
    choices = plan.choices(only_certain=True)
    assert {file: set(choice.without) for file, choice in choices.items() if choice.without} == {B: {0, 1}, C: {0}}
    assert len(plan.undecided(only_certain=True)) == 3
    plan.decide([row(plan, C)], LEAVE)
    assert len(plan.undecided(only_certain=True)) == 2


def test_what_is_there_or_refused_is_no_matter_of_choice(plan: Plan) -> None:
    plan.decide([row(plan, D), row(plan, E, -1)], LEAVE)
    assert not plan.is_touched
    assert plan.choices()[D].without == frozenset()  # its annotations come in


def test_a_file_read_in_another_way_is_decided_by_that_if_no_doubt_is_left(plan: Plan) -> None:
    plan.decide([row(plan, B)], LEAVE)
    plan.describe(row(plan, B), Details("ط¨ظٹط§ظ†"))
    plan.options[B] = Options("windows-1256")
    plan.reread([B], Survey((found(B, confidence=None, details=Details("بيان")),), stamps={B: Stamp(1, "11")}))
    assert [one.file.stem for one in plan.rows if one.group == "open"] == ["b", "c"]
    again = row(plan, B)
    assert plan.decision(again) == TAKE
    assert plan.details_of(again).title == "بيان"
    assert plan.choices()[B].options == Options("windows-1256")
    assert plan.choices()[B].stamp == Stamp(1, "11")

    plan.reread([B], Survey((found(B, doubts=(DOUBT,)),)))
    assert plan.decision(row(plan, B)) == LATER


def test_a_refused_file_can_become_an_article(plan: Plan) -> None:
    plan.options[E] = Options("iso-8859-6")
    plan.reread([E], Survey((found(E, confidence=None),)))
    assert row(plan, E).group == "open"
    assert plan.decision(row(plan, E)) == TAKE
    plan.reread([E], Survey(refused=(RefusedFile(E, Sentence("broken")),)))
    assert row(plan, E, -1).group == "refused"


def test_an_outlet_is_given_to_many_at_once(plan: Plan) -> None:
    plan.describe(row(plan, A), Details("a title", author="R9"))
    plan.give_outlet(plan.rows, "SANA")
    assert plan.details_of(row(plan, A)) == Details("a title", "SANA", "R9")
    assert {plan.details_of(one).outlet for one in plan.rows if one.found} == {"SANA"}


def test_the_choices_of_an_article_are_those_that_make_sense(plan: Plan) -> None:
    def deeds(file: Path, number: int = 0) -> list[str]:
        return [decision.deed for _, decision in words.deeds(row(plan, file, number))]

    assert deeds(A) == ["take", "leave"]
    assert deeds(B) == ["later", "take", "leave"]
    assert deeds(C) == ["later", "take", "copy", "leave"]
    assert deeds(B, 1) == ["later", "take", "version", "copy", "leave"]
    assert deeds(D) == []
    assert deeds(E, -1) == []


def test_progress_is_said_with_count_rate_and_time_left_in_the_numbers_of_the_language() -> None:
    pace = Pace(1, 4, 250, 1000, 1200, 10.0)
    assert words.pace_words(pace) == "1,200 articles · 120 a second · about 30 seconds left"
    assert "left" not in words.pace_words(Pace(1, 4, 250, 1000, 3, 0.2))
    set_language("ar")
    assert words.pace_words(pace) == "١٬٢٠٠ مقال · ١٢٠ في الثانية · بقيت ٣٠ ثانية تقريبًا"


def test_a_report_has_a_line_for_everything_what_needs_somebody_first() -> None:
    from annotator.reports import SAME_TEXT, ImportedFile, ImportReport

    refused, there = RefusedFile(E, Sentence("broken")), RefusedFile(E, Sentence(SAME_TEXT, {"title": "بيان"}))
    imported = ImportedFile(A, "id", "بيان", "utf-8", 0.5, (DOUBT,))
    report = ImportReport([imported], [there, refused], [refused], [refused])
    assert outcome.heading(report) == (
        "1 article imported · 1 was there already · 1 left out · 1 could not be read · 1 not decided"
    )
    assert [line[0] for line in outcome.lines(report)] == ["×", "?", "✓", " ", "=", "="]
    report.stopped = Sentence("The disk is full.")
    assert outcome.lines(report)[0] == "The disk is full."
