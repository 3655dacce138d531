"""Entities that were merged on several laptops lead to one that stands, whatever was merged into what."""

from __future__ import annotations

from pathlib import Path

from annotator import Project


def laptops(tmp_path: Path) -> tuple[Project, Project, list[str], str]:
    """Two copies of a project with three names of one army, and a mark that is linked to the first."""
    (tmp_path / "a.txt").write_text("قصف الجيش حلب", "utf-8")
    one = Project.create(tmp_path / "one.hashiya", reviewer="Amal")
    one.import_files([tmp_path / "a.txt"])
    names = [one.add_entity("actor", [name]).id for name in ("الجيش", "جيش", "القوات")]
    mark = one.annotate(one.articles()[0].id, 4, 9, "actor").id
    one.link(mark, names[0])
    one.send(tmp_path / "start.bundle")
    other = Project.create_from(tmp_path / "other.hashiya", [tmp_path / "start.bundle"], reviewer="Basim")
    return one, other, names, mark


def exchange(tmp_path: Path, one: Project, other: Project) -> None:
    one.send(tmp_path / "one.bundle")
    other.send(tmp_path / "two.bundle")
    one.receive([tmp_path / "two.bundle"])
    other.receive([tmp_path / "one.bundle"])


def test_a_ring_of_mergers_leaves_one_that_stands(tmp_path: Path) -> None:
    one, other, (army, forces, _), mark = laptops(tmp_path)
    one.merge_entities(forces, army)  # the army is the forces
    other.merge_entities(army, forces)  # the forces are the army, said later
    exchange(tmp_path, one, other)
    for project in (one, other):
        standing = [entity.id for entity in project.entities() if entity.id in (army, forces)]
        assert standing == [army]
        assert project.links(project.articles()[0].id)[mark].entity == army
        assert project.check().problems == ()
    one.close()
    other.close()


def test_a_chain_of_mergers_leads_to_its_end(tmp_path: Path) -> None:
    one, other, (army, forces, troops), mark = laptops(tmp_path)
    one.merge_entities(forces, army)
    other.merge_entities(troops, forces)
    exchange(tmp_path, one, other)
    for project in (one, other):
        assert [entity.id for entity in project.entities()] == [troops]
        assert project.links(project.articles()[0].id)[mark].entity == troops
        assert project.check().problems == ()
    one.close()
    other.close()
