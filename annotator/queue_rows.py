"""The rows of the queue: every article without its text, and what is asked of all of them at once: words, order, counts.

A row is a frozen value, and so are the rows together: a change gives new ones, which take over whatever still holds (folded
words, orders). So one thread may read them while another makes the next. A hundred thousand rows are no trouble: everything
is numbers of rows, texts are folded once and a little at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any, Literal, NamedTuple
from uuid import UUID

from annotator.model import CLAIM
from annotator.text.fold import fold

State = Literal["todo", "progress", "done"]
STATES: tuple[State, ...] = ("todo", "progress", "done")
SORTS = ("imported", "date", "title", "outlet", "state", "claims")
GROUPS = ("all", "todo", "progress", "done", "flagged", "contested", "compare", "mine")
"""What the rows are counted by; all but `all` are also the queries of `GROUP_QUERIES`."""
GROUP_QUERIES = {
    "all": "", "todo": "state:todo", "progress": "state:progress", "done": "state:done", "flagged": "has:flag",
    "contested": "has:contested", "compare": "review:compare", "mine": "assigned:me",
}  # fmt: skip
NOTHING: Mapping[str, int] = {}
_AT_ONCE = 10_000
_PLACES = {state: place for place, state in enumerate(STATES, start=1)}
_Key = Callable[["QueueRow"], Any]


class QueueRow(NamedTuple):
    """One article as the queue shows it. `key` is its id as raw bytes, until it is asked for as text.

    `counts` are the annotations of all reviewers by label; `state` is that of the reviewer who asked. `flags`, `notes`,
    `assigned` and `reviewers` are names: of those who flagged it, wrote a note on it, were given it, and have marked
    something in it or are done with it. `original` is the key of the article that it is a copy of, `copies` how many copies it
    has; `replaces` the key of the article whose corrected version it is, `replaced` whether it has one itself. `contested`: the
    layers of two reviewers differ, or their verdicts on a claim do. `review` says how far the project is with it: `second` (two
    are to read it and have not both done so), `compare` (two have, or it changed after it was settled), `settled`, or nothing.
    """

    key: bytes
    title: str
    outlet: str
    author: str
    date: str
    imported_at: str
    file: str
    replaces: bytes | None
    counts: Mapping[str, int] = NOTHING
    state: State = "todo"
    flags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    assigned: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    contested: bool = False
    original: bytes | None = None
    copies: int = 0
    boilerplate: bool = False
    replaced: bool = False
    review: str = ""

    @property
    def id(self) -> str:
        """The id of the article."""
        return str(UUID(bytes=self.key))


class QueueRows:
    """The rows of all articles, or with `whole` false of the first ones, in their fixed order: by import, file and id.

    `reviewer` is the one whose states they show.
    """

    def __init__(
        self,
        rows: Sequence[QueueRow] = (),
        reviewer: str = "",
        *,
        whole: bool = True,
        before: QueueRows | None = None,
    ) -> None:
        self.rows, self.reviewer, self.whole = rows, reviewer, whole
        self.numbers = {row.key: number for number, row in enumerate(rows)}
        self.counted = _counted(rows, reviewer)
        self._titles: list[str] = []
        self._folds: dict[str, str] = before._folds if before else {}
        self._known = before._known_titles() if before else {}
        self._columns: dict[str, list[str]] = {}
        self._orders: dict[str, Sequence[int]] = {}
        self._outlets: tuple[str, ...] | None = None

    def __len__(self) -> int:
        return len(self.rows)

    # -- following changes ----------------------------------------------------------------------------------------

    def after(self, found: Mapping[bytes, QueueRow | None]) -> QueueRows:
        """Return the rows with these in the place of those with the same keys; None takes one away."""
        changed = {self.numbers[key]: row for key, row in found.items() if key in self.numbers}
        if len(changed) == len(found) and all(changed.values()):
            return self._with(changed)  # type: ignore[arg-type]  # none of them is None
        rows = [row for row in self.rows if row.key not in found]
        rows += filter(None, found.values())
        rows.sort(key=lambda row: (row.imported_at, row.file, row.key))
        return QueueRows(rows, self.reviewer, before=self)

    def _with(self, changed: Mapping[int, QueueRow]) -> QueueRows:
        """Return the rows with some in other form but in the same places, without counting or folding all of them anew."""
        made = QueueRows.__new__(QueueRows)
        rows = list(self.rows)
        counted = Counter(self.counted)
        for number, row in changed.items():
            counted.subtract(groups_of(rows[number], self.reviewer))
            counted.update(groups_of(row, self.reviewer))
            rows[number] = row
        described = any(_described(self.rows[number]) != _described(row) for number, row in changed.items())
        made.rows, made.reviewer, made.whole, made.numbers, made.counted = (
            rows,
            self.reviewer,
            True,
            self.numbers,
            counted,
        )
        made._folds, made._known = self._folds, self._known_titles() if described else self._known
        made._titles, made._columns = ([], {}) if described else (self._titles, self._columns)
        made._outlets = None if described else self._outlets
        made._orders = {} if described else {key: order for key, order in self._orders.items() if key in _OF_ARTICLES}
        return made

    # -- words ----------------------------------------------------------------------------------------------------

    @property
    def is_folded(self) -> bool:
        """Whether the titles can be searched and sorted without folding any more of them."""
        return len(self._titles) >= len(self.rows)

    def fold_some(self, count: int) -> None:
        """Fold the next so many titles; those known from the rows before are taken over."""
        start = len(self._titles)
        known = self._known
        # One assignment in the end: a thread beside may do the same, and would else append twice.
        more = [known.get(row.title) or fold(row.title) for row in self.rows[start : start + count]]
        self._titles[start : start + count] = more
        if self.is_folded:
            self._known = {}

    def folded(self, column: str) -> Sequence[str]:
        """Return the folded texts of a column (`title`, `outlet`, `author`, `file`) of all rows."""
        if column == "title":
            while not self.is_folded:
                self.fold_some(len(self.rows))
            return self._titles
        if column not in self._columns:
            self._columns[column] = [self._fold(getattr(row, column)) for row in self.rows]
        return self._columns[column]

    def outlets(self) -> tuple[str, ...]:
        """Return the outlets, the most frequent first."""
        if self._outlets is None:
            counted = Counter(map(attrgetter("outlet"), self.rows))
            self._outlets = tuple(outlet for outlet, _ in counted.most_common() if outlet)
        return self._outlets

    def _fold(self, text: str) -> str:
        """Return the folded form of what many rows share."""
        found = self._folds.get(text)
        if found is None:
            found = self._folds[text] = fold(text)
        return found

    def _known_titles(self) -> dict[str, str]:
        return {row.title: words for row, words in zip(self.rows, self._titles, strict=False)}

    # -- order ----------------------------------------------------------------------------------------------------

    def ordered(self, by: str, *, descending: bool = False) -> Sequence[int]:
        """Return the numbers of all rows sorted by one of `SORTS`; equal ones stay in their order, what is empty comes last."""
        if by == "imported":
            return range(len(self.rows) - 1, -1, -1) if descending else range(len(self.rows))
        name = f"{by} descending" if descending else by
        if name not in self._orders:
            values = self._values(by)
            filled = [number for number, value in enumerate(values) if value]
            # Piece by piece, and then the sorted pieces: one sort of all would hold up every other thread for longer.
            for start in range(0, len(filled), _AT_ONCE):
                piece = sorted(filled[start : start + _AT_ONCE], key=values.__getitem__, reverse=descending)
                filled[start : start + _AT_ONCE] = piece
            filled.sort(key=values.__getitem__, reverse=descending)
            empty = [number for number, value in enumerate(values) if not value]
            self._orders[name] = filled + empty
        return self._orders[name]

    def _values(self, by: str) -> Sequence[Any]:
        if by in ("title", "outlet"):
            return self.folded(by)
        return list(map(_KEYS[by], self.rows))


_KEYS: dict[str, _Key] = {
    "date": lambda row: row.date,
    "state": lambda row: _PLACES[row.state],
    "claims": lambda row: row.counts.get(CLAIM, 0),
}
_OF_ARTICLES = frozenset({"date", "title", "outlet", "date descending", "title descending", "outlet descending"})


def groups_of(row: QueueRow, reviewer: str) -> Iterable[str]:
    """Return in which of `GROUPS` a row is counted."""
    others = (
        ("flagged", row.flags),
        ("contested", row.contested),
        ("compare", row.review == "compare"),
        ("mine", reviewer in row.assigned),
    )
    done = ("mine_done",) if row.state == "done" and reviewer in row.assigned else ()
    return ("all", row.state, *(name for name, holds in others if holds), *done)


def _counted(rows: Sequence[QueueRow], reviewer: str) -> Counter[str]:
    counted: Counter[str] = Counter(row.state for row in rows)
    mine = [row for row in rows if row.assigned and reviewer in row.assigned]
    counted["all"] = len(rows)
    counted["flagged"] = sum(1 for row in rows if row.flags)
    counted["contested"] = sum(1 for row in rows if row.contested)
    counted["compare"] = sum(1 for row in rows if row.review == "compare")
    counted["mine"] = len(mine)
    counted["mine_done"] = sum(1 for row in mine if row.state == "done")
    return counted


def _described(row: QueueRow) -> tuple[object, ...]:
    """Return what searching and sorting by words know of a row."""
    return row.title, row.outlet, row.author, row.date, row.file
