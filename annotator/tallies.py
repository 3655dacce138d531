"""What the statistics of a project tell, as values: small tables of counts, each ready for a picture, a list or a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

DayFrom = Literal["claim", "article"]


@dataclass(frozen=True, slots=True)
class DayOfWork:
    """What one reviewer did on a day (UTC): annotations made that are still there, and articles called done."""

    day: str
    reviewer: str
    annotations: int
    done: int


@dataclass(frozen=True, slots=True)
class LabelCount:
    """How many annotations of a label a reviewer has; 0 where a label of the set is not used at all (no reviewer then)."""

    label: str
    reviewer: str
    annotations: int


@dataclass(frozen=True, slots=True)
class ReadingTime:
    """How long a reviewer worked on an article, by the times of `operations` in the log."""

    article: str
    title: str
    reviewer: str
    minutes: float
    operations: int


@dataclass(frozen=True, slots=True)
class Named:
    """An actor or a place: an entity of the register, or (without `entity`) words that are alike when folded.

    `articles` speak of it, in `mentions` annotations; where several reviewers marked an article, each of theirs is one.
    """

    name: str
    entity: str
    articles: int
    mentions: int


@dataclass(frozen=True, slots=True)
class SourceClaims:
    """How many claims of a source got a verdict: `not_examined` where none, `differing` where reviewers gave several.

    `kind` is that of the source: `actor`, `outlet`, `unnamed`, or empty where nobody said.
    """

    source: str
    kind: str
    verdict: str
    claims: int


@dataclass(frozen=True, slots=True)
class DayOfClaims:
    """How many claims fall on a day: the day the `claim` itself gives or, where it gives none, that of its `article`.

    An empty day: neither is known.
    """

    day: str
    by: DayFrom
    claims: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """What a project's work looks like, but for agreement."""

    progress: tuple[DayOfWork, ...] = ()
    labels: tuple[LabelCount, ...] = ()
    minutes: tuple[ReadingTime, ...] = ()
    actors: tuple[Named, ...] = ()
    places: tuple[Named, ...] = ()
    sources: tuple[SourceClaims, ...] = ()
    timeline: tuple[DayOfClaims, ...] = ()
