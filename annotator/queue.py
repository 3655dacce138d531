"""The queue of a project: all articles as rows, what reviewers say of whole articles, who was given which, saved filters."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from annotator.errors import BadFilterName, UnknownArticle, UnknownFilter, UnknownState
from annotator.filters import parse
from annotator.model import Assignment, Reading, SavedFilter
from annotator.open_project import OpenProject, is_name, reviewer_name
from annotator.queue_rows import QueueRow, QueueRows
from annotator.store import queries, team
from annotator.store import queue as store
from annotator.store.clock import uuid_bytes, uuid_text
from annotator.store.identity import assignment_id, filter_id, reading_id
from annotator.store.log import StepWriter

STATES_GIVEN = {"todo": "", "": "", "done": "done"}
"""What a reviewer can say of an article, and how it is stored; in progress is what they have annotated and not said done of."""
_Wanted = Callable[[set[str]], set[str]]
_MANY = 2_000  # articles from which reading all rows takes less time than reading these
# Kinds that are told by the ids of articles, and by those of annotations.
_BY_ARTICLE, _BY_ANNOTATION = (
    ("article", "reading", "assignment", "copy", "decision", "settlement"),
    ("annotation", "frame", "verdict", "link"),
)


class Queue(OpenProject):
    """The part of the project that is about articles as a whole."""

    def queue(self) -> QueueRows:
        """Return the rows of all articles, with the states of this reviewer."""
        return QueueRows(store.all_rows(self._connection, self._reviewer), self._reviewer)

    def queue_start(self, count: int) -> QueueRows:
        """Return the first rows alone: they are there at once, also among a hundred thousand."""
        rows = store.first_rows(self._connection, self._reviewer, count)
        return QueueRows(rows, self._reviewer, whole=len(rows) < count)

    def queue_after(self, before: QueueRows, ids: Mapping[str, Collection[str]]) -> QueueRows:
        """Return the rows after changes, given by kind and id as a `Change` tells them; only what they touch is read."""
        touched = self._touched(before, ids)
        everything = bool(ids.get("setting") or (ids.get("reviewer") and team.settings(self._connection).blind))
        if not touched and not everything:
            return before
        if everything or len(touched) > _MANY:
            return QueueRows(store.all_rows(self._connection, self._reviewer), self._reviewer, before=before)
        found: dict[bytes, QueueRow | None] = dict.fromkeys(touched)
        found |= {row.key: row for row in store.rows_of(self._connection, self._reviewer, touched)}
        return before.after({key: row for key, row in found.items() if row or key in before.numbers})

    def has_article(self, article: str) -> bool:
        """Tell whether an article is in the project."""
        return queries.has_article(self._connection, uuid_bytes(article) or b"")

    def first_article(self) -> str | None:
        """Return the id of the first article in the fixed order, or None when there is none."""
        found = store.first_article(self._connection)
        return uuid_text(found) if found else None

    def titles(self, articles: Iterable[str]) -> dict[str, str]:
        """Return the titles of some articles by their ids; those that are not there are left out."""
        found = store.titles(self._connection, {uuid_bytes(one) or b"" for one in articles})
        return {uuid_text(key): title for key, title in found.items()}

    # -- what reviewers say of an article -------------------------------------------------------------------------

    def readings(self, article: str) -> list[Reading]:
        """Return what all reviewers say about an article: state, flag and note. Raises UnknownArticle."""
        return store.readings(self._connection, self._article_bytes(article))

    def set_state(self, articles: Iterable[str], state: str) -> int:
        """Say of articles that one is done with them (`done`) or not (`todo`); return of how many that is new.

        Raises UnknownArticle or UnknownState.
        """
        if state not in STATES_GIVEN:
            raise UnknownState(state=state, known="todo, done")
        return self._put_readings("set_state", articles, state=STATES_GIVEN[state])

    def flag(self, articles: Iterable[str], on: bool = True) -> int:
        """Put one's flag on articles or take it off; return for how many that is new. Raises UnknownArticle."""
        return self._put_readings("flag" if on else "unflag", articles, flagged=on)

    def note_article(self, article: str, note: str) -> None:
        """Write one's note on an article; an empty one takes it away. Raises UnknownArticle."""
        self._put_readings("note_article", [article], note=note.strip())

    # -- who was given which --------------------------------------------------------------------------------------

    def assignments(self, article: str) -> list[Assignment]:
        """Return to whom an article was given; raise UnknownArticle."""
        found = store.assignments(self._connection, [self._article_bytes(article)])
        return [assignment for _, assignment in found]

    def assign(
        self,
        articles: Iterable[str],
        reviewers: Iterable[str],
        *,
        instead: bool = False,
        taking_from: Iterable[str] = (),
    ) -> int:
        """Give articles to reviewers, who need not have joined yet, as one step; return how many articles that changes.

        They are taken from those in `taking_from`, with `instead` from all others. Raises UnknownArticle or BadReviewerName.
        """
        names, taken = {reviewer_name(name) for name in reviewers}, {name.strip() for name in taking_from}
        return self._reassign("assign", articles, lambda has: names if instead else (has - taken) | names)

    def unassign(self, articles: Iterable[str], reviewers: Iterable[str] | None = None) -> int:
        """Take articles from these reviewers, or from all; return how many articles that changes. Raises UnknownArticle."""
        names = None if reviewers is None else {name.strip() for name in reviewers}
        return self._reassign("unassign", articles, lambda has: set() if names is None else has - names)

    # -- saved filters --------------------------------------------------------------------------------------------

    def filters(self) -> list[SavedFilter]:
        """Return the saved filters, by name."""
        return store.filters(self._connection)

    def save_filter(self, name: str, query: str) -> SavedFilter:
        """Keep a filter under a name, in the place of one that has it already. Raises BadFilterName or BadFilter."""
        made = SavedFilter(name.strip(), query.strip())
        if not is_name(made.name):
            raise BadFilterName
        parse(made.query)
        if made not in self.filters():
            with self._step("save_filter") as step:
                step.put("filter", {"name": made.name, "query": made.query}, entity=filter_id(made.name))
            self._tell_step(step, filter=(made.name,))
        return made

    def remove_filter(self, name: str) -> None:
        """Remove a saved filter; raise UnknownFilter."""
        if name not in {one.name for one in self.filters()}:
            raise UnknownFilter(name=name)
        with self._step("remove_filter") as step:
            step.put("filter", None, entity=filter_id(name))
        self._tell_step(step, filter=(name,))

    # -- inside ---------------------------------------------------------------------------------------------------

    def _keys(self, articles: Iterable[str]) -> dict[bytes, str]:
        """Return the ids of articles by their keys, each once; raise UnknownArticle."""
        keys = {uuid_bytes(article) or b"": article for article in articles}
        missing = keys.keys() - store.known(self._connection, keys)
        if missing:
            raise UnknownArticle(id=keys[next(iter(missing))])
        return {key: uuid_text(key) for key in keys}

    def _put_readings(self, action: str, articles: Iterable[str], **said: Any) -> int:
        """Say something of articles in one step; what is said already is not said again."""
        self._need_writing()
        keys = self._keys(articles)
        before = store.readings_by(self._connection, self._reviewer, keys)
        changed: list[str] = []
        with self._step(action) as step:
            for key, article in keys.items():
                old = before.get(key) or Reading(article, self._reviewer, "", False, "", "")
                new = replace(old, **said)
                if new != old:
                    _put_reading(step, new)
                    changed.append(article)
        self._tell_changed(step, reading=tuple(changed))
        return len(changed)

    def _reassign(self, action: str, articles: Iterable[str], wanted: _Wanted) -> int:
        """Give articles to those reviewers that `wanted` makes of those who have them, in one step."""
        self._need_writing()
        keys = self._keys(articles)
        have: dict[bytes, set[str]] = {key: set() for key in keys}
        for key, assignment in store.assignments(self._connection, keys):
            have[key].add(assignment.reviewer)
        changed: list[str] = []
        with self._step(action) as step:
            for key, article in keys.items():
                want = wanted(have[key])
                for name in sorted(want ^ have[key]):
                    value = {"article": article, "reviewer": name} if name in want else None
                    step.put("assignment", value, entity=assignment_id(article, name))
                if want != have[key]:
                    changed.append(article)
        self._tell_changed(step, assignment=tuple(changed))
        return len(changed)

    def _tell_changed(self, step: StepWriter, **ids: tuple[str, ...]) -> None:
        if any(ids.values()):
            self._tell_step(step, **ids)

    def _touched(self, before: QueueRows, ids: Mapping[str, Collection[str]]) -> set[bytes]:
        """Return the keys of the articles whose rows a change may touch."""
        touched = {_key(one) for kind in _BY_ARTICLE for one in ids.get(kind, ())}
        annotations = {_key(one) for kind in _BY_ANNOTATION for one in ids.get(kind, ())}
        if annotations and len(annotations) <= _MANY:
            touched |= store.articles_of_annotations(self._connection, annotations)
        elif annotations:
            touched |= before.numbers.keys()
        if ids.get("copy") or ids.get("article"):
            touched |= _beside(before, touched) | store.articles_beside(self._connection, touched)
        return touched


def _put_reading(step: StepWriter, reading: Reading) -> None:
    """Put what a reviewer says; where that is nothing any more, the thing goes."""
    identity = reading_id(reading.article, reading.reviewer)
    if not (reading.state or reading.flagged or reading.note):
        step.put("reading", None, entity=identity)
        return
    value = {"article": reading.article, "reviewer": reading.reviewer, "state": reading.state}
    step.put_updated("reading", value | {"flagged": reading.flagged, "note": reading.note}, identity)


def _beside(before: QueueRows, keys: Collection[bytes]) -> set[bytes]:
    """Return what these articles were copies of, and what they replaced, before the change."""
    rows = (before.rows[before.numbers[key]] for key in keys if key in before.numbers)
    return {key for row in rows for key in (row.original, row.replaces) if key}


def _key(identity: str) -> bytes:
    return uuid_bytes(identity) or b""
