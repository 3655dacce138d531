"""A reviewer says who says a claim, about whom, where and when, and what to hold of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from annotator import Change, ClaimFrame, Passage, Project, SaidNumber, SaidTime, Speaker
from annotator.errors import (
    BadSpan,
    CyclicClaims,
    ImpossibleDate,
    NotAClaim,
    NotYours,
    OtherArticle,
    ReasonMissing,
    SameClaim,
    UnknownAnnotation,
    UnknownRelation,
    UnknownValue,
    WrongLabel,
)
from annotator.store import projection

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs/formats/hashiya-1.schema.json").read_text("utf-8"))
Prove = Callable[[Project, Callable[[], object]], None]


@dataclass(frozen=True)
class Marked:
    """The first sentence of the seed article, marked."""

    article: str
    ministry: str
    sdf: str
    place: str
    claim: str
    inner: str


@pytest.fixture
def marked(project: Project, article: str) -> Marked:
    def mark(words: str, label: str) -> str:
        start = project.article(article).text.index(words)
        return project.annotate(article, start, start + len(words), label).id

    return Marked(
        article,
        ministry=mark("وزارة الدفاع السورية", "actor"),
        sdf=mark("قوات سوريا الديمقراطية (قسد)", "actor"),
        place=mark("مدينة دير حافر", "place"),
        claim=mark(
            "انشقاق عناصر من قوات سوريا الديمقراطية (قسد) ووصولهم إلى مناطق سيطرة الجيش في مدينة دير حافر", "claim"
        ),
        inner=mark("ووصولهم إلى مناطق سيطرة الجيش", "claim"),
    )


def span(project: Project, article: str, words: str) -> tuple[int, int]:
    start = project.article(article).text.index(words)
    return start, start + len(words)


def full_frame(project: Project, marked: Marked) -> ClaimFrame:
    day, six = span(project, marked.article, "اليوم الجمعة"), span(project, marked.article, "6 عناصر")
    return project.frame(
        marked.claim,
        source=marked.ministry,
        via="outlet",
        cue=[span(project, marked.article, "أعلنت")],
        mode="indirect",
        kind="statement",
        hedging="asserted",
        about=[(marked.sdf, "does")],
        places=[marked.place],
        time=(*day, "2026-01-16"),
        numbers=[(*six, 6, "عناصر")],
    )


def test_a_frame_holds_who_says_what_with_which_words(project: Project, marked: Marked) -> None:
    frame = full_frame(project, marked)
    assert frame.source == Speaker("actor", marked.ministry, "وزارة الدفاع السورية")
    assert frame.via == Speaker("outlet")
    assert frame.cue == (Passage(0, 5, "أعلنت"),)
    assert [(one.annotation, one.role, one.words) for one in frame.about] == [
        (marked.sdf, "does", "قوات سوريا الديمقراطية (قسد)")
    ]
    assert frame.time is not None
    assert (frame.time.value, frame.time.words) == ("2026-01-16", "اليوم الجمعة")
    assert [(one.value, one.unit, one.words) for one in frame.numbers] == [(6, "عناصر", "6 عناصر")]
    assert project.frames(marked.article) == {marked.claim: frame}
    assert project.frame_of(marked.claim) == frame
    assert project.frame_of(marked.inner) is None
    assert project.stats().frames == 1


def test_only_what_is_given_changes_and_nothing_is_written_for_nothing(project: Project, marked: Marked) -> None:
    before = full_frame(project, marked)
    assert project.frame(marked.claim, hedging="hedged") == replace(before, hedging="hedged")
    written = project.stats().operations
    project.frame(marked.claim, hedging="hedged", source=marked.ministry, cue=[Passage(0, 5, "")])
    project.frame(marked.inner)
    assert project.stats().operations == written


@pytest.mark.parametrize(
    "change",
    [
        {"source": "outlet"},
        {"source": (6, 26)},
        {"source": Speaker("unnamed", words="مصدر عسكري")},
        {"source": None},
        {"via": None},
        {"cue": []},
        {"cue": [(0, 5), (27, 30)]},
        {"mode": "direct"},
        {"kind": "denial"},
        {"hedging": ""},
        {"about": []},
        {"places": []},
        {"time": "2026-01-16/2026-01-18"},
        {"time": SaidTime("", "قبل ذلك")},
        {"time": None},
        {"numbers": [SaidNumber(2.5, "كم")]},
    ],
)
def test_every_part_can_be_changed_undone_and_redone(
    project: Project, marked: Marked, prove: Prove, change: dict[str, Any]
) -> None:
    full_frame(project, marked)
    prove(project, lambda: project.frame(marked.claim, **change))


def test_framing_and_unframing_can_be_undone_and_redone(project: Project, marked: Marked, prove: Prove) -> None:
    prove(project, lambda: full_frame(project, marked))
    prove(project, lambda: project.remove_frame(marked.claim))
    assert project.frames(marked.article) == {}
    written = project.stats().operations
    project.remove_frame(marked.claim)
    assert project.stats().operations == written


def test_a_removed_source_keeps_its_words_and_says_so(project: Project, marked: Marked, prove: Prove) -> None:
    before = full_frame(project, marked)
    prove(project, lambda: project.remove(marked.ministry))
    frame = project.frames(marked.article)[marked.claim]
    assert frame.source == Speaker("actor", marked.ministry, "وزارة الدفاع السورية", removed=True)
    assert not frame.about[0].removed
    assert next(project.claim_rows()).source == "وزارة الدفاع السورية"
    assert project.frame(marked.claim, mode="direct", source=frame.source).source == frame.source
    project.undo()
    project.undo()
    assert project.frames(marked.article)[marked.claim] == before


def test_a_source_that_changes_its_edges_changes_its_words_everywhere(project: Project, marked: Marked) -> None:
    full_frame(project, marked)
    project.revise(marked.ministry, end=18)
    source = project.frames(marked.article)[marked.claim].source
    assert source is not None
    assert source.words == "وزارة الدفاع"
    assert [row.source for row in project.claim_rows() if row.claim == marked.claim] == ["وزارة الدفاع"]


def test_a_claim_in_a_claim(project: Project, marked: Marked, prove: Prove) -> None:
    prove(project, lambda: project.frame(marked.inner, parent=marked.claim))
    with pytest.raises(CyclicClaims):
        project.frame(marked.claim, parent=marked.inner)
    with pytest.raises(CyclicClaims):
        project.frame(marked.claim, parent=marked.claim)
    project.remove(marked.claim)
    frame = project.frame_of(marked.inner)
    assert frame is not None
    assert frame.parent == ""
    project.undo()
    with pytest.raises(CyclicClaims):
        project.frame(marked.claim, parent=marked.inner)
    assert project.frame(marked.inner, parent=None).parent == ""
    assert project.frame(marked.claim, parent=marked.inner).parent == marked.inner


def test_what_does_not_fit_is_refused_with_a_sentence(project: Project, marked: Marked, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("قالت الهيئة إن المدنيين يخرجون", encoding="utf-8")
    other = project.import_files([tmp_path / "b.txt"]).imported[0].article
    elsewhere = project.annotate(other, 5, 11, "actor")
    written = project.stats().operations
    refused: list[tuple[type[Exception], str, dict[str, Any]]] = [
        (WrongLabel, "place", {"places": [marked.sdf]}),
        (WrongLabel, "actor", {"source": marked.place}),
        (WrongLabel, "actor", {"about": [(marked.claim, "does")]}),
        (OtherArticle, "الهيئة", {"source": elsewhere.id}),
        (UnknownAnnotation, "no such annotation", {"source": "no such annotation"}),
        (UnknownAnnotation, "no such annotation", {"parent": "no such annotation"}),
        (NotAClaim, "claim", {"parent": marked.sdf}),
        (BadSpan, "does not lie", {"cue": [(5, 5)]}),
        (BadSpan, "does not lie", {"time": (0, 99999, "2026")}),
        (UnknownValue, "direct, indirect, unattributed", {"mode": "loud"}),
        (UnknownValue, "does, suffers, mentioned", {"about": [(marked.sdf, "sings")]}),
        (ImpossibleDate, "2026-02 has 28 days", {"time": "2026-02-30"}),
        (ImpossibleDate, "ends before it begins", {"time": "2026-02/2026-01"}),
    ]
    for error, words, given_parts in refused:
        with pytest.raises(error, match=words):
            project.frame(marked.claim, **given_parts)
    with pytest.raises(NotAClaim):
        project.frame(marked.sdf, source="outlet")
    assert project.stats().operations == written


def test_a_frame_is_its_reviewers_but_a_verdict_is_everybodys_own(
    project: Project, marked: Marked, prove: Prove
) -> None:
    prove(project, lambda: project.judge(marked.claim, "unverifiable", reason="لا شاهد"))
    project.switch_reviewer("R2")
    with pytest.raises(NotYours, match="R1"):
        project.frame(marked.claim, source="outlet")
    with pytest.raises(NotYours):
        project.remove_frame(marked.claim)
    prove(project, lambda: project.judge(marked.claim, "contested", reason="قالت قسد غير ذلك"))
    assert [(one.reviewer, one.value) for one in project.verdicts(marked.article)[marked.claim]] == [
        ("R1", "unverifiable"),
        ("R2", "contested"),
    ]
    assert [row.verdicts for row in project.claim_rows()] == ["unverifiable contested", ""]
    prove(project, lambda: project.judge(marked.claim, "not_examined"))
    assert [one.reviewer for one in project.verdicts(marked.article)[marked.claim]] == ["R1"]


def test_a_verdict_needs_a_reason_and_is_never_there_by_itself(project: Project, marked: Marked) -> None:
    full_frame(project, marked)
    assert project.verdicts(marked.article) == {}
    assert project.judge(marked.claim, "not_examined") is None
    for reason in ("", "  \n"):
        with pytest.raises(ReasonMissing):
            project.judge(marked.claim, "refuted", reason=reason)
    with pytest.raises(UnknownValue, match="corroborated"):
        project.judge(marked.claim, "true", reason="x")
    given_once = project.judge(marked.claim, "refuted", reason="x")
    written = project.stats().operations
    assert project.judge(marked.claim, "refuted", reason="x") == given_once
    assert project.stats().operations == written


def test_claims_contradict_each_other_from_both_sides(project: Project, marked: Marked, prove: Prove) -> None:
    prove(project, lambda: project.relate(marked.claim, "contradicts", marked.inner, note="الأماكن"))
    [one] = project.relations(marked.claim)
    assert project.relations(marked.inner) == [one]
    assert project.relate(marked.inner, "contradicts", marked.claim, note="الأماكن") == one
    prove(project, lambda: project.relate(marked.inner, "contradicts", marked.claim, note="الأوقات"))
    prove(project, lambda: project.relate(marked.inner, "repeats", marked.claim))
    prove(project, lambda: project.relate(marked.claim, "repeats", marked.inner))
    assert [(row.relations, row.contradictions) for row in project.claim_rows()] == [(3, 1), (3, 1)]
    project.switch_reviewer("R2")
    with pytest.raises(UnknownRelation):
        project.unrelate(marked.claim, "contradicts", marked.inner)
    project.switch_reviewer("R1")
    prove(project, lambda: project.unrelate(marked.claim, "contradicts", marked.inner))
    with pytest.raises(SameClaim):
        project.relate(marked.claim, "repeats", marked.claim)
    with pytest.raises(UnknownValue):
        project.relate(marked.claim, "likes", marked.inner)
    project.remove(marked.inner)
    assert project.relations(marked.claim) == []
    assert [row.relations for row in project.claim_rows()] == [0]


def test_the_board_shows_every_claim_framed_or_not(project: Project, marked: Marked) -> None:
    full_frame(project, marked)
    framed, bare = project.claim_rows()
    assert (framed.claim, framed.article, framed.title) == (marked.claim, marked.article, project.summaries()[0].title)
    assert (framed.source_kind, framed.source, framed.cue) == ("actor", "وزارة الدفاع السورية", "أعلنت")
    assert (framed.mode, framed.kind, framed.place, framed.date) == (
        "indirect",
        "statement",
        "مدينة دير حافر",
        "2026-01-16",
    )
    assert (framed.source_entity, framed.place_entity) == ("", "")
    assert (bare.claim, bare.source, bare.cue, bare.date, bare.source_entity) == (marked.inner, "", "", "", "")


def test_the_board_keeps_the_order_of_articles_and_text(project: Project, marked: Marked, tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / f"{number:02}.txt").write_text(f"{number} قالت الهيئة إن المدنيين يخرجون", encoding="utf-8")
    project.import_files([tmp_path / f"{number:02}.txt" for number in range(20)])
    for one in reversed(project.articles()[:]):
        for start in (9, 3, 6):
            project.annotate(one.id, start, start + 5, "claim")
    places = {one.id: place for place, one in enumerate(project.summaries())}
    rows = [(places[row.article], row.start) for row in project.claim_rows()]
    assert rows == sorted(rows)
    assert len(rows) == 2 + 3 * 21


def test_listeners_hear_of_claims_not_of_inner_ids(project: Project, marked: Marked) -> None:
    told: list[Change] = []
    project.subscribe(told.append)
    project.frame(marked.claim, source="outlet")
    project.judge(marked.claim, "contested", reason="x")
    project.undo()
    project.undo()
    assert [change.ids for change in told] == [
        {"frame": (marked.claim,)},
        {"verdict": (marked.claim,)},
        {"verdict": (marked.claim,)},
        {"frame": (marked.claim,)},
    ]


def test_the_whole_history_of_a_claim(project: Project, marked: Marked) -> None:
    project.frame(marked.claim, source="outlet")
    project.judge(marked.claim, "contested", reason="x")
    assert [one.kind for one in project.history(marked.claim)] == ["annotation"]
    told = project.history(marked.claim, whole=True)
    assert [(one.kind, one.action) for one in told] == [
        ("annotation", "annotate"),
        ("frame", "frame"),
        ("verdict", "judge"),
    ]


def test_a_tampered_frame_is_found(project: Project, marked: Marked) -> None:
    full_frame(project, marked)
    connection = project._connection
    connection.execute("DROP TRIGGER op_no_update")
    connection.execute("UPDATE op SET body = replace(body, 'أعلنت', 'أعلنن') WHERE kind = 'frame'")
    problems = [str(problem) for problem in project.check().problems]
    assert any("frame of claim" in problem for problem in problems)
    assert any("tampered" in problem for problem in problems)


def test_all_of_it_is_rebuilt_from_the_log(project: Project, marked: Marked) -> None:
    full_frame(project, marked)
    project.frame(marked.inner, parent=marked.claim)
    project.judge(marked.claim, "contested", reason="x")
    project.relate(marked.claim, "supports", marked.inner)
    before = project.frames(marked.article), project.verdicts(marked.article), project.relations(marked.claim)
    connection = project._connection
    connection.execute("BEGIN IMMEDIATE")
    projection.rebuild(connection)
    connection.execute("COMMIT")
    assert (project.frames(marked.article), project.verdicts(marked.article), project.relations(marked.claim)) == before
    assert project.check().problems == ()


spans = st.tuples(st.integers(0, 1900), st.integers(1, 90)).map(lambda one: (one[0], one[0] + one[1]))
dates = st.sampled_from(["2026", "2026-01", "2026-01-16", "2026-01-16/2026-01-18", "2026-01-16~", "../2026-01", "202X"])
parts = st.fixed_dictionaries(
    {},
    optional={
        "source": st.one_of(st.sampled_from(["outlet", "ACTOR", None]), spans),
        "via": st.one_of(st.sampled_from(["outlet", "ACTOR", None]), spans, st.just(Speaker("unnamed", words="مصدر"))),
        "cue": st.lists(spans, max_size=3),
        "mode": st.sampled_from(["", "direct", "indirect", "unattributed"]),
        "kind": st.sampled_from(["", "call", "threat", "report"]),
        "hedging": st.sampled_from(["", "asserted", "hedged"]),
        "about": st.lists(st.tuples(st.just("ACTOR"), st.sampled_from(["", "does", "mentioned"])), max_size=2),
        "places": st.sampled_from([[], ["PLACE"]]),
        "time": st.one_of(dates, st.none(), spans.flatmap(lambda at: dates.map(lambda value: (*at, value)))),
        "numbers": st.lists(spans.map(lambda at: (*at, 6, "عناصر")), max_size=2),
    },
)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(changes=st.lists(parts, min_size=1, max_size=3), removes=st.booleans())
def test_frames_go_out_and_come_back_whatever_they_hold(
    tmp_path_factory: pytest.TempPathFactory, changes: list[dict[str, Any]], removes: bool
) -> None:
    folder = tmp_path_factory.mktemp("trip")
    with Project.create(folder / "a.hashiya", reviewer="R1", starter=True) as project:
        article = project.articles()[0].id
        ids = {
            "ACTOR": project.annotate(article, 6, 26, "actor").id,
            "PLACE": project.annotate(article, 109, 123, "place").id,
        }
        claim = project.annotate(article, 31, 137, "claim").id
        for change in changes:
            project.frame(claim, **{name: _named(value, ids) for name, value in change.items()})
        if removes:
            project.remove(ids["ACTOR"])
        frames = project.frames(article)
        first = project.export("jsonl", folder / "a.jsonl").path
        assert project.check().problems == ()
    for line in first.read_text("utf-8").split("\n")[:-1]:
        Draft202012Validator(SCHEMA).validate(json.loads(line))
    with Project.create(folder / "b.hashiya", reviewer="R2") as other:
        assert other.import_files([first]).failed == []
        assert other.frames(article) == frames
        assert other.export("jsonl", folder / "b.jsonl").path.read_bytes() == first.read_bytes()
        assert other.check().problems == ()


def _named(value: Any, ids: dict[str, str]) -> Any:
    if isinstance(value, list):
        return [_named(one, ids) for one in value]
    if isinstance(value, tuple) and value and isinstance(value[0], str):
        return (ids[value[0]], *value[1:])
    return ids.get(value, value) if isinstance(value, str) else value
