"""Claim frames and verdicts as TEI feature structures: https://tei-c.org/release/doc/tei-p5-doc/en/html/FS.html.

The features have the names of our own form (docs/formats/jsonl.md). Words that stand in the text point there; what points to an
annotation of the same article is a pointer, else the id as a string. What nobody said is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotator.frames import ClaimFrame, Verdict
from annotator.values import frame_value
from annotator.writers.tei_names import annotation_id, stretch
from annotator.writers.xml_text import attribute, content

_WORDS = ("words", "quote")
_POINTING = ("annotation", "parent")
_HOLDS_NOTHING: tuple[Any, ...] = (None, "", [])


class Features:
    """Writes the feature structures of one article: `text` is the XML id of its text, `here` are its annotations."""

    def __init__(self, text: str, here: set[str]) -> None:
        self._text, self._here = text, here

    def frame(self, frame: ClaimFrame) -> str:
        """Return a claim frame."""
        value = frame_value(frame)
        records = [value["source"], value["via"], *value["about"], *value["places"]]
        for record, one in zip(records, (frame.source, frame.via, *frame.about, *frame.places), strict=True):
            if one and one.removed:
                record["removed"] = True
        claim = annotation_id(frame.claim)
        return f'<fs type="claim" xml:id="frame-{frame.claim}" corresp="#{claim}">{self._features(value)}</fs>'

    def verdict(self, verdict: Verdict, resp: str, change: str) -> str:
        """Return what one reviewer holds of a claim."""
        value = {"value": verdict.value, "reason": verdict.reason, "label_set": verdict.label_set}
        head = f'type="verdict" corresp="#{annotation_id(verdict.claim)}" resp="{resp}" change="{change}"'
        return f"<fs {head}>{self._features(value)}</fs>"

    def _features(self, value: Mapping[str, Any]) -> str:
        start, end = value.get("start"), value.get("end")
        at = f' corresp="{stretch(self._text, start, end)}"' if start is not None and end is not None else ""
        return "".join(
            self._feature(name, found, at if name in _WORDS else "")
            for name, found in value.items()
            if name not in ("start", "end") and found not in _HOLDS_NOTHING
        )

    def _feature(self, name: str, value: Any, at: str) -> str:
        if name in _POINTING and value in self._here:
            return f'<f name="{name}" fVal="#{annotation_id(value)}"/>'
        return f'<f name="{name}">{self._value(value, at)}</f>'

    def _value(self, value: Any, at: str = "") -> str:
        if isinstance(value, dict):
            return f"<fs>{self._features(value)}</fs>"
        if isinstance(value, list):
            return f'<vColl org="list">{"".join(map(self._value, value))}</vColl>'
        if isinstance(value, bool):
            return f'<binary value="{str(value).lower()}"/>'
        if isinstance(value, int | float):
            return f'<numeric value="{attribute(repr(value))}"/>'
        return f"<string{at}>{content(value)}</string>"
