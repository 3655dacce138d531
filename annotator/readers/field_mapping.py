"""Which column or key of a file holds which field of an article: guessed from usual names and from what stands there.

Keys within keys are written with dots: `data.text`, `content.rendered`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotator.language import N_, Sentence
from annotator.readers.draft import Table
from annotator.text.fold import fold

FIELDS = ("text", "title", "date", "outlet", "author", "url")
SAMPLE = 20
"""Records that are looked at before the first is read, and that a table shows."""

_USUAL = {
    "text": (
        "text", "body", "articlebody", "articletext", "fulltext", "maintext", "bodytext", "content", "contents",
        "articlecontent", "article", "story", "plaintext", "نص", "نص الخبر", "نص المقال", "نص المقاله", "متن", "متن الخبر",
        "محتوي", "محتوي الخبر", "محتوي المقال", "المقال", "الخبر", "تفاصيل", "تفاصيل الخبر",
    ),
    "title": (
        "title", "headline", "articletitle", "heading", "newstitle", "subject", "عنوان", "عنوان الخبر", "عنوان المقال",
        "العنوان الرئيسي",
    ),
    "date": (
        "datepublished", "publishedat", "published", "publicationdate", "publishdate", "pubdate", "dategmt", "date",
        "datetime", "publishedon", "created", "createdat", "timestamp", "time", "day", "تاريخ", "تاريخ النشر", "تاريخ الخبر",
        "وقت النشر",
    ),
    "outlet": (
        "outlet", "source", "sourcename", "publisher", "newspaper", "sitename", "site", "agency", "provider", "domain",
        "مصدر", "صحيفه", "جريده", "وكاله", "موقع", "ناشر", "جهه النشر",
    ),
    "author": ("author", "authors", "byline", "writer", "creator", "reporter", "كاتب", "مؤلف", "محرر", "مراسل"),
    "url": ("url", "link", "articleurl", "canonicalurl", "permalink", "uri", "href", "webpage", "رابط", "رابط الخبر"),
}  # fmt: skip
_NOTHING_BUT_SIGNS = re.compile(r"[\W_]+")
_WRAPPED = frozenset({"rendered", "value", "name", "text", "t"})
_PROSE_LENGTH, _PROSE_SPACES = 60, 4
_RIVAL = 0.3
_CELL = 300
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Mapped:
    """Which column holds which field. `doubts` says what of it a person should look at."""

    columns: Mapping[str, str]
    doubts: tuple[Sentence, ...] = ()


def _plain(name: str) -> str:
    """Return a name without article, case, signs and spelling variants."""
    words = _NOTHING_BUT_SIGNS.sub(" ", fold(name)).split()
    return "".join(word.removeprefix("ال") if len(word) > 3 else word for word in words)


_RANKS = {
    field: {_plain(name): rank for rank, name in reversed(list(enumerate(names)))} for field, names in _USUAL.items()
}


def mapped(given: Mapping[str, str], columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> Mapped:
    """Return what is given; if nothing is, what usual names and the first rows tell. The text is looked for in any case."""
    text, doubts = _text_column(columns, rows) if "text" not in given else (given["text"], ())
    if given:
        found = {"text": text} | dict(given)
    else:
        found = {field: _named(field, columns, rows) for field in FIELDS if field != "text"} | {"text": text}
    return Mapped({field: found[field] for field in FIELDS if found.get(field)}, doubts)


def names_text(columns: Sequence[str]) -> bool:
    """Tell whether a column is called as texts are."""
    return any(True for _ in _ranked("text", columns))


def names_usual(columns: Sequence[str]) -> bool:
    """Tell whether a column is called as a field of an article usually is."""
    return any(True for field in FIELDS for _ in _ranked(field, columns))


def _named(field: str, columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> str:
    """Return the column with the most usual name for a field; empty when there is none."""
    named = [column for _, column in sorted(_ranked(field, columns))]
    if field == "outlet":
        named = [column for column in named if not _holds_urls(column, rows)]
    if field == "url":
        named += [column for _, column in sorted(_ranked("outlet", columns)) if _holds_urls(column, rows)]
    return next(iter(named), "")


def _ranked(field: str, columns: Sequence[str]) -> Iterator[tuple[tuple[int, int, int], str]]:
    """Yield the columns whose name is usual for a field, each with its rank: keys within keys come later."""
    for place, column in enumerate(columns):
        parts = column.split(".")
        name = parts[-2] if len(parts) > 1 and parts[-1].strip("#$_") in _WRAPPED else parts[-1]
        rank = _RANKS[field].get(_plain(name), _RANKS[field].get(_plain(parts[-1])))
        if rank is not None:
            yield (len(parts), rank, place), column


def _text_column(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> tuple[str, tuple[Sentence, ...]]:
    """Return the column of the text, with a doubt when its name does not say so, or that of a rival does too."""
    usual = [column for _, column in sorted(_ranked("text", columns))]
    lengths = {column: _mean_length(column, rows) for column in columns}
    if usual:
        best = max(usual, key=lambda column: lengths[column])
        rivals = [column for column in usual if column != best and lengths[column] > _RIVAL * lengths[best]]
        return best, _doubt(best) if rivals else ()
    prose = [column for column in columns if lengths[column] >= _PROSE_LENGTH and _is_prose(column, rows)]
    best = max(prose, key=lambda column: lengths[column], default="")
    return best, _doubt(best) if best else ()


def _doubt(column: str) -> tuple[Sentence, ...]:
    template = N_("That its text stands under “{column}” was guessed. If it is another, choose that one.")
    return (Sentence(template, {"column": column}),)


def _mean_length(column: str, rows: Sequence[Mapping[str, str]]) -> float:
    return sum(len(row.get(column, "")) for row in rows) / max(len(rows), 1)


def _is_prose(column: str, rows: Sequence[Mapping[str, str]]) -> bool:
    spaces = sum(row.get(column, "").count(" ") for row in rows)
    return spaces / max(len(rows), 1) >= _PROSE_SPACES


def _holds_urls(column: str, rows: Sequence[Mapping[str, str]]) -> bool:
    values = [value for row in rows if (value := row.get(column, ""))]
    return bool(values) and sum(value.startswith(("http://", "https://")) for value in values) * 2 > len(values)


def table_of(rows: Sequence[Mapping[str, str]], given: Mapping[str, str]) -> Table:
    """Return the first records as a table for a dialog: long cells are cut."""
    columns = tuple(dict.fromkeys(column for row in rows for column in row))
    cells = tuple(tuple(_short(row.get(column, "")) for column in columns) for row in rows[:SAMPLE])
    return Table(columns, cells, mapped(given, columns, rows).columns)


def _short(cell: str) -> str:
    return cell if len(cell) <= _CELL else f"{cell[:_CELL]}…"


# -- records of JSON ----------------------------------------------------------------------------------------------


def flat(record: Mapping[str, Any]) -> dict[str, str]:
    """Return a record as one row: keys within keys with dots, lists as their items in one cell."""
    return dict(_flat(record, "", 0))


def _flat(record: Mapping[str, Any], before: str, depth: int) -> Iterator[tuple[str, str]]:
    for key, value in record.items():
        if isinstance(value, dict) and depth < _DEEPEST:
            yield from _flat(value, f"{before}{key}.", depth + 1)
        else:
            yield f"{before}{key}", written(value)


def value_at(record: Any, column: str) -> Any:
    """Return what a record holds under a column, None when nothing; keys may have dots themselves."""
    if not isinstance(record, dict):
        return None
    if column in record:
        return record[column]
    at = column.find(".")
    while at >= 0:
        found = value_at(record.get(column[:at]), column[at + 1 :])
        if found is not None:
            return found
        at = column.find(".", at + 1)
    return None


def written(value: Any, *, between: str = "، ", depth: int = 0) -> str:
    """Return a value as text: a list as its items, of an object its name or what it holds; nothing of what lies too deep."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and depth < _DEEPEST:
        return between.join(filter(None, (written(one, depth=depth + 1) for one in value)))
    if isinstance(value, dict) and depth < _DEEPEST:
        named = (value[key] for key in ("name", "value", "rendered", "text", "title") if value.get(key))
        return written(next(named, ""), depth=depth + 1)
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
