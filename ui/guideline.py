"""When a label or an answer is to be used, as a tooltip: its guideline, an example, and what is none."""

from __future__ import annotations

from html import escape

from annotator.model import AttributeValue, Label
from annotator.text.canonical import direction_of
from ui.translate import language, tr

_WIDTH = 340


def guideline(one: Label | AttributeValue) -> str:
    """Return guideline, example and counter-example as rich text that wraps; empty when there are none."""
    told = one.guideline.get(language()) or next(iter(one.guideline.values()), "")
    parts = [_paragraph(told)]
    parts += [_paragraph(one.example, tr("Example:"))] if one.example else []
    parts += [_paragraph(one.counter_example, tr("Not so:"))] if one.counter_example else []
    whole = "".join(part for part in parts if part)
    return f'<div style="width: {_WIDTH}px">{whole}</div>' if whole else ""


def spoken(one: Label | AttributeValue) -> str:
    """Return the guideline with example and counter-example as plain text, for a screen reader."""
    told = one.guideline.get(language()) or next(iter(one.guideline.values()), "")
    parts = [told]
    parts += [f"{tr('Example:')} {one.example}"] if one.example else []
    parts += [f"{tr('Not so:')} {one.counter_example}"] if one.counter_example else []
    return "\n".join(filter(None, parts))


def _paragraph(text: str, heading: str = "") -> str:
    if not text:
        return ""
    direction = direction_of(heading or text)
    strong = f"<b>{escape(heading)}</b> " if heading else ""
    return f'<p dir="{direction}">{strong}\u2068{escape(text)}\u2069</p>'
