"""A project in which two reviewers marked one article, and a lead who may settle it."""

from __future__ import annotations

from pathlib import Path

from annotator import Project

TEXT = "أعلن الجيش السوري اليوم أن عناصر من قسد انشقوا قرب دير حافر، بحسب سانا التي نقلت الخبر."
"""The text that both read: الجيش السوري 5–17, قسد 36–39, دير حافر 51–59, سانا 66–70."""


def two_readers(path: Path) -> tuple[Project, str]:
    """Return the project, open for its lead, and the article: R1 and R2 marked it and are done with it."""
    text = path.with_suffix(".txt")
    text.write_text(TEXT, encoding="utf-8")
    project = Project.create(path, reviewer="Lead")
    article = project.import_files([text]).imported[0].article
    for name, army in (("R1", (5, 17)), ("R2", (5, 10))):
        project.switch_reviewer(name)
        actor = project.annotate(article, *army, "actor")
        project.annotate(article, 36, 39, "actor")
        claim = project.annotate(article, 23, 59, "claim")
        project.frame(claim.id, source=actor.id, cue=[(0, 4)], mode="indirect" if name == "R1" else "direct")
        if name == "R1":
            project.annotate(article, 51, 59, "place")
        project.set_state([article], "done")
    project.switch_reviewer("Lead")
    return project, article


def marks_of(project: Project, article: str, name: str) -> dict[str, str]:
    """Return the ids of a reviewer's annotations by their words."""
    return {one.quote: one.id for one in project.annotations(article) if one.reviewer == name}
