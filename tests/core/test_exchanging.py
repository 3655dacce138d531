"""Two laptops and a lead: sending work, looking at it, receiving it, settling what was changed side by side, taking it back."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from bundle_forging import read
from conftest import everything
from whole_project import whole_project

from annotator import Change, Project
from annotator.bundle_errors import (
    BuiltUpon,
    ForeignBundle,
    LaterMerge,
    MergeCancelled,
    MissingWork,
    NoConflict,
    NotABundle,
    NothingToSend,
    SendingCancelled,
    SeveralProjects,
    UnknownMerge,
)
from annotator.errors import CannotWrite, ChangedSince, ProjectExists, ReadOnlyProject
from annotator.exchange.bundle_file import is_bundle, manifest_of
from annotator.store.clock import Clock, system_milliseconds

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs/formats/hashiya-bundle-1.schema.json").read_text("utf-8"))
DAY = 86_400_000


@pytest.fixture
def copy(project: Project, tmp_path: Path) -> Iterator[Project]:
    """R2's copy of the project, made from a bundle."""
    project.send(tmp_path / "start.bundle")
    with Project.create_from(tmp_path / "copy.hashiya", [tmp_path / "start.bundle"], reviewer="R2") as copy:
        yield copy


@pytest.fixture
def second(project: Project, tmp_path: Path) -> Iterator[Project]:
    """The same reviewer's copy on another machine."""
    project.send(tmp_path / "start.bundle")
    with Project.create_from(tmp_path / "second.hashiya", [tmp_path / "start.bundle"], reviewer="R1") as second:
        yield second


def carry(sender: Project, receiver: Project, **options: Any) -> Any:
    """Send everything that is new and receive it."""
    bundle = receiver.path.with_name(f"from-{sender.path.stem}.bundle")
    sender.send(bundle, **options)
    return receiver.receive([bundle])


def log(project: Project) -> set[Any]:
    return set(project._connection.execute("SELECT uuid, seq, hash FROM op JOIN replica USING (rid)"))


def test_work_goes_from_one_laptop_to_the_other_and_back(project: Project, copy: Project, article: str) -> None:
    told: list[Change] = []
    project.subscribe(told.append)
    mark = copy.annotate(article, 6, 12, "actor")
    report = carry(copy, project, since_last=True)
    assert (report.articles, report.annotations, report.new, report.known, report.conflicts) == (0, 1, 2, 0, 0)
    assert report.bundles[0].sender == "R2"
    assert report.bundles[0].by_reviewer == {"R2": 2}
    assert told[-1].ids["annotation"] == (mark.id,)
    assert project.annotations(article) == copy.annotations(article)
    assert project.reviewers() == ["R1", "R2"]
    carry(project, copy)
    assert everything(copy)[0] == everything(project)[0]
    assert log(copy) == log(project)
    assert project.project_id == copy.project_id


def test_a_project_with_something_of_everything_goes_over_whole(tmp_path: Path) -> None:
    with whole_project(tmp_path / "whole.hashiya") as whole:
        whole.send(tmp_path / "all.bundle")
        with Project.create_from(tmp_path / "new.hashiya", [tmp_path / "all.bundle"], reviewer="R2") as new:
            assert everything(new) == everything(whole)
            assert new.check().problems == ()
            assert list(new.search("الجيش")) == list(whole.search("الجيش"))


def test_looking_at_a_bundle_tells_everything_and_writes_nothing(
    project: Project, copy: Project, article: str, tmp_path: Path
) -> None:
    copy._log.clock = Clock(now=lambda: system_milliseconds() + 40 * DAY)
    (tmp_path / "new.txt").write_text("مقال جديد\nقصف الجيش القرية.\n", "utf-8")
    copy.import_files([tmp_path / "new.txt"])
    copy.annotate(article, 0, 5, "actor")
    copy.send(tmp_path / "work.bundle", since_last=True)
    before = log(project)
    preview = project.look_at([tmp_path / "work.bundle"])
    assert (preview.articles, preview.annotations, preview.new) == (1, 1, 3)
    assert "39 days ahead" in str(preview.warnings[0]) or "40 days ahead" in str(preview.warnings[0])
    assert log(project) == before
    assert not list(tmp_path.glob("*before-merge*"))
    assert not project.merges()
    project.receive([tmp_path / "work.bundle"])
    mark = project.annotate(article, 0, 5, "place")
    assert mark.id > copy.annotations(article)[0].id  # the clock has gone past what was received
    assert project.check().problems == ()


def test_who_opens_the_project_next_is_still_who_wrote_here(
    project: Project, copy: Project, path: Path, article: str
) -> None:
    copy.annotate(article, 6, 12, "actor")
    carry(copy, project)
    project.close()
    with Project.open(path) as again:
        assert again.reviewer == "R1"
    with Project.open(copy.path, read_only=True) as other:
        assert other.reviewer == "R2"


def test_receiving_twice_is_receiving_once(project: Project, copy: Project, article: str) -> None:
    copy.annotate(article, 6, 12, "actor")
    first = carry(copy, project)
    again = carry(copy, project)
    assert first.merge == 1
    assert (again.new, again.merge, again.backup) == (0, None, None)
    assert len(project.merges()) == 1


def test_after_everything_was_sent_there_is_nothing_to_send(copy: Project, article: str, tmp_path: Path) -> None:
    copy.annotate(article, 6, 12, "actor")
    copy.send(tmp_path / "one", since_last=True)
    with pytest.raises(NothingToSend):
        copy.send(tmp_path / "two", since_last=True)
    assert copy.send(tmp_path / "two").operations > 2
    with pytest.raises(CannotWrite):
        copy.send(tmp_path)


def test_what_somebody_sent_is_not_sent_back_to_them(
    project: Project, copy: Project, article: str, tmp_path: Path
) -> None:
    copy.annotate(article, 6, 12, "actor")
    carry(copy, project)
    project.annotate(article, 0, 5, "actor")
    report = project.send(tmp_path / "back", since_last=True, to="R2")
    assert report.operations == 1
    assert copy.receive([tmp_path / "back"]).new == 1


def test_a_bundle_of_one_reviewer_holds_their_replicas_alone(
    project: Project, copy: Project, article: str, tmp_path: Path
) -> None:
    copy.annotate(article, 6, 12, "actor")
    carry(copy, project)
    project.annotate(article, 0, 5, "actor")
    report = project.send(tmp_path / "of-2", reviewers=["R2"])
    assert report.operations == 2
    assert report.reviewers == ("R2",)


def test_the_manifest_is_what_its_schema_says(project: Project, tmp_path: Path) -> None:
    project.send(tmp_path / "one", reviewers=["R1"])
    jsonschema.validate(json.loads(read(tmp_path / "one")["manifest.json"]), SCHEMA)


def test_bundles_of_two_projects_are_not_mixed(project: Project, tmp_path: Path) -> None:
    project.send(tmp_path / "one")
    with Project.create(tmp_path / "other.hashiya", reviewer="R1") as other:
        other.send(tmp_path / "two")
    with pytest.raises(SeveralProjects):
        project.receive([tmp_path / "one", tmp_path / "two"])
    with pytest.raises(ForeignBundle):
        project.receive([tmp_path / "two"])


def test_one_of_another_project_is_refused_by_name_and_the_others_are_shown_and_taken(
    project: Project, copy: Project, article: str, tmp_path: Path
) -> None:
    copy.annotate(article, 0, 5, "actor")
    copy.send(tmp_path / "good.bundle")
    with Project.create(tmp_path / "other.hashiya", reviewer="R1") as other:
        other.send(tmp_path / "foreign.bundle")
    both = [tmp_path / "foreign.bundle", tmp_path / "good.bundle"]
    for found in (project.look_at(both), project.receive(both, leave_refused=True)):
        assert [one.file for one in found.refused] == ["foreign.bundle"]
        assert "belongs to another project" in str(found.refused[0].refused)
        assert found.annotations == 1
    assert len(project.annotations(article)) == 1


def test_a_new_project_needs_a_bundle_from_the_start(
    project: Project, copy: Project, article: str, tmp_path: Path
) -> None:
    copy.annotate(article, 6, 12, "actor")
    copy.send(tmp_path / "news", since_last=True)
    with pytest.raises(MissingWork):
        Project.create_from(tmp_path / "new.hashiya", [tmp_path / "news"], reviewer="R3")
    assert not (tmp_path / "new.hashiya").exists()
    with pytest.raises(ProjectExists):
        Project.create_from(copy.path, [tmp_path / "start.bundle"], reviewer="R3")
    with Project.create_from(
        tmp_path / "new.hashiya", [tmp_path / "news", tmp_path / "start.bundle"], reviewer="R3"
    ) as new:
        assert new.reviewers() == ["R1", "R2", "R3"]


def test_receiving_can_be_stopped_and_leaves_nothing(
    project: Project, copy: Project, article: str, tmp_path: Path
) -> None:
    copy.annotate(article, 6, 12, "actor")
    copy.send(tmp_path / "work")
    before, paces = log(project), []
    with pytest.raises(MergeCancelled):
        project.receive([tmp_path / "work"], progress=lambda *pace: paces.append(pace), cancel=lambda: len(paces) > 1)
    assert log(project) == before
    assert not list(tmp_path.glob("*before-merge*"))
    project.receive([tmp_path / "work"], progress=lambda *pace: paces.append(pace))
    assert paces[-1][0] == paces[-1][1]


def test_who_may_only_read_receives_nothing(project: Project, path: Path, tmp_path: Path) -> None:
    project.send(tmp_path / "one")
    project.close()
    with Project.open(path, read_only=True) as reader, pytest.raises(ReadOnlyProject):
        reader.receive([tmp_path / "one"])


# -- the same reviewer on two machines -------------------------------------------------------------------------------


def side_by_side(project: Project, second: Project, article: str) -> str:
    """The same annotation changed on two machines."""
    mark = project.annotate(article, 0, 5, "actor")
    carry(project, second)
    project.revise(mark.id, note="here")
    second.revise(mark.id, note="there")
    second.annotate(article, 6, 12, "place")
    assert carry(second, project, since_last=True).conflicts == 1
    return mark.id


def test_two_values_side_by_side_are_a_conflict_with_both_values(
    project: Project, second: Project, article: str
) -> None:
    mark = side_by_side(project, second, article)
    (conflict,) = project.conflicts()
    assert (conflict.entity, conflict.kind, conflict.told) == (mark, "annotation", mark)
    assert {side.value["note"] for side in conflict.sides if side.value} == {"here", "there"}
    assert conflict.sides[0].value
    assert conflict.sides[0].value["note"] == project.annotation(mark).note
    project.switch_reviewer("R3")
    assert project.conflicts() == []
    assert len(project.conflicts(everybody=True)) == 1


@pytest.mark.parametrize("chosen", ["here", "there"])
def test_a_conflict_is_settled_and_that_is_undone_and_redone(
    project: Project, second: Project, article: str, chosen: str
) -> None:
    mark = side_by_side(project, second, article)
    before = project.conflicts()
    shown = project.annotation(mark)
    operation = next(side.operation for side in before[0].sides if side.value and side.value["note"] == chosen)
    project.settle_conflict(mark, operation)
    for _ in range(2):
        assert project.annotation(mark).note == chosen
        assert project.conflicts() == []
        assert project.undo()
        assert project.annotation(mark) == shown
        assert project.conflicts() == before
        assert project.redo()
    with pytest.raises(NoConflict):
        project.settle_conflict(mark, operation)
    carry(project, second)
    assert second.annotation(mark).note == chosen
    assert second.conflicts() == []
    assert project.check().problems == ()


def test_the_same_done_on_two_machines_is_no_conflict(project: Project, second: Project, article: str) -> None:
    mark = project.annotate(article, 0, 5, "actor")
    carry(project, second)
    project.revise(mark.id, note="same")
    second.revise(mark.id, note="same")
    assert carry(second, project).conflicts == 0
    assert project.conflicts() == []


def test_a_removal_and_a_change_side_by_side_are_a_conflict(project: Project, second: Project, article: str) -> None:
    mark = project.annotate(article, 0, 5, "actor")
    carry(project, second)
    second.revise(mark.id, note="kept")
    project.remove(mark.id)
    carry(second, project)
    (conflict,) = project.conflicts()
    assert sorted(side.value is None for side in conflict.sides) == [False, True]
    kept = next(side.operation for side in conflict.sides if side.value)
    project.settle_conflict(mark.id, kept)
    assert project.annotation(mark.id).note == "kept"


def test_undo_after_a_merge_takes_back_the_newest_own_step_alone(
    project: Project, second: Project, article: str
) -> None:
    mark = side_by_side(project, second, article)
    project.undo()  # the other machine's annotation, which is the newest of this reviewer
    assert [one.id for one in project.annotations(article)] == [mark]
    shown = project.annotation(mark).note
    project.undo()
    assert project.annotation(mark).note == ({"here", "there"} - {shown}).pop()
    assert project.conflicts() == []
    project.redo()
    assert project.annotation(mark).note == shown
    assert project.check().problems == ()


def test_undo_leaves_alone_what_others_sent(project: Project, copy: Project, article: str) -> None:
    copy.annotate(article, 6, 12, "actor")
    own = project.annotate(article, 0, 5, "actor")
    carry(copy, project)
    undone = project.undo()
    assert undone
    assert undone.action == "annotate"
    assert own.id not in {one.id for one in project.annotations(article)}
    assert len(project.annotations(article)) == 1
    assert project.undo() is None


def test_what_somebody_brought_in_and_its_owner_changed_is_not_undone(project: Project, tmp_path: Path) -> None:
    with whole_project(tmp_path / "whole.hashiya") as whole:
        whole.export("jsonl", tmp_path / "out.jsonl")
    project.switch_reviewer("R9")
    project.import_files([tmp_path / "out.jsonl"])
    project.switch_reviewer("R1")
    mark = next(one for one in project.annotations(project.articles()[0].id) if one.reviewer == "R1")
    project.revise(mark.id, note="mine")
    project.switch_reviewer("R9")
    with pytest.raises(ChangedSince):
        project.undo()
    assert project.annotation(mark.id).note == "mine"


def test_what_was_brought_in_for_others_goes_over_in_a_bundle(project: Project, copy: Project, tmp_path: Path) -> None:
    with whole_project(tmp_path / "whole.hashiya") as whole:
        whole.export("jsonl", tmp_path / "out.jsonl")
    copy.import_files([tmp_path / "out.jsonl"])
    assert carry(copy, project).refused == ()
    copy.undo()
    carry(copy, project)
    assert everything(project)[:5] == everything(copy)[:5]
    assert project.check().problems == ()


# -- copies and replicas ---------------------------------------------------------------------------------------------


def test_a_restored_copy_that_goes_on_gets_a_new_replica_and_never_forks(
    project: Project, path: Path, article: str, tmp_path: Path, copy: Project
) -> None:
    project.annotate(article, 0, 5, "actor")
    project.close()
    shutil.copy(path, tmp_path / "backup")
    with Project.open(path, reviewer="R1") as later:
        later.annotate(article, 6, 12, "actor")
        later.send(tmp_path / "later")
    shutil.copy(tmp_path / "backup", path)
    with Project.open(path, reviewer="R1") as restored:
        restored.annotate(article, 13, 20, "place")
        restored.send(tmp_path / "restored")
        restored.receive([tmp_path / "later"])
        assert len(restored.annotations(article)) == 3
        copy.receive([tmp_path / "restored", tmp_path / "later"])
        assert copy.annotations(article) == restored.annotations(article)
        restored.annotate(article, 21, 25, "place")
        carry(restored, copy)
        assert log(restored) <= log(copy)
        assert restored.check().problems == ()


# -- taking back -----------------------------------------------------------------------------------------------------


def test_a_merge_is_taken_back_as_a_whole_and_own_later_work_stays(
    project: Project, copy: Project, article: str
) -> None:
    project.annotate(article, 0, 5, "actor")
    before, state = log(project), everything(project)
    copy.annotate(article, 6, 12, "actor")
    report = carry(copy, project)
    own = project.annotate(article, 20, 25, "place")
    told: list[Change] = []
    project.subscribe(told.append)
    taken = project.take_back(report.merge)
    assert taken.taken_back
    assert told[-1].action == "take_back"
    assert log(project) > before
    assert len(log(project)) == len(before) + 1
    assert project.annotation(own.id) == own
    project.undo()
    assert everything(project) == state
    assert project.check().problems == ()
    assert report.backup
    with Project.open(report.backup, read_only=True) as backup:
        assert log(backup) == before
    with pytest.raises(UnknownMerge):
        project.take_back()
    assert carry(copy, project).new == 2  # and it can be received again
    assert project.check().problems == ()


def test_what_was_built_upon_is_not_taken_back(project: Project, copy: Project, article: str) -> None:
    claim = copy.annotate(article, 6, 12, "claim")
    carry(copy, project)
    project.judge(claim.id, "refuted", reason="سبب")
    before = log(project)
    with pytest.raises(BuiltUpon, match="1 later changes of yours build on"):
        project.take_back()
    assert log(project) == before
    assert project.annotation(claim.id)


def test_merges_are_taken_back_from_the_last_one_on(project: Project, copy: Project, article: str) -> None:
    copy.annotate(article, 6, 12, "actor")
    carry(copy, project)
    copy.annotate(article, 20, 25, "actor")
    carry(copy, project)
    with pytest.raises(LaterMerge):
        project.take_back(1)
    project.take_back(2)
    project.take_back(1)
    assert project.annotations(article) == []


# -- bad luck --------------------------------------------------------------------------------------------------------

KILLED = """
import os, signal, sys
from annotator import Project
from annotator.store import conflicts, database, ledger, log, merging, projection
target, bundle, place, calls = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
module, name = place.rsplit(".", 1)
owner = {"database": database, "ledger": ledger, "merging": merging, "projection": projection, "conflicts": conflicts}[module]
before, left = getattr(owner, name), [calls]
def killing(*given, **named):
    left[0] -= 1
    if left[0] < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return before(*given, **named)
with Project.open(target, reviewer="R1") as project:
    setattr(owner, name, killing)
    project.receive([bundle])
    os.kill(os.getpid(), signal.SIGKILL)
"""
PLACES = [
    ("database.back_up", 0), ("database.save_copy", 0), ("merging.append", 0), ("merging.append", 1), ("merging.bring_up", 0),
    ("merging.bring_up", 1), ("merging.bring_steps_up", 0), ("projection.apply", 0), ("projection.apply", 1),
    ("conflicts.remember_divided", 0), ("ledger.note_merge", 0), ("ledger.note_merge", 9),
]  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")
@pytest.mark.parametrize(("place", "calls"), PLACES)
def test_a_killed_merge_leaves_before_or_after(
    project: Project, path: Path, copy: Project, article: str, tmp_path: Path, place: str, calls: int
) -> None:
    (tmp_path / "new.txt").write_text("مقال جديد\nقصف الجيش القرية.\n", "utf-8")
    copy.import_files([tmp_path / "new.txt"])
    copy._log.replica = b""  # as after a crash: what follows is written by another replica
    copy.annotate(article, 6, 12, "actor")
    project.annotate(article, 0, 5, "actor")
    copy.send(tmp_path / "work")
    before = log(project)
    after = before | log(copy)
    project.close()
    done = subprocess.run(
        [sys.executable, "-c", KILLED, path, tmp_path / "work", place, str(calls)], cwd=ROOT, check=False
    )
    assert done.returncode == -9
    with Project.open(path, reviewer="R1") as again:
        assert log(again) == (after if calls == 9 else before)
        assert again.check().problems == ()
        again.receive([tmp_path / "work"])
        assert log(again) == after
        assert again.check().problems == ()


# -- the command line ------------------------------------------------------------------------------------------------


def command(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *map(str, arguments)], capture_output=True, text=True, encoding="utf-8",
        env={**os.environ, "LC_ALL": "C.UTF-8"}, check=False,
    )  # fmt: skip


def test_the_command_line_sends_merges_settles_and_takes_back(
    project: Project, path: Path, article: str, tmp_path: Path
) -> None:
    mark = project.annotate(article, 0, 5, "actor")
    project.close()
    sent = json.loads(command("bundle", path, tmp_path / "a.bundle", "--json").stdout)
    assert (sent["operations"], sent["articles"], sent["from_start"]) == (13 + 1, 1, True)
    second = tmp_path / "second.hashiya"
    made = command("merge", second, tmp_path / "a.bundle", "--reviewer", "R1")
    assert (made.returncode, made.stdout.strip()) == (0, str(second))
    for where, note in ((path, "here"), (second, "there")):
        with Project.open(where) as one:
            one.revise(mark.id, note=note)
    assert command("bundle", second, tmp_path / "b.bundle", "--since-last").returncode == 0
    dry = json.loads(command("merge", path, tmp_path / "b.bundle", "--dry-run", "--json").stdout)
    assert (dry["operations"]["new"], dry["conflicts"]) == (1, 1)
    done = command("merge", path, tmp_path / "b.bundle", "--report", tmp_path / "report.json")
    assert done.returncode == 0
    assert "1 conflicts" in done.stdout
    assert json.loads((tmp_path / "report.json").read_text("utf-8"))["merge"] == 1
    (conflict,) = json.loads(command("merge", path, "--conflicts", "--json").stdout)["conflicts"]
    back = command("merge", path, "--take-back")
    assert (back.returncode, back.stdout.count("1 operations")) == (0, 1)
    assert json.loads(command("merge", path, "--conflicts", "--json").stdout)["conflicts"] == []
    command("merge", path, tmp_path / "b.bundle")
    settled = command("merge", path, "--settle", conflict["entity"], conflict["sides"][1]["operation"])
    assert (settled.returncode, settled.stdout) == (0, "")
    refused = command("merge", path, tmp_path / "nowhere.bundle")
    assert refused.returncode == 1
    assert "is not a bundle" in refused.stderr
    assert command("merge", path, tmp_path / "nowhere.bundle", "--dry-run").returncode == 1


def test_how_much_there_is_to_send_is_told_beforehand(project: Project, copy: Project, article: str) -> None:
    copy.annotate(article, 4, 9, "actor")
    whole, new = copy.sendable(), copy.sendable(since_last=True, to="R1")
    report = copy.send(copy.path.with_name("whole.bundle"), to="R1")
    assert (whole.operations, whole.articles) == (report.operations, report.articles)
    assert (new.articles, new.operations) == (0, copy.sendable(reviewers=["R2"]).operations)
    assert copy.sendable(since_last=True, to="R1").operations == 0
    assert {"R1"} == set(copy.exchanged_with())


def test_sending_tells_how_far_it_is_and_can_be_stopped(project: Project, article: str, tmp_path: Path) -> None:
    for start in range(0, 300):
        project.revise(project.annotate(article, 0, 3, "actor").id, note=str(start))
    told: list[tuple[int, int]] = []
    out = tmp_path / "out.bundle"
    with pytest.raises(SendingCancelled):
        project.send(out, progress=lambda *now: told.append(now), cancel=lambda: len(told) == 3)
    assert told[0] < told[1] < told[2] <= (told[0][1], told[0][1])
    assert not list(tmp_path.glob("*out.bundle*"))
    assert project.exchanged_with() == []


def test_what_is_good_is_taken_and_what_is_refused_is_left(project: Project, copy: Project, article: str) -> None:
    folder = copy.path.parent
    copy.annotate(article, 4, 9, "actor")
    copy.send(folder / "good.bundle")
    (folder / "bad.bundle").write_bytes(b"no bundle")
    both = [folder / "bad.bundle", folder / "good.bundle"]
    with pytest.raises(NotABundle):
        project.receive(both)
    report = project.receive(both, leave_refused=True)
    assert report.annotations == 1
    assert [one.file for one in report.refused] == ["bad.bundle"]
    assert project.merges()[0].senders == ("R2",)
    again = project.receive([folder / "bad.bundle"], leave_refused=True)
    assert (again.merge, len(again.refused), len(project.merges())) == (None, 1, 1)
    assert len(list(folder.glob("*.before-merge*"))) == 1


def test_a_bundle_is_known_by_its_content(project: Project, tmp_path: Path) -> None:
    project.send(tmp_path / "renamed.zip")
    assert is_bundle(tmp_path / "renamed.zip")
    (tmp_path / "other.zip").write_bytes(b"PK")
    assert not is_bundle(tmp_path / "other.zip")
    assert not is_bundle(tmp_path)
    assert manifest_of(tmp_path / "renamed.zip").sender == "R1"


def test_a_copy_that_cannot_begin_leaves_no_file(project: Project, copy: Project, tmp_path: Path) -> None:
    copy.send(tmp_path / "part.bundle", since_last=True, to="R1")
    before = {one.name for one in tmp_path.iterdir()}
    with pytest.raises(MissingWork):
        Project.create_from(tmp_path / "new.hashiya", [tmp_path / "part.bundle"], reviewer="R3")
    assert {one.name for one in tmp_path.iterdir()} == before
