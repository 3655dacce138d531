"""The labels and attributes a new project starts with, read from `seeds/labels.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from annotator.folders import seeds_folder
from annotator.model import Attribute, AttributeValue, Label, LabelSet

# Of the scheme "muted" by Paul Tol (technical note SRON/EPS/TN/09-002): those of our labels first, then what differs.
_COLOURS = ("#332288", "#44AA99", "#DDCC77", "#CC6677", "#117733", "#882255", "#88CCEE")
_STYLES = ("solid", "dotted", "dashed")


def starter_set(path: Path | None = None) -> LabelSet:
    """Return the label set of a labels file, by default the one that ships."""
    with (path or seeds_folder() / "labels.toml").open("rb") as file:
        content = tomllib.load(file)
    labels = tuple(Label(**entry) for entry in content["label"])
    return LabelSet(1, labels, tuple(_attribute(entry) for entry in content.get("attribute", [])))


def starter_labels(path: Path | None = None) -> list[Label]:
    """Return the labels of a labels file, by default the one that ships."""
    return list(starter_set(path).labels)


def plain_label(key: str, place: int = 0) -> Label:
    """Return a label for a key that came with imported annotations and that the project does not know.

    `place` is its place among the project's labels: neighbours get different colours and underlines.
    """
    colour, style = _COLOURS[place % len(_COLOURS)], _STYLES[place % len(_STYLES)]
    return Label(key=key, names={"ar": key, "en": key}, colour=colour, shortcut="", style=style)


def plain_value(key: str) -> AttributeValue:
    """Return an attribute's value for a key that came with imported frames and that the project does not know."""
    return AttributeValue(key=key, names={"ar": key, "en": key})


def _attribute(entry: dict[str, Any]) -> Attribute:
    values = tuple(AttributeValue(**value) for value in entry["value"])
    return Attribute(key=entry["key"], names=entry["names"], values=values)
