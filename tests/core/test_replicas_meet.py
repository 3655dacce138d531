"""Random histories on four replicas, clocks wrong by years, exchanged in any order with losses and repeats: all end equal.

What is expected is worked out here from the operations alone, in another way than in the product.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from annotator import Project
from annotator.bundle_errors import MissingWork, NothingToSend
from annotator.errors import ChangedSince, NotAClaim
from annotator.store import projection
from annotator.store.clock import Clock, system_milliseconds

YEAR = 365 * 86_400_000
CLOCKS = (0, -2 * YEAR, 5 * YEAR, -400 * 86_400_000)
REVIEWERS = ("A", "A", "B", "C")
TABLES = (
    "annotation", "article", "assignment", "attribute", "copy", "entity", "filter", "frame", "label", "link", "reading",
    "relation", "reviewer", "verdict",
)  # fmt: skip
replicas = st.integers(0, 3)


class Replicas(RuleBasedStateMachine):
    """Four copies of one project; the first two are of one reviewer."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.time = system_milliseconds()
        self.projects: list[Project] = []
        self.bundles: list[Path] = []
        self.written: set[bytes] = set()
        first = Project.create(self.folder / "0.hashiya", reviewer=REVIEWERS[0], starter=True)
        self._own(first, 0)
        first.annotate(first.articles()[0].id, 0, 5, "claim")
        first.send(self.folder / "start")
        self.article = first.articles()[0].id
        for number in (1, 2, 3):
            path = self.folder / f"{number}.hashiya"
            self._own(Project.create_from(path, [self.folder / "start"], reviewer=REVIEWERS[number]), number)

    def _own(self, project: Project, number: int) -> None:
        project._connection.execute("PRAGMA synchronous = OFF")
        newest = project._connection.execute("SELECT max(id) FROM op").fetchone()[0]
        project._log.clock = Clock(newest, now=lambda: self._now(number))
        self.projects[number:] = [project, *self.projects[number + 1 :]]

    def _now(self, number: int) -> int:
        self.time += 7
        return self.time + CLOCKS[number]

    def teardown(self) -> None:
        if hasattr(self, "projects"):
            try:
                self._meet()
                self._all_are_equal()
            finally:
                for project in self.projects:
                    project.close()
                shutil.rmtree(self.folder)

    # -- work -----------------------------------------------------------------------------------------------------

    @rule(number=replicas, start=st.integers(0, 200), label=st.sampled_from(["actor", "place", "claim"]))
    def mark(self, number: int, start: int, label: str) -> None:
        self._does(number, lambda project: project.annotate(self.article, start, start + 4, label))

    @rule(number=replicas, pick=st.integers(0, 50), note=st.sampled_from(["x", "y", "z"]), moved=st.booleans())
    def revise(self, number: int, pick: int, note: str, moved: bool) -> None:
        mark = self._own_mark(number, pick)
        if mark:
            given: dict[str, Any] = {"end": mark.end + 1, "label": "place"} if moved else {"note": note}
            self._does(number, lambda project: project.revise(mark.id, **given))

    @rule(number=replicas, pick=st.integers(0, 50))
    def remove(self, number: int, pick: int) -> None:
        mark = self._own_mark(number, pick)
        if mark:
            self._does(number, lambda project: project.remove(mark.id))

    @rule(number=replicas, pick=st.integers(0, 50), mode=st.sampled_from(["", "direct", "indirect"]))
    def frame(self, number: int, pick: int, mode: str) -> None:
        mark = self._own_mark(number, pick)
        if mark:
            self._does(number, lambda project: project.frame(mark.id, mode=mode, cue=[(mark.start, mark.end)]))

    @rule(number=replicas, pick=st.integers(0, 50), verdict=st.sampled_from(["contested", "refuted", "not_examined"]))
    def judge(self, number: int, pick: int, verdict: str) -> None:
        claims = [one for one in self.projects[number].annotations(self.article) if one.label == "claim"]
        if claims:
            claim = claims[pick % len(claims)].id
            self._does(number, lambda project: project.judge(claim, verdict, reason="سبب"))

    @rule(number=replicas, pick=st.integers(0, 50), answer=st.sampled_from(["unknown", "ambiguous"]))
    def link(self, number: int, pick: int, answer: str) -> None:
        mark = self._own_mark(number, pick)
        if mark:
            self._does(number, lambda project: project.link(mark.id, answer))

    @rule(number=replicas, title=st.sampled_from(["عنوان", "آخر"]))
    def describe(self, number: int, title: str) -> None:
        self._does(number, lambda project: project.describe(self.article, title=title))

    @rule(number=replicas, state=st.sampled_from(["done", "todo"]))
    def say_done(self, number: int, state: str) -> None:
        self._does(number, lambda project: project.set_state([self.article], state))

    @rule(number=replicas, name=st.sampled_from(["one", "two"]))
    def keep_filter(self, number: int, name: str) -> None:
        self._does(number, lambda project: project.save_filter(name, f"state:{'todo' if number % 2 else 'done'}"))

    @rule(number=replicas, words=st.sampled_from(["مقال أول", "مقال ثان"]))
    def import_one(self, number: int, words: str) -> None:
        file = self.folder / f"{number}-{words}.txt"
        file.write_text(f"{words}\nقصف الجيش القرية.\n", "utf-8")
        self._does(number, lambda project: project.import_files([file]))

    @rule(number=replicas)
    def undo(self, number: int) -> None:
        self._does(number, lambda project: project.undo())

    @rule(number=replicas)
    def redo(self, number: int) -> None:
        self._does(number, lambda project: project.redo())

    @rule(number=replicas, pick=st.integers(0, 20))
    def settle(self, number: int, pick: int) -> None:
        found = self.projects[number].conflicts()
        if found:
            one = found[pick % len(found)]
            side = one.sides[pick % len(one.sides)]
            self.projects[number].settle_conflict(one.entity, side.operation)
            assert one.entity not in {left.entity for left in self.projects[number].conflicts()}

    @rule(number=replicas)
    def close_and_open(self, number: int) -> None:
        project = self.projects[number]
        project.close()
        self._own(Project.open(project.path, reviewer=REVIEWERS[number]), number)

    @rule(number=replicas)
    def crash(self, number: int) -> None:
        """Without a clean close the next session writes a new replica."""
        project = self.projects[number]
        project._log.replica = b""
        project.close()
        self._own(Project.open(project.path, reviewer=REVIEWERS[number]), number)

    def _does(self, number: int, command: Callable[[Project], object]) -> None:
        try:
            command(self.projects[number])
        except ChangedSince:
            return  # a shared thing that somebody else has changed since is not taken back
        except NotAClaim:
            return  # only a claim has a frame

    def _own_mark(self, number: int, pick: int) -> Any:
        own = [
            one for one in self.projects[number].annotations(self.article)
            if one.reviewer == REVIEWERS[number]
        ]  # fmt: skip
        return own[pick % len(own)] if own else None

    # -- exchange -------------------------------------------------------------------------------------------------

    @rule(number=replicas, since_last=st.booleans())
    def send(self, number: int, since_last: bool) -> None:
        path = self.folder / f"{len(self.bundles)}.bundle"
        try:
            self.projects[number].send(path, since_last=since_last)
        except NothingToSend:
            return
        self.bundles.append(path)

    @rule(number=replicas, picks=st.lists(st.integers(0, 100), min_size=1, max_size=3))
    def receive(self, number: int, picks: list[int]) -> None:
        """Some of the bundles that are on their way, also those of long ago, also again; some never arrive."""
        if not self.bundles:
            return
        chosen = {self.bundles[pick % len(self.bundles)] for pick in picks}
        before = log_of(self.projects[number])
        preview = self.projects[number].look_at(chosen)
        assert log_of(self.projects[number]) == before
        try:
            report = self.projects[number].receive(chosen)
        except MissingWork:
            assert preview.refused
            assert log_of(self.projects[number]) == before
            return
        assert (report.new, report.known, report.conflicts) == (preview.new, preview.known, preview.conflicts)
        assert log_of(self.projects[number]) >= before
        assert len(log_of(self.projects[number])) == len(before) + report.new
        assert self.projects[number].receive(chosen).new == 0

    @invariant()
    def nothing_is_lost(self) -> None:
        if hasattr(self, "projects"):
            for project in self.projects:
                assert state_of(project) == expected_state(project)

    def _meet(self) -> None:
        """Everybody sends everything to the first, who sends it back."""
        for number in (1, 2, 3):
            path = self.folder / f"last-{number}"
            self.projects[number].send(path)
            self.projects[0].receive([path])
        self.projects[0].send(self.folder / "all")
        for number in (1, 2, 3):
            self.projects[number].receive([self.folder / "all"])

    def _all_are_equal(self) -> None:
        first = self.projects[0]
        conflicts = conflicts_of(first)
        assert conflicts == expected_conflicts(first)
        for project in self.projects:
            assert project.check().problems == ()
            assert log_of(project) == log_of(first)
            assert state_of(project) == state_of(first)
            assert steps_of(project) == steps_of(first)
            assert conflicts_of(project) == conflicts
            projection_after = tables_of(project)
            with project._connection:
                projection.rebuild(project._connection)
            assert tables_of(project) == projection_after


def log_of(project: Project) -> set[tuple[Any, ...]]:
    return set(
        project._connection.execute(
            "SELECT uuid, seq, id, step, action, target, reviewer, kind, entity, parents, body, hash "
            "FROM op JOIN replica USING (rid)"
        )
    )


def state_of(project: Project) -> dict[bytes, bytes]:
    """The operation that gives each thing its value now."""
    return {
        entity: op for table in TABLES for entity, op in project._connection.execute(f"SELECT id, op FROM {table}")
    }  # fmt: skip


def tables_of(project: Project) -> dict[str, list[Any]]:
    return {
        table: sorted(project._connection.execute(f"SELECT * FROM {table}"), key=repr) for table in (*TABLES, "step")
    }


def steps_of(project: Project) -> set[tuple[Any, ...]]:
    return set(
        project._connection.execute(
            "SELECT step.id, uuid, first_seq, last_seq, action, reviewer, state FROM step JOIN replica USING (rid)"
        )
    )


def conflicts_of(project: Project) -> dict[str, set[str]]:
    found = project.conflicts(everybody=True)
    return {one.entity.replace("-", ""): {side.operation.replace("-", "") for side in one.sides} for one in found}


def operations_of(project: Project) -> list[dict[str, Any]]:
    rows = project._connection.execute(
        "SELECT hex(id), hex(step), hex(target), action, reviewer, hex(entity), hex(parents), body FROM op ORDER BY id"
    )
    names = ("id", "step", "target", "action", "reviewer", "entity", "parents", "body")
    found = [dict(zip(names, row, strict=True)) for row in rows]
    for one in found:
        one["parents"] = [one["parents"][at : at + 32].lower() for at in range(0, len(one["parents"]), 32)]
        for name in ("id", "step", "target", "entity"):
            one[name] = one[name].lower()
    return found


def expected_state(project: Project) -> dict[bytes, bytes]:
    newest = {one["entity"]: one for one in operations_of(project)}
    return {
        bytes.fromhex(entity): bytes.fromhex(one["id"]) for entity, one in newest.items() if one["body"] is not None
    }


def expected_conflicts(project: Project) -> dict[str, set[str]]:
    """By ancestors: a value stands if no other value of the thing was made knowing of it.

    A settlement that was taken back never was: whoever looked at its undoing looked at the newest value that it had settled.
    """
    operations = operations_of(project)
    undone = expected_undone(operations)
    by_entity: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in operations:
        by_entity[one["entity"]].append(one)
    found = {}
    for entity, ops in by_entity.items():
        settled = {one["step"]: one for one in ops if one["action"] == "settle_conflict"}
        seen: dict[str, set[str]] = {}  # all that whoever looks at the operation has seen, with the operation looked at
        looks_at: dict[str, str] = {}
        for one in ops:
            travels = settled.get(one["target"])
            if one["step"] in settled and one["step"] in undone:
                looks_at[one["id"]] = looks_at[max(one["parents"])]
            elif travels:
                undoes = one["action"] == "undo"
                origin = max(travels["parents"]) if undoes else travels["id"]
                looks_at[one["id"]] = looks_at[origin]
            else:
                looks_at[one["id"]] = one["id"]
                seen[one["id"]] = {one["id"]}.union(*(seen[looks_at[parent]] for parent in one["parents"]))
        heads = {one for one in seen if not any(one in seen[other] for other in seen if other != one)}
        said = {_said(one["body"]) for one in ops if one["id"] in heads}
        if len(said) > 1:
            found[entity] = heads
    return found


def expected_undone(operations: list[dict[str, Any]]) -> set[str]:
    """The steps that are taken back and not done again, also when that can no longer be done."""
    undone: set[str] = set()
    for one in operations:
        if one["action"] == "undo":
            undone.add(one["target"])
        elif one["action"] == "redo":
            undone.discard(one["target"])
    return undone


def _said(body: str | None) -> str:
    value = json.loads(body) if body else None
    for name in ("created_at", "updated_at", "source"):
        if value:
            value.pop(name, None)
    return json.dumps(value, sort_keys=True)


TestReplicas = Replicas.TestCase
TestReplicas.settings = settings(
    max_examples=int(os.environ.get("HASHIYA_HISTORIES", "12")),
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
