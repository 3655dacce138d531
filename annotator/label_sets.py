"""The project's own labels and attributes, and what must be looked at again when a definition changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from annotator.errors import LabelExists, UnknownLabel
from annotator.frames import ClaimFrame
from annotator.model import Annotation, Attribute, AttributeValue, Label, LabelSet
from annotator.open_project import UNCHANGED, OpenProject
from annotator.store import claims, queries
from annotator.store.clock import uuid_bytes
from annotator.store.identity import attribute_id, frame_id, label_id
from annotator.values import annotation_value, attribute_value, frame_value, label_value

# A new colour or key changes nobody's idea of what the label means.
_LOOKS = frozenset({"colour", "shortcut", "style", "long"})


class LabelSets(OpenProject):
    """The part of the project that is about labels and attributes."""

    def label_set(self) -> LabelSet:
        """Return the labels and attributes with the version of the whole."""
        return queries.label_set(self._connection)

    def add_label(
        self,
        key: str,
        *,
        names: Mapping[str, str],
        colour: str,
        shortcut: str = "",
        style: str = "solid",
        long: bool = False,
        guideline: Mapping[str, str] | None = None,
        example: str = "",
        counter_example: str = "",
    ) -> Label:
        """Add a label behind the others; raise LabelExists."""
        position = queries.positions(self._connection, "label")
        if key in position:
            raise LabelExists(label=key)
        version = self._next_version()
        label = Label(
            key, names, colour, shortcut, style, long, guideline or {}, example, counter_example, version, version
        )  # fmt: skip
        self._put_label("add_label", label, max(position.values(), default=-1) + 1)
        return label

    def revise_label(
        self,
        key: str,
        *,
        names: Mapping[str, str] = UNCHANGED,
        colour: str = UNCHANGED,
        shortcut: str = UNCHANGED,
        style: str = UNCHANGED,
        long: bool = UNCHANGED,
        guideline: Mapping[str, str] = UNCHANGED,
        example: str = UNCHANGED,
        counter_example: str = UNCHANGED,
    ) -> Label:
        """Change what is given of a label; names, guideline and examples are its definition. Raises UnknownLabel."""
        given: dict[str, Any] = {"names": names, "colour": colour, "shortcut": shortcut, "style": style, "long": long}
        given |= {"guideline": guideline, "example": example, "counter_example": counter_example}
        before = self._label(key)
        wanted = {
            name: value for name, value in given.items() if value is not UNCHANGED and value != getattr(before, name)
        }
        if not wanted:
            return before
        version = self._next_version()
        defined = before.version if wanted.keys() <= _LOOKS else version
        after = replace(before, **wanted, changed=version, version=defined)
        self._put_label("revise_label", after, queries.positions(self._connection, "label")[key])
        return after

    def revise_attribute(
        self, key: str, *, names: Mapping[str, str] = UNCHANGED, values: Iterable[AttributeValue] = UNCHANGED
    ) -> Attribute:
        """Change an attribute's names or the answers it allows; raise UnknownAttribute."""
        before = self._attribute(key)
        after = replace(
            before,
            names=before.names if names is UNCHANGED else names,
            values=before.values if values is UNCHANGED else tuple(values),
        )
        if after == before:
            return before
        after = replace(after, version=self._next_version())
        with self._step("revise_attribute") as step:
            value = attribute_value(after, queries.positions(self._connection, "attribute")[key])
            step.put("attribute", value, entity=attribute_id(key))
        self._tell_step(step, attribute=(key,))
        return after

    def annotations_to_recheck(self) -> list[Annotation]:
        """Return the annotations made before their label, or an attribute of their frame, was defined anew."""
        return queries.annotations_to_recheck(self._connection)

    def confirm(self, annotation: str) -> Annotation:
        """Say that one's own annotation, with its frame, is right: by the definitions of today, and where it was carried over.

        Nothing is written when there was no doubt. Raises UnknownAnnotation or NotYours.
        """
        before, version = self._own(annotation), self._label_set_version()
        frame = claims.frame(self._connection, uuid_bytes(annotation) or b"")
        framed = frame is not None and frame.label_set != version
        after = before._replace(label_set=version, to_confirm=False)
        if after == before and not framed:
            return before
        with self._step("confirm") as step:
            step.put_updated("annotation", annotation_value(after), uuid_bytes(before.id) or b"")
            if frame and framed:
                value = frame_value(replace(frame, label_set=version)) | {"claim": frame.claim}
                step.put("frame", value, entity=frame_id(frame.claim))
        self._tell_step(step, annotation=(before.id,), frame=_ids(frame) if framed else ())
        return self.annotation(annotation)

    # -- inside ---------------------------------------------------------------------------------------------------

    def _label(self, key: str) -> Label:
        labels = self.labels()
        for label in labels:
            if label.key == key:
                return label
        raise UnknownLabel(label=key, known=", ".join(label.key for label in labels))

    def _next_version(self) -> int:
        """Return a version that the label set never had, not even before an undo."""
        return queries.newest_label_set_version(self._connection) + 1

    def _put_label(self, action: str, label: Label, position: int) -> None:
        with self._step(action) as step:
            step.put("label", label_value(label, position), entity=label_id(label.key))
        self._tell_step(step, label=(label.key,))


def _ids(frame: ClaimFrame | None) -> tuple[str, ...]:
    return (frame.claim,) if frame else ()
