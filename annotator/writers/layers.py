"""Articles as INCEpTION sees them: layers of spans with features, slots and relations, which `uima` and `webanno` write.

`custom.Span` and `custom.Relation` with their feature `label` are the names of INCEpTION's own generic layers, so a project
that has these gets our other features added. The built-in `NamedEntity` does not fit: it takes no further features, and a
label need not be a name. Sentences in `description` are what INCEpTION shows beside a layer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import orjson

from annotator.frames import ClaimFrame, Relation, Speaker, Verdict
from annotator.model import Annotation, MarkedArticle
from annotator.values import frame_value
from annotator.writers.standing import Standing


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """A layer: the UIMA type, its string features, and the type of the links of its slot `roles`, if it has one.

    A relation runs between two structures of the layer `between`.
    """

    name: str
    description: str
    features: tuple[str, ...]
    link: str = ""
    between: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Structure:
    """One thing on a layer: its place `[start, end)` in code points, the features that have a value, and what it points to.

    `roles` are the fillers of its slot. A relation runs from `governor` to `dependent` and stands where the latter does.
    """

    layer: Layer
    start: int
    end: int
    values: dict[str, str]
    roles: tuple[tuple[str, Structure], ...] = ()
    ends: tuple[Structure, Structure] | None = field(default=None)


PASSAGE = Layer(
    "custom.Passage",
    "Words that a claim frame points to and that are no annotation: its cue, an unnamed source, its time, its numbers.",
    ("role", "value", "claim"),
)
SPAN = Layer(
    "custom.Span",
    "An annotation of Hashiya: its label, whose it is, and the actor or place of the register that it was linked to.",
    (
        "label", "hashiyaId", "reviewer", "note", "form", "entity", "entityName", "createdAt", "updatedAt", "labelSet",
        "carriedFrom", "toConfirm",
    ),
)  # fmt: skip
VERDICT = Layer(
    "custom.Verdict",
    "What one reviewer holds of a claim, and why. A claim without one was not examined.",
    ("value", "reason", "reviewer", "claim", "updatedAt", "labelSet"),
)
FRAME = Layer(
    "custom.ClaimFrame",
    "Who says a claim, with which words, about whom, where and when. A claim is what somebody says, not a fact.",
    (
        "claim", "mode", "kind", "hedging", "sourceKind", "sourceWords", "viaKind", "viaWords", "time", "labelSet", "json",
    ),
    link="custom.ClaimFrameRolesLink",
)  # fmt: skip
RELATION = Layer(
    "custom.Relation",
    "That a claim repeats, supports or contradicts another one, as one reviewer sees it.",
    ("label", "note", "reviewer", "updatedAt"),
    between=SPAN.name,
)
LAYERS = (PASSAGE, SPAN, VERDICT, FRAME, RELATION)
"""All layers, in the order in which TSV declares them: plain spans, spans with slots, relations."""


def structures(marked: MarkedArticle, register: Standing) -> list[Structure]:
    """Return all that is marked in an article, a structure before those that point to it."""
    spans = {one.id: _span(one, marked, register) for one in marked.annotations}
    found = list(spans.values())
    for claim, frame in marked.frames.items():
        found += _framed(spans[claim], frame, spans)
    for claim, verdicts in marked.verdicts.items():
        found += [_verdict(spans[claim], verdict) for verdict in verdicts]
    found += [_relation(spans, one) for one in marked.own_relations]
    return found


def _span(one: Annotation, marked: MarkedArticle, register: Standing) -> Structure:
    values = {
        "label": one.label,
        "hashiyaId": one.id,
        "reviewer": one.reviewer,
        "note": one.note,
        "form": one.form,
        "createdAt": one.created_at,
        "updatedAt": one.updated_at,
        "labelSet": str(one.label_set),
        "carriedFrom": one.carried_from,
        "toConfirm": "true" if one.to_confirm else "",
    }
    link = marked.links.get(one.id)
    if link:
        entity = register.meant(marked, one.id)
        values |= {"entity": entity.id if entity else link.answer, "entityName": entity.name if entity else ""}
    return Structure(SPAN, one.start, one.end, _given(values))


def _framed(claim: Structure, frame: ClaimFrame, spans: dict[str, Structure]) -> list[Structure]:
    """Return the passages of a frame and the frame, which points to them and to annotations."""
    passages = list(_passages(frame))
    roles = (*_fillers(claim, frame, spans), *((one.values["role"], one) for one in passages))
    return [*passages, Structure(FRAME, claim.start, claim.end, _frame_values(frame), roles)]


def _frame_values(frame: ClaimFrame) -> dict[str, str]:
    source, via = frame.source, frame.via
    return _given(
        {
            "claim": frame.claim,
            "mode": frame.mode,
            "kind": frame.kind,
            "hedging": frame.hedging,
            "sourceKind": source.kind if source else "",
            "sourceWords": source.words if source else "",
            "viaKind": via.kind if via else "",
            "viaWords": via.words if via else "",
            "time": frame.time.value if frame.time else "",
            "labelSet": str(frame.label_set),
            "json": orjson.dumps(frame_value(frame), option=orjson.OPT_SORT_KEYS).decode(),
        }
    )


def _fillers(claim: Structure, frame: ClaimFrame, spans: dict[str, Structure]) -> Iterator[tuple[str, Structure]]:
    """Yield the annotations that a frame points to and that are written, by their role."""
    yield "claim", claim
    for role, annotation in _pointed(frame):
        if annotation in spans:
            yield role, spans[annotation]


def _pointed(frame: ClaimFrame) -> Iterator[tuple[str, str]]:
    for role, speaker in (("source", frame.source), ("via", frame.via)):
        if speaker:
            yield role, speaker.annotation
    yield from ((f"about:{one.role}", one.annotation) for one in frame.about)
    yield from (("place", one.annotation) for one in frame.places)
    yield "parent", frame.parent


def _passages(frame: ClaimFrame) -> Iterator[Structure]:
    for one in frame.cue:
        yield _passage(frame, "cue", "", one.start, one.end)
    for role, speaker in (("source", frame.source), ("via", frame.via)):
        if speaker:
            yield from _words_of(frame, role, speaker)
    if frame.time and frame.time.start is not None and frame.time.end is not None:
        yield _passage(frame, "time", frame.time.value, frame.time.start, frame.time.end)
    for number in frame.numbers:
        if number.start is not None and number.end is not None:
            yield _passage(frame, "number", f"{number.value} {number.unit}".strip(), number.start, number.end)


def _words_of(frame: ClaimFrame, role: str, speaker: Speaker) -> Iterator[Structure]:
    if speaker.start is not None and speaker.end is not None:
        yield _passage(frame, role, "", speaker.start, speaker.end)


def _passage(frame: ClaimFrame, role: str, value: str, start: int, end: int) -> Structure:
    return Structure(PASSAGE, start, end, _given({"role": role, "value": value, "claim": frame.claim}))


def _verdict(claim: Structure, verdict: Verdict) -> Structure:
    values = {
        "value": verdict.value,
        "reason": verdict.reason,
        "reviewer": verdict.reviewer,
        "claim": verdict.claim,
        "updatedAt": verdict.updated_at,
        "labelSet": str(verdict.label_set),
    }
    return Structure(VERDICT, claim.start, claim.end, _given(values))


def _relation(spans: dict[str, Structure], one: Relation) -> Structure:
    """Return a relation as DKPro places it: where the dependent, the claim it points to, stands."""
    governor, dependent = spans[one.a], spans[one.b]
    values = {"label": one.type, "note": one.note, "reviewer": one.reviewer, "updatedAt": one.updated_at}
    return Structure(RELATION, dependent.start, dependent.end, _given(values), ends=(governor, dependent))


def _given(values: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}
