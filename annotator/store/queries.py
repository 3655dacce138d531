"""Reading the current state and the history: rows of the store become the values of the model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from annotator.model import Annotation, Article, ArticleSummary, Attribute, Label, LabelSet, Revision
from annotator.reports import Stats
from annotator.store.clock import time_of, uuid_text
from annotator.store.database import Connection
from annotator.values import article_of, attribute_of, label_of

_ARTICLE = "SELECT article.id, text, body FROM article JOIN text ON text.sha256 = article.sha256"
_ORDER = "ORDER BY imported_at, file, article.id"
ANNOTATION_COLUMNS = (
    "id", "article", "label", "start", '"end"', "quote", "note", "reviewer", "created_at", "updated_at", "form", "label_set",
    "carried_from", "to_confirm",
)  # fmt: skip
_ANNOTATION = f"SELECT {', '.join(ANNOTATION_COLUMNS)} FROM annotation"
FRAME_ATTRIBUTES = ("mode", "kind", "hedging", "role")
_LIVE = "FROM annotation WHERE article IN (SELECT id FROM article)"

# In the order of the fields of Stats.
_COUNTED = (
    "frame JOIN annotation ON annotation.id = claim AND article IN (SELECT id FROM article)",
    "verdict JOIN annotation ON annotation.id = claim AND article IN (SELECT id FROM article)",
    "entity WHERE merged_into IS NULL",
    "link JOIN annotation ON annotation.id = link.annotation AND article IN (SELECT id FROM article)",
    "relation JOIN annotation AS one ON one.id = a JOIN annotation AS other ON other.id = b",
    "decision WHERE article IN (SELECT id FROM article)",
    "final WHERE article IN (SELECT id FROM article)",
    "comment WHERE article IN (SELECT id FROM article)",
)


def article_ids(connection: Connection) -> list[bytes]:
    """Return the ids of all articles in their fixed order: by time of import, file name and id."""
    return [row[0] for row in connection.execute(f"SELECT id FROM article {_ORDER}")]


def article(connection: Connection, identity: bytes) -> Article | None:
    """Return one article with its text, or None."""
    row = connection.execute(f"{_ARTICLE} WHERE article.id = ?", (identity,)).fetchone()
    return _article(row) if row else None


def articles(connection: Connection) -> Iterator[Article]:
    """Yield all articles in their fixed order, one at a time."""
    return (_article(row) for row in connection.execute(f"{_ARTICLE} {_ORDER}"))


def count_articles(connection: Connection) -> int:
    """Return the number of articles."""
    return int(connection.execute("SELECT count(*) FROM article").fetchone()[0])


def import_times(connection: Connection) -> Iterator[tuple[str, bytes]]:
    """Yield (time of import, id) of all articles."""
    yield from connection.execute("SELECT imported_at, id FROM article")


def articles_with_originals(
    connection: Connection, order: Iterable[bytes] | None = None
) -> Iterator[tuple[bytes, bytes | None, Article]]:
    """Yield (id, packed original bytes where stored, article) of all articles in their fixed order.

    With `order`, of these articles in this order and without original bytes.
    """
    if order is not None:
        for identity in order:
            found = article(connection, identity)
            if found:
                yield identity, None, found
        return
    for identity, packed, *row in connection.execute(
        f"SELECT article.id, packed, {_ARTICLE.removeprefix('SELECT ')} "
        f"LEFT JOIN original ON original.sha256 = unhex(body ->> '$.source.bytes_sha256') {_ORDER}"
    ):
        yield identity, packed, _article(tuple(row))


def has_article(connection: Connection, identity: bytes) -> bool:
    """Tell whether an article is in the project."""
    return connection.execute("SELECT 1 FROM article WHERE id = ?", (identity,)).fetchone() is not None


def title(connection: Connection, identity: bytes) -> str | None:
    """Return the title of one article, or None."""
    row = connection.execute("SELECT title FROM article WHERE id = ?", (identity,)).fetchone()
    return row[0] if row else None


def summaries(connection: Connection) -> list[ArticleSummary]:
    """Return the rows of the queue in the articles' fixed order."""
    counts: dict[bytes, dict[str, int]] = {}
    for identity, label, count in connection.execute(
        "SELECT article, label, count(*) FROM annotation GROUP BY article, label"
    ):
        counts.setdefault(identity, {})[label] = count
    rows = connection.execute(f"SELECT id, title, file, imported_at FROM article {_ORDER}")
    return [
        ArticleSummary(uuid_text(identity), title, file, imported_at, counts.get(identity, {}))
        for identity, title, file, imported_at in rows
    ]


def annotation(connection: Connection, identity: bytes) -> Annotation | None:
    """Return one annotation, or None."""
    row = connection.execute(f"{_ANNOTATION} WHERE id = ?", (identity,)).fetchone()
    return annotation_of(row) if row else None


def annotations_of(connection: Connection, article_identity: bytes) -> list[Annotation]:
    """Return the annotations of an article, sorted by start, then the longer first, then id."""
    rows = connection.execute(f'{_ANNOTATION} WHERE article = ? ORDER BY start, "end" DESC, id', (article_identity,))
    article_text = uuid_text(article_identity)  # once: an export of 200,000 annotations would make it as often
    return [_annotation(row, article_text) for row in rows]


def labels(connection: Connection) -> list[Label]:
    """Return the labels in their order."""
    rows = connection.execute("SELECT body FROM label ORDER BY position, key")
    return [label_of(orjson.loads(row[0])) for row in rows]


def attributes(connection: Connection) -> list[Attribute]:
    """Return the attributes in their order."""
    rows = connection.execute("SELECT body FROM attribute ORDER BY position, key")
    return [attribute_of(orjson.loads(row[0])) for row in rows]


def label_set(connection: Connection) -> LabelSet:
    """Return the labels and attributes with the version of the whole."""
    found, asked = labels(connection), attributes(connection)
    version = max((1, *(label.changed for label in found), *(one.version for one in asked)))
    return LabelSet(version, tuple(found), tuple(asked))


def label_set_version(connection: Connection) -> int:
    """Return the version of the label set, without reading it."""
    row = connection.execute(
        "SELECT max(coalesce((SELECT max(body ->> 'changed') FROM label), 1), "
        "coalesce((SELECT max(body ->> 'version') FROM attribute), 1))"
    ).fetchone()
    return int(row[0])


def newest_label_set_version(connection: Connection) -> int:
    """Return the highest version the label set ever had, also one that was taken back."""
    row = connection.execute(
        "SELECT max(coalesce(body ->> 'changed', body ->> 'version', 1)) FROM op WHERE kind IN ('label', 'attribute')"
    ).fetchone()
    return int(row[0] or 1)


def positions(connection: Connection, kind: str) -> dict[str, int]:
    """Return the place of each label or attribute among its like, by key."""
    return dict(connection.execute(f"SELECT key, position FROM {kind}").fetchall())


def annotations_to_recheck(connection: Connection) -> list[Annotation]:
    """Return the annotations made before their label, and the claims framed before an attribute, was defined anew."""
    columns = ", ".join(f"annotation.{column}" for column in ANNOTATION_COLUMNS)
    rows = connection.execute(
        f"SELECT {columns} FROM annotation JOIN label ON label.key = annotation.label "
        "LEFT JOIN article ON article.id = annotation.article "
        "WHERE annotation.label_set < coalesce(label.body ->> 'version', 1) OR EXISTS ("
        "SELECT 1 FROM frame WHERE frame.claim = annotation.id AND label_set < "
        f"(SELECT max(body ->> 'version') FROM attribute WHERE key IN {FRAME_ATTRIBUTES})) "
        "ORDER BY article.imported_at, article.file, article.id, annotation.start, annotation.id"
    )
    return [annotation_of(row) for row in rows]


def reviewers(connection: Connection) -> list[str]:
    """Return the names of all reviewers, sorted."""
    return [row[0] for row in connection.execute("SELECT name FROM reviewer ORDER BY name")]


def history(connection: Connection, *identities: bytes) -> list[Revision]:
    """Return every value that these things ever had, oldest first."""
    marks = ", ".join("?" * len(identities))
    rows = connection.execute(
        f"SELECT id, reviewer, action, body, kind FROM op WHERE entity IN ({marks}) ORDER BY id", identities
    ).fetchall()
    return [_revision(*row) for row in rows]


def stats(connection: Connection) -> Stats:
    """Count what the project holds."""
    one = connection.execute(
        "SELECT count(*), coalesce(sum(length(text)), 0) FROM article JOIN text USING (sha256)"
    ).fetchone()
    by_label = dict(connection.execute(f"SELECT label, count(*) {_LIVE} GROUP BY label ORDER BY label").fetchall())
    by_reviewer = dict(
        connection.execute(f"SELECT reviewer, count(*) {_LIVE} GROUP BY reviewer ORDER BY reviewer").fetchall()
    )
    operations = connection.execute("SELECT count(*) FROM op").fetchone()[0]
    return Stats(
        one[0], one[1], sum(by_label.values()), by_label, by_reviewer, operations,
        *(connection.execute(f"SELECT count(*) FROM {counted}").fetchone()[0] for counted in _COUNTED),
    )  # fmt: skip


def _article(row: tuple[Any, ...]) -> Article:
    identity, text, body = row
    return article_of(uuid_text(identity), text, orjson.loads(body))


def annotation_of(row: tuple[Any, ...]) -> Annotation:
    """Return the annotation of a row with the columns in their order."""
    return _annotation(row, uuid_text(row[1]))


def _annotation(row: tuple[Any, ...], article: str) -> Annotation:
    identity, _, label, start, end, quote, note, reviewer, created, updated, form, label_set, origin, unsure = row
    carried_from = uuid_text(origin) if origin else ""
    return Annotation(
        uuid_text(identity), article, label, start, end, quote, note, reviewer, created, updated, form, label_set,
        carried_from, unsure == 1,
    )  # fmt: skip


def _revision(identity: bytes, reviewer: str, action: str, body: str | None, kind: str) -> Revision:
    value = None if body is None else orjson.loads(body)
    return Revision(uuid_text(identity), time_of(identity), reviewer, action, value, kind)
