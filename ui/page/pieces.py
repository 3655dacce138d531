"""The pieces an article is laid out in: its paragraphs, each in its own direction. Knows no Qt.

A paragraph of tens of thousands of characters (a page saved without line ends) is cut at a space into several pieces, so
that opening it never holds the window up; there a line may end early.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from annotator.model import Direction
from annotator.text.canonical import direction_of

LONGEST = 30_000  # characters; about 12 ms to lay out
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Piece(NamedTuple):
    """A stretch of text laid out by itself. `start` is a UTF-16 position; `whole` says that it is a paragraph of its own.

    A tuple: a long text has ten thousand of them, which are made while the window waits.
    """

    start: int
    length: int
    paragraph: int
    text: str
    direction: Direction
    whole: bool
    ends_paragraph: bool

    @property
    def end(self) -> int:
        """The UTF-16 position behind its last character."""
        return self.start + self.length


def pieces_of(text: str, *, direction: Direction | None) -> list[Piece]:
    """Return the pieces of a text in order; `direction` overrides that of every paragraph."""
    pieces: list[Piece] = []
    start, current, has_astral = 0, direction_of(text), _ASTRAL.search(text) is not None
    for number, paragraph in enumerate(text.split("\n")):
        current = direction or own_direction(paragraph) or current
        whole = len(paragraph) <= LONGEST
        for part in (paragraph,) if whole else _cut(paragraph):
            length = len(part.encode("utf-16-le")) // 2 if has_astral else len(part)
            pieces.append(Piece(start, length, number, part, current, whole, whole))
            start += length
        if not whole:
            pieces[-1] = pieces[-1]._replace(ends_paragraph=True)
        start += 1
    return pieces


def own_direction(paragraph: str) -> Direction | None:
    """Return a paragraph's direction by its first strong character; None when it has none."""
    for character in paragraph:
        kind = unicodedata.bidirectional(character)
        if kind in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return None


def _cut(paragraph: str) -> Iterator[str]:
    start = 0
    while len(paragraph) - start > LONGEST:
        space = paragraph.rfind(" ", start + LONGEST // 2, start + LONGEST)
        end = space + 1 if space > 0 else start + LONGEST
        yield paragraph[start:end]
        start = end
    yield paragraph[start:]
