"""What a format keeps that gives each token one label: annotations that do not overlap, and the tokens these cover.

Of overlapping annotations the longest is kept, of equals the earlier.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import deque
from collections.abc import Iterable, Iterator

from annotator.model import Annotation

Span = tuple[int, int]
Sentences = list[list[Span]]


def flattened(annotations: Iterable[Annotation]) -> tuple[list[Annotation], list[Annotation]]:
    """Return the annotations that are kept, by their place, and those that overlap with one of these."""
    kept: dict[int, Annotation] = {}
    starts: list[int] = []
    left: list[Annotation] = []
    for one in sorted(annotations, key=lambda one: (one.start - one.end, one.start, one.id)):
        at = bisect_left(starts, one.end)
        if at and kept[starts[at - 1]].end > one.start:
            left.append(one)
        else:
            kept[one.start] = one
            insort(starts, one.start)
    return [kept[start] for start in starts], left


def covering(kept: list[Annotation], sentences: Sentences) -> Iterator[list[tuple[Span, Annotation | None]]]:
    """Yield the tokens of each sentence with the annotation each lies in, if any; `kept` do not overlap and stand in order."""
    number = 0
    for sentence in sentences:
        covered: list[tuple[Span, Annotation | None]] = []
        for start, end in sentence:
            while number < len(kept) and kept[number].end <= start:
                number += 1
            inside = number < len(kept) and kept[number].start < end
            covered.append(((start, end), kept[number] if inside else None))
        yield covered


def inside(annotations: Iterable[Annotation], spans: Iterable[Span]) -> Iterator[list[Annotation]]:
    """Yield for each of these spans, which stand in order, the annotations that hold all of it."""
    coming = deque(sorted(annotations, key=lambda one: (one.start, -one.end, one.id)))
    active: list[Annotation] = []
    for start, end in spans:
        while coming and coming[0].start <= start:
            active.append(coming.popleft())
        active = [one for one in active if one.end > start]
        yield [one for one in active if one.end >= end]


def tags(covered: list[tuple[Span, Annotation | None]]) -> Iterator[str]:
    """Yield the IOB2 tag of each token of a sentence: B- where an annotation begins, I- inside it, else O."""
    before = None
    for _, one in covered:
        yield "O" if one is None else f"{'I' if one is before else 'B'}-{tag_name(one.label)}"
        before = one


def tag_name(label: str) -> str:
    """Return a label as a tag may be written: without white space."""
    return "_".join(label.split())
