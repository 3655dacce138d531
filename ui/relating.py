"""How the claims of the shown article are linked to others: what their cards say of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from annotator import Annotation, Change, Project
from annotator.model import CLAIM
from ui.translate import isolated, tr, trn

_TOUCHING = frozenset({"relation", "annotation"})
_LONGEST = 60
CONTRADICTS = "contradicts"


@dataclass(frozen=True, slots=True)
class Related:
    """How many links a claim has, and the words of the claims that contradict it, each once."""

    links: int
    contradictions: tuple[str, ...]


def related_of(
    project: Project,
    before: Mapping[str, Related],
    annotations: Iterable[Annotation],
    changes: Iterable[Change],
    *,
    same: bool,
) -> Mapping[str, Related]:
    """Return those claims of an article that have links; `same` says that `before` is of this article."""
    changes = [change for change in changes if change.action not in ("annotate", "annotate_hits")]
    kinds = {kind for change in changes for kind in change.kinds}
    if same and not kinds & _TOUCHING:
        return before
    only_revised = same and all(change.action == "revise" for change in changes)  # which changes words, and no link
    claims = before if only_revised else [one.id for one in annotations if one.label == CLAIM]
    found = ((claim, _related(project, claim)) for claim in claims)
    return {claim: related for claim, related in found if related}


def card_line(related: Related | None) -> str:
    """Return what a claim's card says of its links: contradictions by their words, else how many links; or nothing."""
    if related is None:
        return ""
    if not related.contradictions:
        return trn("{count} link", "{count} links", related.links)
    first, count = related.contradictions[0], len(related.contradictions)
    words = " ".join(first[: 2 * _LONGEST].split())
    told = tr("≠ Contradicted: {words}").format(words=f"«{isolated(words[:_LONGEST])}»")
    return told if count == 1 else told + " " + trn("and {count} more", "and {count} more", count - 1)


def _related(project: Project, claim: str) -> Related | None:
    relations = project.relations(claim)
    against = {one.b if one.a == claim else one.a: None for one in relations if one.type == CONTRADICTS}
    others = filter(None, map(project.find_annotation, against))
    return Related(len(relations), tuple(other.quote for other in others)) if relations else None
