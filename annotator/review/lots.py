"""Drawing lots who reads what, so that anybody can draw the same again.

Articles are put in the order of SHA-256 over the seed and their ids, which follow from their texts: the same articles, seed,
share and reviewers give the same lots on every machine. The first of them, as large a share as is wanted, are read by two.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence


def drawn(articles: Iterable[str], share: float, seed: int, reviewers: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """Return who is to read each article, those that two are to read first; each reviewer gets as many, give or take one.

    With one reviewer alone, nothing is read by two. Which two read together changes from round to round.
    """
    names = sorted(set(reviewers))
    ordered = sorted(articles, key=lambda one: hashlib.sha256(f"{seed}\n{one}".encode()).digest())
    double = round(share * len(ordered)) if len(names) > 1 else 0
    return {article: _readers(names, at, two=at < double) for at, article in enumerate(ordered)}


def _readers(names: Sequence[str], at: int, *, two: bool) -> tuple[str, ...]:
    first = at % len(names)
    if not two:
        return (names[first],)
    beside = 1 + at // len(names) % (len(names) - 1)
    return tuple(sorted((names[first], names[(first + beside) % len(names)])))
