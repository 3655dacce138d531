"""A corrected article is a new version: what everybody marked in the old one is carried over, and asks to be confirmed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from annotator import FileChoice, Project, ProjectError
from annotator.frames import SaidTime
from annotator.model import Annotation
from annotator.reports import ImportReport

OLD = (
    "قصف الجيش السوري قرية حميمة في ريف حلب الشرقي.\n"
    "وأعلنت وزارة الدفاع يوم الجمعة مقتل 12 شخصا في دير حافر.\n"
    "وقال ناشطون إن القصف استمر ساعات.\n"
)
NEW = (
    "تصحيح: عدد القتلى.\n"
    "قصف الجيش السوري قرية حميمة في ريف حلب الشرقي.\n"
    "وأعلنت وزارة الدفاع يوم الجمعة مقتل 15 شخصا في دير حافر.\n"
)


class Newsroom:
    """A project with an article that two reviewers marked, and its corrected version in a file."""

    def __init__(self, project: Project, folder: Path) -> None:
        self.project = project
        self.files = [folder / "old.txt", folder / "new.txt"]
        for file, text in zip(self.files, (OLD, NEW), strict=True):
            file.write_text(text, encoding="utf-8")
        self.old = project.import_files(self.files[:1]).imported[0].article
        self.marks: dict[str, Annotation] = {}
        self.mark("الجيش السوري", "actor", note="نظامي")
        self.mark("حميمة", "place")
        self.mark("وزارة الدفاع", "actor")
        self.mark("مقتل 12 شخصا في دير حافر", "claim")
        self.mark("القصف استمر ساعات", "claim")
        self.frame()
        project.switch_reviewer("R2")
        self.mark("دير حافر", "place")
        project.judge(self.marks["مقتل 12 شخصا في دير حافر"].id, "unverifiable", reason="لا مصدر آخر")
        project.switch_reviewer("R1")

    def mark(self, words: str, label: str, note: str = "") -> None:
        start = OLD.index(words)
        self.marks[words] = self.project.annotate(self.old, start, start + len(words), label, note=note)

    def frame(self) -> None:
        claim, place = self.marks["مقتل 12 شخصا في دير حافر"].id, self.marks["حميمة"].id
        cue, day = OLD.index("وأعلنت"), OLD.index("يوم الجمعة")
        self.project.frame(
            claim, source=self.marks["وزارة الدفاع"].id, cue=[(cue, cue + 6)], places=[place],
            time=SaidTime("2026-01-16", "يوم الجمعة", day, day + 10),
        )  # fmt: skip
        self.project.relate(claim, "supports", self.marks["القصف استمر ساعات"].id)
        entity = self.project.add_entity("place", names=["حميمة"])
        self.project.link(place, entity.id)

    def correct(self) -> ImportReport:
        return self.project.import_files(self.files[1:], choices={self.files[1]: FileChoice(corrects={0: self.old})})


@pytest.fixture
def room(project: Project, tmp_path: Path) -> Newsroom:
    return Newsroom(project, tmp_path)


def carried(project: Project, article: str) -> dict[str, Annotation]:
    return {one.quote: one for one in project.annotations(article)}


def test_everybodys_marks_are_carried_over(room: Newsroom) -> None:
    report = room.correct()
    project, new = room.project, report.imported[0].article
    assert project.article(new).replaces == room.old
    marks = carried(project, new)
    assert set(marks) == {"الجيش السوري", "حميمة", "وزارة الدفاع", "مقتل 15 شخصا في دير حافر", "دير حافر"}
    assert {mark.quote for mark in marks.values() if mark.to_confirm} == {"مقتل 15 شخصا في دير حافر"}
    assert (marks["دير حافر"].reviewer, marks["حميمة"].reviewer) == ("R2", "R1")
    assert marks["الجيش السوري"].note == "نظامي"
    for old_words, mark in room.marks.items():
        now = marks.get(old_words.replace("12", "15"))
        assert now is None or now.carried_from == mark.id
    assert all(NEW[mark.start : mark.end] == mark.quote for mark in marks.values())
    assert (report.carried, len(report.lost)) == (5, 1)
    assert "القصف استمر ساعات" in str(report.lost[0].reason)
    assert project.check().problems == ()
    assert len(project.annotations(room.old)) == len(room.marks)


def test_frame_link_verdict_and_relations_come_along(room: Newsroom) -> None:
    project, new = room.project, room.correct().imported[0].article
    marks = carried(project, new)
    claim = marks["مقتل 15 شخصا في دير حافر"].id
    frame = project.frames(new)[claim]
    assert frame.source
    assert frame.source.annotation == marks["وزارة الدفاع"].id
    assert [one.quote for one in frame.cue] == ["وأعلنت"]
    assert [(one.annotation, one.removed) for one in frame.places] == [(marks["حميمة"].id, False)]
    assert frame.time
    assert NEW[frame.time.start : frame.time.end] == "يوم الجمعة"
    assert [(one.reviewer, one.value) for one in project.verdicts(new)[claim]] == [("R2", "unverifiable")]
    assert project.links(new)[marks["حميمة"].id].entity
    assert [(one.a, one.b) for one in project.relations(claim)] == [(claim, room.marks["القصف استمر ساعات"].id)]


def test_what_a_frame_points_to_stays_by_its_words_when_it_is_gone(room: Newsroom, tmp_path: Path) -> None:
    file = tmp_path / "third.txt"
    file.write_text("وأعلنت الوزارة يوم الجمعة مقتل 12 شخصا في دير حافر.\n", encoding="utf-8")
    report = room.project.import_files([file], choices={file: FileChoice(corrects={0: room.old})})
    frames = room.project.frames(report.imported[0].article)
    (frame,) = frames.values()
    assert frame.source
    assert (frame.source.words, frame.source.removed) == ("وزارة الدفاع", True)
    assert [(one.words, one.removed) for one in frame.places] == [("حميمة", True)]
    assert room.project.check().problems == ()


def test_the_import_and_all_it_carried_is_one_step(room: Newsroom) -> None:
    new = room.correct().imported[0].article
    before = room.project.annotations(new)
    for _ in range(2):
        assert room.project.undo()
        assert new not in {one.id for one in room.project.articles()}
        assert room.project.redo()
        assert room.project.annotations(new) == before
    assert room.project.check().problems == ()


def test_two_articles_already_there_become_versions(
    room: Newsroom, prove: Callable[[Project, Callable[[], object]], None]
) -> None:
    new = room.project.import_files(room.files[1:]).imported[0].article
    prove(room.project, lambda: room.project.carry_over(room.old, new))
    assert room.project.article(new).replaces == room.old
    again = room.project.carry_over(room.old, new)
    assert again.annotations == 0
    with pytest.raises(ProjectError):
        room.project.carry_over(new, new)
    with pytest.raises(ProjectError):
        room.project.carry_over(new, room.old)


def test_correcting_what_is_not_there_is_refused(room: Newsroom) -> None:
    choices = {room.files[1]: FileChoice(corrects={0: "00000000-0000-0000-0000-000000000000"})}
    report = room.project.import_files(room.files[1:], choices=choices)
    assert report.imported == []
    assert "not in the project" in str(report.failed[0].reason)


def test_the_newest_version_is_the_one_to_correct(room: Newsroom, tmp_path: Path) -> None:
    new = room.correct().imported[0].article
    third = tmp_path / "more" / "new.txt"
    third.parent.mkdir()
    third.write_text(NEW.replace("15", "16"), encoding="utf-8")
    assert room.project.survey([third]).found[0].corrects == new
