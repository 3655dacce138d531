"""What a format keeps that gives each token one label: annotations that do not overlap, and the tokens these cover.

Of overlapping annotations the longest is kept, of equals the earlier.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from functools import lru_cache

from annotator.model import Annotation

Span = tuple[int, int]
Sentences = list[list[Span]]
Covered = list[tuple[int, Annotation]]
"""Tokens of a sentence, by their place in it, with the annotation in which each lies."""


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


def covering(kept: list[Annotation], sentences: Sentences) -> Iterator[Covered]:
    """Yield for each sentence its tokens that lie in an annotation; `kept` do not overlap and stand in order."""
    number = 0
    for sentence in sentences:
        covered: Covered = []
        at, end = 0, sentence[-1][1]
        while number < len(kept) and kept[number].start < end:
            one = kept[number]
            at = _first_behind(sentence, one.start, at)
            while at < len(sentence) and sentence[at][0] < one.end:
                covered.append((at, one))
                at += 1
            if one.end > end:
                break  # it goes on in the next sentence
            number += 1
        yield covered


def _first_behind(sentence: list[Span], start: int, at: int) -> int:
    """Return the first token from `at` on that ends behind `start`."""
    found = bisect_left(sentence, (start,), at)
    return found - 1 if found > at and sentence[found - 1][1] > start else found


def holding(annotations: Iterable[Annotation], spans: list[Span]) -> dict[int, list[Annotation]]:
    """Return by their start the spans that lie in annotations as a whole, with these; the spans stand in order."""
    found: dict[int, list[Annotation]] = {}
    for one in sorted(annotations, key=lambda one: (one.start, -one.end, one.id)):
        for at in range(bisect_left(spans, (one.start,)), len(spans)):
            start, end = spans[at]
            if end > one.end:
                break
            found.setdefault(start, []).append(one)
    return found


def tags(length: int, covered: Covered) -> list[str]:
    """Return the IOB2 tag of each token of a sentence: B- where an annotation begins, I- inside it, else O."""
    found = ["O"] * length
    before = None
    for at, one in covered:
        found[at] = f"{'I' if one is before else 'B'}-{tag_name(one.label)}"
        before = one
    return found


@lru_cache
def tag_name(label: str) -> str:
    """Return a label as a tag may be written: without white space."""
    return "_".join(label.split())
