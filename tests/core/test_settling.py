"""A lead compares two layers, decides with reasons, and calls the article settled; later changes ask only for themselves."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from sqlcipher3 import dbapi2 as sqlite

from annotator import Project
from annotator.errors import (
    BadSides,
    BadSpan,
    NotALead,
    StillOpen,
    UnknownLabel,
    UnknownPart,
    UnknownReason,
    UnknownSource,
    WouldLose,
)
from annotator.review.comparing import Match, Side
from annotator.review.deciding import Other
from annotator.selecting import FINAL, Selection
from annotator.store import projection
from tests.core.two_readers import TEXT, marks_of, two_readers

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/formats/hashiya-1.schema.json").read_text("utf-8"))
Prove = Callable[[Project, Callable[[], object]], None]


@pytest.fixture
def both(path: Path) -> Iterator[tuple[Project, str]]:
    project, article = two_readers(path)
    with project:
        yield project, article


def match_of(project: Project, article: str, words: str) -> Match:
    return next(
        match
        for match in project.compare(article).matches
        if words in {one.quote for one in match.annotations.values()}
    )


def finals(project: Project, article: str) -> list[str]:
    return [one.quote for one in project.final_layer(article).annotations]


def settle_all(project: Project, article: str, name: str = "R1") -> None:
    """Take one reviewer's side everywhere, and settle."""
    for one in project.open_differences(article):
        assert one.match
        mine = one.match.annotations.get(name)
        project.decide(article, one.match.ids, take=[mine.id] if mine else [], reason="slip")
    project.settle(article)


# -- comparing -----------------------------------------------------------------------------------------------------------


def test_the_layers_of_all_who_read_it_are_compared(both: tuple[Project, str]) -> None:
    project, article = both
    found = project.compare(article)
    assert [side.name for side in found.sides] == ["R1", "R2"]
    assert [(difference.kind, difference.attribute) for _, difference in found.differences] == [
        ("boundary", ""),
        ("frame", "mode"),
        ("only", ""),
    ]
    assert [match.start for match in found.agreed] == [36]


def test_a_layer_without_marks_that_is_done_is_a_side(both: tuple[Project, str]) -> None:
    project, article = both
    project.switch_reviewer("R3")
    project.set_state([article], "done")
    assert project.layers(article) == ("R1", "R2", "R3")
    assert all(match.differences for match in project.compare(article).matches)


def test_the_final_layer_and_suggestions_can_be_sides(both: tuple[Project, str]) -> None:
    project, article = both
    project.take_agreed(article)
    found = project.compare(article, ["R1", "final", Side("offers", kind="suggestions")])
    assert [side.kind for side in found.sides] == ["layer", "final", "suggestions"]
    assert [match.sides for match in found.matches if match.start == 36] == [("R1", "final")]


@pytest.mark.parametrize("sides", [["R1"], ["R1", "R1"], [str(number) for number in range(7)]])
def test_two_to_six_sides_are_compared(both: tuple[Project, str], sides: list[str]) -> None:
    with pytest.raises(BadSides):
        both[0].compare(both[1], sides)


# -- deciding ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("take", "outcome", "words"),
    [(["R1"], "one", ["الجيش السوري"]), (["R2"], "one", ["الجيش"]), ([], "none", []),
     (["R1", "R2"], "several", ["الجيش السوري", "الجيش"])],
)  # fmt: skip
def test_one_side_both_or_none_are_taken(
    both: tuple[Project, str], prove: Prove, take: list[str], outcome: str, words: list[str]
) -> None:
    project, article = both
    match = match_of(project, article, "الجيش السوري")
    ids = [match.annotations[name].id for name in take]
    prove(project, lambda: project.decide(article, match.ids, take=ids, reason="guideline", note=" لماذا "))
    [decision] = project.decisions(article)
    assert (decision.outcome, decision.reason, decision.note, decision.reviewer) == (
        outcome,
        "guideline",
        "لماذا",
        "Lead",
    )
    assert finals(project, article) == words
    assert [one.sources for one in decision.finals] == [(identity,) for identity in ids]
    assert len(project.open_differences(article)) == 2
    before = project.stats().operations
    project.decide(article, match.ids, take=ids, reason="guideline", note="لماذا")
    assert project.stats().operations == before


def test_parts_come_from_different_sides(both: tuple[Project, str], prove: Prove) -> None:
    project, article = both
    match = match_of(project, article, TEXT[23:59])
    one, other = (match.annotations[name].id for name in ("R1", "R2"))
    prove(project, lambda: project.decide(article, match.ids, take=[one], parts={"mode": other}))
    [decision] = project.decisions(article)
    frame = decision.finals[0].frame
    assert frame is not None
    assert (decision.outcome, frame.mode, frame.claim) == ("other", "direct", decision.finals[0].id)


def test_something_that_no_side_has_can_stand(both: tuple[Project, str], prove: Prove) -> None:
    project, article = both
    match = match_of(project, article, "دير حافر")
    other = Other(47, 59, "place", entity="unknown")
    prove(project, lambda: project.decide(article, match.ids, other=other, reason="ambiguous"))
    final = project.final_layer(article)
    [mark] = final.annotations
    assert (mark.quote, mark.reviewer, final.links[mark.id].answer) == (TEXT[47:59], "Lead", "unknown")
    assert project.decisions(article)[0].outcome == "other"


def test_what_cannot_be_decided_is_refused(both: tuple[Project, str]) -> None:
    project, article = both
    match = match_of(project, article, "الجيش السوري")
    stranger = match_of(project, article, "قسد").ids[0]
    before = project.stats().operations
    for error, wrong in (
        (UnknownSource, {"sources": []}),
        (UnknownSource, {"sources": ["nothing"]}),
        (UnknownSource, {"take": [stranger]}),
        (UnknownSource, {"parts": {"span": stranger}}),
        (UnknownPart, {"parts": {"colour": match.ids[0]}}),
        (UnknownReason, {"reason": "mood"}),
        (UnknownLabel, {"other": Other(0, 4, "weapon")}),
        (BadSpan, {"other": Other(4, 4, "actor")}),
    ):
        with pytest.raises(error):
            project.decide(article, **{"sources": match.ids, **wrong})  # type: ignore[arg-type]
    assert project.stats().operations == before


def test_only_a_lead_decides_and_settles(both: tuple[Project, str]) -> None:
    project, article = both
    match = match_of(project, article, "قسد")
    project.switch_reviewer("R1")
    for forbidden in (
        lambda: project.decide(article, match.ids, take=match.ids[:1]),
        lambda: project.take_agreed(article),
        lambda: project.settle(article),
        lambda: project.reopen(article),
    ):
        with pytest.raises(NotALead, match="Lead"):
            forbidden()


def test_all_that_is_agreed_is_taken_in_one_step(both: tuple[Project, str], prove: Prove) -> None:
    project, article = both
    prove(project, lambda: project.take_agreed(article))
    [decision] = project.decisions(article)
    assert (decision.outcome, decision.taken) == ("agreed", match_of(project, article, "قسد").ids)
    assert finals(project, article) == ["قسد"]
    assert project.take_agreed(article) == 0


def test_deciding_again_replaces_what_was_decided(both: tuple[Project, str], prove: Prove) -> None:
    project, article = both
    match = match_of(project, article, "الجيش السوري")
    first = project.decide(article, match.ids, take=match.ids[:1])
    prove(project, lambda: project.decide(article, match.ids, take=match.ids[1:]))
    assert [one.id for one in project.decisions(article)] == [first.id]
    assert finals(project, article) == ["الجيش"]
    project.decide(article, match.ids[:1], take=match.ids[:1])
    [decision] = project.decisions(article)
    assert decision.id != first.id
    assert finals(project, article) == ["الجيش السوري"]


def test_two_leads_decide_one_thing(both: tuple[Project, str]) -> None:
    """The id of a decision follows from what it is about, so that two machines meet in it, with what it made."""
    project, article = both
    match = match_of(project, article, "الجيش السوري")
    first = project.decide(article, match.ids, take=match.ids[:1])
    project.set_role("R1", "lead")
    project.switch_reviewer("R1")
    second = project.decide(article, reversed(match.ids), take=match.ids[1:])
    assert (first.id, first.finals[0].id) == (second.id, second.finals[0].id)
    project.switch_reviewer("Lead")
    assert [one.reviewer for one in project.decisions(article)] == ["R1"]


def test_frames_point_to_what_was_taken(both: tuple[Project, str]) -> None:
    project, article = both
    claim, army = match_of(project, article, TEXT[23:59]), match_of(project, article, "الجيش السوري")
    project.decide(article, claim.ids, take=[claim.annotations["R1"].id])
    [frame] = project.final_layer(article).frames.values()
    assert frame.source is not None
    assert (frame.source.removed, frame.source.words) == (True, "الجيش السوري")
    # R2's mark was taken for the army: R1's frame means it, too.
    project.decide(article, army.ids, take=[army.annotations["R2"].id])
    final = project.final_layer(article)
    taken = next(one for one in final.annotations if one.label == "actor")
    [frame] = final.frames.values()
    assert frame.source is not None
    assert (frame.source.annotation, frame.source.words, frame.source.removed) == (taken.id, "الجيش", False)


def test_relations_are_decided_like_marks(both: tuple[Project, str], prove: Prove) -> None:
    project, article = both
    project.switch_reviewer("R1")
    second = project.annotate(article, 60, 80, "claim")
    first = marks_of(project, article, "R1")[TEXT[23:59]]
    project.relate(first, "supports", second.id)
    project.switch_reviewer("Lead")
    relation = next(match for match in project.compare(article).matches if match.of == "relation")
    assert [one.kind for one in relation.differences] == ["relation"]
    prove(project, lambda: project.decide(article, relation.ids, take=relation.ids))
    assert project.final_layer(article).relations == ()  # its claims are not in the final layer yet
    for match in project.compare(article).matches:
        if match.of == "annotation":
            project.decide(article, match.ids, take=match.ids[:1])
    final = project.final_layer(article)
    by_id = {one.id: one.start for one in final.annotations}
    assert [(by_id[one.a], one.type, by_id[one.b]) for one in final.relations] == [(23, "supports", 60)]


# -- settling, and what changes afterwards -------------------------------------------------------------------------------


def test_an_article_is_settled_when_nothing_is_open(both: tuple[Project, str], prove: Prove) -> None:
    project, article = both
    with pytest.raises(StillOpen, match="3 differences"):
        project.settle(article)
    for one in project.open_differences(article):
        assert one.match
        project.decide(article, one.match.ids, take=one.match.ids[:1])
    prove(project, lambda: project.settle(article))
    assert sorted(finals(project, article)) == sorted(["الجيش السوري", TEXT[23:59], "قسد", "دير حافر"])
    settlement = project.settlement(article)
    assert settlement is not None
    assert (settlement.state, settlement.reviewer) == ("settled", "Lead")
    assert project.settle(article) == settlement
    prove(project, lambda: project.reopen(article))
    assert len(project.decisions(article)) == 4


def test_a_later_change_asks_only_for_itself_and_what_was_decided_stays(both: tuple[Project, str]) -> None:
    project, article = both
    settle_all(project, article)
    decided = finals(project, article)
    assert project.queue().rows[0].review == "settled"
    project.switch_reviewer("R1")
    mine = marks_of(project, article, "R1")
    project.revise(mine["قسد"], start=35)
    project.revise(mine["دير حافر"], note="only a note")
    project.switch_reviewer("Lead")
    [still_open] = project.open_differences(article)
    assert still_open.match
    assert still_open.match.start == 35
    assert [one.outcome for one in still_open.before] == ["agreed"]
    assert finals(project, article) == decided
    assert project.queue().rows[0].review == "compare"
    with pytest.raises(StillOpen):
        project.settle(article)
    project.decide(article, still_open.match.ids, take=[mine["قسد"]], reason="slip")
    project.settle(article)
    assert project.queue().rows[0].review == "settled"


def test_a_change_that_is_taken_back_asks_nothing(both: tuple[Project, str]) -> None:
    project, article = both
    settle_all(project, article)
    project.switch_reviewer("R1")
    project.revise(marks_of(project, article, "R1")["قسد"], label="place")
    assert project.queue().rows[0].review == "compare"
    project.undo()
    project.switch_reviewer("Lead")
    assert project.open_differences(article) == ()
    assert project.queue().rows[0].review == "settled"


def test_a_changed_frame_or_link_is_asked_again(both: tuple[Project, str]) -> None:
    project, article = both
    settle_all(project, article)
    army = project.add_entity("actor", ["الجيش"])
    project.switch_reviewer("R1")
    mine = marks_of(project, article, "R1")
    project.frame(mine[TEXT[23:59]], hedging="doubt" if "doubt" in hedgings(project) else hedgings(project)[0])
    project.link(mine["الجيش السوري"], army.id)
    project.switch_reviewer("Lead")
    assert [one.match.start for one in project.open_differences(article) if one.match] == [5, 23]


def hedgings(project: Project) -> list[str]:
    return next([one.key for one in found.values] for found in project.attributes() if found.key == "hedging")


def test_what_was_removed_since_is_asked_and_stays_until_then(both: tuple[Project, str]) -> None:
    project, article = both
    settle_all(project, article)
    project.switch_reviewer("R1")
    project.remove(marks_of(project, article, "R1")["دير حافر"])
    project.switch_reviewer("Lead")
    [still_open] = project.open_differences(article)
    assert still_open.match is None
    assert "دير حافر" in finals(project, article)
    with pytest.raises(UnknownSource):
        project.decide(article, still_open.before[0].source_ids, take=still_open.before[0].taken)
    taken_back = project.decide(article, still_open.before[0].source_ids, reason="slip")
    assert (taken_back.outcome, taken_back.reason) == ("none", "slip")
    assert project.open_differences(article) == ()
    assert "دير حافر" not in finals(project, article)
    project.undo()
    assert "دير حافر" in finals(project, article)
    project.redo()
    assert "دير حافر" not in finals(project, article)
    assert project.check().problems == ()


def test_all_that_one_settles_by_is_read_at_once(both: tuple[Project, str]) -> None:
    project, article = both
    project.take_agreed(article)
    found = project.reviewed(article)
    assert found.comparison == project.compare(article)
    assert found.open == project.open_differences(article)
    assert found.decisions == project.decisions(article)


def test_one_layer_alone_is_not_reviewed(tmp_path: Path) -> None:
    with Project.create(tmp_path / "p.hashiya", reviewer="R1", starter=True) as project:
        article = project.first_article() or ""
        project.annotate(article, 6, 26, "actor")
        with pytest.raises(BadSides):
            project.reviewed(article)


def test_a_third_reader_who_agrees_asks_nothing(both: tuple[Project, str]) -> None:
    project, article = both
    project.take_agreed(article)
    project.switch_reviewer("R3")
    project.annotate(article, 36, 39, "actor")
    project.switch_reviewer("Lead")
    assert 36 not in {one.match.start for one in project.open_differences(article) if one.match}


def test_reviewers_see_what_became_of_their_marks(both: tuple[Project, str]) -> None:
    project, article = both
    army, place = match_of(project, article, "الجيش السوري"), match_of(project, article, "دير حافر")
    project.decide(article, army.ids, take=[army.annotations["R1"].id], reason="guideline", note="الاسم كله")
    project.decide(article, place.ids, reason="ambiguous")
    project.take_agreed(article)
    assert told_fates(project, article, "R1") == [
        ("الجيش السوري", "taken", "guideline"),
        (TEXT[23:59], "open", ""),
        ("قسد", "taken", ""),
        ("دير حافر", "not_taken", "ambiguous"),
    ]
    assert told_fates(project, article, "R2")[0] == ("الجيش", "changed", "guideline")
    project.switch_reviewer("R1")
    project.revise(marks_of(project, article, "R1")["قسد"], start=35)
    assert [one.changed_since for one in project.fates(article)] == [False, False, True, False]
    assert project.fates(article)[0].reviewer == "Lead"


def told_fates(project: Project, article: str, name: str) -> list[tuple[str, str, str]]:
    project.switch_reviewer(name)
    told = [(project.annotation(one.annotation).quote, one.outcome, one.reason) for one in project.fates(article)]
    project.switch_reviewer("Lead")
    return told


# -- proving, going out and coming back ----------------------------------------------------------------------------------


def test_final_quotes_are_proved_and_the_state_is_rebuilt(both: tuple[Project, str]) -> None:
    project, article = both
    settle_all(project, article)
    connection = project._connection
    before = project.final_layer(article), project.decisions(article), project.settlement(article)
    connection.execute("BEGIN IMMEDIATE")
    projection.rebuild(connection)
    connection.execute("COMMIT")
    assert (project.final_layer(article), project.decisions(article), project.settlement(article)) == before
    assert (project.check().problems, project.check().finals) == ((), 4)
    with pytest.raises(sqlite.IntegrityError):
        connection.execute('UPDATE final SET "end" = start')
    connection.execute("UPDATE final SET quote = 'xxx' WHERE quote = 'قسد'")
    assert len(project.check().problems) == 2


def out_of(project: Project, path: Path) -> list[str]:
    project.export("jsonl", path, selection=Selection(layer=FINAL))
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for line in lines:
        Draft202012Validator(SCHEMA).validate(line)
    return [one["quote"] for line in lines for one in line.get("annotations", ())]


def test_the_final_layer_goes_out_when_it_is_settled(both: tuple[Project, str], tmp_path: Path) -> None:
    project, article = both
    out = tmp_path / "out.jsonl"
    project.take_agreed(article)
    assert out_of(project, out) == []
    with pytest.raises(WouldLose, match="nobody has settled"):
        project.export("jsonl", out, selection=Selection(layer=FINAL), strict=True)
    settle_all(project, article, "R2")
    assert out_of(project, out) == ["الجيش", TEXT[23:59], "قسد"]
    [marked] = project.stream(Selection(layer=FINAL))
    assert [one.mode for one in marked.frames.values()] == ["direct"]
    project.reopen(article)
    assert out_of(project, out) == []


def test_one_layer_alone_is_final_until_something_is_decided(both: tuple[Project, str], tmp_path: Path) -> None:
    project, article = both
    (tmp_path / "b.txt").write_text("قصف الجيش حلب.", encoding="utf-8")
    single = project.import_files([tmp_path / "b.txt"]).imported[0].article
    mark = project.annotate(single, 4, 9, "actor")
    settle_all(project, article)
    assert "الجيش" in out_of(project, tmp_path / "out.jsonl")
    project.decide(single, [mark.id], reason="slip")
    assert "الجيش" not in out_of(project, tmp_path / "out.jsonl")
    project.settle(single)
    assert "الجيش" not in out_of(project, tmp_path / "out.jsonl")


def test_verdicts_stay_on_the_claims_that_were_taken(both: tuple[Project, str]) -> None:
    project, article = both
    claims = [one.id for one in project.annotations(article) if one.label == "claim"]
    project.judge(claims[0], "contested", reason="سبب")
    project.judge(claims[1], "refuted", reason="سبب آخر")
    settle_all(project, article)
    [marked] = project.stream(Selection(layer=FINAL))
    [given] = marked.verdicts.values()
    assert [(one.reviewer, one.value) for one in given] == [("Lead", "refuted")]


def test_decisions_go_out_as_json_lines_and_come_back(both: tuple[Project, str], tmp_path: Path) -> None:
    project, article = both
    settle_all(project, article)
    project.set_blind(True)
    project.set_role("R2", "lead")
    project.assign_double(0.5, 7, ["R1", "R2"], articles=[article])
    mark = marks_of(project, article, "R1")["قسد"]
    first = project.comment(mark, "لماذا؟")
    project.comment(mark, "لأن", answer_to=first.id)
    project.resolve_comment(first.id)
    out = project.export("jsonl", tmp_path / "a.jsonl").path
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    for line in lines:
        Draft202012Validator(SCHEMA).validate(line)
    assert {line.get("type") for line in lines} >= {"reviewer", "setting", "decision", "settlement", "comment"}
    with Project.create(tmp_path / "b.hashiya", reviewer="X") as other:
        assert other.import_files([out]).failed == []
        assert other.export("jsonl", tmp_path / "b.jsonl").path.read_bytes() == out.read_bytes()
        assert other.final_layer(article) == project.final_layer(article)
        assert other.open_differences(article) == ()
        assert other.queue().rows[0].review == "settled"
        assert (other.role_of("R2"), other.settings().blind, other.check().problems) == ("lead", True, ())
        assert other.import_files([out]).failed == []
        other.undo()
        assert other.stats().decisions == 0


def test_records_that_do_not_fit_are_refused(both: tuple[Project, str], tmp_path: Path) -> None:
    project, article = both
    settle_all(project, article)
    project.set_blind(True)
    out = project.export("jsonl", tmp_path / "a.jsonl").path
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    own, decision = lines[0], next(line for line in lines if line.get("type") == "decision" and line["finals"])
    final = decision["finals"][0]
    wrong = [
        decision | {"id": article},
        decision | {"finals": [final | {"id": article}]},
        decision | {"finals": [final | {"quote": "x" * len(final["quote"])}]},
        decision | {"finals": [final | {"end": final["end"] + 1}]},
        decision | {"outcome": "maybe"},
        decision | {"article": decision["id"]},
        {"schema": "hashiya/1", "type": "reviewer", "name": "x", "role": "king"},
        {"schema": "hashiya/1", "type": "setting", "key": "colour", "value": True},
    ]
    file = tmp_path / "in.jsonl"
    file.write_text("".join(f"{json.dumps(one)}\n" for one in [own, *wrong]), encoding="utf-8")
    with Project.create(tmp_path / "c.hashiya", reviewer="X") as other:
        assert len(other.import_files([file]).failed) == len(wrong)
        assert (other.stats().decisions, other.check().problems) == (0, ())
        other.switch_reviewer("Y")
        report = other.import_files([out])
        assert [str(one.reason) for one in report.failed] == [
            "Roles and settings of a project can only be brought in by a lead."
        ] * 2
