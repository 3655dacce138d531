"""How much a selection takes, counted from the indexes without reading an article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from annotator.selecting import ALL, FINAL, Selection
from annotator.store import queries, veil
from annotator.store.clock import uuid_text
from annotator.store.database import Connection

_LAYERS = "SELECT article, label, reviewer, count(*) FROM annotation GROUP BY article, label, reviewer"
_FINALS = "SELECT article, label, count(*) FROM final GROUP BY article, label"
_OPEN = "SELECT article FROM decision UNION SELECT article FROM settlement"
_SETTLED = "SELECT article FROM settlement WHERE state = 'settled'"
Counted = tuple[bytes, str, int]


def counted(connection: Connection, selection: Selection) -> tuple[int, int]:
    """Return how many articles and annotations an export of the selection writes, as far as the reviewer may see them."""
    known = {key for key in queries.article_ids(connection) if selection.has_article(uuid_text(key))}
    found = _final(connection) if selection.layer == FINAL else _layers(connection, selection.layer)
    labels = selection.labels
    return len(known), sum(
        count for article, label, count in found if article in known and (not labels or label in labels)
    )


def _layers(connection: Connection, layer: str) -> Iterator[Counted]:
    """Yield (article, label, count) of all layers or of a reviewer's."""
    for article, label, reviewer, count in connection.execute(_LAYERS):
        if layer in (ALL, reviewer):
            yield article, label, count


def _final(connection: Connection) -> Iterator[Counted]:
    """Yield (article, label, count) of final layers: what was settled, or the layer of an article's only reviewer."""
    settled, decided = _articles(connection, _SETTLED), _articles(connection, _OPEN)
    hidden = veil.waiting(connection)
    alone: defaultdict[bytes, list[tuple[str, str, int]]] = defaultdict(list)
    for article, label, reviewer, count in connection.execute(_LAYERS):
        alone[article].append((label, reviewer, count))
    for article, rows in alone.items():
        if article not in settled | decided | hidden and len({reviewer for _, reviewer, _ in rows}) == 1:
            yield from ((article, label, count) for label, _, count in rows)
    yield from (row for row in connection.execute(_FINALS) if row[0] in settled)


def _articles(connection: Connection, query: str) -> set[bytes]:
    return {row[0] for row in connection.execute(query)}
