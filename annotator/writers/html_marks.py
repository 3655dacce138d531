"""An article's text as HTML with its marks: bands and underlines that change no shape of a letter.

The text is cut where a mark, or a stretch of page boilerplate, begins or ends, and each piece is one `span` without margin or
padding beside it, so that letters stay joined across the cuts. Marks that overlap have underlines in lanes, the shortest
nearest to the words. What a piece looks like is a class, made once for all pieces that look alike.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise
from typing import NamedTuple

from annotator.model import Annotation, Article, Label

_LANES = 6
_LANE = 3  # pixels
_UNKNOWN = Label("", {}, "#6b7280", "")
_LINES = {
    "solid": "linear-gradient({c},{c})",
    "dotted": "repeating-linear-gradient(90deg,{c} 0 2px,transparent 2px 4px)",
    "dashed": "repeating-linear-gradient(90deg,{c} 0 6px,transparent 6px 9px)",
}
_SHORT, _LONG = "2b", "17"  # how opaque a band is, in hexadecimal
_Look = tuple[tuple[str, int], ...]
# XML and HTML know no control characters but tab and line feed; a reader would drop the others or stop.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SPECIAL = re.compile(f"{_CONTROLS.pattern}|[&<>\"']")


def safe(text: str) -> str:
    """Return a text as HTML shows it as text; control characters become U+FFFD, so that offsets stay."""
    return escape(_CONTROLS.sub("\ufffd", text)) if _SPECIAL.search(text) else text


def has_controls(text: str) -> bool:
    """Tell whether a text has control characters that HTML cannot hold."""
    return bool(_CONTROLS.search(text))


class Piece(NamedTuple):
    """A stretch `[start, end)` of the text on which the same marks lie, longer ones first."""

    start: int
    end: int
    marks: tuple[Annotation, ...]
    greyed: bool


class Looks:
    """The classes of the pieces of a report, and the style sheet that says how each looks."""

    def __init__(self, labels: Sequence[Label]) -> None:
        self._labels = {label.key: label for label in labels}
        self._classes: dict[_Look, str] = {}

    def class_of(self, piece: Piece, lanes: Mapping[str, int]) -> str:
        """Return the class of a piece; empty where nothing lies on it."""
        look = tuple((one.label, lanes[one.id]) for one in piece.marks)
        found = self._classes.setdefault(look, f"m{len(self._classes)}") if look else ""
        return f"{found} g".strip() if piece.greyed else found

    def key_class(self, label: str) -> str:
        """Return the class of a label's name in the legend."""
        return self._classes.setdefault(((label, 0),), f"m{len(self._classes)}")

    def style_sheet(self) -> Iterator[str]:
        """Yield the rules, for a light ground and for a dark one."""
        yield from (self._rule(look, name, _as_it_is) for look, name in self._classes.items())
        yield "@media screen and (prefers-color-scheme:dark){\n"
        yield from (self._rule(look, name, _lighter) for look, name in self._classes.items())
        yield "}\n"

    def _rule(self, look: _Look, name: str, shade: Callable[[str], str]) -> str:
        deepest = 1 + max(lane for _, lane in look)
        lines = [self._line(label, shade, (deepest - 1 - lane) * _LANE) for label, lane in look]
        bands = [self._band(label, shade) for label in dict(look)]
        return f".{name}{{background:{','.join([*lines, *bands])};padding-bottom:{deepest * _LANE}px}}\n"

    def _line(self, label: str, shade: Callable[[str], str], above: int) -> str:
        found = self._labels.get(label, _UNKNOWN)
        line = _LINES.get(found.style, _LINES["solid"]).format(c=shade(found.colour))
        return f"{line} 0 calc(100% - {above}px)/100% 2px no-repeat"

    def _band(self, label: str, shade: Callable[[str], str]) -> str:
        found = self._labels.get(label, _UNKNOWN)
        colour = f"{shade(found.colour)}{_LONG if found.long else _SHORT}"
        return f"linear-gradient({colour},{colour})"


def lanes_of(annotations: Sequence[Annotation]) -> dict[str, int]:
    """Return the lane of each annotation's underline, 0 next to the words: short ones first, never two in one place."""
    ends: list[list[tuple[int, int]]] = []
    lanes = {}
    for one in sorted(annotations, key=lambda one: (one.end - one.start, one.start, one.id)):
        lane = next((number for number, taken in enumerate(ends) if _is_free(taken, one)), len(ends))
        if lane == len(ends):
            ends.append([])
        place = bisect_right(ends[lane], (one.start, one.end))
        ends[lane].insert(place, (one.start, one.end))
        lanes[one.id] = min(lane, _LANES - 1)
    return lanes


def paragraphs(article: Article, annotations: Sequence[Annotation]) -> Iterator[tuple[int, list[Piece]]]:
    """Yield the start of each paragraph (a line of the text) with its pieces; an empty one has none."""
    pieces = list(_pieces(article, annotations))
    at = start = 0
    for line in article.text.split("\n"):
        end, found = start + len(line), []
        while line and at < len(pieces) and pieces[at].start < end:
            piece = pieces[at]
            within = start <= piece.start and piece.end <= end
            found.append(piece if within else piece._replace(start=max(piece.start, start), end=min(piece.end, end)))
            if piece.end > end:
                break
            at += 1
        yield start, found
        start = end + 1
        while at < len(pieces) and pieces[at].end <= start:
            at += 1


def _pieces(article: Article, annotations: Sequence[Annotation]) -> Iterator[Piece]:
    """Yield the whole text in pieces; one sweep over all borders."""
    opened = sorted(annotations, key=lambda one: one.start)
    borders = {0, len(article.text)}
    borders.update(border for one in annotations for border in (one.start, one.end))
    borders.update(border for one in article.boilerplate for border in (one.start, one.end))
    ordered, at, lying, grey = sorted(borders), 0, list[Annotation](), 0
    for start, end in pairwise(ordered):
        while at < len(opened) and opened[at].start <= start:
            lying.append(opened[at])
            at += 1
        lying = [one for one in lying if one.end > start]
        while grey < len(article.boilerplate) and article.boilerplate[grey].end <= start:
            grey += 1
        greyed = grey < len(article.boilerplate) and article.boilerplate[grey].start <= start
        if len(lying) > 1:
            lying.sort(key=lambda one: (one.start - one.end, one.start, one.id))
        yield Piece(start, end, tuple(lying), greyed)


def _as_it_is(colour: str) -> str:
    return colour


def _lighter(colour: str) -> str:
    """Return a colour (`#rrggbb`) half way to white: dark ones would not be seen on a dark ground."""
    return "#" + "".join(f"{(int(colour[at : at + 2], 16) + 255) // 2:02x}" for at in (1, 3, 5))


def _is_free(taken: list[tuple[int, int]], one: Annotation) -> bool:
    place = bisect_right(taken, (one.start, one.end))
    before = taken[place - 1] if place else None
    after = taken[place] if place < len(taken) else None
    return (before is None or before[1] <= one.start) and (after is None or after[0] >= one.end)
