"""How decisions are written in the log and in our own files: to plain JSON values, and back."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from annotator.decisions import Decision, FinalAnnotation, FinalRelation, Source
from annotator.entities import Link
from annotator.values import frame_of, frame_value

Value = dict[str, Any]
_OF_FINAL = ("id", "label", "start", "end", "quote", "note", "form", "label_set")
_OF_RELATION = ("id", "a", "type", "b", "note")


def decision_value(decision: Decision) -> Value:
    """Return a decision as the value of its operation: all but its id, with all that it made."""
    return {
        "article": decision.article,
        "of": decision.of,
        "sources": [asdict(source) for source in decision.sources],
        "outcome": decision.outcome,
        "taken": list(decision.taken),
        "reason": decision.reason,
        "note": decision.note,
        "reviewer": decision.reviewer,
        "finals": [_final_value(one) for one in decision.finals],
        "relations": [_some(one, _OF_RELATION) | {"sources": list(one.sources)} for one in decision.relations],
        "created_at": decision.created_at,
        "updated_at": decision.updated_at,
    }


def decision_of(identity: str, value: Value) -> Decision:
    """Return the decision of a value."""
    return Decision(
        id=identity,
        article=value["article"],
        of=value["of"],
        sources=tuple(Source(**one) for one in value["sources"]),
        outcome=value["outcome"],
        taken=tuple(value["taken"]),
        reason=value["reason"],
        note=value["note"],
        reviewer=value["reviewer"],
        created_at=value["created_at"],
        updated_at=value["updated_at"],
        finals=tuple(_final_of(one, identity, value) for one in value["finals"]),
        relations=tuple(_relation_of(one, identity, value) for one in value["relations"]),
    )


def _final_value(final: FinalAnnotation) -> Value:
    link = {"answer": final.link.answer, "entity": final.link.entity} if final.link else None
    frame = frame_value(final.frame) if final.frame else None
    return _some(final, _OF_FINAL) | {"sources": list(final.sources), "link": link, "frame": frame}


def _final_of(value: Value, decision: str, whole: Value) -> FinalAnnotation:
    return FinalAnnotation(
        **{name: value[name] for name in _OF_FINAL},
        article=whole["article"],
        sources=tuple(value["sources"]),
        link=Link(value["id"], **value["link"]) if value["link"] else None,
        frame=frame_of(value["id"], value["frame"]) if value["frame"] else None,
        decision=decision,
        reviewer=whole["reviewer"],
        created_at=whole["created_at"],
        updated_at=whole["updated_at"],
    )


def _relation_of(value: Value, decision: str, whole: Value) -> FinalRelation:
    return FinalRelation(
        **{name: value[name] for name in _OF_RELATION}, sources=tuple(value["sources"]), decision=decision,
        reviewer=whole["reviewer"], updated_at=whole["updated_at"],
    )  # fmt: skip


def _some(thing: Any, names: tuple[str, ...]) -> Value:
    return {name: getattr(thing, name) for name in names}
