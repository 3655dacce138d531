"""Choosing which part of a project goes out: labels, a layer, and articles by a filter or by what changed since a moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from annotator.filters import parse
from annotator.open_project import OpenProject
from annotator.queue_rows import QueueRows
from annotator.selecting import ALL, Selection
from annotator.store import changed
from annotator.store import queue as store
from annotator.store.clock import iso_time
from annotator.text.moments import moment_of


class Choosing(OpenProject):
    """The part of the project that says what an export takes."""

    def selection(
        self, *, labels: Iterable[str] = (), layer: str = ALL, filter: str = "", since: str = ""
    ) -> Selection:
        """Return the selection that these words mean, as the project stands now.

        `filter` is in the language of the queue; `since` a day or a time (UTC where it has no zone), from which on an article
        changed. Raises BadFilter or BadMoment.
        """
        chosen = Selection(frozenset(labels), self._passing(filter) if filter.strip() else None, layer)
        return self._changed_since(chosen, moment_of(since)) if since.strip() else chosen

    def _passing(self, query: str) -> frozenset[str]:
        wanted = parse(query, labels=self.labels())
        rows = QueueRows(store.all_rows(self._connection, self._reviewer), self._reviewer)
        return frozenset(rows.rows[number].id for number in wanted.numbers(rows))

    def _changed_since(self, chosen: Selection, milliseconds: int) -> Selection:
        articles = changed.changed_articles(self._connection, milliseconds)
        return replace(
            chosen,
            articles=articles if chosen.articles is None else articles & chosen.articles,
            since=iso_time(milliseconds),
            removed=changed.removed_things(self._connection, milliseconds),
        )
