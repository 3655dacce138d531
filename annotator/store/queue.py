"""The rows of the queue, all of them or some, and which rows a change touches.

Looking things up article by article would take seconds for a hundred thousand. So what hangs on articles is read as a whole,
from covering indexes, and put to the articles in memory; for a few articles the same queries are held to these.
"""

from __future__ import annotations

import gc
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from typing import Any

import orjson

from annotator.model import Assignment, Reading, SavedFilter
from annotator.queue_rows import QueueRow, State
from annotator.store import decided
from annotator.store.clock import uuid_text
from annotator.store.database import Connection

_Row = tuple[Any, ...]
_Names = dict[bytes, tuple[str, ...]]
_COLUMNS = "id, title, outlet, author, date, imported_at, file, replaces"
# INDEXED BY keeps SQLite from the table itself, whose rows hold the whole source records.
_ARTICLES = f"SELECT {_COLUMNS} FROM article INDEXED BY article_order ORDER BY imported_at, file, id"
_COUNTS = "SELECT article, label, reviewer, count(*) FROM annotation {} GROUP BY article, label, reviewer"
_LAYERS = 'SELECT article, reviewer, label, start, "end" FROM annotation {}'
_VERDICTS = (
    "SELECT DISTINCT annotation.article FROM annotation "
    "JOIN verdict AS one ON one.claim = annotation.id JOIN verdict AS other ON other.claim = annotation.id "
    "WHERE one.value <> other.value"
)
_BOILERPLATE = "SELECT id FROM article WHERE body -> '$.boilerplate' <> '[]'"
_SETTLED = "SELECT article, layers FROM settlement WHERE state = 'settled'"
_REPLACED = "SELECT replaces FROM article WHERE replaces IS NOT NULL"


# What only some articles have: by their keys the fields of a row from `counts` on.
_Aside = dict[bytes, list[Any]]
_FIRST_ASIDE = QueueRow._fields.index("counts")
_NOTHING = tuple(QueueRow._field_defaults.values())


def all_rows(connection: Connection, reviewer: str) -> list[QueueRow]:
    """Return the rows of all articles in their fixed order; states are those of this reviewer."""
    with _uncollected():
        articles = connection.execute(_ARTICLES).fetchall()
        return _made(articles, _aside(connection, reviewer, None))


def first_rows(connection: Connection, reviewer: str, count: int) -> list[QueueRow]:
    """Return the first rows alone, which are there at once."""
    articles = connection.execute(f"{_ARTICLES} LIMIT ?", (count,)).fetchall()
    return _made(articles, _aside(connection, reviewer, [article[0] for article in articles]))


def rows_of(connection: Connection, reviewer: str, keys: Collection[bytes]) -> list[QueueRow]:
    """Return the rows of some articles, in no order; those that are not there are left out."""
    condition, values = _among("id", keys)
    articles = connection.execute(f"SELECT {_COLUMNS} FROM article {condition}", values).fetchall()
    return _made(articles, _aside(connection, reviewer, keys))


def articles_of_annotations(connection: Connection, annotations: Collection[bytes]) -> set[bytes]:
    """Return the keys of the articles that annotations lie in, also of those that were removed."""
    condition, values = _among("id", annotations)
    found = dict(connection.execute(f"SELECT id, article FROM annotation {condition}", values).fetchall())
    return set(found.values()) | {
        key for key in (_last_article(connection, one) for one in annotations if one not in found) if key
    }


def articles_beside(connection: Connection, keys: Collection[bytes]) -> set[bytes]:
    """Return the keys of the copies and originals of these articles, and of what they replace or are replaced by."""
    found: set[bytes] = set()
    for table, one, other in (("copy", "article", "original"), ("article", "id", "replaces")):
        for wanted, given in ((one, other), (other, one)):
            condition, values = _among(given, keys)
            found.update(
                row[0] for row in connection.execute(f"SELECT {wanted} FROM {table} {condition}", values) if row[0]
            )
    return found


def readings(connection: Connection, article: bytes) -> list[Reading]:
    """Return what all reviewers say about an article as a whole."""
    return [
        Reading(uuid_text(article), reviewer, state, bool(flagged), note, updated_at)
        for reviewer, state, flagged, note, updated_at in connection.execute(
            "SELECT reviewer, state, flagged, note, updated_at FROM reading WHERE article = ? ORDER BY reviewer",
            (article,),
        )
    ]


def readings_by(connection: Connection, reviewer: str, keys: Collection[bytes]) -> dict[bytes, Reading]:
    """Return what one reviewer says about some articles, by their keys."""
    condition, values = _among("article", keys)
    rows = connection.execute(
        f"SELECT article, state, flagged, note, updated_at FROM reading {condition} AND reviewer = ?",
        (*values, reviewer),
    )
    return {
        key: Reading(uuid_text(key), reviewer, state, bool(flagged), note, updated_at)
        for key, state, flagged, note, updated_at in rows
    }


def assignments(connection: Connection, keys: Collection[bytes]) -> list[tuple[bytes, Assignment]]:
    """Return who was given which of some articles, with the articles' keys."""
    condition, values = _among("article", keys)
    rows = connection.execute(
        f"SELECT article, reviewer FROM assignment {condition} ORDER BY article, reviewer", values
    )
    return [(key, Assignment(uuid_text(key), reviewer)) for key, reviewer in rows]


def filters(connection: Connection) -> list[SavedFilter]:
    """Return the saved filters by name."""
    return [SavedFilter(*row) for row in connection.execute("SELECT name, query FROM filter ORDER BY name")]


def known(connection: Connection, keys: Collection[bytes]) -> set[bytes]:
    """Return which of these are keys of articles."""
    condition, values = _among("id", keys)
    return {row[0] for row in connection.execute(f"SELECT id FROM article {condition}", values)}


def titles(connection: Connection, keys: Collection[bytes]) -> dict[bytes, str]:
    """Return the titles of some articles by their keys."""
    condition, values = _among("id", keys)
    return dict(connection.execute(f"SELECT id, title FROM article {condition}", values).fetchall())


def first_article(connection: Connection) -> bytes | None:
    """Return the key of the first article in the fixed order, or None."""
    row = connection.execute("SELECT id FROM article ORDER BY imported_at, file, id LIMIT 1").fetchone()
    return row[0] if row else None


# -- making rows ---------------------------------------------------------------------------------------------------------


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep Python from looking for garbage among hundreds of thousands of new rows, which takes as long as making them.

    Afterwards they count as old: looking through them once as new ones would hold up all threads for some 50 ms.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # with the next line: all that is there moves to the oldest generation, unlooked at
        gc.unfreeze()
        if was_on:
            gc.enable()


def _made(articles: list[_Row], aside: _Aside) -> list[QueueRow]:
    make = tuple.__new__
    return [make(QueueRow, (*article, *aside.get(article[0], _NOTHING))) for article in articles]


def _aside(connection: Connection, reviewer: str, keys: Collection[bytes] | None) -> _Aside:
    among, values = _among("article", keys)
    groups = connection.execute(_COUNTS.format(among), values).fetchall()
    read = connection.execute(
        f"SELECT article, reviewer, state, flagged, note <> '' FROM reading {among} ORDER BY article, reviewer", values
    ).fetchall()
    assigned = _names(
        connection.execute(f"SELECT article, reviewer FROM assignment {among} ORDER BY article, reviewer", values)
    )
    done = [row for row in read if row[2] == "done"]
    layers = _names((article, name) for article, _, name, _ in groups)
    copies, originals = _copies(connection, keys)
    contested = _contested(connection, groups, layers) | _judged_otherwise(connection, keys)
    found: dict[str, Mapping[bytes, Any]] = {
        "counts": _counts(groups),
        "state": _states(reviewer, layers, done),
        "flags": _names(row[:2] for row in read if row[3]),
        "notes": _names(row[:2] for row in read if row[4]),
        "assigned": assigned,
        "reviewers": _names((row[:2] for row in done), layers),
        "contested": dict.fromkeys(contested, True),
        "original": originals,
        "copies": copies,
        "boilerplate": dict.fromkeys(_some(connection, _BOILERPLATE, "id", keys), True),
        "replaced": dict.fromkeys(_some(connection, _REPLACED, "replaces", keys), True),
        "review": _reviews(connection, keys, assigned, Counter(row[0] for row in done)),
    }
    return _gathered(found)


def _reviews(
    connection: Connection, keys: Collection[bytes] | None, assigned: _Names, done: Counter[bytes]
) -> dict[bytes, str]:
    """Return how far articles are on their way from several layers to one; those that one alone is to read are left out."""
    waiting = {article: "second" for article, names in assigned.items() if len(names) > 1}
    compared = {article: "compare" for article, count in done.items() if count > 1}
    condition, values = _among("article", keys, word="AND")
    settled = dict(connection.execute(f"{_SETTLED} {condition}", values).fetchall())
    now = decided.fingerprints(connection, settled) if settled else {}
    changed = {article: "settled" if now[article] == layers else "compare" for article, layers in settled.items()}
    return waiting | compared | changed


def _gathered(found: Mapping[str, Mapping[bytes, Any]]) -> _Aside:
    """Return by key what was found by field."""
    aside: defaultdict[bytes, list[Any]] = defaultdict(lambda: list(_NOTHING))
    for field, values in found.items():
        place = QueueRow._fields.index(field) - _FIRST_ASIDE
        for key, value in values.items():
            aside[key][place] = value
    return dict(aside)


def _states(reviewer: str, layers: _Names, done: list[_Row]) -> dict[bytes, State]:
    """Return how far the reviewer is with the articles that they began."""
    states: dict[bytes, State] = {article: "progress" for article, names in layers.items() if reviewer in names}
    return states | dict.fromkeys((row[0] for row in done if row[1] == reviewer), "done")


def _counts(groups: list[_Row]) -> dict[bytes, dict[str, int]]:
    counts: dict[bytes, dict[str, int]] = {}
    for article, label, _, count in groups:
        found = counts.get(article)
        if found is None:
            counts[article] = {label: count}
        else:
            found[label] = found.get(label, 0) + count
    return counts


def _names(pairs: Iterable[tuple[bytes, str]], before: _Names | None = None) -> _Names:
    """Return the names by key, each once and sorted, also those before; equal tuples are one, for few of them differ."""
    found: _Names = dict(before or {})
    nobody: tuple[str, ...] = ()
    kept: dict[tuple[tuple[str, ...], str], tuple[str, ...]] = {}
    for key, name in pairs:
        names = found.get(key, nobody)
        more = kept.get((names, name))
        if more is None:
            more = kept[names, name] = tuple(sorted({*names, name}))
        found[key] = more
    return found


def _copies(connection: Connection, keys: Collection[bytes] | None) -> tuple[Counter[bytes], dict[bytes, bytes]]:
    """Return how many copies each original has, and the original of each copy, of those that are there."""
    copies: Counter[bytes] = Counter()
    originals: dict[bytes, bytes] = {}
    sql = "SELECT copy.article, copy.original FROM copy JOIN article ON article.id = copy.article {}"
    condition, values = _among("copy.original", keys)
    copies.update(row[1] for row in connection.execute(sql.format(condition), values))
    condition, values = _among("copy.article", keys)
    originals.update(connection.execute(sql.format(condition), values).fetchall())
    return copies, originals


def _contested(connection: Connection, groups: list[_Row], layers: _Names) -> set[bytes]:
    """Return the articles in which the layers of two reviewers differ: in a label, a start or an end."""
    several = {key for key, names in layers.items() if len(names) > 1}
    if not several:
        return set()
    by_reviewer: defaultdict[bytes, defaultdict[str, list[tuple[str, int]]]] = defaultdict(lambda: defaultdict(list))
    for article, label, name, count in groups:
        if article in several:
            by_reviewer[article][name].append((label, count))
    alike = {key for key, found in by_reviewer.items() if _all_alike(found.values())}
    return (several - alike) | _differing(connection, alike)


def _differing(connection: Connection, keys: set[bytes]) -> set[bytes]:
    """Return those articles whose layers differ though they hold as many annotations of each label."""
    condition, values = _among("article", keys)
    rows = sorted(connection.execute(_LAYERS.format(condition), values).fetchall())
    differing = set()
    for article, found in groupby(rows, key=itemgetter(0)):
        layers = [[row[2:] for row in layer] for _, layer in groupby(found, key=itemgetter(1))]
        if not _all_alike(layers):
            differing.add(article)
    return differing


def _all_alike(values: Iterable[Any]) -> bool:
    first, *others = values
    return all(one == first for one in others)


def _judged_otherwise(connection: Connection, keys: Collection[bytes] | None) -> set[bytes]:
    """Return the articles in which two reviewers gave different verdicts on one claim."""
    return _some(connection, _VERDICTS, "annotation.article", keys)


def _some(connection: Connection, sql: str, column: str, keys: Collection[bytes] | None) -> set[bytes]:
    """Return the keys that a query with a condition finds, among some or among all."""
    condition, values = _among(column, keys, word="AND")
    return {row[0] for row in connection.execute(f"{sql} {condition}", values)}


def _among(column: str, keys: Collection[bytes] | None, *, word: str = "WHERE") -> tuple[str, tuple[str, ...]]:
    """Return the condition that a column holds one of these keys, and its parameter; None for no condition."""
    if keys is None:
        return "", ()
    wanted = orjson.dumps([key.hex() for key in keys]).decode()
    return f"{word} {column} IN (SELECT unhex(value) FROM json_each(?))", (wanted,)


def _last_article(connection: Connection, annotation: bytes) -> bytes | None:
    """Return the article that a removed annotation lay in last."""
    row = connection.execute(
        "SELECT body ->> 'article' FROM op WHERE entity = ? AND body IS NOT NULL ORDER BY id DESC LIMIT 1",
        (annotation,),
    ).fetchone()
    return bytes.fromhex(row[0].replace("-", "")) if row and row[0] else None
