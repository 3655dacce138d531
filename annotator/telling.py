"""From the operations of a step to an entry of the history: who did what when, and the place it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from annotator.log_entry import LogEntry
from annotator.lookups import Lookups
from annotator.model import Attribute, Label
from annotator.saying import Did, Done, said_of
from annotator.store import history
from annotator.store.clock import id_after, time_of, uuid_text
from annotator.store.database import Connection
from annotator.store.history import Told
from annotator.store.operations import Operation

SHOWN = 20
"""Operations of a step that are looked at to tell what it did."""
Value = dict[str, Any]
Hides = Callable[[Operation, Value | None], bool]
_TRAVELLING = frozenset({"undo", "redo"})
_NEVER_DONE_AGAIN = _TRAVELLING | {"create", "join"}
_ABOUT = {"frame": "claim", "verdict": "claim", "link": "annotation", "comment": "annotation", "relation": "a"}
_OF_ARTICLE = frozenset({"reading", "assignment", "copy", "decision", "settlement"})


class Telling:
    """Makes the entries of one page; what `hides` tells to be hidden is not told of, nor counted.

    `veiled` is the reviewer from whom something may be hidden, None when nothing is.
    """

    def __init__(
        self,
        connection: Connection,
        hides: Hides,
        labels: Iterable[Label],
        attributes: Iterable[Attribute],
        *,
        veiled: str | None = None,
    ) -> None:
        self._connection = connection
        self._hides, self._veiled = hides, veiled
        self._lookups = Lookups(connection, labels, attributes)

    def entry(self, told: Told) -> LogEntry | None:
        """Return what a step did, or None when all that is known of it is hidden."""
        did = [*self._did(told.operations)]
        if not did:
            return None
        step, counts = told.step, self._counts(told, did)
        if step.action in _TRAVELLING:
            return self._travelled(told, did, counts)
        said, details = said_of(Done(step.action, did, counts, self._lookups))
        taken_back = told.state != "done" and step.action not in _NEVER_DONE_AGAIN
        return LogEntry(
            uuid_text(step.id), time_of(step.id), step.reviewer, step.action, said, details, counts,
            **self._place(did), taken_back=taken_back,
        )  # fmt: skip

    def _counts(self, told: Told, did: list[Did]) -> dict[str, int]:
        """Return how many things of each kind a step touched, those left out that are hidden."""
        if self._veiled in (None, told.step.reviewer) or len(told.operations) == len(did) < SHOWN:
            return told.counts
        seen = self._did(history.operations(self._connection, told.step)) if told.whole else did
        return dict(Counter(one.operation.kind for one in seen))

    def _travelled(self, told: Told, did: list[Did], counts: dict[str, int]) -> LogEntry:
        """Return an undo or a redo, which tells what it took back or did again."""
        step, target = told.step, self._target(did[0].operation)
        said = step.action if target else f"{step.action}.hidden"
        return LogEntry(
            uuid_text(step.id), time_of(step.id), step.reviewer, step.action, said, counts=counts,
            **self._place(did), target=target,
        )  # fmt: skip

    def _target(self, operation: Operation) -> LogEntry | None:
        found = history.step(self._connection, operation.target or b"", shown=SHOWN)
        return self.entry(found) if found else None

    def _did(self, operations: Iterable[Operation]) -> Iterator[Did]:
        """Yield what may be seen of some operations, each with the value it gave or took away."""
        for operation in operations:
            value = operation.value()
            known = value or history.last_value(self._connection, operation.entity, operation.id) or {}
            if not self._hides(operation, known):
                yield Did(operation, known, value is None)

    def _place(self, did: list[Did]) -> dict[str, Any]:
        """Return the article, the annotation and its span that a step is about, as far as it is about one."""
        articles = {article for one in did if (article := self._article(one))}
        if len(articles) != 1:
            return {}
        article, after = articles.pop(), id_after(did[-1].operation.id)
        place = {"article": article, "title": self._lookups.title(article)}
        marks = {mark for one in did if (mark := _annotation(one))}
        if len(marks) != 1:
            return place
        mark = marks.pop()
        value = self._lookups.value(mark, after)
        return place | {"annotation": mark, "span": (value["start"], value["end"]) if value else None}

    def _article(self, one: Did) -> str:
        """Return the article in which a thing lies, or an empty text."""
        kind, value = one.operation.kind, one.value
        if kind == "article":
            return uuid_text(one.operation.entity)
        if kind in _OF_ARTICLE or kind == "annotation":
            return str(value.get("article", ""))
        about = value.get(_ABOUT.get(kind, ""), "")
        return str(self._lookups.value(about, id_after(one.operation.id)).get("article", "")) if about else ""


def _annotation(one: Did) -> str:
    """Return the annotation that a thing is or hangs on, or an empty text."""
    if one.operation.kind == "annotation":
        return uuid_text(one.operation.entity)
    return str(one.value.get(_ABOUT.get(one.operation.kind, ""), ""))
