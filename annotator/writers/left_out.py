"""What hangs on annotations and has no place in a format: noted as losses, by the ids of the annotations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from annotator.frames import Relation
from annotator.model import MarkedArticle, MarkedProject
from annotator.reports import Reason
from annotator.writers.losses import (
    ACROSS,
    BEYOND_BMP,
    CARRIED,
    ENTITIES,
    FORMS,
    FRAMES,
    LINKS,
    NOTES,
    RELATIONS,
    REVIEWERS,
    SOURCES,
    TEXTS,
    VERDICTS,
    Losses,
)

_IDS: Mapping[Reason, Callable[[MarkedArticle], Iterable[str]]] = {
    TEXTS: lambda marked: (marked.article.id,),
    SOURCES: lambda marked: (marked.article.id,),
    FRAMES: lambda marked: marked.frames,
    LINKS: lambda marked: marked.links,
    NOTES: lambda marked: (one.id for one in marked.annotations if one.note),
    FORMS: lambda marked: (one.id for one in marked.annotations if one.form),
    RELATIONS: lambda marked: (one.a for one in marked.relations),
    ACROSS: lambda marked: (one.a for one in _across(marked)),
    REVIEWERS: lambda marked: (one.id for one in marked.annotations),
    CARRIED: lambda marked: (one.id for one in marked.annotations if one.carried_from or one.to_confirm),
    BEYOND_BMP: lambda marked: (marked.article.id,) if has_astral(marked.article.text) else (),
}


def _across(marked: MarkedArticle) -> list[Relation]:
    """Return the relations to claims of other articles, in their order: a set would have none that stays."""
    here = marked.own_relations if marked.relations else ()
    return [one for one in marked.relations if one not in here]


def leave_out(losses: Losses, marked: MarkedArticle, *reasons: Reason) -> None:
    """Note for an article what a format leaves out of it."""
    for reason in reasons:
        if reason is VERDICTS:
            for claim, verdicts in marked.verdicts.items():
                losses.add(reason, claim, count=len(verdicts))
        else:
            losses.add(reason, *_IDS[reason](marked))


def leave_out_entities(losses: Losses, project: MarkedProject) -> None:
    """Note that a format has no place for the register."""
    losses.add(ENTITIES, *(entity.id for entity in project.entities))


def has_astral(text: str) -> bool:
    """Tell whether a text has characters that take two units in UTF-16 (those beyond the basic multilingual plane)."""
    return len(text.encode("utf-16-le")) > 2 * len(text)
