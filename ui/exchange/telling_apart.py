"""Telling bundles from files of articles, among what is dropped or opened."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from annotator.exchange.bundle_file import is_bundle
from ui.exchange.sending import ENDING

_ALSO = (ENDING, ".zip")  # mail and browsers give what is a ZIP its usual ending


def is_named_bundle(path: Path) -> bool:
    """Tell whether a file could be a bundle, by its name alone."""
    return path.suffix.casefold() in _ALSO


def sorted_files(paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Return the bundles and the rest; it reads files."""
    bundles = [one for one in paths if one.suffix.casefold() == ENDING or (is_named_bundle(one) and is_bundle(one))]
    return bundles, [one for one in paths if one not in bundles]
