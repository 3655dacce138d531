"""Looking up words in the index of the texts, and reading what a search shows of the articles it finds.

The index knows which words stand in which text, and where among its words. It narrows down the texts that are then read;
what a hit is, `search_matching` says. Nothing that a person typed reaches MATCH but words in their search form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any

import orjson

from annotator.model import Boilerplate, Direction
from annotator.search_matching import Expanded
from annotator.search_query import Every, Marked, Near, Node, Some, Within, Words
from annotator.store.clock import uuid_bytes, uuid_text
from annotator.store.database import Connection

_MOST_PHRASES = 200
Expand = Callable[[Words], Expanded]


@dataclass(frozen=True, slots=True)
class Lookup:
    """What is looked up in the index; empty: everything. `exact` tells whether every text it finds is as the query says."""

    words: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Searched:
    """An article as a search reads it."""

    id: str
    title: str
    direction: Direction
    text: str
    boilerplate: tuple[Boilerplate, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """The articles of a project by the numbers of their texts, in their order; `rank` is None where that is the same order.

    `with_boilerplate` are the numbers of those of which a part is none of the news.
    """

    articles: dict[int, bytes]
    rank: dict[int, int] | None
    with_boilerplate: frozenset[int]

    def ordered(self, numbers: Iterable[int]) -> list[int]:
        """Return those of the numbers whose articles are there, in the order of the articles."""
        kept = [number for number in numbers if number in self.articles]
        if self.rank is not None:
            kept.sort(key=self.rank.__getitem__)
        return kept


def corpus(connection: Connection) -> Corpus:
    """Read which articles there are; joined here, since a join in SQL, in this order, takes three times as long."""
    number_of = dict(connection.execute("SELECT sha256, number FROM text_number").fetchall())
    sha256_of = dict(connection.execute("SELECT id, sha256 FROM article").fetchall())
    order = connection.execute("SELECT id FROM article INDEXED BY article_order ORDER BY imported_at, file, id")
    articles = {number_of[sha256_of[identity]]: identity for (identity,) in order}
    numbers = list(articles)
    rank = None if numbers == sorted(numbers) else {number: at for at, number in enumerate(numbers)}
    partly = connection.execute("SELECT id FROM article WHERE body -> '$.boilerplate' <> '[]'").fetchall()
    return Corpus(articles, rank, frozenset(number_of[sha256_of[identity]] for (identity,) in partly))


def numbers_of(connection: Connection, lookup: Lookup) -> list[int]:
    """Return the numbers of the texts in which what is looked up stands, ascending."""
    row = connection.execute("SELECT json_group_array(rowid) FROM search WHERE search MATCH ?", (lookup.words,))
    found: list[int] = orjson.loads(row.fetchone()[0])
    return found


def numbers_with(connection: Connection, label: str) -> set[int]:
    """Return the numbers of the texts in whose articles there is an annotation of a label."""
    rows = connection.execute(
        "SELECT number FROM text_number JOIN article USING (sha256) "
        "WHERE id IN (SELECT article FROM annotation WHERE label = ?)",
        (label,),
    )
    return {row[0] for row in rows}


def searched(connection: Connection, articles: Sequence[str]) -> list[Searched]:
    """Return articles in the order in which they are asked for; those that are no longer there are left out."""
    marks = ", ".join("?" * len(articles))
    rows = connection.execute(
        f"SELECT id, title, direction, text, body ->> '$.boilerplate' FROM article JOIN text USING (sha256) "
        f"WHERE id IN ({marks})",
        [uuid_bytes(article) for article in articles],
    )
    found = {one.id: one for one in map(_searched, rows)}
    return [found[article] for article in articles if article in found]


def marks_of(connection: Connection, article: str, labels: Iterable[str]) -> dict[str, list[tuple[int, int]]]:
    """Return the spans of all reviewers' annotations of these labels in an article."""
    found: dict[str, list[tuple[int, int]]] = {label: [] for label in labels}
    rows = connection.execute(
        'SELECT label, start, "end" FROM annotation WHERE article = ?', ((uuid_bytes(article) or b""),)
    )
    for label, start, end in rows:
        if label in found:
            found[label].append((start, end))
    return found


def own_marks(connection: Connection, article: str, label: str, reviewer: str) -> list[tuple[int, int]]:
    """Return the spans of one reviewer's annotations of a label in an article."""
    rows = connection.execute(
        'SELECT start, "end" FROM annotation WHERE article = ? AND label = ? AND reviewer = ? ORDER BY start',
        ((uuid_bytes(article) or b""), label, reviewer),
    )
    return [(start, end) for start, end in rows]


def labelled_spans(connection: Connection, article: str) -> list[tuple[int, int, str]]:
    """Return start, end and label of all annotations in an article."""
    rows = connection.execute(
        'SELECT start, "end", label FROM annotation WHERE article = ?', ((uuid_bytes(article) or b""),)
    )
    return [(start, end, label) for start, end, label in rows]


# -- from a query to what is looked up ----------------------------------------------------------------------------


def lookup_of(node: Node, expand: Expand, *, negates: bool = True) -> Lookup:
    """Return what is looked up for a query: at least every text that is as the query says is found by it.

    Without `negates`, what must not be there is not looked up: it may stand where it does not count.
    """
    match node:
        case Words():
            return _words(expand(node))
        case Near():
            both = (lookup_of(part, expand, negates=negates) for part in (node.one, node.other))
            return Lookup(_joined("AND", both), exact=False)
        case Within():
            return Lookup(lookup_of(node.part, expand, negates=False).words, exact=False)
        case Marked():
            return Lookup("", exact=False)
        case Some():
            parts = [lookup_of(part, expand, negates=negates) for part in node.parts]
            words = _joined("OR", parts) if all(part.words for part in parts) else ""
            return Lookup(words, exact=all(part.exact for part in parts))
        case Every():
            return _every(node, expand, negates=negates)


def labels_needed(node: Node) -> frozenset[str]:
    """Return the labels of which every article that is as the query says has an annotation."""
    match node:
        case Words():
            return frozenset()
        case Near():
            return labels_needed(node.one) | labels_needed(node.other)
        case Within():
            return labels_needed(node.part) | {node.label}
        case Marked():
            return frozenset((node.label,))
        case Some():
            return frozenset.intersection(*map(labels_needed, node.parts))
        case Every():
            return frozenset().union(*map(labels_needed, node.parts))


def labels_named(node: Node) -> frozenset[str]:
    """Return all labels that a query names."""
    match node:
        case Words():
            return frozenset()
        case Near():
            return labels_named(node.one) | labels_named(node.other)
        case Within():
            return labels_named(node.part) | {node.label}
        case Marked():
            return frozenset((node.label,))
        case Some():
            return frozenset().union(*map(labels_named, node.parts))
        case Every():
            return frozenset().union(*map(labels_named, (*node.parts, *node.without)))


def _words(sought: Expanded) -> Lookup:
    star = " *" if sought.words.begins else ""
    choices = [list(sought.forms), *sought.others]
    if prod(map(len, choices)) <= _MOST_PHRASES:
        phrases = (f'"{" ".join(words)}"{star}' for words in product(*choices))
        return Lookup(f"({' OR '.join(phrases)})", exact=not sought.exactly)
    last = len(choices) - 1
    words = [" OR ".join(f'"{form}"{star if at == last else ""}' for form in one) for at, one in enumerate(choices)]
    return Lookup(f"({' AND '.join(f'({one})' for one in words)})", exact=False)


def _every(node: Every, expand: Expand, *, negates: bool) -> Lookup:
    parts = [lookup_of(part, expand, negates=negates) for part in node.parts]
    without = [lookup_of(part, expand, negates=negates) for part in node.without]
    words, exact = _joined("AND", parts), all(part.exact for part in parts)
    if not without:
        return Lookup(words, exact)
    if words and negates and all(part.exact for part in without):
        return Lookup(f"({words} NOT {_joined('OR', without)})", exact)
    return Lookup(words, exact=False)


def _joined(operator: str, parts: Iterable[Lookup]) -> str:
    kept = [part.words for part in parts if part.words]
    return f"({f' {operator} '.join(kept)})" if len(kept) > 1 else "".join(kept)


def _searched(row: tuple[Any, ...]) -> Searched:
    identity, title, direction, text, boilerplate = row
    ranges = orjson.loads(boilerplate) if boilerplate and boilerplate != "[]" else ()
    return Searched(uuid_text(identity), title, direction, text, tuple(Boilerplate(**one) for one in ranges))
