"""What the statistics tell, from projects whose figures can be counted by hand."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator import Project
from annotator.cli import main
from annotator.store import clock
from annotator.tallies import DayOfClaims, LabelCount, SourceClaims

TEXTS = ("أعلنت وزارة الدفاع عن دخول دير حافر.", "قالت سانا إن الجيش دخل مسكنة.", "لم يقل أحد شيئًا عن حلب.")
MINUTE = 60_000
BEGIN = 1_768_608_000_000  # 2026-01-17, midnight (UTC)


class Watch:
    """A clock that goes only when a test says so."""

    def __init__(self) -> None:
        self.now = BEGIN

    def wait(self, minutes: float) -> None:
        self.now += round(minutes * MINUTE)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    made = Watch()
    monkeypatch.setattr(clock.Clock.__init__, "__kwdefaults__", {"now": lambda: made.now})
    return made


@pytest.fixture
def read(tmp_path: Path, watch: Watch) -> Iterator[Project]:
    """Three articles of which Amal is reading the first."""
    for number, text in enumerate(TEXTS):
        (tmp_path / f"{number}.txt").write_text(text, "utf-8")
    with Project.create(tmp_path / "work.hashiya", reviewer="Amal") as project:
        project.import_files([tmp_path])
        yield project


def mark(project: Project, words: str, label: str) -> str:
    article = next(one for one in project.articles() if words in one.text)
    start = article.text.index(words)
    return project.annotate(article.id, start, start + len(words), label).id


def ids(project: Project) -> list[str]:
    return [one.id for one in sorted(project.articles(), key=lambda one: one.source.file)]


def test_an_empty_project_has_nothing_to_tell_but_its_labels(tmp_path: Path) -> None:
    with Project.create(tmp_path / "empty.hashiya", reviewer="Amal") as project:
        found = project.statistics()
        keys = [label.key for label in project.labels()]
    assert found.labels == tuple(LabelCount(key, "", 0) for key in keys)
    assert (found.progress, found.minutes, found.actors, found.places, found.sources, found.timeline) == ((),) * 6


def test_progress_counts_what_was_made_and_done_each_day(read: Project, watch: Watch) -> None:
    mark(read, "سانا", "actor")
    mark(read, "مسكنة", "place")
    watch.wait(24 * 60)
    mark(read, "حلب", "place")
    read.set_state(ids(read)[:2], "done")
    read.switch_reviewer("Basim")
    mark(read, "حلب", "place")
    told = [(one.day, one.reviewer, one.annotations, one.done) for one in read.statistics().progress]
    assert told == [("2026-01-17", "Amal", 2, 0), ("2026-01-18", "Amal", 1, 2), ("2026-01-18", "Basim", 1, 0)]


def test_labels_are_counted_by_reviewer(read: Project) -> None:
    mark(read, "سانا", "actor")
    read.switch_reviewer("Basim")
    mark(read, "سانا", "actor")
    mark(read, "الجيش", "actor")
    found = [one for one in read.statistics().labels if one.annotations]
    assert found == [LabelCount("actor", "Amal", 1), LabelCount("actor", "Basim", 2)]


def test_minutes_leave_pauses_out(read: Project, watch: Watch) -> None:
    """Two minutes, a long pause, one minute; a look at another article in between counts for neither."""
    first, second, _ = ids(read)
    mark(read, "وزارة الدفاع", "actor")
    watch.wait(2)
    claim = mark(read, "دخول دير حافر", "claim")
    watch.wait(40)
    read.frame(claim, mode="direct")
    watch.wait(1)
    read.set_state([first], "done")
    watch.wait(3)
    mark(read, "سانا", "actor")
    watch.wait(0.5)
    gone = mark(read, "الجيش", "actor")
    watch.wait(0.5)
    read.remove(gone)
    told = {one.article: (one.minutes, one.operations) for one in read.statistics().minutes}
    assert told == {first: (3.0, 4), second: (1.0, 3)}


def test_what_an_import_brings_took_no_time(read: Project, tmp_path: Path) -> None:
    mark(read, "سانا", "actor")
    read.export("jsonl", tmp_path / "work.jsonl")
    with Project.create(tmp_path / "other.hashiya", reviewer="Basim") as other:
        other.import_files([tmp_path / "work.jsonl"])
        assert other.stats().annotations == 1
        assert other.statistics().minutes == ()


def test_names_are_counted_by_entity_and_else_by_folded_words(read: Project) -> None:
    army = read.add_entity("actor", ["الجيش العربي السوري"])
    other = read.add_entity("actor", ["الجيش"])
    read.link(mark(read, "الجيش", "actor"), army.id)
    read.switch_reviewer("Basim")
    read.link(mark(read, "الجيش", "actor"), other.id)
    mark(read, "أحد", "actor")
    before = {one.name: (one.articles, one.mentions) for one in read.statistics().actors}
    assert before == {"الجيش العربي السوري": (1, 1), "الجيش": (1, 1), "أحد": (1, 1)}
    read.merge_entities(army.id, other.id)
    first, second = read.statistics().actors
    assert (first.name, first.entity, first.articles, first.mentions) == (army.name, army.id, 1, 2)
    assert (second.name, second.entity) == ("أحد", "")


def test_claims_by_source_verdict_and_day(read: Project) -> None:
    _, second, _ = ids(read)
    read.describe(second, date="2026-01-12")
    one = mark(read, "دخول دير حافر", "claim")
    two = mark(read, "الجيش دخل مسكنة", "claim")
    mark(read, "شيئًا عن حلب", "claim")
    read.frame(one, source=mark(read, "وزارة الدفاع", "actor"), time="2026-01-16")
    read.frame(two, source="outlet", time="2026-01")
    read.judge(one, "corroborated", reason="صورة")
    read.switch_reviewer("Basim")
    read.judge(one, "refuted", reason="بيان")
    read.judge(two, "corroborated", reason="صورة")
    found = read.statistics()
    assert set(found.sources) == {
        SourceClaims("وزارة الدفاع", "actor", "differing", 1),
        SourceClaims("", "outlet", "corroborated", 1),
        SourceClaims("", "", "not_examined", 1),
    }
    assert found.timeline == (
        DayOfClaims("", "article", 1), DayOfClaims("2026-01-12", "article", 1), DayOfClaims("2026-01-16", "claim", 1),
    )  # fmt: skip


def test_blind_mode_counts_nothing_of_others(read: Project) -> None:
    first, second, _ = ids(read)
    read.set_blind(True)
    mark(read, "سانا", "actor")
    mark(read, "الجيش", "actor")
    mark(read, "وزارة الدفاع", "actor")
    read.switch_reviewer("Basim")
    read.set_state([first], "done")
    found = read.statistics()
    assert [one.reviewer for one in found.progress if one.annotations] == ["Amal"]
    assert [one.annotations for one in found.labels if one.label == "actor"] == [1]
    assert {(one.article, one.reviewer) for one in found.minutes} == {(first, "Amal"), (first, "Basim")}
    assert [one.name for one in found.actors] == ["وزارة الدفاع"]
    read.set_state([second], "done")
    assert len(read.statistics().actors) == 3


def test_the_command_line_prints_and_writes_it(
    read: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mark(read, "سانا", "actor")
    read.close()
    assert main(["statistics", str(read.path)]) == 0
    assert "actors\tسانا\t\t1\t1" in capsys.readouterr().out.splitlines()
    assert main(["statistics", str(read.path), "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["labels"][0] == {"label": "actor", "reviewer": "Amal", "annotations": 1}
    assert main(["statistics", str(read.path), "--csv", str(tmp_path / "tables")]) == 0
    assert {one.stem for one in (tmp_path / "tables").iterdir()} == set(record)
    with (tmp_path / "tables" / "labels.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.DictReader(file)) == {"label": "actor", "reviewer": "Amal", "annotations": "1"}
    assert main(["statistics", str(read.path), "--csv", str(tmp_path / "tables")]) == 1  # what is there stays
