"""Label Studio: tasks with their annotations as JSON, and the labelling configuration that fits them.

https://labelstud.io/guide/export#Label-Studio-JSON-format-of-annotated-tasks and the page of the tag `Labels`. Offsets are
UTF-16 units, because its page counts as JavaScript does; each task's text is the canonical one, with LF only. There is one
annotation a reviewer.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any
from xml.sax.saxutils import quoteattr

import orjson

from annotator.frames import ClaimFrame
from annotator.language import N_
from annotator.model import Annotation, LabelSet, MarkedArticle, MarkedProject
from annotator.reports import Reason
from annotator.text.utf16 import Utf16Offsets
from annotator.writers.left_out import leave_out, leave_out_entities
from annotator.writers.losses import ACROSS, FORMS, LINKS, SOURCES, VERDICTS, Losses
from annotator.writers.target import Target
from annotator.writers.writer import Writer

FRAME_PARTS = Reason(
    "claim_frame_parts",
    N_(
        "Of {count} claim frames only mode, kind and hedging are kept; who says it, the cue, places, time and numbers are not."
    ),
)
_CHOICES = ("mode", "kind", "hedging")


def write(project: MarkedProject, target: Target, losses: Losses) -> None:
    """Write `tasks.json` and `config.xml`."""
    with target.file("config.xml") as file:
        file.write(_configuration(project.label_set).encode())
    with target.file("tasks.json") as file:
        file.write(b"[")
        for number, marked in enumerate(project):
            file.write((b",\n" if number else b"\n") + orjson.dumps(_task(marked)))
            leave_out(losses, marked, SOURCES, VERDICTS, LINKS, FORMS, ACROSS)
            losses.add(FRAME_PARTS, *marked.frames)
        file.write(b"\n]\n")
    leave_out_entities(losses, project)


def _task(marked: MarkedArticle) -> dict[str, Any]:
    article = marked.article
    offsets = Utf16Offsets(article.text)
    layers = groupby(sorted(marked.annotations, key=lambda one: one.reviewer), key=lambda one: one.reviewer)
    return {
        "data": {
            "text": article.text,
            "article": article.id,
            "title": article.title,
            "outlet": article.outlet,
            "date": article.date,
            "sha256": article.sha256,
        },
        "annotations": [_layer(marked, reviewer, list(annotations), offsets) for reviewer, annotations in layers],
    }


def _layer(
    marked: MarkedArticle, reviewer: str, annotations: list[Annotation], offsets: Utf16Offsets
) -> dict[str, Any]:
    own = {one.id for one in annotations}
    result = [item for one in annotations for item in _region(one, marked.frames.get(one.id), offsets)]
    relations = [
        {"type": "relation", "from_id": one.a, "to_id": one.b, "direction": "right", "labels": [one.type]}
        for one in marked.own_relations
        if one.a in own
    ]
    return {"result": result + relations, "meta": {"reviewer": reviewer}}


def _region(one: Annotation, frame: ClaimFrame | None, offsets: Utf16Offsets) -> Iterator[dict[str, Any]]:
    """Yield the region of an annotation, and what is said of it: items of the same id and place."""
    place = {"start": offsets.of(one.start), "end": offsets.of(one.end), "text": one.quote}
    yield _item(one.id, "label", "labels", place | {"labels": [one.label]})
    if one.note:
        yield _item(one.id, "note", "textarea", place | {"text": [one.note]})
    for name in _CHOICES:
        value = getattr(frame, name) if frame else ""
        if value:
            yield _item(one.id, name, "choices", place | {"choices": [value]})


def _item(identity: str, name: str, kind: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"id": identity, "from_name": name, "to_name": "text", "type": kind, "value": value}


def _configuration(label_set: LabelSet | None) -> str:
    """Return the labelling configuration: labels with colours and keys, and the questions of the claim frame."""
    labels = label_set.labels if label_set else ()
    attributes = [one for one in (label_set.attributes if label_set else ()) if one.key in _CHOICES]
    lines = ["<View>", '  <Labels name="label" toName="text">']
    for label in labels:
        hotkey = f" hotkey={quoteattr(label.shortcut)}" if label.shortcut else ""
        lines.append(f"    <Label value={quoteattr(label.key)} background={quoteattr(label.colour)}{hotkey}/>")
    lines += ["  </Labels>", '  <Text name="text" value="$text"/>']
    for attribute in attributes:
        lines.append(f'  <Choices name="{attribute.key}" toName="text" perRegion="true" whenTagName="label">')
        lines += [f"    <Choice value={quoteattr(value.key)}/>" for value in attribute.values]
        lines.append("  </Choices>")
    lines += ['  <TextArea name="note" toName="text" perRegion="true"/>', "</View>", ""]
    return "\n".join(lines)


WRITER = Writer(
    "labelstudio",
    N_("Label Studio: tasks with its configuration"),
    "",
    write,
    keeps=N_(
        "Keeps texts, overlapping annotations of each reviewer, notes, relations, and mode, kind and hedging of "
        "claims. Leaves out the rest of the claim frames, verdicts, links and the register."
    ),
)
