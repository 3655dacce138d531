"""Marks in lines as doccano writes them: `label` with triples, or `entities` with offsets and `relations` between them.

https://github.com/doccano/doccano, of its importers and exporters. It counts code points and keeps no words. Data sets with
`start`, `end` and maybe `text` in each entity are read in the same way.
"""

from __future__ import annotations

from typing import Any

from annotator.readers.marks import OF_TEXTS, Marks, RawMark, RawRelation

_LISTS = ("entities", "label", "labels", "spans", "annotations")
_START, _END, _LABEL = ("start_offset", "start"), ("end_offset", "end"), ("label", "type", "tag", "entity")
_BY = ("annotator", "user", "username")


def is_one(record: dict[str, Any]) -> bool:
    """Tell whether a record has marks in this form."""
    return any(_is_mark(one) for name in _LISTS for one in _items(record, name)[:1])


def fields(record: dict[str, Any]) -> dict[str, Any]:
    """Return the record without its marks."""
    return {name: value for name, value in record.items() if name not in (*_LISTS, "relations", "Comments")}


def marks_of(record: dict[str, Any]) -> Marks:
    """Return the marks of a record."""
    found = Marks()
    by = next((record[name] for name in _BY if isinstance(record.get(name), str)), "")
    for name in _LISTS:
        for number, one in enumerate(_items(record, name), start=1):
            if _is_mark(one):
                found.marks.append(_mark(one, number, by))
            elif name in ("label", "labels"):
                found.not_taken[OF_TEXTS] += 1
    found.relations += [_relation(one) for one in _items(record, "relations") if isinstance(one, dict)]
    return found


def _items(record: dict[str, Any], name: str) -> list[Any]:
    value = record.get(name)
    return value if isinstance(value, list) else []


def _is_mark(one: Any) -> bool:
    if isinstance(one, list):
        return len(one) == 3 and isinstance(one[2], str) and not isinstance(one[0], str)
    return isinstance(one, dict) and any(name in one for name in _START) and any(name in one for name in _END)


def _mark(one: Any, number: int, by: str) -> RawMark:
    if isinstance(one, list):
        return RawMark(str(number), one[2], one[0], one[1], reviewer=by)
    quote = one.get("text")
    return RawMark(
        str(one.get("id", number)), _first(one, _LABEL), _first(one, _START), _first(one, _END),
        quote if isinstance(quote, str) else None, reviewer=str(one.get("annotator") or by),
    )  # fmt: skip


def _first(one: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next((one[name] for name in names if name in one), None)


def _relation(one: dict[str, Any]) -> RawRelation:
    return RawRelation(str(one.get("from_id")), str(one.get("type")), str(one.get("to_id")))
