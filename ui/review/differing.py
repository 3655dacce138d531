"""What there is to decide about an article, read in the worker: each difference with what was decided. Knows no Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from annotator import Article, Project
from annotator.decisions import Decision, Fate, Settlement
from annotator.errors import ProjectError
from annotator.model import Annotation
from annotator.review.comparing import DIFFERENCES, Comparison, DifferenceKind, Match
from annotator.review.final import FINAL
from annotator.review.opening import undecided
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
    base = _base(project, article)
    if not project.sees_layers(article):
        return replace(base, hidden=True)
    layers = project.layers(article)
    sides = [one for one in wanted if one in layers or one == FINAL] if wanted else list(layers[:MOST])
    if len(sides) < 2:
        return replace(base, layers=layers)
    if tuple(sorted(sides)) == layers:
        return _whole(project, article, replace(base, layers=layers))
    comparison, about = project.compare(article, sides), _by_source(project.decisions(article))
    rows = (_row(match, _about(match.ids, about), "open") for match in comparison.matches if not match.agreed)
    return _compared(project, replace(base, layers=layers), comparison, tuple(rows))


def _base(project: Project, article: str) -> Review:
    """Return what is there in any case: the article, who leads, and what became of the reader's own marks."""
    marks = {one.id: one for one in project.annotations(article) if one.reviewer == project.reviewer}
    return Review(
        article=project.article(article),
        is_lead=project.is_lead,
        leads=tuple(one.name for one in project.team() if one.role == "lead"),
        settlement=project.settlement(article),
        fates=project.fates(article) if marks and project.decisions(article) else (),
        marks=marks,
    )


def _whole(project: Project, article: str, base: Review) -> Review:
    """Return a review of all layers: it can be settled."""
    found = project.reviewed(article)
    about, waiting = _by_source(found.decisions), {one.match.number: one for one in found.open if one.match}
    rows = []
    for match in found.comparison.matches:
        still = waiting.get(match.number)
        if still:
            rows.append(_row(match, still.before, "changed" if still.before else "open"))
        elif not match.agreed:
            rows.append(_row(match, _about(match.ids, about), "settled"))
    rows += [Row(one.before[0].id, None, one.before, "changed") for one in found.open if one.match is None]
    agreed = len(undecided(found.comparison.agreed, found.decisions))
    return replace(_compared(project, base, found.comparison, tuple(rows)), agreed=agreed, whole=True)


def _compared(project: Project, base: Review, comparison: Comparison, rows: tuple[Row, ...]) -> Review:
    sides, entities = shown_sides(comparison.sides), _entities(project, comparison)
    return replace(base, sides=sides, comparison=comparison, rows=rows, entities=entities)


def _row(match: Match, about: tuple[Decision, ...], state: State) -> Row:
    return Row("|".join(sorted(match.ids)), match, about, state)


def _by_source(decisions: Iterable[Decision]) -> dict[str, Decision]:
    return {source.id: one for one in decisions for source in one.sources}


def _about(ids: Iterable[str], by_source: Mapping[str, Decision]) -> tuple[Decision, ...]:
    found = {one.id: one for one in map(by_source.get, ids) if one}
    return tuple(found.values())


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
