"""How things are written in the log and in our own files: values of the model to plain JSON values, and back.

Every field is written, also an empty one, so that a reader need not know what was left out. What is found out on reading
(`removed`) is not written here.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from annotator.entities import Entity, Name
from annotator.frames import ClaimFrame, Mention, Participant, Passage, SaidNumber, SaidTime, Speaker
from annotator.language import Sentence
from annotator.model import (
    Annotation,
    Article,
    Attribute,
    AttributeValue,
    Boilerplate,
    Details,
    Direction,
    Label,
    Source,
)

Value = dict[str, Any]


def label_value(label: Label, position: int) -> Value:
    """Return a label as the value of its operation; `position` is its place in the list of labels."""
    return asdict(label) | {"names": dict(label.names), "guideline": dict(label.guideline), "position": position}


def label_of(value: Value) -> Label:
    """Return the label of a value; a label of an older project has no guideline."""
    return Label(**{name: found for name, found in value.items() if name != "position"})


def attribute_value(attribute: Attribute, position: int) -> Value:
    """Return an attribute as the value of its operation."""
    return asdict(attribute) | {"values": [asdict(one) for one in attribute.values], "position": position}


def attribute_of(value: Value) -> Attribute:
    """Return the attribute of a value."""
    answers = tuple(AttributeValue(**one) for one in value["values"])
    return Attribute(value["key"], value["names"], answers, value.get("version", 1))


def annotation_value(annotation: Annotation) -> Value:
    """Return an annotation as the value of its operation; the form is there only when it says something."""
    value = annotation._asdict()
    del value["id"]
    if value["form"] == value["quote"]:
        value["form"] = ""
    return {name: found for name, found in value.items() if found or name not in ("form", "carried_from", "to_confirm")}


def article_value(article: Article) -> Value:
    """Return an article as the value of its operation: all but its id and its text, which is stored by its SHA-256."""
    return {
        "sha256": article.sha256,
        "title": article.title,
        "outlet": article.outlet,
        "author": article.author,
        "date": article.date,
        "language": article.language,
        "direction": article.direction,
        "boilerplate": [boilerplate_value(one) for one in article.boilerplate],
        "replaces": article.replaces,
        "source": source_value(article.source),
    }


def article_of(identity: str, text: str, value: Value) -> Article:
    """Return the article of a value; one of an older project has neither outlet nor date."""
    direction: Direction = value["direction"]
    return Article(
        identity, value["title"], text, value["sha256"], value["language"], direction, source_of(value["source"]),
        value.get("outlet", ""), value.get("author", ""), value.get("date", ""),
        tuple(Boilerplate(**one) for one in value.get("boilerplate", ())), value.get("replaces", ""),
    )  # fmt: skip


def boilerplate_value(one: Boilerplate) -> Value:
    """Return a stretch of page boilerplate as a value."""
    return _flat(one)


def details_value(details: Details) -> Value:
    """Return an article's details as a value."""
    return _flat(details)


def source_value(source: Source) -> Value:
    """Return a source record as a value."""
    return _flat(source) | {"warnings": [sentence_value(one) for one in source.warnings]}


def source_of(value: Value) -> Source:
    """Return the source record of a value."""
    return Source(**value | {"warnings": tuple(sentence_of(one) for one in value.get("warnings", ()))})


def sentence_value(sentence: Sentence) -> Value:
    """Return a sentence as a value: its template, so that it can be shown in any language, and its details."""
    details = {name: _detail_value(found) for name, found in sentence.details.items()}
    return {"template": sentence.template, "details": details}


def sentence_of(value: Value) -> Sentence:
    """Return the sentence of a value."""
    details = {
        name: sentence_of(found) if isinstance(found, dict) else found for name, found in value["details"].items()
    }
    return Sentence(value["template"], details)


def _detail_value(detail: Any) -> Any:
    if isinstance(detail, Sentence):
        return sentence_value(detail)
    return detail if isinstance(detail, int | float | str) else str(detail)


def entity_value(entity: Entity) -> Value:
    """Return an entity as the value of its operation."""
    value = {name: found for name, found in asdict(entity).items() if name != "id"}
    return value | {"names": [asdict(name) for name in entity.names], "external": dict(sorted(entity.external.items()))}


def entity_of(identity: str, value: Value) -> Entity:
    """Return the entity of a value."""
    return Entity(**{"id": identity, **value, "names": tuple(Name(**name) for name in value["names"])})


def frame_value(frame: ClaimFrame) -> Value:
    """Return a claim frame as a value, without its claim."""
    return {
        "source": _speaker_value(frame.source),
        "via": _speaker_value(frame.via),
        "cue": [_flat(one) for one in frame.cue],
        "mode": frame.mode,
        "kind": frame.kind,
        "hedging": frame.hedging,
        "about": [_without_removed(one) for one in frame.about],
        "places": [_without_removed(one) for one in frame.places],
        "time": _flat(frame.time) if frame.time else None,
        "numbers": [_flat(one) for one in frame.numbers],
        "parent": frame.parent,
        "label_set": frame.label_set,
    }


def frame_of(claim: str, value: Value) -> ClaimFrame:
    """Return the claim frame of a value."""
    return ClaimFrame(
        claim=claim,
        source=_speaker(value["source"]),
        via=_speaker(value["via"]),
        cue=tuple(Passage(**one) for one in value["cue"]),
        mode=value["mode"],
        kind=value["kind"],
        hedging=value["hedging"],
        about=tuple(Participant(**one) for one in value["about"]),
        places=tuple(Mention(**one) for one in value["places"]),
        time=SaidTime(**value["time"]) if value["time"] else None,
        numbers=tuple(SaidNumber(**one) for one in value["numbers"]),
        parent=value["parent"],
        label_set=value["label_set"],
    )


def _speaker_value(speaker: Speaker | None) -> Value | None:
    return _without_removed(speaker) if speaker else None


def _speaker(value: Value | None) -> Speaker | None:
    return Speaker(**value) if value else None


def _without_removed(one: Speaker | Mention | Participant) -> Value:
    return {name: found for name, found in _flat(one).items() if name != "removed"}


def _flat(thing: Any) -> Value:
    """Return the fields of a value that holds no other: `asdict` copies deeply, which takes ten times as long."""
    return {name: getattr(thing, name) for name in thing.__slots__}
