"""The history: who did what when, an article as it was at a time, and going back to it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import annotator
import main
from annotator import Project
from annotator.concordance import Place
from annotator.errors import BadMoment, NothingThen, NotThereThen, NotYours, ProjectError, UnknownAnnotation
from annotator.language import catalogue
from annotator.log_entry import LogEntry, Past
from annotator.log_words import told, what
from annotator.saying import _MAKERS
from tests.core.conftest import prove_command

CORE = Path(annotator.__file__).parent


def said(project: Project, **asked: Any) -> list[str]:
    """What was done, newest first, in English."""
    return [str(what(entry, "en")) for entry in project.log(**asked)]


def shown(project: Project, article: str) -> tuple[object, ...]:
    """An article as the project shows it now."""
    annotations = project.annotations(article)
    relations = {one for mark in annotations for one in project.relations(mark.id) if one.a == mark.id}
    return (
        annotations, project.frames(article), project.verdicts(article), project.links(article), relations,
        project.article(article), project.readings(article),
    )  # fmt: skip


def was(past: Past) -> tuple[object, ...]:
    """The same of an article of the past."""
    one = past.marked
    return (
        one.annotations, dict(one.frames), dict(one.verdicts), dict(one.links), set(one.relations), one.article,
        list(past.readings),
    )  # fmt: skip


def verdict_of(project: Project) -> str:
    return next(one for one in project.attributes() if one.key == "verdict").values[1].key


# -- who did what when --------------------------------------------------------------------------------------------


def test_each_step_is_a_sentence_with_its_place(project: Project, article: str) -> None:
    mark = project.annotate(article, 109, 123, "place")
    project.revise(mark.id, label="actor")
    project.revise(mark.id, end=120)
    project.revise(mark.id, note="near the river")
    claim = project.annotate(article, 10, 60, "claim")
    project.frame(claim.id, source=mark.id)
    project.judge(claim.id, verdict_of(project), reason="two videos")
    project.link(mark.id, project.add_entity("actor", ["قسد"]).id)
    project.set_state([article], "done")
    project.remove(mark.id)
    assert said(project, annotation=mark.id) == [
        "removed «مدينة دير ح» (Actor)",
        "linked «مدينة دير ح» to قسد",
        "wrote a note on «مدينة دير ح»: near the river",
        "moved the edges of «مدينة دير حافر»: now «مدينة دير ح»",
        "changed the label of «مدينة دير حافر» from Place to Actor",
        "marked «مدينة دير حافر» as Place",
    ]
    in_article = said(project, article=article)
    assert any(one.startswith("gave the claim") and one.endswith(": two videos") for one in in_article)
    assert any(one.startswith("filled in the frame") and one.endswith(": source") for one in in_article)
    assert any(one.startswith("called «أعلنت وزارة") and one.endswith("…» done") for one in in_article)
    assert "added قسد to the register" not in in_article
    assert "added قسد to the register" in said(project)
    newest = project.log(limit=1)[0]
    assert (newest.reviewer, newest.article, newest.annotation, newest.span) == ("R1", article, mark.id, (109, 120))
    assert str(told(newest, "en")) == "R1 removed «مدينة دير ح» (Actor)"
    assert told(newest, "ar").translated(catalogue("ar").gettext) == "R1: إزالة «مدينة دير ح» (جهة فاعلة)"


def test_what_was_taken_back_says_so_and_what_took_it_back_tells_it(project: Project, article: str) -> None:
    project.annotate(article, 109, 123, "place")
    project.undo()
    undo, made = project.log(limit=2)
    assert (made.taken_back, undo.taken_back) == (True, False)
    assert str(what(undo, "en")) == "took back: marked «مدينة دير حافر» as Place"
    project.redo()
    redo, _, made = project.log(limit=3)
    assert str(what(redo, "en")).startswith("did again: marked")
    assert not made.taken_back


def test_a_long_step_is_one_entry_that_counts(project: Project, article: str) -> None:
    words = re.finditer(r"\w{6,}", project.article(article).text)
    marked = project.annotate_hits([Place(article, *word.span(), word.start()) for word in words], "place").marked
    entry = project.log(limit=1)[0]
    assert marked > 20
    assert entry.counts == {"annotation": marked}
    assert str(what(entry, "en")) == f"marked {marked} places as Place"
    assert (entry.article, entry.annotation) == (article, "")


def test_pages_follow_each_other_without_gap_or_repeat(project: Project, article: str) -> None:
    for start in range(0, 60, 2):
        project.annotate(article, start, start + 2, "place")
    whole = project.log(limit=1000)
    assert all(newer.step > older.step for newer, older in pairwise(whole))
    paged: list[LogEntry] = []
    while page := project.log(before=paged[-1].step if paged else "", limit=7):
        paged += page
    assert paged == whole
    assert project.log(article=article, limit=3) == [one for one in whole if one.article == article][:3]


def test_the_history_is_narrowed_by_reviewer_and_time(project: Project, article: str) -> None:
    project.annotate(article, 0, 2, "place")
    project.switch_reviewer("R2")
    mark = project.annotate(article, 2, 4, "place")
    assert [one.action for one in project.log(reviewer="R2")] == ["annotate"]
    assert "took the reviewer R2 into the project" in said(project, reviewer="R1")
    assert {one.reviewer for one in project.log(reviewer="R1", article=article)} == {"R1"}
    since = project.log(since=mark.created_at)
    assert mark.id in {one.annotation for one in since}
    assert not {one.step for one in since} & {one.step for one in project.log(until=mark.created_at)}
    assert len(since) + len(project.log(until=mark.created_at)) == len(project.log())
    assert project.log(since="2999-01-01") == []
    with pytest.raises(BadMoment):
        project.log(since="yesterday")
    with pytest.raises(UnknownAnnotation):
        project.log(annotation="01a2125f-ac23-7000-8558-ddbec96c158f")


def test_every_action_there_is_has_its_sentence() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in CORE.glob("*.py"))
    literal = (
        r'(?:_step|_log\.step|_put_readings|_reassign|_put_label|_put_article|_put_entity|_give_back)\(\s*"([a-z_]+)"'
    )
    actions = {*re.findall(literal, source), "create", "join", "unflag"}
    assert len(actions) > 30
    assert actions - set(_MAKERS) == set()


def test_a_step_of_a_later_version_is_told_in_general(project: Project, article: str) -> None:
    with project._log.step("fold_map", "R1") as step:
        step.put("filter", {"name": "x", "query": ""})
    assert said(project, limit=1) == ["did “fold_map”; changed: 1"]


# -- an article as it was -----------------------------------------------------------------------------------------

Doing = Callable[[Project, str, st.DataObject], object]


def _annotate(project: Project, article: str, data: st.DataObject) -> object:
    start = data.draw(st.integers(0, 300))
    return project.annotate(article, start, start + 5, data.draw(st.sampled_from(["actor", "place", "claim"])))


def _mark(project: Project, article: str, data: st.DataObject, *labels: str) -> str:
    """One's own annotation, of some labels if they are given."""
    own = [one.id for one in project.annotations(article) if one.reviewer == project.reviewer]
    found = [one for one in own if not labels or project.annotation(one).label in labels]
    return data.draw(st.sampled_from(found)) if found else ""


def _revise(project: Project, article: str, data: st.DataObject) -> object:
    label = data.draw(st.sampled_from(["actor", "place", "claim"]))
    return project.revise(_mark(project, article, data), label=label, note=data.draw(st.text(max_size=3)))


def _frame(project: Project, article: str, data: st.DataObject) -> object:
    claim, actor = _mark(project, article, data, "claim"), _mark(project, article, data, "actor")
    return project.frame(claim, source=actor or "outlet", cue=[(0, data.draw(st.integers(1, 9)))])


def _judge(project: Project, article: str, data: st.DataObject) -> object:
    return project.judge(
        _mark(project, article, data, "claim"), verdict_of(project), reason=data.draw(st.text("ab", max_size=2))
    )


def _relate(project: Project, article: str, data: st.DataObject) -> object:
    one, other = (_mark(project, article, data, "claim") for _ in range(2))
    return project.relate(one, "repeats", other)


def _link(project: Project, article: str, data: st.DataObject) -> object:
    mark = _mark(project, article, data, "actor", "place")
    kind = project.annotation(mark).label
    known = project.entities(kind=kind)  # type: ignore[arg-type]  # one of the two
    entity = data.draw(st.sampled_from(known)) if known and data.draw(st.booleans()) else None
    return project.link(mark, (entity or project.add_entity(kind, ["ن"])).id)  # type: ignore[arg-type]


def _merge(project: Project, article: str, data: st.DataObject) -> object:
    known = [one.id for one in project.entities(kind="actor")]
    return project.merge_entities(known[0], known[-1]) if known else None


DOINGS: list[Doing] = [
    _annotate, _annotate, _revise, _frame, _judge, _relate, _link, _merge,
    lambda project, article, data: project.remove(_mark(project, article, data)),
    lambda project, article, data: project.undo(),
    lambda project, article, data: project.redo(),
    lambda project, article, data: project.describe(article, title=data.draw(st.text("ab", min_size=1, max_size=3))),
    lambda project, article, data: project.set_state([article], data.draw(st.sampled_from(["done", "todo"]))),
    lambda project, article, data: project.switch_reviewer(data.draw(st.sampled_from(["R1", "R2"]))),
]  # fmt: skip


def _do(project: Project, article: str, data: st.DataObject) -> None:
    """Do something; what cannot be done at the moment is not done."""
    with suppress(ProjectError):
        data.draw(st.sampled_from(DOINGS))(project, article, data)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_past_is_what_the_project_showed_then(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("past") / "p.hashiya"
    with Project.create(path, reviewer="R1", starter=True) as project:
        article = project.articles()[0].id
        after_step: dict[str, tuple[object, ...]] = {}
        at_time: dict[str, tuple[object, ...]] = {}
        for _ in range(data.draw(st.integers(1, 25))):
            _do(project, article, data)
            newest = project.log(limit=1)[0]
            after_step[newest.step] = shown(project, article)
            end = project.as_of(article, newest.step).at
            at_time[end] = shown(project, article)
        for step, seen in after_step.items():
            assert was(project.as_of(article, step)) == seen
        for time, seen in at_time.items():
            assert was(project.as_of(article, time)) == seen
        assert project.check().problems == ()


def test_the_past_names_whom_annotations_meant_then(project: Project, article: str) -> None:
    mark = project.annotate(article, 109, 123, "place")
    entity = project.add_entity("place", ["قديم"])
    project.link(mark.id, entity.id)
    step = project.log(limit=1)[0].step
    project.revise_entity(entity.id, names=["جديد"])
    assert project.as_of(article, step).entities[entity.id].name == "قديم"


def test_an_article_that_was_not_there_yet_has_no_past(project: Project, article: str) -> None:
    with pytest.raises(NotThereThen):
        project.as_of(article, "2001-01-01")
    with pytest.raises(BadMoment):
        project.as_of(article, "soon")


# -- going back ---------------------------------------------------------------------------------------------------


def test_an_annotation_goes_back_with_its_frame_and_link_as_one_step(project: Project, article: str) -> None:
    actor = project.annotate(article, 109, 123, "actor")
    claim = project.annotate(article, 10, 60, "claim", note="first")
    project.frame(claim.id, source=actor.id)
    then = project.log(limit=1)[0].step
    project.frame(claim.id, source="outlet", mode="")
    project.revise(claim.id, start=12, note="second")
    project.link(claim.id, "unknown")
    prove_command(project, lambda: project.restore(claim.id, then))
    back, frame = project.annotation(claim.id), project.frame_of(claim.id)
    assert (back.start, back.note, project.links(article)) == (10, "first", {})
    assert frame is not None
    assert frame.source is not None
    assert frame.source.annotation == actor.id
    assert said(project, annotation=claim.id)[0] == f"did again: brought «{back.words}» back to an earlier state"
    before = project.log(limit=1)
    project.restore(claim.id, then)
    assert project.log(limit=1) == before


def test_a_removed_annotation_comes_back(project: Project, article: str) -> None:
    mark = project.annotate(article, 109, 123, "place")
    then = project.log(limit=1)[0].step
    project.link(mark.id, "ambiguous")
    project.remove(mark.id)
    prove_command(project, lambda: project.restore(mark.id, then))
    assert project.annotation(mark.id).quote == mark.quote
    assert project.links(article) == {}


def test_only_ones_own_goes_back(project: Project, article: str) -> None:
    mark = project.annotate(article, 109, 123, "place")
    then = project.log(limit=1)[0].step
    project.revise(mark.id, note="x")
    project.switch_reviewer("R2")
    with pytest.raises(NotYours):
        project.restore(mark.id, then)
    own = project.annotate(article, 0, 4, "place")
    with pytest.raises(NothingThen):
        project.restore(own.id, then)
    assert project.restore_layer(article, then) == 1
    assert [one.note for one in project.annotations(article)] == ["x"]


def test_a_layer_goes_back_and_leaves_the_layers_of_others(project: Project, article: str) -> None:
    kept = project.annotate(article, 109, 123, "actor")
    claim, other = (project.annotate(article, start, start + 9, "claim") for start in (10, 30))
    project.judge(claim.id, verdict_of(project), reason="seen")
    project.relate(claim.id, "repeats", other.id)
    before, then = shown(project, article), project.log(limit=1)[0].step
    project.switch_reviewer("R2")
    theirs = project.annotate(article, 60, 66, "place")
    project.switch_reviewer("R1")
    project.remove(kept.id)
    project.judge(claim.id, "", reason="")
    project.unrelate(claim.id, "repeats", other.id)
    project.annotate(article, 70, 76, "place")
    project.revise(other.id, note="later")
    prove_command(project, lambda: project.restore_layer(article, then))
    own = [(one.id, one.note) for one in project.annotations(article) if one.reviewer == "R1"]
    assert own == [(one.id, one.note) for one in before[0]]  # type: ignore[attr-defined]
    assert project.annotation(theirs.id) == theirs
    assert project.verdicts(article).keys() == {claim.id}
    assert len(project.relations(claim.id)) == 1
    assert project.restore_layer(article, then) == 0


# -- the command --------------------------------------------------------------------------------------------------


def test_the_command_tells_the_log_while_the_project_is_open(
    project: Project, path: Path, article: str, capsys: pytest.CaptureFixture[str]
) -> None:
    mark = project.annotate(article, 109, 123, "place")
    assert main.main(["log", str(path), "--limit", "1"]) == 0
    at, sentence, title = capsys.readouterr().out.rstrip("\n").split("\t")
    assert (at, sentence) == (mark.created_at, "R1 marked «مدينة دير حافر» as Place")
    assert project.article(article).title.startswith(title.rstrip("…"))
    assert main.main([str(path), "log", "--annotation", mark.id, "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert [(one["action"], one["start"], one["end"], one["annotation"]) for one in record["steps"]] == [
        ("annotate", 109, 123, mark.id)
    ]
    assert main.main(["log", str(path), "--limit", "0", "--json", "--until", "2001-01-01"]) == 0
    assert json.loads(capsys.readouterr().out) == {"steps": []}
    assert main.main(["log", str(path), "--since", "soon"]) == 1
    assert "“soon” is no moment" in capsys.readouterr().err
