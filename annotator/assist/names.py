"""Names with the language they are in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

ABBREVIATION = "abbr"


class TaggedName(NamedTuple):
    """One name and its language: BCP 47, `und` where the source does not say, `abbr` for an abbreviation such as قسد."""

    text: str
    language: str


def name_in(names: Sequence[TaggedName], language: str) -> str:
    """Return the first name in a language, else the first of all, else nothing."""
    return next((name.text for name in names if name.language == language), names[0].text if names else "")
