"""What records of `hashiya/1` hold beside annotations, read strictly: frames, verdicts, links, entities and so on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from annotator.entities import PRECISIONS, Entity, Link, Name
from annotator.errors import ProjectError
from annotator.frames import ClaimFrame, Mention, Participant, Passage, Relation, SaidNumber, SaidTime, Speaker, Verdict
from annotator.language import N_, Sentence
from annotator.model import CLAIM, Annotation, Attribute, AttributeValue, Label, LabelSet
from annotator.text.dates import checked_edtf

_ANSWERS = ("unknown", "ambiguous")
_Record = dict[str, Any]


class Unacceptable(Exception):
    """A record that is JSON but not one of ours; carries the sentence."""

    def __init__(self, template: str, **details: Any) -> None:
        super().__init__(template)
        self.sentence = Sentence(template, details)


def string(value: Any) -> str:
    """Return a value that must be text; raise TypeError."""
    if not isinstance(value, str):
        raise TypeError(repr(value)[:60])
    return value


def frames_in(items: list[_Record], annotations: tuple[Annotation, ...], text: str) -> tuple[ClaimFrame, ...]:
    """Return the frames of an article's annotations; raise Unacceptable when one does not fit its text or runs in a ring."""
    found = tuple(
        _frame(item["claim"], annotation, text)
        for item, annotation in zip(items, annotations, strict=True)
        if item.get("claim") is not None
    )
    _refuse_rings({frame.claim: frame.parent for frame in found})
    return found


def verdicts_in(items: list[_Record], annotations: tuple[Annotation, ...]) -> Iterator[Verdict]:
    """Yield the verdicts on an article's annotations."""
    for item, annotation in zip(items, annotations, strict=True):
        for one in item.get("verdicts", ()):
            value, reason = string(one["value"]), string(one["reason"])
            if not value or not reason.strip():
                raise Unacceptable(N_("a verdict without a value or a reason."))
            yield Verdict(
                annotation.id, string(one["reviewer"]), value, reason, string(one["updated_at"]), whole(one["label_set"])
            )  # fmt: skip


def links_in(items: list[_Record], annotations: tuple[Annotation, ...]) -> Iterator[Link]:
    """Yield what an article's annotations are linked to."""
    for item, annotation in zip(items, annotations, strict=True):
        to = string(item.get("entity", ""))
        if to in _ANSWERS:
            yield Link(annotation.id, to)  # type: ignore[arg-type]  # it is one of the answers
        elif to:
            yield Link(annotation.id, "entity", identity(to))


def entity_in(record: _Record) -> Entity:
    """Return the entity of a record."""
    kind, names = record["kind"], tuple(Name(string(one["text"]), string(one["language"])) for one in record["names"])
    if kind not in ("actor", "place") or not names or record["precision"] not in PRECISIONS:
        raise Unacceptable(N_("an entity without a name, or of an unknown kind or precision."))
    return Entity(
        id=identity(record["id"]),
        kind=kind,
        names=names,
        subtype=string(record["subtype"]),
        notes=string(record["notes"]),
        external={string(scheme): string(value) for scheme, value in record["external"].items()},
        latitude=_degrees(record["latitude"], 90),
        longitude=_degrees(record["longitude"], 180),
        precision=record["precision"],
        parent=identity(record["parent"], empty=True),
        merged_into=identity(record["merged_into"], empty=True),
        sensitive=_yes_or_no(record.get("sensitive", False)),
    )


def relation_in(record: _Record) -> Relation:
    """Return the relation of a record."""
    a, b = identity(record["a"]), identity(record["b"])
    if a == b:
        raise Unacceptable(N_("a relation of a claim to itself."))
    texts = (string(record[name]) for name in ("note", "reviewer", "updated_at"))
    return Relation("", a, string(record["relation"]), b, *texts)


def label_set_in(record: _Record) -> LabelSet:
    """Return the label set of a record."""
    labels = tuple(_known(Label, one) for one in record["labels"])
    attributes = tuple(
        Attribute(
            string(one["key"]),
            one["names"],
            tuple(_known(AttributeValue, value) for value in one["values"]),
            whole(one["version"]),
        )
        for one in record["attributes"]
    )
    return LabelSet(whole(record["version"]), labels, attributes)


def whole(value: Any) -> int:
    """Return a value that must be a whole number of at least 0; raise TypeError."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError(repr(value)[:60])
    return value


def identity(value: Any, *, empty: bool = False) -> str:
    """Return a value that must be a UUID, or may be empty; raise TypeError or ValueError."""
    digits = string(value).replace("-", "")
    if empty and not value:
        return ""
    if len(value) != 36 or len(bytes.fromhex(digits)) != 16:
        raise ValueError(value[:60])
    return string(value)


def _frame(record: _Record, annotation: Annotation, text: str) -> ClaimFrame:
    if annotation.label != CLAIM:
        raise Unacceptable(N_("a claim frame on an annotation that is no claim."))
    time = record["time"]
    return ClaimFrame(
        claim=annotation.id,
        source=_speaker(record["source"], text),
        via=_speaker(record["via"], text),
        cue=tuple(Passage(*_span(one, "quote", text), one["quote"]) for one in record["cue"]),
        mode=string(record["mode"]),
        kind=string(record["kind"]),
        hedging=string(record["hedging"]),
        about=tuple(
            Participant(identity(one["annotation"]), string(one["role"]), string(one["words"]))
            for one in record["about"]
        ),
        places=tuple(Mention(identity(one["annotation"]), string(one["words"])) for one in record["places"]),
        time=_time(time, text) if time else None,
        numbers=tuple(_number(one, text) for one in record["numbers"]),
        parent=identity(record["parent"], empty=True),
        label_set=whole(record["label_set"]),
    )


def _speaker(record: _Record | None, text: str) -> Speaker | None:
    if record is None:
        return None
    kind = record["kind"]
    if kind not in ("actor", "outlet", "unnamed"):
        raise Unacceptable(N_("a source of an unknown kind."))
    annotation = identity(record["annotation"], empty=kind != "actor")
    return Speaker(kind, annotation, string(record["words"]), *_optional_span(record, text))


def _time(record: _Record, text: str) -> SaidTime:
    value = string(record["value"])
    try:
        if value and checked_edtf(value) != value:
            raise Unacceptable(N_("a date that is not in its plain form."))
    except ProjectError as error:
        raise Unacceptable(N_("a claim has a wrong date. {reason}"), reason=error.sentence) from error
    return SaidTime(value, string(record["words"]), *_optional_span(record, text))


def _number(record: _Record, text: str) -> SaidNumber:
    value = record["value"]
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise TypeError(repr(value)[:60])
    return SaidNumber(value, string(record["unit"]), string(record["words"]), *_optional_span(record, text))


def _optional_span(record: _Record, text: str) -> tuple[int, int] | tuple[None, None]:
    return (None, None) if record["start"] is None and record["end"] is None else _span(record, "words", text)


def _span(record: _Record, words: str, text: str) -> tuple[int, int]:
    start, end = whole(record["start"]), whole(record["end"])
    if not start < end <= len(text) or text[start:end] != record[words]:
        raise Unacceptable(N_("the text at {start}–{end} is not the quote."), start=start, end=end)
    return start, end


def _refuse_rings(parents: dict[str, str]) -> None:
    for claim in parents:
        above, steps = parents[claim], 0
        while above in parents:
            above, steps = parents[above], steps + 1
            if steps > len(parents):
                raise Unacceptable(N_("claims that are quoted in each other in a ring."))


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(repr(value)[:60])
    return value


def _degrees(value: Any, limit: int) -> float | None:
    if value is not None and (not isinstance(value, int | float) or not -limit <= value <= limit):
        raise ValueError(repr(value)[:60])
    return value


def _known(kind: Any, record: _Record) -> Any:
    """Return a flat dataclass of a record; fields of newer programs are left out, those that must be there are needed."""
    string(record["key"])
    return kind(**{field.name: record[field.name] for field in fields(kind) if field.name in record})
