"""Annotations of other tools get ids of ours: they follow from what is marked, so that importing twice marks nothing twice."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from annotator.model import Annotation
from annotator.readers.draft import Draft
from annotator.store.clock import iso_time, system_milliseconds, uuid_bytes, uuid_text
from annotator.store.identity import gold_id

Marked = tuple[str, str, int, int]


def is_foreign(annotation: Annotation) -> bool:
    """Tell whether an annotation has no id of ours yet."""
    return uuid_bytes(annotation.id) is None


def marked(annotation: Annotation) -> Marked:
    """Return what an annotation says, without its id: whoever marks the same twice has marked it once."""
    return annotation.reviewer, annotation.label, annotation.start, annotation.end


def adopted(draft: Draft, *, reviewer: str, label_set: int, known: Collection[Marked]) -> Draft:
    """Return the draft with annotations and relations as the project has them, without those that are `known`.

    Annotations for which the file names nobody are this reviewer's, and so are relations between them.
    """
    given: dict[str, Annotation] = {}
    own: dict[str, Annotation] = {}
    for one in draft.annotations:
        named = one._replace(reviewer=one.reviewer or reviewer, label_set=label_set)
        identity = uuid_text(gold_id("foreign", draft.sha256, *marked(named)))
        made = named._replace(id=identity)
        given.setdefault(one.id, made)
        if marked(made) not in known:
            own.setdefault(identity, made)
    now = iso_time(system_milliseconds())
    relations = tuple(
        replace(one, a=given[one.a].id, b=given[one.b].id, reviewer=one.reviewer or reviewer, updated_at=now)
        for one in draft.relations
        if given[one.a].id in own and given[one.b].id in own
    )
    return replace(draft, annotations=tuple(own.values()), relations=relations)
