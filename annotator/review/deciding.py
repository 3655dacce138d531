"""Making a decision of what a lead chose: which marks stand, with which parts, and the final annotations that come of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from annotator.decisions import REASONS, Decision, FinalAnnotation, FinalRelation, Outcome, Source
from annotator.entities import Link
from annotator.errors import BadSpan, UnknownPart, UnknownReason, UnknownSource
from annotator.frames import ClaimFrame, Relation
from annotator.model import CLAIM, Annotation
from annotator.review.frame_parts import FRAME_PARTS

PARTS = ("span", "label", "note", "entity", "frame", *FRAME_PARTS)
"""What can be taken from another source than the rest; `frame` is all of it."""
_ANSWERS = ("unknown", "ambiguous")


@dataclass(frozen=True, slots=True)
class Layers:
    """All layers of an article, by ids; `heads` gives for each annotation and relation the digest and the operation."""

    annotations: Mapping[str, Annotation]
    frames: Mapping[str, ClaimFrame]
    links: Mapping[str, Link]
    relations: Mapping[str, Relation]
    heads: Mapping[str, tuple[str, str]]
    gone: Mapping[str, Decision] = field(default_factory=dict)
    """Earlier decisions by ids of their sources, so that one can be taken back of which nothing is left."""


@dataclass(frozen=True, slots=True)
class Other:
    """An annotation that no side has; `entity` is the id of one, `unknown`, `ambiguous` or empty."""

    start: int
    end: int
    label: str
    form: str = ""
    note: str = ""
    entity: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a lead chose: the sources that stand, parts taken from others of them, or something else; and why."""

    take: tuple[str, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)
    other: Other | None = None
    reason: str = ""
    note: str = ""
    agreed: bool = False


class Deciding:
    """Makes decisions about one article. `final_id` gives the id of what a decision makes as its how manieth."""

    def __init__(
        self, article: str, text: str, layers: Layers, reviewer: str, final_id: Callable[[str, int], str]
    ) -> None:
        self._article = article
        self._text = text
        self._layers = layers
        self._reviewer = reviewer
        self._final_id = final_id

    def decision(self, identity: str, sources: Sequence[str], choice: Choice) -> Decision:
        """Return the decision; its times are empty. Raises UnknownSource, UnknownPart, UnknownReason or BadSpan."""
        of = self._kind_of(sources)
        self._check(sources, choice)
        made = Decision(
            identity, self._article, of, tuple(map(self._source, sources)), _outcome(choice), choice.take, choice.reason,
            choice.note, self._reviewer, "", "",
        )  # fmt: skip
        if of == "relation":
            return replace(made, relations=tuple(self._relations(made)))
        return replace(made, finals=tuple(self._finals(made, choice)))

    # -- inside ---------------------------------------------------------------------------------------------------

    def _kind_of(self, sources: Iterable[str]) -> Literal["annotation", "relation"]:
        ids = set(sources)
        if ids and ids <= self._layers.annotations.keys():
            return "annotation"
        if ids and ids <= self._layers.relations.keys():
            return "relation"
        if ids and ids <= self._layers.gone.keys() - self._layers.heads.keys():
            return self._layers.gone[next(iter(ids))].of
        missing = ids - self._layers.annotations.keys() - self._layers.relations.keys()
        raise UnknownSource(id=next(iter(sorted(missing or ids)), ""))

    def _check(self, sources: Sequence[str], choice: Choice) -> None:
        if choice.reason not in REASONS:
            raise UnknownReason(reason=choice.reason, known=", ".join(filter(None, REASONS)))
        for part in choice.parts:
            if part not in PARTS:
                raise UnknownPart(part=part, known=", ".join(PARTS))
        for identity in (*choice.take, *choice.parts.values()):
            if identity not in sources or identity not in self._layers.heads:
                raise UnknownSource(id=identity)

    def _source(self, identity: str) -> Source:
        if identity not in self._layers.heads:
            return next(one for one in self._layers.gone[identity].sources if one.id == identity)
        return Source(identity, *self._layers.heads[identity])

    def _finals(self, decision: Decision, choice: Choice) -> Iterable[FinalAnnotation]:
        bases = [self._other(choice.other)] if choice.other else [self._taken(one) for one in choice.take]
        if choice.agreed:
            bases = [replace(bases[0], sources=choice.take)]
        for number, base in enumerate(_each_once(bases)):
            with_parts = self._with_parts(base, choice.parts)
            identity = self._final_id(decision.id, number)
            yield replace(
                with_parts, id=identity, decision=decision.id, reviewer=self._reviewer,
                link=replace(with_parts.link, annotation=identity) if with_parts.link else None,
                frame=replace(with_parts.frame, claim=identity) if with_parts.frame else None,
            )  # fmt: skip

    def _taken(self, identity: str) -> FinalAnnotation:
        one = self._layers.annotations[identity]
        return FinalAnnotation(
            "", self._article, one.label, one.start, one.end, one.quote, one.note, one.form, one.label_set, (identity,),
            self._layers.links.get(identity), self._frame(identity), "", "", "", "",
        )  # fmt: skip

    def _other(self, given: Other) -> FinalAnnotation:
        if not 0 <= given.start < given.end <= len(self._text):
            raise BadSpan(start=given.start, end=given.end, length=len(self._text))
        quote = self._text[given.start : given.end]
        return FinalAnnotation(
            "", self._article, given.label, given.start, given.end, quote, given.note,
            "" if given.form == quote else given.form, 1, (), _link(given.entity), None, "", "", "", "",
        )  # fmt: skip

    def _with_parts(self, base: FinalAnnotation, parts: Mapping[str, str]) -> FinalAnnotation:
        made = base
        for part, identity in parts.items():
            one = self._layers.annotations[identity]
            if part == "span":
                made = replace(made, start=one.start, end=one.end, quote=one.quote, form=one.form)
            elif part == "label":
                made = replace(made, label=one.label, label_set=one.label_set)
            elif part == "note":
                made = replace(made, note=one.note)
            elif part == "entity":
                made = replace(made, link=self._layers.links.get(identity))
        frame = self._with_frame_parts(made.frame, parts)
        return replace(made, frame=frame if made.label == CLAIM else None)

    def _with_frame_parts(self, frame: ClaimFrame | None, parts: Mapping[str, str]) -> ClaimFrame | None:
        if "frame" in parts:
            frame = self._frame(parts["frame"])
        for part in FRAME_PARTS:
            if part in parts:
                other = self._frame(parts[part]) or ClaimFrame("")
                frame = replace(frame or ClaimFrame(""), **{part: getattr(other, part)})
        return frame

    def _frame(self, identity: str) -> ClaimFrame | None:
        one = self._layers.annotations[identity]
        return self._layers.frames.get(identity) if one.label == CLAIM else None

    def _relations(self, decision: Decision) -> Iterable[FinalRelation]:
        """Yield the relations that stand; what is taken of several that say the same is one."""
        for number, identity in enumerate(decision.taken[:1]):
            one = self._layers.relations[identity]
            yield FinalRelation(
                self._final_id(decision.id, number), one.a, one.type, one.b, one.note, decision.taken, decision.id,
                self._reviewer, "",
            )  # fmt: skip


def _outcome(choice: Choice) -> Outcome:
    if choice.agreed:
        return "agreed"
    if choice.other or (choice.parts and choice.take):
        return "other"
    return "none" if not choice.take else "one" if len(choice.take) == 1 else "several"


def _each_once(bases: Sequence[FinalAnnotation]) -> list[FinalAnnotation]:
    """Return what has the same span and label as one before as one with it."""
    found: dict[tuple[int, int, str], FinalAnnotation] = {}
    for one in bases:
        key = (one.start, one.end, one.label)
        before = found.get(key)
        found[key] = replace(before, sources=before.sources + one.sources) if before else one
    return list(found.values())


def _link(entity: str) -> Link | None:
    if not entity:
        return None
    return Link("", entity) if entity in _ANSWERS else Link("", "entity", entity)  # type: ignore[arg-type]
