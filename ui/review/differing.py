"""What there is to decide about an article, read in the worker: each difference with what was decided. Knows no Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from annotator import Article, Project
from annotator.decisions import Decision, Fate, Settlement
from annotator.errors import ProjectError
from annotator.model import Annotation
from annotator.review.comparing import DIFFERENCES, Comparison, DifferenceKind, Match
from annotator.review.final import FINAL
from annotator.review.opening import OpenDifference, undecided
from ui.review.sides import MOST, ShownSide, shown_sides

State = Literal["open", "changed", "settled"]
Filter = Literal["all", "open", "only", "boundary", "label", "frame", "entity", "relation"]
FILTERS: tuple[Filter, ...] = ("all", "open", *DIFFERENCES)
_ANSWERS = frozenset({"", "unknown", "ambiguous", "entity"})


@dataclass(frozen=True, slots=True)
class Row:
    """Something to decide about. Without a `match`, all that was decided about is gone.

    `before` are the decisions about any of it; `state` is `changed` where they no longer hold.
    """

    key: str
    match: Match | None
    before: tuple[Decision, ...]
    state: State

    @property
    def kinds(self) -> tuple[DifferenceKind, ...]:
        """In which ways the sides differ, each once."""
        return tuple(dict.fromkeys(one.kind for one in self.match.differences)) if self.match else ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of what is to be decided about."""
        return self.match.ids if self.match else tuple(one.id for one in self.before[0].sources)

    @property
    def span(self) -> tuple[int, int] | None:
        """Where it lies in the text, or where what is gone lay."""
        if self.match:
            return (self.match.start, self.match.end) if self.match.start < self.match.end else None
        finals = self.before[0].finals
        return (finals[0].start, finals[0].end) if finals else None

    @property
    def decision(self) -> Decision | None:
        """The decision about it, if there is one."""
        return self.before[0] if self.before else None

    def taken_from(self, side: str) -> str:
        """Return the id of what a side has of it; empty where it has nothing."""
        of = (self.match.annotations or self.match.relations) if self.match else {}
        return of[side].id if side in of else ""


@dataclass(frozen=True)
class Review:
    """An article as it is to be compared and settled.

    `layers` are all who read it, `comparison` is None where fewer than two sides are there. It is `whole` when all layers are
    compared and nothing else: only then can it be settled. `hidden`: others' layers cannot be seen yet. `agreed` counts what
    could be taken unseen, `entities` gives names by ids, `fates` says what became of the reader's own `marks`.
    """

    article: Article | None = None
    layers: tuple[str, ...] = ()
    sides: tuple[ShownSide, ...] = ()
    comparison: Comparison | None = None
    rows: tuple[Row, ...] = ()
    agreed: int = 0
    whole: bool = False
    hidden: bool = False
    is_lead: bool = False
    leads: tuple[str, ...] = ()
    reviewer: str = ""
    settlement: Settlement | None = None
    entities: Mapping[str, str] = field(default_factory=dict)
    fates: tuple[Fate, ...] = ()
    marks: Mapping[str, Annotation] = field(default_factory=dict)

    @property
    def is_settled(self) -> bool:
        """Whether a lead called it settled, and nobody opened it again."""
        return self.settlement is not None and self.settlement.state == "settled"

    @cached_property
    def by_key(self) -> Mapping[str, Row]:
        """The rows by their keys."""
        return {row.key: row for row in self.rows}

    @cached_property
    def open(self) -> int:
        """How much is still to be decided."""
        return sum(row.state != "settled" for row in self.rows)

    @cached_property
    def counts(self) -> Counter[str]:
        """How many rows each filter shows."""
        counted: Counter[str] = Counter(kind for row in self.rows for kind in row.kinds)
        counted["all"], counted["open"] = len(self.rows), self.open
        return counted

    def shown(self, wanted: Filter) -> tuple[Row, ...]:
        """Return the rows that a filter shows."""
        if wanted == "open":
            return tuple(row for row in self.rows if row.state != "settled")
        return self.rows if wanted == "all" else tuple(row for row in self.rows if wanted in row.kinds)


def read_review(project: Project, article: str, wanted: Sequence[str] | None) -> Review:
    """Read what there is to compare and to settle; `wanted` are the sides, None for all layers."""
    found = project.article(article)
    team, decisions = project.team(), project.decisions(article)
    marks = {one.id: one for one in project.annotations(article) if one.reviewer == project.reviewer}
    base = {
        "article": found,
        "is_lead": project.is_lead,
        "leads": tuple(one.name for one in team if one.role == "lead"),
        "reviewer": project.reviewer,
        "settlement": project.settlement(article),
        "fates": project.fates(article) if decisions else (),
        "marks": marks,
    }
    if not project.sees_layers(article):
        return Review(**base, hidden=True)  # type: ignore[arg-type]
    layers = project.layers(article)
    base["layers"] = layers
    sides = [one for one in wanted if one in layers or one == FINAL] if wanted else list(layers[:MOST])
    if len(sides) < 2:
        return Review(**base)  # type: ignore[arg-type]
    comparison = project.compare(article, sides)
    whole = tuple(sorted(sides)) == layers
    still_open = project.open_differences(article) if whole else ()
    return Review(
        **base,  # type: ignore[arg-type]
        sides=shown_sides(comparison.sides),
        comparison=comparison,
        rows=tuple(_rows(comparison, still_open, decisions, whole=whole)),
        agreed=len(undecided(comparison.agreed, decisions)) if whole else 0,
        whole=whole,
        entities=_entities(project, comparison),
    )


def _rows(
    comparison: Comparison, still_open: Iterable[OpenDifference], decisions: Sequence[Decision], *, whole: bool
) -> Iterable[Row]:
    """Yield what is to be decided or was, in the order of the text; what is gone comes last."""
    waiting = {one.match.number: one for one in still_open if one.match}
    for match in comparison.matches:
        open_one = waiting.get(match.number)
        if not open_one and match.agreed:
            continue
        about = _about(match.ids, decisions)
        settled: State = "settled" if about and whole else "open"
        state: State = settled if not open_one else "changed" if open_one.before else "open"
        yield Row("|".join(sorted(match.ids)), match, open_one.before if open_one else about, state)
    for one in still_open:
        if one.match is None:
            yield Row(one.before[0].id, None, one.before, "changed")


def _about(ids: Collection[str], decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    return tuple(one for one in decisions if one.source_ids.intersection(ids))


def _entities(project: Project, comparison: Comparison) -> dict[str, str]:
    """Return the names of the entities that sides do not agree on."""
    differing = {
        value for _, one in comparison.differences if one.kind == "entity" for value in one.values.values()
    } - _ANSWERS
    found = {}
    for identity in differing:
        try:
            found[identity] = project.entity(identity).name
        except ProjectError:  # it was taken out of the register
            found[identity] = identity
    return found
