"""Who reviews, what was decided about several layers of an article, and what is said about annotations, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from annotator.entities import Link
from annotator.frames import ClaimFrame

Role = Literal["reviewer", "lead"]
ROLES: tuple[Role, ...] = ("reviewer", "lead")
Outcome = Literal["agreed", "one", "several", "other", "none"]
OUTCOMES: tuple[Outcome, ...] = ("agreed", "one", "several", "other", "none")
"""How a difference was settled: there was none, one side's mark stands, several do, a new one does, none does."""
REASONS = ("", "guideline", "ambiguous", "slip", "other")
"""Why: a gap in the guideline, a text that can be read both ways, a slip, something else; empty when nothing was said."""


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who works on a project. A lead sees every layer, compares and settles; nobody changes another's annotations."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class DoubleReading:
    """How it was last drawn who reads what: the share (0 to 1) that two read, the seed, and among whom."""

    share: float
    seed: int
    reviewers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for everybody in a project. `blind`: see `Project.is_blind`."""

    blind: bool = False
    double: DoubleReading | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """One of the settings as it is written: `blind` or `double`, and its value as plain JSON."""

    key: str
    value: Any


@dataclass(frozen=True, slots=True)
class Draw:
    """What drawing lots gave: how many articles, how many of them two read, and how many each reviewer got."""

    articles: int
    double: int
    by_reviewer: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Workload:
    """How far a reviewer is with the articles they were given; `double` counts those that another was given too."""

    reviewer: str
    role: Role
    assigned: int
    new: int
    progress: int
    done: int
    double: int


@dataclass(frozen=True, slots=True)
class Source:
    """An annotation (or a relation) that was decided about: `head` is the digest of what it said then, `op` the operation
    that had said so.
    """

    id: str
    head: str
    op: str


@dataclass(frozen=True, slots=True)
class FinalAnnotation:
    """An annotation of the final layer, whole in itself: what becomes of its sources later does not touch it.

    `sources` are the annotations that were taken, `decision` says which decision made it and `reviewer` whose that was. The
    frame points to annotations of the layers as they were; `review.final` reads it as pointing to final ones.
    """

    id: str
    article: str
    label: str
    start: int
    end: int
    quote: str
    note: str
    form: str
    label_set: int
    sources: tuple[str, ...]
    link: Link | None
    frame: ClaimFrame | None
    decision: str
    reviewer: str
    created_at: str
    updated_at: str


@dataclass(frozen=True, slots=True)
class FinalRelation:
    """A link between two claims that was taken into the final layer; `a` and `b` are claims of layers."""

    id: str
    a: str
    type: str
    b: str
    note: str
    sources: tuple[str, ...]
    decision: str
    reviewer: str
    updated_at: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What a lead decided about annotations (or relations) of several layers that mean the same, and what came of it.

    `taken` are those of its sources that stand. Its id follows from the article and the sources, so two leads who decide about
    the same thing decide one thing.
    """

    id: str
    article: str
    of: Literal["annotation", "relation"]
    sources: tuple[Source, ...]
    outcome: Outcome
    taken: tuple[str, ...]
    reason: str
    note: str
    reviewer: str
    created_at: str
    updated_at: str
    finals: tuple[FinalAnnotation, ...] = ()
    relations: tuple[FinalRelation, ...] = ()

    @property
    def source_ids(self) -> frozenset[str]:
        """The ids of all that was decided about."""
        return frozenset(source.id for source in self.sources)


@dataclass(frozen=True, slots=True)
class Settlement:
    """That a lead called an article settled, or opened it again. `layers` is the digest of its layers at that moment."""

    article: str
    state: Literal["settled", "open"]
    layers: str
    reviewer: str
    updated_at: str


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one's own annotation: taken as it was, changed, not taken, or nobody has decided yet (`open`).

    `reviewer` is the lead who decided, `finals` are the annotations that came of it. `changed_since`: the annotation is no
    longer what was decided about.
    """

    annotation: str
    outcome: Literal["taken", "changed", "not_taken", "open"]
    reason: str = ""
    note: str = ""
    reviewer: str = ""
    finals: tuple[str, ...] = ()
    changed_since: bool = False


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody says about an annotation, perhaps in answer to another comment; anybody may call it resolved."""

    id: str
    annotation: str
    article: str
    text: str
    answer_to: str
    reviewer: str
    created_at: str
    updated_at: str
    resolved_by: str = ""
    resolved_at: str = ""
