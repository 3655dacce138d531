"""A project whose one article two or more reviewers have marked, each in their own way."""

from __future__ import annotations

from pathlib import Path

from annotator import Project

LEAD, FIRST, SECOND = "سامية", "أمل", "باسم"  # in the order of the alphabet: side A is أمل, side B باسم
SPANS = {
    FIRST: ((6, 26, "actor"), (31, 137, "claim"), (47, 75, "actor"), (109, 123, "place"), (94, 99, "actor")),
    SECOND: ((6, 26, "actor"), (31, 137, "claim"), (47, 68, "actor"), (109, 123, "place"), (94, 99, "place")),
}
ONLY_SECOND = (194, 208, "claim")


def two_layers(path: Path, *, reviewers: tuple[str, ...] = (FIRST, SECOND)) -> str:
    """Make the project, led by LEAD, and return the id of its article.

    They agree on two marks and differ in a boundary, a label, a part of the frame, and one that only the second has.
    """
    with Project.create(path, reviewer=LEAD, starter=True) as project:
        article = project.first_article() or ""
        for name in reviewers:
            project.switch_reviewer(name)
            for start, end, label in SPANS.get(name, SPANS[FIRST]):
                made = project.annotate(article, start, end, label)
                if label == "claim":
                    project.frame(made.id, kind="statement" if name == FIRST else "denial")
            if name == SECOND:
                project.annotate(article, *ONLY_SECOND)
            project.set_state([article], "done")
    return article
