"""What the claim board shows: which rows, in which order, under which heads. It outlives a refresh of the claims."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace

from ui.board.claims import COLUMNS, Claims, Filter, Group

_SORTS_KEPT = 3


class Arrangement:
    """Lines of the board. `shown` has for each line the number of a row, or `-1 - number` of the group that it heads."""

    def __init__(self) -> None:
        self.claims = Claims()
        self.filter, self.grouping = Filter(), ""
        self.groups: list[Group] = []
        self.shown: Sequence[int] = []
        self.matching: Sequence[int] = []
        self._sorts: list[tuple[str, bool]] = []
        self._order: Sequence[int] = []
        self._closed: set[tuple[str, Hashable]] = set()

    @property
    def needs_words(self) -> bool:
        """Whether what is wanted cannot be shown before the words of all claims are folded."""
        wanted = bool(self.filter.words.strip()) or any(column == "quote" for column, _ in self._sorts)
        return wanted and not self.claims.is_folded

    def use(self, claims: Claims) -> None:
        """Take other claims, and arrange them as those before."""
        self.claims = claims
        self.arrange()

    def arrange(self) -> None:
        """Arrange everything anew; while the words are missing, without what needs them."""
        self._order = range(len(self.claims.rows))
        for column, descending in self._sorts:
            self._sort(column, descending)
        self._filter()

    def sort(self, column: str, *, descending: bool) -> None:
        """Sort by a column; rows that are equal in it keep the order they have."""
        others = [one for one in self._sorts if one[0] != column]
        self._sorts = [*others, (column, descending)][-_SORTS_KEPT:]
        self._sort(column, descending)
        self._filter()

    def narrow(self, wanted: Filter) -> None:
        """Show only what a filter wants."""
        self.filter = wanted
        self._filter()

    def group(self, by: str) -> None:
        """Put the rows in groups by one of `GROUPINGS`, or with an empty word in none."""
        self.grouping = by
        self._group()

    def toggle(self, group: int) -> None:
        """Fold a group away, or show its rows again."""
        self._closed ^= {(self.grouping, self.groups[group].value)}
        self._lay_lines()

    def is_closed(self, group: int) -> bool:
        """Tell whether a group is folded away."""
        return (self.grouping, self.groups[group].value) in self._closed

    def row(self, line: int) -> int | None:
        """Return the number of the row on a line; None for the head of a group, or where there is no line."""
        number = self.shown[line] if 0 <= line < len(self.shown) else -1
        return number if number >= 0 else None

    def head(self, line: int) -> int | None:
        """Return the number of the group that a line heads, or None."""
        number = self.shown[line] if 0 <= line < len(self.shown) else 0
        return -1 - number if number < 0 else None

    # -- inside ---------------------------------------------------------------------------------------------------

    def _sort(self, column: str, descending: bool) -> None:
        if column in COLUMNS and (column != "quote" or self.claims.is_folded):
            self._order = self.claims.ordered(self._order, column, descending=descending)

    def _filter(self) -> None:
        wanted = self.filter if self.claims.is_folded else replace(self.filter, words="")
        self.matching = self.claims.matching(self._order, wanted)
        self._group()

    def _group(self) -> None:
        self.groups = self.claims.grouped(self.matching, self.grouping) if self.grouping else []
        self._lay_lines()

    def _lay_lines(self) -> None:
        if not self.groups:
            self.shown = self.matching
            return
        shown: list[int] = []
        for number, group in enumerate(self.groups):
            shown.append(-1 - number)
            if not self.is_closed(number):
                shown += group.rows
        self.shown = shown
