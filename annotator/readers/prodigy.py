"""Marks in lines as Prodigy writes them: `text`, `spans`, mostly `tokens`, and the `answer` of who looked at it.

https://prodi.gy/docs/api-interfaces. It counts code points; the tokens prove it where they are there. Only what was accepted
is taken: what was rejected or ignored is nobody's annotation.
"""

from __future__ import annotations

from typing import Any

from annotator.readers.marks import REJECTED, Marks, RawMark, RawRelation

_OWN = ("spans", "tokens", "relations", "options", "_input_hash", "_task_hash", "_view_id", "config")


def is_one(record: dict[str, Any]) -> bool:
    """Tell whether a record is a task of Prodigy."""
    told = any(name in record for name in ("answer", "_input_hash", "_task_hash", "tokens"))
    return told and isinstance(record.get("spans"), list) and isinstance(record.get("text"), str)


def fields(record: dict[str, Any]) -> dict[str, Any]:
    """Return the record without its marks."""
    return {name: value for name, value in record.items() if name not in _OWN}


def marks_of(record: dict[str, Any]) -> Marks:
    """Return the marks of a record."""
    found = Marks()
    spans = _dicts(record["spans"])
    if record.get("answer", "accept") != "accept":
        found.not_taken[REJECTED] += len(spans)
        return found
    by = record.get("_annotator_id") or record.get("_session_id") or ""
    starts, ends = _tokens(record)
    for number, one in enumerate(spans, start=1):
        found.marks.append(
            RawMark(
                str(number), one.get("label"), one.get("start"), one.get("end"), _quote(one, starts, ends), "", str(by)
            )
        )
    for one in _dicts(record.get("relations")):
        head, child = (_end_of(one, name, spans) for name in ("head_span", "child_span"))
        found.relations.append(RawRelation(head, str(one.get("label")), child))
    return found


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _tokens(record: dict[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the words of the tokens by where they start and by where they end."""
    good = [one for one in _dicts(record.get("tokens")) if isinstance(one.get("text"), str)]
    return {str(one.get("start")): one["text"] for one in good}, {str(one.get("end")): one["text"] for one in good}


def _quote(span: dict[str, Any], starts: dict[str, str], ends: dict[str, str]) -> str | None:
    """Return the words of a span where the record tells them: it is one token, or has a text of its own."""
    if isinstance(span.get("text"), str):
        return str(span["text"])
    first, last = starts.get(str(span.get("start"))), ends.get(str(span.get("end")))
    one_token = span.get("token_start") is not None and span.get("token_start") == span.get("token_end")
    return first if one_token and first == last else None


def _end_of(relation: dict[str, Any], name: str, spans: list[dict[str, Any]]) -> str:
    """Return the id of the span at one end of a relation."""
    place = relation.get(name) if isinstance(relation.get(name), dict) else {}
    numbers = (number for number, one in enumerate(spans, start=1) if _place(one) == _place(place or {}))
    return str(next(numbers, ""))


def _place(one: dict[str, Any]) -> tuple[Any, Any]:
    return one.get("start"), one.get("end")
