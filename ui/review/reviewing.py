"""Comparing and settling the shown article: what is compared, which difference one is at, and every decision about it.

Reading and deciding happen in the session's worker. What is shown of it (the pages, the list) follows `changed` and `moved`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from annotator import Project
from annotator.errors import UnknownArticle
from annotator.review.deciding import Other
from annotator.text.trimming import trim
from ui.review.differing import Filter, Review, Row, read_review
from ui.review.sides import shown_sides, shuffled
from ui.review.words import names_of
from ui.session import Session
from ui.translate import tr, trn

KINDS = frozenset({
    "annotation", "frame", "link", "relation", "decision", "settlement", "reading", "reviewer", "setting", "label",
    "attribute", "article", "entity",
})  # fmt: skip


class Reviewing(QObject):
    """Follows the session's article while it is open.

    `changed` when something else is to be compared or was decided, `moved` when another difference is the one one is at,
    `asked` when something else is awaited (the words of another mark, or nothing any more).
    """

    changed = Signal()
    moved = Signal()
    asked = Signal()
    opened = Signal(bool)
    told = Signal(str)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.review = Review()
        self.is_open = self.hides_names = self.is_making = self.is_reading = False
        self.filter: Filter = "all"
        self.current = ""
        self.reason = self.note = ""
        self._sides: tuple[str, ...] | None = None
        self._parts: dict[str, dict[str, str]] = {}
        self._going_on = ""
        self._decided_here = False
        session.article_changed.connect(self._begin)
        session.project_changed.connect(self._begin)
        session.things_changed.connect(self._follow)

    # -- what is compared -----------------------------------------------------------------------------------------

    def toggle(self) -> None:
        """Compare the shown article, or go back to reading it."""
        self.close() if self.is_open else self.open()

    def open(self) -> None:
        """Compare the shown article."""
        if not self.is_open and self._session.now.article:
            self.is_open = True
            self.review = Review()
            self._begin()
            self.opened.emit(True)

    def close(self) -> None:
        """Go back to reading, at the mark that one was at."""
        if self.is_open:
            row = self.row
            self.end_making()
            self.is_open = False
            self.opened.emit(False)
            ids = set(row.ids) if row else set()
            self._session.select(next((one.id for one in self._session.now.annotations if one.id in ids), None))

    def leave(self) -> None:
        """End what is asked for; when nothing is, go back to reading."""
        if self.is_making:
            self.end_making()
        else:
            self.close()

    @property
    def sides(self) -> tuple[str, ...] | None:
        """The names of the sides that were chosen; None for all layers."""
        return self._sides

    def choose_sides(self, names: tuple[str, ...] | None) -> None:
        """Compare these layers, or None for all."""
        self._sides = names
        self._read()

    def hide_names(self, on: bool) -> None:
        """Hide the names of the reviewers, or show them again."""
        self.hides_names = on
        self.review = self._arranged(self.review)
        self.changed.emit()

    # -- which difference ------------------------------------------------------------------------------------------

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that the filter shows."""
        return self.review.shown(self.filter)

    @property
    def row(self) -> Row | None:
        """The row one is at."""
        return self.review.by_key.get(self.current)

    def sift(self, wanted: Filter) -> None:
        """Show the differences of one kind only."""
        self.filter = wanted
        self.changed.emit()
        if all(row.key != self.current for row in self.rows):
            self.choose(self.rows[0].key if self.rows else "")

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) difference, round and round."""
        rows = self.rows
        if rows:
            at = next((place for place, row in enumerate(rows) if row.key == self.current), -1 if by > 0 else 0)
            self.choose(rows[(at + by) % len(rows)].key)

    def choose(self, key: str) -> None:
        """Go to a difference."""
        if key != self.current:
            self.end_making()
            self._go_to(key)
            self.moved.emit()

    def choose_match(self, number: int) -> None:
        """Go to the difference of a match, also where the filter does not show it."""
        found = next((row for row in self.review.rows if row.match and row.match.number == number), None)
        if found:
            if found not in self.rows:
                self.sift("all")
            self.choose(found.key)

    # -- deciding -------------------------------------------------------------------------------------------------

    def why_not(self) -> str:
        """Return why nothing can be settled here; empty where it can."""
        review = self.review
        if review.comparison is None:
            return ""
        if not review.is_lead:
            leads = names_of(review.leads)
            return tr("Only a lead settles ({leads}). You can compare, and see what became of your marks.").format(
                leads=leads
            )
        if not review.whole:
            return tr("To settle, compare all layers and nothing else.")
        return ""

    @property
    def can_settle(self) -> bool:
        """Whether decisions can be made."""
        return self.is_open and self.review.comparison is not None and not self.why_not()

    @property
    def can_decide(self) -> bool:
        """Whether there is a difference to decide about."""
        return self.can_settle and self.row is not None

    def take(self, number: int) -> None:
        """Have what this side (from 0) has stand; where it has nothing, nothing stands."""
        row, sides = self.row, self.review.sides
        if row and self.can_decide and number < len(sides):
            found = row.taken_from(sides[number].name)
            self._decide(row, take=[found] if found else [])

    def take_all(self) -> None:
        """Have what all sides have stand."""
        row = self.row
        if row and row.match and self.can_decide:
            self._decide(row, take=list(row.ids))

    def take_none(self) -> None:
        """Have nothing stand, as a decision."""
        if self.row and self.can_decide:
            self._decide(self.row, take=[])

    def take_part(self, part: str, side: str) -> None:
        """Take one part of the mark from a side, the rest from what was taken before, or else the first side."""
        row = self.row
        if row is None or row.match is None or not self.can_decide:
            return
        parts = self._parts.setdefault(row.key, {})
        parts[part] = row.taken_from(side)
        self._decide(row, take=[self.base_of(row)], parts=dict(parts), goes_on=False)

    def base_of(self, row: Row) -> str:
        """Return the id of the mark that parts of others are put onto."""
        taken = row.decision.taken if row.decision and row.state == "settled" else ()
        return taken[0] if len(taken) == 1 and taken[0] in row.ids else row.ids[0]

    def part_of(self, row: Row, part: str) -> str:
        """Return the id of the mark that a part is taken from at the moment; empty while nothing was decided."""
        if row.decision is None or row.state != "settled" or len(row.decision.taken) != 1:
            return ""
        return self._parts.get(row.key, {}).get(part, row.decision.taken[0])

    def set_reason(self, reason: str) -> None:
        """Give the reason of the decision, or take it away when it was given; of one made before, at once."""
        self.reason = "" if reason == self.reason else reason
        self._say_why()
        self.moved.emit()

    def set_note(self, note: str) -> None:
        """Write a note on the decision; of one made before, at once."""
        if note != self.note:
            self.note = note
            self._say_why()

    def take_agreed(self) -> None:
        """Take everything that all agree on."""
        if self.can_settle:
            self._change(lambda project, article: project.take_agreed(article), self._tell_agreed)

    def toggle_settled(self) -> None:
        """Call the article settled, or open it again."""
        if not self.can_settle:
            return
        if self.review.is_settled and not self.review.open:
            self._change(lambda project, article: project.reopen(article), lambda _: self._tell(tr("Open again.")))
        else:
            self._change(lambda project, article: project.settle(article), lambda _: self._tell_settled())

    # -- another mark than any side has ----------------------------------------------------------------------------

    def make(self) -> None:
        """Ask for the words and the label of another mark."""
        row = self.row
        if row and row.match and row.match.of == "annotation" and self.can_decide:
            self.is_making = True
            self.asked.emit()

    def end_making(self) -> None:
        """Ask for no other mark any more."""
        if self.is_making:
            self.is_making = False
            self.asked.emit()

    def make_of(self, span: tuple[int, int] | None, label: str) -> None:
        """Decide for these words with this label."""
        row, article = self.row, self.review.article
        if row is None or article is None or not self.is_making:
            return
        start, end = trim(article.text, *span) if span else (0, 0)
        if start >= end:
            self._tell(tr("Select the words of the mark first."))
            return
        self.end_making()
        self._decide(row, other=Other(start, end, label))

    # -- inside ---------------------------------------------------------------------------------------------------

    def _decide(
        self,
        row: Row,
        *,
        take: list[str] | None = None,
        parts: Mapping[str, str] | None = None,
        other: Other | None = None,
        goes_on: bool = True,
    ) -> None:
        if parts is None:
            self._parts.pop(row.key, None)
        ids, reason, note = row.ids, self.reason, self.note
        self._going_on = row.key if goes_on and row.state != "settled" else ""
        self._decided_here = True
        self._change(
            lambda project, article: project.decide(
                article, ids, take=take or (), parts=parts or {}, other=other, reason=reason, note=note
            )
        )

    def _go_to(self, key: str) -> None:
        self.current = key
        decision = self.row.decision if self.row else None
        self.reason, self.note = (decision.reason, decision.note) if decision else ("", "")

    def _say_why(self) -> None:
        """Decide again what was decided already, with the reason and note of now."""
        row = self.row
        decision = row.decision if row and row.state == "settled" else None
        if row is None or decision is None or not self.can_decide:
            return
        if (decision.reason, decision.note) == (self.reason, self.note.strip()):
            return
        if decision.outcome != "other":
            self._decide(row, take=list(decision.taken), goes_on=False)
        elif row.key in self._parts:
            self._decide(row, take=list(decision.taken), parts=self._parts[row.key], goes_on=False)
        elif not decision.taken and decision.finals:
            made = decision.finals[0]
            entity = (made.link.entity or made.link.answer) if made.link else ""
            again = Other(made.start, made.end, made.label, made.form, made.note, entity)
            self._decide(row, other=again, goes_on=False)
        else:
            self._tell(tr("This mark was put together of several. Choose its parts again to change the reason."))

    def _change(self, job: Callable[[Project, str], Any], then: Callable[[Any], None] | None = None) -> None:
        article, session = self.review.article, self._session
        if article:
            session.when_idle(lambda: session.change(lambda project: job(project, article.id), then=then))

    def _begin(self) -> None:
        """Begin with another article."""
        article, before = self._session.now.article, self.review.article
        if article is None or before is None or article.id != before.id:
            self._sides, self._parts, self.filter = None, {}, "all"
            self.current = self._going_on = self.reason = self.note = ""
            self.end_making()
        self._read()

    def _follow(self, touched: Mapping[str, frozenset[str]]) -> None:
        if touched.keys() & KINDS:
            self._read()

    def _read(self) -> None:
        article = self._session.now.article
        if not self.is_open:
            return
        if article is None:
            self.close()
            return
        self.is_reading = True
        self._session.run(partial(_read, article.id, self._sides), self._take)

    def _take(self, review: Review | None) -> None:
        article = self._session.now.article
        if review is None or review.article is None or article is None or review.article.id != article.id:
            return
        self.is_reading = False
        before, self.review = self.review, self._arranged(review)
        touched = self._touched(before)
        self._decided_here = False
        following = self._following() if self._going_on else touched
        self._going_on = ""
        target = following or (self.current if self.row else self._first())
        if target != self.current:
            self.end_making()
            self._go_to(target)
        self.changed.emit()
        self.moved.emit()

    def _arranged(self, review: Review) -> Review:
        """Return a review with its sides by name, or where names are hidden in an order that tells nothing of them."""
        if review.comparison is None or review.article is None:
            return review
        sides = shown_sides(review.comparison.sides)
        return replace(review, sides=shuffled(sides, review.article.id) if self.hides_names else sides)

    def _touched(self, before: Review) -> str:
        """Return the first row that an undo or redo changed: the reader should see it happen."""
        if self._decided_here or before.article is None or self.review.article is None:
            return ""
        if before.article.id != self.review.article.id:
            return ""
        was = {row.key: row.decision for row in before.rows}
        changed = [row.key for row in self.review.rows if row.key in was and was[row.key] != row.decision]
        return changed[0] if len(changed) == 1 else ""

    def _following(self) -> str:
        """Return the next row that is open after the one that was decided; empty when none is."""
        rows = self.rows
        at = next((place for place, row in enumerate(rows) if row.key == self._going_on), -1)
        ahead = [row.key for row in (*rows[at + 1 :], *rows[: at + 1]) if row.state != "settled"]
        return ahead[0] if ahead else ""

    def _first(self) -> str:
        waiting = [row for row in self.rows if row.state != "settled"]
        return next((row.key for row in (waiting or self.rows)), "")

    def _tell_settled(self) -> None:
        self._tell(tr("Settled. Alt+Down goes to the next article."))

    def _tell_agreed(self, count: int) -> None:
        taken = trn("{count} agreed mark taken.", "{count} agreed marks taken.", count)
        self._tell(taken if count else tr("Everything agreed is taken already."))

    def _tell(self, text: str) -> None:
        self.told.emit(text)


def _read(article: str, sides: tuple[str, ...] | None, project: Project) -> Review | None:
    try:
        return read_review(project, article, sides)
    except UnknownArticle:  # it was taken back meanwhile
        return None
