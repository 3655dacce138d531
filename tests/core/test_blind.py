"""Blind mode: what others did in an article is nowhere to be found before one's own layer of it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator import Project
from annotator.concordance import Place
from annotator.errors import NotALead, UnknownAnnotation, UnknownComment, WouldLose
from annotator.log_words import what
from annotator.redaction import Profile
from annotator.selecting import FINAL, Selection
from annotator.store import veil
from tests.core.two_readers import TEXT, marks_of, two_readers

Prove = Callable[[Project, Callable[[], object]], None]


@pytest.fixture
def blind(path: Path) -> Iterator[tuple[Project, str]]:
    """A project in blind mode in which the lead decided about the work of R1 and R2, open for R3, who marked one thing."""
    project, article = two_readers(path)
    with project:
        claims = [one.id for one in project.annotations(article) if one.label == "claim"]
        entity = project.add_entity("actor", ["قوات سوريا الديمقراطية"])
        project.switch_reviewer("R1")
        mine = marks_of(project, article, "R1")
        project.link(mine["قسد"], entity.id)
        project.judge(claims[1], "contested", reason="سر")
        project.relate(claims[0], "supports", claims[1])
        project.comment(mine["قسد"], "سر")
        project.note_article(article, "سر")
        project.switch_reviewer("Lead")
        project.decide(article, [mine["دير حافر"]], take=[mine["دير حافر"]])
        project.set_blind(True)
        project.switch_reviewer("R3")
        project.annotate(article, 36, 39, "actor")
        yield project, article


def looks(project: Project, article: str) -> dict[str, object]:
    """All that a reviewer can ask of others' work, by how it is asked."""
    own = next(one for one in project.annotations(article) if one.reviewer == "R3")
    return {
        "annotations": [one.reviewer for one in project.annotations(article)],
        "frames": len(project.frames(article)),
        "verdicts": len(project.verdicts(article)),
        "links": len(project.links(article)),
        "relations": sum(len(project.relations(one.id)) for one in project.annotations(article)),
        "summaries": dict(project.summaries()[0].counts),
        "queue": dict(project.queue().rows[0].counts),
        "start": dict(project.queue_start(5).rows[0].counts),
        "contested": project.queue().rows[0].contested,
        "board": [one.reviewer for one in project.claim_rows()],
        "verdicts on the board": [one.verdicts for one in project.claim_rows()],
        "stats": replace(project.stats(), operations=0),
        "check": (project.check().annotations, project.check().verified, project.check().finals),
        "mentions": [len(project.mentions(one.id)) for one in project.entities()],
        "mention counts": project.mention_counts(),
        "found before": [one.why for one in project.find_entities("", near=own.id)],
        "search": [line.labels for line in project.search("دير")],
        "within": len(list(project.search("دير", within="place").places())),
        "notes": [one.note for one in project.readings(article)],
        "comments": [one.text for one in project.comments(article)],
        "decisions": len(project.decisions(article)),
        "final": len(project.final_layer(article).annotations),
        "layers": project.layers(article),
        "stream": [one.reviewer for marked in project.stream() for one in marked.annotations],
        "recheck": len(project.annotations_to_recheck()),
        "workload": [one.progress for one in project.workload()],
    }  # fmt: skip


def test_nothing_of_others_is_seen_before_ones_own_is_done(blind: tuple[Project, str]) -> None:
    project, article = blind
    assert project.is_blind
    assert not project.sees_layers(article)
    seen = looks(project, article)
    assert seen == {
        "annotations": ["R3"],
        "frames": 0,
        "verdicts": 0,
        "links": 0,
        "relations": 0,
        "summaries": {"actor": 1},
        "queue": {"actor": 1},
        "start": {"actor": 1},
        "contested": False,
        "board": [],
        "verdicts on the board": [],
        "stats": seen["stats"],
        "check": (1, 1, 0),
        "mentions": [0],
        "mention counts": {},
        "found before": [],
        "search": [()],
        "within": 0,
        "notes": ["", ""],
        "comments": [],
        "decisions": 0,
        "final": 0,
        "layers": ("R3",),
        "stream": ["R3"],
        "recheck": 0,
        "workload": [0, 0, 0, 0],
    }
    stats = project.stats()
    assert (stats.annotations, stats.by_label, stats.by_reviewer) == (1, {"actor": 1}, {"R3": 1})
    assert (stats.frames, stats.verdicts, stats.links, stats.relations) == (0, 0, 0, 0)
    assert (stats.decisions, stats.finals, stats.comments) == (0, 0, 0)


def test_a_reviewer_who_is_done_sees_what_a_lead_sees(blind: tuple[Project, str]) -> None:
    project, article = blind
    hidden = looks(project, article)
    project.set_state([article], "done")
    assert project.sees_layers(article)
    assert project.is_blind
    seen = looks(project, article)
    assert {name for name in seen if seen[name] == hidden[name]} == {"recheck", "workload"}
    project.switch_reviewer("Lead")
    assert not project.is_blind
    lead = looks(project, article)
    assert lead == seen
    project.switch_reviewer("R3")
    project.undo()
    assert looks(project, article) == hidden


def test_histories_say_nothing_of_what_is_hidden(blind: tuple[Project, str]) -> None:
    project, article = blind
    [own] = project.annotations(article)
    assert [one.reviewer for one in project.history(own.id, whole=True)] == ["R3"]
    with veil.lifted(project._connection):
        others = [one for one in project.annotations(article) if one.reviewer != "R3"]
        decisions = project.decisions(article)
    assert len(others) == 7
    for one in (*others, *decisions):
        assert project.history(one.id, whole=True) == []
    project.set_state([article], "done")
    assert all(project.history(one.id, whole=True) for one in (*others, *decisions))


def test_hidden_things_cannot_be_worked_with(blind: tuple[Project, str]) -> None:
    project, article = blind
    with veil.lifted(project._connection):
        other = next(one for one in project.annotations(article) if one.label == "claim")
        [comment] = project.comments(article)
    for work in (
        lambda: project.annotation(other.id),
        lambda: project.judge(other.id, "refuted", reason="x"),
        lambda: project.comment(other.id, "x"),
        lambda: project.revise(other.id, start=1),
        lambda: project.remove(other.id),
    ):
        with pytest.raises(UnknownAnnotation):
            work()
    with pytest.raises(UnknownComment):
        project.resolve_comment(comment.id)
    assert project.frame_of(other.id) is None
    assert [side.name for side in project.compare(article, ["R3", "R1"]).sides if side.annotations] == ["R3"]


def test_exports_leave_others_out_and_say_so(blind: tuple[Project, str], tmp_path: Path) -> None:
    project, article = blind
    for name in ("jsonl", "csv", "brat", "conll"):
        report = project.export(name, tmp_path / name)
        assert report.annotations == 1
        assert "hidden" in {loss.reason.key for loss in report.losses}
    text = (tmp_path / "jsonl").read_text("utf-8")
    assert "سر" not in text.replace("السر", "").replace("سوري", "")
    assert '"decision"' not in text
    final = project.export("jsonl", tmp_path / "final.jsonl", selection=Selection(layer=FINAL))
    assert final.annotations == 0  # one's own layer is not passed off as the final one
    with pytest.raises(WouldLose, match="blind mode"):
        project.export("jsonl", tmp_path / "x.jsonl", strict=True)
    project.set_state([article], "done")
    assert project.export("jsonl", tmp_path / "y.jsonl", strict=True).annotations == 8


def test_reading_alone_is_held_to_it_too(blind: tuple[Project, str], path: Path, tmp_path: Path) -> None:
    project, article = blind
    project.close()
    for name, count in (("R3", 1), ("R1", 8), ("Lead", 8), ("nobody", 0), (None, 1)):
        with Project.open(path, reviewer=name, read_only=True) as reader:
            assert len(reader.annotations(article)) == count
            assert reader.export("jsonl", tmp_path / "out.jsonl").annotations == count


def test_imports_and_new_versions_keep_what_is_hidden(blind: tuple[Project, str], tmp_path: Path) -> None:
    project, article = blind
    with Project.open(project.path, reviewer="Lead", read_only=True) as lead:
        out = lead.export("jsonl", tmp_path / "all.jsonl").path
        before = [lead.annotations(article), lead.frames(article), lead.decisions(article), lead.comments(article)]
    report = project.import_files([out])
    assert (report.annotations, len(report.failed)) == (0, 2)  # the lead's role and setting
    (tmp_path / "new.txt").write_text(f"{TEXT}\nزيادة", encoding="utf-8")
    new = project.import_files([tmp_path / "new.txt"]).imported[0].article
    carried = project.carry_over(article, new)
    assert (carried.annotations, carried.lost) == (1, [])
    assert [one.reviewer for one in project.annotations(new)] == ["R3"]
    project.switch_reviewer("Lead")
    assert [
        project.annotations(article),
        project.frames(article),
        project.decisions(article),
        project.comments(article),
    ] == before
    assert len(project.annotations(new)) == 8
    assert project.check().problems == ()


def test_a_question_about_ones_own_mark_can_be_read(blind: tuple[Project, str]) -> None:
    project, article = blind
    [own] = project.annotations(article)
    project.switch_reviewer("Lead")
    project.comment(own.id, "لماذا؟")
    project.switch_reviewer("R3")
    [asked] = project.comments(article)
    assert project.comment(own.id, "لأن", answer_to=asked.id).answer_to == asked.id
    assert len(project.history(asked.id)) == 1


def test_only_a_lead_switches_it_and_it_is_undone(project: Project, article: str, prove: Prove) -> None:
    project.annotate(article, 0, 5, "actor")
    prove(project, lambda: project.set_blind(True))
    prove(project, lambda: project.set_blind(False))
    project.set_blind(True)
    project.switch_reviewer("R2")
    assert project.annotations(article) == []
    with pytest.raises(NotALead):
        project.set_blind(False)
    project.switch_reviewer("R1")
    project.undo()
    project.switch_reviewer("R2")
    assert len(project.annotations(article)) == 1


def test_the_queue_follows_what_may_be_seen(blind: tuple[Project, str]) -> None:
    project, article = blind
    told: list[dict[str, tuple[str, ...]]] = []
    project.subscribe(lambda change: told.append(dict(change.ids)))
    rows = project.queue()
    project.set_state([article], "done")
    rows = project.queue_after(rows, told[-1])
    assert rows.rows == project.queue().rows
    assert rows.rows[0].counts == {"actor": 5, "claim": 2, "place": 1}
    project.switch_reviewer("Lead")
    project.set_role("R3", "lead")
    rows = project.queue_after(rows, told[-1])
    assert rows.rows == project.queue().rows


def test_a_lead_is_never_blind_and_a_former_one_is(blind: tuple[Project, str]) -> None:
    project, article = blind
    project.switch_reviewer("Lead")
    project.set_role("R3", "lead")
    project.switch_reviewer("R3")
    assert len(project.annotations(article)) == 8
    project.set_role("R3", "reviewer")
    assert len(project.annotations(article)) == 1
    project.undo()
    assert len(project.annotations(article)) == 8


def test_agreement_is_measured_only_where_layers_may_be_seen(blind: tuple[Project, str]) -> None:
    project, article = blind
    assert project.agreement().articles == ()
    project.set_state([article], "done")
    assert {one.article for one in project.agreement().articles} == {article}


def test_what_is_secret_is_found_in_hidden_layers_too(blind: tuple[Project, str]) -> None:
    project, _ = blind
    project.switch_reviewer("R1")
    [entity] = project.entities()
    project.revise_entity(entity.id, sensitive=True)
    project.switch_reviewer("R3")
    assert project.is_blind
    [marked] = project.stream(redaction=Profile("x", entities=True))
    assert "قسد" not in marked.article.text
    project.switch_reviewer("Lead")
    [marked] = project.stream(Selection(layer=FINAL), redaction=Profile("x", entities=True))
    assert "قسد" not in marked.article.text


def test_the_history_tells_nothing_of_what_is_hidden(blind: tuple[Project, str]) -> None:
    project, article = blind
    after = project.log(limit=1)[0].step
    told = " ".join(str(what(one, "en")) for one in project.log())
    assert "سر" not in told
    assert {one.reviewer for one in project.log() if "annotation" in one.counts} == {"R3"}
    assert {one.reviewer for one in project.log(article=article) if one.annotation} == {"R3"}
    assert [one.reviewer for one in project.as_of(article, after).marked.annotations] == ["R3"]
    project.set_state([article], "done")
    told = " ".join(str(what(one, "en")) for one in project.log())
    assert "سر" in told
    assert len(project.as_of(article, after).marked.annotations) == len(project.annotations(article)) > 1


def test_a_long_step_of_another_counts_only_what_may_be_seen(blind: tuple[Project, str], tmp_path: Path) -> None:
    project, article = blind
    project.switch_reviewer("R1")
    text = tmp_path / "other.txt"
    text.write_text("أعلنت قسد ذلك مرارا. " * 30, encoding="utf-8")
    project.import_files([text])
    other = next(one.id for one in project.articles() if one.id != article)
    places = [Place(other, start, start + 5, start) for start in range(0, 600, 20)]
    places += [Place(article, start, start + 2, start) for start in (0, 10)]
    step = project.annotate_hits(places, "place")
    assert step.marked > 25
    project.switch_reviewer("R3")
    assert "annotate_hits" not in {one.action for one in project.log()}
    project.set_state([other], "done")
    entry = next(one for one in project.log() if one.action == "annotate_hits")
    assert entry.counts == {"annotation": len(project.annotations(other))}
    assert entry.counts["annotation"] < step.marked
