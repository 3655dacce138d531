"""Choosing which part of a project goes out: labels, a layer, and articles by a filter or by what changed since a moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from annotator.errors import UnknownLayer
from annotator.filters import parse
from annotator.open_project import OpenProject
from annotator.queue_rows import QueueRows
from annotator.selecting import ALL, FINAL, Selection
from annotator.store import changed, chosen, queries
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
        changed. Raises UnknownLabel, UnknownLayer, BadFilter or BadMoment.
        """
        labels = frozenset(labels)
        for label in sorted(labels):
            self._need_label(label)
        self._need_layer(layer)
        wanted = Selection(labels, self._passing(filter) if filter.strip() else None, layer)
        return self._changed_since(wanted, moment_of(since)) if since.strip() else wanted

    def counted(self, selection: Selection) -> tuple[int, int]:
        """Return how many articles and annotations of a selection an export writes; in blind mode those that may be seen."""
        return chosen.counted(self._connection, selection)

    def _need_layer(self, layer: str) -> None:
        known = [ALL, FINAL, *queries.reviewers(self._connection)]
        if layer not in known:
            raise UnknownLayer(layer=layer, known=", ".join(known))

    def _passing(self, query: str) -> frozenset[str]:
        wanted = parse(query, labels=self.labels())
        rows = QueueRows(store.all_rows(self._connection, self._reviewer), self._reviewer)
        return frozenset(rows.rows[number].id for number in wanted.numbers(rows))

    def _changed_since(self, wanted: Selection, milliseconds: int) -> Selection:
        articles = changed.changed_articles(self._connection, milliseconds)
        return replace(
            wanted,
            articles=articles if wanted.articles is None else articles & wanted.articles,
            since=iso_time(milliseconds),
            removed=changed.removed_things(self._connection, milliseconds),
        )
