"""What an operation of each kind may say, whose it is, and what it speaks of: the table by which received work is judged.

A new kind is one entry here (and one in the projection). Our own writing needs none of this: it makes values from the model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from annotator.decisions import REASONS
from annotator.entities import PRECISIONS
from annotator.store import identity as ids
from annotator.store.shapes import (
    Shape,
    by_text,
    colour,
    fields,
    identity,
    identity_or_empty,
    many,
    maybe,
    number,
    one_of,
    sentence,
    sha256,
    text,
    truth,
    whole,
    within,
    words,
)

Value = dict[str, Any]
Span = tuple[int, int, str]


def _no_spans(value: Value) -> Iterator[Span]:
    return iter(())


@dataclass(frozen=True, slots=True)
class Kind:
    """What is known of a kind.

    `derived` returns the id that follows from the value, for kinds whose ids do. `owner` names the field with the reviewer who
    alone may change it, or with the annotation on which it hangs and whose owner that is; empty for what everybody may change.
    `names` are the fields with ids of other things, `spans` the words it quotes from the article of its annotation.
    """

    shape: Shape
    derived: Callable[[Value], bytes] | None = None
    owner: str = ""
    names: tuple[str, ...] = ()
    spans: Callable[[Value], Iterator[Span]] = _no_spans

    @property
    def hangs_on(self) -> str:
        """The field with the annotation whose owner owns it, or empty."""
        return "" if self.owner == REVIEWER else self.owner


REVIEWER = "reviewer"


def _annotation_spans(value: Value) -> Iterator[Span]:
    yield value["start"], value["end"], value["quote"]


def _frame_spans(value: Value) -> Iterator[Span]:
    yield from ((one["start"], one["end"], one["quote"]) for one in value["cue"])
    for one in (value["source"], value["via"], value["time"], *value["numbers"]):
        if one and one["start"] is not None:
            yield one["start"], one["end"], one["words"]


def _placed(shape: Shape) -> Shape:
    """Return the shape of words that have a place in the article, or none."""
    return lambda value: shape(value) and (value["start"] is None) == (value["end"] is None)


_PLACE = {"start": maybe(whole), "end": maybe(whole)}
_SPEAKER = _placed(
    fields({"kind": one_of("actor", "outlet", "unnamed"), "annotation": identity_or_empty, "words": text, **_PLACE})
)
_MENTION = {"annotation": identity_or_empty, "words": text}
_TIME = _placed(fields({"value": text, "words": text, **_PLACE}))
_NUMBER = _placed(fields({"value": number, "unit": text, "words": text, **_PLACE}))
_SOURCE = fields(
    {"file": text, "bytes_sha256": sha256, "encoding": text, "imported_at": text, "imported_by": text, "reader": text},
    {
        "confidence": maybe(number), "reader_version": text, "program": text, "part": text, "file_sha256": text, "url": text,
        "captured_at": text, "warnings": many(sentence),
    },
)  # fmt: skip
_ANSWER = fields(
    {"key": words, "names": by_text(text)},
    {"guideline": by_text(text), "example": text, "counter_example": text, "symmetric": truth},
)

_FRAME: Mapping[str, Shape] = {
    "source": maybe(_SPEAKER), "via": maybe(_SPEAKER),
    "cue": many(fields({"start": whole, "end": whole, "quote": words})), "mode": text, "kind": text, "hedging": text,
    "about": many(fields({**_MENTION, "role": text})), "places": many(fields(_MENTION)), "time": maybe(_TIME),
    "numbers": many(_NUMBER), "parent": identity_or_empty, "label_set": whole,
}  # fmt: skip
_LINK: Mapping[str, Shape] = {"answer": one_of("entity", "unknown", "ambiguous"), "entity": identity_or_empty}
_MADE: Mapping[str, Shape] = {"id": identity, "note": text, "sources": many(identity)}
_FINAL = fields(
    {
        **_MADE, "label": words, "start": whole, "end": whole, "quote": words, "form": text, "label_set": whole,
        "link": maybe(fields(_LINK)), "frame": maybe(fields(_FRAME)),
    }
)  # fmt: skip
_FINAL_RELATION = fields({**_MADE, "a": identity, "type": words, "b": identity})
_DOUBLE = fields({"share": number, "seed": whole, "reviewers": many(words)})


def _decision_spans(value: Value) -> Iterator[Span]:
    for one in value["finals"]:
        yield from _annotation_spans(one)
        yield from _frame_spans(one["frame"]) if one["frame"] else ()


def _a_setting(value: Any) -> bool:
    """Tell whether this is a setting of the project that there is."""
    return fields({"key": one_of("blind"), "value": truth})(value) or fields(
        {"key": one_of("double"), "value": _DOUBLE}
    )(value)


KINDS: Mapping[str, Kind] = {
    "reviewer": Kind(
        fields({"name": words}, {"role": one_of("reviewer", "lead")}), lambda value: ids.reviewer_id(value["name"])
    ),
    "label": Kind(
        fields(
            {"key": words, "names": by_text(text), "colour": colour, "shortcut": text, "position": whole},
            {
                "style": text, "long": truth, "guideline": by_text(text), "example": text, "counter_example": text,
                "version": whole, "changed": whole,
            },
        ),
        lambda value: ids.label_id(value["key"]),
    ),
    "attribute": Kind(
        fields({"key": words, "names": by_text(text), "values": many(_ANSWER), "position": whole}, {"version": whole}),
        lambda value: ids.attribute_id(value["key"]),
    ),
    "article": Kind(
        fields(
            {"sha256": sha256, "title": text, "language": text, "direction": one_of("rtl", "ltr"), "source": _SOURCE},
            {
                "outlet": text, "author": text, "date": text, "replaces": identity_or_empty,
                "boilerplate": many(fields({"start": whole, "end": whole, "kind": words})),
            },
        ),
        lambda value: ids.article_id(value["sha256"]),
    ),
    "reading": Kind(
        fields(
            {
                "article": identity, "reviewer": words, "state": one_of("", "done"), "flagged": truth, "note": text,
                "updated_at": text,
            }
        ),
        lambda value: ids.reading_id(value["article"], value["reviewer"]), REVIEWER, ("article",),
    ),
    "assignment": Kind(
        fields({"article": identity, "reviewer": words}),
        lambda value: ids.assignment_id(value["article"], value["reviewer"]), names=("article",),
    ),
    "copy": Kind(
        fields({"article": identity, "original": identity}),
        lambda value: ids.copy_id(value["article"]), names=("article", "original"),
    ),
    "filter": Kind(fields({"name": words, "query": text}), lambda value: ids.filter_id(value["name"])),
    "annotation": Kind(
        fields(
            {
                "article": identity, "label": words, "start": whole, "end": whole, "quote": words, "note": text,
                "reviewer": words, "created_at": text, "updated_at": text,
            },
            {"form": text, "label_set": whole, "carried_from": identity_or_empty, "to_confirm": truth},
        ),
        owner=REVIEWER, names=("article",), spans=_annotation_spans,
    ),
    "frame": Kind(
        fields({"claim": identity, **_FRAME}),
        lambda value: ids.frame_id(value["claim"]), "claim", ("claim", "parent"), _frame_spans,
    ),
    "verdict": Kind(
        fields(
            {
                "claim": identity, "reviewer": words, "value": words, "reason": text, "updated_at": text, "label_set": whole,
            }
        ),
        lambda value: ids.verdict_id(value["claim"], value["reviewer"]), REVIEWER, ("claim",),
    ),
    "relation": Kind(
        fields({"a": identity, "type": words, "b": identity, "note": text, "reviewer": words, "updated_at": text}),
        lambda value: ids.relation_id(value["a"], value["type"], value["b"], value["reviewer"]), REVIEWER, ("a", "b"),
    ),
    "entity": Kind(
        fields(
            {
                "kind": one_of("actor", "place"), "names": many(fields({"text": words, "language": text}), least=1),
                "subtype": text, "notes": text, "external": by_text(text), "latitude": maybe(within(-90, 90)),
                "longitude": maybe(within(-180, 180)), "precision": one_of(*PRECISIONS), "parent": identity_or_empty,
                "merged_into": identity_or_empty,
            },
            {"sensitive": truth},
        ),
        names=("parent", "merged_into"),
    ),
    "link": Kind(
        fields({"annotation": identity, **_LINK}),
        lambda value: ids.link_id(value["annotation"]), "annotation", ("annotation", "entity"),
    ),
    "apart": Kind(
        fields({"one": identity, "other": identity}),
        lambda value: ids.apart_id(value["one"], value["other"]), names=("one", "other"),
    ),
    "setting": Kind(_a_setting, lambda value: ids.setting_id(value["key"])),
    "decision": Kind(
        fields(
            {
                "article": identity, "of": one_of("annotation", "relation"),
                "sources": many(fields({"id": identity, "head": text, "op": identity_or_empty}), least=1),
                "outcome": one_of("agreed", "one", "several", "other", "none"), "taken": many(identity),
                "reason": one_of(*REASONS), "note": text, "reviewer": words, "finals": many(_FINAL),
                "relations": many(_FINAL_RELATION), "created_at": text, "updated_at": text,
            }
        ),
        lambda value: ids.decision_id(value["article"], [one["id"] for one in value["sources"]]),
        names=("article",), spans=_decision_spans,
    ),
    "settlement": Kind(
        fields(
            {
                "article": identity, "state": one_of("settled", "open"), "layers": text, "reviewer": words,
                "updated_at": text,
            }
        ),
        lambda value: ids.settlement_id(value["article"]), names=("article",),
    ),
    "comment": Kind(
        fields(
            {
                "annotation": identity, "article": identity, "text": words, "answer_to": identity_or_empty,
                "reviewer": words, "created_at": text, "updated_at": text,
            }
        ),
        owner=REVIEWER, names=("annotation", "article", "answer_to"),
    ),
    "resolved": Kind(
        fields({"annotation": identity, "comment": identity, "reviewer": words, "updated_at": text}),
        lambda value: ids.resolved_id(value["comment"]), names=("annotation", "comment"),
    ),
}  # fmt: skip
