"""How the sides of a comparison are told apart: a letter, a colour and a line style each; their names can be hidden."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from annotator.review.comparing import Side
from annotator.review.final import FINAL
from ui.translate import isolated, language, tr

MOST = 6
COLOURS = ("#4477aa", "#ee6677", "#228833", "#aa3377", "#66ccee", "#ccbb44")
"""The scheme "bright" by Paul Tol (Colour Schemes, technical note SRON/EPS/TN/09-002, 2021), made for all eyes."""
LATIN, ARABIC = "ABCDEF", "أبجدهو"
DASHES: tuple[tuple[float, ...], ...] = ((), (4.0, 2.0), (1.2, 1.4), (5.0, 1.6, 1.2, 1.6), (8.0, 2.0), (2.4, 1.2))
"""Dashes and gaps of each side's line, in widths of the pen; an unbroken line has none."""


@dataclass(frozen=True, slots=True)
class ShownSide:
    """A side as it is shown: its place from 0 on, its name, and what kind of side it is."""

    number: int
    name: str
    kind: str

    @property
    def letter(self) -> str:
        """The letter that stands for it on the page, and that takes it."""
        return (ARABIC if language() == "ar" else LATIN)[self.number]

    @property
    def colour(self) -> str:
        """The colour of its lines."""
        return COLOURS[self.number]

    def title(self, *, hidden: bool) -> str:
        """Return what it is called; a reviewer whose name is hidden by the letter."""
        if self.kind == "final":
            return tr("Final layer")
        if self.kind == "suggestions":
            return tr("Suggestions")
        return tr("Reviewer {letter}").format(letter=self.letter) if hidden else isolated(self.name)


def shown_sides(sides: Sequence[Side]) -> tuple[ShownSide, ...]:
    """Return the sides of a comparison as they are shown."""
    return tuple(ShownSide(number, side.name, side.kind) for number, side in enumerate(sides))


def shuffled(sides: Sequence[ShownSide], article: str) -> tuple[ShownSide, ...]:
    """Return the sides in an order that tells nothing of their names, another one in each article."""
    ordered = sorted(sides, key=lambda side: hashlib.sha256(f"{article}\n{side.name}".encode()).digest())
    return tuple(replace(side, number=number) for number, side in enumerate(ordered))


def side_title(name: str) -> str:
    """Return what a layer is called in a list to choose from."""
    return tr("Final layer") if name == FINAL else isolated(name)
