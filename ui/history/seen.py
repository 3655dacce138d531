"""An article of the past, read in the worker's thread, in the form in which the window shows articles."""

from __future__ import annotations

from dataclasses import dataclass

from annotator import Project
from annotator.errors import BadMoment, NotThereThen
from annotator.language import Sentence
from annotator.log_entry import Past
from ui.register.linked import Linked
from ui.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Seen:
    """What there was at a time, or `problem`: why there is nothing to be seen. `now` counts the annotations of today."""

    article: str
    asked: str
    at: str
    then: Snapshot
    now: int = 0
    problem: Sentence | None = None


def seen(project: Project, article: str, at: str) -> Seen:
    """Return an article as it was at a time, or after a step."""
    try:
        past = project.as_of(article, at)
    except (NotThereThen, BadMoment) as error:
        return Seen(article, at, at, Snapshot(), problem=error.sentence)
    return Seen(article, at, past.at, _snapshot(project, past), len(project.annotations(article)))


def _snapshot(project: Project, past: Past) -> Snapshot:
    marked = past.marked
    return Snapshot(
        path=project.path,
        reviewer=project.reviewer,
        labels=tuple(project.labels()),
        article=marked.article,
        annotations=tuple(marked.annotations),
        linked=Linked(marked.links, past.entities),
        frames=marked.frames,
        verdicts=marked.verdicts,
        label_set=project.label_set(),
        readings=past.readings,
    )
