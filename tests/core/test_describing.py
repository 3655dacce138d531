"""A reviewer puts an article's details right, says what of it is no news, and confirms what was carried over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import Annotation, Change, Project
from annotator.cli import main
from annotator.errors import (
    BadDate,
    BadSpan,
    ChangedSince,
    NotYours,
    OverlappingRanges,
    TitleMissing,
    UnknownAnnotation,
    UnknownArticle,
)
from annotator.model import Boilerplate
from annotator.news import (
    checked_ranges,
    clipped,
    is_boilerplate,
    news_spans,
    range_at,
    with_range,
    without_range,
)
from annotator.store.clock import uuid_bytes
from annotator.text.publication import checked_publication, day_of
from annotator.values import annotation_value

FORM = Boilerplate(1919, 2000, "comments")
SMALLER = Boilerplate(1935, 2000, "comments")  # not what was recognised at import, so a change


def prove(project: Project, article: str, command: Callable[[], object]) -> None:
    """Prove that a command changes the article or its annotations, and can be undone and redone twice."""

    def state() -> tuple[object, ...]:
        return project.article(article), project.annotations(article)

    before = state()
    command()
    after = state()
    assert after != before
    for _ in range(2):
        assert project.undo()
        assert state() == before
        assert project.redo()
        assert state() == after
    assert project.check().problems == ()


def carried(project: Project, article: str) -> Annotation:
    """Mark the ministry as if it had been carried over from an earlier version of the article."""
    mark = project.annotate(article, 6, 26, "actor")
    with project._log.step("carry", project.reviewer) as step:
        value = annotation_value(mark._replace(carried_from=mark.id, to_confirm=True))
        step.put("annotation", value, entity=uuid_bytes(mark.id))
    return project.annotation(mark.id)


# -- details ------------------------------------------------------------------------------------------------------


def test_details_can_be_put_right_and_taken_back(project: Project, article: str) -> None:
    prove(
        project,
        article,
        lambda: project.describe(article, title="انشقاق", outlet=" سانا ", author="مراسل", date="٢٠٢٦-٠١-١٦"),
    )
    found = project.article(article).details
    assert (found.title, found.outlet, found.author, found.date) == ("انشقاق", "سانا", "مراسل", "2026-01-16")


def test_only_what_is_given_changes_and_the_source_record_never(project: Project, article: str) -> None:
    before = project.article(article)
    after = project.describe(article, outlet="سانا")
    assert after == replace(before, outlet="سانا")
    assert project.describe(article, outlet="سانا", title=before.title) == after
    assert [step.action for step in [project.next_undo()] if step] == ["describe"]
    assert project.undo()
    assert project.next_undo() is None


def test_a_change_tells_its_article(project: Project, article: str) -> None:
    told: list[Change] = []
    project.subscribe(told.append)
    project.describe(article, author="مراسل")
    project.set_boilerplate(article, [SMALLER])
    assert [(one.action, dict(one.ids)) for one in told] == [
        ("describe", {"article": (article,)}),
        ("boilerplate", {"article": (article,)}),
    ]


@pytest.mark.parametrize(
    "date", ["أمس", "2026-13", "2026-02-30", "2026-01-16T10:00", "16/1/2026", "2026-01-16/2026-01-17"]
)
def test_what_is_no_date_is_refused_and_nothing_is_written(project: Project, article: str, date: str) -> None:
    with pytest.raises(BadDate, match=date):
        project.describe(article, date=date, outlet="سانا")
    assert project.article(article).outlet == ""


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("", ""),
        ("2026", "2026"),
        (" ٢٠٢٦-٠١ ", "2026-01"),
        ("۲۰۲۶-۰۱-۱۶", "2026-01-16"),
        ("2026-01-16T12:30+03:00", "2026-01-16T09:30:00Z"),
        ("2026-01-16 09:30:05z", "2026-01-16T09:30:05Z"),
    ],
)
def test_a_date_of_publication_is_stored_in_one_form(written: str, stored: str) -> None:
    assert checked_publication(written) == stored
    assert checked_publication(stored) == stored


def test_a_day_is_known_only_where_the_date_tells_one() -> None:
    assert str(day_of("2026-01-16T09:30:00Z")) == "2026-01-16"
    assert day_of("2026-01") is None
    assert day_of("") is None


def test_a_time_at_the_beginning_of_time_is_refused() -> None:
    with pytest.raises(BadDate):
        checked_publication("0001-01-01T00:00+05:00")


def test_an_article_keeps_a_title(project: Project, article: str) -> None:
    with pytest.raises(TitleMissing):
        project.describe(article, title="  ")
    with pytest.raises(UnknownArticle):
        project.describe("00000000-0000-7000-8000-000000000000", title="x")


def test_what_another_reviewer_changed_since_is_not_taken_back(project: Project, article: str) -> None:
    project.describe(article, outlet="سانا")
    project.switch_reviewer("R2")
    project.set_boilerplate(article, [SMALLER])
    project.switch_reviewer("R1")
    with pytest.raises(ChangedSince, match="R2"):
        project.undo()
    assert (project.article(article).outlet, project.article(article).boilerplate) == ("سانا", (SMALLER,))


def test_the_history_of_an_article_says_who_changed_what(project: Project, article: str) -> None:
    project.describe(article, outlet="سانا")
    project.switch_reviewer("R2")
    project.set_boilerplate(article, [SMALLER])
    told = [(one.reviewer, one.action, one.kind) for one in project.history(article)]
    assert told == [("R1", "create", "article"), ("R1", "describe", "article"), ("R2", "boilerplate", "article")]


def test_the_command_line_describes(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Project.create(path, reviewer="R1", starter=True) as project:
        article = project.articles()[0].id
    assert main(["describe", str(path), article, "--outlet", "سانا", "--date", "2026-01-16", "--reviewer", "R2"]) == 0
    with Project.open(path, reviewer="R1") as project:
        found = project.article(article)
        assert (found.outlet, found.date) == ("سانا", "2026-01-16")
        assert project.history(article)[-1].reviewer == "R2"
    assert main(["describe", str(path), article, "--date", "16.1.2026"]) == 1
    assert "2026-01-16T09:30Z" in capsys.readouterr().err


# -- page boilerplate ---------------------------------------------------------------------------------------------


def test_ranges_can_be_set_and_taken_back(project: Project, article: str) -> None:
    assert project.article(article).text[slice(1919, 2000)].startswith("اترك")
    prove(project, article, lambda: project.set_boilerplate(article, [FORM, (0, 5)]))
    assert project.article(article).boilerplate == (Boilerplate(0, 5), FORM)
    prove(project, article, lambda: project.set_boilerplate(article, []))


@pytest.mark.parametrize("span", [(-1, 4), (4, 4), (9, 4), (1990, 2001)])
def test_a_range_lies_in_the_text(project: Project, article: str, span: tuple[int, int]) -> None:
    with pytest.raises(BadSpan):
        project.set_boilerplate(article, [span])


def test_ranges_do_not_overlap(project: Project, article: str) -> None:
    with pytest.raises(OverlappingRanges):
        project.set_boilerplate(article, [(10, 30), (29, 40)])
    assert project.set_boilerplate(article, [(30, 40), (10, 30)]).boilerplate == (
        Boilerplate(10, 30),
        Boilerplate(30, 40),
    )


def test_a_new_range_joins_its_neighbours_over_white_space() -> None:
    text = "خبر\nاترك تعليقاً\n\nلن يتم\nخبر"
    first = Boilerplate(4, 16, "comments")
    joined = with_range(text, (first,), Boilerplate(18, 24))
    assert joined == (Boilerplate(4, 24, "comments"),)
    assert text[joined[0].end :] == "\nخبر"


def test_a_stretch_given_back_leaves_the_rest_without_its_white_space() -> None:
    text = "aaaa bbbb cccc"
    kept = without_range(text, (Boilerplate(0, 14, "share"),), 5, 9)
    assert kept == (Boilerplate(0, 4, "share"), Boilerplate(10, 14, "share"))
    assert without_range(text, kept, 0, 14) == ()


def spans(length: int) -> st.SearchStrategy[tuple[int, int]]:
    return st.tuples(st.integers(0, length - 1), st.integers(1, length)).filter(lambda span: span[0] < span[1])


@given(st.text(alphabet="اب \n", min_size=12, max_size=12), st.lists(spans(12)), spans(12))
def test_ranges_put_together_and_taken_apart_stay_in_order(
    text: str, added: list[tuple[int, int]], taken: tuple[int, int]
) -> None:
    ranges: tuple[Boilerplate, ...] = ()
    for span in added:
        ranges = with_range(text, ranges, Boilerplate(*span))
        assert checked_ranges(ranges, 12) == ranges
        assert is_boilerplate(ranges, *span)
    left = without_range(text, ranges, *taken)
    assert checked_ranges(left, 12) == left
    assert not any(range_at(left, offset) for offset in range(*taken))
    news = news_spans(left, 12)
    inside = [offset for offset in range(12) if not range_at(left, offset)]
    assert [offset for span in news for offset in range(*span)] == inside


@given(st.lists(spans(20), max_size=3), spans(20), st.data())
def test_a_span_is_clipped_to_one_side_of_every_border(
    added: list[tuple[int, int]], span: tuple[int, int], data: st.DataObject
) -> None:
    ranges: tuple[Boilerplate, ...] = ()
    for one in added:
        ranges = with_range("ا" * 20, ranges, Boilerplate(*one))
    at = data.draw(st.integers(span[0], span[1] - 1))
    first, last = clipped(ranges, *span, at)
    assert span[0] <= first <= at < last <= span[1]
    assert len({range_at(ranges, offset) for offset in range(first, last)}) == 1


# -- what was carried over ----------------------------------------------------------------------------------------


def test_what_was_carried_over_can_be_confirmed(project: Project, article: str) -> None:
    mark = carried(project, article)
    assert mark.to_confirm
    prove(project, article, lambda: project.confirm(mark.id))
    confirmed = project.annotation(mark.id)
    assert (confirmed.to_confirm, confirmed.carried_from, confirmed.quote) == (False, mark.id, mark.quote)
    steps = len(project.history(mark.id))
    assert project.confirm(mark.id) == confirmed
    assert len(project.history(mark.id)) == steps


def test_moving_confirms_and_a_note_does_not(project: Project, article: str) -> None:
    mark = carried(project, article)
    assert project.revise(mark.id, note="؟").to_confirm
    prove(project, article, lambda: project.revise(mark.id, end=19))
    assert not project.annotation(mark.id).to_confirm


def test_only_ones_own_is_confirmed(project: Project, article: str) -> None:
    mark = carried(project, article)
    project.switch_reviewer("R2")
    with pytest.raises(NotYours, match="R1"):
        project.confirm(mark.id)
    with pytest.raises(UnknownAnnotation):
        project.confirm("00000000-0000-7000-8000-000000000000")
