"""What is kept beside the log (queue, register, searches, near copies) is right after receiving and after taking back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from whole_project import whole_project

from annotator import Change, Project
from annotator.queue_rows import QueueRows

NEW = (
    "قصف الجيش السوري مواقع في ريف حلب الشرقي مساء أمس، ونفت الإدارة الذاتية ذلك في بيان نشرته وكالات الأنباء اليوم.\n"
)
QUERIES = ("الج", "جيش", "دير", "حزب", "")


class Follower:
    """Follows a project as a window does: by what changes tell, with everything that is kept in memory."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.rows: QueueRows = project.queue()
        self.told: set[str] = set()
        self.candidates()
        self.hits()
        project.subscribe(self._follow)

    def _follow(self, change: Change) -> None:
        self.told |= set(change.kinds)
        self.rows = self.project.queue_after(self.rows, change.ids)

    def candidates(self) -> list[object]:
        return [self.project.find_entities(query) for query in QUERIES]

    def hits(self) -> list[object]:
        return [list(self.project.search(query)) for query in ("الجيش", "حلب", "ناطق")]

    def prove(self) -> None:
        """Prove that what is held is what a fresh look finds."""
        assert self.rows.rows == self.project.queue().rows
        with Project.open(self.project.path, read_only=True) as fresh:
            assert self.candidates() == [fresh.find_entities(query) for query in QUERIES]
            for article in fresh.articles():
                assert self.project.near_copies(article.id) == fresh.near_copies(article.id)
            assert self.project.mention_counts() == fresh.mention_counts()
            assert self.project.statistics() == fresh.statistics()
            assert self.hits() == [list(fresh.search(query)) for query in ("الجيش", "حلب", "ناطق")]


@pytest.fixture
def lead(tmp_path: Path) -> Iterator[Project]:
    with whole_project(tmp_path / "lead.hashiya") as lead:
        (tmp_path / "first.txt").write_text(NEW * 3, "utf-8")
        lead.import_files([tmp_path / "first.txt"])
        yield lead


@pytest.fixture
def other(lead: Project, tmp_path: Path) -> Iterator[Project]:
    lead.send(tmp_path / "all.bundle")
    with Project.create_from(tmp_path / "other.hashiya", [tmp_path / "all.bundle"], reviewer="R3") as other:
        yield other


def test_all_that_is_kept_follows_a_receipt_and_its_taking_back(lead: Project, other: Project, tmp_path: Path) -> None:
    article = next(one.id for one in lead.articles() if lead.annotations(one.id))
    (tmp_path / "near.txt").write_text(NEW * 3 + "تحديث من المراسل.\n", "utf-8")
    (tmp_path / "new.txt").write_text("ناطق باسم حزب جديد ينفي ما قيل.\n", "utf-8")
    other.import_files([tmp_path / "near.txt", tmp_path / "new.txt"])
    party = other.add_entity("actor", ["حزب جديد"])
    mark = other.annotate(article, 6, 11, "actor")
    other.link(mark.id, party.id)
    army = next(one for one in other.entities() if not one.merged_into and one.kind == "actor" and one.id != party.id)
    other.merge_entities(party.id, army.id)
    other.set_state([article], "done")
    other.send(tmp_path / "work.bundle", since_last=True)

    follower = Follower(lead)
    before = (follower.rows.rows, follower.candidates(), follower.hits())
    lead.receive([tmp_path / "work.bundle"])
    assert {"article", "annotation", "entity", "link", "reading"} <= follower.told
    assert len(follower.rows.rows) == 4
    follower.prove()
    lead.take_back()
    follower.prove()
    assert (follower.rows.rows, follower.candidates(), follower.hits()) == before
    lead.receive([tmp_path / "work.bundle"])
    follower.prove()


def test_the_row_of_an_article_forgets_annotations_that_were_taken_back(
    lead: Project, other: Project, tmp_path: Path
) -> None:
    """Nothing of such an annotation is left that tells in which article it was."""
    other.annotate(next(one.id for one in lead.articles() if lead.annotations(one.id)), 6, 11, "actor")
    other.send(tmp_path / "work.bundle", since_last=True)
    follower = Follower(lead)
    lead.receive([tmp_path / "work.bundle"])
    follower.prove()
    lead.take_back()
    follower.prove()


def test_mergers_that_meet_in_a_ring_leave_one_to_be_found(lead: Project, other: Project, tmp_path: Path) -> None:
    one, two = lead.add_entity("actor", ["حزب أول"]), lead.add_entity("actor", ["حزب ثان"])
    lead.send(tmp_path / "both.bundle", since_last=True)
    other.receive([tmp_path / "both.bundle"])
    lead.merge_entities(one.id, two.id)
    other.merge_entities(two.id, one.id)
    other.send(tmp_path / "ring.bundle", since_last=True)
    follower = Follower(lead)
    lead.receive([tmp_path / "ring.bundle"])
    found = {candidate.entity.id for candidate in lead.find_entities("حزب")}
    assert len(found & {one.id, two.id}) == 1
    follower.prove()
    lead.take_back()
    follower.prove()
