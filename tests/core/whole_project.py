"""A project in which there is something of everything."""

from __future__ import annotations

from pathlib import Path

from annotator import Project

ROOT = Path(__file__).parents[2]


def whole_project(path: Path) -> Project:
    """A project in which there is something of everything."""
    project = Project.create(path, reviewer="R1", starter=True)
    project.import_gold(ROOT / "tests/data/seed_gold.json")
    article = project.articles()[0].id
    marks = {
        label: [one for one in project.annotations(article) if one.label == label]
        for label in ("actor", "place", "claim")
    }
    army = project.add_entity("actor", ["الجيش", ("جيش", "abbr")], subtype="state_force", notes="ملاحظة")
    gone = project.add_entity("actor", ["الجيش السوري"], external={"wikidata": "Q1"})
    place = project.add_entity("place", ["دير حافر"], latitude=36.159, longitude=37.707, precision="locality")
    project.link(marks["actor"][0].id, gone.id)
    project.link(marks["actor"][1].id, "ambiguous")
    project.link(marks["place"][0].id, place.id)
    project.merge_entities(army.id, gone.id)
    one, two = marks["claim"][:2]
    project.frame(one.id, places=[marks["place"][0].id], time="2026-01-16", about=[(marks["actor"][1].id, "does")])
    project.frame(two.id, parent=one.id)
    project.relate(one.id, "contradicts", two.id, note="x")
    project.judge(one.id, "contested", reason="سبب")
    project.add_label("weapon", names={"ar": "سلاح", "en": "Weapon"}, colour="#882255")
    project.revise_label("claim", colour="#000000", example="[كذا]")
    project.annotate(article, 0, 5, "weapon")
    project.remove(marks["actor"][0].id)
    project.switch_reviewer("R2")
    project.judge(one.id, "refuted", reason="سبب آخر")
    return project
