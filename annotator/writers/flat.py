"""What a format keeps that gives each token one label: annotations that do not overlap, and the tokens these cover.

Of overlapping annotations the longest is kept, of equals the earlier.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import deque
from collections.abc import Iterable, Iterator
from functools import lru_cache

from annotator.model import Annotation
from annotator.text.tokens import Span

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


class Kept:
    """What is kept of annotations, to be laid over the sentences of their article; `left` are the others."""

    def __init__(self, annotations: Iterable[Annotation]) -> None:
        self.annotations, self.left = flattened(annotations)
        self._ends = [one.end for one in self.annotations]

    def over(self, sentence: list[Span]) -> Covered:
        """Return the tokens of a sentence that lie in an annotation, if only in part; where two share one, in the first."""
        covered: Covered = []
        at, end = 0, sentence[-1][1]
        for number in range(bisect_right(self._ends, sentence[0][0]), len(self._ends)):
            one = self.annotations[number]
            if one.start >= end:
                break
            at = _first_behind(sentence, one.start, at)
            while at < len(sentence) and sentence[at][0] < one.end:
                covered.append((at, one))
                at += 1
        return covered


def _first_behind(sentence: list[Span], start: int, at: int) -> int:
    """Return the first token from `at` on that ends behind `start`."""
    found = bisect_left(sentence, (start,), at)
    return found - 1 if found > at and sentence[found - 1][1] > start else found


class Holders:
    """All annotations, also those that overlap, to be laid over the sentences of their article from the first to the last."""

    def __init__(self, annotations: Iterable[Annotation]) -> None:
        self._coming = deque(sorted(annotations, key=lambda one: (one.start, -one.end, one.id)))
        self._open: list[Annotation] = []

    def over(self, sentence: list[Span]) -> dict[int, list[Annotation]]:
        """Return, by the place of a token in the sentence, the annotations in which it lies as a whole."""
        end = sentence[-1][1]
        while self._coming and self._coming[0].start < end:
            self._open.append(self._coming.popleft())
        found: dict[int, list[Annotation]] = {}
        for one in self._open:
            for at in range(bisect_left(sentence, (one.start,)), bisect_left(sentence, (one.end,))):
                found.setdefault(at, []).append(one)
        self._open = [one for one in self._open if one.end > end]
        return found


def tags(covered: Covered) -> Iterator[tuple[int, str]]:
    """Yield the IOB2 tags of the tokens of a sentence that lie in an annotation: B- where one begins, I- inside it."""
    before = None
    for at, one in covered:
        yield at, f"{'I' if one is before else 'B'}-{tag_name(one.label)}"
        before = one


@lru_cache
def tag_name(label: str) -> str:
    """Return a label as a tag may be written: without white space."""
    return "_".join(label.split())
