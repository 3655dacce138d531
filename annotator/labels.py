"""The labels a new project starts with, read from `seeds/labels.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path

from annotator.folders import seeds_folder
from annotator.model import Label


def starter_labels(path: Path | None = None) -> list[Label]:
    """Return the labels of a labels file, by default the one that ships."""
    with (path or seeds_folder() / "labels.toml").open("rb") as file:
        return [Label(**entry) for entry in tomllib.load(file)["label"]]


def plain_label(key: str) -> Label:
    """Return a label for a key that came with imported annotations and that the project does not know."""
    return Label(key=key, names={"ar": key, "en": key}, colour="#6b7280", shortcut="")
