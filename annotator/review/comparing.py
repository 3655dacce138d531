"""Comparing two or more layers of an article: which marks mean the same, and how they differ.

How marks are matched, always with the same result:

1. A mark that has the same span and the same label as one of another side is matched with it.
2. Of the rest, marks with the same span and another label.
3. Of the rest, overlapping marks with the same label, one to one, so that all overlaps together are as long as possible.
4. Of the rest, overlapping marks with another label, in the same way, if at least half of the longer one is covered. (An
   actor within a claim is not that claim marked wrongly.)

Several marks of one side with the same span and label are matched in the order of their ids. With more than two sides the
second is matched with the first, the third with what these two have become, and so on, in the order in which they are given.

Of matched claims the frames are compared part by part; they agree where they point to the same matches. Links agree when they
name the same entity, relations when they say the same of the same two matches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from annotator.entities import Link
from annotator.frames import ClaimFrame, Relation, Verdict
from annotator.model import CLAIM, Annotation
from annotator.review.frame_parts import FRAME_PARTS, comparable, shown
from annotator.review.matching import best_pairs

DifferenceKind = Literal["only", "boundary", "label", "frame", "entity", "relation"]
DIFFERENCES: tuple[DifferenceKind, ...] = ("only", "boundary", "label", "frame", "entity", "relation")
"""In which way sides can differ: only some have it, another span, another label, a part of the frame, whom it means, and a
relation that only some have."""
SideKind = Literal["layer", "final", "suggestions"]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the layers that are compared: annotations sorted by (start, -end, id), and what hangs on them by their ids."""

    name: str
    annotations: Sequence[Annotation] = ()
    frames: Mapping[str, ClaimFrame] = field(default_factory=dict)
    links: Mapping[str, Link] = field(default_factory=dict)
    relations: Sequence[Relation] = ()
    verdicts: Mapping[str, tuple[Verdict, ...]] = field(default_factory=dict)
    kind: SideKind = "layer"


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in which the sides of a match differ.

    `attribute` is the part of the frame, else empty. `values` are words to be shown, by side; of what only some have, a side
    without it is missing.
    """

    kind: DifferenceKind
    values: Mapping[str, str]
    attribute: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """What sides mean with the same: an annotation, or a relation, of each side that has one. `number` is its place."""

    number: int
    of: Literal["annotation", "relation"]
    start: int
    end: int
    annotations: Mapping[str, Annotation]
    relations: Mapping[str, Relation] = field(default_factory=dict)
    differences: tuple[Difference, ...] = ()

    @property
    def agreed(self) -> bool:
        """Whether every side has it, and none otherwise."""
        return not self.differences

    @property
    def sides(self) -> tuple[str, ...]:
        """The names of the sides that have it."""
        return tuple(self.annotations or self.relations)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its annotations or relations, side by side."""
        return tuple(one.id for one in (self.annotations or self.relations).values())


@dataclass(frozen=True)
class Comparison:
    """All that sides have of an article, matched, in the order of the text; relations come behind."""

    article: str
    sides: tuple[Side, ...]
    matches: tuple[Match, ...]

    @cached_property
    def differences(self) -> tuple[tuple[Match, Difference], ...]:
        """Every difference with its match, in the order of the text."""
        return tuple((match, difference) for match in self.matches for difference in match.differences)

    @cached_property
    def agreed(self) -> tuple[Match, ...]:
        """The matches without a difference."""
        return tuple(match for match in self.matches if match.agreed)


def compare(article: str, sides: Sequence[Side], *, symmetric: Collection[str] = ()) -> Comparison:
    """Match the marks of the sides and say how they differ; `symmetric` are the types of relations that hold both ways."""
    groups = matched([side.annotations for side in sides])
    names = [side.name for side in sides]
    numbers = {one.id: number for number, group in enumerate(groups) for one in group.values()}
    matches = [
        _match(number, {names[at]: one for at, one in sorted(group.items())}, sides, numbers)
        for number, group in enumerate(groups)
    ]
    matches += _relations(sides, matches, numbers, symmetric)
    return Comparison(article, tuple(sides), tuple(matches))


# -- matching ------------------------------------------------------------------------------------------------------------

_Group = dict[int, Annotation]


def matched(layers: Sequence[Sequence[Annotation]]) -> list[_Group]:
    """Return groups of annotations that mean the same, at most one of each layer, by the number of the layer; sorted."""
    groups: list[_Group] = []
    for number, layer in enumerate(layers):
        _join(groups, number, sorted(layer, key=lambda one: (one.start, -one.end, one.id)))
    return sorted(groups, key=_place)


def _place(group: _Group) -> tuple[int, int, str]:
    return min((one.start, -one.end, one.id) for one in group.values())


def _join(groups: list[_Group], number: int, layer: Sequence[Annotation]) -> None:
    """Put the annotations of one more layer to the groups that mean the same, or into new ones."""
    left, free = list(layer), set(range(len(groups)))
    left = _by_key(groups, free, number, left, lambda one: (one.start, one.end, one.label))
    left = _by_key(groups, free, number, left, lambda one: (one.start, one.end))
    left = _by_overlap(groups, free, number, left, same_label=True)
    left = _by_overlap(groups, free, number, left, same_label=False)
    groups += [{number: one} for one in left]


def _by_key(
    groups: list[_Group], free: set[int], number: int, layer: list[Annotation], key: Callable[[Annotation], Hashable]
) -> list[Annotation]:
    """Match what has the same key; return the annotations that are left."""
    waiting: defaultdict[Hashable, list[int]] = defaultdict(list)
    for at in sorted(free, reverse=True):
        for found in {key(one) for one in groups[at].values()}:
            waiting[found].append(at)
    left = []
    for one in layer:
        places = waiting.get(key(one), [])
        while places and places[-1] not in free:
            places.pop()
        if places:
            at = places.pop()
            groups[at][number] = one
            free.discard(at)
        else:
            left.append(one)
    return left


def _by_overlap(
    groups: list[_Group], free: set[int], number: int, layer: list[Annotation], *, same_label: bool
) -> list[Annotation]:
    """Match what overlaps, one to one with the greatest overlap in all; return the annotations that are left."""
    pairs = best_pairs(_overlaps(groups, free, layer, same_label=same_label))
    for at, place in pairs.items():
        groups[at][number] = layer[place]
        free.discard(at)
    taken = set(pairs.values())
    return [one for place, one in enumerate(layer) if place not in taken]


def _overlaps(
    groups: list[_Group], free: set[int], layer: list[Annotation], *, same_label: bool
) -> dict[tuple[int, int], int]:
    """Return how many characters free groups and annotations have in common, found by one sweep along the text."""
    marks = [(one.start, at, one) for at in free for one in groups[at].values()]
    events = [(start, 0, at, one) for start, at, one in marks] + [
        (one.start, 1, place, one) for place, one in enumerate(layer)
    ]
    events.sort(key=lambda event: event[:3])
    found: dict[tuple[int, int], int] = {}
    open_marks: tuple[list[tuple[int, Annotation]], list[tuple[int, Annotation]]] = ([], [])
    for start, side, at, one in events:
        others = open_marks[1 - side]
        others[:] = [(place, other) for place, other in others if other.end > start]
        for place, other in others:
            if _may_match(one, other, same_label=same_label):
                pair = (place, at) if side else (at, place)
                found[pair] = max(found.get(pair, 0), min(one.end, other.end) - start)
        open_marks[side].append((at, one))
    return dict(sorted(found.items()))


def _may_match(one: Annotation, other: Annotation, *, same_label: bool) -> bool:
    if one.label == other.label:
        return same_label
    if same_label:
        return False
    common = min(one.end, other.end) - max(one.start, other.start)
    return 2 * common >= max(one.end - one.start, other.end - other.start)


# -- differences ---------------------------------------------------------------------------------------------------------


def _match(number: int, found: dict[str, Annotation], sides: Sequence[Side], numbers: Mapping[str, int]) -> Match:
    start, end = min(one.start for one in found.values()), max(one.end for one in found.values())
    return Match(number, "annotation", start, end, found, {}, tuple(_differences(found, sides, numbers)))


def _differences(
    found: Mapping[str, Annotation], sides: Sequence[Side], numbers: Mapping[str, int]
) -> Iterable[Difference]:
    if len(found) < len(sides):
        yield Difference("only", {name: one.quote for name, one in found.items()})
    if len(found) < 2:
        return
    marks = list(found.values())
    first = marks[0]
    if any((one.start, one.end) != (first.start, first.end) for one in marks):
        yield Difference("boundary", {name: one.quote for name, one in found.items()})
    if any(one.label != first.label for one in marks):
        yield Difference("label", {name: one.label for name, one in found.items()})
    having = [side for side in sides if side.name in found]
    if any(side.frames or side.links for side in having):
        yield from _hanging(found, having, numbers)


def _hanging(
    found: Mapping[str, Annotation], sides: Sequence[Side], numbers: Mapping[str, int]
) -> Iterable[Difference]:
    """Yield how links and frames differ."""
    links = {side.name: side.links.get(found[side.name].id) for side in sides}
    meant = {name: (link.answer, link.entity) if link else None for name, link in links.items()}
    if len(set(meant.values())) > 1:
        yield Difference("entity", {name: (link.entity or link.answer) if link else "" for name, link in links.items()})
    if all(one.label == CLAIM for one in found.values()):
        yield from _frames(found, sides, numbers)


def _frames(found: Mapping[str, Annotation], sides: Sequence[Side], numbers: Mapping[str, int]) -> Iterable[Difference]:
    frames = {side.name: side.frames.get(found[side.name].id) or ClaimFrame("") for side in sides}
    if len({id(frame) for frame in frames.values()}) == 1:
        return
    parts = {name: comparable(frame, lambda one: numbers.get(one, one)) for name, frame in frames.items()}
    differing = [part for part in FRAME_PARTS if len({parts[name][part] for name in frames}) > 1]
    if differing:
        words = {side.name: _words(side, frames[side.name]) for side in sides}
        for part in differing:
            yield Difference("frame", {name: shown(frames[name], words[name])[part] for name in frames}, part)


def _words(side: Side, frame: ClaimFrame) -> dict[str, str]:
    if not frame.parent:
        return {}
    return {one.id: one.quote for one in side.annotations if one.id == frame.parent}


def _relations(
    sides: Sequence[Side], matches: Sequence[Match], numbers: Mapping[str, int], symmetric: Collection[str]
) -> list[Match]:
    """Return the relations, matched where they say the same of the same two matches; another end counts by its id."""
    found: dict[Hashable, dict[str, Relation]] = {}
    for side in sides:
        for one in side.relations:
            ends = (numbers.get(one.a, one.a), numbers.get(one.b, one.b))
            key = (one.type, frozenset(ends) if one.type in symmetric else ends)
            found.setdefault(key, {})[side.name] = one
    ordered = sorted(found.values(), key=lambda group: min(one.id for one in group.values()))
    made = []
    for number, group in enumerate(ordered, start=len(matches)):
        at = next((numbers[one.a] for one in group.values() if one.a in numbers), None)
        start, end = (matches[at].start, matches[at].end) if at is not None else (0, 0)
        missing = len(group) < len(sides)
        differences = (Difference("relation", {name: one.type for name, one in group.items()}),) if missing else ()
        made.append(Match(number, "relation", start, end, {}, group, differences))
    return made
