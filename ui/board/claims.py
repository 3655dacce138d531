"""The rows of the claim board put in order, filtered and grouped. No Qt here, and no copies: everything is numbers of rows.

Sorting goes by ranks: each field has few different values, so these are put in order once and the rows by small integers.
Only the texts of the claims are all different; they are sorted and searched by their folded words, which `fold_some` makes a
little at a time, because a hundred thousand take a second.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from annotator.errors import ImpossibleDate
from annotator.frames import ClaimRow
from annotator.model import LabelSet
from annotator.text.dates import days_of
from annotator.text.fold import fold

NOT_EXAMINED = "not_examined"
COLUMNS = ("source", "cue", "quote", "place", "date", "verdicts", "links", "title", "reviewer")
GROUPINGS = ("source", "place", "day", "actor", "verdicts")
_Value = Callable[[ClaimRow], Hashable]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which claims are wanted; an empty field wants all. `verdict` may be `not_examined`."""

    words: str = ""
    verdict: str = ""
    mode: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that have something in common: its value, and the first of the rows to name it by."""

    value: Hashable
    rows: list[int] = field(compare=False)


class Claims:
    """All claims of a project, or the first of them. `names` are those of the entities that they name, by the raw ids."""

    def __init__(
        self,
        rows: Sequence[ClaimRow] = (),
        labels: LabelSet | None = None,
        names: Mapping[bytes, str] | None = None,
        before: Claims | None = None,
        *,
        whole: bool = True,
    ) -> None:
        self.is_whole = whole
        self.rows, self.labels, self.names = rows, labels or LabelSet(0, (), ()), names or {}
        self._words: list[str] = []
        self._presorted: list[int] = []
        self._kept: dict[bytes, tuple[ClaimRow, str]] = before._with_words() if before else {}
        self._folds: dict[str, str] = before._folds if before else {}
        self._ranks: dict[str, list[int]] = {}
        self._values: dict[str, list[Hashable]] = {}

    # -- folded words ---------------------------------------------------------------------------------------------

    @property
    def is_folded(self) -> bool:
        """Whether the words of all claims can be searched and sorted."""
        return len(self._words) == len(self.rows)

    def fold_some(self, count: int) -> None:
        """Fold the words of the next so many claims; what has not changed since the claims before is taken over."""
        start = len(self._words)
        self._words += [self._folded(row) for row in self.rows[start : start + count]]
        # Sorted bit by bit too: sorting the whole at the end then only merges, and holds up the window for less long.
        self._presorted += sorted(range(start, len(self._words)), key=self._words.__getitem__)
        if self.is_folded:
            self._kept = {}

    def _folded(self, row: ClaimRow) -> str:
        """Return the words of a row; those of the claim come first, so that one sorts by them too."""
        before, words = self._kept.get(row.claim_key, (None, ""))
        if before and (before.quote, before.source, before.place) == (row.quote, row.source, row.place):
            return words
        return f"{fold(row.quote)}\n{self._fold(row.source)}\n{self._fold(row.place)}"

    def _with_words(self) -> dict[bytes, tuple[ClaimRow, str]]:
        return {row.claim_key: (row, words) for row, words in zip(self.rows, self._words, strict=False)}

    def _fold(self, text: str) -> str:
        """Return the folded form of what many rows share."""
        found = self._folds.get(text)
        if found is None:
            found = self._folds[text] = fold(text).strip()
        return found

    def numbers_of(self, before: Claims, rows: Collection[int]) -> dict[int, int]:
        """Return which numbers rows of claims read before have here; those that are gone have none."""
        if before is self or not rows:
            return {row: row for row in rows}
        wanted = {before.rows[row].claim_key: row for row in rows}
        return {wanted[row.claim_key]: number for number, row in enumerate(self.rows) if row.claim_key in wanted}

    # -- order ----------------------------------------------------------------------------------------------------

    def ordered(self, order: Sequence[int], column: str, *, descending: bool) -> list[int]:
        """Return numbers of rows sorted by a column; equal ones keep their order, and what is empty comes last."""
        ranks = self._ranked(column)
        filled = [row for row in order if ranks[row]]
        empty = [row for row in order if not ranks[row]] if len(filled) < len(order) else []
        return sorted(filled, key=ranks.__getitem__, reverse=descending) + empty

    def prepare(self) -> None:
        """Work out beforehand what sorting and grouping need."""
        for name in (*COLUMNS, *GROUPINGS):
            self._ranked(name)

    def _ranked(self, name: str) -> list[int]:
        """Return the rank of every row in a field, from 1; 0 is for those where it is empty."""
        if name not in self._ranks and name == "quote":
            self._ranks[name] = self._ranks_of_words()
        elif name not in self._ranks:
            value, key = self._field(name)
            values = self._values[name] = [value(row) for row in self.rows]
            different = sorted({one for one in values if one}, key=key)
            places = {one: place for place, one in enumerate(different, 1)}
            self._ranks[name] = [places.get(one, 0) for one in values]
        return self._ranks[name]

    def _ranks_of_words(self) -> list[int]:
        words, ranks = self._words, [0] * len(self._words)
        before, rank = None, 0
        for row in sorted(self._presorted, key=words.__getitem__):
            if words[row] != before:
                before, rank = words[row], rank + 1
            ranks[row] = rank
        return ranks

    def _field(self, name: str) -> tuple[_Value, Callable[[Any], Any]]:
        """Return how a field is taken from a row, and what its values are sorted by."""
        fields: dict[str, tuple[_Value, Callable[[Any], Any]]] = {
            "source": (lambda row: self._fold(row.source) or row.source_kind, str),
            "cue": (lambda row: self._fold(row.cue), str),
            "place": (lambda row: row.place_entity_key or self._fold(row.place), self._name_key),
            "date": (lambda row: row.date, first_day),
            "day": (lambda row: day_of(row.date), first_day),
            "actor": (lambda row: row.source_entity_key, self._name_key),
            "verdicts": (lambda row: row.verdicts, self._verdict_key),
            "links": (lambda row: (row.contradictions, row.relations) if row.relations else (), tuple),
            "title": (lambda row: row.title, fold),
            "reviewer": (lambda row: row.reviewer, self._fold),
        }
        return fields[name]

    def _name_key(self, value: bytes | str) -> str:
        """Return what an entity, or a place that is linked to none, is sorted by."""
        return value if isinstance(value, str) else self._fold(self.names.get(value, ""))

    def _verdict_key(self, verdicts: str) -> list[int]:
        values = [one.values for one in self.labels.attributes if one.key == "verdict"]
        known = [value.key for value in values[0]] if values else []
        return [known.index(verdict) if verdict in known else len(known) for verdict in verdicts.split()]

    # -- filter and groups ----------------------------------------------------------------------------------------

    def matching(self, order: Sequence[int], wanted: Filter) -> Sequence[int]:
        """Return those of the rows, in their order, that a filter wants; each of its words must occur."""
        for word in fold(wanted.words).split():
            order = [row for row in order if word in self._words[row]]
        rows = self.rows
        if wanted.verdict:
            good = {one for one in {row.verdicts for row in rows} if has_verdict(one, wanted.verdict)}
            order = [row for row in order if rows[row].verdicts in good]
        if wanted.mode:
            order = [row for row in order if rows[row].mode == wanted.mode]
        if wanted.kind:
            order = [row for row in order if rows[row].kind == wanted.kind]
        return order

    def grouped(self, order: Iterable[int], by: str) -> list[Group]:
        """Return the rows in groups, these in the order of what they share; the group that lacks it comes last."""
        ranks = self._ranked(by)
        found: dict[int, list[int]] = {}
        for row in order:
            found.setdefault(ranks[row], []).append(row)
        values = self._values[by]
        ranked = sorted(found.items(), key=lambda one: one[0] or len(self.rows) + 1)
        return [Group(values[rows[0]], rows) for _, rows in ranked]


def has_verdict(verdicts: str, wanted: str) -> bool:
    """Tell whether one of the verdicts on a claim is the one wanted; `not_examined` wants none at all."""
    return not verdicts if wanted == NOT_EXAMINED else wanted in verdicts.split()


def first_day(value: str) -> str:
    """Return what a date is sorted by: the first day that it covers, then the last one; one that cannot be read as it is."""
    try:
        first, last = days_of(value)
    except ImpossibleDate:
        return value
    return f"{first or last or value} {last or '9999'}"


@cache
def day_of(value: str) -> str:
    """Return the day that a date means, without its hour; a longer time stays what it is."""
    try:
        first, last = days_of(value)
    except ImpossibleDate:
        return value
    return str(first) if first and first == last else value
