"""The final layer of an article: what its decisions made, put together.

A frame of a final claim was taken over as it stood in its layer. It is read as pointing to final annotations: to the one
that was made of what it points to, also where another side's mark was taken for that. Where nobody decided yet, or nothing was
taken, the frame keeps the words and says that the annotation is removed; a claim quoted in such a claim stands alone then.
Relations of which a claim is not in the final layer are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from annotator.decisions import Decision, FinalAnnotation, FinalRelation
from annotator.frames import ClaimFrame, Mention, Participant, Relation, Speaker, Verdict
from annotator.model import Annotation, Final
from annotator.review.comparing import Side

FINAL = "final"
_Pointing = TypeVar("_Pointing", Speaker, Mention, Participant)


def side_of(final: Final) -> Side:
    """Return a final layer as a side that layers can be compared with."""
    return Side(FINAL, final.annotations, final.frames, final.links, final.relations, final.verdicts, "final")


def final_of(
    decisions: Iterable[Decision],
    verdicts: Mapping[str, tuple[Verdict, ...]],
    elsewhere: Mapping[str, str] | None = None,
) -> Final:
    """Return what decisions about an article made; the reviewers' verdicts are those on the claims that were decided about.

    `elsewhere` maps claims of other articles' layers to final ones, for relations across articles.
    """
    decisions = list(decisions)
    became = final_ids(decisions)
    ends = {**(elsewhere or {}), **became}
    finals = [one for decision in decisions for one in decision.finals]
    annotations = sorted(map(annotation_of, finals), key=lambda one: (one.start, -one.end, one.id))
    words = {one.id: one.words for one in annotations}
    return Final(
        annotations=tuple(annotations),
        frames={one.id: _frame(one.frame, one.id, became, words) for one in finals if one.frame},
        links={one.id: replace(one.link, annotation=one.id) for one in finals if one.link},
        relations=tuple(_relations(decisions, ends)),
        verdicts=_verdicts(verdicts, became),
        finals={one.id: one for one in finals},
        became=became,
    )


def annotation_of(final: FinalAnnotation) -> Annotation:
    """Return a final annotation as an annotation of the lead who decided."""
    return Annotation(
        final.id, final.article, final.label, final.start, final.end, final.quote, final.note, final.reviewer,
        final.created_at, final.updated_at, final.form, final.label_set,
    )  # fmt: skip


def final_ids(decisions: Iterable[Decision]) -> dict[str, str]:
    """Return for annotations of layers the final ones that were made of them; what was not taken is left out."""
    found: dict[str, str] = {}
    for decision in decisions:
        for final in decision.finals:
            found.update(dict.fromkeys(final.sources, final.id))
        if len(decision.finals) == 1:
            found.update(dict.fromkeys(decision.source_ids, decision.finals[0].id))
    return found


def _frame(frame: ClaimFrame, claim: str, became: Mapping[str, str], words: Mapping[str, str]) -> ClaimFrame:
    def pointed(one: _Pointing) -> _Pointing:
        if not one.annotation:
            return one
        final = became.get(one.annotation)
        if final is None:
            return replace(one, removed=True)
        return replace(one, annotation=final, words=words.get(final, one.words), removed=False)

    return replace(
        frame,
        claim=claim,
        source=pointed(frame.source) if frame.source else None,
        via=pointed(frame.via) if frame.via else None,
        about=tuple(map(pointed, frame.about)),
        places=tuple(map(pointed, frame.places)),
        parent=became.get(frame.parent, ""),
    )


def _relations(decisions: Iterable[Decision], ends: Mapping[str, str]) -> Iterable[Relation]:
    found = [one for decision in decisions for one in decision.relations]
    for one in sorted(found, key=lambda relation: relation.id):
        relation = _relation(one, ends)
        if relation:
            yield relation


def _relation(one: FinalRelation, ends: Mapping[str, str]) -> Relation | None:
    a, b = ends.get(one.a), ends.get(one.b)
    if not a or not b or a == b:
        return None
    return Relation(one.id, a, one.type, b, one.note, one.reviewer, one.updated_at)


def _verdicts(verdicts: Mapping[str, tuple[Verdict, ...]], became: Mapping[str, str]) -> dict[str, tuple[Verdict, ...]]:
    """Return the verdicts by final claim: of one reviewer's on several claims that became one, the newest."""
    newest: dict[str, dict[str, Verdict]] = {}
    for claim, given in verdicts.items():
        final = became.get(claim)
        for one in given if final else ():
            kept = newest.setdefault(final or "", {})
            if one.reviewer not in kept or one.updated_at > kept[one.reviewer].updated_at:
                kept[one.reviewer] = replace(one, claim=final or "")
    return {claim: tuple(kept[name] for name in sorted(kept)) for claim, kept in newest.items()}
